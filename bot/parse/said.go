package parse

import (
	"strings"

	"pitch/store"
)

// askedWords are what was asked for; those that need it count only after "asked
// for", "for a" and the like.
var askedWords = table(map[string]store.Asked{
	"order|purchase": store.Order, "pilot|paid pilot|trial|paid trial|poc|proof of concept": store.Pilot,
	"deposit|down payment|prepayment|advance payment": store.Deposit,
	"next step|next steps":                            store.NextStep,
	"referral|referrals":                              store.Referral,
	"no ask|asked nothing|asked for nothing|didn't ask|did not ask|didnt ask|without asking|nothing asked|no ask made":                                                                                     store.AskedNothing,
	"to buy|to order|to sign|to sign up|to purchase|to buy it|to close|if they'd buy|if they would buy|for the order|for the sale|for the business|for the close|for money|asked to buy|asked them to buy": store.Order,
})

var askedAfterFor = table(map[string]store.Asked{
	"order|the business|sale|business|purchase order|signature|commitment": store.Order, "test|test run": store.Pilot,
	"next meeting|another meeting|meeting|second meeting|next call|second call|call|demo|follow-up|follow up|date|follow-up call|follow-up meeting|next date": store.NextStep,
	"intro|introduction|intros|introductions|recommendation": store.Referral,
	"nothing": store.AskedNothing,
})

var relations = table(map[string]store.Relationship{
	"cold|cold lead|cold outreach|stranger": store.Cold, "warm|knew them|know them|warm lead|friend|network": store.Warm,
	"inbound|came to us|inbound lead": store.Inbound, "intro|warm intro|via intro|by intro|introduced|through an intro": store.Intro,
})

var buyers = table(map[string]store.Buyer{
	"dev|devs|developer|developers|engineer|engineers|a dev|a developer|could build it":                                              store.Developer,
	"non-dev|non dev|nondev|non-developer|non developer|not a dev|not a developer|no dev|non_developer|not developers|non-technical": store.NonDeveloper,
})

var stillOpen = table(map[string]bool{
	"no answer yet|pending|waiting|waiting for an answer|awaiting answer|awaiting an answer|waiting to hear back|no reply yet|no response yet|will think about it|thinking about it": true,
})

var missedCall = table(map[string]bool{
	"no answer|voicemail|left a voicemail|left voicemail|left vm|vm|left a vm|left a message|left message|no pickup|no pick up|no one picked up|nobody picked up|nobody answered|no one answered|busy|line busy|unreachable|not reached|no luck|straight to voicemail|went to voicemail|couldn't reach them|got voicemail|got their voicemail|unreached": true,
})

// occasions are what people meet for, and what they send; they are kept as a note.
var occasions = table(map[string]bool{
	"for coffee|for a coffee|over coffee|for lunch|over lunch|for breakfast|for dinner|over dinner|for drinks|for a drink|for a beer|for beers|for a chat|for tea": true,
	"proposal|a proposal|the proposal|quote|a quote|the quote": true,
})

// saidItem reads what was asked for, how they are known, whether they can build,
// whether anybody was reached, and how it came out.
func (p *parser) saidItem(i, end int, d *draft) int {
	if p.strict && p.capital(i) && !p.allCapitals() {
		return 0
	}
	if _, n := longest(p, i, end, occasions); n > 0 && !p.promise {
		p.add(&d.note, i, i+n)
		return n
	}
	if n := p.askedItem(i, end, d); n > 0 {
		return n
	}
	if r, n := longest(p, i, end, relations); n > 0 && d.relation == "" && !p.promise {
		d.relation = r
		return n
	}
	if b, n := longest(p, i, end, buyers); n > 0 && d.buyer == "" && !p.promise {
		d.buyer = b
		return n
	}
	if p.is(i, "back") && d.kind == store.Call { // called Jane back
		return 1
	}
	if p.promise {
		return 0
	}
	return p.outcomeItem(i, end, d)
}

// allCapitals reports whether everything was typed in capitals, so that they say
// nothing.
func (p *parser) allCapitals() bool { return strings.ToUpper(p.text) == p.text }

