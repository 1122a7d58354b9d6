package nudges_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

const berlin = "Europe/Berlin"

func (w *world) wantCounts(want map[string]int) {
	w.Helper()
	if d := cmp.Diff(want, w.counts); d != "" {
		w.Errorf("counts (-want +got):\n%s", d)
	}
}

func (w *world) wantRows(user store.UserID, want ...string) {
	w.Helper()
	if d := cmp.Diff(want, w.deliveries(user)); d != "" {
		w.Errorf("deliveries (-want +got):\n%s", d)
	}
}

func TestAfterDowntime(t *testing.T) {
	for _, tt := range []struct {
		name, back string
		said       store.Reminders
		do         func(*world)
		want       []string
		counts     map[string]int
	}{
		{"a plan until recap time", "2027-06-01T15:29:00Z", store.EveryMorning, func(w *world) { daily(w, "U1") },
			[]string{"Tue 2027-06-01 17:29:00 CEST U1 late plan/2027-06-01 today[0/3] overdue[] reminding[]"},
			map[string]int{"plan sent": 1}},
		{"a stale plan", "2027-06-01T15:30:00Z", store.EveryMorning, func(w *world) { daily(w, "U1") },
			nil, map[string]int{"plan dropped": 1}},
		{"the founder's own recap time", "2027-06-01T17:00:00Z", store.EveryMorning, func(w *world) {
			daily(w, "U1")
			w.settings("U1", func(f *store.Founder) { f.Recap = "20:00" })
		}, []string{"Tue 2027-06-01 19:00:00 CEST U1 late plan/2027-06-01 today[0/3] overdue[] reminding[]"},
			map[string]int{"plan sent": 1}},
		{"not late within five minutes", "2027-06-01T07:05:00Z", store.EveryMorning, func(w *world) { daily(w, "U1") },
			[]string{"Tue 2027-06-01 09:05:00 CEST U1 plan/2027-06-01 today[0/3] overdue[] reminding[]"},
			map[string]int{"plan sent": 1}},
		{"days of downtime", "2027-06-04T10:00:00Z", store.EveryMorning, func(w *world) { daily(w, "U1") },
			[]string{"Fri 2027-06-04 12:00:00 CEST U1 late plan/2027-06-04 today[0/3] overdue[] reminding[]"},
			map[string]int{"plan dropped": 3, "plan sent": 1}},
		{"reminders, together", "2027-06-01T18:00:00Z", store.OnlyDue, func(w *world) {
			w.promise("U1", "Globex", at(w, "2027-06-01T14:00:00Z", berlin))
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
		}, []string{"Tue 2027-06-01 20:00:00 CEST U1 late due[late Acme,late Globex]"}, map[string]int{"due sent": 2}},
		{"reminders, with the plan", "2027-06-01T13:02:00Z", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T08:00:00Z", berlin))
			w.promise("U1", "Globex", at(w, "2027-06-01T13:00:00Z", berlin))
			w.promise("U1", "Initech", at(w, "2027-06-01T14:00:00Z", berlin))
		}, []string{"Tue 2027-06-01 15:02:00 CEST U1 late plan/2027-06-01 today[Initech] overdue[] reminding[late Acme,Globex]"},
			map[string]int{"plan sent": 1, "due sent": 2}},
		{"a reminder until the next plan", "2027-06-02T15:31:00Z", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
		}, nil, map[string]int{"plan dropped": 2, "due dropped": 1}},
		{"a reminder over a weekend", "2027-06-06T10:00:00Z", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-04T13:00:00Z", berlin))
		}, []string{"Sun 2027-06-06 12:00:00 CEST U1 late due[late Acme]"}, map[string]int{"plan dropped": 4, "due sent": 1}},
		{"a reminder until the next morning", "2027-06-02T06:59:00Z", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
		}, []string{"Wed 2027-06-02 08:59:00 CEST U1 late due[late Acme]"}, map[string]int{"due sent": 1}},
		{"a reminder after the next morning", "2027-06-02T07:00:00Z", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
		}, nil, map[string]int{"due dropped": 1}},
		{"a series that went on", "2027-06-03T10:00:00Z", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", store.Commitment{At: "11:00", Every: store.EachDay})
		}, []string{"Thu 2027-06-03 12:00:00 CEST U1 late due[late Acme]"}, map[string]int{"due dropped": 1, "due sent": 1}},
		{"a board for a day", "2027-06-02T13:59:00Z", "", func(w *world) { boardOn(w, time.Tuesday) },
			[]string{"Wed 2027-06-02 13:59:00 UTC C1 late week of 2027-05-31 [U1 1] and 0"}, map[string]int{"board sent": 1}},
		{"a board for no longer", "2027-06-02T14:00:00Z", "", func(w *world) { boardOn(w, time.Tuesday) },
			nil, map[string]int{"board dropped": 1}},
		{"a board of last week", "2027-06-07T10:00:00Z", "", func(w *world) { boardOn(w, time.Sunday) },
			[]string{"Mon 2027-06-07 10:00:00 UTC C1 late week of 2027-05-31 [U1 1] and 0"}, map[string]int{"board sent": 1}},
		{"boards of weeks", "2027-06-15T16:00:00Z", "", func(w *world) { boardOn(w, time.Tuesday) },
			nil, map[string]int{"board dropped": 2}}, // and the third has nobody to name
	} {
		t.Run(tt.name, func(t *testing.T) {
			live(t, "2027-06-01T06:00:00Z", func(w *world) {
				w.founder("U1", berlin, tt.said, func(f *store.Founder) { f.OnBoard = true })
				tt.do(w)
				w.until(tt.back)
				w.run()
				w.wants(tt.want...)
				w.wantCounts(tt.counts)
				w.stop()
				w.run() // having started again changes nothing
				w.wants()
			})
		})
	}
}

