package bot_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pitch/bot/localslack"
)

// explorer is somebody who presses whatever they see and fills in every form.
type explorer struct {
	*world
	user    string
	types   string          // what they fill in
	pressed map[string]bool // by what a control is called and does
	values  map[string]bool // of the buttons they saw
	forms   map[string]bool // that were filled in
}

func newExplorer(w *world, user, types string) *explorer {
	return &explorer{world: w, user: user, types: types, pressed: map[string]bool{}, values: map[string]bool{}, forms: map[string]bool{}}
}

// line types a line; that a script's line cannot be done is no matter here.
func (e *explorer) line(text string) {
	_, _ = e.terminal.Do(context.Background(), text)
	e.fillIn()
}

// press uses up to n controls that were not used before, the latest seen first.
func (e *explorer) press(n int) {
	for range n {
		c, ok := e.unused()
		if !ok {
			return
		}
		e.pressed[kindOf(c)] = true
		var choose []string
		if len(c.Options) > 0 {
			choose = []string{c.Options[len(c.Options)-1].Label}
		}
		_ = e.slack.PressControl(e.user, c, choose...)
		e.settle()
		e.fillIn()
	}
}

// kindOf is what a control is called and does, whoever and whatever it is about.
func kindOf(c localslack.Control) string {
	verb, _, _ := strings.Cut(c.ActionID, ".")
	return verb + " " + c.Label
}

// unused is a control that was not used before.
func (e *explorer) unused() (c localslack.Control, found bool) {
	places := []localslack.Place{}
	if home, ok := e.slack.Home(e.user); ok {
		places = append(places, localslack.Place{View: home.ID})
	}
	for _, m := range e.slack.Screen(e.user) {
		places = append(places, localslack.Place{Channel: m.Channel, TS: m.TS})
	}
	for _, place := range slices.Backward(places) {
		controls, err := e.slack.Controls(e.user, place)
		if err != nil {
			continue
		}
		for _, one := range controls {
			if one.Value != "" {
				e.values[one.Value] = true
			}
			if !found && !one.Input && !e.pressed[kindOf(one)] {
				c, found = one, true
			}
		}
	}
	return c, found
}

// fillIn fills in the forms that are open, presses what is in them, and closes
// them.
func (e *explorer) fillIn() {
	for range 4 {
		open := e.slack.Modals(e.user)
		if len(open) == 0 {
			return
		}
		top := open[len(open)-1]
		e.try(top)
		_ = e.slack.CloseModal(e.user, true)
		e.settle()
	}
}

func (e *explorer) try(form localslack.Modal) {
	for range 3 { // what is chosen brings more to fill in
		controls, _ := e.slack.Controls(e.user, localslack.Place{View: form.ID})
		for _, c := range controls {
			e.enter(c)
		}
	}
	if form.SubmitLabel == "" || e.forms[form.CallbackID] {
		return
	}
	e.forms[form.CallbackID] = true
	_ = e.slack.Submit(e.user, nil)
	e.settle()
	plain := *e // what was refused is put right
	plain.types = "Zoë"
	controls, _ := e.slack.Controls(e.user, localslack.Place{View: form.ID})
	for _, c := range controls {
		plain.enter(c)
	}
	_ = e.slack.Submit(e.user, nil)
	e.settle()
}

// enter fills a field in or, once, presses what else there is.
func (e *explorer) enter(c localslack.Control) {
	switch {
	case c.Type == "plain_text_input":
		_ = e.slack.Fill(e.user, map[string]string{c.Label: e.types}) // it may be for something else
	case c.Type == "external_select":
		if found, err := e.slack.Suggest(e.user, c, e.types); err == nil && len(found) > 0 {
			_ = e.slack.PressControl(e.user, c, found[len(found)-1].Value)
			e.settle()
		}
	case len(c.Options) > 0 && c.Input:
		_ = e.slack.PressControl(e.user, c, c.Options[len(c.Options)-1].Label)
		e.settle()
	case !c.Input && !e.pressed[kindOf(c)]:
		e.pressed[kindOf(c)] = true
		_ = e.slack.PressControl(e.user, c)
		e.settle()
	}
}

