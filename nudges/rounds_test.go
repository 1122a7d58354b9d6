package nudges_test

import (
	"testing"

	"pitch/nudges"
	"pitch/store"
)

// evenings is a founder with a recap at 17:30.
func evenings(f *store.Founder) { f.Recap = "17:30" }

// weekly is a founder with a digest.
func weekly(f *store.Founder) { f.Digest = true }

func TestRecap(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) { // a Tuesday, 08:00 in Berlin
		w.founder("U1", berlin, "", evenings)
		w.promise("U1", "Open", on(w, "2027-06-01"))
		w.promise("U1", "Tomorrow", on(w, "2027-06-02"))
		w.promise("U1", "Now", at(w, "2027-06-01T15:30:00Z", berlin))
		w.log("Talked", store.Activity{Kind: store.Call})
		w.log("Talked", store.Activity{Kind: store.Meeting})
		w.log("Voicemail", store.Activity{Kind: store.Call, Unreached: true})
		w.log("Written", store.Activity{Kind: store.Email})
		w.log("Asked", store.Activity{Kind: store.Call})
		w.log("Asked", store.Activity{Kind: store.Ask})
		w.log("Planned", store.Activity{Kind: store.Call})
		w.promise("U1", "Planned", store.Commitment{Kind: store.Ask, DueOn: on(w, "2027-06-02").DueOn})
		w.log("Lost", store.Activity{Kind: store.Ask, Outcome: store.Lost})
		w.run()
		w.until("2027-06-02T06:00:00Z")
		w.wants("Tue 2027-06-01 17:30:00 CEST U1 recap/2027-06-01 open[Open] unasked[Talked] why[Lost] reminding[Now]")
		w.wantRows("U1", "due/6/2027-06-01T15:30:00Z sent ts1 with recap/2027-06-01", "recap/2027-06-01 sent ts1")
	})
}

func TestRecapsAreForWhoChoseThem(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(*store.Founder)
		want []string
	}{
		{"chosen", func(*store.Founder) {}, []string{"Tue 2027-06-01 17:30:00 CEST"}},
		{"not chosen", func(f *store.Founder) { f.Recap = "" }, nil},
		{"no reminders", func(f *store.Founder) { f.Reminders = store.NoReminders }, nil},
		{"stopped", func(f *store.Founder) { f.Stopped = true }, nil},
		{"gone", func(f *store.Founder) { f.Gone = true }, nil},
		{"not a working day", func(f *store.Founder) { f.WorkDays &^= store.WeekdaySet(2) }, nil},
		{"a day off", func(f *store.Founder) {
			f.DaysOff = []store.DaysOff{{From: on(t, "2027-06-01").DueOn, To: on(t, "2027-06-01").DueOn}}
		}, nil},
		{"over already", func(f *store.Founder) { f.Recap = "07:30" }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			live(t, "2027-06-01T06:00:00Z", func(w *world) {
				w.founder("U1", berlin, store.OnlyDue, evenings, tt.edit)
				w.log("Talked", store.Activity{Kind: store.Call})
				w.run()
				w.until("2027-06-01T21:00:00Z")
				w.wantsAt(tt.want...)
			})
		})
	}
}

func TestNothingToSettle(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.OnlyDue, evenings)
		c := w.promise("U1", "Acme", on(w, "2027-06-01"))
		w.promise("U1", "Later", on(w, "2027-06-01"))
		w.change("U1", func(b *store.Book) error {
			if _, err := b.Keep(c.ID); err != nil {
				return err
			}
			_, err := b.Snooze(c.ID+2, instant(w, "2027-06-02T07:00:00Z"))
			return err
		})
		w.log("Acme", store.Activity{Kind: store.Ask})
		w.run()
		w.until("2027-06-01T21:00:00Z")
		w.wantsAt()
		w.wantRows("U1")
	})
}

func TestRecapAfterDowntime(t *testing.T) {
	for name, tt := range map[string]struct {
		up   string
		want []string
		rows []string
	}{
		"the same evening": {"2027-06-01T21:55:00Z", []string{"Tue 2027-06-01 23:55:00 CEST U1 late recap/2027-06-01 open[] unasked[Talked]"}, []string{"recap/2027-06-01 sent ts1"}},
		"after midnight":   {"2027-06-01T22:00:00Z", nil, []string{"recap/2027-06-01 dropped"}},
		"the next evening": {"2027-06-02T15:40:00Z", []string{"Wed 2027-06-02 17:40:00 CEST U1 late recap/2027-06-02 open[Wednesday]"},
			[]string{"recap/2027-06-01 dropped", "recap/2027-06-02 sent ts1"}},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, "2027-06-01T06:00:00Z", func(w *world) {
				w.founder("U1", berlin, "", evenings)
				w.log("Talked", store.Activity{Kind: store.Call})
				w.promise("U1", "Wednesday", on(w, "2027-06-02"))
				w.until(tt.up)
				w.tick()
				w.wants(tt.want...)
				w.wantRows("U1", tt.rows...)
			})
		})
	}
}

