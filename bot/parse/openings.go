package parse

import "pitch/store"

// skipNoise is past the words that only make a command polite.
func (p *parser) skipNoise(i int) int {
	for i < len(p.toks) {
		if p.toks[i].shape == separator {
			i++
			continue
		}
		_, n := longest(p, i, len(p.toks), noise)
		if _, m := longest(p, i, len(p.toks), commands); n == 0 || m > n { // ok to call Acme
			break
		}
		if _, ok := p.wholeName(i); ok {
			break
		}
		i += n
	}
	return i
}

// dropThanks leaves out the politeness a text ends with.
func (p *parser) dropThanks() {
	for n := len(p.toks); n > 1 && (p.is(n-1, "please pls plz thanks thx") && !p.is(n-2, "no") || p.toks[n-1].shape == separator); n = len(p.toks) {
		p.toks = p.toks[:n-1]
	}
}

// byPromise reads "I will call …" and "remind me to …": a promise's words with a
// verb, a count or a date after them. Nil where it is none.
func (p *parser) byPromise(i int) Request {
	_, n := longest(p, i, len(p.toks), promises)
	j := p.afterSeparator(i + n)
	if n == 0 {
		return nil
	}
	if j == len(p.toks) {
		if p.is(i, "remind reminder") {
			return CommitForm{}
		}
		return nil
	}
	if !p.startsPromise(j) {
		if p.is(i, "remind remember don't dont") {
			return p.commit(i, j)
		}
		return nil
	}
	return p.commit(i, j)
}

func (p *parser) startsPromise(j int) bool {
	for p.is(j, "also just then definitely to a an another the my") {
		j++
	}
	if m, n := longest(p, j, len(p.toks), verbs); n > 0 {
		return m.tense == base || m.tense == plural
	}
	if _, n := p.number(j, len(p.toks)); n > 0 {
		_, m := longest(p, j+n, len(p.toks), verbs)
		return m > 0
	}
	p.promise = true
	_, n := p.date(j, len(p.toks), forward)
	p.promise = false
	return n > 0
}

// byDateFirst reads "tomorrow call Jane" and "yesterday I called Jane" as if the
// date stood last. Nil where there is no date and verb.
func (p *parser) byDateFirst(i int) Request {
	if _, ok := p.wholeName(i); ok {
		return nil
	}
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return nil
	}
	_, n := p.date(i, len(p.toks), forward)
	if n == 0 || i+n >= len(p.toks) {
		return nil
	}
	j := p.skipNoise(i + n)
	_, isVerb := longest(p, j, len(p.toks), verbs)
	_, isPromise := longest(p, j, len(p.toks), promises)
	if isVerb == 0 && isPromise == 0 || p.turned {
		return nil
	}
	q := p.on(p.from(j) + ", " + p.cut(i, i+n))
	q.turned = true
	return q.command()
}

// byVerb reads a text that begins with what was or will be done. Nil where it
// does not.
func (p *parser) byVerb(i int) Request {
	m, n := longest(p, i, len(p.toks), verbs)
	if n == 0 {
		if v, k := p.number(i, len(p.toks)); k > 0 && v > 0 {
			if m, n := longest(p, i+k, len(p.toks), verbs); n > 0 && m.outcome == "" {
				return p.eitherTense(i, n+k)
			}
		}
		return nil
	}
	if _, k := p.knownAt(i, len(p.toks)); k > n {
		return nil
	}
	switch m.tense {
	case past:
		return p.log(i)
	case answer:
		// "no thanks" is not a rejection by somebody called Thanks.
		if w, _ := p.knownAt(p.filler(i+n), len(p.toks)); w.ID != 0 || len(w.Candidates) > 0 {
			return p.log(i)
		}
		if i+n == len(p.toks) && m.words == "" && (m.outcome == store.Won || m.outcome == store.Lost || m.outcome == store.NotNow) {
			return Whose{Outcome: m.outcome}
		}
		return Unclear{Problem: NoVerb, Understood: "This may be the answer of somebody new.", Suggest: []Suggestion{suggest("log " + p.from(i))}}
	}
	return p.eitherTense(i, n)
}

// eitherName is the question after a name or a day that stands in the way of both
// readings. Nil where another question does.
func eitherName(was, is Request) *Unclear {
	before, ok := was.(Unclear)
	after, also := is.(Unclear)
	switch {
	case !ok || !also:
		return nil
	case before.Problem == FutureLog:
		return &after
	case after.Problem == PastCommit:
		return &before
	case before.Problem == WhichName && after.Problem == WhichName && len(before.Suggest) > 1 && len(after.Suggest) > 1:
		after.Form = nil
		after.Suggest = []Suggestion{before.Suggest[0], after.Suggest[0], before.Suggest[len(before.Suggest)-1], after.Suggest[len(after.Suggest)-1]}
		return &after
	}
	return nil
}

// eitherTense reads "call Jane tomorrow" as a promise, "call Jane yesterday" as a
// log, and asks where nothing tells.
func (p *parser) eitherTense(i, n int) Request {
	did, will := "log "+p.from(i), "commit "+p.from(i)
	was, is := p.on(did).command(), p.on(will).command()
	logged, isLog := was.(Log)
	promised, isCommit := is.(Commit)
	if !isLog && !isCommit {
		if u := eitherName(was, is); u != nil {
			return *u
		}
	}
	dated := isCommit && !promised.NoDate && promised.DueOn > 0
	switch {
	case isCommit && promised.Every != "", dated && !isLog:
		return promised
	case isLog && !isCommit && logged.OccurredOn < p.today:
		return logged
	}
	verb := p.cut(i, i+n)
	if i+n == len(p.toks) {
		return p.noName(verb, p.on(did).command())
	}
	return Unclear{Problem: WhichTense, Understood: "Has it happened, or will it?",
		Suggest: []Suggestion{labelled(didLabels[logged.Kind], did), labelled("I will "+willLabels[logged.Kind], will)}}
}
