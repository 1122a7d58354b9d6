package storetest

import (
	"fmt"

	"pitch/store"
)

func totalTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"of a team":          testTotals,
		"of days":            testTotalsOfDays,
		"that may be shown":  testTotalsShown,
		"at rest":            testTotalsAtRest,
		"followed by an ask": testTotalsFollowed,
	}
}

func (h *harness) totals(from, to store.Day) store.Totals {
	h.Helper()
	t, err := h.Totals(h.ctx(), h.owner.Team, from, to)
	if err != nil {
		h.Fatalf("totals: %v", err)
	}
	return t
}

func testTotals(h *harness) {
	h.same("of nobody", h.totals(0, friday.day()), store.Totals{})
	h.asks("U1", true, 3)
	h.asks("U2", false, 2).log("Globex", store.Activity{Kind: store.Call, Asked: store.Pilot})
	h.asks("U3", false, 0).log("Acme", store.Activity{Kind: store.Call})
	h.as(store.Owner{Team: "T1", User: "U3"}).log("Acme", store.Activity{Kind: store.Call, Unreached: true})
	h.asks("U4", false, 0)
	h.asks("U5", false, 7).settings(func(f *store.Founder) { f.Gone = true })
	h.as(eve).asks("U9", true, 9)
	want := store.Totals{
		Joined: 4, Active: 4,
		Asks:       store.Total{N: 13, Founders: 3, Named: 1},
		WithAsk:    store.Total{N: 1, Founders: 1},
		WithoutAsk: store.Total{N: 1, Founders: 1},
	}
	h.same("the totals", h.totals(monday.day(), friday.day()), want)
	h.again()
	h.as(store.Owner{Team: "T1", User: "U2"}).do(forget)
	want.Joined, want.Active = 3, 3
	want.Asks, want.WithAsk = store.Total{N: 10, Founders: 2, Named: 1}, store.Total{}
	h.same("without who was forgotten", h.totals(monday.day(), friday.day()), want)
}

func testTotalsOfDays(h *harness) {
	h.join("UTC")
	for i := range date(3) {
		h.on(monday+i, "10:00").log(fmt.Sprint("Prospect ", i), store.Activity{Kind: store.Ask})
	}
	for _, c := range []struct {
		from, to store.Day
		want     int
	}{{monday.day(), monday.day() + 2, 3}, {monday.day() + 1, monday.day() + 1, 1}, {monday.day() - 7, monday.day() - 1, 0}} {
		is := h.totals(c.from, c.to)
		h.same("the asks", is.Asks.N, c.want)
		h.same("who was active", is.Active, min(c.want, 1))
	}
}

// testTotalsAtRest: what is logged of a week long after it is not in its totals.
func testTotalsAtRest(h *harness) {
	h.join("UTC")
	h.on(monday+4, "10:00").log("Acme", store.Activity{Kind: store.Call})
	end := monday.day() + 6
	for range 3 {
		h.on(monday+6+store.FollowedWithin, "10:00").log("Globex", store.Activity{Kind: store.Demo, OccurredOn: end})
		h.on(monday+7+store.FollowedWithin, "10:00").log("Initech", store.Activity{Kind: store.Demo, OccurredOn: end})
	}
	h.same("what is in the week", h.totals(monday.day(), end).WithoutAsk.N, 4)
}

func testTotalsShown(h *harness) {
	for i := range store.PrivacyFloor {
		is := h.totals(monday.day(), friday.day())
		if is.Asks.Shown() || is.WithoutAsk.Shown() {
			h.Errorf("with %d founders it is shown: %+v", i, is)
		}
		h.asks(store.UserID(fmt.Sprint("U", i)), true, 1).log("Globex", store.Activity{Kind: store.Call})
	}
	is := h.totals(monday.day(), friday.day())
	if !is.Asks.Shown() || !is.WithoutAsk.Shown() || is.WithAsk.Shown() {
		h.Errorf("with five founders: %+v", is)
	}
	// The board names five with their counts: one more would be told by the rest.
	for i := range store.PrivacyFloor {
		h.asks(store.UserID(fmt.Sprint("OFF", i)), false, 1)
		if is, want := h.totals(monday.day(), friday.day()), i+1 == store.PrivacyFloor; is.Asks.Shown() != want {
			h.Errorf("with %d beside those on the board it is shown: %v", i+1, !want)
		}
	}
}

func testTotalsFollowed(h *harness) {
	h.join("UTC")
	h.log("Acme", store.Activity{Kind: store.Call})
	h.log("Globex", store.Activity{Kind: store.Demo})
	h.on(monday+store.FollowedWithin, "09:00").log("Acme", store.Activity{Kind: store.Ask})
	h.on(monday+store.FollowedWithin+1, "09:00").log("Globex", store.Activity{Kind: store.Ask})
	is := h.totals(monday.day(), friday.day())
	h.same("with and without an ask", [2]int{is.WithAsk.N, is.WithoutAsk.N}, [2]int{1, 1})
	h.same("the week's own asks", is.Asks.N, 0)
}