func TestDigestDay(t *testing.T) {
	friday := on(t, "2027-06-04").DueOn
	for name, tt := range map[string]struct {
		edit func(*store.Founder)
		do   func(*world)
		want []string
	}{
		"Monday to Friday":    {want: []string{"Fri 2027-06-04 17:30:00 CEST U1 digest/2027-W22"}},
		"at recap time":       {edit: func(f *store.Founder) { f.Recap = "19:00" }, want: []string{"Fri 2027-06-04 19:00:00 CEST U1 digest/2027-W22"}},
		"not wanted":          {edit: func(f *store.Founder) { f.Digest = false }},
		"without mornings":    {edit: func(f *store.Founder) { f.Reminders = store.OnlyDue }},
		"stopped":             {edit: func(f *store.Founder) { f.Stopped = true }},
		"Sunday workers":      {edit: func(f *store.Founder) { f.WorkDays = store.WeekdaySet(0, 1, 2, 3, 4) }, want: []string{"Sun 2027-06-06 17:30:00 CEST U1 digest/2027-W22"}},
		"a week off":          {edit: func(f *store.Founder) { f.DaysOff = []store.DaysOff{{From: friday - 2, To: friday + 9}} }},
		"Friday off":          {edit: func(f *store.Founder) { f.DaysOff = []store.DaysOff{{From: friday, To: friday}} }, want: []string{"Thu 2027-06-03 17:30:00 CEST U1 digest/2027-W22"}},
		"a holiday elsewhere": {edit: func(f *store.Founder) { f.Holidays = "PL" }, want: []string{"Fri 2027-06-04 17:30:00 CEST U1 digest/2027-W22"}},
		"planned off on Thursday": {do: func(w *world) {
			w.until("2027-06-03T10:00:00Z")
			w.change("U1", func(b *store.Book) error { return b.TakeDaysOff(store.DaysOff{From: friday, To: friday}) })
		}, want: []string{"Thu 2027-06-03 17:30:00 CEST U1 digest/2027-W22"}},
		"a weekend that becomes work": {do: func(w *world) {
			w.until("2027-06-04T18:00:00Z")
			w.settings("U1", func(f *store.Founder) { f.WorkDays = store.EveryWeekday })
		}, want: []string{"Fri 2027-06-04 17:30:00 CEST U1 digest/2027-W22"}},
		"a later recap, after the digest": {do: func(w *world) {
			w.until("2027-06-04T16:00:00Z")
			w.settings("U1", func(f *store.Founder) { f.Recap = "21:00" })
		}, want: []string{"Fri 2027-06-04 17:30:00 CEST U1 digest/2027-W22"}},
		"west after the digest": {do: func(w *world) {
			w.until("2027-06-04T16:00:00Z")
			w.settings("U1", func(f *store.Founder) { f.Zone = "America/Los_Angeles" })
		}, want: []string{"Fri 2027-06-04 17:30:00 CEST U1 digest/2027-W22"}},
		"west before the digest": {do: func(w *world) {
			w.until("2027-06-04T15:00:00Z")
			w.settings("U1", func(f *store.Founder) { f.Zone = "America/Los_Angeles" })
		}, want: []string{"Fri 2027-06-04 17:30:00 PDT U1 digest/2027-W22"}},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, "2027-06-02T08:00:00Z", func(w *world) { // a Wednesday, 10:00 in Berlin
				edit := tt.edit
				if edit == nil {
					edit = func(*store.Founder) {}
				}
				w.founder("U1", berlin, store.EveryMorning, weekly, edit)
				w.log("Acme", store.Activity{Kind: store.Email})
				w.run()
				if tt.do != nil {
					tt.do(w)
				}
				w.until("2027-06-07T06:00:00Z")
				w.wants(tt.want...)
			})
		})
	}
}

