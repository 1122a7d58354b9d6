package parse

// log reads what follows the word log, or a whole text that begins with a verb of
// the past.
func (p *parser) log(i int) Request {
	if i >= len(p.toks) {
		return LogForm{}
	}
	for p.is(i, "a an another my the some few several more") && !p.is(i+1, "dozen couple") {
		_, n := longest(p, i+1, len(p.toks), verbs)
		if n == 0 && !p.is(i+1, "few intro introduction referral") {
			break
		}
		i++
	}
	if req := p.sentSomething("log", i); req != nil {
		return req
	}
	if !p.turned {
		if req := p.logDateFirst(i); req != nil {
			return req
		}
	}
	if req := p.introduction(i); req != nil {
		return req
	}
	if req := p.newProspect(i); req != nil {
		return req
	}
	if req := p.several(i); req != nil {
		return req
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
	case m.noun:
		return p.whichAsk(i, n, m)
	case m.tense == plural:
		return p.plural(i, n, m)
	}
	return p.logVerb(i, i+n, m)
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
	return draft{kind: m.kind, asked: m.asked, outcome: m.outcome, missed: m.unreached, relation: m.relation}
}

// logVerb reads the prospect and the details after a verb.
func (p *parser) logVerb(start, i int, m meaning) Request {
	d := draftOf(m)
	i = p.beforeName(p.afterSeparator(i), &d)
	got, u := p.who(i, d)
	if u != nil {
		if u.Problem == NoName {
			return p.noLogName(start, i, m)
		}
		u.Form = LogForm{Kind: m.kind}
		return *u
	}
	return p.logged(start, m, got)
}

// beforeName reads details that stand before the name, as in "asked for a pilot
// from Globex": only where a word that leads to a name follows them.
func (p *parser) beforeName(i int, d *draft) int {
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return i
	}
	for j := i + 1; j < min(p.segment(i), i+nameWords+1); j++ {
		if !p.is(j, "from with to at by of on") {
			continue
		}
		t := *d
		if _, ok := p.tail(i, j, &t); ok && t.trouble == nil && j+1 < len(p.toks) {
			*d = t
			return j + 1
		}
	}
	return i
}
