package nudges_test

import (
	"slices"
	"strings"
	"testing"

	"pitch/nudges"
	"pitch/store"
)

// kindCase is a situation and the text of the kind it calls for, "" for none. A
// text is named without its number: "ask" or "ask/next_step".
type kindCase struct {
	name string
	of   nudges.Situation
	want string
}

func checkKind(t *testing.T, kind string, cases []kindCase) {
	t.Helper()
	for _, c := range cases {
		d, ok := nudges.Decide(only(kind, c.of))
		checkCase(t, c, d, ok)
	}
}

func checkCase(t *testing.T, c kindCase, d nudges.Decision, ok bool) {
	t.Helper()
	got := ""
	if ok {
		got = d.Text[:strings.LastIndex(d.Text, "/")]
		checkLine(t, c.of, d)
		lint(t, d.Said)
	}
	if got != c.want {
		t.Errorf("%s: %q, want %q: %s %q", c.name, got, c.want, d.Said, d.Facts)
	}
}

// but is a situation changed.
func but(s nudges.Situation, edits ...func(*nudges.Situation)) nudges.Situation {
	for _, e := range edits {
		e(&s)
	}
	return s
}

func said(lines ...store.Line) func(*nudges.Situation) {
	return func(s *nudges.Situation) { s.Lines = append(s.Lines, lines...) }
}

// onList changes all the prospects.
func onList(edit func(*store.Prospect)) func(*nudges.Situation) {
	return func(s *nudges.Situation) {
		s.Prospects = slices.Clone(s.Prospects)
		for i := range s.Prospects {
			edit(&s.Prospects[i])
		}
	}
}

func promised(prospect store.ID) func(*nudges.Situation) {
	return func(s *nudges.Situation) {
		s.Commitments = []store.Commitment{{ID: 90, Kind: store.Ask, Prospect: prospect, Count: 1, Status: store.Open}}
	}
}

func doNotContact(p *store.Prospect) { p.DoNotContact = true }
func numbered(a *store.Activity)     { a.Quantity = 5 }
func asking(what store.Asked) func(*store.Activity) {
	return func(a *store.Activity) { a.Asked, a.Outcome = what, store.Pending }
}

// each is one of something to as many prospects, so many days ago.
func each(n int, kind store.Kind, ago int, edit ...func(*store.Activity)) (all []store.Activity) {
	for i := range n {
		all = append(all, did(kind, store.ID(i+1), ago, edit...))
	}
	return all
}

func TestAskLine(t *testing.T) {
	worth := func(amount store.Decimal) func(*store.Activity) {
		return func(a *store.Activity) { a.Amount = amount }
	}
	checkKind(t, nudges.KindAsk, []kindCase{
		{"a demo", coached(did(store.Demo, 1, 5)), "ask"},
		{"a call", coached(did(store.Call, 1, 10)), "ask"},
		{"a call that asked for nothing", coached(did(store.Call, 1, 3, func(a *store.Activity) { a.Asked = store.AskedNothing })), "ask"},
		{"too long ago", coached(did(store.Demo, 1, 11)), ""},
		{"nobody reached", coached(did(store.Call, 1, 5, unreached)), ""},
		{"an email", coached(did(store.Email, 1, 5)), ""},
		{"asked in it", coached(did(store.Call, 1, 5, asking(store.Pilot))), ""},
		{"asked since", coached(did(store.Demo, 1, 8), did(store.Ask, 1, 7)), ""},
		{"asked another yesterday", coached(did(store.Demo, 1, 5), did(store.Ask, 2, 1)), ""},
		{"asked another on Monday", coached(did(store.Demo, 1, 5), did(store.Ask, 2, 2)), "ask"},
		{"asked another on Friday, Monday was off", but(coached(did(store.Demo, 1, 8), did(store.Ask, 2, 2)),
			func(s *nudges.Situation) {
				s.Founder.DaysOff = []store.DaysOff{{From: wednesday - 1, To: wednesday - 1}}
			}), ""},
		{"said no once", coached(did(store.Ask, 1, 50, became(store.Lost, 45)), did(store.Demo, 1, 5)), ""},
		{"bought", coached(did(store.Ask, 1, 50, became(store.Won, 45)), did(store.Meeting, 1, 5)), ""},
		{"bought a pilot", coached(did(store.Ask, 1, 50, asking(store.Pilot), became(store.Won, 45)), did(store.Meeting, 1, 5)), "ask"},
		{"an ask to answer", coached(did(store.Ask, 1, 20), did(store.Meeting, 1, 5)), ""},
		{"do not contact", but(demoed(), onList(doNotContact)), ""},
		{"about them this week", but(demoed(), said(line("ask", 6, about(1, 1), answered))), ""},
		{"about them a week ago", but(demoed(), said(line("ask", 7, about(1, 1), answered))), "ask"},
		{"about somebody else", but(demoed(), said(line("ask", 6, about(2, 9), answered))), "ask"},
		{"planned already", but(demoed(), promised(1)), ""},
		{"another is planned", but(demoed(), promised(2)), "ask"},
		{"a date to follow up", but(demoed(), onList(func(p *store.Prospect) { p.FollowUpOn = wednesday + 1 })), ""},
		{"a next step asked for before", coached(did(store.Ask, 1, 50, asking(store.NextStep)), did(store.Demo, 1, 5)), "ask/next_step"},
		{"a big deal", coached(did(store.Demo, 1, 5, worth("10000"))), "ask/next_step"},
		{"not as big", coached(did(store.Demo, 1, 5, worth("9999.99"))), "ask"},
	})
	d, _ := nudges.Decide(only(nudges.KindAsk, coached(did(store.Demo, 1, 6), did(store.Meeting, 2, 5), did(store.Call, 3, 9))))
	if d.Prospect != 2 {
		t.Errorf("of three, the latest conversation is first: %v", d.Facts)
	}
}

