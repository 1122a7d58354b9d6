package bot

import (
	"cmp"

	"pitch/nudges"
	"pitch/store"
)

// letterMessage is a letter, as it is first sent and as it is kept current.
func (b *Bot) letterMessage(to store.Founder, l nudges.Letter) Reply {
	v := &visit{Bot: b, owner: to.Owner, founder: to, now: l.Now, joined: true}
	s := &sheet{visit: v, room: itemRoom - reasonRoom*len(l.Reasons)}
	if l.Line != nil {
		s.room -= reasonRoom
	}
	if l.Review != nil {
		s.room -= reviewRoom
	}
	if l.Partner != nil {
		s.room -= partnerRoom
	}
	reminders := l.Reminders
	if l.Plan == nil && l.Recap == nil {
		s.reminders(l)
	}
	if l.Plan != nil {
		s.heading(l.Plan.Day.Format("Monday 2 January"), l.Plan.Late, v.founder.Morning)
		s.items("Now", reminders)
		s.plan(*l.Plan, false)
		reminders = nil
	}
	if l.Partner != nil {
		if l.Partner.Late && l.Plan == nil {
			s.add(aside("Late: this was for " + string(cmp.Or(v.founder.Morning, store.DefaultMorning)) + "."))
		}
		s.partner(*l.Partner)
	}
	if l.Recap != nil {
		s.heading("Recap, "+l.Recap.Day.Format("Monday 2 January"), l.Recap.Late, v.recapAt())
		s.items("Now", reminders)
		s.recap(*l.Recap, len(l.Reasons) == 0)
	}
	s.reasons(l)
	if l.Review != nil {
		s.review(*l.Review)
	}
	if l.Line != nil {
		s.add(s.lineParts(*l.Line, l.Likely)...)
	}
	more := []button{v.logButton(false), {label: "Settings", does: v.does("settings")}}
	if l.Plan == nil && l.Recap == nil && l.Review == nil {
		more = nil
	}
	return reply(s.parts...).with(buttons("", append(more, v.stopButton())...))
}

// stopButton ends all messages, from any of them.
func (v *visit) stopButton() button {
	return button{label: "Stop messages", does: v.does("say", "text", "stop", "keep", "1"), confirm: "No more messages from Pitch. What you logged is kept."}
}

// heading begins a part of a letter, and says if it is late.
func (s *sheet) heading(text string, late bool, at store.Clock) {
	s.add(title(text))
	if late {
		s.add(aside("Late: this was for " + string(at) + "."))
	}
}

// reminders are the lines of a letter without a list that would say them.
func (s *sheet) reminders(l nudges.Letter) {
	if len(l.Reminders) == 0 {
		return
	}
	if l.Late() {
		s.add(aside("Late: this was due " + s.dueLabel(l.Reminders) + "."))
	}
	in := inPlan
	if len(l.Reminders) == 1 && l.Review == nil {
		in = ""
	}
	s.section("", "/pitch today lists them.", len(l.Reminders), func(i int) []part { return s.reminderParts(l.Reminders[i], in) })
}

// reminderParts say that something is due or, once it is closed, what became of
// it.
func (v *visit) reminderParts(item nudges.Item, in string) []part {
	c, p := item.Commitment, item.Prospect
	switch mark := closedMarks[c.Status]; {
	case mark != "":
		return []part{line(append([]word{say(mark)}, promise(c, p)...)...)}
	case !item.Followed.IsZero():
		return []part{line(say("✓ In touch with "), bold(p.Name))}
	case c.ID == 0:
		return []part{line(say("Time to follow up with "), bold(p.Name)), v.followUpButtons(p, in)}
	}
	parts := []part{line(append([]word{say("Time to ")}, imperative(c, p)...)...)}
	if c.Sentence != "" {
		parts = append(parts, line(say("“"+c.Sentence+"”")))
	}
	return append(parts, v.itemButtons(c, p, in))
}

// closedMarks are what a reminder's line begins with once it is closed.
var closedMarks = map[store.Status]string{store.Kept: "✓ Done: ", store.Released: "Let go: ", store.Missed: "Over: "}

// dueLabel is when the first of some reminders was due.
func (v *visit) dueLabel(items []nudges.Item) string {
	c := items[0].Commitment
	if c.ID == 0 {
		return dayLabel(items[0].On, v.today())
	}
	c.Every = store.Once
	return whenLabel(c, v.today(), v.location())
}

// imperative is a promise as what to do now: "call Acme", "make 5 calls".
func imperative(c store.Commitment, p store.Prospect) []word {
	switch {
	case c.Prospect == 0:
		return append([]word{say("make ")}, promise(c, p)...)
	case c.Kind == store.Meeting || c.Kind == store.Demo || c.Kind == store.FollowUp:
		verb := map[store.Kind]string{store.Meeting: "meet ", store.Demo: "show the demo to ", store.FollowUp: "follow up with "}[c.Kind]
		return []word{say(verb), bold(p.Name)}
	}
	return promise(c, p)
}
