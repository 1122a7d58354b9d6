package nudges

import (
	"fmt"
	"slices"
	"time"

	"pitch/store"
)

const (
	// LinesADay is how many lines count a day, wherever they are read.
	LinesADay = 1
	// FirstDays is how long after joining a founder is new.
	FirstDays = 14
	// LinesFirst is how many lines count in an ISO week for a new founder, and
	// LinesWeekly for everybody later.
	LinesFirst, LinesWeekly = 3, 4
	// KindAWeek is how many lines of one kind are said in an ISO week: otherwise
	// the first kinds of the catalogue leave the later ones no room.
	KindAWeek = 2
	// IgnoredSome lines ignored in a row leave two a week, IgnoredMany one, and
	// after IgnoredAll the coach sleeps until they return.
	IgnoredSome, IgnoredMany, IgnoredAll = 3, 6, 10
	// SilentDays without a log, an answer or a mood put the coach to sleep. Days
	// off do not count among them.
	SilentDays = 14
)

// pace is how much a founder wants to hear, as far as their own doing tells.
//
// A line counts unless it was asked for. It is heeded if one of its buttons was
// pressed, or if anything was logged after it until the end of the next working
// day, whatever it was: a line is a suggestion, and doing something else instead
// is an answer. Otherwise, once that time is over, it is ignored.
type pace struct {
	ignored int // lines in a row
	asleep  bool
	today   int // lines that count today
	week    int // lines that count in today's ISO week, today's included
	most    int // lines that may count in this week
	because string
}

func (v *view) paceOf() (p pace) {
	counted := slices.DeleteFunc(slices.Clone(v.lines), func(l *store.Line) bool { return l.Place == store.OnDemand })
	p.ignored, p.asleep = v.heed(counted)
	for _, l := range counted {
		if l.Day == v.Today {
			p.today++
		}
		if l.Day.Monday() == v.Today.Monday() {
			p.week++
		}
	}
	p.most, p.because = v.most(p.ignored)
	return p
}

// most is how many lines may count in a week, and why, in a sentence.
func (v *view) most(ignored int) (int, string) {
	switch {
	case v.Founder.Coach.Fewer:
		return 1, "One a week at most, as you chose."
	case ignored >= IgnoredMany:
		return 1, "One a week at most, since the last ones had no answer."
	case ignored >= IgnoredSome:
		return 2, "Two a week at most, since the last ones had no answer."
	case v.Today < v.day(v.Founder.Joined)+FirstDays:
		return LinesFirst, "Three a week at most in the first two weeks."
	}
	return LinesWeekly, "Four a week at most."
}

// heed is how many lines in a row were ignored, and whether the coach sleeps. It
// follows what was said and what the founder did, in order: who returns from a
// sleep is counted anew.
func (v *view) heed(lines []*store.Line) (ignored int, asleep bool) {
	logs := v.logs()
	signs := v.signs(logs)
	awake := v.Founder.Joined
	until := func(t time.Time) {
		for len(signs) > 0 && !signs[0].After(t) {
			if ignored >= IgnoredAll || v.silent(v.day(awake), v.day(signs[0])) {
				ignored = 0
			}
			awake, signs = signs[0], signs[1:]
		}
	}
	for _, l := range lines {
		until(l.At)
		switch heeded, over := v.heeded(l, logs); {
		case heeded:
			ignored = 0
		case over:
			ignored++
		}
	}
	if len(signs) > 0 {
		until(signs[len(signs)-1])
	}
	return ignored, ignored >= IgnoredAll || v.silent(v.day(awake), v.Today)
}

// logs are the times at which something was logged, in order.
func (v *view) logs() (all []time.Time) {
	for _, a := range v.did {
		if !a.LoggedAt.IsZero() {
			all = append(all, a.LoggedAt)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// signs are the times at which the founder was seen: logs, moods, and the buttons
// of lines.
func (v *view) signs(logs []time.Time) []time.Time {
	all := slices.Clone(logs)
	for _, m := range v.Moods {
		all = append(all, m.At)
	}
	for _, l := range v.lines {
		if l.Answer != "" {
			all = append(all, l.AnsweredAt)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// heeded reports whether a line was, and whether the time for that is over.
func (v *view) heeded(l *store.Line, logs []time.Time) (heeded, over bool) {
	next := l.Day + 1
	for !v.Founder.Works(next) && next < l.Day+lookBack && next < v.Today {
		next++
	}
	if l.Answer != "" {
		return true, true
	}
	after, _ := slices.BinarySearchFunc(logs, l.At, func(log, at time.Time) int {
		if log.After(at) {
			return 1
		}
		return -1
	})
	return after < len(logs) && v.day(logs[after]) <= next, v.Today > next
}

// silent reports whether there are SilentDays days after one up to another that
// are not days off.
func (v *view) silent(from, to store.Day) bool {
	if to-from < SilentDays {
		return false
	}
	days := 0
	for d := to; d > max(from, to-lookBack) && days < SilentDays; d-- {
		if !v.Founder.Off(d) {
			days++
		}
	}
	return days >= SilentDays
}

// silence is why no line is said today whatever the log says, in a sentence; ""
// if one may be.
func (v *view) silence() string {
	switch {
	case !v.Founder.Coaching:
		return "Coaching is off."
	case v.Founder.Stopped || v.Founder.Gone:
		return "Messages are stopped, and coach lines with them."
	case !v.Founder.Works(v.Today):
		return "Today is a day off."
	case v.pace.asleep:
		return "Coach lines are resting. They return when you log something."
	case v.pace.today >= LinesADay:
		return "One line a day at most, and today's has been said."
	case v.pace.week >= v.pace.most:
		return v.pace.because + " This week's have been said."
	}
	return ""
}

// caps are the bounds that the next line is within, in sentences.
func (v *view) caps() []string {
	return []string{fmt.Sprintf("One line a day at most; this is the %s of this week.", ordinal(v.pace.week+1)), v.pace.because}
}

func ordinal(n int) string {
	words := [...]string{"first", "second", "third", "fourth"}
	if n < 1 || n > len(words) {
		return fmt.Sprintf("number %d", n)
	}
	return words[n-1]
}
