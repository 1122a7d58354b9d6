package storetest

import (
	"time"

	"pitch/store"
)

func commitTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"kept by logging":          testKeptByLogging,
		"done":                     testDone,
		"done, that one":           testDoneThatOne,
		"done after midnight":      testDoneLate,
		"a number":                 testNumber,
		"due first, no day last":   testDueFirst,
		"removed, open again":      testReopened,
		"move":                     testMove,
		"move in another zone":     testMoveShown,
		"move, the day only":       testMoveToDay,
		"snooze and silence":       testSnooze,
		"release":                  testRelease,
		"missed or released":       testMissed,
		"a press twice":            testFollowsOnce,
		"an edit settles anew":     testEditSettles,
		"once keeps its instant":   testOnceKeepsInstant,
		"sentence of what is open": testSentence,
	}
}

func callBy(d date) store.Commitment { return store.Commitment{Kind: store.Call, DueOn: d.day()} }

// to makes a commitment one to a prospect, who is made.
func (h *harness) to(name string, c store.Commitment) store.Commitment {
	h.Helper()
	h.do(func(b *store.Book) error {
		p, _, err := b.AddProspect(name)
		c.Prospect = p.ID
		return err
	})
	return c
}

func testKeptByLogging(h *harness) {
	h.join("UTC")
	c := h.commit(h.to("Acme", callBy(friday)))
	if c.Status != store.Open || c.From != monday.day() || c.Count != 1 || c.MadeAt != h.now {
		h.Errorf("it began as %+v", c)
	}
	h.log("Globex", store.Activity{Kind: store.Call})
	h.log("Acme", store.Activity{Kind: store.Email})
	h.log("Acme", store.Activity{Kind: store.Call, OccurredOn: monday.day() - 1})
	if got := h.only(); got.ID != c.ID {
		h.Fatal("something else kept it")
	}
	h.now = h.now.Add(time.Hour)
	l := h.log("Acme", store.Activity{Kind: store.Call})
	if len(l.Kept) != 1 || l.Kept[0].ID != c.ID {
		h.Errorf("logging kept %+v", l.Kept)
	}
	got := h.commitment(c.ID)
	if got.Status != store.Kept || len(got.By) != 1 || got.By[0] != l.Activity.ID || got.ClosedAt != h.now {
		h.Errorf("it ended as %+v", got)
	}
}

func testDone(h *harness) {
	h.join("UTC")
	c := h.commit(h.to("Acme", store.Commitment{Kind: store.Ask, DueOn: monday.day()}))
	keep := func(b *store.Book) error {
		l, err := b.Keep(c.ID)
		if err == nil && (len(l.Kept) != 1 || l.Activity.Kind != store.Ask) {
			h.Errorf("Done did %+v", l)
		}
		return err
	}
	h.do(keep)
	h.refuse(store.ErrClosed, keep)
	h.same("how many were logged", len(h.all().Activities), 1)
	number := h.commit(store.Commitment{Kind: store.Call, Count: 5})
	h.refuse(store.ErrInvalid, func(b *store.Book) error { _, err := b.Keep(number.ID); return err })
}

// keep presses Done on a commitment.
func (h *harness) keep(id store.ID) (l store.Logged) {
	h.Helper()
	h.do(func(b *store.Book) (err error) {
		if _, err := b.Describe("done"); err != nil {
			return err
		}
		l, err = b.Keep(id)
		return err
	})
	return l
}

