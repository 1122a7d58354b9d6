package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"pitch/store"
)

func engineTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"causes":            testCauses,
		"nothing by halves": testNothingByHalves,
		"ids never repeat":  testIDs,
		"many writers":      testManyWriters,
		"one counter":       testOneCounter,
		"one cause at once": testOneCause,
		"cancelled":         testCancelled,
		"a view saves none": testView,
		"panic":             testPanic,
		"closed":            testClosed,
	}
}

func (h *harness) because(now time.Time, seen []string, do func(*store.Book) error) error {
	return h.Change(h.ctx(), store.Cause{Seen: seen, Now: now}, h.owner, do)
}

func nothing(*store.Book) error { return nil }

func testCauses(h *harness) {
	expect := func(want error, now time.Time, seen ...string) {
		h.Helper()
		ran := false
		err := h.because(now, seen, func(*store.Book) error { ran = true; return nil })
		if !errors.Is(err, want) || ran != (want == nil) {
			h.Errorf("causes %q: %v (ran: %v), want %v", seen, err, ran, want)
		}
	}
	broken := errors.New("broken")
	if err := h.because(h.now, []string{"e1"}, func(*store.Book) error { return broken }); err != broken {
		h.Errorf("the change returned %v, want its own error", err)
	}
	expect(nil, h.now, "e1", "", "event/1")
	expect(nil, h.now, "")
	expect(nil, h.now)
	expect(store.ErrSeen, h.now, "e1")
	expect(store.ErrSeen, h.now, "e2", "event/1")
	h.again()
	expect(store.ErrSeen, h.now.Add(store.SeenFor-time.Second), "e1")
	h.owner = bob // an envelope comes once, whoever it is from
	expect(store.ErrSeen, h.now, "e1")
	for i := range 20 { // whatever is pruned, what is fresh stays
		expect(nil, h.now.Add(store.SeenFor+time.Hour), fmt.Sprint("later/", i))
	}
	expect(nil, h.now.Add(store.SeenFor+time.Hour), "e1")
	expect(store.ErrSeen, h.now.Add(store.SeenFor+2*time.Hour), "later/0")
	expect(store.ErrSeen, h.now.Add(store.SeenFor+2*time.Hour), "e1")
}

func testNothingByHalves(h *harness) {
	h.join("UTC")
	h.log("Acme", store.Activity{Kind: store.Ask})
	before := h.all()
	broken := errors.New("broken")
	err := h.try(func(b *store.Book) error {
		for _, do := range []func() error{
			func() error { _, err := b.Log("Globex", store.Activity{Kind: store.Ask}); return err },
			func() error { _, err := b.Commit(callBy(friday)); return err },
			func() error { return set(b, func(f *store.Founder) { f.OnBoard = true }) },
			func() error { _, err := b.TurnOnBoard(fridayBoard("C1")); return err },
			func() error { return b.SetAgenda(store.Agenda{Alarms: []store.Alarm{{At: b.Now}}}) },
			func() error { return b.SetDelivery(store.Delivery{Occurrence: "x"}) },
		} {
			if err := do(); err != nil {
				return err
			}
		}
		return broken
	})
	if err != broken {
		h.Errorf("the change returned %v, want its own error", err)
	}
	h.same("what a failed change leaves", h.all(), before)
	h.same("the board", h.standings(0, 0), store.Standings{Off: 1, OffAsks: 1})
	if at, _ := h.NextDue(h.ctx()); !at.IsZero() {
		h.Errorf("a failed change left an alarm at %s", at)
	}
}

// testIDs: neither undo nor failure nor a restart brings an id back.
func testIDs(h *harness) {
	h.join("UTC")
	given := map[store.ID]bool{}
	next := func(fail error) {
		h.Helper()
		err := h.try(func(b *store.Book) error {
			id, err := b.Describe("step")
			if given[id] || id == 0 {
				h.Errorf("id %d was given twice", id)
			}
			given[id] = true
			return errors.Join(err, fail)
		})
		if (err == nil) != (fail == nil) {
			h.Fatal(err)
		}
	}
	for range 3 {
		next(nil)
		next(errors.New("failed"))
		l := h.log("Acme", store.Activity{Kind: store.Call})
		for _, id := range []store.ID{l.Activity.ID, l.Prospect.ID} {
			if l.Added && given[id] {
				h.Errorf("id %d was given twice", id)
			}
			given[id] = true
		}
		h.undo()
		next(errors.New("failed before a restart"))
		h.again()
	}
	if ids := slices.Sorted(maps.Keys(given)); !slices.IsSorted(ids) || len(ids) < 12 {
		h.Errorf("the ids are %v", ids)
	}
}