func TestHowManyLine(t *testing.T) {
	noted := func(a *store.Activity) { a.Note = "sent the Proposal" }
	twice := []store.Line{line("how_many", 20, about(1, 1), answered), line("how_many", 10, about(1, 1), answered)}
	checkKind(t, nudges.KindHowMany, []kindCase{
		{"a quiet ask", coached(did(store.Ask, 1, 2)), "how_many"},
		{"yesterday's", coached(did(store.Ask, 1, 1)), ""},
		{"Friday's on Monday", but(coached(did(store.Ask, 1, 5)), func(s *nudges.Situation) { s.Today -= 2 }), ""},
		{"an emailed proposal", coached(did(store.Email, 1, 5, noted)), "how_many"},
		{"an emailed price", coached(did(store.Email, 1, 5, func(a *store.Activity) { a.Amount = "500" })), "how_many"},
		{"an email", coached(did(store.Email, 1, 5)), ""},
		{"answered", coached(did(store.Ask, 1, 9, became(store.NoDecision, 5))), ""},
		{"a no after the proposal", coached(did(store.Ask, 1, 9, became(store.Lost, 3)), did(store.Email, 1, 5, noted)), ""},
		{"silence is the answer", coached(did(store.Ask, 1, 31)), ""},
		{"later", coached(did(store.Ask, 1, 9, became(store.NotNow, 5), func(a *store.Activity) { a.Until = wednesday + 30 })), ""},
		{"talked since", coached(did(store.Ask, 1, 9), did(store.Meeting, 1, 5)), ""},
		{"tried to call", coached(did(store.Ask, 1, 9), did(store.Call, 1, 5, unreached)), "how_many"},
		{"followed up yesterday", coached(did(store.Ask, 1, 9), did(store.FollowUp, 1, 1)), ""},
		{"followed up", coached(did(store.Ask, 1, 9), did(store.FollowUp, 1, 5)), "how_many"},
		{"followed up twice", coached(did(store.Ask, 1, 12), did(store.FollowUp, 1, 9), did(store.Email, 1, 5)), "how_many/kindly"},
		{"reminded twice", but(coached(did(store.Ask, 1, 25)), said(twice...)), "how_many/kindly"},
		{"closed", but(coached(did(store.Ask, 1, 25)), said(twice...), said(line("how_many", 8, about(1, 1), answered,
			func(l *store.Line) { l.Text = "how_many/kindly/2" }))), ""},
		{"about them this week", but(coached(did(store.Ask, 1, 9)), said(line("how_many", 6, about(1, 1), answered))), ""},
		{"a date to agree on", coached(did(store.Ask, 1, 9, asking(store.NextStep))), "how_many/next_step"},
		{"planned already", but(coached(did(store.Ask, 1, 9)), promised(1)), ""},
		{"do not contact", but(coached(did(store.Ask, 1, 9)), onList(doNotContact)), ""},
		{"one of five has a number", coached(append(each(4, store.Ask, 1), did(store.Ask, 5, 1, numbered))...), "how_many/numbers"},
		{"two of five", coached(append(each(3, store.Ask, 1), did(store.Ask, 4, 1, numbered), did(store.Ask, 5, 1, numbered))...), ""},
		{"a third of six", coached(append(each(4, store.Ask, 1), did(store.Ask, 5, 1, numbered), did(store.Ask, 6, 1, numbered))...), ""},
		{"none of four", coached(each(4, store.Ask, 1)...), ""},
		{"one of them long ago", coached(append(each(4, store.Ask, 1), did(store.Ask, 5, 31, became(store.Won, 30)))...), ""},
		{"said this week", but(coached(each(5, store.Ask, 1)...), said(line("how_many", 2, answered))), ""},
	})
	d, _ := nudges.Decide(only(nudges.KindHowMany, coached(did(store.Ask, 1, 5), did(store.Ask, 2, 9), did(store.Ask, 3, 6))))
	if d.Prospect != 2 || d.Activity != 2 {
		t.Errorf("of three, the longest quiet is first: %v", d.Facts)
	}
}

