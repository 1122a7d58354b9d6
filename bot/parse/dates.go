package parse

import (
	"time"

	"pitch/store"
)

// direction is where dates without a year or a week lie: logs look back,
// promises look forward.
type direction int8

const (
	back    direction = -1
	forward direction = 1
)

// trouble is why something was read but cannot be used as it stands. Replacing
// the tokens [from,to) by one of instead gives a command that can.
type trouble struct {
	problem  Problem
	say      string
	from, to int
	instead  []string
}

// when is a day, a stretch of days or a time that was named. The zero when names
// none.
type when struct {
	from, to store.Day   // equal for a day
	stretch  string      // "week", "month", "quarter", "year", "weekend", "" for a day
	clock    store.Clock // "" is not said
	at       time.Time   // an instant: "in 20 minutes"
	prep     string      // how it was introduced: by, before, until, from, on, at, in
	weekday  bool        // only a weekday was said
	trouble  *trouble

	i, j int // the tokens it was said with
}

func (w when) zero() bool { return w.from == 0 && w.clock == "" && w.at.IsZero() && w.trouble == nil }

// preps introduce a date or a time, each with what it means.
var preps = table(map[string]string{
	"on|on the|this coming|due|due on|around|for|during": "on",
	"by|by the|no later than|at the latest by|within":    "by",
	"before|before the":                      "before",
	"until|till|til|'til|until the|till the": "until",
	"from|starting|starting on|starting from|beginning|since|as of|from the": "from",
	"at|@|at around|at about": "at",
	"in|in the":               "in",
	"after":                   "after",
	"the":                     "the",
})

// date reads a date, a time or both at i, wholly or not at all; n is how many
// tokens it takes.
func (p *parser) date(i, end int, dir direction) (w when, n int) {
	j := i
	for j < end {
		prep, m := longest(p, j, end, preps)
		next, took := p.dateAfter(prep, j+m, end, dir, w)
		if took == 0 && m > 0 { // "in two weeks", "on the 20th": the word belongs to the date
			m = 0
			next, took = p.dateAfter("", j, end, dir, w)
		}
		if took == 0 {
			break
		}
		if next.trouble != nil && next.trouble.to == 0 { // a time beside it stays
			next.trouble.from, next.trouble.to = j, j+m+took
		}
		merged, ok := w.with(next, p)
		if !ok {
			break
		}
		if w = merged; prep != "" && m > 0 && (w.prep == "" || prep != "at") {
			w.prep = prep
		}
		j += m + took
	}
	if w.trouble != nil && w.trouble.to == 0 {
		w.trouble.from, w.trouble.to = i, j
	}
	w.i, w.j = i, j
	return w, j - i
}

func (p *parser) dateAfter(prep string, k, end int, dir direction, sofar when) (when, int) {
	if k >= end {
		return when{}, 0
	}
	if w, n := p.day(k, end, dir, prep); n > 0 && prep != "at" {
		return w, n
	}
	if prep == "for" || prep == "the" {
		return when{}, 0
	}
	bare := prep == "at" || (prep == "by" || prep == "before") && dir == forward || sofar.from != 0 && dir == forward
	if c, n := p.clock(k, end, bare); n > 0 {
		return when{clock: c}, n
	}
	return when{}, 0
}

// with adds what else was said: a time to a day, a weekday to a week, a date to
// the weekday it falls on.
func (w when) with(next when, p *parser) (when, bool) {
	switch {
	case w.zero():
		return next, true
	case next.clock != "" && next.from == 0:
		w.clock = next.clock
		return w, w.at.IsZero()
	case w.from == 0 && w.at.IsZero(): // the time came first
		next.clock, next.prep = w.clock, w.prep
		return next, next.at.IsZero()
	case w.stretch == "week" && next.weekday:
		day := w.from + (next.from - next.from.Monday())
		w.from, w.to, w.stretch, w.trouble = day, day, "", nil
		return w, true
	case w.weekday && next.stretch == "" && !next.weekday && next.at.IsZero():
		if w.from.Weekday() != next.from.Weekday() {
			next.trouble = &trouble{problem: BadDate, say: next.from.Format("2 January 2006") + " is a " + next.from.Weekday().String() + ".",
				instead: []string{"on " + next.from.String()}}
		}
		next.clock = w.clock
		return next, true
	}
	return w, false
}

