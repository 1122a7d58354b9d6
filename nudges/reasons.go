package nudges

import (
	"cmp"
	"slices"

	"pitch/store"
)

// What a letter asks about no's without a reason.
const (
	reasonDays  = 14 // how many days after a no its reason may still be asked for
	reasonsADay = 2  // how many no's of one day are asked about: a third is left alone
	reasonsSaid = 3  // how many one letter asks about
)

// askReasons has a letter ask, for its plan or its recap, why some no's were no;
// the row then keeps which. Each is asked for once; a letter that was sent keeps
// to those it asked for, as far as they have no reason yet.
func askReasons(b *store.Book, l *Letter, row *store.Delivery) (err error) {
	var ask []Entry
	switch {
	case row.TS != "":
		ask, err = entries(b, row.Reasons)
	case l.Plan == nil && !unasked(b): // or it has asked
		ask, err = missingReasons(b)
		row.Reasons = nil
		for _, e := range ask {
			row.Reasons = append(row.Reasons, e.Activity.ID)
		}
	}
	if err != nil || len(ask) == 0 {
		return err
	}
	l.Reasons = append(l.Reasons, ask...)
	l.Likely, err = LikelyReasons(b)
	return err
}

// unasked reports whether a founder does not want to be asked for reasons.
func unasked(b *store.Book) bool {
	f, _ := b.Founder()
	until, muted := f.Coach.Muted[KindReason]
	return muted && b.Today() < until
}

// missingReasons are no's of the last days that no message has asked about, the
// oldest first. Of a day only its first two no's are asked about, whether or not
// the other has its reason: the third and later ones of a day are left alone, since
// a hard day is not the one to be questioned about. What matters is how many no's
// there were, not how many of them lack a reason.
func missingReasons(b *store.Book) (ask []Entry, err error) {
	since := b.Today() - reasonDays
	all, err := b.Activities(since-store.AnswerWindow, 0)
	if err != nil {
		return nil, err
	}
	nos := slices.DeleteFunc(all, func(a store.Activity) bool { return a.Outcome != store.Lost || a.AnsweredOn < since })
	if !slices.ContainsFunc(nos, func(a store.Activity) bool { return a.Reason == "" }) {
		return nil, nil
	}
	slices.SortFunc(nos, func(x, y store.Activity) int {
		return cmp.Or(cmp.Compare(x.AnsweredOn, y.AnsweredOn), cmp.Compare(x.ID, y.ID))
	})
	asked, err := askedReasons(b)
	if err != nil {
		return nil, err
	}
	var ids []store.ID
	ofDay := map[store.Day]int{}
	for _, a := range nos {
		ofDay[a.AnsweredOn]++
		if ofDay[a.AnsweredOn] <= reasonsADay && !asked[a.ID] {
			ids = append(ids, a.ID)
		}
	}
	ask, err = entries(b, ids)
	return ask[:min(len(ask), reasonsSaid)], err
}

// askedReasons are the no's whose reason a message that reached the founder, or
// may have, asked for.
func askedReasons(b *store.Book) (map[store.ID]bool, error) {
	all, err := b.Deliveries()
	asked := map[store.ID]bool{}
	for _, d := range all {
		if d.Status == store.Sent || d.Status == store.Uncertain || d.Status == store.Sending {
			for _, id := range d.Reasons {
				asked[id] = true
			}
		}
	}
	return asked, err
}

// entries are those of some no's that have no reason and may be asked about.
func entries(b *store.Book, ids []store.ID) (all []Entry, err error) {
	for _, id := range ids {
		a, err := b.Activity(id)
		if err == nil && (a.Outcome != store.Lost || a.Reason != "") {
			continue
		}
		var p store.Prospect
		if err == nil {
			p, err = b.Prospect(a.Prospect)
		}
		switch {
		case err != nil && gone(err) != nil:
			return nil, err
		case err == nil && !p.DoNotContact:
			all = append(all, Entry{a, p})
		}
	}
	return all, nil
}

// usualSince is how many days back a founder's usual reasons are looked for.
const usualSince = 180

// LikelyReasons are the reasons this founder hears most, then the usual ones;
// not among them are "other" and that nobody asked why.
func LikelyReasons(b *store.Book) ([]store.Reason, error) {
	past, err := b.Activities(b.Today()-usualSince, 0)
	if err != nil {
		return nil, err
	}
	heard := map[store.Reason]int{}
	for _, a := range past {
		heard[a.Reason]++
	}
	reasons := slices.DeleteFunc(store.Reasons(), func(r store.Reason) bool { return r == store.Unknown || r == store.OtherCause })
	slices.SortStableFunc(reasons, func(x, y store.Reason) int { return heard[y] - heard[x] })
	return reasons, nil
}
