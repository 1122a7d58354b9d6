package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// cardParts say where things stand with a prospect.
func (v *visit) cardParts(p store.Prospect, acts []store.Activity, open []candidate) []part {
	parts := []part{line(bold(p.Name), say(knownAs(p)))}
	if len(acts) == 0 {
		parts = append(parts, linef("Nothing logged yet."))
	}
	var lines [][]word
	for _, a := range slices.Backward(acts[max(0, len(acts)-5):]) {
		said := append([]string{dayLabel(a.OccurredOn, v.today()), kindLabels[a.Kind]}, facts(a, v.today())...)
		lines = append(lines, []word{say(strings.Join(said, " · "))})
	}
	if len(lines) > 0 {
		parts = append(parts, list(lines...))
	}
	for i, c := range open {
		if i == nextShown {
			parts = append(parts, aside("… and "+strconv.Itoa(len(open)-i)+" more: /pitch done lists them."))
			break
		}
		parts = append(parts, line(append(append([]word{say("Next: ")}, promise(c.Commitment, c.prospect)...), say(" · "+whenLabel(c.Commitment, v.today(), v.location())))...),
			v.itemButtons(c.Commitment, c.prospect, inPlan))
	}
	return parts
}

// nextShown is how many open commitments a card lists.
const nextShown = 5

// card shows a prospect: what was asked, what they said, what is next.
func (v *visit) card(ctx context.Context, who parse.Who) (Reply, error) {
	who = v.chosen(who)
	if len(who.Candidates) > 1 {
		return v.which(who.Candidates, who.Name), nil
	}
	id := who.ID
	var p store.Prospect
	var acts []store.Activity
	err := v.view(ctx, func(b *store.Book) (err error) {
		if p, err = b.Prospect(id); err != nil {
			return err
		}
		acts, err = b.ActivitiesWith(id)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	open, err := v.open(ctx, parse.Who{Name: p.Name, ID: p.ID}, "")
	if err != nil {
		return Reply{}, err
	}
	r := reply(v.cardParts(p, acts, open)...)
	bs := []button{
		v.sayAs("Log a call", "log call", p), v.sayAs("Log an ask", "log ask", p),
		v.commitButton("Plan the next step", store.Ask, p),
	}
	if len(acts) > 0 {
		bs = append(bs, button{label: "Edit the last entry", does: v.does("edit", "id", acts[len(acts)-1].ID.String())})
	}
	return r.with(buttons(p.Name, bs...)), nil
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
	err := v.Store.Change(ctx, store.Cause{Seen: v.seen, Now: v.now}, v.owner, func(b *store.Book) error {
		f, err := b.Founder()
		if err != nil {
			return err
		}
		moved := f
		moved.Gone = !who.founder()
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