func TestDigestAfterDowntime(t *testing.T) {
	for name, tt := range map[string]struct {
		off  store.Day
		up   string
		want []string
		rows []string
	}{
		"within a day":    {0, "2027-06-05T15:29:00Z", []string{"Sat 2027-06-05 17:29:00 CEST U1 late digest/2027-W22"}, []string{"digest/2027-W22 sent ts1"}},
		"a day later":     {0, "2027-06-05T15:30:00Z", nil, []string{"digest/2027-W22 dropped"}},
		"on a day off":    {on(t, "2027-06-05").DueOn, "2027-06-05T10:00:00Z", nil, []string{"digest/2027-W22 dropped"}},
		"two weeks later": {0, "2027-06-18T16:00:00Z", []string{"Fri 2027-06-18 18:00:00 CEST U1 late digest/2027-W24"}, []string{"digest/2027-W22 dropped", "digest/2027-W23 dropped", "digest/2027-W24 sent ts1"}},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, "2027-06-02T08:00:00Z", func(w *world) {
				w.founder("U1", berlin, store.EveryMorning, weekly, func(f *store.Founder) {
					f.Morning = "18:30" // plans come after what is looked at
					if tt.off != 0 {
						f.DaysOff = []store.DaysOff{{From: tt.off, To: tt.off}}
					}
				})
				w.promise("U1", "", store.Commitment{Kind: store.Call, Count: 9, DueOn: on(w, "2027-06-18").DueOn})
				w.log("Acme", store.Activity{Kind: store.Email})
				w.until(tt.up)
				w.tick()
				w.wants(tt.want...)
				var digests []string
				for _, row := range w.deliveries("U1") {
					if row[:4] != "plan" {
						digests = append(digests, row)
					}
				}
				w.same("the digests", digests, tt.rows)
			})
		})
	}
}

// What is due together comes together, whatever it is.
func TestOneLetter(t *testing.T) {
	live(t, "2027-06-02T08:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning, weekly, evenings)
		w.log("Talked", store.Activity{Kind: store.Call})
		w.promise("U1", "Friday", at(w, "2027-06-04T15:30:00Z", berlin))
		w.until("2027-06-04T15:30:00Z")
		w.log("Una", store.Activity{Kind: store.Call})
		w.tick()
		w.wants("Fri 2027-06-04 17:30:00 CEST U1 recap/2027-06-04 open[] unasked[Una] digest/2027-W22 reminding[Friday]")
		w.wantRows("U1", "digest/2027-W22 sent ts1 with recap/2027-06-04", "due/4/2027-06-04T15:30:00Z sent ts1 with recap/2027-06-04",
			"plan/2027-06-03 dropped", "plan/2027-06-04 dropped", "recap/2027-06-02 dropped", "recap/2027-06-03 dropped", "recap/2027-06-04 sent ts1")
	})
	live(t, "2027-06-06T08:00:00Z", func(w *world) { // a Sunday, which is worked
		w.founder("U1", berlin, store.EveryMorning, weekly, func(f *store.Founder) { f.WorkDays = store.EveryWeekday })
		w.log("Acme", store.Activity{Kind: store.Email})
		w.promise("U1", "Monday", on(w, "2027-06-07"))
		w.until("2027-06-07T09:00:00Z")
		w.tick()
		w.wants("Mon 2027-06-07 11:00:00 CEST U1 late plan/2027-06-07 today[Monday] overdue[] reminding[] late digest/2027-W22")
	})
}

// What the digest says is of its week and of the offer, however late it comes.
func TestReview(t *testing.T) {
	live(t, "2027-06-02T08:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning, weekly, func(f *store.Founder) { f.Goals.Asks = 5 })
		w.log("Acme", store.Activity{Kind: store.Ask, Outcome: store.Lost, Reason: store.Price, Change: "Lead with it"})
		w.change("U1", func(b *store.Book) error { _, _, err := b.NameOffer("v2"); return err })
		w.log("Talked", store.Activity{Kind: store.Call})
		w.promise("U1", "Open", on(w, "2027-06-03"))
		w.promise("U1", "Next week", on(w, "2027-06-09"))
		var got *nudges.Review
		w.slack.read = func(l nudges.Letter) { got = l.Review }
		w.until("2027-06-04T16:00:00Z")
		w.tick()
		if got == nil {
			t.Fatal("no digest")
		}
		w.same("what was said", got.Open, 1)
		w.same("the week", got.Week, nudges.Progress{Asks: 1, Calls: 1, Nos: 1, Goals: store.Goals{Asks: 5}})
		w.same("changes", got.Digest.Changes, []string{"Lead with it"})
		w.same("conversations", []int{got.Digest.Rate.Conversations, got.Digest.Rate.Asked}, []int{1, 0})
		if len(got.Digest.Offers) != 1 || got.Since == nil || got.Odds.Answers != 1 || got.WeeksAsked != 1 || !got.Late {
			t.Errorf("the digest is %+v", got)
		}
	})
}
