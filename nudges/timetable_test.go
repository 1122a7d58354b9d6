package nudges_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"pitch/store"
)

// daily is something for every plan to say.
func daily(w *world, user store.UserID) {
	w.promise(user, "", store.Commitment{Kind: store.Ask, Count: 3, Every: store.EachWeekday})
}

func TestMorningsOverClockChanges(t *testing.T) {
	for _, tt := range []struct {
		name, zone, from, until string
		days                    store.Weekdays
		morning                 store.Clock
		want                    []string
	}{
		{"Berlin in spring", "Europe/Berlin", "2027-03-26T05:00:00Z", "2027-03-29T12:00:00Z", store.EveryWeekday, "09:00", []string{
			"Fri 2027-03-26 09:00:00 CET", "Sat 2027-03-27 09:00:00 CET", "Sun 2027-03-28 09:00:00 CEST", "Mon 2027-03-29 09:00:00 CEST"}},
		{"Berlin in the gap", "Europe/Berlin", "2027-03-26T05:00:00Z", "2027-03-29T12:00:00Z", store.EveryWeekday, "02:30", []string{
			"Sat 2027-03-27 02:30:00 CET", "Sun 2027-03-28 03:30:00 CEST", "Mon 2027-03-29 02:30:00 CEST"}},
		{"Berlin in the overlap", "Europe/Berlin", "2027-10-30T05:00:00Z", "2027-11-01T12:00:00Z", store.EveryWeekday, "02:30", []string{
			"Sun 2027-10-31 02:30:00 CEST", "Mon 2027-11-01 02:30:00 CET"}},
		{"Sydney", "Australia/Sydney", "2027-04-02T00:00:00Z", "2027-04-05T12:00:00Z", store.MondayToFriday, "09:00", []string{
			"Mon 2027-04-05 09:00:00 AEST"}},
		{"Los Angeles", "America/Los_Angeles", "2027-03-12T12:00:00Z", "2027-03-16T12:00:00Z", store.MondayToFriday, "09:00", []string{
			"Fri 2027-03-12 09:00:00 PST", "Mon 2027-03-15 09:00:00 PDT"}},
		{"working Sundays", "Asia/Jerusalem", "2027-03-25T12:00:00Z", "2027-03-29T00:00:00Z",
			store.WeekdaySet(0, 1, 2, 3, 4), "09:00", []string{"Sun 2027-03-28 09:00:00 IDT"}},
		{"a gap at midnight", "America/Santiago", "2027-09-04T12:00:00Z", "2027-09-06T12:00:00Z", store.EveryWeekday, "00:00", []string{
			"Sun 2027-09-05 01:00:00 -03", "Mon 2027-09-06 00:00:00 -03"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			live(t, tt.from, func(w *world) {
				w.founder("U1", tt.zone, store.EveryMorning, func(f *store.Founder) { f.WorkDays, f.Morning = tt.days, tt.morning })
				daily(w, "U1")
				w.run()
				w.until(tt.until)
				w.wantsAt(tt.want...)
			})
		})
	}
}

