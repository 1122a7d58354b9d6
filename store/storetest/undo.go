package storetest

import (
	"fmt"
	"time"

	"pitch/store"
)

func undoTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"of each":                  testUndoEach,
		"of an answer":             testUndoAnswer,
		"twice":                    testUndoTwice,
		"changed since":            testChangedSince,
		"passes over a new day":    testUndoPasses,
		"a new day is no step":     testNewDayIsNoStep,
		"Slack's zone stays":       testUndoKeepsZone,
		"of the first thing ever":  testUndoFirst,
		"without an effect":        testNoEffect,
		"prospects used elsewhere": testUndoKeepsProspects,
		"by id, and the board":     testUndoCounts,
		"what is not undone":       testUndoLeaves,
		"fifty steps":              testStepsKept,
		"of nothing":               testUndoNothing,
	}
}

// testUndoEach makes every kind of change, and undoes each to the row.
func testUndoEach(h *harness) {
	h.join("Europe/Berlin")
	h.log("Acme", store.Activity{Kind: store.Ask})
	daily := h.commit(store.Commitment{Kind: store.Call, Every: store.EachDay, At: "15:00"})
	named := h.commit(h.to("Acme", callBy(friday)))
	l := h.log("Globex", store.Activity{Kind: store.Email})
	later := monday.at("17:00")
	for name, change := range map[string]func(*store.Book) error{
		"log":       func(b *store.Book) error { _, err := b.Log("Initech", store.Activity{Kind: store.Ask}); return err },
		"log, kept": func(b *store.Book) error { _, err := b.Log("Initech", store.Activity{Kind: store.Call}); return err },
		"answer":    func(b *store.Book) error { _, err := b.Answer("Acme", store.Activity{Outcome: store.Won}); return err },
		"done":      func(b *store.Book) error { _, err := b.Keep(named.ID); return err },
		"commit":    func(b *store.Book) error { _, err := b.Commit(callBy(friday)); return err },
		"move":      func(b *store.Book) error { _, err := b.Move(named.ID, friday.day()+3, time.Time{}); return err },
		"snooze":    func(b *store.Book) error { _, err := b.Snooze(daily.ID, later); return err },
		"release":   func(b *store.Book) error { _, err := b.Release(daily.ID); return err },
		"skip":      func(b *store.Book) error { _, err := b.Skip(daily.ID); return err },
		"silence":   func(b *store.Book) error { _, err := b.Silence(named.ID); return err },
		"sentence":  func(b *store.Book) error { _, err := b.SetSentence(named.ID, "Hello"); return err },
		"days off":  func(b *store.Book) error { return b.TakeDaysOff(store.DaysOff{From: friday.day(), To: friday.day()}) },
		"remove":    func(b *store.Book) error { return b.RemoveActivity(l.Activity.ID) },
		"prospect":  func(b *store.Book) error { p := l.Prospect; p.Name = "G"; return b.SetProspect(p) },
		"turn on":   func(b *store.Book) error { _, err := b.TurnOnBoard(fridayBoard("C1")); return err },
		"edit": func(b *store.Book) error {
			return edit(b, l.Activity.ID, func(a *store.Activity) { a.Kind = store.Call })
		},
		"zone": func(b *store.Book) error {
			return set(b, func(f *store.Founder) { f.Zone, f.ZoneChosen = "Asia/Tokyo", true })
		},
		"on board":    func(b *store.Book) error { return set(b, func(f *store.Founder) { f.OnBoard = true }) },
		"two at once": func(b *store.Book) error { return twoLogs(b) },
	} {
		before := h.all()
		h.do(func(b *store.Book) error {
			if _, err := b.Describe(name); err != nil {
				return err
			}
			return change(b)
		})
		h.again()
		if step := h.undo(); step.What != name || !step.Undone {
			h.Errorf("undid %q, want %q", step.What, name)
		}
		h.same("what undoing "+name+" leaves", h.all(), before)
	}
}

func twoLogs(b *store.Book) error {
	if _, err := b.Log("Hooli", store.Activity{Kind: store.Ask}); err != nil {
		return err
	}
	_, err := b.Log("Hooli", store.Activity{Kind: store.Call})
	return err
}

func edit(b *store.Book, id store.ID, change func(*store.Activity)) error {
	_, err := b.EditActivity(id, change)
	return err
}

func set(b *store.Book, change func(*store.Founder)) error {
	f, err := b.Founder()
	if err != nil {
		return err
	}
	change(&f)
	return b.SetFounder(f)
}

