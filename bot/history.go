package bot

import (
	"context"
	"errors"
	"slices"

	"pitch/bot/parse"
	"pitch/store"
)

// historyPresses are the buttons of the history.
var historyPresses = map[string]press{
	"history": (*visit).pressHistory,
	"remove":  (*visit).pressRemove,
}

// editableDays is how many days an entry can be edited and removed for.
const editableDays = 30

// errTooOld is returned when an entry is too old to be changed.
var errTooOld = errors.New("an entry too old to change")

// editable is the one rule of how long an entry can be changed, which is
// errTooOld afterwards: from when it happened, was logged or was answered,
// whichever was last. Undo has its own.
func editable(b *store.Book, a store.Activity) error {
	last := max(a.OccurredOn, a.AnsweredOn, store.DayOf(a.LoggedAt.In(b.Location())))
	if b.Today()-last > editableDays {
		return errTooOld
	}
	return nil
}

// editableEntry is one of the visitor's entries that can still be changed.
func (v *visit) editableEntry(ctx context.Context, id store.ID) (a store.Activity, p store.Prospect, err error) {
	err = v.view(ctx, func(b *store.Book) (err error) {
		if a, p, err = entry(b, id); err != nil {
			return err
		}
		return editable(b, a)
	})
	return a, p, err
}

// edited changes an entry that can still be changed.
func edited(b *store.Book, id store.ID, edit func(*store.Activity)) (store.Activity, error) {
	a, err := b.Activity(id)
	if err != nil {
		return a, err
	}
	if err := editable(b, a); err != nil {
		return a, err
	}
	return b.EditActivity(id, edit)
}

// history lists what was logged.
func (v *visit) history(ctx context.Context, r parse.History) (Reply, error) {
	if r.Who.Name == "" && r.Who.ID == 0 && len(r.Who.Candidates) == 0 {
		return v.historyPage(ctx, v.does("history"))
	}
	p, ask := v.meant(r.Who)
	if p.ID == 0 {
		return ask, nil
	}
	return v.historyPage(ctx, v.does("history", "with", p.ID.String()))
}

// pressHistory turns the page in place; from a card it opens below.
func (v *visit) pressHistory(ctx context.Context, a action) (Reply, error) {
	r, err := v.historyPage(ctx, a)
	r.Replace = a.get("keep") == ""
	return r, err
}

// logEntry is an entry of the history.
type logEntry struct {
	store.Activity
	prospect store.Prospect
	fixed    bool // too old to be changed
}

// entriesShown is how many entries a page of the history has: with a heading for
// each day they stay within Slack's fifty blocks.
const entriesShown = 10

// historyPage is the page an action names, of everything or of one prospect.
func (v *visit) historyPage(ctx context.Context, a action) (Reply, error) {
	heading := "History"
	nothing := reply(linef("Nothing is logged yet. Who did you last talk to?"), buttons("history", v.logButton(true)))
	if id := a.recordID("with"); id != 0 {
		p, err := v.theirs(id)
		if err != nil {
			return Reply{}, err
		}
		heading += " with " + clip(p.Name, nameShown)
		nothing = reply(line(say("Nothing is logged with "), bold(p.Name), say(" yet.")), buttons(p.Name, v.sayAs("Log a call", "log call", p)))
	}
	var all []logEntry
	if v.joined {
		err := v.view(ctx, func(b *store.Book) (err error) {
			all, err = v.entries(b, a.recordID("with"))
			return err
		})
		if err != nil {
			return Reply{}, err
		}
	}
	if len(all) == 0 {
		return nothing, nil
	}
	s := turnedTo(a.number("page"), len(all), entriesShown)
	shows := v.does("history", "with", a.get("with"))
	r := reply(title(heading)).with(v.entryParts(all[s.from:s.to], shows.at(s.page))...)
	return r.with(turning("history", s, shows)...), nil
}

// entries are the visitor's, newest first; those with one prospect where one is
// given.
func (v *visit) entries(b *store.Book, with store.ID) ([]logEntry, error) {
	acts, err := b.Activities(0, 0)
	if err != nil {
		return nil, err
	}
	named := map[store.ID]store.Prospect{}
	for _, p := range v.prospects {
		named[p.ID] = p
	}
	var all []logEntry
	for _, a := range slices.Backward(acts) {
		if with == 0 || a.Prospect == with {
			all = append(all, logEntry{a, named[a.Prospect], editable(b, a) != nil})
		}
	}
	return all, nil
}

// entryParts are entries under their days, each with what can be done about it.
func (v *visit) entryParts(shown []logEntry, page action) (parts []part) {
	fixed := false
	var day store.Day
	for _, e := range shown {
		if e.OccurredOn != day {
			day = e.OccurredOn
			parts = append(parts, line(bold(capital(dayLabel(day, v.today())))))
		}
		parts = append(parts, line(clipped(v.entryLine(e), lineShown)...))
		fixed = fixed || e.fixed
		if e.fixed {
			continue
		}
		remove := page.and("id", e.ID.String())
		remove.verb = "remove"
		parts = append(parts, buttons(kindLabels[e.Kind]+preposition(e.Kind)+e.prospect.Name,
			button{label: "Edit", does: v.does("edit", "id", e.ID.String())}, button{label: "Remove", does: remove}))
	}
	if fixed {
		parts = append(parts, aside("What is older than 30 days stays as it is."))
	}
	return parts
}

// entryLine is an entry under the heading of its day: an answer of another day
// says its own.
func (v *visit) entryLine(e logEntry) []word {
	f := facts(e.Activity, v.today())
	if e.AnsweredOn != 0 && e.AnsweredOn != e.OccurredOn {
		f = append(f, "answered "+dayLabel(e.AnsweredOn, v.today()))
	}
	return factsLine(e.Activity, e.prospect, f)
}

// pressRemove takes an entry out, and shows the page it was on without it.
func (v *visit) pressRemove(ctx context.Context, a action) (Reply, error) {
	var gone store.Activity
	var p store.Prospect
	step, err := v.change(ctx, "remove", func(b *store.Book) (err error) {
		if gone, p, err = entry(b, a.recordID("id")); err != nil {
			return err
		}
		if err := editable(b, gone); err != nil {
			return err
		}
		if _, err := b.Describe("remove " + kindLabels[gone.Kind] + preposition(gone.Kind) + p.Name); err != nil {
			return err
		}
		return b.RemoveActivity(gone.ID)
	})
	if err != nil {
		return Reply{}, err
	}
	words := append([]word{say("Removed: ")}, clipped(happenedLine(gone, p, v.today()), lineShown)...)
	r := reply(line(words...), buttons(p.Name, v.undoButton(step)))
	left, err := v.historyPage(ctx, a)
	r = r.with(left.Parts...)
	r.Replace = true
	return r, err
}
