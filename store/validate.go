package store

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The limits of what people type. Names are ours; the rest leave room for a
// whole record in one Slack section, which takes 3,000 characters.
const (
	MaxName     = 200
	MaxWords    = 2000
	MaxQuantity = 1_000_000_000
	MaxCount    = 100
	maxDaysOff  = 3 * 366
)

// Kinds are the kinds of activity, in the order people are shown them.
func Kinds() []Kind { return []Kind{Call, Email, Meeting, Demo, FollowUp, Ask} }

// Outcomes are the outcomes of an ask, in the order people are shown them.
func Outcomes() []Outcome { return []Outcome{Pending, Won, Lost, NoDecision, NotNow, Referred} }

// Reasons are the reasons of a no, in the order people are shown them.
func Reasons() []Reason {
	return []Reason{Price, Budget, Timing, Need, StatusQuo, Authority, ProductGap, Competitor, Trust, BuildIt, OtherCause, Unknown}
}

// Asks are what one can ask for, in the order people are shown them.
func Asks() []Asked { return []Asked{Order, Pilot, Deposit, NextStep, Referral, AskedNothing} }

// Relationships are how one can know a prospect.
func Relationships() []Relationship { return []Relationship{Warm, Intro, Inbound, Cold} }

// Validate checks a founder's settings.
func (f Founder) Validate() error {
	if _, err := LoadZone(f.Zone); err != nil {
		return err
	}
	for _, c := range []Clock{f.Morning, f.Recap} {
		if err := c.Validate(); err != nil {
			return err
		}
	}
	if !slices.Contains([]Reminders{"", EveryMorning, OnlyDue, NoReminders}, f.Reminders) {
		return invalid("no reminders %q", f.Reminders)
	}
	if err := f.Holidays.Validate(); err != nil {
		return err
	}
	for _, off := range f.DaysOff {
		if !validDays(off.From, off.To) {
			return errDay()
		}
		if off.From == 0 || off.To < off.From || off.To-off.From > maxDaysOff {
			return invalid("days off end after they begin, within three years")
		}
	}
	for _, goal := range []int{f.Goals.Asks, f.Goals.Calls, f.Goals.Nos} {
		if goal < 0 || goal > 10*MaxCount {
			return invalid("a weekly goal is a number up to %d", 10*MaxCount)
		}
	}
	return nil
}

// Validate checks a time of day; "" is valid.
func (c Clock) Validate() error {
	if c == "" {
		return nil
	}
	if parsed, err := ParseClock(string(c)); err != nil || parsed != c {
		return invalid("%q is not a time like 09:00", c)
	}
	return nil
}

// Off reports whether a day is one of the founder's days off, which the holidays
// of their country are if they want that.
func (f Founder) Off(day Day) bool {
	taken := slices.ContainsFunc(f.DaysOff, func(off DaysOff) bool { return off.From <= day && day <= off.To })
	if taken || f.Holidays == "" {
		return taken
	}
	_, holiday := f.Holidays.Holiday(day)
	return holiday
}

// Works reports whether a day is a working day and not off.
func (f Founder) Works(day Day) bool { return f.WorkDays.Has(day.Weekday()) && !f.Off(day) }

// Validate checks a prospect.
func (p Prospect) Validate() error {
	if err := validText("a name", p.Name, MaxName); err != nil {
		return err
	}
	if strings.TrimSpace(p.Name) == "" || p.Name != strings.TrimSpace(p.Name) {
		return invalid("a prospect has a name")
	}
	if p.Relationship != "" && !slices.Contains(Relationships(), p.Relationship) {
		return invalid("no relationship %q", p.Relationship)
	}
	if p.Buyer != "" && p.Buyer != Developer && p.Buyer != NonDeveloper {
		return invalid("no buyer %q", p.Buyer)
	}
	if !validDays(p.FollowUpOn) {
		return errDay()
	}
	return validText("a note", p.Note, MaxWords)
}

