package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"pitch/store"
)

// prospectPresses are the buttons of the list, the card and what changes a
// prospect.
var prospectPresses = map[string]press{
	"prospects":    (*visit).pressProspects,
	"card":         func(v *visit, ctx context.Context, a action) (Reply, error) { return v.showCard(ctx, a.recordID("id")) },
	"details-form": func(v *visit, _ context.Context, a action) (Reply, error) { return v.detailsForm(a.recordID("id")) },
	"names-form":   func(v *visit, _ context.Context, a action) (Reply, error) { return v.namesForm(a.number("count")), nil },
	"merge":        (*visit).pressMerge,
	"delete":       (*visit).pressDelete,
	"leave":        pressLeave,
}

// prospectSubmits are the forms of a prospect.
var prospectSubmits = map[string]submission{
	"details": (*visit).submitDetails,
	"names":   (*visit).submitNames,
}

// outlook is where things stand with a prospect.
type outlook struct {
	store.Prospect
	touch store.Activity   // the last that happened; its zero value where nothing has
	ask   store.Activity   // the last ask
	next  store.Commitment // of those that are open, the one due first
}

// outlooks are everybody's, by prospect, in as many readings as for one.
func outlooks(b *store.Book) ([]outlook, error) {
	prospects, err := b.Prospects()
	if err != nil {
		return nil, err
	}
	activities, err := b.Activities(0, 0)
	if err != nil {
		return nil, err
	}
	open, err := b.Commitments(store.Open)
	if err != nil {
		return nil, err
	}
	all, at := make([]outlook, len(prospects)), map[store.ID]*outlook{}
	for i, p := range prospects {
		all[i].Prospect = p
		at[p.ID] = &all[i]
	}
	for _, a := range activities {
		if o := at[a.Prospect]; o != nil {
			o.happened(a)
		}
	}
	for _, c := range open {
		if o := at[c.Prospect]; o != nil {
			o.promised(c)
		}
	}
	return all, nil
}

// happened adds what is later than all before it.
func (o *outlook) happened(a store.Activity) {
	o.touch = a
	if a.IsAsk() {
		o.ask = a
	}
}

func (o *outlook) promised(c store.Commitment) {
	if o.next.ID == 0 || c.DueOn != 0 && (o.next.DueOn == 0 || c.DueOn < o.next.DueOn) {
		o.next = c
	}
}

// followUp is the next follow-up date or, where there is none, the day until which
// they put their answer off; 0 where something has happened with them since.
func (o outlook) followUp() store.Day {
	on := o.FollowUpOn
	if on == 0 && o.ask.Outcome == store.NotNow {
		on = o.ask.Until
	}
	if o.touch.OccurredOn >= on {
		return 0
	}
	return on
}

func (o outlook) due(today store.Day) bool {
	on := o.followUp()
	return on != 0 && on <= today || o.next.DueOn != 0 && o.next.DueOn <= today
}

// byNeed puts whom nobody asked first, then whom nothing has happened with the
// longest; whom not to contact comes last.
func byNeed(x, y outlook) int {
	rank := func(o outlook) int {
		switch {
		case o.DoNotContact:
			return 2
		case o.ask.ID != 0:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(x.touch.OccurredOn, y.touch.OccurredOn), cmp.Compare(x.ID, y.ID))
}

// filter picks some of the prospects.
type filter struct {
	name, label string
	fits        func(o outlook, today store.Day) bool
}

// filters are in the order of their buttons; the first is of everybody.
var filters = []filter{
	{"", "All", func(outlook, store.Day) bool { return true }},
	{"never", "Never asked", func(o outlook, _ store.Day) bool { return o.ask.ID == 0 && !o.DoNotContact }},
	{"waiting", "Waiting for an answer", func(o outlook, _ store.Day) bool { return o.ask.Outcome == store.Pending }},
	{"due", "Follow-up due", func(o outlook, today store.Day) bool { return o.due(today) && !o.DoNotContact }},
	{"warm", "Warm", func(o outlook, _ store.Day) bool { return o.Relationship != "" && o.Relationship != store.Cold }},
	{"cold", "Cold", func(o outlook, _ store.Day) bool { return o.Relationship == store.Cold }},
	{"dnc", "Do not contact", func(o outlook, _ store.Day) bool { return o.DoNotContact }},
}

// prospectsShown is how many prospects a page of the list has.
const prospectsShown = 12

// prospectList lists the prospects.
func (v *visit) prospectList(ctx context.Context) (Reply, error) {
	return v.prospectPage(ctx, v.does("prospects"))
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
		bs = append(bs, button{
			label: f.label + " " + strconv.Itoa(len(picked)), primary: f.name == chosen.name, does: v.does("prospects", "only", f.name),
		})
	}
	return buttons("show", bs...)
}

// nameShown is how much of a name a line of a list has room for.
const nameShown = 80

// outlookText says where things stand in a few lines, the name in the first.
func (v *visit) outlookText(o outlook) string {
	name := clip(o.Name, nameShown)
	if label := relationshipLabels[o.Relationship]; label != "" {
		name += " · " + label
	}
	said := []string{name, v.askedText(o)}
	if next := v.nextText(o); next != "" {
		said = append(said, next)
	}
	return strings.Join(said, "\n")
}

// askedText says when they were last asked, what became of it, and the last touch
// where that is another.
func (v *visit) askedText(o outlook) string {
	if o.touch.ID == 0 {
		return "Never asked · nothing logged yet"
	}
	touch := "last touch " + dayLabel(o.touch.OccurredOn, v.today()) + ", " + kindLabels[o.touch.Kind]
	if o.ask.ID == 0 {
		return "Never asked · " + touch
	}
	asked := "Asked " + dayLabel(o.ask.OccurredOn, v.today()) + ": " + answerText(o.ask, v.today())
	if o.touch.ID == o.ask.ID {
		return asked
	}
	return asked + " · " + touch
}

// answerText is what became of an ask: "no, price", "later, until Friday".
func answerText(a store.Activity, today store.Day) string {
	said := strings.ToLower(outcomeLabels[a.Outcome])
	switch {
	case a.Reason != "":
		said += ", " + strings.ToLower(reasonLabels[a.Reason])
	case a.Until != 0:
		said += ", until " + dayLabel(a.Until, today)
	}
	return said
}

// nextText is what is to come with a prospect; "" is nothing.
func (v *visit) nextText(o outlook) string {
	on := o.followUp()
	switch {
	case o.DoNotContact:
		return "Do not contact"
	case o.next.ID != 0 && (on == 0 || o.next.DueOn != 0 && o.next.DueOn <= on):
		return "Next: " + kindLabels[o.next.Kind] + " " + whenLabel(o.next, v.today(), v.location())
	case on != 0:
		return "Next: follow up " + dayLabel(on, v.today())
	}
	return ""
}
