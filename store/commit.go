package store

import (
	"cmp"
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

// open is a commitment that is still open; ErrClosed where it is not.
func (b *Book) open(id ID) (Commitment, error) {
	c, err := b.Commitment(id)
	if err == nil && c.Status != Open {
		err = ErrClosed
	}
	return c, err
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