// testDoneThatOne: of several promises to one prospect, Done keeps the one it was
// pressed on, even of a series whose next occurrence lies ahead.
func testDoneThatOne(h *harness) {
	h.join("UTC")
	today := h.commit(h.to("Acme", callBy(monday)))
	later := h.commit(h.to("Acme", callBy(friday)))
	number := h.commit(store.Commitment{Kind: store.Call, Count: 2, DueOn: friday.day()})
	l := h.keep(later.ID)
	if len(l.Kept) != 1 || l.Kept[0].ID != later.ID || len(l.Counting) != 1 || l.Counting[0].ID != number.ID {
		h.Errorf("Done on Friday's kept %+v and counted towards %+v", l.Kept, l.Counting)
	}
	if got := h.commitment(today.ID); got.Status != store.Open {
		h.Errorf("today's is %s", got.Status)
	}
	h.undo()
	h.keep(today.ID)
	if got := h.commitment(later.ID); got.Status != store.Open {
		h.Errorf("after Done on today's, Friday's is %s", got.Status)
	}

	series := h.commit(h.to("Globex", store.Commitment{Kind: store.Email, Every: store.EachDay, From: friday.day()}))
	l = h.keep(series.ID)
	if len(l.Kept) != 1 || l.Kept[0].ID != series.ID || l.Activity.OccurredOn != monday.day() {
		h.Errorf("Done ahead of its day kept %+v by %+v", l.Kept, l.Activity)
	}
}

// testDoneLate: Done that comes after midnight is for the day before, whether or
// not the new day has been noticed, and the day's own occurrence stays.
func testDoneLate(h *harness) {
	for i, noticed := range []bool{true, false} {
		one := h.as(store.Owner{Team: "T1", User: store.UserID(days(23 + i)[0].String())})
		one.settings(func(f *store.Founder) { f.Zone, f.OnBoard = "Europe/Berlin", true })
		daily := one.on(monday, "09:00").commit(one.to("Acme", store.Commitment{Kind: store.Ask, Every: store.EachDay, At: "23:50"}))
		if one.on(monday, "23:20"); noticed { // 00:20 there
			one.roll()
		}
		l := one.keep(daily.ID)
		if len(l.Kept) != 1 || l.Kept[0].ID != daily.ID || l.Activity.OccurredOn != monday.day() || l.Activity.Backdated {
			h.Errorf("noticed %v: it kept %+v by %+v", noticed, l.Kept, l.Activity)
		}
		if got := one.commitment(daily.ID); got.Status != store.Kept || got.ClosedAt != one.now {
			h.Errorf("noticed %v: it ended as %+v", noticed, got)
		}
		if next := one.only(); next.DueOn != monday.day()+1 || len(next.By) != 0 {
			h.Errorf("noticed %v: then comes %+v", noticed, next)
		}
		if n := one.asked(monday.day(), monday.day()); n != 1 {
			h.Errorf("noticed %v: %d asks count on the day", noticed, n)
		}
		one.refuse(store.ErrClosed, func(b *store.Book) error { _, err := b.Keep(daily.ID); return err })
		one.undo()
		if got := one.commitment(daily.ID); got.Status != store.Missed || one.only().DueOn != monday.day()+1 {
			h.Errorf("noticed %v: undone, it is %s", noticed, got.Status)
		}
		one.on(thursday, "12:00").keep(daily.ID)
		one.undo()
		one.on(friday, "12:00").refuse(store.ErrClosed, func(b *store.Book) error { _, err := b.Keep(daily.ID); return err })
	}
	h.join("UTC")
	number := h.on(monday, "09:00").commit(store.Commitment{Kind: store.Call, Count: 2, Every: store.EachDay})
	h.on(monday+1, "00:20").refuse(store.ErrClosed, func(b *store.Book) error { _, err := b.Keep(number.ID); return err })
}

func testNumber(h *harness) {
	h.join("UTC")
	c := h.commit(store.Commitment{Kind: store.Ask, Count: 2, DueOn: friday.day()})
	l := h.log("Acme", store.Activity{Kind: store.Meeting, Asked: store.Pilot})
	if len(l.Counting) != 1 || len(l.Kept) != 0 {
		h.Errorf("the first of two: %+v", l)
	}
	l = h.log("Globex", store.Activity{Kind: store.Ask})
	if len(l.Kept) != 1 || len(h.commitment(c.ID).By) != 2 {
		h.Errorf("the second of two: %+v", l)
	}
	l = h.log("Initech", store.Activity{Kind: store.Ask})
	if len(l.Kept)+len(l.Counting) != 0 {
		h.Error("a third was counted")
	}
}

