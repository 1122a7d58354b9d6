package parse

import (
	"strings"

	"pitch/store"
)

// nameAfter is the name at i as it can stand in a command, and the token after it;
// "" where nobody is named.
func (p *parser) nameAfter(i int) (name string, next int) {
	for i < len(p.toks) && (p.toks[i].shape == separator || p.is(i, "from by at yet")) {
		i++
	}
	if i = p.filler(i); i >= len(p.toks) {
		return "", i
	}
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return p.cut(i, i+n), i + n
	}
	if p.toks[i].shape == quoted {
		return p.cut(i, i+1), i + 1
	}
	if at, n := p.knownFrom(i); at >= 0 {
		return p.cut(at, at+n), at + n
	}
	j := i
	for j < p.segment(i) && p.likeName(i, j+1) && !p.startsDetail(j) {
		j++
	}
	if j == i || p.nobody(i, j) {
		return "", i
	}
	return inQuotes(p.nameText(i, j)), j
}

// startsDetail reports whether a detail or an ending begins at j.
func (p *parser) startsDetail(j int) bool {
	if _, n := longest(p, j, len(p.toks), endings); n > 0 {
		return true
	}
	return p.item(j, p.segment(j), &draft{kind: store.Ask}) > 0
}

// stillOpen answers "no reply from Acme": nothing has happened, and the ask is as
// open as it was.
func (p *parser) stillOpen(i int) Request {
	name, _ := p.nameAfter(i)
	u := Unclear{Problem: StillOpen, Understood: "No answer yet: the ask stays open, and there is nothing to log."}
	if name == "" {
		u.Understood = "No answer yet: the ask stays open. From whom?"
		for _, one := range p.ctx.Known[:min(3, len(p.ctx.Known))] {
			u.Suggest = append(u.Suggest, suggest("log ghosted "+canonicalName(one.Name)))
		}
		return u
	}
	u.Suggest = []Suggestion{labelled("Follow up tomorrow", "commit follow up "+name+" tomorrow"), labelled("They went quiet", "log ghosted "+name), labelled("Snooze", "snooze "+name+" tomorrow")}
	return u
}

// notHeld answers "no show": what was planned did not take place.
func (p *parser) notHeld(i int) Request {
	name, _ := p.nameAfter(i)
	u := Unclear{Problem: NotHeld, Understood: "They did not come, so no conversation took place. Was it a call?"}
	if name == "" {
		u.Problem, u.Understood, u.Form = NoName, "A no-show, but whose?", LogForm{}
		return u
	}
	u.Suggest = []Suggestion{labelled("A call: not reached", "log call "+name+", no answer"), labelled("Meet again", "commit meeting "+name), labelled("Follow up tomorrow", "commit follow up "+name+" tomorrow")}
	return u
}

// wordsFirst reads "no budget at Globex": their words stand before a prospect that
// is known. Nil where they do not.
func (p *parser) wordsFirst(i int, m meaning) Request {
	if m.outcome != store.Lost || p.turned || i >= len(p.toks) || p.toks[p.filler(i)].shape == quoted {
		return nil
	}
	if _, n := p.knownAt(p.filler(i), len(p.toks)); n > 0 {
		return nil
	}
	at, n := p.knownFrom(i)
	if at < 0 {
		return nil
	}
	k := at
	for k > i && (p.toks[k-1].shape == separator || p.is(k-1, fillers)) {
		k--
	}
	if k == i || !p.saysWhy(i, k) && p.capital(i) {
		return nil
	}
	said := p.cut(i, k)
	if _, n := longest(p, i-1, k, inside); p.is(i-1, "no") && (n > 0 || labelOrWhole(p, i-1, k) != "") {
		said = p.cut(i-1, k)
	}
	command := "log no " + p.cut(at, at+n) + ", " + said
	if rest := p.tailText(p.afterSeparator(at + n)); rest != "" {
		command += ", " + rest
	}
	if !p.saysWhy(i, k) {
		return Unclear{Problem: WhichName, Understood: "A no, but from whom?", Form: LogForm{Kind: store.Ask},
			Suggest: []Suggestion{suggest(command), suggest(p.instead(i, at+n, inQuotes(p.cut(i, at+n))))}}
	}
	q := p.on(command)
	q.turned = true
	return q.command()
}

