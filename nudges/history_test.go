package nudges_test

import (
	"fmt"
	"math/rand/v2"

	"pitch/nudges"
	"pitch/store"
)

// wednesday is what these tests call today: 2 June 2027.
const wednesday = store.Day(20_971)

func offer(name string, on store.Day) store.Offer {
	return store.Offer{Name: name, On: on}
}

// did is something that happened so many days ago.
func did(kind store.Kind, prospect store.ID, ago int, edit ...func(*store.Activity)) store.Activity {
	a := store.Activity{Kind: kind, Prospect: prospect, OccurredOn: wednesday - store.Day(ago)}
	if kind == store.Ask {
		a.Asked, a.Outcome = store.Order, store.Pending
	}
	for _, e := range edit {
		e(&a)
	}
	return a
}

func became(o store.Outcome, ago int) func(*store.Activity) {
	return func(a *store.Activity) { a.Outcome, a.AnsweredOn = o, wednesday-store.Day(ago) }
}

func because(r store.Reason, change string) func(*store.Activity) {
	return func(a *store.Activity) { a.Reason, a.Change = r, change }
}

func with(version string) func(*store.Activity) {
	return func(a *store.Activity) { a.Offer = version }
}

func backdated(a *store.Activity) { a.Backdated = true }
func unreached(a *store.Activity) { a.Unreached = true }

// someHistory is a founder's log of n activities over so many days, the same for
// the same seed.
func someHistory(seed uint64, n, days, prospects int) nudges.History {
	r := rand.New(rand.NewPCG(seed, 1))
	h := nudges.History{Offers: []store.Offer{offer("v1", wednesday-store.Day(days/2)), offer("v2", wednesday-store.Day(days/4))}}
	for i := range prospects {
		h.Prospects = append(h.Prospects, store.Prospect{ID: store.ID(i + 1), Relationship: pick(r, store.Relationships()), Name: fmt.Sprint("P", i)})
	}
	for i := range n {
		a := did(pick(r, store.Kinds()), store.ID(r.IntN(prospects)+1), r.IntN(days))
		a.ID, a.Backdated = store.ID(i+1), r.IntN(5) == 0
		if a.Asked = pick(r, store.Asks()); a.IsAsk() {
			a.Outcome, a.Offer = pick(r, store.Outcomes()), pick(r, []string{"", "v1", "v2"})
		}
		if a.Outcome == store.Lost {
			a.Reason, a.Words = pick(r, store.Reasons()), "no budget till Q3"
			a.AnsweredOn = min(wednesday, a.OccurredOn+store.Day(r.IntN(20)))
		}
		h.Activities = append(h.Activities, a)
	}
	return h
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }
