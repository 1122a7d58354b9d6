package parse

import (
	"strings"

	"pitch/store"
)

// introduction reads "intro from Ada to Carol", "intro to Carol from Ada" and
// "Ada introduced me to Carol".
func (p *parser) introduction(i int) Request {
	from, to, ok := p.introWords(i)
	if !ok {
		return nil
	}
	if to.i >= to.j || from.i >= from.j {
		return Unclear{Problem: NoName, Understood: "An introduction: from whom, and to whom? Such as “log intro from Ada to Carol”."}
	}
	d := draft{}
	rest := to.j
	if to.j < from.j {
		rest = from.j
	}
	p.parts(rest, &d)
	if d.trouble != nil {
		return p.troubled(d.trouble, nil)
	}
	who := p.whoNamed(p.textOf(to))
	if u := p.whichName(named{who: who, from: to.i, to: to.j}); u != nil {
		return *u
	}
	if strings.TrimSpace(who.Name) == "" || len([]rune(who.Name)) > MaxName {
		return Unclear{Problem: NoName, Understood: "An introduction, but not to whom."}
	}
	note := "from " + p.whoNamed(p.textOf(from)).Name
	if d.note.said != "" {
		note += ", " + d.note.said
	}
	return AddProspect{Who: who, Relationship: store.Intro, Buyer: d.buyer, Note: note}
}

// newProspect reads "add Carol, cold" and "intro Carol": a name without an
// activity.
func (p *parser) newProspect(i int) Request {
	if m, n := longest(p, i, len(p.toks), verbs); n > 0 && m.outcome != "" { // new customer Acme
		return nil
	}
	d, start := draft{}, i
	added := i > 0 && p.is(i-1, "add")
	for p.is(i, "add new prospect contact lead intro inbound") {
		if p.is(i, "intro inbound") {
			d.relation = relations[p.word(i)]
		}
		i++
	}
	if _, n := longest(p, i, len(p.toks), verbs); i >= len(p.toks) || n > 0 || !added && i == start {
		return nil
	}
	if _, n := p.number(i, len(p.toks)); n > 0 {
		return nil
	}
	if added && d.relation == "" {
		if req := p.addAll(i); req != nil {
			return req
		}
	}
	got, u := p.who(i, d)
	if u != nil {
		if u.Problem == NoName {
			return nil
		}
		return *u
	}
	if u := p.whichName(got); u != nil {
		return *u
	}
	p.parts(got.next, &got.d)
	if got.d.trouble != nil {
		return p.troubled(got.d.trouble, nil)
	}
	return AddProspect{Who: got.who, Relationship: got.d.relation, Buyer: got.d.buyer, Note: got.d.note.said}
}

// run is a stretch of tokens.
type run struct{ i, j int }

func (p *parser) textOf(r run) string {
	if r.j == r.i+1 {
		return strings.TrimRight(p.said(r.i), ".!?")
	}
	return p.nameText(r.i, r.j)
}

func (p *parser) introWords(i int) (from, to run, ok bool) {
	if p.is(i, "a an got") {
		i++
	}
	if p.is(i, "a an") {
		i++
	}
	end := p.segment(i)
	if p.is(i, "intro introduction referral") && !p.is(i+1, "from by to via") { // referral Bob to Tim
		for k := i + 2; k+1 < end; k++ {
			if p.is(k, "to") {
				return run{i + 1, k}, run{k + 1, end}, true
			}
		}
	}
	if p.is(i, "intro introduction referral introduced") && p.is(i+1, "from by to") {
		first := run{i + 2, end}
		for k := i + 3; k < end; k++ {
			if p.is(k, "to from by via through") && p.word(k) != p.word(i+1) {
				second := run{k + 1, end}
				first.j = k
				if p.is(i+1, "to") {
					return second, first, true
				}
				return first, second, p.is(k, "to")
			}
		}
		return run{}, run{}, true
	}
	for k := i + 1; k+2 < end; k++ {
		if p.is(k, "introduced referred connected intro'd") && p.is(k+1, "me us") && p.is(k+2, "to with") && k+3 < end {
			return run{i, k}, run{k + 3, end}, true
		}
		if n := 6; p.is(k, "put") && p.is(k+1, "me us") && p.is(k+2, "in") && p.is(k+3, "touch contact") && p.is(k+4, "with") && k+n-1 < end {
			return run{i, k}, run{k + n - 1, end}, true
		}
	}
	return from, to, false
}
