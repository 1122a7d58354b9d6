package store

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Commit records a promise. Its first day is today; of one that recurs, the
// first occurrence ahead is made. Where c.After already has one, that is returned: a
// button pressed twice promises once.
func (b *Book) Commit(c Commitment) (Commitment, error) {
	if c.After != 0 {
		if made, err := b.following(c.After); err != nil || made.ID != 0 {
			return made, err
		}
	}
	id, err := b.rows.NextID()
	if err != nil {
		return c, err
	}
	c.ID, c.MadeAt, c.Status, c.Count = id, b.Now, Open, max(c.Count, 1)
	c.From = cmp.Or(c.From, b.Today())
	if c.Every != Once {
		c.Series = c.ID
		c = b.place(c, c.From)
		if !c.DueAt.IsZero() && !c.DueAt.After(b.Now) {
			c = b.place(c, c.DueOn+1)
		}
	}
	return c, b.saveCommitment(c)
}

// following is the open commitment that follows up an activity, if any.
func (b *Book) following(activity ID) (Commitment, error) {
	open, err := b.Commitments(Open)
	for _, c := range open {
		if c.After == activity {
			return c, err
		}
	}
	return Commitment{}, err
}

func (b *Book) saveCommitment(c Commitment) error {
	c.MadeAt, c.DueAt, c.Snoozed = stamp(c.MadeAt), stampOrZero(c.DueAt), stampOrZero(c.Snoozed)
	c.ClosedAt = stampOrZero(c.ClosedAt)
	if err := c.Validate(); err != nil {
		return err
	}
	return b.setCommitment(c)
}

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

// open is a commitment that is still open; ErrClosed where it is not.
func (b *Book) open(id ID) (Commitment, error) {
	c, err := b.Commitment(id)
	if err == nil && c.Status != Open {
		err = ErrClosed
	}
	return c, err
}

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

// Release lets a commitment go and, of one that recurs, the series with it.
func (b *Book) Release(id ID) (Commitment, error) {
	c, err := b.open(id)
	if err != nil {
		return c, err
	}
	return b.end(c, Released)
}

// Skip lets one occurrence of a series go; the series goes on. What was promised
// once is released.
func (b *Book) Skip(id ID) (Commitment, error) {
	c, err := b.Release(id)
	if err != nil || c.Every == Once {
		return c, err
	}
	_, err = b.begin(c, c.DueOn+1)
	return c, err
}

// end closes a commitment.
func (b *Book) end(c Commitment, status Status) (Commitment, error) {
	c.Status, c.ClosedAt = status, b.Now
	return c, b.saveCommitment(c)
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
		Every: last.Every, Series: last.Series, Status: Open, Sentence: last.Sentence, Silent: last.Silent,
	}, max(day, b.Today()))
	return next, b.saveCommitment(next)
}

// Snooze moves a commitment's reminder alone: neither its day nor its series.
func (b *Book) Snooze(id ID, until time.Time) (Commitment, error) {
	c, err := b.open(id)
	if err != nil {
		return c, err
	}
	if !until.After(b.Now) {
		return c, invalid("a reminder is moved into the future")
	}
	c.Snoozed, c.Silent = until, false
	return c, b.saveCommitment(c)
}

// Silence takes the reminder off a commitment.
func (b *Book) Silence(id ID) (Commitment, error) {
	c, err := b.open(id)
	if err != nil {
		return c, err
	}
	c.Silent = true
	return c, b.saveCommitment(c)
}

// Move gives an occurrence another day or, where at is not zero, another time. A
// day alone keeps the time of day the founder is shown, unless that is over; see
// MoveToDay. The reminder moves with it, and the series goes on as before.
func (b *Book) Move(id ID, on Day, at time.Time) (Commitment, error) {
	c, err := b.open(id)
	if err != nil {
		return c, err
	}
	if at.IsZero() && !c.DueAt.IsZero() {
		shown := ClockOf(c.DueAt.In(b.Location()))
		if kept := on.At(shown, b.Location()); kept.After(b.Now) {
			at = kept
		}
	}
	return b.move(c, on, at)
}

// MoveToDay gives an occurrence another day, or the same one, and takes its time
// of day away. The series goes on as before.
func (b *Book) MoveToDay(id ID, on Day) (Commitment, error) {
	c, err := b.open(id)
	if err != nil {
		return c, err
	}
	return b.move(c, on, time.Time{})
}

func (b *Book) move(c Commitment, on Day, at time.Time) (Commitment, error) {
	if !at.IsZero() {
		on = DayOf(at.In(b.Location()))
	}
	if on < b.Today() || !at.IsZero() && !at.After(b.Now) {
		return c, invalid("a commitment is moved into the future")
	}
	if c.DueOn != 0 && (on > c.DueOn || at.After(c.DueAt) && !c.DueAt.IsZero()) {
		c.Moves++
	}
	c.DueOn, c.DueAt, c.Snoozed = on, at, time.Time{}
	c.From = min(c.From, on)
	if c.Every == Once {
		c.At = ""
		if !at.IsZero() {
			c.At = ClockOf(at.In(b.Location()))
		}
	}
	return c, b.saveCommitment(c)
}

// SetSentence keeps the first sentence a founder means to say.
func (b *Book) SetSentence(id ID, sentence string) (Commitment, error) {
	c, err := b.open(id)
	if err != nil {
		return c, err
	}
	c.Sentence = sentence
	return c, b.saveCommitment(c)
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
		if f.offOn(c.DueOn) != nil {
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
