package storetest

import (
	"strings"

	"pitch/store"
)

func prospectTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"renamed":                 testRename,
		"never two of one":        testOneName,
		"merged":                  testMerge,
		"merged, what stays":      testMergeKnows,
		"merged, followed up":     testMergeFollowUps,
		"merged, undone next day": testMergeUndoneNextDay,
		"removed, and lines":      testRemoveLines,
		"removed":                 testRemove,
		"counted":                 testHoldings,
	}
}

func (h *harness) prospect(name string) (p store.Prospect) {
	h.Helper()
	h.look(func(b *store.Book) error {
		found, err := b.FindProspects(name)
		if len(found) == 1 {
			p = found[0]
		} else if err == nil {
			h.Fatalf("%d prospects are called %q", len(found), name)
		}
		return err
	})
	return p
}

func (h *harness) names() (names []string) {
	h.Helper()
	for _, p := range h.all().Prospects {
		names = append(names, p.Name)
	}
	return names
}

// described makes a change as a step that can be undone.
func (h *harness) described(what string, change func(*store.Book) error) {
	h.Helper()
	h.do(func(b *store.Book) error {
		if _, err := b.Describe(what); err != nil {
			return err
		}
		return change(b)
	})
}

func testRename(h *harness) {
	h.join("UTC")
	acme := h.log("Acmee", store.Activity{Kind: store.Ask}).Prospect
	h.log("Globex", store.Activity{Kind: store.Ask})
	before := h.all()
	rename := func(name string) func(*store.Book) error {
		return func(b *store.Book) error { _, err := b.Rename(acme.ID, name); return err }
	}
	h.refuse(store.ErrAmbiguous, rename("globex."))
	h.refuse(store.ErrInvalid, rename("  "))
	h.refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.Rename(999, "X"); return err })
	h.same("what refusals leave", h.all(), before)
	h.described("rename", rename(" Acme "))
	h.again()
	h.same("the names", h.names(), []string{"Acme", "Globex"})
	h.same("whom the old entry is with", h.prospect("acme").ID, acme.ID)
	h.undo()
	h.same("what undoing leaves", h.all(), before)
	h.described("its spelling", rename("ACMEE"))
	h.same("the name in other letters", h.names(), []string{"ACMEE", "Globex"})
}

// testOneName: names are what exports tell prospects apart by, so neither a
// change nor an undo makes two of one.
func testOneName(h *harness) {
	h.join("UTC")
	acme := h.log("Acme", store.Activity{Kind: store.Call}).Prospect
	h.described("rename", func(b *store.Book) error { _, err := b.Rename(acme.ID, "Apex"); return err })
	other := h.log("ACME", store.Activity{Kind: store.Email}).Prospect
	rename := h.steps()[1]
	h.refuse(store.ErrChangedSince, func(b *store.Book) error { _, err := b.Undo(rename.ID); return err })
	h.refuse(store.ErrAmbiguous, func(b *store.Book) error { other.Name = "apex"; return b.SetProspect(other) })
	h.refuse(store.ErrAmbiguous, func(b *store.Book) error {
		return b.SetProspect(store.Prospect{ID: 77, Name: "Apex", AddedAt: h.now})
	})
	h.described("delete", func(b *store.Book) error { _, err := b.RemoveProspect(acme.ID); return err })
	h.log("Apex", store.Activity{Kind: store.Call})
	if step := h.undo(); step.What != "log Apex" {
		h.Errorf("undid %q", step.What)
	}
	h.undo() // nobody is called that now: the removal can be undone
	h.same("the names", h.names(), []string{"Apex", "ACME"})

	from, into := h.prospect("Acme"), h.prospect("Apex")
	h.described("merge", func(b *store.Book) error {
		if _, err := b.Merge(from.ID, into.ID); err != nil {
			return err
		}
		_, err := b.Rename(into.ID, "Acme")
		return err
	})
	merge := h.steps()
	h.do(func(b *store.Book) error { // what is noted since keeps the name
		p, err := b.Prospect(into.ID)
		p.Note = "met"
		return firstOf(err, func() error { return b.SetProspect(p) })
	})
	h.refuse(store.ErrChangedSince, func(b *store.Book) error { _, err := b.Undo(merge[len(merge)-1].ID); return err })
	h.same("the names after all", h.names(), []string{"Acme"})
}

