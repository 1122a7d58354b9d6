package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pitch/bot/localslack"
)

// crowd are people who joined the workspace all at once.
type crowd struct {
	*world
	ids []string
}

func newCrowd(t *testing.T, n int) crowd {
	c := crowd{world: newWorld(t, berlin(t, "2026-11-25 10:00"))}
	for i := range n {
		id := fmt.Sprintf("U9%04d", i)
		c.ids = append(c.ids, id)
		c.slack.AddUser(localslack.User{ID: id, Name: strings.ToLower(id), TZ: "Europe/Berlin"})
	}
	return c
}

// all type a command within the same moment.
func (c crowd) all(command string) {
	c.t.Helper()
	for _, id := range c.ids {
		if err := c.slack.Command(id, "dm", command); err != nil {
			c.t.Fatal(err)
		}
	}
	time.Sleep(2 * time.Minute)
	c.settle()
}

// read counts who can read the words.
func (c crowd) read(words string) (n int) {
	for _, id := range c.ids {
		dm, _ := c.slack.DM(id)
		for _, m := range c.slack.Transcript(id, dm) {
			if strings.Contains(m.Draw(c.slack.Reader(id)), words) {
				n++
				break
			}
		}
	}
	return n
}

// TestKickOff: a batch of founders tries Pitch in the same moment. Everybody is
// welcomed, logs and gets the form, in Slack's time and within its limits.
func TestKickOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, 60)
		c.all("/pitch")
		if n := c.read("An ask is one clear request"); n != len(c.ids) {
			t.Errorf("%d of %d were welcomed", n, len(c.ids))
		}
		c.all("/pitch log call Kim")
		if n := c.read("Logged: call with Kim"); n != len(c.ids) {
			t.Errorf("%d of %d logged a call", n, len(c.ids))
		}
		c.all("/pitch log")
		for _, id := range c.ids {
			if n := len(c.slack.Modals(id)); n != 1 {
				t.Errorf("%s has %d forms open", id, n)
			}
		}
		if n := c.read("operation_timeout"); n != 0 {
			t.Errorf("%d were told that Pitch failed", n)
		}
		c.close()
	})
}

// TestHundreds: where Slack's own limits are not enough, everybody is told the
// truth in time, and nothing is half done.
func TestHundreds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, 250)
		c.all("/pitch log ask Kim, 3 seats")
		logged, told := c.read("Logged: ask to Kim"), c.read("I saved nothing")
		if logged+told != len(c.ids) || c.read("operation_timeout") != 0 {
			t.Errorf("%d logged and %d told to try again, of %d", logged, told, len(c.ids))
		}
		if n := len(c.records(`"type":"activity"`)); n != logged {
			t.Errorf("%d asks are kept and %d were confirmed", n, logged)
		}
		c.close()
	})
}

// TestSlowPersonAlone: somebody about whom Slack is slow holds up nobody else, and
// a second command behind a slow disk is answered in time as well.
func TestSlowPersonAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, 80)
		c.all("/pitch log call Kim")
		c.slack.AddUser(localslack.User{ID: "U8NEW", Name: "newcomer", TZ: "Europe/Berlin"})
		c.slack.FailAPI(localslack.APIFault{Method: "users.info", Delay: 15 * time.Second, Times: 1})
		if err := c.slack.Command("U8NEW", "dm", "/pitch log call Kim"); err != nil {
			t.Fatal(err)
		}
		c.all("/pitch help")
		if n := c.read("operation_timeout"); n != 0 {
			t.Errorf("%d were told that Pitch failed", n)
		}
		c.close()
	})
}

// TestBehindSlowDisk: two commands of one person on a disk that takes two seconds
// each are both answered in time, and both outcomes follow.
func TestBehindSlowDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, disk := newWorldOnDisk(t)
		disk.takes = 2 * time.Second
		for _, text := range []string{"/pitch log ask Acme, 10 seats", "/pitch log ask Initech, 5 seats"} {
			if err := w.slack.Command("U0MAYA", "dm", text); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(10 * time.Second)
		w.settle()
		out := w.do("read")
		if strings.Contains(out, "operation_timeout") || !strings.Contains(out, "Logged: ask to Acme") || !strings.Contains(out, "Logged: ask to Initech") {
			t.Errorf("the DM reads:\n%s", out)
		}
		disk.takes = 0
		w.close()
	})
}
