package bot

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// coachSubmits are the forms that coach lines open.
var coachSubmits = map[string]submission{
	"again":    (*visit).submitAgain,
	"rehearse": (*visit).submitRehearsal,
}

var coachPresses = map[string]press{
	"coach":         (*visit).pressCoach,
	"not-for-me":    (*visit).pressNotForMe,
	"mute":          (*visit).pressMute,
	"unmute":        (*visit).pressUnmute,
	"stuck":         (*visit).pressStuck,
	"draft":         (*visit).pressDraft,
	"mood":          (*visit).pressMood,
	"forget-moods":  (*visit).pressForgetMoods,
	"skip":          (*visit).pressSkip,
	"rehearse":      (*visit).pressRehearse,
	"plan-sentence": (*visit).pressPlanSentence,
}

// coach is the table of the coach's commands.
func (v *visit) coach(ctx context.Context, r parse.Coach) (Reply, error) {
	switch r.Verb {
	case parse.Stuck:
		return v.stuck(ctx, r)
	case parse.Mood:
		return v.mood(ctx, r)
	case parse.Practise:
		return v.practise(ctx, r)
	case parse.Why:
		return v.why(ctx)
	case parse.Partner:
		return v.partner(ctx, r)
	case parse.Coaching:
		return v.coaching(ctx, r)
	}
	return Reply{}, errors.New("a coach's command without an answer")
}

// notForMe is the answer to a line that asks for none like it.
const notForMe = "Not for me"

// lineParts are a coach line and its buttons, or what was answered to it. likely
// are the reasons the founder hears most, for a line that asks for one.
func (v *visit) lineParts(l store.Line, likely []store.Reason) []part {
	text := line(say(l.Said))
	answer := l.Answer
	if l.Kind == nudges.KindReason && l.Reason != "" {
		answer = reasonLabels[l.Reason]
	}
	switch answer {
	case "":
	case notForMe:
		return []part{text, aside(notForMe)}
	default:
		return []part{text, aside("✓ " + answer)}
	}
	var bs []button
	if l.Kind == nudges.KindReason {
		no := logged{Logged: store.Logged{Activity: store.Activity{ID: l.Activity}}, reasons: likely}
		bs = v.reasonButtons(no, inPlan)
	} else {
		labels, _ := nudges.Offered(l)
		for _, label := range labels {
			bs = append(bs, button{label: label, does: v.does("coach", "do", label, "in", inPlan)})
		}
	}
	bs = append(bs, button{label: notForMe, does: v.does("not-for-me", "in", inPlan)})
	for i := range bs {
		bs[i].does = bs[i].does.and("line", l.ID.String())
	}
	return []part{text, buttons("", bs...)}
}

// doings are what the buttons of coach lines do, by their labels.
var doings = map[string]func(*visit, context.Context, store.Line) (Reply, error){
	"Plan the ask":      (*visit).planTheAsk,
	"One small ask":     (*visit).planTheAsk,
	"Ask with a number": (*visit).askWithNumber,
	"Offer two dates":   (*visit).offerTwoDates,
	"Close it kindly":   (*visit).closeKindly,
	"Change one thing": func(v *visit, ctx context.Context, _ store.Line) (Reply, error) {
		return v.pressOfferForm(ctx, action{})
	},
	"Block 25 minutes": (*visit).blockTime,
	"Add three names":  func(v *visit, _ context.Context, _ store.Line) (Reply, error) { return v.namesForm(3), nil },
	"Add someone new":  func(v *visit, _ context.Context, _ store.Line) (Reply, error) { return v.namesForm(1), nil },
	"Add one outside":  func(v *visit, _ context.Context, _ store.Line) (Reply, error) { return v.namesForm(1), nil },
	"Plan a call":      (*visit).planTheCall,
	"Draft the note":   (*visit).drafts,
	"Rehearse":         func(v *visit, ctx context.Context, _ store.Line) (Reply, error) { return v.rehearsal(ctx, parse.Who{}) },
	"Pair for 15 minutes": func(v *visit, ctx context.Context, _ store.Line) (Reply, error) {
		yes := true
		return v.partner(ctx, parse.Coach{Verb: parse.Partner, On: &yes})
	},
	"Set this week's asks":                 func(v *visit, ctx context.Context, _ store.Line) (Reply, error) { return v.goal(ctx, parse.Goal{}) },
	"Skip tomorrow, the week still counts": (*visit).skipTomorrow,
	"Fewer":                                (*visit).fewerLines,
	"Different":                            (*visit).differentLines,
	"Off":                                  (*visit).noLines,
}

