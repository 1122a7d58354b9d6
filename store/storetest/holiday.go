package storetest

import (
	"time"

	"pitch/store"
)

func testHolidays(h *harness) {
	h.settings(func(f *store.Founder) { f.Holidays = "DE" })
	h.again()
	f := h.all().Founder
	for day, works := range map[store.Day]bool{
		store.Date(2026, time.December, 24): true,
		store.Date(2026, time.December, 25): false,
		store.Date(2027, time.January, 1):   false,
		store.Date(2027, time.January, 2):   false, // a Saturday
		store.Date(2027, time.January, 4):   true,
	} {
		if f.Works(day) != works {
			h.Errorf("working on %s: %v, want %v", day, f.Works(day), works)
		}
	}
	if off := store.Date(2026, time.December, 25); !f.Off(off) || (store.Founder{WorkDays: store.MondayToFriday}).Off(off) {
		h.Error("Christmas is off for those who take their country's holidays, and for nobody else")
	}
}

// testHolidayReleases: what fell on a holiday is not missed, and a series goes
// round it.
func testHolidayReleases(h *harness) {
	christmas := date(store.Date(2026, time.December, 25))
	h.now = (christmas - 3).at("09:00")
	h.join("UTC")
	daily := h.commit(store.Commitment{Kind: store.Call, Every: store.EachWeekday})
	h.on(christmas-1, "00:00").roll()
	h.on(christmas, "00:00").roll()
	fell := h.only()
	h.same("when it is due", fell.DueOn, christmas.day())
	h.settings(func(f *store.Founder) { f.Holidays = "DE" })
	h.on(christmas+3, "00:00").roll()
	h.same("what fell on Christmas", h.commitment(fell.ID).Status, store.Released)
	next := h.only()
	h.same("what follows", [2]any{next.DueOn, next.Series}, [2]any{christmas.day() + 3, daily.ID})

	series := h.on(christmas+6, "09:00").commit(store.Commitment{Kind: store.Ask, Every: store.EachWeekday})
	h.on(christmas+7, "00:00").roll() // New Year's Day, a Friday
	for _, c := range h.open() {
		if c.Series == series.ID {
			h.same("a series over New Year", c.DueOn, christmas.day()+10)
		}
	}
}

func testHolidayUnknown(h *harness) {
	h.join("UTC")
	for _, c := range []store.Country{"XX", "de", "Germany"} {
		h.refuse(store.ErrInvalid, func(b *store.Book) error {
			return set(b, func(f *store.Founder) { f.Holidays = c })
		})
	}
}
