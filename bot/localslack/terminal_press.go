package localslack

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// press finds a control by what a person would say and presses it. A label is
// tried as a whole first: "5" and "Pause on Friday" may be labels. What is
// nobody's whole label may be the beginning of one.
func (t *Terminal) press(_ context.Context, rest string) (string, error) {
	if rest == "" {
		return "", fmt.Errorf("press what? there are: %s", t.pressable())
	}
	groups := t.groups()
	for _, w := range wishes(rest) {
		c, found, err := w.among(groups)
		if err != nil {
			return "", err
		}
		if found {
			return asked(c), t.pressOne(c, w.choose)
		}
	}
	if c, ok := offering(groups, rest); ok {
		return asked(c), t.pressOne(c, rest)
	}
	for _, w := range wishes(rest) {
		w.begins = true
		c, found, err := w.among(groups)
		if err != nil {
			return "", err
		}
		if found {
			return asked(c), t.pressOne(c, w.choose)
		}
	}
	return "", fmt.Errorf("%w: %q; there are: %s", ErrNothing, rest, t.pressable())
}

// offering finds the nearest menu or list with a choice of that name: a person
// who sees "( ) Price" presses Price.
func offering(groups []group, choice string) (Control, bool) {
	for _, g := range groups {
		for _, c := range g.controls {
			for _, o := range c.Options {
				if strings.EqualFold(fold(o.Label), fold(choice)) {
					return c, true
				}
			}
		}
	}
	return Control{}, false
}

// asked is what Slack asks before it lets a press through; a person at this
// terminal says yes to it.
func asked(c Control) string {
	dialog := sub(c.element, "confirm")
	if dialog == nil {
		return ""
	}
	return fmt.Sprintf("(Slack asks: %s %s [%s])", str(sub(dialog, "title"), "text"), str(sub(dialog, "text"), "text"), str(sub(dialog, "confirm"), "text"))
}

func (t *Terminal) pressOne(c Control, choose string) error {
	if choose == "" {
		return t.Workspace.PressControl(t.User, c)
	}
	choose, err := t.ask(c, choose)
	if err != nil {
		return err
	}
	return t.Workspace.PressControl(t.User, c, split(c, choose)...)
}

// wish is one reading of what follows "press".
type wish struct {
	number int
	label  string
	about  string
	choose string
	begins bool // the label is what it begins with
}

// named reports whether a control goes by the wished label, or begins with it at
// the end of a word: "Other time" is "Other time, first sentence…".
func (w wish) named(c Control) bool {
	if !w.begins {
		return c.is(w.label)
	}
	label, start := strings.ToLower(fold(c.Label)), strings.ToLower(fold(w.label))
	rest, ok := strings.CutPrefix(label, start)
	next, _ := utf8.DecodeRuneInString(rest)
	return ok && start != "" && !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// wishes lists the readings, the most literal first.
func wishes(s string) []wish {
	out := []wish{{label: s}}
	head, choose, chosen := strings.Cut(s, "=")
	head, choose = strings.TrimSpace(head), strings.TrimSpace(choose)
	if chosen {
		out = append(out, wish{label: head, choose: choose})
	}
	label, about := head, ""
	if i := strings.LastIndex(head, " on "); i > 0 {
		label, about = head[:i], head[i+4:]
		out = append(out, wish{label: label, about: about, choose: choose})
	}
	if first, rest, ok := strings.Cut(label, " "); ok {
		if n, err := strconv.Atoi(first); err == nil && n > 0 {
			out = append(out, wish{number: n, label: strings.TrimSpace(rest), about: about, choose: choose})
		}
	}
	return out
}

// group is the controls of one place, with its whole text.
type group struct {
	controls []Control
	text     string
}

// among finds the one control meant: in the newest place that has it, or by
// number through all places, the newest first.
func (w wish) among(groups []group) (Control, bool, error) {
	var all []Control
	for _, g := range groups {
		match := w.matching(g)
		all = append(all, match...)
		switch {
		case w.number > 0 && len(all) >= w.number:
			return all[w.number-1], true, nil
		case w.number > 0 || len(match) == 0:
			continue
		case len(match) == 1:
			return match[0], true, nil
		}
		return Control{}, false, fmt.Errorf("which one? %s", several(match))
	}
	if w.number > 0 && len(all) > 0 {
		return Control{}, false, fmt.Errorf("%w: there are only %d of %q", ErrNothing, len(all), w.label)
	}
	return Control{}, false, nil
}

// matching lists a group's controls of that name, near what they are about.
func (w wish) matching(g group) []Control {
	var named, near []Control
	for _, c := range g.controls {
		if !w.named(c) {
			continue
		}
		named = append(named, c)
		if containsFold(c.About, w.about) {
			near = append(near, c)
		}
	}
	if len(near) == 0 && len(named) == 1 && containsFold(g.text, w.about) {
		return named
	}
	return near
}

func containsFold(s, part string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(part))
}

func several(match []Control) string {
	var out []string
	for i, c := range match {
		out = append(out, fmt.Sprintf("press %d %s (%.60s)", i+1, c.Label, c.About))
	}
	return strings.Join(out, ", ")
}

// groups lists what can be pressed, the nearest to the person first. An open
// form covers everything else.
func (t *Terminal) groups() []group {
	r := t.Workspace.Reader(t.User)
	if modals := t.Workspace.Modals(t.User); len(modals) > 0 {
		top := modals[len(modals)-1]
		return []group{t.group(Place{View: top.ID}, top.Draw(r))}
	}
	var out []group
	for _, m := range slices.Backward(t.Workspace.Screen(t.User)) {
		out = append(out, t.group(Place{Channel: m.Channel, TS: m.TS}, m.Draw(r)))
	}
	if home, ok := t.Workspace.Home(t.User); ok {
		g := t.group(Place{View: home.ID}, home.Draw(r))
		if t.Place == "home" {
			return append([]group{g}, out...)
		}
		out = append(out, g)
	}
	return out
}

func (t *Terminal) group(p Place, text string) group {
	cs, _ := t.Workspace.Controls(t.User, p)
	return group{controls: cs, text: text}
}

// pressable names what there is, the newest first, without repeating.
func (t *Terminal) pressable() string {
	var all []Control
	for _, g := range t.groups() {
		all = append(all, g.controls...)
	}
	hint := ""
	if len(t.Workspace.Modals(t.User)) > 0 {
		hint = " (a form is open: submit or close it first)"
	}
	return controlLabels(all) + hint
}