func testDueFirst(h *harness) {
	h.join("UTC")
	someday := h.commit(h.to("Acme", store.Commitment{Kind: store.Call}))
	later := h.commit(h.to("Acme", callBy(friday)))
	sooner := h.commit(h.to("Acme", callBy(thursday)))
	for _, want := range []store.ID{sooner.ID, later.ID, someday.ID} {
		if l := h.log("Acme", store.Activity{Kind: store.Call}); len(l.Kept) != 1 || l.Kept[0].ID != want {
			h.Errorf("kept %+v, want %d", l.Kept, want)
		}
	}
}

func testReopened(h *harness) {
	h.join("UTC")
	c := h.commit(store.Commitment{Kind: store.Call, Every: store.EachDay})
	l := h.log("Acme", store.Activity{Kind: store.Call})
	if next := h.only(); next.DueOn != monday.day()+1 || next.Series != c.ID || next.ID == c.ID {
		h.Fatalf("the series went on with %+v", next)
	}
	h.do(func(b *store.Book) error { return b.RemoveActivity(l.Activity.ID) })
	got := h.only()
	if got.ID != c.ID || len(got.By) != 0 || !got.ClosedAt.IsZero() {
		h.Errorf("after the call was taken back: %+v", got)
	}
	l = h.log("Acme", store.Activity{Kind: store.Call})
	h.on(thursday, "09:00").do(func(b *store.Book) error { return b.RemoveActivity(l.Activity.ID) })
	if got := h.commitment(c.ID); got.Status != store.Kept {
		h.Errorf("days later it is %s again", got.Status)
	}
}

func testMove(h *harness) {
	h.join("Europe/Berlin")
	c := h.commit(h.to("Acme", store.Commitment{
		Kind: store.Call, DueOn: monday.day() + 1, At: "15:00", DueAt: (monday + 1).at("14:00"),
	}))
	move := func(on store.Day, at time.Time) store.Commitment {
		return h.with(c.ID, func(b *store.Book, id store.ID) (store.Commitment, error) { return b.Move(id, on, at) })
	}
	got := move(friday.day(), time.Time{})
	if got.DueOn != friday.day() || !got.DueAt.Equal(friday.at("14:00")) || got.Moves != 1 {
		h.Errorf("moved to Friday: %+v", got)
	}
	got = move(0, thursday.at("08:30"))
	if got.DueOn != thursday.day() || got.At != "09:30" || got.Moves != 1 {
		h.Errorf("moved nearer: %+v", got)
	}
	for _, past := range []func(*store.Book) error{
		func(b *store.Book) error { _, err := b.Move(c.ID, monday.day()-1, time.Time{}); return err },
		func(b *store.Book) error { _, err := b.Move(c.ID, 0, h.now); return err },
	} {
		h.refuse(store.ErrInvalid, past)
	}
	daily := h.commit(store.Commitment{Kind: store.Email, Every: store.EachDay, From: friday.day()})
	h.with(daily.ID, func(b *store.Book, id store.ID) (store.Commitment, error) {
		return b.Move(id, monday.day(), time.Time{})
	})
	if l := h.log("Acme", store.Activity{Kind: store.Email}); len(l.Kept) != 1 {
		h.Error("what was moved to today was not kept today")
	}
}