// boardOn turns on a board at 16:00 in Berlin, and asks once.
func boardOn(w *world, day time.Weekday) {
	w.change("U1", func(b *store.Book) error {
		_, err := b.TurnOnBoard(store.ChannelBoard{Channel: "C1", Weekday: day, At: "16:00", Zone: berlin})
		return err
	})
	w.change("U1", func(b *store.Book) error { _, err := b.Log("Acme", store.Activity{Kind: store.Ask}); return err })
}

func TestRowsOfOneMessage(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning)
		w.promise("U1", "Acme", at(w, "2027-06-01T07:00:00Z", berlin))
		w.until("2027-06-01T07:00:00Z")
		w.tick()
		w.wants("Tue 2027-06-01 09:00:00 CEST U1 plan/2027-06-01 today[] overdue[] reminding[Acme]")
		w.wantRows("U1", "due/2/2027-06-01T07:00:00Z sent ts1 with plan/2027-06-01", "plan/2027-06-01 sent ts1")
		err := w.store.View(w.Context(), time.Now(), store.Owner{Team: team, User: "U1"}, func(b *store.Book) error {
			f, err := b.Founder()
			if f.DM != "DU1" {
				t.Errorf("the DM is %q, want the one the messenger opened", f.DM)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestWhatBecomesOfAMessage(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer func(context.Context, int, store.UserID) error
		want   []string
		row    string
	}{
		{"refused", func(context.Context, int, store.UserID) error {
			return fmt.Errorf("user_disabled: %w", nudges.ErrRefused)
		},
			nil, "plan/2027-06-01 refused"},
		{"uncertain", func(context.Context, int, store.UserID) error { return nudges.ErrUncertain }, nil, "plan/2027-06-01 uncertain"},
		{"unknown", func(context.Context, int, store.UserID) error { return errors.New("cut") }, nil, "plan/2027-06-01 uncertain"},
		{"panicking", func(context.Context, int, store.UserID) error { panic("at the messenger") }, nil, "plan/2027-06-01 uncertain"},
		{"hanging", func(ctx context.Context, _ int, _ store.UserID) error { <-ctx.Done(); return ctx.Err() },
			nil, "plan/2027-06-01 uncertain"},
		{"tried again", func(_ context.Context, try int, _ store.UserID) error {
			if try < 3 {
				return nudges.ErrRetry
			}
			return nil
		}, []string{"Tue 2027-06-01 09:02:00 CEST U1 plan/2027-06-01 today[0/3] overdue[] reminding[]"}, "plan/2027-06-01 sent ts1"},
		{"tried again when Slack said", func(_ context.Context, try int, _ store.UserID) error {
			if try < 2 {
				return fmt.Errorf("limited: %w", &nudges.RetryError{After: 20 * time.Minute})
			}
			return nil
		}, []string{"Tue 2027-06-01 09:20:00 CEST U1 late plan/2027-06-01 today[0/3] overdue[] reminding[]"}, "plan/2027-06-01 sent ts1"},
		{"tried again until it is stale", func(context.Context, int, store.UserID) error { return nudges.ErrRetry }, nil, "plan/2027-06-01 dropped"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			live(t, "2027-06-01T06:00:00Z", func(w *world) {
				w.founder("U1", berlin, store.EveryMorning)
				daily(w, "U1")
				w.slack.answer = tt.answer
				w.run()
				w.until("2027-06-01T16:00:00Z")
				w.wants(tt.want...)
				w.wantRows("U1", tt.row)
			})
		})
	}
}

// TestBackoff: waits double from half a minute to a quarter of an hour.
func TestBackoff(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning)
		daily(w, "U1")
		var tries []string
		w.slack.answer = func(context.Context, int, store.UserID) error {
			tries = append(tries, time.Now().UTC().Format("15:04"))
			return nudges.ErrRetry
		}
		w.run()
		w.until("2027-06-01T08:00:00Z")
		want := []string{"07:00", "07:01", "07:02", "07:04", "07:08", "07:16", "07:31", "07:46"}
		if d := cmp.Diff(want, tries); d != "" {
			t.Error(d)
		}
	})
}

