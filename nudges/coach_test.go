package nudges_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

// coached is a founder who joined two months ago, works Monday to Friday, wants
// coach lines and notes a mood every week, yesterday the last; today is wednesday. What they did was logged
// on its day, in the order given, and everybody in it is on their list.
func coached(did ...store.Activity) nudges.Situation {
	s := nudges.Situation{
		Today:   wednesday,
		Founder: store.Founder{Coaching: true, WorkDays: store.MondayToFriday, Joined: onDay(wednesday-60, 9), Zone: "UTC"},
	}
	for ago := store.Day(1); ago < 60; ago += 7 {
		s.Moods = append(s.Moods, store.Mood{Day: wednesday - ago, Level: 4, At: onDay(wednesday-ago, 18)})
	}
	on := map[store.ID]bool{}
	for i, a := range did {
		a.ID = store.ID(i + 1)
		if a.LoggedAt.IsZero() {
			a.LoggedAt = onDay(a.OccurredOn, 10)
		}
		s.Activities = append(s.Activities, a)
		if !on[a.Prospect] {
			on[a.Prospect] = true
			s.Prospects = append(s.Prospects, store.Prospect{ID: a.Prospect, Name: people()[int(a.Prospect)%len(people())]})
		}
	}
	return s
}

func people() []string {
	return []string{"Umbrella", "Globex", "Initech", "Hooli", "Acme", "Stark", "Wayne", "Tyrell", "Cyberdyne", "Soylent", "Wonka", "Duff"}
}

// onDay is a full hour of a day.
func onDay(d store.Day, hour int) time.Time {
	return time.Date(1970, 1, 1+int(d), hour, 0, 0, 0, time.UTC)
}

// line is a coach line that was said so many days ago, and counts.
func line(kind string, ago int, edit ...func(*store.Line)) store.Line {
	day := wednesday - store.Day(ago)
	l := store.Line{ID: store.ID(1000 - ago), Kind: kind, Text: kind + "/1", Day: day, At: onDay(day, 9), Place: store.InPlan}
	for _, e := range edit {
		e(&l)
	}
	return l
}

func about(prospect, activity store.ID) func(*store.Line) {
	return func(l *store.Line) { l.Prospect, l.Activity = prospect, activity }
}

func answered(l *store.Line) { l.Answer, l.AnsweredAt = "plan", l.At.Add(time.Hour) }

// only mutes all kinds but one, so that it can be looked at alone.
func only(kind string, s nudges.Situation) nudges.Situation {
	s.Founder.Coach.Muted = map[string]store.Day{}
	for _, k := range nudges.Kinds() {
		if k.Name != kind {
			s.Founder.Coach.Muted[k.Name] = store.Never
		}
	}
	return s
}

// demoed is a situation that calls for an ask.
func demoed() nudges.Situation { return coached(did(store.Demo, 1, 5)) }

func TestDecision(t *testing.T) {
	s := demoed()
	s.Lines = []store.Line{line(nudges.KindOdds, 1, answered)}
	got, ok := nudges.Decide(s)
	want := nudges.Decision{
		Kind: "ask", Class: nudges.Action, Text: "ask/1", Prospect: 1, Activity: 1,
		Said:    "Globex has heard about it. They can't say yes to something nobody asked. Two lines, today?",
		Facts:   []string{"You had a demo with Globex on Fri 28 May.", "Nothing was asked since."},
		Rule:    "A call, meeting or demo of the last ten days was not followed by an ask, and you noted no ask for two working days.",
		Caps:    []string{"One line a day at most; this is the second of this week.", "Four a week at most."},
		Buttons: []string{"Plan the ask"}, Never: "Never this kind",
	}
	if d := cmp.Diff(want, got); d != "" || !ok {
		t.Errorf("%v (-want +got):\n%s", ok, d)
	}
	l := got.Line(store.InPlan)
	l.ID, l.Day, l.At = 2000, wednesday, onDay(wednesday, 9)
	if err := l.Validate(); err != nil {
		t.Error(err)
	}
	s.Lines = append(s.Lines, l)
	s.Today += 30 // and what it rested on is still told a month later
	e := nudges.Explain(l, s)
	if d := cmp.Diff(nudges.Explanation{Said: got.Said, Facts: got.Facts, Rule: got.Rule, Caps: got.Caps}, e); d != "" {
		t.Errorf("explained (-decided +explained):\n%s", d)
	}
	kindly := read("how_many/kindly/2", 3)
	kindly.Kind = nudges.KindHowMany
	if e := nudges.Explain(kindly, s); !strings.Contains(e.Rule, "after two follow-ups") {
		t.Errorf("the rule of a variant: %q", e.Rule)
	}
	if e := nudges.Explain(line("an old kind", 3), s); e.Rule != "" || len(e.Caps) == 0 {
		t.Errorf("of a kind that is no longer said: %+v", e)
	}
	l.Place = store.OnDemand
	if e := nudges.Explain(l, s); !strings.Contains(e.Caps[0], "You asked for it") {
		t.Errorf("on demand: %v", e.Caps)
	}
}

