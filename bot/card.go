package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// card shows a prospect: what was asked, what they said, what is next.
func (v *visit) card(ctx context.Context, who parse.Who) (Reply, error) {
	p, ask := v.meant(who)
	if p.ID == 0 {
		return ask, nil
	}
	return v.showCard(ctx, p.ID)
}

// meant is the prospect somebody named or, where the words do not say who that
// is, what to answer.
func (v *visit) meant(who parse.Who) (store.Prospect, Reply) {
	who = v.chosen(who)
	if len(who.Candidates) > 1 {
		return store.Prospect{}, v.which(who.Candidates, v.typed)
	}
	for _, p := range v.prospects {
		if v.means(who, p) {
			return p, Reply{}
		}
	}
	return store.Prospect{}, reply(
		line(say("Nobody on your list is called "), bold(who.Name), say(". Nothing was changed.")),
		buttons("", v.sayButton("Prospects", "prospects")))
}

// theirs is a prospect of the visitor's, as begin read it.
func (v *visit) theirs(id store.ID) (store.Prospect, error) {
	for _, p := range v.prospects {
		if p.ID == id {
			return p, nil
		}
	}
	return store.Prospect{}, store.ErrNotFound
}

// showCard is the card of a prospect of the visitor's.
func (v *visit) showCard(ctx context.Context, id store.ID) (Reply, error) {
	p, err := v.theirs(id)
	if err != nil {
		return Reply{}, err
	}
	parts, err := v.cardParts(ctx, p)
	return reply(parts...), err
}

