package bot

import (
	"context"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// snoozeFor is how long a reminder sleeps unless another time is named.
const snoozeFor = time.Hour

// until is when a snoozed reminder rings: what was asked for, for a commitment.
type until func(store.Commitment) time.Time

// later is some time after a reminder is due, or after now where it was.
func (v *visit) after(d time.Duration) until {
	return func(c store.Commitment) time.Time {
		if c.DueAt.After(v.now) {
			return c.DueAt.Add(d)
		}
		return v.now.Add(d)
	}
}

// onDay is a day at the commitment's own time, or in the morning.
func (v *visit) onDay(day store.Day) until {
	return func(c store.Commitment) time.Time {
		at := v.founder.Morning
		if !c.DueAt.IsZero() {
			at = store.ClockOf(c.DueAt.In(v.location()))
		}
		return day.At(at, v.location())
	}
}

// snoozeUntil reads a button's time: RFC 3339, "morning" for the next day, and
// an hour for the rest.
func (v *visit) snoozeUntil(s string) until {
	if s == "morning" {
		return v.onDay(v.today() + 1)
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return func(store.Commitment) time.Time { return t }
	}
	return v.after(snoozeFor)
}

func (v *visit) snooze(ctx context.Context, r parse.Snooze) (Reply, error) {
	at := v.after(snoozeFor)
	switch {
	case r.For > 0:
		at = v.after(r.For)
	case !r.Until.IsZero():
		at = func(store.Commitment) time.Time { return r.Until }
	case r.On != 0:
		at = v.onDay(r.On)
	}
	return v.one(ctx, r.Who, r.Kind, "snooze", func(c candidate) (Reply, error) {
		return v.snoozeOne(ctx, c.ID, at, false)
	}, func(c candidate) button {
		return button{label: c.label(v), does: v.does("snooze", "id", c.ID.String(), "until", at(c.Commitment).Format(time.RFC3339))}
	})
}

// snoozeOne moves one reminder; the commitment and its series stay as they are.
// Reminders go out at full minutes.
func (v *visit) snoozeOne(ctx context.Context, id store.ID, at until, replace bool) (Reply, error) {
	var c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "a snooze", func(b *store.Book) (err error) {
		if c, err = b.Commitment(id); err != nil {
			return err
		}
		rings := at(c).Truncate(time.Minute)
		if !rings.After(b.Now) {
			rings = rings.Add(time.Minute)
		}
		if c, err = b.Snooze(id, rings); err != nil {
			return err
		}
		p, err = nameStep(b, "snooze, ", c)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	words := append([]word{say("Snoozed: ")}, promise(c, p)...)
	says, comes := v.reminds(ctx, c, c.Snoozed)
	if comes {
		words = append(words, say(" · I'll remind you "+v.momentLabel(c.Snoozed)))
	}
	r := reply(line(words...))
	if !comes {
		r = r.with(aside(says))
	}
	r = r.with(buttons(promiseText(c, p),
		button{label: "Done", does: v.does("done", "id", id.String())},
		v.undoButton(step)))
	r.Replace = replace
	return r, nil
}
