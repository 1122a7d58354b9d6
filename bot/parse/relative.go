package parse

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"pitch/store"
)

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

// halves are the spans with half an hour in them.
var halves = table(map[string]int{"half an hour|half hour|a half hour": 30, "an hour and a half|one and a half hours|hour and a half": 90})

var halfUnit = regexp.MustCompile(`^(\d{1,2})[.,]5([a-z]*)$`)

// durationAt reads "two weeks", "20 min", "2h", "half an hour", "an hour".
func (p *parser) durationAt(i, end int) (d duration, n int) {
	if m := attachedUnit.FindStringSubmatch(p.word(i)); m != nil && i < end {
		count, _ := strconv.Atoi(m[1])
		if unit, ok := units[m[2]]; ok {
			return duration{count, unit}.plain(), 1
		}
		return d, 0
	}
	if m := halfUnit.FindStringSubmatch(p.word(i)); m != nil && i < end {
		unit, n := m[2], 1
		if unit == "" {
			unit, n = p.word(i+1), 2
		}
		if units[unit] == "hour" && i+n <= end {
			return duration{60*atoi(m[1]) + 30, "minute"}, n
		}
		return d, 0
	}
	if minutes, n := longest(p, i, end, halves); n > 0 {
		return duration{minutes, "minute"}, n
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
