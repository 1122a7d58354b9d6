// Package parse reads what a founder typed after /pitch: text in, a [Request]
// out. It is pure: no clock, no files, nothing remembered.
//
//	text ── clean ── tokenize ──┬─ a command's word ── misc.go
//	                            ├─ log, or a verb of the past ── log.go
//	                            ├─ commit, "I will", "remind me to" ── commit.go
//	                            └─ a prospect's name ── its card
//
// A log and a promise are a verb (verbs.go), a prospect (who.go) and details
// (details.go): dates (dates.go, calendar.go, clock.go, every.go), money and
// quantities (money.go), reasons (reasons.go). A detail is read wholly or not at
// all; a part between separators that is no detail is a note, or the buyer's
// words, as it was written. A name ends where everything after it, up to the next
// separator, can be read as details.
//
// Nothing is guessed. What has two readings, or words that fit nowhere, is an
// [Unclear] with a button for each reading; every button's command is read once
// more before it is offered.
//
// Dates have a grammar of their own and no library. The direction of time is
// known here (a log looks back, a promise forward), and a date must be consumed
// to its last word: the libraries tried know neither, and misread ISO dates,
// "at 9" and months. "Next Friday" is the Friday of the next calendar week. Hours
// from one to six without am or pm are of the afternoon.
//
// Money without a currency is an amount only where words say so ("for 12k", then
// with an empty Currency); a lone "12k" is asked about. An amount for each of so
// many is multiplied; one "per month" is kept, with the period as a note.
package parse

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"pitch/store"
)

// parser reads one text.
type parser struct {
	text   string
	toks   []token
	open   bool // a quote is never closed
	ctx    Context
	today  store.Day
	known  map[string][]Name // by folded name
	folded []string          // the keys of known, sorted
	found  map[int]match     // what knownAt found, by token

	promise bool // reading a commitment: dates look forward
	turned  bool // a date in front has been put last
	strict  bool // reading on from a new name: capitalised words may belong to it
}

// Command reads what was typed after /pitch.
func Command(text string, ctx Context) Request {
	if ctx.WorkDays == 0 {
		ctx.WorkDays = store.MondayToFriday
	}
	p := &parser{ctx: ctx, today: store.DayOf(ctx.Now), known: make(map[string][]Name)}
	if utf8.RuneCountInString(text) > MaxText {
		return Unclear{Problem: TooLong, Understood: "That is longer than 3,000 characters."}
	}
	for _, name := range ctx.Known {
		key := store.Fold(name.Name)
		p.known[key] = append(p.known[key], name)
	}
	p.folded = slices.Sorted(maps.Keys(p.known))
	req := p.on(text).command()
	if u, ok := req.(Unclear); ok {
		u.Suggest = p.checked(u.Suggest)
		return u
	}
	return req
}

// on is a parser for another text in the same context.
func (p *parser) on(text string) *parser {
	q := *p
	q.text, q.promise, q.strict = clean(text), false, false
	q.toks, q.open = tokenize(q.text)
	q.found = make(map[int]match)
	return &q
}

// maxSuggestions is how many buttons a reply has room for.
const maxSuggestions = 5

// checked keeps the suggestions whose command can be read. One that is unclear
// itself is replaced by its own suggestions.
func (p *parser) checked(all []Suggestion) (kept []Suggestion) {
	add := func(s Suggestion) bool {
		if s.Command = strings.TrimSpace(s.Command); s.Command == "" || utf8.RuneCountInString(s.Command) > MaxText {
			return true
		}
		req := p.on(s.Command).command()
		if u, ok := req.(Unclear); ok {
			all = u.Suggest
			return false
		}
		same := func(k Suggestion) bool { return k.Command == s.Command }
		if len(kept) < maxSuggestions && !slices.ContainsFunc(kept, same) {
			kept = append(kept, s)
		}
		return true
	}
	for _, s := range all {
		if !add(s) {
			for _, inner := range all {
				add(inner)
			}
		}
	}
	return kept
}

