package nudges

import (
	"cmp"

	"pitch/store"
)

// SilentAfter is how many days an ask may go without an answer before that
// counts as no reply.
const SilentAfter = 30

// Tally is what became of some asks. Every ask is in exactly one of its counts;
// asks that were logged too late for the board, or twice on a day, are among
// them.
type Tally struct {
	Won, Lost int
	// Referred is asks answered by pointing to somebody else: an answer, and not
	// a yes to what was asked for.
	Referred int
	Quiet    int // went quiet, and the founder said so
	Silent   int // no answer for more than SilentAfter days
	Waiting  int // no answer yet
	Later    int // a not-now whose date is still to come
}

// TallyOf is what became of the asks among the activities, as of today.
func TallyOf(activities []store.Activity, today store.Day) (t Tally) {
	for i := range activities {
		t.count(&activities[i], today)
	}
	return t
}

// count adds an activity, if it is an ask.
func (t *Tally) count(a *store.Activity, today store.Day) {
	if !a.IsAsk() {
		return
	}
	switch a.Outcome {
	case store.Won:
		t.Won++
	case store.Lost:
		t.Lost++
	case store.Referred:
		t.Referred++
	case store.NoDecision:
		t.Quiet++
	default:
		t.unanswered(a, today)
	}
}

// unanswered adds an ask that is open or has been open too long. A not-now is
// open until its date at least, and one without a date until silence would count
// from the day it was said; from then on it is like any ask without an answer.
func (t *Tally) unanswered(a *store.Activity, today store.Day) {
	open := a.OccurredOn + SilentAfter
	if a.Outcome == store.NotNow {
		said := cmp.Or(a.AnsweredOn, a.OccurredOn)
		open = max(open, cmp.Or(a.Until, said+SilentAfter))
	}
	switch {
	case today > open:
		t.Silent++
	case a.Outcome == store.NotNow:
		t.Later++
	default:
		t.Waiting++
	}
}

// Asks is how many asks there are.
func (t Tally) Asks() int { return t.Answered() + t.Open() }

// Answered is how many asks have their answer, silence included.
func (t Tally) Answered() int { return t.Won + t.Lost + t.Referred + t.Quiet + t.Silent }

// Open is how many asks may still be answered.
func (t Tally) Open() int { return t.Waiting + t.Later }

// Plus is two tallies taken together.
func (t Tally) Plus(u Tally) Tally {
	return Tally{
		Won: t.Won + u.Won, Lost: t.Lost + u.Lost, Referred: t.Referred + u.Referred, Quiet: t.Quiet + u.Quiet,
		Silent: t.Silent + u.Silent, Waiting: t.Waiting + u.Waiting, Later: t.Later + u.Later,
	}
}
