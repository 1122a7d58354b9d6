package bot

import (
	"context"
	"net/url"
	"strconv"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/store"
)

// smallerButton offers a smaller step in place of a commitment.
func (v *visit) smallerButton(c store.Commitment) button {
	return button{label: "Smaller step", does: v.does("smaller", "id", c.ID.String())}
}

// smaller is a smaller step than a commitment: one of a number, a note in place of
// a talk.
func smaller(c store.Commitment) store.Commitment {
	if c.Prospect == 0 {
		return store.Commitment{Kind: c.Kind, Count: 1, About: c.About}
	}
	return store.Commitment{Kind: store.Email, Prospect: c.Prospect, Count: 1, About: c.About, After: c.After}
}

// pressSmaller is the form for a smaller step, filled in.
func (v *visit) pressSmaller(ctx context.Context, a action) (Reply, error) {
	var c store.Commitment
	err := v.view(ctx, func(b *store.Book) (err error) {
		if c, err = b.Commitment(a.recordID("id")); err == nil && c.Status != store.Open {
			err = store.ErrClosed
		}
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	step := smaller(c)
	fields := []slack.Block{
		field("kind", "I will", "It takes the place of what you moved.", true, selectInput("kind", string(step.Kind), choices(store.Kinds(), kindLabels))),
	}
	if c.Prospect == 0 {
		fields = append(fields, field("many", "How many", "", true, textInput("many", strconv.Itoa(step.Count), "1", false)))
	}
	fields = append(fields,
		field("day", "By", "", true, dateInput("day", max(c.DueOn, v.today()))),
		field("time", "At", "With a time I remind you then.", false, timeInput("time", "")),
		field("sentence", "First sentence", "Two lines are enough.", false, textInput("sentence", "", "Is this still of interest?", true)),
	)
	return v.form("smaller", "A smaller step", "Commit", url.Values{"id": {c.ID.String()}}, fields...), nil
}

// submitSmaller promises the smaller step and lets go of what it takes the place
// of, in one change: Undo takes both back. A series goes on with its next.
func (v *visit) submitSmaller(ctx context.Context, f filled) (Reply, error) {
	read := parse.Commit{DueOn: f.day("day"), At: f.clock("time")}
	if err := v.future(&read); err != nil {
		return Reply{}, err
	}
	many := 1
	if text := f.text("many"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > store.MaxCount {
			return Reply{}, wrong("many", "A number from 1 to "+strconv.Itoa(store.MaxCount)+".")
		}
		many = n
	}
	var was, c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "a smaller step", func(b *store.Book) (err error) {
		if was, err = b.Skip(f.id()); err != nil {
			return err
		}
		c = smaller(was)
		c.Kind, c.Count, c.Sentence = store.Kind(f.chosen("kind")), many, f.text("sentence")
		c.DueOn, c.At, c.DueAt = read.DueOn, read.At, read.DueAt
		if c, err = b.Commit(c); err != nil {
			return err
		}
		p, err = nameStep(b, "a smaller step, ", c)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := v.committedReply(ctx, c, p, step)
	return r.with(aside("In place of: " + promiseText(was, p) + stop(promiseText(was, p)).text)), nil
}
