package parse

import (
	"fmt"
	"slices"
	"strings"

	"pitch/store"
)

// noVerb answers a log that does not say what happened: a slip of the finger, or
// a name alone.
func (p *parser) noVerb(i int) Request {
	rest := p.from(i)
	u := Unclear{Problem: UnknownVerb, Understood: "“" + p.cut(i, i+1) + "” is not something Pitch can log.", Form: LogForm{}}
	if w, n := p.knownAt(i, len(p.toks)); n > 0 {
		u.Problem, u.Understood = NoVerb, w.Name+", but not what happened."
		if m, k := longest(p, p.afterSeparator(i+n), len(p.toks), verbs); k > 0 { // Acme call
			j := p.afterSeparator(i + n)
			u.Suggest = append(u.Suggest, suggest(strings.TrimSuffix("log "+m.label()+" "+p.cut(i, i+n)+", "+p.tailText(p.afterSeparator(j+k)), ", ")))
			return u
		}
		u.Form = LogForm{Log: Log{Who: w}}
		if r, _ := p.reasonOf(p.afterSeparator(i+n), len(p.toks)); r != "" { // Acme chose a competitor
			u.Suggest = append(u.Suggest, suggest("log no "+p.cut(i, i+n)+", "+p.from(p.afterSeparator(i+n))))
		}
		if called, _ := p.on("log call " + rest).command().(Unclear); called.Problem != WhichAsk {
			u.Suggest = append(u.Suggest, suggest("log call "+rest))
		}
		u.Suggest = append(u.Suggest, suggest("log ask "+rest))
		return u
	}
	typed := p.word(i)
	near, _ := nearestWord(typed, verbs, meaning.harmless)
	if other, _ := nearestWord(typed, verbs, func(m meaning) bool { return !m.harmless() }); other != "" && near == "" && slip(typed, other) {
		near = other
	}
	if near != "" {
		u.Suggest = append(u.Suggest, suggest(strings.TrimSpace("log "+near+" "+p.from(i+1))))
		return u
	}
	if near := p.nearestPair(i); near != "" { // folow up
		u.Suggest = append(u.Suggest, suggest(strings.TrimSpace("log "+near+" "+p.tailText(i+2))))
		return u
	}
	if p.looksLikeNameTo(i, p.segment(i)) {
		u.Problem, u.Understood = NoVerb, "“"+p.cut(i, p.segment(i))+"”, but not what happened."
		u.Suggest = append(u.Suggest, suggest("log call "+rest), suggest("log ask "+rest), suggest("log email "+rest))
	}
	return u
}

func (p *parser) afterSeparator(i int) int {
	if i < len(p.toks) && p.toks[i].shape == separator {
		return i + 1
	}
	return i
}

// nameOrVerb asks where a known prospect's name begins like a verb: Ask Jeeves.
func (p *parser) nameOrVerb(i, n, k int, w Who) Request {
	name, after := inQuotes(w.Name), p.from(i+k)
	if i+k < len(p.toks) && p.toks[i+k].shape != separator {
		after = " " + after
	}
	verb, _ := p.phrase(i, i+n)
	return Unclear{Problem: NoVerb, Understood: "“" + w.Name + "” is a prospect of yours: what happened?", Form: LogForm{Log: Log{Who: w}},
		Suggest: []Suggestion{suggest("log call " + name + after), suggest("log ask " + name + after), suggest("log " + verb + " " + inQuotes(p.cut(i+n, i+k)) + after)}}
}

// nearestNames offers the founder's prospects after a command.
func (p *parser) nearestNames(command string, i int) (out []Suggestion) {
	rest := ""
	if i < len(p.toks) {
		rest = p.from(i)
	}
	for _, one := range p.ctx.Known[:min(3, len(p.ctx.Known))] {
		out = append(out, suggest(strings.TrimSpace(command+" "+canonicalName(one.Name)+" "+rest)))
	}
	return out
}

func (p *parser) noLogName(start, i int, m meaning) Request {
	u := p.noName(m.label(), LogForm{Kind: m.kind})
	if v, ok := u.(Unclear); ok {
		rest := ""
		if p.is(i, pronouns+" yet") && (i+1 == len(p.toks) || p.toks[i+1].shape == separator) {
			i = p.afterSeparator(i + 1)
		}
		if i < len(p.toks) {
			rest = p.from(i)
		}
		v.Suggest = nil
		if m.words != "" {
			rest = strings.TrimSuffix(m.words+", "+rest, ", ")
		}
		if m.outcome == store.Lost {
			v.Understood = "A no, but from whom?"
		}
		for _, one := range p.ctx.Known[:min(3, len(p.ctx.Known))] {
			v.Suggest = append(v.Suggest, suggest(strings.TrimSuffix("log "+m.label()+" "+canonicalName(one.Name)+", "+rest, ", ")))
		}
		return v
	}
	return u
}

// noName answers a verb with nobody after it.
func (p *parser) noName(verb string, form Request) Request {
	if u, ok := form.(Unclear); ok {
		return u
	}
	return Unclear{Problem: NoName, Understood: "“" + verb + "”, but not with whom.", Form: form, Suggest: p.nearestNames("log "+verb, len(p.toks))}
}

