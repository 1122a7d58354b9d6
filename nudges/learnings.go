package nudges

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pitch/store"
)

const (
	// LearningDays is how long each of the two periods is that are set side by
	// side: four weeks.
	LearningDays = 28
	// PercentAt is how many no's a period needs before shares of it are said.
	PercentAt = 10
	// RisingAt is how many no's a reason needs before it is said to be rising.
	RisingAt = 5
)

// Learnings are what a founder's no's say: the reasons of the last four weeks
// beside those of the four before, and the buyers' words.
type Learnings struct {
	Now, Before Period
	Reasons     []ReasonTrend // of both periods, the most frequent now first
	Words       []No          // those with words, a change or a note, newest first, of all times
	Unasked     []No          // those without a reason, newest first, of all times
	All         []No          // every no, newest first: what Search looks through
}

// Period is LearningDays days, both ends included.
type Period struct {
	From, To store.Day
	Nos      int
	Unasked  int // of these, without a reason
}

// Percent is the share of n in the period's no's, those without a reason
// included, rounded; false where there are fewer than PercentAt.
func (p Period) Percent(n int) (int, bool) {
	if p.Nos < PercentAt {
		return 0, false
	}
	return int(math.Round(100 * float64(n) / float64(p.Nos))), true
}

// ReasonTrend is how often a reason was given in either period.
type ReasonTrend struct {
	Reason      store.Reason
	Now, Before ByBuyer
}

// Rising reports whether a reason came up more often than in the period before,
// and often enough to be worth a word.
func (t ReasonTrend) Rising() bool {
	return t.Now.Total() > t.Before.Total() && t.Now.Total() >= RisingAt
}

// ByBuyer is how many no's came from whom.
type ByBuyer struct{ Developer, NonDeveloper, Unknown int }

// Total is all of them.
func (b ByBuyer) Total() int { return b.Developer + b.NonDeveloper + b.Unknown }

func (b *ByBuyer) count(buyer store.Buyer) {
	switch buyer {
	case store.Developer:
		b.Developer++
	case store.NonDeveloper:
		b.NonDeveloper++
	default:
		b.Unknown++
	}
}

// LearningsOf are the learnings of a history as of today. No's dated later, by a
// founder who flew west, are among today's.
func LearningsOf(h History, today store.Day) Learnings {
	l := Learnings{
		Now:    Period{From: today - LearningDays + 1, To: today},
		Before: Period{From: today - 2*LearningDays + 1, To: today - LearningDays},
		All:    h.nos(math.MinInt, math.MaxInt),
	}
	trends := map[store.Reason]*ReasonTrend{}
	for _, no := range l.All {
		l.add(no, trends)
	}
	for _, t := range trends {
		l.Reasons = append(l.Reasons, *t)
	}
	slices.SortFunc(l.Reasons, func(x, y ReasonTrend) int {
		return cmp.Or(cmp.Compare(y.Now.Total(), x.Now.Total()), cmp.Compare(y.Before.Total(), x.Before.Total()),
			byReason(x.Reason, y.Reason))
	})
	return l
}

func (l *Learnings) add(no No, trends map[store.Reason]*ReasonTrend) {
	a := no.Activity
	if a.Words != "" || a.Change != "" || a.Note != "" {
		l.Words = append(l.Words, no)
	}
	if a.Reason == "" {
		l.Unasked = append(l.Unasked, no)
	}
	period, counts := l.period(no.On)
	if period == nil {
		return
	}
	period.Nos++
	if a.Reason == "" {
		period.Unasked++
		return
	}
	if trends[a.Reason] == nil {
		trends[a.Reason] = &ReasonTrend{Reason: a.Reason}
	}
	counts(trends[a.Reason]).count(no.Prospect.Buyer)
}

// period is the period a day is in, or nil, and where a trend counts it.
func (l *Learnings) period(day store.Day) (*Period, func(*ReasonTrend) *ByBuyer) {
	switch {
	case day >= l.Now.From:
		return &l.Now, func(t *ReasonTrend) *ByBuyer { return &t.Now }
	case day >= l.Before.From:
		return &l.Before, func(t *ReasonTrend) *ByBuyer { return &t.Before }
	}
	return nil, nil
}

// Search is those of the no's, in their order, that have every word of the query
// in their words, reason, change, note or prospect's name, whatever its case and
// accents; a part of a word is enough. A reason is found by its stored value and
// by its label. A query of no words finds all.
func Search(nos []No, query string, labels map[store.Reason]string) []No {
	typed := strings.Fields(store.Fold(query))
	return slices.DeleteFunc(slices.Clone(nos), func(no No) bool {
		text := no.text(labels)
		return slices.ContainsFunc(typed, func(word string) bool { return !strings.Contains(text, word) })
	})
}

// WithReason is those of the no's, in their order, that have a reason as their
// first or among their further ones.
func WithReason(nos []No, reason store.Reason) []No {
	return slices.DeleteFunc(slices.Clone(nos), func(no No) bool {
		return no.Activity.Reason != reason && !slices.Contains(no.Activity.Also, reason)
	})
}

// text is what a no is found by, each part folded by itself.
func (n No) text(labels map[store.Reason]string) string {
	a := n.Activity
	parts := []string{a.Words, a.Change, a.Note, n.Prospect.Name}
	for _, reason := range append([]store.Reason{a.Reason}, a.Also...) {
		parts = append(parts, string(reason), labels[reason])
	}
	for i := range parts {
		parts[i] = store.Fold(parts[i])
	}
	return strings.Join(parts, "\n")
}
