package bot

import (
	"context"

	"pitch/nudges"
	"pitch/store"
)

// drafts shows the notes there are to ask for help with: the one a line offers,
// or which there are.
func (v *visit) drafts(ctx context.Context, l store.Line) (Reply, error) {
	return v.draft(ctx, nudges.DraftFor(l))
}

func (v *visit) pressDraft(ctx context.Context, a action) (Reply, error) {
	r, err := v.draft(ctx, a.get("route"))
	r.Replace = a.get("in") != inPlan
	return r, err
}

// draft is the note for a route, to be copied, with the other routes.
func (v *visit) draft(ctx context.Context, route string) (Reply, error) {
	var all []nudges.Draft
	err := v.view(ctx, func(b *store.Book) error {
		s, err := nudges.SituationOf(b)
		all = nudges.Drafts(s)
		return err
	})
	for _, d := range all {
		if d.Route == route {
			return reply(
				line(bold(d.Label)), linef(d.Where), copyable(d.Text()),
				aside("What stands in [brackets] is yours to fill in. Nothing is sent from here."),
			).with(v.routes(route)...), err
		}
	}
	return reply(linef("A short note opens a door. Who could help?")).with(v.routes("")...), err
}

// routes are the ways to get help, without the one that is shown.
func (v *visit) routes(shown string) []part {
	var bs []button
	for _, d := range nudges.Drafts(nudges.Situation{}) {
		if d.Route != shown {
			bs = append(bs, button{label: d.Label, does: v.does("draft", "route", d.Route)})
		}
	}
	return []part{buttons("a note of five lines", bs...)}
}
