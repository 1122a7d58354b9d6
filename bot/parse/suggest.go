package parse

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// maxSuggestions is how many buttons a reply has room for.
const maxSuggestions = 5

// checked keeps the suggestions whose command can be read. One that is unclear
// itself is replaced by its own suggestions.
func (p *parser) checked(all []Suggestion) (kept []Suggestion) {
	add := func(s Suggestion) bool {
		if s.Command = strings.TrimSpace(s.Command); s.Command == "" || utf8.RuneCountInString(s.Command) > MaxText {
			return true
		}
		req := p.on(s.Command).command()
		if u, ok := req.(Unclear); ok {
			all = u.Suggest
			return false
		}
		same := func(k Suggestion) bool { return k.Command == s.Command }
		if slices.ContainsFunc(kept, func(k Suggestion) bool { return k.Label == s.Label && k.Command != s.Command }) {
			s = suggest(s.Command) // two buttons of one name would say nothing
		}
		if len(kept) < maxSuggestions && !slices.ContainsFunc(kept, same) {
			kept = append(kept, s)
		}
		return true
	}
	for _, s := range all {
		if !add(s) {
			for _, inner := range all {
				add(inner)
			}
		}
	}
	return kept
}

// labelLength keeps a label within Slack's 75 characters for a button.
const labelLength = 70

// suggest is a button that says its command.
func suggest(command string) Suggestion { return labelled(command, command) }

func labelled(label, command string) Suggestion {
	if r := []rune(label); len(r) > labelLength {
		label = string(r[:labelLength-1]) + "…"
	}
	return Suggestion{Label: label, Command: command}
}

// instead is the whole text with the tokens [from,to) replaced.
func (p *parser) instead(from, to int, by string) string {
	before, after := p.text[:p.toks[from].start], p.text[p.toks[to-1].end:]
	if !strings.HasPrefix(after, ":") {
		after = " " + after
	}
	return strings.ReplaceAll(strings.Join(strings.Fields(before+" "+by+after), " "), " ,", ",")
}

// troubled is the answer where something could be read but not used.
func (p *parser) troubled(t *trouble, form Request) Unclear {
	u := Unclear{Problem: t.problem, Understood: t.say, Form: form}
	if t.problem == BadDate && len(t.instead) == 0 && p.promise {
		t.instead = p.someDays()
	}
	for _, by := range t.instead {
		if t.to > t.from && t.to <= len(p.toks) {
			u.Suggest = append(u.Suggest, labelled(p.dayLabel(by, p.instead(t.from, t.to, by)), p.instead(t.from, t.to, by)))
		}
	}
	return p.withDays(u)
}

// dayLabel is a button's label: the day by itself where one was put into the
// command, "Sat 3 Apr".
func (p *parser) dayLabel(by, command string) string {
	at, err := time.Parse("on 2006-01-02", by)
	switch {
	case err != nil:
		return command
	case at.Year() != p.ctx.Now.Year():
		return at.Format("Mon 2 Jan 2006")
	}
	return at.Format("Mon 2 Jan")
}

// withDays puts the usual days in place of a button that would ask for one, where
// the day is what could not be read.
func (p *parser) withDays(u Unclear) Unclear {
	if u.Problem != BadDate || !p.promise || p.trial {
		return u
	}
	var all []Suggestion
	for _, s := range u.Suggest {
		q := p.on(s.Command)
		q.trial = true
		c, ok := q.command().(Commit)
		if !ok || !c.NoDate {
			all = append(all, s)
			continue
		}
		all = append(all, c.Choices...)
	}
	u.Suggest = all
	return u
}
