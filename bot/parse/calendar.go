package parse

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"pitch/store"
)

var monthNames = table(map[string]time.Month{
	"january|jan": 1, "february|feb": 2, "march|mar": 3, "april|apr": 4, "may": 5, "june|jun": 6, "july|jul": 7,
	"august|aug": 8, "september|sep|sept": 9, "october|oct": 10, "november|nov": 11, "december|dec": 12,
})

var (
	isoDate    = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	dottedDate = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?$`)
	slashDate  = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?$`)
	ordinalDay = regexp.MustCompile(`^\d{1,2}(st|nd|rd|th)$`)
	dayNumber  = regexp.MustCompile(`^\d{1,2}(st|nd|rd|th)?$`)
	yearNumber = regexp.MustCompile(`^(19|20|21)\d\d$`)
	quarterOf  = regexp.MustCompile(`^q([1-4])$`)
)

// holidays are days people name, as month and day: 1225 is 25 December.
var holidays = table(map[string]int{
	"christmas|xmas|christmas day": 1225, "christmas eve|xmas eve": 1224, "boxing day": 1226, "new year's eve|new years eve|nye": 1231,
	"new year|new year's|new years|new year's day|new years day": 101, "valentine's day|valentines day": 214, "halloween": 1031,
})

// calendar reads a date of the calendar at i: 28 March, March 28th 2027, the
// 20th, 2026-12-01, 28.3.2027, in March, Q3.
func (p *parser) calendar(i, end int, dir direction, prep string) (when, int) {
	if w, n := p.numeric(i, end, dir); n > 0 {
		return w, n
	}
	if date, n := longest(p, i, end, holidays); n > 0 && !p.strict {
		return p.nearestDate(time.Month(date/100), date%100, dir), n
	}
	if w, n := p.dayAndMonth(i, end, dir); n > 0 {
		return w, n
	}
	if w, n := p.quarterAt(i, end, dir, prep); n > 0 {
		return w, n
	}
	if w, n := p.monthAt(i, end, dir, prep); n > 0 {
		return w, n
	}
	j := i
	if p.is(j, "the") {
		j++
	}
	if w := p.word(j); j < end && ordinalDay.MatchString(w) {
		day, _ := strconv.Atoi(trimOrdinal(w))
		return p.dayOfMonth(day, dir), j + 1 - i
	}
	return when{}, 0
}

// numeric reads dates in digits. 3/4 may be March or April: it is asked about.
func (p *parser) numeric(i, end int, dir direction) (when, int) {
	if i >= end || p.toks[i].shape != word {
		return when{}, 0
	}
	s := strings.Trim(p.cut(i, i+1), "()")
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return p.exact(atoi(m[1]), atoi(m[2]), atoi(m[3]), dir), 1
	}
	if m := dottedDate.FindStringSubmatch(s); m != nil {
		return p.exact(year(m[3]), atoi(m[2]), atoi(m[1]), dir), 1
	}
	m := slashDate.FindStringSubmatch(s)
	if m == nil || m[3] == "" && strings.Contains(s, "-") { // 9-10 is a time or a number
		return when{}, 0
	}
	a, b, y := atoi(m[1]), atoi(m[2]), year(m[3])
	if a > 12 || a == b {
		return p.exact(y, b, a, dir), 1
	}
	w := p.exact(y, a, b, dir)
	if other := p.exact(y, b, a, dir); b <= 12 && w.trouble == nil && other.trouble == nil {
		w.trouble = &trouble{problem: WhichDay, say: fmt.Sprintf("%s may be %s or %s.", s, other.from.Format("2 January"), w.from.Format("2 January")),
			instead: []string{"on " + other.from.String(), "on " + w.from.String()}}
	}
	return w, 1
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// year is a written year, 0 for none; two digits are of this century.
func year(s string) int {
	if len(s) == 2 {
		return 2000 + atoi(s)
	}
	return atoi(s)
}

// exact is that date; without a year (0) the nearest in the direction.
func (p *parser) exact(y, m, d int, dir direction) when {
	if y == 0 {
		return p.nearestDate(time.Month(m), d, dir)
	}
	if day, ok := civil(y, time.Month(m), d); ok && y >= 1971 {
		return oneDay(day)
	}
	return noSuchDay(fmt.Sprintf("%d-%02d-%02d", y, m, d))
}

func noSuchDay(s string) when {
	return when{from: 1, to: 1, trouble: &trouble{problem: BadDate, say: "There is no " + s + "."}}
}

// civil is the date, not ok where the month has no such day.
func civil(y int, m time.Month, d int) (store.Day, bool) {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	day := store.Date(y, m, d)
	_, month, _ := day.Date()
	return day, month == m
}

// nearestDate is the nearest such day that is today or lies in the direction;
// 29 February may be years away.
func (p *parser) nearestDate(m time.Month, d int, dir direction) when {
	y, _, _ := p.today.Date()
	for k := range 9 {
		day, ok := civil(y+k*int(dir), m, d)
		if ok && (day == p.today || (day > p.today) == (dir == forward)) {
			if ahead := p.nearerAhead(day, m, d); dir == back && ahead != 0 {
				return oneDay(ahead)
			}
			return oneDay(day)
		}
	}
	if m < 1 || m > 12 {
		return noSuchDay(fmt.Sprintf("month %d", m))
	}
	return noSuchDay(fmt.Sprintf("%d %s", d, m))
}

