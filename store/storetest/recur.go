package storetest

import (
	"time"

	"pitch/store"
)

func recurTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"occurrences":               testOccurrences,
		"days off are skipped":      testDaysOffSkipped,
		"time off is not missed":    testTimeOff,
		"days off join":             testDaysOffJoin,
		"a day is not the next one": testDayIsNotTheNext,
		"roll over days":            testRollOver,
		"a snooze outlives its day": testSnoozeGoesOn,
		"a move of zone":            testZoneMoves,
		"other working days":        testOtherWorkdays,
	}
}

// testOccurrences follows series from one kept occurrence to the next.
func testOccurrences(h *harness) {
	for _, c := range []struct {
		name  string
		every store.Every
		work  store.Weekdays
		dues  []store.Day // of occurrences, each kept on its day
	}{
		{"each day", store.EachDay, store.MondayToFriday, days(23, 24, 25, 26, 27, 28, 29, 30)},
		{"own working days", store.EachWeekday, store.WeekdaySet(time.Sunday, time.Tuesday, time.Thursday), days(24, 26, 29, 31)},
		{"no working days", store.EachWeekday, 0, days(23, 24, 25)},
		{"named days", "tuesday,saturday", store.MondayToFriday, days(24, 28, 31)},
		{"each week", store.EachWeek, store.MondayToFriday, days(27, 34, 41)},
		{"each week, to Sunday", store.EachWeek, store.EveryWeekday, days(29, 36)},
		{"each month", store.EachMonth, store.MondayToFriday, days(30, 61)},
	} {
		one := h.as(store.Owner{Team: "T1", User: store.UserID(c.name)}).on(monday, "09:00")
		one.settings(func(f *store.Founder) { f.WorkDays = c.work })
		made := one.commit(store.Commitment{Kind: store.Call, Every: c.every, Count: 1, At: "10:00"})
		for i, due := range c.dues {
			got := one.only()
			want := store.Commitment{
				ID: got.ID, Kind: store.Call, Count: 1, MadeAt: one.now, From: got.From, DueOn: due, At: "10:00",
				DueAt: due.At("10:00", time.UTC), Every: c.every, Series: made.ID, Status: store.Open,
			}
			h.same(c.name, got, want)
			one.on(date(due), "12:00")
			if l := one.log("Acme", store.Activity{Kind: store.Call}); len(l.Kept) != 1 {
				h.Fatalf("%s: occurrence %d was not kept on %s", c.name, i, due)
			}
		}
	}
}

// days are days of November 2026, the 31st being 1 December.
func days(ofNovember ...int) (out []store.Day) {
	for _, d := range ofNovember {
		out = append(out, store.Date(2026, time.November, d))
	}
	return out
}

func testDaysOffSkipped(h *harness) {
	off := func(from, to date) {
		h.do(func(b *store.Book) error { return b.TakeDaysOff(store.DaysOff{From: from.day(), To: to.day()}) })
	}
	h.join("UTC")
	off(monday+1, thursday)
	off(friday, friday)
	off(date(store.Date(2026, time.November, 30)), date(store.Date(2026, time.December, 2)))
	for _, c := range []struct {
		every store.Every
		due   int
	}{
		{store.EachWeekday, 33}, // the first working day after both stretches
		{store.EachWeek, 23},    // what is left of this week to work in
		{store.EachMonth, 29},   // the last day of the month that is not off
		{"tuesday", 38},
	} {
		one := h.on(monday, "09:00")
		made := one.commit(store.Commitment{Kind: store.Call, Every: c.every})
		if c.every == store.EachWeekday || c.every == "tuesday" {
			made = h.commit(store.Commitment{Kind: store.Call, Every: c.every, From: monday.day() + 1})
		}
		if want := days(c.due)[0]; made.DueOn != want {
			h.Errorf("every %q is due on %s, want %s", c.every, made.DueOn, want)
		}
	}
}

func testTimeOff(h *harness) {
	h.join("UTC")
	daily := h.commit(store.Commitment{Kind: store.Call, Every: store.EachWeekday})
	weekly := h.commit(store.Commitment{Kind: store.Email, Every: store.EachWeek})
	h.do(func(b *store.Book) error {
		return b.TakeDaysOff(store.DaysOff{From: monday.day(), To: friday.day() + 7})
	})
	h.on(thursday, "09:00").do((*store.Book).Resume)
	h.roll()
	if got := h.commitment(daily.ID); got.Status != store.Released {
		h.Errorf("what fell on a day off is %s after coming back early, want released", got.Status)
	}
	if got := h.commitment(weekly.ID); got.Status != store.Open {
		h.Errorf("what is due on Friday is %s on Thursday", got.Status)
	}
	for _, c := range h.open() {
		if c.Every == store.EachWeekday && c.DueOn != thursday.day() {
			h.Errorf("the series goes on with %s, want today", c.DueOn)
		}
	}
	if f := h.all().Founder; f.Off(h.today()) || !f.Off(h.today()-1) {
		h.Errorf("after coming back the days off are %v", f.DaysOff)
	}
}

func testDaysOffJoin(h *harness) {
	h.settings(func(f *store.Founder) { f.Stopped = true })
	take := func(from, to date) {
		h.do(func(b *store.Book) error { return b.TakeDaysOff(store.DaysOff{From: from.day(), To: to.day()}) })
	}
	take(monday+9, monday+9)
	take(monday+1, monday+2)
	take(monday+5, monday+6)
	take(monday+3, monday+4)
	h.same("joined", h.all().Founder.DaysOff, []store.DaysOff{{From: monday.day() + 1, To: monday.day() + 6}, {From: monday.day() + 9, To: monday.day() + 9}})
	h.refuse(store.ErrInvalid, func(b *store.Book) error {
		return b.TakeDaysOff(store.DaysOff{From: friday.day(), To: monday.day() - 40})
	})
	h.do((*store.Book).Resume)
	if f := h.all().Founder; f.Stopped || len(f.DaysOff) != 2 {
		h.Errorf("resuming before any day off left %+v", f)
	}
}

