package nudges_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

func TestReportWeeks(t *testing.T) {
	if wednesday.String() != "2027-06-02" || wednesday-wednesday.Monday() != 2 {
		t.Fatal(wednesday)
	}
	h := nudges.History{Activities: []store.Activity{
		did(store.Ask, 1, 0), did(store.Ask, 1, 0), did(store.Ask, 2, 2), // one of two to the same prospect counts
		did(store.Ask, 3, 1, backdated),
		did(store.Ask, 1, 17, became(store.Lost, 3)), // asked on a Sunday, answered on one
		did(store.Call, 4, 3), did(store.Call, 4, 3, unreached),
		did(store.Ask, 1, 24), // the Sunday before the first week
		did(store.Ask, 1, 30, became(store.Lost, 30)),
	}}
	monday := wednesday - 2
	r := nudges.ReportOf(h, wednesday, 4)
	want := []nudges.Week{
		{Monday: monday - 21, Asks: 1},
		{Monday: monday - 14},
		{Monday: monday - 7, Calls: 2, Nos: 1},
		{Monday: monday, Asks: 2, Partial: true},
	}
	if d := cmp.Diff(want, r.Weeks); d != "" {
		t.Errorf("weeks (-want +got):\n%s", d)
	}
	if r.Asks != 3 || r.WeeksAsked != 2 || r.From != monday-21 {
		t.Errorf("%d asks in %d weeks from %s", r.Asks, r.WeeksAsked, r.From)
	}
	if all := nudges.ReportOf(h, wednesday, 0); len(all.Weeks) != 5 || all.Weeks[0].Asks != 2 {
		t.Errorf("all weeks are %+v", all.Weeks)
	}
	if none := nudges.ReportOf(nudges.History{}, wednesday, 3); len(none.Weeks) != 3 || none.Asks != 0 || !none.Odds.None() {
		t.Errorf("a report of nothing is %+v", none)
	}
	if long := nudges.ReportOf(h, wednesday, 1_000_000); len(long.Weeks) != nudges.MaxWeeks {
		t.Errorf("%d weeks", len(long.Weeks))
	}
}