// pressCoach does what a line proposes, unless that is out of date. A form is an
// answer to the line once it is submitted.
func (v *visit) pressCoach(ctx context.Context, a action) (Reply, error) {
	do := doings[a.get("do")]
	l, err := v.line(ctx, a)
	switch {
	case err != nil:
		return Reply{}, err
	case do == nil:
		return Reply{}, errOldButton
	}
	fits, now := false, l
	err = v.view(ctx, func(b *store.Book) (err error) {
		now, fits, err = nudges.Stands(b, l)
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case !fits:
		return reply(linef("That line no longer fits: what it rested on has changed. Nothing was done.")), nil
	case now.Answer != l.Answer:
		return reply(linef("That has been settled meanwhile: " + strings.ToLower(now.Answer) + ". Nothing was changed.")), nil
	}
	v.proposed = url.Values{"line": {l.ID.String()}, "answer": {a.get("do")}}
	r, err := do(v, ctx, l)
	if err == nil && r.Form == nil {
		v.heeded(ctx, l.ID, a.get("do"))
	}
	r.Replace = false
	return r, err
}

// line is the coach line a button goes with.
func (v *visit) line(ctx context.Context, a action) (l store.Line, err error) {
	err = v.view(ctx, func(b *store.Book) (err error) {
		l, err = b.Line(a.recordID("line"))
		return err
	})
	if err == nil && l.Said == "" { // it was about somebody deleted since
		err = store.ErrNotFound
	}
	return l, err
}

// heeded notes what was answered to a line.
func (v *visit) heeded(ctx context.Context, line store.ID, answer string) {
	err := v.remember(ctx, func(b *store.Book) error {
		_, err := b.AnswerLine(line, answer)
		return err
	})
	if err != nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrNoFounder) {
		v.log.Warn("an answer to a coach line was not noted", "error", err)
	}
}

// soon is a time of the day that leaves half an hour, or the next working day's
// first.
func (v *visit) soon() (store.Day, store.Clock) {
	const late = 17
	at := v.now.In(v.location()).Add(30 * time.Minute).Truncate(30 * time.Minute).Add(30 * time.Minute)
	if store.DayOf(at) != v.today() || at.Hour() >= late {
		return v.nextWorkday(), planAt
	}
	return v.today(), store.ClockOf(at)
}

// towards is the commitment a line about a prospect proposes.
func (v *visit) towards(ctx context.Context, kind store.Kind, l store.Line, sentence string) (Reply, error) {
	c := parse.Commit{Kind: kind, Count: 1, Sentence: sentence}
	c.DueOn, c.At = v.soon()
	if l.Prospect != 0 {
		err := v.view(ctx, func(b *store.Book) error {
			p, err := b.Prospect(l.Prospect)
			c.Who = whoIs(p)
			return err
		})
		if err != nil {
			return Reply{}, err
		}
	}
	return v.commitFormAfter(c, l.Activity), nil
}

func (v *visit) planTheAsk(ctx context.Context, l store.Line) (Reply, error) {
	return v.towards(ctx, store.Ask, l, "")
}

func (v *visit) planTheCall(ctx context.Context, l store.Line) (Reply, error) {
	return v.towards(ctx, store.Call, l, "")
}

