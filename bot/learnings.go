package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// learningsShown is how many no's a page has: each takes two of Slack's fifty
// blocks.
const learningsShown = 8

// How much of a text a list shows, in characters; Edit has the whole of it.
const (
	listedWords  = 300
	maxSearch    = 100
	reasonsShown = 8
)

// noBook is what there is to read in a founder's no's.
type noBook struct {
	nudges.Learnings
	fixed map[store.ID]bool // those too old to be changed
}

// readNos reads the visitor's.
func (v *visit) readNos(ctx context.Context) (l noBook, err error) {
	err = v.view(ctx, func(b *store.Book) error {
		h, err := nudges.Past(b)
		l = noBook{nudges.LearningsOf(h, b.Today()), map[store.ID]bool{}}
		for _, no := range l.All {
			l.fixed[no.Activity.ID] = editable(b, no.Activity) != nil
		}
		return err
	})
	return l, err
}

// learnings shows the no's: the reasons, then what was said.
func (v *visit) learnings(ctx context.Context, r parse.Learnings) (Reply, error) {
	find := []rune(strings.TrimSpace(r.Search))
	return v.learned(ctx, v.does("learnings", "find", string(find[:min(len(find), maxSearch)])))
}

// pressLearnings turns the page, or shows one reason.
func (v *visit) pressLearnings(ctx context.Context, a action) (Reply, error) {
	r, err := v.learned(ctx, a)
	r.Replace = true
	return r, err
}

