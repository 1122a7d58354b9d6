package nudges

import (
	"cmp"
	"slices"

	"pitch/store"
)

// History is what is worked out about a founder: their records, in any order.
type History struct {
	Activities []store.Activity
	Prospects  []store.Prospect
	Offers     []store.Offer
}

// No is a lost ask. What the buyer said, the reason and whether it was guessed,
// and what the founder will change are in its activity.
type No struct {
	On       store.Day // when it was answered
	Activity store.Activity
	Prospect store.Prospect // without a name where it cannot be read
}

// nos are the lost asks answered from one day to another, both included, newest
// first.
func (h History) nos(from, to store.Day) []No {
	who := h.who()
	var all []No
	for i := range h.Activities {
		a := &h.Activities[i]
		if on := answeredOn(a); lost(a) && from <= on && on <= to {
			all = append(all, No{On: on, Activity: *a, Prospect: who(a.Prospect)})
		}
	}
	slices.SortFunc(all, func(x, y No) int {
		return cmp.Or(cmp.Compare(y.On, x.On), cmp.Compare(y.Activity.ID, x.Activity.ID))
	})
	return all
}

func lost(a *store.Activity) bool { return a.Outcome == store.Lost && a.IsAsk() }

// answeredOn is the day of an ask's answer; what was imported without one was
// answered at once.
func answeredOn(a *store.Activity) store.Day { return cmp.Or(a.AnsweredOn, a.OccurredOn) }

// who finds prospects by their id; one that is not there has its id and no name.
func (h History) who() func(store.ID) store.Prospect {
	all := make(map[store.ID]int, len(h.Prospects))
	for i, p := range h.Prospects {
		all[p.ID] = i
	}
	return func(id store.ID) store.Prospect {
		if i, ok := all[id]; ok {
			return h.Prospects[i]
		}
		return store.Prospect{ID: id}
	}
}

// ReasonCount is how many no's had a reason; "" is one that has not been said.
type ReasonCount struct {
	Reason store.Reason
	Nos    int
}

// reasonsOf counts the reasons of no's, the most frequent first.
func reasonsOf(nos []No) []ReasonCount {
	counts := map[store.Reason]int{}
	for i := range nos {
		counts[nos[i].Activity.Reason]++
	}
	var all []ReasonCount
	for reason, n := range counts {
		all = append(all, ReasonCount{reason, n})
	}
	slices.SortFunc(all, func(x, y ReasonCount) int {
		return cmp.Or(cmp.Compare(y.Nos, x.Nos), byReason(x.Reason, y.Reason))
	})
	return all
}

// byReason orders reasons as people are shown them, "" last.
func byReason(x, y store.Reason) int {
	place := func(r store.Reason) int {
		if i := slices.Index(store.Reasons(), r); i >= 0 {
			return i
		}
		return len(store.Reasons())
	}
	return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(x, y))
}