// TestTextsTakeTurns: the text that was not read for longest is next, and what was
// dropped never.
func TestTextsTakeTurns(t *testing.T) {
	s := demoed()
	for _, c := range []struct {
		name    string
		lines   []store.Line
		dropped []string
		want    string
	}{
		{"none read", nil, nil, "ask/1"},
		{"one read", []store.Line{line("ask", 9)}, nil, "ask/2"},
		{"one read, one dropped", []store.Line{line("ask", 9)}, []string{"ask/2"}, "ask/3"},
		{"all read", []store.Line{read("ask/4", 40), read("ask/2", 30), read("ask/1", 20), read("ask/3", 10)}, nil, "ask/4"},
		{"the longest unread dropped", []store.Line{read("ask/4", 40), read("ask/2", 30), read("ask/1", 20), read("ask/3", 10)}, []string{"ask/4"}, "ask/2"},
		{"all dropped", nil, []string{"ask/1", "ask/2", "ask/3", "ask/4"}, ""},
	} {
		s.Lines, s.Founder.Coach.Dropped = c.lines, c.dropped
		s = only("ask", s)
		s.Founder.Coach.Dropped = c.dropped
		d, _ := nudges.Decide(s)
		if d.Text != c.want {
			t.Errorf("%s: %q, want %q", c.name, d.Text, c.want)
		}
	}
	if why := nudges.WhyNot(func() nudges.Situation { s.Lines = nil; return s }()); len(why) != 1 || why[0] != "Asking after a talk: You dropped all of its texts." {
		t.Errorf("all dropped: %q", why)
	}
}

// read is a line of a text that was heeded.
func read(text string, ago int) store.Line {
	return line("ask", ago, answered, func(l *store.Line) { l.Text = text })
}

// TestSilence: what stops every line, and says why.
func TestSilence(t *testing.T) {
	week := func(n int) (all []store.Line) { // on Monday and Tuesday
		for i := range n {
			all = append(all, line(nudges.KindOdds, 1+i%2, answered, func(l *store.Line) { l.ID += store.ID(100 * i) }))
		}
		return all
	}
	ignored := func(n int) (all []store.Line) { // the last of them a week ago
		for i := range n {
			all = append(all, line(nudges.KindOdds, 6+n-i))
		}
		return all
	}
	for _, c := range []struct {
		name string
		edit func(*nudges.Situation)
		want string // "" is a line
	}{
		{"as it is", func(*nudges.Situation) {}, ""},
		{"coaching off", func(s *nudges.Situation) { s.Founder.Coaching = false }, "Coaching is off."},
		{"stopped", func(s *nudges.Situation) { s.Founder.Stopped = true }, "Messages are stopped, and coach lines with them."},
		{"gone", func(s *nudges.Situation) { s.Founder.Gone = true }, "Messages are stopped, and coach lines with them."},
		{"a weekend", func(s *nudges.Situation) { s.Today += 3 }, "Today is a day off."},
		{"works on Sundays", func(s *nudges.Situation) {
			s.Founder.WorkDays = store.WeekdaySet(time.Sunday, time.Tuesday)
		}, "Today is a day off."},
		{"off", func(s *nudges.Situation) { s.Founder.DaysOff = []store.DaysOff{{From: wednesday, To: wednesday}} }, "Today is a day off."},
		{"said today, in a reply", func(s *nudges.Situation) {
			s.Lines = []store.Line{line("back", 0, func(l *store.Line) { l.Place = store.InReply })}
		}, "One line a day at most, and today's has been said."},
		{"asked for today", func(s *nudges.Situation) {
			s.Lines = []store.Line{line("help", 0, func(l *store.Line) { l.Place = store.OnDemand })}
		}, ""},
		{"three this week", func(s *nudges.Situation) { s.Lines = week(3) }, ""},
		{"four this week", func(s *nudges.Situation) { s.Lines = week(4) }, "Four a week at most. This week's have been said."},
		{"three this week, new", func(s *nudges.Situation) {
			s.Lines, s.Founder.Joined = week(3), onDay(wednesday-13, 9)
		}, "Three a week at most in the first two weeks. This week's have been said."},
		{"three this week, two weeks here", func(s *nudges.Situation) {
			s.Lines, s.Founder.Joined = week(3), onDay(wednesday-14, 9)
		}, ""},
		{"fewer", func(s *nudges.Situation) { s.Lines, s.Founder.Coach.Fewer = week(1), true }, "One a week at most, as you chose. This week's have been said."},
		{"three ignored", func(s *nudges.Situation) { s.Lines = ignored(3) }, ""},
		{"ten ignored", func(s *nudges.Situation) {
			s.Lines, s.Moods = ignored(10), s.Moods[1:]
			s.Activities[0].LoggedAt = onDay(wednesday-30, 10)
		}, "Coach lines are resting. They return when you log something."},
		{"ten ignored, and back", func(s *nudges.Situation) {
			s.Lines, s.Moods = ignored(10), s.Moods[1:]
			s.Activities[0].LoggedAt = onDay(wednesday-2, 10)
		}, ""},
		{"two weeks without a word", func(s *nudges.Situation) {
			s.Moods, s.Activities[0].LoggedAt = nil, onDay(wednesday-14, 10)
		}, "Coach lines are resting. They return when you log something."},
		{"not quite two weeks", func(s *nudges.Situation) {
			s.Moods, s.Activities[0].LoggedAt = nil, onDay(wednesday-13, 10)
		}, ""},
		{"two weeks, of them a day off", func(s *nudges.Situation) {
			s.Moods, s.Activities[0].LoggedAt = nil, onDay(wednesday-14, 10)
			s.Founder.DaysOff = []store.DaysOff{{From: wednesday - 9, To: wednesday - 9}}
		}, ""},
	} {
		s := only(nudges.KindAsk, demoed())
		c.edit(&s)
		d, ok := nudges.Decide(s)
		if ok != (c.want == "") {
			t.Errorf("%s: %q, want it silent: %v", c.name, d.Said, c.want != "")
		}
		if why := strings.Join(nudges.WhyNot(s), "|"); why != c.want {
			t.Errorf("%s: silent because %q, want %q", c.name, why, c.want)
		}
	}
}