func firstOf(err error, do func() error) error {
	if err != nil {
		return err
	}
	return do()
}

func testMerge(h *harness) {
	h.settings(func(f *store.Founder) { f.OnBoard = true })
	wrong := h.log("Acmee", store.Activity{Kind: store.Ask}).Prospect
	right := h.log("Acme", store.Activity{Kind: store.Ask}).Prospect
	h.log("Acmee", store.Activity{Kind: store.Ask, OccurredOn: monday.day() - 1})
	once := h.commit(h.to("Acmee", callBy(friday)))
	series := h.commit(h.to("Acmee", store.Commitment{Kind: store.Email, Every: store.EachDay}))
	count := h.commit(store.Commitment{Kind: store.Ask, Count: 5, DueOn: friday.day()})
	h.log("Acmee", store.Activity{Kind: store.Ask}) // counts as one with the first
	h.same("the asks before", h.asked(0, 0), 3)
	before := h.all()
	progress := len(h.commitment(count.ID).By)

	merge := func(b *store.Book) error { _, err := b.Merge(wrong.ID, right.ID); return err }
	h.described("merge", merge)
	h.again()
	h.same("the names", h.names(), []string{"Acme"})
	h.same("the asks: one a day", h.asked(0, 0), 2)
	h.same("what is with the one that is left", len(h.with1(right.ID)), 4)
	for _, id := range []store.ID{once.ID, series.ID} {
		h.same("whom a promise is to", h.commitment(id).Prospect, right.ID)
	}
	h.same("how far a number has got", len(h.commitment(count.ID).By), progress)
	h.refuse(store.ErrNotFound, merge)
	h.refuse(store.ErrInvalid, func(b *store.Book) error { _, err := b.Merge(right.ID, right.ID); return err })
	h.refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.Merge(right.ID, 999); return err })

	h.undo()
	h.same("what undoing leaves", h.all(), before)
	h.same("the asks after that", h.asked(0, 0), 3)
	h.described("merge", merge)
	h.log("Acme", store.Activity{Kind: store.Email})
	kept := h.commitments(store.Kept)
	if len(kept) != 1 || kept[0].Series != series.ID || kept[0].Prospect != right.ID || len(h.open()) != 3 {
		h.Errorf("after an email to the one that is left: %+v", kept)
	}
}

// with1 are the activities with a prospect.
func (h *harness) with1(id store.ID) (all []store.Activity) {
	h.Helper()
	h.look(func(b *store.Book) (err error) {
		all, err = b.ActivitiesWith(id)
		return err
	})
	return all
}

func testMergeKnows(h *harness) {
	h.join("UTC")
	from := h.log("Acmee", store.Activity{Kind: store.Call}).Prospect
	into := h.on(monday+1, "09:00").log("Acme", store.Activity{Kind: store.Call}).Prospect
	from.Relationship, from.Buyer, from.NotCallable, from.DoNotContact = store.Warm, store.Developer, true, true
	from.FollowUpOn, from.Note, from.Described = friday.day(), "met at a fair", true
	into.Relationship, into.FollowUpOn, into.Note = store.Cold, thursday.day(), "prefers email"
	h.do(func(b *store.Book) error {
		return firstOf(b.SetProspect(from), func() error { return b.SetProspect(into) })
	})
	want := into
	want.Buyer, want.NotCallable, want.DoNotContact, want.Described = store.Developer, true, true, true
	want.Note, want.AddedAt = "prefers email\nmet at a fair", from.AddedAt
	merge := func(b *store.Book) error { _, err := b.Merge(from.ID, into.ID); return err }
	h.described("merge", merge)
	h.again()
	h.same("what is known of the one that is left", h.prospect("Acme"), want)
	h.undo()
	h.same("what was known of each", h.all().Prospects, []store.Prospect{from, into})

	long := into
	long.Note = strings.Repeat("x", store.MaxWords)
	h.do(func(b *store.Book) error { return b.SetProspect(long) })
	h.described("merge", merge)
	h.same("notes too long together", h.prospect("Acme").Note, strings.Repeat("x", store.MaxWords-1)+"…")
	h.undo()
	h.same("the notes of each again", h.all().Prospects, []store.Prospect{from, long})
}

