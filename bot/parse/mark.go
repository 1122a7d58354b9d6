package parse

import (
	"strings"

	"pitch/store"
)

// traits are what can be said of a prospect in a few words, beside relations and
// buyers.
var traits = table(map[string]Mark{
	"can't build it|cannot build it|can not build it|cant build it|couldn't build it|could not build it|can't build|cannot build|can't build it themselves|couldn't build it themselves|won't build it|not technical|isn't technical|no developers|has no developers|have no developers|has no engineers|isn't a developer|isn't a dev|aren't developers|no engineers": {Buyer: store.NonDeveloper},
	"can build it|could build it|can build it themselves|could build it themselves|technical|has developers|have developers|has engineers|have engineers|engineers":                                                                                                                                                                                                    {Buyer: store.Developer},
	"no calls|no phone|not callable|don't call|do not call|never call|email only|only email|emails only|no phone number|doesn't take calls|does not take calls|prefers email|no number":                                                                                                                                                                                {Callable: new(false)},
	"callable|calls ok|phone ok|calls are ok|ok to call|okay to call|can be called|takes calls":                                                                                                                                                                                                                                                                        {Callable: new(true)},
	"do not contact|don't contact|never contact|never contact again|dnc|do-not-contact|opted out|asked not to be contacted|doesn't want to be contacted|unsubscribed":                                                                                                                                                                                                  {DoNotContact: new(true)},
	"contact|contactable|ok to contact|okay to contact|not dnc|no dnc|may be contacted|can be contacted|can be contacted again":                                                                                                                                                                                                                                        {DoNotContact: new(false)},
})

// trait reads one trait at k.
func (p *parser) trait(k, end int) (m Mark, n int) {
	m, n = longest(p, k, end, traits)
	if r, took := longest(p, k, end, relations); took > n {
		m, n = Mark{Relationship: r}, took
	}
	if b, took := longest(p, k, end, buyers); took > n {
		m, n = Mark{Buyer: b}, took
	}
	return m, n
}

// traitsOf reads traits in the tokens [k,end), wholly: not ok where anything else
// stands there, or two of them that cannot both be.
func (p *parser) traitsOf(k, end int) (m Mark, ok bool) {
	for k < end {
		one, n := p.trait(k, end)
		switch {
		case n > 0 && m.take(one):
			k, ok = k+n, true
		case n > 0:
			return Mark{}, false
		case p.toks[k].shape == separator || p.is(k, "and & but is are as a an to now also"):
			k++
		default:
			return Mark{}, false
		}
	}
	return m, ok
}

// take adds what one says; false where something else was said of the same.
func (m *Mark) take(one Mark) bool {
	if m.Relationship != "" && one.Relationship != "" || m.Buyer != "" && one.Buyer != "" || m.Callable != nil && one.Callable != nil || m.DoNotContact != nil && one.DoNotContact != nil {
		return false
	}
	switch {
	case one.Relationship != "":
		m.Relationship = one.Relationship
	case one.Buyer != "":
		m.Buyer = one.Buyer
	case one.Callable != nil:
		m.Callable = one.Callable
	case one.DoNotContact != nil:
		m.DoNotContact = one.DoNotContact
	}
	return true
}

// mark reads "mark Acme cold, dev" and "mark cold Acme". Mark is also a name, and
// "set" may be anything: nil where no prospect and no trait follows.
func (p *parser) mark(i, j int) Request {
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return nil
	}
	if j >= len(p.toks) && p.is(i, "mark tag") && !p.capital(i) {
		_, u := p.mine(j, j)
		return *u
	}
	if p.is(j, "my the") {
		j++
	}
	at, n := p.knownFrom(j)
	if at < 0 {
		return p.markUnknown(j)
	}
	w, _ := p.knownAt(at, len(p.toks))
	if m, ok := p.traitsOf(at+n, len(p.toks)); ok && at == j {
		m.Who = w
		return m
	}
	if m, ok := p.traitsOf(j, at); ok && at+n == len(p.toks) {
		m.Who = w
		return m
	}
	if at != j || !p.is(i, "mark tag label flag classify") {
		return nil
	}
	return p.badMark(w, p.cut(at, at+n), at+n)
}

