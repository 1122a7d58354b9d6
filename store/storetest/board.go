package storetest

import (
	"fmt"
	"time"

	"pitch/store"
)

func boardTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"standings":      testStandings,
		"off everywhere": testBoardOff,
		"gone":           testGone,
		"of days":        testStandingsOfDays,
		"channels":       testChannels,
		"export":         testExport,
		"owners":         testOwners,
	}
}

func fridayBoard(channel store.ChannelID) store.ChannelBoard {
	return store.ChannelBoard{Channel: channel, Weekday: time.Friday, At: "16:00", Zone: "Europe/Berlin"}
}

// asks makes a founder of the team who asks n prospects.
func (h *harness) asks(user store.UserID, onBoard bool, n int) *harness {
	h.Helper()
	one := h.as(store.Owner{Team: h.owner.Team, User: user})
	one.settings(func(f *store.Founder) { f.OnBoard = onBoard })
	for i := range n {
		one.log(fmt.Sprint("Prospect ", i), store.Activity{Kind: store.Ask})
	}
	return one
}

func testStandings(h *harness) {
	h.asks("U5", true, 3)
	h.asks("U1", true, 1)
	h.asks("U4", true, 3)
	h.asks("U3", true, 5)
	h.asks("U2", true, 0)
	h.asks("U6", false, 4)
	h.asks("U7", false, 2)
	h.as(eve).asks("U9", true, 9)
	want := store.Standings{
		Named: []store.Standing{{User: "U3", Asks: 5, Rank: 1}, {User: "U4", Asks: 3, Rank: 2}, {User: "U5", Asks: 3, Rank: 2}, {User: "U1", Asks: 1, Rank: 4}},
		Off:   2, OffAsks: 6,
	}
	h.same("the standings", h.standings(0, 0), want)
	h.again()
	h.same("the standings after a restart", h.standings(monday.day(), monday.day()), want)
}

func testBoardOff(h *harness) {
	one := h.asks("U1", true, 2)
	one.settings(func(f *store.Founder) { f.OnBoard = false })
	h.same("off the board", h.standings(0, 0), store.Standings{Off: 1, OffAsks: 2})
	one.settings(func(f *store.Founder) { f.OnBoard = true })
	h.same("on it again", h.standings(0, 0), store.Standings{Named: []store.Standing{{User: "U1", Asks: 2, Rank: 1}}})
}

func testGone(h *harness) {
	h.asks("U1", false, 2).settings(func(f *store.Founder) { f.Gone = true })
	h.asks("U2", false, 3)
	h.same("without who is gone", h.standings(0, 0), store.Standings{Off: 1, OffAsks: 3})
	h.as(ann).settings(func(f *store.Founder) { f.Gone = false })
	h.same("with who came back", h.standings(0, 0), store.Standings{Off: 2, OffAsks: 5})
}

func testStandingsOfDays(h *harness) {
	h.settings(func(f *store.Founder) { f.OnBoard = true })
	for i := range date(5) {
		h.on(monday+i, "10:00").log(fmt.Sprint("Prospect ", i), store.Activity{Kind: store.Ask})
	}
	h.log("Back", store.Activity{Kind: store.Ask, OccurredOn: friday.day() - 3})
	for _, c := range []struct {
		from, to store.Day
		want     int
	}{
		{0, 0, 6}, {monday.day(), friday.day(), 6}, {monday.day() + 1, monday.day() + 1, 2}, {friday.day(), 0, 1},
		{0, monday.day(), 1}, {friday.day() + 1, 0, 0}, {0, monday.day() - 1, 0},
	} {
		if got := h.asked(c.from, c.to); got != c.want {
			h.Errorf("from %s to %s: %d asks, want %d", c.from, c.to, got, c.want)
		}
	}
}

