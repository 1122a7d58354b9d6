package parse

import "pitch/store"

// draft gathers what the words around a name say.
type draft struct {
	kind  store.Kind
	alone bool // a part by itself: a mere number is a quantity, "no" an answer

	when     when
	until    when
	every    store.Every
	quantity int
	times    int // how often: "2x" of a call
	number   run // where the quantity, or how often, is said
	channel  string
	price    price
	hasPrice bool
	asked    store.Asked
	relation store.Relationship
	buyer    store.Buyer
	missed   bool
	outcome  store.Outcome
	reason   store.Reason
	also     []store.Reason // further ones
	guessed  bool

	note, words, change, sentence text

	purpose text // what to ask for, or what it is about

	trouble *trouble
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
	if n := p.channelItem(i, end, d); n > 0 {
		return n
	}
	if n := p.saidItem(i, end, d); n > 0 {
		return n
	}
	if n := p.dateItem(i, end, d); n > 0 {
		return n
	}
	if n := p.moneyItem(i, end, d); n > 0 {
		if p.promise {
			p.addPurpose(i, i+n, d)
		}
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
	if n := p.timesItem(i, end, d); n > 0 {
		return n
	}
	if d.quantity == 0 && (lead == "" || lead == "for" || lead == "of") {
		if n := p.quantityItem(j, end, lead, d); n > 0 {
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
	return p.priceItem(i, j, end, lead, d)
}

// quantityItem reads "10 seats" and "10 x $50" at j.
func (p *parser) quantityItem(j, end int, lead string, d *draft) int {
	q, n := p.quantityAt(j, end, d.alone && d.kind == store.Ask)
	if n == 0 {
		return 0
	}
	d.quantity, d.number = q, run{j, j + n}
	if asked := unitsAsked[p.word(j+n-1)]; asked != "" && d.asked == "" {
		d.asked = asked
	}
	if lead == "for" && d.hasPrice && d.price.period != "" { // $49/mo for 10 seats
		d.price.each = true
	}
	if q < 1 || q > MaxUnits {
		d.put(&trouble{problem: CountOutOfRange, say: "A quantity is from 1 to 1,000,000."})
	}
	if p.is(j+n-1, "x ×") || j+n < end && p.is(j+n, "×") || multiplied.MatchString(p.word(j)) {
		if c, m := p.priceAt(j+n, end); m > 0 && !d.hasPrice { // 10 x $50
			c.each = true
			p.takePrice(c, d)
			return n + m
		}
	}
	return n
}

// priceItem reads an amount at j; lead is the word at i that introduces it.
func (p *parser) priceItem(i, j, end int, lead string, d *draft) int {
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
	if c.bare && (lead == "" || lead == "at") && !p.promise {
		d.put(p.ofWhat(c, j, j+n))
	}
	if lead == "at" || lead == "@" || lead == "x" || lead == "×" {
		c.each = c.each || d.quantity > 0
	}
	p.takePrice(c, d)
	return j - i + n
}

// ofWhat asks for the currency of the number in the tokens [j,k).
func (p *parser) ofWhat(c price, j, k int) *trouble {
	num := p.cut(j, k)
	instead := []string{num + " USD", num + " EUR", num + " GBP"}
	for n, code := range []string{"USD", "EUR", "GBP"} {
		if c.period != "" {
			instead[n] = string(c.amount) + " " + code + " " + c.period
		}
	}
	return &trouble{problem: NoCurrency, say: "“" + num + "” of what?", from: j, to: k, instead: instead}
}

func (p *parser) takePrice(c price, d *draft) {
	d.price, d.hasPrice = c, true
	if c.trouble != nil {
		d.put(c.trouble)
	}
}
