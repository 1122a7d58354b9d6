package nudges

import "pitch/store"

// FollowedWithin is how many days after a conversation an ask to that prospect
// still belongs to it.
const FollowedWithin = store.FollowedWithin

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

// askRate is that of the conversations from one day to another, both included.
func (h History) askRate(from, to, today store.Day) (r AskRate) {
	asked := store.AskDaysOf(h.Activities)
	for i := range h.Activities {
		a := &h.Activities[i]
		if !a.IsConversation() || a.OccurredOn < from || a.OccurredOn > to {
			continue
		}
		r.Conversations++
		switch {
		case asked.Follow(*a):
			r.Asked++
		case today <= a.OccurredOn+FollowedWithin:
			r.Fresh++
		}
	}
	return r
}
