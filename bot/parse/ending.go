package parse

import (
	"strings"
	"unicode/utf8"
)

// sendings are what can be sent to a name that stands before it.
var sendings = table(map[string]string{
	"a proposal|the proposal|our proposal|proposal": "sent a proposal to", "a quote|the quote|our quote|an offer": "sent a quote to",
	"an email|an e-mail|a mail": "emailed", "a follow-up|a follow up": "followed up with", "a demo": "gave a demo to", "a call": "called",
})

// sentSomething reads "sent Hooli a proposal" as "sent a proposal to Hooli".
func (p *parser) sentSomething(command string, i int) Request {
	if !p.is(i, "sent send gave give") || p.turned {
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
		if took == 0 && n > 0 && k > j {
			m, took = longest(p, k, len(p.toks), verbs)
			if m.tense != answer && m.outcome == "" {
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

func (p *parser) ended(i, j, rest int, m meaning, w Who, logging bool) Request {
	if m.vague {
		return p.whichOutcome(i)
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
	return p.logged(i, m, got)
}
