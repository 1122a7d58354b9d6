package nudges_test

import (
	"fmt"
	"strings"
	"testing"

	"pitch/nudges"
	"pitch/store"
)

// refusal is an ask to a prospect that got a no so many days ago.
func refusal(prospect store.ID, ago int, reason store.Reason) store.Activity {
	return did(store.Ask, prospect, ago+2, became(store.Lost, ago), because(reason, ""))
}

func TestReasonLine(t *testing.T) {
	checkKind(t, nudges.KindReason, []kindCase{
		{"a no without a reason", coached(refusal(1, 1, "")), "reason"},
		{"with one", coached(refusal(1, 1, store.Price)), ""},
		{"didn't ask why", coached(refusal(1, 1, store.Unknown)), ""},
		{"two weeks old", coached(refusal(1, 14, "")), "reason"},
		{"older", coached(refusal(1, 15, "")), ""},
		{"asked in a plan", but(coached(refusal(1, 1, "")), func(s *nudges.Situation) { s.AskedReasons = map[store.ID]bool{1: true} }), ""},
		{"asked by a line", but(coached(refusal(1, 9, "")), said(line("reason", 8, about(1, 1), answered))), ""},
		{"another was", but(coached(refusal(1, 9, "")), said(line("reason", 8, about(2, 2), answered))), "reason"},
		{"do not contact", but(coached(refusal(1, 1, "")), onList(doNotContact)), ""},
		{"the third of a day", coached(refusal(1, 1, store.Price), refusal(2, 1, store.Need), refusal(3, 1, "")), ""},
		{"the first of three", coached(refusal(1, 1, ""), refusal(2, 1, store.Need), refusal(3, 1, store.Need)), "reason"},
		{"one of another day", coached(refusal(1, 1, store.Price), refusal(2, 1, store.Need), refusal(3, 2, "")), "reason"},
	})
	d, _ := nudges.Decide(only(nudges.KindReason, coached(refusal(1, 3, ""), refusal(2, 2, ""), refusal(3, 2, ""), refusal(4, 2, ""))))
	if d.Prospect != 3 || d.Activity != 3 {
		t.Errorf("the newest of those asked about, of two a day: %v", d.Facts)
	}
}

func TestTuneLine(t *testing.T) {
	with := func(version string, a store.Activity) store.Activity { a.Offer = version; return a }
	three := func(edit ...func(*nudges.Situation)) nudges.Situation {
		return but(coached(refusal(1, 20, store.Price), refusal(2, 12, store.Price), refusal(3, 5, store.Price), refusal(4, 4, store.Need)), edit...)
	}
	changed := func(ago int) func(*nudges.Situation) {
		return func(s *nudges.Situation) {
			s.Offers = []store.Offer{offer("v1", wednesday-90), offer("v2", wednesday-store.Day(ago))}
		}
	}
	checkKind(t, nudges.KindTune, []kindCase{
		{"three of a kind", three(), "tune"},
		{"two", coached(refusal(1, 20, store.Price), refusal(2, 12, store.Price), refusal(4, 4, store.Need)), ""},
		{"three that nobody knows", coached(refusal(1, 9, store.Unknown), refusal(2, 8, store.Unknown), refusal(3, 7, store.Unknown)), ""},
		{"three others", coached(refusal(1, 9, store.OtherCause), refusal(2, 8, store.OtherCause), refusal(3, 7, store.OtherCause)), ""},
		{"three without", coached(refusal(1, 9, ""), refusal(2, 8, ""), refusal(3, 7, "")), ""},
		{"the offer changed before", three(changed(30)), "tune"},
		{"the offer changed on the way", three(changed(15)), ""},
		{"asked for with the old version", but(coached(with("v1", refusal(1, 9, store.Price)), with("v2", refusal(2, 8, store.Price)), with("v2", refusal(3, 7, store.Price))), changed(12)), ""},
		{"a change of mind is none of offer", coached(did(store.Ask, 1, 9, became(store.Lost, 8), because(store.Price, "lower it")), refusal(2, 8, store.Price), refusal(3, 7, store.Price)), "tune"},
		{"said since", three(said(line("tune", 4, answered, func(l *store.Line) { l.Reason = store.Price }))), ""},
		{"said of another reason", three(said(line("tune", 4, answered, func(l *store.Line) { l.Reason = store.Need }))), "tune"},
		{"said three no's ago", three(said(line("tune", 30, answered, func(l *store.Line) { l.Reason = store.Price }))), "tune"},
	})
	d, _ := nudges.Decide(only(nudges.KindTune, three()))
	if d.Said != "You have now heard “the price” three times. What would you try on the next five?" || d.Reason != store.Price {
		t.Errorf("%s: %q", d.Reason, d.Said)
	}
	s := three()
	s.Lines = []store.Line{line("tune", 59, answered), line("tune", 58, answered, func(l *store.Line) { l.Text = "tune/2" })}
	if d, _ := nudges.Decide(only(nudges.KindTune, s)); !strings.HasPrefix(d.Said, "Three no's say") {
		t.Errorf("a number in front: %q", d.Said)
	}
}

