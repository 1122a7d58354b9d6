package parse

import (
	"strings"
	"unicode/utf8"
)

// intoWords stand between a name and the one it becomes.
const intoWords = "to into as -> → => = with and & onto"

// rename reads "rename Acmee to Acme" and "merge Acmee into Acme". Which of two
// that are merged stays is asked where the words do not say it.
func (p *parser) rename(cmd command, i, j int) Request {
	if j = p.prospectAt(p.led(j)); j >= len(p.toks) {
		return Unclear{Problem: NoName, Understood: "Which prospect, and to what name? Such as “rename Acmee to Acme”.", Suggest: []Suggestion{suggest("prospects")}}
	}
	k := p.into(j)
	if k < 0 {
		return p.renameToWhat(cmd, j)
	}
	who, u := p.mine(j, k)
	if u != nil {
		u.Suggest = p.not(u.Suggest, j, k)
		return *u
	}
	to, u := p.newNameAt(k+1, who)
	if u != nil {
		return *u
	}
	if cmd == cmdMerge {
		return p.merged(k, who, to)
	}
	return Rename{Who: who, To: to}
}

// into is where the word between the two names stands; -1 where there is none.
func (p *parser) into(j int) int {
	k := j + 1
	if _, n := p.knownAt(j, len(p.toks)); n > 0 {
		k = j + n
	}
	for ; k < min(len(p.toks), j+2*nameWords); k++ {
		if p.is(k, intoWords) || p.toks[k].shape == separator && k > j && p.toks[k].lower != ":" {
			if k+1 < len(p.toks) {
				return k
			}
		}
	}
	return -1
}

// not leaves out the suggestions that would give a prospect its own name.
func (p *parser) not(all []Suggestion, j, k int) (out []Suggestion) {
	for _, s := range all {
		if r, ok := p.on(s.Command).command().(Rename); ok && r.Who.ID == r.To.ID {
			continue
		}
		out = append(out, s)
	}
	return out
}

// newNameAt is the name that the rest of the text from k on gives who.
func (p *parser) newNameAt(k int, who Who) (Who, *Unclear) {
	name := p.nameText(k, len(p.toks))
	if p.toks[k].shape == quoted && k+1 == len(p.toks) {
		name = p.toks[k].text
	}
	bad := strings.TrimSpace(name) == "" || p.toks[k].shape == separator || k+1 == len(p.toks) && p.is(k, pronouns+" yet nothing")
	switch {
	case bad:
		return Who{}, &Unclear{Problem: NoName, Understood: "To what name? Such as “rename Acmee to Acme”."}
	case utf8.RuneCountInString(name) > MaxName:
		return Who{}, &Unclear{Problem: NameTooLong, Understood: "A name has at most 200 characters."}
	}
	to := p.whoNamed(name)
	if to.ID != 0 && to.ID == who.ID {
		return Who{Name: name, ID: who.ID}, nil
	}
	if to.ID != 0 || to.Candidates != nil || p.toks[k].shape == quoted && k+1 == len(p.toks) {
		return to, nil
	}
	before := p.text[:p.toks[k].start]
	if end := p.segment(k); end < len(p.toks) { // Acme, Inc.
		return Who{}, &Unclear{Problem: WhereNameEnds, Understood: "Where does the name end?",
			Suggest: []Suggestion{suggest(before + inQuotes(p.cut(k, len(p.toks)))), suggest(before + inQuotes(p.cut(k, end)))}}
	}
	for _, near := range p.nearNames(k, len(p.toks)) {
		if near.ID != who.ID {
			return Who{}, p.didYouMean(k, len(p.toks), name, []Name{near})
		}
	}
	return to, nil
}

// merged is the rename that a merge is, once it is said which name stays.
func (p *parser) merged(k int, who, to Who) Request {
	if to.ID == 0 && to.Candidates == nil {
		return Unclear{Problem: NotKnown, Understood: "“" + to.Name + "” is not one of your prospects.",
			Suggest: []Suggestion{suggest("rename " + canonicalName(who.Name) + " to " + inQuotes(to.Name)), suggest("prospects")}}
	}
	if p.is(k, "to into onto") {
		return Rename{Who: who, To: to}
	}
	a, b := canonicalName(who.Name), canonicalName(to.Name)
	return Unclear{Problem: WhichStays, Understood: "Which name stays?",
		Suggest: []Suggestion{labelled(to.Name+" stays", "rename "+a+" to "+b), labelled(who.Name+" stays", "rename "+b+" to "+a)}}
}

// renameToWhat answers a rename that has one name, or two with nothing between.
func (p *parser) renameToWhat(cmd command, j int) Request {
	w, n := p.knownAt(j, len(p.toks))
	if to, ok := p.wholeName(j + n); ok && n > 0 && cmd == cmdMerge {
		return p.merged(j+n, w, to)
	}
	if n == 0 && p.toks[j].shape == quoted {
		w, n = p.whoNamed(p.toks[j].text), 1
	}
	if n > 0 && j+n < len(p.toks) && !p.is(len(p.toks)-1, intoWords) {
		name := p.rest(p.afterSeparator(j + n))
		return Unclear{Problem: WhereNameEnds, Understood: "Is the new name “" + name + "”?",
			Suggest: []Suggestion{suggest("rename " + p.mentioned(w.Name) + " to " + inQuotes(name))}}
	}
	if n > 0 {
		return Unclear{Problem: NoName, Understood: "Rename " + w.Name + ", but to what? Such as “rename Acmee to Acme”.", Suggest: []Suggestion{labelled("Show "+w.Name, inQuotes(w.Name))}}
	}
	return Unclear{Problem: NoName, Understood: "Which prospect, and to what name? Such as “rename Acmee to Acme”.", Suggest: []Suggestion{suggest("prospects")}}
}