func testDayIsNotTheNext(h *harness) {
	h.join("UTC")
	c := h.commit(store.Commitment{Kind: store.Call, Every: store.EachDay})
	h.on(monday+1, "00:30")
	l := h.log("Acme", store.Activity{Kind: store.Call})
	if got := h.commitment(c.ID); got.Status != store.Missed {
		h.Errorf("Monday's is %s by a call on Tuesday, want missed", got.Status)
	}
	if len(l.Kept) != 1 || l.Kept[0].DueOn != monday.day()+1 {
		h.Errorf("Tuesday's call kept %+v", l.Kept)
	}
	if next := h.only(); next.DueOn != monday.day()+2 {
		h.Errorf("then comes %s, want Wednesday", next.DueOn)
	}
}

func testRollOver(h *harness) {
	h.join("America/New_York")
	c := h.commit(store.Commitment{Kind: store.Call, Every: store.EachWeekday})
	h.on(monday+1, "04:59").roll()
	if got := h.only(); got.ID != c.ID {
		h.Fatal("it rolled before midnight in New York")
	}
	h.look(func(b *store.Book) error {
		open, err := b.Commitments(store.Open)
		if on := store.RollsOn(open); on != monday.day()+1 {
			h.Errorf("it rolls on %s, want Tuesday", on)
		}
		return err
	})
	h.on(thursday, "14:00").roll() // after days without the bot
	if first, next := h.commitment(c.ID), h.only(); first.Status != store.Missed || next.DueOn != thursday.day() {
		h.Errorf("rolled to %s and %+v", first.Status, next)
	}
	h.same("how many rows there are", len(h.commitments("")), 2)
	before := h.all()
	h.roll()
	h.same("what rolling twice leaves", h.all(), before)
}

// testSnoozeGoesOn: a reminder that was put off beyond its occurrence is the next
// one's, unless its day is over when that begins, or the promise was kept or let go.
func testSnoozeGoesOn(h *harness) {
	until := (monday + 1).at("00:50")
	off := func(b *store.Book, _ store.ID) error {
		return b.TakeDaysOff(store.DaysOff{From: monday.day(), To: monday.day()})
	}
	keep := func(b *store.Book, id store.ID) error { _, err := b.Keep(id); return err }
	skip := func(b *store.Book, id store.ID) error { _, err := b.Skip(id); return err }
	for i, c := range []struct {
		name  string
		first func(*store.Book, store.ID) error
		roll  time.Time
		want  time.Time
	}{
		{"at midnight", nil, (monday + 1).at("00:00"), until},
		{"late, on its day", nil, (monday + 1).at("08:00"), until},
		{"a day late", nil, (monday + 2).at("08:00"), time.Time{}},
		{"of a day off", off, (monday + 1).at("00:00"), until},
		{"kept before", keep, (monday + 1).at("00:00"), time.Time{}},
		{"let go before", skip, (monday + 1).at("00:00"), time.Time{}},
	} {
		one := h.as(store.Owner{Team: "T1", User: store.UserID(days(23 + i)[0].String())})
		one.on(monday, "23:50").join("UTC")
		daily := one.commit(one.to("Acme", store.Commitment{Kind: store.Call, Every: store.EachDay, At: "23:55"}))
		one.with(daily.ID, func(b *store.Book, id store.ID) (store.Commitment, error) { return b.Snooze(id, until) })
		if c.first != nil {
			one.do(func(b *store.Book) error { return c.first(b, daily.ID) })
		}
		one.now = c.roll
		one.roll()
		next := one.only()
		if next.ID == daily.ID || !next.Snoozed.Equal(c.want) || !next.DueAt.Equal(next.DueOn.At("23:55", time.UTC)) {
			h.Errorf("%s: it goes on with %+v", c.name, next)
		}
	}
}

func testZoneMoves(h *harness) {
	h.join("Europe/Berlin")
	c := h.commit(store.Commitment{Kind: store.Call, Every: store.EachWeekday, At: "15:00"})
	if !c.DueAt.Equal(monday.at("14:00")) {
		h.Fatalf("15:00 in Berlin is %s", c.DueAt)
	}
	h.settings(func(f *store.Founder) { f.Zone = "America/New_York" })
	if got := h.only(); got.DueOn != monday.day() || !got.DueAt.Equal(monday.at("20:00")) {
		h.Errorf("in New York it is due %s, %s", got.DueOn, got.DueAt)
	}
	h.settings(func(f *store.Founder) { f.Zone = "Pacific/Kiritimati" })
	if got := h.only(); got.DueOn != monday.day() || !got.DueAt.Equal(monday.at("01:00")) {
		h.Errorf("in Kiritimati it is due %s, %s", got.DueOn, got.DueAt)
	}
}

func testOtherWorkdays(h *harness) {
	h.join("UTC")
	h.commit(store.Commitment{Kind: store.Call, Every: store.EachWeekday})
	h.settings(func(f *store.Founder) { f.WorkDays = store.WeekdaySet(time.Wednesday, time.Saturday) })
	if got := h.only(); got.DueOn != monday.day()+2 {
		h.Errorf("it is due on %s, want Wednesday", got.DueOn)
	}
	h.commit(store.Commitment{Kind: store.Email, Every: store.EachWeek})
	if open := h.open(); open[1].DueOn != monday.day()+5 {
		h.Errorf("the week ends on %s, want Saturday", open[1].DueOn)
	}
}
