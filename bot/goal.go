package bot

import (
	"context"
	"strconv"

	"pitch/bot/parse"
	"pitch/store"
)

// goalChange is what Undo calls a change of the goals.
const goalChange = "goal"

// goal sets weekly goals.
func (v *visit) goal(ctx context.Context, r parse.Goal) (Reply, error) {
	if r.Asks == nil && r.Calls == nil && r.Nos == nil && !r.Off {
		return reply(linef("A week's goal, yours alone: "+goals(v.founder.Goals)+". Set one with /pitch goal 5 asks"),
			buttons("goal", v.sayButton("5 asks", "goal 5 asks"), v.sayButton("No goal", "goal off"))), nil
	}
	f, step, err := v.setFounder(ctx, goalChange, func(f *store.Founder) {
		if r.Off {
			f.Goals = store.Goals{}
		}
		for _, set := range []struct {
			to   *int
			goal *int
		}{{r.Asks, &f.Goals.Asks}, {r.Calls, &f.Goals.Calls}, {r.Nos, &f.Goals.Nos}} {
			if set.to != nil {
				*set.goal = *set.to
			}
		}
	})
	if err != nil {
		return Reply{}, err
	}
	return reply(linef("Your weekly goal: "+goals(f.Goals)+"."),
		buttons("goal", v.undoButton(step))), nil
}

func goals(g store.Goals) string {
	var out []string
	for _, one := range []struct {
		n         int
		what, all string
	}{{g.Asks, "ask", "asks"}, {g.Calls, "call", "calls"}, {g.Nos, "no", "no's"}} {
		switch {
		case one.n == 1:
			out = append(out, "1 "+one.what)
		case one.n > 1:
			out = append(out, strconv.Itoa(one.n)+" "+one.all)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return and(out)
}
