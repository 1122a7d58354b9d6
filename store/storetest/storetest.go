// Package storetest is the conformance suite of store.Store: what every engine
// passes, told through the exported contract alone.
//
// Each test opens a store of its own and speaks as one or more founders. Times
// are given, never taken from the machine: the suite's week begins on Monday, 23
// November 2026.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/store"
)

// Test runs the suite. open returns a new, empty store; reopen closes a store and
// opens what it saved again. Both register what is to be cleaned up with t.
func Test(t *testing.T, open func(t *testing.T) store.Store, reopen func(t *testing.T, s store.Store) store.Store) {
	groups := map[string]map[string]func(*harness){
		"log": logTests(), "commit": commitTests(), "recur": recurTests(), "undo": undoTests(),
		"board": boardTests(), "engine": engineTests(), "schedule": scheduleTests(), "limits": limitTests(),
		"offers": offerTests(), "prospects": prospectTests(), "forget": forgetTests(), "totals": totalTests(),
		"partners": partnerTests(),
	}
	for group, tests := range groups {
		t.Run(group, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					test(&harness{T: t, Store: open(t), reopen: reopen, owner: ann, now: monday.at("09:00")})
				})
			}
		})
	}
}

// The people of the suite. Their ids are beginnings of one another, which an
// engine that joins them to keys must not trip over.
var (
	ann   = store.Owner{Team: "T1", User: "U1"}
	bob   = store.Owner{Team: "T1", User: "U11"}
	eve   = store.Owner{Team: "T11", User: "U1"}
	split = store.Owner{Team: "T", User: "1U1"}
)

// A day of the suite, in UTC.
type date store.Day

var (
	monday   = date(store.Date(2026, time.November, 23))
	thursday = monday + 3
	friday   = monday + 4
)

func (d date) at(c store.Clock) time.Time { return store.Day(d).At(c, time.UTC) }
func (d date) day() store.Day             { return store.Day(d) }

// A harness is a store, a founder who speaks, and the time at which they do.
type harness struct {
	*testing.T
	store.Store
	reopen func(*testing.T, store.Store) store.Store
	owner  store.Owner
	now    time.Time
}

// as is the harness with another founder speaking.
func (h *harness) as(o store.Owner) *harness {
	other := *h
	other.owner = o
	return &other
}

// on sets the time to a clock time of a day, in UTC.
func (h *harness) on(d date, c store.Clock) *harness {
	h.now = d.at(c)
	return h
}

func (h *harness) ctx() context.Context { return h.Context() }

// try makes a change.
func (h *harness) try(do func(*store.Book) error) error {
	return h.Change(h.ctx(), store.Cause{Now: h.now}, h.owner, do)
}

// do makes a change that has to succeed.
func (h *harness) do(do func(*store.Book) error) {
	h.Helper()
	if err := h.try(do); err != nil {
		h.Fatalf("change: %v", err)
	}
}

// refuse makes a change that has to fail with an error.
func (h *harness) refuse(want error, do func(*store.Book) error) {
	h.Helper()
	if err := h.try(do); !errors.Is(err, want) {
		h.Fatalf("change returned %v, want %v", err, want)
	}
}

// look reads.
func (h *harness) look(do func(*store.Book) error) {
	h.Helper()
	if err := h.View(h.ctx(), h.now, h.owner, do); err != nil {
		h.Fatalf("view: %v", err)
	}
}

// again closes the store and opens it.
func (h *harness) again() {
	h.Helper()
	h.Store = h.reopen(h.T, h.Store)
}

// join makes the founder, in a zone.
func (h *harness) join(zone string) {
	h.Helper()
	h.do(func(b *store.Book) error {
		_, err := b.Join(zone)
		return err
	})
}

// settings changes the founder.
func (h *harness) settings(change func(*store.Founder)) {
	h.Helper()
	h.do(func(b *store.Book) error {
		f, err := b.Join("UTC")
		if err != nil {
			return err
		}
		change(&f)
		return b.SetFounder(f)
	})
}

