package nudges

import (
	"cmp"
	"errors"
	"slices"

	"pitch/store"
)

// Coming is what no plan of today lists because it is for later: open commitments,
// those without a day first, and the days to follow up with somebody, the next
// first. Who is not to be contacted is not named.
func Coming(b *store.Book) (coming []Item, err error) {
	open, err := b.Commitments(store.Open)
	if err != nil {
		return nil, err
	}
	today := b.Today()
	for _, c := range open {
		begun := c.DueOn <= today || c.From <= today && c.Every != store.Once
		if i := item(b, c); (c.DueOn == 0 || !begun) && !i.Prospect.DoNotContact {
			coming = append(coming, i)
		}
	}
	all, err := followings(b)
	for _, p := range all {
		for _, on := range p.on {
			if on > today {
				coming = append(coming, Item{Prospect: p.Prospect, On: on})
			}
		}
	}
	slices.SortStableFunc(coming, func(x, y Item) int {
		return cmp.Compare(max(x.due(), x.Commitment.From), max(y.due(), y.Commitment.From))
	})
	return coming, err
}

// Unsaid is what fell due and is open, and no message has named or is about to:
// what somebody who had stopped messages has not heard of.
func Unsaid(b *store.Book) (unsaid []Item, err error) {
	f, err := b.Founder()
	if err != nil {
		return nil, err
	}
	said, err := lastPlan(b, b.Today()+1)
	if err != nil {
		return nil, err
	}
	to, err := agenda(b)
	if err != nil {
		return nil, err
	}
	p, err := dayPlan(b, b.Today())
	for _, i := range slices.Concat(p.Overdue, p.Today) {
		a, _ := nextReminder(b, f, i.Commitment, b.Location())
		if i.Commitment.ID == 0 {
			a, _ = followUp(f, i.Prospect.ID, i.On, b.Location())
		}
		_, none := b.Delivery(a.Occurrence)
		set := slices.ContainsFunc(to.Alarms, func(x store.Alarm) bool { return x.Occurrence == a.Occurrence })
		if i.due() > said && !a.At.After(b.Now) && !set && errors.Is(none, store.ErrNotFound) {
			unsaid = append(unsaid, i)
		}
	}
	return unsaid, err
}
