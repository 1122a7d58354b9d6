package localslack

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// choose fills the open form in without submitting it; without a form it is a
// press: "choose Reason=Price".
func (t *Terminal) choose(ctx context.Context, rest string) (string, error) {
	if len(t.Workspace.Modals(t.User)) == 0 {
		return t.press(ctx, rest)
	}
	values, err := t.enter(rest)
	if err == nil {
		err = t.Workspace.Fill(t.User, values)
	}
	if err != nil {
		return "", err
	}
	return t.drawForm(), nil
}

func (t *Terminal) submit(_ context.Context, rest string) (string, error) {
	values, err := t.enter(rest)
	if err != nil {
		return "", err
	}
	return "", t.Workspace.Submit(t.User, values)
}

// enter works through "Label=value; Other=value" as a person does, from left to
// right. Where a field tells the bot at once, what stood before it is in the
// form by then and the bot's answer is waited for: what comes after it may be
// there only now. The values that are left go in with the submission.
func (t *Terminal) enter(rest string) (map[string]string, error) {
	entries, err := readEntries(rest)
	if err != nil {
		return nil, err
	}
	left := map[string]string{}
	for _, e := range entries {
		c, found := t.field(e.key)
		if !found {
			left[e.key] = e.value // the form says what there is instead
			continue
		}
		value, err := t.typed(c, e)
		if err != nil {
			return nil, err
		}
		if !c.acts() {
			left[e.key] = value
			continue
		}
		if err := t.Workspace.Fill(t.User, left); err != nil {
			return nil, err
		}
		left = map[string]string{}
		if err := t.Workspace.PressControl(t.User, c, split(c, value)...); err != nil {
			return nil, err
		}
		t.wait()
	}
	return left, nil
}

// entry is one "Label=value" of a line.
type entry struct {
	key, value string
	quoted     bool
}

// readEntries reads "Label=value; Other=value". A value in double quotes may
// hold semicolons.
func readEntries(rest string) ([]entry, error) {
	var out []entry
	for _, part := range splitQuoted(rest) {
		key, value, ok := strings.Cut(part, "=")
		e := entry{key: strings.TrimSpace(key), value: strings.TrimSpace(value)}
		if !ok || e.key == "" {
			return nil, fmt.Errorf("%q: write Label=value; Other=value", part)
		}
		if v, err := strconv.Unquote(e.value); err == nil && strings.HasPrefix(e.value, `"`) {
			e.value, e.quoted = v, true
		}
		out = append(out, e)
	}
	return out, nil
}

func splitQuoted(s string) []string {
	var parts []string
	quoted, from := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	parts = append(parts, s[from:])
	return slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" })
}

// field finds a field of the open form.
func (t *Terminal) field(key string) (Control, bool) {
	modals := t.Workspace.Modals(t.User)
	if len(modals) == 0 {
		return Control{}, false
	}
	all, _ := t.Workspace.Controls(t.User, Place{View: modals[len(modals)-1].ID})
	i := slices.IndexFunc(all, func(c Control) bool { return stateField(c.Type) != "" && c.is(key) })
	if i < 0 {
		return Control{}, false
	}
	return all[i], true
}

// typed is what a person ends up with: a line break for a written \n where
// there is room for one, and what is found where a menu asks the bot.
func (t *Terminal) typed(c Control, e entry) (string, error) {
	if c.lines() && !e.quoted {
		return strings.ReplaceAll(e.value, `\n`, "\n"), nil
	}
	return t.ask(c, e.value)
}

// ask types each of the wanted choices into a menu that asks the bot, and takes
// what it finds.
func (t *Terminal) ask(c Control, wanted string) (string, error) {
	if !isExternal(c.Type) {
		return wanted, nil
	}
	var found []string
	for _, label := range split(c, wanted) {
		one, err := t.find(c, label)
		if err != nil {
			return "", err
		}
		found = append(found, one)
	}
	return strings.Join(found, ", "), nil
}

// find looks for a label. A single answer with the words in it is taken for them,
// as a person would.
func (t *Terminal) find(c Control, label string) (string, error) {
	for _, query := range queries(label) {
		opts, err := t.Workspace.Suggest(t.User, c, query)
		if err != nil {
			return "", err
		}
		c.Options = opts
		if _, err := c.value(label, nil); err == nil {
			return label, nil
		}
		with := slices.DeleteFunc(slices.Clone(opts), func(o Option) bool { return !containsFold(o.Label, label) })
		if len(with) == 1 {
			return with[0].Label, nil
		}
	}
	return label, nil // the menu says what there is instead
}

// queries are what a person types to find a label: what it has in “quotes”, the
// label itself, or its first word.
func queries(label string) (out []string) {
	if _, rest, ok := strings.Cut(label, "“"); ok {
		quoted, _, _ := strings.Cut(rest, "”")
		out = append(out, quoted)
	}
	out = append(out, label)
	if first, _, more := strings.Cut(label, " "); more {
		out = append(out, first)
	}
	return out
}