// testMergeFollowUps: of two follow-up dates the one that is done, or over, gives
// way to the one to come.
func testMergeFollowUps(h *harness) {
	h.join("UTC")
	for name, c := range map[string]struct{ from, into, touched, want store.Day }{
		"the earlier":            {friday.day(), thursday.day(), 0, thursday.day()},
		"not what is over":       {monday.day(), friday.day(), 0, friday.day()},
		"not what is followed":   {monday.day() + 2, friday.day(), monday.day() + 2, friday.day()},
		"what is overdue, alone": {0, monday.day(), 0, monday.day()},
		"none":                   {0, 0, 0, 0},
	} {
		from := h.on(monday-7, "09:00").log("From "+name, store.Activity{Kind: store.Call}).Prospect
		into := h.on(monday-7, "09:00").log("Into "+name, store.Activity{Kind: store.Call}).Prospect
		from.FollowUpOn, into.FollowUpOn = c.from, c.into
		h.do(func(b *store.Book) error {
			return firstOf(b.SetProspect(from), func() error { return b.SetProspect(into) })
		})
		h.on(monday+2, "10:00")
		if c.touched != 0 {
			h.log(from.Name, store.Activity{Kind: store.FollowUp, OccurredOn: c.touched})
		}
		h.do(func(b *store.Book) error { _, err := b.Merge(from.ID, into.ID); return err })
		h.same(name, h.prospect(into.Name).FollowUpOn, c.want)
	}
}

// testMergeUndoneNextDay: what a new day makes of promises does not stand before
// taking a merge back, and neither does what else was changed of an entry.
func testMergeUndoneNextDay(h *harness) {
	h.join("UTC")
	from := h.log("Acmee", store.Activity{Kind: store.Ask})
	into := h.log("Acme", store.Activity{Kind: store.Call}).Prospect
	series := h.commit(store.Commitment{Kind: store.Call, Prospect: from.Prospect.ID, Every: store.EachDay})
	line := h.say(store.Line{Prospect: from.Prospect.ID})
	h.described("merge", func(b *store.Book) error { _, err := b.Merge(from.Prospect.ID, into.ID); return err })
	h = h.on(monday+1, "09:00")
	h.do((*store.Book).Roll)
	h.do(func(b *store.Book) error {
		_, err := b.EditActivity(from.Activity.ID, func(a *store.Activity) { a.Quantity = 10 })
		return err
	})
	h.do(func(b *store.Book) error { _, err := b.AnswerLine(line.ID, "Later"); return err })
	h.undo()
	h.again()
	for _, c := range h.all().Commitments {
		h.same("whom each day's promise is to", c.Prospect, from.Prospect.ID)
	}
	h.same("the day that is over", h.commitment(series.ID).Status, store.Missed)
	h.same("what is open", len(h.open()), 1)
	h.same("the entry as it is by now", h.with1(from.Prospect.ID)[0].Quantity, 10)
	h.look(func(b *store.Book) error {
		l, err := b.Line(line.ID)
		h.same("the line's prospect", l.Prospect, from.Prospect.ID)
		h.same("its answer", l.Answer, "Later")
		return err
	})
}

