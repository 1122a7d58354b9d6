package bot

import (
	"context"
	"slices"
	"strconv"

	"pitch/bot/parse"
	"pitch/store"
)

// prospectPresses are the buttons of the list, the card and what changes a
// prospect.
var prospectPresses = map[string]press{
	"prospects":    (*visit).pressProspects,
	"card":         func(v *visit, ctx context.Context, a action) (Reply, error) { return v.showCard(ctx, a.recordID("id")) },
	"details-form": func(v *visit, _ context.Context, a action) (Reply, error) { return v.detailsForm(a.recordID("id")) },
	"names-form": func(v *visit, _ context.Context, a action) (Reply, error) {
		return v.namesForm(a.number("count"), a.about["name"]...), nil
	},
	"merge":  (*visit).pressMerge,
	"delete": (*visit).pressDelete,
	"leave":  pressLeave,
}

// prospectSubmits are the forms of a prospect.
var prospectSubmits = map[string]submission{
	"details": (*visit).submitDetails,
	"names":   (*visit).submitNames,
}

// filter picks some of the prospects.
type filter struct {
	name, label string
	fits        func(o outlook, today store.Day) bool
}

// filters are in the order of their buttons; the first is of everybody.
var filters = []filter{
	{string(parse.Everybody), "All", func(outlook, store.Day) bool { return true }},
	{string(parse.NeverAsked), "Never asked", func(o outlook, _ store.Day) bool { return o.ask.ID == 0 && !o.DoNotContact }},
	{string(parse.Waiting), "Waiting for an answer", func(o outlook, _ store.Day) bool { return o.ask.Outcome == store.Pending }},
	{string(parse.FollowUpDue), "Follow-up due", func(o outlook, today store.Day) bool { return o.due(today) && !o.DoNotContact }},
	knownThrough(store.Warm), knownThrough(store.Intro), knownThrough(store.Inbound), knownThrough(store.Cold),
	{string(parse.NotToTouch), "Do not contact", func(o outlook, _ store.Day) bool { return o.DoNotContact }},
}

func knownThrough(r store.Relationship) filter {
	return filter{string(r), capital(relationshipLabels[r]), func(o outlook, _ store.Day) bool { return o.Relationship == r }}
}

// prospectsShown is how many prospects a page of the list has.
const prospectsShown = 12

// prospectList lists the prospects that a filter picks.
func (v *visit) prospectList(ctx context.Context, r parse.Prospects) (Reply, error) {
	return v.prospectPage(ctx, v.does("prospects", "only", string(r.Filter)))
}

func (v *visit) pressProspects(ctx context.Context, a action) (Reply, error) {
	r, err := v.prospectPage(ctx, a)
	r.Replace = a.get("keep") == ""
	return r, err
}

// prospectPage is the page that an action names, of those its filter picks.
func (v *visit) prospectPage(ctx context.Context, a action) (Reply, error) {
	if !v.joined || len(v.prospects) == 0 {
		return v.noProspects(), nil
	}
	var all []outlook
	err := v.view(ctx, func(b *store.Book) (err error) {
		all, err = outlooks(b)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	picked, chosen := v.pick(all, a.get("only"))
	s := turnedTo(a.number("page"), len(picked), prospectsShown)
	r := reply(title("Prospects: "+strconv.Itoa(len(all))), v.filterRow(all, chosen))
	if len(picked) == 0 {
		r = r.with(linef("Nobody at the moment."))
	}
	for _, o := range picked[s.from:s.to] {
		r = r.with(row(v.outlookText(o), button{label: "Open", does: v.does("card", "id", o.ID.String())}))
	}
	r = r.with(turning("prospects", s, v.does("prospects", "only", chosen.name))...)
	return r.with(buttons("prospects", v.pasteButton("Paste names", 0), v.logButton(false))), nil
}

// noProspects is the list of somebody who has none.
func (v *visit) noProspects() Reply {
	return reply(linef("Nobody is on your list yet. Which three people could you ask this week?"),
		buttons("prospects", v.pasteButton("Add three names", 3)))
}

// pick are those a filter fits, in the order in which they need attention.
func (v *visit) pick(all []outlook, name string) ([]outlook, filter) {
	at := max(0, slices.IndexFunc(filters, func(f filter) bool { return f.name == name }))
	chosen := filters[at]
	picked := slices.DeleteFunc(slices.Clone(all), func(o outlook) bool { return !chosen.fits(o, v.today()) })
	slices.SortFunc(picked, byNeed)
	return picked, chosen
}

// filterRow has a button for each filter that fits anybody, with how many.
func (v *visit) filterRow(all []outlook, chosen filter) part {
	var bs []button
	for _, f := range filters {
		picked, _ := v.pick(all, f.name)
		if len(picked) == 0 && f.name != chosen.name {
			continue
		}
		b := button{label: f.label + " " + strconv.Itoa(len(picked)), does: v.does("prospects", "only", f.name)}
		if f.name == chosen.name {
			b.label, b.primary = b.label+" (shown)", true // a colour says nothing to who listens
		}
		bs = append(bs, b)
	}
	return buttons("show", bs...)
}
