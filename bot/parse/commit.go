package parse

import (
	"strings"

	"pitch/store"
)

// commit reads a promise whose verb stands at i; lead is where the words that
// introduce it begin.
func (p *parser) commit(lead, i int) Request {
	if i >= len(p.toks) {
		return CommitForm{}
	}
	p.promise = true
	defer func() { p.promise = false }()
	for p.is(i, "to also just then definitely make do a an another the my have "+adjectives) && i+1 < len(p.toks) {
		if _, n := longest(p, i, len(p.toks), verbs); n > 0 {
			break
		}
		if _, n := p.number(i, len(p.toks)); n > 0 {
			break
		}
		i++
	}
	if req := p.commitDateFirst(i); req != nil {
		return req
	}
	if req := p.sentSomething("commit", i); req != nil {
		return req
	}
	if u := p.severalThings(i); u != nil {
		return *u
	}
	count, n := p.number(i, len(p.toks))
	m, k := longest(p, i+n, len(p.toks), verbs)
	switch {
	case k == 0:
		return p.notAVerb(lead, i)
	case m.outcome != "" || m.vague || m.unreached || m.waiting || m.absent:
		return Unclear{Problem: NotACommitment, Understood: "A commitment is something you do: call, email, meet, demo, follow up or ask.",
			Suggest: []Suggestion{suggest("log " + p.from(i)), suggest("commit ask " + p.from(i+n+k))}}
	case n > 0 && (count < 1 || count > MaxCount):
		return Unclear{Problem: CountOutOfRange, Understood: "A commitment is for 1 to 100.", Form: CommitForm{Commit{Kind: m.kind}},
			Suggest: []Suggestion{suggest(p.instead(i, i+n, "10"))}}
	}
	if u := p.twoThings(lead, i+n+k); u != nil {
		return *u
	}
	c := Commit{Kind: m.kind, Count: max(1, count)}
	d := draft{kind: m.kind}
	if m.noun || m.asked != "" {
		p.add(&d.purpose, i+n, i+n+k)
	}
	if m.channel != "" && m.channel != "message" { // that says no more than an email does
		d.purpose.said = join(d.purpose.said, m.channel)
	}
	if v, took := p.number(i+k, len(p.toks)); n == 0 && took > 0 && p.is(i+k+took, crowdWords) && v > 0 && v <= MaxCount { // call 5 people
		c.Count = v
		return p.commitCount(lead, i+k+took+1, true, c, d)
	}
	if n > 0 || m.tense == plural {
		return p.commitCount(lead, i+n+k, n > 0, c, d)
	}
	return p.commitWho(lead, i+k, c, d)
}

// twoThings offers "5 calls and 3 asks by Friday" one at a time.
func (p *parser) twoThings(lead, i int) *Unclear {
	for k := i; k+1 < len(p.toks); k++ {
		if p.toks[k].shape != separator && !p.is(k, "and") {
			continue
		}
		_, n := p.number(k+1, len(p.toks))
		m, took := longest(p, k+1+n, len(p.toks), verbs)
		if n == 0 || took == 0 || m.outcome != "" {
			continue
		}
		rest := k + 1 + n + took
		return &Unclear{Problem: TwoThings, Understood: "One commitment at a time.", Suggest: []Suggestion{
			suggest(strings.TrimSpace(p.cut(lead, k) + " " + p.tailText(rest))), suggest("commit " + p.from(k+1))}}
	}
	return nil
}

func (p *parser) tailText(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	return p.from(i)
}

// commitDateFirst reads "tomorrow to call Acme" as if the date stood last.
func (p *parser) commitDateFirst(i int) Request {
	if p.turned {
		return nil
	}
	_, n := p.date(i, len(p.toks), forward)
	if n == 0 {
		_, _, _, n = p.everyAt(i, len(p.toks))
	}
	if n == 0 || i+n >= len(p.toks) {
		return nil
	}
	j := i + n
	for j < len(p.toks) && (p.toks[j].shape == separator || p.is(j, "to i will i'll")) {
		j++
	}
	if j >= len(p.toks) {
		return nil
	}
	if _, k := longest(p, j, len(p.toks), verbs); k == 0 {
		if _, isNumber := p.number(j, len(p.toks)); isNumber == 0 {
			return nil
		}
	}
	q := p.on("commit " + p.from(j) + ", " + p.cut(i, i+n))
	q.turned = true
	return q.command()
}

