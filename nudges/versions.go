package nudges

import (
	"cmp"
	"fmt"
	"slices"

	"pitch/store"
)

// OfferVersion is what became of the asks made with a version of the offer.
type OfferVersion struct {
	Name  string    // "" is before any offer was named
	Since store.Day // in force from; 0 before any
	Tally Tally
}

// versions are the versions of the offer that something was asked with, and the
// current one, which comes last. An ask belongs to the version whose name it
// carries; where a name was in force more than once, to the run its day is in, and
// of a day on which two of them began, to the one it was logged in.
func (h History) versions(today store.Day) []OfferVersion {
	offers := slices.Clone(h.Offers)
	slices.SortStableFunc(offers, byDay)
	runs := make([]OfferVersion, 0, len(offers)+1)
	named := map[string][]int{} // the runs with a name, the first first
	add := func(name string, since store.Day) int {
		runs = append(runs, OfferVersion{Name: name, Since: since})
		named[name] = append(named[name], len(runs)-1)
		return len(runs) - 1
	}
	for _, o := range offers {
		add(o.Name, o.On)
	}
	for i := range h.Activities {
		a := &h.Activities[i]
		if !a.IsAsk() {
			continue
		}
		at := runOf(runs, offers, named[a.Offer], a)
		if at < 0 {
			at = add(a.Offer, a.OccurredOn)
		}
		runs[at].Tally.count(a, today)
		if at >= len(offers) {
			runs[at].Since = min(runs[at].Since, a.OccurredOn)
		}
	}
	return inOrder(runs, len(offers))
}

// runOf is the last of a name's runs that was in force when an ask was made or,
// for what was logged before its day's version was named, the first; -1 if there
// is none. Runs past the founder's own offers are of names that came with an ask.
func runOf(runs []OfferVersion, offers []store.Offer, named []int, a *store.Activity) int {
	for _, at := range slices.Backward(named) {
		since := runs[at].Since
		begun := since < a.OccurredOn || since == a.OccurredOn && (at >= len(offers) || !a.LoggedAt.Before(offers[at].At))
		if begun {
			return at
		}
	}
	if len(named) > 0 {
		return named[0]
	}
	return -1
}

// inOrder sorts runs of which the first so many are named by the founder, the
// last of those being the current one, and drops what nothing was asked with.
func inOrder(runs []OfferVersion, named int) []OfferVersion {
	last := max(named-1, 0)
	rest := slices.Concat(runs[:last], runs[named:])
	rest = slices.DeleteFunc(rest, func(v OfferVersion) bool { return v.Tally.Asks() == 0 })
	for i := range rest {
		if rest[i].Name == "" {
			rest[i].Since = 0
		}
	}
	slices.SortStableFunc(rest, bySince)
	return append(rest, runs[last:named]...)
}

func bySince(x, y OfferVersion) int { return cmp.Compare(x.Since, y.Since) }

func byDay(x, y store.Offer) int { return cmp.Compare(x.On, y.On) }

// TellableAt is how many answers a version needs before two are set side by
// side.
const TellableAt = 10

// Comparison is the current version of the offer beside the one before.
type Comparison struct{ Before, Now OfferVersion }

// TooFew reports whether there are too few answers on either side to tell the
// versions apart.
func (c Comparison) TooFew() bool {
	return min(c.Before.Tally.Answered(), c.Now.Tally.Answered()) < TellableAt
}

// InWords says the counts of both, and nothing about what brought them about.
// It names neither version.
func (c Comparison) InWords() string {
	counts := "Before the change of offer: " + inCounts(c.Before.Tally) + ". Since: " + inCounts(c.Now.Tally) + "."
	if c.TooFew() {
		return "Too few answers to tell. " + counts
	}
	return counts + " These are counts: they don't say why, and other things may have changed too."
}

func inCounts(t Tally) string {
	answers := fmt.Sprintf("%d answers", t.Answered())
	if t.Answered() == 1 {
		answers = "1 answer"
	}
	out := fmt.Sprintf("%s, %d of them yes", answers, t.Won)
	switch {
	case t.Answered() == 0:
		out = "no answers"
	case t.Won == 0:
		out = answers + ", none of them yes"
	}
	if t.Open() > 0 {
		out += fmt.Sprintf(", %d still open", t.Open())
	}
	return out
}
