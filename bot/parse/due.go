package parse

import (
	"time"

	"pitch/store"
)

// due is the day and time that w means for something still to do. Of a stretch
// ahead that is its first working day, "by" it and for a count its end.
func (p *parser) due(w when, counted bool) (day store.Day, clock store.Clock, at time.Time, t *trouble) {
	loc := p.ctx.Now.Location()
	if !w.at.IsZero() {
		if at = store.DayOf(w.at).At(store.ClockOf(w.at), loc); !at.After(p.ctx.Now) {
			return 0, "", time.Time{}, pastCommit()
		}
		return store.DayOf(w.at), store.ClockOf(w.at), at, nil
	}
	switch day = w.to; {
	case w.from == 0:
		day = p.today
	case w.prep == "before" && w.clock == "":
		day = w.from - 1
	case w.stretch != "" && (w.prep == "by" || w.prep == "until") && (w.stretch == "month" || w.stretch == "quarter" || w.stretch == "year") && w.from > p.today:
		day = w.from
	case w.stretch != "" && w.from > p.today && !counted && w.prep != "by" && w.prep != "until" && w.prep != "before":
		day = p.firstDay(w)
	case w.stretch == "week":
		day = p.lastDay(w)
	}
	if day < p.today {
		return 0, "", at, pastCommit()
	}
	if w.clock == "" {
		return day, "", at, nil
	}
	at = day.At(w.clock, loc)
	if !at.After(p.ctx.Now) {
		t := &trouble{problem: TimePassed, say: "Today " + string(w.clock) + " has passed."}
		return 0, "", at, t
	}
	return day, w.clock, at, nil
}

func pastCommit() *trouble {
	return &trouble{problem: PastCommit, say: "A commitment is of the future; that has passed.", instead: []string{"log"}}
}

// recurring finishes a promise that comes again: a day said with it is its start.
func (p *parser) recurring(c Commit, d draft) Request {
	w := d.when
	c.At = w.clock
	if w.from != 0 {
		if w.prep != "from" || w.from < p.today {
			return Unclear{Problem: BadRecurrence, Form: CommitForm{c},
				Understood: "A commitment recurs until you let it go; say “from” for the day it starts."}
		}
		c.DueOn = w.from
	}
	if !w.at.IsZero() {
		c.At = ""
	}
	return c
}

// choices are the days to offer where none was said: today, tomorrow and Friday,
// or Monday where Friday is one of them.
func (p *parser) choices(c Commit) []Suggestion {
	friday := p.today.Monday() + 4
	switch {
	case friday < p.today:
		friday += 7
	case friday <= p.today+1:
		friday += 3
	}
	var out []Suggestion
	for _, day := range []struct {
		label string
		on    store.Day
	}{{"Today", p.today}, {"Tomorrow", p.today + 1}, {friday.Weekday().String(), friday}} {
		c.NoDate, c.Choices, c.DueOn = false, nil, day.on
		out = append(out, Suggestion{Label: day.label, Command: c.String()})
	}
	return out
}