func testChannels(h *harness) {
	on := func(board store.ChannelBoard) func(*store.Book) error {
		return func(b *store.Book) error { _, err := b.TurnOnBoard(board); return err }
	}
	off := func(channel store.ChannelID) func(*store.Book) error {
		return func(b *store.Book) error { return b.TurnOffBoard(channel) }
	}
	h.do(on(fridayBoard("C2")))
	h.do(on(fridayBoard("C1")))
	other := h.as(bob)
	other.refuse(store.ErrNotTheirs, func(b *store.Book) error {
		is, err := b.TurnOnBoard(fridayBoard("C1"))
		if is.By != ann.User {
			h.Errorf("the board is %q's, want %q's", is.By, ann.User)
		}
		return err
	})
	other.refuse(store.ErrNotTheirs, off("C1"))
	other.refuse(store.ErrNotFound, off("C3"))
	h.as(eve).refuse(store.ErrNotFound, off("C1"))
	h.as(eve).do(on(fridayBoard("C1")))
	changed := fridayBoard("C1")
	changed.At = "10:00"
	h.do(on(changed))
	h.again()
	boards := h.all().Boards
	if len(boards) != 2 || boards[0].Channel != "C1" || boards[0].At != "10:00" || boards[1].Since != h.now {
		h.Errorf("the boards are %+v", boards)
	}
	h.do(func(b *store.Book) error {
		return b.SetAgenda(store.Agenda{Posted: map[store.ChannelID]string{"C1": "2026-W48"}})
	})
	h.do(off("C1"))
	h.refuse(store.ErrNotFound, off("C1"))
	other = h.as(bob)
	other.do(on(fridayBoard("C1")))
	other.do(func(b *store.Book) error {
		agenda, err := b.Agenda()
		h.same("the week the channel has had", agenda.Posted["C1"], "2026-W48")
		return err
	})
	h.same("how many are left", len(h.all().Boards), 1)
	if boards := other.all().Boards; len(boards) != 1 || boards[0].By != bob.User {
		h.Errorf("the other's boards are %+v", boards)
	}
	bad := fridayBoard("C9")
	bad.Zone = "Mars/Olympus"
	h.refuse(store.ErrInvalid, on(bad))
}

func testExport(h *harness) {
	h.join("Europe/Berlin")
	h.log("Acme", store.Activity{Kind: store.Ask, Amount: "1200.50", Currency: "EUR"})
	h.commit(store.Commitment{Kind: store.Call, Every: store.EachDay, At: "15:00"})
	h.do(func(b *store.Book) error { _, err := b.TurnOnBoard(fridayBoard("C1")); return err })
	h.as(eve).log("Nobody joined", store.Activity{Kind: store.Call})
	h.as(bob).join("UTC")
	h.again()
	var got []store.Record
	collect := func(r store.Record) error { got = append(got, r); return nil }
	if err := h.Export(h.ctx(), collect); err != nil {
		h.Fatal(err)
	}
	var want []store.Record
	for _, o := range []store.Owner{ann, bob} {
		h.as(o).look(func(b *store.Book) error {
			records, err := b.Records()
			want = append(want, records...)
			return err
		})
	}
	h.same("the export", got, want)
	if len(want) != 6 {
		h.Errorf("%d records, want 6", len(want))
	}
	stop := fmt.Errorf("stop")
	if err := h.Export(h.ctx(), func(store.Record) error { return stop }); err != stop {
		h.Errorf("an export that was stopped returned %v", err)
	}
}

// testOwners: whoever speaks, nobody else's records are there.
func testOwners(h *harness) {
	owners := []store.Owner{ann, bob, eve, split}
	hostile := []string{"", "\x00", "U1\x00", "U1\x00\x01", "U1\xff", "U", "'; DROP TABLE founders; --", "../U1", "U1 "}
	for _, user := range hostile {
		owners = append(owners, store.Owner{Team: "T1", User: store.UserID(user)}, store.Owner{Team: store.TeamID(user), User: "U1"})
	}
	for i, o := range owners {
		one := h.as(o)
		one.join("UTC")
		for range i%3 + 1 {
			one.log("Acme", store.Activity{Kind: store.Ask, Note: fmt.Sprint(i)})
		}
		one.commit(callBy(friday))
		one.do(func(b *store.Book) error {
			return b.SetAgenda(store.Agenda{Alarms: []store.Alarm{{At: h.now, Occurrence: fmt.Sprint(i)}}})
		})
	}
	h.again()
	for i, o := range owners {
		all := h.as(o).all()
		if all.Founder.Owner != o || len(all.Activities) != i%3+1 || len(all.Commitments) != 1 || len(all.Prospects) != 1 {
			h.Errorf("%q has %d activities of %q, want %d", o, len(all.Activities), all.Founder.Owner, i%3+1)
		}
		for _, a := range all.Activities {
			if a.Note != fmt.Sprint(i) {
				h.Errorf("%q reads a note of owner %s", o, a.Note)
			}
		}
	}
	due, err := h.Due(h.ctx(), h.now, 100)
	if err != nil || len(due) != len(owners) {
		h.Errorf("%d owners are due (%v), want %d", len(due), err, len(owners))
	}
}
