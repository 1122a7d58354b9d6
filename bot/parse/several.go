package parse

import (
	"fmt"
	"strings"

	"pitch/store"
)

// others asks where a known prospect stands by itself after the first.
func (p *parser) others(got named) *Unclear {
	for i := got.next; i < len(p.toks); i = p.segment(i) + 1 {
		if p.toks[i].shape == separator {
			continue
		}
		w, n := p.knownAt(i, len(p.toks))
		for n > 0 && p.is(i+n, "and & +") { // Bob and Ada
			_, more := p.knownAt(i+n+1, len(p.toks))
			if more == 0 {
				break
			}
			n += 1 + more
			w = Who{Name: p.cut(i, i+n)}
		}
		t := draft{kind: got.d.kind}
		if _, ok := p.tail(min(i+n, len(p.toks)), p.segment(i), &t); n == 0 || !ok || w.ID != 0 && w.ID == got.who.ID || i == 0 || p.toks[i-1].lower == ":" || p.toks[i].shape == quoted && got.d.outcome != "" {
			continue
		}
		return p.twoPeople(got.from, i+n, got.who.Name, w.Name)
	}
	return nil
}

// crowdWords are the words for people who are not named.
const crowdWords = "people persons prospects leads customers companies contacts clients founders folks users startups strangers developers devs more new"

// made reads "made 5 calls today" as "5 calls today".
func (p *parser) made(i int) Request {
	if !p.is(i, "made sent had gave did held ran wrote got placed booked") {
		return nil
	}
	return p.several(i + 1)
}

// several reads "5 calls": a count opens the form.
func (p *parser) several(i int) Request {
	count, n := p.number(i, len(p.toks))
	if n == 0 || p.is(i, "a") {
		return nil
	}
	j := i + n
	for p.is(j, "new more quick short good") {
		j++
	}
	m, k := longest(p, j, len(p.toks), verbs)
	switch {
	case k == 0 || m.vague || m.waiting || m.absent:
		return nil
	case m.outcome != "" && m.tense == plural:
		return Unclear{Problem: OneAtATime, Understood: "One answer at a time: from whom?", Form: LogForm{Kind: store.Ask}, Suggest: p.nearestNames("log "+m.label(), len(p.toks))}
	case m.outcome != "":
		return nil
	}
	if u := p.moreKinds(i, j+k); u != nil {
		return *u
	}
	return p.countForm(count, i, j+k, m)
}

// counted reads "called 4 prospects" and "calls 5": a count where a name stands
// opens the form too. Nil where the number begins a name.
func (p *parser) counted(i int, m meaning) Request {
	if p.is(i, "some several many few lots") && m.outcome == "" && p.is(i+1, "of "+crowdWords) && i+2 == len(p.toks) {
		return LogForm{Kind: m.kind}
	}
	count, n := p.number(i, len(p.toks))
	if n == 0 || m.outcome != "" || m.noun || m.hint != "" {
		return nil
	}
	j := i + n
	if p.is(j, "of") {
		j++
	}
	group := p.is(j, crowdWords)
	for p.is(j, crowdWords) {
		j++
	}
	if _, dated := p.date(j, len(p.toks), back); !group && j < len(p.toks) && (dated == 0 || j+dated < len(p.toks)) {
		return nil
	}
	if !group && m.kind == store.Ask && m.tense == base { // ask 10: of whom?
		return nil
	}
	return p.countForm(count, i, j, m)
}

// countForm is the form for so many, with the names and the day that follow at j.
func (p *parser) countForm(count, i, j int, m meaning) Request {
	if count < 1 || count > MaxCount {
		return Unclear{Problem: CountOutOfRange, Understood: "That many can't be logged at once: 1 to 100.", Form: LogForm{Kind: m.kind},
			Suggest: []Suggestion{suggest("log 10 " + pluralOf(m.kind))}}
	}
	f := LogForm{Kind: m.kind, Count: count, Log: Log{Relationship: m.relation}}
	if k := p.filler(j); p.is(k, crowdWords) {
		j = k + 1
	}
	if j >= len(p.toks) {
		return f
	}
	names, next := p.names(p.filler(j))
	if len(names) == 1 {
		if got, u := p.who(j, draftOf(m)); u == nil {
			if l, ok := p.logged(i, m, got).(Log); ok {
				f.Log = l
				return f
			}
		}
	}
	f.Names = names
	p.fillIn(next, &f)
	return f
}

