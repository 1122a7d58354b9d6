package nudges_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

// partners is a list of those who want a partner, through the weeks.
type partners map[store.UserID]store.Pairing

func (m partners) list() (all []store.Pairing) {
	for _, p := range m {
		all = append(all, p)
	}
	return all
}

func (m partners) pair(week store.Day) []store.Pairing {
	out := nudges.Pair(week.ISOWeek(), m.list())
	for _, p := range out {
		m[p.User] = p
	}
	return out
}

func teamOf(n int) partners {
	m := partners{}
	for i := range n {
		u := store.UserID(fmt.Sprintf("U%03d", i))
		m[u] = store.Pairing{User: u}
	}
	return m
}

func TestPairTwo(t *testing.T) {
	m := teamOf(2)
	var met []bool
	for w := range 6 {
		m.pair(wednesday + store.Day(7*w))
		met = append(met, m["U000"].With == "U001")
	}
	if d := cmp.Diff([]bool{true, false, true, false, true, false}, met); d != "" {
		t.Errorf("two meet every second week (-want +got):\n%s", d)
	}
	if m["U000"].Last != "U001" || m["U000"].With != "" {
		t.Errorf("having sat out: %+v", m["U000"])
	}
}

func TestPairOne(t *testing.T) {
	if got := nudges.Pair("2027-W22", nil); got != nil {
		t.Errorf("of nobody: %v", got)
	}
	got := nudges.Pair("2027-W22", []store.Pairing{{User: "U1"}, {User: "U2", Skip: "2027-W22"}, {User: "U3", Week: "2027-W22", With: "U4"}})
	if d := cmp.Diff([]store.Pairing{{User: "U1", Week: "2027-W22"}}, got); d != "" {
		t.Errorf("one of three is free (-want +got):\n%s", d)
	}
}

// TestPairYearEnd: the week before the first of a year is the last one of the year
// before, of which some have 53.
func TestPairYearEnd(t *testing.T) {
	for week, before := range map[string]string{"2027-W01": "2026-W53", "2026-W01": "2025-W52", "2027-W23": "2027-W22"} {
		got := nudges.Pair(week, []store.Pairing{{User: "U1", With: "U2", Week: before}, {User: "U2", With: "U1", Week: before}})
		if got[0].With != "" {
			t.Errorf("%s: the partner of %s again", week, before)
		}
	}
}

// TestPairAnyTeam follows teams whose members come, go and skip through twenty
// weeks.
func TestPairAnyTeam(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 5))
		m := teamOf(1 + r.IntN(12))
		for w := range 20 {
			week := wednesday + store.Day(7*w)
			for u, p := range m {
				if p.Skip = ""; r.IntN(6) == 0 {
					p.Skip = week.ISOWeek()
				}
				m[u] = p
			}
			was := partners{}
			for u, p := range m {
				was[u] = p
			}
			checkPairs(t, was, m.pair(week), week)
			if d := cmp.Diff([]store.Pairing(nil), m.pair(week)); d != "" {
				t.Fatalf("the same week again changes something:\n%s", d)
			}
			if r.IntN(3) == 0 {
				u := store.UserID(fmt.Sprintf("N%d.%d", seed, w))
				m[u] = store.Pairing{User: u}
			}
		}
	}
}

func checkPairs(t *testing.T, was partners, out []store.Pairing, day store.Day) {
	t.Helper()
	week, before := day.ISOWeek(), (day - 7).ISOWeek()
	with := map[store.UserID]store.UserID{}
	free := 0
	for _, p := range was {
		if p.Skip != week {
			free++
		}
	}
	sitting := 0
	for _, p := range out {
		with[p.User] = p.With
		old := was[p.User]
		switch {
		case old.Skip == week || p.Week != week:
			t.Errorf("%s: %+v", week, p)
		case p.With == "":
			sitting++
		case old.With == p.With && old.Week == before:
			t.Errorf("%s: %s has %s again", week, p.User, p.With)
		case p.With == p.User:
			t.Errorf("%s: %s is their own partner", week, p.User)
		}
	}
	for u, partner := range with {
		if partner != "" && with[partner] != u {
			t.Errorf("%s: %s has %s, who has %q", week, u, partner, with[partner])
		}
		if partner == "" && was[u].With == "" && was[u].Week == before && free > 3 {
			t.Errorf("%s: %s sits out again, of %d", week, u, free)
		}
	}
	if len(out) != free || free > 3 && sitting != free%2 {
		t.Errorf("%s: of %d free, %d have a pairing and %d sit out", week, free, len(out), sitting)
	}
}

func TestPairOrder(t *testing.T) {
	m := teamOf(9)
	first := nudges.Pair("2027-W22", m.list())
	for range 20 { // a map's order is another each time
		if d := cmp.Diff(first, nudges.Pair("2027-W22", m.list())); d != "" {
			t.Fatalf("another order, other pairs:\n%s", d)
		}
	}
}