// testManyWriters: each change has its own result, and every second fails.
func testManyWriters(h *harness) {
	const writers, each = 24, 10
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			one := h.as(store.Owner{Team: "T1", User: store.UserID(fmt.Sprint("U", w))})
			for i := range each {
				mine := fmt.Errorf("failure %d of %d", i, w)
				err := one.try(func(b *store.Book) error {
					if _, err := b.Log(fmt.Sprint("Prospect ", i), store.Activity{Kind: store.Ask}); err != nil {
						return err
					}
					if i%2 == 1 {
						return mine
					}
					return set2(b)
				})
				if i%2 == 1 && err != mine || i%2 == 0 && err != nil {
					h.Errorf("writer %d got %v from change %d", w, err, i)
				}
			}
		})
	}
	wg.Wait()
	h.again()
	standings := h.standings(0, 0)
	if len(standings.Named) != writers {
		h.Errorf("%d founders are on the board, want %d", len(standings.Named), writers)
	}
	for _, s := range standings.Named {
		if s.Asks != each/2 || s.Rank != 1 {
			h.Errorf("%+v, want %d asks", s, each/2)
		}
	}
}

func set2(b *store.Book) error {
	f, err := b.Join("UTC")
	if err != nil {
		return err
	}
	f.OnBoard = true
	return b.SetFounder(f)
}

// testOneCounter: changes of one founder come one after the other.
func testOneCounter(h *harness) {
	h.join("UTC")
	const writers = 32
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			if err := h.try(func(b *store.Book) error {
				f, err := b.Founder()
				if err != nil {
					return err
				}
				f.Goals.Asks++
				return b.SetFounder(f)
			}); err != nil {
				h.Error(err)
			}
		})
	}
	wg.Wait()
	h.same("the goal", h.all().Founder.Goals.Asks, writers)
}

// testOneCause: of the same envelope delivered many times at once, one counts.
func testOneCause(h *harness) {
	var wg sync.WaitGroup
	results := make([]error, 16)
	for i := range results {
		wg.Go(func() {
			results[i] = h.because(h.now, []string{"e1"}, func(b *store.Book) error {
				_, err := b.Log("Acme", store.Activity{Kind: store.Call})
				return err
			})
		})
	}
	wg.Wait()
	done := 0
	for _, err := range results {
		switch {
		case err == nil:
			done++
		case !errors.Is(err, store.ErrSeen):
			h.Error(err)
		}
	}
	h.same("how often it was done", [2]int{done, len(h.all().Activities)}, [2]int{1, 1})
}

func testCancelled(h *harness) {
	ctx, cancel := context.WithCancel(h.ctx())
	cancel()
	if err := h.Change(ctx, store.Cause{Now: h.now}, h.owner, func(b *store.Book) error {
		_, err := b.Join("UTC")
		return err
	}); !errors.Is(err, context.Canceled) {
		h.Errorf("a change that was called off before it began returned %v", err)
	}
	for name, err := range map[string]error{
		"View":    h.View(ctx, h.now, h.owner, nothing),
		"NextDue": second(h.NextDue(ctx)),
		"Totals":  second(h.Totals(ctx, "T1", 0, 0)),
		"Due":     second(h.Due(ctx, h.now, 1)),
		"Board":   second(h.Standings(ctx, "T1", 0, 0)),
		"Export":  h.Export(ctx, func(store.Record) error { return nil }),
	} {
		if !errors.Is(err, context.Canceled) {
			h.Errorf("%s that was called off returned %v", name, err)
		}
	}
	h.same("what is there", h.all(), snapshot{})
}

func second[V any](_ V, err error) error { return err }

func testView(h *harness) {
	h.join("UTC")
	before := h.all()
	h.look(func(b *store.Book) error {
		if _, err := b.Log("Acme", store.Activity{Kind: store.Call}); err != nil {
			return err
		}
		got, err := b.Activities(0, 0)
		h.same("how many activities a view's own book has", len(got), 1)
		return err
	})
	h.same("what a view leaves", h.all(), before)
	broken := errors.New("broken")
	if err := h.View(h.ctx(), h.now, h.owner, func(*store.Book) error { return broken }); err != broken {
		h.Errorf("a view returned %v, want its own error", err)
	}
}

func testPanic(h *harness) {
	h.join("UTC")
	if err := h.try(func(b *store.Book) error {
		if err := set2(b); err != nil {
			return err
		}
		panic("a bug")
	}); err == nil {
		h.Error("a panic was no error")
	}
	if h.all().Founder.OnBoard {
		h.Error("a change that panicked was saved")
	}
	h.log("Acme", store.Activity{Kind: store.Call})
}

func testClosed(h *harness) {
	h.join("UTC")
	if err := h.Close(); err != nil {
		h.Fatal(err)
	}
	for name, err := range map[string]error{
		"Change":  h.try(nothing),
		"View":    h.View(h.ctx(), h.now, h.owner, nothing),
		"NextDue": second(h.NextDue(h.ctx())),
		"Due":     second(h.Due(h.ctx(), h.now, 1)),
		"Board":   second(h.Standings(h.ctx(), "T1", 0, 0)),
		"Export":  h.Export(h.ctx(), func(store.Record) error { return nil }),
	} {
		if !errors.Is(err, store.ErrShut) {
			h.Errorf("%s on a closed store returned %v, want ErrShut", name, err)
		}
	}
	if err := h.Close(); err != nil {
		h.Errorf("closing again: %v", err)
	}
}