// cardParts say where things stand with a prospect, and what can be done about it.
func (v *visit) cardParts(ctx context.Context, p store.Prospect) ([]part, error) {
	var acts []store.Activity
	err := v.view(ctx, func(b *store.Book) (err error) {
		acts, err = b.ActivitiesWith(p.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	open, err := v.open(ctx, parse.Who{Name: p.Name, ID: p.ID}, "")
	if err != nil {
		return nil, err
	}
	o := outlook{Prospect: p}
	for _, a := range acts {
		o.happened(a)
	}
	parts := append(v.knownParts(p), v.pastParts(o, acts)...)
	parts = append(parts, v.nextParts(o, open)...)
	return append(parts, v.cardButtons(o)), nil
}

// knownParts are the name and what is known of a prospect.
func (v *visit) knownParts(p store.Prospect) []part {
	parts := []part{line(bold(p.Name), say(traits(p)))}
	if p.DoNotContact {
		parts = append(parts, line(bold("Do not contact."), say(" No plan, reminder or suggestion names them, until you take that off under Details.")))
	}
	if p.Note != "" {
		parts = append(parts, line(say("Note: "+clip(p.Note, lastShown))))
	}
	return parts
}

// A card lists a few entries beside the last touch and the last ask, and clips
// what is long: the forms have all of it. Slack refuses a message whose blocks
// are too long together (msg_blocks_too_long) without saying how long that is.
const (
	earlierShown = 4
	lastShown    = 1000 // characters
	lineShown    = 300
)

// pastParts are the last touch, the last ask with what they said, and some of
// what was before.
func (v *visit) pastParts(o outlook, acts []store.Activity) []part {
	if o.touch.ID == 0 {
		return []part{linef("Nothing logged yet.")}
	}
	parts := []part{line(say("Last touch: " + clip(v.happenedOn(o.touch), lastShown)))}
	if o.ask.ID != 0 && o.ask.ID != o.touch.ID {
		parts = append(parts, line(say("Last ask: "+clip(v.happenedOn(o.ask), lastShown))))
	}
	var earlier [][]word
	for _, a := range slices.Backward(acts) {
		if a.ID != o.touch.ID && a.ID != o.ask.ID && len(earlier) < earlierShown {
			earlier = append(earlier, []word{say(clip(v.happenedOn(a), lineShown))})
		}
	}
	if len(earlier) > 0 {
		parts = append(parts, linef("Before:"), list(earlier...))
	}
	return parts
}

// happenedOn is an entry in a line that need not say with whom.
func (v *visit) happenedOn(a store.Activity) string {
	said := append([]string{dayLabel(a.OccurredOn, v.today()), kindLabels[a.Kind]}, facts(a, v.today())...)
	return strings.Join(said, " · ")
}

// nextShown is how many open commitments a card lists.
const nextShown = 5

// nextParts are the follow-up date and what is promised. Towards whom is not to
// be contacted a promise can only be let go.
func (v *visit) nextParts(o outlook, open []candidate) (parts []part) {
	if on := o.followUp(); on != 0 && !o.DoNotContact {
		parts = append(parts, line(say("Next follow-up: "), bold(dayLabel(on, v.today()))))
	}
	for i, c := range open {
		if i == nextShown {
			return append(parts, aside("… and "+strconv.Itoa(len(open)-i)+" more: /pitch done lists them."))
		}
		label, row := "Next: ", v.itemButtons(c.Commitment, c.prospect, inPlan)
		if o.DoNotContact {
			label, row = "Open, and silent: ", buttons(promiseText(c.Commitment, c.prospect), v.letGoButton(c.Commitment, inPlan))
		}
		words := append([]word{say(label)}, clipped(promise(c.Commitment, c.prospect), lineShown)...)
		parts = append(parts, line(append(words, say(" · "+whenLabel(c.Commitment, v.today(), v.location())))...), row)
	}
	return parts
}

// cardButtons are what can be done from a card. Whom not to contact nobody is
// led to ask; what happened all the same can be logged.
func (v *visit) cardButtons(o outlook) part {
	p := o.Prospect
	bs := []button{v.sayAs("Log a call", "log call", p)}
	if !p.DoNotContact {
		bs = append(bs, v.sayAs("Log an ask", "log ask", p), v.commitButton("Plan the next step", store.Ask, p))
	}
	bs = append(bs, v.detailsButton(p))
	if o.touch.ID != 0 {
		bs = append(bs, button{label: "History", does: v.does("history", "with", p.ID.String(), "keep", "1")})
	}
	return buttons(p.Name, bs...)
}

func (v *visit) detailsButton(p store.Prospect) button {
	return button{label: "Details", does: v.does("details-form", "id", p.ID.String())}
}

// userChanged follows a founder who moved, left or came back. Of people without
// records nothing is kept.
func (v *visit) userChanged(ctx context.Context, ev happened) {
	var who member
	if json.Unmarshal(ev.User, &who) != nil || who.ID == "" {
		return
	}
	v.owner.User = who.ID
	v.members.put(who, v.now)
	if v.owner.Team == "" {
		v.owner.Team = v.team
	}
	v.follows(ctx, who)
}

// follows keeps to what Slack says of a founder: their zone, unless they chose
// one, and whether they are still there.
func (v *visit) follows(ctx context.Context, who member) {
	err := v.changing(ctx, store.Cause{Seen: v.seen, Now: v.now}, v.owner, func(b *store.Book) error {
		f, err := b.Founder()
		if err != nil {
			return err
		}
		moved := f
		moved.Gone = !who.founder()
		switch {
		case !moved.Gone:
			moved.GoneAt = time.Time{}
		case !f.Gone:
			moved.GoneAt = v.now
		}
		if _, bad := store.LoadZone(who.Zone); bad == nil && !f.ZoneChosen {
			moved.Zone = who.Zone
		}
		if moved.Zone != f.Zone || moved.Gone != f.Gone {
			if err := b.SetFounder(moved); err != nil {
				return err
			}
		}
		return nudges.Reschedule(b)
	})
	if err != nil && !errors.Is(err, store.ErrNoFounder) && !errors.Is(err, store.ErrSeen) {
		v.log.Error("a change of a member was not followed", "error", err)
	}
}

// ended asks Slack whether the installation is over, as an event says, and if so
// ends the bot.
func (b *Bot) ended(ctx context.Context, what string) {
	_, err := b.slack.AuthTestContext(ctx)
	b.log.Warn("Slack says that the app or a token was removed", "event", what, "error", errorCode(err))
	if over(err) {
		select {
		case b.fatal <- err:
		default:
		}
	}
}
