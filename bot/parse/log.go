package parse

import (
	"fmt"
	"strings"

	"pitch/store"
)

// log reads what follows the word log, or a whole text that begins with a verb of
// the past.
func (p *parser) log(i int) Request {
	if i >= len(p.toks) {
		return LogForm{}
	}
	for p.is(i, "a an another my the some few several more") && !p.is(i+1, "dozen couple") {
		_, n := longest(p, i+1, len(p.toks), verbs)
		if n == 0 && !p.is(i+1, "few intro introduction referral") {
			break
		}
		i++
	}
	if req := p.sentSomething(i); req != nil {
		return req
	}
	if !p.turned {
		if req := p.logDateFirst(i); req != nil {
			return req
		}
	}
	if req := p.introduction(i); req != nil {
		return req
	}
	if req := p.newProspect(i); req != nil {
		return req
	}
	if req := p.several(i); req != nil {
		return req
	}
	m, n := longest(p, i, len(p.toks), verbs)
	if w, k := p.knownAt(i, len(p.toks)); n > 0 && k > n {
		return p.nameOrVerb(i, n, k, w)
	}
	switch {
	case n == 0:
		if req := p.byEnding(i, true); req != nil {
			return req
		}
		return p.noVerb(i)
	case m.vague:
		return p.whichOutcome(p.filler(i + n))
	case m.noun:
		return p.whichAsk(i, n, m)
	case m.tense == plural:
		return p.plural(i, n, m)
	}
	return p.logVerb(i, i+n, m)
}

// sendings are what can be sent to a name that stands before it.
var sendings = table(map[string]string{
	"a proposal|the proposal|our proposal|proposal": "sent a proposal to", "a quote|the quote|our quote|an offer": "sent a quote to",
	"an email|an e-mail|a mail": "emailed", "a follow-up|a follow up": "followed up with", "a demo": "gave a demo to", "a call": "called",
})

// sentSomething reads "sent Hooli a proposal" as "sent a proposal to Hooli".
func (p *parser) sentSomething(i int) Request {
	if !p.is(i, "sent send gave give") || p.turned {
		return nil
	}
	for k := i + 2; k < min(p.segment(i), i+nameWords+2); k++ {
		if verb, n := longest(p, k, len(p.toks), sendings); n > 0 {
			q := p.on(strings.TrimSpace("log " + verb + " " + p.cut(i+1, k) + ", " + p.from(k+n)))
			q.turned = true
			return q.command()
		}
	}
	return nil
}

// logDateFirst reads "log yesterday call Jane" as if the date stood last.
func (p *parser) logDateFirst(i int) Request {
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return nil
	}
	_, n := p.date(i, len(p.toks), back)
	if n == 0 || i+n >= len(p.toks) {
		return nil
	}
	j := p.skipNoise(i + n)
	if _, k := longest(p, j, len(p.toks), verbs); k == 0 {
		return nil
	}
	q := p.on("log " + p.from(j) + ", " + p.cut(i, i+n))
	q.turned = true
	return q.command()
}

// draftOf is what the verb says.
func draftOf(m meaning) draft {
	return draft{kind: m.kind, asked: m.asked, outcome: m.outcome, missed: m.unreached, relation: m.relation}
}

// logVerb reads the prospect and the details after a verb.
func (p *parser) logVerb(start, i int, m meaning) Request {
	d := draftOf(m)
	i = p.beforeName(p.afterSeparator(i), &d)
	got, u := p.who(i, d)
	if u != nil {
		if u.Problem == NoName {
			return p.noLogName(start, i, m)
		}
		u.Form = LogForm{Kind: m.kind}
		return *u
	}
	return p.logged(start, m, got)
}

// beforeName reads details that stand before the name, as in "asked for a pilot
// from Globex": only where a word that leads to a name follows them.
func (p *parser) beforeName(i int, d *draft) int {
	if _, n := p.knownAt(i, len(p.toks)); n > 0 {
		return i
	}
	for j := i + 1; j < min(p.segment(i), i+nameWords+1); j++ {
		if !p.is(j, "from with to at by of on") {
			continue
		}
		t := *d
		if _, ok := p.tail(i, j, &t); ok && t.trouble == nil && j+1 < len(p.toks) {
			*d = t
			return j + 1
		}
	}
	return i
}