// testRemoveLines: a line about somebody removed counts as said, in no words, and
// has them again when that is undone.
func testRemoveLines(h *harness) {
	h.join("UTC")
	p := h.log("Acme", store.Activity{Kind: store.Ask}).Prospect
	line := h.say(store.Line{Prospect: p.ID, Facts: []string{"Acme was asked."}})
	h.described("delete", func(b *store.Book) error { _, err := b.RemoveProspect(p.ID); return err })
	bare := line
	bare.Said, bare.Facts = "", nil
	lines := func() (all []store.Line) {
		h.look(func(b *store.Book) (err error) { all, err = b.Lines(); return err })
		return all
	}
	h.same("the line without them", lines(), []store.Line{bare})
	h.undo()
	h.same("the line with them", lines(), []store.Line{line})
}

// say notes a coach line.
func (h *harness) say(l store.Line) store.Line {
	h.Helper()
	l.Kind, l.Text, l.Said, l.Place = "ask", "ask/1", "Acme has heard about it.", store.InReply
	h.do(func(b *store.Book) (err error) { l, err = b.Say(l); return err })
	return l
}

func testRemove(h *harness) {
	h.settings(func(f *store.Founder) { f.OnBoard = true })
	five := h.commit(store.Commitment{Kind: store.Ask, Count: 5, DueOn: friday.day()})
	one := h.commit(store.Commitment{Kind: store.Call, DueOn: friday.day()})
	acme := h.log("Acme", store.Activity{Kind: store.Ask}).Prospect
	h.log("Globex", store.Activity{Kind: store.Ask})
	h.log("Acme", store.Activity{Kind: store.Call})
	h.commit(h.to("Acme", callBy(friday)))
	h.commit(h.to("Acme", store.Commitment{Kind: store.Email, Every: store.EachDay}))
	before := h.all()
	want := store.Holdings{Activities: 2, Asks: 1, Commitments: 2, Open: 2}
	h.look(func(b *store.Book) error {
		is, err := b.HoldingsOf(acme.ID)
		h.same("what is about them", is, want)
		return err
	})
	remove := func(b *store.Book) error {
		is, err := b.RemoveProspect(acme.ID)
		h.same("what was removed", is, want)
		return err
	}
	h.described("delete Acme", remove)
	h.again()
	h.same("the names", h.names(), []string{"Globex"})
	h.same("the asks", h.asked(0, 0), 1)
	h.same("how far the number has got", len(h.commitment(five.ID).By), 1)
	h.same("a number that was kept", h.commitment(one.ID).Status, store.Kept)
	h.same("what is open", len(h.open()), 1)
	h.refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.RemoveProspect(acme.ID); return err })
	h.refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.HoldingsOf(acme.ID); return err })
	h.as(bob).join("UTC")
	h.as(bob).refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.RemoveProspect(h.prospect("Globex").ID); return err })

	h.undo()
	h.same("what undoing leaves", h.all(), before)
	h.same("the asks after that", h.asked(0, 0), 2)
	h.described("delete Acme", remove)
	if p := h.log("Acme", store.Activity{Kind: store.Call}).Prospect; p.ID <= acme.ID {
		h.Errorf("who is named again has the old id %d", p.ID)
	}
}

func testHoldings(h *harness) {
	h.join("UTC")
	h.log("Acme", store.Activity{Kind: store.Ask})
	h.log("Globex", store.Activity{Kind: store.Call})
	h.commit(callBy(friday))
	h.offer("v1")
	h.do(func(b *store.Book) error { _, err := b.TurnOnBoard(fridayBoard("C1")); return err })
	h.do(func(b *store.Book) error { return b.SetDelivery(store.Delivery{Occurrence: "plan/1"}) })
	h.as(bob).join("UTC")
	for _, c := range []struct {
		of   *harness
		want store.Holdings
	}{
		{h, store.Holdings{Prospects: 2, Activities: 2, Asks: 1, Commitments: 1, Open: 1, Offers: 1, Boards: 1, Messages: 1, Steps: 4}},
		{h.as(bob), store.Holdings{}},
	} {
		c.of.look(func(b *store.Book) error {
			is, err := b.Holdings()
			h.same("what there is", is, c.want)
			return err
		})
	}
}
