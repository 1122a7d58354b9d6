package parse

import (
	"slices"
	"strings"

	"pitch/store"
)

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

// titles introduce a part by what it is: "note: …".
var titles = table(map[string]string{
	"note|notes|nb": "note", "words|quote|they said|she said|he said|said|their words": "words",
	"change|will change|i'll change|i will change|next time|learning|learned": "change",
	"guess|my guess|guessed": "guess", "reason|why|because": "reason", "say|sentence|opener|first sentence": "sentence",
	"until": "until", "for": "for",
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
	case title == "for" && p.promise:
		p.addSaid(&d.purpose, said, from, to)
	case title == "change":
		p.addSaid(&d.change, said, from, to)
	case title == "words" && d.outcome != "":
		p.addSaid(&d.words, said, from, to)
		if d.outcome == store.Lost {
			d.setReason(p.reasonIn(said))
		}
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

// furtherReason keeps a reason that was named after another one.
func (d *draft) furtherReason(r store.Reason) {
	if !slices.Contains(d.also, r) {
		d.also = append(d.also, r)
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
		p.planText(said, i, end, d)
	case d.outcome == store.Lost:
		r, alone := p.reasonOf(i, end)
		if r == "" && p.toks[end-1].shape == quoted {
			r = p.reasonIn(said)
		}
		switch {
		case !alone:
			p.addSaid(&d.words, said, i, end)
		case d.reason != "" && r != d.reason: // price, budget
			d.furtherReason(r)
		}
		d.setReason(r)
	case d.outcome == store.NotNow && p.toks[end-1].shape == quoted:
		p.addSaid(&d.words, said, i, end)
	default:
		p.addSaid(&d.note, said, i, end)
	}
}

// planText keeps a part of a promise: what stands in quotes, or after a colon or a
// dash, is how it will be said; anything else is what it is for.
func (p *parser) planText(said string, i, end int, d *draft) {
	if p.toks[end-1].shape == quoted || i > 0 && p.toks[i-1].shape == separator && (p.toks[i-1].lower == ":" || p.toks[i-1].lower == "-") {
		p.addSaid(&d.sentence, said, i, end)
		return
	}
	t := p.unreadPart(i, end)
	if t == nil {
		t = p.secondDate(i, end, d)
	}
	if t != nil {
		d.put(t)
		return
	}
	p.addSaid(&d.purpose, said, i, end)
}

// secondDate asks which is meant where a promise has a day already. Nil where the
// part is no date.
func (p *parser) secondDate(i, end int, d *draft) *trouble {
	if before, k := p.stuck(i, end); before < 0 || k < end || d.when.j == 0 || d.when.j >= i {
		return nil
	}
	return &trouble{problem: WhichDay, say: "Which day of the two?", from: d.when.i, to: end,
		instead: []string{p.cut(d.when.i, i-1), p.cut(p.afterSeparator(d.when.j), end)}}
}

// addPurpose keeps what to ask for, without the "for" before it.
func (p *parser) addPurpose(i, j int, d *draft) {
	if t := &d.purpose; t.said != "" && t.last == i {
		t.said, t.last = t.said+" "+p.cut(i, j), j
		return
	}
	for i+1 < j && p.is(i, "for and asked asking them him her") {
		i++
	}
	p.add(&d.purpose, i, j)
}

// onlySaying reports whether the words before a quote only say that it is one.
func (p *parser) onlySaying(i, j int) bool {
	return !slices.ContainsFunc(p.toks[i:j], func(t token) bool {
		return !listed("he she they said says because quote words it's its told me us and", t.lower)
	})
}
