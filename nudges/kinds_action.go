package nudges

import (
	"fmt"
	"slices"
	"strings"

	"pitch/store"
)

const (
	perProspect = 7  // days between two lines about one prospect of a kind
	numbersOver = 30 // days whose asks are looked at for numbers
	numbersMin  = 5  // asks there are at least
	followUps   = 2  // after which an ask is closed kindly
	oldEmail    = 3  // days after which an email is waiting
	emailsMin   = 5  // prospects with one
	taggedOver  = 30 // days whose prospects are looked at for their buyers
	taggedMin   = 8
)

// findAsk looks for a conversation without an ask since, the newest first. It is
// silent for a prospect who said no or bought, who has an ask to answer, or with
// whom the founder has planned the next step.
func findAsk(v *view) (finding, bool) {
	if asks := v.asks(v.Today - lookBack); len(asks) > 0 && !v.since(asks[len(asks)-1].OccurredOn, 2) {
		return finding{}, false
	}
	for _, a := range v.unasked() {
		p := v.who[a.Prospect]
		f := finding{prospect: p, activity: a.ID, day: a.OccurredOn, facts: []string{
			fmt.Sprintf("You had a %s with %s on %s.", a.Kind, shortName(p.Name), sayDay(a.OccurredOn)),
			"Nothing was asked since.",
		}}
		if v.saidTo(KindAsk, p.ID) {
			continue
		}
		if v.big(p.ID) {
			f.variant = "next_step"
			f.facts = append(f.facts, "It looks like a deal that goes in steps.")
		}
		return f, true
	}
	return finding{}, false
}

// unasked are the conversations an ask is still to follow, newest first.
func (v *view) unasked() (all []*store.Activity) {
	bought := func(a *store.Activity) bool { return a.IsAsk() && a.Outcome == store.Won && a.Asked == store.Order }
	for _, a := range slices.Backward(v.did) {
		p := v.contact(a.Prospect)
		if a.IsConversation() && a.OccurredOn >= v.Today-FollowedWithin && p != nil && !v.asked.Follow(*a) &&
			!v.refused(p.ID) && !v.awaited(p.ID) && !v.planned(p) && !v.any(p.ID, bought) {
			all = append(all, a)
		}
	}
	return all
}

// saidTo reports whether a line of a kind was about a prospect lately.
func (v *view) saidTo(kind string, prospect store.ID) bool {
	last := v.lastWhere(func(l *store.Line) bool { return l.Kind == kind && l.Prospect == prospect })
	return last != 0 && v.Today-last < perProspect
}

// findHowMany looks for an ask or a proposal that has gone quiet, the longest
// quiet first, and then at how many asks carry a number.
func findHowMany(v *view) (finding, bool) {
	var best finding
	for id, with := range v.with {
		f, ok := v.quiet(id, with)
		if ok && (best.prospect == nil || f.day < best.day || f.day == best.day && f.activity < best.activity) {
			best = f
		}
	}
	if best.prospect != nil {
		return best, true
	}
	return findNumbers(v)
}

// quiet looks whether the last ask or proposal to a prospect waits for an answer,
// and how often it was followed up: what the founder logged or, if that is more,
// what they were reminded of.
func (v *view) quiet(id store.ID, with []*store.Activity) (f finding, ok bool) {
	p, a, after := v.contact(id), (*store.Activity)(nil), 0
	for i, sent := range with {
		if v.waits(sent) {
			a, after = sent, len(with)-1-i
		}
	}
	if p == nil || a == nil || v.planned(p) || v.saidTo(KindHowMany, id) || v.closed(a.ID) || v.moved(a) {
		return f, false
	}
	last := with[len(with)-1].OccurredOn
	f = finding{prospect: p, activity: a.ID, day: last, facts: []string{
		fmt.Sprintf("You %s %s on %s.", sentTo(a), shortName(p.Name), sayDay(a.OccurredOn)),
		"No answer is noted, and nothing happened since " + sayDay(last) + ".",
	}}
	switch reminded := max(after, v.said(KindHowMany, a.ID)); {
	case reminded >= followUps:
		f.variant = "kindly"
		f.facts = append(f.facts, "It was followed up, or came up here, twice.")
	case a.Asked == store.NextStep || a.Asked == store.Referral:
		f.variant = "next_step"
	}
	return f, v.since(last, 2)
}

// moved reports whether things went on after an ask or a proposal: somebody was
// talked to, or an ask was answered.
func (v *view) moved(sent *store.Activity) bool {
	return v.any(sent.Prospect, func(a *store.Activity) bool {
		later := a.OccurredOn > sent.OccurredOn || a.OccurredOn == sent.OccurredOn && a.ID > sent.ID
		answered := a.IsAsk() && a.Outcome != store.Pending && a.Outcome != "" && answeredOn(a) >= sent.OccurredOn
		return answered || later && a.IsConversation()
	})
}

func sentTo(a *store.Activity) string {
	if a.IsAsk() {
		return "asked"
	}
	return "sent a proposal to"
}

