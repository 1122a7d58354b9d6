package nudges

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"pitch/store"
)

// view is a situation with what its rules look up.
type view struct {
	Situation
	loc   *time.Location
	did   []*store.Activity              // by day, then id
	with  map[store.ID][]*store.Activity // the same, by prospect
	who   map[store.ID]*store.Prospect
	asked store.AskDays
	lines []*store.Line        // by time, then id
	seen  map[string]time.Time // when each text was last said
	pace  pace
}

func newView(s Situation) *view {
	v := &view{
		Situation: s, loc: s.Location, asked: store.AskDaysOf(s.Activities), with: map[store.ID][]*store.Activity{},
		who: make(map[store.ID]*store.Prospect, len(s.Prospects)), seen: map[string]time.Time{},
	}
	if v.loc == nil {
		v.loc = time.UTC
	}
	v.did = sorted(s.Activities, func(a, b *store.Activity) int {
		return cmp.Or(cmp.Compare(a.OccurredOn, b.OccurredOn), cmp.Compare(a.ID, b.ID))
	})
	for _, a := range v.did {
		v.with[a.Prospect] = append(v.with[a.Prospect], a)
	}
	for i := range s.Prospects {
		v.who[s.Prospects[i].ID] = &s.Prospects[i]
	}
	v.lines = sorted(s.Lines, func(a, b *store.Line) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	for _, l := range v.lines {
		v.seen[l.Text] = l.At
	}
	v.pace = v.paceOf()
	return v
}

// sorted points at the elements of a list, in an order; the list stays as it is.
func sorted[T any](list []T, by func(a, b *T) int) []*T {
	all := make([]*T, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	slices.SortFunc(all, by)
	return all
}

// contact is a prospect that may be named, or nil: one that is not to be
// contacted, or whose name cannot be read, never is.
func (v *view) contact(id store.ID) *store.Prospect {
	if p := v.who[id]; p != nil && !p.DoNotContact && p.Name != "" {
		return p
	}
	return nil
}

// day is the local day of an instant.
func (v *view) day(t time.Time) store.Day { return store.DayOf(t.In(v.loc)) }

// loggedOn is the day an activity was logged; one without a time, the day it
// occurred.
func (v *view) loggedOn(a *store.Activity) store.Day {
	if a.LoggedAt.IsZero() {
		return a.OccurredOn
	}
	return v.day(a.LoggedAt)
}

// lookBack bounds how far back working days are counted.
const lookBack = 366

// worked reports whether there are at least n working days from one day to
// another, both included: days the founder works and has not off.
func (v *view) worked(from, to store.Day, n int) bool {
	for d := to; n > 0 && d >= max(from, to-lookBack); d-- {
		if v.Founder.Works(d) {
			n--
		}
	}
	return n <= 0
}

// since reports whether a day is at least n working days ago: Monday is two ago
// on Wednesday. No day is as long ago as the founder has been here.
func (v *view) since(day store.Day, n int) bool {
	return v.worked(cmp.Or(day, v.day(v.Founder.Joined))+1, v.Today, n)
}

// last is the day a kind was last said, or 0. What was said on demand was read as
// well.
func (v *view) last(kind string) store.Day {
	return v.lastWhere(func(l *store.Line) bool { return l.Kind == kind })
}

func (v *view) lastWhere(is func(*store.Line) bool) (day store.Day) {
	for _, l := range v.lines {
		if is(l) {
			day = max(day, l.Day)
		}
	}
	return day
}

// said is how many lines of a kind were about an activity.
func (v *view) said(kind string, about store.ID) (n int) {
	for _, l := range v.lines {
		if l.Kind == kind && l.Activity == about {
			n++
		}
	}
	return n
}

// inWeek is how many lines of a kind count in today's ISO week.
func (v *view) inWeek(kind string) (n int) {
	for _, l := range v.lines {
		if l.Kind == kind && l.Place != store.OnDemand && l.Day.Monday() == v.Today.Monday() {
			n++
		}
	}
	return n
}

// offer is the version in force, or the zero Offer, and the one before it.
func (v *view) offer() (now, before store.Offer) {
	for _, o := range sorted(v.Offers, func(a, b *store.Offer) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.ID, b.ID))
	}) {
		if o.On <= v.Today {
			before, now = now, *o
		}
	}
	return now, before
}

// asks are the asks from a day on, by day.
func (v *view) asks(from store.Day) (all []*store.Activity) {
	for _, a := range v.did {
		if a.IsAsk() && a.OccurredOn >= from {
			all = append(all, a)
		}
	}
	return all
}

// nos are the lost asks answered from a day on, by the day of the answer.
func (v *view) nos(from store.Day) (all []*store.Activity) {
	for _, a := range v.did {
		if lost(a) && answeredOn(a) >= from {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b *store.Activity) int { return cmp.Compare(answeredOn(a), answeredOn(b)) })
	return all
}

// answer is what an ask counts as today.
func (v *view) answer(a *store.Activity) (t Tally) {
	t.count(a, v.Today)
	return t
}

// any reports whether an activity with a prospect is so.
func (v *view) any(prospect store.ID, is func(*store.Activity) bool) bool {
	return slices.ContainsFunc(v.with[prospect], is)
}

// refused reports whether a prospect ever said no.
func (v *view) refused(prospect store.ID) bool { return v.any(prospect, lost) }

// awaited reports whether an ask to a prospect may still be answered.
func (v *view) awaited(prospect store.ID) bool {
	return v.any(prospect, func(a *store.Activity) bool { return v.answer(a).Open() > 0 })
}

// planned reports whether the founder has a next step with a prospect already.
func (v *view) planned(p *store.Prospect) bool {
	return p.FollowUpOn > v.Today || slices.ContainsFunc(v.Commitments, func(c store.Commitment) bool {
		return c.Prospect == p.ID && c.Status == store.Open
	})
}

// BigDeal is the amount from which an ask is taken to be decided by more than one
// person, in whatever currency: ours. Taking a small one for big does no harm,
// since a next step can always be asked for.
const BigDeal = 10_000

// big reports whether a prospect is asked for steps rather than for the order.
func (v *view) big(prospect store.ID) bool {
	return v.any(prospect, func(a *store.Activity) bool {
		amount, err := strconv.ParseFloat(string(a.Amount), 64)
		return a.Asked == store.NextStep || err == nil && amount >= BigDeal
	})
}
