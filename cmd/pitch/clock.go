package main

import (
	"context"
	"sync"
	"time"

	"pitch/store"
)

// movableClock runs as the real one does, ahead of it or behind by what it was
// set to. It implements localslack.Clock: time that is moved stops at each
// moment at which something is due, so that everything happens at its own time.
type movableClock struct {
	store  store.Store
	people []store.Owner
	// tick sends what is due, and settle waits until that has arrived.
	tick   func(ctx context.Context, now time.Time) error
	settle func(ctx context.Context) error

	mu    sync.Mutex
	ahead time.Duration
}

// Now is the time people see.
func (c *movableClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// set moves the clock forward to t; back it does not go.
func (c *movableClock) set(t time.Time) {
	if by := t.Sub(c.Now()); by > 0 {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.ahead += by
	}
}

// start puts the clock at t, wherever that is.
func (c *movableClock) start(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = time.Until(t)
}

// AdvanceTo moves the time forward to t and returns once it is t and what was
// due until then has happened.
func (c *movableClock) AdvanceTo(ctx context.Context, t time.Time) error {
	var last time.Time
	for {
		due, err := c.store.NextDue(ctx)
		if err != nil {
			return err
		}
		// What is still due after its own tick is not waited for again.
		if due.IsZero() || due.After(t) || due.Equal(last) {
			break
		}
		if err := c.stopAt(ctx, due); err != nil {
			return err
		}
		last = due
	}
	return c.stopAt(ctx, t)
}

func (c *movableClock) stopAt(ctx context.Context, t time.Time) error {
	c.set(t)
	if err := c.tick(ctx, c.Now()); err != nil {
		return err
	}
	return c.settle(ctx)
}

// Next is when somebody next receives something; false when nobody does.
func (c *movableClock) Next() (next time.Time, ok bool) {
	now := c.Now()
	for _, owner := range c.people {
		_ = c.store.View(context.Background(), now, owner, func(b *store.Book) error {
			agenda, err := b.Agenda()
			for _, a := range agenda.Alarms {
				if a.Notice != store.Roll && (!ok || a.At.Before(next)) {
					next, ok = a.At, true
				}
			}
			return err
		})
	}
	if next.Before(now) {
		next = now
	}
	return next, ok
}