// waits reports whether an activity is an ask without an answer, or an emailed
// proposal, that is not so old that silence is the answer.
func (v *view) waits(a *store.Activity) bool {
	if a.IsAsk() {
		return v.answer(a).Waiting > 0
	}
	names := strings.Contains(store.Fold(a.Note), "proposal") || a.Quantity > 0 || a.Amount != ""
	return a.Kind == store.Email && names && v.Today-a.OccurredOn <= SilentAfter
}

// closed reports whether closing an ask kindly was proposed.
func (v *view) closed(activity store.ID) bool {
	return slices.ContainsFunc(v.lines, func(l *store.Line) bool {
		return l.Activity == activity && strings.HasPrefix(l.Text, prefix(KindHowMany, "kindly")+"/")
	})
}

// findNumbers looks whether few asks carry a number, once a week.
func findNumbers(v *view) (finding, bool) {
	last := v.lastWhere(func(l *store.Line) bool { return l.Kind == KindHowMany && l.Prospect == 0 })
	all, numbers := v.asks(v.Today-numbersOver), 0
	for _, a := range all {
		if a.Quantity > 0 || a.Amount != "" {
			numbers++
		}
	}
	return finding{variant: "numbers", facts: []string{
		fmt.Sprintf("Of the %d asks of the last %d days, %s had a number or an amount.", len(all), numbersOver, someOf(numbers, len(all))),
	}}, len(all) >= numbersMin && 3*numbers < len(all) && (last == 0 || v.Today-last >= perProspect)
}

// findPhone looks for emails that wait while nobody was called.
func findPhone(v *view) (finding, bool) {
	var called store.Day
	for _, a := range v.did {
		if a.Kind == store.Call {
			called = a.OccurredOn
		}
	}
	waiting := 0
	for id, with := range v.with {
		last := with[len(with)-1]
		if v.callable(id) && last.Kind == store.Email && last.OccurredOn <= v.Today-oldEmail {
			waiting++
		}
	}
	return finding{n: waiting, facts: []string{
		"No call is noted in the last five working days.",
		fmt.Sprintf("With %s people the last thing was an email, %d days ago or more.", numeral(waiting, 0), oldEmail),
	}}, waiting >= emailsMin && v.since(called, 5) && !v.callsPlanned()
}

// callsPlanned reports whether the founder has promised to call somebody, or a
// number of people, within a week.
func (v *view) callsPlanned() bool {
	return slices.ContainsFunc(v.Commitments, func(c store.Commitment) bool {
		return c.Kind == store.Call && c.Status == store.Open && (c.Every != store.Once || c.DueOn <= v.Today+7)
	})
}

// callable reports whether a prospect may be called, and has not said no.
func (v *view) callable(id store.ID) bool {
	p := v.contact(id)
	return p != nil && !p.NotCallable && !v.refused(id)
}

// findSecondEmail looks whether an email is the second in a row to somebody.
func findSecondEmail(v *view, just *store.Activity) (finding, bool) {
	emails := 0
	for _, a := range slices.Backward(v.with[just.Prospect]) {
		if a.Kind != store.Email {
			break
		}
		emails++
	}
	if just.Kind != store.Email || emails != 2 || !v.callable(just.Prospect) {
		return finding{}, false
	}
	p := v.who[just.Prospect]
	return finding{variant: "reply", prospect: p, activity: just.ID, facts: []string{
		"The last two things with " + shortName(p.Name) + " were emails.",
	}}, true
}

// findBeyond looks whether nearly all prospects could build it themselves: of
// those added, or in touch, within a month. Those of whom that is unknown are left
// out.
func findBeyond(v *view) (finding, bool) {
	from, tagged, developers := v.Today-taggedOver, 0, 0
	for id, p := range v.who {
		fresh := v.day(p.AddedAt) >= from || v.any(id, func(a *store.Activity) bool { return a.OccurredOn >= from })
		if p.Buyer == "" || !fresh {
			continue
		}
		tagged++
		if p.Buyer == store.Developer {
			developers++
		}
	}
	return finding{facts: []string{
		fmt.Sprintf("Of %d people of the last %d days, %d could build it themselves.", tagged, taggedOver, developers),
	}}, tagged >= taggedMin && 10*developers >= 7*tagged
}

// findNobody looks whether there is nothing to go on with: no promise, no ask
// that may be answered, no date to follow up, no conversation to ask after, and
// nobody on the list with whom nothing has happened yet.
func findNobody(v *view) (finding, bool) {
	if slices.ContainsFunc(v.Commitments, func(c store.Commitment) bool { return c.Status == store.Open }) || len(v.unasked()) > 0 {
		return finding{}, false
	}
	for id := range v.who {
		p := v.contact(id)
		if p != nil && (len(v.with[id]) == 0 || v.dated(p) || v.awaited(id)) {
			return finding{}, false
		}
	}
	return finding{facts: []string{"No promise and no ask is open, and there is nobody on your list you haven't been in touch with."}}, true
}

// dated reports whether a prospect has a date to follow up that nothing has
// happened on or after.
func (v *view) dated(p *store.Prospect) bool {
	return p.FollowUpOn != 0 && !v.any(p.ID, func(a *store.Activity) bool { return a.OccurredOn >= p.FollowUpOn })
}
