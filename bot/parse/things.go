package parse

import (
	"strings"

	"pitch/store"
)

// thing is one of several in a line that each read as a command of their own.
type thing struct {
	text  string // without the word log or commit
	req   Request
	at    int  // where it begins
	plain bool // it names no day
}

// severalThings asks where a line tells of more than one thing, "called Jane,
// emailed Bob": logged as one, the others would be lost in its note. Nil where it
// does not. What stands after a colon is a text, and is left alone.
func (p *parser) severalThings(i int) *Unclear {
	if p.part {
		return nil
	}
	if len(p.thingsAt(i, false)) < 2 {
		return nil
	}
	starts := p.thingsAt(i, true)
	var all []thing
	for k, at := range starts {
		end := len(p.toks)
		if k+1 < len(starts) {
			end = starts[k+1].lead
		}
		if one, ok := p.thingIn(at.i, end, at.promise); ok {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		return nil
	}
	u := Unclear{Problem: TwoThings, Understood: "Several things at once: one at a time."}
	day := p.sharedDay(all)
	for _, one := range all {
		u.Suggest = append(u.Suggest, suggest(one.command(day)))
	}
	u.Suggest = u.Suggest[:min(len(u.Suggest), maxSuggestions-1)]
	if l, ok := all[0].req.(Log); ok && all[0].at == i {
		l.Note = strings.TrimPrefix(l.Note+", "+p.from(starts[1].i), ", ")
		l.Next = nil
		u.Suggest = append(u.Suggest, labelled("One: the rest is a note", l.String()))
	}
	return &u
}

// command does one thing; day is when the others were, where it says nothing.
func (t thing) command(day string) string {
	lead := "log "
	if _, promised := t.req.(Commit); promised {
		lead = "commit "
	}
	if t.plain && day != "" {
		return lead + t.text + ", " + day
	}
	return lead + t.text
}

// sharedDay is the day the line ends with, where no other thing has one: "called
// Jane and emailed Bob yesterday" is about yesterday.
func (p *parser) sharedDay(all []thing) string {
	last := all[len(all)-1]
	_, promised := last.req.(Commit)
	for _, one := range all[:len(all)-1] {
		if _, other := one.req.(Commit); !one.plain || other != promised {
			return ""
		}
	}
	for k := last.at + 1; k < len(p.toks); k++ {
		if w, n := p.date(k, len(p.toks), p.direction()); n > 0 && k+n == len(p.toks) && w.from != 0 {
			return p.from(k)
		}
	}
	return ""
}

// begins is where a thing begins; lead is where the words that join it to the one
// before stand.
type begins struct {
	lead, i int
	promise bool
}

// thingsAt is where the things of a line begin, the first at i. Where one of them
// is sure, small words that nobody knows may be names in the others.
func (p *parser) thingsAt(i int, sure bool) []begins {
	all := []begins{{i, i, p.promise}}
	for k := i + 1; k < len(p.toks) && p.toks[k].lower != ":"; k++ {
		if p.toks[k].shape != separator && !p.is(k, ands+" then") {
			continue
		}
		at := begins{k, k, p.promise}
		for at.i < len(p.toks) && (p.toks[at.i].shape == separator || p.is(at.i, ands+" then also i we just")) {
			at.i++
		}
		said := p.is(at.i, "log commit")
		if said {
			at.promise = p.is(at.i, "commit")
			at.i++
		}
		if p.beginsThing(at.i, said, at.promise, sure) {
			all = append(all, at)
			k = at.i
		}
	}
	return all
}

// beginsThing reports whether a verb with somebody after it stands at i. Where no
// word of a command leads to it, that must be a prospect, or a name by its capital
// after a verb of the past: the rest is a note.
func (p *parser) beginsThing(i int, said, promise, sure bool) bool {
	m, n := longest(p, i, len(p.toks), verbs)
	switch {
	case n == 0, i+n >= len(p.toks), p.toks[i+n].shape == separator:
		return false
	case said:
		return true
	case promise && !m.harmless(), m.outcome == store.Won && m.tense == past, m.vague, m.waiting, m.absent:
		return false
	}
	j := p.filler(i + n)
	if _, known := p.knownAt(j, len(p.toks)); known > 0 {
		return true
	}
	named := p.toks[j].shape == quoted || p.capital(j) && !p.allCapitals() && j < len(p.toks) && !p.startsDetail(j) ||
		sure && (p.aloneAfter(j) || p.is(j+1, ands+" then") && !p.is(j, pronouns+" "+breakers))
	return m.tense == past && !promise && named && !p.is(j-1, "at in on")
}

// thingIn reads one thing by itself.
func (p *parser) thingIn(i, end int, promise bool) (thing, bool) {
	t := thing{at: i, text: strings.TrimRight(p.cut(i, end), ".,; ")}
	lead := "log "
	if promise {
		lead = "commit "
	}
	q := p.on(lead + t.text)
	q.part = true
	t.req = q.command()
	switch req := t.req.(type) {
	case Log:
		t.plain = req.OccurredOn == p.today && !strings.Contains(strings.ToLower(t.text), "today")
	case Commit:
		t.plain = req.NoDate
	default:
		return t, false
	}
	return t, true
}
