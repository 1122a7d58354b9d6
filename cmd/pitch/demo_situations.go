package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pitch/bot/localslack"
	"pitch/store"
)

// Each of the nine ideas that Pitch rests on has a situation in which the coach
// speaks of it. Pressing one gives Noor the weeks that lead there, counted back
// from her next working morning, and moves the clock to that morning's plan.

// noor is the founder kept for situations: what she has logged is replaced by
// each.
func noor() localslack.User {
	return localslack.User{ID: "U0NOOR", Name: "noor", RealName: "Noor Haddad", TZ: "Europe/Berlin"}
}

// situation is what led to a line of the coach: about is the idea it rests on,
// and told the weeks before in words.
type situation struct {
	name, about, told string
	tell              func(ago ago) story
}

// situationsDo is what pressing any of them does.
const situationsDo = "Press one: you become Noor, and the clock goes to her next working morning."

// ago is the day that lies so many of Noor's working days before the plan. On the
// last of them what happens after 09:00 may be still to come.
type ago func(workingDays int) string

// situations are those the page offers.
func situations(clock *movableClock) (out []localslack.Situation) {
	for _, s := range ideas() {
		out = append(out, localslack.Situation{
			Name: s.name, About: s.about, Told: s.told, User: noor().ID,
			Load: func(ctx context.Context) error { return s.load(ctx, clock) },
		})
	}
	return out
}

// load replaces Noor's book by the situation's and goes to the plan it leads to.
// No message of the weeks before is sent: she has no agenda in them.
func (s situation) load(ctx context.Context, clock *movableClock) error {
	now := clock.Now()
	told, morning, err := s.before(now)
	if err != nil {
		return err
	}
	err = clock.store.Change(ctx, store.Cause{Now: now}, told.owner(), func(b *store.Book) error {
		_, err := b.Forget()
		return err
	})
	if err != nil && !errors.Is(err, store.ErrNoFounder) {
		return fmt.Errorf("forgetting the last situation: %w", err)
	}
	// What is due is worked out a minute before the end: now, for today's plan may
	// have been due a moment ago.
	until := now.Add(time.Minute)
	if err := errors.Join(told.begin(ctx, clock.store), told.write(ctx, clock.store, time.Time{}, until)); err != nil {
		return err
	}
	return clock.AdvanceTo(ctx, morning)
}

// before is the story up to now, and the morning it leads to. Noor has been here
// for four weeks, and has something to do that day: a plan has more than a line.
func (s situation) before(now time.Time) (told story, morning time.Time, err error) {
	loc, err := store.LoadZone(noor().TZ)
	if err != nil {
		return told, morning, err
	}
	day := nextPlan(now, loc)
	told = s.tell(func(n int) string { return workingDaysBefore(day, n).String() })
	told.user, told.joined, told.founder = noor(), (day - 28).String(), coached
	told.plans = append(told.plans, plan{
		day: workingDaysBefore(day, 2).String(), at: "17:10", kind: store.FollowUp, who: "Kiosk am Ufer", due: day.String(),
	})
	return told, day.At(store.DefaultMorning, loc), nil
}

// coached is a founder with mornings and the coach, and nothing else.
func coached(f *store.Founder) {
	f.Reminders, f.RemindersAsked, f.OnBoard, f.Digest, f.Coaching = store.EveryMorning, true, false, false, true
}

// nextPlan is the next day whose morning plan is still to come.
func nextPlan(now time.Time, loc *time.Location) store.Day {
	day := store.DayOf(now.In(loc))
	for !store.MondayToFriday.Has(day.Weekday()) || !day.At(store.DefaultMorning, loc).After(now) {
		day++
	}
	return day
}

func workingDaysBefore(day store.Day, n int) store.Day {
	for n > 0 {
		day--
		if store.MondayToFriday.Has(day.Weekday()) {
			n--
		}
	}
	return day
}
