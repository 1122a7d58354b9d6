package nudges

import (
	"cmp"
	"time"

	"pitch/store"
)

// round is one of the messages that come round by the calendar: the morning
// plan, the week's partner, the evening recap, the weekly digest.
type round struct {
	notice store.Notice
	key    func(store.Day) string
	// at is the time of day a founder gets it at, and whether they want it.
	at func(store.Founder) (store.Clock, bool)
	// on reports whether it comes on a day.
	on func(store.Founder, store.Day) bool
	// until is when that of a day is of no more use.
	until func(store.Founder, store.Day, *time.Location) time.Time
	// dealt is where an agenda keeps the last day that was dealt with, and after
	// the first day another can be for.
	dealt func(*store.Agenda) *store.Day
	after func(store.Day) store.Day
	// write adds it to a letter, unless it has nothing to say.
	write func(*store.Book, *Letter, *store.Delivery) (said bool, err error)
}

// rounds are all of them, in the order a letter has them in.
func rounds() []round { return []round{plans(), partners(), recaps(), digests()} }

func plans() round {
	return round{
		notice: store.MorningPlan, key: PlanKey,
		at: func(f store.Founder) (store.Clock, bool) {
			return morning(f), f.Reminders == store.EveryMorning
		},
		on: store.Founder.Works, until: planUntil,
		dealt: func(a *store.Agenda) *store.Day { return &a.Planned }, after: tomorrow,
		write: writePlan,
	}
}

// recaps are for whoever chose a time for them, unless they want no reminders.
func recaps() round {
	return round{
		notice: store.EveningRecap, key: func(day store.Day) string { return "recap/" + day.String() },
		at: func(f store.Founder) (store.Clock, bool) {
			return recap(f), f.Recap != "" && f.Reminders != store.NoReminders
		},
		on:    store.Founder.Works,
		until: func(_ store.Founder, day store.Day, loc *time.Location) time.Time { return (day + 1).At("00:00", loc) },
		dealt: func(a *store.Agenda) *store.Day { return &a.Recapped }, after: tomorrow,
		write: writeRecap,
	}
}

// digests come on the last day of an ISO week that a founder works.
func digests() round {
	return round{
		notice: store.WeeklyDigest, key: func(day store.Day) string { return "digest/" + day.ISOWeek() },
		at: func(f store.Founder) (store.Clock, bool) {
			return recap(f), f.Reminders == store.EveryMorning && f.Digest
		},
		on: func(f store.Founder, day store.Day) bool { return day == lastWorked(f, day) },
		until: func(f store.Founder, day store.Day, loc *time.Location) time.Time {
			return day.At(recap(f), loc).Add(DigestUseful)
		},
		dealt: func(a *store.Agenda) *store.Day { return &a.Digested },
		after: nextMonday,
		write: writeReview,
	}
}

func tomorrow(day store.Day) store.Day { return day + 1 }

func nextMonday(day store.Day) store.Day { return day.Monday() + 7 }

func morning(f store.Founder) store.Clock { return cmp.Or(f.Morning, store.DefaultMorning) }

func recap(f store.Founder) store.Clock { return cmp.Or(f.Recap, store.DefaultRecap) }

// lastWorked is the last day of a day's ISO week that a founder works, or 0.
func lastWorked(f store.Founder, day store.Day) store.Day {
	for d := day.Monday() + 6; d >= day.Monday(); d-- {
		if f.Works(d) {
			return d
		}
	}
	return 0
}

// firstWorked is the first such day, or 0.
func firstWorked(f store.Founder, day store.Day) store.Day {
	for d := day.Monday(); d <= day.Monday()+6; d++ {
		if f.Works(d) {
			return d
		}
	}
	return 0
}

// schedule is when a round is due, days off apart, and whether it is wanted.
func (r round) schedule(f store.Founder) (Schedule, bool) {
	at, wanted := r.at(f)
	if !wanted || f.Stopped || f.Gone {
		return Schedule{}, false
	}
	s, err := ParseSchedule(Weekly(f.WorkDays, at))
	return s, err == nil
}

// has reports whether a day has the round.
func (r round) has(f store.Founder, day store.Day) bool {
	_, wanted := r.schedule(f)
	return wanted && r.on(f, day)
}

// first is the first day from a day on with the round, or 0.
func (r round) first(f store.Founder, s Schedule, from store.Day) store.Day {
	day, _ := s.From(from)
	for day != 0 && !r.on(f, day) {
		day, _ = s.From(day + 1)
	}
	return day
}

// time is when a day's round is due.
func (r round) time(f store.Founder, day store.Day, loc *time.Location) time.Time {
	at, _ := r.at(f)
	return day.At(at, loc)
}

// round sets the alarm of the next one.
func (t *timetable) round(r round) {
	s, wanted := r.schedule(t.f)
	if !wanted {
		return
	}
	was, is := *r.dealt(&t.was), r.dealt(&t.is)
	from := t.b.Today()
	if was != 0 {
		from = max(from, r.after(was))
	}
	if a, ok := t.waiting(func(a store.Alarm) bool {
		return a.Notice == r.notice && (was == 0 || a.Day >= r.after(was)) && r.on(t.f, a.Day)
	}); ok {
		t.add(a)
		return
	}
	for day := r.first(t.f, s, from); day != 0; day = r.first(t.f, s, r.after(day)) {
		at := r.time(t.f, day, t.loc)
		if at.After(t.b.Now) {
			t.add(store.Alarm{
				At: at, Notice: r.notice, Occurrence: r.key(day), Day: day, Spec: s.String(), Zone: t.loc.String(),
			})
			return
		}
		*is = day
	}
}

// takeRound keeps the latest of a round that is over, if it is of use.
func (c *claim) takeRound(r round, row store.Delivery) error {
	s, wanted := r.schedule(c.f)
	for wanted && row.Status == "" {
		day := r.first(c.f, s, r.after(row.Day))
		at := r.time(c.f, day, c.loc)
		if day == 0 || at.After(c.b.Now) {
			break
		}
		if err := c.drop(row); err != nil {
			return err
		}
		row = store.Delivery{Occurrence: r.key(day), Notice: r.notice, Day: day, Intended: at}
	}
	dealt := r.dealt(&c.agenda)
	*dealt = max(*dealt, row.Day)
	if !wanted || !r.on(c.f, row.Day) || c.f.Off(c.b.Today()) || !c.b.Now.Before(r.until(c.f, row.Day, c.loc)) {
		return c.drop(row)
	}
	other, two := c.rounds[r.notice]
	if !two {
		c.rounds[r.notice] = row
		return nil
	}
	// Having moved zones, a founder can have two; the newer one says it all.
	if other.Day > row.Day {
		other, row = row, other
	}
	c.rounds[r.notice] = row
	return c.drop(other)
}

// planUntil is when a day's plan is of no more use: at recap time or, for those
// who plan their day later than that, when it ends.
func planUntil(f store.Founder, day store.Day, loc *time.Location) time.Time {
	if recap(f) <= morning(f) {
		return (day + 1).At("00:00", loc)
	}
	return day.At(recap(f), loc)
}
