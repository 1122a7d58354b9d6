package bot

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/store"
)

// logForm is the form for logging, filled in with what is known.
func (v *visit) logForm(r parse.LogForm) Reply {
	l := r.Log
	l.Kind = cmp.Or(r.Kind, l.Kind, store.Call)
	names := slices.Clone(r.Names)
	if len(names) == 0 && l.Who.Name != "" {
		names = []string{l.Who.Name}
	}
	hint := "Several? One name a line."
	if r.Count > 1 {
		hint = "Up to " + strconv.Itoa(r.Count) + " names, one a line."
	}
	a := activity(l)
	a.OccurredOn = cmp.Or(a.OccurredOn, v.today())
	fields := []slack.Block{
		field("kind", "What happened", "", true, selectInput("kind", string(l.Kind), choices(store.Kinds(), kindLabels))),
		field("who", "With whom", hint, true, textInput("who", strings.Join(names, "\n"), "Jane at Acme", true)),
	}
	return v.form("log", "Log", "Log it", nil, append(fields, v.detailFields(a)...)...)
}

// detailFields are what an activity says beyond its kind and prospect.
func (v *visit) detailFields(a store.Activity) []slack.Block {
	reached := []choice{{"unreached", "Nobody picked up"}}
	return []slack.Block{
		field("day", "When", "", true, dateInput("day", a.OccurredOn)),
		field("reached", "Reached", "", false, checkInput("reached", func(choice) bool { return a.Unreached }, reached)),
		field("asked", "What did you ask for?", "", false, selectInput("asked", string(a.Asked), choices(store.Asks(), askedLabels))),
		manyField(a),
		field("outcome", "What did they say?", "", false, selectInput("outcome", string(a.Outcome), choices(store.Outcomes(), outcomeLabels))),
		field("until", "If later: until", "", false, dateInput("until", a.Until)),
		field("reason", "If no: why?", "", false, selectInput("reason", string(a.Reason), choices(store.Reasons(), reasonLabels))),
		field("words", "Their words", "", false, textInput("words", a.Words, "no budget till Q3", true)),
		field("change", "If no: what will you change?", "", false, textInput("change", a.Change, "Lead with the price", true)),
		field("note", "Note", "", false, textInput("note", a.Note, "", true)),
	}
}

func manyField(a store.Activity) slack.Block {
	many := money(a)
	if a.Quantity > 0 {
		many = strings.TrimPrefix(many+", ", ", ") + strconv.Itoa(a.Quantity) + " units"
	}
	return field("many", "How many, or how much", "", false, textInput("many", many, "10 seats at $50", false))
}

// details reads detailFields into an activity.
func (v *visit) details(f filled, a *store.Activity) error {
	a.OccurredOn = f.day("day")
	if a.OccurredOn > v.today() {
		return wrong("day", "A log is of the past. For what is to come use /pitch commit.")
	}
	a.Asked = store.Asked(f.chosen("asked"))
	a.Outcome = store.Outcome(f.chosen("outcome"))
	a.Reason = store.Reason(f.chosen("reason"))
	a.Words, a.Note, a.Change, a.Until = f.text("words"), f.text("note"), f.text("change"), f.day("until")
	a.Unreached = len(f.several("reached")) > 0
	if (a.Reason != "" || a.Change != "") && a.Outcome == "" {
		a.Outcome = store.Lost
	}
	if a.Reason != "" && a.Outcome != store.Lost {
		return wrong("reason", "A reason goes with a no. Choose No above, or clear this.")
	}
	if a.Until != 0 && a.Outcome != store.NotNow {
		return wrong("until", "A day goes with Later. Choose Later above, or clear this.")
	}
	if a.Outcome != "" && a.Kind != store.Ask && a.Asked == "" {
		return wrong("asked", "An answer needs an ask: what did you ask for?")
	}
	return v.howMany(f, a)
}

// howMany reads a number or an amount as the grammar does.
func (v *visit) howMany(f filled, a *store.Activity) error {
	a.Quantity, a.Amount, a.Currency = 0, "", ""
	many := f.text("many")
	if many == "" {
		return nil
	}
	if n, err := strconv.Atoi(many); err == nil && n > 0 && n <= store.MaxQuantity {
		a.Quantity = n
		return nil
	}
	l, ok := parse.Command(`log ask "x", `+many, v.context()).(parse.Log)
	if !ok || l.Quantity == 0 && l.Amount == "" || l.Note != "" {
		return wrong("many", "I can't read that as a number or an amount. Like this: 10 seats, $500, 10 seats at $50.")
	}
	a.Quantity, a.Amount, a.Currency = l.Quantity, l.Amount, l.Currency
	return nil
}

// names are the names in a form, one a line.
func names(f filled) (out []string) {
	known := map[string]bool{}
	for name := range strings.Lines(f.text("who")) {
		if name = strings.TrimSpace(name); name != "" && !known[store.Fold(name)] {
			known[store.Fold(name)] = true
			out = append(out, name)
		}
	}
	return out
}

func validNames(all []string) error {
	switch {
	case len(all) == 0:
		return wrong("who", "Who was it? Write a name.")
	case len(all) > store.MaxCount:
		return wrong("who", "At most "+strconv.Itoa(store.MaxCount)+" names at once.")
	}
	for _, name := range all {
		if err := (store.Prospect{Name: name}).Validate(); err != nil {
			return wrong("who", "A name has at most "+strconv.Itoa(store.MaxName)+" characters.")
		}
	}
	return nil
}

