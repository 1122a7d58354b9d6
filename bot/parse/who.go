package parse

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pitch/store"
)

// fillers stand between a verb and a name.
const fillers = "with to for from by at of a an the my our on that"

// filler is past the words between a verb and a name, unless a known name begins
// with them. A capital one is the name's own: The Guardian.
func (p *parser) filler(i int) int {
	for i+1 < len(p.toks) && p.is(i, fillers) && p.toks[i+1].shape != separator {
		if _, n := p.knownAt(i, len(p.toks)); n > 1 || p.capital(i) && !p.allCapitals() && !p.is(i, "with to") {
			break
		}
		i++
	}
	return i
}

// capital reports whether the word at i is written with a capital first.
func (p *parser) capital(i int) bool {
	if i >= len(p.toks) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.toks[i].start:])
	return unicode.IsUpper(r)
}

// whoNamed is the prospect of that name.
func (p *parser) whoNamed(name string) Who {
	found := p.known[store.Fold(name)]
	switch len(found) {
	case 0:
		return Who{Name: name}
	case 1:
		return Who{Name: found[0].Name, ID: found[0].ID}
	}
	for _, one := range found { // the very spelling decides
		if one.Name == name {
			return Who{Name: one.Name, ID: one.ID}
		}
	}
	return Who{Name: name, Candidates: found}
}

// match is a known prospect named at some token, and how many tokens it takes.
type match struct {
	who Who
	n   int
}

// knownAt is the longest known prospect named at i, in quotes or not; n is how
// many tokens the name takes.
func (p *parser) knownAt(i, end int) (w Who, n int) {
	if i >= end || i >= len(p.toks) {
		return w, 0
	}
	m, ok := p.found[i]
	if !ok {
		m = p.lookUp(i)
		p.found[i] = m
	}
	return m.who, m.n
}

// lookUp stops where no known name begins with what it has read.
func (p *parser) lookUp(i int) (m match) {
	if p.toks[i].text != "" {
		if w := p.whoNamed(p.toks[i].text); w.ID != 0 || w.Candidates != nil {
			return match{w, 1}
		}
	}
	for j := i + 1; j <= len(p.toks); j++ {
		last := p.toks[j-1]
		if last.shape == quoted {
			break
		}
		if last.shape == separator || j > i+1 && onlySigns(last.lower) {
			continue // Fold would drop it: "Jane @" is not yet all of "Jane @ Zeta"
		}
		name := p.text[p.toks[i].start:last.end]
		if w := p.whoNamed(name); w.ID != 0 || w.Candidates != nil {
			m = match{w, j - i}
		}
		if !onlySigns(name) && !p.begins(store.Fold(name)) {
			break
		}
	}
	return m
}

// begins reports whether some known name begins with the folded text.
func (p *parser) begins(folded string) bool {
	k, _ := slices.BinarySearch(p.folded, folded)
	return k < len(p.folded) && strings.HasPrefix(p.folded[k], folded)
}

func onlySigns(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPunct(r) }) < 0
}

// wholeName is the known prospect that the text from i on names and nothing else.
func (p *parser) wholeName(i int) (Who, bool) {
	w, n := p.knownAt(i, len(p.toks))
	return w, n > 0 && i+n == len(p.toks)
}

// named is a prospect found in the text, and the details read up to next.
type named struct {
	who  Who
	from int // where the name begins
	to   int // and ends
	next int // past the name and the details that follow it without a separator
	d    draft
}

// who reads the prospect at i with what follows it up to a separator. A nil
// problem means that it is there.
func (p *parser) who(i int, d draft) (named, *Unclear) {
	i = p.filler(i)
	if i >= len(p.toks) || p.toks[i].shape == separator {
		return named{}, &Unclear{Problem: NoName}
	}
	end := p.segment(i)
	if p.toks[i].shape == quoted {
		return p.afterName(p.whoNamed(p.toks[i].text), i, i+1, p.segment(i+1), d)
	}
	w, n := p.knownAt(i, len(p.toks))
	if n == 0 {
		return p.newName(i, end, d)
	}
	end = p.segment(i + n)
	got, u := p.afterName(w, i, i+n, end, d)
	if u == nil || !p.is(i+n, "at from of @") {
		return got, u
	}
	if longer, problem := p.newName(i, end, d); problem == nil { // Jane at Acme is not Jane
		return longer, nil
	}
	return got, u
}

// aboutWords begin a note without a separator.
const aboutWords = "about re regarding because concerning cause but"

// afterName reads what stands between a name and the next separator.
func (p *parser) afterName(w Who, start, i, end int, d draft) (named, *Unclear) {
	if utf8.RuneCountInString(w.Name) > MaxName {
		return named{}, &Unclear{Problem: NameTooLong, Understood: "A name has at most 200 characters."}
	}
	if strings.TrimSpace(w.Name) == "" {
		return named{}, &Unclear{Problem: NoName}
	}
	d.alone = true
	next, ok := p.tail(i, end, &d)
	d.alone = false
	if ok {
		return named{who: w, from: start, to: i, next: next, d: d}, nil
	}
	name := p.cut(start, i)
	if other, n := p.knownAt(i+1, len(p.toks)); p.is(i, ands+" with") && n > 0 {
		return named{}, p.twoPeople(start, i+1+n, w.Name, other.Name)
	}
	if u := p.andAgain(start, i, end, d); u != nil {
		return named{}, u
	}
	next, ok = p.about(i, end, &d)
	if !ok && d.outcome == store.Lost {
		if r, _ := p.reasonOf(i, end); r != "" { // no Acme too expensive
			p.freeText(i, end, &d)
			next, ok = end, true
		}
	}
	if ok {
		return named{who: w, from: start, to: i, next: next, d: d}, nil
	}
	if u := p.longerName(w, start, i, end, d); u != nil {
		return named{}, u
	}
	if t := p.unread(i, end); t != nil {
		return named{}, p.badWhen(t)
	}
	u := &Unclear{Problem: WhereNameEnds, Understood: "“" + name + "” is the name; the words after it fit nowhere. Are they a note?",
		Suggest: []Suggestion{suggest(p.text[:p.toks[i-1].end] + ", " + p.from(i))}}
	j := p.beforeDetails(i-1, end)
	t := draft{kind: d.kind}
	if p.tail(j, end, &t); !p.promise && t.when.from > p.today { // will call tomorrow
		j = end
	}
	if j < end && j > i { // jane doe yesterday
		u.Suggest[0] = suggest(p.text[:p.toks[i-1].end] + ", " + p.cut(i, j) + ", " + p.from(j))
	}
	if p.toks[start].shape != quoted && i < j && p.likeName(start, j) {
		u.Suggest = append(u.Suggest, suggest(p.instead(start, j, inQuotes(p.cut(start, j)))))
	}
	return named{}, u
}

// about reads details and then "about …" up to the separator as a note.
func (p *parser) about(i, end int, d *draft) (int, bool) {
	t := *d
	for k := i; k < end; {
		if p.is(k, "but") { // what follows may be anything
			p.freeText(k, end, &t)
			*d = t
			return end, true
		}
		if p.is(k, aboutWords) {
			for last := k + 2; last <= end; last++ { // about pricing, yesterday
				u := t
				if next, ok := p.tail(last, end, &u); ok {
					p.freeText(k, last, &u)
					*d = u
					return next, true
				}
			}
			return 0, false
		}
		n := p.item(k, end, &t)
		if n == 0 {
			return 0, false
		}
		k += n
	}
	return 0, false
}
