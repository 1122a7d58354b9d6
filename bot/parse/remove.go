package parse

// prospectAt is past the words that say a prospect's name follows.
func (p *parser) prospectAt(j int) int {
	for p.is(j, "the my a an prospect contact lead about") && j+1 < len(p.toks) {
		if _, n := p.knownAt(j, len(p.toks)); n > 0 {
			break
		}
		j++
	}
	return j
}

// remove reads "delete Acme". An entry is taken back by undo or in the history,
// and everything by forget me.
func (p *parser) remove(i, j int) Request {
	j = p.prospectAt(j)
	if w, n := p.knownAt(j, len(p.toks)); n > 0 {
		end := j + n
		for p.is(end, "now forever completely permanently entirely too") || p.is(end, "from") && p.is(len(p.toks)-1, "list prospects pipeline contacts") {
			if end++; p.is(end, "my the list prospects pipeline contacts") {
				end = len(p.toks)
			}
		}
		if end == len(p.toks) {
			return Delete{Who: w}
		}
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
