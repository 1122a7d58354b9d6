package parse

// skipNoise is past the words that only make a command polite.
func (p *parser) skipNoise(i int) int {
	for i < len(p.toks) {
		if p.toks[i].shape == separator {
			i++
			continue
		}
		_, n := longest(p, i, len(p.toks), noise)
		if n == 0 {
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
	for n := len(p.toks); n > 1 && (p.is(n-1, "please pls plz thanks thx") || p.toks[n-1].shape == separator); n = len(p.toks) {
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
		if p.is(i, "remind") {
			return CommitForm{}
		}
		return nil
	}
	if !p.startsPromise(j) {
		if p.is(i, "remind") {
			return p.commit(i, j)
		}
		return nil
	}
	return p.commit(i, j)
}

func (p *parser) startsPromise(j int) bool {
	if p.is(j, "also just then definitely to") {
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
		return Unclear{Problem: NoVerb, Understood: "This may be the answer of somebody new.", Suggest: []Suggestion{suggest("log " + p.from(i))}}
	}
	return p.eitherTense(i, n)
}

// eitherTense reads "call Jane tomorrow" as a promise, "call Jane yesterday" as a
// log, and asks where nothing tells.
func (p *parser) eitherTense(i, n int) Request {
	did, will := "log "+p.from(i), "commit "+p.from(i)
	logged, isLog := p.on(did).command().(Log)
	promised, isCommit := p.on(will).command().(Commit)
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