// logged finishes a log whose prospect is known.
func (p *parser) logged(start int, m meaning, got named) Request {
	d := got.d
	if u := p.others(got); u != nil {
		u.Form = LogForm{Kind: m.kind}
		return *u
	}
	p.parts(got.next, &d)
	l := Log{Kind: m.kind, Who: got.who, OccurredOn: p.today, Asked: d.asked, Quantity: d.quantity, Outcome: d.outcome,
		Reason: d.reason, Words: d.words.said, Guessed: d.guessed, Change: d.change.said, Unreached: d.missed, Note: d.note.said,
		Relationship: d.relation, Buyer: d.buyer, Hint: m.hint, Answer: m.outcome != "", OnlyIfOpen: m.onlyIfOpen}
	if m.note != "" {
		l.Note = strings.TrimSuffix(m.note+", "+l.Note, ", ")
	}
	t := d.trouble
	if t == nil {
		t = p.whenLogged(start, d, &l)
	}
	if t == nil {
		t = total(d, &l)
	}
	l.settle()
	if t != nil {
		return p.troubled(t, LogForm{Kind: l.Kind, Log: l})
	}
	return l
}

// settle fills in what follows from the rest: an ask without a noun is an order,
// an ask nobody answered is pending.
func (l *Log) settle() {
	if l.Kind == store.Ask && l.Asked == "" && !l.Answer {
		l.Asked = store.Order
	}
	if l.Outcome != "" && l.Outcome != store.Pending && l.Asked == "" && !l.Answer {
		l.Asked = store.Order
	}
	isAsk := l.Asked != "" && l.Asked != store.AskedNothing
	if isAsk && l.Outcome == "" {
		l.Outcome = store.Pending
	}
	if l.Kind != store.Ask && !isAsk {
		l.Outcome = ""
	}
}

// whenLogged sets the day, and until when a "not now" waits.
func (p *parser) whenLogged(start int, d draft, l *Log) *trouble {
	w := d.when
	switch {
	case w.stretch != "" && !(w.from <= p.today && p.today <= w.to && w.from == w.to):
		return &trouble{problem: WhichDay, say: "On which day was it?", from: w.i, to: w.j, instead: p.daysOf(w)}
	case w.from != 0:
		l.OccurredOn = w.from
	}
	now := p.ctx.Now
	late := !w.at.IsZero() && w.at.After(now) || w.clock != "" && l.OccurredOn == p.today && w.at.IsZero() && l.OccurredOn.At(w.clock, now.Location()).After(now)
	if l.OccurredOn > p.today || late {
		return p.futureLog(start, w)
	}
	if l.OccurredOn < p.today-MaxBack {
		return &trouble{problem: TooFar, say: l.OccurredOn.Format("2 January 2006") + " is more than a year back."}
	}
	if d.until.zero() {
		return nil
	}
	u := d.until
	if l.Until = u.from; u.stretch == "" && u.prep == "before" {
		l.Until--
	}
	if l.Until <= p.today || l.Until > p.today+MaxAhead {
		return &trouble{problem: BadDate, say: "“Not now” lasts until a day ahead, at most two years."}
	}
	return nil
}

// daysOf are the days worked of a week that has begun.
func (p *parser) daysOf(w when) (out []string) {
	for d := w.from; d <= min(w.to, p.today) && w.to-w.from < 7; d++ {
		if p.ctx.WorkDays.Has(d.Weekday()) {
			out = append(out, "on "+d.String())
		}
	}
	return out
}

// futureLog offers the promise instead: a log is of the past.
func (p *parser) futureLog(start int, w when) *trouble {
	t := &trouble{problem: FutureLog, say: "A log is of what has happened; that is ahead."}
	if start < len(p.toks) && start >= 0 {
		t.from, t.to = 0, start
		t.instead = []string{"commit"}
		if start == 0 {
			t.to, t.instead = 1, []string{"commit " + p.cut(0, 1)}
		}
	}
	return t
}

// total makes the amount that of all that was asked for.
func total(d draft, l *Log) *trouble {
	if !d.hasPrice {
		return nil
	}
	l.Amount, l.Currency = d.price.amount, d.price.currency
	if d.price.each {
		if l.Quantity == 0 {
			return &trouble{problem: BadAmount, say: "That is the price of one; of how many?"}
		}
		all, err := store.ParseDecimal(string(l.Amount.Times(l.Quantity)))
		if err != nil {
			return &trouble{problem: BadAmount, say: "That is more than can be kept."}
		}
		l.Amount = all
	}
	if d.price.period != "" {
		l.Note = strings.TrimSuffix(d.price.period+", "+l.Note, ", ")
	}
	return nil
}

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
		if n == 0 || i+n != p.segment(i) || w.ID != 0 && w.ID == got.who.ID || i == 0 || p.toks[i-1].lower == ":" || p.toks[i].shape == quoted && got.d.outcome != "" {
			continue
		}
		return p.twoPeople(got.from, i+n, got.who.Name, w.Name)
	}
	return nil
}