// log logs, as a step that can be undone.
func (h *harness) log(name string, a store.Activity) (l store.Logged) {
	h.Helper()
	h.do(func(b *store.Book) (err error) {
		if _, err := b.Describe("log " + name); err != nil {
			return err
		}
		l, err = b.Log(name, a)
		return err
	})
	return l
}

// commit promises, as a step that can be undone.
func (h *harness) commit(c store.Commitment) (made store.Commitment) {
	h.Helper()
	h.do(func(b *store.Book) (err error) {
		if _, err := b.Describe("commit"); err != nil {
			return err
		}
		made, err = b.Commit(c)
		return err
	})
	return made
}

// with changes a commitment by one of the book's methods.
func (h *harness) with(id store.ID, change func(*store.Book, store.ID) (store.Commitment, error)) (c store.Commitment) {
	h.Helper()
	h.do(func(b *store.Book) (err error) {
		if _, err := b.Describe("change"); err != nil {
			return err
		}
		c, err = change(b, id)
		return err
	})
	return c
}

// undo takes back the latest step.
func (h *harness) undo() (step store.Step) {
	h.Helper()
	h.do(func(b *store.Book) (err error) {
		step, err = b.Undo(0)
		return err
	})
	return step
}

func (h *harness) roll() {
	h.Helper()
	h.do((*store.Book).Roll)
}

// open are the open commitments.
func (h *harness) open() (open []store.Commitment) {
	h.Helper()
	return h.commitments(store.Open)
}

func (h *harness) commitments(status store.Status) (all []store.Commitment) {
	h.Helper()
	h.look(func(b *store.Book) (err error) {
		all, err = b.Commitments(status)
		return err
	})
	return all
}

// only is the one open commitment.
func (h *harness) only() store.Commitment {
	h.Helper()
	open := h.open()
	if len(open) != 1 {
		h.Fatalf("%d commitments are open, want 1: %+v", len(open), open)
	}
	return open[0]
}

func (h *harness) commitment(id store.ID) (c store.Commitment) {
	h.Helper()
	h.look(func(b *store.Book) (err error) {
		c, err = b.Commitment(id)
		return err
	})
	return c
}

// asked is how many asks the founder's team counts for them on the board.
func (h *harness) asked(from, to store.Day) (n int) {
	h.Helper()
	s := h.standings(from, to)
	for _, named := range s.Named {
		if named.User == h.owner.User {
			return named.Asks
		}
	}
	return 0
}

func (h *harness) standings(from, to store.Day) store.Standings {
	h.Helper()
	s, err := h.Standings(h.ctx(), h.owner.Team, from, to)
	if err != nil {
		h.Fatalf("standings: %v", err)
	}
	return s
}

// all is everything a book shows of an owner, for comparing.
func (h *harness) all() (everything snapshot) {
	h.Helper()
	h.look(func(b *store.Book) error {
		f, err := b.Founder()
		if err != nil && !errors.Is(err, store.ErrNoFounder) {
			return err
		}
		everything.Founder = f
		var errs [6]error
		everything.Prospects, errs[0] = b.Prospects()
		everything.Activities, errs[1] = b.Activities(0, 0)
		everything.Commitments, errs[2] = b.Commitments("")
		everything.Boards, errs[3] = b.ChannelBoards()
		everything.Deliveries, errs[4] = b.Deliveries()
		everything.Agenda, errs[5] = b.Agenda()
		return errors.Join(errs[:]...)
	})
	return everything
}

type snapshot struct {
	Founder     store.Founder
	Prospects   []store.Prospect
	Activities  []store.Activity
	Commitments []store.Commitment
	Boards      []store.ChannelBoard
	Deliveries  []store.Delivery
	Agenda      store.Agenda
}

// same compares what was got with what was wanted; empty lists are as good as
// none.
func (h *harness) same(what string, got, want any) {
	h.Helper()
	empty := cmp.FilterPath(func(p cmp.Path) bool {
		return p.Last().Type().Kind().String() == "slice"
	}, cmp.FilterValues(func(x, y any) bool { return fmt.Sprint(x) == "[]" && fmt.Sprint(y) == "[]" }, cmp.Ignore()))
	if diff := cmp.Diff(want, got, empty); diff != "" {
		h.Errorf("%s differs (-want +got):\n%s", what, diff)
	}
}
