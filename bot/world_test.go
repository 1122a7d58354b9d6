package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"pitch/bot"
	"pitch/bot/localslack"
	"pitch/store"
	"pitch/store/bolt"
)

// world is a workspace with the real bot in it, in one synctest bubble: slack-go,
// cron and bbolt are the real ones, Slack is the local one over an in-memory
// connection, and time is virtual.
type world struct {
	t        *testing.T
	slack    *localslack.Workspace
	pipe     *localslack.PipeListener
	terminal *localslack.Terminal
	path     string
	store    store.Store
	bot      *bot.Bot
	disk     func(store.Store) store.Store
	log      logBook
	stopBot  func() error
	pings    time.Duration
	problems []string // of the local Slack, that the conversation expects
}

// logBook is a log that can be read while something still writes to it.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// people are who the conversations are among.
func people() []localslack.User {
	return []localslack.User{
		{ID: "U0MAYA", Name: "maya", RealName: "Maya", TZ: "Europe/Berlin", Admin: true},
		{ID: "U0TOM", Name: "tom", RealName: "Tom", TZ: "America/Los_Angeles"},
		{ID: "U0AIKO", Name: "aiko", RealName: "Aiko", TZ: "Australia/Sydney"},
		{ID: "U0NADIA", Name: "nadia", RealName: "Nadia", TZ: "Europe/Berlin"},
		{ID: "U0OMAR", Name: "omar", RealName: "Omar", TZ: "Europe/Berlin"},
		{ID: "U0PETRA", Name: "petra", RealName: "Petra", TZ: "Europe/Berlin"},
		{ID: "U0GUEST", Name: "guest", RealName: "Gus", TZ: "Europe/Berlin", Restricted: true},
		{ID: "U0VERA", Name: "vera", RealName: "Vera Vance", TZ: "Europe/Berlin", Team: "T0OTHER", Stranger: true},
	}
}

// declared are the shortcuts of the manifest: Slack offers no others.
func declared(t *testing.T) (all []localslack.Shortcut) {
	list, _ := at(t, decodeManifest(t, bot.Manifest()), "features.shortcuts").([]any)
	for _, s := range list {
		is := func(name string) string { return fmt.Sprint(at(t, s, name)) }
		all = append(all, localslack.Shortcut{Callback: is("callback_id"), Name: is("name"), OnMessage: is("type") == "message"})
	}
	return all
}

// newWorld starts the clock at a moment and everything else with it.
func newWorld(t *testing.T, start time.Time) *world {
	t.Helper()
	return newWorldOn(t, start, rarePings, func(s store.Store) store.Store { return s })
}

// How often Slack pings: as it does, or seldom, where nothing is to happen to a
// connection and weeks go by.
const (
	slacksPings = 25 * time.Second
	rarePings   = 10 * time.Minute
)

// newWorldOn is newWorld with pings, and a disk, of its own.
func newWorldOn(t *testing.T, start time.Time, pings time.Duration, disk func(store.Store) store.Store) *world {
	t.Helper()
	time.Sleep(time.Until(start))
	w := &world{t: t, disk: disk, pings: pings, path: filepath.Join(t.TempDir(), "pitch.db"), pipe: localslack.Pipe()}
	w.slack = localslack.New(localslack.Config{
		App: localslack.App{Shortcuts: declared(t)}, Users: people(), PingEvery: pings,
		Channels: []localslack.Channel{
			{ID: "C0SALES", Name: "sales", Members: []string{"U0MAYA", "U0TOM", "U0AIKO", "U0NADIA", "U0OMAR", "U0PETRA", "U0BOT"}},
			{ID: "C0GENERAL", Name: "general", Members: []string{"U0MAYA", "U0TOM", "U0AIKO", "U0GUEST", "U0VERA"}},
		},
	})
	go func() { _ = w.slack.Serve(w.pipe) }()
	w.terminal = &localslack.Terminal{Workspace: w.slack, User: "maya", Place: "sales", Clock: w, Settle: w.settle}
	w.up()
	return w
}

