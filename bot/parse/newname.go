package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pitch/store"
)

// newName reads a name nobody has used yet: it ends where all that follows, up to
// the separator, can be read as details.
func (p *parser) newName(i, end int, d draft) (named, *Unclear) {
	if w := p.word(i); strings.HasPrefix(w, "<@") && !strings.Contains(w, "|") && end == i+1 {
		return named{}, &Unclear{Problem: NotKnown, Understood: "That mention has no name in it. Type the name instead."}
	}
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
		if p.nobody(i, j) {
			return named{}, &Unclear{Problem: NoName}
		}
		odd := p.unread(i+1, j)
		if before, k := p.stuck(i, end); before >= 0 && k < j && odd == nil { // 3pm EST
			odd = p.afterADate(before, k, end)
		}
		if odd != nil {
			return named{}, p.badWhen(odd)
		}
		name := p.nameText(i, j)
		if utf8.RuneCountInString(name) > MaxName {
			return named{}, &Unclear{Problem: NameTooLong, Understood: "A name has at most 200 characters."}
		}
		return named{who: p.whoNamed(name), from: i, to: j, next: next, d: t}, nil
	}
	if t := p.unread(i+1, end); t != nil {
		return named{}, p.badWhen(t)
	}
	return named{}, p.whereNameEnds(i, end)
}

// mayBeName is false where all up to the separator is a date or another detail,
// so that no name is left. May, Will and 3M are names.
func (p *parser) mayBeName(i, end int, t *draft) bool {
	if p.is(i, "but because so they he she") && end > i+1 && !p.capital(i) {
		return false
	}
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
	cut := strings.TrimSpace(strings.TrimRight(name, ".!?… "))
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
		case p.toks[k].shape != word, p.is(k-1, "at from of") && p.toks[k].lower[0] >= '0' && p.toks[k].lower[0] <= '9':
			return false
		case k+1 < j && isVerbSign(p.word(k)): // pete 👍 keen
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

// isVerbSign reports whether a word is an emoji that says what happened.
func isVerbSign(w string) bool {
	_, verb := verbs[w]
	r, _ := utf8.DecodeRuneInString(w)
	return verb && !unicode.IsLetter(r) && !unicode.IsDigit(r)
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
	switch {
	case p.promise || ok && m.outcome != "":
		u.Suggest = append(u.Suggest, suggest(before+p.mentioned(a)+after), suggest(before+p.mentioned(b)+after))
	case ok:
		u.Suggest = append(u.Suggest, labelled("Two: "+a+" and "+b, "log "+pluralOf(m.kind)+" "+inQuotes(a)+", "+inQuotes(b)+after))
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
