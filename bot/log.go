package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"pitch/bot/parse"
	"pitch/store"
)

// logged is what an answer to a log is made from.
type logged struct {
	store.Logged
	step      store.ID // undoes it; 0 where it cannot be undone
	described bool     // the optional row about a new prospect goes with it
	first     bool     // the founder has not been asked about reminders
	reasons   []store.Reason
	hint      parse.Hint
	names     map[store.ID]store.Prospect // of the commitments it counts towards
}

// logActivity records what somebody says has happened.
func (v *visit) logActivity(ctx context.Context, r parse.Log) (Reply, error) {
	if len(r.Who.Candidates) > 1 && v.as == 0 {
		return v.which(r.Who.Candidates, r.String()), nil
	}
	l := logged{hint: r.Hint}
	var err error
	l.step, err = v.change(ctx, r.String(), func(b *store.Book) error {
		p, added, err := v.prospect(b, r.Who)
		if err != nil {
			return err
		}
		if r.OnlyIfOpen {
			if _, err := b.OpenAsk(p.ID); err != nil {
				return errNothingOpen
			}
		}
		a := activity(r)
		if r.Answer {
			l.Logged, err = b.AnswerWith(p, added, a)
		} else {
			l.Logged, err = b.LogWith(p, added, a)
		}
		if err != nil {
			return err
		}
		return l.gather(b, r)
	})
	if errors.Is(err, errNothingOpen) {
		return v.nothingOpen(r), nil
	}
	return v.loggedReply(l), err
}

// errNothingOpen is returned when an answer needs an open ask and there is none.
var errNothingOpen = errors.New("no open ask")

func (v *visit) nothingOpen(r parse.Log) Reply {
	ask := parse.Log{Kind: store.Ask, Who: r.Who, OccurredOn: v.today(), Asked: store.Order, Outcome: store.Pending}
	return reply(
		line(say("There is no open ask to "), bold(r.Who.Name), say(", so nothing was counted. Did you ask them?")),
		buttons(r.Who.Name, v.sayButton("Log the ask", ask.String())),
	)
}

// prospect is the one a request means, made if it is new.
func (v *visit) prospect(b *store.Book, who parse.Who) (store.Prospect, bool, error) {
	id := who.ID
	if v.as != 0 {
		id = v.as
	}
	if id == 0 {
		return b.AddProspect(who.Name)
	}
	p, err := b.Prospect(id)
	return p, false, err
}

func activity(r parse.Log) store.Activity {
	return store.Activity{
		Kind: r.Kind, OccurredOn: r.OccurredOn, Asked: r.Asked, Quantity: r.Quantity, Amount: r.Amount,
		Currency: r.Currency, Outcome: r.Outcome, Reason: r.Reason, Words: r.Words, Guessed: r.Guessed,
		Change: r.Change, Until: r.Until, Unreached: r.Unreached, Note: r.Note,
	}
}

// gather notes what was said about the prospect, and what the answer will ask.
func (l *logged) gather(b *store.Book, r parse.Log) error {
	p := &l.Prospect
	if r.Relationship != "" {
		p.Relationship = r.Relationship
	}
	if r.Buyer != "" {
		p.Buyer = r.Buyer
	}
	l.described = l.Added && !p.Described && (p.Relationship == "" || p.Buyer == "")
	p.Described = p.Described || l.described
	if l.described || r.Relationship != "" || r.Buyer != "" {
		if err := b.SetProspect(*p); err != nil {
			return err
		}
	}
	return l.look(b)
}

// look reads what the answer shows of the rest of the book.
func (l *logged) look(b *store.Book) (err error) {
	l.names = map[store.ID]store.Prospect{l.Prospect.ID: l.Prospect}
	if l.reasons, err = likelyReasons(b); err == nil {
		l.first, err = firstLog(b)
	}
	return err
}

// firstLog reports whether a founder has just begun and not said yet what they
// want to be reminded of: that is asked then, and not again.
func firstLog(b *store.Book) (bool, error) {
	f, err := b.Founder()
	if err != nil || f.Reminders != "" || store.DayOf(f.Joined.In(b.Location())) != b.Today() {
		return false, err
	}
	logged, err := b.Activities(0, 0)
	return len(logged) <= 1, err
}

// reasonsSince is how far back a founder's usual reasons are looked for.
const reasonsSince = 180

