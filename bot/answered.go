package bot

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"

	"pitch/bot/parse"
	"pitch/store"
)

// What follows on a yes, and on a "later".

// wonRow is the one next step after a yes: what it was for, or else who is next.
func (v *visit) wonRow(l logged) []part {
	a := l.Activity
	if a.Quantity == 0 && a.Amount == "" && (a.Asked == store.Order || a.Asked == store.Pilot) {
		row := v.quantityRow(l)
		row[0] = line(say("A yes, because you asked. How many did "), bold(l.Prospect.Name), say(" say yes to?"))
		return row
	}
	return v.whoElseRow(l)
}

func (v *visit) whoElseRow(l logged) []part {
	return []part{
		linef("A yes, because you asked. Who else has this problem?"),
		buttons(l.Prospect.Name, button{label: "Plan an ask", does: v.does("commit-form", "kind", string(store.Ask))}),
	}
}

// laterRow asks until when somebody put their answer off.
func (v *visit) laterRow(l logged) []part {
	week := v.today().Monday() + 7
	month := v.today().LastOfMonth() + 1
	until := func(label string, on store.Day) button {
		return button{label: label, does: v.about(l, "later", "on", on.String())}
	}
	return []part{
		line(say("Until when? They come up again that day.")),
		buttons(l.Prospect.Name, until("Next week", week), until("Next month", month),
			button{label: "Another date…", does: v.about(l, "later-form")}),
	}
}

// pressLater notes until when an answer was put off.
func (v *visit) pressLater(ctx context.Context, a action) (Reply, error) {
	on, err := store.ParseDay(a.get("on"))
	if err != nil {
		return Reply{}, store.ErrNotFound
	}
	return v.putOff(ctx, a, on)
}

func (v *visit) putOff(ctx context.Context, a action, on store.Day) (Reply, error) {
	return v.amend(ctx, "until "+dayLabel(on, v.today()), a, func(x *store.Activity) { x.Until = on }, nil)
}

func (v *visit) pressLaterForm(_ context.Context, a action) (Reply, error) {
	return v.form("later", "Later", "Save", url.Values{"id": {a.get("id")}},
		field("until", "Until when", "", true, dateInput("until", 0))), nil
}

func (v *visit) submitLater(ctx context.Context, f filled) (Reply, error) {
	on := f.day("until")
	if on <= v.today() {
		return Reply{}, wrong("until", "A day that is still to come.")
	}
	r, err := v.putOff(ctx, v.does("", "id", f.id().String()), on)
	r.Replace = false
	return r, err
}

// answerAsk gives the open ask its outcome. Told again the same day, an answer adds
// what its entry lacks; where it lacks nothing, that is errAnsweredToday. Somebody
// who went quiet was asked before: without an open ask that is errNothingOpen.
func (v *visit) answerAsk(b *store.Book, p store.Prospect, added bool, r parse.Log) (store.Logged, error) {
	_, err := b.OpenAsk(p.ID)
	none := errors.Is(err, store.ErrNotFound)
	switch {
	case err != nil && !none:
		return store.Logged{}, err
	case none && r.OnlyIfOpen:
		return store.Logged{}, errNothingOpen
	case !none || v.again:
		return b.AnswerWith(p, added, activity(r))
	}
	all, err := b.ActivitiesWith(p.ID)
	for _, a := range all {
		if a.IsAsk() && a.Outcome == r.Outcome && a.AnsweredOn == b.Today() && (r.OccurredOn == 0 || r.OccurredOn == b.Today()) {
			return addTo(b, a, p, activity(r))
		}
	}
	if err != nil {
		return store.Logged{}, err
	}
	return b.AnswerWith(p, added, activity(r))
}

// addTo fills in what an entry lacks, and leaves the rest.
func addTo(b *store.Book, was store.Activity, p store.Prospect, more store.Activity) (store.Logged, error) {
	a := was
	if a.Reason == "" {
		a.Reason, a.Also, a.Guessed = more.Reason, more.Also, more.Guessed
	}
	a.Words, a.Change, a.Note = cmp.Or(a.Words, more.Words), cmp.Or(a.Change, more.Change), cmp.Or(a.Note, more.Note)
	a.Until, a.Quantity = cmp.Or(a.Until, more.Until), cmp.Or(a.Quantity, more.Quantity)
	if a.Amount == "" {
		a.Amount, a.Currency = more.Amount, more.Currency
	}
	if slices.Equal(facts(a, b.Today()), facts(was, b.Today())) {
		return store.Logged{}, errAnsweredToday
	}
	a, err := b.EditActivity(was.ID, func(x *store.Activity) { *x = a })
	return store.Logged{Activity: a, Prospect: p, Answered: true}, err
}