func (v *visit) offerTwoDates(ctx context.Context, l store.Line) (Reply, error) {
	return v.towards(ctx, store.Ask, l, "Would Tuesday at ten or Thursday at two suit you?")
}

// askWithNumber puts the number to an ask that has gone quiet, which is followed
// up with it; to what was no ask yet, it plans one.
func (v *visit) askWithNumber(ctx context.Context, l store.Line) (Reply, error) {
	if l.Activity != 0 {
		a, _, err := v.entry(ctx, l.Activity)
		if err != nil {
			return Reply{}, err
		}
		if a.IsAsk() {
			return v.againForm(ctx, a.ID)
		}
	}
	return v.towards(ctx, store.Ask, l, "Shall we say ten to start?")
}

// againForm asks for the number a quiet ask is sent again with.
func (v *visit) againForm(ctx context.Context, id store.ID) (Reply, error) {
	a, p, err := v.entry(ctx, id)
	return v.form("again", "Ask with a number", "I sent it", url.Values{"id": {id.String()}},
		slack.NewRichTextBlock("", slack.NewRichTextSection(elements([]word{say("One line to "), bold(p.Name), say(", with one number in it. Then the ball is theirs.")})...)),
		manyField(drafted(a, whom{}))), err
}

// submitAgain puts the number to the ask, and notes that it was sent again.
func (v *visit) submitAgain(ctx context.Context, f filled) (Reply, error) {
	read := draft{many: f.text("many")}
	if err := v.howMany(&read); err != nil {
		return Reply{}, err
	}
	if read.Quantity == 0 && read.Amount == "" {
		return Reply{}, wrong("many", "Which number did you send? Like this: 10 seats, or $500.")
	}
	l := logged{Logged: store.Logged{Answered: true}}
	var err error
	l.step, err = v.change(ctx, "asked again, with a number", func(b *store.Book) error {
		ask, err := edited(b, f.id(), func(a *store.Activity) {
			a.Quantity, a.Amount, a.Currency = read.Quantity, read.Amount, read.Currency
		})
		if err != nil {
			return err
		}
		p, err := b.Prospect(ask.Prospect)
		if err != nil {
			return err
		}
		if _, err := b.LogWith(p, false, store.Activity{Kind: store.FollowUp, Note: "asked again"}); err != nil {
			return err
		}
		return l.read(b, ask.ID)
	})
	return v.loggedReply(l), err
}

// closeKindly ends an ask that had no answer. What was sent without an ask is
// followed up for the last time.
func (v *visit) closeKindly(ctx context.Context, l store.Line) (Reply, error) {
	a, p, err := v.entry(ctx, l.Activity)
	if err != nil {
		return Reply{}, err
	}
	if !a.IsAsk() {
		return v.logActivity(ctx, parse.Log{Kind: store.FollowUp, Who: whoIs(p), OccurredOn: v.today(), Note: "closed kindly"})
	}
	return v.logActivity(ctx, parse.Log{
		Kind: store.Ask, Who: whoIs(p), OccurredOn: v.today(), Outcome: store.NoDecision, Answer: true, OnlyIfOpen: true,
	})
}

// blockTime promises three dials, soon.
func (v *visit) blockTime(ctx context.Context, _ store.Line) (Reply, error) {
	day, at := v.soon()
	r, err := v.commitAfter(ctx, parse.Commit{Kind: store.Call, Count: 3, DueOn: day, At: at, DueAt: day.At(at, v.location())}, 0)
	if err != nil {
		return r, err
	}
	return r.with(aside("Put 25 minutes in your calendar for it. No answer counts as a dial.")), nil
}

// skipTomorrow takes the next working day off.
func (v *visit) skipTomorrow(ctx context.Context, _ store.Line) (Reply, error) {
	day := v.nextWorkday()
	return v.pause(ctx, parse.Pause{From: day, To: day, Reason: parse.Paused})
}
