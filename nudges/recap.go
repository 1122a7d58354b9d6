package nudges

import (
	"slices"

	"pitch/store"
)

// writeRecap adds a day's recap to a letter.
func writeRecap(b *store.Book, l *Letter, row *store.Delivery) (said bool, err error) {
	r, err := dayRecap(b, row.Day)
	if err != nil {
		return false, err
	}
	r.Late = late(b, *row)
	r.Open = without(r.Open, l.Reminders)
	if l.Plan != nil {
		r.Open = without(without(r.Open, l.Plan.Today), l.Plan.Overdue)
	}
	if err := askReasons(b, l, row); err != nil {
		return false, err
	}
	if row.TS == "" && r.Empty() && len(l.Reminders)+len(l.Reasons) == 0 {
		return false, nil
	}
	l.Recap = &r
	return true, nil
}

// dayRecap is the recap of a day as the book stands.
func dayRecap(b *store.Book, day store.Day) (Recap, error) {
	r := Recap{Day: day}
	open, err := b.Commitments(store.Open)
	if err != nil {
		return r, err
	}
	p := Plan{Day: day}
	for _, c := range open {
		// Put off to another day is settled for this one.
		if c.DueOn == day && store.DayOf(c.Snoozed.In(b.Location())) <= day {
			p.list(item(b, c), 0)
		}
	}
	slices.SortStableFunc(p.Today, byTime)
	if err := p.followUps(b, open, day); err != nil {
		return r, err
	}
	r.Open = p.Today
	if err := r.conversations(b, open); err != nil {
		return r, err
	}
	r.Done, err = doneOn(b, day)
	return r, err
}

// conversations lists those of the day that asked for nothing, the last one with
// each prospect, and the asks that were promised since.
func (r *Recap) conversations(b *store.Book, open []store.Commitment) error {
	today, err := b.Activities(r.Day, r.Day)
	if err != nil {
		return err
	}
	seen := map[store.ID]bool{}
	for _, a := range slices.Backward(today) {
		if !a.IsConversation() || seen[a.Prospect] {
			continue
		}
		seen[a.Prospect] = true
		with, err := b.ActivitiesWith(a.Prospect)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(with, func(x store.Activity) bool { return x.IsAsk() && x.OccurredOn >= r.Day }) {
			continue
		}
		p, err := b.Prospect(a.Prospect)
		switch at := slices.IndexFunc(open, func(c store.Commitment) bool { return c.Prospect == a.Prospect && c.Kind == store.Ask }); {
		case err != nil && gone(err) != nil:
			return err
		case err != nil || p.DoNotContact:
		case at >= 0 && open[at].DueOn > r.Day:
			r.Planned = append(r.Planned, item(b, open[at]))
		case at < 0:
			r.Unasked = append(r.Unasked, Entry{a, p})
		}
	}
	slices.Reverse(r.Planned)
	slices.Reverse(r.Unasked)
	return nil
}
