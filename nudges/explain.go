package nudges

import (
	"fmt"
	"slices"
	"time"

	"pitch/store"
)

// Explanation is what a line rested on, for its founder to read.
type Explanation struct {
	Said  string
	Facts []string // from the log, as it was then
	Rule  string   // "" of a kind that is no longer said
	Caps  []string // the bounds it was within; of one that was asked for, that
}

// Explain is what a line of the situation's founder rested on. The situation may
// be of any later day.
func Explain(l store.Line, s Situation) Explanation {
	e := Explanation{Said: l.Said, Facts: l.Facts}
	if k, ok := KindNamed(l.Kind); ok {
		e.Rule = k.of(l.Text).Rule
	}
	if l.Place == store.OnDemand {
		e.Caps = []string{"You asked for it, so it counts against no bound."}
		return e
	}
	e.Caps = newView(s.before(l)).caps()
	return e
}

// before is the situation as it was when a line was said, as far as it bears on
// how many were.
func (s Situation) before(l store.Line) Situation {
	after := func(t time.Time) bool { return t.After(l.At) }
	s.Today = l.Day
	s.Activities = slices.DeleteFunc(slices.Clone(s.Activities), func(a store.Activity) bool { return after(a.LoggedAt) })
	s.Moods = slices.DeleteFunc(slices.Clone(s.Moods), func(m store.Mood) bool { return after(m.At) })
	s.Lines = slices.DeleteFunc(slices.Clone(s.Lines), func(other store.Line) bool {
		return other.ID == l.ID || after(other.At) || other.At.Equal(l.At) && other.ID > l.ID
	})
	for i := range s.Lines {
		if after(s.Lines[i].AnsweredAt) {
			s.Lines[i].Answer = ""
		}
	}
	return s
}

// WhyNot is why Decide has no line, in sentences: what stops all of them, or what
// holds back those that the log calls for. It is empty where Decide has one.
func WhyNot(s Situation) []string {
	v := newView(s)
	if _, said := Decide(s); said {
		return nil
	}
	if why := v.silence(); why != "" {
		return []string{why}
	}
	if v.distress() {
		return []string{"You noted very low days. There is no coaching on such days."}
	}
	var all []string
	for _, k := range Kinds() {
		if k.plan == nil {
			continue
		}
		if _, ok := k.plan(v); ok {
			why := v.held(k)
			if why == "" {
				why = "You dropped all of its texts."
			}
			all = append(all, fmt.Sprintf("%s: %s", k.Label, why))
		}
	}
	if len(all) == 0 {
		all = []string{"Nothing in your log calls for a line today."}
	}
	return all
}
