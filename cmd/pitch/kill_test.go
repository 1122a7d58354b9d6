package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pitch/bot/localslack"
	"pitch/nudges"
	"pitch/store"
)

const (
	kills     = 50
	writers   = 4
	reminded  = 10                     // founders with reminders due while the bot is killed
	reminders = 16                     // of each
	apart     = 600 * time.Millisecond // between one founder's reminders
	tryFor    = 20 * time.Second       // what a step of the bot may take at most
)

// TestKilledAgainAndAgain runs the real program against a Slack over TCP and
// kills it 50 times amid commands and reminders. Whatever a person was told is
// saved is in the export, once; no reminder arrives twice, and none is lost
// other than by being marked uncertain; every start works.
func TestKilledAgainAndAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a process 50 times")
	}
	t.Parallel()
	slack := newKillSlack(t)
	path := filepath.Join(t.TempDir(), "pitch.db")
	lastDue := seedReminders(t, slack.Workspace, path, time.Now())

	write, stopWriting := context.WithCancel(t.Context())
	var typing sync.WaitGroup
	for n := range writers {
		typing.Go(func() { slack.keepTyping(write, n) })
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range kills {
		p := startServe(t, slack, path)
		if n%5 != 0 { // every fifth is killed while it starts
			p.waitUntilAnswering()
		}
		delay := time.NewTimer(time.Duration(random.IntN(350)) * time.Millisecond)
		select {
		case <-delay.C:
		case <-p.ended:
			t.Fatalf("start %d ended by itself: %s", n, p.log)
		}
		p.kill()
	}
	stopWriting()
	typing.Wait()

	<-time.After(time.Until(lastDue)) // the last start finds everything due
	left := unclaimed(t, path)
	last := startServe(t, slack, path)
	last.waitUntilConnected()
	slack.waitFor(t, left)
	live := exported(t, path)
	last.stop()
	checkAcknowledged(t, slack, live)
	checkReminders(t, slack, path)
	if after := exported(t, path); after != live {
		t.Error("the export of the closed store differs from the live one")
	}
}

// killSlack is a Slack over TCP whose people type while the bot is killed.
type killSlack struct {
	*localslack.Workspace
	url   string
	typed [writers]atomic.Int64
}

func newKillSlack(t *testing.T) *killSlack {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cfg := localslack.Config{Team: localslack.Team{ID: "T0LOCAL"}, Unlimited: true}
	for n := range writers {
		cfg.Users = append(cfg.Users, localslack.User{ID: writer(n), Name: fmt.Sprint("writer", n), TZ: "Europe/Berlin"})
	}
	for n := range reminded {
		cfg.Users = append(cfg.Users, localslack.User{ID: founder(n), Name: fmt.Sprint("founder", n), TZ: "Asia/Tokyo"})
	}
	s := &killSlack{Workspace: localslack.New(cfg)}
	s.url = s.APIURL("http://" + l.Addr().String())
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return s
}

func writer(n int) string  { return fmt.Sprintf("U0WRITER%d", n) }
func founder(n int) string { return fmt.Sprintf("U0FOUNDER%d", n) }

func prospectOf(writer, n int) string { return fmt.Sprintf("Prospect %d-%d", writer, n) }

// keepTyping logs calls with one new prospect after another, answered or not.
func (s *killSlack) keepTyping(ctx context.Context, n int) {
	pause := time.NewTicker(15 * time.Millisecond)
	defer pause.Stop()
	for i := 1; ; {
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
		if s.Connections() == 0 {
			continue
		}
		s.typed[n].Store(int64(i))
		_ = s.Command(writer(n), "dm", fmt.Sprintf("log call %q", prospectOf(n, i)))
		i++
	}
}

// confirmed are the prospects a writer was told are logged.
func (s *killSlack) confirmed(n int) (names []string) {
	told := regexp.MustCompile(`^Logged: call with (Prospect \d+-\d+)\n`)
	reader := s.Reader(writer(n))
	for _, m := range s.Screen(writer(n)) {
		if found := told.FindStringSubmatch(m.Draw(reader)); found != nil {
			names = append(names, found[1])
		}
	}
	return names
}

// answers is how many messages the writers see.
func (s *killSlack) answers() (n int) {
	for w := range writers {
		n += len(s.Screen(writer(w)))
	}
	return n
}

func reminderOf(founder, n int) string { return fmt.Sprintf("Customer %d-%d!", founder, n) }

// arrived counts the messages of a founder that name each of their customers.
func (s *killSlack) arrived(n int) map[string]int {
	count := map[string]int{}
	for _, m := range s.Screen(founder(n)) {
		text := m.Draw(s.Reader(founder(n)))
		for i := range reminders {
			if strings.Contains(text, reminderOf(n, i)) {
				count[reminderOf(n, i)]++
			}
		}
	}
	return count
}

