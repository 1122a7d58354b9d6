package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pitch/bot/localslack"
	"pitch/nudges"
	"pitch/store"
)

// The demo begins in the middle of a story: three weeks in which a batch of
// founders have asked, been told no and why, kept promises and let some slip.
// It is written to the store as it would have come to be, each entry at its own
// time; the messages of the last days are sent by the bot itself, under a clock
// that is moved through them.

// colleagues are founders in the workspace one cannot be: most are on the board.
func colleagues() []localslack.User {
	return []localslack.User{
		{ID: "U0PRIYA", Name: "priya", RealName: "Priya Nair", TZ: "Europe/London"},
		{ID: "U0JONAS", Name: "jonas", RealName: "Jonas Weber", TZ: "Europe/Berlin"},
		{ID: "U0SAM", Name: "sam", RealName: "Sam Okafor", TZ: "America/New_York"},
		{ID: "U0LENA", Name: "lena", RealName: "Lena Fischer", TZ: "Europe/Vienna"},
	}
}

// lastBoard is when #sales had its board: the Friday before the start.
func lastBoard() time.Time { return time.Date(2026, time.November, 20, 15, 0, 0, 0, time.UTC) }

// lastSeen is when people last looked at their Slack: what came later is unread.
func lastSeen() time.Time { return time.Date(2026, time.November, 24, 16, 59, 0, 0, time.UTC) }

// tellStories fills a store nobody has used until shortly before the last board,
// and puts the clock there. It reports false for a store that somebody has used,
// which it leaves alone.
func tellStories(ctx context.Context, st store.Store, clock *movableClock) (told bool, err error) {
	used := errors.New("used")
	err = st.Export(ctx, func(store.Record) error { return used })
	if errors.Is(err, used) {
		return false, nil
	}
	for _, s := range stories() {
		err = errors.Join(err, s.begin(ctx, st), s.write(ctx, st, time.Time{}, lastBoard()))
	}
	clock.start(lastBoard().Add(-time.Minute))
	return err == nil, err
}

// playStories goes on from there to the start of the demo, with the bot sending
// what it sends.
func playStories(ctx context.Context, st store.Store, clock *movableClock) error {
	err := clock.AdvanceTo(ctx, lastBoard())
	for _, s := range stories() {
		err = errors.Join(err, s.write(ctx, st, lastBoard(), lastSeen()))
	}
	clock.set(lastSeen())
	return errors.Join(err, clock.AdvanceTo(ctx, demoStart()))
}

// story is what one founder did.
type story struct {
	user    localslack.User
	joined  string // the day, "2026-11-02", shortly before the first entry
	founder func(*store.Founder)
	board   bool // turned the channel's board on
	// known are prospects of whom more is known than a name.
	known   []store.Prospect
	entries []entry
	plans   []plan
	offers  []offer
	lines   []line
}

// entry is something that happened, at a founder's wall clock. One with a kind
// of "" answers the open ask.
type entry struct {
	day, at string // "2026-11-04", "10:30"
	who     string
	did     store.Activity
}

// plan is a promise, made at at on day and due on due; dueAt may be "".
type plan struct {
	day, at    string
	kind       store.Kind
	who        string
	count      int
	due, dueAt string
	every      store.Every
	sentence   string
}

// offer is a version of what is offered, named on a day.
type offer struct{ day, at, name string }

// line is a coach line of a morning's plan.
type line struct{ day, at, kind, text, said string }

func (s story) owner() store.Owner {
	return store.Owner{Team: demoTeam, User: store.UserID(s.user.ID)}
}

// wall is a moment on the founder's wall clock.
func (s story) wall(day, at string) (time.Time, error) {
	loc, err := store.LoadZone(s.user.TZ)
	if err != nil {
		return time.Time{}, err
	}
	return time.ParseInLocation("2006-01-02 15:04", day+" "+at, loc)
}

// begin makes the founder.
func (s story) begin(ctx context.Context, st store.Store) error {
	joined, err := s.wall(s.joined, "07:50")
	if err != nil {
		return err
	}
	return st.Change(ctx, store.Cause{Now: joined}, s.owner(), s.join)
}

func (s story) join(b *store.Book) error {
	f, err := b.Join(s.user.TZ)
	if err != nil {
		return err
	}
	f.BoardAsked, f.OnBoard, f.Reminders = true, true, store.NoReminders
	if s.founder != nil {
		s.founder(&f)
	}
	for _, p := range s.known {
		added, _, err := b.AddProspect(p.Name)
		if err != nil {
			return err
		}
		p.ID, p.AddedAt, p.Described = added.ID, added.AddedAt, true
		if err := b.SetProspect(p); err != nil {
			return err
		}
	}
	if s.board {
		at := store.ChannelBoard{Channel: demoChannel, Weekday: time.Friday, At: "16:00", Zone: s.user.TZ}
		if _, err := b.TurnOnBoard(at); err != nil {
			return err
		}
	}
	return b.SetFounder(f)
}

// write writes what happened from one moment on until another, in the order of
// time, and leaves the founder's reminders as they are at the end.
func (s story) write(ctx context.Context, st store.Store, from, until time.Time) error {
	change := func(at time.Time, do func(*store.Book) error) error {
		return st.Change(ctx, store.Cause{Now: at}, s.owner(), do)
	}
	for _, step := range s.steps() {
		at, err := s.wall(step.day, step.at)
		if err == nil && !at.Before(from) && at.Before(until) {
			err = change(at, step.do)
		}
		if err != nil {
			return fmt.Errorf("the story of %s, %s %s: %w", s.user.Name, step.day, step.at, err)
		}
	}
	return change(until.Add(-time.Minute), func(b *store.Book) error { return errors.Join(b.Roll(), nudges.Reschedule(b)) })
}

// step is an entry or a plan as it is written.
type step struct {
	day, at string
	do      func(*store.Book) error
}

func (s story) steps() []step {
	var out []step
	for _, e := range s.entries {
		out = append(out, step{e.day, e.at, e.log})
	}
	for _, p := range s.plans {
		out = append(out, step{p.day, p.at, p.commit})
	}
	for _, o := range s.offers {
		out = append(out, step{o.day, o.at, o.bring})
	}
	for _, l := range s.lines {
		out = append(out, step{l.day, l.at, l.put})
	}
	slices.SortStableFunc(out, func(a, b step) int { return strings.Compare(a.day+a.at, b.day+b.at) })
	return out
}

func (e entry) log(b *store.Book) error {
	if e.did.Kind == "" {
		_, err := b.Answer(e.who, e.did)
		return err
	}
	_, err := b.Log(e.who, e.did)
	return err
}

func (o offer) bring(b *store.Book) error {
	_, _, err := b.NameOffer(o.name)
	return err
}

func (l line) put(b *store.Book) error {
	_, err := b.Say(store.Line{Kind: l.kind, Text: l.text, Said: l.said, Place: store.InPlan})
	return err
}

func (p plan) commit(b *store.Book) error {
	c := store.Commitment{Kind: p.kind, Count: p.count, Every: p.every, Sentence: p.sentence}
	if p.who != "" {
		found, _, err := b.AddProspect(p.who)
		if err != nil {
			return err
		}
		c.Prospect = found.ID
	}
	if p.due != "" {
		day, err := store.ParseDay(p.due)
		if err != nil {
			return err
		}
		c.DueOn = day
	}
	if p.dueAt != "" {
		c.At = store.Clock(p.dueAt)
		c.DueAt = c.DueOn.At(c.At, b.Location())
	}
	_, err := b.Commit(c)
	return err
}
