package parse

import (
	"slices"
	"strings"

	"pitch/store"
)

// draft gathers what the words around a name say.
type draft struct {
	kind  store.Kind
	alone bool // a part by itself: a mere number is a quantity, "no" an answer

	when     when
	until    when
	every    store.Every
	quantity int
	price    price
	hasPrice bool
	asked    store.Asked
	relation store.Relationship
	buyer    store.Buyer
	missed   bool
	outcome  store.Outcome
	reason   store.Reason
	guessed  bool

	note, words, change, sentence text

	trouble *trouble
}

// text is something said in the founder's or the buyer's own words.
type text struct {
	said string
	last int // the token after it, so that what follows is joined as it was written
}

// add puts the tokens [i,j) at the end of a text, with the separator they were
// written with where they follow it.
func (p *parser) add(t *text, i, j int) {
	p.addSaid(t, p.cut(i, j), i, j)
}

func (p *parser) addSaid(t *text, said string, i, j int) {
	switch {
	case t.said == "":
		t.said = said
	case t.last > 0 && t.last == i-1:
		between := p.text[p.toks[t.last-1].end:p.toks[i].start]
		if strings.ContainsAny(between, "\n") || strings.TrimSpace(between) == "" {
			between = ", "
			if p.toks[i-1].lower == "." {
				between = " "
			}
		}
		t.said += between + said
	default:
		t.said += ", " + said
	}
	t.last = j
}

// put keeps the first trouble.
func (d *draft) put(t *trouble) {
	if d.trouble == nil {
		d.trouble = t
	}
}

// tail reads details from i to end. It is ok only if nothing is left; next may
// lie beyond end where a detail spans a comma ("every Mon, Wed and Fri").
func (p *parser) tail(i, end int, d *draft) (next int, ok bool) {
	t := *d
	for i < end {
		n := p.item(i, end, &t)
		if n == 0 {
			return i, false
		}
		if i += n; i > end {
			end = p.segment(i)
		}
		t.alone = false
	}
	*d = t
	return i, true
}

// connectors may stand before a detail.
const connectors = "and & plus with but then"

// item reads one detail at i; 0 tokens where there is none.
func (p *parser) item(i, end int, d *draft) int {
	if n := p.saidItem(i, end, d); n > 0 {
		return n
	}
	if n := p.dateItem(i, end, d); n > 0 {
		return n
	}
	if n := p.moneyItem(i, end, d); n > 0 {
		return n
	}
	if p.is(i, connectors) && i+1 < end && !p.is(i+1, connectors) {
		if n := p.item(i+1, end, d); n > 0 {
			return n + 1
		}
	}
	return 0
}

func (p *parser) direction() direction {
	if p.promise {
		return forward
	}
	return back
}

// dateItem reads when it was or will be, until when, and how often.
func (p *parser) dateItem(i, end int, d *draft) int {
	if p.promise {
		if every, clock, t, n := p.everyAt(i, end); n > 0 && d.every == "" && !p.isDate(i, end) {
			d.every = every
			if t != nil {
				d.put(t)
			}
			if clock != "" {
				d.when.clock = clock
			}
			return n
		}
	}
	if d.outcome == store.NotNow && !p.promise {
		return p.untilItem(i, end, d)
	}
	w, n := p.date(i, end, p.direction())
	if n == 0 || w.prep == "until" && !p.promise || w.prep == "after" {
		return 0
	}
	merged, ok := d.when.with(w, p)
	if !ok || !d.when.zero() && d.when.trouble != nil {
		return 0
	}
	prep := d.when.prep
	if d.when = merged; d.when.prep == "" {
		d.when.prep = prep
	}
	d.when.trouble = nil
	if w.trouble != nil {
		d.put(w.trouble)
	}
	return n
}

// isDate tells "a week from now" from "a week".
func (p *parser) isDate(i, end int) bool {
	w, n := p.relative(i, end, "")
	return n > 0 && !w.zero()
}

