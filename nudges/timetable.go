package nudges

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"pitch/store"
)

// Reschedule works out anew what the owner is told next, and when: from their
// settings, open commitments, channel boards and unfinished deliveries. It first
// does what a new day means to commitments ([store.Book.Roll]). Every change of a
// book ends with it. An agenda that comes out as it was is not written again.
//
// Nothing is due in the past because of a change: mornings missed while plans
// were not wanted, or that new settings put behind the present, are dealt with.
// What was due already, and waits for a tick, stays due.
func Reschedule(b *store.Book) error {
	f, err := b.Founder()
	if errors.Is(err, store.ErrNoFounder) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := b.Roll(); err != nil {
		return err
	}
	was, err := agenda(b)
	if err != nil {
		return err
	}
	t := timetable{
		b: b, f: f, loc: b.Location(), was: was,
		is: store.Agenda{
			Planned: was.Planned, Recapped: was.Recapped, Digested: was.Digested, Introduced: was.Introduced,
			Posted: maps.Clone(was.Posted),
		},
	}
	for _, r := range rounds() {
		t.round(r)
	}
	t.leave()
	if err := errors.Join(t.partner(), t.unfinished(), t.promises(), t.followUps(), t.boards()); err != nil {
		return err
	}
	slices.SortFunc(t.is.Alarms, func(x, y store.Alarm) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Occurrence, y.Occurrence))
	})
	if sameAgenda(t.was, t.is) {
		return nil
	}
	return b.SetAgenda(t.is)
}

// agenda is the owner's. One that is damaged is worked out from nothing; the
// rows of deliveries still keep anything from being said twice.
func agenda(b *store.Book) (store.Agenda, error) {
	a, err := b.Agenda()
	if errors.Is(err, store.ErrDamaged) {
		return store.Agenda{}, nil
	}
	return a, err
}

func sameAgenda(x, y store.Agenda) bool {
	return x.Planned == y.Planned && x.Recapped == y.Recapped && x.Digested == y.Digested &&
		x.Introduced == y.Introduced && maps.Equal(x.Posted, y.Posted) &&
		slices.EqualFunc(x.Alarms, y.Alarms, func(a, b store.Alarm) bool {
			same := a.At.Equal(b.At)
			a.At, b.At = time.Time{}, time.Time{}
			return same && a == b
		})
}

// timetable is an agenda being worked out.
type timetable struct {
	b       *store.Book
	f       store.Founder
	loc     *time.Location
	was, is store.Agenda
}

func (t *timetable) add(a store.Alarm) { t.is.Alarms = append(t.is.Alarms, a) }

// waiting is an alarm of the old agenda that is due and waits for a tick.
func (t *timetable) waiting(is func(store.Alarm) bool) (store.Alarm, bool) {
	for _, a := range t.was.Alarms {
		if !a.At.After(t.b.Now) && is(a) {
			return a, true
		}
	}
	return store.Alarm{}, false
}

// unfinished sets an alarm for every delivery under way: the end of its lease,
// or its next try.
func (t *timetable) unfinished() error {
	all, err := t.b.Deliveries()
	for _, d := range all {
		if !d.Final() {
			t.add(store.Alarm{
				At: d.Lease, Notice: d.Notice, Occurrence: d.Occurrence, Day: d.Day,
				Commitment: d.Commitment, Prospect: d.Prospect, Channel: d.Channel,
			})
		}
	}
	return err
}

// promises sets the alarms of due reminders, and of the day that ends or begins
// an occurrence.
func (t *timetable) promises() error {
	open, err := t.b.Commitments(store.Open)
	if err != nil {
		return err
	}
	for _, c := range open {
		a, ok := nextReminder(t.b, t.f, c, t.loc)
		if !ok || !a.At.After(t.b.Now) && !t.knew(a.Occurrence) && !begunLate(c, t.b.Now) {
			continue
		}
		if err := t.addUnlessSaid(a); err != nil {
			return err
		}
	}
	if day := store.RollsOn(open); day != 0 {
		t.add(store.Alarm{
			At: day.At("00:00", t.loc), Notice: store.Roll, Occurrence: "roll/" + day.String(), Day: day,
			Zone: t.loc.String(),
		})
	}
	return nil
}

// addUnlessSaid adds the alarm of a reminder that has no delivery yet.
func (t *timetable) addUnlessSaid(a store.Alarm) error {
	switch _, err := t.b.Delivery(a.Occurrence); {
	case errors.Is(err, store.ErrNotFound):
		t.add(a)
	case err != nil && !errors.Is(err, store.ErrDamaged):
		return err
	}
	return nil
}

// nextReminder is the reminder of a commitment: the snoozed one and, once that has
// rung, the one at its time if that lies behind it, as after a night.
func nextReminder(b *store.Book, f store.Founder, c store.Commitment, loc *time.Location) (store.Alarm, bool) {
	a, ok := reminder(f, c, loc)
	if c.Snoozed.IsZero() || !c.DueAt.After(c.Snoozed) {
		return a, ok
	}
	if d, err := b.Delivery(a.Occurrence); err == nil && d.Status != store.Retry {
		c.Snoozed = time.Time{}
		return reminder(f, c, loc)
	}
	return a, ok
}

// knew reports whether the old agenda had the reminder already.
func (t *timetable) knew(occurrence string) bool {
	return slices.ContainsFunc(t.was.Alarms, func(a store.Alarm) bool { return a.Occurrence == occurrence })
}

// begunLate reports whether a later occurrence of a series was begun by this
// very change: after downtime its time may be over, and it is still due. Of a
// series just made, or seen again after a stop, what is over is not.
func begunLate(c store.Commitment, now time.Time) bool {
	return c.Series != 0 && c.ID != c.Series && c.MadeAt.Equal(now)
}

// reminder is the alarm of a commitment, if it has one at all: at the time it
// was snoozed to, or else is due. A day alone is due in the morning, unless that
// day's plan says it. What falls on days off comes the morning after them.
func reminder(f store.Founder, c store.Commitment, loc *time.Location) (store.Alarm, bool) {
	at, key := c.DueAt, c.DueAt.UTC().Format(time.RFC3339)
	timed := true
	switch {
	case !c.Snoozed.IsZero():
		at, key = c.Snoozed, c.Snoozed.UTC().Format(time.RFC3339)
	case c.DueOn == 0:
		return store.Alarm{}, false
	case c.DueAt.IsZero():
		at, key, timed = c.DueOn.At(morning(f), loc), c.DueOn.String(), false
	case c.Every != store.Once && c.Moves == 0 && c.DueOn.At(c.At, loc).Equal(c.DueAt):
		key = fmt.Sprintf("%sT%s", c.DueOn, c.At)
	}
	day := store.DayOf(at.In(loc))
	if !timed {
		day = c.DueOn
	}
	if f.Off(day) {
		for f.Off(day) {
			day++
		}
		at = day.At(morning(f), loc)
	}
	wanted := !f.Stopped && !f.Gone && !c.Silent && f.Reminders != store.NoReminders &&
		(timed || f.Reminders != "" && !plans().has(f, day))
	return store.Alarm{
		At: at, Notice: store.DueReminder, Day: day, Commitment: c.ID,
		Occurrence: fmt.Sprintf("due/%d/%s", c.ID, key),
	}, wanted
}
