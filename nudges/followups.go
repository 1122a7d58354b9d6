package nudges

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pitch/store"
)

// followUpsAhead is how many follow-up dates are in an agenda at a time, the
// nearest first: more than come up while Pitch is away, and few enough to write
// with every change.
const followUpsAhead = 100

// followUps sets the alarms of the follow-up dates that no plan says.
func (t *timetable) followUps() error {
	if !told(t.f) {
		return nil
	}
	all, err := t.b.Prospects()
	if err != nil {
		return err
	}
	var ahead []store.Alarm
	for _, p := range all {
		if a, ok := followUp(t.f, p, t.loc); ok && (a.At.After(t.b.Now) || t.knew(a.Occurrence)) {
			ahead = append(ahead, a)
		}
	}
	slices.SortFunc(ahead, func(x, y store.Alarm) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Prospect, y.Prospect))
	})
	for _, a := range ahead[:min(len(ahead), followUpsAhead)] {
		if err := t.addUnlessSaid(a); err != nil {
			return err
		}
	}
	return nil
}

// told reports whether a founder is told what is due without having asked for it
// by name: they chose reminders, and are not gone.
func told(f store.Founder) bool {
	return !f.Stopped && !f.Gone && (f.Reminders == store.EveryMorning || f.Reminders == store.OnlyDue)
}

// followUp is the alarm of a prospect's follow-up date, unless there is none or a
// plan says it. What falls on days off comes the morning after them.
func followUp(f store.Founder, p store.Prospect, loc *time.Location) (store.Alarm, bool) {
	if p.FollowUpOn == 0 || p.DoNotContact || !told(f) {
		return store.Alarm{}, false
	}
	day := p.FollowUpOn
	for f.Off(day) {
		day++
	}
	return store.Alarm{
		At: day.At(morning(f), loc), Notice: store.DueReminder, Day: day, Prospect: p.ID,
		Occurrence: fmt.Sprintf("follow/%d/%s", p.ID, p.FollowUpOn),
	}, !plans().has(f, day)
}

// followed is when something was logged that happened with a prospect on their
// follow-up date, or since; the zero time where nothing was.
func followed(b *store.Book, p store.Prospect) (time.Time, error) {
	touched, err := b.ActivitiesWith(p.ID)
	for _, a := range touched {
		if a.OccurredOn >= p.FollowUpOn {
			return a.LoggedAt, err
		}
	}
	return time.Time{}, err
}

// followUpDue is a follow-up date that a delivery reminds of. It is of no use
// where the date was changed, something happened since, or an open commitment to
// the prospect is due as well.
func (c *claim) followUpDue(row store.Delivery) (i Item, useful bool, err error) {
	p, err := c.b.Prospect(row.Prospect)
	if err != nil {
		return i, false, gone(err)
	}
	a, wanted := followUp(c.f, p, c.loc)
	if !wanted || a.Occurrence != row.Occurrence {
		return i, false, nil
	}
	done, err := followed(c.b, p)
	if err != nil || !done.IsZero() {
		return i, false, err
	}
	open, err := c.b.Commitments(store.Open)
	promised := slices.ContainsFunc(open, func(o store.Commitment) bool {
		return o.Prospect == p.ID && o.DueOn != 0 && o.DueOn <= c.b.Today()
	})
	return Item{Prospect: p}, !promised, err
}

// dueItem is what a reminder was about, as it stands now; ok is false where that
// is no more.
func dueItem(b *store.Book, row store.Delivery) (i Item, ok bool, err error) {
	if row.Prospect == 0 {
		c, err := b.Commitment(row.Commitment)
		if err != nil {
			return i, false, gone(err)
		}
		i = item(b, c)
		i.Late = late(b, row)
		return i, true, nil
	}
	p, err := b.Prospect(row.Prospect)
	if err != nil {
		return i, false, gone(err)
	}
	i = Item{Prospect: p, Late: late(b, row)}
	i.Followed, err = followed(b, p)
	return i, true, err
}