// untilItem reads the date of a "not now": when they said it where it is past,
// else when to come back.
func (p *parser) untilItem(i, end int, d *draft) int {
	if w, n := p.date(i, end, back); n > 0 && w.prep != "until" && w.trouble == nil && w.stretch == "" && !w.weekday && w.from > 0 && w.from <= p.today && d.when.zero() {
		d.when = w
		return n
	}
	j := i
	for j+1 < end && p.is(j, "call come check circle try ask again back to me us them") {
		j++
	}
	w, n := p.date(j, end, forward)
	if n == 0 && p.is(j, "for") {
		if span, m := p.durationAt(j+1, end); m > 0 {
			w, n = p.after(span), m+1
		}
	}
	if n == 0 { // a month by itself
		if w, n = p.monthAt(j, end, forward, "until"); n > 0 {
			w.prep = "until"
		}
	}
	if n == 0 || w.from == 0 || !d.until.zero() {
		return 0
	}
	if w.weekday && w.prep != "until" {
		name := p.cut(j+n-1, j+n)
		w.trouble = &trouble{problem: WhichDay, say: "Was that on " + name + ", or until then?", from: i, to: j + n,
			instead: []string{"until " + w.from.String(), "last " + name}}
	}
	if w.trouble != nil {
		d.put(w.trouble)
	}
	d.until = w
	return j - i + n
}

// moneyItem reads a quantity or an amount, with the word that introduces it.
func (p *parser) moneyItem(i, end int, d *draft) int {
	j, lead := i, ""
	if p.is(i, "for worth of at @ x × total totalling = totaling") && i+1 < end {
		lead, j = p.word(i), i+1
	}
	if d.quantity == 0 && (lead == "" || lead == "for" || lead == "of") {
		if q, n := p.quantityAt(j, end, d.alone && d.kind == store.Ask); n > 0 {
			d.quantity = q
			if q < 1 || q > MaxUnits {
				d.put(&trouble{problem: CountOutOfRange, say: "A quantity is from 1 to 1,000,000."})
			}
			if p.is(j+n-1, "x ×") || j+n < end && p.is(j+n, "×") || multiplied.MatchString(p.word(j)) {
				if c, m := p.priceAt(j+n, end); m > 0 && !d.hasPrice { // 10 x $50
					c.each = true
					p.takePrice(c, d)
					return j - i + n + m
				}
			}
			return j - i + n
		}
	}
	if d.hasPrice {
		if q, n := p.quantityAt(i, end, false); n > 0 && p.is(i, "x ×") && d.quantity == 0 { // $50 x 10
			d.quantity, d.price.each = q, true
			return n
		}
		return 0
	}
	c, n := p.priceAt(j, end)
	if n == 0 && lead == "worth" {
		if amount, ok := readNumber(p.word(j), 1); ok {
			p.takePrice(price{amount: amount}, d)
			return 2
		}
	}
	if n == 0 {
		return 0
	}
	if c.bare && lead == "" || c.bare && lead == "at" {
		num := p.cut(j, j+n)
		d.put(&trouble{problem: NoCurrency, say: "“" + num + "” of what?", from: j, to: j + n,
			instead: []string{num + " USD", num + " EUR", num + " GBP"}})
	}
	if lead == "at" || lead == "@" || lead == "x" || lead == "×" {
		c.each = c.each || d.quantity > 0
	}
	p.takePrice(c, d)
	return j - i + n
}

func (p *parser) takePrice(c price, d *draft) {
	d.price, d.hasPrice = c, true
	if c.trouble != nil {
		d.put(c.trouble)
	}
}

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

