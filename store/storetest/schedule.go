package storetest

import (
	"fmt"
	"time"

	"pitch/store"
)

func scheduleTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"due in order": testDue,
		"deliveries":   testDeliveries,
		"agenda":       testAgenda,
	}
}

func (h *harness) alarms(at ...time.Time) {
	h.Helper()
	var agenda store.Agenda
	for i, t := range at {
		agenda.Alarms = append(agenda.Alarms, store.Alarm{At: t, Notice: store.DueReminder, Occurrence: fmt.Sprint("due/", i)})
	}
	h.do(func(b *store.Book) error { return b.SetAgenda(agenda) })
}

func testDue(h *harness) {
	due := func(now time.Time, limit int, want ...store.Owner) {
		h.Helper()
		got, err := h.Due(h.ctx(), now, limit)
		if err != nil {
			h.Fatal(err)
		}
		h.same("who is due", got, want)
	}
	next := func(want time.Time) {
		h.Helper()
		if got, err := h.NextDue(h.ctx()); err != nil || !got.Equal(want) {
			h.Errorf("next is %s (%v), want %s", got, err, want)
		}
	}
	due(h.now, 10)
	next(time.Time{})
	h.alarms(monday.at("15:00"), monday.at("11:00"))
	h.as(bob).alarms(monday.at("10:00"))
	h.as(eve).alarms(monday.at("10:30"), friday.at("10:00"))
	next(monday.at("10:00"))
	due(monday.at("09:59"), 10)
	due(monday.at("10:00"), 10, bob)
	due(friday.at("09:00"), 10, bob, eve, ann)
	due(friday.at("09:00"), 2, bob, eve)
	due(friday.at("09:00"), 0)
	h.as(bob).alarms()
	h.as(eve).alarms(thursday.at("10:00"))
	h.again()
	next(monday.at("11:00"))
	due(friday.at("09:00"), 10, ann, eve)
	h.alarms()
	h.as(eve).alarms()
	next(time.Time{})
	h.alarms(time.Date(1969, 7, 20, 20, 17, 0, 0, time.UTC))
	h.as(eve).alarms(time.Date(2969, 7, 20, 20, 17, 0, 0, time.UTC))
	due(time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC), 10, ann, eve)
}

func testDeliveries(h *harness) {
	h.join("UTC")
	set := func(d store.Delivery) { h.do(func(b *store.Book) error { return b.SetDelivery(d) }) }
	plan := store.Delivery{
		Occurrence: "plan/2026-11-23", Notice: store.MorningPlan, Day: monday.day(), Intended: monday.at("09:00"),
		Status: store.Sending, Attempt: 1, Lease: monday.at("09:01"), Channel: "D1", With: "board/C1",
	}
	set(plan)
	plan.Status, plan.TS, plan.Lease = store.Sent, "1763888400.000100", time.Time{}
	h.on(monday, "09:02")
	set(plan)
	set(store.Delivery{Occurrence: "due/7", Notice: store.DueReminder, Intended: h.now, Status: store.Retry, Lease: friday.at("09:00"), Commitment: 7})
	h.again()
	plan.At = h.now
	got := h.all().Deliveries
	if len(got) != 2 || got[0].Occurrence != "due/7" {
		h.Fatalf("the deliveries are %+v", got)
	}
	h.same("the plan's", got[1], plan)
	if other := h.as(bob).all().Deliveries; len(other) != 0 {
		h.Errorf("another founder reads %+v", other)
	}
	h.now = h.now.Add(store.DeliveriesKept + time.Second)
	h.do((*store.Book).ForgetOldDeliveries)
	if got := h.all().Deliveries; len(got) != 1 || got[0].Status != store.Retry {
		h.Errorf("after forgetting there are %+v", got)
	}
	h.refuse(store.ErrNotFound, func(b *store.Book) error { _, err := b.Delivery(plan.Occurrence); return err })
}

func testAgenda(h *harness) {
	want := store.Agenda{
		Planned: monday.day(), Recapped: monday.day(), Digested: monday.day(), Introduced: monday.day(), Posted: map[store.ChannelID]string{"C1": "2026-W48"},
		Alarms: []store.Alarm{{At: monday.at("09:00"), Notice: store.MorningPlan, Occurrence: "plan/1", Day: monday.day(), Spec: "0 9 * * 1-5", Zone: "UTC"}},
	}
	h.do(func(b *store.Book) error {
		if err := b.SetAgenda(want); err != nil {
			return err
		}
		got, err := b.Agenda()
		h.same("the agenda within the change", got, want)
		return err
	})
	h.again()
	h.same("the agenda", h.all().Agenda, want)
	h.same("another's", h.as(bob).all().Agenda, store.Agenda{})
}
