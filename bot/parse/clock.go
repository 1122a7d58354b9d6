package parse

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"pitch/store"
)

var (
	fullClock = regexp.MustCompile(`^(\d{1,2})[:.h](\d{2})(am|pm|a\.m|p\.m|a|p)?$`)
	hourClock = regexp.MustCompile(`^(\d{1,2})(am|pm|a\.m|p\.m|a|p|h|hrs|o'clock)$`)
	bareHour  = regexp.MustCompile(`^\d{1,2}$`)
	timeRange = regexp.MustCompile(`^(\d{1,2}(?:[:.]\d{2})?)(am|pm|h)?[-–](\d{1,2}(?:[:.]\d{2})?)(am|pm|h)?$`)
)

// namedClocks are times of day by name.
var namedClocks = table(map[string]store.Clock{
	"noon|midday|lunchtime|12 noon":                                 "12:00",
	"morning|in the morning|first thing|first thing in the morning": "09:00",
	"afternoon|in the afternoon":                                    "15:00",
	"evening|in the evening|night|at night":                         "19:00",
	"midnight":                                                      "23:59",
})

// clock reads a time of day at i; bare says that a number alone is an hour, as
// after "at". Hours one to six without am or pm are of the afternoon: founders
// do not call at four in the morning.
func (p *parser) clock(i, end int, bare bool) (store.Clock, int) {
	if c, n := longest(p, i, end, namedClocks); n > 0 && (bare || n > 1 || !p.is(i, "morning afternoon evening night first")) {
		return c, n
	}
	if p.is(i, "between") && i+3 < end && p.is(i+2, "and") {
		if c, n := p.clock(i+1, i+2, true); n == 1 {
			if _, m := p.clock(i+3, end, true); m > 0 {
				return c, 3 + m
			}
		}
	}
	if c, n := p.pastTheHour(i, end); n > 0 {
		return c, n
	}
	s := p.word(i)
	if i >= end || s == "" {
		return "", 0
	}
	s = strings.TrimPrefix(s, "@")
	if ish, ok := strings.CutSuffix(s, "ish"); ok { // 3ish
		s = strings.TrimSuffix(ish, "-")
	}
	bare = bare || s != p.word(i)
	if m := timeRange.FindStringSubmatch(s); m != nil && (bare || m[2] != "" || m[4] != "" || strings.ContainsAny(m[1], ":.")) {
		half := m[2]
		if half == "" {
			half = m[4]
		}
		return p.clockFrom(m[1], half, 1)
	}
	n := 1
	half := ""
	if i+1 < end && p.is(i+1, "am pm a.m p.m o'clock oclock uhr") {
		half, n = p.word(i+1), 2
	}
	if h := small[s]; h > 0 && h <= 12 && (bare || n == 2) {
		s = fmt.Sprint(h)
	}
	switch m := hourClock.FindStringSubmatch(s); {
	case m != nil && n == 1 && (m[2] == "h" || m[2] == "hrs") && atoi(m[1]) < 7:
		return "", 0 // 2h is a duration
	case m != nil && n == 1:
		return p.clockFrom(m[1], m[2], 1)
	case fullClock.MatchString(s) && (!strings.Contains(s, ".") || bare || n == 2 || strings.HasSuffix(s, "m")):
		return p.clockFrom(s, half, n)
	case bareHour.MatchString(s) && (n == 2 || bare && p.endsClock(i+1, end)):
		return p.clockFrom(s, half, n)
	}
	return "", 0
}

// endsClock reports whether a bare hour may end before i: "at 9 seats" is no time.
func (p *parser) endsClock(i, end int) bool {
	if i >= end {
		return true
	}
	if p.is(i, "x × percent %") {
		return false
	}
	_, unit := unitNames[p.word(i)]
	_, money := moneyWords[p.word(i)]
	_, month := monthNames[p.word(i)]
	_, span := units[p.word(i)]
	return !unit && !money && !month && !span
}

// clockFrom is the time s with am, pm or neither; 0 tokens where there is none.
func (p *parser) clockFrom(s, half string, n int) (store.Clock, int) {
	minute := 0
	hour := s
	if m := fullClock.FindStringSubmatch(s); m != nil {
		hour, minute = m[1], atoi(m[2])
		if half == "" {
			half = m[3]
		}
	}
	h := atoi(hour)
	if half = strings.ReplaceAll(half, ".", ""); half == "a" || half == "p" {
		half += "m"
	}
	switch {
	case (half == "am" || half == "pm") && (h < 1 || h > 12):
		return "", 0
	case half == "am" && h == 12:
		h = 0
	case half == "pm" && h < 12:
		h += 12
	case half != "am" && half != "pm" && half != "h" && h >= 1 && h <= 6 && len(hour) == 1:
		h += 12
	}
	if h > 23 || minute > 59 {
		return "", 0
	}
	return store.Clock(fmt.Sprintf("%02d:%02d", h, minute)), n
}

// pastTheHour reads "half past nine" and "quarter to 10".
func (p *parser) pastTheHour(i, end int) (store.Clock, int) {
	j, by := i, 0
	if p.is(j, "a") {
		j++
	}
	switch {
	case p.is(j, "half") && p.is(j+1, "past"):
		by = 30
	case p.is(j, "quarter") && p.is(j+1, "past"):
		by = 15
	case p.is(j, "quarter") && p.is(j+1, "to"):
		by = -15
	default:
		return "", 0
	}
	c, n := p.clock(j+2, end, true)
	if n == 0 {
		return "", 0
	}
	t := time.Date(2000, 1, 1, 0, c.Minutes()+by, 0, 0, time.UTC)
	return store.ClockOf(t), j + 2 + n - i
}
