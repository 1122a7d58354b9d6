package main

import (
	"errors"
	"testing"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// TestSituations: whenever one is pressed, Noor's next morning calls for the
// idea's own kind of line.
func TestSituations(t *testing.T) {
	kinds := []string{"ask", "how_many", "tune", "phone", "help", "odds", "morale", "practise", "beyond"}
	if len(kinds) != len(ideas()) {
		t.Fatalf("%d situations for %d kinds", len(ideas()), len(kinds))
	}
	clock := unattended(t)
	for _, moment := range []string{
		"2026-11-25 10:00", "2026-11-26 10:00", "2026-11-27 09:00", "2026-11-28 13:00", "2026-11-30 00:00", "2026-12-01 12:00", "2026-12-31 18:30", "2027-03-26 12:00",
	} {
		for i, idea := range ideas() {
			clock.start(inBerlinAt(t, moment))
			if err := idea.load(t.Context(), clock); err != nil {
				t.Fatalf("%s, at %s: %v", idea.name, moment, err)
			}
			if d, _ := decided(t, clock.store, clock.Now()); d.Kind != kinds[i] {
				t.Errorf("%s, at %s: the line is %q, want %q: %q", idea.name, moment, d.Kind, kinds[i], d.Facts)
			}
		}
	}
}

// decided is the coach's line for Noor's book as it stands.
func decided(t *testing.T, st store.Store, now time.Time) (d nudges.Decision, ok bool) {
	t.Helper()
	owner := store.Owner{Team: demoTeam, User: store.UserID(noor().ID)}
	err := st.View(t.Context(), now, owner, func(b *store.Book) error {
		s, errs := nudges.Situation{Today: b.Today(), Location: b.Location()}, make([]error, 6)
		s.Founder, errs[0] = b.Founder()
		s.Activities, errs[1] = b.Activities(0, 0)
		s.Prospects, errs[2] = b.Prospects()
		s.Commitments, errs[3] = b.Commitments(store.Open)
		s.Offers, errs[4] = b.Offers()
		s.Lines, errs[5] = b.Lines()
		d, ok = nudges.Decide(s)
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, ok
}