// likelyReasons are the reasons this founder hears most, then the usual ones.
func likelyReasons(b *store.Book) ([]store.Reason, error) {
	past, err := b.Activities(b.Today()-reasonsSince, 0)
	if err != nil {
		return nil, err
	}
	heard := map[store.Reason]int{}
	for _, a := range past {
		heard[a.Reason]++
	}
	reasons := slices.DeleteFunc(store.Reasons(), func(r store.Reason) bool { return r == store.Unknown || r == store.OtherCause })
	slices.SortStableFunc(reasons, func(x, y store.Reason) int { return heard[y] - heard[x] })
	return reasons, nil
}

// loggedReply says what was understood, offers to take it back or change it, and
// puts the one next question.
func (v *visit) loggedReply(l logged) Reply {
	a := l.Activity
	verb := "Logged: "
	if l.Answered {
		verb = "Noted: "
	}
	r := reply(line(append([]word{say(verb)}, happenedLine(a, l.Prospect, v.today())...)...))
	for _, c := range l.Kept {
		r = r.with(line(append([]word{say("✓ Kept: ")}, promise(c, l.names[c.Prospect])...)...))
	}
	for _, c := range l.Counting {
		r = r.with(linef("Counts: " + strconv.Itoa(len(c.By)) + " of " + plural(c.Kind, c.Count)))
	}
	if a.Backdated && a.IsAsk() {
		r = r.with(aside("Logged more than three days late, so it does not count on the board."))
	}
	r = r.with(v.nextStep(l)...)
	r = r.with(v.corrections(l)...)
	if l.described {
		r = r.with(v.describeRow(l.Prospect)...)
	}
	if l.first {
		r = r.with(v.remindRow()...)
	}
	return r
}

func (v *visit) corrections(l logged) []part {
	bs := []button{{label: "Edit", does: v.does("edit", "id", l.Activity.ID.String())}}
	if l.step != 0 {
		bs = slices.Insert(bs, 0, button{label: "Undo", does: v.does("undo", "id", l.step.String())})
	}
	return []part{buttons(l.Prospect.Name, bs...)}
}

// nextStep is the one question that follows from what was logged.
func (v *visit) nextStep(l logged) []part {
	a, id := l.Activity, l.Activity.ID.String()
	switch {
	case a.Outcome == store.Lost && a.Reason == "":
		return v.reasonRow(a.ID, l.Prospect, l.reasons)
	case a.Outcome == store.Lost && a.Change == "":
		return v.changeRow(a.ID, l.Prospect)
	case a.Outcome == store.Pending && a.Quantity == 0 && a.Amount == "" && (a.Asked == store.Order || a.Asked == store.Pilot):
		return v.quantityRow(a.ID, l.Prospect)
	case l.hint == parse.AskedThemToBuy && a.Asked == "":
		return v.askedRow("Did you ask them to buy?", id, l.Prospect)
	case a.IsConversation() && a.Asked == "":
		return v.askedRow("Did you ask for anything?", id, l.Prospect)
	case a.IsConversation() && a.Asked == store.AskedNothing:
		return v.planRow(a.ID, l.Prospect)
	}
	return nil
}

func (v *visit) askedRow(question, id string, p store.Prospect) []part {
	return []part{linef(question), buttons(p.Name,
		button{label: "Yes", does: v.does("asked", "id", id), primary: true},
		button{label: "Not yet", does: v.does("asked", "id", id, "what", string(store.AskedNothing))},
	)}
}

func (v *visit) quantityRow(id store.ID, p store.Prospect) []part {
	var bs []button
	for _, n := range []string{"1", "5", "10"} {
		bs = append(bs, button{label: n, does: v.does("quantity", "id", id.String(), "n", n)})
	}
	bs = append(bs,
		button{label: "Other", does: v.does("edit", "id", id.String())},
		button{label: "Doesn't fit", does: v.does("quantity", "id", id.String())})
	return []part{linef("How many did you ask for?"), buttons(p.Name, bs...)}
}

func (v *visit) planRow(id store.ID, p store.Prospect) []part {
	return []part{
		line(say("Ask "), bold(p.Name), say(" tomorrow at 10:00?")),
		buttons(p.Name,
			button{label: "Yes, remind me", does: v.does("plan", "id", id.String()), primary: true},
			button{label: "Other time, first sentence…", does: v.does("plan-form", "id", id.String())}),
	}
}

