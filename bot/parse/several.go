package parse

import (
	"fmt"
	"strings"
)

// others asks where a known prospect stands by itself after the first.
func (p *parser) others(got named) *Unclear {
	for i := got.next; i < len(p.toks); i = p.segment(i) + 1 {
		if p.toks[i].shape == separator {
			continue
		}
		w, n := p.knownAt(i, len(p.toks))
		for n > 0 && p.is(i+n, "and & +") { // Bob and Ada
			_, more := p.knownAt(i+n+1, len(p.toks))
			if more == 0 {
				break
			}
			n += 1 + more
			w = Who{Name: p.cut(i, i+n)}
		}
		t := draft{kind: got.d.kind}
		if _, ok := p.tail(min(i+n, len(p.toks)), p.segment(i), &t); n == 0 || !ok || w.ID != 0 && w.ID == got.who.ID || i == 0 || p.toks[i-1].lower == ":" || p.toks[i].shape == quoted && got.d.outcome != "" {
			continue
		}
		return p.twoPeople(got.from, i+n, got.who.Name, w.Name)
	}
	return nil
}

// several reads "5 calls": a count opens the form.
func (p *parser) several(i int) Request {
	count, n := p.number(i, len(p.toks))
	if n == 0 || p.is(i, "a") {
		return nil
	}
	m, k := longest(p, i+n, len(p.toks), verbs)
	if k == 0 || m.outcome != "" || m.vague {
		return nil
	}
	if count < 1 || count > MaxCount {
		return Unclear{Problem: CountOutOfRange, Understood: "That many can't be logged at once: 1 to 100.", Form: LogForm{Kind: m.kind},
			Suggest: []Suggestion{suggest("log 10 " + pluralOf(m.kind))}}
	}
	f := LogForm{Kind: m.kind, Count: count}
	if i+n+k < len(p.toks) {
		f.Names = p.names(p.filler(i + n + k))
		if got, u := p.who(i+n+k, draft{kind: m.kind}); u == nil && len(f.Names) <= 1 {
			if l, ok := p.logged(i, m, got).(Log); ok {
				f.Log = l
			}
		} else if w, n2 := p.date(i+n+k, len(p.toks), back); u != nil && n2 > 0 && w.stretch == "" && w.from <= p.today {
			f.Log.OccurredOn, f.Names = w.from, nil
		}
	}
	if f.Log.Who.Name != "" {
		f.Names = nil
	}
	return f
}

// names are the parts from i on, each a name; nil where one does not read like one.
func (p *parser) names(i int) (all []string) {
	for i < len(p.toks) {
		if p.toks[i].shape == separator || p.is(i, "and") {
			i++
			continue
		}
		end := p.segment(i)
		if p.toks[i].shape == quoted {
			end = i + 1
		} else if w, n := p.knownAt(i, len(p.toks)); n > 0 {
			all, i = append(all, w.Name), i+n
			continue
		}
		for k := i + 1; k < end; k++ {
			if p.is(k, "and") {
				end = k
			}
		}
		if p.toks[i].shape != quoted && !p.likeName(i, end) {
			return nil
		}
		name := p.said(i)
		if end > i+1 {
			name = p.nameText(i, end)
		}
		all, i = append(all, name), end
	}
	return all
}

// plural reads "calls Jane, Bob": two people, or one and a note? Names that all
// stand in quotes are people.
func (p *parser) plural(i, n int, m meaning) Request {
	j := p.filler(i + n)
	if j >= len(p.toks) {
		return LogForm{Kind: m.kind}
	}
	all := p.names(j)
	if len(all) > MaxCount {
		all = all[:MaxCount]
	}
	quotes := 0
	for k := j; k < len(p.toks); k++ {
		if p.toks[k].shape == quoted {
			quotes++
		}
	}
	switch {
	case len(all) < 2:
		return p.logVerb(i, i+n, m)
	case quotes == len(all):
		return LogForm{Kind: m.kind, Count: len(all), Names: all}
	}
	u := p.twoPeople(j, p.segment(j), all[0], strings.Join(all[1:], ", "))
	var names []string
	for _, name := range all {
		names = append(names, inQuotes(name))
	}
	u.Suggest = []Suggestion{
		labelled(countWord(len(all))+" people", "log "+pluralOf(m.kind)+" "+strings.Join(names, ", ")),
		labelled("“"+strings.Join(all[1:], ", ")+"” is a note", "log "+baseForm(m.kind)+" "+inQuotes(all[0])+", note: "+inQuotes(strings.Join(all[1:], ", "))),
	}
	u.Understood = "Are these " + countWord(len(all)) + " people, or one and a note?"
	u.Form = LogForm{Kind: m.kind, Count: len(all), Names: all}
	return *u
}

func countWord(n int) string {
	for word, v := range small {
		if v == n {
			return word
		}
	}
	return fmt.Sprint(n)
}