// testMoveShown: another day keeps the time of day that is shown, not the one that
// was typed in another zone.
func testMoveShown(h *harness) {
	h.join("Europe/Berlin")
	once := h.commit(h.to("Acme", store.Commitment{
		Kind: store.Call, DueOn: monday.day() + 1, At: "15:00", DueAt: (monday + 1).at("14:00"),
	}))
	daily := h.commit(store.Commitment{Kind: store.Call, Every: store.EachDay, At: "15:00", From: monday.day() + 1})
	h.settings(func(f *store.Founder) { f.Zone = "America/New_York" })
	toFriday := func(b *store.Book, id store.ID) (store.Commitment, error) {
		return b.Move(id, friday.day(), time.Time{})
	}
	if got := h.with(once.ID, toFriday); !got.DueAt.Equal(friday.at("14:00")) || got.At != "09:00" {
		h.Errorf("shown at 09:00 in New York, it moved to %s, %s", got.DueAt, got.At)
	}
	if got := h.with(daily.ID, toFriday); !got.DueAt.Equal(friday.at("20:00")) || got.At != "15:00" {
		h.Errorf("of a series at 15:00 in New York, it moved to %s, %s", got.DueAt, got.At)
	}
}

func testMoveToDay(h *harness) {
	h.join("UTC")
	once := h.commit(store.Commitment{Kind: store.Call, DueOn: friday.day(), At: "15:00", DueAt: friday.at("15:00")})
	daily := h.commit(store.Commitment{Kind: store.Email, Every: store.EachDay, At: "15:00", From: friday.day()})
	on := func(day store.Day) func(*store.Book, store.ID) (store.Commitment, error) {
		return func(b *store.Book, id store.ID) (store.Commitment, error) { return b.MoveToDay(id, day) }
	}
	if got := h.with(once.ID, on(friday.day())); !got.DueAt.IsZero() || got.At != "" || got.DueOn != friday.day() || got.Moves != 0 {
		h.Errorf("without its time it is %+v", got)
	}
	if got := h.with(once.ID, on(friday.day()+3)); !got.DueAt.IsZero() || got.DueOn != friday.day()+3 || got.Moves != 1 {
		h.Errorf("a day alone, put off: %+v", got)
	}
	h.refuse(store.ErrInvalid, func(b *store.Book) error { _, err := b.MoveToDay(once.ID, monday.day()-1); return err })
	if got := h.with(daily.ID, on(monday.day())); !got.DueAt.IsZero() || got.At != "15:00" {
		h.Errorf("of a series, without its time: %+v", got)
	}
	h.log("Acme", store.Activity{Kind: store.Email})
	if next := h.open()[1]; !next.DueAt.Equal((monday + 1).at("15:00")) {
		h.Errorf("the series goes on with %+v", next)
	}
	h.with(once.ID, (*store.Book).Release)
	h.refuse(store.ErrClosed, func(b *store.Book) error { _, err := b.MoveToDay(once.ID, friday.day()); return err })
}

func testSnooze(h *harness) {
	h.join("UTC")
	c := h.commit(store.Commitment{Kind: store.Call, Every: store.EachDay, At: "10:00"})
	until := monday.at("17:00")
	got := h.with(c.ID, func(b *store.Book, id store.ID) (store.Commitment, error) { return b.Snooze(id, until) })
	if !got.Snoozed.Equal(until) || !got.DueAt.Equal(c.DueAt) || got.DueOn != c.DueOn || got.At != "10:00" {
		h.Errorf("snoozed: %+v", got)
	}
	h.refuse(store.ErrInvalid, func(b *store.Book) error { _, err := b.Snooze(c.ID, h.now); return err })
	h.with(c.ID, (*store.Book).Silence)
	got = h.with(c.ID, func(b *store.Book, id store.ID) (store.Commitment, error) { return b.Snooze(id, until) })
	if got.Silent {
		h.Error("a reminder that was asked for is silent")
	}
	h.on(monday, "18:00").log("Acme", store.Activity{Kind: store.Call})
	next := h.only()
	if !next.Snoozed.IsZero() || !next.DueAt.Equal((monday + 1).at("10:00")) {
		h.Errorf("the snooze moved the series: %+v", next)
	}
}

