package bot

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// stopped is the value of the reminders of somebody who said stop.
const stopped = "stopped"

// settings is the form for everything that can be chosen.
func (v *visit) settings() Reply {
	s := v.founder
	zone, slacksZone := "", "Empty: as in Slack ("+s.Zone+")."
	if s.ZoneChosen {
		zone, slacksZone = s.Zone, "Empty: as in Slack."
	}
	wanted := string(s.Reminders)
	if s.Stopped {
		wanted = stopped
	}
	reminders := []choice{{string(store.EveryMorning), "Every morning"}, {string(store.OnlyDue), "Only what's due"}, {string(store.NoReminders), "Never"}}
	if s.Stopped {
		reminders = append(reminders, choice{stopped, "Stopped for now"})
	}
	var days []choice
	for _, d := range store.EveryWeekday.Days() {
		days = append(days, choice{strconv.Itoa(int(d)), d.String()})
	}
	works := func(c choice) bool {
		n, _ := strconv.Atoi(c.value)
		return s.WorkDays.Has(time.Weekday(n))
	}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	return v.form("settings", "Settings", "Save", nil,
		field("reminders", "Remind me", "", false, selectInput("reminders", wanted, reminders)),
		field("morning", "Mornings at", "In your own time zone, on your working days.", true, timeInput("morning", s.Morning)),
		field("days", "Working days", "", true, checkInput("days", works, days)),
		field("zone", "Time zone", slacksZone, false, textInput("zone", zone, "Europe/Berlin", false)),
		field("board", "Leaderboard", "", true, selectInput("board", strconv.FormatBool(s.OnBoard), []choice{{"true", "On it, by name"}, {"false", "Off it"}})),
		field("asks", "Weekly goal: asks", "", false, textInput("asks", number(s.Goals.Asks), "5", false)),
		field("calls", "Weekly goal: calls", "", false, textInput("calls", number(s.Goals.Calls), "", false)),
		field("nos", "Weekly goal: no's", "A no is an ask that reached somebody.", false, textInput("nos", number(s.Goals.Nos), "", false)),
	)
}

func (v *visit) submitSettings(ctx context.Context, f filled) (Reply, error) {
	s := v.founder
	bad := fieldErrors{}
	if wanted := f.chosen("reminders"); wanted != stopped {
		s.Reminders, s.Stopped = store.Reminders(wanted), false
	}
	s.Morning = cmp.Or(f.clock("morning"), s.Morning)
	s.OnBoard, s.BoardAsked = f.chosen("board") == "true", true
	s.WorkDays = 0
	for _, day := range f.several("days") {
		n, _ := strconv.Atoi(day)
		s.WorkDays |= store.WeekdaySet(time.Weekday(n))
	}
	if s.WorkDays == 0 {
		bad["days"] = "Choose at least one; for days off say /pitch pause."
	}
	v.readZone(ctx, f, &s, bad)
	for name, goal := range map[string]*int{"asks": &s.Goals.Asks, "calls": &s.Goals.Calls, "nos": &s.Goals.Nos} {
		n, err := strconv.Atoi(cmp.Or(f.text(name), "0"))
		if err != nil || n < 0 || n > store.MaxCount {
			bad[name] = "A whole number from 0 to " + strconv.Itoa(store.MaxCount) + "."
		}
		*goal = n
	}
	if len(bad) > 0 {
		return Reply{}, bad
	}
	saved, step, err := v.setFounder(ctx, "settings", func(now *store.Founder) {
		now.Reminders, now.Morning, now.WorkDays, now.Zone, now.ZoneChosen = s.Reminders, s.Morning, s.WorkDays, s.Zone, s.ZoneChosen
		now.OnBoard, now.BoardAsked, now.Goals = s.OnBoard, true, s.Goals
		now.Stopped = s.Stopped
	})
	if err != nil {
		return Reply{}, err
	}
	return v.settingsReply(saved, step), nil
}

// readZone takes the zone that was typed or, where it was emptied, Slack's.
func (v *visit) readZone(ctx context.Context, f filled, s *store.Founder, bad fieldErrors) {
	typed := strings.ReplaceAll(f.text("zone"), " ", "_")
	if typed == "" {
		if s.ZoneChosen {
			if who, err := v.lookUp(ctx, v.owner.User); err == nil && who.Zone != "" {
				s.Zone = who.Zone
			}
		}
		s.ZoneChosen = false
		return
	}
	if zone, ok := parse.Zone(f.text("zone")); ok {
		typed = zone
	}
	if _, err := store.LoadZone(typed); err != nil {
		bad["zone"] = "I don't know that zone. Write it like Europe/Berlin or America/Los_Angeles, or leave it empty."
		return
	}
	s.Zone, s.ZoneChosen = typed, true
}

func (v *visit) settingsReply(s store.Founder, step store.ID) Reply {
	board := "off the board"
	if s.OnBoard {
		board = "on the board"
	}
	return reply(linef("Saved."), list(
		[]word{say("Reminders: " + remindersLabel(s))}, []word{say("Zone: " + s.Zone)},
		[]word{say("Board: " + board)}, []word{say("Weekly goal: " + goals(s.Goals))},
	), buttons("settings", v.undoButton(step)))
}

// goal sets weekly goals.
func (v *visit) goal(ctx context.Context, r parse.Goal) (Reply, error) {
	if r.Asks == nil && r.Calls == nil && r.Nos == nil && !r.Off {
		return reply(linef("A week's goal, yours alone: "+goals(v.founder.Goals)+". Set one with /pitch goal 5 asks"),
			buttons("goal", v.sayButton("5 asks", "goal 5 asks"), v.sayButton("No goal", "goal off"))), nil
	}
	f, step, err := v.setFounder(ctx, "goal", func(f *store.Founder) {
		if r.Off {
			f.Goals = store.Goals{}
		}
		for _, set := range []struct {
			to   *int
			goal *int
		}{{r.Asks, &f.Goals.Asks}, {r.Calls, &f.Goals.Calls}, {r.Nos, &f.Goals.Nos}} {
			if set.to != nil {
				*set.goal = *set.to
			}
		}
	})
	if err != nil {
		return Reply{}, err
	}
	return reply(linef("Your weekly goal: "+goals(f.Goals)+"."),
		buttons("goal", v.undoButton(step))), nil
}

func goals(g store.Goals) string {
	var out []string
	for _, one := range []struct {
		n         int
		what, all string
	}{{g.Asks, "ask", "asks"}, {g.Calls, "call", "calls"}, {g.Nos, "no", "no's"}} {
		switch {
		case one.n == 1:
			out = append(out, "1 "+one.what)
		case one.n > 1:
			out = append(out, strconv.Itoa(one.n)+" "+one.all)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return and(out)
}
