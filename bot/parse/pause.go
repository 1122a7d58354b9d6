package parse

import "pitch/store"

// pause reads days off: "until Monday" ends the day before, when work begins again.
func (p *parser) pause(i, j int) Request {
	q := Pause{From: p.today, Reason: Paused}
	switch {
	case p.isSick(i, j):
		q.Reason = Sick
	case !p.is(i, "pause"):
		q.Reason = OutOfOffice
	}
	if j >= len(p.toks) && (p.is(i, "off away out") || p.is(j-1, "off") && p.is(j-2, "day days")) {
		return Unclear{Problem: BadArgument, Understood: "Days off, off the board, or no more messages?",
			Suggest: []Suggestion{suggest("ooo today"), suggest("ooo until Monday"), labelled("Until I say resume", "pause"), suggest("board off"), suggest("stop")}}
	}
	if j >= len(p.toks) {
		if q.Reason == Sick {
			q.To = p.today
		}
		return q
	}
	if !p.daysOff(j, &q) {
		return p.badArgument(i, "until a day, for so many days, or from one to another", string(q.Reason), string(q.Reason)+" until Monday", string(q.Reason)+" tomorrow")
	}
	if q.From < p.today || q.To != 0 && q.To < q.From {
		return Unclear{Problem: BadDate, Understood: "Days off begin today or later, and end after that.", Suggest: []Suggestion{suggest(string(q.Reason) + " today")}}
	}
	if q.To > p.today+MaxAhead || q.From > p.today+MaxAhead {
		return Unclear{Problem: TooFar, Understood: "Days off lie at most two years ahead."}
	}
	return q
}

// isSick reports whether the words [i,j) that ask for days off are of an illness.
func (p *parser) isSick(i, j int) bool {
	for k := i; k < j; k++ {
		if p.is(k, "sick ill") {
			return true
		}
	}
	return false
}

// daysOff reads the stretch from j to the end of the text.
func (p *parser) daysOff(j int, q *Pause) bool {
	end := len(p.toks)
	if p.is(j, "for the") || p.is(j, "next") {
		k := j
		for p.is(k, "for the next") {
			k++
		}
		if d, n := p.durationAt(k, end); n > 0 && k+n == end && d.unit != "minute" && d.unit != "hour" && d.n > 0 {
			q.To = p.after(d).from - 1
			return true
		}
	}
	if d, n := p.durationAt(j, end); n > 0 && j+n == end && d.unit != "minute" && d.unit != "hour" && d.n > 0 {
		q.To = p.after(d).from - 1
		return true
	}
	w, n := p.date(j, end, forward)
	if n == 0 || w.from == 0 || w.clock != "" {
		return false
	}
	j += n
	if w.trouble != nil && w.trouble.problem != WhichDay {
		return false
	}
	if j == end && w.prep == "until" {
		q.To = w.from - 1
		return q.To >= q.From
	}
	q.From, q.To = w.from, w.to
	if w.stretch != "" {
		q.From = max(q.From, p.today)
	}
	if j == end {
		if w.prep == "from" {
			q.To = 0
		}
		return true
	}
	until := p.is(j, "until till til")
	if !until && !p.is(j, "to and through -") && p.toks[j].shape != separator {
		return false
	}
	if !until {
		j++
	}
	last, n := p.onFrom(q.From).date(j, end, forward)
	if n == 0 || j+n != end || last.from == 0 || last.trouble != nil {
		return false
	}
	q.To = last.to
	return true
}

// onFrom reads the same text as if it were that day, so that "24 Dec - 2 Jan"
// ends after it begins.
func (p *parser) onFrom(d store.Day) *parser {
	q := *p
	q.today = d
	return &q
}