func TestMovingZones(t *testing.T) {
	move := func(w *world, zone string) {
		w.settings("U1", func(f *store.Founder) { f.Zone = zone })
	}
	for _, tt := range []struct {
		name  string
		until string
		do    func(*world)
		want  []string
	}{
		{"west after the plan", "", func(w *world) {
			w.until("2027-06-01T07:30:00Z")
			move(w, "America/Los_Angeles")
		}, []string{"Tue 2027-06-01 09:00:00 CEST", "Wed 2027-06-02 09:00:00 PDT"}},
		{"west before the plan", "", func(w *world) {
			w.until("2027-06-01T06:30:00Z")
			move(w, "America/Los_Angeles")
		}, []string{"Tue 2027-06-01 09:00:00 PDT", "Wed 2027-06-02 09:00:00 PDT"}},
		{"east after the plan", "", func(w *world) {
			w.until("2027-06-01T07:30:00Z")
			move(w, "Asia/Tokyo")
		}, []string{"Tue 2027-06-01 09:00:00 CEST", "Wed 2027-06-02 09:00:00 JST", "Thu 2027-06-03 09:00:00 JST"}},
		{"east past the time", "", func(w *world) {
			w.until("2027-06-01T06:30:00Z")
			move(w, "Asia/Tokyo")
		}, []string{"Wed 2027-06-02 09:00:00 JST", "Thu 2027-06-03 09:00:00 JST"}},
		{"there and back", "", func(w *world) {
			w.until("2027-06-01T07:30:00Z")
			move(w, "America/Los_Angeles")
			w.until("2027-06-01T08:30:00Z")
			move(w, "Europe/Berlin")
		}, []string{"Tue 2027-06-01 09:00:00 CEST", "Wed 2027-06-02 09:00:00 CEST"}},
		{"over the date line", "2027-06-03T20:00:00Z", func(w *world) {
			move(w, "Pacific/Auckland") // where it is Tuesday, 18:00
			w.until("2027-06-01T22:00:00Z")
			move(w, "Pacific/Honolulu") // where it is Tuesday, noon
		}, []string{"Wed 2027-06-02 09:00:00 NZST", "Thu 2027-06-03 09:00:00 HST"}},
		{"an earlier morning, already over", "", func(w *world) {
			w.settings("U1", func(f *store.Founder) { f.Morning = "07:00" })
		}, []string{"Wed 2027-06-02 07:00:00 CEST"}},
		{"a later morning, after the plan", "", func(w *world) {
			w.until("2027-06-01T07:30:00Z")
			w.settings("U1", func(f *store.Founder) { f.Morning = "11:00" })
		}, []string{"Tue 2027-06-01 09:00:00 CEST", "Wed 2027-06-02 11:00:00 CEST"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			live(t, "2027-06-01T06:00:00Z", func(w *world) { // a Tuesday, 08:00 in Berlin
				w.founder("U1", "Europe/Berlin", store.EveryMorning)
				daily(w, "U1")
				w.run()
				tt.do(w)
				w.until(cmp.Or(tt.until, "2027-06-03T00:30:00Z"))
				w.wantsAt(tt.want...)
			})
		})
	}
}

// wantsAt compares when something was sent, whatever it said.
func (w *world) wantsAt(want ...string) {
	w.Helper()
	var got []string
	for _, text := range w.slack.take() {
		when, _, _ := strings.Cut(text, " U")
		got = append(got, when)
	}
	if d := gocmp.Diff(want, got); d != "" {
		w.Errorf("sent (-want +got):\n%s", d)
	}
}

func TestChoosingMorningsLate(t *testing.T) {
	live(t, "2027-06-01T10:00:00Z", func(w *world) { // 12:00 in Berlin
		w.founder("U1", "Europe/Berlin", "")
		daily(w, "U1")
		w.run()
		w.settings("U1", func(f *store.Founder) { f.Reminders = store.EveryMorning })
		w.until("2027-06-01T22:00:00Z")
		w.wants()
		w.until("2027-06-02T07:00:00Z")
		w.wants("Wed 2027-06-02 09:00:00 CEST U1 plan/2027-06-02 today[0/3] overdue[] reminding[]")
	})
}

func TestChangesBetweenDueAndTick(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", "Europe/Berlin", store.EveryMorning)
		daily(w, "U1")
		w.until("2027-06-01T07:00:20Z")
		w.settings("U1", func(f *store.Founder) { f.Morning = "08:30" })
		w.settings("U1", func(f *store.Founder) { f.Zone = "Asia/Tokyo" })
		w.tick()
		w.wants("Tue 2027-06-01 16:00:20 JST U1 plan/2027-06-01 today[0/3] overdue[] reminding[]")
		w.tick()
		w.wants()
	})
}

