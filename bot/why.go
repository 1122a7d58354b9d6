package bot

import (
	"context"

	"pitch/bot/parse"
	"pitch/store"
)

// why says what the last coach line rested on.
func (v *visit) why(context.Context) (Reply, error) { return v.notYet("why"), nil }

// coaching turns the coach on or off, or says which it is.
func (v *visit) coaching(ctx context.Context, r parse.Coach) (Reply, error) {
	switch {
	case r.On == nil && v.founder.Coaching:
		return reply(linef("Coaching is on: one line a day at most, from your own log."),
			buttons("coaching", v.sayButton("Turn it off", "coaching off"), v.sayButton("Why the last one?", "why"))), nil
	case r.On == nil:
		return reply(linef("Coaching is off."), buttons("coaching", v.sayButton("Turn it on", "coaching on"))), nil
	case *r.On:
		return v.setCoach(ctx, "coaching on", "Coaching is on: one line a day at most, from your own log. Each says why with /pitch why.",
			func(f *store.Founder) { f.Coaching = true })
	}
	return v.noLines(ctx, store.Line{})
}
