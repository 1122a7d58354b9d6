package nudges_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// departures is a messenger that knows who has left.
type departures struct {
	*slack
	left map[store.UserID]bool // who it is sure of; nil is that Slack is silent
}

func (d departures) Left(_ context.Context, who store.Owner) (bool, error) {
	if d.left == nil {
		return false, errors.New("no answer")
	}
	return d.left[who.User], nil
}

// TestLeave: who left is forgotten once the time is over, if they really have.
func TestLeave(t *testing.T) {
	const month = 30 * 24 * time.Hour
	for _, c := range []struct {
		name  string
		after time.Duration
		dated bool
		left  map[store.UserID]bool
		days  int
		want  bool
	}{
		{"in time", month, true, map[store.UserID]bool{"U1": true}, 31, true},
		{"too soon", month, true, map[store.UserID]bool{"U1": true}, 29, false},
		{"never", 0, true, map[store.UserID]bool{"U1": true}, 400, false},
		{"who came back unnoticed", month, true, map[store.UserID]bool{}, 31, false},
		{"while Slack is silent", month, true, nil, 31, false},
		{"nobody knows since when: counted from when it was looked for", month, false, map[store.UserID]bool{"U1": true}, 30, false},
		{"nobody knows since when, a month after that", month, false, map[store.UserID]bool{"U1": true}, 31, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			live(t, "2027-06-01T12:00:00Z", func(w *world) {
				w.founder("U1", berlin, store.EveryMorning, func(f *store.Founder) {
					f.Gone = true
					if c.dated {
						f.GoneAt = time.Now()
					}
				})
				w.founder("U2", berlin, store.OnlyDue)
				var forgotten []store.Owner
				n := nudges.New(nudges.Config{
					Store: w.store, Messenger: departures{w.slack, c.left}, ForgetAfter: c.after,
					Counters: nudges.Counters{Forgotten: func(o store.Owner) { forgotten = append(forgotten, o) }},
				})
				for day := range c.days + 1 {
					time.Sleep(time.Until(instant(w, "2027-06-01T12:00:00Z").AddDate(0, 0, day)))
					if err := n.Tick(w.Context(), time.Now()); err != nil {
						w.Fatal(err)
					}
				}
				if got := slices.Contains(forgotten, store.Owner{Team: team, User: "U1"}); got != c.want || len(forgotten) > 1 {
					w.Errorf("forgotten: %v, want %v", forgotten, c.want)
				}
				if is := !w.there("U1"); is != c.want || !w.there("U2") {
					w.Errorf("their records are gone: %v, want %v", is, c.want)
				}
			})
		})
	}
}

// there reports whether a founder has records.
func (w *world) there(user store.UserID) bool {
	w.Helper()
	err := w.store.View(w.Context(), time.Now(), store.Owner{Team: team, User: user}, func(b *store.Book) error {
		_, err := b.Founder()
		return err
	})
	if err != nil && !errors.Is(err, store.ErrNoFounder) {
		w.Fatal(err)
	}
	return err == nil
}
