package storetest

import (
	"errors"

	"pitch/store"
)

func partnerTests() map[string]func(*harness) {
	tests := map[string]func(*harness){
		"listed":               testPartnerListed,
		"forgotten":            testPartnerForgotten,
		"weeks that are over":  testPartnerPast,
		"nobody to be skipped": func(h *harness) { h.join("UTC"); h.refuse(store.ErrNotFound, skip("2026-W48")) },
	}
	for name, frees := range map[string]func(*store.Book) error{
		"freed by a skip":     skip("2026-W48"),
		"freed by no partner": setting(func(f *store.Founder) { f.Partner = false }),
		"freed by stop":       setting(func(f *store.Founder) { f.Stopped = true }),
		"freed by leaving":    setting(func(f *store.Founder) { f.Gone = true }),
		"freed by days off": func(b *store.Book) error {
			return b.TakeDaysOff(store.DaysOff{From: monday.day(), To: friday.day()})
		},
	} {
		tests[name] = func(h *harness) { testPartnerFreed(h, frees, true) }
	}
	for name, keeps := range map[string]func(*store.Book) error{
		"kept by a skip of another week": skip("2026-W49"),
		"kept by some days off": func(b *store.Book) error {
			return b.TakeDaysOff(store.DaysOff{From: monday.day(), To: thursday.day()})
		},
	} {
		tests[name] = func(h *harness) { testPartnerFreed(h, keeps, false) }
	}
	return tests
}

func skip(week string) func(*store.Book) error {
	return func(b *store.Book) error { _, err := b.SkipPartner(week); return err }
}

func setting(change func(*store.Founder)) func(*store.Book) error {
	return func(b *store.Book) error {
		f, err := b.Founder()
		change(&f)
		return errors.Join(err, b.SetFounder(f))
	}
}

// pairs has the founder and another one introduced to each other in a week.
func (h *harness) pairs(other store.Owner, week string) {
	h.Helper()
	for _, one := range []*harness{h, h.as(other)} {
		one.settings(func(f *store.Founder) { f.Partner = true })
	}
	h.do(func(b *store.Book) error {
		b.SetPairing(store.Pairing{User: h.owner.User, With: other.User, Week: week})
		b.SetPairing(store.Pairing{User: other.User, With: h.owner.User, Week: week})
		return nil
	})
}

// pairings are the team's on disk.
func (h *harness) pairings() (all []store.Pairing) {
	h.Helper()
	h.look(func(b *store.Book) (err error) {
		all, err = b.Pairings()
		return err
	})
	return all
}

func testPartnerListed(h *harness) {
	for _, o := range []store.Owner{bob, ann, eve} {
		h.as(o).settings(func(f *store.Founder) { f.Partner = true })
	}
	h.again()
	h.same("who wants a partner, by team", h.pairings(), []store.Pairing{{User: ann.User}, {User: bob.User}})
	h.do(setting(func(f *store.Founder) { f.Partner = false }))
	h.same("who still does", h.pairings(), []store.Pairing{{User: bob.User}})
	h.same("and elsewhere", h.as(eve).pairings(), []store.Pairing{{User: eve.User}})
}

// testPartnerFreed: what leaves the owner no time to meet is known to the partner
// at once, and whose messages that alters to whoever made the change.
func testPartnerFreed(h *harness, change func(*store.Book) error, freed bool) {
	h.pairs(bob, "2026-W48")
	var altered, want []store.UserID
	h.do(func(b *store.Book) (err error) {
		if err = change(b); err == nil {
			altered, err = b.Partnered()
		}
		return err
	})
	if freed {
		want = []store.UserID{bob.User}
	}
	h.same("whose pairing is altered", altered, want)
	all := h.pairings()
	h.same("bob's", all[len(all)-1], store.Pairing{User: bob.User, With: ann.User, Week: "2026-W48", Off: freed})
}

func testPartnerPast(h *harness) {
	h.pairs(bob, "2026-W47")
	h.do(setting(func(f *store.Founder) { f.Stopped = true }))
	h.same("whom bob met", h.as(bob).pairings()[1], store.Pairing{User: bob.User, With: ann.User, Week: "2026-W47"})
}

func testPartnerForgotten(h *harness) {
	h.pairs(bob, "2026-W48")
	var altered []store.UserID
	h.do(func(b *store.Book) (err error) {
		if err = forget(b); err == nil {
			altered, err = b.Partnered()
		}
		return err
	})
	h.again()
	h.same("whose pairing is altered", altered, []store.UserID{bob.User})
	h.same("what is left", h.as(bob).pairings(), []store.Pairing{{User: bob.User, Week: "2026-W48"}})
}
