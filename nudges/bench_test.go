package nudges_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pitch/nudges"
	"pitch/store"
	"pitch/store/bolt"
)

// BenchmarkTick shows that a tick costs what is due and not who exists: compare
// 10,000 founders of whom nobody is due with 10 of whom nobody is, and the ten
// that are due among 10,000.
func BenchmarkTick(b *testing.B) {
	for _, bb := range []struct{ founders, due int }{{10, 0}, {10_000, 0}, {10, 10}, {10_000, 10}} {
		b.Run(fmt.Sprintf("founders=%d/due=%d", bb.founders, bb.due), func(b *testing.B) {
			s, err := bolt.Open(b.Context(), bolt.Config{Path: filepath.Join(b.TempDir(), "pitch.db")})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			now := time.Date(2027, time.June, 1, 6, 0, 0, 0, time.UTC)
			every(b, s, now, 0, bb.founders, "Asia/Tokyo", 0)
			n := nudges.New(nudges.Config{Store: s, Messenger: &slack{}})
			for day := store.Day(1); b.Loop(); day++ {
				b.StopTimer()
				then := now.AddDate(0, 0, int(day))
				every(b, s, then, 0, bb.due, "Europe/Berlin", store.DayOf(then))
				b.StartTimer()
				if err := n.Tick(b.Context(), then.Add(time.Minute)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// every makes founders with a promise due in a minute or, on day 0, in a year.
func every(b *testing.B, s store.Store, now time.Time, from, to int, zone string, day store.Day) {
	b.Helper()
	at := now.Add(time.Minute)
	if day == 0 {
		at = now.AddDate(1, 0, 0)
	}
	var all sync.WaitGroup
	for i := from; i < to; i++ {
		all.Go(func() {
			owner := store.Owner{Team: team, User: store.UserID(fmt.Sprintf("U%s%d", zone[:1], i))}
			err := s.Change(context.Background(), store.Cause{Now: now}, owner, func(b *store.Book) error {
				f, err := b.Join(zone)
				if err != nil {
					return err
				}
				f.Reminders = store.OnlyDue
				if err := b.SetFounder(f); err != nil {
					return err
				}
				if _, err := b.Commit(store.Commitment{
					Kind: store.Call, DueOn: store.DayOf(at), DueAt: at, At: store.ClockOf(at),
				}); err != nil {
					return err
				}
				return nudges.Reschedule(b)
			})
			if err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
}
