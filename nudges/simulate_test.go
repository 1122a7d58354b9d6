package nudges_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

var update = flag.Bool("update", false, "rewrite the golden table of TestSimulate")

// habit is how a founder goes about it; the rates are a working day's.
type habit struct {
	name                 string
	talks, emails, calls float64
	asks                 float64 // after a talk or an email
	numbers              float64 // of asks
	yes, no              float64 // of open asks, a day
	reasons              float64 // of no's, written down at once
	why                  []store.Reason
	circle               store.Relationship
	buyer                store.Buyer
	presses              float64   // of lines
	rest                 int       // days without anything after a no
	idle                 store.Day // from this day on nothing at all
	off                  store.DaysOff
	moods                []int // at the end of a week, in turn
	mutes                string
	offers               int // days between changes of the offer
	fewer                bool
	only                 time.Weekday // 0 is every working day
}

func habits() []habit {
	monday := firstMonday
	return []habit{
		{name: "diligent", talks: 1, emails: .6, calls: .5, asks: .7, numbers: .8, yes: .03, no: .06, reasons: .9, circle: store.Cold, presses: .7, offers: 25},
		{name: "never asks", talks: 1.2, emails: .5, reasons: .5, presses: .4, moods: []int{3, 4}},
		{name: "only warm", talks: .8, emails: .5, asks: .9, numbers: .7, yes: .05, no: .03, reasons: .9, circle: store.Warm, presses: .5},
		{name: "only developers", talks: .9, calls: .3, asks: .6, numbers: .5, yes: .02, no: .05, reasons: .8, why: []store.Reason{store.BuildIt}, buyer: store.Developer, presses: .5, offers: 40},
		{name: "gives up after a no", talks: 1, emails: 1, asks: .8, no: .1, reasons: .2, rest: 9, presses: .5},
		{name: "ignores everything", emails: .7, talks: .4, asks: .2, only: time.Friday},
		{name: "phone-shy", emails: 2.5, asks: .1, numbers: .2, yes: .02, no: .05, reasons: .5, presses: .6, mutes: nudges.KindPhone},
		{name: "holiday in week 5", talks: .8, emails: .4, calls: .4, asks: .5, yes: .04, no: .05, reasons: .9, presses: .6, offers: 12, off: store.DaysOff{From: monday + 28, To: monday + 34}},
		{name: "stops in week 4", talks: 1, emails: .5, asks: .5, no: .05, reasons: .5, presses: .5, idle: monday + 24},
		{name: "low", talks: .7, emails: .5, asks: .8, no: .15, reasons: .4, why: []store.Reason{store.Trust, store.Need}, presses: .3, moods: []int{2, 1}, fewer: true},
	}
}

// firstMonday is the day the simulated founders join.
const firstMonday = store.Day(20_822) // 4 January 2027

const simulatedDays = 12 * 7

// simulated is a founder on their way through the weeks.
type simulated struct {
	t    *testing.T
	r    *rand.Rand
	h    habit
	s    nudges.Situation
	next store.ID
	sent map[string]int
}

// TestSimulate follows thirty founders through twelve weeks, and shows what they
// were sent. Run it with -update when the rules or texts mean it to change.
func TestSimulate(t *testing.T) {
	if firstMonday.String() != "2027-01-04" {
		t.Fatal(firstMonday)
	}
	all, total := map[string]map[string]int{}, map[string]int{}
	for i, h := range habits() {
		all[h.name] = map[string]int{}
		for n := range 3 {
			for kind, sent := range newSimulated(t, h, uint64(10*i+n)).live() {
				all[h.name][kind] += sent
				total[kind] += sent
			}
		}
	}
	for _, k := range nudges.Kinds() {
		if total[k.Name] == 0 {
			t.Errorf("nobody was sent a line of the kind %s", k.Name)
		}
	}
	table := tableOf(all)
	t.Logf("lines sent, three founders a column, twelve weeks:\n%s", table)
	golden(t, filepath.Join("testdata", "simulation.txt"), table)
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if d := cmp.Diff(string(want), got); err != nil || d != "" {
		t.Errorf("%v; run with -update if it is meant (-want +got):\n%s", err, d)
	}
}

