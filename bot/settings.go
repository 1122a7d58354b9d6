package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

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
	works := func(c choice) bool {
		n, _ := strconv.Atoi(c.value)
		return s.WorkDays.Has(time.Weekday(n))
	}
	return v.form("settings", "Settings", "Save", nil,
		field("reminders", "Remind me", "", false, selectInput("reminders", wanted, reminderChoices(s))),
		field("morning", "Mornings at", "In your own time zone, on your working days.", true, timeInput("morning", s.Morning)),
		field("recap", "Evening recap", "On working days, when something of that day is open or a conversation had no ask.", true, selectInput("recap", cmp.Or(string(s.Recap), off), recapChoices(s.Recap))),
		field("digest", "Weekly digest", "For who gets mornings: your week, on its last working day.", true, switchInput("digest", s.Digest)),
		field("coaching", "Coaching", "A line now and then about what to do next, seen by you alone. /pitch coaching shows the kinds you turned off.", true, switchInput("coaching", s.Coaching)),
		field("partner", "A partner each week", "Another founder to say the ask to, for 15 minutes. One message a week.", true, switchInput("partner", s.Partner)),
		field("days", "Working days", "", true, checkInput("days", works, weekdayChoices())),
		field("holidays", "Public holidays", "Days off like those of /pitch pause.", true, selectInput("holidays", cmp.Or(string(s.Holidays), off), holidayChoices())),
		field("zone", "Time zone", slacksZone, false, textInput("zone", zone, "Europe/Berlin", false)),
		field("board", "Leaderboard", "", true, selectInput("board", strconv.FormatBool(s.OnBoard), []choice{{"true", "On it, by name"}, {"false", "Off it"}})),
		field("asks", "Weekly goal: asks", "", false, textInput("asks", goalText(s.Goals.Asks), "5", false)),
		field("calls", "Weekly goal: calls", "", false, textInput("calls", goalText(s.Goals.Calls), "", false)),
		field("nos", "Weekly goal: no's", "A no is an ask that reached somebody.", false, textInput("nos", goalText(s.Goals.Nos), "", false)),
	)
}

func reminderChoices(s store.Founder) []choice {
	all := []choice{{string(store.EveryMorning), "Every morning"}, {string(store.OnlyDue), "Only what's due"}, {string(store.NoReminders), "Never"}}
	if s.Stopped {
		all = append(all, choice{stopped, "Stopped for now"})
	}
	return all
}

// off is the value of what can be turned off beside a time or a country.
const off = "off"

// recapChoices are no recap, and the half hours from noon on; a time that was
// chosen otherwise is among them.
func recapChoices(chosen store.Clock) []choice {
	all := []choice{{off, "Off"}}
	for minutes := 12 * 60; minutes < 24*60; minutes += 30 {
		at := fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
		all = append(all, choice{at, at})
	}
	if one := (choice{string(chosen), string(chosen)}); chosen != "" && !slices.Contains(all, one) {
		all = append(all, one)
	}
	return all
}

func switchInput(name string, on bool) slack.BlockElement {
	return selectInput(name, strconv.FormatBool(on), []choice{{"true", "On"}, {"false", "Off"}})
}

func weekdayChoices() (days []choice) {
	for _, d := range store.EveryWeekday.Days() {
		days = append(days, choice{strconv.Itoa(int(d)), d.String()})
	}
	return days
}

func holidayChoices() []choice {
	all := []choice{{off, "None"}}
	for _, c := range store.Countries() {
		all = append(all, choice{string(c), c.Name()})
	}
	return all
}

func goalText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// chosenOr is what was chosen in a form, "" where that is off, and what it was
// where the form did not ask.
func chosenOr(f filled, name, was string) string {
	switch chosen := f.chosen(name); chosen {
	case "":
		return was
	case off:
		return ""
	default:
		return chosen
	}
}

// switchedOr is a switch as it was set in a form, and as it was where the form did
// not ask.
func switchedOr(f filled, name string, was bool) bool {
	if !f.has(name) {
		return was
	}
	return f.chosen(name) == "true"
}

