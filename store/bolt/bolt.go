package bolt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"pitch/store"
)

// Config says where the store is and whom to tell about it.
type Config struct {
	// Path is the file; it is made if it is not there. Required.
	Path string
	// Log takes what an operator should know. Nil discards it.
	Log *slog.Logger
	// OnDamage is called once for each damaged row met, with an error that is
	// store.ErrDamaged and names the row's key, and once for a damaged meta page.
	// It may be called from several goroutines. Nil: damage is logged only.
	OnDamage func(error)
	// LockWait is how long Open waits for another process to let go of the file.
	// Zero is 1.5 seconds; negative is not at all.
	LockWait time.Duration
	// Now is the clock for changes that do not name their time. Nil is time.Now.
	Now func() time.Time
}

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if c.LockWait == 0 {
		c.LockWait = 1500 * time.Millisecond
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// Store is a store.Store in one bbolt file. It is safe for use by many
// goroutines; a function given to Change, View or Export must not call it.
type Store struct {
	cfg   Config
	db    *bbolt.DB
	queue *queue

	jammed  atomic.Bool              // bbolt holds its locks for good
	written chan struct{}            // closed when the writer has ended
	handed  map[store.Owner]store.ID // ids handed out and not saved; the writer's

	mu       sync.Mutex
	broken   error // why nothing is possible any more
	failed   chan struct{}
	reported map[string]bool // damage that has been reported
}

var _ store.Store = (*Store)(nil)

func newStore(cfg Config, db *bbolt.DB) *Store {
	s := &Store{
		cfg: cfg, db: db, queue: newQueue(),
		written: make(chan struct{}), handed: map[store.Owner]store.ID{},
		failed: make(chan struct{}), reported: map[string]bool{},
	}
	go s.write()
	return s
}

// Failed is closed when a commit failed in a way that leaves what is on disk
// unknown. From then on everything returns store.ErrUnknownCommit; the process
// should end and start anew.
func (s *Store) Failed() <-chan struct{} { return s.failed }

// Change implements store.Store. A change whose ctx ends while it waits in the
// queue is not made; one that has begun is completed.
func (s *Store) Change(ctx context.Context, cause store.Cause, owner store.Owner, do func(*store.Book) error) error {
	if err := cmp.Or(ctx.Err(), s.usable()); err != nil {
		return err
	}
	c := &change{cause: cause, owner: owner, do: do, done: make(chan struct{})}
	if err := s.queue.add(ctx, c); err != nil {
		return err
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		if c.giveUp() {
			return ctx.Err()
		}
		<-c.done
	}
	return c.err
}

// begin begins a transaction. bbolt panics in it where the meta pages are gone,
// and rollback panics where the list of free pages is; either leaves bbolt's
// locks held, so that nothing can follow.
func (s *Store) begin(writable bool) (tx *bbolt.Tx, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = s.jam(r)
		}
	}()
	tx, err = s.db.Begin(writable)
	if errors.Is(err, bbolterrors.ErrDatabaseNotOpen) {
		return nil, store.ErrShut
	}
	if err != nil {
		return nil, fmt.Errorf("beginning a transaction: %w", err)
	}
	return tx, nil
}

// rollback ends a transaction that is not committed; of one that is it does
// nothing.
func (s *Store) rollback(tx *bbolt.Tx) {
	defer func() {
		if r := recover(); r != nil {
			s.jam(r)
		}
	}()
	_ = tx.Rollback()
}

// jam shuts a store whose bbolt holds its locks for good.
func (s *Store) jam(cause any) error {
	s.jammed.Store(true)
	return s.fail(fmt.Errorf("the file cannot be read: %v", cause))
}

// usable reports why nothing is possible any more, if so.
func (s *Store) usable() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken
}

// fail makes the store refuse everything from now on.
func (s *Store) fail(cause error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken == nil {
		s.broken = fmt.Errorf("%w: %v", store.ErrUnknownCommit, cause)
		close(s.failed)
		s.cfg.Log.Error("the disk failed while saving; the store is shut", "path", s.cfg.Path, "err", cause)
	}
	return s.broken
}

// reportedMost bounds what is remembered of damage: beyond it, rows are reported
// each time they are met.
const reportedMost = 10_000

// report tells of a damaged row, once.
func (s *Store) report(err error) {
	s.mu.Lock()
	known := s.reported[err.Error()]
	if !known && len(s.reported) < reportedMost {
		s.reported[err.Error()] = true
	}
	s.mu.Unlock()
	if known {
		return
	}
	s.cfg.Log.Error("damage in the store", "path", s.cfg.Path, "err", err)
	if s.cfg.OnDamage != nil {
		s.cfg.OnDamage(err)
	}
}

// Close finishes the changes in the queue and the reads under way, and closes the
// file. Everything after it returns store.ErrShut. Closing again does nothing.
func (s *Store) Close() error {
	s.queue.close()
	<-s.written
	if s.jammed.Load() {
		return fmt.Errorf("closing %s: %w", s.cfg.Path, s.usable())
	}
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("closing %s: %w", s.cfg.Path, err)
	}
	return nil
}
