// Package parse reads what a founder typed after /pitch: text in, a [Request]
// out. It is pure: no clock, no files, nothing remembered.
//
//	text ── clean ── tokenize ──┬─ small talk, something to see ── talk.go, views.go
//	           (words.go)       ├─ a command's word ── misc.go, keep.go, pause.go, board.go, zone.go,
//	                            │     own records ── own.go, rename.go, remove.go, note.go, stance.go, offer.go, coach.go
//	                            ├─ log, or a verb of the past ── log.go … logged.go
//	                            ├─ commit, "I will", "remind me to" ── openings.go, commit.go
//	                            └─ a prospect's name ── its card, what they are (mark.go) or did (ending.go)
//
// A log and a promise are a verb (verbs.go), a prospect (who.go, newname.go) and
// details (details.go, said.go, parts.go): dates (dates.go, relative.go,
// stretch.go, calendar.go, clock.go, every.go), money (money.go, quantity.go) and
// reasons (reasons.go). A detail is read wholly or not at all; a part between
// separators that is no detail is a note, or the buyer's words, as it was written.
// A name ends where everything after it, up to the next separator, can be read as
// details; one close to a known one is asked about (similar.go), and so are several
// in a row (people.go), several things in a line (things.go) and a date that is none (unread.go). A note may say what is
// next (next.go). What cannot be read is answered by nearest.go and suggest.go; what was
// read is written back by canonical.go.
//
// Nothing is guessed. What has two readings, or words that fit nowhere, is an
// [Unclear] with a button for each reading; every button's command is read once
// more before it is offered.
//
// Dates have a grammar of their own and no library. The direction of time is
// known here (a log looks back, a promise forward), and a date must be consumed
// to its last word. olebedev/when, the best of three that were measured, had 9 of
// 13 phrases right: it misread ISO dates and "at 9", and put March in the past.
// "Next Friday" is the Friday of the next calendar week, "next week" and "in March"
// their first working day, and for a count ("5 calls next week") their end. Hours from one to six
// without am or pm are of the afternoon.
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
	trial   bool // reading what a button would do
	part    bool // reading one of several things in a line
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
	q.dropThanks()
	q.found = make(map[int]match)
	return &q
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
	for _, read := range []func() Request{p.wholeQuote, p.smallTalk} {
		if req := read(); req != nil {
			return req
		}
	}
	i := p.skipNoise(0)
	if i >= len(p.toks) {
		return Help{Topic: "welcome"}
	}
	for _, read := range []func(int) Request{p.view, p.byWord} {
		if req := read(i); req != nil {
			return req
		}
	}
	if w, ok := p.wholeName(0); ok {
		return Card{Who: w}
	}
	return p.unled(i)
}

// unled reads what no command's word introduces.
func (p *parser) unled(i int) Request {
	for _, read := range []func(int) Request{p.byPromise, p.introduction, p.sentTo, p.made, p.someCall, p.byDateFirst, p.byVerb} {
		if req := read(i); req != nil {
			return req
		}
	}
	if req := p.statement(i); req != nil {
		return req
	}
	if req := p.byEnding(i, false); req != nil {
		return req
	}
	return p.unknown(i)
}

// wholeQuote reads a command that stands in quotes as one that does not: it was
// copied from the help. Nil where it is a name.
func (p *parser) wholeQuote() Request {
	if len(p.toks) != 1 || p.toks[0].shape != quoted || !strings.Contains(p.toks[0].text, " ") {
		return nil
	}
	if _, ok := p.wholeName(0); ok {
		return nil
	}
	q := p.on(p.toks[0].text)
	if len(q.toks) == 0 || q.open {
		return nil
	}
	_, verb := longest(q, 0, len(q.toks), verbs)
	if _, word := longest(q, 0, len(q.toks), commands); verb+word == 0 {
		return nil
	}
	if req := q.command(); !isUnclear(req) {
		return req
	}
	return nil
}

func isUnclear(req Request) bool {
	_, unclear := req.(Unclear)
	return unclear
}

// byWord reads the text as a command with its word in front. Nil where there is
// no such word.
func (p *parser) byWord(i int) Request {
	cmd, n := longest(p, i, len(p.toks), commands)
	rest := i + n
	if n == 0 {
		return nil
	}
	if _, known := p.knownAt(i, len(p.toks)); known > n || known > 0 && rest < len(p.toks) && i+known == len(p.toks) { // Offer Up said yes
		return nil
	}
	if rest < len(p.toks) && p.toks[rest].lower == ":" {
		rest++
	}
	switch form := p.is(rest, "form") && rest+1 == len(p.toks); {
	case cmd == cmdLog && form:
		return LogForm{}
	case cmd == cmdCommit && form:
		return CommitForm{}
	case cmd == cmdLog:
		return p.log(p.skipNoise(rest))
	case cmd == cmdCommit:
		return p.commit(i, p.skipNoise(rest))
	}
	return p.misc(cmd, i, rest)
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
