package storetest

import (
	"errors"

	"pitch/store"
)

func logTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"join":                    testJoin,
		"log and find":            testLog,
		"answers":                 testAnswers,
		"answer without an ask":   testAnswerWithoutAsk,
		"words":                   testWords,
		"an edit moves the count": testEditCounts,
		"late asks":               testLateAsks,
		"no future":               testNoFuture,
		"names":                   testNames,
		"ranges of days":          testRanges,
		"do not trip on nobody":   testNobody,
	}
}

func testJoin(h *harness) {
	if err := h.View(h.ctx(), h.now, h.owner, func(b *store.Book) error {
		_, err := b.Founder()
		return err
	}); !errors.Is(err, store.ErrNoFounder) {
		h.Fatalf("a stranger's founder: %v, want ErrNoFounder", err)
	}
	h.join("Europe/Berlin")
	h.on(friday, "10:00").join("Asia/Tokyo")
	f := h.all().Founder
	want := store.Founder{
		Owner: ann, Joined: monday.at("09:00"), Zone: "Europe/Berlin", WorkDays: store.MondayToFriday,
		Morning: store.DefaultMorning, Digest: true, Coaching: true,
	}
	h.same("the founder", f, want)
	h.as(bob).join("Mars/Olympus")
	if f := h.as(bob).all().Founder; f.Zone != "UTC" {
		h.Errorf("an unknown zone became %q, want UTC", f.Zone)
	}
}

func testLog(h *harness) {
	h.join("UTC")
	first := h.log("Jane at Acme", store.Activity{Kind: store.Call, Note: "hello"})
	if !first.Added {
		h.Error("the prospect was not added")
	}
	second := h.log("JANE  at acme.", store.Activity{Kind: store.Ask, Quantity: 10, Amount: "500", Currency: "USD"})
	if second.Added || second.Prospect.ID != first.Prospect.ID {
		h.Error("another spelling made another prospect")
	}
	ask := second.Activity
	if ask.Asked != store.Order || ask.Outcome != store.Pending || ask.OccurredOn != monday.day() {
		h.Errorf("the ask was completed to %+v", ask)
	}
	h.again()
	all := h.all()
	h.same("the activities", all.Activities, []store.Activity{first.Activity, ask})
	h.same("the prospects", all.Prospects, []store.Prospect{first.Prospect})
	h.look(func(b *store.Book) error {
		with, err := b.ActivitiesWith(first.Prospect.ID)
		h.same("what happened with Jane", with, all.Activities)
		return err
	})
}

func testAnswers(h *harness) {
	h.join("UTC")
	old := h.log("Acme", store.Activity{Kind: store.Ask, OccurredOn: monday.day() - 2})
	latest := h.log("Acme", store.Activity{Kind: store.Call, Asked: store.Pilot, Amount: "500"})
	answer := func(name string, a store.Activity) (l store.Logged) {
		h.do(func(b *store.Book) (err error) {
			l, err = b.Answer(name, a)
			return err
		})
		return l
	}
	h.on(friday, "12:00")
	l := answer("acme", store.Activity{Outcome: store.NotNow, Until: monday.day() + 100})
	if !l.Answered || l.Activity.ID != latest.Activity.ID || l.Activity.Amount != "500" || l.Activity.AnsweredOn != friday.day() {
		h.Errorf("the answer went to %+v", l)
	}
	l = answer("acme", store.Activity{Outcome: store.Lost, Reason: store.Price, Words: "too much", Change: "smaller"})
	if l.Activity.ID != latest.Activity.ID || l.Activity.Until != 0 || l.Activity.Words != "too much" {
		h.Errorf("'later' was not open any more: %+v", l.Activity)
	}
	l = answer("acme", store.Activity{Outcome: store.Won, OccurredOn: monday.day() - 9})
	if l.Activity.ID != old.Activity.ID || l.Activity.AnsweredOn != old.Activity.OccurredOn {
		h.Errorf("the older ask was answered %s, before it was made: %+v", l.Activity.AnsweredOn, l.Activity)
	}
	h.same("activities", h.all().Activities, []store.Activity{l.Activity, h.activity(latest.Activity.ID)})
	h.refuse(store.ErrInvalid, func(b *store.Book) error {
		if _, err := b.Log("Acme", store.Activity{Kind: store.Ask}); err != nil {
			return err
		}
		_, err := b.Answer("Acme", store.Activity{Outcome: store.Won, OccurredOn: friday.day() + 1})
		return err
	})
}

