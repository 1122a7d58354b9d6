package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/bot"
	"pitch/bot/localslack"
	"pitch/store"
)

// slowDisk is a store whose disk takes its time, or is full.
type slowDisk struct {
	store.Store
	takes time.Duration
	fails error
}

func (s *slowDisk) Change(ctx context.Context, cause store.Cause, owner store.Owner, do func(*store.Book) error) error {
	time.Sleep(s.takes)
	if s.fails != nil {
		return s.fails
	}
	return s.Store.Change(ctx, cause, owner, do)
}

// newWorldOnDisk is a world on such a disk, in which Maya has begun.
func newWorldOnDisk(t *testing.T) (*world, *slowDisk) {
	t.Helper()
	disk := &slowDisk{}
	w := newWorldOn(t, berlin(t, "2026-11-25 10:00"), rarePings, func(s store.Store) store.Store { disk.Store = s; return disk })
	w.terminal.Place = "dm"
	w.do("/pitch log call Jane")
	return w, disk
}

func berlin(t *testing.T, value string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", value, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestSlowDisk: an answer that cannot be saved within Slack's three seconds
// promises nothing, and the outcome follows; Slack shows no error.
func TestSlowDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, disk := newWorldOnDisk(t)

		disk.takes = 4 * time.Second
		w.do("/pitch log ask Acme, 10 seats")
		time.Sleep(time.Second)
		if out := w.do("read"); !strings.Contains(out, "Not saved yet, I'll confirm here") || strings.Contains(out, "Logged: ask") {
			t.Errorf("after 2.5 seconds: %s", out)
		}
		time.Sleep(5 * time.Second)
		w.settle()
		if out := w.do("read"); !strings.Contains(out, "Logged: ask to Acme") || strings.Contains(out, "operation_timeout") {
			t.Errorf("the outcome did not follow: %s", out)
		}
		w.do("/pitch log")
		w.do("submit With whom=Ada")
		time.Sleep(5 * time.Second)
		w.settle()
		if len(w.records(`"prospect":"Ada"`)) != 1 {
			t.Error("the form was not saved in the end")
		}
		disk.takes = 0
		w.close()
	})
}

// TestFullDisk: nothing is said to be saved that was not, and a form keeps what
// was typed.
func TestFullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, disk := newWorldOnDisk(t)
		disk.fails = fmt.Errorf("writing a page: %w", store.ErrFull)
		if out := w.do("/pitch log ask Acme, 10 seats"); !strings.Contains(out, "Not saved") || !strings.Contains(out, "full") {
			t.Errorf("a full disk: %s", out)
		}
		w.do("/pitch log")
		out := w.do("submit With whom=Ada; Note=all of this stays")
		if forms := w.slack.Modals("maya"); len(forms) != 1 || !strings.Contains(out, "full") {
			t.Errorf("the form was lost: %s", out)
		}
		disk.fails = errors.New("a prospect called Ada and xoxb-secret")
		w.do("close")
		if out := w.do("/pitch log ask Acme, 10 seats"); !strings.Contains(out, "reference") || strings.Contains(out, "xoxb") {
			t.Errorf("an unknown error: %s", out)
		}
		disk.fails = nil
		if out := w.do("/pitch log ask Acme, 10 seats"); !strings.Contains(out, "Logged") {
			t.Errorf("after it: %s", out)
		}
		w.close()
	})
}

