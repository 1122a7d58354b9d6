package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/store"
)

func TestDecimal(t *testing.T) {
	for in, want := range map[string]store.Decimal{
		"0": "0", "007": "7", "1200.50": "1200.50", "1200.5": "1200.50", "1200.00": "1200", "5.": "5", ".5": "0.50",
		"1.999": "2", "0.001": "0", "0.005": "0.01", store.MaxAmount: store.MaxAmount,
		"1000000000000.01": "", "": "", ".": "", "1.2.3": "", "-1": "", "+1": "", "1e3": "", "1_000": "", "1/2": "", "0x10": "", "0b11": "",
		"0o17": "", "Inf": "", "NaN": "", " 1": "", "１": "", "1e999999999": "", strings.Repeat("9", 1_000_000): "",
	} {
		got, err := store.ParseDecimal(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%.40q is %q (%v), want %q", in, got, err, want)
		}
	}
	if got := store.Decimal("19.99").Times(10); got != "199.90" {
		t.Errorf("ten times 19.99 is %s", got)
	}
	if got := store.Decimal("0.50").Times(2); got != "1" {
		t.Errorf("twice 0.50 is %s", got)
	}
}

// FuzzDecimal: what was read reads again as the same, so that an amount that was
// accepted stays acceptable.
func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"1200.5", "0.001", "007", "1e9", ".5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := store.ParseDecimal(s)
		if err != nil {
			return
		}
		if again, err := store.ParseDecimal(string(d)); err != nil || again != d {
			t.Errorf("%q is %q, and that is %q (%v)", s, d, again, err)
		}
	})
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Acme, Inc.", "ACME inc", " acme  INC "},
		{"Zoë", "zoe", "ZOE\u0308"},
		{"Straße", "STRASSE"},
		{"Ｆｕｌｌ", "full"},
		{"O'Brien", "o brien"},
		{"が", "か\u3099"},
	} {
		for _, name := range same[1:] {
			if store.Fold(name) != store.Fold(same[0]) {
				t.Errorf("%q and %q are two prospects: %q and %q", same[0], name, store.Fold(same[0]), store.Fold(name))
			}
		}
	}
	for _, apart := range [][2]string{{"C", "C++"}, {"ばば", "はは"}, {"सुमन", "सीमन"}, {"ปี", "ปู"}, {"-", "--"}, {"Acme", "Acme 2"}} {
		if store.Fold(apart[0]) == store.Fold(apart[1]) {
			t.Errorf("%q and %q are one prospect", apart[0], apart[1])
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Acme, Inc.")
	f.Fuzz(func(t *testing.T, name string) {
		if folded := store.Fold(name); store.Fold(folded) != folded {
			t.Errorf("%q folds to %q and that to %q", name, folded, store.Fold(folded))
		}
	})
}

// TestOccurrence follows each recurrence from every day of two years.
func TestOccurrence(t *testing.T) {
	work := []store.Weekdays{store.MondayToFriday, store.EveryWeekday, 0, store.WeekdaySet(time.Sunday, time.Thursday), store.WeekdaySet(time.Saturday)}
	for _, every := range []store.Every{store.EachDay, store.EachWeekday, store.EachWeek, store.EachMonth, "tuesday", "monday,sunday"} {
		for _, w := range work {
			for day := store.Date(2026, 1, 1); day < store.Date(2028, 1, 1); day++ {
				from, due := every.Occurrence(day, w)
				if from < day || due < from || due > day+62 {
					t.Fatalf("every %q, working %s: on %s it is %s to %s", every, w, day, from, due)
				}
				if again, same := every.Occurrence(from, w); again != from || same != due {
					t.Fatalf("every %q, working %s: %s to %s, from its first day %s to %s", every, w, from, due, again, same)
				}
				if every == store.EachWeekday && w != 0 && !w.Has(due.Weekday()) {
					t.Fatalf("working %s, a weekday is %s", w, due.Weekday())
				}
			}
		}
	}
}

func TestRank(t *testing.T) {
	s := []store.Standing{{Asks: 9}, {Asks: 7}, {Asks: 7}, {Asks: 7}, {Asks: 1}, {Asks: 1}}
	store.Rank(s)
	var ranks []int
	for _, one := range s {
		ranks = append(ranks, one.Rank)
	}
	if want := []int{1, 2, 2, 2, 5, 5}; !slices.Equal(ranks, want) {
		t.Errorf("the ranks are %v, want %v", ranks, want)
	}
	store.Rank(nil)
}

func TestCountedAsks(t *testing.T) {
	day := store.Date(2026, 11, 23)
	ask := func(prospect store.ID, on store.Day) store.Activity {
		return store.Activity{Kind: store.Ask, Prospect: prospect, OccurredOn: on}
	}
	late := ask(3, day)
	late.Backdated = true
	for _, c := range []struct {
		name string
		of   []store.Activity
		want int
	}{
		{"none", nil, 0},
		{"one per prospect and day", []store.Activity{ask(1, day), ask(1, day), ask(2, day), ask(1, day+1)}, 3},
		{"none that is late", []store.Activity{late}, 0},
		{"late, and again in time", []store.Activity{late, ask(3, day)}, 1},
		{"a call that asked", []store.Activity{{Kind: store.Call, Asked: store.Pilot, Prospect: 1, OccurredOn: day}}, 1},
		{"a call that did not", []store.Activity{{Kind: store.Call, Asked: store.AskedNothing, Prospect: 1, OccurredOn: day}}, 0},
		{"a call of which nobody knows", []store.Activity{{Kind: store.Call, Prospect: 1, OccurredOn: day}}, 0},
	} {
		if got := store.CountedAsks(c.of); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestMatches(t *testing.T) {
	day := store.Date(2026, 11, 23)
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	call := store.Activity{Kind: store.Call, Prospect: 1, OccurredOn: day, LoggedAt: at}
	promise := store.Commitment{Kind: store.Call, Count: 1, From: day, DueOn: day, MadeAt: at}
	for name, c := range map[string]struct {
		change func(*store.Commitment, *store.Activity)
		want   bool
	}{
		"as it is":           {func(*store.Commitment, *store.Activity) {}, true},
		"to them":            {func(c *store.Commitment, _ *store.Activity) { c.Prospect = 1 }, true},
		"to another":         {func(c *store.Commitment, _ *store.Activity) { c.Prospect = 2 }, false},
		"another kind":       {func(_ *store.Commitment, a *store.Activity) { a.Kind = store.Email }, false},
		"an ask by call":     {func(c *store.Commitment, a *store.Activity) { c.Kind, a.Asked = store.Ask, store.Order }, true},
		"a call, no ask":     {func(c *store.Commitment, _ *store.Activity) { c.Kind = store.Ask }, false},
		"too early":          {func(_ *store.Commitment, a *store.Activity) { a.OccurredOn-- }, false},
		"late, once":         {func(_ *store.Commitment, a *store.Activity) { a.OccurredOn++ }, true},
		"late, of a series":  {func(c *store.Commitment, a *store.Activity) { c.Every, a.OccurredOn = store.EachDay, day+1 }, false},
		"logged before that": {func(_ *store.Commitment, a *store.Activity) { a.LoggedAt = at.Add(-time.Second) }, false},
	} {
		p, a := promise, call
		if c.change(&p, &a); p.Matches(a) != c.want {
			t.Errorf("%s: it matches: %v, want %v", name, !c.want, c.want)
		}
	}
}

func TestRollsOn(t *testing.T) {
	day := store.Date(2026, 11, 23)
	for _, c := range []struct {
		name string
		open []store.Commitment
		want store.Day
	}{
		{"nothing", nil, 0},
		{"no day", []store.Commitment{{}}, 0},
		{"once", []store.Commitment{{DueOn: day}}, day + store.MissedAfter + 1},
		{"the first of two", []store.Commitment{{DueOn: day}, {DueOn: day + 3, Every: store.EachDay}}, day + 4},
	} {
		if got := store.RollsOn(c.open); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWeekdays(t *testing.T) {
	w, err := store.ParseWeekdays("sunday, Tuesday,monday")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]time.Weekday{time.Monday, time.Tuesday, time.Sunday}, w.Days()); diff != "" {
		t.Error(diff)
	}
	if w.String() != "monday,tuesday,sunday" || w != store.WeekdaySet(time.Sunday, time.Monday, time.Tuesday) {
		t.Errorf("the days are %s", w)
	}
	if _, err := store.ParseWeekdays("monday,someday"); err == nil {
		t.Error("someday is a day of the week")
	}
}
