package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"pitch/store"
)

func fresh(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), Config{Path: filepath.Join(t.TempDir(), "pitch.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

var ann = store.Owner{Team: "T1", User: "U1"}

func join(b *store.Book) error {
	_, err := b.Join("UTC")
	return err
}

// heldWriter keeps the writer busy until release is called.
func heldWriter(t *testing.T, s *Store) (release func()) {
	begun, end := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := s.Change(t.Context(), store.Cause{Now: noon}, ann, func(b *store.Book) error {
			close(begun)
			<-end
			return join(b)
		}); err != nil {
			t.Error(err)
		}
	})
	<-begun
	return func() { close(end); wg.Wait() }
}

// queued waits until n changes are in the queue.
func queued(s *Store, n int) {
	waiting := func() int {
		s.queue.mu.Lock()
		defer s.queue.mu.Unlock()
		return len(s.queue.changes)
	}
	for waiting() < n {
		runtime.Gosched()
	}
}

// TestGivenUp: a change that is called off in the queue is not made; one that has
// begun is.
func TestGivenUp(t *testing.T) {
	s := fresh(t)
	release := heldWriter(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error)
	go func() {
		result <- s.Change(ctx, store.Cause{Now: noon}, ann, func(*store.Book) error {
			t.Error("a change that was called off ran")
			return nil
		})
	}()
	queued(s, 1)
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("it returned %v while the writer was busy", err)
	}
	release()

	ctx, cancel = context.WithCancel(t.Context())
	if err := s.Change(ctx, store.Cause{Now: noon}, ann, func(b *store.Book) error {
		cancel()
		return join(b)
	}); err != nil {
		t.Errorf("a change called off after it began returned %v", err)
	}
}

// TestOneGroup: what waits together is committed together, in order, and each has
// its own result.
func TestOneGroup(t *testing.T) {
	s := fresh(t)
	release := heldWriter(t, s)
	const n = 100
	results := make([]error, n)
	var order []int
	var wg sync.WaitGroup
	for i := range n {
		queued(s, i)
		wg.Go(func() {
			results[i] = s.Change(t.Context(), store.Cause{Now: noon}, ann, func(b *store.Book) error {
				order = append(order, i)
				switch i % 3 {
				case 1:
					return fmt.Errorf("change %d", i)
				case 2:
					panic(i)
				}
				_, err := b.Log(fmt.Sprint("Prospect ", i), store.Activity{Kind: store.Call})
				return err
			})
		})
	}
	queued(s, n)
	before := s.db.Stats()
	release()
	wg.Wait()
	after := s.db.Stats()
	for i, err := range results {
		if (err == nil) != (i%3 == 0) || i%3 == 1 && err.Error() != fmt.Sprint("change ", i) {
			t.Errorf("change %d returned %v", i, err)
		}
		if order[i] != i {
			t.Fatalf("they were made in the order %v", order)
		}
	}
	// The one that held the writer, and the group.
	if commits := after.TxStats.GetWrite() - before.TxStats.GetWrite(); commits > 60 {
		t.Errorf("it took %d page writes, as many as if each were committed alone", commits)
	}
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
}

// TestCloseFinishes: Close waits for what is in the queue, and lets nothing in.
func TestCloseFinishes(t *testing.T) {
	s := fresh(t)
	release := heldWriter(t, s)
	var wg sync.WaitGroup
	const n = queueSize + 50 // some still wait to be let in
	results := make([]error, n)
	for i := range n {
		wg.Go(func() { results[i] = s.Change(t.Context(), store.Cause{Now: noon}, ann, join) })
	}
	queued(s, queueSize)
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	<-s.queue.shut
	release()
	if err := <-closed; err != nil {
		t.Error(err)
	}
	wg.Wait()
	done := 0
	for _, err := range results {
		switch {
		case err == nil:
			done++
		case !errors.Is(err, store.ErrShut):
			t.Error(err)
		}
	}
	if done < queueSize {
		t.Errorf("%d of the %d in the queue were made", done, queueSize)
	}
}

// TestGoexit: a change that ends its goroutine, as a failing test does, takes no
// other with it and is not saved.
func TestGoexit(t *testing.T) {
	s := fresh(t)
	err := s.Change(t.Context(), store.Cause{Now: noon}, ann, func(b *store.Book) error {
		if err := join(b); err != nil {
			return err
		}
		runtime.Goexit()
		return nil
	})
	if err == nil {
		t.Error("a change that ended its goroutine returned nil")
	}
	err = s.View(t.Context(), noon, ann, func(b *store.Book) error { _, err := b.Founder(); return err })
	if !errors.Is(err, store.ErrNoFounder) {
		t.Errorf("it was saved: %v", err)
	}
	if err := s.Change(t.Context(), store.Cause{Now: noon}, ann, join); err != nil {
		t.Errorf("the next change: %v", err)
	}
}

// TestPruned: causes that have expired are forgotten as new ones come.
func TestPruned(t *testing.T) {
	s := fresh(t)
	now := noon
	for i := range 100 {
		if err := s.Change(t.Context(), store.Cause{Seen: []string{fmt.Sprint(i)}, Now: now}, ann, join); err != nil {
			t.Fatal(err)
		}
		now = now.Add(store.SeenFor / 20)
	}
	rows := 0
	if err := s.read(t.Context(), func(snap snapshot) error {
		rows = snap.bucket(seen).Stats().KeyN + snap.bucket(seenAt).Stats().KeyN
		return nil
	}); err != nil || rows > 2*22 {
		t.Errorf("%d rows are kept (%v), want those of a day", rows, err)
	}
}