func TestPhoneLine(t *testing.T) {
	waiting := func(edit ...func(*nudges.Situation)) nudges.Situation {
		return but(coached(each(5, store.Email, 3)...), edit...)
	}
	call := func(ago int) nudges.Situation {
		return coached(append(each(5, store.Email, 3), did(store.Call, 9, ago, unreached))...)
	}
	checkKind(t, nudges.KindPhone, []kindCase{
		{"five emails wait", waiting(), "phone"},
		{"four", coached(each(4, store.Email, 3)...), ""},
		{"fresh ones", coached(each(5, store.Email, 2)...), ""},
		{"called since", coached(append(each(5, store.Email, 3), did(store.Meeting, 5, 2))...), ""},
		{"a call four working days ago", call(6), ""},
		{"a call five working days ago", call(7), "phone"},
		{"joined on Monday", waiting(func(s *nudges.Situation) { s.Founder.Joined = onDay(wednesday-2, 9) }), ""},
		{"not callable", waiting(onList(func(p *store.Prospect) { p.NotCallable = p.ID == 2 })), ""},
		{"do not contact", waiting(onList(func(p *store.Prospect) { p.DoNotContact = p.ID == 2 })), ""},
		{"one said no", coached(append(each(5, store.Email, 3), did(store.Ask, 1, 30, became(store.Lost, 20)))...), ""},
		{"once this week", waiting(said(line("phone", 1, answered))), "phone"},
		{"twice this week", waiting(said(line("phone", 1, answered), line("phone", 2, answered))), ""},
		{"twice this week, once on demand", waiting(said(line("phone", 1, answered), line("phone", 2, func(l *store.Line) { l.Place = store.OnDemand }))), "phone"},
		{"twice last week", waiting(said(line("phone", 5, answered), line("phone", 6, answered))), "phone"},
	})
}

func TestSecondEmail(t *testing.T) {
	for _, c := range []kindCase{
		{"the second in a row", coached(did(store.Email, 1, 2), did(store.Email, 1, 0)), "phone/reply"},
		{"the first", coached(did(store.Email, 2, 2), did(store.Email, 1, 0)), ""},
		{"the third", coached(did(store.Email, 1, 5), did(store.Email, 1, 2), did(store.Email, 1, 0)), ""},
		{"a call between", coached(did(store.Email, 1, 5), did(store.Call, 1, 2), did(store.Email, 1, 0)), ""},
		{"two after a call", coached(did(store.Call, 1, 5), did(store.Email, 1, 2), did(store.Email, 1, 0)), "phone/reply"},
		{"not callable", but(coached(did(store.Email, 1, 2), did(store.Email, 1, 0)), onList(func(p *store.Prospect) { p.NotCallable = true })), ""},
		{"twice this week", but(coached(did(store.Email, 1, 2), did(store.Email, 1, 0)), said(line("phone", 1, answered), line("phone", 2, answered))), ""},
		{"said today", but(coached(did(store.Email, 1, 2), did(store.Email, 1, 0)), said(line("odds", 0))), ""},
	} {
		s := only(nudges.KindPhone, c.of)
		d, ok := nudges.DecideReply(s, s.Activities[len(s.Activities)-1])
		checkCase(t, c, d, ok)
	}
}