func testUndoAnswer(h *harness) {
	h.join("UTC")
	ask := h.log("Acme", store.Activity{Kind: store.Ask})
	h.do(func(b *store.Book) error {
		if _, err := b.Describe("log no Acme"); err != nil {
			return err
		}
		_, err := b.Answer("Acme", store.Activity{Outcome: store.Lost, Reason: store.Price})
		return err
	})
	h.undo()
	h.same("the ask", h.activity(ask.Activity.ID), ask.Activity)
	h.look(func(b *store.Book) error {
		open, err := b.OpenAsk(ask.Prospect.ID)
		h.same("the open ask", open, ask.Activity)
		return err
	})
}

func testUndoTwice(h *harness) {
	h.join("UTC")
	h.log("Acme", store.Activity{Kind: store.Call})
	h.log("Globex", store.Activity{Kind: store.Call})
	last := h.undo()
	h.refuse(store.ErrUndone, func(b *store.Book) error { _, err := b.Undo(last.ID); return err })
	first := h.undo()
	if first.What != "log Acme" {
		h.Errorf("then it undid %q", first.What)
	}
	h.refuse(store.ErrNothingToUndo, func(b *store.Book) error { _, err := b.Undo(0); return err })
	h.same("what is left", h.all().Activities, []store.Activity{})
}

func testChangedSince(h *harness) {
	h.join("UTC")
	l := h.log("Acme", store.Activity{Kind: store.Call})
	c := h.commit(callBy(friday))
	h.do(func(b *store.Book) error {
		return edit(b, l.Activity.ID, func(a *store.Activity) { a.Note = "and more" })
	})
	h.with(c.ID, (*store.Book).Silence)
	steps := h.steps()
	before := h.all()
	for _, s := range steps[:2] {
		h.refuse(store.ErrChangedSince, func(b *store.Book) error { _, err := b.Undo(s.ID); return err })
	}
	h.same("what a refused undo leaves", h.all(), before)
	h.undo() // the silence; now the promise is as it was made
	h.do(func(b *store.Book) error { _, err := b.Undo(steps[1].ID); return err })
	h.same("what is open", h.open(), []store.Commitment{})
}

// testUndoPasses: what a new day or an admin changed does not stand before what is
// older.
func testUndoPasses(h *harness) {
	h.join("UTC")
	acme := h.log("Acme", store.Activity{Kind: store.Call})
	series := h.commit(store.Commitment{Kind: store.Ask, Every: store.EachDay})
	h.do(func(b *store.Book) error {
		if _, err := b.Describe("channel on"); err != nil {
			return err
		}
		_, err := b.TurnOnBoard(fridayBoard("C1"))
		return err
	})
	steps := h.steps()
	h.do(func(b *store.Book) error { return b.TurnOffBoard("C1") })
	h.on(monday+1, "00:00").roll()
	step := h.undo()
	h.same("what was undone", step.What, "log Acme")
	h.same("what was passed over", step.Passed, []string{"channel on", "commit"})
	h.same("the activities left", h.all().Activities, []store.Activity{})
	h.refuse(store.ErrChangedSince, func(b *store.Book) error {
		step, err := b.Undo(0)
		h.same("what was passed over in vain", step, store.Step{Passed: []string{"channel on", "commit"}})
		return err
	})
	for _, s := range steps[1:] {
		h.refuse(store.ErrChangedSince, func(b *store.Book) error { _, err := b.Undo(s.ID); return err })
	}
	if got := h.only(); got.Series != series.ID || got.DueOn != monday.day()+1 {
		h.Errorf("the series goes on with %+v", got)
	}
	h.log("Acme", store.Activity{Kind: store.Call, Note: acme.Activity.Note})
	if step := h.undo(); step.What != "log Acme" || len(step.Passed) != 0 {
		h.Errorf("then %q was undone, past %q", step.What, step.Passed)
	}
}