// Validate checks an activity.
func (a Activity) Validate() error {
	switch {
	case !slices.Contains(Kinds(), a.Kind):
		return invalid("no kind of activity %q", a.Kind)
	case a.Asked != "" && !slices.Contains(Asks(), a.Asked):
		return invalid("nobody asks for %q", a.Asked)
	case a.Kind == Ask && a.Asked == AskedNothing:
		return invalid("an ask asks for something")
	case a.Outcome != "" && !slices.Contains(Outcomes(), a.Outcome):
		return invalid("no outcome %q", a.Outcome)
	case a.Reason != "" && !slices.Contains(Reasons(), a.Reason):
		return invalid("no reason %q", a.Reason)
	case slices.ContainsFunc(a.Also, func(r Reason) bool { return !slices.Contains(Reasons(), r) || r == Unknown }):
		return invalid("no such further reasons %q", a.Also)
	case a.Quantity < 0 || a.Quantity > MaxQuantity:
		return invalid("a quantity is a number up to %d", MaxQuantity)
	case a.Prospect == 0:
		return invalid("an activity is with somebody")
	case !validDays(a.OccurredOn, a.AnsweredOn, a.Until):
		return errDay()
	}
	if err := a.validMoney(); err != nil {
		return err
	}
	for what, text := range map[string]string{"words": a.Words, "a change": a.Change, "a note": a.Note, "an offer": a.Offer} {
		if err := validText(what, text, MaxWords); err != nil {
			return err
		}
	}
	return nil
}

func (a Activity) validMoney() error {
	if a.Amount != "" {
		if d, err := ParseDecimal(string(a.Amount)); err != nil || d != a.Amount {
			return invalid("%q is not an amount", a.Amount)
		}
	}
	if a.Currency != "" && (len(a.Currency) != 3 || strings.ToUpper(a.Currency) != a.Currency) {
		return invalid("%q is not a currency like USD", a.Currency)
	}
	return nil
}

// Validate checks a commitment.
func (c Commitment) Validate() error {
	switch {
	case !slices.Contains(Kinds(), c.Kind):
		return invalid("no kind of activity %q", c.Kind)
	case c.Count < 1 || c.Count > MaxCount:
		return invalid("a commitment is to between 1 and %d", MaxCount)
	case c.Prospect != 0 && c.Count != 1:
		return invalid("a commitment is to a prospect or to a number")
	case !c.DueAt.IsZero() && c.DueOn == 0:
		return invalid("a due time has a day")
	case !validDays(c.From, c.DueOn) || !validTimes(c.DueAt, c.Snoozed):
		return errDay()
	}
	if err := c.At.Validate(); err != nil {
		return err
	}
	if err := c.Every.Validate(); err != nil {
		return err
	}
	if err := validText("what it is about", c.About, MaxWords); err != nil {
		return err
	}
	return validText("a sentence", c.Sentence, MaxWords)
}

// Validate checks a recurrence.
func (e Every) Validate() error {
	switch e {
	case Once, EachDay, EachWeekday, EachWeek, EachMonth:
		return nil
	}
	if w, err := ParseWeekdays(string(e)); err != nil || w == 0 {
		return invalid("nothing recurs every %q", e)
	}
	return nil
}

// Validate checks a mood.
func (m Mood) Validate() error {
	if m.Level < 1 || m.Level > 5 {
		return invalid("a mood is a number from 1 to 5")
	}
	return nil
}

// Validate checks a coach line.
func (l Line) Validate() error {
	if l.Kind == "" || l.Text == "" || l.Place == "" {
		return invalid("a line is of a kind, has a text and is read somewhere")
	}
	for _, fact := range l.Facts {
		if err := validText("a fact", fact, MaxWords); err != nil {
			return err
		}
	}
	return validText("a line", l.Said, MaxWords)
}

// Validate checks a version of the offer.
func (o Offer) Validate() error {
	if strings.TrimSpace(o.Name) == "" || !validDays(o.On) {
		return invalid("an offer has a name, and a day it is in force from")
	}
	return validText("an offer", o.Name, MaxName)
}

// Validate checks a channel's board.
func (c ChannelBoard) Validate() error {
	if c.Channel == "" || c.By == "" || c.Weekday < time.Sunday || c.Weekday > time.Saturday || c.At == "" {
		return invalid("a board is for a channel, by somebody, on a weekday at a time")
	}
	if _, err := LoadZone(c.Zone); err != nil {
		return err
	}
	return c.At.Validate()
}

// validDays reports whether days can be written with a year of four digits, as
// they are on disk.
func validDays(days ...Day) bool {
	first, last := Date(1, time.January, 1), Date(9999, time.December, 31)
	return !slices.ContainsFunc(days, func(d Day) bool { return d < first || d > last })
}

func validTimes(times ...time.Time) bool {
	for _, t := range times {
		if year := t.UTC().Year(); year < 1 || year > 9999 {
			return false
		}
	}
	return true
}

func errDay() error { return invalid("a day is in a year from 1 to 9999") }

func validText(what, s string, limit int) error {
	if !utf8.ValidString(s) {
		return invalid("%s is not text", what)
	}
	if n := utf8.RuneCountInString(s); n > limit {
		return invalid("%s has at most %d characters, this has %d", what, limit, n)
	}
	return nil
}
