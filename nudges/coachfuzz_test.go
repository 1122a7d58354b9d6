package nudges_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"pitch/nudges"
	"pitch/store"
)

// someSituation is a founder with any log, lines, moods and settings, the same
// for the same seed.
func someSituation(seed uint64) nudges.Situation {
	r := rand.New(rand.NewPCG(seed, 9))
	h := someHistory(seed, r.IntN(120), 1+r.IntN(90), 1+r.IntN(20))
	s := nudges.Situation{
		Today: wednesday + store.Day(r.IntN(9)-2), Activities: h.Activities, Prospects: h.Prospects, Offers: h.Offers,
		Founder:      store.Founder{Coaching: r.IntN(8) > 0, WorkDays: store.Weekdays(r.IntN(128)) | store.MondayToFriday, Joined: onDay(wednesday-store.Day(r.IntN(100)), 9)},
		AskedReasons: map[store.ID]bool{store.ID(r.IntN(99)): true},
	}
	for i := range s.Activities {
		a := &s.Activities[i]
		a.LoggedAt = onDay(a.OccurredOn+store.Day(r.IntN(3)), r.IntN(24))
		if r.IntN(4) == 0 {
			a.Amount = pick(r, []store.Decimal{"5", "9999.99", "25000"})
		}
	}
	for i := range s.Prospects {
		p := &s.Prospects[i]
		p.Name = pick(r, []string{"Acme", "{who}", strings.Repeat("Ž", 200), "iPhone {n} “x”", "Łódź Sp. z o.o."})
		p.Buyer, p.DoNotContact, p.NotCallable = pick(r, []store.Buyer{"", store.Developer}), r.IntN(6) == 0, r.IntN(3) == 0
		p.AddedAt = onDay(wednesday-store.Day(r.IntN(60)), 8)
	}
	for i := range r.IntN(30) {
		k := pick(r, nudges.Kinds())
		l := line(k.Name, r.IntN(40), func(l *store.Line) {
			l.ID, l.Place = store.ID(i+500), pick(r, []store.Place{store.InPlan, store.InReply, store.OnHome, store.OnDemand})
		})
		if r.IntN(2) == 0 {
			answered(&l)
		}
		s.Lines = append(s.Lines, l)
	}
	for range r.IntN(4) {
		day := wednesday - store.Day(r.IntN(10))
		s.Moods = append(s.Moods, store.Mood{Day: day, Level: 1 + r.IntN(5), At: onDay(day, 12)})
	}
	if r.IntN(3) == 0 {
		s.Founder.DaysOff = []store.DaysOff{{From: wednesday - store.Day(r.IntN(30)), To: wednesday + store.Day(r.IntN(5)) - 2}}
	}
	s.Founder.Coach = store.Coach{Fewer: r.IntN(6) == 0, Muted: map[string]store.Day{pick(r, nudges.Kinds()).Name: wednesday + store.Day(r.IntN(9))}}
	return s
}

// FuzzCoach: whatever the log, a line is within its bounds, has all its slots
// filled and names nobody who is not to be contacted; and where there is none,
// there is a reason for that.
func FuzzCoach(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		s := someSituation(seed)
		d, ok := nudges.Decide(s)
		if why := nudges.WhyNot(s); ok == (len(why) > 0) {
			t.Errorf("said %q, and silent because %q", d.Said, why)
		}
		if ok {
			checkCaps(t, s, d)
			checkLine(t, s, d)
		}
		if len(s.Activities) > 0 {
			if d, ok := nudges.DecideReply(s, s.Activities[len(s.Activities)-1]); ok {
				checkCaps(t, s, d)
				checkLine(t, s, d)
			}
		}
		for _, o := range nudges.Obstacles() {
			d, ok := nudges.StuckHelp(s, o)
			if !ok || len(d.Caps) != 0 {
				t.Errorf("stuck, %s: %v, within %q", o, ok, d.Caps)
			}
			checkLine(t, s, d)
		}
		for _, l := range s.Lines {
			nudges.Explain(l, s)
		}
	})
}

// checkCaps counts the lines by themselves, without what the rules count with.
func checkCaps(t *testing.T, s nudges.Situation, d nudges.Decision) {
	t.Helper()
	week, most := 0, nudges.LinesWeekly
	if s.Today < store.DayOf(s.Founder.Joined)+nudges.FirstDays {
		most = nudges.LinesFirst
	}
	if s.Founder.Coach.Fewer {
		most = 1
	}
	for _, l := range s.Lines {
		if l.Place == store.OnDemand {
			continue
		}
		if l.Day == s.Today {
			t.Errorf("the second line of %s: %q", s.Today, d.Said)
		}
		if l.Day.ISOWeek() == s.Today.ISOWeek() {
			week++
		}
	}
	if week >= most || !s.Founder.Coaching || !s.Founder.Works(s.Today) || s.Today < s.Founder.Coach.Muted[d.Kind] {
		t.Errorf("%d lines of %d in the week of %s, then %s: %q", week, most, s.Today, d.Kind, d.Said)
	}
}

func checkLine(t *testing.T, s nudges.Situation, d nudges.Decision) {
	t.Helper()
	l := d.Line(store.InPlan)
	if err := l.Validate(); err != nil || d.Rule == "" || len(d.Buttons) == 0 || len(d.Facts) == 0 {
		t.Errorf("%+v: %v", d, err)
	}
	if utf8.RuneCountInString(d.Said) > nudges.MaxText || strings.Contains(d.Said, "{reason}") || strings.Contains(d.Said, "“”") {
		t.Errorf("%d characters: %q", utf8.RuneCountInString(d.Said), d.Said)
	}
	for _, p := range s.Prospects {
		if p.ID == d.Prospect && p.DoNotContact {
			t.Errorf("%s is not to be contacted: %q", p.Name, d.Said)
		}
	}
}
