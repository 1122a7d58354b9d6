package parse

import (
	"strings"
	"unicode/utf8"

	"pitch/store"
)

// sendings are what can be sent to a name that stands before it.
var sendings = table(map[string]string{
	"a proposal|the proposal|our proposal|proposal": "sent a proposal to", "a quote|the quote|our quote|an offer": "sent a quote to",
	"an email|an e-mail|a mail": "emailed", "a follow-up|a follow up": "followed up with", "a demo": "gave a demo to", "a call": "called",
})

// sentSomething reads "sent Hooli a proposal" as "sent a proposal to Hooli".
func (p *parser) sentSomething(command string, i int) Request {
	if !p.is(i, "sent send gave give") || p.turned || p.is(i+1, "a an the our my") {
		return nil
	}
	for k := i + 2; k < min(p.segment(i), i+nameWords+2); k++ {
		if verb, n := longest(p, k, len(p.toks), sendings); n > 0 {
			q := p.on(strings.TrimSpace(command + " " + verb + " " + p.cut(i+1, k) + ", " + p.from(k+n)))
			q.turned = true
			return q.command()
		}
	}
	return nil
}

// byEnding reads "Acme said no": a name, and what they did. Without the word log
// the name must be a known one.
func (p *parser) byEnding(i int, logging bool) Request {
	end := p.segment(i)
	w, n := p.knownAt(i, len(p.toks))
	if p.toks[i].shape == quoted {
		w, n = p.whoNamed(p.toks[i].text), 1
	}
	ends := []int{i + n}
	if n == 0 {
		ends = nil
		for j := i + 1; j < min(end, i+nameWords+1); j++ {
			ends = append(ends, j)
		}
	}
	for _, j := range ends {
		k := j
		if k < len(p.toks) && p.toks[k].shape == separator {
			k++
		}
		m, took := longest(p, k, len(p.toks), endings)
		if took > 0 && n == 0 && j == i+1 && p.is(i, pronouns) && !m.vague {
			switch {
			case m.waiting:
				return p.stillOpen(len(p.toks))
			case m.absent:
				return p.notHeld(len(p.toks))
			}
			return p.fromWhom(m, k+took)
		}
		if took == 0 && n > 0 && k == j {
			m, took = p.plainAnswer(k)
		}
		if took == 0 && n > 0 && k > j {
			m, took = longest(p, k, len(p.toks), verbs)
			if m.tense != answer && m.outcome == "" && !m.waiting && !m.absent {
				took = 0
			}
		}
		if took == 0 || n == 0 && !p.likeName(i, j) {
			continue
		}
		if n == 0 {
			w = p.whoNamed(p.nameText(i, j))
		}
		return p.ended(i, j, k+took, m, w, logging)
	}
	return nil
}

// plainAnswer reads "Bob no budget" and "Acme yes": an answer right after a known
// name, with a reason or with nothing.
func (p *parser) plainAnswer(k int) (meaning, int) {
	if !p.is(k, "no nope yes yep ✅ ❌ 👍 👎 :x: :white_check_mark: :+1: :-1:") {
		return meaning{}, 0
	}
	m, n := longest(p, k, len(p.toks), verbs)
	end := p.segment(k)
	if r, _ := p.reasonOf(k, end); r != "" && m.outcome == store.Lost && p.is(k, "no") {
		m.words = p.cut(k, end)
		m.reason = r
		return m, end - k
	}
	if m.tense != answer || m.outcome == "" || k+n < end {
		return m, 0
	}
	return m, n
}

func (p *parser) ended(i, j, rest int, m meaning, w Who, logging bool) Request {
	switch {
	case m.vague:
		return p.whichOutcome(i)
	case m.waiting:
		return p.stillOpen(i)
	case m.absent:
		return p.notHeld(i)
	case m.wants:
		return p.whatTheyWant(p.cut(i, j), rest)
	}
	if !logging && w.ID == 0 && w.Candidates == nil {
		return Unclear{Problem: UnknownVerb, Understood: "“" + p.cut(i, j) + "” is somebody new.", Suggest: []Suggestion{suggest("log " + p.from(i))}}
	}
	got, u := p.afterName(w, i, rest, p.segment(rest), draftOf(m))
	if u != nil {
		d := draftOf(m)
		if utf8.RuneCountInString(w.Name) > MaxName || strings.TrimSpace(w.Name) == "" {
			return *u
		}
		got = named{who: w, from: i, next: rest, d: d}
	}
	got.to = j
	return p.logged(i, m, got)
}

// sentTo is sentSomething without the word log: of the past.
func (p *parser) sentTo(i int) Request {
	if !p.is(i, "sent gave") {
		return nil
	}
	return p.sentSomething("log", i)
}
