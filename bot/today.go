package bot

import (
	"context"
	"errors"
	"strconv"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// showToday is what is due, what is done and the week's bars.
func (v *visit) showToday(ctx context.Context) (Reply, error) {
	if !v.joined {
		return v.welcome(), nil
	}
	var plan nudges.Plan
	var coming []nudges.Item
	err := v.view(ctx, func(b *store.Book) (err error) {
		if plan, err = nudges.DayPlan(b, b.Today()); err != nil {
			return err
		}
		coming, err = nudges.Coming(b)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := reply(title("Today, " + plan.Day.Format("Monday 2 January")))
	if holiday, off := v.founder.Holidays.Holiday(plan.Day); off {
		r = r.with(aside("Holiday: " + holiday + ". No messages today."))
	}
	s := &sheet{visit: v, room: itemRoom}
	s.plan(plan, true)
	s.coming(coming)
	return r.with(s.parts...).with(buttons("", v.logButton(true), button{label: "New commitment", does: v.does("commit-form")})), nil
}

func (v *visit) logButton(primary bool) button {
	return button{label: "Log", does: v.does("log-form"), primary: primary}
}

// itemRoom is how many of Slack's fifty blocks the lists of a message may take: the
// rest is for the headings, what is done, the week, and the buttons under it all.
const itemRoom = 36

// sheet is the parts of a message that lists things, as many as there is room for.
type sheet struct {
	*visit
	room  int // blocks the lists may still take
	parts []part
}

func (s *sheet) add(parts ...part) { s.parts = append(s.parts, parts...) }

// section lists n things under a heading. What finds no room is counted, with
// where the rest is to be seen.
func (s *sheet) section(heading, rest string, n int, of func(i int) []part) {
	for i := range n {
		these := of(i)
		if i == 0 && heading != "" {
			these = append([]part{line(bold(heading))}, these...)
		}
		if s.room < len(these) {
			s.room = 0
			more := strconv.Itoa(n-i) + " more. " + rest
			if heading != "" {
				more = heading + ": " + more
			}
			s.add(aside(more))
			return
		}
		s.room -= len(these)
		s.add(these...)
	}
}

func (s *sheet) items(heading string, items []nudges.Item) {
	s.section(heading, "/pitch done lists them.", len(items), func(i int) []part { return s.itemParts(items[i]) })
}

// laterShown is how much of what is for later days today lists.
const laterShown = 5

// coming lists what is for later days, the next first.
func (s *sheet) coming(items []nudges.Item) {
	var lines [][]word
	for _, item := range items[:min(len(items), laterShown)] {
		words := append(promise(item.Commitment, item.Prospect), say(" · "+whenLabel(item.Commitment, s.today(), s.location())))
		if item.Commitment.ID == 0 {
			words = []word{say("follow up with "), bold(item.Prospect.Name), say(" · " + dayLabel(item.On, s.today()))}
		}
		lines = append(lines, clipped(words, lineShown))
	}
	if len(lines) > 0 {
		s.add(line(bold("Coming up")), list(lines...))
	}
	if n := len(items) - len(lines); n > 0 {
		s.add(aside("… and " + strconv.Itoa(n) + " more."))
	}
}

// ticks lists what is done, and what is planned.
func (s *sheet) ticks(done, planned []nudges.Item) {
	var lines, ahead [][]word
	for _, item := range done[:min(len(done), choicesShown)] {
		lines = append(lines, append([]word{say("✓ ")}, promise(item.Commitment, item.Prospect)...))
	}
	for _, item := range planned[:min(len(planned), choicesShown)] {
		words := promise(item.Commitment, item.Prospect)
		ahead = append(ahead, append(words, say(" · "+whenLabel(item.Commitment, s.today(), s.location()))))
	}
	if len(ahead) > 0 {
		s.add(line(bold("Planned")), list(ahead...))
	}
	if len(lines) > 0 {
		s.add(line(bold("Done")), list(lines...))
	}
}

// plan is the lists of a plan. whole has what was said on earlier days listed, and
// not only counted, and says it if nothing is due.
func (s *sheet) plan(plan nudges.Plan, whole bool) {
	s.items("Due", plan.Today)
	s.items("From before", plan.Overdue)
	switch n := len(plan.Earlier); {
	case whole:
		s.items("Still open", plan.Earlier)
	case n > 0:
		s.add(aside("Still open: " + strconv.Itoa(n) + " more, /pitch today lists them."))
	}
	if whole && plan.Empty() && len(plan.Earlier) == 0 {
		s.add(linef("Nothing is due. Who could you ask today?"))
	}
	s.ticks(plan.Done, nil)
	if week := bars(plan.Week); week != "" {
		s.add(linef(week))
	}
}

// itemParts are a line and its buttons.
func (v *visit) itemParts(item nudges.Item) []part {
	c, p := item.Commitment, item.Prospect
	if c.ID == 0 {
		words := []word{say("Follow up with "), bold(p.Name)}
		if item.On != v.today() {
			words = append(words, say(" · "+dayLabel(item.On, v.today())))
		}
		return []part{line(words...), v.followUpButtons(p, inPlan)}
	}
	words := promise(c, p)
	switch {
	case item.Progress > 0:
		words = append(words, say(" · "+strconv.Itoa(item.Progress)+" of "+strconv.Itoa(c.Count)))
	case c.Every != store.Once || !c.DueAt.IsZero() || c.DueOn != v.today():
		words = append(words, say(" · "+whenLabel(c, v.today(), v.location())))
	}
	if !c.Snoozed.IsZero() && c.Snoozed.After(v.now) {
		words = append(words, say(" · snoozed until "+v.momentLabel(c.Snoozed)))
	}
	parts := []part{line(words...)}
	if c.Sentence != "" {
		parts = append(parts, aside("First sentence: “"+c.Sentence+"”"))
	}
	return append(parts, v.itemButtons(c, p, inPlan))
}

// followUpButtons say that a prospect was followed up, or promise it.
func (v *visit) followUpButtons(p store.Prospect, in string) part {
	done := v.sayAs("Done", "log follow-up", p)
	if in == inPlan {
		done.does.about.Set("in", in)
		done.does.about.Set("keep", "1")
	}
	return buttons(p.Name, done, v.commitButton("Plan it", store.FollowUp, p))
}

// momentLabel is a time as one says it now: "tomorrow at 09:00".
func (v *visit) momentLabel(t time.Time) string {
	t = t.In(v.location())
	return dayLabel(store.DayOf(t), v.today()) + " at " + t.Format("15:04")
}

func (v *visit) itemButtons(c store.Commitment, p store.Prospect, in string) part {
	id := c.ID.String()
	return buttons(promiseText(c, p),
		button{label: "Done", does: v.does("done", "id", id, "in", in), primary: in != inPlan},
		button{label: "Snooze 1 hour", does: v.does("snooze", "id", id, "in", in)},
		button{label: "Tomorrow", does: v.does("snooze", "id", id, "until", "morning", "in", in)},
		v.letGoButton(c, in))
}

// undoButton takes a step back; there is none where nothing was changed.
func (v *visit) undoButton(step store.ID) button {
	if step == 0 {
		return button{}
	}
	return button{label: "Undo", does: v.does("undo", "id", step.String())}
}

// undo takes a change back; 0 is the last one that can be.
func (v *visit) undo(ctx context.Context, id store.ID) (Reply, error) {
	var step store.Step
	var f store.Founder
	_, err := v.change(ctx, "", func(b *store.Book) (err error) {
		if step, err = b.Undo(id); err == nil {
			f, err = b.Founder()
		}
		return err
	})
	passed := and(step.Passed)
	switch {
	case errors.Is(err, store.ErrChangedSince) && id == 0:
		return reply(line(say("There is nothing left that can be taken back: "), bold(passed), say(" was changed again since."))), nil
	case errors.Is(err, store.ErrChangedSince) && !errors.Is(err, store.ErrCarried):
		return stands(step), nil
	case err != nil:
		return Reply{}, err
	}
	r := reply(line(say("Undone: "), bold(step.What), stop(step.What)))
	if step.What == goalChange {
		r = r.with(linef(goalAgain(f.Goals)))
	}
	if passed != "" {
		r = r.with(aside("What came after it was changed again since, and stays: " + passed + "."))
	}
	r.Replace = id != 0
	return r, nil
}

// stands says why a change is not taken back, and what would have to be first.
func stands(step store.Step) Reply {
	if len(step.Later) == 0 {
		return reply(line(bold(step.What), say(" stays: a new day has changed what it was about, and taking it back would lose that. Nothing was changed. What is wrong can be put right one by one, from /pitch history and /pitch today.")))
	}
	return reply(line(bold(step.What), say(" stays: what it changed was changed again by "+and(step.Later)+", and taking it back would lose that. Nothing was changed. Undo what came later first.")))
}

// goalAgain says what a goal is once its change is undone.
func goalAgain(g store.Goals) string {
	if g == (store.Goals{}) {
		return "You have no weekly goal, as before."
	}
	return "Your weekly goal is " + goals(g) + " again."
}

// setFounder changes the visitor's settings.
func (v *visit) setFounder(ctx context.Context, what string, set func(*store.Founder)) (f store.Founder, step store.ID, err error) {
	step, err = v.change(ctx, what, func(b *store.Book) (err error) {
		if f, err = b.Founder(); err != nil {
			return err
		}
		set(&f)
		return b.SetFounder(f)
	})
	if err == nil {
		v.founder, v.joined = f, true
		v.keepDM(ctx)
	}
	return f, step, err
}

// keepDM opens the DM of a founder who said yes to messages, and keeps its id.
// Where Slack does not answer, the first message opens it.
func (v *visit) keepDM(ctx context.Context) {
	wants := v.founder.Reminders == store.EveryMorning || v.founder.Reminders == store.OnlyDue || v.founder.Recap != "" || v.founder.Partner
	if !wants || v.founder.DM != "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	dm, err := v.openDM(ctx, v.owner)
	if err != nil {
		v.log.Warn("a DM could not be opened yet", "error", errorCode(err))
		return
	}
	if err := v.rememberDM(ctx, v.owner, dm); err == nil {
		v.founder.DM = dm
	}
}