// TestIgnored: a line is ignored if neither its button was pressed nor anything
// logged until the end of the next working day, and that many in a row mean less.
func TestIgnored(t *testing.T) {
	friday, monday := 12, 9 // days ago
	logged := func(ago, hour int) store.Activity {
		return did(store.Email, 2, ago, func(a *store.Activity) { a.LoggedAt = onDay(wednesday-store.Day(ago), hour) })
	}
	for _, c := range []struct {
		name    string
		line    store.Line
		logged  store.Activity
		ignored bool
	}{
		{"logged before it", line("odds", friday), logged(friday, 8), true},
		{"logged after it", line("odds", friday), logged(friday, 10), false},
		{"logged on the weekend", line("odds", friday), logged(friday-1, 10), false},
		{"logged on Monday", line("odds", friday), logged(monday, 23), false},
		{"logged on Tuesday", line("odds", friday), logged(monday-1, 0), true},
		{"a button pressed", line("odds", friday, answered), logged(20, 8), false},
		{"on demand", line("odds", friday, func(l *store.Line) { l.Place = store.OnDemand }), logged(20, 8), false},
	} {
		s := demoed()
		c.logged.ID = 2
		s.Activities = append(s.Activities, c.logged)
		s.Activities[0].LoggedAt = onDay(wednesday-30, 8)
		s.Lines = []store.Line{c.line}
		for i := range nudges.IgnoredMany - 1 { // these were
			s.Lines = append(s.Lines, line("odds", 20+i))
		}
		d, _ := nudges.Decide(s)
		if asked := d.Kind == nudges.KindTempo; asked != c.ignored {
			t.Errorf("%s: ignored is %v, said %q", c.name, asked, d.Said)
		}
	}
}

// TestTempo: the question is put once.
func TestTempo(t *testing.T) {
	s := demoed()
	for i := range nudges.IgnoredMany {
		s.Lines = append(s.Lines, line("odds", 20+i))
	}
	d, _ := nudges.Decide(s)
	if d.Kind != nudges.KindTempo || !cmp.Equal(d.Buttons, []string{"Fewer", "Different", "Off"}) {
		t.Errorf("%q, %q", d.Said, d.Buttons)
	}
	s.Founder.Coach.FewerAsked = true
	if d, _ := nudges.Decide(s); d.Kind != nudges.KindAsk {
		t.Errorf("asked before: %q", d.Said)
	}
	s.Lines = append(s.Lines, line("odds", 2)) // one this week: one is all
	if d, ok := nudges.Decide(s); ok {
		t.Errorf("the second of this week: %q", d.Said)
	}
}

// TestDecideIsPure: the order of the records is none of its business, and it
// leaves them as they are.
func TestDecideIsPure(t *testing.T) {
	for seed := range uint64(20) {
		s := someSituation(seed)
		want, _ := nudges.Decide(s)
		turned := someSituation(seed)
		for i, j := 0, len(turned.Activities)-1; i < j; i, j = i+1, j-1 {
			turned.Activities[i], turned.Activities[j] = turned.Activities[j], turned.Activities[i]
		}
		for i, j := 0, len(turned.Prospects)-1; i < j; i, j = i+1, j-1 {
			turned.Prospects[i], turned.Prospects[j] = turned.Prospects[j], turned.Prospects[i]
		}
		got, _ := nudges.Decide(turned)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("seed %d, in another order:\n%s", seed, d)
		}
		if d := cmp.Diff(someSituation(seed), s, cmp.AllowUnexported(time.Location{})); d != "" {
			t.Errorf("seed %d: records were changed:\n%s", seed, d)
		}
	}
}
