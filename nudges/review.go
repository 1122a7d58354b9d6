package nudges

import (
	"slices"

	"pitch/store"
)

// Review is the weekly digest as a letter has it.
type Review struct {
	Day        store.Day // the last one the founder works in its week
	Late       bool
	Digest     Digest
	Week       Progress
	WeeksAsked int   // weeks with an ask, of all there are
	Odds       Odds  // of all asks
	Since      *Odds // of those since the offer changed; nil where it has not, or they are Odds
	Answered   bool  // whether an ask was answered in the week: odds have moved
	Open       int   // commitments due by that day that are open
	// AskMood is set for who is coached; Mood is what they said that day, 0 is not
	// yet.
	AskMood bool
	Mood    int
}

// writeReview adds a week's digest to a letter.
func writeReview(b *store.Book, l *Letter, row *store.Delivery) (said bool, err error) {
	h, err := Past(b)
	if err != nil {
		return false, err
	}
	f, err := b.Founder()
	if err != nil {
		return false, err
	}
	report := ReportOf(h, row.Day, 0)
	r := Review{
		Day: row.Day, Late: late(b, *row), Digest: DigestOf(h, row.Day),
		WeeksAsked: report.WeeksAsked, Odds: report.Odds, Since: report.OddsSince, AskMood: f.Coaching,
		Answered: h.answeredIn(row.Day.Monday()),
	}
	if r.Mood, err = moodOn(b, row.Day); err != nil {
		return false, err
	}
	w := r.Digest.Week
	r.Week = Progress{Asks: w.Asks, Calls: w.Calls, Nos: w.Nos, Goals: f.Goals}
	open, err := b.Commitments(store.Open)
	if err != nil {
		return false, err
	}
	for _, c := range open {
		if c.DueOn != 0 && c.DueOn <= row.Day && !item(b, c).Prospect.DoNotContact {
			r.Open++
		}
	}
	happened := h.during(w.Monday) || len(r.Digest.Nos)+len(r.Digest.Offers) > 0
	if row.TS == "" && !happened && r.Open == 0 {
		return false, nil
	}
	l.Review = &r
	return true, nil
}

// moodOn is the mood that was noted for a day, or 0.
func moodOn(b *store.Book, day store.Day) (int, error) {
	all, err := b.Moods()
	for _, m := range all {
		if m.Day == day {
			return m.Level, err
		}
	}
	return 0, err
}

// Past is all that a founder's reports are worked out from, out of their book.
func Past(b *store.Book) (h History, err error) {
	if h.Activities, err = b.Activities(0, 0); err != nil {
		return h, err
	}
	if h.Prospects, err = b.Prospects(); err != nil {
		return h, err
	}
	h.Offers, err = b.Offers()
	return h, err
}

// during reports whether anything was logged of the week that begins with a
// Monday.
func (h History) during(monday store.Day) bool {
	for i := range h.Activities {
		if on := h.Activities[i].OccurredOn; monday <= on && on <= monday+6 {
			return true
		}
	}
	return false
}

// answeredIn reports whether an ask was answered in the week that begins with a
// Monday.
func (h History) answeredIn(monday store.Day) bool {
	return slices.ContainsFunc(h.Activities, func(a store.Activity) bool {
		on := answeredOn(&a)
		return a.Outcome != "" && a.Outcome != store.Pending && monday <= on && on <= monday+6
	})
}