// labelLength keeps a label within Slack's 75 characters for a button.
const labelLength = 70

// suggest is a button that says its command.
func suggest(command string) Suggestion { return labelled(command, command) }

func labelled(label, command string) Suggestion {
	if r := []rune(label); len(r) > labelLength {
		label = string(r[:labelLength-1]) + "…"
	}
	return Suggestion{Label: label, Command: command}
}

// instead is the whole text with the tokens [from,to) replaced.
func (p *parser) instead(from, to int, by string) string {
	before, after := p.text[:p.toks[from].start], p.text[p.toks[to-1].end:]
	return strings.ReplaceAll(strings.Join(strings.Fields(before+" "+by+" "+after), " "), " ,", ",")
}

// troubled is the answer where something could be read but not used.
func (p *parser) troubled(t *trouble, form Request) Unclear {
	u := Unclear{Problem: t.problem, Understood: t.say, Form: form}
	for _, by := range t.instead {
		if t.to > t.from && t.to <= len(p.toks) {
			u.Suggest = append(u.Suggest, suggest(p.instead(t.from, t.to, by)))
		}
	}
	return u
}

// from is the text from the i-th token on.
func (p *parser) from(i int) string { return p.cut(i, len(p.toks)) }

// command reads the whole text.
func (p *parser) command() Request {
	if len(p.toks) == 0 {
		if p.text == "" {
			return Today{}
		}
		return p.unknown(0)
	}
	if p.open {
		without := strings.NewReplacer(`"`, "", "“", "", "”", "", "„", "", "«", "", "»", "").Replace(p.text)
		return Unclear{Problem: OpenQuote, Understood: "A quote is opened and not closed.", Suggest: []Suggestion{suggest(without)}}
	}
	i := p.skipNoise(0)
	if i >= len(p.toks) {
		return p.unknown(0)
	}
	if req := p.byWord(i); req != nil {
		return req
	}
	if w, ok := p.wholeName(0); ok {
		return Card{Who: w}
	}
	if req := p.byPromise(i); req != nil {
		return req
	}
	if req := p.introduction(i); req != nil {
		return req
	}
	if req := p.sentSomething(i); req != nil && p.is(i, "sent gave") {
		return req
	}
	if req := p.byDateFirst(i); req != nil {
		return req
	}
	if req := p.byVerb(i); req != nil {
		return req
	}
	if req := p.byEnding(i, false); req != nil {
		return req
	}
	return p.unknown(i)
}

// skipNoise is past the words that only make a command polite.
func (p *parser) skipNoise(i int) int {
	for i < len(p.toks) {
		if p.toks[i].shape == separator {
			i++
			continue
		}
		_, n := longest(p, i, len(p.toks), noise)
		if n == 0 {
			break
		}
		if _, ok := p.wholeName(i); ok {
			break
		}
		i += n
	}
	return i
}

// byWord reads the text as a command with its word in front. Nil where there is
// no such word.
func (p *parser) byWord(i int) Request {
	cmd, n := longest(p, i, len(p.toks), commands)
	rest := i + n
	if n == 0 {
		return nil
	}
	if rest < len(p.toks) {
		if _, ok := p.wholeName(i); ok {
			return nil
		}
	}
	if rest < len(p.toks) && p.toks[rest].lower == ":" {
		rest++
	}
	switch cmd {
	case cmdLog:
		return p.log(p.skipNoise(rest))
	case cmdCommit:
		return p.commit(i, p.skipNoise(rest))
	}
	return p.misc(cmd, i, rest)
}

// byPromise reads "I will call …" and "remind me to …": a promise's words with a
// verb, a count or a date after them. Nil where it is none.
func (p *parser) byPromise(i int) Request {
	_, n := longest(p, i, len(p.toks), promises)
	j := i + n
	if n == 0 {
		return nil
	}
	if j == len(p.toks) {
		if p.is(i, "remind") {
			return CommitForm{}
		}
		return nil
	}
	if !p.startsPromise(j) {
		if p.is(i, "remind") {
			return p.commit(i, j)
		}
		return nil
	}
	return p.commit(i, j)
}

