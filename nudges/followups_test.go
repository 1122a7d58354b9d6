package nudges_test

import (
	"testing"

	"pitch/store"
)

// follow sets a prospect's next follow-up date; "" takes it away.
func (w *world) follow(who, day string, edit ...func(*store.Prospect)) {
	w.Helper()
	w.change("U1", func(b *store.Book) error {
		p, _, err := b.AddProspect(who)
		if err != nil {
			return err
		}
		p.FollowUpOn = 0
		if day != "" {
			p.FollowUpOn = on(w, day).DueOn
		}
		for _, e := range edit {
			e(&p)
		}
		return b.SetProspect(p)
	})
}

func TestFollowUpReminders(t *testing.T) {
	for name, tt := range map[string]struct {
		said store.Reminders
		edit func(*store.Founder)
		do   func(*world)
		want []string
	}{
		"only what is due": {said: store.OnlyDue, want: []string{"Thu 2027-06-03 09:00:00 CEST U1 due[follow up Acme]"}},
		"not asked":        {said: ""},
		"never":            {said: store.NoReminders},
		"stopped":          {said: store.OnlyDue, edit: func(f *store.Founder) { f.Stopped = true }},
		"the plan says it": {said: store.EveryMorning, want: []string{
			"Thu 2027-06-03 09:00:00 CEST U1 plan/2027-06-03 today[follow up Acme] overdue[] reminding[]",
			"Fri 2027-06-04 09:00:00 CEST U1 plan/2027-06-04 today[] overdue[follow up Acme] reminding[]",
		}},
		"later": {said: store.OnlyDue, do: func(w *world) {
			w.follow("Acme", "")
			w.log("Acme", store.Activity{Kind: store.Ask, Outcome: store.NotNow, Until: on(w, "2027-06-04").DueOn})
		}, want: []string{"Fri 2027-06-04 09:00:00 CEST U1 due[follow up Acme]"}},
		"later and a date": {said: store.OnlyDue, do: func(w *world) {
			w.log("Acme", store.Activity{Kind: store.Ask, Outcome: store.NotNow, Until: on(w, "2027-06-04").DueOn})
		}, want: []string{"Thu 2027-06-03 09:00:00 CEST U1 due[follow up Acme]", "Fri 2027-06-04 09:00:00 CEST U1 due[follow up Acme]"}},
		"a day off": {said: store.OnlyDue, edit: func(f *store.Founder) {
			f.DaysOff = []store.DaysOff{{From: on(t, "2027-06-03").DueOn, To: on(t, "2027-06-04").DueOn}}
		}, want: []string{"Sat 2027-06-05 09:00:00 CEST U1 due[follow up Acme]"}},
		"another date":      {said: store.OnlyDue, do: func(w *world) { w.follow("Acme", "2027-06-04") }, want: []string{"Fri 2027-06-04 09:00:00 CEST U1 due[follow up Acme]"}},
		"no date":           {said: store.OnlyDue, do: func(w *world) { w.follow("Acme", "") }},
		"left alone":        {said: store.OnlyDue, do: func(w *world) { w.follow("Acme", "2027-06-03", func(p *store.Prospect) { p.DoNotContact = true }) }},
		"a log before":      {said: store.OnlyDue, do: func(w *world) { w.log("Acme", store.Activity{Kind: store.Call}) }, want: []string{"Thu 2027-06-03 09:00:00 CEST U1 due[follow up Acme]"}},
		"a log on that day": {said: store.OnlyDue, do: func(w *world) { w.until("2027-06-03T06:00:00Z"); w.log("Acme", store.Activity{Kind: store.Call}) }},
		"promised that day": {said: store.OnlyDue, do: func(w *world) { w.promise("U1", "Acme", on(w, "2027-06-03")) }, want: []string{"Thu 2027-06-03 09:00:00 CEST U1 due[Acme]"}},
		"moved east":        {said: store.OnlyDue, do: func(w *world) { w.settings("U1", func(f *store.Founder) { f.Zone = "Asia/Tokyo" }) }, want: []string{"Thu 2027-06-03 09:00:00 JST U1 due[follow up Acme]"}},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, "2027-06-02T08:00:00Z", func(w *world) {
				edit := tt.edit
				if edit == nil {
					edit = func(*store.Founder) {}
				}
				w.founder("U1", berlin, tt.said, edit)
				w.follow("Acme", "2027-06-03")
				w.run()
				if tt.do != nil {
					tt.do(w)
				}
				w.until("2027-06-05T12:00:00Z")
				w.wants(tt.want...)
			})
		})
	}
}

// After downtime a follow-up date is reminded of on its day, with what else is
// due, and not on a later one.
func TestFollowUpsAfterDowntime(t *testing.T) {
	live(t, "2027-06-01T08:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.OnlyDue)
		w.follow("Wednesday", "2027-06-02")
		w.follow("Thursday", "2027-06-03")
		w.promise("U1", "Call", at(w, "2027-06-03T08:00:00Z", berlin))
		w.until("2027-06-03T10:00:00Z")
		w.tick()
		w.wants("Thu 2027-06-03 12:00:00 CEST U1 late due[follow up late Thursday,late Call]")
		w.wantRows("U1", "due/4/2027-06-03T08:00:00Z sent ts1 with follow/2/2027-06-03", "follow/1/2027-06-02 dropped", "follow/2/2027-06-03 sent ts1")
		w.tick()
		w.wants()
	})
}
