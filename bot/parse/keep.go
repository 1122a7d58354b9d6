package parse

import (
	"strings"
	"time"

	"pitch/store"
)

// target reads which commitment is meant: a verb, a name, both or nothing.
func (p *parser) target(i, end int) (w Who, kind store.Kind, u *Unclear) {
	if i >= end {
		return w, "", nil
	}
	_, known := p.knownAt(i, end)
	for known == 0 && i+1 < end && p.is(i, "the my a an") {
		i++
		_, known = p.knownAt(i, end)
	}
	if m, n := longest(p, i, end, verbs); n > 0 && n >= known && m.outcome == "" && !m.vague {
		kind, i = m.kind, i+n
	}
	for i < end && p.is(i, fillers+" it this reminder commitment") {
		if _, n := p.knownAt(i, end); n > 0 {
			break
		}
		i++
	}
	if i >= end {
		return w, kind, nil
	}
	if _, n := p.knownAt(i, end); n == 0 && i+1 == end && (p.is(i, "all everything both everyone them these those") || digits.MatchString(p.word(i))) {
		return w, kind, &Unclear{Problem: OneAtATime, Understood: "One commitment at a time: each has its buttons in today.", Suggest: []Suggestion{suggest("today")}}
	}
	if p.toks[i].shape == quoted && i+1 == end {
		return p.whoNamed(p.toks[i].text), kind, nil
	}
	if w, n := p.knownAt(i, end); n > 0 {
		if _, dated := p.date(i+n, end, forward); i+n+dated == end { // from Friday
			return w, kind, nil
		}
	}
	if !p.likeName(i, end) || len([]rune(p.cut(i, end))) > MaxName {
		return w, kind, &Unclear{Problem: WhereNameEnds, Understood: "Which commitment is meant?", Suggest: []Suggestion{suggest("today")}}
	}
	w = p.whoNamed(p.nameText(i, end))
	return w, kind, p.nearTarget(w, i, end)
}

// nearTarget asks where a commitment's prospect is not known by a name that is
// close to a known one. Nil where it is known, or close to none.
func (p *parser) nearTarget(w Who, i, end int) *Unclear {
	if w.ID != 0 || w.Candidates != nil {
		return nil
	}
	near := p.nearNames(i, end)
	if len(near) == 0 {
		return nil
	}
	u := p.didYouMean(i, end, w.Name, near)
	u.Suggest = u.Suggest[:len(u.Suggest)-1] // nothing is open with somebody new
	u.Understood = strings.Replace(u.Understood, "is new", "is no prospect of yours", 1)
	return u
}

func (p *parser) done(i, j int) Request {
	if count, n := p.number(j, len(p.toks)); n > 0 && !p.is(j, "a") {
		if m, k := longest(p, j+n, len(p.toks), verbs); k > 0 && m.outcome == "" && (j+n+k == len(p.toks) || j+n+k+1 == len(p.toks) && p.is(j+n+k, "today")) {
			if count < 1 || count > MaxCount {
				return Unclear{Problem: CountOutOfRange, Understood: "1 to 100 can be done at once."}
			}
			return Done{Kind: m.kind, Count: count}
		}
	}
	w, kind, u := p.target(j, len(p.toks))
	if u == nil {
		return Done{Who: w, Kind: kind}
	}
	if req := p.doneWithNote(j); req != nil {
		return req
	}
	return *u
}

// doneWithNote reads "done Acme, he wants 20 seats": what follows the prospect is
// a note of the activity. Nil where no known prospect stands before it.
func (p *parser) doneWithNote(j int) Request {
	k := j
	for k < len(p.toks) {
		if _, n := p.knownAt(k, len(p.toks)); n > 0 {
			k += n
			break
		}
		if p.toks[k].shape == separator {
			return nil
		}
		k++
	}
	if k >= len(p.toks) || p.toks[k].shape != separator {
		return nil
	}
	w, kind, u := p.target(j, k)
	if u != nil || w.ID == 0 {
		return nil
	}
	return Done{Who: w, Kind: kind, Note: p.rest(k + 1)}
}

