package parse

import "pitch/store"

// stanceOf is what each command says of the prospect named after it.
func stanceOf(cmd command) Mark {
	switch cmd {
	case cmdNoContact:
		return Mark{DoNotContact: new(true)}
	case cmdContact:
		return Mark{DoNotContact: new(false)}
	case cmdNoCalls:
		return Mark{Callable: new(false)}
	case cmdCalls:
		return Mark{Callable: new(true)}
	}
	return Mark{FollowUpOn: new(store.Day(0))}
}

// stance reads "do not contact Acme", "don't call Acme, no number" and "no
// follow-up Acme"; what follows the name is a note. Nil where no prospect is named.
func (p *parser) stance(cmd command, i, j int) Request {
	j = p.led(j)
	w, n := p.knownAt(j, len(p.toks))
	if n == 0 {
		return p.stanceOnNobody(cmd, j)
	}
	if i > 0 && p.is(i-1, "i we") { // I don't call Acme
		return Unclear{Problem: BadArgument, Understood: "Is that to be noted of " + w.Name + "?", Suggest: []Suggestion{suggest(p.from(i))}}
	}
	m := stanceOf(cmd)
	m.Who = w
	k := j + n
	again := p.is(k, "again")
	for p.is(k, "again anymore any more ever please by phone date off on now from") {
		if off := p.is(k, "off"); off && cmd == cmdNoContact {
			m.DoNotContact = new(false)
		}
		k++
	}
	switch {
	case p.is(i, "contact") && (!again || k < len(p.toks)): // contact Acme
		return Unclear{Problem: NoVerb, Understood: "Contact " + w.Name + ", but how?",
			Suggest: []Suggestion{suggest("commit call " + p.from(j)), suggest("commit email " + p.from(j)), suggest("contact " + p.cut(j, j+n) + " again")}}
	case k == len(p.toks):
		return m
	case p.is(k, ands) || p.toks[k].lower == ",":
		if _, more := p.knownAt(k+1, len(p.toks)); more > 0 {
			return p.eachAlone(j, k, p.cut(k+1, k+1+more))
		}
	}
	rest := p.afterSeparator(k)
	if _, dated := p.date(rest, len(p.toks), forward); dated > 0 { // until March
		return p.notUntil(cmd, p.cut(j, j+n), rest, dated)
	}
	if k == rest && !p.is(k, aboutWords+" they he she it as") {
		return Unclear{Problem: WhereNameEnds, Understood: "“" + w.Name + "” is the name; are the words after it a note?",
			Suggest: []Suggestion{suggest(p.text[:p.toks[k-1].end] + ", " + p.from(k)), suggest(p.text[:p.toks[k-1].end])}}
	}
	m.Note = p.rest(rest)
	return m
}

// noEmails answers "don't email Acme": there is a mark for the phone and one for
// everything, and anything else is a note. Nil where no prospect is named.
func (p *parser) noEmails(j int) Request {
	j = p.led(j)
	w, n := p.knownAt(j, len(p.toks))
	if n == 0 {
		return nil
	}
	return Unclear{Problem: BadArgument, Understood: "There is a mark for no calls, and one for no contact at all. No emails can be a note.", Suggest: []Suggestion{
		labelled("Note it", "note "+p.cut(j, j+n)+": no emails"), labelled("Do not contact "+w.Name, "do not contact "+p.cut(j, j+n))}}
}

// notUntil answers "don't call Acme until March": a follow-up has a date, the rest
// holds until it is taken back.
func (p *parser) notUntil(cmd command, name string, k, n int) Request {
	u := Unclear{Problem: WhichDay, Understood: "That holds until you take it back. A day can be the next follow-up's."}
	when, _ := p.date(k, k+n, forward)
	if day, _, _, t := p.due(when, false); t == nil {
		u.Suggest = append(u.Suggest, suggest("next follow-up "+name+" "+day.String()))
	}
	always := map[command]string{cmdNoContact: "do not contact ", cmdNoCalls: "don't call ", cmdNoFollowUp: "no follow-up "}[cmd]
	if always != "" {
		u.Suggest = append(u.Suggest, labelled("Always", always+name))
	}
	return u
}

// eachAlone offers one command for each of two prospects.
func (p *parser) eachAlone(j, k int, other string) Request {
	before := p.text[:p.toks[j].start]
	return Unclear{Problem: OneAtATime, Understood: "One prospect at a time.", Suggest: []Suggestion{suggest(before + p.cut(j, k)), suggest(before + other)}}
}

// stanceOnNobody offers the prospects a name may be a slip for. Nil where it is
// none: "no calls today".
func (p *parser) stanceOnNobody(cmd command, j int) Request {
	contact := cmd == cmdNoContact || cmd == cmdNoCalls
	switch {
	case contact && p.is(j, "me us"):
		return p.quiet()
	case j >= len(p.toks):
		_, u := p.mine(j, j)
		return *u
	}
	end := p.segment(j)
	for end > j+1 && p.is(end-1, "again anymore ever") {
		end--
	}
	if _, u := p.mine(j, end); u != nil && (len(u.Suggest) > 1 || cmd == cmdNoContact && p.likeName(j, end)) {
		return *u
	}
	return nil
}