func (h *harness) activity(id store.ID) (a store.Activity) {
	h.Helper()
	h.look(func(b *store.Book) (err error) {
		a, err = b.Activity(id)
		return err
	})
	return a
}

func testAnswerWithoutAsk(h *harness) {
	h.settings(func(f *store.Founder) { f.OnBoard = true })
	h.log("Acme", store.Activity{Kind: store.Call})
	var l store.Logged
	h.do(func(b *store.Book) (err error) {
		l, err = b.Answer("Acme", store.Activity{Outcome: store.Lost, Reason: store.Need})
		return err
	})
	if l.Answered || l.Activity.Kind != store.Ask || l.Activity.Reason != store.Need {
		h.Errorf("an answer without an ask became %+v", l)
	}
	if n := h.asked(0, 0); n != 1 {
		h.Errorf("%d asks count, want 1", n)
	}
}

// testWords: what the buyer said stays with every answer and every conversation;
// a reason and what will change are a no's alone.
func testWords(h *harness) {
	h.join("UTC")
	said := store.Activity{Words: "we love it", Reason: store.Price, Guessed: true, Change: "smaller"}
	for outcome, want := range map[store.Outcome]store.Activity{
		store.Won:        {Words: said.Words},
		store.NotNow:     {Words: said.Words},
		store.Referred:   {Words: said.Words},
		store.NoDecision: {Words: said.Words},
		store.Lost:       said,
		store.Pending:    {},
		"":               {Words: said.Words},
	} {
		a := said
		a.Kind, a.Outcome = store.Ask, outcome
		if outcome == "" {
			a.Kind = store.Call
		}
		is := h.log("Acme", a).Activity
		got := store.Activity{Words: is.Words, Reason: is.Reason, Guessed: is.Guessed, Change: is.Change}
		h.same("what is left of an answer "+string(outcome), got, want)
	}
	h.log("Globex", store.Activity{Kind: store.Ask})
	for _, answer := range []store.Activity{{Outcome: store.NotNow, Words: "call in May"}, {Outcome: store.Lost}} {
		h.do(func(b *store.Book) error {
			l, err := b.Answer("Globex", answer)
			if l.Activity.Words != "call in May" {
				h.Errorf("after an answer %s the words are %q", answer.Outcome, l.Activity.Words)
			}
			return err
		})
	}
}

func testEditCounts(h *harness) {
	h.settings(func(f *store.Founder) { f.OnBoard = true })
	one := h.log("Acme", store.Activity{Kind: store.Ask})
	h.log("Acme", store.Activity{Kind: store.Ask})
	h.log("Globex", store.Activity{Kind: store.Ask})
	if n := h.asked(0, 0); n != 2 {
		h.Fatalf("%d asks count, want 2: one per prospect and day", n)
	}
	edit := func(id store.ID, change func(*store.Activity)) {
		h.do(func(b *store.Book) error {
			_, err := b.EditActivity(id, change)
			return err
		})
	}
	edit(one.Activity.ID, func(a *store.Activity) { a.OccurredOn-- })
	if before, today := h.asked(monday.day()-1, monday.day()-1), h.asked(monday.day(), monday.day()); before != 1 || today != 2 {
		h.Errorf("after moving an ask a day back: %d and %d, want 1 and 2", before, today)
	}
	edit(one.Activity.ID, func(a *store.Activity) { a.Kind, a.Asked = store.Call, store.AskedNothing })
	if n := h.asked(0, 0); n != 2 {
		h.Errorf("what is no ask any more still counts: %d", n)
	}
	h.do(func(b *store.Book) error { return b.RemoveActivity(one.Activity.ID) })
	h.refuse(store.ErrNotFound, func(b *store.Book) error { return b.RemoveActivity(one.Activity.ID) })
	h.refuse(store.ErrNotFound, func(b *store.Book) error {
		_, err := b.EditActivity(3, func(a *store.Activity) { a.Prospect = 4711 })
		return errors.Join(err, store.ErrNotFound)
	})
}

