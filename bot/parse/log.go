package parse

import (
	"strings"

	"pitch/store"
)

// log reads what follows the word log, or a whole text that begins with a verb of
// the past.
func (p *parser) log(i int) Request {
	if i >= len(p.toks) {
		return LogForm{}
	}
	i = p.afterArticle(i)
	if req := p.sentSomething("log", i); req != nil {
		return req
	}
	if !p.turned {
		if req := p.logDateFirst(i); req != nil {
			return req
		}
	}
	for _, read := range []func(int) Request{p.introduction, p.newProspect, p.made, p.several, p.hadA} {
		if req := read(i); req != nil {
			return req
		}
	}
	if u := p.severalThings(i); u != nil {
		return *u
	}
	m, n := longest(p, i, len(p.toks), verbs)
	if w, k := p.knownAt(i, len(p.toks)); n > 0 && k > n {
		return p.nameOrVerb(i, n, k, w)
	}
	switch {
	case n == 0:
		if req := p.byEnding(i, true); req != nil {
			return req
		}
		return p.noVerb(i)
	case m.vague:
		return p.whichOutcome(p.filler(i + n))
	case m.waiting:
		return p.stillOpen(p.filler(i + n))
	case m.absent:
		return p.notHeld(p.filler(i + n))
	case m.noun && m.words != "":
		return p.letterOfIntent(m, i+n)
	case m.noun:
		return p.whichAsk(i, n, m)
	case m.tense == plural:
		return p.plural(i, n, m)
	}
	return p.logVerb(i, i+n, m)
}

// afterArticle is past the words before a verb that is used as a noun: "a call".
func (p *parser) afterArticle(i int) int {
	for p.is(i, "a an another my the some few several more") && !p.is(i+1, "dozen couple") {
		if _, n := longest(p, i+1, len(p.toks), verbs); n == 0 && !p.is(i+1, "few intro introduction referral") {
			break
		}
		i++
	}
	return i
}

// logDateFirst reads "log yesterday call Jane" as if the date stood last.
func (p *parser) logDateFirst(i int) Request {
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return nil
	}
	_, n := p.date(i, len(p.toks), back)
	if n == 0 || i+n >= len(p.toks) {
		return nil
	}
	j := p.skipNoise(i + n)
	if _, k := longest(p, j, len(p.toks), verbs); k == 0 {
		return nil
	}
	q := p.on("log " + p.from(j) + ", " + p.cut(i, i+n))
	q.turned = true
	return q.command()
}

// draftOf is what the verb says.
func draftOf(m meaning) draft {
	d := draft{kind: m.kind, asked: m.asked, outcome: m.outcome, missed: m.unreached, relation: m.relation}
	if m.outcome == store.Lost {
		d.words.said, d.reason = m.words, m.reason
	}
	return d
}

// logVerb reads the prospect and the details after a verb.
func (p *parser) logVerb(start, i int, m meaning) Request {
	d := draftOf(m)
	i = p.afterSeparator(i)
	if req := p.counted(i, m); req != nil {
		return req
	}
	if req := p.wordsFirst(i, m); req != nil {
		return req
	}
	i = p.beforeName(i, &d)
	if u := p.crowd(i, m); u != nil {
		return *u
	}
	got, u := p.who(i, d)
	if u == nil && m.known && got.who.ID == 0 && got.who.Candidates == nil && p.toks[got.from].shape != quoted {
		return p.onlyKnown(start, got)
	}
	if u != nil {
		if u.Problem == NoName {
			return p.noLogName(start, i, m)
		}
		u.Form = LogForm{Kind: m.kind}
		return *u
	}
	return p.logged(start, m, got)
}

// onlyKnown answers "write landing page": writing is an email where somebody is
// written to.
func (p *parser) onlyKnown(start int, got named) Unclear {
	u := Unclear{Problem: UnknownVerb, Understood: "“" + p.cut(start, p.segment(got.from)) + "” is none of these: " + kept, Form: LogForm{Kind: store.Email}}
	if p.capital(got.from) && !p.allCapitals() {
		u.Suggest = []Suggestion{suggest(strings.TrimSpace("log email " + inQuotes(got.who.Name) + " " + p.tailText(got.to)))}
	}
	return u
}

// beforeName reads details that stand before the name, as in "asked for a pilot
// from Globex": only where a word that leads to a name follows them.
func (p *parser) beforeName(i int, d *draft) int {
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return i
	}
	if n := p.timesItem(i, len(p.toks), d); n > 0 { // call 3 times Jane
		return i + n
	}
	starts := []int{i}
	if p.is(i, "a an the for my") && d.kind == store.Ask { // ask a pilot from Jane
		starts = append(starts, i+1)
	}
	for j := i + 1; j < min(p.segment(i), i+nameWords+1); j++ {
		if !p.is(j, "from with to at by of on") && !p.datedBefore(i, j) {
			continue
		}
		for _, s := range starts {
			t := *d
			if _, ok := p.tail(s, j, &t); s < j && ok && t.trouble == nil && j+1 < len(p.toks) || ok && p.datedBefore(i, j) {
				*d = t
				if p.datedBefore(i, j) {
					return j
				}
				return j + 1
			}
		}
	}
	return i
}

// datedBefore reports whether [i,j) is a date with a name after it: "today Jane".
func (p *parser) datedBefore(i, j int) bool {
	if j >= len(p.toks) || p.toks[j].shape == separator {
		return false
	}
	if _, n := p.date(i, j, p.direction()); n == 0 || i+n != j {
		return false
	}
	_, known := p.knownAt(p.filler(j), len(p.toks))
	return known > 0 || p.toks[j].shape == quoted || p.capital(j) && !p.capital(i)
}