// fillIn puts what follows the names into the form.
func (p *parser) fillIn(next int, f *LogForm) {
	d := draft{kind: f.Kind}
	p.parts(next, &d)
	if d.trouble == nil && d.when.stretch == "" && d.when.from <= p.today {
		f.Log.OccurredOn = d.when.from
	}
	f.Log.Note, f.Log.Unreached = d.note.said, d.missed
}

// moreKinds offers "5 calls, 2 asks" one at a time.
func (p *parser) moreKinds(i, j int) *Unclear {
	k := p.afterSeparator(j)
	if p.is(k, ands) {
		k++
	}
	_, n := p.number(k, len(p.toks))
	if _, took := longest(p, k+n, len(p.toks), verbs); n == 0 || took == 0 {
		return nil
	}
	return &Unclear{Problem: TwoThings, Understood: "One kind at a time.", Suggest: []Suggestion{suggest("log " + p.cut(i, j)), suggest("log " + p.from(k))}}
}

// names are the parts from i on, each a name, up to the first that is a detail;
// nil where one does not read like a name.
func (p *parser) names(i int) (all []string, next int) {
	for i < len(p.toks) {
		if p.toks[i].shape == separator || p.is(i, "and") {
			i++
			continue
		}
		end := p.segment(i)
		t := draft{kind: store.Call}
		switch w, n := p.knownAt(i, len(p.toks)); {
		case n > 0:
			all, i = append(all, w.Name), i+n
			continue
		case p.toks[i].shape == quoted:
			end = i + 1
		default:
			if _, detail := p.tail(i, end, &t); detail {
				return all, i
			}
		}
		for k := i + 1; k < end; k++ {
			if p.is(k, "and") {
				end = k
			}
		}
		end = p.beforeDetails(i, end)
		if p.toks[i].shape != quoted && !p.likeName(i, end) {
			return nil, i
		}
		name := p.said(i)
		if end > i+1 {
			name = p.nameText(i, end)
		}
		all, i = append(all, name), end
	}
	return all, i
}

// beforeDetails is where the name at i ends before a date or another detail.
func (p *parser) beforeDetails(i, end int) int {
	for j := i + 1; j < min(end, i+nameWords+1); j++ {
		t := draft{kind: store.Call}
		if _, ok := p.tail(j, end, &t); ok {
			return j
		}
	}
	return end
}

// plural reads "calls Jane, Bob": two people, or one and a note? Names that all
// stand in quotes are people.
func (p *parser) plural(i, n int, m meaning) Request {
	j := p.filler(i + n)
	if j >= len(p.toks) {
		return LogForm{Kind: m.kind}
	}
	if req := p.counted(j, m); req != nil {
		return req
	}
	if m.outcome != "" {
		return Unclear{Problem: OneAtATime, Understood: "One answer at a time: from whom?", Form: LogForm{Kind: store.Ask}, Suggest: p.nearestNames("log "+m.label(), len(p.toks))}
	}
	all, next := p.names(j)
	if len(all) > MaxCount {
		all = all[:MaxCount]
	}
	quotes := 0
	for k := j; k < len(p.toks); k++ {
		if p.toks[k].shape == quoted {
			quotes++
		}
	}
	switch {
	case len(all) < 2:
		return p.logVerb(i, i+n, m)
	case quotes == len(all):
		f := LogForm{Kind: m.kind, Count: len(all), Names: all, Log: Log{Relationship: m.relation}}
		p.fillIn(next, &f)
		return f
	}
	u := Unclear{Problem: TwoPeople}
	after := ""
	if next < len(p.toks) {
		after = ", " + p.from(next)
	}
	var names []string
	for _, name := range all {
		names = append(names, inQuotes(name))
	}
	u.Suggest = []Suggestion{
		labelled(countWord(len(all))+" people", "log "+pluralOf(m.kind)+" "+strings.Join(names, ", ")+after),
		labelled("“"+strings.Join(all[1:], ", ")+"” is a note", "log "+baseForm(m.kind)+" "+inQuotes(all[0])+", note: "+inQuotes(strings.Join(all[1:], ", "))+after),
	}
	u.Understood = "Are these " + countWord(len(all)) + " people, or one and a note?"
	u.Form = LogForm{Kind: m.kind, Count: len(all), Names: all}
	return u
}

func countWord(n int) string {
	for word, v := range small {
		if v == n {
			return word
		}
	}
	return fmt.Sprint(n)
}