// A date without a year is not the last such day where that is longAgo and the
// next is soon, in days: "26 November" said on the 25th is tomorrow.
const (
	longAgo = 180
	soon    = 60
)

// nearerAhead is the next such day, where the last one is long ago, or 0. A log
// then says that it is still to come.
func (p *parser) nearerAhead(past store.Day, m time.Month, d int) store.Day {
	if p.today-past <= longAgo {
		return 0
	}
	y, _, _ := past.Date()
	ahead, ok := civil(y+1, m, d)
	if !ok || ahead-p.today > soon {
		return 0
	}
	return ahead
}

// dayOfMonth is "the 20th": of this month or the one beside it.
func (p *parser) dayOfMonth(d int, dir direction) when {
	y, m, _ := p.today.Date()
	for k := range 3 {
		day, ok := civilMonths(y, m, k*int(dir), d)
		if ok && (day == p.today || (day > p.today) == (dir == forward)) {
			return oneDay(day)
		}
	}
	return noSuchDay(strconv.Itoa(d) + "th")
}

func civilMonths(y int, m time.Month, by, d int) (store.Day, bool) {
	y, m, _ = store.Date(y, m+time.Month(by), 1).Date()
	return civil(y, m, d)
}

// dayAndMonth reads "28 March", "28th of March 2027", "March 28", "Mar 28th, 2027".
func (p *parser) dayAndMonth(i, end int, dir direction) (when, int) {
	j := i
	if p.is(j, "the") {
		j++
	}
	month, first := monthNames[p.word(j)]
	var d int
	switch {
	case j >= end:
		return when{}, 0
	case first && j+1 < end && dayNumber.MatchString(p.word(j+1)):
		d, j = atoi(trimOrdinal(p.word(j+1))), j+2
	case !first && dayNumber.MatchString(strings.TrimSuffix(p.word(j), ".")):
		d, j = atoi(trimOrdinal(p.word(j))), j+1
		if p.is(j, "of") {
			j++
		}
		if month = monthNames[p.word(j)]; month == 0 || j >= end {
			return when{}, 0
		}
		j++
	default:
		return when{}, 0
	}
	y, n := p.yearAt(j, end)
	return p.exact(y, int(month), d, dir), j + n - i
}

// yearAt reads a year at j; after a comma too, which parts "March 28, 2027".
func (p *parser) yearAt(j, end int) (y, n int) {
	if j == end && j+1 < len(p.toks) && p.toks[j].lower == "," && yearNumber.MatchString(p.word(j+1)) {
		return atoi(p.word(j + 1)), 2
	}
	if j < end && yearNumber.MatchString(p.word(j)) {
		return atoi(p.word(j)), 1
	}
	return 0, 0
}

// quarterAt reads "Q3" and "Q1 2027".
func (p *parser) quarterAt(i, end int, dir direction, prep string) (when, int) {
	m := quarterOf.FindStringSubmatch(p.word(i))
	if m == nil || i >= end {
		return when{}, 0
	}
	first := time.Month(3*atoi(m[1]) - 2)
	y, n := p.yearAt(i+1, end)
	w := p.nearestStretch("quarter", y, first, 3, dir, prep)
	return w, n + 1
}

// monthAt reads a month by itself. Months are names of people too, so it needs a
// word before it ("in May", "until March", "next June") or a year after it.
func (p *parser) monthAt(i, end int, dir direction, prep string) (when, int) {
	j, which := i, ""
	if p.is(j, "next last this early late mid") {
		which = p.word(j)
		j++
	}
	if which != "" && p.is(j, "in") {
		j++
	}
	month, ok := monthNames[p.word(j)]
	if !ok || j >= end {
		return when{}, 0
	}
	y, n := p.yearAt(j+1, end)
	if y == 0 && which == "" && (prep == "" || prep == "the" || prep == "at") {
		return when{}, 0
	}
	switch which {
	case "next":
		dir = forward
	case "last":
		dir = back
	}
	return p.nearestStretch("month", y, month, 1, dir, prep), j + n + 1 - i
}

// nearestStretch is so many months from first on. Without a year it is the
// nearest one in the direction, the present one too unless it is waited for.
func (p *parser) nearestStretch(kind string, y int, first time.Month, months int, dir direction, prep string) when {
	w := when{stretch: kind}
	set := func(y int) {
		w.from, w.to = store.Date(y, first, 1), store.Date(y, first+time.Month(months), 1)-1
	}
	if y != 0 {
		set(y)
		return w
	}
	y, _, _ = p.today.Date()
	waits := prep == "until" || prep == "by" || prep == "before" || prep == "after"
	switch set(y); {
	case dir == forward && (w.to < p.today || waits && w.from <= p.today):
		set(y + 1)
	case dir == back && w.from > p.today:
		set(y - 1)
	}
	return w
}