func TestWiderLine(t *testing.T) {
	asks := func(n int, known ...store.Relationship) nudges.Situation {
		return but(coached(each(n, store.Ask, 9)...), onList(func(p *store.Prospect) {
			p.Relationship = known[int(p.ID)%len(known)]
		}))
	}
	ten := asks(10, store.Warm, store.Intro, store.Inbound)
	checkKind(t, nudges.KindWider, []kindCase{
		{"ten within reach", ten, "wider"},
		{"nine", asks(9, store.Warm), ""},
		{"one of them cold", asks(10, store.Warm, store.Warm, store.Cold), ""},
		{"of some nobody said", asks(14, store.Warm, ""), ""},
		{"ten of twenty known", asks(20, store.Warm, ""), "wider"},
		{"a cold one before them", but(coached(append([]store.Activity{did(store.Ask, 11, 30)}, each(10, store.Ask, 9)...)...), onList(func(p *store.Prospect) {
			if p.Relationship = store.Warm; p.ID == 11 {
				p.Relationship = store.Cold
			}
		})), "wider"},
		{"said 13 days ago", but(ten, said(line("wider", 13, answered))), ""},
		{"said two weeks ago", but(ten, said(line("wider", 14, answered))), "wider"},
	})
}

func TestOddsLine(t *testing.T) {
	nos := func(n int) (all []store.Activity) {
		for i := range n {
			all = append(all, refusal(store.ID(i+1), 30, store.Price))
		}
		return all
	}
	changed := func(on ...int) func(*nudges.Situation) {
		return func(s *nudges.Situation) {
			for i, ago := range on {
				s.Offers = append(s.Offers, offer(fmt.Sprint("v", i+1), wednesday-store.Day(ago)))
			}
		}
	}
	one := coached(refusal(1, 9, store.Price))
	checkKind(t, nudges.KindOdds, []kindCase{
		{"an answer", one, "odds"},
		{"none", coached(did(store.Ask, 1, 9)), ""},
		{"nothing", coached(), ""},
		{"twenty without a yes: help says more", coached(nos(20)...), ""},
		{"nineteen", coached(nos(19)...), "odds"},
		{"said this week", but(one, said(line("odds", 6, answered))), ""},
		{"said a week ago", but(one, said(line("odds", 7, answered))), "odds"},
		{"a day that calls for morale", coached(append(nos(2), did(store.Ask, 9, 5, became(store.Lost, 3), because(store.Trust, "")))...), ""},
		{"changed after one no", but(one, changed(5)), "odds/changed"},
		{"changed twice since", but(one, changed(7, 5)), "odds"},
		{"changed after two", but(coached(refusal(1, 9, store.Price), refusal(2, 8, store.Price)), changed(5)), "odds"},
		{"changed after a yes and a no", but(coached(refusal(1, 9, store.Price), did(store.Ask, 2, 9, became(store.Won, 8))), changed(5)), "odds"},
		{"changed long ago", but(one, changed(15)), "odds"},
	})
}

