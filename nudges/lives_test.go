package nudges_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// TestAnyLife lets founders do anything in any order for some weeks, with
// restarts, downtime and a messenger that fails, and checks what must hold of
// all of it: no day is planned twice, nothing due is left after a tick, and
// working out an agenda again changes nothing.
func TestAnyLife(t *testing.T) {
	for seed := range 4 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			live(t, "2027-03-22T06:00:00Z", func(w *world) { // with a change of clocks on the way
				r := rand.New(rand.NewPCG(uint64(seed), 1))
				// Failures before anything is posted only: what is uncertain is
				// checked elsewhere.
				w.slack.answer = failing(rand.New(rand.NewPCG(uint64(seed), 2)))
				w.founder("U1", berlin, store.EveryMorning)
				w.run()
				for range 80 {
					time.Sleep(time.Duration(2+r.IntN(6*60)) * time.Minute)
					synctest.Wait()
					w.settled()
					live1(w, r)
				}
				w.once()
			})
		})
	}
}

func failing(r *rand.Rand) func(context.Context, int, store.UserID) error {
	var mu sync.Mutex
	return func(context.Context, int, store.UserID) error {
		mu.Lock()
		defer mu.Unlock()
		if r.IntN(5) == 0 {
			return &nudges.RetryError{After: time.Duration(r.IntN(90)) * time.Second}
		}
		return nil
	}
}

// live1 does one thing at random. What the rules refuse is not done.
func live1(w *world, r *rand.Rand) {
	zones := []string{berlin, "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Honolulu", "Africa/Cairo"}
	clocks := []store.Clock{"00:00", "02:30", "07:00", "09:00", "18:00", "23:30"}
	every := []store.Every{store.Once, store.Once, store.EachDay, store.EachWeekday, store.EachWeek, store.EachMonth, "tuesday,sunday"}
	if r.IntN(12) == 0 {
		w.stop()
		if r.IntN(2) == 0 {
			time.Sleep(time.Duration(r.IntN(60)) * time.Hour)
		}
		w.run()
		return
	}
	w.maybe("U1", func(b *store.Book) error {
		f, err := b.Founder()
		if err != nil {
			return err
		}
		open, err := b.Commitments(store.Open)
		if err != nil {
			return err
		}
		var any store.ID
		if len(open) > 0 {
			any = open[r.IntN(len(open))].ID
		}
		soon := b.Now.Add(time.Duration(r.IntN(72*60)) * time.Minute).Truncate(time.Minute)
		switch r.IntN(18) {
		case 13:
			f.Recap = append(clocks, "", "17:30")[r.IntN(len(clocks)+2)]
			return b.SetFounder(f)
		case 14:
			f.Digest = r.IntN(3) > 0
			return b.SetFounder(f)
		case 15:
			f.WorkDays = max(1, store.Weekdays(r.IntN(128)))
			return b.SetFounder(f)
		case 16:
			p, _, err := b.AddProspect(fmt.Sprint("P", r.IntN(5)))
			p.FollowUpOn = b.Today() + store.Day(r.IntN(4))
			return errors.Join(err, b.SetProspect(p))
		case 17:
			_, err := b.Log(fmt.Sprint("P", r.IntN(5)), store.Activity{Kind: store.Ask, Outcome: store.Lost})
			return err
		case 0:
			f.Zone = zones[r.IntN(len(zones))]
			return b.SetFounder(f)
		case 1:
			f.Morning = clocks[r.IntN(len(clocks))]
			return b.SetFounder(f)
		case 2:
			f.Reminders = []store.Reminders{store.EveryMorning, store.EveryMorning, store.OnlyDue, store.NoReminders}[r.IntN(4)]
			return b.SetFounder(f)
		case 3:
			return b.TakeDaysOff(store.DaysOff{From: b.Today() + store.Day(r.IntN(3)), To: b.Today() + store.Day(2+r.IntN(4))})
		case 4:
			f.Stopped = r.IntN(3) == 0
			return errors.Join(b.SetFounder(f), b.Resume())
		case 5:
			_, err = b.Snooze(any, soon)
		case 6:
			_, err = b.Move(any, store.DayOf(soon.In(b.Location()))+1, time.Time{})
		case 7:
			_, err = b.Log(fmt.Sprint("P", r.IntN(5)), store.Activity{Kind: store.Call})
		case 8:
			_, err = b.TurnOnBoard(store.ChannelBoard{Channel: "C1", Weekday: time.Weekday(r.IntN(7)), At: clocks[r.IntN(len(clocks))], Zone: zones[r.IntN(len(zones))]})
		default:
			p, _, _ := b.AddProspect(fmt.Sprint("P", r.IntN(5)))
			c := store.Commitment{Kind: store.Call, Prospect: p.ID, DueOn: store.DayOf(soon.In(b.Location())), Every: every[r.IntN(len(every))]}
			if r.IntN(2) == 0 {
				c.DueAt, c.At = soon, store.ClockOf(soon.In(b.Location()))
			}
			_, err = b.Commit(c)
		}
		return err
	})
}

// maybe is change, where what the rules refuse is not done.
func (w *world) maybe(user store.UserID, do func(*store.Book) error) {
	w.Helper()
	err := w.store.Change(w.Context(), store.Cause{Now: time.Now()}, store.Owner{Team: team, User: user}, func(b *store.Book) error {
		if err := do(b); err != nil {
			return err
		}
		return nudges.Reschedule(b)
	})
	refused := errors.Is(err, store.ErrInvalid) || errors.Is(err, store.ErrNotFound)
	if err != nil && !refused {
		w.Fatal(err)
	}
}

// settled checks that an agenda has nothing overdue by more than the minute it
// takes to be seen, and comes out the same when it is worked out again.
func (w *world) settled() {
	w.Helper()
	overdue, err := w.store.Due(w.Context(), time.Now().Add(-2*time.Minute), 10)
	if err != nil || len(overdue) > 0 {
		w.Fatalf("at %s %v is still due (%v)", time.Now().UTC(), overdue, err)
	}
	w.maybe("U1", func(b *store.Book) error {
		err := nudges.Reschedule(b)
		if b.Changed() {
			w.Errorf("at %s the agenda changed when it was worked out again", b.Now)
		}
		return err
	})
}

// once checks that no plan, recap or digest was sent twice, and no reminder of
// nothing.
func (w *world) once() {
	w.Helper()
	seen := map[string]bool{}
	sent := w.slack.take()
	for _, text := range sent {
		if strings.Contains(text, "U1 due[]") {
			w.Errorf("an empty reminder: %s", text)
		}
		for word := range strings.FieldsSeq(text) {
			kind, _, dated := strings.Cut(word, "/")
			if !dated || !slices.Contains([]string{"plan", "recap", "digest"}, kind) {
				continue
			}
			if seen[word] {
				w.Errorf("twice: %s", word)
			}
			seen[word] = true
		}
	}
	if len(sent) == 0 {
		w.Error("nothing was sent")
	}
}
