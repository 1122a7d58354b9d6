package store

import (
	"time"
)

// place makes c the occurrence of its series that covers day, or the next one.
func (b *Book) place(c Commitment, day Day) Commitment {
	f, _ := b.Founder()
	c.From, c.DueOn = c.Every.Occurrence(day, f.WorkDays)
	for limit := day + maxDaysOff; c.DueOn < limit; {
		due, ok := f.dueBy(c.Every, c.From, c.DueOn)
		if ok {
			c.DueOn = due
			break
		}
		c.From, c.DueOn = c.Every.Occurrence(c.DueOn+1, f.WorkDays)
	}
	c.DueAt = time.Time{}
	if c.At != "" {
		c.DueAt = stamp(c.DueOn.At(c.At, b.Location()))
	}
	return c
}

// dueBy is the last day that is not off of an occurrence from one day to another,
// and whether there is any. What is promised by the week is due on a working day.
func (f Founder) dueBy(e Every, from, due Day) (Day, bool) {
	for d := due; d >= from; d-- {
		works := e != EachWeek || d == due || f.WorkDays.Has(d.Weekday())
		if works && !f.Off(d) {
			return d, true
		}
	}
	return due, false
}

// begin makes the occurrence of last's series that covers day, or the next one;
// none that is over already. A series that goes on has one open occurrence, which may lie ahead.
func (b *Book) begin(last Commitment, day Day) (next Commitment, err error) {
	id, err := b.rows.NextID()
	if err != nil {
		return next, err
	}
	next = b.place(Commitment{
		ID: id, Kind: last.Kind, Prospect: last.Prospect, Count: last.Count, MadeAt: b.Now, At: last.At,
		Every: last.Every, Series: last.Series, Status: Open, Sentence: last.Sentence, About: last.About, Silent: last.Silent,
	}, max(day, b.Today()))
	return next, b.saveCommitment(next)
}

// MissedAfter is how many days a promise made once may be overdue before it
// counts as missed: until then it can still be kept, moved or let go.
const MissedAfter = 30

// Roll ends the commitments whose time is over and begins the next occurrences
// of their series. It is what a new day means to commitments, and changes
// nothing when run again. What fell on days off is released, not missed.
func (b *Book) Roll() error {
	open, err := b.Commitments(Open)
	if err != nil {
		return err
	}
	f, _ := b.Founder()
	for _, c := range open {
		if c.DueOn == 0 || b.Today() <= c.lastDay() {
			continue
		}
		status := Missed
		if f.Off(c.DueOn) {
			status = Released
		}
		_, touched := b.before.Commitments[c.ID]
		var next Commitment
		if c, err = b.end(c, status); err == nil && c.Every != Once {
			next, err = b.goOn(c)
		}
		if err != nil {
			return err
		}
		if !touched {
			b.apart(c.ID, next.ID)
		}
	}
	return nil
}

// goOn begins what follows an occurrence whose time is over. A reminder that was
// put off beyond that, to today or later, was promised and goes over to it.
func (b *Book) goOn(last Commitment) (Commitment, error) {
	next, err := b.begin(last, b.Today())
	if err != nil || last.Snoozed.IsZero() || DayOf(last.Snoozed.In(b.Location())) < b.Today() {
		return next, err
	}
	next.Snoozed = last.Snoozed
	return next, b.saveCommitment(next)
}

// apart takes what a new day did to commitments out of the step under way.
func (b *Book) apart(ids ...ID) {
	for _, id := range ids {
		if is, staged := b.out.Commitments[id]; staged {
			b.before.Commitments[id] = is
		}
	}
}

// lastDay is the last day on which a commitment can be kept.
func (c Commitment) lastDay() Day {
	if c.Every == Once {
		return c.DueOn + MissedAfter
	}
	return c.DueOn
}

// RollsOn is the day on which Roll next has something to do to these open
// commitments, or 0.
func RollsOn(open []Commitment) (first Day) {
	for _, c := range open {
		if c.DueOn != 0 && (first == 0 || c.lastDay()+1 < first) {
			first = c.lastDay() + 1
		}
	}
	return first
}

// replace works out anew when open occurrences are due, after their founder's
// zone or working days changed. Promises made once keep their instant.
func (b *Book) replace() error {
	open, err := b.Commitments(Open)
	if err != nil {
		return err
	}
	for _, c := range open {
		if c.Every == Once || c.Moves > 0 {
			continue
		}
		from := c.From
		c = b.place(c, max(c.From, b.Today()))
		c.From = min(from, c.From)
		if err := b.saveCommitment(c); err != nil {
			return err
		}
	}
	return nil
}

// Occurrence is the first and last day of the occurrence that covers day or, on
// a day that none covers, of the next one.
func (e Every) Occurrence(day Day, work Weekdays) (from, due Day) {
	switch e {
	case EachWeek:
		if due := lastWorkday(day.Monday()+6, work); due >= day {
			return day, due
		}
		return day, lastWorkday(day.Monday()+13, work)
	case EachMonth:
		return day, day.LastOfMonth()
	}
	days := e.days(work)
	for !days.Has(day.Weekday()) {
		day++
	}
	return day, day
}

// lastWorkday is the last working day up to Sunday, or Sunday in a week without.
func lastWorkday(sunday Day, work Weekdays) Day {
	for d := sunday; d > sunday-7; d-- {
		if work.Has(d.Weekday()) {
			return d
		}
	}
	return sunday
}

// days is the set of days of a recurrence by day; never empty.
func (e Every) days(work Weekdays) Weekdays {
	switch e {
	case EachWeekday:
		if work != 0 {
			return work
		}
	case EachDay:
	default:
		if w, err := ParseWeekdays(string(e)); err == nil && w != 0 {
			return w
		}
	}
	return EveryWeekday
}
