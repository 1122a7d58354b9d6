package parse

import (
	"strings"
	"unicode/utf8"
)

// articles begin what is offered to somebody, where they follow a name.
const articles = "a an the our my this their his her"

// offer reads the name of a version: what is quoted, or the rest as it was
// written. Something offered to somebody is an ask, made or still to make.
func (p *parser) offer(i, j int) Request {
	for p.is(j, "is now are was called named as") && j+1 < len(p.toks) || j < len(p.toks) && p.toks[j].shape == separator {
		j++
	}
	past := p.is(i, "offered")
	if p.is(j, "stats report versions history results compare comparison overview list") && j+1 == len(p.toks) {
		j = len(p.toks)
	}
	if j >= len(p.toks) {
		if past {
			return p.offeredTo(i, "", "")
		}
		return Offer{}
	}
	if j+1 == len(p.toks) && p.toks[j].shape == quoted && !past {
		return p.version(p.toks[j].text)
	}
	if at, n := p.knownFrom(j); at >= 0 {
		return p.offeredTo(i, p.cut(at, at+n), p.around(j, at, at+n))
	}
	end := j + 1
	for p.is(j, "to") && end < len(p.toks) && p.capital(end) {
		j, end = j+1, end+1
	}
	switch {
	case p.is(j, pronouns) && j+1 < len(p.toks):
		return p.offeredTo(i, "", p.from(j+1))
	case past || p.capital(j) && !p.allCapitals() && p.someThing(end):
		return p.offeredTo(i, inQuotes(p.cut(j, end)), p.tailText(end))
	}
	return p.version(p.rest(j))
}

// someThing reports whether the words at k say what somebody was offered: "a
// pilot", "10 seats".
func (p *parser) someThing(k int) bool {
	if p.is(k, articles) && k+1 < len(p.toks) {
		return true
	}
	_, n := p.quantityAt(k, len(p.toks), false)
	return n > 0
}

// around is the text from j on without the name in the tokens [at,to) and the
// words that lead to it.
func (p *parser) around(j, at, to int) string {
	before := at
	for before > j && p.is(before-1, "to for with") {
		before--
	}
	return strings.TrimSpace(p.cut(j, before) + " " + p.tailText(p.afterSeparator(to)))
}

// version is the offer of that name.
func (p *parser) version(name string) Request {
	switch name = strings.TrimSpace(strings.ReplaceAll(name, "\n", " ")); {
	case name == "":
		return Offer{}
	case utf8.RuneCountInString(name) > MaxName:
		return Unclear{Problem: NameTooLong, Understood: "The name of an offer has at most 200 characters."}
	}
	return Offer{Name: name}
}

// offeredTo asks what is meant where somebody is offered something.
func (p *parser) offeredTo(i int, name, what string) Request {
	u := Unclear{Problem: BadArgument, Understood: "Something offered to somebody is an ask. “offer” by itself names a version of what you offer."}
	noun := what
	if toks, _ := tokenize(what); len(toks) > 1 && listed(articles, toks[0].lower) {
		noun = what[toks[1].start:]
	}
	if name == "" {
		u.Problem, u.Understood = NoName, "An offer, but to whom?"
		for _, one := range p.ctx.Known[:min(3, len(p.ctx.Known))] {
			u.Suggest = append(u.Suggest, suggest(strings.TrimSuffix("log ask "+canonicalName(one.Name)+", "+noun, ", ")))
		}
		return u
	}
	u.Suggest = append(u.Suggest, labelled("I asked them", strings.TrimSuffix("log ask "+name+", "+noun, ", ")))
	if p.is(i, "offered") {
		return u
	}
	promise := "commit ask " + name
	if what != "" {
		promise += ", for: " + inQuotes(what)
	}
	u.Suggest = append(u.Suggest, labelled("I will ask them", promise))
	if whole := p.cut(i+1, len(p.toks)); i+1 < len(p.toks) && utf8.RuneCountInString(whole) <= MaxName {
		u.Suggest = append(u.Suggest, labelled("It names a version", "offer "+inQuotes(whole)))
	}
	return u
}