func TestDueReminders(t *testing.T) {
	const berlin = "Europe/Berlin"
	for _, tt := range []struct {
		name string
		said store.Reminders
		do   func(*world)
		want []string
	}{
		{"at its minute", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
		}, []string{"Tue 2027-06-01 15:00:00 CEST U1 due[Acme]"}},
		{"a time is a yes for that message", "", func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
			w.promise("U1", "Globex", on(w, "2027-06-02"))
		}, []string{"Tue 2027-06-01 15:00:00 CEST U1 due[Acme]"}},
		{"never", store.NoReminders, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
		}, nil},
		{"silent", store.OnlyDue, func(w *world) {
			c := at(w, "2027-06-01T13:00:00Z", berlin)
			c.Silent = true
			w.promise("U1", "Acme", c)
		}, nil},
		{"a day comes in the morning", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", on(w, "2027-06-01"))
			w.promise("U1", "Globex", on(w, "2027-06-05"))
		}, []string{"Tue 2027-06-01 09:00:00 CEST U1 due[Acme]", "Sat 2027-06-05 09:00:00 CEST U1 due[Globex]"}},
		{"a day is the plan's, when there is one", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", on(w, "2027-06-01"))
			w.promise("U1", "Globex", on(w, "2027-06-05"))
		}, []string{
			"Tue 2027-06-01 09:00:00 CEST U1 plan/2027-06-01 today[Acme] overdue[] reminding[]",
			"Wed 2027-06-02 09:00:00 CEST U1 plan/2027-06-02 today[] overdue[Acme] reminding[]",
			"Sat 2027-06-05 09:00:00 CEST U1 due[Globex]",
			"Mon 2027-06-07 09:00:00 CEST U1 plan/2027-06-07 today[] overdue[Globex] reminding[]",
		}},
		{"a day already begun is not late", store.OnlyDue, func(w *world) {
			w.until("2027-06-01T10:00:00Z")
			w.promise("U1", "Acme", on(w, "2027-06-01"))
		}, nil},
		{"together at one minute", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
			w.promise("U1", "Globex", at(w, "2027-06-01T13:00:00Z", berlin))
		}, []string{"Tue 2027-06-01 15:00:00 CEST U1 due[Acme,Globex]"}},
		{"carried by the plan", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T07:00:00Z", berlin))
			w.change("U1", func(b *store.Book) error {
				c, _ := b.Commitments(store.Open)
				_, err := b.Keep(c[0].ID)
				return err
			})
			w.promise("U1", "Globex", at(w, "2027-06-02T07:00:00Z", berlin))
		}, []string{"Wed 2027-06-02 09:00:00 CEST U1 plan/2027-06-02 today[] overdue[] reminding[Globex]",
			"Thu 2027-06-03 09:00:00 CEST U1 plan/2027-06-03 today[] overdue[Globex] reminding[]"}},
		{"snoozed", store.OnlyDue, func(w *world) {
			c := w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
			w.until("2027-06-01T13:10:00Z")
			w.change("U1", func(b *store.Book) error {
				_, err := b.Snooze(c.ID, instant(w, "2027-06-01T14:10:00Z"))
				return err
			})
		}, []string{"Tue 2027-06-01 15:00:00 CEST U1 due[Acme]", "Tue 2027-06-01 16:10:00 CEST U1 due[Acme]"}},
		{"snoozing leaves the series alone", store.OnlyDue, func(w *world) {
			c := w.promise("U1", "Acme", store.Commitment{At: "15:00", Every: store.EachDay})
			w.change("U1", func(b *store.Book) error {
				_, err := b.Snooze(c.ID, instant(w, "2027-06-01T14:30:00Z"))
				return err
			})
			w.until("2027-06-03T12:00:00Z")
			w.change("U1", func(b *store.Book) error {
				open, _ := b.Commitments(store.Open)
				_, err := b.Release(open[0].ID)
				return err
			})
		}, []string{"Tue 2027-06-01 16:30:00 CEST U1 due[Acme]", "Wed 2027-06-02 15:00:00 CEST U1 due[Acme]"}},
		{"moved", store.OnlyDue, func(w *world) {
			c := w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
			w.change("U1", func(b *store.Book) error {
				_, err := b.Move(c.ID, c.DueOn+2, time.Time{})
				return err
			})
		}, []string{"Thu 2027-06-03 15:00:00 CEST U1 due[Acme]"}},
		{"kept in time", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
			w.change("U1", func(b *store.Book) error {
				_, err := b.Log("Acme", store.Activity{Kind: store.Call})
				return err
			})
		}, nil},
		{"on a day off", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-02T13:00:00Z", berlin))
			w.change("U1", func(b *store.Book) error {
				return b.TakeDaysOff(store.DaysOff{From: b.Today() + 1, To: b.Today() + 2})
			})
		}, []string{"Fri 2027-06-04 09:00:00 CEST U1 due[Acme]"}},
		{"a day off, with plans", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-02T13:00:00Z", berlin))
			w.promise("U1", "Globex", on(w, "2027-06-02"))
			w.change("U1", func(b *store.Book) error {
				return b.TakeDaysOff(store.DaysOff{From: b.Today() + 1, To: b.Today() + 2})
			})
		}, []string{"Fri 2027-06-04 09:00:00 CEST U1 plan/2027-06-04 today[] overdue[Globex] reminding[Acme]"}},
		{"stopped", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
			w.settings("U1", func(f *store.Founder) { f.Stopped = true })
			w.until("2027-06-04T10:00:00Z")
			w.change("U1", (*store.Book).Resume)
		}, []string{"Mon 2027-06-07 09:00:00 CEST U1 plan/2027-06-07 today[] overdue[Acme] reminding[]"}},
		{"gone", store.EveryMorning, func(w *world) {
			w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
			w.settings("U1", func(f *store.Founder) { f.Gone = true })
		}, nil},
		{"moving west rings a day once", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", on(w, "2027-06-01"))
			w.promise("U1", "Globex", store.Commitment{At: "09:30", Every: "tuesday"})
			w.until("2027-06-01T08:00:00Z")
			w.settings("U1", func(f *store.Founder) { f.Zone = "America/Los_Angeles" })
		}, []string{"Tue 2027-06-01 09:00:00 CEST U1 due[Acme]", "Tue 2027-06-01 09:30:00 CEST U1 due[Globex]"}},
		{"moving east past a day's morning", store.OnlyDue, func(w *world) {
			w.promise("U1", "Acme", on(w, "2027-06-01"))
			w.until("2027-06-01T06:30:00Z")
			w.settings("U1", func(f *store.Founder) { f.Zone = "Asia/Tokyo" })
		}, []string{"Tue 2027-06-01 15:31:00 JST U1 late due[late Acme]"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			live(t, "2027-06-01T06:00:00Z", func(w *world) { // a Tuesday, 08:00 in Berlin
				w.founder("U1", berlin, tt.said)
				w.run()
				tt.do(w)
				w.until("2027-06-07T10:00:00Z")
				w.wants(tt.want...)
			})
		})
	}
}

