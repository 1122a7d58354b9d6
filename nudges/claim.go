package nudges

import (
	"errors"
	"maps"
	"slices"
	"time"

	"pitch/store"
)

// message is one message to send, and the rows it is the delivery of. Either
// letter or board is set.
type message struct {
	to     store.Founder
	letter *Letter
	board  *BoardPost
	rows   []store.Delivery
}

// claimed is what one change took on.
type claimed struct {
	messages []message
	ended    []store.Delivery // what became Dropped or Uncertain
	founder  store.Founder
}

// claim takes what is due out of one owner's book.
type claim struct {
	b         *store.Book
	f         store.Founder
	loc       *time.Location
	agenda    store.Agenda
	rounds    map[store.Notice]store.Delivery // of each the one that is of use
	reminders []reminding
	boards    []store.Delivery
	out       claimed
}

// reminding is a reminder that is due.
type reminding struct {
	row  store.Delivery
	item Item
}

// takeDue takes an owner's due alarms: it writes the deliveries they become as
// Sending, with a lease, moves the agenda on and returns what to send. It has no
// other effects, so that an engine may run it again.
func takeDue(b *store.Book) (claimed, error) {
	f, err := b.Founder()
	if errors.Is(err, store.ErrNoFounder) {
		return claimed{}, nil
	}
	if err != nil {
		return claimed{}, err
	}
	due, rest, err := dueAlarms(b)
	if err != nil || len(due) == 0 {
		return claimed{}, err
	}
	if f, err = noteGone(b, f, due); err != nil {
		return claimed{}, err
	}
	c := &claim{
		b: b, f: f, loc: b.Location(), agenda: rest, rounds: map[store.Notice]store.Delivery{},
		out: claimed{founder: f},
	}
	for _, a := range due {
		if err := c.take(a); err != nil {
			return claimed{}, err
		}
	}
	if err := c.say(); err != nil {
		return claimed{}, err
	}
	return c.out, errors.Join(b.SetAgenda(c.agenda), b.ForgetOldDeliveries(), Reschedule(b))
}

// dueAlarms are an owner's alarms that are due, and the agenda without them:
// those that were set, and those that a new day sets, as after downtime it may.
// An alarm whose commitment's time the new day ended is among them.
func dueAlarms(b *store.Book) (due []store.Alarm, rest store.Agenda, err error) {
	was, err := agenda(b)
	if err != nil {
		return nil, rest, err
	}
	if err := Reschedule(b); err != nil {
		return nil, rest, err
	}
	if rest, err = agenda(b); err != nil {
		return nil, rest, err
	}
	ahead := func(a store.Alarm) bool { return a.At.After(b.Now) }
	due = slices.DeleteFunc(slices.Clone(was.Alarms), ahead)
	for _, a := range rest.Alarms {
		if !ahead(a) && !slices.ContainsFunc(due, func(d store.Alarm) bool { return d.Occurrence == a.Occurrence }) {
			due = append(due, a)
		}
	}
	rest.Alarms = slices.DeleteFunc(slices.Clone(rest.Alarms), func(a store.Alarm) bool { return !ahead(a) })
	rest.Posted = maps.Clone(rest.Posted)
	return due, rest, nil
}

// take sorts a due alarm into what is to be said, or ends its delivery.
func (c *claim) take(a store.Alarm) error {
	if a.Notice == store.Roll || a.Notice == store.Leave {
		return nil
	}
	row, err := c.b.Delivery(a.Occurrence)
	switch {
	case errors.Is(err, store.ErrNotFound):
		row = store.Delivery{
			Occurrence: a.Occurrence, Notice: a.Notice, Day: a.Day, Intended: a.At,
			Commitment: a.Commitment, Prospect: a.Prospect, Channel: a.Channel,
		}
	case errors.Is(err, store.ErrDamaged):
		// It may have been sent.
		return nil
	case err != nil:
		return err
	case row.Status == store.Sending && !row.Lease.After(c.b.Now):
		return c.end(row, store.Uncertain)
	case row.Status != store.Retry:
		return nil
	}
	for _, r := range rounds() {
		if row.Notice == r.notice {
			return c.takeRound(r, row)
		}
	}
	switch row.Notice {
	case store.DueReminder:
		return c.takeReminder(row)
	case store.WeeklyBoard:
		return c.takeBoard(row)
	}
	return nil
}

// end is the last that happens to a delivery that is not sent.
func (c *claim) end(row store.Delivery, status store.DeliveryStatus) error {
	row.Status, row.Lease = status, time.Time{}
	c.out.ended = append(c.out.ended, row)
	return c.b.SetDelivery(row)
}

func (c *claim) drop(row store.Delivery) error { return c.end(row, store.Dropped) }

// takeReminder keeps a reminder that is of use.
func (c *claim) takeReminder(row store.Delivery) error {
	about := c.promiseDue
	if row.Prospect != 0 {
		about = c.followUpDue
	}
	i, useful, err := about(row)
	if err != nil {
		return err
	}
	if !useful || !c.b.Now.Before(reminderUntil(c.f, row.Intended, c.loc)) {
		return c.drop(row)
	}
	i.Late = late(c.b, row)
	c.reminders = append(c.reminders, reminding{row, i})
	return nil
}

// promiseDue is a commitment that a delivery reminds of. It is of no use where
// that is no more promised. A row that is not tried for the first time may stand
// for a time that has been moved since.
func (c *claim) promiseDue(row store.Delivery) (i Item, useful bool, err error) {
	promised, err := c.b.Commitment(row.Commitment)
	if err != nil {
		return i, false, gone(err)
	}
	a, wanted := nextReminder(c.b, c.f, promised, c.loc)
	i = item(c.b, promised)
	return i, promised.Status == store.Open && wanted && a.Occurrence == row.Occurrence && !i.Prospect.DoNotContact, nil
}

// gone is nil for the error of a row that is not there, or not readable: nothing
// can be said of it.
func gone(err error) error {
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrDamaged) {
		return nil
	}
	return err
}

// reminderUntil is when a reminder is of no more use, because the next plan says
// it: without plans, the next day's morning.
func reminderUntil(f store.Founder, intended time.Time, loc *time.Location) time.Time {
	today, r := store.DayOf(intended.In(loc)), plans()
	mornings, wanted := r.schedule(f)
	if !wanted {
		return (today + 1).At(morning(f), loc)
	}
	day := r.first(f, mornings, today)
	if !r.time(f, day, loc).After(intended) {
		day = r.first(f, mornings, today+1)
	}
	return r.time(f, day, loc)
}
