package nudges_test

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pitch/nudges"
	"pitch/store"
)

// odds are those of so many yes in so many answers.
func odds(yes, answers int) nudges.Odds {
	return nudges.OddsOf(nudges.Tally{Won: yes, Lost: answers - yes})
}

func TestOdds(t *testing.T) {
	for _, c := range []struct {
		yes, answers      int
		next5, next10     int // percent
		median, low, high int
	}{
		{0, 0, 56, 71, 4, 1, 36},
		{0, 3, 42, 59, 7, 1, 63},
		{1, 3, 68, 85, 3, 1, 14},
		{0, 10, 26, 42, 14, 2, 126},
		{2, 10, 62, 82, 4, 1, 15},
		{4, 20, 64, 85, 4, 1, 13},
		{8, 40, 65, 87, 4, 1, 12},
	} {
		o := odds(c.yes, c.answers)
		percent := func(p float64) int { return int(math.Round(100 * p)) }
		got := []int{percent(o.Next5), percent(o.Next10), o.Median, o.Low, o.High}
		want := []int{c.next5, c.next10, c.median, c.low, c.high}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%d/%d: next 5, next 10, median, low, high are %v, want %v", c.yes, c.answers, got, want)
		}
	}
	if got := int(math.Round(100 * odds(0, 3).Guess)); got != 62 && got != 63 { // 62.5
		t.Errorf("the starting guess is %d %% of the odds at three answers", got)
	}
}

func TestOddsAgainstScan(t *testing.T) {
	for answers := range 25 {
		for yes := range answers + 1 {
			o := odds(yes, answers)
			if o.Help() {
				continue
			}
			low, median, high := scan(yes, answers)
			if o.Low != low || o.Median != median || o.High != high {
				t.Errorf("%d/%d: %d, %d–%d, a scan finds %d, %d–%d", yes, answers, o.Median, o.Low, o.High, median, low, high)
			}
		}
	}
}

// scan multiplies the chances of ask after ask without a yes.
func scan(yes, answers int) (low, median, high int) {
	a, b := int64(1+yes), int64(4+answers-yes)
	none := big.NewRat(1, 1)
	for k := int64(0); high == 0; k++ {
		none.Mul(none, big.NewRat(b+k, a+b+k))
		for _, at := range []struct {
			k    *int
			left *big.Rat
		}{{&low, big.NewRat(9, 10)}, {&median, big.NewRat(1, 2)}, {&high, big.NewRat(1, 10)}} {
			if *at.k == 0 && none.Cmp(at.left) <= 0 {
				*at.k = int(k + 1)
			}
		}
	}
	return low, median, high
}

func checkOdds(t *testing.T, yes, answers int) {
	t.Helper()
	o := odds(yes, answers)
	if o.Help() != (yes == 0 && answers >= nudges.HelpAt) || o.None() != (answers == 0) {
		t.Errorf("%d/%d: Help %v, None %v", yes, answers, o.Help(), o.None())
	}
	if o.Help() {
		if o.Next5 != 0 || o.Next10 != 0 || o.High != 0 {
			t.Errorf("%d/%d: odds %+v beside the help", yes, answers, o)
		}
		return
	}
	if o.Next5 <= 0 || o.Next10 < o.Next5 || o.Next10 > 1 {
		t.Errorf("%d/%d: chances %v and %v", yes, answers, o.Next5, o.Next10)
	}
	if o.Low < 1 || o.Median < o.Low || o.High < o.Median {
		t.Errorf("%d/%d: median %d of %d–%d", yes, answers, o.Median, o.Low, o.High)
	}
	better, worse := odds(yes+1, answers+1), odds(yes, answers+1)
	if better.Next5 < o.Next5 || better.High > o.High || better.Median > o.Median {
		t.Errorf("%d/%d: one more yes gives %+v after %+v", yes, answers, better, o)
	}
	if !worse.Help() && (worse.Next5 > o.Next5 || worse.High < o.High) {
		t.Errorf("%d/%d: one more no gives %+v after %+v", yes, answers, worse, o)
	}
}

func FuzzOdds(f *testing.F) {
	f.Add(uint16(0), uint16(19))
	f.Add(uint16(1), uint16(10_000))
	f.Add(uint16(10_000), uint16(0))
	f.Add(uint16(100), uint16(9_900))
	f.Fuzz(func(t *testing.T, yes, no uint16) {
		checkOdds(t, int(yes), int(yes)+int(no))
		checkWords(t, odds(int(yes), int(yes)+int(no)).InWords())
	})
}

func TestOddsRise(t *testing.T) {
	for answers := range 45 {
		for yes := range answers + 1 {
			checkOdds(t, yes, answers)
		}
	}
}