// commitCount reads what follows "5 calls": a day, how often, perhaps a prospect.
func (p *parser) commitCount(lead, i int, counted bool, c Commit, d draft) Request {
	end := p.segment(i)
	if next, ok := p.tail(i, end, &d); ok {
		if !counted && i == len(p.toks) {
			return CommitForm{c}
		}
		p.parts(next, &d)
		return p.promised(lead, c, d)
	}
	return p.commitWho(lead, i, c, d)
}

func (p *parser) commitWho(lead, i int, c Commit, d draft) Request {
	var got named
	u := p.crowd(i, meaning{kind: c.Kind})
	if u == nil {
		got, u = p.who(i, d)
	}
	if u == nil {
		u = p.others(got)
	}
	if u == nil {
		u = p.whichName(got)
	}
	if u != nil {
		u.Form = CommitForm{c}
		if u.Problem == NoName {
			u.Understood = "A commitment, but with whom?"
			verb := baseForm(c.Kind)
			if p.is(i, pronouns) {
				i++
			}
			u.Suggest = append(p.nearestNames("commit "+verb, i), suggest("commit 1 "+verb+" "+p.tailText(i)))
		}
		return *u
	}
	if m, _ := p.verbBefore(got.from); m.known && got.who.ID == 0 && got.who.Candidates == nil && p.toks[got.from].shape != quoted {
		_, verb := p.verbStart(lead)
		u := p.notKept(verb, store.Email, store.Ask)
		if p.capital(got.from) && !p.allCapitals() {
			u.Suggest = append([]Suggestion{suggest(strings.TrimSpace("commit email " + inQuotes(got.who.Name) + " " + p.tailText(got.to)))}, u.Suggest...)
		}
		return u
	}
	c.Who, d = got.who, got.d
	p.parts(got.next, &d)
	return p.promised(lead, c, d)
}

// promised finishes a promise: its day, time and recurrence.
func (p *parser) promised(lead int, c Commit, d draft) Request {
	c.Sentence, c.For, c.Every = d.sentence.said, d.purpose.said, d.every
	for _, more := range []string{d.note.said, d.channel} {
		if more != "" {
			c.For = join(c.For, more)
		}
	}
	if d.trouble != nil {
		return p.troubled(d.trouble, CommitForm{c})
	}
	w := d.when
	if c.Every != "" {
		return p.recurring(c, d)
	}
	if w.zero() {
		c.NoDate = true
		c.Choices = p.choices(c)
		return c
	}
	day, clock, at, t := p.due(w, c.Who.Name == "" || c.Count > 1)
	if t == nil && day > p.today+MaxAhead {
		t = &trouble{problem: TooFar, say: "That is more than two years ahead."}
	}
	if t != nil {
		if t.problem == PastCommit && lead < len(p.toks) {
			t.from, t.to = p.verbStart(lead)
		}
		u := p.troubled(t, CommitForm{c})
		if t.problem == TimePassed {
			c.DueOn, c.At = p.today+1, w.clock
			u.Suggest = append(u.Suggest, suggest(c.String()))
		}
		return u
	}
	c.DueOn, c.At, c.DueAt = day, clock, at
	return c
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// verbStart is the run of words that introduce a promise, to be replaced by log.
func (p *parser) verbStart(lead int) (from, to int) {
	for k := lead; k < len(p.toks); k++ {
		if _, n := longest(p, k, len(p.toks), verbs); n > 0 {
			return lead, max(k, lead+1)
		}
	}
	return lead, lead + 1
}