// learned is the page an action names, of all no's or of what it is to find.
func (v *visit) learned(ctx context.Context, a action) (Reply, error) {
	l, err := v.readNos(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(l.All) == 0 {
		return reply(linef("Nothing here yet. When somebody says no, log it with what they said; it tunes the next offer: /pitch log no Acme, price: “too dear”"),
			buttons("", v.logButton(false))), nil
	}
	if reason := store.Reason(a.get("reason")); reasonLabels[reason] != "" {
		r := reply(line(say(countedNos(len(nudges.WithReason(l.All, reason)))+" with the reason "), bold(reasonLabels[reason]), say(".")))
		return r.with(v.noList(l, nudges.WithReason(l.All, reason), a)...).with(buttons("", v.allLearnings())), nil
	}
	if a.get("find") != "" {
		return v.found(l, a), nil
	}
	r := reply(title("What the no's say"))
	if a.number("page") == 0 {
		r = r.with(v.reasonParts(l.Learnings)...)
	}
	return r.with(v.noList(l, worthReading(l.All), a)...), nil
}

// worthReading are the no's that say more than their reason, and those that have
// none yet.
func worthReading(nos []nudges.No) []nudges.No {
	return slices.DeleteFunc(slices.Clone(nos), func(no nudges.No) bool {
		a := no.Activity
		return a.Reason != "" && a.Words == "" && a.Change == "" && a.Note == ""
	})
}

// found is what a search finds, or the reasons there are to look for.
func (v *visit) found(l noBook, a action) Reply {
	find := a.get("find")
	hits := nudges.Search(l.All, find, reasonLabels)
	if len(hits) == 0 {
		return reply(line(say("None of the no's has “"), bold(find), say("” in it. What there is:")),
			buttons("reasons", append(v.searchButtons(l.Learnings), v.allLearnings())...))
	}
	r := reply(line(say(countedNos(len(hits))+" with “"), bold(find), say("”.")))
	return r.with(v.noList(l, hits, a)...).with(buttons("", v.allLearnings()))
}

func (v *visit) allLearnings() button {
	return button{label: "All no's", does: v.does("learnings")}
}

// reasonParts set the reasons of the last four weeks beside those before.
func (v *visit) reasonParts(l nudges.Learnings) []part {
	if len(l.Reasons) == 0 && l.Now.Unasked == 0 {
		return []part{linef("None in the last eight weeks. What was said before:")}
	}
	says := "Last four weeks: " + countedNos(l.Now.Nos) + ". The four before: " + countedNos(l.Before.Nos) + "."
	if l.Now.Unasked > 0 {
		says += " Reason not said yet: " + strconv.Itoa(l.Now.Unasked) + "."
	}
	var items [][]word
	for _, t := range l.Reasons {
		items = append(items, trendWords(t, l))
	}
	return []part{linef(says), list(items...), buttons("reasons", v.searchButtons(l)...)}
}

// searchButtons show the no's of one reason.
func (v *visit) searchButtons(l nudges.Learnings) (bs []button) {
	var seen []store.Reason
	for _, no := range l.All {
		if r := no.Activity.Reason; r != "" && !slices.Contains(seen, r) {
			seen = append(seen, r)
		}
	}
	place := func(r store.Reason) int {
		at := slices.IndexFunc(l.Reasons, func(t nudges.ReasonTrend) bool { return t.Reason == r })
		if at < 0 {
			return len(l.Reasons)
		}
		return at
	}
	slices.SortStableFunc(seen, func(x, y store.Reason) int { return place(x) - place(y) })
	for _, r := range seen[:min(len(seen), reasonsShown)] {
		bs = append(bs, button{label: reasonLabels[r], does: v.does("learnings", "reason", string(r))})
	}
	return bs
}

// trendWords are a reason's counts: "Price 6 of 12 (50 %) · rising, 2 before ·
// could build it 4, not said 2".
func trendWords(t nudges.ReasonTrend, l nudges.Learnings) []word {
	now, before := t.Now.Total(), t.Before.Total()
	says := " " + strconv.Itoa(now)
	if share, enough := l.Now.Percent(now); enough {
		says += " of " + strconv.Itoa(l.Now.Nos) + " (" + strconv.Itoa(share) + " %)"
	}
	says += " · "
	if t.Rising() {
		says += "rising, "
	}
	says += strconv.Itoa(before) + " before"
	if share, enough := l.Before.Percent(before); enough {
		says += " (" + strconv.Itoa(share) + " %)"
	}
	if who := buyersLabel(t.Now); who != "" {
		says += " · " + who
	}
	return []word{bold(reasonLabel(t.Reason)), say(says)}
}

// buyersLabel is who gave a reason; nothing where that is known of nobody.
func buyersLabel(b nudges.ByBuyer) string {
	if b.Developer+b.NonDeveloper == 0 {
		return ""
	}
	var out []string
	for _, of := range []struct {
		label string
		n     int
	}{{buyerLabels[store.Developer], b.Developer}, {buyerLabels[store.NonDeveloper], b.NonDeveloper}, {"not said", b.Unknown}} {
		if of.n > 0 {
			out = append(out, of.label+" "+strconv.Itoa(of.n))
		}
	}
	return strings.Join(out, ", ")
}

// noList is the page an action names of no's, newest first.
func (v *visit) noList(l noBook, nos []nudges.No, a action) []part {
	if len(nos) == 0 {
		return []part{aside("Their own words are worth more than the reason: Edit, or /pitch log no Acme, price: “too dear”")}
	}
	s := turnedTo(a.number("page"), len(nos), learningsShown)
	var parts []part
	for _, no := range nos[s.from:s.to] {
		parts = append(parts, v.noParts(no, l.fixed[no.Activity.ID])...)
	}
	return append(parts, turning("what the no's say", s, v.does("learnings", "find", a.get("find"), "reason", a.get("reason")))...)
}

// noParts are one no: with whom and when, why, in their words, and what to
// change. One that is fixed can only be read.
func (v *visit) noParts(no nudges.No, fixed bool) []part {
	a, name := no.Activity, cmp.Or(no.Prospect.Name, "Somebody")
	head := dayLabel(no.On, v.today()) + " · " + reasonLabel(a.Reason)
	if a.Reason != "" && a.Reason != store.Unknown {
		head += map[bool]string{false: ", said", true: ", guessed"}[a.Guessed]
	}
	items := [][]word{{bold(name), say(" · " + head)}}
	add := func(before, text, after string) {
		if text != "" {
			items = append(items, []word{say(before + clip(text, listedWords) + after)})
		}
	}
	add("“", a.Words, "”")
	add("To change: ", a.Change, "")
	add("", a.Note, "")
	if fixed {
		return []part{lines(items...)}
	}
	id := a.ID.String()
	var why button
	if a.Reason == "" {
		why = button{label: "Say why", does: v.does("why", "id", id, "keep", "1"), primary: true}
	}
	return []part{lines(items...), buttons(name, why, button{label: "Edit", does: v.does("edit", "id", id)})}
}

func countedNos(n int) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "1 no"
	}
	return strconv.Itoa(n) + " no's"
}
