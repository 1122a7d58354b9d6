package nudges_test

import (
	"context"
	"testing"
	"time"

	"pitch/nudges"
	"pitch/store"
)

func lost(edit ...func(*store.Activity)) store.Activity {
	a := store.Activity{Kind: store.Ask, Outcome: store.Lost}
	for _, e := range edit {
		e(&a)
	}
	return a
}

// A missing reason comes back once.
func TestMissingReasons(t *testing.T) {
	live(t, "2027-05-31T08:00:00Z", func(w *world) { // a Monday
		w.founder("U1", berlin, store.EveryMorning)
		ago := func(days store.Day) func(*store.Activity) {
			return func(a *store.Activity) { a.OccurredOn = on(w, "2027-05-31").DueOn - days }
		}
		w.log("Long ago", lost(ago(20)))
		w.log("Days ago", lost(ago(3)))
		w.log("One", lost())
		w.log("Two", lost(func(a *store.Activity) { a.Reason = store.Price }))
		w.log("Three", lost())
		w.log("Won", store.Activity{Kind: store.Ask, Outcome: store.Won})
		w.log("Quiet", store.Activity{Kind: store.Ask, Outcome: store.NoDecision})
		w.log("Alone", lost(ago(2)))
		w.log("Again", lost(ago(1)))
		w.log("Fourth", lost(ago(1)))
		w.change("U1", func(b *store.Book) error {
			found, err := b.FindProspects("Alone")
			if err != nil {
				return err
			}
			found[0].DoNotContact = true
			return b.SetProspect(found[0])
		})
		w.run()
		w.until("2027-06-04T08:00:00Z")
		w.wants("Tue 2027-06-01 09:00:00 CEST U1 plan/2027-06-01 today[] overdue[] reminding[] why[Days ago,Again,Fourth]",
			"Wed 2027-06-02 09:00:00 CEST U1 plan/2027-06-02 today[] overdue[] reminding[] why[One]")
	})
}

// A plan that could not be posted asks when it is; one that may have been does
// not ask again.
func TestReasonsOfWhatWasNotPosted(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		want []string
	}{
		"not posted": {&nudges.RetryError{After: 10 * time.Minute}, []string{"Tue 2027-06-01 09:10:00 CEST U1 late plan/2027-06-01 today[] overdue[] reminding[] why[Acme]"}},
		"uncertain":  {nudges.ErrUncertain, nil},
		"refused":    {nudges.ErrRefused, []string{"Wed 2027-06-02 09:00:00 CEST U1 plan/2027-06-02 today[] overdue[] reminding[] why[Acme]"}},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, "2027-05-31T08:00:00Z", func(w *world) {
				w.founder("U1", berlin, store.EveryMorning)
				w.log("Acme", lost())
				w.slack.answer = func(_ context.Context, try int, _ store.UserID) error {
					if try == 1 {
						return tt.err
					}
					return nil
				}
				w.run()
				w.until("2027-06-03T08:00:00Z")
				w.wants(tt.want...)
			})
		})
	}
}

// What was asked stays in the message until it is answered, and nowhere else.
func TestReasonsInPlace(t *testing.T) {
	live(t, "2027-05-31T08:00:00Z", func(w *world) {
		w.founder("U1", berlin, store.EveryMorning)
		w.log("Acme", lost())
		w.log("Globex", lost())
		w.run()
		w.until("2027-06-01T08:00:00Z")
		w.wantsAt("Tue 2027-06-01 09:00:00 CEST")
		w.same("the message", w.rewritten("plan/2027-06-01"), " plan/2027-06-01 today[] overdue[] reminding[] why[Acme,Globex]")
		w.change("U1", func(b *store.Book) error {
			d, err := b.Delivery("plan/2027-06-01")
			if err != nil {
				return err
			}
			_, err = b.EditActivity(d.Reasons[0], func(a *store.Activity) { a.Reason = store.Unknown })
			return err
		})
		w.same("the message", w.rewritten("plan/2027-06-01"), " plan/2027-06-01 today[] overdue[] reminding[] why[Globex]")
	})
}

// rewritten is a message that was sent as it reads now.
func (w *world) rewritten(occurrence string) (text string) {
	w.Helper()
	err := w.store.View(w.Context(), time.Now(), store.Owner{Team: team, User: "U1"}, func(b *store.Book) error {
		all, err := b.Deliveries()
		var rows []store.Delivery
		for _, d := range all {
			if d.Occurrence == occurrence || d.With == occurrence {
				rows = append(rows, d)
			}
		}
		if err != nil {
			return err
		}
		l, err := nudges.Rewrite(b, rows)
		text = letterText(l)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return text
}
