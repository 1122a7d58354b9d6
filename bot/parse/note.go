package parse

import (
	"strings"

	"pitch/store"
)

// note reads "note Acme: likes short emails" and "note for Acme likes dogs": a
// known prospect, and the rest of the text as it was written.
func (p *parser) note(i, j int) Request {
	j = p.led(j)
	if j >= len(p.toks) {
		return Unclear{Problem: NoName, Understood: "A note, but for whom? Such as “note Acme: likes short emails”.", Suggest: []Suggestion{suggest("prospects")}}
	}
	w, n := p.knownAt(j, len(p.toks))
	if n == 0 {
		return p.noteOnNobody(j)
	}
	k := p.afterSeparator(j + n)
	for k == j+n && k+1 < len(p.toks) && p.is(k, "that") {
		k++
	}
	said := p.rest(k)
	switch {
	case said == "" && p.is(i, "notes"):
		return Card{Who: w}
	case said == "":
		return Unclear{Problem: BadArgument, Understood: "A note on " + w.Name + ", but nothing in it.", Suggest: []Suggestion{labelled("Show "+w.Name, inQuotes(w.Name))}}
	}
	return Mark{Who: w, Note: said}
}

// noteOnNobody answers a note whose prospect is not known.
func (p *parser) noteOnNobody(j int) Request {
	end := p.segment(j)
	if end < len(p.toks) || len(p.nearNames(j, j+1)) > 0 {
		if end == len(p.toks) {
			end = j + 1
		}
		if _, u := p.mine(j, end); u != nil {
			if name := p.nameText(j, end); strings.TrimSpace(name) != "" && p.toks[j].lower != "" && p.likeName(j, end) && end+1 < len(p.toks) {
				u.Suggest = append(u.Suggest, labelled("“"+name+"” is somebody new", "add "+inQuotes(name)+", note: "+inQuotes(p.rest(end+1))))
			}
			return *u
		}
	}
	u := Unclear{Problem: NoName, Understood: "A note, but for whom?"}
	for _, one := range p.ctx.Known[:min(3, len(p.ctx.Known))] {
		u.Suggest = append(u.Suggest, suggest("note "+canonicalName(one.Name)+": "+p.from(j)))
	}
	return u
}

// followUpOn reads "next follow-up Acme 3 March", with the day before or after the
// name. A reminder at a time is a commitment's.
func (p *parser) followUpOn(i, j int) Request {
	if j = p.led(j); j >= len(p.toks) {
		return Today{}
	}
	command := p.cut(i, j)
	at, n := p.knownFrom(j)
	if at < 0 {
		return p.followUpNobody(j)
	}
	w, _ := p.knownAt(at, len(p.toks))
	name := p.cut(at, at+n)
	k := p.afterSeparator(at + n)
	for p.is(k, "is to for on") && k+1 < len(p.toks) {
		if _, dated := p.date(k, len(p.toks), forward); dated > 0 {
			break
		}
		k++
	}
	when, took := p.date(k, len(p.toks), forward)
	whole := at == j && took > 0 && k+took == len(p.toks)
	if at > j && k >= len(p.toks) {
		when, took = p.date(j, at, forward)
		end := j + took
		for p.is(end, leadWords) && end < at {
			end++
		}
		whole = took > 0 && end == at
	}
	switch {
	case whole:
		return p.followUpDay(w, name, when)
	case at == j && p.is(k, "none never off no clear remove") && k+1 == len(p.toks):
		return Mark{Who: w, FollowUpOn: new(store.Day(0))}
	}
	return Unclear{Problem: NoDate, Understood: "Follow up with " + w.Name + ", but on which day?", Suggest: p.dayChoices(strings.TrimSpace(command+" "+name) + " ")}
}

func (p *parser) followUpDay(w Who, name string, when when) Request {
	if when.trouble != nil {
		u := p.troubled(when.trouble, nil)
		if len(u.Suggest) == 0 {
			u.Suggest = p.dayChoices("next follow-up " + name + " ")
		}
		return u
	}
	day, clock, _, t := p.due(when, false)
	switch {
	case t != nil:
		return Unclear{Problem: t.problem, Understood: "A follow-up is ahead; that has passed.", Suggest: p.dayChoices("next follow-up " + name + " ")}
	case day > p.today+MaxAhead:
		return Unclear{Problem: TooFar, Understood: "That is more than two years ahead."}
	case clock != "":
		return Unclear{Problem: BadDate, Understood: "A follow-up date has no time; a commitment has one, and a reminder.",
			Suggest: []Suggestion{suggest("commit follow up " + name + " on " + day.String() + " at " + string(clock)), suggest("next follow-up " + name + " " + day.String())}}
	}
	return Mark{Who: w, FollowUpOn: new(day)}
}

// followUpNobody asks who is meant where a date follows a name nobody has used.
// Nil where nothing reads like one.
func (p *parser) followUpNobody(j int) Request {
	for k := j + 1; k <= min(len(p.toks), j+nameWords); k++ {
		_, n := p.date(k, len(p.toks), forward)
		if k < len(p.toks) && (n == 0 || k+n < len(p.toks)) {
			continue
		}
		end := k
		if p.toks[end-1].shape == separator {
			end--
		}
		if _, u := p.mine(j, end); u != nil {
			return *u
		}
	}
	return nil
}

// dayChoices are the usual days after a command.
func (p *parser) dayChoices(command string) (out []Suggestion) {
	for _, day := range p.choices(Commit{})[1:] {
		out = append(out, labelled(day.Label, command+strings.ToLower(day.Label)))
	}
	return append(out, labelled("In a week", command+"in a week"))
}
