package store

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Keep logs the activity a commitment to a prospect promised, and so keeps it,
// whatever else was promised to them. One that was missed up to BackdatedDays ago
// is kept on its due day: who does what is due at 23:50 says so after midnight.
func (b *Book) Keep(id ID) (Logged, error) {
	if err := b.Roll(); err != nil {
		return Logged{}, err
	}
	c, err := b.Commitment(id)
	if err != nil {
		return Logged{}, err
	}
	a := Activity{Kind: c.Kind}
	switch {
	case c.Status == Missed && c.Prospect != 0 && b.Today()-c.DueOn <= BackdatedDays:
		a.OccurredOn = c.DueOn
	case c.Status != Open:
		return Logged{}, ErrClosed
	case c.Prospect == 0:
		return Logged{}, invalid("a commitment to a number is kept by logging with whom")
	}
	p, err := b.Prospect(c.Prospect)
	if err != nil {
		return Logged{}, err
	}
	return b.logWith(p, false, a, c.ID)
}

// Matches reports whether an activity does what the commitment promised.
func (c Commitment) Matches(a Activity) bool {
	kind := c.Kind == a.Kind || c.Kind == Ask && a.IsAsk()
	return kind && (c.Prospect == 0 || c.Prospect == a.Prospect) &&
		a.OccurredOn >= c.From && (c.Every == Once || a.OccurredOn <= c.DueOn) &&
		!a.LoggedAt.Before(c.MadeAt)
}

// settle counts an activity towards the open commitments it matches: towards
// every number, and towards one promise to its prospect, which is the one that
// the founder says is done or else the one due first. It ends those whose time is
// over before, so that what is done today is not done for yesterday.
func (b *Book) settle(a Activity, done ID) (kept, counting []Commitment, err error) {
	if err := b.Roll(); err != nil {
		return nil, nil, err
	}
	promises, err := b.promises(done)
	if err != nil {
		return nil, nil, err
	}
	named := false
	for _, c := range promises {
		if c.ID != done && !c.Matches(a) || c.Prospect != 0 && named {
			continue
		}
		named = named || c.Prospect != 0
		c.By = append(slices.Clone(c.By), a.ID)
		if len(c.By) < c.Count {
			counting = append(counting, c)
			err = b.saveCommitment(c)
		} else {
			c, err = b.keep(c)
			kept = append(kept, c)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return kept, counting, nil
}

// promises are the open commitments, those due first before the others, and
// before them all the one that is done, open or missed, if there is one.
func (b *Book) promises(done ID) ([]Commitment, error) {
	open, err := b.Commitments(Open)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(open, func(x, y Commitment) int { return cmp.Compare(x.dueOrLast(), y.dueOrLast()) })
	if done == 0 {
		return open, nil
	}
	c, err := b.Commitment(done)
	open = slices.DeleteFunc(open, func(c Commitment) bool { return c.ID == done })
	return slices.Insert(open, 0, c), err
}

// dueOrLast is the due day, with no day after all others.
func (c Commitment) dueOrLast() Day { return cmp.Or(c.DueOn, math.MaxInt) }

// keep ends a commitment as kept; its series goes on, or has already gone on from
// what was missed.
func (b *Book) keep(c Commitment) (Commitment, error) {
	goesOn := c.Every != Once && c.Status == Open
	c, err := b.end(c, Kept)
	if err != nil || !goesOn {
		return c, err
	}
	_, err = b.begin(c, c.DueOn+1)
	return c, err
}

// unsettle takes an activity out of the commitments it counted towards. Those it
// kept are open again, unless their time is over.
func (b *Book) unsettle(activity ID) error {
	all, err := b.Commitments("")
	if err != nil {
		return err
	}
	for _, c := range all {
		at := slices.Index(c.By, activity)
		if at < 0 {
			continue
		}
		c.By = slices.Delete(slices.Clone(c.By), at, at+1)
		if c.Status == Kept && len(c.By) < c.Count && (c.Every == Once || c.DueOn >= b.Today()) {
			c.Status, c.ClosedAt = Open, time.Time{}
			if err := b.removeNext(all, c); err != nil {
				return err
			}
		}
		if err := b.saveCommitment(c); err != nil {
			return err
		}
	}
	return nil
}

// removeNext takes back the occurrence that was begun when c was kept.
func (b *Book) removeNext(all []Commitment, c Commitment) error {
	for _, next := range all {
		if c.Series != 0 && next.Series == c.Series && next.ID > c.ID && next.Status == Open {
			return put(b.before.Commitments, b.out.Commitments, next.ID, nil, b.rows.Commitment)
		}
	}
	return nil
}
