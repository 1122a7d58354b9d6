package bot

import (
	"context"
	"slices"
	"strconv"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// commit records a promise.
func (v *visit) commit(ctx context.Context, r parse.Commit) (Reply, error) {
	if len(r.Who.Candidates) > 1 && v.as == 0 {
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
			if p, _, err = v.prospect(b, r.Who); err != nil {
				return err
			}
		}
		c, err = b.Commit(store.Commitment{
			Kind: r.Kind, Prospect: p.ID, Count: r.Count, DueOn: r.DueOn, At: r.At, DueAt: r.DueAt,
			Every: r.Every, Sentence: r.Sentence, After: after, From: firstDay(r, b.Today()),
		})
		if err == nil {
			first, err = firstLog(b)
		}
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	out := v.committedReply(c, p, step)
	if first && c.DueAt.IsZero() {
		out = out.with(v.remindRow()...)
	}
	return out, nil
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
	what := promise(store.Commitment{Kind: r.Kind, Count: max(1, r.Count), Prospect: store.ID(min(1, len(r.Who.Name)))}, store.Prospect{Name: r.Who.Name})
	words := append([]word{say("By when: ")}, what...)
	return reply(line(append(words, say("?"))...), buttons("", bs...))
}

func (v *visit) committedReply(c store.Commitment, p store.Prospect, step store.ID) Reply {
	words := append([]word{say("Committed: ")}, promise(c, p)...)
	words = append(words, say(" · "+whenLabel(c, v.today(), v.location())))
	r := reply(line(words...))
	if c.Sentence != "" {
		r = r.with(line(say("First sentence: “" + c.Sentence + "”")))
	}
	undo := button{label: "Undo", does: v.does("undo", "id", step.String())}
	change := button{label: "Move", does: v.does("move-form", "id", c.ID.String())}
	switch {
	case c.Silent || c.DueAt.IsZero() || v.founder.Reminders == store.NoReminders:
	case v.founder.Reminders == "":
		r = r.with(aside("I'll DM you then."))
		return r.with(buttons(promiseText(c, p), button{label: "No DM", does: v.does("silence", "id", c.ID.String())}, change, undo))
	default:
		r = r.with(aside("I'll DM you then."))
	}
	return r.with(buttons(promiseText(c, p), change, undo))
}

// open are the founder's open commitments that fit a prospect and a kind, either
// of which may be zero, those that are current first.
func (v *visit) open(ctx context.Context, who parse.Who, kind store.Kind) (fits []candidate, err error) {
	err = v.view(ctx, func(b *store.Book) error {
		open, err := b.Commitments(store.Open)
		if err != nil {
			return err
		}
		fits = nil
		for _, c := range open {
			if kind != "" && c.Kind != kind || c.From > b.Today() {
				continue
			}
			p, _ := b.Prospect(c.Prospect)
			if who.Name != "" && !v.means(who, p) {
				continue
			}
			fits = append(fits, candidate{c, p})
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
	for _, c := range fits[:min(len(fits), 20)] {
		b := choose(c)
		r = r.with(buttons(promiseText(c.Commitment, c.prospect), b))
	}
	return r, nil
}

func (v *visit) noneOpen(ctx context.Context, who parse.Who) (Reply, error) {
	if who.Name == "" {
		return reply(linef("Nothing is open. Promise yourself something: /pitch commit call Jane tomorrow 10:00"),
			buttons("", button{label: "New commitment", does: v.does("commit-form")})), nil
	}
	all, err := v.open(ctx, parse.Who{}, "")
	if err != nil {
		return Reply{}, err
	}
	r := reply(line(say("Nothing is open with "), bold(who.Name), say(".")))
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
	return v.one(ctx, r.Who, r.Kind, "tick off", func(c candidate) (Reply, error) {
		return v.pressDone(ctx, v.does("done", "id", c.ID.String()))
	}, func(c candidate) button {
		return button{label: c.label(v), does: v.does("done", "id", c.ID.String())}
	})
}

// snoozeFor is how long a reminder sleeps unless another time is named.
const snoozeFor = time.Hour

// snoozeUntil reads a button's time: RFC 3339, "morning" for the next day's
// morning, and an hour from now for the rest.
func (v *visit) snoozeUntil(s string) time.Time {
	if s == "morning" {
		return (v.today() + 1).At(v.founder.Morning, v.location())
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t
	}
	return v.now.Add(snoozeFor)
}

func (v *visit) snooze(ctx context.Context, r parse.Snooze) (Reply, error) {
	until := r.Until
	switch {
	case r.For > 0:
		until = v.now.Add(r.For)
	case until.IsZero() && r.On != 0:
		until = r.On.At(v.founder.Morning, v.location())
	case until.IsZero():
		until = v.now.Add(snoozeFor)
	}
	return v.one(ctx, r.Who, r.Kind, "snooze", func(c candidate) (Reply, error) {
		return v.snoozeOne(ctx, c.ID, until, false)
	}, func(c candidate) button {
		return button{label: c.label(v), does: v.does("snooze", "id", c.ID.String(), "until", until.Format(time.RFC3339))}
	})
}

// snoozeOne moves one reminder; the commitment and its series stay as they are.
func (v *visit) snoozeOne(ctx context.Context, id store.ID, until time.Time, replace bool) (Reply, error) {
	var c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "snooze", func(b *store.Book) (err error) {
		if c, err = b.Snooze(id, until.Truncate(time.Minute).Add(roundUp(until))); err == nil {
			p, _ = b.Prospect(c.Prospect)
		}
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	at := c.Snoozed.In(v.location())
	words := append([]word{say("Snoozed: ")}, promise(c, p)...)
	words = append(words, say(" · I'll remind you "+dayLabel(store.DayOf(at), v.today())+" at "+at.Format("15:04")))
	r := reply(line(words...), buttons(promiseText(c, p),
		button{label: "Done", does: v.does("done", "id", id.String())},
		button{label: "Undo", does: v.does("undo", "id", step.String())}))
	r.Replace = replace
	return r, nil
}

// roundUp is what takes a time cut to the minute to the next full one: reminders
// go out at full minutes.
func roundUp(t time.Time) time.Duration {
	if t.Equal(t.Truncate(time.Minute)) {
		return 0
	}
	return time.Minute
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
	var c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "move", func(b *store.Book) (err error) {
		if c, err = b.Move(id, on, at); err == nil {
			p, _ = b.Prospect(c.Prospect)
		}
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
	bs := []button{{label: "Undo", does: v.does("undo", "id", step.String())}}
	if c.Moves >= movesBeforeSmaller {
		r = r.with(linef("Moved " + strconv.Itoa(c.Moves) + " times. A smaller step may be easier: a two-line note, or letting it go. Both are fine."))
		bs = append(bs, v.commitButton("Smaller step", store.Email, p), v.letGoButton(c, ""))
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
		if err == nil {
			p, _ = b.Prospect(c.Prospect)
		}
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
		buttons(promiseText(c, p), button{label: "Undo", does: v.does("undo", "id", step.String())}))
	r.Replace = replace
	return r, nil
}

// letGoButton lets a commitment go; of one that recurs, the one occurrence.
func (v *visit) letGoButton(c store.Commitment, in string) button {
	label := "Let go"
	if c.Every != store.Once {
		label = "Skip this one"
	}
	return button{label: label, does: newAction(v.owner.User, "let-go", "id", c.ID.String(), "in", in)}
}
