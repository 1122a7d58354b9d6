package nudges_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

// plan is a day's plan as the book stands.
func (w *world) plan(user store.UserID, day string) (p nudges.Plan) {
	w.Helper()
	d, err := store.ParseDay(day)
	if err != nil {
		w.Fatal(err)
	}
	err = w.store.View(w.Context(), time.Now(), store.Owner{Team: team, User: user}, func(b *store.Book) (err error) {
		p, err = nudges.DayPlan(b, d)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return p
}

func (w *world) wantPlan(day string, today, overdue, earlier, done string) {
	w.Helper()
	p := w.plan("U1", day)
	got := []string{names(p.Today), names(p.Overdue), names(p.Earlier), names(p.Done)}
	if d := cmp.Diff([]string{today, overdue, earlier, done}, got); d != "" {
		w.Errorf("plan of %s: today, overdue, earlier, done (-want +got):\n%s", day, d)
	}
	if p.Empty() != (today == "" && overdue == "") {
		w.Errorf("plan of %s: Empty is %v", day, p.Empty())
	}
}

// log logs an activity.
func (w *world) log(who string, a store.Activity) {
	w.Helper()
	w.change("U1", func(b *store.Book) error { _, err := b.Log(who, a); return err })
}

func TestDayPlan(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) { // a Tuesday
		w.founder("U1", berlin, store.EveryMorning)
		w.promise("U1", "Untimed", on(w, "2027-06-02"))
		w.promise("U1", "Late", at(w, "2027-06-02T13:00:00Z", berlin))
		w.promise("U1", "Soon", at(w, "2027-06-02T08:00:00Z", berlin))
		w.promise("U1", "Friday", on(w, "2027-06-04"))
		w.promise("U1", "Whenever", store.Commitment{})
		w.promise("U1", "", store.Commitment{Kind: store.Ask, Count: 5, Every: store.EachWeek})
		w.promise("U1", "", store.Commitment{Kind: store.Email, Count: 9, DueOn: on(w, "2027-06-04").DueOn})
		w.log("Somebody", store.Activity{Kind: store.Ask})

		w.wantPlan("2027-06-02", "Soon,Late,Untimed,1/5", "", "", "")
		w.run()
		w.until("2027-06-02T07:30:00Z")
		w.wants("Tue 2027-06-01 09:00:00 CEST U1 plan/2027-06-01 today[1/5] overdue[] reminding[]",
			"Wed 2027-06-02 09:00:00 CEST U1 plan/2027-06-02 today[Soon,Late,Untimed,1/5] overdue[] reminding[]")
		w.log("Soon", store.Activity{Kind: store.Call})
		w.wantPlan("2027-06-02", "Late,Untimed,1/5", "", "", "Soon") // brought up to date
		w.until("2027-06-02T20:00:00Z")
		w.wants("Wed 2027-06-02 15:00:00 CEST U1 due[Late]")
		w.until("2027-06-03T08:00:00Z")
		w.wants("Thu 2027-06-03 09:00:00 CEST U1 plan/2027-06-03 today[1/5] overdue[Untimed,Late] reminding[]")
		w.until("2027-06-04T08:00:00Z")
		w.wants("Fri 2027-06-04 09:00:00 CEST U1 plan/2027-06-04 today[Friday,1/5,0/9] overdue[] reminding[]")
		w.wantPlan("2027-06-04", "Friday,1/5,0/9", "", "Untimed,Late", "")
	})
}

func TestNothingToSay(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning, func(f *store.Founder) { f.Goals.Asks = 5 })
		w.promise("U1", "Acme", on(w, "2027-06-10"))
		w.run()
		w.until("2027-06-03T10:00:00Z")
		w.wants()
		w.wantRows("U1")
		w.wantCounts(map[string]int{})
	})
}

func TestFollowUps(t *testing.T) {
	live(t, "2027-06-04T06:00:00Z", func(w *world) { // a Friday
		w.founder("U1", berlin, store.EveryMorning)
		w.follow("Friday", "2027-06-04")
		w.follow("Saturday", "2027-06-05")
		w.follow("Touched", "2027-06-05")
		w.follow("Never", "2027-06-07", func(p *store.Prospect) { p.DoNotContact = true })
		w.follow("Promised", "2027-06-07")
		w.follow("Long ago", "2027-05-20")
		w.promise("U1", "Promised", on(w, "2027-06-07"))
		w.promise("U1", "Never", on(w, "2027-06-07"))
		w.run()
		w.until("2027-06-05T06:00:00Z")
		w.log("Touched", store.Activity{Kind: store.Email})
		w.until("2027-06-08T08:00:00Z")
		w.wants("Fri 2027-06-04 09:00:00 CEST U1 plan/2027-06-04 today[follow up Friday] overdue[follow up Long ago] reminding[]",
			"Sat 2027-06-05 09:00:00 CEST U1 due[follow up Saturday]",
			"Mon 2027-06-07 09:00:00 CEST U1 plan/2027-06-07 today[Promised] overdue[follow up Friday,follow up Saturday] reminding[]",
			"Tue 2027-06-08 09:00:00 CEST U1 plan/2027-06-08 today[] overdue[Promised] reminding[]")
	})
}

func TestDoNotContactIsNotReminded(t *testing.T) {
	live(t, "2027-06-01T06:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.OnlyDue)
		c := w.promise("U1", "Acme", at(w, "2027-06-01T13:00:00Z", berlin))
		w.change("U1", func(b *store.Book) error {
			p, err := b.Prospect(c.Prospect)
			p.DoNotContact = true
			if err != nil {
				return err
			}
			return b.SetProspect(p)
		})
		w.run()
		w.until("2027-06-01T15:00:00Z")
		w.wants()
	})
}

func TestWeekProgress(t *testing.T) {
	live(t, "2027-05-28T10:00:00Z", func(w *world) { // a Friday
		w.founder("U1", berlin, "", func(f *store.Founder) { f.Goals = store.Goals{Asks: 5, Nos: 3} })
		w.log("Acme", store.Activity{Kind: store.Ask})
		w.log("Initech", store.Activity{Kind: store.Ask, Outcome: store.Lost})
		w.until("2027-06-01T10:00:00Z")
		w.log("Globex", store.Activity{Kind: store.Ask})
		w.log("Globex", store.Activity{Kind: store.Call, Asked: store.Pilot}) // the same day: one ask
		w.log("Hooli", store.Activity{Kind: store.Call, Unreached: true})
		w.change("U1", func(b *store.Book) error {
			_, err := b.Answer("Acme", store.Activity{Outcome: store.Lost, Reason: store.Price})
			return err
		})
		want := nudges.Progress{Asks: 1, Calls: 2, Nos: 1, Goals: store.Goals{Asks: 5, Nos: 3}}
		if d := cmp.Diff(want, w.plan("U1", "2027-06-03").Week); d != "" {
			t.Error(d)
		}
	})
}

func TestBoardsKeepThePrivacyFloor(t *testing.T) {
	named := []store.Standing{{User: "U1", Asks: 1, Rank: 1}}
	for _, tt := range []struct {
		s     store.Standings
		empty bool
	}{
		{store.Standings{}, true},
		{store.Standings{Named: named}, false},
		{store.Standings{Off: store.PrivacyFloor - 1, OffAsks: 9}, true},
		{store.Standings{Off: store.PrivacyFloor, OffAsks: 9}, false},
		{store.Standings{Off: store.PrivacyFloor}, true},
	} {
		if got := (nudges.BoardPost{Standings: tt.s}).Empty(); got != tt.empty {
			t.Errorf("%+v: Empty is %v", tt.s, got)
		}
	}
}
