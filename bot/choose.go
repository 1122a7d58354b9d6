package bot

import (
	"context"
	"slices"
	"strconv"

	"pitch/bot/parse"
	"pitch/store"
)

// open are the founder's open commitments that fit a prospect and a kind, either
// of which may be zero, those due first first. A series whose next day lies ahead is
// meant where nothing current is.
func (v *visit) open(ctx context.Context, who parse.Who, kind store.Kind) (fits []candidate, err error) {
	err = v.view(ctx, func(b *store.Book) error {
		open, err := b.Commitments(store.Open)
		if err != nil {
			return err
		}
		fits = nil
		var ahead []candidate
		for _, c := range open {
			p, _ := b.Prospect(c.Prospect)
			switch {
			case kind != "" && c.Kind != kind || who.Name != "" && !v.means(who, p):
			case c.From > b.Today():
				ahead = append(ahead, candidate{c, p})
			default:
				fits = append(fits, candidate{c, p})
			}
		}
		if len(fits) == 0 {
			fits = ahead
		}
		return nil
	})
	slices.SortStableFunc(fits, func(x, y candidate) int { return int(x.DueOn) - int(y.DueOn) })
	return fits, err
}

// candidate is a commitment that somebody may mean.
type candidate struct {
	store.Commitment
	prospect store.Prospect
}

func (v *visit) means(who parse.Who, p store.Prospect) bool {
	if p.ID == 0 {
		return false
	}
	if who.ID != 0 {
		return who.ID == p.ID
	}
	return store.Fold(who.Name) == store.Fold(p.Name)
}

// one does what was asked to the commitment that is meant; where several fit the
// founder chooses, where none does they are told what there is.
func (v *visit) one(ctx context.Context, who parse.Who, kind store.Kind, verb string, do func(candidate) (Reply, error), choose func(candidate) button) (Reply, error) {
	fits, err := v.open(ctx, who, kind)
	switch {
	case err != nil:
		return Reply{}, err
	case len(fits) == 1:
		return do(fits[0])
	case len(fits) == 0:
		return v.noneOpen(ctx, who)
	}
	r := reply(linef("Which one would you like to " + verb + "?"))
	for i, c := range fits {
		if i == choicesShown {
			return r.with(aside("… and " + strconv.Itoa(len(fits)-i) + " more: name one, like /pitch done " + c.prospect.Name)), nil
		}
		r = r.with(buttons(promiseText(c.Commitment, c.prospect), choose(c)))
	}
	return r, nil
}

// choicesShown is how many commitments are offered to choose from.
const choicesShown = 20

func (v *visit) noneOpen(ctx context.Context, who parse.Who) (Reply, error) {
	if who.Name == "" {
		return reply(linef("Nothing is open. Promise yourself something: /pitch commit call Jane tomorrow 10:00"),
			buttons("", button{label: "New commitment", does: v.does("commit-form")})), nil
	}
	all, err := v.open(ctx, parse.Who{}, "")
	if err != nil {
		return Reply{}, err
	}
	r := reply(line(say("Nothing is open with "), bold(who.Name), stop(who.Name)))
	if len(all) > 0 {
		var names [][]word
		for _, c := range all[:min(len(all), 10)] {
			names = append(names, append(promise(c.Commitment, c.prospect), say(" · "+whenLabel(c.Commitment, v.today(), v.location()))))
		}
		r = r.with(linef("Open:"), list(names...))
	}
	return r, nil
}

func (c candidate) label(v *visit) string {
	return promiseText(c.Commitment, c.prospect) + ", " + whenLabel(c.Commitment, v.today(), v.location())
}

// done keeps a commitment in words. What is not promised is not guessed: a log
// is offered.
func (v *visit) done(ctx context.Context, r parse.Done) (Reply, error) {
	keeps := func(c candidate) action {
		does := v.does("done", "id", c.ID.String())
		if does.about.Set("note", r.Note); r.Note == "" || len(does.value()) > maxValue {
			does.about.Del("note")
		}
		return does
	}
	choose := func(c candidate) button { return button{label: c.label(v), does: keeps(c)} }
	return v.one(ctx, r.Who, r.Kind, "tick off", func(c candidate) (Reply, error) {
		if c.From > v.today() {
			return reply(line(append(append([]word{say("That comes again on ")}, say(dayLabel(c.From, v.today())+": ")), append(promise(c.Commitment, c.prospect), say(". Nothing was ticked off."))...)...)), nil
		}
		if r.Who.Name == "" && c.DueOn > v.today() { // nobody said which, and it is not due
			return reply(linef("Is it this one?"), buttons(promiseText(c.Commitment, c.prospect), choose(c))), nil
		}
		does := keeps(c)
		does.about.Set("note", r.Note)
		return v.pressDone(ctx, does)
	}, choose)
}
