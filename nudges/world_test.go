package nudges_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
	"pitch/store/bolt"
)

const team store.TeamID = "T1"

// world is a store on disk, a messenger that writes down what it is given, and a
// nudger between them, under virtual time.
type world struct {
	*testing.T
	store  *bolt.Store
	seam   store.Store // what the nudger uses; the store unless a test wraps it
	slack  *slack
	mu     sync.Mutex
	counts map[string]int
	stop   func() // ends a nudger that runs
}

// live runs a test under virtual time, beginning at an instant in RFC 3339.
func live(t *testing.T, from string, do func(*world)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, slack: &slack{}, counts: map[string]int{}, stop: func() {}}
		w.until(from)
		s, err := bolt.Open(t.Context(), bolt.Config{Path: filepath.Join(dir, "pitch.db")})
		if err != nil {
			t.Fatal(err)
		}
		w.store, w.seam = s, s
		defer func() {
			w.stop()
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		do(w)
	})
}

func instant(t testing.TB, at string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// until lets time pass.
func (w *world) until(at string) {
	w.Helper()
	time.Sleep(time.Until(instant(w, at)))
	synctest.Wait()
}

func (w *world) nudger() *nudges.Nudger {
	count := func(what string) { w.mu.Lock(); w.counts[what]++; w.mu.Unlock() }
	return nudges.New(nudges.Config{Store: w.seam, Messenger: w.slack, Counters: nudges.Counters{
		Delivered: func(n store.Notice, s store.DeliveryStatus) { count(string(n) + " " + string(s)) },
		Failed:    func() { count("failed") },
	}})
}

// run starts a nudger, as a process does.
func (w *world) run() {
	ctx, cancel := context.WithCancel(w.Context())
	ended := make(chan error)
	n := w.nudger()
	go func() { ended <- n.Run(ctx) }()
	w.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			w.Errorf("Run: %v", err)
		}
		w.stop = func() {}
	}
	synctest.Wait()
}

func (w *world) tick() {
	w.Helper()
	if err := w.nudger().Tick(w.Context(), time.Now()); err != nil {
		w.Errorf("Tick: %v", err)
	}
}

// change changes a founder's book as the bot does.
func (w *world) change(user store.UserID, do func(*store.Book) error) {
	w.Helper()
	owner := store.Owner{Team: team, User: user}
	err := w.store.Change(w.Context(), store.Cause{Now: time.Now()}, owner, func(b *store.Book) error {
		if err := do(b); err != nil {
			return err
		}
		return nudges.Reschedule(b)
	})
	if err != nil {
		w.Fatal(err)
	}
}

// founder makes a founder who said yes to reminders, and edits their settings.
func (w *world) founder(user store.UserID, zone string, said store.Reminders, edit ...func(*store.Founder)) {
	w.Helper()
	w.change(user, func(b *store.Book) error {
		f, err := b.Join(zone)
		f.Reminders, f.Digest, f.Coaching = said, false, false
		for _, e := range edit {
			e(&f)
		}
		if err != nil {
			return err
		}
		return b.SetFounder(f)
	})
}

// settings changes a founder's settings.
func (w *world) settings(user store.UserID, edit func(*store.Founder)) {
	w.Helper()
	w.change(user, func(b *store.Book) error {
		f, err := b.Founder()
		edit(&f)
		if err != nil {
			return err
		}
		return b.SetFounder(f)
	})
}

// promise commits to a prospect, or to a count where who is "".
func (w *world) promise(user store.UserID, who string, c store.Commitment) (made store.Commitment) {
	w.Helper()
	w.change(user, func(b *store.Book) error {
		if who != "" {
			p, _, err := b.AddProspect(who)
			if err != nil {
				return err
			}
			c.Prospect = p.ID
		}
		if c.Kind == "" {
			c.Kind = store.Call
		}
		var err error
		made, err = b.Commit(c)
		return err
	})
	return made
}

// at is a commitment due at an instant, in a zone.
func at(t testing.TB, when, name string) store.Commitment {
	due := instant(t, when).In(zone(t, name))
	return store.Commitment{DueOn: store.DayOf(due), DueAt: due, At: store.ClockOf(due)}
}

func on(t testing.TB, day string) store.Commitment {
	t.Helper()
	d, err := store.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return store.Commitment{DueOn: d}
}

// wants compares what was sent since the last time it was asked.
func (w *world) wants(want ...string) {
	w.Helper()
	synctest.Wait()
	if d := cmp.Diff(want, w.slack.take()); d != "" {
		w.Errorf("sent (-want +got):\n%s", d)
	}
}