func TestOddsUnit(t *testing.T) {
	const today = store.Day(20_000)
	ask := func(o store.Outcome, ago int, edit ...func(*store.Activity)) store.Activity {
		a := store.Activity{Kind: store.Ask, Prospect: 1, OccurredOn: today - store.Day(ago), Outcome: o}
		for _, e := range edit {
			e(&a)
		}
		return a
	}
	until := func(in int) func(*store.Activity) {
		return func(a *store.Activity) { a.Until, a.AnsweredOn = today+store.Day(in), a.OccurredOn }
	}
	said := func(ago int) func(*store.Activity) {
		return func(a *store.Activity) { a.AnsweredOn = today - store.Day(ago) }
	}
	for _, c := range []struct {
		name string
		of   store.Activity
		want nudges.Tally
	}{
		{"won", ask(store.Won, 0), nudges.Tally{Won: 1}},
		{"lost", ask(store.Lost, 400), nudges.Tally{Lost: 1}},
		{"quiet", ask(store.NoDecision, 1), nudges.Tally{Quiet: 1}},
		{"referral", ask(store.Referred, 1), nudges.Tally{Referred: 1}},
		{"thirty days", ask(store.Pending, 30), nudges.Tally{Waiting: 1}},
		{"thirty-one days", ask(store.Pending, 31), nudges.Tally{Silent: 1}},
		{"no outcome at all", ask("", 31), nudges.Tally{Silent: 1}},
		{"later, ahead", ask(store.NotNow, 90, until(1)), nudges.Tally{Later: 1}},
		{"later, on its day", ask(store.NotNow, 90, until(0)), nudges.Tally{Later: 1}},
		{"later, over", ask(store.NotNow, 90, until(-1)), nudges.Tally{Silent: 1}},
		{"later, over, asked lately", ask(store.NotNow, 10, until(-1)), nudges.Tally{Later: 1}},
		{"later, without a date", ask(store.NotNow, 90, said(30)), nudges.Tally{Later: 1}},
		{"later, without a date, long ago", ask(store.NotNow, 90, said(31)), nudges.Tally{Silent: 1}},
		{"a call that asked", store.Activity{Kind: store.Call, Asked: store.Pilot, Outcome: store.Won}, nudges.Tally{Won: 1}},
		{"a call that did not", store.Activity{Kind: store.Call, Asked: store.AskedNothing}, nudges.Tally{}},
	} {
		got := nudges.TallyOf([]store.Activity{c.of}, today)
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if o := nudges.OddsFrom([]store.Activity{c.of}, today); o.Answers != got.Answered() || o.Yes != got.Won {
			t.Errorf("%s: odds of %d/%d", c.name, o.Yes, o.Answers)
		}
	}
}

func TestOddsInWords(t *testing.T) {
	const guess = " so this leans mostly on our starting guess of one in five. "
	for _, c := range []struct {
		yes, answers int
		want         string
	}{
		{0, 0, ""},
		{0, 3, "Three answers so far, no yes yet. That's too few to know your odds," + guess +
			"At least one yes in your next five asks: about 2 in 5; next ten: about 3 in 5. " +
			"Could be quicker, could be far slower: half of such runs see the next yes within 7 asks, four in five between 1 and 63."},
		{1, 1, "One answer so far, a yes. That's too few to know your odds," + guess +
			"At least one yes in your next five asks: about 4 in 5; next ten: about 9 in 10. " +
			"Could be quicker, could be far slower: half of such runs see the next yes within 2 asks, four in five between 1 and 10."},
		{2, 10, "Ten answers so far, two of them yes. About a third of this is still our starting guess of one in five. " +
			"At least one yes in your next five asks: about 3 in 5; next ten: about 5 in 6. " +
			"Could be quicker, could be far slower: half of such runs see the next yes within 4 asks, four in five between 1 and 15."},
		{8, 40, "40 answers so far, 8 of them yes. " +
			"At least one yes in your next five asks: about 2 in 3; next ten: about 7 in 8. " +
			"Could be quicker, could be far slower: half of such runs see the next yes within 4 asks, four in five between 1 and 12."},
		{0, 20, "20 answers so far, no yes yet: odds would tell you little here, so there are none. " +
			"Somebody who has sold before may see more: would it help to go through one of these asks with them?"},
	} {
		if got := odds(c.yes, c.answers).InWords(); got != c.want {
			t.Errorf("%d/%d:\n got %s\nwant %s", c.yes, c.answers, got, c.want)
		}
	}
	since := odds(0, 1).InWordsSince()
	if !strings.HasPrefix(since, "Since the change of offer: one answer so far, no yes yet. ") {
		t.Error(since)
	}
	if got := odds(0, 0).InWordsSince(); got != "Since the change of offer: no answers yet." {
		t.Error(got)
	}
}

// banned are words no text has, as the guardrails list them, and the average
// that odds never are.
var banned = regexp.MustCompile(`(?i)\b(should|must|failed|lazy|still haven't|last chance|mean|average|guarantee\w*)\b|!`)

func checkWords(t *testing.T, text string) {
	t.Helper()
	if found := banned.FindString(text); found != "" {
		t.Errorf("%q is in %q", found, text)
	}
	if n := strings.Count(text, ". ") + strings.Count(text, "? ") + 1; n > 4 {
		t.Errorf("%d sentences: %q", n, text)
	}
	if strings.Contains(text, "  ") || text != strings.TrimSpace(text) {
		t.Errorf("spaces in %q", text)
	}
}

func TestEveryOddsInWords(t *testing.T) {
	for answers := range 60 {
		for yes := range answers + 1 {
			o := odds(yes, answers)
			checkWords(t, o.InWords())
			checkWords(t, o.InWordsSince())
			if answers > 0 && !o.Help() && !strings.Contains(o.InWords(), "in five between") && o.High > 1 {
				t.Errorf("%d/%d: no range in %q", yes, answers, o.InWords())
			}
		}
	}
	checkWords(t, odds(10_000, 10_000).InWords())
}

// BenchmarkOdds guards what a reply may spend on odds: under a millisecond at
// 10,000 answers, whatever their mix. About a hundred yes cost most, where the
// ratios are longest: a third of that on a small virtual machine.
func BenchmarkOdds(b *testing.B) {
	for _, yes := range []int{1, 100, 5_000, 10_000} {
		b.Run(fmt.Sprintf("yes=%d", yes), func(b *testing.B) {
			for b.Loop() {
				odds(yes, 10_000)
			}
		})
	}
}