// badMark answers "mark Acme" with words after it that are no trait.
func (p *parser) badMark(w Who, name string, k int) Request {
	for p.is(k, "as is to a") {
		k++
	}
	if p.is(k, "done complete completed finished kept") && k+1 == len(p.toks) {
		return Done{Who: w}
	}
	u := Unclear{Problem: BadArgument, Understood: w.Name + " can be cold, warm, intro or inbound, dev or non-dev, no calls, or do not contact."}
	if m, n := longest(p, k, len(p.toks), verbs); n > 0 && m.outcome != "" && !m.vague { // mark Acme as won
		u.Suggest = append(u.Suggest, suggest("log "+m.label()+" "+name))
	}
	if k < len(p.toks) {
		u.Suggest = append(u.Suggest, suggest("note "+name+": "+p.from(k)))
		return u
	}
	for _, one := range []string{"cold", "warm", "dev", "non-dev"} {
		u.Suggest = append(u.Suggest, suggest("mark "+name+" "+one))
	}
	return u
}

// markUnknown asks who is meant where traits follow a name nobody has used. Nil
// where none follow.
func (p *parser) markUnknown(j int) Request {
	for k := j + 1; k < min(len(p.toks), j+nameWords); k++ {
		if _, ok := p.traitsOf(k, len(p.toks)); ok && p.toks[k].shape == word {
			_, u := p.mine(j, k)
			if u != nil {
				return *u
			}
		}
	}
	return nil
}

// statement reads what is said of a known prospect with the name in front: "Acme
// is cold", "Acme: no calls", "Acme history". Nil where it is something else.
func (p *parser) statement(i int) Request {
	if req := p.possessive(i); req != nil {
		return req
	}
	w, n := p.knownAt(i, len(p.toks))
	k := p.afterSeparator(i + n)
	if n == 0 || k >= len(p.toks) {
		return nil
	}
	if cmd, took := longest(p, k, len(p.toks), commands); took > 0 && namedFirst[cmd] && !p.turned {
		q := p.on(p.cut(k, k+took) + " " + p.cut(i, i+n) + " " + p.tailText(k+took))
		q.turned = true
		if req := q.command(); !isUnclear(req) {
			return req
		}
	}
	_, first := p.trait(k, len(p.toks))
	plain := k > i+n || first > 1 || p.is(k, "is are can't cannot cold warm inbound dev developer non-dev dnc callable")
	if m, ok := p.traitsOf(k, len(p.toks)); ok && plain && !(p.capital(k) && !p.allCapitals() && k == i+n) {
		m.Who = w
		return m
	}
	return nil
}

// possessive reads "Acme's history" as "Acme history". Nil where that is nothing.
func (p *parser) possessive(i int) Request {
	for k := i; k < min(len(p.toks)-1, i+nameWords) && !p.turned; k++ {
		if !strings.HasSuffix(p.word(k), "'s") {
			continue
		}
		name := p.text[p.toks[i].start : p.toks[k].end-len("'s")]
		name = strings.TrimRight(name, "'’")
		if w := p.whoNamed(name); w.ID != 0 {
			if cmd, _ := longest(p, k+1, len(p.toks), commands); !namedFirst[cmd] {
				return nil
			}
			return p.on(canonicalName(w.Name) + " " + p.from(k+1)).command()
		}
	}
	return nil
}

// namedFirst are the commands whose prospect may stand in front of them.
var namedFirst = map[command]bool{cmdHistory: true, cmdNote: true, cmdFollowUpOn: true, cmdNoFollowUp: true}

// aside is a note a founder may mean by what cannot be logged: "Acme is a customer".
func (p *parser) aside(i int) (out []Suggestion) {
	_, n := p.knownAt(i, len(p.toks))
	if !p.is(i+n, "is are has have likes loves hates prefers uses works knows doesn't does isn't") {
		return nil
	}
	name, rest := p.cut(i, i+n), p.from(i+n)
	if low := strings.ToLower(rest); strings.Contains(low, "customer") || strings.Contains(low, "client") {
		out = append(out, labelled("They said yes", "log yes "+name))
	}
	return append(out, labelled("Note it", "note "+name+": "+rest))
}