func TestBackLine(t *testing.T) {
	away := func(ago int) nudges.Situation { return coached(did(store.Call, 1, ago), did(store.Email, 2, 0)) }
	lateLog := func(a *store.Activity) { a.LoggedAt = onDay(wednesday-1, 10) }
	for _, c := range []kindCase{
		{"five working days away", away(8), "back"},
		{"four", away(7), ""},
		{"two months away", away(59), "back"},
		{"the second of the day", coached(did(store.Call, 1, 30), did(store.Email, 2, 0), did(store.Email, 3, 0)), ""},
		{"the first ever", coached(did(store.Email, 2, 0)), ""},
		{"logged late, yesterday", coached(did(store.Call, 1, 9, lateLog), did(store.Email, 2, 0)), ""},
		{"away, of it a day off", but(away(8), func(s *nudges.Situation) {
			s.Founder.DaysOff = []store.DaysOff{{From: wednesday - 5, To: wednesday - 5}}
		}), ""},
		{"on a day off", but(away(8), func(s *nudges.Situation) {
			s.Founder.DaysOff = []store.DaysOff{{From: wednesday, To: wednesday}}
		}), ""},
	} {
		s := only(nudges.KindBack, c.of)
		d, ok := nudges.DecideReply(s, s.Activities[len(s.Activities)-1])
		checkCase(t, c, d, ok)
		if d, ok := nudges.Decide(s); ok {
			t.Errorf("%s: it is for replies alone: %q", c.name, d.Said)
		}
	}
}

func TestBeyondLine(t *testing.T) {
	buyers := func(developers, others int, ago int) nudges.Situation {
		return but(coached(each(10, store.Email, ago)...), onList(func(p *store.Prospect) {
			switch {
			case int(p.ID) <= developers:
				p.Buyer = store.Developer
			case int(p.ID) <= developers+others:
				p.Buyer = store.NonDeveloper
			}
		}))
	}
	checkKind(t, nudges.KindBeyond, []kindCase{
		{"seven in ten", buyers(7, 3, 5), "beyond"},
		{"six in ten", buyers(6, 4, 5), ""},
		{"eight tagged", buyers(6, 2, 5), "beyond"},
		{"seven tagged", buyers(7, 0, 5), ""},
		{"long ago", buyers(10, 0, 31), ""},
		{"long ago, but added now", but(buyers(10, 0, 31), onList(func(p *store.Prospect) { p.AddedAt = onDay(wednesday-30, 9) })), "beyond"},
		{"said three weeks ago", but(buyers(10, 0, 5), said(line("beyond", 21, answered))), "beyond"},
		{"said less than three weeks ago", but(buyers(10, 0, 5), said(line("beyond", 20, answered))), ""},
	})
}

func TestNobodyLine(t *testing.T) {
	done := coached(did(store.Ask, 1, 20, became(store.Lost, 9)))
	checkKind(t, nudges.KindNobody, []kindCase{
		{"nothing at all", coached(), "nobody"},
		{"all answered", done, "nobody"},
		{"somebody untouched", but(done, func(s *nudges.Situation) { s.Prospects = append(s.Prospects, store.Prospect{ID: 7, Name: "New"}) }), ""},
		{"who is not to be contacted", but(done, func(s *nudges.Situation) {
			s.Prospects = append(s.Prospects, store.Prospect{ID: 7, Name: "New", DoNotContact: true})
		}), "nobody"},
		{"a promise", but(done, promised(0)), ""},
		{"an ask to answer", coached(did(store.Ask, 1, 20)), ""},
		{"a conversation to ask after", demoed(), ""},
		{"a date to follow up", but(done, onList(func(p *store.Prospect) { p.FollowUpOn = wednesday + 40 })), ""},
		{"one that nothing happened on or after", but(done, onList(func(p *store.Prospect) { p.FollowUpOn = wednesday - 10 })), ""},
		{"one that is dealt with", but(done, onList(func(p *store.Prospect) { p.FollowUpOn = wednesday - 20 })), "nobody"},
		{"said six days ago", but(done, said(line("nobody", 6, answered))), ""},
		{"said a week ago", but(done, said(line("nobody", 7, answered))), "nobody"},
		{"on demand yesterday", but(done, said(line("nobody", 1, func(l *store.Line) { l.Place = store.OnDemand }))), ""},
	})
}