// seedReminders gives founders commitments that come due one after another from
// now on, and returns when the last one is.
func seedReminders(t *testing.T, slack *localslack.Workspace, path string, now time.Time) (lastDue time.Time) {
	t.Helper()
	st := openStore(t, path)
	for n := range reminded {
		dm, err := slack.DM(founder(n))
		if err != nil {
			t.Fatal(err)
		}
		owner := store.Owner{Team: "T0LOCAL", User: store.UserID(founder(n))}
		err = st.Change(t.Context(), store.Cause{Now: now}, owner, func(b *store.Book) error {
			f, err := b.Join("Asia/Tokyo")
			if err != nil {
				return err
			}
			f.Reminders, f.DM, f.WorkDays = store.OnlyDue, store.ChannelID(dm), store.EveryWeekday
			if err := b.SetFounder(f); err != nil {
				return err
			}
			for i := range reminders {
				p, _, err := b.AddProspect(reminderOf(n, i))
				if err != nil {
					return err
				}
				due := now.Add(time.Duration(i+1)*apart + time.Duration(n)*apart/reminded)
				lastDue = latestOf(lastDue, due)
				day := store.DayOf(due.In(b.Location()))
				if _, err := b.Commit(store.Commitment{Kind: store.Call, Prospect: p.ID, DueOn: day, DueAt: due}); err != nil {
					return err
				}
			}
			return nudges.Reschedule(b)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return lastDue
}

func latestOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// serving is a `pitch serve` that can be killed.
type serving struct {
	t     *testing.T
	slack *killSlack
	cmd   *exec.Cmd
	log   *bytes.Buffer
	ended chan struct{}
}

func startServe(t *testing.T, slack *killSlack, path string) *serving {
	t.Helper()
	p := &serving{t: t, slack: slack, log: &bytes.Buffer{}, ended: make(chan struct{})}
	p.cmd = exec.Command("pitch", "serve")
	p.cmd.Env = append(without(os.Environ(), "SLACK_", "PITCH_"),
		"SLACK_API_URL="+slack.url, "SLACK_BOT_TOKEN="+slack.Config().BotToken, "SLACK_APP_TOKEN="+slack.Config().AppToken,
		"PITCH_STORE=bolt:"+path)
	p.cmd.Stderr = p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait()
	}()
	t.Cleanup(p.kill)
	return p
}

func (p *serving) waitUntilConnected() {
	p.t.Helper()
	if !eventually(p.t.Context(), func() bool { return p.slack.Connections() > 0 || p.hasEnded() }) || p.hasEnded() {
		p.kill()
		p.t.Fatalf("the bot did not connect: %s", p.log)
	}
}

// waitUntilAnswering lets a command be answered, however slow the machine is.
func (p *serving) waitUntilAnswering() {
	p.t.Helper()
	before := p.slack.answers()
	if !eventually(p.t.Context(), func() bool { return p.slack.answers() > before || p.hasEnded() }) || p.hasEnded() {
		p.kill()
		p.t.Fatalf("the bot did not answer: %s", p.log)
	}
}

func (p *serving) hasEnded() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

func (p *serving) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// stop asks for an orderly stop, which takes everything away but the store.
func (p *serving) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	<-p.ended
	if code := p.cmd.ProcessState.ExitCode(); code != exitOK {
		p.t.Errorf("stopped with %d: %s", code, p.log)
	}
}

// eventually looks again and again until something is so, and reports whether
// it was in time.
func eventually(ctx context.Context, so func() bool) bool {
	ctx, cancel := context.WithTimeout(ctx, tryFor)
	defer cancel()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for !so() {
		select {
		case <-ctx.Done():
			return false
		case <-look.C:
		}
	}
	return true
}

// unclaimed are the customers no run has begun to send a reminder of.
func unclaimed(t *testing.T, path string) (names map[int][]string) {
	t.Helper()
	st := openStore(t, path)
	defer st.Close()
	names = map[int][]string{}
	for n := range reminded {
		eachReminder(t, st, n, func(name string, status store.DeliveryStatus) {
			if status == "" || status == store.Retry {
				names[n] = append(names[n], name)
			}
		})
	}
	return names
}

// eachReminder calls each with every customer of a founder and how far their
// reminder has got, "" being nowhere.
func eachReminder(t *testing.T, st store.Store, n int, each func(name string, status store.DeliveryStatus)) {
	t.Helper()
	owner := store.Owner{Team: "T0LOCAL", User: store.UserID(founder(n))}
	err := st.View(t.Context(), time.Now(), owner, func(b *store.Book) error {
		open, err := b.Commitments(store.Open)
		if err != nil || len(open) != reminders {
			return fmt.Errorf("%d commitments: %w", len(open), err)
		}
		sent, err := b.Deliveries()
		for i, c := range open {
			status := store.DeliveryStatus("")
			for _, d := range sent {
				if d.Commitment == c.ID {
					status = d.Status
				}
			}
			each(reminderOf(n, i), status)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// waitFor waits until every one of those reminders has arrived.
func (s *killSlack) waitFor(t *testing.T, names map[int][]string) {
	t.Helper()
	all := func() bool {
		for n, wanted := range names {
			arrived := s.arrived(n)
			for _, name := range wanted {
				if arrived[name] == 0 {
					return false
				}
			}
		}
		return true
	}
	if !eventually(t.Context(), all) {
		t.Error("a bot that was left alone did not send every reminder")
	}
}

func exported(t *testing.T, path string) string {
	t.Helper()
	code, out, errs := runOn(t, path, "export")
	if code != exitOK {
		t.Fatalf("export exited with %d: %s", code, errs)
	}
	return out
}

func checkAcknowledged(t *testing.T, slack *killSlack, export string) {
	t.Helper()
	saved := map[string]int{}
	for line := range strings.Lines(export) {
		var r struct{ Type, User, Kind, Prospect string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if r.Type == "activity" && r.Kind == "call" {
			saved[r.User+" "+r.Prospect]++
		}
	}
	typed, told := 0, 0
	for n := range writers {
		typed += int(slack.typed[n].Load())
		for _, name := range slack.confirmed(n) {
			told++
			if got := saved[writer(n)+" "+name]; got != 1 {
				t.Errorf("%s was told that %s is logged; it is there %d times", writer(n), name, got)
			}
		}
	}
	for name, times := range saved {
		if times > 1 {
			t.Errorf("%s is there %d times", name, times)
		}
	}
	t.Logf("%d commands typed, %d confirmed, %d saved", typed, told, len(saved))
	if told < kills/2 {
		t.Error("too few commands were confirmed for this to prove anything")
	}
}

func checkReminders(t *testing.T, slack *killSlack, path string) {
	t.Helper()
	st := openStore(t, path)
	defer st.Close()
	posted, unclear := 0, 0
	for n := range reminded {
		arrived := slack.arrived(n)
		eachReminder(t, st, n, func(name string, status store.DeliveryStatus) {
			switch times := arrived[name]; {
			case times > 1:
				t.Errorf("%s was reminded of %s %d times", founder(n), name, times)
			case times == 1:
				posted++
			case status == store.Sending || status == store.Uncertain:
				unclear++ // a kill came between sending and recording
			default:
				t.Errorf("%s was not reminded of %s, and its delivery is %q", founder(n), name, status)
			}
		})
	}
	t.Logf("%d of %d reminders arrived, %d uncertain", posted, reminded*reminders, unclear)
	if posted < reminded*reminders/3 {
		t.Error("too few reminders were sent for this to prove anything")
	}
}

// TestServeRefusesASecondBotOnTheStore: the second says whose store it is, and
// the first goes on.
func TestServeRefusesASecondBotOnTheStore(t *testing.T) {
	t.Parallel()
	slack := newKillSlack(t)
	path := filepath.Join(t.TempDir(), "pitch.db")
	first := startServe(t, slack, path)
	first.waitUntilConnected()
	second := startServe(t, slack, path)
	select {
	case <-second.ended:
	case <-time.After(tryFor):
		t.Fatal("the second did not end")
	}
	if code := second.cmd.ProcessState.ExitCode(); code != exitFailure || !strings.Contains(second.log.String(), path) {
		t.Errorf("the second exited with %d: %s", code, second.log)
	}
	if code, out, errs := runOn(t, path, "health"); code != exitOK || out != "ok\n" {
		t.Errorf("the first is not well: %d %q %q", code, out, errs)
	}
	first.stop()
	if _, err := os.Lstat(socketPath(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a stopped bot leaves its socket: %v", err)
	}
}

// TestServeEndsWhenSlackRefusesForGood: a sentence that says what to do, no
// stack, no token, and exit code 1.
func TestServeEndsWhenSlackRefusesForGood(t *testing.T) {
	t.Parallel()
	slack := newKillSlack(t)
	slack.Uninstall()
	p := startServe(t, slack, filepath.Join(t.TempDir(), "pitch.db"))
	select {
	case <-p.ended:
	case <-time.After(tryFor):
		t.Fatal("it does not end")
	}
	said := p.log.String()
	if code := p.cmd.ProcessState.ExitCode(); code != exitFailure || !strings.Contains(said, "\npitch: ") {
		t.Errorf("exited with %d: %s", code, said)
	}
	for _, secret := range []string{slack.Config().BotToken, slack.Config().AppToken} {
		if strings.Contains(said, secret) {
			t.Errorf("a token is in the log: %s", said)
		}
	}
}
