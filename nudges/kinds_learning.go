package nudges

import (
	"cmp"
	"fmt"
	"slices"

	"pitch/store"
)

const (
	reasonOver = 14 // days a no is fresh enough to ask for its reason
	reasonsDay = 2  // no's of one day that are asked about
	sameReason = 3
	lastAsks   = 10
	changeOver = 14 // days in which a change of offer is news
)

// findReason looks for a no without a reason that was not asked about, the newest
// first. The third no of a day, and those after it, are left alone.
func findReason(v *view) (finding, bool) {
	onDay := map[store.Day]int{}
	var f finding
	for _, a := range v.nos(v.Today - reasonOver) {
		on := answeredOn(a)
		onDay[on]++
		p := v.contact(a.Prospect)
		if a.Reason != "" || onDay[on] > reasonsDay || p == nil || v.AskedReasons[a.ID] || v.said(KindReason, a.ID) > 0 {
			continue
		}
		f = finding{prospect: p, activity: a.ID, day: on, facts: []string{
			fmt.Sprintf("%s said no on %s.", shortName(p.Name), sayDay(on)), "No reason is noted yet.",
		}}
	}
	return f, f.prospect != nil
}

// findTune looks for a reason that keeps coming since the offer changed last. A
// change is a new version of the offer: what a founder writes they will change is
// not one yet. Having been said, it waits for as many new no's.
func findTune(v *view) (finding, bool) {
	counts, fresh := v.reasonsSince()
	var best store.Reason
	for _, r := range store.Reasons() {
		if fresh[r] >= sameReason && inTheirWords(r) != "" && counts[r] > counts[best] {
			best = r
		}
	}
	since := "so far"
	if now, _ := v.offer(); now.On != 0 {
		since = "since the offer changed on " + sayDay(now.On)
	}
	return finding{reason: best, n: counts[best], facts: []string{
		fmt.Sprintf("The reason “%s” was noted %s times %s.", inTheirWords(best), numeral(counts[best], 0), since),
	}}, best != ""
}

// reasonsSince counts the reasons of no's to the offer in force and, of these,
// those answered after the line about that reason.
func (v *view) reasonsSince() (all, fresh map[store.Reason]int) {
	all, fresh = map[store.Reason]int{}, map[store.Reason]int{}
	now, _ := v.offer()
	for _, a := range v.nos(now.On) {
		if a.OccurredOn < now.On || a.Offer != "" && a.Offer != now.Name {
			continue
		}
		all[a.Reason]++
		said := v.lastWhere(func(l *store.Line) bool { return l.Kind == KindTune && l.Reason == a.Reason })
		if answeredOn(a) > said || said == 0 {
			fresh[a.Reason]++
		}
	}
	return all, fresh
}

// findWider looks whether the last asks all went to people within reach. Those to
// whom nobody said how they are known are left out.
func findWider(v *view) (finding, bool) {
	known, cold := 0, 0
	for _, a := range slices.Backward(v.asks(0)) {
		p := v.who[a.Prospect]
		if p == nil || p.Relationship == "" || known == lastAsks {
			continue
		}
		known++
		if p.Relationship == store.Cold {
			cold++
		}
	}
	return finding{n: known, facts: []string{
		fmt.Sprintf("Of the last %s asks to people whose relationship you noted, none was cold.", numeral(lastAsks, 0)),
	}}, known == lastAsks && cold == 0
}

// findOdds looks whether there are odds to speak of, once a week, and for an offer
// that changed after a single no. It is silent on a day that calls for morale.
func findOdds(v *view) (finding, bool) {
	o := OddsFrom(v.Activities, v.Today)
	if _, low := findMorale(v); low || o.None() || o.Help() {
		return finding{}, false
	}
	now, _ := v.offer()
	if v.changedAfterOne() && v.last(KindOdds) < now.On {
		return finding{variant: "changed", facts: []string{
			"The offer changed on " + sayDay(now.On) + ", after one no.", o.InWords(),
		}}, true
	}
	return finding{facts: []string{o.InWords()}}, true
}

// changedAfterOne reports whether the offer changed lately with one no, and no
// other answer, to the one before.
func (v *view) changedAfterOne() bool {
	now, before := v.offer()
	if now.On == 0 || v.Today-now.On > changeOver {
		return false
	}
	var t Tally
	for _, a := range v.did {
		if a.OccurredOn >= before.On && a.OccurredOn <= now.On && (a.Offer == before.Name || a.Offer == "") {
			t.count(a, v.Today)
		}
	}
	return t.Lost == 1 && t.Answered() == 1
}

// byAnswer orders asks by the day their answer counts from.
func byAnswer(a, b *store.Activity) int {
	return cmp.Or(cmp.Compare(settledOn(a), settledOn(b)), cmp.Compare(a.ID, b.ID))
}

// settledOn is the day an ask has its answer: that of silence, if there is none.
func settledOn(a *store.Activity) store.Day {
	if a.Outcome == store.Pending || a.Outcome == "" {
		return a.OccurredOn + SilentAfter + 1
	}
	if a.Outcome == store.NotNow {
		return max(a.OccurredOn+SilentAfter, a.Until) + 1
	}
	return answeredOn(a)
}
