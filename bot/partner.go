package bot

import (
	"cmp"
	"context"
	"errors"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

var partnerPresses = map[string]press{"skip-partner": (*visit).pressSkipPartner}

// partner has a founder introduced to another one each week, or no longer.
func (v *visit) partner(ctx context.Context, r parse.Coach) (Reply, error) {
	switch {
	case r.Rest != "":
		return reply(linef("Partners are drawn anew each week from who wants one, so that nobody has to ask, or to say no. Nothing was changed."),
			buttons("partner", v.partnerSwitch())), nil
	case r.On == nil:
		return v.partnerState(ctx)
	case *r.On:
		return v.partnerOn(ctx)
	}
	_, step, err := v.setFounder(ctx, "partner off", func(f *store.Founder) { f.Partner = false })
	return reply(linef("No more partners. Nothing is owed to anybody."), buttons("partner", v.undoButton(step))), err
}

// partnerSwitch turns partners on, or off.
func (v *visit) partnerSwitch() button {
	if v.founder.Partner {
		return v.sayButton("Stop pairing", "partner off")
	}
	return v.sayButton("Pair me", "partner on")
}

// partnerOn is the yes to a weekly introduction, and to that message alone.
func (v *visit) partnerOn(ctx context.Context) (Reply, error) {
	f, step, err := v.setFounder(ctx, "partner on", func(f *store.Founder) { f.Partner = true })
	if err != nil {
		return Reply{}, err
	}
	r := reply(linef("You are in. Once a week I introduce you to another founder here who wants it too, in your DM with me: fifteen minutes, once. They read your name, and nothing else."))
	next, err := v.nextPartner(ctx)
	if err != nil {
		return Reply{}, err
	}
	r = r.with(linef(next))
	if f.Reminders != store.EveryMorning && !f.Stopped {
		r = r.with(aside("That one message a week is what you said yes to; your reminders stay as they are."))
	}
	return r.with(buttons("partner", v.undoButton(step))), nil
}

// partnerState says what partners are, and how it stands.
func (v *visit) partnerState(ctx context.Context) (Reply, error) {
	r := reply(linef("A partner is another founder here, a new one each week: fifteen minutes in which each says their ask out loud and the other answers as a buyer. Skipping is free."))
	if !v.founder.Partner {
		return r.with(linef("You have not asked for one."), buttons("partner", v.partnerSwitch())), nil
	}
	week := v.today().ISOWeek()
	p, err := v.pairing(ctx)
	if err != nil {
		return Reply{}, err
	}
	next, err := v.nextPartner(ctx)
	if err != nil {
		return Reply{}, err
	}
	says, skip := linef(next), button{}
	switch untold := p.Next == week; {
	case v.founder.Stopped:
	case p.Skip == week:
		says = linef("You skip this week.")
	case untold:
		skip = v.skipPartnerButton(week)
	case p.Meets(week):
		says, skip = line(say("This week: "), mention(p.With), say(".")), v.skipPartnerButton(week)
	case p.Week == week:
		says = linef("Nobody this week. " + next)
	}
	return r.with(says, buttons("partner", skip, v.partnerSwitch())), nil
}

func (v *visit) skipPartnerButton(week string) button {
	return button{
		label: "Skip this week", does: v.does("skip-partner", "week", week),
		confirm: "A partner who was told of you reads that you can't this week, and nothing more.",
	}
}

// pairing is the visitor's; its zero value where they want no partner.
func (v *visit) pairing(ctx context.Context) (p store.Pairing, err error) {
	err = v.view(ctx, func(b *store.Book) (err error) {
		p, err = b.Pairing(v.owner.User)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return p, err
}

// nextPartner says when the next introduction is due.
func (v *visit) nextPartner(ctx context.Context) (string, error) {
	var on store.Day
	err := v.view(ctx, func(b *store.Book) error {
		a, err := b.Agenda()
		for _, alarm := range a.Alarms {
			if alarm.Notice == store.WeeklyPartner {
				on = alarm.Day
			}
		}
		return err
	})
	switch {
	case v.founder.Stopped:
		return "Messages are stopped, so nobody is introduced to you until /pitch resume.", err
	case on == 0:
		return "There is no working day ahead to introduce somebody on.", err
	}
	at := cmp.Or(v.founder.Morning, store.DefaultMorning)
	return "Next: " + dayLabel(on, v.today()) + " at " + string(at) + ", if somebody is free.", err
}

// pressSkipPartner sits a week out. The message it was pressed in is brought up to
// date, and so is the partner's.
func (v *visit) pressSkipPartner(ctx context.Context, a action) (Reply, error) {
	week := a.get("week")
	if week < v.today().ISOWeek() {
		return reply(linef("That week is over. Nothing is owed.")), nil
	}
	var was, other store.Pairing
	_, err := v.change(ctx, "", func(b *store.Book) (err error) {
		if was, err = b.Pairing(v.owner.User); err != nil {
			return err
		}
		if other, err = b.Pairing(was.With); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		_, err = b.SkipPartner(week)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return reply(linef("You are not being paired, so there is nothing to skip.")), nil
	case err != nil:
		return Reply{}, err
	case was.Meets(week) && (other.Next == "" || other.Next > week): // they have been told
		return reply(line(say("Skipped. "), mention(was.With), say(" reads that you can't this week, and nothing more. Nothing is owed."))), nil
	}
	return reply(linef("Skipped. Nothing is owed.")), nil
}

// partnerRoom is how many blocks an introduction may take.
const partnerRoom = 3

// partner introduces two founders to each other or, later, says what became of it.
func (s *sheet) partner(p nudges.Partner) {
	is := p.Pairing
	switch {
	case is.User == "":
		s.add(linef("You are not being paired any more. Nothing is owed."))
	case is.Skip == p.Week:
		s.add(linef("You skip this week's partner. Nothing is owed."))
	case is.Meets(p.Week):
		s.introduction(is.With, p.Week)
	case is.Week == p.Week && is.With != "":
		s.add(line(mention(is.With), say(" can't this week; nothing is owed. Next week brings somebody new.")))
	default:
		s.add(linef("No partner this week; nothing is owed. Next week is drawn anew."))
	}
}

func (s *sheet) introduction(with store.UserID, week string) {
	s.add(
		line(say("This week's partner: "), mention(with), say(". Fifteen minutes, once: each says their ask out loud, the other answers as a buyer. Find a time in your DM with them.")),
		buttons("partner",
			s.skipPartnerButton(week),
			button{label: "Stop pairing", does: s.does("say", "text", "partner off", "keep", "1")}),
	)
}

// changing changes an owner's records. Messages to others that speak of the owner,
// as partners' do, are brought up to date with them.
func (b *Bot) changing(ctx context.Context, cause store.Cause, owner store.Owner, do func(*store.Book) error) error {
	var others []store.UserID
	err := b.Store.Change(ctx, cause, owner, func(book *store.Book) (err error) {
		if err = do(book); err != nil {
			return err
		}
		others, err = book.Partnered()
		return err
	})
	if err == nil {
		for _, user := range others {
			b.pages.stale(store.Owner{Team: owner.Team, User: user})
		}
	}
	return err
}