func TestChannelBoards(t *testing.T) {
	live(t, "2027-03-30T08:00:00Z", func(w *world) { // a Tuesday
		w.founder("U1", "Europe/Berlin", "", func(f *store.Founder) { f.OnBoard = true })
		board := func(weekday time.Weekday, at store.Clock) {
			w.change("U1", func(b *store.Book) error {
				_, err := b.TurnOnBoard(store.ChannelBoard{Channel: "C1", Weekday: weekday, At: at, Zone: "Europe/Berlin"})
				return err
			})
		}
		ask := func(who string) {
			w.change("U1", func(b *store.Book) error { _, err := b.Log(who, store.Activity{Kind: store.Ask}); return err })
		}
		w.run()
		board(time.Friday, "16:00")
		ask("Acme")
		ask("Globex")
		w.settings("U1", func(f *store.Founder) { f.Stopped = true }) // the channel asked for it, not the founder
		w.until("2027-04-02T14:00:00Z")
		w.wants("Fri 2027-04-02 14:00:00 UTC C1 week of 2027-03-29 [U1 2] and 0")

		board(time.Saturday, "16:00") // this week has had its post
		w.until("2027-04-04T22:00:00Z")
		w.wants()
		board(time.Friday, "16:00")
		w.until("2027-04-09T15:00:00Z") // nobody asked that week
		w.wants()

		ask("Initech")
		w.change("U1", func(b *store.Book) error { return b.TurnOffBoard("C1") })
		w.until("2027-04-11T15:00:00Z")
		board(time.Friday, "16:00") // turned on after this week's time
		w.until("2027-04-12T15:00:00Z")
		w.wants()
		ask("Initech")
		w.until("2027-04-17T15:00:00Z")
		w.wants("Fri 2027-04-16 14:00:00 UTC C1 week of 2027-04-12 [U1 1] and 0")
		want := []string{"board/C1/2027-W13 sent ts1", "board/C1/2027-W14 dropped", "board/C1/2027-W15 sent ts2"}
		if d := gocmp.Diff(want, w.deliveries("U1")); d != "" {
			t.Error(d)
		}
	})
}
