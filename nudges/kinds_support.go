package nudges

import (
	"fmt"
	"slices"
	"strings"

	"pitch/store"
)

const (
	noRun      = 5  // asks without a yes in a row
	noFresh    = 14 // days the last of them is news
	lowOver    = 7  // days whose moods are looked at
	lowMood    = 2
	lowest     = 1
	helpOver   = 60 // days whose asks and talks are looked at
	helpAnswer = 15
	talksMin   = 10
	dayTen     = 10 // days after joining
	away       = 5  // working days
)

// findTempo asks once whether less would be more.
func findTempo(v *view) (finding, bool) {
	return finding{facts: []string{fmt.Sprintf("The last %d lines had no answer.", v.pace.ignored)}},
		v.pace.ignored >= IgnoredMany && !v.Founder.Coach.FewerAsked && v.last(KindTempo) == 0
}

// findMorale looks for low days, then for what felt pushy, then for a run of asks
// without a yes. What a line has answered to already does not count again.
func findMorale(v *view) (finding, bool) {
	if v.distress() {
		return finding{variant: "distress", facts: []string{"You noted the lowest mood twice in seven days."}}, true
	}
	if v.low(lowMood) {
		return finding{variant: "mood", facts: []string{"You noted a low mood twice in seven days."}}, true
	}
	if f, ok := v.pushy(); ok {
		return f, true
	}
	run, last := v.withoutYes()
	return finding{n: run, facts: []string{fmt.Sprintf("The last %d asks ended in a no or in silence.", run)}},
		run >= noRun && last > max(v.last(KindMorale), v.Today-noFresh)
}

// low reports whether a mood was at most so high twice in seven days.
func (v *view) low(level int) bool {
	days := 0
	for _, m := range v.Moods {
		if m.Day > v.Today-lowOver && m.Level <= level {
			days++
		}
	}
	return days >= 2
}

// distress reports whether it is a time for a kind word and nothing else.
func (v *view) distress() bool { return v.low(lowest) }

// pushy looks for a no out of mistrust, or a note that something felt pushy, of
// the last seven days.
func (v *view) pushy() (finding, bool) {
	for _, a := range slices.Backward(v.did) {
		on := max(a.OccurredOn, a.AnsweredOn)
		if on <= max(v.Today-lowOver, v.last(KindMorale)) {
			continue
		}
		if lost(a) && a.Reason == store.Trust {
			return finding{variant: "pushy", activity: a.ID, facts: []string{"A no on " + sayDay(on) + " was for “" + inTheirWords(store.Trust) + "”."}}, true
		}
		if strings.Contains(store.Fold(a.Note+" "+a.Change), "pushy") {
			return finding{variant: "pushy", activity: a.ID, facts: []string{"You noted on " + sayDay(on) + " that something felt pushy."}}, true
		}
	}
	return finding{}, false
}

// withoutYes is how many asks in a row ended in a no or in silence, up to the last
// that has its answer, and when that was.
func (v *view) withoutYes() (run int, last store.Day) {
	answered := slices.DeleteFunc(v.asks(0), func(a *store.Activity) bool { return v.answer(a).Open() > 0 })
	slices.SortStableFunc(answered, byAnswer)
	for _, a := range slices.Backward(answered) {
		t := v.answer(a)
		if t.Won+t.Referred > 0 {
			break
		}
		run, last = run+1, max(last, settledOn(a))
	}
	return run, last
}

// findBack looks whether what was logged just now is the first in a while. It
// never says how long that was.
func findBack(v *view, just *store.Activity) (finding, bool) {
	var last store.Day
	for _, a := range v.did {
		if a.ID != just.ID {
			last = max(last, v.loggedOn(a))
		}
	}
	return finding{activity: just.ID, facts: []string{"You logged something today."}},
		last != 0 && v.worked(last+1, v.Today-1, away)
}

// findHelp looks for many answers without a yes, and for many talks without an
// ask, over two months.
func findHelp(v *view) (finding, bool) {
	from := v.Today - helpOver
	asks := v.asks(from)
	var t Tally
	for _, a := range asks {
		t.count(a, v.Today)
	}
	yes := slices.ContainsFunc(v.did, func(a *store.Activity) bool {
		return a.IsAsk() && a.Outcome == store.Won && answeredOn(a) >= from
	})
	rate := v.talks()
	switch {
	case t.Answered() >= helpAnswer && !yes:
		return finding{facts: []string{fmt.Sprintf("%d asks of the last %d days have their answer; none is a yes yet.", t.Answered(), helpOver)}}, true
	case rate.Conversations >= talksMin && len(asks) <= 1:
		return finding{facts: []string{fmt.Sprintf("You had %d conversations in the last %d days, and noted %s ask.", rate.Conversations, helpOver, numeral(len(asks), 0))}}, true
	}
	return finding{}, false
}

// talks is the ask rate of two months.
func (v *view) talks() AskRate {
	return History{Activities: v.Activities}.askRate(v.Today-helpOver, v.Today, v.Today)
}

// findPractise looks for the tenth day, or the first working day after it within
// a week, and for talks of which few asked.
func findPractise(v *view) (finding, bool) {
	here := v.Today - v.day(v.Founder.Joined)
	if rate := v.talks(); rate.Conversations >= talksMin && 10*rate.Asked < 3*rate.Conversations {
		return finding{facts: []string{
			fmt.Sprintf("Of %d conversations in the last %d days, %s asked for something.", rate.Conversations, helpOver, someOf(rate.Asked, rate.Conversations)),
		}}, true
	}
	return finding{facts: []string{"You began with Pitch on " + sayDay(v.day(v.Founder.Joined)) + "."}}, dayTen <= here && here < dayTen+7 && v.last(KindPractise) == 0
}
