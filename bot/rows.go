package bot

import (
	"pitch/bot/parse"
	"pitch/store"
)

func (v *visit) corrections(l logged) []part {
	return []part{buttons(l.Prospect.Name, v.undoButton(l.step), button{label: "Edit", does: v.does("edit", "id", l.Activity.ID.String())})}
}

// nextStep is the one question that follows from what was logged.
func (v *visit) nextStep(l logged) []part {
	a := l.Activity
	switch {
	case l.Prospect.DoNotContact && a.Outcome != store.Lost:
		return nil // nobody is led to ask them
	case l.upcoming != nil:
		return v.upcomingRow(l)
	case a.Outcome == store.Lost:
		return v.learningRow(l)
	case a.Outcome == store.Won:
		return v.wonRow(l)
	case a.Outcome == store.NotNow && a.Until == 0:
		return v.laterRow(l)
	case a.Outcome == store.Pending && a.Quantity == 0 && a.Amount == "" && (a.Asked == store.Order || a.Asked == store.Pilot):
		return v.quantityRow(l)
	case l.hint == parse.AskedThemToBuy && a.Asked == "":
		return v.askedRow("Did you ask them to buy?", l)
	case a.IsConversation() && a.Asked == "":
		return v.askedRow("Did you ask for anything?", l)
	case a.Asked == store.AskedNothing:
		return v.planRow(l)
	}
	return nil
}

// about is an action on what was logged; it carries the step that Undo takes
// back, so that the next answer can still offer it.
func (v *visit) about(l logged, verb string, pairs ...string) action {
	return v.does(verb, append([]string{"id", l.Activity.ID.String(), "step", l.step.String()}, pairs...)...)
}

func (v *visit) askedRow(question string, l logged) []part {
	return []part{linef(question), buttons(l.Prospect.Name,
		button{label: "Yes", does: v.about(l, "asked"), primary: true},
		button{label: "Not yet", does: v.about(l, "asked", "what", string(store.AskedNothing))},
	)}
}

// upcomingRow offers to promise what the note says is still to come.
func (v *visit) upcomingRow(l logged) []part {
	c := store.Commitment{Kind: l.upcoming.Kind, Count: 1, DueOn: l.upcoming.DueOn, DueAt: l.upcoming.DueAt}
	what := kindLabels[c.Kind] + " " + whenLabel(c, v.today(), v.location())
	return []part{
		line(say("Shall I remind you: "), bold(what), say("?")),
		buttons(l.Prospect.Name, v.keeping("Yes, commit to it", l.upcoming.String())),
	}
}

// forWhatRow refines an ask that is counted as one for an order already.
func (v *visit) forWhatRow(l logged) []part {
	var bs []button
	for _, asked := range []store.Asked{store.Order, store.Pilot, store.Deposit, store.NextStep, store.Referral} {
		bs = append(bs, button{label: "For " + askedLabels[asked], does: v.about(l, "asked", "what", string(asked))})
	}
	return []part{linef("Good. What did you ask for?"), buttons(l.Prospect.Name, bs...)}
}

func (v *visit) quantityRow(l logged) []part {
	var bs []button
	for _, n := range []string{"1", "5", "10"} {
		bs = append(bs, button{label: n, does: v.about(l, "quantity", "n", n)})
	}
	bs = append(bs,
		button{label: "Other", does: v.about(l, "many-form")},
		button{label: "Doesn't fit", does: v.about(l, "quantity")})
	return []part{linef("How many did you ask for?"), buttons(l.Prospect.Name, bs...)}
}

func (v *visit) planRow(l logged) []part {
	return []part{
		line(say("Ask "), bold(l.Prospect.Name), say(" "+v.spoken(v.nextWorkday())+" at "+string(planAt)+"?")),
		buttons(l.Prospect.Name,
			button{label: "Yes, remind me", does: v.about(l, "plan"), primary: true},
			button{label: "Other time, first sentence…", does: v.about(l, "plan-form")}),
	}
}

// spoken is a day in the middle of a sentence.
func (v *visit) spoken(day store.Day) string {
	if label := dayLabel(day, v.today()); label != day.Format("Monday") {
		return label
	}
	return "on " + day.Format("Monday")
}

// nextWorkday is the founder's next working day after today.
func (v *visit) nextWorkday() store.Day {
	for day := v.today() + 1; day < v.today()+untilResumed; day++ {
		if v.founder.Works(day) {
			return day
		}
	}
	return v.today() + 1
}

// describeRow is optional and comes once for a new prospect, with what is not
// known yet.
func (v *visit) describeRow(l logged) []part {
	var bs []button
	is := func(label, name, value string) {
		bs = append(bs, button{label: label, does: v.about(l, "describe", name, value)})
	}
	question := "New. "
	if l.Prospect.Relationship == "" {
		question += "How do you know " + l.Prospect.Name + "? "
		for _, r := range store.Relationships() {
			is(capital(relationshipLabels[r]), "relationship", string(r))
		}
	}
	if l.Prospect.Buyer == "" {
		question += "Could they build it themselves? "
		is("Could build it: yes", "buyer", string(store.Developer))
		is("Could build it: no", "buyer", string(store.NonDeveloper))
	}
	return []part{aside(question + "Optional."), buttons(l.Prospect.Name, bs...)}
}

// remindRow is put once, after the first log.
func (v *visit) remindRow() []part {
	return []part{linef("Remind me:"), buttons("reminders",
		button{label: "Every morning", does: v.does("remind", "how", string(store.EveryMorning))},
		button{label: "Only what's due", does: v.does("remind", "how", string(store.OnlyDue))},
		button{label: "Never", does: v.does("remind", "how", string(store.NoReminders))})}
}