func (p *parser) startsPromise(j int) bool {
	if p.is(j, "also just then definitely to") {
		j++
	}
	if m, n := longest(p, j, len(p.toks), verbs); n > 0 {
		return m.tense == base || m.tense == plural
	}
	if _, n := p.number(j, len(p.toks)); n > 0 {
		_, m := longest(p, j+n, len(p.toks), verbs)
		return m > 0
	}
	p.promise = true
	_, n := p.date(j, len(p.toks), forward)
	p.promise = false
	return n > 0
}

// byDateFirst reads "tomorrow call Jane" and "yesterday I called Jane" as if the
// date stood last. Nil where there is no date and verb.
func (p *parser) byDateFirst(i int) Request {
	if _, ok := p.wholeName(i); ok {
		return nil
	}
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return nil
	}
	_, n := p.date(i, len(p.toks), forward)
	if n == 0 || i+n >= len(p.toks) {
		return nil
	}
	j := p.skipNoise(i + n)
	_, isVerb := longest(p, j, len(p.toks), verbs)
	_, isPromise := longest(p, j, len(p.toks), promises)
	if isVerb == 0 && isPromise == 0 || p.turned {
		return nil
	}
	q := p.on(p.from(j) + ", " + p.cut(i, i+n))
	q.turned = true
	return q.command()
}

// byVerb reads a text that begins with what was or will be done. Nil where it
// does not.
func (p *parser) byVerb(i int) Request {
	m, n := longest(p, i, len(p.toks), verbs)
	if n == 0 {
		if v, k := p.number(i, len(p.toks)); k > 0 && v > 0 {
			if m, n := longest(p, i+k, len(p.toks), verbs); n > 0 && m.outcome == "" {
				return p.eitherTense(i, n+k)
			}
		}
		return nil
	}
	if _, k := p.knownAt(i, len(p.toks)); k > n {
		return nil
	}
	switch m.tense {
	case past:
		return p.log(i)
	case answer:
		// "no thanks" is not a rejection by somebody called Thanks.
		if w, _ := p.knownAt(p.filler(i+n), len(p.toks)); w.ID != 0 || len(w.Candidates) > 0 {
			return p.log(i)
		}
		return Unclear{Problem: NoVerb, Understood: "This may be the answer of somebody new.", Suggest: []Suggestion{suggest("log " + p.from(i))}}
	}
	return p.eitherTense(i, n)
}

// eitherTense reads "call Jane tomorrow" as a promise, "call Jane yesterday" as a
// log, and asks where nothing tells.
func (p *parser) eitherTense(i, n int) Request {
	did, will := "log "+p.from(i), "commit "+p.from(i)
	logged, isLog := p.on(did).command().(Log)
	promised, isCommit := p.on(will).command().(Commit)
	dated := isCommit && !promised.NoDate && promised.DueOn > 0
	switch {
	case isCommit && promised.Every != "", dated && !isLog:
		return promised
	case isLog && !isCommit && logged.OccurredOn < p.today:
		return logged
	}
	verb := p.cut(i, i+n)
	if i+n == len(p.toks) {
		return p.noName(verb, p.on(did).command())
	}
	return Unclear{Problem: WhichTense, Understood: "Has it happened, or will it?",
		Suggest: []Suggestion{labelled(didLabels[logged.Kind], did), labelled("I will "+willLabels[logged.Kind], will)}}
}

// What a button says for a kind that has happened, and for one that will.
var (
	didLabels = map[store.Kind]string{
		store.Call: "I called", store.Email: "I emailed", store.Meeting: "We met", store.Demo: "I gave the demo",
		store.FollowUp: "I followed up", store.Ask: "I asked", "": "It has happened",
	}
	willLabels = map[store.Kind]string{
		store.Call: "call", store.Email: "email", store.Meeting: "meet", store.Demo: "give the demo",
		store.FollowUp: "follow up", store.Ask: "ask", "": "do it",
	}
)