func (v *visit) submitLog(ctx context.Context, f filled) (Reply, error) {
	all := names(f)
	if err := validNames(all); err != nil {
		return Reply{}, err
	}
	a := store.Activity{Kind: store.Kind(f.chosen("kind"))}
	if err := v.details(f, &a); err != nil {
		return Reply{}, err
	}
	var each []logged
	what := plural(a.Kind, len(all))
	if len(all) == 1 {
		what = kindLabels[a.Kind] + preposition(a.Kind) + all[0]
	}
	step, err := v.change(ctx, what, func(b *store.Book) error {
		each = nil
		for _, name := range all {
			var l logged
			p, added, err := b.AddProspect(name)
			if err == nil && a.Kind == store.Ask && a.Outcome != store.Pending && a.Outcome != "" {
				l.Logged, err = b.AnswerWith(p, added, a)
			} else if err == nil {
				l.Logged, err = b.LogWith(p, added, a)
			}
			if err == nil {
				err = l.gather(b, parse.Log{})
			}
			if err != nil {
				return err
			}
			each = append(each, l)
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	if len(each) == 1 {
		each[0].step = step
		return v.loggedReply(each[0]), nil
	}
	return v.loggedSeveral(each, step), nil
}

func (v *visit) loggedSeveral(each []logged, step store.ID) Reply {
	var lines [][]word
	for i, l := range each {
		if i == choicesShown {
			lines = append(lines, []word{say("… and " + strconv.Itoa(len(each)-i) + " more")})
			break
		}
		lines = append(lines, happenedLine(l.Activity, l.Prospect, v.today()))
	}
	r := reply(linef("Logged "+plural(each[0].Activity.Kind, len(each))+":"), list(lines...))
	last := each[len(each)-1]
	for _, c := range last.Kept {
		r = r.with(line(append([]word{say("✓ Kept: ")}, promise(c, last.names[c.Prospect])...)...))
	}
	r = r.with(buttons("", v.undoButton(step)))
	if last.first {
		r = r.with(v.remindRow()...)
	}
	return r
}

func (v *visit) editForm(ctx context.Context, id store.ID) (Reply, error) {
	a, p, err := v.editableEntry(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	fields := []slack.Block{
		field("kind", "What happened", "", true, selectInput("kind", string(a.Kind), choices(store.Kinds(), kindLabels))),
		field("who", "With whom", "", true, textInput("who", p.Name, "", false)),
	}
	fields = append(fields, v.detailFields(a)...)
	return v.form("edit", "Edit", "Save", url.Values{"id": {id.String()}}, fields...), nil
}

func (v *visit) submitEdit(ctx context.Context, f filled) (Reply, error) {
	all := names(f)
	if err := validNames(all); err != nil {
		return Reply{}, err
	}
	if len(all) > 1 {
		return Reply{}, wrong("who", "One name here: this is one entry.")
	}
	changed := store.Activity{Kind: store.Kind(f.chosen("kind"))}
	if err := v.details(f, &changed); err != nil {
		return Reply{}, err
	}
	l := logged{}
	var err error
	l.step, err = v.change(ctx, "edit", func(b *store.Book) (err error) {
		if l.Prospect, err = renamed(b, f.id(), all[0]); err != nil {
			return err
		}
		l.Activity, err = edited(b, f.id(), func(a *store.Activity) {
			a.Unreached, a.Until, a.Change = changed.Unreached, changed.Until, changed.Change
			a.Kind, a.Prospect, a.OccurredOn, a.Asked = changed.Kind, l.Prospect.ID, changed.OccurredOn, changed.Asked
			a.Quantity, a.Amount, a.Currency = changed.Quantity, changed.Amount, changed.Currency
			a.Outcome, a.Reason, a.Words, a.Note = changed.Outcome, changed.Reason, changed.Words, changed.Note
		})
		l.Answered = true
		if err == nil {
			err = l.look(b)
		}
		return err
	})
	return v.loggedReply(l), err
}

// renamed is the prospect an edited entry names. A new name for somebody whom
// nothing else is about is a correction of theirs.
func renamed(b *store.Book, id store.ID, name string) (store.Prospect, error) {
	_, p, err := entry(b, id)
	if err != nil || p.Name == name {
		return p, err
	}
	found, err := b.FindProspects(name)
	if err != nil {
		return p, err
	}
	alone, err := onlyAbout(b, p.ID)
	if err != nil || len(found) > 0 && found[0].ID != p.ID || !alone {
		p, _, err = b.AddProspect(name)
		return p, err
	}
	p.Name = name
	return p, b.SetProspect(p)
}

// onlyAbout reports whether a prospect has one activity and no commitment.
func onlyAbout(b *store.Book, prospect store.ID) (bool, error) {
	acts, err := b.ActivitiesWith(prospect)
	if err != nil || len(acts) != 1 {
		return false, err
	}
	promised, err := b.Commitments("")
	return !slices.ContainsFunc(promised, func(c store.Commitment) bool { return c.Prospect == prospect }), err
}

// manyForm asks for the one number, or the amount.
func (v *visit) manyForm(ctx context.Context, id store.ID) (Reply, error) {
	var a store.Activity
	err := v.view(ctx, func(b *store.Book) (err error) {
		a, err = b.Activity(id)
		return err
	})
	return v.form("many", "How many", "Save", url.Values{"id": {id.String()}}, manyField(a)), err
}

func (v *visit) submitMany(ctx context.Context, f filled) (Reply, error) {
	var read store.Activity
	if err := v.howMany(f, &read); err != nil {
		return Reply{}, err
	}
	r, err := v.amend(ctx, "how many", v.does("", "id", f.id().String()), func(a *store.Activity) {
		a.Quantity, a.Amount, a.Currency = read.Quantity, read.Amount, read.Currency
	}, nil)
	r.Replace = false
	return r, err
}
