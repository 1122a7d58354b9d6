package bot

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/store"
)

// draft is an entry while a form is filled in.
type draft struct {
	store.Activity
	whom whom
	many string // how many or how much, as it is typed
}

// drafted is an entry as it was logged.
func drafted(a store.Activity, w whom) draft {
	many := money(a)
	if a.Quantity > 0 {
		many = strings.TrimPrefix(many+", ", ", ") + strconv.Itoa(a.Quantity)
	}
	return draft{Activity: a, whom: w, many: many}
}

// entryField is a field of the form for an entry, which is on the screen where
// what is chosen above it makes it matter.
type entryField struct {
	name    string
	matters func(draft) bool
	block   func(draft) slack.Block
	read    func(filled, *draft) // of an empty form it clears what the field is for
}

// entryFields are the fields in their order. A field asks nothing of those below.
var entryFields = []entryField{
	{"kind", always, kindField, func(f filled, d *draft) { d.Kind = store.Kind(f.chosen("kind")) }},
	{"who", always, func(d draft) slack.Block { return d.whom.field(true) }, func(f filled, d *draft) { d.whom = d.whom.answered(f) }},
	{"day", always, func(d draft) slack.Block {
		return field("day", "When", "", true, dateInput("day", d.OccurredOn))
	}, func(f filled, d *draft) { d.OccurredOn = f.day("day") }},
	{"reached", draft.reaches, reachedField, func(f filled, d *draft) { d.Unreached = f.chosen("reached") == "no" }},
	{"asked", draft.asks, askedField, readAsked},
	{"many", draft.counts, manyField, func(f filled, d *draft) { d.many = f.text("many") }},
	{"outcome", draft.IsAsk, func(d draft) slack.Block {
		return asking(field("outcome", "What did they say?", "", false, selectInput("outcome", string(d.Outcome), choices(store.Outcomes(), outcomeLabels))))
	}, func(f filled, d *draft) { d.Outcome = store.Outcome(f.chosen("outcome")) }},
	{"until", draft.waits, func(d draft) slack.Block {
		return field("until", "Until when", "", false, dateInput("until", d.Until))
	}, func(f filled, d *draft) { d.Until = f.day("until") }},
	{"reason", draft.isNo, func(d draft) slack.Block {
		return field("reason", "Why?", "", false, selectInput("reason", string(d.Reason), choices(store.Reasons(), reasonLabels)))
	}, func(f filled, d *draft) { d.Reason = store.Reason(f.chosen("reason")) }},
	{"said", draft.isNo, func(d draft) slack.Block { return saidField(d.Guessed) }, func(f filled, d *draft) { d.Guessed = f.chosen("said") == myGuess }},
	{"words", draft.quotes, func(d draft) slack.Block { return wordsField(d.Words) }, func(f filled, d *draft) { d.Words = f.text("words") }},
	{"change", draft.isNo, func(d draft) slack.Block {
		return field("change", "What will you change?", "", false, textInput("change", d.Change, "Lead with the price", true))
	}, func(f filled, d *draft) { d.Change = f.text("change") }},
	{"note", always, func(d draft) slack.Block {
		return field("note", "Note", "", false, textInput("note", d.Note, "", true))
	}, func(f filled, d *draft) { d.Note = f.text("note") }},
}

func always(draft) bool { return true }

// What matters beyond the kind is what was set before it was hidden, too: an
// entry is not changed by being looked at.
func (d draft) reaches() bool {
	return d.Unreached || d.Kind == store.Call || d.Kind == store.Meeting || d.Kind == store.Demo
}

func (d draft) asks() bool   { return d.Asked != "" || d.Kind != "" && !d.Unreached }
func (d draft) counts() bool { return d.many != "" || d.IsAsk() }
func (d draft) waits() bool  { return d.Outcome == store.NotNow }
func (d draft) isNo() bool   { return d.Outcome == store.Lost }

