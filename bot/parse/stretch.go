package parse

import (
	"time"

	"pitch/store"
)

// stretches are the words for more than a day.
var stretches = table(map[string]string{
	"week|wk": "week", "month": "month", "quarter": "quarter", "year": "year", "weekend": "weekend",
})

var shortEnds = map[string]string{"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}

// weekOf reads "week of 7 December": which of its days is asked.
func (p *parser) weekOf(i, end int, dir direction) (when, int) {
	if !p.is(i, "week") || !p.is(i+1, "of") {
		return when{}, 0
	}
	w, n := p.calendar(i+2, end, dir, "")
	if n == 0 || w.from == 0 || w.stretch != "" || w.trouble != nil {
		return when{}, 0
	}
	monday := w.from.Monday()
	w = when{from: monday, to: monday + 6, stretch: "week"}
	w.trouble = &trouble{problem: WhichDay, say: "On which day of that week?"}
	for d := monday; d <= w.to; d++ {
		if p.ctx.WorkDays.Has(d.Weekday()) && len(w.trouble.instead) < maxSuggestions {
			w.trouble.instead = append(w.trouble.instead, "on "+d.String())
		}
	}
	return w, n + 2
}

// stretchAt reads "this month", "next week", "end of next quarter", "eow".
func (p *parser) stretchAt(i, end int) (when, int) {
	if kind, ok := shortEnds[p.word(i)]; ok {
		return p.endOf(p.stretchOf(kind, 0)), 1
	}
	j, ends, by := i, false, 0
	if p.is(j, "the") && p.is(j+1, "end") {
		j++
	}
	if p.is(j, "end late") && (p.is(j+1, "of") || p.is(j, "late")) {
		ends = p.is(j, "end")
		j++
		if p.is(j, "of") {
			j++
		}
	} else if p.is(j, "later sometime early") {
		j++
	}
	said := ends
	switch {
	case p.is(j, "the") && ends:
		j++
	case p.is(j, "the") && p.is(j+1, "next coming"):
		return when{}, 0
	case p.is(j, "this the"):
		said, j = said || p.is(j, "this"), j+1
	case p.is(j, "next"):
		said, by, j = true, 1, j+1
	case p.is(j, "last previous past"):
		said, by, j = true, -1, j+1
	}
	kind, ok := stretches[p.word(j)]
	if kind == "weekend" {
		said = true
	}
	if !ok || j >= end || !said {
		return when{}, 0
	}
	w := p.stretchOf(kind, by)
	if ends {
		w = p.endOf(w)
	}
	return w, j + 1 - i
}

// stretchOf is the stretch that today is in, moved by so many.
func (p *parser) stretchOf(kind string, by int) when {
	y, m, _ := p.today.Date()
	w := when{stretch: kind}
	switch kind {
	case "week":
		w.from = p.today.Monday() + 7*store.Day(by)
		w.to = w.from + 6
	case "weekend":
		w.from = p.today.Monday() + 5 + 7*store.Day(by)
		w.to = w.from + 1
	case "month":
		w.from = store.Date(y, m+time.Month(by), 1)
		w.to = w.from.LastOfMonth()
	case "quarter":
		first := time.Month((int(m)-1)/3*3 + 1)
		w.from, w.to = store.Date(y, first+time.Month(3*by), 1), store.Date(y, first+time.Month(3*by+3), 1)-1
	case "year":
		w.from, w.to = store.Date(y+by, time.January, 1), store.Date(y+by, time.December, 31)
	}
	return w
}

// endOf is a stretch's last day; of a week, the last one worked.
func (p *parser) endOf(w when) when {
	return oneDay(p.lastDay(w))
}

// firstDay is the first day worked of a stretch, or its first.
func (p *parser) firstDay(w when) store.Day {
	for d := w.from; d <= min(w.to, w.from+7); d++ {
		if p.ctx.WorkDays.Has(d.Weekday()) {
			return d
		}
	}
	return w.from
}

func (p *parser) lastDay(w when) store.Day {
	if w.stretch != "week" {
		return w.to
	}
	for d := w.to; d >= max(w.from, p.today); d-- {
		if p.ctx.WorkDays.Has(d.Weekday()) {
			return d
		}
	}
	return w.to
}
