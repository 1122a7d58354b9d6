package bot

import (
	"cmp"
	"context"
	"net/url"
	"strconv"

	"pitch/bot/parse"
	"pitch/store"
)

func (v *visit) commitForm(c parse.Commit) Reply { return v.commitFormAfter(c, 0) }

func (v *visit) commitFormAfter(c parse.Commit, after store.ID) Reply {
	day := cmp.Or(c.DueOn, v.today())
	kind := cmp.Or(c.Kind, store.Call)
	who := c.Who.Name
	if who == "" && c.Count > 1 {
		who = strconv.Itoa(c.Count)
	}
	every := []choice{{"once", "Once"}, {"day", "Every day"}, {"weekday", "Every working day"}, {"week", "Every week"}, {"month", "Every month"}}
	about := url.Values{}
	if after != 0 {
		about.Set("after", after.String())
	}
	return v.form("commit", "Commit", "Commit", about,
		field("kind", "I will", "", true, selectInput("kind", string(kind), choices(store.Kinds(), kindLabels))),
		field("who", "With whom, or how many", "A name, or a number like 5.", true, textInput("who", who, "Acme", false)),
		field("day", "By", "", true, dateInput("day", day)),
		field("time", "At", "With a time I remind you then.", false, timeInput("time", c.At)),
		field("every", "Again", "", true, selectInput("every", cmp.Or(string(c.Every), "once"), every)),
		field("sentence", "First sentence", "How will you begin? It comes with the reminder.", false, textInput("sentence", c.Sentence, "Would you order ten for the pilot?", true)),
	)
}

func (v *visit) submitCommit(ctx context.Context, f filled) (Reply, error) {
	c := parse.Commit{
		Kind: store.Kind(f.chosen("kind")), Count: 1, DueOn: f.day("day"), At: f.clock("time"), Sentence: f.text("sentence"),
	}
	if every := f.chosen("every"); every != "once" {
		c.Every = store.Every(every)
	}
	who := f.text("who")
	if n, err := strconv.Atoi(who); err == nil {
		if n < 1 || n > store.MaxCount {
			return Reply{}, wrong("who", "A number from 1 to "+strconv.Itoa(store.MaxCount)+".")
		}
		c.Count = n
	} else {
		if err := validNames([]string{who}); err != nil {
			return Reply{}, err
		}
		c.Who = parse.Who{Name: who}
	}
	if err := v.future(&c); err != nil {
		return Reply{}, err
	}
	after, _ := strconv.ParseUint(f.about.Get("after"), 10, 64)
	return v.commitAfter(ctx, c, store.ID(after))
}

// future places a form's day and time, which lie ahead.
func (v *visit) future(c *parse.Commit) error {
	if c.DueOn < v.today() {
		return wrong("day", "A commitment is of the future: today or later.")
	}
	if c.At != "" && c.Every == store.Once {
		c.DueAt = c.DueOn.At(c.At, v.location())
		if !c.DueAt.After(v.now) {
			return wrong("time", "That time is over. Choose a later one, or another day.")
		}
	}
	return nil
}

func (v *visit) moveForm(ctx context.Context, id store.ID) (Reply, error) {
	var c store.Commitment
	err := v.view(ctx, func(b *store.Book) (err error) {
		c, err = b.Commitment(id)
		return err
	})
	at := c.At
	if !c.DueAt.IsZero() {
		at = store.ClockOf(c.DueAt.In(v.location()))
	}
	return v.form("move", "Move", "Move", url.Values{"id": {id.String()}},
		field("day", "To", "", true, dateInput("day", max(c.DueOn, v.today()))),
		field("time", "At", "Its reminder moves with it.", false, timeInput("time", at)),
	), err
}

func (v *visit) submitMove(ctx context.Context, f filled) (Reply, error) {
	c := parse.Commit{DueOn: f.day("day"), At: f.clock("time")}
	if err := v.future(&c); err != nil {
		return Reply{}, err
	}
	if c.At == "" {
		return v.moved(ctx, f.id(), func(b *store.Book) (store.Commitment, error) { return b.MoveToDay(f.id(), c.DueOn) })
	}
	return v.moveOne(ctx, f.id(), c.DueOn, c.DueAt)
}