// A faulty store fails some of the changes made through it.
type faulty struct {
	store.Store
	fail func(n int64, owner store.Owner) error
	n    atomic.Int64
}

func (f *faulty) Change(ctx context.Context, cause store.Cause, owner store.Owner, do func(*store.Book) error) error {
	if err := f.fail(f.n.Add(1), owner); err != nil {
		return err
	}
	return f.Store.Change(ctx, cause, owner, do)
}

func TestCrashBetweenSendingAndRecording(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning)
		w.promise("U1", "Acme", at(w, "2027-06-01T07:00:00Z", berlin))
		w.seam = &faulty{Store: w.store, fail: func(n int64, _ store.Owner) error {
			if n > 1 {
				return errors.New("the process is gone")
			}
			return nil
		}}
		w.until("2027-06-01T07:00:00Z")
		w.tick()
		w.wants("Tue 2027-06-01 09:00:00 CEST U1 plan/2027-06-01 today[] overdue[] reminding[Acme]")
		w.wantRows("U1", "due/2/2027-06-01T07:00:00Z sending with plan/2027-06-01", "plan/2027-06-01 sending")

		w.seam = w.store
		w.until("2027-06-01T07:00:30Z")
		w.run() // the lease has not ended
		w.wantRows("U1", "due/2/2027-06-01T07:00:00Z sending with plan/2027-06-01", "plan/2027-06-01 sending")
		w.until("2027-06-01T08:00:00Z")
		w.wants()
		w.wantRows("U1", "due/2/2027-06-01T07:00:00Z uncertain with plan/2027-06-01", "plan/2027-06-01 uncertain")
	})
}

func TestStoppingAmidASend(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning)
		daily(w, "U1")
		w.slack.answer = func(ctx context.Context, _ int, _ store.UserID) error {
			select {
			case <-time.After(5 * time.Second):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		w.run()
		w.until("2027-06-01T07:00:01Z")
		w.stop()
		w.wantRows("U1", "plan/2027-06-01 sent ts1")
	})
}