func testRelease(h *harness) {
	h.join("UTC")
	c := h.commit(store.Commitment{Kind: store.Call, Every: store.EachWeekday})
	skipped := h.with(c.ID, (*store.Book).Skip)
	next := h.only()
	if skipped.Status != store.Released || next.DueOn != monday.day()+1 {
		h.Errorf("skipped: %+v, then %+v", skipped, next)
	}
	h.with(next.ID, (*store.Book).Release)
	h.same("what is open after the series was let go", h.open(), []store.Commitment{})
	h.refuse(store.ErrClosed, func(b *store.Book) error { _, err := b.Release(next.ID); return err })
	once := h.commit(callBy(friday))
	h.with(once.ID, (*store.Book).Skip)
	h.same("what is open after skipping what was promised once", h.open(), []store.Commitment{})

	late := h.commit(store.Commitment{Kind: store.Call, Every: store.EachWeekday})
	h.on(friday, "09:00").with(late.ID, (*store.Book).Skip)
	if got := h.only(); got.DueOn < friday.day() {
		h.Errorf("skipping what was overdue began one due on %s", got.DueOn)
	}
}

func testMissed(h *harness) {
	h.join("UTC")
	c := h.commit(callBy(monday))
	someday := h.commit(store.Commitment{Kind: store.Call})
	h.on(monday+store.MissedAfter, "09:00").roll()
	if got := h.commitment(c.ID); got.Status != store.Open {
		h.Errorf("after %d days it is %s", store.MissedAfter, got.Status)
	}
	h.on(monday+store.MissedAfter+1, "09:00").roll()
	if got := h.commitment(c.ID); got.Status != store.Missed || got.ClosedAt != h.now {
		h.Errorf("a day later it is %+v", got)
	}
	if got := h.only(); got.ID != someday.ID {
		h.Error("what has no day was missed")
	}
	before := h.all()
	h.roll()
	h.same("what rolling twice leaves", h.all(), before)
}

func testFollowsOnce(h *harness) {
	h.join("UTC")
	l := h.log("Acme", store.Activity{Kind: store.Call})
	c := store.Commitment{Kind: store.Ask, Prospect: l.Prospect.ID, After: l.Activity.ID, DueOn: monday.day() + 1}
	first, second := h.commit(c), h.commit(c)
	if first.ID != second.ID {
		h.Error("a press twice promised twice")
	}
}

func testEditSettles(h *harness) {
	h.join("UTC")
	acme := h.commit(h.to("Acme", callBy(friday)))
	globex := h.commit(h.to("Globex", callBy(friday)))
	l := h.log("Acme", store.Activity{Kind: store.Call})
	h.do(func(b *store.Book) error {
		_, err := b.EditActivity(l.Activity.ID, func(a *store.Activity) { a.Prospect = globex.Prospect })
		return err
	})
	if a, g := h.commitment(acme.ID), h.commitment(globex.ID); a.Status != store.Open || g.Status != store.Kept {
		h.Errorf("after the edit they are %s and %s, want open and kept", a.Status, g.Status)
	}
}

func testOnceKeepsInstant(h *harness) {
	h.join("Europe/Berlin")
	due := friday.at("14:00")
	c := h.commit(store.Commitment{Kind: store.Call, DueOn: friday.day(), At: "15:00", DueAt: due})
	h.settings(func(f *store.Founder) { f.Zone = "America/New_York" })
	if got := h.commitment(c.ID); !got.DueAt.Equal(due) {
		h.Errorf("a move of zone moved it to %s", got.DueAt)
	}
}

func testSentence(h *harness) {
	h.join("UTC")
	c := h.commit(callBy(friday))
	say := func(b *store.Book, id store.ID) (store.Commitment, error) {
		return b.SetSentence(id, "Shall we start?")
	}
	if got := h.with(c.ID, say); got.Sentence != "Shall we start?" {
		h.Errorf("the sentence is %q", got.Sentence)
	}
	h.with(c.ID, (*store.Book).Release)
	h.refuse(store.ErrClosed, func(b *store.Book) error { _, err := say(b, c.ID); return err })
}