func (w *world) same(what string, got, want any) {
	w.Helper()
	if d := cmp.Diff(want, got); d != "" {
		w.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// deliveries are a founder's, as "occurrence status".
func (w *world) deliveries(user store.UserID) (rows []string) {
	w.Helper()
	err := w.store.View(w.Context(), time.Now(), store.Owner{Team: team, User: user}, func(b *store.Book) error {
		all, err := b.Deliveries()
		for _, d := range all {
			row := fmt.Sprintf("%s %s", d.Occurrence, d.Status)
			if d.TS != "" {
				row += " " + d.TS
			}
			if d.With != "" {
				row += " with " + d.With
			}
			rows = append(rows, row)
		}
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return rows
}

// slack is a messenger that writes down what it is given, in the founder's time.
type slack struct {
	mu    sync.Mutex
	sent  []string
	n     int
	tries int
	// answer, where it is set, decides what becomes of a try.
	answer func(ctx context.Context, try int, to store.UserID) error
	// read, where it is set, is shown every letter.
	read func(nudges.Letter)
}

func (s *slack) take() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent := s.sent
	s.sent = nil
	return sent
}

func (s *slack) post(ctx context.Context, to store.UserID, channel store.ChannelID, now time.Time, text string) (nudges.Receipt, error) {
	s.mu.Lock()
	s.tries++
	try, answer := s.tries, s.answer
	s.mu.Unlock()
	if answer != nil {
		if err := answer(ctx, try, to); err != nil {
			return nudges.Receipt{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.sent = append(s.sent, now.Format("Mon 2006-01-02 15:04:05 MST ")+text)
	return nudges.Receipt{Channel: channel, TS: fmt.Sprintf("ts%d", s.n)}, nil
}

func (s *slack) SendLetter(ctx context.Context, to store.Founder, l nudges.Letter) (nudges.Receipt, error) {
	if s.read != nil {
		s.read(l)
	}
	return s.post(ctx, to.User, store.ChannelID("D"+to.User), here(to), string(to.User)+letterText(l))
}

// letterText is what a letter says, in short.
func letterText(l nudges.Letter) (text string) {
	if p := l.Plan; p != nil {
		text += fmt.Sprintf(" %s%s today[%s] overdue[%s] reminding[%s]", late(p.Late), p.Occurrence,
			names(p.Today), names(p.Overdue), names(l.Reminders))
	}
	if r := l.Recap; r != nil {
		text += fmt.Sprintf(" %srecap/%s open[%s]%s", late(r.Late), r.Day, names(r.Open), entries(" unasked", r.Unasked))
	}
	text += entries(" why", l.Reasons)
	if p := l.Partner; p != nil {
		text += fmt.Sprintf(" %smeets[%s]", late(p.Late), p.Pairing.With)
	}
	if r := l.Review; r != nil {
		text += fmt.Sprintf(" %sdigest/%s", late(r.Late), r.Day.ISOWeek())
	}
	switch {
	case len(l.Reminders) == 0 || l.Plan != nil:
	case text == "":
		text = fmt.Sprintf(" %sdue[%s]", late(l.Late()), names(l.Reminders))
	default:
		text += fmt.Sprintf(" reminding[%s]", names(l.Reminders))
	}
	return text
}

// entries are with whom, or nothing where there are none.
func entries(heading string, all []nudges.Entry) string {
	var who []string
	for _, e := range all {
		who = append(who, e.Prospect.Name)
	}
	if len(who) == 0 {
		return ""
	}
	return heading + "[" + strings.Join(who, ",") + "]"
}

func (s *slack) PostBoard(ctx context.Context, _ store.TeamID, p nudges.BoardPost) (nudges.Receipt, error) {
	var named []string
	for _, st := range p.Standings.Named {
		named = append(named, fmt.Sprintf("%s %d", st.User, st.Asks))
	}
	text := fmt.Sprintf("%s %sweek of %s [%s] and %d", p.Channel, late(p.Late), p.Week, strings.Join(named, ","), p.Standings.OffAsks)
	return s.post(ctx, "", p.Channel, time.Now().UTC(), text)
}

// here is the present on the founder's wall.
func here(f store.Founder) time.Time {
	loc, err := store.LoadZone(f.Zone)
	if err != nil {
		loc = time.UTC
	}
	return time.Now().In(loc)
}

func late(is bool) string {
	if is {
		return "late "
	}
	return ""
}

func names(items []nudges.Item) string {
	var out []string
	for _, i := range items {
		name := late(i.Late) + i.Prospect.Name
		switch {
		case i.Commitment.ID == 0:
			name = "follow up " + name
		case i.Commitment.Prospect == 0:
			name = fmt.Sprintf("%s%d/%d", late(i.Late), i.Progress, i.Commitment.Count)
		}
		out = append(out, name)
	}
	return strings.Join(out, ",")
}
