package nudges_test

import (
	"testing"

	"pitch/nudges"
	"pitch/store"
)

// TestDraftFor: every text that offers a note names one there is.
func TestDraftFor(t *testing.T) {
	routes := map[string]bool{}
	for _, d := range nudges.Drafts(nudges.Situation{}) {
		routes[d.Route] = true
	}
	k, _ := nudges.KindNamed(nudges.KindHelp)
	for i := range k.Variants[0].Texts {
		l := store.Line{Text: "help/" + string(rune('1'+i))}
		if route := nudges.DraftFor(l); !routes[route] {
			t.Errorf("%s offers the note %q", l.Text, route)
		}
	}
	if route := nudges.DraftFor(store.Line{Text: "ask/1"}); route != "" {
		t.Errorf("a line about an ask offers the note %q", route)
	}
}

func moods(levels ...int) func(*nudges.Situation) {
	return func(s *nudges.Situation) {
		for i, level := range levels {
			s.Moods = append(s.Moods, store.Mood{Day: wednesday - store.Day(i), Level: level})
		}
	}
}

func TestKindWord(t *testing.T) {
	for _, c := range []struct {
		levels []int
		want   string
	}{{[]int{1, 1}, "morale/distress/1"}, {[]int{1, 2}, ""}, {[]int{1}, ""}, {nil, ""}} {
		d, _ := nudges.KindWord(but(coached(), moods(c.levels...)))
		if d.Text != c.want {
			t.Errorf("after %v the word is %q, want %q", c.levels, d.Text, c.want)
		}
	}
}

// TestDecideBeside: a reply that asks for something itself has no line about it.
func TestDecideBeside(t *testing.T) {
	s := coached(did(store.Demo, 1, 0))
	if d, ok := nudges.Decide(s); !ok || d.Kind != nudges.KindAsk {
		t.Fatalf("without a reply the line is %q", d.Kind)
	}
	if d, _ := nudges.DecideBeside(s, s.Activities[0]); d.Kind == nudges.KindAsk {
		t.Error("the reply to a demo asks, and the line does so again")
	}
	other := store.Activity{ID: 99}
	if d, _ := nudges.DecideBeside(s, other); d.Kind != nudges.KindAsk {
		t.Errorf("beside another reply the line is %q", d.Kind)
	}
}

// TestPhoneWaitsForPlannedCalls: what is promised is not proposed again.
func TestPhoneWaitsForPlannedCalls(t *testing.T) {
	mails := only(nudges.KindPhone, coached(each(5, store.Email, 4)...))
	for name, c := range map[string]struct {
		promise store.Commitment
		said    bool
	}{
		"this week":  {store.Commitment{Kind: store.Call, DueOn: wednesday + 7}, false},
		"overdue":    {store.Commitment{Kind: store.Call, DueOn: wednesday - 1}, false},
		"every day":  {store.Commitment{Kind: store.Call, Every: store.EachWeekday, DueOn: wednesday + 30}, false},
		"next month": {store.Commitment{Kind: store.Call, DueOn: wednesday + 30}, true},
		"an email":   {store.Commitment{Kind: store.Email, DueOn: wednesday}, true},
	} {
		c.promise.Status = store.Open
		s := mails
		s.Commitments = []store.Commitment{c.promise}
		if _, said := nudges.Decide(s); said != c.said {
			t.Errorf("with calls promised for %s: said is %v", name, said)
		}
	}
}