// whichOutcome answers "maybe": later, no answer yet, or no.
func (p *parser) whichOutcome(i int) Request {
	if i >= len(p.toks) {
		return Unclear{Problem: NoName, Understood: "A maybe, but not from whom.", Form: LogForm{Kind: store.Ask}}
	}
	var name string
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		name = p.cut(i, i+n)
	} else {
		name, _ = p.nameAfter(i)
		if name == "" {
			return Unclear{Problem: NoName, Understood: "A maybe, but not from whom.", Form: LogForm{Kind: store.Ask}}
		}
	}
	return Unclear{Problem: WhichOutcome, Understood: "A maybe is later, no answer yet, or a no.", Form: LogForm{Kind: store.Ask},
		Suggest: []Suggestion{labelled("Later", "log not now "+name), labelled("No answer yet", "log ask "+name+", no answer yet"), labelled("No", "log no "+name)}}
}

// whichAsk answers "pilot Acme": asked for, or agreed?
func (p *parser) whichAsk(i, n int, m meaning) Request {
	j := p.filler(i + n)
	if j >= len(p.toks) {
		return Unclear{Problem: NoName, Understood: "“" + p.cut(i, i+n) + "”, but not with whom.", Form: LogForm{Kind: store.Ask, Log: Log{Asked: m.asked}}}
	}
	noun, end := string(m.asked), p.segment(j)
	name, rest := p.cut(j, end), p.from(end)
	if _, k := p.knownAt(j, len(p.toks)); k > 0 {
		name, rest = p.cut(j, j+k), p.from(j+k)
		if rest != "" && p.toks[j+k].shape != separator {
			rest = ", " + rest
		}
	}
	return Unclear{Problem: WhichAsk, Understood: "Did you ask for the " + noun + ", or did they agree?", Form: LogForm{Kind: store.Ask, Log: Log{Asked: m.asked}},
		Suggest: []Suggestion{labelled("I asked for it", "log ask "+name+", "+noun+rest), labelled("They agreed", "log yes "+name+", "+noun+rest)}}
}

// notAVerb answers a promise whose verb is not known.
func (p *parser) notAVerb(lead, i int) Request {
	u := Unclear{Problem: UnknownVerb, Understood: "“" + p.cut(i, i+1) + "” is not something Pitch can plan.", Form: CommitForm{}}
	doing := func(m meaning) bool { return m.outcome == "" && !m.vague && !m.noun && !m.unreached }
	_, n := p.number(i, len(p.toks))
	if i+n >= len(p.toks) {
		return u
	}
	if near, at := nearestWord(p.word(i+n), verbs, doing); near != "" && i+n+1 < len(p.toks) && (at < 2 || len(p.word(i+n)) > 5) {
		u.Suggest = append(u.Suggest, suggest(p.instead(i+n, i+n+1, near)))
		return u
	}
	j := i
	for p.is(j, "about of on with") && j+1 < len(p.toks) {
		j++
	}
	if _, known := p.knownAt(j, len(p.toks)); n == 0 && (known > 0 || p.toks[j].shape == quoted || p.capital(j) && !p.allCapitals()) {
		u.Suggest = append(u.Suggest, suggest("commit call "+p.from(j)), suggest("commit ask "+p.from(j)))
		return u
	}
	return p.notKept(i, store.Ask, store.Call)
}

// unknown answers what is neither a command, a verb nor a prospect.
func (p *parser) unknown(i int) Request {
	u := Unclear{Problem: UnknownVerb, Understood: "That is not a command Pitch knows."}
	if i >= len(p.toks) {
		u.Suggest = []Suggestion{suggest("help"), suggest("today")}
		return u
	}
	if req := p.namesAlone(i); req != nil {
		return req
	}
	if w, n := p.knownAt(i, len(p.toks)); n > 0 {
		if p.longerName(w, i, i+n, len(p.toks), draft{}) != nil && p.likeName(i, len(p.toks)) { // Acme Inc
			return p.somebodyNew(i)
		}
		return p.noVerbOrCard(i, w)
	}
	typed := p.word(i)
	cmd, a := nearestWord(typed, commands, func(command) bool { return true })
	verb, b := nearestWord(typed, verbs, func(m meaning) bool { return m.tense != answer && m.harmless() && len(typed) > 3 })
	type found struct {
		w  string
		at int
	}
	near := []found{{cmd, a}, {verb, b}}
	slices.SortStableFunc(near, func(x, y found) int { return x.at - y.at })
	if req := p.unkept(i); near[0].at >= 2 && req != nil && commands[cmd] != cmdLog && commands[cmd] != cmdCommit {
		return req
	}
	for _, f := range near {
		if f.w != "" && f.at == near[0].at {
			u.Suggest = append(u.Suggest, suggest(strings.TrimSpace(f.w+" "+p.from(i+1))))
		}
	}
	if len(u.Suggest) == 0 && (p.looksLikeName(i) || len(p.nearNames(i, len(p.toks))) > 0) {
		return p.somebodyNew(i)
	}
	if u.Suggest = append(u.Suggest, suggest("help")); len(u.Suggest) == 1 {
		u.Suggest = append(u.Suggest, suggest("today"))
	}
	return u
}

// noVerbOrCard answers a known name with more words after it.
func (p *parser) noVerbOrCard(i int, w Who) Request {
	req := p.noVerb(i)
	if u, ok := req.(Unclear); ok {
		u.Suggest = append(p.aside(i), append(u.Suggest, labelled("Show "+w.Name, inQuotes(w.Name)))...)
		return u
	}
	return req
}

// badArgument answers a known command with words that say nothing to it.
func (p *parser) badArgument(i int, what string, instead ...string) Request {
	u := Unclear{Problem: BadArgument, Understood: fmt.Sprintf("%s: %s.", strings.ToLower(p.cut(i, i+1)), what)}
	for _, command := range instead {
		u.Suggest = append(u.Suggest, suggest(command))
	}
	return u
}