// TestStoppingBeforeASend: of two messages that were claimed, the one not begun
// when Pitch was stopped goes out when it starts again.
func TestStoppingBeforeASend(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.OnlyDue, func(f *store.Founder) { f.OnBoard = true })
		w.promise("U1", "Acme", at(w, "2027-06-01T14:00:00Z", berlin))
		boardOn(w, time.Tuesday)
		w.slack.answer = func(_ context.Context, try int, _ store.UserID) error {
			if try == 1 {
				time.Sleep(5 * time.Second)
			}
			return nil
		}
		w.run()
		w.until("2027-06-01T14:00:01Z")
		w.stop()
		w.wantRows("U1", "board/C1/2027-W22 retry", "due/2/2027-06-01T14:00:00Z sent ts1")
		w.until("2027-06-01T14:01:00Z")
		w.run()
		w.wantRows("U1", "board/C1/2027-W22 sent ts2", "due/2/2027-06-01T14:00:00Z sent ts1")
	})
}

// A sleeping store makes its caller wait after a change.
type sleeping struct {
	store.Store
	sleep func()
}

func (s *sleeping) Change(ctx context.Context, cause store.Cause, owner store.Owner, do func(*store.Book) error) error {
	defer s.sleep()
	return s.Store.Change(ctx, cause, owner, do)
}

// TestWakingAfterTheLease: a process that was paused between claiming and sending
// sends nothing on a lease that is over, and says so, whatever others made of it.
func TestWakingAfterTheLease(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning)
		daily(w, "U1")
		w.until("2027-06-01T07:00:00Z")
		paused := false
		w.seam = &sleeping{w.store, func() {
			if !paused {
				paused = true
				time.Sleep(3 * time.Minute)
			}
		}}
		go w.tick()
		synctest.Wait()
		w.seam = w.store
		w.until("2027-06-01T07:02:00Z")
		w.tick()
		w.wantRows("U1", "plan/2027-06-01 uncertain")
		w.until("2027-06-01T07:04:00Z")
		w.wantRows("U1", "plan/2027-06-01 retry")
		w.tick()
		w.wants("Tue 2027-06-01 09:04:00 CEST U1 plan/2027-06-01 today[0/3] overdue[] reminding[]")
	})
}

func TestRunEndsWithTheStore(t *testing.T) {
	for _, cause := range []error{store.ErrUnknownCommit, store.ErrShut} {
		live(t, "2027-06-01T06:00:00Z", func(w *world) {
			w.founder("U1", berlin, store.EveryMorning)
			daily(w, "U1")
			w.seam = &faulty{Store: w.store, fail: func(int64, store.Owner) error { return cause }}
			if err := w.nudger().Run(w.Context()); !errors.Is(err, cause) {
				t.Errorf("Run: %v, want %v", err, cause)
			}
			if got := time.Now().UTC().Format("15:04:05"); got != "07:00:00" {
				t.Errorf("Run ended at %s", got)
			}
		})
	}
}

func TestAFullDiskIsWaitedOut(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning)
		daily(w, "U1")
		w.seam = &faulty{Store: w.store, fail: func(int64, store.Owner) error {
			if time.Now().Before(instant(w, "2027-06-01T07:30:00Z")) {
				return store.ErrFull
			}
			return nil
		}}
		w.run()
		w.until("2027-06-01T08:00:00Z")
		w.wants("Tue 2027-06-01 09:30:00 CEST U1 late plan/2027-06-01 today[0/3] overdue[] reminding[]")
	})
}

func TestNobodyStopsAnybodyElse(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		var want []string
		var setup sync.WaitGroup
		for i := range 600 { // more than are asked for at a time
			user := store.UserID(fmt.Sprintf("U%03d", i))
			setup.Go(func() {
				w.founder(user, berlin, store.EveryMorning)
				daily(w, user)
			})
			if i >= 400 {
				want = append(want, fmt.Sprintf("Tue 2027-06-01 09:00:00 CEST %s plan/2027-06-01 today[0/3] overdue[] reminding[]", user))
			}
		}
		setup.Wait()
		w.seam = &faulty{Store: w.store, fail: func(_ int64, owner store.Owner) error {
			switch {
			case owner.User < "U200":
				return store.ErrDamaged
			case owner.User < "U400":
				panic("amid a change")
			}
			return nil
		}}
		w.until("2027-06-01T07:00:00Z")
		w.tick()
		got := w.slack.take()
		slices.Sort(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		w.wantCounts(map[string]int{"failed": 400, "plan sent": 200})
	})
}

