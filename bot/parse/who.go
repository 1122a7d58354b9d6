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
const aboutWords = "about re regarding because concerning cause"

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
		return named{who: w, from: start, next: next, d: d}, nil
	}
	name := p.cut(start, i)
	if other, n := p.knownAt(i+1, len(p.toks)); p.is(i, "and & plus + with") && n > 0 {
		return named{}, p.twoPeople(start, i+1+n, w.Name, other.Name)
	}
	next, ok = p.about(i, end, &d)
	if !ok && d.outcome == store.Lost {
		if r, _ := p.reasonOf(i, end); r != "" { // no Acme too expensive
			p.freeText(i, end, &d)
			next, ok = end, true
		}
	}
	if ok {
		return named{who: w, from: start, next: next, d: d}, nil
	}
	u := &Unclear{Problem: WhereNameEnds, Understood: "“" + name + "” is the name; the words after it fit nowhere. Are they a note?",
		Suggest: []Suggestion{suggest(p.text[:p.toks[i-1].end] + ", " + p.from(i))}}
	if p.toks[start].shape != quoted && i < end && p.likeName(start, end) {
		u.Suggest = append(u.Suggest, suggest(p.instead(start, end, inQuotes(p.cut(start, end)))))
	}
	return named{}, u
}

// about reads details and then "about …" up to the separator as a note.
func (p *parser) about(i, end int, d *draft) (int, bool) {
	t := *d
	for k := i; k < end; {
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

// newName reads a name nobody has used yet: it ends where all that follows, up to
// the separator, can be read as details.
func (p *parser) newName(i, end int, d draft) (named, *Unclear) {
	if t := d; !p.mayBeName(i, end, &t) {
		return named{}, &Unclear{Problem: NoName}
	}
	p.strict = true
	defer func() { p.strict = false }()
	for j := i + 1; j <= min(end, i+nameWords+1); j++ {
		t := d
		next, ok := p.tail(j, end, &t)
		if !ok {
			if next, ok = p.about(j, end, &t); !ok {
				if _, n := longest(p, j, end, inside); n == 0 || d.outcome != store.Lost {
					continue
				}
				next = end
				p.freeText(j, end, &t)
			}
		}
		if !p.likeName(i, j) || d.kind == store.Ask && j > i+1 && digits.MatchString(p.word(j-1)) {
			break // "Zeta 10": a name, or ten of something?
		}
		name := p.nameText(i, j)
		if utf8.RuneCountInString(name) > MaxName {
			return named{}, &Unclear{Problem: NameTooLong, Understood: "A name has at most 200 characters."}
		}
		return named{who: p.whoNamed(name), from: i, next: next, d: t}, nil
	}
	return named{}, p.whereNameEnds(i, end)
}

// mayBeName is false where all up to the separator is a date or another detail,
// so that no name is left. May, Will and 3M are names.
func (p *parser) mayBeName(i, end int, t *draft) bool {
	if p.is(i, "today tomorrow yesterday tonight now") && end == i+1 {
		return false
	}
	_, ok := p.tail(i, end, t)
	return !ok || t.trouble != nil && t.trouble.problem == NoCurrency
}

// nameText is the name in the tokens [i,j) without the signs of a sentence's end.
func (p *parser) nameText(i, j int) string {
	if j == i+1 && p.toks[i].text != "" {
		return p.toks[i].text
	}
	name := p.cut(i, j)
	last := strings.TrimRight(p.toks[j-1].lower, ".")
	cut := strings.TrimRight(name, ".!?…")
	if cut == "" || strings.HasSuffix(name, ".") && (listed("inc ltd co corp jr sr bros llc gmbh plc", last) || strings.Contains(last, ".")) {
		return name
	}
	return cut
}

// joiners may stand small inside a name.
const joiners = "at of the de von van der di da la le from y e und & + du den do dos"

// breakers do not stand small inside a name.
const breakers = "is was were are has have had said says wants wanted asked about because but she he they we i it this that who which went will " +
	"would could should didn't did not don't didnt dont with to for in on re great good bad nice happy interested and or if when again"

// nameWords is the most words a new name has outside quotes.
const nameWords = 10

// likeName reports whether the tokens [i,j) read like a name.
func (p *parser) likeName(i, j int) bool {
	small, capitals := 0, p.capital(i)
	if j-i > nameWords {
		return false
	}
	if !capitals && j > i+1 && p.is(i, "in to for with on because but that about is was and or if when some few") {
		return false
	}
	for k := i + 1; k < j; k++ {
		switch {
		case p.toks[k].shape != word:
			return false
		case p.capital(k) || p.is(k, joiners):
		case p.is(k, breakers):
			return false
		default:
			small++
		}
	}
	return j > i && !(capitals && small > 1) && p.toks[i].lower != "and" && small <= 4 && (p.hasLetter(i, j) || j-i == 1)
}

func (p *parser) hasLetter(i, j int) bool {
	return strings.IndexFunc(p.cut(i, j), unicode.IsLetter) >= 0
}

// whereNameEnds asks which of the words at i are the name.
func (p *parser) whereNameEnds(i, end int) *Unclear {
	j := i + 1
	for j < end && p.likeName(i, j+1) && !digits.MatchString(p.word(j)) {
		j++
	}
	if p.is(j, "and &") && j+1 < end && p.likeName(j+1, end) {
		return p.twoPeople(i, end, p.cut(i, j), p.cut(j+1, end))
	}
	u := &Unclear{Problem: WhereNameEnds, Understood: "Where does the name end? Put it in quotes, or a comma after it."}
	if j < end {
		u.Suggest = append(u.Suggest, suggest(p.text[:p.toks[i].start]+inQuotes(p.cut(i, j))+", "+p.from(j)))
	}
	if k := i + 1; k < j {
		u.Suggest = append(u.Suggest, suggest(p.text[:p.toks[i].start]+inQuotes(p.cut(i, k))+", "+p.from(k)))
	}
	u.Suggest = append(u.Suggest, suggest(p.instead(i, end, inQuotes(p.cut(i, end)))))
	return u
}

// twoPeople asks whether "a and b", in the tokens [i,end), are two, one name, or
// one and a note.
func (p *parser) twoPeople(i, end int, a, b string) *Unclear {
	before, after := p.text[:p.toks[i].start], p.text[p.toks[end-1].end:]
	u := &Unclear{Problem: TwoPeople, Understood: "Two people, or one?"}
	m, ok := p.verbBefore(i)
	two := "log " + pluralOf(m.kind) + " " + inQuotes(a) + ", " + inQuotes(b)
	if p.promise {
		two = "commit 2 " + pluralOf(m.kind) + after
	}
	if ok && m.outcome == "" {
		u.Suggest = append(u.Suggest, labelled("Two: "+a+" and "+b, two))
	}
	u.Suggest = append(u.Suggest, labelled("One: "+p.cut(i, end), before+inQuotes(p.cut(i, end))+after))
	if !p.promise {
		u.Suggest = append(u.Suggest, labelled(b+" is a note", before+inQuotes(a)+", note: "+inQuotes(b)+after))
	}
	return u
}

// verbBefore is the verb that the text before i ends with.
func (p *parser) verbBefore(i int) (m meaning, ok bool) {
	for k := range i {
		if m, n := longest(p, k, i, verbs); n > 0 {
			return m, true
		}
	}
	return m, false
}

// pluralOf is the word for several of a kind.
func pluralOf(k store.Kind) string { return baseForm(k) + "s" }
