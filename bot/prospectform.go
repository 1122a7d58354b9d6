package bot

import (
	"context"
	"net/url"
	"strconv"

	"github.com/slack-go/slack"

	"pitch/store"
)

// notKnown is the choice that stands for "" in a form.
const notKnown = "-"

// What the details form can mark a prospect with.
const (
	markedNoPhone   = "no_phone"
	markedNoContact = "no_contact"
)

// detailsForm is what is known of a prospect, to be changed.
func (v *visit) detailsForm(id store.ID) (Reply, error) {
	p, err := v.theirs(id)
	if err != nil {
		return Reply{}, err
	}
	unknown := choice{notKnown, "Not known"}
	relationships := append([]choice{unknown}, choices(store.Relationships(), relationshipLabels)...)
	buyers := append([]choice{unknown}, choices([]store.Buyer{store.Developer, store.NonDeveloper}, buyerLabels)...)
	marks := []choice{{markedNoPhone, "Not by phone"}, {markedNoContact, "Do not contact"}}
	is := func(c choice) bool {
		return c.value == markedNoPhone && p.NotCallable || c.value == markedNoContact && p.DoNotContact
	}
	return v.form("details", "Details", "Save", url.Values{"id": {id.String()}},
		field("who", "Name", "", true, nameInput("who", p.Name)),
		field("relationship", "How you know them", "", true, selectInput("relationship", orNotKnown(p.Relationship), relationships)),
		field("buyer", "Could they build it themselves?", "", true, selectInput("buyer", orNotKnown(p.Buyer), buyers)),
		field("follow", "Next follow-up", v.followUpHint(), false, dateInput("follow", p.FollowUpOn)),
		field("marks", "Marks", "Do not contact is permanent, until you take it off here: no plan, reminder or suggestion names them.", false, checkInput("marks", is, marks)),
		field("note", "Note", "", false, textInput("note", p.Note, "Prefers short emails", true)),
	), nil
}

// nameInput is a field for one name.
func nameInput(name, value string) slack.BlockElement {
	e := slack.NewPlainTextInputBlockElement(nil, name)
	e.InitialValue, e.MaxLength = value, store.MaxName
	return e
}

func orNotKnown[T ~string](value T) string {
	if value == "" {
		return notKnown
	}
	return string(value)
}

func (f filled) known(name string) string {
	if chosen := f.chosen(name); chosen != notKnown {
		return chosen
	}
	return ""
}

// submitDetails saves what is known of a prospect. A name that another has is not
// taken: the two can be merged, and everything else is saved by then.
func (v *visit) submitDetails(ctx context.Context, f filled) (Reply, error) {
	p, err := v.theirs(f.id())
	if err != nil {
		return Reply{}, err
	}
	was := p
	f.touched().describe(&p)
	switch {
	case (store.Prospect{Name: p.Name}).Validate() != nil:
		return Reply{}, wrong("who", "Write a name, of at most "+strconv.Itoa(store.MaxName)+" characters.")
	case p.FollowUpOn != was.FollowUpOn && p.FollowUpOn != 0 && p.FollowUpOn < v.today():
		return Reply{}, wrong("follow", "A follow-up is still to come: today or later.")
	}
	return v.saveDetails(ctx, p, was.Name)
}

// describe is what a form says of a prospect, as far as it has the fields for it.
func (f filled) describe(p *store.Prospect) {
	for name, read := range map[string]func(){
		"who":          func() { p.Name = f.text("who") },
		"relationship": func() { p.Relationship = store.Relationship(f.known("relationship")) },
		"buyer":        func() { p.Buyer = store.Buyer(f.known("buyer")) },
		"follow":       func() { p.FollowUpOn = f.day("follow") },
		"note":         func() { p.Note = f.text("note") },
	} {
		if f.has(name) {
			read()
		}
	}
	p.NotCallable = f.ticked("marks", markedNoPhone, p.NotCallable)
	p.DoNotContact = f.ticked("marks", markedNoContact, p.DoNotContact)
}

// saveDetails saves a prospect as the form has it, and shows the card that comes
// of it in place of the one that was there.
func (v *visit) saveDetails(ctx context.Context, form store.Prospect, was string) (Reply, error) {
	taken := v.called(form.Name, form.ID)
	if taken != 0 {
		form.Name = was
	}
	_, now, step, err := v.note(ctx, form.ID, func(p *store.Prospect) {
		form.AddedAt, form.Described = p.AddedAt, p.Described
		*p = form
	})
	if err != nil {
		return Reply{}, err
	}
	r := reply(linef("Saved."), buttons(now.Name, v.undoButton(step)))
	r.Replace = true
	if taken != 0 {
		preview, err := v.mergePreview(ctx, now.ID, taken)
		return r.with(preview.Parts...), err
	}
	card, err := v.cardParts(ctx, now)
	return r.with(card...), err
}
