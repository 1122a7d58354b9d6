package parse

import (
	"cmp"
	"fmt"
	"strings"

	"pitch/store"
)

// logged finishes a log whose prospect is known.
func (p *parser) logged(start int, m meaning, got named) Request {
	d := got.d
	u := p.others(got)
	if u == nil {
		u = p.whichName(got)
	}
	if u != nil {
		u.Form = LogForm{Kind: m.kind, Names: u.names()}
		return *u
	}
	p.parts(got.next, &d)
	l := Log{Kind: m.kind, Who: got.who, OccurredOn: p.today, Asked: d.asked, Quantity: d.quantity, Outcome: d.outcome,
		Reason: d.reason, Also: d.also, Words: d.words.said, Guessed: d.guessed, Change: d.change.said, Unreached: d.missed, Note: d.note.said,
		Relationship: d.relation, Buyer: d.buyer, Hint: m.hint, Answer: m.outcome != "", OnlyIfOpen: m.onlyIfOpen}
	for _, first := range []string{cmp.Or(d.channel, m.channel), m.note} {
		if first != "" {
			l.Note = strings.TrimSuffix(first+", "+l.Note, ", ")
		}
	}
	t := d.trouble
	if t == nil {
		t = p.whenLogged(start, d, &l)
	}
	if t == nil {
		t = total(d, &l)
	}
	l.settle()
	if t != nil && t.problem == NotHeld {
		return p.notHeld(got.from)
	}
	if t != nil {
		return p.troubled(t, LogForm{Kind: l.Kind, Log: l})
	}
	if u := p.oddNumber(d, l); u != nil {
		return *u
	}
	if l.Next = p.nextStep(l.Note, l.Who); l.Next == nil && l.Outcome == store.Lost {
		l.Next = p.nextStep(l.Words, l.Who)
	}
	return l
}

// oddNumber asks about a number where nothing was asked for: "call Jane 2x" may be
// two calls, "call Jane 10 seats" an ask. A quantity is an ask's or an answer's.
func (p *parser) oddNumber(d draft, l Log) *Unclear {
	asks := l.Kind == store.Ask || l.Asked != "" && l.Asked != store.AskedNothing || l.Hint != ""
	if l.Quantity == 0 && d.times == 0 || asks && d.times == 0 {
		return nil
	}
	once, said := l, p.cut(d.number.i, d.number.j)
	once.Quantity = 0
	once.Note = strings.TrimPrefix(once.Note+", "+said, ", ")
	note := labelled("“"+said+"” is a note", once.String())
	if d.times > 0 {
		many := fmt.Sprintf("log %d %s %s on %s", d.times, pluralOf(l.Kind), inQuotes(l.Who.Name), l.OccurredOn)
		return &Unclear{Problem: HowOften, Understood: fmt.Sprintf("%d times, or a note?", d.times), Form: LogForm{Kind: l.Kind, Count: d.times, Log: l},
			Suggest: []Suggestion{labelled(fmt.Sprintf("%d %s", d.times, pluralOf(l.Kind)), many), note}}
	}
	l.Asked = store.Order
	l.settle()
	return &Unclear{Problem: WhichAsk, Understood: "Did you ask for “" + said + "”, or is it a note?", Form: LogForm{Kind: l.Kind, Log: l},
		Suggest: []Suggestion{labelled("I asked for it", l.String()), note}}
}

// names are those a question about several people is for.
func (u *Unclear) names() []string {
	if f, ok := u.Form.(LogForm); ok {
		return f.Names
	}
	return nil
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
