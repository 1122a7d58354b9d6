package parse

import (
	"regexp"
	"strconv"
	"strings"
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

// stretches are the words for more than a day.
var stretches = table(map[string]string{
	"week|wk": "week", "month": "month", "quarter": "quarter", "year": "year", "weekend": "weekend",
})

var shortEnds = map[string]string{"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}

// stretchAt reads "this month", "next week", "end of next quarter", "eow".
func (p *parser) stretchAt(i, end int) (when, int) {
	if kind, ok := shortEnds[p.word(i)]; ok {
		return p.endOf(p.stretchOf(kind, 0)), 1
	}
	j, ends, by := i, false, 0
	if p.is(j, "the") && p.is(j+1, "end") {
		j++
	}
	if p.is(j, "end late") && (p.is(j+1, "of") || p.is(j, "late")) {
		ends = p.is(j, "end")
		j++
		if p.is(j, "of") {
			j++
		}
	} else if p.is(j, "later sometime early") {
		j++
	}
	said := ends
	switch {
	case p.is(j, "the") && ends:
		j++
	case p.is(j, "the") && p.is(j+1, "next coming"):
		return when{}, 0
	case p.is(j, "this the"):
		said, j = said || p.is(j, "this"), j+1
	case p.is(j, "next"):
		said, by, j = true, 1, j+1
	case p.is(j, "last previous past"):
		said, by, j = true, -1, j+1
	}
	kind, ok := stretches[p.word(j)]
	if !ok || j >= end || !said {
		return when{}, 0
	}
	w := p.stretchOf(kind, by)
	if ends {
		w = p.endOf(w)
	}
	return w, j + 1 - i
}

// stretchOf is the stretch that today is in, moved by so many.
func (p *parser) stretchOf(kind string, by int) when {
	y, m, _ := p.today.Date()
	w := when{stretch: kind}
	switch kind {
	case "week":
		w.from = p.today.Monday() + 7*store.Day(by)
		w.to = w.from + 6
	case "weekend":
		w.from = p.today.Monday() + 5 + 7*store.Day(by)
		w.to = w.from + 1
	case "month":
		w.from = store.Date(y, m+time.Month(by), 1)
		w.to = w.from.LastOfMonth()
	case "quarter":
		first := time.Month((int(m)-1)/3*3 + 1)
		w.from, w.to = store.Date(y, first+time.Month(3*by), 1), store.Date(y, first+time.Month(3*by+3), 1)-1
	case "year":
		w.from, w.to = store.Date(y+by, time.January, 1), store.Date(y+by, time.December, 31)
	}
	return w
}

// endOf is a stretch's last day; of a week, the last one worked.
func (p *parser) endOf(w when) when {
	return oneDay(p.lastDay(w))
}

func (p *parser) lastDay(w when) store.Day {
	if w.stretch != "week" {
		return w.to
	}
	for d := w.to; d >= max(w.from, p.today); d-- {
		if p.ctx.WorkDays.Has(d.Weekday()) {
			return d
		}
	}
	return w.to
}

// duration is a number of a unit: minute, hour, day, workday, week, month, year.
type duration struct {
	n    int
	unit string
}

var units = table(map[string]string{
	"m|min|mins|minute|minutes": "minute", "h|hr|hrs|hour|hours": "hour", "d|day|days": "day",
	"workdays|workday|weekdays": "workday", "w|wk|wks|week|weeks": "week", "month|months|mo|mos": "month",
	"y|yr|yrs|year|years": "year", "quarter|quarters": "quarter", "fortnight|fortnights": "fortnight",
})

var attachedUnit = regexp.MustCompile(`^(\d{1,4})([a-z]+)$`)

// durationAt reads "two weeks", "20 min", "2h", "half an hour", "an hour".
func (p *parser) durationAt(i, end int) (d duration, n int) {
	if m := attachedUnit.FindStringSubmatch(p.word(i)); m != nil && i < end {
		count, _ := strconv.Atoi(m[1])
		if unit, ok := units[m[2]]; ok {
			return duration{count, unit}.plain(), 1
		}
		return d, 0
	}
	if phrase, ok := p.phraseTo(i, i+3, end); ok && phrase == "half an hour" {
		return duration{30, "minute"}, 3
	}
	count, n := p.number(i, end)
	if n == 0 && p.is(i, "a an") {
		count, n = 1, 1
	}
	if n == 0 || i+n >= end {
		return d, 0
	}
	if p.is(i+n, "working business work") && p.is(i+n+1, "days day") && i+n+1 < end {
		return duration{count, "workday"}, n + 2
	}
	unit, ok := units[p.word(i+n)]
	if !ok {
		return d, 0
	}
	return duration{count, unit}.plain(), n + 1
}

// plain turns the rarer units into the common ones.
func (d duration) plain() duration {
	switch d.unit {
	case "fortnight":
		return duration{d.n * 2, "week"}
	case "quarter":
		return duration{d.n * 3, "month"}
	}
	return d
}

func (p *parser) phraseTo(i, j, end int) (string, bool) {
	if j > end || j > len(p.toks) {
		return "", false
	}
	return p.phrase(i, j)
}

// relative reads "in two weeks", "3 days ago", "a week from now".
func (p *parser) relative(i, end int, prep string) (when, int) {
	j, ahead := i, prep == "in" || prep == "by" && p.is(i-1, "within")
	if p.is(j, "next coming") && prep == "in" {
		j++
	}
	d, n := p.durationAt(j, end)
	if n == 0 {
		return when{}, 0
	}
	j += n
	switch {
	case j < end && p.is(j, "ago"):
		return p.after(duration{-d.n, d.unit}), j + 1 - i
	case j+1 < end && p.is(j, "from") && p.is(j+1, "now today"):
		return p.after(d), j + 2 - i
	case ahead && !(j < end && p.is(j, "time")):
		return p.after(d), j - i
	case ahead:
		return p.after(d), j + 1 - i
	}
	return when{}, 0
}

// after is today, or now, moved by a duration.
func (p *parser) after(d duration) when {
	if d.n > 5000 || d.n < -5000 {
		return when{from: p.today, to: p.today, trouble: &trouble{problem: TooFar, say: "That is too far away."}}
	}
	switch d.unit {
	case "minute", "hour":
		step := time.Minute
		if d.unit == "hour" {
			step = time.Hour
		}
		at := p.ctx.Now.Add(time.Duration(d.n) * step)
		if up := at.Truncate(time.Minute); up.Before(at) && d.n > 0 {
			at = up.Add(time.Minute)
		}
		w := oneDay(store.DayOf(at))
		w.at, w.clock = at.Truncate(time.Minute), store.ClockOf(at)
		return w
	case "day":
		return oneDay(p.today + store.Day(d.n))
	case "workday":
		return oneDay(p.workdaysAway(d.n))
	case "week":
		return oneDay(p.today + 7*store.Day(d.n))
	case "year":
		d.n *= 12
	}
	return oneDay(addMonths(p.today, d.n))
}

func (p *parser) workdaysAway(n int) store.Day {
	step, d := store.Day(1), p.today
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if d += step; p.ctx.WorkDays.Has(d.Weekday()) {
			n--
		}
	}
	return d
}

// addMonths keeps within the month it lands in: 31 January and one is 28 February.
func addMonths(d store.Day, n int) store.Day {
	y, m, day := d.Date()
	last := store.Date(y, m+time.Month(n), 1).LastOfMonth()
	return min(store.Date(y, m+time.Month(n), 1)+store.Day(day-1), last)
}

// small are the numbers people write as words.
var small = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20,
}

var digits = regexp.MustCompile(`^\d{1,7}$`)

// number reads a whole number at i: digits, a word up to twenty, dozens.
func (p *parser) number(i, end int) (v, n int) {
	if i >= end {
		return 0, 0
	}
	w := p.word(i)
	switch {
	case digits.MatchString(w):
		v, _ = strconv.Atoi(w)
		n = 1
	case small[w] > 0:
		v, n = small[w], 1
	case w == "dozen":
		return 12, 1
	case p.is(i, "a") && p.is(i+1, "dozen") && i+1 < end:
		return 12, 2
	case p.is(i, "a") && p.is(i+1, "couple") && i+1 < end:
		if n = 2; p.is(i+2, "of") && i+2 < end {
			n = 3
		}
		return 2, n
	}
	if n == 1 && i+1 < end && p.is(i+1, "dozen") && v < 10000 {
		return v * 12, 2
	}
	return v, n
}

func trimOrdinal(s string) string {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if cut, ok := strings.CutSuffix(s, suffix); ok {
			return cut
		}
	}
	return s
}
