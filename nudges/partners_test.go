package nudges_test

import (
	"errors"
	"testing"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// partnered makes founders who want a partner and said yes to nothing else.
func partnered(w *world, zones map[store.UserID]string) {
	for user, zone := range zones {
		w.founder(user, zone, store.NoReminders, func(f *store.Founder) { f.Partner = true })
	}
}

// pairing is a founder's as it is on disk.
func (w *world) pairing(user store.UserID) (p store.Pairing) {
	w.Helper()
	err := w.store.View(w.Context(), time.Now(), store.Owner{Team: team, User: user}, func(b *store.Book) (err error) {
		p, err = b.Pairing(user)
		return err
	})
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		w.Fatal(err)
	}
	return p
}

// The week of these tests is 2027-W22: Monday 31 May to Sunday 6 June.
func TestPartnersInstants(t *testing.T) {
	for _, tt := range []struct {
		name  string
		zones map[store.UserID]string
		do    func(*world) // on the Friday before
		until string
		want  []string
	}{
		{"each in their own morning", map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"}, func(*world) {}, "", []string{
			"Mon 2027-05-31 09:00:00 JST U2 meets[U1]", "Mon 2027-05-31 09:00:00 CEST U1 meets[U2]"}},
		{"every second week, of two", map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"}, func(*world) {}, "2027-06-18T00:00:00Z", []string{
			"Mon 2027-05-31 09:00:00 JST U2 meets[U1]", "Mon 2027-05-31 09:00:00 CEST U1 meets[U2]",
			"Mon 2027-06-14 09:00:00 JST U2 meets[U1]", "Mon 2027-06-14 09:00:00 CEST U1 meets[U2]"}},
		{"with the plan", map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"}, func(w *world) {
			w.settings("U1", func(f *store.Founder) { f.Reminders, f.WorkDays = store.EveryMorning, store.WeekdaySet(1) })
			daily(w, "U1")
		}, "", []string{
			"Mon 2027-05-31 09:00:00 JST U2 meets[U1]",
			"Mon 2027-05-31 09:00:00 CEST U1 plan/2027-05-31 today[0/3] overdue[] reminding[] meets[U2]"}},
		{"after days off", map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"}, func(w *world) {
			w.change("U1", func(b *store.Book) error {
				return b.TakeDaysOff(store.DaysOff{From: wednesday - 2, To: wednesday})
			})
		}, "", []string{
			"Mon 2027-05-31 09:00:00 JST U2 meets[U1]", "Thu 2027-06-03 09:00:00 CEST U1 meets[U2]"}},
		{"not with who is off all week", map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"}, func(w *world) {
			w.change("U1", func(b *store.Book) error {
				return b.TakeDaysOff(store.DaysOff{From: wednesday - 2, To: wednesday + 2})
			})
		}, "2027-06-10T00:00:00Z", []string{
			"Mon 2027-06-07 09:00:00 JST U2 meets[U1]", "Mon 2027-06-07 09:00:00 CEST U1 meets[U2]"}},
		{"not with who stopped", map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"}, func(w *world) {
			w.settings("U1", func(f *store.Founder) { f.Stopped = true })
		}, "", nil},
		{"not with who left", map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"}, func(w *world) {
			w.settings("U1", func(f *store.Founder) { f.Gone, f.GoneAt = true, time.Now() })
		}, "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			live(t, "2027-05-28T05:00:00Z", func(w *world) {
				partnered(w, tt.zones)
				tt.do(w)
				w.run()
				if tt.until == "" {
					tt.until = "2027-06-06T00:00:00Z"
				}
				w.until(tt.until)
				w.wants(tt.want...)
			})
		})
	}
}

