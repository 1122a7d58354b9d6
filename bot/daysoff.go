package bot

import (
	"context"
	"slices"
	"strconv"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// pause takes days off: no messages, nothing held against anybody.
func (v *visit) pause(ctx context.Context, r parse.Pause) (Reply, error) {
	off := store.DaysOff{From: r.From, To: r.To}
	if off.To == 0 {
		off.To = off.From + untilResumed
	}
	step, err := v.change(ctx, string(r.Reason), func(b *store.Book) error { return b.TakeDaysOff(off) })
	if err != nil {
		return Reply{}, err
	}
	undo := v.undoButton(step)
	says := v.offText(off, r.To == 0)
	if r.Reason == parse.Sick {
		says = "Get well. " + says
	}
	says += " No messages on those days, and nothing counts against you."
	if off.From > v.today() {
		return reply(linef(says), buttons("days off", undo)), nil
	}
	return reply(linef(says), buttons("days off", v.sayButton("Resume now", "resume"), undo)), nil
}

// offText says which days are off.
func (v *visit) offText(off store.DaysOff, open bool) string {
	from, to := dayLabel(off.From, v.today()), dayLabel(off.To, v.today())
	switch {
	case open:
		return "Off from " + from + " until you say /pitch resume."
	case off.From == off.To:
		return "Off " + from + "."
	}
	return "Off from " + from + ", last day off " + to + "."
}

// untilResumed is how many days a pause without an end lasts at most.
const untilResumed = 365

func (v *visit) resume(ctx context.Context) (Reply, error) {
	ahead := slices.IndexFunc(v.founder.DaysOff, func(o store.DaysOff) bool { return o.From > v.today() })
	if !v.founder.Stopped && !v.founder.Off(v.today()) && ahead >= 0 {
		off := v.founder.DaysOff[ahead]
		return reply(linef("You are not off now. Planned: "+v.offText(off, false)),
			buttons("days off", button{label: "Cancel these days off", does: v.does("cancel-off", "from", off.From.String())})), nil
	}
	silent := v.founder.Stopped || v.founder.Off(v.today())
	step, err := v.change(ctx, "resume", func(b *store.Book) error { return b.Resume() })
	if err != nil {
		return Reply{}, err
	}
	says := line(say("Welcome back. Nothing is owed. /pitch today shows what is due."))
	if silent {
		var came []nudges.Item
		err = v.view(ctx, func(b *store.Book) (err error) {
			came, err = nudges.Unsaid(b)
			return err
		})
		if len(came) > 0 {
			says = line(v.cameDue(came)...)
		}
	}
	return reply(says,
		buttons("", v.sayButton("Today", "today"), v.undoButton(step))), err
}

// cameShown is how much of what came due without a message is named.
const cameShown = 3

// cameDue names what came due while nothing was sent.
func (v *visit) cameDue(came []nudges.Item) []word {
	words := []word{say("Welcome back. Nothing is owed. " + strconv.Itoa(len(came)) + " came due meanwhile: ")}
	for i, item := range came[:min(len(came), cameShown)] {
		if i > 0 {
			words = append(words, say(", "))
		}
		if item.Commitment.ID == 0 {
			words = append(words, say("follow up with "), bold(item.Prospect.Name))
			continue
		}
		words = append(words, clipped(promise(item.Commitment, item.Prospect), nameShown)...)
	}
	if n := len(came) - cameShown; n > 0 {
		words = append(words, say(" and "+strconv.Itoa(n)+" more"))
	}
	return append(words, say(". /pitch today lists them."))
}

// pressCancelOff takes planned days off back.
func (v *visit) pressCancelOff(ctx context.Context, a action) (Reply, error) {
	_, step, err := v.setFounder(ctx, "days off", func(f *store.Founder) {
		f.DaysOff = slices.DeleteFunc(slices.Clone(f.DaysOff), func(o store.DaysOff) bool { return o.From.String() == a.get("from") })
	})
	r := reply(linef("Those days are working days again."), buttons("days off", v.undoButton(step)))
	r.Replace = true
	return r, err
}

func (v *visit) stop(ctx context.Context) (Reply, error) {
	_, step, err := v.setFounder(ctx, "stop", func(f *store.Founder) { f.Stopped = true })
	if err != nil {
		return Reply{}, err
	}
	return reply(linef("No more messages. What you logged is kept, and /pitch keeps answering. /pitch resume starts them again."),
		buttons("messages", v.sayButton("Resume", "resume"), v.undoButton(step))), nil
}
