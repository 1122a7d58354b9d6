package storetest

import (
	"slices"
	"sync"
	"time"

	"pitch/store"
)

func forgetTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"everything":               testForget,
		"ids do not come back":     testForgetIDs,
		"what was caused stays so": testForgetCauses,
		"beside others":            testForgetBeside,
		"nobody":                   testForgetNobody,
		"holidays":                 testHolidays,
		"holidays and what is due": testHolidayReleases,
		"holidays nobody knows":    testHolidayUnknown,
	}
}

func forget(b *store.Book) error { _, err := b.Forget(); return err }

// full is a founder with something of everything.
func (h *harness) full() {
	h.Helper()
	h.settings(func(f *store.Founder) { f.OnBoard, f.DM = true, "D1" })
	h.offer("v1")
	l := h.log("Acme", store.Activity{Kind: store.Ask, Words: "no"})
	h.log("Globex", store.Activity{Kind: store.Call})
	h.commit(h.to("Acme", callBy(friday)))
	h.commit(store.Commitment{Kind: store.Call, Every: store.EachDay})
	h.do(func(b *store.Book) error {
		_, err := b.TurnOnBoard(fridayBoard("C-" + store.ChannelID(h.owner.User)))
		return err
	})
	h.do(func(b *store.Book) error {
		return b.SetDelivery(store.Delivery{Occurrence: "plan/1", Reasons: []store.ID{l.Activity.ID}})
	})
	h.do(func(b *store.Book) error {
		return b.SetAgenda(store.Agenda{Planned: monday.day(), Alarms: []store.Alarm{{At: h.now, Occurrence: "plan/2"}}})
	})
}

func testForget(h *harness) {
	others := []*harness{h.as(bob), h.as(eve), h.as(split)}
	h.full()
	for _, o := range others {
		o.full()
	}
	var before []snapshot
	for _, o := range others {
		before = append(before, o.all())
	}
	want := store.Holdings{Prospects: 2, Activities: 2, Asks: 1, Commitments: 2, Open: 2, Offers: 1, Boards: 1, Messages: 1, Steps: 5}
	h.do(func(b *store.Book) error {
		if _, err := b.Describe("forget me"); err != nil {
			return err
		}
		is, err := b.Forget()
		h.same("what was forgotten", is, want)
		return err
	})
	for range 2 {
		h.same("what is left", h.all(), snapshot{})
		h.same("their offers", h.offers(), []string(nil))
		h.same("the board", h.standings(0, 0), store.Standings{Named: []store.Standing{{User: bob.User, Asks: 1, Rank: 1}}})
		due, err := h.Due(h.ctx(), h.now, 10)
		if err != nil || slices.Contains(due, h.owner) || len(due) != len(others) {
			h.Errorf("due are %v (%v)", due, err)
		}
		for i, o := range others {
			h.same("somebody else's", o.all(), before[i])
		}
		h.look(func(b *store.Book) error { _, err := b.Undo(0); return wantErr(h, err, store.ErrNothingToUndo) })
		if err := h.Export(h.ctx(), func(r store.Record) error {
			if f, is := r.(store.FounderRecord); is && f.Owner == h.owner {
				h.Error("they are in the export")
			}
			return nil
		}); err != nil {
			h.Error(err)
		}
		h.again()
		for _, o := range others {
			o.Store = h.Store
		}
	}
	h.as(bob).do(func(b *store.Book) error { _, err := b.TurnOnBoard(fridayBoard("C-U1")); return err })
}

func wantErr(h *harness, err, want error) error {
	h.Helper()
	if err != want {
		h.Errorf("got %v, want %v", err, want)
	}
	return nil
}

// testForgetIDs: buttons of old messages name ids. Who comes back gets none of
// them, whoever else of the team was forgotten meanwhile.
func testForgetIDs(h *harness) {
	h.full()
	last := h.log("Last", store.Activity{Kind: store.Call}).Activity.ID
	h.as(bob).join("UTC") // who has had few ids is forgotten after who has had many
	h.as(bob).log("Only", store.Activity{Kind: store.Call})
	h.do(forget)
	h.as(bob).do(forget)
	h.again()
	h.join("UTC")
	first := h.log("Acme", store.Activity{Kind: store.Call})
	if first.Prospect.ID <= last || first.Activity.ID <= last {
		h.Errorf("who came back got the ids %d and %d, after %d", first.Prospect.ID, first.Activity.ID, last)
	}
	h.do(func(b *store.Book) error {
		_, err := b.Describe("forget me")
		return firstOf(err, func() error { return forget(b) })
	})
	h.join("UTC")
	if again := h.log("Acme", store.Activity{Kind: store.Call}); again.Prospect.ID <= first.Activity.ID+1 {
		h.Errorf("who came back twice got the id %d, after %d", again.Prospect.ID, first.Activity.ID+1)
	}
	h.as(eve).join("UTC")
	h.same("the first id of another team", h.as(eve).log("Acme", store.Activity{Kind: store.Call}).Activity.ID, store.ID(3))
}

func testForgetCauses(h *harness) {
	h.join("UTC")
	if err := h.because(h.now, []string{"e1"}, forget); err != nil {
		h.Fatal(err)
	}
	h.again()
	if err := h.because(h.now, []string{"e1"}, func(b *store.Book) error { _, err := b.Join("UTC"); return err }); err != store.ErrSeen {
		h.Errorf("what caused it, once more: %v", err)
	}
	h.same("who is there", h.all().Founder, store.Founder{})
}

// testForgetBeside: changes that are saved together with it see it done.
func testForgetBeside(h *harness) {
	for range 10 {
		h.full()
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := h.try(forget); err != nil {
				h.Error(err)
			}
		})
		for range 8 {
			wg.Go(func() {
				err := h.try(func(b *store.Book) error {
					if _, err := b.Founder(); err != nil {
						return err
					}
					_, err := b.Log("Beside", store.Activity{Kind: store.Ask})
					return err
				})
				if err != nil && err != store.ErrNoFounder {
					h.Error(err)
				}
			})
			wg.Go(func() { _, _ = h.Standings(h.ctx(), h.owner.Team, 0, 0) })
		}
		wg.Wait()
		h.same("what is left", h.all(), snapshot{})
		h.same("the board", h.standings(0, 0), store.Standings{})
	}
}

func testForgetNobody(h *harness) {
	h.refuse(store.ErrNoFounder, forget)
	h.do(func(b *store.Book) error { // what the same change did before goes as well
		if _, err := b.Join("UTC"); err != nil {
			return err
		}
		if _, err := b.Log("Acme", store.Activity{Kind: store.Ask}); err != nil {
			return err
		}
		return forget(b)
	})
	h.same("what is left", h.all(), snapshot{})
	if at, err := h.NextDue(h.ctx()); err != nil || at != (time.Time{}) {
		h.Errorf("something is due at %s (%v)", at, err)
	}
}
