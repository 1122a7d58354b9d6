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
	err := v.view(ctx, func(b *store.Book) (err error) {
		plan, err = nudges.DayPlan(b, b.Today())
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := reply(title("Today, " + plan.Day.Format("Monday 2 January")))
	r = r.with(v.planParts(plan, true)...)
	return r.with(buttons("", v.logButton(true), button{label: "New commitment", does: v.does("commit-form")})), nil
}

func (v *visit) logButton(primary bool) button {
	return button{label: "Log", does: v.does("log-form"), primary: primary}
}

// itemRoom is how many of Slack's fifty blocks the lists of a plan may take: the
// rest is for the headings, what is done, the week, and the buttons under it all.
const itemRoom = 36

// planParts are the lists of a plan. whole says that what was said on earlier
// days, and that nothing is due, is said as well.
func (v *visit) planParts(plan nudges.Plan, whole bool) (parts []part) {
	room := itemRoom
	section := func(heading string, items []nudges.Item) {
		for i, item := range items {
			these := v.itemParts(item)
			if i == 0 {
				these = append([]part{line(bold(heading))}, these...)
			}
			if room < len(these) {
				room = 0
				parts = append(parts, aside(heading+": "+strconv.Itoa(len(items)-i)+" more. /pitch done lists them."))
				return
			}
			room -= len(these)
			parts = append(parts, these...)
		}
	}
	section("Now", plan.Reminding)
	section("Due", plan.Today)
	section("From before", plan.Overdue)
	if whole {
		section("Still open", plan.Earlier)
	}
	if whole && plan.Empty() && len(plan.Earlier) == 0 {
		parts = append(parts, linef("Nothing is due. Who could you ask today?"))
	}
	var done [][]word
	for _, item := range plan.Done[:min(len(plan.Done), choicesShown)] {
		done = append(done, append([]word{say("✓ ")}, promise(item.Commitment, item.Prospect)...))
	}
	if len(done) > 0 {
		parts = append(parts, line(bold("Done")), list(done...))
	}
	if week := bars(plan.Week); week != "" {
		parts = append(parts, linef(week))
	}
	return parts
}

// itemParts are a line and its buttons.
func (v *visit) itemParts(item nudges.Item) []part {
	c, p := item.Commitment, item.Prospect
	if c.ID == 0 {
		return []part{
			line(say("Follow up with "), bold(p.Name)),
			buttons(p.Name, v.sayAs("Done", "log follow-up", p), v.commitButton("Plan it", store.FollowUp, p)),
		}
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
	_, err := v.change(ctx, "", func(b *store.Book) (err error) {
		step, err = b.Undo(id)
		return err
	})
	passed := and(step.Passed)
	switch {
	case errors.Is(err, store.ErrChangedSince) && id == 0:
		return reply(line(say("There is nothing left that can be taken back: "), bold(passed), say(" was changed again since."))), nil
	case err != nil:
		return Reply{}, err
	}
	r := reply(line(say("Undone: "), bold(step.What), say(".")))
	if passed != "" {
		r = r.with(aside("What came after it was changed again since, and stays: " + passed + "."))
	}
	r.Replace = id != 0
	return r, nil
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
	wants := v.founder.Reminders == store.EveryMorning || v.founder.Reminders == store.OnlyDue
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
