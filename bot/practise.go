package bot

import (
	"context"
	"net/url"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// practise rehearses the ask, of a prospect where one is named.
func (v *visit) practise(ctx context.Context, r parse.Coach) (Reply, error) {
	who := parse.Who{Name: r.Rest}
	for _, p := range v.prospects {
		if r.Rest != "" && store.Fold(p.Name) == store.Fold(r.Rest) {
			who = whoIs(p)
		}
	}
	if v.trigger == "" { // a message opens no form
		return reply(linef("Say the ask once here, to nobody. Nothing of it is rated or kept."),
			buttons("the ask", button{label: "Rehearse", does: v.rehearsing("rehearse", who), primary: true})), nil
	}
	return v.rehearsal(ctx, who)
}

// rehearsing is an action about a rehearsal with somebody, or with nobody.
func (v *visit) rehearsing(verb string, who parse.Who) action {
	return v.does(verb, "who", who.Name, "prospect", who.ID.String())
}

// whomFor is whom a rehearsal is for.
func (v *visit) whomFor(about url.Values) parse.Who {
	who := parse.Who{Name: about.Get("who")}
	if p, err := v.theirs(action{about: about}.recordID("prospect")); err == nil {
		return whoIs(p)
	}
	return who
}

func (v *visit) pressRehearse(ctx context.Context, a action) (Reply, error) {
	return v.rehearsal(ctx, v.whomFor(a.about))
}

// rehearsal is the form: their own ask, then what a buyer may say to it.
func (v *visit) rehearsal(ctx context.Context, who parse.Who) (Reply, error) {
	r, err := v.rehearse(ctx)
	if err != nil {
		return Reply{}, err
	}
	intro := []word{say("Nobody reads this. Nothing is rated or kept.")}
	if who.Name != "" {
		intro = append([]word{say("For "), bold(who.Name), say(". ")}, intro...)
	}
	if r.Opening != "" {
		intro = append(intro, say("\nYour own words: “"+clip(r.Opening, 300)+"”"))
	}
	fields := []slack.Block{
		line(intro...).block(0),
		field("ask", "Your ask", r.Prompt, true, textInput("ask", "", "Would you order ten for the pilot?", true)),
	}
	for _, says := range r.Replies {
		fields = append(fields, field(says.Name, "They say: “"+says.Says+"”", says.Prompt, false, textInput(says.Name, "", "", true)))
	}
	about := url.Values{"who": {clip(who.Name, maxCarried)}, "prospect": {who.ID.String()}}
	return v.form("rehearse", "Rehearse the ask", "Read it back", about, fields...), nil
}

func (v *visit) rehearse(ctx context.Context) (r nudges.Rehearsal, err error) {
	err = v.view(ctx, func(b *store.Book) error {
		s, err := nudges.SituationOf(b)
		r = nudges.Rehearse(s)
		return err
	})
	return r, err
}

// submitRehearsal reads back what was written, in order, and keeps none of it.
func (v *visit) submitRehearsal(ctx context.Context, f filled) (Reply, error) {
	r, err := v.rehearse(ctx)
	if err != nil {
		return Reply{}, err
	}
	spoken := [][]word{{bold("You: "), say(f.text("ask"))}}
	for _, says := range r.Replies {
		if answer := f.text(says.Name); answer != "" {
			spoken = append(spoken, []word{bold("They: "), say(says.Says)}, []word{bold("You: "), say(answer)})
		}
	}
	plan := v.rehearsing("plan-sentence", v.whomFor(f.about)).saying(f.text("ask"))
	return reply(
		linef("Once aloud, and it isn't the first time any more:"), lines(spoken...),
		aside("None of this is kept. Copy what you want to keep."),
		buttons("your ask",
			button{label: "Plan the ask with this sentence", does: plan, primary: true},
			button{label: "Once more", does: v.rehearsing("rehearse", v.whomFor(f.about))},
			v.keeping("Pair for 15 minutes", "partner on")),
	), nil
}

// saying is the action with a sentence, or as much of it as a button can carry.
func (a action) saying(sentence string) action {
	for n := len([]rune(sentence)); n > 0; n -= 20 {
		if a.about.Set("sentence", clip(sentence, n)); len([]rune(a.value())) <= maxValue {
			break
		}
	}
	return a
}

// pressPlanSentence opens the form for an ask that begins as it was rehearsed.
func (v *visit) pressPlanSentence(_ context.Context, a action) (Reply, error) {
	c := parse.Commit{Kind: store.Ask, Count: 1, Who: v.whomFor(a.about), Sentence: a.get("sentence")}
	c.DueOn, c.At = v.soon()
	return v.commitForm(c), nil
}