// tour goes through everything there is, with a name and words to be found in
// all of it.
func (e *explorer) tour(name, words string) {
	oneLine := func(s string) string {
		return strings.NewReplacer("\n", " ", "\r", " ", `"`, "'", "“", "'", "”", "'").Replace(s)
	}
	clipped := func(s string, n int) string { r := []rune(oneLine(s)); return string(r[:min(n, len(r))]) }
	name, words = clipped(name, 190), clipped(words, 2000) // what is longer is refused, in the forms
	for _, line := range []string{
		"in dm", "/pitch", "/pitch log call \"NAME\"", "press Not yet", "press Every morning", "/pitch board on", "/pitch goal 5 asks",
		"/pitch offer \"WORDS\"", "/pitch log ask \"NAME\", 10 seats", "/pitch log no \"NAME\", price: \"WORDS\"", "/pitch log no \"B NAME\"",
		"/pitch log ask \"C NAME\", cold, dev - WORDS", "/pitch log demo \"D NAME\" yesterday", "/pitch log email \"D NAME\"",
		"/pitch commit call \"NAME\" today: \"WORDS\"", "/pitch commit 5 calls every weekday", "/pitch commit ask \"C NAME\" tomorrow 10:00",
		"/pitch note \"NAME\": WORDS", "/pitch \"NAME\"", "/pitch NAME", "/pitch WORDS", "/pitch today", "/pitch history", "/pitch prospects", "/pitch learnings", "/pitch learnings WORDS",
		"/pitch stats", "/pitch offer", "/pitch rename \"D NAME\" to \"C NAME\"", "/pitch delete \"B NAME\"", "/pitch help", "/pitch settings",
		"in sales", "/pitch leaderboard", "/pitch team", "/pitch channel on", "/pitch what do you store", "/pitch export", "/pitch forget me",
		"in dm", "/pitch stuck", "/pitch mood 2", "/pitch practise", "/pitch why", "home", "at tomorrow 09:01", "at 10:01", "at 17:31",
	} {
		e.line(strings.NewReplacer("NAME", name, "WORDS", words).Replace(line))
	}
}

// hostile are contents somebody may type, or paste.
func hostile() []string {
	return []string{
		"<!channel> & *bold* _it_ ~no~ `code` <@U0TOM> <https://evil.example|here>",
		"=cmd()|' /C calc'!A0", "@SUM(1+1)*cmd", "שלום עולם מאיר", "🚀👩‍👩‍👧‍👦🇩🇪 :rocket: :not_an_emoji:",
		strings.Repeat("long ", 60), strings.Repeat("ẞ", 199), strings.Repeat("word and ", 1200), "\u202eabc\u202c \u0000\u0007 %s %d {{.}} ${x}", "a\tb, c - d: e",
	}
}

// TestHostile goes through everything with hostile contents: the local Slack
// judges every message, form and Home that is sent.
func TestHostile(t *testing.T) {
	contents := hostile()
	if testing.Short() { // under the race detector
		contents = contents[:3]
	}
	for i, words := range contents {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { explore(t, words, words) })
		})
	}
}

func explore(t *testing.T, name, words string) {
	w := newWorld(t, berlin(t, "2026-11-25 10:00"))
	e := newExplorer(w, "maya", words)
	e.tour(name, words)
	e.press(150)
	if len(e.pressed) < 30 || len(e.forms) < 4 {
		t.Errorf("only %d controls and %d forms were tried", len(e.pressed), len(e.forms))
	}
	if len(words) > 8 && strings.Contains(w.log.String(), words) {
		t.Error("the log has a founder's words")
	}
	w.close()
}

// TestWrongPerson presses every button that going through everything shows one
// founder, as somebody else: nothing changes, and only they are told.
func TestWrongPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-25 10:00"))
		e := newExplorer(w, "maya", "Acme")
		e.tour("Acme", "no budget till Q3")
		e.press(150)
		e.unused() // what the last press showed
		before := strings.Join(exported(t, w.store), "\n")
		tried := 0
		for value := range e.values {
			if !strings.HasPrefix(value, "*?") { // for whoever may: it checks for itself
				tried++
				w.pressAs(t, "U0TOM", value)
			}
		}
		for _, verb := range []string{"prospects", "card", "details-form", "names-form", "merge", "delete", "leave", "history", "remove", "edit", "why", "learnings", "offer-form"} {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(e.values)), func(value string) bool { return strings.Contains(value+"&", "verb="+verb+"&") }) {
				t.Errorf("no button that does %s was tried", verb)
			}
		}
		if tried < 100 {
			t.Errorf("only %d buttons were tried", tried)
		}
		if after := strings.Join(exported(t, w.store), "\n"); after != before {
			t.Errorf("somebody else changed the records:\n%s\n%s", before, after)
		}
		w.close()
	})
}

// FuzzContents goes through everything with whatever contents.
func FuzzContents(f *testing.F) {
	for _, words := range hostile()[:3] {
		f.Add(words, words)
	}
	f.Fuzz(func(t *testing.T, name, words string) {
		synctest.Test(t, func(t *testing.T) { explore(t, name, words) })
	})
}
