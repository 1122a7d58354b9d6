package storetest

import (
	"errors"

	"pitch/store"
)

func offerTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"named":                testOffer,
		"carried by asks":      testOfferCarried,
		"of the day of an ask": testOfferOfDay,
		"undone":               testOfferUndone,
		"exported":             testOfferExported,
	}
}

// offer names a version, as a step that can be undone.
func (h *harness) offer(name string) (o store.Offer, changed bool) {
	h.Helper()
	h.do(func(b *store.Book) (err error) {
		if _, err := b.Describe("offer " + name); err != nil {
			return err
		}
		o, changed, err = b.NameOffer(name)
		return err
	})
	return o, changed
}

// current is the name of the version in force, "" where there is none.
func (h *harness) current() (name string) {
	h.Helper()
	h.look(func(b *store.Book) error {
		o, err := b.CurrentOffer()
		name = o.Name
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		return err
	})
	return name
}

func (h *harness) offers() (names []string) {
	h.Helper()
	h.look(func(b *store.Book) error {
		all, err := b.Offers()
		for _, o := range all {
			names = append(names, o.Name)
		}
		return err
	})
	return names
}

func testOffer(h *harness) {
	h.join("UTC")
	h.same("the offer before there is one", h.current(), "")
	first, changed := h.offer(" v1: $50 pilot ")
	h.same("the first", first, store.Offer{ID: first.ID, Name: "v1: $50 pilot", On: monday.day(), At: h.now})
	again, changedAgain := h.offer("v1: $50 pilot")
	h.same("named again", again, first)
	if !changed || changedAgain {
		h.Errorf("it changed: %v, named again: %v", changed, changedAgain)
	}
	h.offer("v1: $60 pilot") // nobody was asked with it: a slip of the pen
	h.same("the versions", h.offers(), []string{"v1: $60 pilot"})
	h.on(monday+1, "09:00").offer("v2")
	h.again()
	h.same("the versions of two days", h.offers(), []string{"v1: $60 pilot", "v2"})
	h.same("the one in force", h.current(), "v2")
	h.as(bob).join("UTC")
	h.same("somebody else's", h.as(bob).offers(), []string(nil))
	for _, name := range []string{"", "  ", "\xff", string(make([]rune, store.MaxName+1))} {
		h.refuse(store.ErrInvalid, func(b *store.Book) error { _, _, err := b.NameOffer(name); return err })
	}
	// Who flies west is on a day before the version's.
	h.settings(func(f *store.Founder) { f.Zone, f.ZoneChosen = "Pacific/Honolulu", true })
	h.same("in force the day before", h.current(), "v1: $60 pilot")
}

func testOfferCarried(h *harness) {
	h.join("UTC")
	before := h.log("Acme", store.Activity{Kind: store.Ask})
	h.offer("v1")
	ask := h.log("Acme", store.Activity{Kind: store.Ask})
	call := h.log("Globex", store.Activity{Kind: store.Call})
	pilot := h.log("Globex", store.Activity{Kind: store.Call, Asked: store.Pilot})
	said := h.log("Globex", store.Activity{Kind: store.Ask, Offer: "by hand"})
	h.offer("v2") // an ask carries v1, so this is another version
	h.same("the versions", h.offers(), []string{"v1", "v2"})
	h.do(func(b *store.Book) error {
		if _, err := b.Answer("Acme", store.Activity{Outcome: store.Won}); err != nil {
			return err
		}
		return edit(b, call.Activity.ID, func(a *store.Activity) { a.Asked = store.Pilot })
	})
	for what, c := range map[string]struct {
		id   store.ID
		want string
	}{
		"an ask before there was an offer":     {before.Activity.ID, ""},
		"an ask that was answered under v2":    {ask.Activity.ID, "v1"},
		"a call that became an ask under v2":   {call.Activity.ID, "v2"},
		"a call that asked":                    {pilot.Activity.ID, "v1"},
		"an ask whose version was given to it": {said.Activity.ID, "by hand"},
	} {
		h.same(what, h.activity(c.id).Offer, c.want)
	}
	h.do(func(b *store.Book) error {
		return edit(b, pilot.Activity.ID, func(a *store.Activity) { a.Asked = store.AskedNothing })
	})
	h.same("what is no ask any more", h.activity(pilot.Activity.ID).Offer, "")
}

func testOfferOfDay(h *harness) {
	h.join("UTC")
	h.offer("v1")
	h.on(monday+2, "09:00").offer("v2")
	late := h.log("Acme", store.Activity{Kind: store.Ask, OccurredOn: monday.day() + 1})
	early := h.log("Acme", store.Activity{Kind: store.Ask, OccurredOn: monday.day() - 1})
	now := h.log("Acme", store.Activity{Kind: store.Ask})
	h.same("the offers of the days", []string{late.Activity.Offer, early.Activity.Offer, now.Activity.Offer}, []string{"v1", "", "v2"})
	for day, want := range map[store.Day]string{monday.day(): "v1", monday.day() - 1: "", monday.day() + 2: "v2"} {
		h.do(func(b *store.Book) error {
			return edit(b, now.Activity.ID, func(a *store.Activity) { a.OccurredOn = day })
		})
		h.same("the offer of an ask moved to "+day.String(), h.activity(now.Activity.ID).Offer, want)
	}
}

func testOfferUndone(h *harness) {
	h.join("UTC")
	h.offer("v1")
	h.offer("v1, cheaper")
	h.undo()
	h.same("after undoing a change of name", h.offers(), []string{"v1"})
	h.on(monday+1, "09:00").offer("v2")
	h.undo()
	h.same("after undoing the second", h.current(), "v1")
	h.undo()
	h.same("after undoing both", h.offers(), []string(nil))

	var named store.ID
	h.do(func(b *store.Book) (err error) {
		if named, err = b.Describe("offer v3"); err != nil {
			return err
		}
		_, _, err = b.NameOffer("v3")
		return err
	})
	h.log("Acme", store.Activity{Kind: store.Ask})
	h.refuse(store.ErrCarried, func(b *store.Book) error { _, err := b.Undo(named); return err })
	h.same("what an ask carries", h.offers(), []string{"v3"})
}

func testOfferExported(h *harness) {
	h.settings(func(f *store.Founder) { f.Holidays = "JP" })
	h.offer("v1")
	h.on(monday+1, "09:00").offer("v2")
	h.log("Acme", store.Activity{Kind: store.Ask})
	h.look(func(b *store.Book) error {
		records, err := b.Records()
		var names []string
		for _, r := range records {
			switch r := r.(type) {
			case store.OfferRecord:
				names = append(names, r.Name+" on "+r.On.String())
			case store.FounderRecord:
				h.same("the country", r.Holidays, store.Country("JP"))
			case store.ActivityRecord:
				h.same("the ask's offer", r.Offer, "v2")
			}
		}
		h.same("the offers", names, []string{"v1 on 2026-11-23", "v2 on 2026-11-24"})
		return err
	})
}