func (v *visit) submitSettings(ctx context.Context, f filled) (Reply, error) {
	s, bad := v.founder, fieldErrors{}
	f = f.touched()
	if wanted := f.chosen("reminders"); f.has("reminders") && wanted != stopped {
		s.Reminders, s.Stopped = store.Reminders(wanted), false
	}
	s.Morning = cmp.Or(f.clock("morning"), s.Morning)
	s.OnBoard, s.BoardAsked = switchedOr(f, "board", s.OnBoard), true
	s.Recap = store.Clock(chosenOr(f, "recap", string(s.Recap)))
	s.Holidays = store.Country(chosenOr(f, "holidays", string(s.Holidays)))
	s.Digest, s.Coaching = switchedOr(f, "digest", s.Digest), switchedOr(f, "coaching", s.Coaching)
	s.Partner = switchedOr(f, "partner", s.Partner)
	if s.WorkDays = f.workDays(s.WorkDays); s.WorkDays == 0 {
		bad["days"] = "Choose at least one; for days off say /pitch pause."
	}
	if f.has("zone") {
		v.readZone(ctx, f, &s, bad)
	}
	readGoals(f, &s.Goals, bad)
	if len(bad) > 0 {
		return Reply{}, bad
	}
	saved, step, err := v.setFounder(ctx, "settings", func(now *store.Founder) {
		now.Reminders, now.Morning, now.WorkDays, now.Zone, now.ZoneChosen = s.Reminders, s.Morning, s.WorkDays, s.Zone, s.ZoneChosen
		now.OnBoard, now.BoardAsked, now.Goals = s.OnBoard, true, s.Goals
		now.Recap, now.Digest, now.Coaching, now.Holidays = s.Recap, s.Digest, s.Coaching, s.Holidays
		now.Partner = s.Partner
		now.Stopped = s.Stopped
	})
	if err != nil {
		return Reply{}, err
	}
	return v.settingsReply(saved, step), nil
}

// workDays are the working days that are ticked, of which it is known what they
// are now.
func (f filled) workDays(now store.Weekdays) (days store.Weekdays) {
	for _, d := range store.EveryWeekday.Days() {
		if f.ticked("days", strconv.Itoa(int(d)), now.Has(d)) {
			days |= store.WeekdaySet(d)
		}
	}
	return days
}

// readGoals takes the goals a form has a field for.
func readGoals(f filled, goals *store.Goals, bad fieldErrors) {
	for name, goal := range map[string]*int{"asks": &goals.Asks, "calls": &goals.Calls, "nos": &goals.Nos} {
		if !f.has(name) {
			continue
		}
		n, err := strconv.Atoi(cmp.Or(f.text(name), "0"))
		if err != nil || n < 0 || n > store.MaxCount {
			bad[name] = "A whole number from 0 to " + strconv.Itoa(store.MaxCount) + "."
		}
		*goal = n
	}
}

// settingsTo changes the settings that were named in words, at once. Who names a
// time for mornings wants them.
func (v *visit) settingsTo(ctx context.Context, r parse.SettingsTo) (Reply, error) {
	saved, step, err := v.setFounder(ctx, "settings", func(f *store.Founder) {
		if r.Morning != "" {
			f.Morning, f.Reminders, f.Stopped = r.Morning, store.EveryMorning, false
		}
		if r.Zone != "" {
			f.Zone, f.ZoneChosen = r.Zone, true
		}
		if r.Recap != nil {
			f.Recap = *r.Recap
		}
		if r.Holidays != nil {
			f.Holidays = *r.Holidays
		}
		if r.Digest != nil {
			f.Digest = *r.Digest
		}
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
	coaching := "off"
	if s.Coaching {
		coaching = "on"
	}
	partner := "none"
	if s.Partner {
		partner = "a new one each week"
	}
	return reply(linef("Saved."), list(
		[]word{say("Reminders: " + remindersLabel(s))}, []word{say("Evening recap: " + recapText(s))}, []word{say("Weekly digest: " + digestText(s))},
		[]word{say("Coaching: " + coaching)}, []word{say("Partner: " + partner)}, []word{say("Public holidays: " + cmp.Or(s.Holidays.Name(), "none"))},
		[]word{say("Zone: " + s.Zone)}, []word{say("Board: " + board)}, []word{say("Weekly goal: " + goals(s.Goals))},
	), buttons("settings", v.undoButton(step)))
}

func recapText(s store.Founder) string {
	switch {
	case s.Recap == "":
		return "off"
	case s.Reminders == store.NoReminders:
		return "at " + string(s.Recap) + ", once you choose reminders"
	}
	return "at " + string(s.Recap) + " on your working days, when there is something to settle"
}

func digestText(s store.Founder) string {
	switch {
	case !s.Digest:
		return "off"
	case s.Reminders != store.EveryMorning:
		return "on, once you choose mornings"
	}
	return "at " + string(cmp.Or(s.Recap, store.DefaultRecap)) + " on the week's last working day"
}