func (d draft) quotes() bool {
	answered := d.Outcome != "" && d.Outcome != store.Pending
	return answered || d.Words != "" && !d.IsAsk()
}

func kindField(d draft) slack.Block {
	return asking(field("kind", "What happened", "", true, selectInput("kind", string(d.Kind), choices(store.Kinds(), kindLabels))))
}

func reachedField(d draft) slack.Block {
	talked := "yes"
	if d.Unreached {
		talked = "no"
	}
	return asking(field("reached", "Did you talk to somebody?", "", true,
		selectInput("reached", talked, []choice{{"yes", "Yes"}, {"no", "No, nobody was there"}})))
}

func askedField(d draft) slack.Block {
	can := store.Asks()
	if d.Kind == store.Ask {
		can = slices.DeleteFunc(can, func(a store.Asked) bool { return a == store.AskedNothing })
		d.Asked = cmp.Or(d.Asked, store.Order)
	}
	return asking(field("asked", "What did you ask for?", "", false, selectInput("asked", string(d.Asked), choices(can, askedLabels))))
}

// readAsked reads what was asked for. What stood there for another kind may
// still be chosen: an ask asks for something.
func readAsked(f filled, d *draft) {
	d.Asked = store.Asked(f.chosen("asked"))
	if d.Kind == store.Ask && d.Asked == store.AskedNothing {
		d.Asked = store.Order
	}
}

func manyField(d draft) slack.Block {
	return field("many", "How many, or how much", "", false, textInput("many", d.many, "10 seats at $50", false))
}

const myGuess = "guessed"

func saidField(guess bool) slack.Block {
	chosen := "said"
	if guess {
		chosen = myGuess
	}
	return field("said", "Was the reason", "", true, selectInput("said", chosen, []choice{{"said", "Said by them"}, {myGuess, "My guess"}}))
}

func wordsField(words string) slack.Block {
	return field("words", "Their words", "", false, textInput("words", words, "no budget till Q3", true))
}

// filledIn is the draft with what is filled in so far, and the fields that matter
// for it. A field that the screen does not have yet leaves the draft as it is;
// one that does not matter any more leaves nothing behind.
func (d draft) filledIn(f filled) (draft, []slack.Block) {
	var shown []slack.Block
	for _, field := range entryFields {
		switch {
		case !field.matters(d):
			field.read(filled{}, &d)
			continue
		case f.has(field.name):
			field.read(f, &d)
		}
		shown = append(shown, field.block(d))
	}
	return d, shown
}

// entryForm is the form for an entry: as it is opened and, with what was filled
// in, as it is from then on.
func (v *visit) entryForm(what, heading, submit string, about url.Values, d draft, f filled) Reply {
	_, fields := d.filledIn(f)
	return v.form(what, heading, submit, about, fields...)
}

// checked reads what only a submission needs, and says what is wrong with it.
func (v *visit) checked(d *draft, before draft) error {
	if d.OccurredOn > max(v.today(), before.OccurredOn) {
		return wrong("day", "A log is of the past. For what is to come use /pitch commit.")
	}
	if d.many == before.many {
		return nil
	}
	return v.howMany(d)
}

// howMany reads a number or an amount as the grammar does.
func (v *visit) howMany(d *draft) error {
	d.Quantity, d.Amount, d.Currency = 0, "", ""
	if d.many == "" {
		return nil
	}
	if n, err := strconv.Atoi(d.many); err == nil && n > 0 && n <= store.MaxQuantity {
		d.Quantity = n
		return nil
	}
	l, ok := parse.Command(`log ask "x", `+d.many, v.context()).(parse.Log)
	if !ok || l.Quantity == 0 && l.Amount == "" || l.Note != "" {
		return wrong("many", "I can't read that as a number or an amount. Like this: 10 seats, $500, 10 seats at $50.")
	}
	d.Quantity, d.Amount, d.Currency = l.Quantity, l.Amount, l.Currency
	return nil
}
