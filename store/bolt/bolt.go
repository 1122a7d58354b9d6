package bolt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
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
	if err := errors.Join(ctx.Err(), s.usable()); err != nil {
		return cmp.Or(ctx.Err(), err)
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

// View implements store.Store. Ids that do asks for are provisional.
func (s *Store) View(ctx context.Context, now time.Time, owner store.Owner, do func(*store.Book) error) error {
	if now.IsZero() {
		now = s.cfg.Now()
	}
	return s.read(ctx, func(snap snapshot) error {
		return s.protect(func() error { return do(store.NewBook(owner, now, newRows(snap, owner))) })
	})
}

// Due implements store.Store. An owner whose agenda cannot be read stays due
// until it is replaced.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) (owners []store.Owner, err error) {
	err = s.read(ctx, func(snap snapshot) error {
		_, err := scan(snap, due, nil, func(k []byte, _ nothing) bool {
			in := keyReader{rest: k}
			if len(owners) >= limit || in.instant().After(now) {
				return false
			}
			owners = append(owners, in.owner())
			return true
		})
		return err
	})
	return owners, err
}

// NextDue implements store.Store.
func (s *Store) NextDue(ctx context.Context) (at time.Time, err error) {
	err = s.read(ctx, func(snap snapshot) error {
		_, err := scan(snap, due, nil, func(k []byte, _ nothing) bool {
			in := keyReader{rest: k}
			at = in.instant()
			return false
		})
		return err
	})
	return at, err
}

// Standings implements store.Store. It reads one row for each founder of the
// team and one for each founder and day on which they asked.
func (s *Store) Standings(ctx context.Context, team store.TeamID, from, to store.Day) (out store.Standings, err error) {
	counts := map[store.UserID]int{}
	err = s.read(ctx, func(snap snapshot) error {
		if err := snap.countAsks(team, from, to, counts); err != nil {
			return err
		}
		prefix := teamKey(team)
		_, err := scan(snap, members, prefix, func(k []byte, onBoard bool) bool {
			in := keyReader{rest: k[len(prefix):]}
			user := store.UserID(in.text())
			switch n := counts[user]; {
			case !onBoard:
				out.Off++
				out.OffAsks += n
			case n > 0:
				out.Named = append(out.Named, store.Standing{User: user, Asks: n})
			}
			return true
		})
		return err
	})
	slices.SortFunc(out.Named, func(a, b store.Standing) int {
		return cmp.Or(cmp.Compare(b.Asks, a.Asks), cmp.Compare(a.User, b.User))
	})
	store.Rank(out.Named)
	return out, err
}

// countAsks adds up a team's asks from one day to another, by user.
func (s snapshot) countAsks(team store.TeamID, from, to store.Day, counts map[store.UserID]int) error {
	prefix := slices.Clip(teamKey(team))
	start := prefix
	if from != 0 {
		start = prefix.day(from)
	}
	_, err := scanFrom(s, asks, start, prefix, func(k []byte, n int) bool {
		in := keyReader{rest: k[len(prefix):]}
		if day := in.day(); to != 0 && day > to {
			return false
		}
		counts[store.UserID(in.text())] += n
		return true
	})
	return err
}

// Export implements store.Store. The whole export is as of one moment.
func (s *Store) Export(ctx context.Context, each func(store.Record) error) error {
	bad := 0
	return s.read(ctx, func(snap snapshot) error {
		report := snap.report
		snap.report = func(err error) { bad++; report(err) }
		owners, err := snap.owners()
		if err != nil {
			return err
		}
		for _, owner := range owners {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := s.exportOwner(snap, owner, each); err != nil {
				return err
			}
		}
		if bad > 0 {
			return fmt.Errorf("%w: %d rows were left out", store.ErrDamaged, bad)
		}
		return nil
	})
}

func (s *Store) exportOwner(snap snapshot, owner store.Owner, each func(store.Record) error) error {
	return s.protect(func() error {
		records, err := store.NewBook(owner, s.cfg.Now(), newRows(snap, owner)).Records()
		if err != nil && !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrNoFounder) {
			return err
		}
		for _, record := range records {
			if err := each(record); err != nil {
				return err
			}
		}
		return nil
	})
}

// owners are all who have a row of their own, in the order of their keys. Of a
// founder whose row is damaged the rest is still found.
func (s snapshot) owners() (all []store.Owner, err error) {
	defer s.catch(&err, founders, nil)
	c := s.bucket(founders).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		in := keyReader{rest: k}
		if owner := in.owner(); in.ok() {
			all = append(all, owner)
		}
	}
	return all, nil
}

// read runs do in a read transaction on this goroutine. A fault while reading,
// as of a file cut short, is ErrDamaged and not the end of the process.
func (s *Store) read(ctx context.Context, do func(snapshot) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.usable(); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	tx, err := s.db.Begin(false)
	if errors.Is(err, bbolterrors.ErrDatabaseNotOpen) {
		return store.ErrShut
	}
	if err != nil {
		return fmt.Errorf("beginning to read: %w", err)
	}
	defer tx.Rollback()
	return do(snapshot{tx, s.report})
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
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("closing %s: %w", s.cfg.Path, err)
	}
	return nil
}
