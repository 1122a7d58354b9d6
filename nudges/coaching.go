package nudges

import (
	"slices"

	"pitch/store"
)

// situationDays is how many days of a log coach lines rest on at most.
const situationDays = 400

// SituationOf is what coach lines rest on, out of a founder's book.
func SituationOf(b *store.Book) (s Situation, err error) {
	s.Today, s.Location = b.Today(), b.Location()
	for _, read := range []func() error{
		func() (err error) { s.Founder, err = b.Founder(); return err },
		func() (err error) { s.Activities, err = b.Activities(s.Today-situationDays, 0); return err },
		func() (err error) { s.Prospects, err = b.Prospects(); return err },
		func() (err error) { s.Commitments, err = b.Commitments(store.Open); return err },
		func() (err error) { s.Offers, err = b.Offers(); return err },
		func() (err error) { s.Moods, err = b.Moods(); return err },
		func() (err error) { s.Lines, err = b.Lines(); return err },
		func() (err error) { s.AskedReasons, err = askedReasons(b); return err },
	} {
		if err := read(); err != nil {
			return s, err
		}
	}
	return s, nil
}

// Coach notes the line that Decide has for a book, as put to the founder in a
// place; ok is false where there is none.
func Coach(b *store.Book, place store.Place) (l store.Line, ok bool, err error) {
	return put(b, place, Decide)
}

// CoachReply is Coach for the reply to what was logged just now. A founder without
// mornings, who gets no plan that could carry it, reads the day's line there.
func CoachReply(b *store.Book, just store.Activity) (l store.Line, ok bool, err error) {
	return put(b, store.InReply, func(s Situation) (Decision, bool) {
		d, ok := DecideReply(s, just)
		if !ok && !plans().has(s.Founder, s.Today) {
			d, ok = DecideBeside(s, just)
		}
		return d, ok
	})
}

func put(b *store.Book, place store.Place, decide func(Situation) (Decision, bool)) (l store.Line, ok bool, err error) {
	f, err := b.Founder()
	if err != nil || !f.Coaching {
		return l, false, err
	}
	s, err := SituationOf(b)
	if err != nil {
		return l, false, err
	}
	d, ok := decide(s)
	if !ok {
		return l, false, nil
	}
	if d.Kind == KindTempo {
		f.Coach.FewerAsked = true
		if err := b.SetFounder(f); err != nil {
			return l, false, err
		}
	}
	l, err = b.Say(d.Line(place))
	return l, err == nil, err
}

// Offered are the labels of a line's buttons, the first of which does the thing,
// and of "never this kind".
func Offered(l store.Line) (buttons []string, never string) {
	k, ok := KindNamed(l.Kind)
	if !ok {
		return nil, never
	}
	return k.of(l.Text).Buttons, k.Never
}

// coachPlan has a plan carry at most one coach line, the last thing it says. A
// plan that is sent again, or was sent, keeps the line it has, as it stands. Asking
// for a reason may be that line: then it is asked for there alone.
func coachPlan(b *store.Book, letter *Letter, row *store.Delivery) error {
	l, ok, err := planLine(b, row)
	if err != nil || !ok {
		return err
	}
	if l, ok, err = Stands(b, l); err != nil || !ok {
		return err
	}
	letter.Line = &l
	if l.Kind != KindReason {
		return nil
	}
	letter.Reasons = slices.DeleteFunc(letter.Reasons, func(e Entry) bool { return e.Activity.ID == l.Activity })
	if !slices.Contains(row.Reasons, l.Activity) {
		row.Reasons = append(row.Reasons, l.Activity)
	}
	letter.Likely, err = LikelyReasons(b)
	return err
}

// planLine is the line of a plan, decided on when the plan is first written.
func planLine(b *store.Book, row *store.Delivery) (l store.Line, ok bool, err error) {
	switch {
	case row.Line != 0:
		l, err = b.Line(row.Line)
		return l, err == nil, gone(err)
	case row.TS == "":
		l, ok, err = Coach(b, store.InPlan)
		row.Line = l.ID
	}
	return l, ok, err
}