func oneDay(d store.Day) when { return when{from: d, to: d} }

// day reads the name of a day or a stretch of days at i.
func (p *parser) day(i, end int, dir direction, prep string) (when, int) {
	if w, n := p.namedDay(i, end); n > 0 {
		return w, n
	}
	if w, n := p.relative(i, end, prep); n > 0 {
		return w, n
	}
	if w, n := p.weekdayAt(i, end, dir, prep); n > 0 {
		return w, n
	}
	if w, n := p.weekOf(i, end, dir); n > 0 {
		return w, n
	}
	if w, n := p.stretchAt(i, end); n > 0 {
		return w, n
	}
	return p.calendar(i, end, dir, prep)
}

// namedDays are days by name, counted from today; the clock of "tonight" comes
// with it.
var namedDays = table(map[string]struct {
	days  store.Day
	clock store.Clock
}{
	"today|earlier today|later today|just now|right now|now|asap|eod|cob|end of day|end of the day|end of today": {},
	"this morning":         {clock: "09:00"},
	"this afternoon":       {clock: "15:00"},
	"tonight|this evening": {clock: "19:00"},
	"tomorrow|tmrw|tmr|tmw|tomorrow's|2moro|first thing": {days: 1},
	"first thing tomorrow":                               {days: 1, clock: "09:00"},
	"day after tomorrow|the day after tomorrow":          {days: 2},
	"yesterday|last night|yday":                          {days: -1},
	"day before yesterday|the day before yesterday":      {days: -2},
})

func (p *parser) namedDay(i, end int) (when, int) {
	named, n := longest(p, i, end, namedDays)
	if n == 0 {
		return when{}, 0
	}
	w := oneDay(p.today + named.days)
	if w.clock = named.clock; named.days == 0 && w.clock != "" && w.from.At(w.clock, p.ctx.Now.Location()).Before(p.ctx.Now) {
		w.clock = "" // that part of the day has begun: only the day is meant
	}
	return w, n
}

// weekdayNames are the days of the week and their usual short forms.
var weekdayNames = table(map[string]time.Weekday{
	"monday|mon": time.Monday, "tuesday|tue|tues": time.Tuesday, "wednesday|wed|weds": time.Wednesday,
	"thursday|thu|thur|thurs": time.Thursday, "friday|fri": time.Friday, "saturday|sat": time.Saturday, "sunday|sun": time.Sunday,
})

// weekdayAt reads "Friday", "last Monday", "next Tue", "Monday next week". A bare
// weekday lies in the direction of the command; "next" is that day of the next
// calendar week, as the reply spells out.
func (p *parser) weekdayAt(i, end int, dir direction, prep string) (when, int) {
	j, which := i, ""
	for j < end && p.is(j, "this next last past previous coming upcoming the") {
		if w := p.word(j); w != "the" {
			which = w
		}
		j++
	}
	day, ok := weekdayNames[p.word(j)]
	if j >= end || !ok {
		return when{}, 0
	}
	j++
	monday, offset := p.today.Monday(), store.Day((day+6)%7)
	w := when{weekday: which == ""}
	k := j
	if p.is(k, "of in") {
		k++
	}
	if k+1 < end && p.is(k, "next last this") && p.is(k+1, "week") {
		which, w.weekday, j = p.word(k), false, k+2
	} else if which == "last" || which == "past" || which == "previous" {
		d := monday + offset
		if d >= p.today {
			d -= 7
		}
		w.from, w.to = d, d
		return w, j - i
	}
	d := monday + offset
	switch which {
	case "next":
		d += 7
	case "last":
		d -= 7
	case "", "coming", "upcoming":
		d = p.nearest(d, dir, prep, &w)
	}
	w.from, w.to = d, d
	return w, j - i
}

// nearest moves d, a day of this week, to the direction's side. On the day itself
// either it or a week away may be meant.
func (p *parser) nearest(d store.Day, dir direction, prep string, w *when) store.Day {
	switch {
	case d == p.today && prep == "until":
		return d + 7
	case d == p.today:
		away := d + 7*store.Day(dir)
		w.trouble = &trouble{problem: WhichDay, say: "It is " + d.Weekday().String() + " today: this one, or a week away?",
			instead: []string{"today", "on " + away.String()}}
		return d
	case dir == forward && d < p.today:
		return d + 7
	case dir == back && d > p.today:
		return d - 7
	}
	return d
}