func (p *parser) askedItem(i, end int, d *draft) int {
	if d.asked != "" && !(d.asked == store.Order && d.kind == store.Ask) {
		return 0
	}
	if a, n := longest(p, i, end, askedWords); n > 0 {
		return p.takeAsked(a, i, n, d)
	}
	j, led, request := i, false, false
	for _, lead := range []string{"and", "asked", "asking", "them", "him", "her", "for", "to", "a", "an", "the", "another"} {
		if j < end && p.word(j) == lead && (lead != "to" || d.outcome == store.Won) {
			request = request || lead == "asked" || lead == "asking"
			led = led || request || lead == "for" || lead == "to"
			j++
		}
	}
	if !led || j >= end {
		return 0
	}
	if request && p.is(j-1, "for a an the") && !p.promise { // asked for 10 seats, for a $5k deposit
		if n := p.moneyItem(j, end, d); n > 0 {
			a, m := longest(p, j+n, end, askedWords)
			if d.asked = store.Order; m > 0 {
				d.asked = a
			}
			return j - i + n + m
		}
	}
	a, n := longest(p, j, end, askedWords)
	if n == 0 {
		a, n = longest(p, j, end, askedAfterFor)
	}
	if n == 0 {
		return 0
	}
	return p.takeAsked(a, i, j-i+n, d)
}

// takeAsked records what was asked for; of a promise it is how it will be said.
func (p *parser) takeAsked(a store.Asked, i, n int, d *draft) int {
	if a == store.AskedNothing && d.kind == store.Ask {
		return 0
	}
	d.asked = a
	if share := p.word(i + n); !p.promise && strings.HasSuffix(share, "%") && digits.MatchString(strings.TrimSuffix(share, "%")) && i+n < p.segment(i) { // deposit 10%
		p.add(&d.note, i+n, i+n+1)
		n++
	}
	if end := p.segment(i); a == store.Referral && !p.promise && p.is(i+n, "to") && i+n+1 < end { // an intro to Carol
		p.add(&d.note, i+n, end)
		return end - i
	}
	if p.promise {
		p.addPurpose(i, i+n, d)
	}
	return n
}

// outcomeItem reads how it came out, where the verb has not said it.
func (p *parser) outcomeItem(i, end int, d *draft) int {
	if _, n := longest(p, i, end, stillOpen); n > 0 && (d.outcome == "" || d.outcome == store.Pending) {
		d.outcome = store.Pending
		return n
	}
	j := i
	if p.is(j, "they he she who it") && j+1 < end {
		j++
	}
	if _, n := longest(p, j, end, missedCall); n > 0 {
		return p.takeMissed(d, j-i+n)
	}
	if p.is(i, "guess guessed") || p.is(i, "my") && p.is(i+1, "guess") {
		if d.outcome == store.Lost {
			d.guessed = true
			if p.is(i, "my") {
				return 2
			}
			return 1
		}
		return 0
	}
	if d.outcome == store.Lost {
		return p.reasonItem(i, end, d)
	}
	m, n := longest(p, j, end, endings)
	if n == 0 && d.alone && d.kind == store.Ask {
		if m, n = longest(p, j, end, verbs); m.tense != answer || j+n != end {
			n = 0
		}
	}
	if n > 0 && m.absent && (d.kind == store.Meeting || d.kind == store.Demo) {
		d.put(&trouble{problem: NotHeld, say: "They did not come, so no conversation took place."})
		return j - i + n
	}
	switch {
	case n > 0 && m.absent:
		return p.takeMissed(d, j-i+n)
	case n == 0 || m.vague || m.waiting || m.absent || m.wants || m.outcome == "" && !m.unreached || m.onlyIfOpen && d.kind != store.Ask || d.outcome != "" && d.outcome != store.Pending:
		return 0
	case m.unreached:
		return p.takeMissed(d, j-i+n)
	case d.missed: // nobody was there to answer
		return 0
	}
	d.outcome = m.outcome
	return j - i + n
}

func (p *parser) takeMissed(d *draft, n int) int {
	switch {
	case d.kind == store.Call && !d.missed && d.outcome == "":
		d.missed = true
	case d.kind == store.Ask && d.outcome == "" && !d.missed:
		d.outcome = store.Pending
	default:
		return 0
	}
	return n
}

// reasonItem reads "to a competitor" and "because of price" where a name or
// another detail stands before it.
func (p *parser) reasonItem(i, end int, d *draft) int {
	if d.reason != "" || !p.is(i, "to because due over on") {
		return 0
	}
	r, alone := p.reasonOf(i, end)
	if r == "" {
		return 0
	}
	d.reason = r
	if !alone && !p.is(i, "to") {
		p.add(&d.words, i, end)
	}
	return end - i
}