// snooze reads "Acme 1h", "Acme until tomorrow 9am", "20 minutes".
func (p *parser) snooze(i, j int) Request {
	s := Snooze{}
	for k := j; k <= len(p.toks); k++ {
		if k < len(p.toks) && k-j > 4*nameWords {
			continue
		}
		if k < len(p.toks) {
			if _, n := p.knownAt(k, len(p.toks)); n > 0 || p.toks[k].shape == quoted {
				continue
			}
			if !p.snoozeUntil(k, &s) {
				continue
			}
		}
		end := k
		if end > j && p.toks[end-1].shape == separator {
			end--
		}
		w, kind, u := p.target(j, end)
		if u != nil {
			if u.Problem != OneAtATime && u.Problem != WhichName {
				u.Suggest = []Suggestion{suggest("snooze")}
			}
			return *u
		}
		s.Who, s.Kind = w, kind
		if s.On != 0 && s.On < p.today || !s.Until.IsZero() && !s.Until.After(p.ctx.Now) {
			return Unclear{Problem: PastCommit, Understood: "A reminder can be put off until later, not earlier.", Suggest: []Suggestion{suggest("snooze " + p.cut(j, end))}}
		}
		if s.On > p.today+MaxAhead {
			return Unclear{Problem: TooFar, Understood: "A reminder can be put off for two years at most."}
		}
		return s
	}
	return s
}

// snoozeUntil reads how long or until when, wholly.
func (p *parser) snoozeUntil(k int, s *Snooze) bool {
	start := k
	if p.is(k, "for by") {
		k++
	}
	if d, n := p.durationAt(k, len(p.toks)); n > 0 && k+n == len(p.toks) {
		switch d.unit {
		case "minute":
			s.For = time.Duration(d.n) * time.Minute
		case "hour":
			s.For = time.Duration(d.n) * time.Hour
		default:
			s.On = p.after(d).from
		}
		return s.For > 0 || s.On > 0
	}
	w, n := p.date(start, len(p.toks), forward)
	if n == 0 || start+n < len(p.toks) || w.trouble != nil && w.trouble.problem != WhichDay {
		return false
	}
	if w.trouble != nil { // today's weekday: a week away
		w.from += 7
	}
	switch {
	case !w.at.IsZero():
		s.For = w.at.Sub(p.ctx.Now).Round(time.Minute)
		return s.For > 0
	case w.from == 0:
		w.from = p.today
	}
	s.On = w.from
	if w.clock != "" {
		s.Until = w.from.At(w.clock, p.ctx.Now.Location())
	}
	return true
}

// move reads "Acme to Friday 3pm".
func (p *parser) move(i, j int) Request {
	for k := j; k < min(len(p.toks), j+4*nameWords); k++ {
		if _, n := p.knownAt(k, len(p.toks)); n > 0 {
			if k += n - 1; k >= len(p.toks) {
				break
			}
			continue
		}
		if p.toks[k].shape == quoted {
			continue
		}
		d := k
		if p.is(d, "to till until") {
			d++
		}
		w, n := p.date(d, len(p.toks), forward)
		if n == 0 || d+n < len(p.toks) {
			continue
		}
		end := k
		if end > j && p.toks[end-1].shape == separator {
			end--
		}
		who, kind, u := p.target(j, end)
		if u != nil {
			return *u
		}
		req := p.moved(who, kind, w)
		if u, ok := req.(Unclear); ok && len(u.Suggest) == 0 {
			u.Suggest = p.otherDays(strings.TrimSpace("move " + p.cut(j, end)))
			return u
		}
		return req
	}
	u := Unclear{Problem: NoDate, Understood: "Move it to which day?"}
	u.Suggest = p.otherDays(strings.TrimSpace("move " + p.tailText(j)))
	if w, _, bad := p.target(j, len(p.toks)); bad != nil || w.Name != "" && w.ID == 0 && !p.likeName(j, len(p.toks)) {
		u.Suggest = nil
	}
	return u
}

// otherDays are the days to offer after "move Acme".
func (p *parser) otherDays(command string) (out []Suggestion) {
	for _, day := range p.choices(Commit{})[1:] {
		out = append(out, labelled(day.Label, command+" to "+strings.ToLower(day.Label)))
	}
	return append(out, labelled("In a week", command+" to next "+p.today.Weekday().String()))
}

func (p *parser) moved(who Who, kind store.Kind, w when) Request {
	if w.trouble != nil {
		return p.troubled(w.trouble, nil)
	}
	day, clock, at, t := p.due(w, false)
	switch {
	case t != nil:
		t.instead = nil
		return p.troubled(t, nil)
	case day > p.today+MaxAhead:
		return Unclear{Problem: TooFar, Understood: "That is more than two years ahead."}
	}
	return Move{Who: who, Kind: kind, DueOn: day, At: clock, DueAt: at}
}