// several reads "5 calls": a count opens the form.
func (p *parser) several(i int) Request {
	count, n := p.number(i, len(p.toks))
	if n == 0 || p.is(i, "a") {
		return nil
	}
	m, k := longest(p, i+n, len(p.toks), verbs)
	if k == 0 || m.outcome != "" || m.vague {
		return nil
	}
	if count < 1 || count > MaxCount {
		return Unclear{Problem: CountOutOfRange, Understood: "That many can't be logged at once: 1 to 100.", Form: LogForm{Kind: m.kind},
			Suggest: []Suggestion{suggest("log 10 " + pluralOf(m.kind))}}
	}
	f := LogForm{Kind: m.kind, Count: count}
	if i+n+k < len(p.toks) {
		f.Names = p.names(p.filler(i + n + k))
		if got, u := p.who(i+n+k, draft{kind: m.kind}); u == nil && len(f.Names) <= 1 {
			if l, ok := p.logged(i, m, got).(Log); ok {
				f.Log = l
			}
		} else if w, n2 := p.date(i+n+k, len(p.toks), back); u != nil && n2 > 0 && w.stretch == "" && w.from <= p.today {
			f.Log.OccurredOn, f.Names = w.from, nil
		}
	}
	if f.Log.Who.Name != "" {
		f.Names = nil
	}
	return f
}

// names are the parts from i on, each a name; nil where one does not read like one.
func (p *parser) names(i int) (all []string) {
	for i < len(p.toks) {
		if p.toks[i].shape == separator || p.is(i, "and") {
			i++
			continue
		}
		end := p.segment(i)
		if p.toks[i].shape == quoted {
			end = i + 1
		} else if w, n := p.knownAt(i, len(p.toks)); n > 0 {
			all, i = append(all, w.Name), i+n
			continue
		}
		for k := i + 1; k < end; k++ {
			if p.is(k, "and") {
				end = k
			}
		}
		if p.toks[i].shape != quoted && !p.likeName(i, end) {
			return nil
		}
		name := p.said(i)
		if end > i+1 {
			name = p.nameText(i, end)
		}
		all, i = append(all, name), end
	}
	return all
}

// plural reads "calls Jane, Bob": two people, or one and a note? Names that all
// stand in quotes are people.
func (p *parser) plural(i, n int, m meaning) Request {
	j := p.filler(i + n)
	if j >= len(p.toks) {
		return LogForm{Kind: m.kind}
	}
	all := p.names(j)
	if len(all) > MaxCount {
		all = all[:MaxCount]
	}
	inQuotes := 0
	for k := j; k < len(p.toks); k++ {
		if p.toks[k].shape == quoted {
			inQuotes++
		}
	}
	switch {
	case len(all) < 2:
		return p.logVerb(i, i+n, m)
	case inQuotes == len(all):
		return LogForm{Kind: m.kind, Count: len(all), Names: all}
	}
	u := p.twoPeople(j, p.segment(j), all[0], strings.Join(all[1:], ", "))
	var names []string
	for _, name := range all {
		names = append(names, quoteName(name))
	}
	u.Suggest = []Suggestion{
		labelled(countWord(len(all))+" people", "log "+pluralOf(m.kind)+" "+strings.Join(names, ", ")),
		labelled("“"+strings.Join(all[1:], ", ")+"” is a note", "log "+baseForm(m.kind)+" "+quoteName(all[0])+", note: "+quoteName(strings.Join(all[1:], ", "))),
	}
	u.Understood = "Are these " + countWord(len(all)) + " people, or one and a note?"
	u.Form = LogForm{Kind: m.kind, Count: len(all), Names: all}
	return *u
}

func quoteName(s string) string { return inQuotes(s) }

func countWord(n int) string {
	for word, v := range small {
		if v == n {
			return word
		}
	}
	return fmt.Sprint(n)
}

// introduction reads "intro from Ada to Carol", "intro to Carol from Ada" and
// "Ada introduced me to Carol".
func (p *parser) introduction(i int) Request {
	from, to, ok := p.introWords(i)
	if !ok {
		return nil
	}
	if to.i >= to.j || from.i >= from.j {
		return Unclear{Problem: NoName, Understood: "An introduction: from whom, and to whom? Such as “log intro from Ada to Carol”."}
	}
	d := draft{}
	rest := to.j
	if to.j < from.j {
		rest = from.j
	}
	p.parts(rest, &d)
	if d.trouble != nil {
		return p.troubled(d.trouble, nil)
	}
	who := p.whoNamed(p.textOf(to))
	if strings.TrimSpace(who.Name) == "" || len([]rune(who.Name)) > MaxName {
		return Unclear{Problem: NoName, Understood: "An introduction, but not to whom."}
	}
	note := "from " + p.whoNamed(p.textOf(from)).Name
	if d.note.said != "" {
		note += ", " + d.note.said
	}
	return AddProspect{Who: who, Relationship: store.Intro, Buyer: d.buyer, Note: note}
}