// testNewDayIsNoStep: the first change of a day, which also ends what was due the
// day before, is undone without it.
func testNewDayIsNoStep(h *harness) {
	h.join("UTC")
	h.commit(store.Commitment{Kind: store.Ask, Every: store.EachDay})
	h.on(monday+1, "09:00").log("Acme", store.Activity{Kind: store.Call})
	missed := h.commitments("")
	h.on(monday+2, "09:00").roll()
	h.undo()
	h.same("the activities left", h.all().Activities, []store.Activity{})
	h.same("what was missed", h.commitment(missed[0].ID), missed[0])
	h.do(func(b *store.Book) error {
		if _, err := b.Describe("looked around"); err != nil {
			return err
		}
		return b.Roll()
	})
	h.refuse(store.ErrChangedSince, func(b *store.Book) error { _, err := b.Undo(0); return err })

	daily := h.only()
	h.on(monday+3, "09:00").with(daily.ID, (*store.Book).Skip)
	h.undo()
	h.roll()
	if got := h.commitment(daily.ID); got.Status != store.Missed || h.only().DueOn != monday.day()+3 {
		h.Errorf("what was let go too late, and that undone, is %s", got.Status)
	}
}

// testUndoKeepsZone: a zone that Slack noted is not a setting of the founder's.
func testUndoKeepsZone(h *harness) {
	h.join("Europe/Berlin")
	describe := func(what string, change func(*store.Founder)) {
		h.do(func(b *store.Book) error {
			if _, err := b.Describe(what); err != nil {
				return err
			}
			return set(b, change)
		})
	}
	describe("goal", func(f *store.Founder) { f.Goals.Asks = 5 })
	h.settings(func(f *store.Founder) { f.Zone = "America/New_York" })
	if step := h.undo(); step.What != "goal" {
		h.Errorf("undid %q", step.What)
	}
	if f := h.all().Founder; f.Goals.Asks != 0 || f.Zone != "America/New_York" {
		h.Errorf("undoing a goal left %+v", f)
	}
	describe("settings", func(f *store.Founder) { f.Zone, f.ZoneChosen = "Asia/Tokyo", true })
	h.undo()
	if f := h.all().Founder; f.Zone != "America/New_York" || f.ZoneChosen {
		h.Errorf("undoing a choice of zone left %+v", f)
	}
}

// testUndoFirst: what somebody new sets with their first command is undone, that
// they joined is not.
func testUndoFirst(h *harness) {
	for name, first := range map[string]func(*store.Founder){
		"board on": func(f *store.Founder) { f.OnBoard = true },
		"goal":     func(f *store.Founder) { f.Goals.Asks = 5 },
		"settings": func(f *store.Founder) { f.Reminders, f.Zone, f.ZoneChosen = store.EveryMorning, "Asia/Tokyo", true },
		"pause":    func(f *store.Founder) { f.DaysOff = []store.DaysOff{{From: monday.day(), To: friday.day()}} },
	} {
		one := h.as(store.Owner{Team: "T1", User: store.UserID(name)})
		var joined store.Founder
		one.do(func(b *store.Book) (err error) {
			if joined, err = b.Join("Europe/Berlin"); err != nil {
				return err
			}
			if _, err := b.Describe(name); err != nil {
				return err
			}
			return set(b, first)
		})
		if step := one.undo(); step.What != name {
			h.Errorf("undid %q, want %q", step.What, name)
		}
		h.same("what undoing "+name+" leaves", one.all().Founder, joined)
		one.refuse(store.ErrNothingToUndo, func(b *store.Book) error { _, err := b.Undo(0); return err })
	}
}

// testNoEffect: a change that leaves everything as it was is no step, and says so
// while it is made.
func testNoEffect(h *harness) {
	h.join("UTC")
	l := h.log("Acme", store.Activity{Kind: store.Ask})
	follow := store.Commitment{Kind: store.Ask, Prospect: l.Prospect.ID, After: l.Activity.ID, DueOn: friday.day()}
	for name, change := range map[string]func(*store.Book) error{
		"promise":  func(b *store.Book) error { _, err := b.Commit(follow); return err },
		"edit":     func(b *store.Book) error { return edit(b, l.Activity.ID, func(a *store.Activity) { a.Quantity = 5 }) },
		"settings": func(b *store.Book) error { return set(b, func(f *store.Founder) { f.Goals.Nos = 1 }) },
		"prospect": func(b *store.Book) error { p := l.Prospect; p.Note = "n"; return b.SetProspect(p) },
		"turn on":  func(b *store.Book) error { _, err := b.TurnOnBoard(fridayBoard("C1")); return err },
	} {
		for _, first := range []bool{true, false} {
			var id store.ID
			h.do(func(b *store.Book) (err error) {
				if id, err = b.Describe(name); err != nil {
					return err
				}
				before := b.Effective()
				if err = change(b); before || b.Effective() != first {
					h.Errorf("%s, the first time %v: it has an effect: before %v, after %v", name, first, before, b.Effective())
				}
				return err
			})
			if !first {
				h.refuse(store.ErrNothingToUndo, func(b *store.Book) error { _, err := b.Undo(id); return err })
			}
		}
		if step := h.undo(); step.What != name {
			h.Errorf("undid %q, want %q", step.What, name)
		}
	}
}

