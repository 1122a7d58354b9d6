package parse

import (
	"strings"
	"unicode/utf8"

	"pitch/store"
)

// intoWords stand between a name and the one it becomes.
const intoWords = "to into as -> → => = with and & onto"

// rename reads "rename Acmee to Acme" and "merge Acmee into Acme". Which of two
// that are merged stays is asked where the words do not say it.
func (p *parser) rename(cmd command, i, j int) Request {
	j = p.led(j)
	if j >= len(p.toks) {
		return Unclear{Problem: NoName, Understood: "Which prospect, and to what name? Such as “rename Acmee to Acme”.", Suggest: []Suggestion{suggest("prospects")}}
	}
	k := p.into(j)
	if k < 0 {
		return p.renameToWhat(j)
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
	if to.ID != 0 && to.ID == who.ID || store.Fold(name) == store.Fold(who.Name) && to.Candidates == nil {
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
func (p *parser) renameToWhat(j int) Request {
	w, n := p.knownAt(j, len(p.toks))
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

// remove reads "delete Acme". An entry is taken back by undo or in the history,
// and everything by forget me.
func (p *parser) remove(i, j int) Request {
	for p.is(j, "the my a an prospect contact lead about") && j+1 < len(p.toks) {
		if _, n := p.knownAt(j, len(p.toks)); n > 0 {
			break
		}
		j++
	}
	if w, ok := p.wholeName(j); ok {
		return Delete{Who: w}
	}
	say := func(what string, instead ...string) Request {
		u := Unclear{Problem: BadArgument, Understood: what}
		for _, command := range instead {
			u.Suggest = append(u.Suggest, suggest(command))
		}
		return u
	}
	switch {
	case j >= len(p.toks):
		return Unclear{Problem: NoName, Understood: "Which prospect is to be deleted?", Suggest: []Suggestion{suggest("prospects"), suggest("undo"), suggest("forget me")}}
	case p.is(j, "last latest previous it that this these those entry mistake change"):
		return say("The last change is taken back with undo; older entries are in the history.", "undo", "history")
	case p.is(j, "all everything everyone data account me us my profile records"):
		if p.is(j, "me us") && j+1 < len(p.toks) { // remove me from the board
			return say("Off the board, no more messages, or everything deleted?", "board off", "stop", "forget me")
		}
		return say("A prospect is deleted by its name. To delete everything about you, there is forget me.", "forget me", "prospects")
	}
	return p.removeOther(i, j)
}

// entryWords are what is about a prospect and is not the prospect.
const entryWords = "note notes entry entries log history activity amount date reminder reminders commitment commitments learning words reason"

// removeOther answers what is no known prospect: an entry, several, or a slip.
func (p *parser) removeOther(i, j int) Request {
	_, n := p.knownAt(j, len(p.toks))
	if k := p.afterSeparator(j + n); n > 0 && k < len(p.toks) {
		if k == j+n && p.is(k, ands) {
			k++
		}
		if _, more := p.knownAt(k, len(p.toks)); more > 0 && k > j+n {
			return p.eachAlone(j, j+n, p.cut(k, k+more))
		}
	}
	if w, ok := p.anyKnown(j); ok && p.is(j, entryWords) {
		return Unclear{Problem: BadArgument, Understood: "A note is changed on the prospect's card, an entry in the history.",
			Suggest: []Suggestion{labelled("Show "+w.Name, inQuotes(w.Name)), suggest("history " + canonicalName(w.Name)), suggest("undo")}}
	}
	if m, verb := longest(p, j, len(p.toks), verbs); verb > 0 && p.namesKnown(j) {
		w, _ := p.anyKnown(j)
		name := canonicalName(w.Name)
		return Unclear{Problem: BadArgument, Understood: "An entry is removed in the history, a commitment is let go.",
			Suggest: []Suggestion{suggest("history " + name), suggest("cancel " + baseForm(m.kind) + " " + name), suggest("undo")}}
	}
	_, u := p.mine(j, len(p.toks))
	if u == nil {
		return nil
	}
	return *u
}