// newProspect reads "add Carol, cold" and "intro Carol": a name without an
// activity.
func (p *parser) newProspect(i int) Request {
	d, start := draft{}, i
	added := i > 0 && p.is(i-1, "add")
	for p.is(i, "add new prospect contact lead intro inbound") {
		if p.is(i, "intro inbound") {
			d.relation = relations[p.word(i)]
		}
		i++
	}
	if _, n := longest(p, i, len(p.toks), verbs); i >= len(p.toks) || n > 0 || !added && i == start {
		return nil
	}
	if _, n := p.number(i, len(p.toks)); n > 0 {
		return nil
	}
	got, u := p.who(i, d)
	if u != nil {
		if u.Problem == NoName {
			return nil
		}
		return *u
	}
	p.parts(got.next, &got.d)
	if got.d.trouble != nil {
		return p.troubled(got.d.trouble, nil)
	}
	return AddProspect{Who: got.who, Relationship: got.d.relation, Buyer: got.d.buyer, Note: got.d.note.said}
}

// run is a stretch of tokens.
type run struct{ i, j int }

func (p *parser) textOf(r run) string {
	if r.j == r.i+1 {
		return strings.TrimRight(p.said(r.i), ".!?")
	}
	return p.nameText(r.i, r.j)
}

func (p *parser) introWords(i int) (from, to run, ok bool) {
	if p.is(i, "a an got") {
		i++
	}
	if p.is(i, "a an") {
		i++
	}
	end := p.segment(i)
	if p.is(i, "intro introduction referral introduced") && p.is(i+1, "from by to") {
		first := run{i + 2, end}
		for k := i + 3; k < end; k++ {
			if p.is(k, "to from by via through") && p.word(k) != p.word(i+1) {
				second := run{k + 1, end}
				first.j = k
				if p.is(i+1, "to") {
					return second, first, true
				}
				return first, second, p.is(k, "to")
			}
		}
		return run{}, run{}, true
	}
	for k := i + 1; k+2 < end; k++ {
		if p.is(k, "introduced") && p.is(k+1, "me us") && p.is(k+2, "to") {
			return run{i, k}, run{k + 3, end}, true
		}
	}
	return from, to, false
}

// byEnding reads "Acme said no": a name, and what they did. Without the word log
// the name must be a known one.
func (p *parser) byEnding(i int, logging bool) Request {
	end := p.segment(i)
	w, n := p.knownAt(i, len(p.toks))
	if p.toks[i].shape == quoted {
		w, n = p.whoNamed(p.toks[i].text), 1
	}
	ends := []int{i + n}
	if n == 0 {
		ends = nil
		for j := i + 1; j < min(end, i+nameWords+1); j++ {
			ends = append(ends, j)
		}
	}
	for _, j := range ends {
		k := j
		if k < len(p.toks) && p.toks[k].shape == separator {
			k++
		}
		m, took := longest(p, k, len(p.toks), endings)
		if took == 0 && n > 0 && k > j {
			m, took = longest(p, k, len(p.toks), verbs)
			if m.tense != answer && m.outcome == "" {
				took = 0
			}
		}
		if took == 0 || n == 0 && !p.likeName(i, j) {
			continue
		}
		if n == 0 {
			w = p.whoNamed(p.nameText(i, j))
		}
		return p.ended(i, j, k+took, m, w, logging)
	}
	return nil
}

func (p *parser) ended(i, j, rest int, m meaning, w Who, logging bool) Request {
	if m.vague {
		return p.whichOutcome(i)
	}
	if !logging && w.ID == 0 && w.Candidates == nil {
		return Unclear{Problem: UnknownVerb, Understood: "“" + p.cut(i, j) + "” is somebody new.", Suggest: []Suggestion{suggest("log " + p.from(i))}}
	}
	got, u := p.afterName(w, i, rest, p.segment(rest), draftOf(m))
	if u != nil {
		d := draftOf(m)
		if utf8Len(w.Name) > MaxName || strings.TrimSpace(w.Name) == "" {
			return *u
		}
		got = named{who: w, from: i, next: rest, d: d}
	}
	return p.logged(i, m, got)
}

func utf8Len(s string) int { return len([]rune(s)) }
