package nudges

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"pitch/store"
)

const (
	// batch is how many due owners are asked for at a time.
	batch = 256
	// again is how long an owner is left alone after having been dealt with:
	// one whose book cannot be read is tried once a minute, like the clock.
	again = time.Minute
)

// tick is one Tick under way.
type tick struct {
	*Nudger
	// clock is the tick's time: what Tick was given, and what has passed since.
	clock func() time.Time
	seen  map[store.Owner]time.Time

	mu  sync.Mutex
	err error
}

// Tick deals with everything that is due at now, and with what becomes due until
// that is done: owners with the longest overdue alarm first, several at a time.
// A Tick that overlaps another waits for it. When ctx ends, what is being sent is
// finished and recorded, and the rest waits for the next Tick.
//
// It returns an error when the store cannot be asked what is due, or can take no
// changes. An owner whose alarms cannot be dealt with is logged, by id, and
// counted, and holds up nobody else.
func (n *Nudger) Tick(ctx context.Context, now time.Time) error {
	select {
	case n.ticking <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-n.ticking }()
	began := n.now()
	t := &tick{
		Nudger: n, seen: map[store.Owner]time.Time{},
		clock: func() time.Time { return now.Add(n.now().Sub(began)) },
	}
	owners, err := t.run(ctx)
	n.counters.Ticked(n.now().Sub(began), owners)
	return errors.Join(err, t.failure(), ctx.Err())
}

// run hands out due owners to workers until nobody is left.
func (t *tick) run(ctx context.Context) (owners int, err error) {
	var working sync.WaitGroup
	defer working.Wait()
	slots := make(chan struct{}, t.workers)
	for {
		due, err := t.due(ctx)
		if err != nil || len(due) == 0 {
			return owners, err
		}
		for _, owner := range due {
			slots <- struct{}{}
			if ctx.Err() != nil || t.failure() != nil {
				return owners, nil
			}
			t.seen[owner] = t.clock()
			owners++
			working.Go(func() {
				defer func() { <-slots }()
				if t.ready(ctx) == nil {
					t.owner(ctx, owner)
				}
			})
		}
	}
}

// ready waits until a message could go out: what has to wait is not claimed yet.
func (t *tick) ready(ctx context.Context) error {
	if pace, ok := t.messenger.(Pacer); ok {
		return pace.Ready(ctx)
	}
	return nil
}

// due lists owners who are due and have not just been dealt with.
func (t *tick) due(ctx context.Context) (due []store.Owner, err error) {
	now := t.clock()
	for owner, at := range t.seen {
		if now.Sub(at) >= again {
			delete(t.seen, owner)
		}
	}
	all, err := t.store.Due(ctx, now, batch+len(t.seen))
	for _, owner := range all {
		if _, just := t.seen[owner]; !just {
			due = append(due, owner)
		}
	}
	return due, err
}

// owner deals with one owner: claims what is due, sends and records it.
func (t *tick) owner(ctx context.Context, owner store.Owner) {
	defer func() {
		if p := recover(); p != nil {
			t.fail(ctx, owner, panicked(p))
		}
	}()
	var got claimed
	long := false
	err := t.store.Change(ctx, store.Cause{Now: t.clock()}, owner, guarded(func(b *store.Book) (err error) {
		got, err = takeDue(b)
		long = t.overdue(b, got.founder)
		return err
	}))
	if err != nil {
		t.fail(ctx, owner, err)
		return
	}
	t.count(got.ended)
	for _, m := range got.messages {
		if err := t.deliver(ctx, owner, m); err != nil {
			t.fail(ctx, owner, err)
		}
	}
	if !long {
		return
	}
	if err := t.forget(ctx, owner); err != nil {
		t.fail(ctx, owner, err)
	}
}

// guarded makes a panic in a change its error, so that nothing of it is saved.
func guarded(do func(*store.Book) error) func(*store.Book) error {
	return func(b *store.Book) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = panicked(p)
			}
		}()
		return do(b)
	}
}

// panicked is an error for a recovered panic. What was panicked with may hold a
// founder's words and is left out, unless it is the runtime's own.
func panicked(p any) error {
	if err, ok := p.(runtime.Error); ok {
		return fmt.Errorf("panic: %w\n%s", err, debug.Stack())
	}
	return fmt.Errorf("panic with %T\n%s", p, debug.Stack())
}

// fail notes that an owner could not be dealt with, and ends the tick where
// nobody could.
func (t *tick) fail(ctx context.Context, owner store.Owner, err error) {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return
	}
	t.counters.Failed()
	t.log.Error("nudges: could not deal with what is due", "team", owner.Team, "user", owner.User, "err", err)
	if beyondRepair(err) || errors.Is(err, store.ErrFull) {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.err == nil {
			t.err = err
		}
	}
}

// beyondRepair reports whether the store can no longer be relied on.
func beyondRepair(err error) bool {
	return errors.Is(err, store.ErrUnknownCommit) || errors.Is(err, store.ErrShut)
}

func (t *tick) failure() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

func (t *tick) count(reached []store.Delivery) {
	for _, d := range reached {
		t.counters.Delivered(d.Notice, d.Status)
	}
}
