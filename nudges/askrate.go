package nudges

import (
	"slices"

	"pitch/store"
)

// FollowedWithin is how many days after a conversation an ask to that prospect
// still belongs to it.
const FollowedWithin = 10

// AskRate is how many conversations asked for something, or were followed by an
// ask to that prospect within FollowedWithin days.
type AskRate struct {
	Conversations int
	Asked         int // of these
	// Fresh is how many of those that did not ask may still be followed by one.
	Fresh int
}

// Without is how many conversations had no ask.
func (r AskRate) Without() int { return r.Conversations - r.Asked }

// askDays are the days on which each prospect was asked, in order.
type askDays map[store.ID][]store.Day

func askDaysOf(activities []store.Activity) askDays {
	all := askDays{}
	for i := range activities {
		if a := &activities[i]; a.IsAsk() {
			all[a.Prospect] = append(all[a.Prospect], a.OccurredOn)
		}
	}
	for _, days := range all {
		slices.Sort(days)
	}
	return all
}

// follows reports whether the conversation asked or was followed by an ask. One
// on its own day counts whichever was logged first: only days are known.
func (d askDays) follows(a *store.Activity) bool {
	days := d[a.Prospect]
	i, _ := slices.BinarySearch(days, a.OccurredOn)
	return i < len(days) && days[i] <= a.OccurredOn+FollowedWithin
}

// askRate is that of the conversations from one day to another, both included.
func (h History) askRate(from, to, today store.Day) (r AskRate) {
	asked := askDaysOf(h.Activities)
	for i := range h.Activities {
		a := &h.Activities[i]
		if !a.IsConversation() || a.OccurredOn < from || a.OccurredOn > to {
			continue
		}
		r.Conversations++
		switch {
		case asked.follows(a):
			r.Asked++
		case today <= a.OccurredOn+FollowedWithin:
			r.Fresh++
		}
	}
	return r
}
