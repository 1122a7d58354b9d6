package nudges

import (
	"slices"

	"pitch/store"
)

// MaxWeeks is the most weeks a report goes back: ten years.
const MaxWeeks = 520

// Report is what a founder's own log adds up to. Its weeks and what stands
// beside them cover the same days, From to Today; the offers and the odds rest
// on every ask there is.
type Report struct {
	From, Today store.Day
	Weeks       []Week // oldest first; the last one is under way
	Asks        int    // in these weeks, as the board counts them
	WeeksAsked  int    // how many of these weeks had an ask
	Rate        AskRate
	Outcomes    Tally          // of the asks made in these weeks
	Circles     Circles        // the same, by how the prospect was known
	Reasons     []ReasonCount  // of the no's answered in these weeks, the most frequent first
	Versions    []OfferVersion // of the offer, the current one last
	Compared    *Comparison    // nil where there is nothing before the current version
	Odds        Odds           // of all asks
	OddsSince   *Odds          // of those with the current version; nil where Compared is, or they are Odds
}

// Week is what an ISO week has seen.
type Week struct {
	Monday  store.Day
	Asks    int // as the board counts them
	Calls   int // whether or not they reached anybody
	Nos     int // answered in it, whenever they were asked for
	Partial bool
}

// Circles are what became of asks by how the founder knew the prospect. What is
// not known is in none of the others.
type Circles struct{ Warm, Intro, Inbound, Cold, Unknown Tally }

// Knew is the asks to everybody but strangers: known, introduced, or came by
// themselves.
func (c Circles) Knew() Tally { return c.Warm.Plus(c.Intro).Plus(c.Inbound) }

func (c *Circles) of(r store.Relationship) *Tally {
	switch r {
	case store.Warm:
		return &c.Warm
	case store.Intro:
		return &c.Intro
	case store.Inbound:
		return &c.Inbound
	case store.Cold:
		return &c.Cold
	}
	return &c.Unknown
}

// ReportOf is the report of a history as of today over so many ISO weeks, the
// one under way included. Zero weeks, or less, are all since the first activity;
// MaxWeeks is the most.
func ReportOf(h History, today store.Day, weeks int) Report {
	if weeks <= 0 {
		weeks = h.weeksUntil(today)
	}
	from, sunday := today.Monday()-7*store.Day(min(weeks, MaxWeeks)-1), today.Monday()+6
	r := Report{From: from, Today: today, Rate: h.askRate(from, sunday, today)}
	r.Weeks = h.weeks(from, sunday)
	for _, w := range r.Weeks {
		r.Asks += w.Asks
		if w.Asks > 0 {
			r.WeeksAsked++
		}
	}
	r.Circles = h.circles(from, sunday, today)
	r.Outcomes = r.Circles.Knew().Plus(r.Circles.Cold).Plus(r.Circles.Unknown)
	r.Reasons = reasonsOf(h.nos(from, sunday))
	r.Odds = OddsFrom(h.Activities, today)
	r.compare(h.versions(today))
	return r
}

func (r *Report) compare(versions []OfferVersion) {
	r.Versions = versions
	if last := len(versions) - 1; last > 0 {
		r.Compared = &Comparison{Before: versions[last-1], Now: versions[last]}
		if since := OddsOf(versions[last].Tally); since != r.Odds {
			r.OddsSince = &since
		}
	}
}

// weeksUntil is how many weeks there are from the first activity to today's.
func (h History) weeksUntil(today store.Day) int {
	first := today
	for i := range h.Activities {
		first = min(first, h.Activities[i].OccurredOn)
	}
	return int(today.Monday()-first.Monday())/7 + 1
}

// weeks are the weeks from a Monday to a Sunday, those without anything
// included.
func (h History) weeks(monday, sunday store.Day) []Week {
	all := make([]Week, (sunday-monday+1)/7)
	for i := range all {
		all[i] = Week{Monday: monday + 7*store.Day(i), Partial: i == len(all)-1}
	}
	asks := make([][]store.Activity, len(all))
	for i := range h.Activities {
		a := &h.Activities[i]
		if on := answeredOn(a); lost(a) && monday <= on && on <= sunday {
			all[(on-monday)/7].Nos++
		}
		if a.OccurredOn < monday || a.OccurredOn > sunday {
			continue
		}
		at := (a.OccurredOn - monday) / 7
		if a.Kind == store.Call {
			all[at].Calls++
		}
		if a.IsAsk() {
			asks[at] = append(asks[at], *a)
		}
	}
	for i := range all {
		all[i].Asks = store.CountedAsks(asks[i])
	}
	return all
}

// circles are what became of the asks made from one day to another.
func (h History) circles(from, to, today store.Day) (c Circles) {
	who := h.who()
	for i := range h.Activities {
		if a := &h.Activities[i]; from <= a.OccurredOn && a.OccurredOn <= to {
			c.of(who(a.Prospect).Relationship).count(a, today)
		}
	}
	return c
}

// Digest is what an ISO week has seen, for the founder to read at its end.
type Digest struct {
	Week    Week
	Rate    AskRate // of the week's conversations
	Nos     []No    // answered in it, newest first
	Reasons []ReasonCount
	Changes []string      // what the founder wrote they will change, in that order
	Offers  []store.Offer // named in it, the first first
}

// DigestOf is the digest of today's ISO week.
func DigestOf(h History, today store.Day) Digest {
	monday, sunday := today.Monday(), today.Monday()+6
	d := Digest{Week: h.weeks(monday, sunday)[0], Rate: h.askRate(monday, sunday, today), Nos: h.nos(monday, sunday)}
	d.Reasons = reasonsOf(d.Nos)
	said := map[string]bool{}
	for _, no := range slices.Backward(d.Nos) {
		if change := no.Activity.Change; change != "" && !said[store.Fold(change)] {
			said[store.Fold(change)] = true
			d.Changes = append(d.Changes, change)
		}
	}
	for _, o := range h.Offers {
		if monday <= o.On && o.On <= sunday {
			d.Offers = append(d.Offers, o)
		}
	}
	slices.SortStableFunc(d.Offers, byDay)
	return d
}