func TestPartnersOnceAWeek(t *testing.T) {
	live(t, "2027-05-28T05:00:00Z", func(w *world) {
		partnered(w, map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"})
		w.run()
		w.until("2027-05-31T08:00:00Z")
		w.wants("Mon 2027-05-31 09:00:00 JST U2 meets[U1]", "Mon 2027-05-31 09:00:00 CEST U1 meets[U2]")
		w.settings("U1", func(f *store.Founder) { f.Zone = "America/Los_Angeles" })
		w.settings("U2", func(f *store.Founder) { f.WorkDays = store.WeekdaySet(4) })
		w.stop()
		w.run()
		w.until("2027-06-06T00:00:00Z")
		w.wants()
		w.wantRows("U1", "partner/2027-W22 sent ts2")
	})
}

func TestPartnersAfterDowntime(t *testing.T) {
	for back, want := range map[string][]string{
		"2027-06-04T10:00:00Z": {"Fri 2027-06-04 12:00:00 CEST U1 late meets[U2]"},
		"2027-06-04T22:00:00Z": nil,
	} {
		live(t, "2027-05-28T05:00:00Z", func(w *world) {
			partnered(w, map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"})
			w.run()
			w.until("2027-05-31T01:00:00Z") // Tokyo has been told
			w.stop()
			w.slack.take()
			w.until(back)
			w.tick()
			w.wants(want...)
			if got := w.pairing("U2").Off; got != (want == nil) {
				t.Errorf("%s: whom U1 was not told of is free: %v", back, got)
			}
		})
	}
}

// TestPartnersFree: whose partner can't, before they are told, gets who is left.
func TestPartnersFree(t *testing.T) {
	live(t, "2027-05-28T05:00:00Z", func(w *world) {
		partnered(w, map[store.UserID]string{"U1": "Asia/Tokyo", "U2": berlin, "U3": "America/Los_Angeles"})
		w.run()
		w.until("2027-05-31T01:00:00Z")
		first := w.pairing("U1").With
		w.wants("Mon 2027-05-31 09:00:00 JST U1 meets[" + string(first) + "]")
		w.change("U1", func(b *store.Book) error { _, err := b.SkipPartner("2027-W22"); return err })
		w.until("2027-06-06T00:00:00Z")
		w.wants("Mon 2027-05-31 09:00:00 CEST U2 meets[U3]", "Mon 2027-05-31 09:00:00 PDT U3 meets[U2]")
	})
}

// TestPartnersForgotten: who was told of somebody who is forgotten keeps no name.
func TestPartnersForgotten(t *testing.T) {
	live(t, "2027-05-28T05:00:00Z", func(w *world) {
		partnered(w, map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"})
		w.run()
		w.until("2027-05-31T12:00:00Z")
		w.change("U1", func(b *store.Book) error {
			_, err := b.Forget()
			if others, _ := b.Partnered(); len(others) != 1 || others[0] != "U2" {
				t.Errorf("messages of %v speak of U1", others)
			}
			return err
		})
		if p := w.pairing("U2"); p.With != "" || p.Last != "" || p.Week != "2027-W22" {
			t.Errorf("U2 has %+v", p)
		}
	})
}

// TestPartnersTellNothing: beside the name, a pairing has weeks and nothing else
// of the other.
func TestPartnersTellNothing(t *testing.T) {
	live(t, "2027-05-28T05:00:00Z", func(w *world) {
		partnered(w, map[store.UserID]string{"U1": berlin, "U2": "Asia/Tokyo"})
		w.promise("U1", "Globex", store.Commitment{DueOn: wednesday})
		w.change("U1", func(b *store.Book) error { _, err := b.SetMood(1); return err })
		var told nudges.Letter
		w.slack.read = func(l nudges.Letter) {
			if l.Partner != nil && l.Partner.Pairing.User == "U2" {
				told = l
			}
		}
		w.run()
		w.until("2027-05-31T12:00:00Z")
		want := nudges.Letter{Now: told.Now, Partner: &nudges.Partner{Week: "2027-W22", Pairing: store.Pairing{
			User: "U2", With: "U1", Week: "2027-W22", Next: "2027-W22",
		}}}
		w.same("what U2 is told", told, want)
	})
}
