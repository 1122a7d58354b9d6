package nudges

import (
	"slices"

	"pitch/store"
)

// say composes the messages: one for the founder, and one for each channel.
func (c *claim) say() error {
	slices.SortStableFunc(c.reminders, func(x, y reminding) int { return x.row.Intended.Compare(y.row.Intended) })
	said, err := c.sayPlan()
	if err == nil && !said && len(c.reminders) > 0 {
		err = c.sayReminders()
	}
	for _, row := range c.boards {
		if err != nil {
			return err
		}
		err = c.start(message{board: &BoardPost{
			Occurrence: row.Occurrence, Channel: row.Channel, Week: row.Day.Monday(), Late: c.late(row), Now: c.b.Now,
		}}, row)
	}
	return err
}

// sayPlan makes the plan a message, with the reminders in it, unless there is
// none or it has nothing to say.
func (c *claim) sayPlan() (said bool, err error) {
	if c.plan == nil {
		return false, nil
	}
	p, err := dayPlan(c.b, c.plan.Day)
	if err != nil {
		return false, err
	}
	p.Late = c.late(*c.plan)
	items, rows := c.items()
	p.carry(items)
	if p.Empty() {
		if c.plan.Status == store.Retry {
			return false, c.drop(*c.plan)
		}
		return false, nil
	}
	return true, c.start(message{plan: &p}, append([]store.Delivery{*c.plan}, rows...)...)
}

func (c *claim) sayReminders() error {
	items, rows := c.items()
	late := !slices.ContainsFunc(items, func(i Item) bool { return !i.Late })
	return c.start(message{reminder: &Reminder{
		Occurrence: rows[0].Occurrence, Items: items, Late: late, Now: c.b.Now,
	}}, rows...)
}

func (c *claim) items() (items []Item, rows []store.Delivery) {
	for _, r := range c.reminders {
		items, rows = append(items, r.item), append(rows, r.row)
	}
	return items, rows
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
