package bot

import (
	"context"
	"errors"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// commit records a promise.
func (v *visit) commit(ctx context.Context, r parse.Commit) (Reply, error) {
	r.Who = v.chosen(r.Who)
	if len(r.Who.Candidates) > 1 {
		return v.which(r.Who.Candidates, r.String()), nil
	}
	if r.NoDate {
		return v.whichDay(r), nil
	}
	return v.commitAfter(ctx, r, 0)
}

// commitAfter is commit for what follows up an activity; 0 is none.
func (v *visit) commitAfter(ctx context.Context, r parse.Commit, after store.ID) (Reply, error) {
	var c store.Commitment
	var p store.Prospect
	var first bool
	step, err := v.change(ctx, r.String(), func(b *store.Book) (err error) {
		if r.Who.Name != "" || r.Who.ID != 0 {
			if p, _, err = prospect(b, r.Who); err != nil {
				return err
			}
		}
		if err := promisedAlready(b, r, p.ID); err != nil {
			return err
		}
		c, err = b.Commit(store.Commitment{
			Kind: r.Kind, Prospect: p.ID, Count: r.Count, DueOn: r.DueOn, At: r.At, DueAt: r.DueAt,
			Every: r.Every, Sentence: r.Sentence, About: r.For, After: after, From: firstDay(r, b.Today()),
		})
		if err == nil && c.DueAt.IsZero() {
			first, err = remindersUnasked(b)
		}
		return err
	})
	if errors.Is(err, errPromised) {
		is := store.Commitment{Kind: r.Kind, Prospect: p.ID, Count: max(1, r.Count), About: r.For}
		return reply(line(say("You promised that already: "), bold(promiseText(is, p)), say(". /pitch today has it."))), nil
	}
	if err != nil {
		return Reply{}, err
	}
	out := v.committedReply(ctx, c, p, step)
	if first {
		out = out.with(v.remindRow()...)
	}
	return out, nil
}

// errPromised is returned when the same promise is open already.
var errPromised = errors.New("promised already")

// promisedAlready reports whether the very same thing, for the same time, is
// open: typed twice it is promised once.
func promisedAlready(b *store.Book, r parse.Commit, prospect store.ID) error {
	open, err := b.Commitments(store.Open)
	for _, c := range open {
		same := c.Kind == r.Kind && c.Prospect == prospect && c.Every == r.Every && c.Count == max(1, r.Count) &&
			c.About == r.For && c.Sentence == r.Sentence
		if same && (r.Every != store.Once && c.At == r.At || r.Every == store.Once && c.DueOn == r.DueOn && c.DueAt.Equal(r.DueAt)) {
			return errPromised
		}
	}
	return err
}

// firstDay is the day from which activities count: of one that recurs the day it
// starts, of the rest today.
func firstDay(r parse.Commit, today store.Day) store.Day {
	if r.Every != store.Once {
		return max(r.DueOn, today)
	}
	return today
}

// whichDay asks for the day a promise was made without.
func (v *visit) whichDay(r parse.Commit) Reply {
	var bs []button
	for _, choice := range r.Choices {
		bs = append(bs, v.sayButton(choice.Label, choice.Command))
	}
	what := promise(store.Commitment{Kind: r.Kind, Count: max(1, r.Count)}, store.Prospect{Name: r.Who.Name})
	words := append([]word{say("By when: ")}, what...)
	return reply(line(append(words, say("?"))...), buttons("", bs...))
}

func (v *visit) committedReply(ctx context.Context, c store.Commitment, p store.Prospect, step store.ID) Reply {
	words := append([]word{say("Committed: ")}, promise(c, p)...)
	words = append(words, say(" · "+whenLabel(c, v.today(), v.location())))
	r := reply(line(words...))
	if c.Sentence != "" {
		r = r.with(line(say("First sentence: “" + c.Sentence + "”")))
	}
	undo := v.undoButton(step)
	change := v.moveButton(c)
	noDM := button{}
	if !c.DueAt.IsZero() || p.DoNotContact {
		says, comes := v.reminds(ctx, c, c.DueAt)
		if comes && v.founder.Reminders == "" {
			noDM = button{label: "No DM", does: v.does("silence", "id", c.ID.String())}
		}
		r = r.with(aside(says))
	}
	return r.with(buttons(promiseText(c, p), noDM, change, undo))
}

// reminds says what becomes of a commitment's reminder at its time, as the
// agenda has it.
func (v *visit) reminds(ctx context.Context, c store.Commitment, at time.Time) (says string, comes bool) {
	var f store.Founder
	var p store.Prospect
	var rings time.Time
	err := v.view(ctx, func(b *store.Book) (err error) {
		p, _ = b.Prospect(c.Prospect)
		if f, err = b.Founder(); err != nil {
			return err
		}
		agenda, err := b.Agenda()
		for _, a := range agenda.Alarms {
			if a.Notice == store.DueReminder && a.Commitment == c.ID {
				rings = a.At
			}
		}
		return err
	})
	switch {
	case err != nil:
		return "It is in /pitch today.", false
	case p.DoNotContact:
		return "They are marked do not contact, so no DM comes and no plan names it. Details on their card takes the mark off.", false
	case !rings.IsZero() && rings.Equal(at.Truncate(time.Microsecond)):
		return "I'll DM you then.", true
	case !rings.IsZero():
		return "You are off then; I'll DM you " + v.momentLabel(rings) + ".", true
	case f.Stopped:
		return "Messages are stopped, so no DM: /pitch today has it, /pitch resume starts them again.", false
	case f.Reminders == store.NoReminders:
		return "You chose no reminders, so no DM: /pitch today has it, /pitch settings changes that.", false
	}
	return "It is in /pitch today.", false
}

// nameStep names the step of a change to a commitment, and is its prospect. One
// whose row is damaged has no name.
func nameStep(b *store.Book, what string, c store.Commitment) (store.Prospect, error) {
	p, _ := b.Prospect(c.Prospect)
	_, err := b.Describe(what + promiseText(c, p))
	return p, err
}

func (v *visit) move(ctx context.Context, r parse.Move) (Reply, error) {
	return v.one(ctx, r.Who, r.Kind, "move", func(c candidate) (Reply, error) {
		return v.moveOne(ctx, c.ID, r.DueOn, r.DueAt)
	}, func(c candidate) button {
		return button{label: c.label(v), does: v.does("move-form", "id", c.ID.String())}
	})
}

// movesBeforeSmaller is when a smaller step is offered: after the third move.
const movesBeforeSmaller = 3

func (v *visit) moveOne(ctx context.Context, id store.ID, on store.Day, at time.Time) (Reply, error) {
	return v.moved(ctx, id, func(b *store.Book) (store.Commitment, error) { return b.Move(id, on, at) })
}

func (v *visit) moved(ctx context.Context, id store.ID, move func(*store.Book) (store.Commitment, error)) (Reply, error) {
	var was, c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "move", func(b *store.Book) (err error) {
		if was, err = b.Commitment(id); err != nil {
			return err
		}
		if c, err = move(b); err != nil {
			return err
		}
		p, err = nameStep(b, "move, ", c)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	words := append([]word{say("Moved: ")}, promise(c, p)...)
	once := c
	once.Every = store.Once
	words = append(words, say(" · "+whenLabel(once, v.today(), v.location())))
	r := reply(line(words...))
	bs := []button{v.undoButton(step)}
	if was.Moves < movesBeforeSmaller && c.Moves >= movesBeforeSmaller {
		r = r.with(linef("That is the third move. A smaller step may be easier, or letting it go. Both are fine."))
		bs = append(bs, v.smallerButton(c), v.letGoButton(c, ""))
	}
	return r.with(buttons(promiseText(c, p), bs...)), nil
}

func (v *visit) cancel(ctx context.Context, r parse.Cancel) (Reply, error) {
	return v.one(ctx, r.Who, r.Kind, "let go", func(c candidate) (Reply, error) {
		return v.letGo(ctx, c.ID, true, false)
	}, func(c candidate) button {
		return button{label: c.label(v), does: v.does("let-go", "id", c.ID.String(), "series", "1")}
	})
}

// letGo releases a commitment: of a series one occurrence, or all.
func (v *visit) letGo(ctx context.Context, id store.ID, series, replace bool) (Reply, error) {
	var c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "let go", func(b *store.Book) (err error) {
		if series {
			c, err = b.Release(id)
		} else {
			c, err = b.Skip(id)
		}
		if err != nil {
			return err
		}
		p, err = nameStep(b, "letting go, ", c)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	verb, rest := "Let go: ", ""
	if c.Every != store.Once {
		if rest = ", and no more of them"; !series {
			verb, rest = "Skipped this one: ", "; the next comes as usual"
		}
	}
	words := append([]word{say(verb)}, promise(c, p)...)
	r := reply(line(append(words, say(rest+". Nothing is held against you."))...),
		buttons(promiseText(c, p), v.undoButton(step)))
	r.Replace = replace
	return r, nil
}

func (v *visit) moveButton(c store.Commitment) button {
	return button{label: "Move", does: v.does("move-form", "id", c.ID.String())}
}

// letGoButton lets a commitment go; of one that recurs, the one occurrence.
func (v *visit) letGoButton(c store.Commitment, in string) button {
	label := "Let go"
	if c.Every != store.Once {
		label = "Skip this one"
	}
	return button{label: label, does: v.does("let-go", "id", c.ID.String(), "in", in)}
}
