package bot

import (
	"cmp"
	"strings"

	"pitch/nudges"
	"pitch/store"
)

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

// followUp is the first day to follow up with them that nothing has happened on
// or since; 0 is none.
func (o outlook) followUp() store.Day {
	if days := nudges.FollowUps(o.Prospect, o.touch, o.ask); len(days) > 0 {
		return days[0]
	}
	return 0
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
