package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"pitch/store"
	"pitch/store/bolt"
)

// unattended is a clock over a new store, with nobody to send what is due.
func unattended(t *testing.T) *movableClock {
	t.Helper()
	st, err := bolt.Open(t.Context(), bolt.Config{Path: filepath.Join(t.TempDir(), "pitch.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return &movableClock{
		store:  st,
		settle: func(context.Context) error { return nil },
		tick:   func(context.Context, time.Time) error { return nil },
	}
}

// inBerlinAt is a moment on Noor's wall clock.
func inBerlinAt(t *testing.T, moment string) time.Time {
	t.Helper()
	loc, err := store.LoadZone(noor().TZ)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestSituationsAreWritten: whenever one is pressed, and whatever was pressed
// before, all of its weeks are in Noor's book, and of their messages none but the
// next morning's plan is still to be sent.
func TestSituationsAreWritten(t *testing.T) {
	tests := []struct{ at, plan string }{
		{"2026-11-25 10:00", "2026-11-26 09:00"}, // the demo's start
		{"2026-11-26 08:59", "2026-11-26 09:00"},
		{"2026-11-27 09:00", "2026-11-30 09:00"}, // that day's has just come
		{"2026-11-28 13:00", "2026-11-30 09:00"},
		{"2026-11-29 23:59", "2026-11-30 09:00"},
		{"2026-11-30 00:00", "2026-11-30 09:00"},
		{"2026-12-31 18:30", "2027-01-01 09:00"},
		{"2027-03-26 12:00", "2027-03-29 09:00"}, // the clocks change in between
	}
	clock := unattended(t)
	for _, test := range tests {
		for _, idea := range ideas() {
			clock.start(inBerlinAt(t, test.at))
			told, _, err := idea.before(clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			if err := idea.load(t.Context(), clock); err != nil {
				t.Fatalf("%s, at %s: %v", idea.name, test.at, err)
			}
			if got := clock.Now().In(inBerlinAt(t, test.at).Location()).Format("2006-01-02 15:04"); got != test.plan {
				t.Errorf("%s, at %s: it is %s, want %s", idea.name, test.at, got, test.plan)
			}
			err = clock.store.View(t.Context(), clock.Now(), told.owner(), func(b *store.Book) error {
				return checkWritten(t, idea.name+", at "+test.at, b, told, inBerlinAt(t, test.plan))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func checkWritten(t *testing.T, name string, b *store.Book, told story, plan time.Time) error {
	t.Helper()
	want := 0
	for _, e := range told.entries {
		if e.did.Kind != "" {
			want++
		}
	}
	h, err := b.Holdings()
	if err != nil {
		return err
	}
	if h.Activities != want || h.Open != 1 || h.Offers != len(told.offers) {
		t.Errorf("%s: %d of %d activities, %d promises, %d of %d offers", name, h.Activities, want, h.Open, h.Offers, len(told.offers))
	}
	agenda, err := b.Agenda()
	for _, a := range agenda.Alarms {
		if a.Notice != store.Roll && !(a.Notice == store.MorningPlan && a.At.Equal(plan)) {
			t.Errorf("%s: %s is to be sent at %s", name, a.Occurrence, a.At)
		}
	}
	return err
}