func (v *visit) reasonRow(id store.ID, p store.Prospect, reasons []store.Reason) []part {
	var bs []button
	for _, reason := range reasons[:min(5, len(reasons))] {
		bs = append(bs, v.reasonButton(id, reason))
	}
	bs = append(bs,
		button{label: "More…", does: v.does("reasons", "id", id.String())},
		v.reasonButton(id, store.Unknown))
	return []part{line(say("A clear answer, worth having. What stopped "), bold(p.Name), say("?")), buttons(p.Name, bs...)}
}

func (v *visit) reasonButton(id store.ID, reason store.Reason) button {
	return button{label: reasonLabels[reason], does: v.does("reason", "id", id.String(), "reason", string(reason))}
}

func (v *visit) changeRow(id store.ID, p store.Prospect) []part {
	return []part{linef("What will you change?"), buttons(p.Name,
		button{label: "Note it", does: v.does("change-form", "id", id.String()), primary: true},
		button{label: "Nothing for now", does: v.does("no-change", "id", id.String())})}
}

// describeRow is optional and comes once for a new prospect.
func (v *visit) describeRow(p store.Prospect) []part {
	id := p.ID.String()
	is := func(label, name, value string) button {
		return button{label: label, does: v.does("describe", "id", id, name, value)}
	}
	return []part{
		aside("New: how do you know " + p.Name + "? Could they build it themselves? Both optional."),
		buttons(p.Name,
			is("Knew them", "relationship", string(store.Warm)), is("Intro", "relationship", string(store.Intro)),
			is("Came to us", "relationship", string(store.Inbound)), is("Cold", "relationship", string(store.Cold)),
			is("Could build it: yes", "buyer", string(store.Developer)), is("No", "buyer", string(store.NonDeveloper))),
	}
}

// remindRow is put once, after the first log.
func (v *visit) remindRow() []part {
	return []part{linef("Remind me:"), buttons("reminders",
		button{label: "Every morning", does: v.does("remind", "how", string(store.EveryMorning))},
		button{label: "Only what's due", does: v.does("remind", "how", string(store.OnlyDue))},
		button{label: "Never", does: v.does("remind", "how", string(store.NoReminders))})}
}

// which asks which of two prospects with one name is meant.
func (v *visit) which(candidates []parse.Name, command string) Reply {
	var bs []button
	for _, c := range candidates[:min(len(candidates), maxButtons)] {
		bs = append(bs, button{label: c.Name, does: v.does("say", "text", command, "as", c.ID.String())})
	}
	return reply(linef("More than one of your prospects has that name. Which one?"), buttons("", bs...))
}

// sayButton is a button that does what typing the command would.
func (v *visit) sayButton(label, command string) button {
	return button{label: label, does: v.does("say", "text", command)}
}

func (v *visit) addProspect(ctx context.Context, r parse.AddProspect) (Reply, error) {
	if len(r.Who.Candidates) > 1 && v.as == 0 {
		return v.which(r.Who.Candidates, "log intro to "+r.Who.Name), nil
	}
	var p store.Prospect
	step, err := v.change(ctx, "add "+r.Who.Name, func(b *store.Book) (err error) {
		if p, _, err = v.prospect(b, r.Who); err != nil {
			return err
		}
		if r.Relationship != "" {
			p.Relationship = r.Relationship
		}
		if r.Buyer != "" {
			p.Buyer = r.Buyer
		}
		if r.Note != "" {
			p.Note = r.Note
		}
		return b.SetProspect(p)
	})
	if err != nil {
		return Reply{}, err
	}
	words := []word{say("On your list: "), bold(p.Name)}
	if label := relationshipLabels[p.Relationship]; label != "" {
		words = append(words, say(" · "+label))
	}
	if p.Note != "" {
		words = append(words, say(" · "+p.Note))
	}
	return reply(line(words...), buttons(p.Name,
		v.commitButton("Call them", store.Call, p), v.commitButton("Ask them", store.Ask, p),
		button{label: "Undo", does: v.does("undo", "id", step.String())})), nil
}

// commitButton opens the form for a commitment to a prospect.
func (v *visit) commitButton(label string, kind store.Kind, p store.Prospect) button {
	return button{label: label, does: v.does("commit-form", "kind", string(kind), "prospect", p.ID.String())}
}
