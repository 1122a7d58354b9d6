package bot

import (
	"context"

	"pitch/nudges"
	"pitch/store"
)

// homeLine is the line of the day where the Home shows it, as it stands: the one
// that was put to the founder already or, for who gets no plan that could carry it,
// a new one. Nothing is written where there is none: a Home is drawn anew after
// every change.
func (v *visit) homeLine(ctx context.Context) ([]part, error) {
	wanted := v.founder.Coaching && !v.isNew() && v.founder.Reminders != store.EveryMorning
	l, shown, stands := store.Line{}, false, false
	var likely []store.Reason
	err := v.view(ctx, func(b *store.Book) error {
		s, err := nudges.SituationOf(b)
		if err != nil {
			return err
		}
		for _, one := range s.Lines {
			if one.Day == s.Today && one.Place != store.OnDemand {
				l, shown = one, true
			}
		}
		if wanted && !shown {
			_, wanted = nudges.Decide(s)
		}
		if shown {
			if l, stands, err = nudges.Stands(b, l); err != nil {
				return err
			}
		}
		likely, err = nudges.LikelyReasons(b)
		return err
	})
	if err == nil && !shown && wanted {
		err = v.remember(ctx, func(b *store.Book) (err error) {
			l, stands, err = nudges.Coach(b, store.OnHome)
			return err
		})
	}
	if err != nil || !stands {
		return nil, err
	}
	return v.lineParts(l, likely), nil
}

// coach has the reply carry a line of the coach, if there is one to be said. In
// their first days founders read enough as it is.
func (l *logged) coach(v *visit, b *store.Book) error {
	if v.isNew() {
		return nil
	}
	line, ok, err := nudges.CoachReply(b, l.Activity)
	if ok {
		l.coached = line
	}
	return err
}

// coachedWith is the line that the reply to an activity came with, or the zero
// Line: the one that was noted as it was logged.
func coachedWith(b *store.Book, a store.Activity) (store.Line, error) {
	all, err := b.Lines()
	for _, l := range all {
		if l.Place == store.InReply && l.At.Equal(a.LoggedAt) {
			return l, err
		}
	}
	return store.Line{}, err
}