func TestMoraleLine(t *testing.T) {
	silent := func(n int) []store.Activity { return each(n, store.Ask, 35) } // the silence is four days old
	mood := func(levels ...int) func(*nudges.Situation) {
		return func(s *nudges.Situation) {
			for i, level := range levels {
				day := wednesday - store.Day(2*i+2)
				s.Moods = append(s.Moods, store.Mood{Day: day, Level: level, At: onDay(day, 12)})
			}
		}
	}
	checkKind(t, nudges.KindMorale, []kindCase{
		{"five silences", coached(silent(5)...), "morale"},
		{"four", coached(silent(4)...), ""},
		{"no's and silence", coached(append(silent(3), refusal(8, 2, store.Need), refusal(9, 1, ""))...), "morale"},
		{"a yes between", coached(append(silent(5), did(store.Ask, 9, 5, became(store.Won, 3)))...), ""},
		{"a yes before", coached(append(silent(5), did(store.Ask, 9, 40, became(store.Won, 39)))...), "morale"},
		{"open ones do not count", coached(append(silent(4), did(store.Ask, 9, 5))...), ""},
		{"long ago", coached(each(5, store.Ask, 50)...), ""},
		{"said about them", but(coached(each(5, store.Ask, 42)...), said(line("morale", 8, answered))), ""},
		{"another since", but(coached(append(each(5, store.Ask, 42), refusal(9, 2, ""))...), said(line("morale", 8, answered))), "morale"},
		{"said this week", but(coached(silent(5)...), said(line("morale", 6, answered))), ""},
		{"low twice", but(coached(), mood(2, 2)), "morale/mood"},
		{"low once", but(coached(), mood(2, 3)), ""},
		{"low twice in two weeks", but(coached(), mood(2, 3, 3, 2)), ""},
		{"very low twice", but(coached(), mood(1, 1)), "morale/distress"},
		{"a no for want of trust", coached(refusal(1, 2, store.Trust)), "morale/pushy"},
		{"a week ago", coached(refusal(1, 7, store.Trust)), ""},
		{"felt pushy", coached(did(store.Call, 1, 2, func(a *store.Activity) { a.Note = "Felt PUSHY" })), "morale/pushy"},
	})
	s := but(demoed(), mood(1, 1), said(line("morale", 3, answered)))
	if d, ok := nudges.Decide(s); ok {
		t.Errorf("very low days have no coaching: %q", d.Said)
	}
	if why := nudges.WhyNot(s); len(why) != 1 || !strings.Contains(why[0], "very low") {
		t.Errorf("silent because %q", why)
	}
}

func TestHelpLine(t *testing.T) {
	refused := func(n, ago int) (all []store.Activity) {
		for i := range n {
			all = append(all, refusal(store.ID(i+1), ago, store.Need))
		}
		return all
	}
	fifteen := coached(refused(15, 20)...)
	checkKind(t, nudges.KindHelp, []kindCase{
		{"fifteen answers", fifteen, "help"},
		{"fourteen", coached(refused(14, 20)...), ""},
		{"a yes among them", coached(append(refused(15, 20), did(store.Ask, 30, 20, became(store.Won, 19)))...), ""},
		{"a yes to an ask of long ago", coached(append(refused(15, 20), did(store.Ask, 30, 90, became(store.Won, 10)))...), ""},
		{"a yes long ago", coached(append(refused(15, 20), did(store.Ask, 30, 90, became(store.Won, 80)))...), "help"},
		{"long ago", coached(refused(15, 60)...), ""},
		{"ten talks and an ask", coached(append(each(10, store.Call, 20), did(store.Ask, 1, 19))...), "help"},
		{"ten talks and two asks", coached(append(each(10, store.Call, 20), did(store.Ask, 1, 19), did(store.Ask, 2, 19))...), ""},
		{"nine talks", coached(each(9, store.Call, 20)...), ""},
		{"ten that reached nobody", coached(each(10, store.Call, 20, unreached)...), ""},
		{"said 13 days ago", but(fifteen, said(line("help", 13, answered))), ""},
		{"said two weeks ago", but(fifteen, said(line("help", 14, answered))), "help"},
	})
}

func TestPractiseLine(t *testing.T) {
	joined := func(ago int) nudges.Situation {
		return but(coached(), func(s *nudges.Situation) { s.Founder.Joined = onDay(wednesday-store.Day(ago), 9) })
	}
	talks := func(n, asked int) nudges.Situation {
		return coached(append(each(n-asked, store.Call, 20), each(asked, store.Meeting, 19, asking(store.Order))...)...)
	}
	few := coached(append(each(8, store.Call, 20), did(store.Meeting, 8, 20, asking(store.Order)), did(store.Meeting, 9, 20, asking(store.Order)))...)
	checkKind(t, nudges.KindPractise, []kindCase{
		{"day nine", joined(9), ""},
		{"day ten", joined(10), "practise"},
		{"day twelve, after a weekend", joined(12), "practise"},
		{"day twelve, said on day ten", but(joined(12), said(line("practise", 2, answered))), ""},
		{"day seventeen", joined(17), ""},
		{"no ask in ten talks", talks(10, 0), "practise"},
		{"in nine", talks(9, 0), ""},
		{"some of them asked", few, ""},
		{"said nine days ago", but(talks(10, 0), said(line("practise", 9, answered))), ""},
		{"said ten days ago", but(talks(10, 0), said(line("practise", 10, answered))), "practise"},
	})
}

