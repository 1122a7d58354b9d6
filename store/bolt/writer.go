package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"pitch/store"
)

// groupSize bounds how many changes share a commit, and so how long the first of
// them waits for the others; queueSize bounds how many wait at all, after which
// callers wait to be let in.
const (
	groupSize = 256
	queueSize = 4 * groupSize
)

// A change waits in the queue until the writer begins it or its caller gives up,
// whichever is first.
type change struct {
	cause store.Cause
	owner store.Owner
	do    func(*store.Book) error

	state atomic.Int32
	err   error         // the result, once done is closed
	done  chan struct{} // closed when the result is known
}

const (
	waiting int32 = iota
	begun
	givenUp
)

func (c *change) begin() bool {
	return c.state.CompareAndSwap(waiting, begun) || c.state.Load() == begun
}
func (c *change) giveUp() bool { return c.state.CompareAndSwap(waiting, givenUp) }

func (c *change) finish(err error) {
	c.err = err
	close(c.done)
}

// A queue holds the changes that arrived while a commit was under way.
type queue struct {
	room chan struct{} // holds one token for each change in the queue
	wake chan struct{} // holds a token when the writer has something to look at
	shut chan struct{} // closed when nothing more is let in

	mu      sync.Mutex
	changes []*change
	closed  bool
}

func newQueue() *queue {
	return &queue{
		room: make(chan struct{}, queueSize),
		wake: make(chan struct{}, 1),
		shut: make(chan struct{}),
	}
}

func (q *queue) add(ctx context.Context, c *change) error {
	select {
	case q.room <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-q.shut:
		return store.ErrShut
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return store.ErrShut
	}
	q.changes = append(q.changes, c)
	q.nudge()
	return nil
}

func (q *queue) nudge() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// close lets nothing more in.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.shut)
		q.nudge()
	}
}

// take waits for changes and returns the next group, or nil when the queue is
// closed and empty.
func (q *queue) take() []*change {
	for {
		q.mu.Lock()
		n := min(len(q.changes), groupSize)
		group := q.changes[:n:n]
		if q.changes = q.changes[n:]; len(q.changes) == 0 {
			q.changes = nil
		}
		closed := q.closed
		q.mu.Unlock()
		for range n {
			<-q.room
		}
		if n > 0 || closed {
			return group
		}
		<-q.wake
	}
}

// write commits groups until the queue is closed. It starts with what there is
// and waits for no more: what arrives meanwhile is the next group, so a lone
// change costs one fsync and many share one.
func (s *Store) write() {
	var group []*change
	ended := false
	defer func() {
		if ended {
			close(s.written)
			return
		}
		// A do that called runtime.Goexit, as a test's Fatal does, ended this
		// goroutine. Its own change and those beside it did not happen.
		for _, c := range group {
			c.finish(errors.New("a change beside this one, or it, ended the writer's goroutine"))
		}
		go s.write()
	}()
	debug.SetPanicOnFault(true)
	for {
		if group = s.queue.take(); len(group) == 0 {
			ended = true
			return
		}
		for len(group) > 0 {
			group = s.commit(group)
		}
	}
}

// commit makes a group of changes in one transaction and tells each its result.
// It returns those to try again: all but one, when that one could not be written.
func (s *Store) commit(group []*change) (again []*change) {
	if err := s.usable(); err != nil {
		return finish(group, err)
	}
	tx, err := s.db.Begin(true)
	if err != nil {
		return finish(group, fmt.Errorf("beginning a commit: %w", err))
	}
	defer tx.Rollback()

	snap := snapshot{tx, s.report}
	results := make([]error, len(group))
	first := len(group) // the first change that wrote something
	var counters []store.Owner
	for i, c := range group {
		if !c.begin() {
			continue
		}
		var w writes
		r := newRows(snap, c.owner)
		results[i] = s.run(r, c, &w)
		if r.handed {
			w.put(ids, r.key, r.last)
			counters = append(counters, c.owner)
		}
		if len(w.ops) == 0 {
			continue
		}
		first = min(first, i)
		if err := w.make(snap); err != nil {
			c.finish(fmt.Errorf("writing a change: %w", err))
			return append(group[:i:i], group[i+1:]...)
		}
	}
	if first < len(group) {
		if err := s.sync(tx); err != nil {
			// Whoever came after the first write may have read what is not there
			// now, so their own results mean nothing either.
			for i := first; i < len(group); i++ {
				results[i] = err
			}
		} else {
			s.countersSaved(counters)
		}
	}
	for i, c := range group {
		c.finish(results[i])
	}
	return nil
}

func finish(group []*change, err error) []*change {
	for _, c := range group {
		c.finish(err)
	}
	return nil
}

// run makes one change in memory; what it wants written is in w, nothing where
// it returns an error.
func (s *Store) run(r *rows, c *change, w *writes) error {
	r.last = s.handed[c.owner]
	defer func() {
		if r.handed {
			s.handed[c.owner] = r.last
		}
	}()
	now := c.cause.Now
	if now.IsZero() {
		now = s.cfg.Now()
	}
	causes, err := r.causes(c.cause.Seen, now)
	if err != nil {
		return err
	}
	book := store.NewBook(c.owner, now, r)
	if err := s.protect(func() error { return c.do(book) }); err != nil {
		return err
	}
	var changes store.Changes
	err = s.protect(func() (err error) {
		changes, err = book.Changes()
		return err
	})
	if err != nil {
		return err
	}
	var planned writes
	if book.Changed() {
		r.plan(changes, &planned)
	}
	r.remember(causes, now, &planned)
	if planned.err == nil {
		*w = planned
	}
	return planned.err
}

// countersSaved forgets the ids handed out to owners whose counter is on disk.
func (s *Store) countersSaved(owners []store.Owner) {
	for _, o := range owners {
		delete(s.handed, o)
	}
}

// protect turns a panic in a caller's function into an error that is the
// caller's alone; the log has the stack.
func (s *Store) protect(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			s.cfg.Log.Error("panic in a store transaction", "panic", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic in a store transaction: %v", r)
		}
	}()
	return do()
}

// sync commits. On a full disk nothing has changed and the store goes on; after
// any other error nobody knows what is on disk, and the store is done for.
func (s *Store) sync(tx interface{ Commit() error }) (err error) {
	defer func() {
		if r := recover(); r != nil {
			s.cfg.Log.Error("panic in a commit", "panic", r, "stack", string(debug.Stack()))
			err = s.fail(fmt.Errorf("panic in a commit: %v", r))
		}
	}()
	err = tx.Commit()
	switch {
	case err == nil:
		return nil
	case isFull(err):
		s.cfg.Log.Error("the disk is full; nothing is saved until there is room", "path", s.cfg.Path, "err", err)
		return fmt.Errorf("%w: %v", store.ErrFull, err)
	}
	return s.fail(err)
}

// isFull reports whether a commit failed for want of room before anything that
// counts was written: while the file grew, or while pages not yet in use were
// written. A full disk that only fsync reports is not among these.
func isFull(err error) bool {
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		var path *os.PathError
		if errors.As(err, &path) && path.Op == "write" && errors.Is(path.Err, full) {
			return true
		}
		// bbolt wraps an error of growing the file as text.
		if text := err.Error(); strings.HasPrefix(text, "file resize error") && strings.Contains(text, full.Error()) {
			return true
		}
	}
	return false
}
