package bolt

import (
	"context"
	"sync"
	"sync/atomic"

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
