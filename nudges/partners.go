package nudges

import (
	"errors"
	"time"

	"pitch/store"
)

// Partner is whom a letter introduces the founder to.
type Partner struct {
	Week string // the ISO week it is about
	Late bool
	// Pairing is theirs as it stands now; its zero value where they want no
	// partner any more.
	Pairing store.Pairing
}

// PartnerKey is the occurrence of the introduction of a day's ISO week.
func PartnerKey(day store.Day) string { return partnerKey(day.ISOWeek()) }

func partnerKey(week string) string { return "partner/" + week }

// partners introduce two founders to each other on the first day of an ISO week
// that each of them works. Wanting a partner is the yes to that message, whatever
// a founder chose for reminders.
func partners() round {
	return round{
		notice: store.WeeklyPartner, key: PartnerKey,
		at: func(f store.Founder) (store.Clock, bool) { return morning(f), f.Partner },
		on: func(f store.Founder, day store.Day) bool { return day == firstWorked(f, day) },
		until: func(f store.Founder, day store.Day, loc *time.Location) time.Time {
			return (lastWorked(f, day) + 1).At("00:00", loc)
		},
		dealt: func(a *store.Agenda) *store.Day { return &a.Introduced }, after: nextMonday,
		write: writePartner,
	}
}

// writePartner adds a week's introduction to a letter. The first to be told makes
// the pairs of the week; that there is nobody is said only beside a plan.
func writePartner(b *store.Book, l *Letter, row *store.Delivery) (said bool, err error) {
	week := row.Day.ISOWeek()
	if row.Status == "" {
		if err := makePairs(b, week); err != nil {
			return false, err
		}
	}
	p, err := b.Pairing(b.Owner.User)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return false, err
	}
	if row.TS == "" && !p.Meets(week) && (l.Plan == nil || p.Skip == week || p.Week != week) {
		return false, nil
	}
	l.Partner = &Partner{Week: week, Late: late(b, *row), Pairing: p}
	return true, nil
}

// makePairs pairs those of the team who have yet to be told of a week and are
// free. Who has been told stays as they are.
func makePairs(b *store.Book, week string) error {
	all, err := b.Pairings()
	if err != nil {
		return err
	}
	var untold []store.Pairing
	for _, p := range all {
		if p.Next != "" && p.Next <= week {
			untold = append(untold, p)
		}
	}
	for _, p := range Pair(week, untold) {
		b.SetPairing(p)
	}
	return nil
}

// partner keeps in the founder's pairing which week they are told of next: what
// those who make pairs know of each other. Who will not be told of the partner
// they have, as their week went by without, leaves that one free.
func (t *timetable) partner() error {
	if !t.f.Partner {
		return nil
	}
	p, err := t.b.Pairing(t.f.User)
	if err != nil {
		return gone(err)
	}
	next := ""
	for _, a := range t.is.Alarms {
		if a.Notice == store.WeeklyPartner {
			next = a.Day.ISOWeek()
		}
	}
	if next != p.Next {
		p.Next = next
		t.b.SetPairing(p)
	}
	if !p.Meets(p.Week) || next != "" && next <= p.Week {
		return nil
	}
	switch d, err := t.b.Delivery(partnerKey(p.Week)); {
	case errors.Is(err, store.ErrNotFound), err == nil && (d.Status == store.Dropped || d.Status == store.Refused):
		return t.b.Part()
	default:
		return gone(err)
	}
}