func testLateAsks(h *harness) {
	h.settings(func(f *store.Founder) { f.OnBoard = true })
	h.log("Three", store.Activity{Kind: store.Ask, OccurredOn: monday.day() - 3})
	late := h.log("Four", store.Activity{Kind: store.Ask, OccurredOn: monday.day() - 4})
	if !late.Activity.Backdated {
		h.Error("an ask of four days ago is not marked")
	}
	if n := h.asked(0, 0); n != 1 {
		h.Errorf("%d asks count, want the one of three days ago", n)
	}
	call := h.log("Call", store.Activity{Kind: store.Call})
	h.on(friday+7, "09:00").do(func(b *store.Book) error {
		_, err := b.EditActivity(call.Activity.ID, func(a *store.Activity) { a.Asked = store.Order })
		return err
	})
	if n := h.asked(0, 0); n != 1 {
		h.Errorf("a call that became an ask eleven days later counts: %d", n)
	}
	h.on(friday+7, "11:00") // already the next day in Kiritimati
	ask := h.log("Zone", store.Activity{Kind: store.Ask, OccurredOn: h.today() - 3})
	h.settings(func(f *store.Founder) { f.Zone = "Pacific/Kiritimati" })
	h.do(func(b *store.Book) error {
		_, err := b.EditActivity(ask.Activity.ID, func(a *store.Activity) { a.Note = "said hello" })
		return err
	})
	if h.activity(ask.Activity.ID).Backdated {
		h.Error("a note written after a move of zone took an ask off the board")
	}
}

// today is the founder's local day.
func (h *harness) today() (d store.Day) {
	h.look(func(b *store.Book) error { d = b.Today(); return nil })
	return d
}

func testNoFuture(h *harness) {
	h.join("Pacific/Auckland")
	h.on(monday, "12:00") // already Tuesday there
	h.log("Acme", store.Activity{Kind: store.Call, OccurredOn: monday.day() + 1})
	h.refuse(store.ErrInvalid, func(b *store.Book) error {
		_, err := b.Log("Acme", store.Activity{Kind: store.Call, OccurredOn: monday.day() + 2})
		return err
	})
	ask := h.log("Acme", store.Activity{Kind: store.Ask})
	h.refuse(store.ErrInvalid, func(b *store.Book) error {
		_, err := b.EditActivity(ask.Activity.ID, func(a *store.Activity) { a.OccurredOn += 2 })
		return err
	})
	h.settings(func(f *store.Founder) { f.Zone = "America/Los_Angeles" })
	h.do(func(b *store.Book) error { // it is Monday there, and the ask was on Tuesday
		l, err := b.Answer("Acme", store.Activity{Outcome: store.Won})
		if err == nil && !l.Answered {
			err = errors.New("the ask was not answered")
		}
		return err
	})
}

func testNames(h *harness) {
	h.join("UTC")
	h.log("Acme", store.Activity{Kind: store.Call})
	other := h.log("Globex", store.Activity{Kind: store.Call})
	h.refuse(store.ErrAmbiguous, func(b *store.Book) error {
		p := other.Prospect
		p.Name = "ACME"
		return b.SetProspect(p)
	})
	h.refuse(store.ErrInvalid, func(b *store.Book) error { return b.SetProspect(store.Prospect{Name: "Nobody yet"}) })
	h.refuse(store.ErrInvalid, func(b *store.Book) error { _, _, err := b.AddProspect("   "); return err })
	if n := len(h.all().Prospects); n != 2 {
		h.Errorf("%d prospects, want 2", n)
	}
}

func testRanges(h *harness) {
	h.join("UTC")
	var want []store.Activity
	for i := range store.Day(5) {
		want = append(want, h.log("Acme", store.Activity{Kind: store.Call, OccurredOn: monday.day() - 4 + i}).Activity)
	}
	early := h.log("Acme", store.Activity{Kind: store.Email, OccurredOn: monday.day() - 4})
	want = append(want[:1], append([]store.Activity{early.Activity}, want[1:]...)...)
	for _, c := range []struct {
		name     string
		from, to store.Day
		want     []store.Activity
	}{
		{"all, by day and then id", 0, 0, want},
		{"from a day", monday.day(), 0, want[5:]},
		{"up to a day", 0, monday.day() - 4, want[:2]},
		{"between", monday.day() - 3, monday.day() - 2, want[2:4]},
		{"none", monday.day() + 1, monday.day() + 9, nil},
	} {
		h.look(func(b *store.Book) error {
			got, err := b.Activities(c.from, c.to)
			h.same(c.name, got, c.want)
			return err
		})
	}
}

func testNobody(h *harness) {
	everything := h.all()
	h.same("a stranger's records", everything, snapshot{})
	h.refuse(store.ErrNothingToUndo, func(b *store.Book) error { _, err := b.Undo(0); return err })
	h.refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.Keep(7); return err })
	h.refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.Delivery("none"); return err })
	h.do(func(b *store.Book) error { return b.Roll() })
}