// up starts the bot on the store.
func (w *world) up() {
	w.t.Helper()
	log := slog.New(slog.NewTextHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s, err := bolt.Open(context.Background(), bolt.Config{Path: w.path, Log: log})
	if err != nil {
		w.t.Fatal(err)
	}
	w.store = w.disk(s)
	b, err := bot.New(bot.Config{
		Store: w.store, AppToken: w.slack.Config().AppToken, BotToken: w.slack.Config().BotToken,
		APIURL: w.slack.APIURL("http://slack.local"), Dial: w.pipe.DialContext, Log: log, Silence: w.pings * 6 / 5, ForgetAfter: 90 * 24 * time.Hour,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.bot = b
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	w.stopBot = func() error {
		cancel()
		return errors.Join(<-ended, s.Close())
	}
	for range 100 {
		if w.settle(); b.Connected() {
			return
		}
	}
	w.t.Fatalf("the bot did not connect:\n%s", w.log.String())
}

// openStore is a store of its own, for a test without a world.
func openStore(t *testing.T) store.Store {
	t.Helper()
	s, err := bolt.Open(context.Background(), bolt.Config{Path: filepath.Join(t.TempDir(), "pitch.db")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// down stops the bot in order.
func (w *world) down() {
	w.t.Helper()
	if err := w.stopBot(); err != nil {
		w.t.Errorf("stopping the bot: %v", err)
	}
}

// close ends the world, and checks what must be true of every conversation.
func (w *world) close() {
	w.t.Helper()
	w.down()
	_ = w.slack.Close()
	_ = w.pipe.Close()
	synctest.Wait()
	for _, p := range w.slack.Problems() {
		if !slices.ContainsFunc(w.problems, func(expected string) bool { return strings.Contains(p, expected) }) {
			w.t.Errorf("Slack would complain: %s", p)
		}
	}
	for _, secret := range []string{w.slack.Config().AppToken, w.slack.Config().BotToken, "Jane", "Globex"} {
		if strings.Contains(w.log.String(), secret) {
			w.t.Errorf("the log contains %q:\n%s", secret, w.log.String())
		}
	}
	if w.t.Failed() && os.Getenv("PITCH_TEST_LOG") != "" {
		w.t.Log(w.log.String())
	}
}

// settle waits until nothing moves any more, giving Slack's pace of one message
// a second in a channel its time.
func (w *world) settle() {
	synctest.Wait()
	time.Sleep(1100 * time.Millisecond)
	synctest.Wait()
}

// Now, AdvanceTo and Next are the terminal's clock: virtual time.
func (w *world) Now() time.Time { return time.Now() }

func (w *world) AdvanceTo(_ context.Context, to time.Time) error {
	time.Sleep(time.Until(to))
	synctest.Wait()
	return nil
}

func (w *world) Next() (time.Time, bool) {
	at, err := w.store.NextDue(context.Background())
	return at, err == nil && !at.IsZero()
}

// do types a line and returns what is newly seen; a mistake of the script ends
// the test.
func (w *world) do(line string) string {
	w.t.Helper()
	out, err := w.terminal.Do(context.Background(), line)
	if err != nil {
		w.t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return out
}

// records are the export's lines that contain all of the words.
func (w *world) records(words ...string) (found []string) {
	w.t.Helper()
	for _, line := range exported(w.t, w.store) {
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(line, word) }) {
			found = append(found, line)
		}
	}
	return found
}

// sent lists what the bot posted of itself in DMs and channels, in the order of
// time: when, to whom, and how it begins.
func (w *world) sent() (lines []string) {
	type post struct {
		at   time.Time
		line string
	}
	var posts []post
	seen := map[string]bool{}
	for _, u := range w.slack.Users() {
		loc, _ := time.LoadLocation(u.TZ)
		dm, err := w.slack.DM(u.ID)
		if err != nil {
			continue
		}
		places := map[string]string{dm: u.Name}
		for _, c := range w.slack.Channels(u.ID) {
			places[c.ID] = "#" + c.Name
		}
		for id, name := range places {
			for _, m := range w.slack.Transcript(u.ID, id) {
				if m.BotID == "" || m.Ephemeral() || seen[id+m.TS] {
					continue
				}
				seen[id+m.TS] = true
				first, _, _ := strings.Cut(strings.TrimSpace(m.Draw(w.slack.Reader(u.ID))), "\n")
				posts = append(posts, post{m.Time(), fmt.Sprintf("%s %s: %s", m.Time().In(loc).Format("2006-01-02 15:04:05 MST"), name, first)})
			}
		}
	}
	slices.SortStableFunc(posts, func(a, b post) int { return a.at.Compare(b.at) })
	for _, p := range posts {
		lines = append(lines, p.line)
	}
	return lines
}