// saidItem reads what was asked for, how they are known, whether they can build,
// whether anybody was reached, and how it came out.
func (p *parser) saidItem(i, end int, d *draft) int {
	if p.strict && p.capital(i) && !p.allCapitals() {
		return 0
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
	if request && p.is(j-1, "for") && !p.promise { // asked for 10 seats
		if n := p.moneyItem(j, end, d); n > 0 {
			d.asked = store.Order
			return j - i + n
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
	if end := p.segment(i); a == store.Referral && !p.promise && p.is(i+n, "to") && i+n+1 < end { // an intro to Carol
		p.add(&d.note, i+n, end)
		return end - i
	}
	if p.promise {
		p.add(&d.sentence, i, i+n)
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
	switch {
	case n == 0 || m.vague || d.outcome != "" && d.outcome != store.Pending:
		return 0
	case m.unreached:
		return p.takeMissed(d, j-i+n)
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

// titles introduce a part by what it is: "note: …".
var titles = table(map[string]string{
	"note|notes|nb": "note", "words|quote|they said|she said|he said|said|their words": "words",
	"change|will change|i'll change|i will change|next time|learning|learned": "change",
	"guess|my guess|guessed": "guess", "reason|why|because": "reason", "say|sentence|opener|first sentence": "sentence",
	"until": "until",
})

// parts reads everything from i to the end of the text, part by part.
func (p *parser) parts(i int, d *draft) {
	for i < len(p.toks) {
		if p.toks[i].shape == separator {
			i++
			continue
		}
		end := p.segment(i)
		if next := p.titled(i, end, d); next > 0 {
			i = next
			continue
		}
		t := *d
		t.alone = true
		if next, ok := p.tail(i, end, &t); ok {
			t.alone = false
			*d, i = t, next
			continue
		}
		p.freeText(i, end, d)
		i = end
	}
}

// titled reads "price: …" and "note: …"; it returns where the part ends, 0 where
// there is no title.
func (p *parser) titled(i, end int, d *draft) int {
	key, ok := p.phrase(i, min(end, i+phraseWords))
	if !ok || end-i > phraseWords || end+1 >= len(p.toks) {
		return 0
	}
	from := end + 1
	if p.toks[end].shape != separator || p.toks[end].lower != ":" {
		return 0
	}
	to := p.segment(from)
	if p.toks[from].shape == quoted {
		to = from + 1
	}
	said := p.cut(from, to)
	if to == from+1 {
		said = p.said(from)
	}
	reason := labelOrWhole(p, i, end)
	switch title := titles[key]; {
	case title == "note":
		p.addSaid(&d.note, said, from, to)
	case title == "sentence" && p.promise:
		p.addSaid(&d.sentence, said, from, to)
	case title == "change":
		p.addSaid(&d.change, said, from, to)
	case title == "words" && d.outcome != "":
		p.addSaid(&d.words, said, from, to)
		d.setReason(p.reasonIn(said))
	case (title == "guess" || title == "reason") && d.outcome == store.Lost:
		if r, alone := p.reasonOf(from, to); alone {
			d.setReason(r)
		} else {
			d.setReason(p.reasonIn(said))
			p.addSaid(&d.words, said, from, to)
		}
		d.guessed = d.guessed || title == "guess"
	case reason != "" && d.outcome == store.Lost:
		d.setReason(reason)
		p.addSaid(&d.words, said, from, to)
	default:
		return 0
	}
	return to
}

func (d *draft) setReason(r store.Reason) {
	if d.reason == "" {
		d.reason = r
	}
}

// freeText keeps a part that is no detail: the buyer's words after a no, else a
// note, or the sentence of a promise.
func (p *parser) freeText(i, end int, d *draft) {
	said := p.cut(i, end)
	if q := end - 1; p.toks[q].shape == quoted && p.onlySaying(i, q) {
		said = p.toks[q].text
	}
	switch {
	case said == "":
	case p.promise:
		p.addSaid(&d.sentence, said, i, end)
	case d.outcome == store.Lost:
		r, alone := p.reasonOf(i, end)
		if r == "" && p.toks[end-1].shape == quoted {
			r = p.reasonIn(said)
		}
		if !alone {
			p.addSaid(&d.words, said, i, end)
		}
		d.setReason(r)
	case d.outcome == store.NotNow && p.toks[end-1].shape == quoted:
		p.addSaid(&d.words, said, i, end)
	default:
		p.addSaid(&d.note, said, i, end)
	}
}

// onlySaying reports whether the words before a quote only say that it is one.
func (p *parser) onlySaying(i, j int) bool {
	return !slices.ContainsFunc(p.toks[i:j], func(t token) bool {
		return !listed("he she they said says because quote words it's its told me us and", t.lower)
	})
}
