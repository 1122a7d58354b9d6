package nudges

import (
	"cmp"
	"slices"

	"pitch/store"
)

// say composes the messages: one for the founder, and one for each channel.
func (c *claim) say() error {
	err := c.sayLetter()
	for _, row := range c.boards {
		if err != nil {
			return err
		}
		err = c.start(message{board: &BoardPost{
			Occurrence: row.Occurrence, Channel: row.Channel, Week: row.Day.Monday(), Late: late(c.b, row), Now: c.b.Now,
		}}, row)
	}
	return err
}

// sayLetter makes what is due to the founder one message, if there is anything to
// say.
func (c *claim) sayLetter() error {
	l := Letter{Now: c.b.Now}
	slices.SortStableFunc(c.reminders, func(x, y reminding) int { return byIntended(x.row, y.row) })
	for _, r := range c.reminders {
		l.Reminders = append(l.Reminders, r.item)
	}
	var rows []store.Delivery
	for _, r := range rounds() {
		row, due := c.rounds[r.notice]
		if !due {
			continue
		}
		said, err := r.write(c.b, &l, &row)
		switch {
		case err != nil:
			return err
		case said:
			rows = append(rows, row)
		case row.Status == store.Retry:
			if err := c.drop(row); err != nil {
				return err
			}
		}
	}
	for _, r := range c.reminders {
		rows = append(rows, r.row)
	}
	if len(rows) == 0 {
		return nil
	}
	return c.start(message{letter: &l}, rows...)
}

// byIntended is the order of reminders in a letter: as they fall due, then as they
// were promised.
func byIntended(x, y store.Delivery) int {
	return cmp.Or(x.Intended.Compare(y.Intended), cmp.Compare(x.Commitment, y.Commitment), cmp.Compare(x.Prospect, y.Prospect))
}

// start writes a message's rows as being sent, all under one lease.
func (c *claim) start(m message, rows ...store.Delivery) error {
	m.to = c.f
	for i, row := range rows {
		row.Status, row.Attempt, row.Lease = store.Sending, row.Attempt+1, c.b.Now.Add(Lease)
		row.With = ""
		if i > 0 {
			row.With = rows[0].Occurrence
		}
		if row.Notice != store.WeeklyBoard {
			row.Channel = c.f.DM
		}
		if err := c.b.SetDelivery(row); err != nil {
			return err
		}
		m.rows = append(m.rows, row)
	}
	c.out.messages = append(c.out.messages, m)
	return nil
}

// late reports whether a delivery comes, or came, more than LateAfter after its
// time.
func late(b *store.Book, row store.Delivery) bool {
	at := b.Now
	if row.TS != "" {
		at = row.At
	}
	return at.Sub(row.Intended) > LateAfter
}
