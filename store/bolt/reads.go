package bolt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"pitch/store"
)

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

// Totals implements store.Store. It reads every founder of the team, and what
// they logged on the days and a few after them.
func (s *Store) Totals(ctx context.Context, team store.TeamID, from, to store.Day) (out store.Totals, err error) {
	err = s.read(ctx, func(snap snapshot) error {
		var unread error
		_, err := scan(snap, founders, teamKey(team), func(_ []byte, f store.Founder) bool {
			var logged []store.Activity
			if logged, unread = newRows(snap, f.Owner).Activities(from, to+store.FollowedWithin); unread == nil {
				out.Add(f, logged, from, to)
				unread = ctx.Err()
			}
			return unread == nil
		})
		return errors.Join(err, unread)
	})
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
		if errors.Is(err, store.ErrDamaged) {
			snap.report(err)
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
	tx, err := s.begin(false)
	if err != nil {
		return err
	}
	defer s.rollback(tx)
	return do(snapshot{tx, s.report})
}