// TestOrder: of two kinds that have something to say, the first of the catalogue.
func TestOrder(t *testing.T) {
	var names []string
	for _, k := range nudges.Kinds() {
		names = append(names, k.Name)
	}
	if got := strings.Join(names, " "); got != "tempo morale reason back nobody ask how_many tune phone odds help practise beyond wider" {
		t.Errorf("the order is %s", got)
	}
	s := coached(did(store.Ask, 1, 9), did(store.Demo, 2, 5), refusal(3, 3, ""))
	for _, want := range []string{nudges.KindReason, nudges.KindAsk, nudges.KindHowMany, nudges.KindOdds} {
		d, _ := nudges.Decide(s)
		if d.Kind != want {
			t.Errorf("%q, want %s", d.Said, want)
		}
		if s.Founder.Coach.Muted == nil {
			s.Founder.Coach.Muted = map[string]store.Day{}
		}
		s.Founder.Coach.Muted[want] = wednesday + 1
	}
	if why := strings.Join(nudges.WhyNot(s), " "); !strings.Contains(why, "Odds: You put this kind off until Thu 3 Jun.") {
		t.Errorf("silent because %q", why)
	}
	s.Today++ // and on the day after they are heard again
	if d, _ := nudges.Decide(s); d.Kind != nudges.KindReason {
		t.Errorf("after the snooze: %q", d.Said)
	}
}

func TestStuck(t *testing.T) {
	three := coached(refusal(1, 9, store.Price), refusal(2, 8, store.Price), refusal(3, 7, store.Price))
	for _, c := range []struct {
		of   nudges.Situation
		is   nudges.Obstacle
		want string
	}{
		{coached(), nudges.NobodyToAsk, "nobody/stuck/1"},
		{coached(), nudges.OnlyNos, "morale/1"},
		{three, nudges.OnlyNos, "tune/1"},
		{coached(), nudges.ThePhone, "phone/1"},
		{coached(), nudges.FeelsPushy, "morale/pushy/1"},
		{coached(), nudges.NeedHelp, "help/1"},
		{but(coached(), said(line("help", 0))), nudges.NeedHelp, "help/2"}, // whatever was said today
		{but(coached(), func(s *nudges.Situation) { s.Founder.Coaching = false }), nudges.NeedHelp, "help/1"},
		{but(coached(), func(s *nudges.Situation) { s.Today += 3 }), nudges.NeedHelp, "help/1"},
		{but(coached(), func(s *nudges.Situation) { s.Founder.Coach.Muted = map[string]store.Day{"help": store.Never} }), nudges.NeedHelp, "help/1"},
		{but(coached(), func(s *nudges.Situation) {
			s.Moods = []store.Mood{{Day: wednesday, Level: 1}, {Day: wednesday - 3, Level: 1}}
		}), nudges.ThePhone, "morale/distress/1"},
		{coached(), "boredom", ""},
	} {
		d, ok := nudges.StuckHelp(c.of, c.is)
		if d.Text != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q %v, want %q", c.is, d.Text, ok, c.want)
		}
		if ok && !strings.Contains(d.Facts[0], c.is.Label()) {
			t.Errorf("%s rests on %q", c.is, d.Facts)
		}
	}
}

func TestRehearse(t *testing.T) {
	s := coached()
	if r := nudges.Rehearse(s); r.Opening != "" || len(r.Replies) != 3 {
		t.Errorf("with nothing of one's own: %+v", r)
	}
	s.Offers = []store.Offer{offer("v1", wednesday-9), offer("v2: $99 pilot", wednesday-2), offer("v3", wednesday+2)}
	if r := nudges.Rehearse(s); r.Opening != "v2: $99 pilot" {
		t.Errorf("with an offer: %q", r.Opening)
	}
	if d := nudges.Drafts(s)[0]; !strings.Contains(d.Text(), "a live case: “v2: $99 pilot”, real people") || strings.Count(d.Text(), "\n") != 4 {
		t.Errorf("a draft with an offer:\n%s", d.Text())
	}
	s.Commitments = []store.Commitment{{ID: 4, Sentence: "Shall we start in July?"}, {ID: 3, Sentence: "an older one"}, {ID: 5}}
	if r := nudges.Rehearse(s); r.Opening != "Shall we start in July?" {
		t.Errorf("with a sentence: %q", r.Opening)
	}
	for _, r := range nudges.Rehearse(s).Replies {
		lint(t, r.Prompt)
		lint(t, r.Says)
	}
	for _, d := range nudges.Drafts(coached()) {
		if !strings.Contains(d.Text(), "[what we offer]") || len(d.Text()) > 600 {
			t.Errorf("%s: %d characters:\n%s", d.Route, len(d.Text()), d.Text())
		}
	}
}
