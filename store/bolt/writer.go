package bolt

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"

	"go.etcd.io/bbolt"

	"pitch/store"
)

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
	tx, err := s.begin(true)
	if err != nil {
		return finish(group, err)
	}
	defer s.rollback(tx)

	made := attempt{snap: snapshot{tx, s.report}, results: make([]error, len(group)), first: len(group)}
	for i, c := range group {
		if !c.begin() {
			continue
		}
		if err := s.make(c, i, &made); err != nil {
			c.finish(fmt.Errorf("writing a change: %w", err))
			return append(group[:i:i], group[i+1:]...)
		}
	}
	if made.first < len(group) {
		s.save(tx, &made)
	}
	for i, c := range group {
		c.finish(made.results[i])
	}
	return nil
}

// An attempt is a group of changes in the making.
type attempt struct {
	snap     snapshot
	results  []error
	first    int           // which change was the first to write something
	counters []store.Owner // whose ids were handed out
}

// make makes change i. It returns an error where writing failed half-way; what
// the change itself came to is among the results.
func (s *Store) make(c *change, i int, made *attempt) error {
	var w writes
	r := newRows(made.snap, c.owner)
	made.results[i] = s.run(r, c, &w)
	if r.handed && !r.forgotten {
		w.put(ids, r.key, r.last)
	}
	if r.handed || r.forgotten {
		made.counters = append(made.counters, c.owner)
	}
	if len(w.ops) == 0 {
		return nil
	}
	made.first = min(made.first, i)
	return w.make(made.snap)
}

// save commits an attempt. Where that fails, whoever came after the first write
// may have read what is not there now, so their own results mean nothing either.
func (s *Store) save(tx *bbolt.Tx, made *attempt) {
	if err := s.sync(tx); err != nil {
		for i := made.first; i < len(made.results); i++ {
			made.results[i] = err
		}
		return
	}
	for _, owner := range made.counters {
		delete(s.handed, owner)
	}
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
func (s *Store) sync(tx *bbolt.Tx) (err error) {
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