func tableOf(all map[string]map[string]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s", "")
	for _, k := range nudges.Kinds() {
		fmt.Fprintf(&b, "%9s", k.Name)
	}
	fmt.Fprintf(&b, "%9s\n", "all")
	for _, h := range habits() {
		fmt.Fprintf(&b, "%-20s", h.name)
		sum := 0
		for _, k := range nudges.Kinds() {
			fmt.Fprintf(&b, "%9d", all[h.name][k.Name])
			sum += all[h.name][k.Name]
		}
		fmt.Fprintf(&b, "%9d\n", sum)
	}
	return b.String()
}

func newSimulated(t *testing.T, h habit, seed uint64) *simulated {
	s := &simulated{t: t, r: rand.New(rand.NewPCG(seed, 12)), h: h, sent: map[string]int{}}
	s.s.Founder = store.Founder{Coaching: true, WorkDays: store.MondayToFriday, Joined: onDay(firstMonday, 8), Zone: "UTC"}
	if len(h.why) == 0 {
		s.h.why = []store.Reason{store.Price, store.Price, store.Need, store.Timing, store.StatusQuo}
	}
	if h.off.From != 0 {
		s.s.Founder.DaysOff = []store.DaysOff{h.off}
	}
	return s
}

func (s *simulated) chance(p float64) bool { return s.r.Float64() < p }

// some is a number that is rate on average.
func (s *simulated) some(rate float64) (n int) {
	for ; rate >= 1; rate-- {
		n++
	}
	if s.chance(rate) {
		n++
	}
	return n
}

func (s *simulated) id() store.ID { s.next++; return s.next }

// live is what the founder is sent of each kind.
func (s *simulated) live() map[string]int {
	for day := firstMonday; day < firstMonday+simulatedDays; day++ {
		s.s.Today = day
		if d, ok := nudges.Decide(s.s); ok {
			s.put(d, store.InPlan, 9)
		}
		s.answers()
		works := s.s.Founder.Works(day) && (s.h.only == 0 || day.Weekday() == s.h.only)
		if works && !s.idle() && !s.resting() {
			s.work()
		}
	}
	return s.sent
}

func (s *simulated) idle() bool { return s.h.idle != 0 && s.s.Today >= s.h.idle }

// resting reports whether the last no was too short ago.
func (s *simulated) resting() bool {
	for _, a := range s.s.Activities {
		if a.Outcome == store.Lost && s.s.Today-a.AnsweredOn < store.Day(s.h.rest) {
			return true
		}
	}
	return false
}

func (s *simulated) work() {
	day := s.s.Today
	for _, of := range []struct {
		kind store.Kind
		rate float64
	}{{store.Demo, s.h.talks}, {store.Email, s.h.emails}, {store.Call, s.h.calls}} {
		for range s.some(of.rate) {
			s.log(of.kind)
		}
	}
	if len(s.h.moods) > 0 && day.Weekday() >= 4 {
		s.s.Moods = append(s.s.Moods, store.Mood{Day: day, Level: s.h.moods[int(day/7)%len(s.h.moods)], At: onDay(day, 17)})
	}
	if since := int(day - firstMonday); s.h.offers > 0 && since%s.h.offers == 3 {
		s.s.Offers = append(s.s.Offers, store.Offer{ID: s.id(), Name: fmt.Sprint("v", len(s.s.Offers)+1), On: day})
	}
}

// log notes something with somebody, and the ask that may follow.
func (s *simulated) log(kind store.Kind) {
	a := store.Activity{ID: s.id(), Kind: kind, Prospect: s.somebody(), OccurredOn: s.s.Today, LoggedAt: onDay(s.s.Today, 11)}
	a.Unreached = kind == store.Call && s.chance(.5)
	s.s.Activities = append(s.s.Activities, a)
	if d, ok := nudges.DecideReply(s.s, a); ok {
		s.put(d, store.InReply, 11)
	}
	if !s.chance(s.h.asks) {
		return
	}
	a.ID, a.Kind, a.Asked, a.Outcome = s.id(), store.Ask, store.Order, store.Pending
	if s.chance(s.h.numbers) {
		a.Quantity = 5
	}
	if n := len(s.s.Offers); n > 0 {
		a.Offer = s.s.Offers[n-1].Name
	}
	s.s.Activities = append(s.s.Activities, a)
}

