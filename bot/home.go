package bot

import (
	"context"
	"slices"
	"strings"

	"pitch/nudges"
	"pitch/store"
)

// What the Home lists beside today's plan, which takes up to itemRoom of its
// hundred blocks.
const (
	comingShown = 8
	nosShown    = 5
)

// home is the App Home: today, what is coming, the last no's, settings.
func (v *visit) home(ctx context.Context) (Reply, error) {
	if !v.joined {
		return v.welcome(), nil
	}
	var plan nudges.Plan
	var coming []nudges.Item
	var nos []noHeard
	err := v.view(ctx, func(b *store.Book) (err error) {
		if plan, err = nudges.DayPlan(b, b.Today()); err != nil {
			return err
		}
		if coming, err = nudges.Coming(b); err != nil {
			return err
		}
		nos, err = lastNos(b)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	s := &sheet{visit: v, room: itemRoom}
	s.plan(plan, true)
	r := reply(title("Today, " + plan.Day.Format("Monday 2 January"))).with(s.parts...)
	coached, err := v.homeLine(ctx)
	if err != nil {
		return Reply{}, err
	}
	r = r.with(coached...)
	r = r.with(buttons("today", v.logButton(true), button{label: "New commitment", does: v.does("commit-form")},
		v.sayButton("Prospects", "prospects"), v.sayButton("History", "history")))
	r = r.with(v.comingParts(coming)...).with(v.nosParts(nos)...)
	return r.with(v.settingsParts()...), nil
}

func (v *visit) comingParts(coming []nudges.Item) (parts []part) {
	for i, item := range coming {
		if i == 0 {
			parts = append(parts, title("Coming up"))
		}
		if i == comingShown {
			return append(parts, more(len(coming)-i, "/pitch done and /pitch prospects list them"))
		}
		parts = append(parts, v.itemParts(item)...)
	}
	return parts
}

// noHeard is a no, and whose.
type noHeard struct {
	store.Activity
	prospect store.Prospect
}

// lastNos are the latest no's, the newest first.
func lastNos(b *store.Book) (nos []noHeard, err error) {
	all, err := b.Activities(b.Today()-store.AnswerWindow, 0)
	slices.SortStableFunc(all, func(x, y store.Activity) int { return int(y.AnsweredOn) - int(x.AnsweredOn) })
	for _, a := range all {
		if a.Outcome != store.Lost {
			continue
		}
		p, _ := b.Prospect(a.Prospect)
		if nos = append(nos, noHeard{a, p}); len(nos) == nosShown {
			break
		}
	}
	return nos, err
}

func (v *visit) nosParts(nos []noHeard) (parts []part) {
	if len(nos) == 0 {
		return nil
	}
	parts = append(parts, title("What the last no's said"))
	for _, n := range nos {
		said := []string{dayLabel(n.AnsweredOn, v.today())}
		switch {
		case n.Reason == "":
			said = append(said, "reason not noted")
		default:
			said = append(said, reasonLabels[n.Reason])
		}
		if n.Words != "" {
			said = append(said, "“"+clip(n.Words, 150)+"”")
		}
		if n.Change != "" {
			said = append(said, "to change: "+clip(n.Change, 150))
		}
		parts = append(parts, line(bold(n.prospect.Name), say(" · "+strings.Join(said, " · "))))
		about := v.about(logged{Logged: store.Logged{Activity: n.Activity}}, "edit")
		bs := []button{{label: "Edit", does: about}}
		if n.Reason == "" {
			why := about
			why.verb = "reasons"
			bs = slices.Insert(bs, 0, button{label: "What stopped them?", does: why})
		}
		parts = append(parts, buttons(n.prospect.Name, bs...))
	}
	return append(parts, buttons("no's", v.sayButton("All learnings", "learnings")))
}

// settingsParts say how Pitch behaves towards the founder, and lead to the rest.
func (v *visit) settingsParts() []part {
	f := v.founder
	board := "off the leaderboard"
	if f.OnBoard {
		board = "on the leaderboard"
	}
	return []part{
		title("Settings"),
		lines([]word{say(capital(remindersLabel(f)) + " · " + f.Zone + " · " + board)}, []word{say("Weekly goal: " + goals(f.Goals))}),
		buttons("settings", button{label: "Settings", does: v.does("settings")}, v.sayButton("Leaderboard", "leaderboard"),
			v.sayButton("Stats", "stats"), v.sayButton("Help", "help")),
	}
}
