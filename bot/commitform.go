package bot

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"

	"pitch/bot/parse"
	"pitch/store"
)

func (v *visit) commitForm(c parse.Commit) Reply { return v.commitFormAfter(c, 0) }

func (v *visit) commitFormAfter(c parse.Commit, after store.ID) Reply {
	c.DueOn, c.Kind = cmp.Or(c.DueOn, v.today()), cmp.Or(c.Kind, store.Call)
	many := ""
	if c.Who.Name == "" && c.Count > 1 {
		many = strconv.Itoa(c.Count)
	}
	return v.commitFormOf(c, v.withWhom(c.Who), many, after)
}

// maxCarried is how much of what a promise is for travels with its form, in
// characters: all that does has to fit in 3,000 bytes.
const maxCarried = 150

// commitFormOf asks for a promise to somebody or to a number, which many is.
func (v *visit) commitFormOf(c parse.Commit, w whom, many string, after store.ID) Reply {
	every := choices([]store.Every{store.EachDay, store.EachWeekday, store.EachWeek, store.EachMonth}, everyLabels)
	if _, named := everyLabels[c.Every]; c.Every != store.Once && !named {
		every = append(every, choice{string(c.Every), capital(everyLabel(c.Every))})
	}
	about := url.Values{"after": {after.String()}, "for": {clip(c.For, maxCarried)}}
	w.one = true
	return v.form("commit", "Commit", "Commit", about,
		field("kind", "I will", "", true, selectInput("kind", string(c.Kind), choices(store.Kinds(), kindLabels))),
		w.field(false),
		field("many", "Or how many", "In place of a name: 5 calls, whoever they are with.", false, countInput("many", many)),
		field("day", "By", "", true, dateInput("day", c.DueOn)),
		field("time", "At", "With a time I remind you then.", false, timeInput("time", c.At)),
		field("every", "Again", "Leave this empty to do it once.", false, selectInput("every", string(c.Every), every)),
		field("sentence", "First sentence", "How will you begin? It comes with the reminder.", false, textInput("sentence", c.Sentence, "Would you order ten for the pilot?", true)),
	)
}

// reshapeCommit is the form for a commitment after somebody was chosen in it.
func (v *visit) reshapeCommit(_ context.Context, f filled) (Reply, error) {
	c := readCommit(f)
	return v.commitFormOf(c, whom{}.answered(f), f.text("many"), f.recordID("after")), nil
}

func readCommit(f filled) parse.Commit {
	return parse.Commit{
		Kind: store.Kind(f.chosen("kind")), Count: 1, DueOn: f.day("day"), At: f.clock("time"),
		Every: store.Every(f.chosen("every")), Sentence: f.text("sentence"), For: f.about.Get("for"),
	}
}

func (v *visit) submitCommit(ctx context.Context, f filled) (Reply, error) {
	c := readCommit(f)
	w := whom{}.answered(f)
	if w.unfinished(f) {
		return v.reshapeCommit(ctx, f)
	}
	if err := v.withWhomOrMany(&c, w, f.text("many")); err != nil {
		return Reply{}, err
	}
	if err := v.future(&c); err != nil {
		return Reply{}, err
	}
	return v.commitAfter(ctx, c, f.recordID("after"))
}

// withWhomOrMany reads with whom a commitment is, or how many it is to: one of
// the two.
func (v *visit) withWhomOrMany(c *parse.Commit, w whom, many string) (err error) {
	nobody := w.pick.value == "" && strings.TrimSpace(w.names) == ""
	switch {
	case nobody && many == "":
		return wrong("who", "With whom, or how many? Fill in one of the two.")
	case nobody:
		if c.Count, err = strconv.Atoi(many); err != nil || c.Count < 1 || c.Count > store.MaxCount {
			return wrong("many", "A number from 1 to "+strconv.Itoa(store.MaxCount)+".")
		}
		return nil
	case many != "" && many != "1":
		return wrong("many", "With somebody, or a number: clear one of the two.")
	}
	c.Who, err = v.onePerson(w)
	return err
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