// somebody is a prospect, half of the time a new one.
func (s *simulated) somebody() store.ID {
	if n := len(s.s.Prospects); n > 0 && s.chance(.5) {
		return s.s.Prospects[s.r.IntN(n)].ID
	}
	p := store.Prospect{ID: s.id(), Relationship: s.h.circle, Buyer: s.h.buyer, AddedAt: onDay(s.s.Today, 11)}
	p.Name = fmt.Sprintf("%s %d", people()[int(p.ID)%len(people())], p.ID)
	p.DoNotContact, p.NotCallable = s.chance(.05), s.chance(.1)
	s.s.Prospects = append(s.s.Prospects, p)
	return p.ID
}

// answers are what open asks got.
func (s *simulated) answers() {
	for i := range s.s.Activities {
		a := &s.s.Activities[i]
		if a.Outcome != store.Pending || a.OccurredOn == s.s.Today {
			continue
		}
		switch p := s.r.Float64(); {
		case p < s.h.yes:
			a.Outcome, a.AnsweredOn = store.Won, s.s.Today
		case p < s.h.yes+s.h.no:
			a.Outcome, a.AnsweredOn = store.Lost, s.s.Today
			if s.chance(s.h.reasons) {
				a.Reason = pick(s.r, s.h.why)
			}
		}
	}
}

// put is what is sent, and what the founder does with it.
func (s *simulated) put(d nudges.Decision, place store.Place, hour int) {
	s.check(d)
	l := d.Line(place)
	l.ID, l.Day, l.At = s.id(), s.s.Today, onDay(s.s.Today, hour)
	if s.chance(s.h.presses) && !s.idle() {
		l.Answer, l.AnsweredAt = "pressed", l.At
	}
	s.s.Lines = append(s.s.Lines, l)
	s.sent[d.Kind]++
	f := &s.s.Founder.Coach
	switch {
	case d.Kind == s.h.mutes:
		f.Muted = map[string]store.Day{d.Kind: store.Never}
	case d.Kind == nudges.KindTempo:
		f.FewerAsked, f.Fewer = true, s.h.fewer
	case l.Answer != "" && d.Kind == nudges.KindReason && s.chance(.7):
		for i := range s.s.Activities {
			if s.s.Activities[i].ID == d.Activity {
				s.s.Activities[i].Reason = store.Unknown
			}
		}
	}
}

// check is what holds of every line, counted anew from what was sent.
func (s *simulated) check(d nudges.Decision) {
	s.t.Helper()
	checkCaps(s.t, s.s, d)
	checkLine(s.t, s.s, d)
	lint(s.t, d.Said)
	if idle := s.idleSince(); idle >= nudges.SilentDays {
		s.t.Errorf("%s: %d days without a word, then on %s %q", s.h.name, idle, s.s.Today, d.Said)
	}
	if d.Kind == nudges.KindReason && s.place(d.Activity) > 2 {
		s.t.Errorf("%s: asked for the reason of no %d of a day", s.h.name, s.place(d.Activity))
	}
	s.checkTurn(d)
}

// idleSince is how many days, days off apart, the founder was not seen.
func (s *simulated) idleSince() (days int) {
	seen := firstMonday
	for _, a := range s.s.Activities {
		seen = max(seen, a.OccurredOn)
	}
	for _, m := range s.s.Moods {
		seen = max(seen, m.Day)
	}
	for _, l := range s.s.Lines {
		if l.Answer != "" {
			seen = max(seen, l.Day)
		}
	}
	for day := seen + 1; day <= s.s.Today; day++ {
		if day < s.h.off.From || day > s.h.off.To {
			days++
		}
	}
	return days
}

// place is which of its day's no's one is, by the order of the asks.
func (s *simulated) place(no store.ID) (n int) {
	var day store.Day
	for _, a := range s.s.Activities {
		if a.ID == no {
			day = a.AnsweredOn
		}
	}
	for _, a := range s.s.Activities {
		if a.Outcome == store.Lost && a.AnsweredOn == day && a.ID <= no {
			n++
		}
	}
	return n
}

// checkTurn: no text is read again within five days while another was free.
func (s *simulated) checkTurn(d nudges.Decision) {
	s.t.Helper()
	recent := map[string]bool{}
	for _, l := range s.s.Lines {
		recent[l.Text] = recent[l.Text] || s.s.Today-l.Day < 5
	}
	family, _ := strings.CutSuffix(d.Text, d.Text[strings.LastIndex(d.Text, "/"):])
	for i := range 3 {
		if other := fmt.Sprintf("%s/%d", family, i+1); recent[d.Text] && !recent[other] {
			s.t.Errorf("%s: %s again on %s, while %s was free", s.h.name, d.Text, s.s.Today, other)
		}
	}
}
