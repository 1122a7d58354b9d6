package nudges

import (
	"slices"

	"pitch/store"
)

// Stands is a line as it reads now; of one that asked for a reason, with that. What it proposes may have come about by other
// ways: it then has that for its answer. ok is false where it is not to be read
// any more: coaching is off, who it is about is gone or not to be contacted, or
// what it rests on was removed.
func Stands(b *store.Book, l store.Line) (_ store.Line, ok bool, err error) {
	f, err := b.Founder()
	if err != nil || !f.Coaching && l.Place != store.OnDemand || l.Said == "" { // blanked: it was about somebody deleted since
		return l, false, err
	}
	if l.Prospect != 0 {
		if p, err := b.Prospect(l.Prospect); err != nil || p.DoNotContact {
			return l, false, gone(err)
		}
	}
	if l.Activity == 0 {
		return l, true, nil
	}
	a, err := b.Activity(l.Activity)
	if err != nil {
		return l, false, gone(err)
	}
	if l.Kind == KindReason {
		l.Reason = a.Reason
	}
	if l.Answer == "" {
		l.Answer, err = overtaken(b, l, a)
	}
	return l, true, err
}

// overtaken is what has happened meanwhile to what a line is about, "" for
// nothing.
func overtaken(b *store.Book, l store.Line, a store.Activity) (string, error) {
	switch {
	case l.Kind == KindReason && (a.Reason != "" || a.Outcome != store.Lost):
		return "Noted", nil
	case l.Kind == KindHowMany && a.IsAsk() && a.Outcome != store.Pending:
		return "They answered", nil
	case l.Kind != KindAsk:
		return "", nil
	}
	with, err := b.ActivitiesWith(a.Prospect)
	if err != nil {
		return "", err
	}
	asked := func(x store.Activity) bool {
		return x.IsAsk() && x.OccurredOn >= a.OccurredOn && x.LoggedAt.After(l.At)
	}
	if slices.ContainsFunc(with, asked) {
		return "Asked", nil
	}
	open, err := b.Commitments(store.Open)
	if slices.ContainsFunc(open, func(c store.Commitment) bool { return c.After == a.ID }) {
		return "Planned", err
	}
	return "", err
}
