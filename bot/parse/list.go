package parse

import (
	"strings"
	"unicode/utf8"
)

// nameList is the names in a row, and nothing else, from i to the end of the text: in quotes, known, or capitalised; where three or more are small words, each
// of at most two. Nil where there are fewer than two.
func (p *parser) nameList(i int) (names []string, quotedAll bool) {
	quotedAll, small := true, false
	for i < len(p.toks) {
		if p.toks[i].shape == separator || len(names) > 0 && p.is(i, ands) {
			if p.toks[i].lower == ":" {
				return nil, false
			}
			i++
			continue
		}
		r, ok := p.person(i, meaning{})
		if !ok {
			r, ok = p.smallName(i)
			small = true
		}
		if !ok || r.j < len(p.toks) && p.toks[r.j].shape != separator && !p.is(r.j, ands) {
			return nil, false
		}
		quotedAll = quotedAll && p.toks[i].shape == quoted
		name := p.whoNamed(p.textOf(r)).Name
		if utf8.RuneCountInString(name) > MaxName || strings.TrimSpace(name) == "" {
			return nil, false
		}
		names, i = append(names, name), r.j
	}
	if len(names) < 2 || small && len(names) < 3 {
		return nil, false
	}
	return names, quotedAll
}

// smallName is one or two words, up to a separator, that may be a name.
func (p *parser) smallName(i int) (run, bool) {
	end := p.segment(i)
	for k := i + 1; k < end; k++ {
		if p.is(k, ands) {
			end = k
		}
	}
	t := draft{}
	_, detail := p.tail(i, end, &t)
	_, verb := longest(p, i, end, verbs)
	if detail || verb > 0 || end-i > 2 || p.nobody(i, end) || !p.likeName(i, end) {
		return run{}, false
	}
	return run{i, end}, true
}

// addAll asks whether names in a row are so many people, or one and a note. Names
// that all stand in quotes are people. Nil where there is no row of names.
func (p *parser) addAll(i int) Request {
	names, sure := p.nameList(i)
	if len(names) < 2 {
		return nil
	}
	if names = names[:min(len(names), MaxCount)]; sure {
		return NamesForm{Names: names}
	}
	return Unclear{Problem: TwoPeople, Understood: headed(len(names)) + " people, or one?", Form: NamesForm{Names: names}, Suggest: []Suggestion{
		p.addButton(names),
		labelled("One: "+p.from(i), "add "+inQuotes(p.from(i))),
		labelled("“"+strings.Join(names[1:], ", ")+"” is a note", "add "+inQuotes(names[0])+", note: "+inQuotes(strings.Join(names[1:], ", ")))}}
}

// addButton opens the form that adds people, filled in.
func (p *parser) addButton(names []string) Suggestion {
	return labelled("Add "+countWord(len(names))+": "+strings.Join(names, ", "), "add "+quotedNames(names))
}

func quotedNames(names []string) string {
	var all []string
	for _, name := range names {
		all = append(all, inQuotes(name))
	}
	return strings.Join(all, ", ")
}

// headed is a number as it begins a sentence.
func headed(n int) string {
	w := countWord(n)
	return strings.ToUpper(w[:1]) + w[1:]
}

// namesAlone answers a row of names without a word of what happened. Nil where
// there is none.
func (p *parser) namesAlone(i int) Request {
	names, _ := p.nameList(i)
	if len(names) < 2 {
		return nil
	}
	names = names[:min(len(names), MaxCount)]
	all := quotedNames(names)
	u := Unclear{Problem: NoVerb, Understood: headed(len(names)) + " names, but not what happened.",
		Suggest: []Suggestion{labelled("I called them", "log calls "+all), labelled("I emailed them", "log emails "+all), labelled("I asked them", "log asks "+all)}}
	for _, name := range names {
		if w := p.whoNamed(name); w.ID == 0 && w.Candidates == nil {
			u.Suggest = append([]Suggestion{labelled("Add them to my list", "add "+all)}, u.Suggest...)
			break
		}
	}
	return u
}