// steps are what Undo can name: it looks them up by trying.
func (h *harness) steps() (found []store.Step) {
	h.Helper()
	undo := func(id store.ID) (step store.Step, err error) {
		err = h.View(h.ctx(), h.now, h.owner, func(b *store.Book) error {
			step, err = b.Undo(id)
			return err
		})
		return step, err
	}
	for id := store.ID(1); id < 200; id++ {
		if step, _ := undo(id); step.ID != 0 {
			found = append(found, step)
		}
	}
	return found
}

func testUndoKeepsProspects(h *harness) {
	h.join("UTC")
	first := h.log("Acme", store.Activity{Kind: store.Call})
	h.log("Acme", store.Activity{Kind: store.Email})
	promised := h.log("Globex", store.Activity{Kind: store.Call})
	h.commit(h.to("Globex", callBy(friday)))
	changed := h.log("Initech", store.Activity{Kind: store.Call})
	h.do(func(b *store.Book) error {
		p := changed.Prospect
		p.Note = "met at a fair"
		return b.SetProspect(p)
	})
	h.log("Hooli", store.Activity{Kind: store.Call})
	for _, s := range h.steps() {
		if s.What == "log Acme" && s.After.Activities[first.Activity.ID] == nil || s.What == "commit" {
			continue
		}
		h.do(func(b *store.Book) error { _, err := b.Undo(s.ID); return err })
	}
	var names []string
	for _, p := range h.all().Prospects {
		names = append(names, p.Name)
	}
	h.same("the prospects kept", names, []string{first.Prospect.Name, promised.Prospect.Name, changed.Prospect.Name})
}

func testUndoCounts(h *harness) {
	h.settings(func(f *store.Founder) { f.OnBoard = true })
	h.log("Acme", store.Activity{Kind: store.Ask})
	h.log("Globex", store.Activity{Kind: store.Ask})
	steps := h.steps()
	h.do(func(b *store.Book) error { _, err := b.Undo(steps[0].ID); return err })
	if n := h.asked(0, 0); n != 1 {
		h.Errorf("%d asks count after an undo, want 1", n)
	}
	h.undo()
	h.same("the board", h.standings(0, 0), store.Standings{})
}

// testUndoLeaves: what Slack and Pitch noted, and having joined, are not undone.
func testUndoLeaves(h *harness) {
	h.do(func(b *store.Book) error {
		if _, err := b.Describe("log call Jane"); err != nil {
			return err
		}
		if _, err := b.Join("UTC"); err != nil {
			return err
		}
		_, err := b.Log("Jane", store.Activity{Kind: store.Call})
		return err
	})
	h.undo()
	if f := h.all().Founder; f.Zone != "UTC" {
		h.Error("having joined was undone")
	}
	h.do(func(b *store.Book) error {
		if _, err := b.Describe("settings"); err != nil {
			return err
		}
		return set(b, func(f *store.Founder) { f.Morning = "08:00" })
	})
	h.settings(func(f *store.Founder) { f.DM, f.BoardAsked, f.RemindersAsked = "D1", true, true })
	h.undo()
	if f := h.all().Founder; f.Morning != store.DefaultMorning || f.DM != "D1" || !f.BoardAsked || !f.RemindersAsked {
		h.Errorf("undoing settings left %+v", f)
	}
}

func testStepsKept(h *harness) {
	h.join("UTC")
	for i := range store.StepsKept + 5 {
		h.log(fmt.Sprint("Prospect ", i), store.Activity{Kind: store.Call})
	}
	for range store.StepsKept {
		h.undo()
	}
	h.refuse(store.ErrNothingToUndo, func(b *store.Book) error { _, err := b.Undo(0); return err })
	h.same("how many activities are too old to undo", len(h.all().Activities), 5)
}

func testUndoNothing(h *harness) {
	h.join("UTC")
	h.do(func(b *store.Book) error { _, err := b.Describe("looked around"); return err })
	h.refuse(store.ErrNothingToUndo, func(b *store.Book) error { _, err := b.Undo(0); return err })
	h.refuse(store.ErrNothingToUndo, func(b *store.Book) error { _, err := b.Undo(99); return err })
}
