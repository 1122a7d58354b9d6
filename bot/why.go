package bot

import (
	"context"

	"pitch/nudges"
	"pitch/store"
)

// places are where a line was read, as people say it.
var places = map[store.Place]string{
	store.InPlan: "in the plan", store.InRecap: "in the recap", store.InReply: "in a reply",
	store.OnHome: "on the Home", store.OnDemand: "when you asked",
}

// why says what the last coach line rested on and, where today had none, why not.
func (v *visit) why(ctx context.Context) (Reply, error) {
	if !v.joined {
		return reply(linef("There was no coach line yet. They rest on what you log, and come once a day at most.")), nil
	}
	var last store.Line
	var today bool
	var e nudges.Explanation
	var not []string
	err := v.view(ctx, func(b *store.Book) error {
		s, err := nudges.SituationOf(b)
		for _, l := range s.Lines {
			today = today || l.Day == s.Today && l.Place != store.OnDemand
			if last.ID == 0 || !l.At.Before(last.At) {
				last = l
			}
		}
		e, not = nudges.Explain(last, s), nudges.WhyNot(s)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := reply(linef("There was no coach line yet."))
	if last.ID != 0 {
		r = reply(v.explained(last, e)...)
	}
	if !today {
		r = r.with(v.whyNot(not)...)
	}
	bs := []button{v.keeping("What I hear", "coaching")}
	if last.ID != 0 {
		bs = append([]button{{label: "Not for me", does: v.does("not-for-me", "line", last.ID.String())}}, bs...)
	}
	if v.founder.Coaching {
		bs = append(bs, v.keeping("Coaching off", "coaching off"))
	}
	return r.with(buttons("coaching", bs...)), nil
}

// explained is what a line rested on.
func (v *visit) explained(l store.Line, e nudges.Explanation) []part {
	said := dayLabel(l.Day, v.today()) + " at " + l.At.In(v.location()).Format("15:04") + ", " + places[l.Place]
	parts := []part{line(bold(capital(said)+": "), say("“"+e.Said+"”"))}
	parts = append(parts, under("From your log", e.Facts)...)
	if e.Rule != "" {
		parts = append(parts, under("The rule", []string{e.Rule})...)
	}
	return append(parts, under("Bounds", e.Caps)...)
}

// whyNot is why today had no line; one that may still come comes without a date.
func (v *visit) whyNot(reasons []string) []part {
	if len(reasons) == 0 {
		return []part{linef("Today had none so far. There may be one in your next plan or reply, or on the Home.")}
	}
	return under("Today had none", reasons)
}

// under is a list of sentences under a heading; nothing, where there are none.
func under(heading string, all []string) []part {
	if len(all) == 0 {
		return nil
	}
	items := make([][]word, len(all))
	for i, says := range all {
		items[i] = []word{say(says)}
	}
	return []part{line(bold(heading)), list(items...)}
}