func TestAskRate(t *testing.T) {
	pilot := func(a *store.Activity) { a.Asked = store.Pilot }
	for _, c := range []struct {
		name string
		of   []store.Activity
		want nudges.AskRate
	}{
		{"nothing", nil, nudges.AskRate{}},
		{"asked in it", []store.Activity{did(store.Call, 1, 20, pilot)}, nudges.AskRate{Conversations: 1, Asked: 1}},
		{"nobody reached", []store.Activity{did(store.Call, 1, 20, unreached)}, nudges.AskRate{}},
		{"emails are none", []store.Activity{did(store.Email, 1, 20, pilot)}, nudges.AskRate{}},
		{"followed in ten days", []store.Activity{did(store.Ask, 1, 10), did(store.Demo, 1, 20)}, nudges.AskRate{Conversations: 1, Asked: 1}},
		{"followed later", []store.Activity{did(store.Demo, 1, 20), did(store.Ask, 1, 9)}, nudges.AskRate{Conversations: 1}},
		{"asked before", []store.Activity{did(store.Demo, 1, 20), did(store.Ask, 1, 21)}, nudges.AskRate{Conversations: 1}},
		{"another asked", []store.Activity{did(store.Demo, 1, 20), did(store.Ask, 2, 19)}, nudges.AskRate{Conversations: 1}},
		{"the same day", []store.Activity{did(store.Meeting, 1, 20), did(store.Ask, 1, 20)}, nudges.AskRate{Conversations: 1, Asked: 1}},
		{"followed by a call that asked", []store.Activity{did(store.Meeting, 1, 20), did(store.Email, 1, 15, pilot)}, nudges.AskRate{Conversations: 1, Asked: 1}},
		{"fresh", []store.Activity{did(store.Meeting, 1, 10), did(store.Meeting, 2, 11)}, nudges.AskRate{Conversations: 2, Fresh: 1}},
	} {
		if got := nudges.ReportOf(nudges.History{Activities: c.of}, wednesday, 8).Rate; got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestCircles(t *testing.T) {
	h := nudges.History{
		Prospects: []store.Prospect{
			{ID: 1, Relationship: store.Warm}, {ID: 2, Relationship: store.Intro}, {ID: 3, Relationship: store.Inbound},
			{ID: 4, Relationship: store.Cold}, {ID: 5},
		},
		Activities: []store.Activity{
			did(store.Ask, 1, 3, became(store.Won, 2)), did(store.Ask, 2, 3, became(store.Lost, 2)), did(store.Ask, 3, 3),
			did(store.Ask, 4, 3, became(store.NoDecision, 2)), did(store.Ask, 4, 40), did(store.Ask, 5, 3),
			did(store.Ask, 6, 3), // whose row is gone
		},
	}
	r := nudges.ReportOf(h, wednesday, 8)
	want := nudges.Circles{
		Warm: nudges.Tally{Won: 1}, Intro: nudges.Tally{Lost: 1}, Inbound: nudges.Tally{Waiting: 1},
		Cold: nudges.Tally{Quiet: 1, Silent: 1}, Unknown: nudges.Tally{Waiting: 2},
	}
	if d := cmp.Diff(want, r.Circles); d != "" {
		t.Errorf("circles (-want +got):\n%s", d)
	}
	if got, want := r.Circles.Knew(), (nudges.Tally{Won: 1, Lost: 1, Waiting: 1}); got != want {
		t.Errorf("known: %+v", got)
	}
	if got, want := r.Outcomes, (nudges.Tally{Won: 1, Lost: 1, Waiting: 3, Quiet: 1, Silent: 1}); got != want {
		t.Errorf("outcomes: %+v", got)
	}
}

func TestVersions(t *testing.T) {
	won, no := became(store.Won, 0), became(store.Lost, 0)
	for _, c := range []struct {
		name   string
		offers []store.Offer
		of     []store.Activity
		want   []nudges.OfferVersion
	}{
		{"none named", nil, []store.Activity{did(store.Ask, 1, 3, won)}, []nudges.OfferVersion{{Tally: nudges.Tally{Won: 1}}}},
		{"nothing asked with the new one", []store.Offer{offer("v2", wednesday)}, []store.Activity{did(store.Ask, 1, 3, no)},
			[]nudges.OfferVersion{{Tally: nudges.Tally{Lost: 1}}, {Name: "v2", Since: wednesday}}},
		{"out of order, on one day",
			[]store.Offer{offer("v2", wednesday-2), offer("v1", wednesday-9), offer("v3", wednesday-2)},
			[]store.Activity{did(store.Ask, 1, 2, with("v3"), no), did(store.Ask, 1, 2, with("v2"), won), did(store.Ask, 1, 8, with("v1"))},
			[]nudges.OfferVersion{{"v1", wednesday - 9, nudges.Tally{Waiting: 1}}, {"v2", wednesday - 2, nudges.Tally{Won: 1}}, {"v3", wednesday - 2, nudges.Tally{Lost: 1}}}},
		{"one that nothing was asked with", []store.Offer{offer("v1", wednesday-9), offer("typo", wednesday-5), offer("v2", wednesday-5)},
			[]store.Activity{did(store.Ask, 1, 8, with("v1"))},
			[]nudges.OfferVersion{{"v1", wednesday - 9, nudges.Tally{Waiting: 1}}, {"v2", wednesday - 5, nudges.Tally{}}}},
		{"back to the first", []store.Offer{offer("v1", wednesday-20), offer("v2", wednesday-10), offer("v1", wednesday-5)},
			[]store.Activity{did(store.Ask, 1, 15, with("v1"), won), did(store.Ask, 1, 7, with("v2")), did(store.Ask, 1, 1, with("v1"), no), did(store.Ask, 1, 22, with("v1"))},
			[]nudges.OfferVersion{{"v1", wednesday - 20, nudges.Tally{Won: 1, Waiting: 1}}, {"v2", wednesday - 10, nudges.Tally{Waiting: 1}}, {"v1", wednesday - 5, nudges.Tally{Lost: 1}}}},
		{"carried by asks alone", []store.Offer{offer("v2", wednesday-5)},
			[]store.Activity{did(store.Ask, 1, 1, with("lost one")), did(store.Ask, 1, 3, with("lost one")), did(store.Ask, 1, 4, with("v2"))},
			[]nudges.OfferVersion{{"lost one", wednesday - 3, nudges.Tally{Waiting: 2}}, {"v2", wednesday - 5, nudges.Tally{Waiting: 1}}}},
	} {
		r := nudges.ReportOf(nudges.History{Activities: c.of, Offers: c.offers}, wednesday, 8)
		if d := cmp.Diff(c.want, r.Versions); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
		if (r.Compared != nil) != (len(c.want) > 1) || (r.OddsSince != nil) != (r.Compared != nil) {
			t.Errorf("%s: compared %v, odds since %v", c.name, r.Compared, r.OddsSince)
		}
	}
}

func TestComparison(t *testing.T) {
	v := func(won, lost, waiting int) nudges.OfferVersion {
		return nudges.OfferVersion{Tally: nudges.Tally{Won: won, Lost: lost, Waiting: waiting}}
	}
	for _, c := range []struct {
		of   nudges.Comparison
		want string
	}{
		{nudges.Comparison{Before: v(1, 8, 0), Now: v(5, 10, 2)},
			"Too few answers to tell. Before the change of offer: 9 answers, 1 of them yes. Since: 15 answers, 5 of them yes, 2 still open."},
		{nudges.Comparison{Before: v(2, 8, 0), Now: v(0, 0, 1)},
			"Too few answers to tell. Before the change of offer: 10 answers, 2 of them yes. Since: no answers, 1 still open."},
		{nudges.Comparison{Before: v(2, 8, 0), Now: v(4, 6, 0)},
			"Before the change of offer: 10 answers, 2 of them yes. Since: 10 answers, 4 of them yes. These are counts: they don't say why, and other things may have changed too."},
		{nudges.Comparison{Before: v(0, 1, 0), Now: v(0, 0, 0)},
			"Too few answers to tell. Before the change of offer: 1 answer, none of them yes. Since: no answers."},
	} {
		if got := c.of.InWords(); got != c.want {
			t.Errorf("\n got %s\nwant %s", got, c.want)
		}
		checkWords(t, c.of.InWords())
	}
}

func TestDigest(t *testing.T) {
	h := nudges.History{
		Prospects: []store.Prospect{{ID: 1, Name: "Acme"}},
		Offers:    []store.Offer{offer("v1", wednesday-3), offer("v2", wednesday-2)},
		Activities: []store.Activity{
			did(store.Ask, 1, 9, became(store.Lost, 0), because(store.Price, "A smaller first step")),
			did(store.Ask, 2, 1, became(store.Lost, 1), because(store.Price, "a smaller first step"), func(a *store.Activity) { a.ID = 7 }),
			did(store.Ask, 2, 1, became(store.Lost, 1), because("", "Name the price first"), func(a *store.Activity) { a.ID = 8 }),
			did(store.Ask, 3, 9, became(store.Lost, 3), because(store.Need, "last week's")),
			did(store.Demo, 2, 2), did(store.Call, 4, 1), did(store.Call, 4, 9),
		},
	}
	d := nudges.DigestOf(h, wednesday)
	var who []string
	for _, no := range d.Nos {
		who = append(who, fmt.Sprintf("%s %d, %d days ago", no.Prospect.Name, no.Prospect.ID, int(wednesday-no.On)))
	}
	for _, diff := range []string{
		cmp.Diff(nudges.Week{Monday: wednesday - 2, Asks: 1, Calls: 1, Nos: 3, Partial: true}, d.Week),
		cmp.Diff(nudges.AskRate{Conversations: 2, Asked: 1, Fresh: 1}, d.Rate),
		cmp.Diff([]string{"Acme 1, 0 days ago", " 2, 1 days ago", " 2, 1 days ago"}, who),
		cmp.Diff([]nudges.ReasonCount{{Reason: store.Price, Nos: 2}, {Nos: 1}}, d.Reasons),
		cmp.Diff([]string{"a smaller first step", "Name the price first"}, d.Changes),
		cmp.Diff([]store.Offer{offer("v2", wednesday-2)}, d.Offers),
	} {
		if diff != "" {
			t.Errorf("digest (-want +got):\n%s", diff)
		}
	}
}

// FuzzReport checks that what a report adds up, it adds up in one way.
func FuzzReport(f *testing.F) {
	f.Add(uint64(1), uint16(300), uint16(90), uint8(10))
	f.Add(uint64(2), uint16(5), uint16(1), uint8(1))
	f.Add(uint64(3), uint16(800), uint16(700), uint8(40))
	f.Fuzz(func(t *testing.T, seed uint64, n, days uint16, prospects uint8) {
		h := someHistory(seed, int(n%2000), int(days)+1, int(prospects)+1)
		r := nudges.ReportOf(h, wednesday, 0)
		if len(r.Weeks) == nudges.MaxWeeks {
			return // the oldest may be left out
		}
		nos := 0
		for _, w := range r.Weeks {
			nos += w.Nos
		}
		for _, c := range r.Reasons {
			nos -= c.Nos
		}
		tally := nudges.TallyOf(h.Activities, wednesday)
		byVersion := nudges.Tally{}
		for _, v := range r.Versions {
			byVersion = byVersion.Plus(v.Tally)
		}
		l := nudges.LearningsOf(h, wednesday)
		switch {
		case r.Asks != store.CountedAsks(h.Activities):
			t.Errorf("%d asks in weeks, the board counts %d", r.Asks, store.CountedAsks(h.Activities))
		case nos != 0:
			t.Errorf("%d no's more in weeks than by reason", nos)
		case r.Outcomes != tally || byVersion != tally || r.Odds.Tally != tally:
			t.Errorf("outcomes %+v, by version %+v, of the odds %+v, of all %+v", r.Outcomes, byVersion, r.Odds.Tally, tally)
		case len(l.All) != tally.Lost:
			t.Errorf("%d no's learnt from, %d lost", len(l.All), tally.Lost)
		case r.Rate.Asked+r.Rate.Fresh > r.Rate.Conversations:
			t.Errorf("ask rate %+v", r.Rate)
		}
	})
}

// BenchmarkReport guards what a Home may spend on a founder with 50,000
// activities, twenty a working day for ten years: under 100 ms. It takes
// about 40 on a small virtual machine.
func BenchmarkReport(b *testing.B) {
	h := someHistory(1, 50_000, 3_000, 2_000)
	b.ResetTimer()
	for b.Loop() {
		nudges.ReportOf(h, wednesday, 0)
	}
}
