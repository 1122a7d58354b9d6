package nudges

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"

	"pitch/store"
)

// message is one message to send, and the rows it is the delivery of. One of
// plan, reminder and board is set; the first row is its own.
type message struct {
	to       store.Founder
	plan     *Plan
	reminder *Reminder
	board    *BoardPost
	rows     []store.Delivery
}

// claimed is what one change took on.
type claimed struct {
	messages []message
	ended    []store.Delivery // what became Dropped or Uncertain
}

// claim takes what is due out of one owner's book.
type claim struct {
	b         *store.Book
	f         store.Founder
	loc       *time.Location
	agenda    store.Agenda
	plan      *store.Delivery
	reminders []reminding
	boards    []store.Delivery
	out       claimed
}

// reminding is a commitment whose reminder is due.
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
	c := &claim{b: b, f: f, loc: b.Location(), agenda: rest}
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
	if a.Notice == store.Roll {
		return nil
	}
	row, err := c.b.Delivery(a.Occurrence)
	switch {
	case errors.Is(err, store.ErrNotFound):
		row = store.Delivery{
			Occurrence: a.Occurrence, Notice: a.Notice, Day: a.Day, Intended: a.At,
			Commitment: a.Commitment, Channel: a.Channel,
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
	switch row.Notice {
	case store.MorningPlan:
		return c.takePlan(row)
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

// takePlan keeps the plan of the latest morning that is over, if it is of use.
func (c *claim) takePlan(row store.Delivery) error {
	mornings, wanted := planSchedule(c.f)
	for wanted && row.Status == "" {
		day := planDay(c.f, mornings, row.Day+1)
		at := day.At(morning(c.f), c.loc)
		if day == 0 || at.After(c.b.Now) {
			break
		}
		if err := c.drop(row); err != nil {
			return err
		}
		row = store.Delivery{Occurrence: PlanKey(day), Notice: store.MorningPlan, Day: day, Intended: at}
	}
	c.agenda.Planned = max(c.agenda.Planned, row.Day)
	if !wanted || !c.f.Works(row.Day) || !c.b.Now.Before(planUntil(c.f, row.Day, c.loc)) {
		return c.drop(row)
	}
	if c.plan == nil {
		c.plan = &row
		return nil
	}
	// Having moved zones, a founder can have two; the newer one says it all.
	older, newer := *c.plan, row
	if older.Day > newer.Day {
		older, newer = newer, older
	}
	c.plan = &newer
	return c.drop(older)
}

// planUntil is when a day's plan is of no more use: at recap time or, for those
// who plan their day later than that, when it ends.
func planUntil(f store.Founder, day store.Day, loc *time.Location) time.Time {
	recap := cmp.Or(f.Recap, store.DefaultRecap)
	if recap <= morning(f) {
		return (day + 1).At("00:00", loc)
	}
	return day.At(recap, loc)
}

// takeReminder keeps the reminder of a commitment that is still promised, if it
// is of use. A row that is not tried for the first time may stand for a time that
// has been moved since.
func (c *claim) takeReminder(row store.Delivery) error {
	promised, err := c.b.Commitment(row.Commitment)
	if err != nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrDamaged) {
		return err
	}
	a, wanted := nextReminder(c.b, c.f, promised, c.loc)
	i := item(c.b, promised)
	i.Late = c.late(row)
	switch {
	case err != nil || promised.Status != store.Open || !wanted || a.Occurrence != row.Occurrence,
		i.Prospect.DoNotContact, !c.b.Now.Before(reminderUntil(c.f, row.Intended, c.loc)):
		return c.drop(row)
	}
	c.reminders = append(c.reminders, reminding{row, i})
	return nil
}

// reminderUntil is when a reminder is of no more use, because the next plan says
// it: without plans, the next day's morning.
func reminderUntil(f store.Founder, intended time.Time, loc *time.Location) time.Time {
	today := store.DayOf(intended.In(loc))
	mornings, plans := planSchedule(f)
	if !plans {
		return (today + 1).At(morning(f), loc)
	}
	day := planDay(f, mornings, today)
	if !day.At(morning(f), loc).After(intended) {
		day = planDay(f, mornings, today+1)
	}
	return day.At(morning(f), loc)
}

func (c *claim) late(row store.Delivery) bool { return c.b.Now.Sub(row.Intended) > LateAfter }
