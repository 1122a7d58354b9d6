package bot

import (
	"cmp"
	"strconv"
	"strings"

	"pitch/nudges"
	"pitch/store"
)

// recap is the lists of an evening recap; last says that nothing else is asked.
func (s *sheet) recap(r nudges.Recap, last bool) {
	s.items("Still open", r.Open)
	s.section("Talked, not asked", "/pitch history lists them.", len(r.Unasked), func(i int) []part { return s.unaskedParts(r.Unasked[i]) })
	if r.Empty() && last {
		s.add(linef("That settles today."))
	}
	s.ticks(r.Done, r.Planned)
}

// unaskedParts offer to ask tomorrow what was not asked in a conversation.
func (v *visit) unaskedParts(e nudges.Entry) []part {
	id := e.Activity.ID.String()
	return []part{
		line(say(capital(kindLabels[e.Activity.Kind])+" with "), bold(e.Prospect.Name),
			say(". Ask "+v.spoken(v.nextWorkday())+" at "+string(planAt)+"?")),
		buttons(e.Prospect.Name,
			button{label: "Yes, remind me", does: v.does("plan", "id", id, "in", inPlan)},
			button{label: "I asked", does: v.does("asked", "id", id, "in", inPlan)}),
	}
}

// reasonRoom is how many blocks each no takes whose reason is asked for. What is
// asked for once has its room before the lists.
const reasonRoom = 2

// reasons ask, once more and not again, why some no's were no.
func (s *sheet) reasons(l nudges.Letter) {
	for _, no := range l.Reasons {
		about := logged{Logged: store.Logged{Activity: no.Activity, Prospect: no.Prospect}, reasons: l.Likely}
		s.add(
			line(say("A clear no from "), bold(no.Prospect.Name), say("; thanks for writing it down. What stopped them?")),
			buttons(no.Prospect.Name, s.reasonButtons(about, inPlan)...))
	}
}

// reviewRoom is how many blocks a weekly digest may take.
const reviewRoom = 14

// review is the weekly digest.
func (s *sheet) review(r nudges.Review) {
	s.heading("Your week, "+r.Digest.Week.Monday.Format("2 January")+" to "+(r.Digest.Week.Monday+6).Format("2 January"), r.Late, s.recapAt())
	s.add(list(reviewLines(r)...))
	var changed [][]word
	for _, change := range r.Digest.Changes[:min(len(r.Digest.Changes), choicesShown)] {
		changed = append(changed, []word{say(change)})
	}
	for _, o := range r.Digest.Offers[:min(len(r.Digest.Offers), choicesShown)] {
		changed = append(changed, []word{say("New offer: "), bold(o.Name)})
	}
	if len(changed) > 0 {
		s.add(line(bold("What changed")), list(changed...))
	}
	if odds := r.Odds.InWords(); odds != "" && r.Answered {
		s.add(linef(odds))
		if r.Since != nil {
			s.add(linef(r.Since.InWordsSince()))
		}
	}
	if week := bars(r.Week); week != "" && r.Week.Goals != (store.Goals{}) {
		s.add(linef(week))
	}
	if r.AskMood {
		s.moodParts(r.Mood)
	}
	if r.Open > 0 {
		s.add(aside("Open: " + strconv.Itoa(r.Open) + ". /pitch today lists what is due."))
	}
}

// moodParts ask how the week was, which may be left unanswered, or read the answer
// back.
func (s *sheet) moodParts(level int) {
	if level > 0 {
		s.add(line(say("How it is going: "), bold(strconv.Itoa(level)+" of 5"), say(", for you alone.")))
		return
	}
	s.add(linef("How is it going? Optional, and for you alone."), s.moodRow(inPlan))
}

// recapAt is when a founder's day, and week, is closed.
func (v *visit) recapAt() store.Clock {
	return cmp.Or(v.founder.Recap, store.DefaultRecap)
}

// reviewLines are a week's counts.
func reviewLines(r nudges.Review) [][]word {
	d := r.Digest
	lines := [][]word{{say(capital(plural(store.Ask, d.Week.Asks)))}}
	if n := d.Rate.Conversations; n > 0 {
		lines = append(lines, []word{say(counted(n, "conversation", "conversations") + ": " +
			strconv.Itoa(d.Rate.Asked) + " with an ask, " + strconv.Itoa(d.Rate.Without()) + " without")})
	}
	if n := len(d.Nos); n > 0 {
		said := counted(n, "no", "no's")
		if why := reasonCounts(d); len(why) > 0 {
			said += ": " + strings.Join(why, ", ")
		}
		lines = append(lines, []word{say(said)})
	}
	if n := r.WeeksAsked; n > 0 {
		lines = append(lines, []word{say(counted(n, "week", "weeks") + " with an ask so far")})
	}
	return lines
}

// reasonCounts are a week's reasons, each with its number.
func reasonCounts(d nudges.Digest) (said []string) {
	for _, r := range d.Reasons {
		said = append(said, cmp.Or(reasonLabels[r.Reason], "No reason noted")+" "+strconv.Itoa(r.Nos))
	}
	return said
}