// TestForeignRecords presses buttons of one's own that carry the numbers of
// another founder's records: they lead to none of them.
func TestForeignRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-25 10:00"))
		for _, line := range []string{"in sales", "/pitch log call Jane", "/pitch log no Globex", "/pitch commit call Acme tomorrow 3pm", "as tom", "/pitch board on"} {
			w.do(line)
		}
		before := w.records(`"user":"U0MAYA"`)
		for _, verb := range []string{"card&id", "details-form&id", "merge&from=1&into", "delete&id", "history&with", "remove&id", "edit&id"} {
			for id := 1; id <= 12; id++ {
				value := fmt.Sprintf("U0TOM?verb=%s=%d", verb, id)
				said := w.pressForged(t, "U0TOM", value)
				for _, name := range []string{"Jane", "Globex", "Acme"} {
					if strings.Contains(said, name) {
						t.Errorf("%s shows another's: %s", value, said)
					}
				}
			}
		}
		if diff := cmp.Diff(before, w.records(`"user":"U0MAYA"`)); diff != "" {
			t.Errorf("another's records (-before +after):\n%s", diff)
		}
		w.close()
	})
}

// pressAs presses a forged button, with another's value, as user.
func (w *world) pressAs(t *testing.T, user, value string) {
	t.Helper()
	if said := w.pressForged(t, user, value); !strings.Contains(said, "belongs to somebody else") {
		t.Errorf("pressing %q said %q", value, said)
	}
}

// pressForged presses a button of any value as user, and is what they read last.
func (w *world) pressForged(t *testing.T, user, value string) (said string) {
	t.Helper()
	ch, err := w.slack.DM(user)
	if err != nil {
		t.Fatal(err)
	}
	ts := w.forge(t, ch, fmt.Sprintf(`[{"type":"actions","elements":[{"type":"button","action_id":"x","value":%q,"text":{"type":"plain_text","text":"X"}}]}]`, value))
	if err := w.slack.Press(user, localslack.Place{Channel: ch, TS: ts}, "X"); err != nil {
		t.Fatal(err)
	}
	w.settle()
	for _, m := range w.slack.Transcript(user, ch) {
		if m.Ephemeral() {
			said = m.Draw(w.slack.Reader(user))
		}
	}
	for _, m := range w.slack.Modals(user) {
		said += m.Draw(w.slack.Reader(user))
		_ = w.slack.CloseModal(user, true)
	}
	return said
}

// forge posts blocks as the app, as somebody with its token could.
func (w *world) forge(t *testing.T, channel, blocks string) (ts string) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DialContext: w.pipe.DialContext, DisableKeepAlives: true}}
	res, err := client.PostForm(w.slack.APIURL("http://slack.local")+"chat.postMessage", url.Values{
		"token": {w.slack.Config().BotToken}, "channel": {channel}, "text": {"x"}, "blocks": {blocks},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var posted struct{ TS, Error string }
	if err := json.NewDecoder(res.Body).Decode(&posted); err != nil || posted.TS == "" {
		t.Fatalf("posting %s: %v %s", blocks, err, posted.Error)
	}
	return posted.TS
}

// TestRefusedForGood: each of Slack's words for an installation that is over
// ends the bot with a sentence, once, and without the tokens.
func TestRefusedForGood(t *testing.T) {
	for _, code := range []string{"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope", "not_allowed_token_type"} {
		for _, method := range []string{"auth.test", "apps.connections.open"} {
			t.Run(code+" "+method, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { refusedForGood(t, method, code) })
			})
		}
	}
}

func refusedForGood(t *testing.T, method, code string) {
	pipe := localslack.Pipe()
	slack := localslack.New(localslack.Config{Users: people()})
	go func() { _ = slack.Serve(pipe) }()
	slack.FailAPI(localslack.APIFault{Method: method, Code: code})
	s := openStore(t)
	b, err := bot.New(bot.Config{Store: s, AppToken: slack.Config().AppToken, BotToken: slack.Config().BotToken, APIURL: slack.APIURL("http://slack.local"), Dial: pipe.DialContext})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	err = b.Run(ctx)
	var over *bot.FatalError
	if !errors.As(err, &over) || over.Code != code || strings.Contains(err.Error(), slack.Config().BotToken) {
		t.Errorf("Run returned %v", err)
	}
	_ = s.Close()
	_ = slack.Close()
	_ = pipe.Close()
	synctest.Wait()
}
