package parse

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	clockLike = regexp.MustCompile(`^\d{1,2}[:.h]\d{2}(am|pm|a|p)?$|^(\d{1,2})(am|pm|h)$`)
	loneSpan  = regexp.MustCompile(`^\d{1,3}([.,]5)?(m|min|mins|h|hr|hrs|d|w|hours?|days?|weeks?)$`)
)

// otherZones are the abbreviations of zones that people put after a time.
const otherZones = "utc gmt cet cest est edt et cst cdt ct mst mdt mt pst pdt pt bst ist jst aest aedt eet eest wet msk sgt hkt"

// vagueTimes need a day.
const vagueTimes = "soon sometime someday eventually whenever later anytime"

// partsOfDay have no hour of their own; each with the two that may be meant.
var partsOfDay = map[string][2]string{
	"after lunch": {"13:00", "14:00"}, "before lunch": {"11:00", "12:00"}, "after work": {"17:00", "18:00"}, "before work": {"08:00", "09:00"},
	"after breakfast": {"09:00", "10:00"}, "after hours": {"17:00", "18:00"}, "at lunch": {"12:00", "13:00"}, "over lunch": {"12:00", "13:00"}, "end of business": {"17:00", "18:00"},
}

// unread looks for a date or a time that could not be read in the tokens [i,end),
// which fit nowhere. Nil where there is none: then they may be a name or a note.
func (p *parser) unread(i, end int) *trouble {
	for j := i; j < min(end, i+2*nameWords); j++ {
		before, k := p.stuck(j, end)
		if t := p.unreadAt(before, k, end); t != nil {
			return t
		}
	}
	return nil
}

// unreadPart is unread where nothing but the date stands in the part [i,end).
func (p *parser) unreadPart(i, end int) *trouble {
	before, k := p.stuck(i, end)
	return p.unreadAt(before, k, end)
}

// stuck is where reading details from i on ends, and where the last of them began.
func (p *parser) stuck(i, end int) (before, k int) {
	d := draft{}
	before, k = -1, i
	for k < end {
		n := p.dateItem(k, end, &d)
		if n == 0 {
			break
		}
		before, k = k, k+n
	}
	return before, k
}

// unreadAt judges the words at k, which a date that begins at before may precede.
func (p *parser) unreadAt(before, k, end int) *trouble {
	dangling := k
	for k < end && p.is(k, "on at by in before around due the next this for until till from") {
		k++
	}
	if k >= end {
		if dangling < end && (!p.capital(dangling) || p.allCapitals()) {
			return p.whenTrouble(dangling, end, p.someDays()...)
		}
		return nil
	}
	if before >= 0 {
		if t := p.afterADate(before, k, end); t != nil {
			return t
		}
	}
	if t := p.dayParts(dangling, end); t != nil {
		return t
	}
	return p.oddTime(dangling, k, end)
}

// afterADate judges what follows a date: another one, or a zone.
func (p *parser) afterADate(before, k, end int) *trouble {
	if p.is(k, otherZones) {
		t := p.whenTrouble(k, k+1, "")
		t.say = "Times are in your own zone; I can't reckon with " + strings.ToUpper(p.word(k)) + "."
		return t
	}
	next := k
	if p.is(k, "or /") {
		next++
	}
	w, n := p.date(next, end, p.direction())
	if n == 0 {
		return nil
	}
	first, second := p.cut(before, k), p.cut(next, next+n)
	if v, m := p.date(before, k, p.direction()); m > 0 && v.clock == "" && w.clock != "" && v.from != 0 {
		first += " " + string(w.clock)
	}
	return &trouble{problem: WhichDay, say: "Which of the two?", from: before, to: next + n, instead: []string{first, second}}
}

// dayParts asks for the hour of "after lunch".
func (p *parser) dayParts(k, end int) *trouble {
	for n := 3; n > 1; n-- {
		key, ok := p.phraseTo(k, k+n, end)
		if hours, part := partsOfDay[key]; ok && part {
			t := p.whenTrouble(k, k+n, "at "+hours[0], "at "+hours[1])
			t.say = "At what time is “" + key + "”?"
			return t
		}
	}
	return nil
}

// oddTime judges a word that has the look of a time, a span or a day and is none.
func (p *parser) oddTime(from, k, end int) *trouble {
	w := p.word(k)
	if p.is(k, otherZones) && p.promise && !p.capital(k) {
		return nil
	}
	if m := clockLike.FindStringSubmatch(w); m != nil && !loneSpan.MatchString(w) {
		if _, n := p.clock(k, end, true); n == 0 {
			t := p.whenTrouble(from, k+1, "")
			if h := atoi(m[2]); h > 12 && h < 24 {
				t.instead = []string{"at " + m[2] + ":00"}
			}
			t.say = "There is no such time as " + p.cut(k, k+1) + "."
			return t
		}
	}
	if loneSpan.MatchString(w) && from == k {
		return p.whenTrouble(k, k+1, "in "+w)
	}
	if a, b, ok := strings.Cut(w, "/"); ok {
		_, one := weekdayNames[a]
		if _, two := weekdayNames[b]; one && two {
			t := p.whenTrouble(from, k+1, a, b)
			t.problem, t.say = WhichDay, "Which of the two?"
			return t
		}
	}
	if p.is(k, vagueTimes) && (!p.capital(k) || p.allCapitals()) {
		return p.whenTrouble(from, k+1, p.someDays()...)
	}
	if day := p.slipForDay(k); day != "" {
		return p.whenTrouble(k, k+1, day)
	}
	return nil
}

// slipForDay is the day that a small word is a slip for, "" for none.
func (p *parser) slipForDay(k int) string {
	if p.capital(k) && !p.allCapitals() || len(p.word(k)) < 5 {
		return ""
	}
	day, _ := nearestWord(p.word(k), weekdayNames, func(time.Weekday) bool { return true })
	for _, name := range []string{"today", "tomorrow", "yesterday", "morning", "afternoon", "evening"} {
		if _, ok := closeTo(p.word(k), name); ok {
			day = name
		}
	}
	if len(day) < 5 {
		return ""
	}
	return day
}

// someDays are the days offered for a promise without one.
func (p *parser) someDays() []string {
	if !p.promise {
		return []string{"today", "yesterday"}
	}
	var days []string
	for _, c := range p.choices(Commit{}) {
		days = append(days, strings.ToLower(c.Label))
	}
	return days
}

func (p *parser) whenTrouble(from, to int, instead ...string) *trouble {
	return &trouble{problem: BadDate, say: "When? I couldn't read “" + p.cut(from, to) + "”.", from: from, to: to, instead: slices.Clone(instead)}
}

// badWhen is the answer to a date that could not be read; dates that were stay in
// every button.
func (p *parser) badWhen(t *trouble) *Unclear {
	u := p.troubled(t, nil)
	if p.promise {
		u.Form = CommitForm{}
	}
	return &u
}
