package parse

import (
	"strings"
	"time"

	"pitch/store"
)

// recurrences are the phrases for how often that need no parts.
var recurrences = table(map[string]store.Every{
	"daily|every day|each day|a day|per day|/day|everyday|every single day":                                                                                                       store.EachDay,
	"every weekday|each weekday|weekdays|on weekdays|every workday|each workday|every working day|each working day|a weekday|per weekday|on workdays|workdays|every business day": store.EachWeekday,
	"weekly|every week|each week|a week|per week|/week|/wk":                                                                                                                       store.EachWeek,
	"monthly|every month|each month|a month|per month|/month|/mo":                                                                                                                 store.EachMonth,
	"every weekend|each weekend|on weekends|weekends":                                                                                                                             "saturday,sunday",
})

var unsupported = table(map[string]bool{
	"every other|every second|every third|every two|every 2|every 3|every three|every four|every 4|biweekly|bi-weekly|fortnightly|quarterly|every quarter|yearly|annually|every year|every hour|hourly": true,
})

// dayTimes are the parts of a day that recur: "every morning".
var dayTimes = map[string]store.Clock{"morning": "09:00", "afternoon": "15:00", "evening": "19:00"}

// everyAt reads how often something recurs.
func (p *parser) everyAt(i, end int) (every store.Every, clock store.Clock, t *trouble, n int) {
	if _, n := longest(p, i, end, unsupported); n > 0 {
		if i+n < end && p.is(i+n, "week weeks day days month months monday tuesday wednesday thursday friday saturday sunday weekday quarter hours") {
			n++
		}
		return store.EachWeek, "", &trouble{problem: BadRecurrence, say: "Pitch repeats daily, on working days, on named weekdays, weekly or monthly.",
			from: i, to: i + n, instead: []string{"every week", "every month"}}, n
	}
	if every, n := longest(p, i, end, recurrences); n > 0 {
		return every, "", nil, n
	}
	j, led := i, p.is(i, "every each")
	if led || p.is(i, "on") {
		j++
	}
	if c, ok := dayTimes[p.word(j)]; ok && led && j < end {
		return store.EachDay, c, nil, j + 1 - i
	}
	days, m := p.weekdayList(j, len(p.toks), led)
	if m == 0 {
		return "", "", nil, 0
	}
	return everyOf(days), "", nil, j + m - i
}

// everyOf is the recurrence on those days.
func everyOf(days store.Weekdays) store.Every {
	if days == store.EveryWeekday {
		return store.EachDay
	}
	return store.Every(days.String())
}

// weekdayList reads "Tue and Thu", "Mon/Wed/Fri", "Mondays". Without "every"
// before it each day must be a plural.
func (p *parser) weekdayList(i, end int, led bool) (days store.Weekdays, n int) {
	j := i
	for j < end {
		k := j
		if k > i && (p.is(k, "and &") || p.toks[k].shape == separator && p.toks[k].lower == ",") {
			k++
		}
		if k > i+1 && k < len(p.toks) && p.toks[k-1].lower == "," && p.is(k, "and") {
			k++
		}
		set, ok := p.weekdaySet(k, led)
		if !ok || k >= len(p.toks) {
			break
		}
		days |= set
		j = k + 1
	}
	return days, j - i
}

// weekdaySet reads one word of a list, which may be "Mon/Wed/Fri".
func (p *parser) weekdaySet(k int, led bool) (store.Weekdays, bool) {
	var days []time.Weekday
	if p.word(k) == "" {
		return 0, false
	}
	for name := range strings.SplitSeq(p.word(k), "/") {
		day, ok := weekdayNames[name]
		if !ok {
			var cut bool
			if name, cut = strings.CutSuffix(name, "s"); !cut || len(name) < 6 {
				return 0, false
			}
			if day, ok = weekdayNames[name]; !ok {
				return 0, false
			}
		} else if !led {
			return 0, false
		}
		days = append(days, day)
	}
	return store.WeekdaySet(days...), true
}
