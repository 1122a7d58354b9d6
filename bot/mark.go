package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pitch/bot/parse"
	"pitch/store"
)

// mark notes what is known of a prospect.
func (v *visit) mark(ctx context.Context, r parse.Mark) (Reply, error) {
	p, ask := v.meant(r.Who)
	if p.ID == 0 {
		return ask, nil
	}
	before, now, step, err := v.note(ctx, p.ID, func(p *store.Prospect) { marked(p, r) })
	switch {
	case err != nil:
		return Reply{}, err
	case step == 0:
		return reply(line(say("That is noted already: "), bold(now.Name), say(knownAs(now))), buttons(now.Name, v.detailsButton(now))), nil
	}
	out := reply(line(say("Noted: "), bold(now.Name), say(knownAs(now))))
	if now.FollowUpOn != before.FollowUpOn {
		out = out.with(v.followUpPart(ctx, now))
	}
	if now.DoNotContact != before.DoNotContact {
		out = out.with(contactPart(now))
	}
	return out.with(buttons(now.Name, v.detailsButton(now), v.undoButton(step))), nil
}

// marked is a prospect with what was said of them.
func marked(p *store.Prospect, r parse.Mark) {
	p.Relationship, p.Buyer = cmp.Or(r.Relationship, p.Relationship), cmp.Or(r.Buyer, p.Buyer)
	if r.Callable != nil {
		p.NotCallable = !*r.Callable
	}
	if r.DoNotContact != nil {
		p.DoNotContact = *r.DoNotContact
	}
	if r.FollowUpOn != nil {
		p.FollowUpOn = *r.FollowUpOn
	}
	if r.Note != "" {
		p.Note = strings.TrimSpace(p.Note + "\n" + r.Note)
	}
}

// note changes what is known of a prospect, which is before and now; step is 0
// where that changed nothing.
func (v *visit) note(ctx context.Context, id store.ID, set func(*store.Prospect)) (before, now store.Prospect, step store.ID, err error) {
	step, err = v.change(ctx, "note", func(b *store.Book) (err error) {
		if before, err = b.Prospect(id); err != nil {
			return err
		}
		now = before
		set(&now)
		if _, err := b.Describe("what you know of " + before.Name); err != nil {
			return err
		}
		return b.SetProspect(now)
	})
	return before, now, step, err
}

// followUpPart says what becomes of the follow-up date.
func (v *visit) followUpPart(ctx context.Context, p store.Prospect) part {
	if p.FollowUpOn == 0 {
		return linef("No follow-up date any more.")
	}
	return line(say("Next follow-up: "), bold(dayLabel(p.FollowUpOn, v.today())), say(". "+v.followUpSays(ctx, p)))
}

// followUpSays says how a follow-up date that was just set makes itself known, as
// the book has it.
func (v *visit) followUpSays(ctx context.Context, p store.Prospect) string {
	var with []store.Activity
	var to store.Agenda
	err := v.view(ctx, func(b *store.Book) (err error) {
		if with, err = b.ActivitiesWith(p.ID); err != nil {
			return err
		}
		to, err = b.Agenda()
		return err
	})
	rings := slices.IndexFunc(to.Alarms, func(a store.Alarm) bool {
		return a.Prospect == p.ID && strings.HasSuffix(a.Occurrence, "/"+p.FollowUpOn.String())
	})
	switch {
	case err != nil:
		return v.followUpHint()
	case p.DoNotContact:
		return "They are marked do not contact, so nothing names them."
	case slices.ContainsFunc(with, func(a store.Activity) bool { return a.OccurredOn >= p.FollowUpOn }):
		return "You have been in touch with them on that day, so nothing more names them."
	case p.FollowUpOn < v.today(), p.FollowUpOn == v.today() && v.clock() >= cmp.Or(v.founder.Morning, store.DefaultMorning) && v.tells():
		return "The morning is over, so nothing is sent today. /pitch today names them."
	case rings >= 0 && store.DayOf(to.Alarms[rings].At.In(v.location())) > p.FollowUpOn:
		return "You are off then; a reminder comes " + v.momentLabel(to.Alarms[rings].At) + "."
	}
	return v.followUpHint()
}

// tells reports whether the founder is told of follow-up dates.
func (v *visit) tells() bool {
	return !v.founder.Stopped && (v.founder.Reminders == store.EveryMorning || v.founder.Reminders == store.OnlyDue)
}

// clock is the time of the day it is where the founder is.
func (v *visit) clock() store.Clock { return store.ClockOf(v.now.In(v.location())) }

// followUpHint says how a follow-up date makes itself known.
func (v *visit) followUpHint() string {
	switch {
	case !v.tells():
		return "/pitch today names them that day; nothing is sent."
	case v.founder.Reminders == store.EveryMorning:
		return "They are in that morning's plan."
	}
	return "A reminder comes that morning."
}

func contactPart(p store.Prospect) part {
	if p.DoNotContact {
		return linef("Do not contact: no plan, reminder or suggestion names them, until you take that off under Details.")
	}
	return linef("They can be contacted again.")
}