func TestManyAtOnceOldestFirst(t *testing.T) {
	const founders = 2000
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		var setup sync.WaitGroup
		for i := range founders {
			setup.Go(func() {
				user := store.UserID(fmt.Sprintf("U%04d", i))
				w.founder(user, berlin, store.EveryMorning, func(f *store.Founder) {
					if i%2 == 1 {
						f.Morning = "08:59"
					}
				})
				daily(w, user)
			})
		}
		setup.Wait()
		var under, most atomic.Int64
		var mu sync.Mutex
		var order []int
		w.slack.answer = func(_ context.Context, _ int, to store.UserID) error {
			if now := under.Add(1); now > most.Load() {
				most.Store(now)
			}
			mu.Lock()
			var i int
			fmt.Sscanf(string(to), "U%d", &i)
			order = append(order, i%2)
			mu.Unlock()
			time.Sleep(100 * time.Millisecond)
			under.Add(-1)
			return nil
		}
		w.until("2027-06-01T07:00:00Z")
		began := time.Now()
		w.tick()
		if got := len(w.slack.take()); got != founders {
			t.Errorf("sent %d, want %d", got, founders)
		}
		if took := time.Since(began); took > founders/nudges.DefaultWorkers*100*time.Millisecond+time.Second {
			t.Errorf("took %s with %d workers", took, nudges.DefaultWorkers)
		}
		if got := most.Load(); got > nudges.DefaultWorkers {
			t.Errorf("%d under way at once", got)
		}
		if late := slices.Index(order, 0); late < founders/2-nudges.DefaultWorkers {
			t.Errorf("the first of 09:00 went out after %d of 08:59", late)
		}
	})
}

// TestALongTickStaysCurrent: what becomes due while a tick takes its time does
// not wait for its end.
func TestALongTickStaysCurrent(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		for i := range 80 {
			user := store.UserID(fmt.Sprintf("U%02d", i))
			w.founder(user, berlin, store.OnlyDue)
			w.promise(user, "Acme", at(w, "2027-06-01T07:00:00Z", berlin))
		}
		w.founder("V1", berlin, store.OnlyDue)
		w.promise("V1", "Acme", at(w, "2027-06-01T07:03:00Z", berlin))
		w.promise("U00", "Acme", at(w, "2027-06-01T07:04:00Z", berlin))
		w.slack.answer = func(context.Context, int, store.UserID) error { time.Sleep(30 * time.Second); return nil }
		w.run()
		w.until("2027-06-01T08:00:00Z")
		sent := w.slack.take()
		if len(sent) != 82 {
			t.Errorf("sent %d", len(sent))
		}
		for i, want := range []string{"Tue 2027-06-01 09:05:00 CEST V1 due[Acme]", "Tue 2027-06-01 09:05:00 CEST U00 due[Acme]"} {
			if !slices.Contains(sent, want) {
				t.Errorf("%d: no %q in %q", i, want, sent[78:])
			}
		}
	})
}

func TestTicksOverlap(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		for i := range 20 {
			user := store.UserID(fmt.Sprintf("U%02d", i))
			w.founder(user, berlin, store.EveryMorning)
			daily(w, user)
		}
		w.until("2027-06-01T07:00:00Z")
		w.slack.answer = func(context.Context, int, store.UserID) error { time.Sleep(time.Second); return nil }
		one, other := w.nudger(), w.nudger()
		var ticks sync.WaitGroup
		for _, n := range []*nudges.Nudger{one, one, other} { // the third as of another process
			ticks.Go(func() {
				if err := n.Tick(w.Context(), time.Now()); err != nil {
					t.Error(err)
				}
			})
		}
		ticks.Wait()
		if sent := w.slack.take(); len(sent) != 20 {
			t.Errorf("sent %d messages to 20 founders", len(sent))
		}
	})
}

func TestATickOfNobody(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.tick()
		ctx, cancel := context.WithCancel(w.Context())
		cancel()
		if err := w.nudger().Tick(ctx, time.Now()); !errors.Is(err, context.Canceled) {
			t.Errorf("Tick: %v", err)
		}
		if err := w.nudger().Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
		synctest.Wait()
	})
}
