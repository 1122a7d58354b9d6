package bolt

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pitch/store"
)

// BenchmarkChange guards that commands stay fast alone and together: logging an
// ask, durably, by 1, 16 and 128 founders at once. Beside it runs plain bbolt,
// writing as many keys and bytes without reading or deciding anything.
//
//	changes/s   what the engine does
//	x-Update    that over what db.Update does; alone it may be somewhat below 1
//	            (the rules cost something), with many it must be far above
//	x-Batch     that over what db.Batch with its 10 ms does; alone it must be far
//	            above 1, since nobody waits for company; with many, near 1 or more
//
// Read the ratios and not the rates: both sides wait for the same disk.
func BenchmarkChange(b *testing.B) {
	for _, writers := range []int{1, 16, 128} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s := fresh(b)
			ours := rate(b, writers, func(writer, i int) error { return askOnce(s, writer, i) })
			ops := sample(b, s)
			update := rate(b, writers, plain(b, ops, (*bbolt.DB).Update))
			batch := rate(b, writers, plain(b, ops, (*bbolt.DB).Batch))
			b.ReportMetric(ours, "changes/s")
			b.ReportMetric(ours/update, "x-Update")
			b.ReportMetric(ours/batch, "x-Batch")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// askOnce logs an ask as the bot does: a cause, a step to undo, five a day.
func askOnce(s *Store, writer, i int) error {
	cause := store.Cause{Seen: []string{fmt.Sprint(writer, "/", i)}, Now: noon.AddDate(0, 0, i/5)}
	owner := store.Owner{Team: "T1", User: store.UserID(fmt.Sprint("U", writer))}
	return s.Change(context.Background(), cause, owner, func(b *store.Book) error {
		if _, err := b.Describe("log ask Acme, 10 seats"); err != nil {
			return err
		}
		if _, err := b.Join("UTC"); err != nil {
			return err
		}
		_, err := b.Log(fmt.Sprint("Acme ", i%5), store.Activity{Kind: store.Ask, Quantity: 10})
		return err
	})
}

// rate is how many times a second do is done, by some at once, b.N in all.
func rate(b *testing.B, writers int, do func(writer, i int) error) float64 {
	b.Helper()
	var next atomic.Int64
	var wg sync.WaitGroup
	start := time.Now()
	for w := range writers {
		wg.Go(func() {
			for i := 0; next.Add(1) <= int64(b.N); i++ {
				if err := do(w, i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return float64(b.N) / time.Since(start).Seconds()
}

// sample is what one more ask of a founder writes.
func sample(b *testing.B, s *Store) (ops []op) {
	b.Helper()
	err := s.read(context.Background(), func(snap snapshot) error {
		r := newRows(snap, store.Owner{Team: "T1", User: "U0"})
		book := store.NewBook(r.owner, noon.AddDate(5, 0, 0), r)
		if _, err := book.Describe("log ask Acme, 10 seats"); err != nil {
			return err
		}
		if _, err := book.Log("Acme 0", store.Activity{Kind: store.Ask, Quantity: 10}); err != nil {
			return err
		}
		changes, err := book.Changes()
		var w writes
		r.plan(changes, &w)
		r.remember([]string{causeKey("sample")}, book.Now, &w)
		w.put(ids, r.key, r.last)
		ops = w.ops
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return ops
}

// plain writes the same keys and values to a bbolt file of its own, told apart by
// writer and number.
func plain(b *testing.B, ops []op, commit func(*bbolt.DB, func(*bbolt.Tx) error) error) func(writer, i int) error {
	b.Helper()
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "plain.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, InitialMmapSize: initialMap()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if err := db.Update(func(tx *bbolt.Tx) error { return lay(tx, noon) }); err != nil {
		b.Fatal(err)
	}
	return func(writer, i int) error {
		return commit(db, func(tx *bbolt.Tx) error {
			for _, o := range ops {
				if o.value == nil {
					continue
				}
				k := slices.Clone(o.key).id(store.ID(writer)).id(store.ID(i))
				if err := tx.Bucket([]byte(o.table.name)).Put(k, o.value); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// many is a store of 10,000 founders of one team, half of them on the board, each
// with a week's asks and an alarm; ten of the alarms ring at noon.
func many(b *testing.B) *Store {
	b.Helper()
	s := fresh(b)
	var wg sync.WaitGroup
	const writers = 250
	for w := range writers {
		wg.Go(func() {
			for i := w; i < founderCount; i += writers {
				if err := s.Change(context.Background(), store.Cause{Now: noon}, store.Owner{Team: "T1", User: store.UserID(fmt.Sprint("U", i))}, settle(i)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	return s
}

const founderCount = 10_000

func settle(i int) func(*store.Book) error {
	return func(b *store.Book) error {
		f, err := b.Join("UTC")
		if err != nil {
			return err
		}
		f.OnBoard = i%2 == 0
		if err := b.SetFounder(f); err != nil {
			return err
		}
		for day := range store.Day(4) {
			if _, err := b.Log("Acme", store.Activity{Kind: store.Ask, OccurredOn: b.Today() - day}); err != nil {
				return err
			}
		}
		at := noon.Add(time.Duration(i+1) * time.Minute)
		if i%1000 == 0 {
			at = noon
		}
		return b.SetAgenda(store.Agenda{Alarms: []store.Alarm{{At: at, Occurrence: "plan/1"}}})
	}
}

// BenchmarkDue guards that looking for what is due costs what is due: ten of
// 10,000 founders. It should be some microseconds; if it comes near a
// millisecond, something goes through everybody.
func BenchmarkDue(b *testing.B) {
	s := many(b)
	for b.Loop() {
		if due, err := s.Due(context.Background(), noon, 100); err != nil || len(due) != 10 {
			b.Fatalf("%d are due (%v), want 10", len(due), err)
		}
	}
}

// BenchmarkStandings guards that a board of 10,000 founders is drawn up while a
// person waits: four days' asks of each, 50,000 rows. Below 100 ms is well; a row
// should stay below two microseconds.
func BenchmarkStandings(b *testing.B) {
	s := many(b)
	today := store.DayOf(noon)
	for b.Loop() {
		standings, err := s.Standings(context.Background(), "T1", today-6, today)
		if err != nil || len(standings.Named) != founderCount/2 {
			b.Fatalf("%d are named (%v), want half", len(standings.Named), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(5*founderCount), "ns/row")
}
