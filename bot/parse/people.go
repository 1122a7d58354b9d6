package parse

import (
	"slices"
	"strings"
)

// ands join the last of several names.
const ands = "and & + plus n"

// crowd asks about several names in a row, known or capitalised: "Jane and Bob",
// "Jane, Bob and Tim". Nil where there is one, or a firm's name with an "&".
func (p *parser) crowd(i int, m meaning) *Unclear {
	i = p.filler(i)
	list, last, next := p.people(i, m)
	switch {
	case len(list) < 2:
		return nil
	case len(list) == 2 && !listed(ands, last): // Jane, Peter: a note
		return nil
	case len(list) == 2 && last != "and" && !p.namesKnownIn(list): // Ben & Jerry's
		return nil
	}
	return p.whichPeople(list, last, next, m)
}

// people are the names in a row from i on, the word or sign before the last, and
// the token after it.
func (p *parser) people(i int, m meaning) (list []run, last string, next int) {
	for k := i; k < len(p.toks); {
		r, ok := p.person(k, m)
		if !ok && listed(ands, last) && p.aloneAfter(k) && p.allKnown(list) { // jane and tim
			r, ok = run{k, k + 1}, true
		}
		if !ok {
			break
		}
		list, next = append(list, r), r.j
		k = p.afterComma(r.j)
		join := ","
		if p.is(k, ands) {
			join, k = p.word(k), k+1
		}
		if k == r.j {
			break
		}
		if _, more := p.person(k, m); more || listed(ands, join) {
			last = join
		}
	}
	t := draft{kind: m.kind, outcome: m.outcome}
	if _, ok := p.tail(next, p.segment(next), &t); !ok {
		return nil, "", next
	}
	return list, last, next
}

func (p *parser) afterComma(i int) int {
	if i < len(p.toks) && p.toks[i].lower == "," {
		return i + 1
	}
	return i
}

// person is one name of a row: quoted, known, or capitalised words that are no
// detail and no reason.
func (p *parser) person(k int, m meaning) (run, bool) {
	if k >= len(p.toks) || p.toks[k].shape == separator {
		return run{}, false
	}
	if p.toks[k].shape == quoted {
		return run{k, k + 1}, m.outcome == "" && strings.TrimSpace(p.toks[k].text) != ""
	}
	if _, n := p.knownAt(k, len(p.toks)); n > 0 {
		return run{k, k + n}, true
	}
	if !p.capital(k) || p.allCapitals() {
		return run{}, false
	}
	j := k + 1
	for j < len(p.toks) && j < k+4 && p.toks[j].shape == word && !p.is(j, ands) && (p.capital(j) || p.is(j, joiners) && p.capital(j+1)) {
		t := draft{kind: m.kind}
		if _, ok := p.tail(j, p.segment(j), &t); ok {
			break
		}
		j++
	}
	t := draft{kind: m.kind, outcome: m.outcome}
	if _, ok := p.tail(k, j, &t); ok || labelOrWhole(p, k, j) != "" {
		return run{}, false
	}
	if _, n := longest(p, k, j, verbs); n > 0 && j == k+n {
		return run{}, false
	}
	return run{k, j}, true
}

// aloneAfter reports whether a part is the one word at k, or that and details.
func (p *parser) aloneAfter(k int) bool {
	if k >= len(p.toks) || p.toks[k].shape != word || p.is(k, pronouns+" "+breakers) {
		return false
	}
	t := draft{}
	if _, detail := p.tail(k, k+1, &t); detail {
		return false
	}
	_, ok := p.tail(k+1, p.segment(k), &t)
	return ok
}

func (p *parser) allKnown(list []run) bool {
	return !slices.ContainsFunc(list, func(r run) bool { _, n := p.knownAt(r.i, len(p.toks)); return n == 0 })
}

func (p *parser) namesKnownIn(list []run) bool {
	return slices.ContainsFunc(list, func(r run) bool { _, n := p.knownAt(r.i, len(p.toks)); return n > 0 })
}

// whichPeople asks: several, one of that name, or one and a note? A promise and an
// answer are one prospect's, so each is offered by itself.
func (p *parser) whichPeople(list []run, last string, next int, m meaning) *Unclear {
	before, after := p.text[:p.toks[list[0].i].start], p.text[p.toks[next-1].end:]
	var names, bare []string
	for _, r := range list {
		name := p.whoNamed(p.textOf(r)).Name
		names, bare = append(names, inQuotes(name)), append(bare, name)
	}
	u := &Unclear{Problem: TwoPeople, Understood: headed(len(list)) + " people, or one?"}
	each := p.promise || m.outcome != "" || m.unreached || m.hint != "" || m.asked != "" || m.channel != ""
	one := labelled("One: "+p.cut(list[0].i, next), before+inQuotes(p.cut(list[0].i, next))+after)
	firm := suffixes[p.word(next-1)] || p.is(next-1, "sons partners brothers")
	switch {
	case firm:
		u.Suggest = append(u.Suggest, one)
	case each:
		for k := range list[:min(len(list), maxSuggestions-1)] {
			u.Suggest = append(u.Suggest, suggest(before+p.mentioned(bare[k])+after))
		}
	default:
		u.Suggest = append(u.Suggest, labelled(countWord(len(list))+" people: "+strings.Join(bare, ", "), "log "+pluralOf(m.kind)+" "+strings.Join(names, ", ")+after))
	}
	if len(list) == 2 && !firm {
		u.Suggest = append(u.Suggest, one)
	}
	if rest := p.cut(list[1].i, next); !p.promise && !each {
		u.Suggest = append(u.Suggest, labelled("“"+rest+"” is a note", before+names[0]+", note: "+inQuotes(rest)+after))
	}
	if p.promise {
		u.Form = CommitForm{Commit{Kind: m.kind}}
	} else {
		u.Form = LogForm{Kind: m.kind, Count: len(list), Names: bare}
	}
	return u
}

// mentioned is a name as it can stand in a command: one that is new in quotes.
func (p *parser) mentioned(name string) string {
	if w := p.whoNamed(name); w.ID != 0 {
		return canonicalName(w.Name)
	}
	return inQuotes(name)
}

// andAgain offers "Acme tomorrow and Bob Friday" one at a time. Nil where nobody
// is named after the details of the first.
func (p *parser) andAgain(start, i, end int, d draft) *Unclear {
	k := i
	for k < end {
		n := p.item(k, end, &d)
		if n == 0 {
			break
		}
		k += n
	}
	if k == i || k >= end || !p.is(k, ands) {
		return nil
	}
	if _, ok := p.person(k+1, meaning{kind: d.kind, outcome: d.outcome}); !ok {
		return nil
	}
	before := p.text[:p.toks[start].start]
	return &Unclear{Problem: TwoThings, Understood: "One at a time.", Suggest: []Suggestion{suggest(p.text[:p.toks[k-1].end]), suggest(before + p.from(k+1))}}
}