// saysWhy reports whether the words [i,k) after a no are a reason, or nobody's name.
func (p *parser) saysWhy(i, k int) bool {
	if r, _ := p.reasonOf(i, k); r != "" || p.nobody(i, k) {
		return true
	}
	r, _ := p.reasonOf(i-1, k)
	return r != "" && p.is(i-1, "no") || p.is(i, pronouns+" because it's its was is "+breakers)
}

// fromWhom asks whose answer it is; what was said with it is kept.
func (p *parser) fromWhom(m meaning, rest int) Request {
	return p.noLogName(0, p.afterSeparator(rest), m)
}

// adjectives may stand before "call" without a meaning of their own.
const adjectives = "great good nice quick short long productive first second third brief amazing awesome bad tough hard lovely interesting very really super big follow-up discovery sales intro online phone video little new"

// hadA reads "had a great demo with Jane" as "demo with Jane".
func (p *parser) hadA(i int) Request {
	j := i
	if p.is(j, "had did gave took got finished made") {
		j++
	}
	if p.is(j, "a an another my our the") {
		j++
	}
	k := j
	for p.is(k, adjectives) && k < j+3 {
		if _, n := longest(p, k, len(p.toks), verbs); n > 1 {
			break
		}
		k++
	}
	m, n := longest(p, k, len(p.toks), verbs)
	if k == i || n == 0 || m.tense != base || !m.harmless() || k == j && !p.is(i, "had did gave took got finished made") || k > j && !p.is(k+n, "with to for at") && !p.is(k+n-1, "with to for at") {
		return nil
	}
	if _, known := longest(p, i, len(p.toks), verbs); known > 0 {
		return nil
	}
	if _, known := p.knownAt(i, len(p.toks)); known > 0 || p.turned {
		return nil
	}
	q := p.on("log " + p.from(k))
	q.turned = true
	return q.command()
}

// whatTheyWant answers "Bob wants a pilot": agreed, or only asked for? Nil where
// what they want is nothing to ask for.
func (p *parser) whatTheyWant(name string, i int) Request {
	for p.is(i, "a an the") {
		i++
	}
	end := p.segment(i)
	d := draft{kind: store.Ask, alone: true}
	_, asked := longest(p, i, end, askedWords)
	if asked == 0 {
		_, asked = longest(p, i, end, askedAfterFor)
		if p.is(i, "call demo meeting follow-up date") {
			return nil
		}
	}
	if p.is(i, "to") && p.is(i+1, "buy order sign purchase") {
		asked = 2
	}
	if n := p.item(i, end, &d); asked == 0 && (n == 0 || d.quantity == 0 && !d.hasPrice) {
		return nil
	}
	what := p.from(i)
	return Unclear{Problem: WhichAsk, Understood: "Did they agree to it, or is it still open?", Form: LogForm{Kind: store.Ask},
		Suggest: []Suggestion{labelled("They agreed", "log yes "+name+", "+what), labelled("It is still open", "log ask "+name+", "+what)}}
}

// letterOfIntent answers "LOI from Bob": signed, or asked for?
func (p *parser) letterOfIntent(m meaning, i int) Request {
	name, next := p.nameAfter(i)
	if name == "" {
		return Unclear{Problem: NoName, Understood: "A letter of intent, but from whom?", Form: LogForm{Kind: store.Ask}}
	}
	rest := strings.TrimSuffix(", "+p.tailText(p.afterSeparator(next)), ", ")
	note := ", note: " + inQuotes(m.words) + rest
	return Unclear{Problem: WhichAsk, Understood: "Is it signed, or did you ask for it?", Form: LogForm{Kind: store.Ask},
		Suggest: []Suggestion{labelled("Signed: a yes", "log yes "+name+note), labelled("I asked for it", "log ask "+name+note)}}
}

// someCall reads hadA without the word log. What only calls a call great may be
// still to come.
func (p *parser) someCall(i int) Request {
	req := p.hadA(i)
	if req != nil && !p.is(i, "had gave took made") {
		return p.eitherTense(i, 1)
	}
	return req
}
