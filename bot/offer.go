package bot

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// versionsShown is how many versions of the offer are set side by side.
const versionsShown = 20

var offerPresses = map[string]press{
	"offer-form": (*visit).pressOfferForm,
}

var offerSubmits = map[string]submission{
	"offer": (*visit).submitOffer,
}

// offer names the version of the offer that is in force from today on, or shows
// what became of each.
func (v *visit) offer(ctx context.Context, r parse.Offer) (Reply, error) {
	if r.Name != "" {
		return v.nameOffer(ctx, r.Name)
	}
	h, err := v.past(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(h.Offers) == 0 {
		return reply(linef("No version of your offer has a name yet. Name one, and your asks carry it: when you change something, you can set before and after side by side. /pitch offer \"v1: $99 pilot\""),
			buttons("offer", v.offerButton("Name it"))), nil
	}
	report := nudges.ReportOf(h, v.today(), 1)
	current := report.Versions[len(report.Versions)-1]
	out := reply(line(say("In force since "+dayLabel(current.Since, v.today())+": "), bold(current.Name)), v.versionsTable(report.Versions))
	if report.Compared != nil {
		out = out.with(linef(report.Compared.InWords()))
	}
	return out.with(buttons("offer", v.offerButton("Name the next one"))), nil
}

// versionsTable is what became of the asks made with each version, the latest
// first.
func (v *visit) versionsTable(versions []nudges.OfferVersion) part {
	var rows [][]string
	for _, of := range slices.Backward(versions[max(0, len(versions)-versionsShown):]) {
		since := "–"
		if of.Since != 0 {
			since = dayLabel(of.Since, v.today())
		}
		t := of.Tally
		rows = append(rows, append([]string{cmp.Or(of.Name, "Before any had a name"), since},
			numbers(t.Asks(), t.Won, t.Lost, t.Referred, quiet(t), t.Open())...))
	}
	return table([]string{"Offer", "Since", "Asked", outcomeLabels[store.Won], outcomeLabels[store.Lost], outcomeLabels[store.Referred],
		outcomeLabels[store.NoDecision], "Still open"}, rows...)
}

// nameOffer brings a version into force.
func (v *visit) nameOffer(ctx context.Context, name string) (Reply, error) {
	var is store.Offer
	var changed bool
	step, err := v.change(ctx, "offer "+name, func(b *store.Book) (err error) {
		is, changed, err = b.NameOffer(name)
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case !changed:
		return reply(line(bold(is.Name), say(" is in force already, since "+dayLabel(is.On, v.today())+"."))), nil
	}
	return reply(line(say("In force from today: "), bold(is.Name), say(". Asks from now on carry it; those before keep theirs.")),
		buttons("offer", v.undoButton(step), v.keeping("Before and after", "offer"))), nil
}

func (v *visit) offerButton(label string) button {
	return button{label: label, does: v.does("offer-form")}
}

// pressOfferForm asks for a name, suggesting what a no is to change where it
// was pressed under one.
func (v *visit) pressOfferForm(ctx context.Context, a action) (Reply, error) {
	suggested := ""
	if id := a.recordID("id"); id != 0 {
		no, _, err := v.entry(ctx, id)
		if err != nil {
			return Reply{}, err
		}
		suggested = clip(strings.Join(strings.Fields(no.Change), " "), store.MaxName)
	}
	return v.form("offer", "A new offer", "Name it", url.Values{},
		field("name", "What do you offer now?", "Up to "+strconv.Itoa(store.MaxName)+" characters. Asks from now on carry it.", true,
			textInput("name", suggested, "v3: $99 pilot", false))), nil
}

func (v *visit) submitOffer(ctx context.Context, f filled) (Reply, error) {
	name := f.text("name")
	if name == "" {
		return Reply{}, wrong("name", "A few words you will recognise, or press Cancel.")
	}
	if err := (store.Offer{Name: name, On: v.today()}).Validate(); err != nil {
		return Reply{}, wrong("name", "At most "+strconv.Itoa(store.MaxName)+" characters.")
	}
	return v.nameOffer(ctx, name)
}
