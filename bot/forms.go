package bot

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/store"
)

// logForm is the form for logging, filled in with what is known.
func (v *visit) logForm(r parse.LogForm) Reply {
	l := r.Log
	l.Kind = cmp.Or(r.Kind, l.Kind, store.Call)
	names := slices.Clone(r.Names)
	if len(names) == 0 && l.Who.Name != "" {
		names = []string{l.Who.Name}
	}
	hint := "Several? One name a line."
	if r.Count > 1 {
		hint = "Up to " + strconv.Itoa(r.Count) + " names, one a line."
	}
	a := activity(l)
	a.OccurredOn = cmp.Or(a.OccurredOn, v.today())
	fields := []slack.Block{
		field("kind", "What happened", "", true, selectInput("kind", string(l.Kind), choices(store.Kinds(), kindLabels))),
		field("who", "With whom", hint, true, textInput("who", strings.Join(names, "\n"), "Jane at Acme", true)),
	}
	return v.form("log", "Log", "Log it", nil, append(fields, v.detailFields(a)...)...)
}

// detailFields are what an activity says beyond its kind and prospect.
func (v *visit) detailFields(a store.Activity) []slack.Block {
	reached := []choice{{"unreached", "Nobody picked up"}}
	return []slack.Block{
		field("day", "When", "", true, dateInput("day", a.OccurredOn)),
		field("reached", "Reached", "", false, checkInput("reached", func(choice) bool { return a.Unreached }, reached)),
		field("asked", "What did you ask for?", "", false, selectInput("asked", string(a.Asked), choices(store.Asks(), askedLabels))),
		manyField(a),
		field("outcome", "What did they say?", "", false, selectInput("outcome", string(a.Outcome), choices(store.Outcomes(), outcomeLabels))),
		field("until", "If later: until", "", false, dateInput("until", a.Until)),
		field("reason", "If no: why?", "", false, selectInput("reason", string(a.Reason), choices(store.Reasons(), reasonLabels))),
		field("words", "Their words", "", false, textInput("words", a.Words, "no budget till Q3", true)),
		field("change", "If no: what will you change?", "", false, textInput("change", a.Change, "Lead with the price", true)),
		field("note", "Note", "", false, textInput("note", a.Note, "", true)),
	}
}

func manyField(a store.Activity) slack.Block {
	many := money(a)
	if a.Quantity > 0 {
		many = strings.TrimPrefix(many+", ", ", ") + strconv.Itoa(a.Quantity) + " units"
	}
	return field("many", "How many, or how much", "", false, textInput("many", many, "10 seats at $50", false))
}

// details reads detailFields into an activity.
func (v *visit) details(f filled, a *store.Activity) error {
	a.OccurredOn = f.day("day")
	if a.OccurredOn > v.today() {
		return wrong("day", "A log is of the past. For what is to come use /pitch commit.")
	}
	a.Asked = store.Asked(f.chosen("asked"))
	a.Outcome = store.Outcome(f.chosen("outcome"))
	a.Reason = store.Reason(f.chosen("reason"))
	a.Words, a.Note, a.Change, a.Until = f.text("words"), f.text("note"), f.text("change"), f.day("until")
	a.Unreached = len(f.several("reached")) > 0
	if (a.Reason != "" || a.Change != "") && a.Outcome == "" {
		a.Outcome = store.Lost
	}
	if a.Reason != "" && a.Outcome != store.Lost {
		return wrong("reason", "A reason goes with a no. Choose No above, or clear this.")
	}
	if a.Until != 0 && a.Outcome != store.NotNow {
		return wrong("until", "A day goes with Later. Choose Later above, or clear this.")
	}
	if a.Outcome != "" && a.Kind != store.Ask && a.Asked == "" {
		return wrong("asked", "An answer needs an ask: what did you ask for?")
	}
	return v.howMany(f, a)
}

// howMany reads a number or an amount as the grammar does.
func (v *visit) howMany(f filled, a *store.Activity) error {
	a.Quantity, a.Amount, a.Currency = 0, "", ""
	many := f.text("many")
	if many == "" {
		return nil
	}
	if n, err := strconv.Atoi(many); err == nil && n > 0 && n <= store.MaxQuantity {
		a.Quantity = n
		return nil
	}
	l, ok := parse.Command(`log ask "x", `+many, v.context()).(parse.Log)
	if !ok || l.Quantity == 0 && l.Amount == "" || l.Note != "" {
		return wrong("many", "I can't read that as a number or an amount. Like this: 10 seats, $500, 10 seats at $50.")
	}
	a.Quantity, a.Amount, a.Currency = l.Quantity, l.Amount, l.Currency
	return nil
}

// names are the names in a form, one a line.
func names(f filled) (out []string) {
	known := map[string]bool{}
	for name := range strings.Lines(f.text("who")) {
		if name = strings.TrimSpace(name); name != "" && !known[store.Fold(name)] {
			known[store.Fold(name)] = true
			out = append(out, name)
		}
	}
	return out
}

func validNames(all []string) error {
	switch {
	case len(all) == 0:
		return wrong("who", "Who was it? Write a name.")
	case len(all) > store.MaxCount:
		return wrong("who", "At most "+strconv.Itoa(store.MaxCount)+" names at once.")
	}
	for _, name := range all {
		if err := (store.Prospect{Name: name}).Validate(); err != nil {
			return wrong("who", "A name has at most "+strconv.Itoa(store.MaxName)+" characters.")
		}
	}
	return nil
}

func (v *visit) submitLog(ctx context.Context, f filled) (Reply, error) {
	all := names(f)
	if err := validNames(all); err != nil {
		return Reply{}, err
	}
	a := store.Activity{Kind: store.Kind(f.chosen("kind"))}
	if err := v.details(f, &a); err != nil {
		return Reply{}, err
	}
	var each []logged
	step, err := v.change(ctx, "log "+plural(a.Kind, len(all)), func(b *store.Book) error {
		each = nil
		for _, name := range all {
			var l logged
			p, added, err := b.AddProspect(name)
			if err == nil && a.Kind == store.Ask && a.Outcome != store.Pending && a.Outcome != "" {
				l.Logged, err = b.AnswerWith(p, added, a)
			} else if err == nil {
				l.Logged, err = b.LogWith(p, added, a)
			}
			if err == nil {
				err = l.gather(b, parse.Log{})
			}
			if err != nil {
				return err
			}
			each = append(each, l)
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	if len(each) == 1 {
		each[0].step = step
		return v.loggedReply(each[0]), nil
	}
	return v.loggedSeveral(each, step), nil
}

func (v *visit) loggedSeveral(each []logged, step store.ID) Reply {
	var lines [][]word
	for i, l := range each {
		if i == choicesShown {
			lines = append(lines, []word{say("… and " + strconv.Itoa(len(each)-i) + " more")})
			break
		}
		lines = append(lines, happenedLine(l.Activity, l.Prospect, v.today()))
	}
	r := reply(linef("Logged "+plural(each[0].Activity.Kind, len(each))+":"), list(lines...))
	last := each[len(each)-1]
	for _, c := range last.Kept {
		r = r.with(line(append([]word{say("✓ Kept: ")}, promise(c, last.names[c.Prospect])...)...))
	}
	r = r.with(buttons("", v.undoButton(step)))
	if last.first {
		r = r.with(v.remindRow()...)
	}
	return r
}

func (v *visit) editForm(ctx context.Context, id store.ID) (Reply, error) {
	var a store.Activity
	var p store.Prospect
	err := v.view(ctx, func(b *store.Book) (err error) {
		if a, err = b.Activity(id); err == nil {
			p, err = b.Prospect(a.Prospect)
		}
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	fields := []slack.Block{
		field("kind", "What happened", "", true, selectInput("kind", string(a.Kind), choices(store.Kinds(), kindLabels))),
		field("who", "With whom", "", true, textInput("who", p.Name, "", false)),
	}
	fields = append(fields, v.detailFields(a)...)
	return v.form("edit", "Edit", "Save", url.Values{"id": {id.String()}}, fields...), nil
}

func (v *visit) submitEdit(ctx context.Context, f filled) (Reply, error) {
	all := names(f)
	if err := validNames(all); err != nil {
		return Reply{}, err
	}
	if len(all) > 1 {
		return Reply{}, wrong("who", "One name here: this is one entry.")
	}
	changed := store.Activity{Kind: store.Kind(f.chosen("kind"))}
	if err := v.details(f, &changed); err != nil {
		return Reply{}, err
	}
	l := logged{}
	var err error
	l.step, err = v.change(ctx, "edit", func(b *store.Book) (err error) {
		if l.Prospect, err = renamed(b, f.id(), all[0]); err != nil {
			return err
		}
		l.Activity, err = b.EditActivity(f.id(), func(a *store.Activity) {
			a.Unreached, a.Until, a.Change = changed.Unreached, changed.Until, changed.Change
			a.Kind, a.Prospect, a.OccurredOn, a.Asked = changed.Kind, l.Prospect.ID, changed.OccurredOn, changed.Asked
			a.Quantity, a.Amount, a.Currency = changed.Quantity, changed.Amount, changed.Currency
			a.Outcome, a.Reason, a.Words, a.Note = changed.Outcome, changed.Reason, changed.Words, changed.Note
		})
		l.Answered = true
		if err == nil {
			err = l.look(b)
		}
		return err
	})
	return v.loggedReply(l), err
}

// renamed is the prospect an edited entry names. A new name for somebody whom
// nothing else is about is a correction of theirs.
func renamed(b *store.Book, id store.ID, name string) (store.Prospect, error) {
	a, err := b.Activity(id)
	if err != nil {
		return store.Prospect{}, err
	}
	p, err := b.Prospect(a.Prospect)
	if err != nil || p.Name == name {
		return p, err
	}
	found, err := b.FindProspects(name)
	if err != nil {
		return p, err
	}
	alone, err := onlyAbout(b, p.ID)
	if err != nil || len(found) > 0 && found[0].ID != p.ID || !alone {
		p, _, err = b.AddProspect(name)
		return p, err
	}
	p.Name = name
	return p, b.SetProspect(p)
}

// onlyAbout reports whether a prospect has one activity and no commitment.
func onlyAbout(b *store.Book, prospect store.ID) (bool, error) {
	acts, err := b.ActivitiesWith(prospect)
	if err != nil || len(acts) != 1 {
		return false, err
	}
	promised, err := b.Commitments("")
	return !slices.ContainsFunc(promised, func(c store.Commitment) bool { return c.Prospect == prospect }), err
}

// learningForm asks what a no taught.
func (v *visit) learningForm(ctx context.Context, id store.ID) (Reply, error) {
	var a store.Activity
	err := v.view(ctx, func(b *store.Book) (err error) {
		a, err = b.Activity(id)
		return err
	})
	said := "said"
	if a.Guessed {
		said = "guessed"
	}
	return v.form("learning", "What you learnt", "Keep it", url.Values{"id": {id.String()}},
		field("change", "What will you change?", "One thing, for the next five asks.", false, textInput("change", a.Change, "Lead with the price", true)),
		field("words", "Their words", "", false, textInput("words", a.Words, "no budget till Q3", true)),
		field("said", "Was the reason", "", true, selectInput("said", said, []choice{{"said", "Said by them"}, {"guessed", "My guess"}})),
	), err
}

func (v *visit) submitLearning(ctx context.Context, f filled) (Reply, error) {
	r, err := v.amend(ctx, "what you learnt", v.does("", "id", f.id().String()), func(a *store.Activity) {
		a.Change, a.Words, a.Guessed = f.text("change"), f.text("words"), f.chosen("said") == "guessed"
	}, nil)
	r.Replace = false
	return r, err
}

// manyForm asks for the one number, or the amount.
func (v *visit) manyForm(ctx context.Context, id store.ID) (Reply, error) {
	var a store.Activity
	err := v.view(ctx, func(b *store.Book) (err error) {
		a, err = b.Activity(id)
		return err
	})
	return v.form("many", "How many", "Save", url.Values{"id": {id.String()}}, manyField(a)), err
}

func (v *visit) submitMany(ctx context.Context, f filled) (Reply, error) {
	var read store.Activity
	if err := v.howMany(f, &read); err != nil {
		return Reply{}, err
	}
	r, err := v.amend(ctx, "how many", v.does("", "id", f.id().String()), func(a *store.Activity) {
		a.Quantity, a.Amount, a.Currency = read.Quantity, read.Amount, read.Currency
	}, nil)
	r.Replace = false
	return r, err
}

func (v *visit) commitForm(c parse.Commit) Reply { return v.commitFormAfter(c, 0) }

func (v *visit) commitFormAfter(c parse.Commit, after store.ID) Reply {
	day := cmp.Or(c.DueOn, v.today())
	kind := cmp.Or(c.Kind, store.Call)
	who := c.Who.Name
	if who == "" && c.Count > 1 {
		who = strconv.Itoa(c.Count)
	}
	every := []choice{{"once", "Once"}, {"day", "Every day"}, {"weekday", "Every working day"}, {"week", "Every week"}, {"month", "Every month"}}
	about := url.Values{}
	if after != 0 {
		about.Set("after", after.String())
	}
	return v.form("commit", "Commit", "Commit", about,
		field("kind", "I will", "", true, selectInput("kind", string(kind), choices(store.Kinds(), kindLabels))),
		field("who", "With whom, or how many", "A name, or a number like 5.", true, textInput("who", who, "Acme", false)),
		field("day", "By", "", true, dateInput("day", day)),
		field("time", "At", "With a time I remind you then.", false, timeInput("time", c.At)),
		field("every", "Again", "", true, selectInput("every", cmp.Or(string(c.Every), "once"), every)),
		field("sentence", "First sentence", "How will you begin? It comes with the reminder.", false, textInput("sentence", c.Sentence, "Would you order ten for the pilot?", true)),
	)
}

func (v *visit) submitCommit(ctx context.Context, f filled) (Reply, error) {
	c := parse.Commit{
		Kind: store.Kind(f.chosen("kind")), Count: 1, DueOn: f.day("day"), At: f.clock("time"), Sentence: f.text("sentence"),
	}
	if every := f.chosen("every"); every != "once" {
		c.Every = store.Every(every)
	}
	who := f.text("who")
	if n, err := strconv.Atoi(who); err == nil {
		if n < 1 || n > store.MaxCount {
			return Reply{}, wrong("who", "A number from 1 to "+strconv.Itoa(store.MaxCount)+".")
		}
		c.Count = n
	} else {
		if err := validNames([]string{who}); err != nil {
			return Reply{}, err
		}
		c.Who = parse.Who{Name: who}
	}
	if err := v.future(&c); err != nil {
		return Reply{}, err
	}
	after, _ := strconv.ParseUint(f.about.Get("after"), 10, 64)
	return v.commitAfter(ctx, c, store.ID(after))
}

// future places a form's day and time, which lie ahead.
func (v *visit) future(c *parse.Commit) error {
	if c.DueOn < v.today() {
		return wrong("day", "A commitment is of the future: today or later.")
	}
	if c.At != "" && c.Every == store.Once {
		c.DueAt = c.DueOn.At(c.At, v.location())
		if !c.DueAt.After(v.now) {
			return wrong("time", "That time is over. Choose a later one, or another day.")
		}
	}
	return nil
}

func (v *visit) moveForm(ctx context.Context, id store.ID) (Reply, error) {
	var c store.Commitment
	err := v.view(ctx, func(b *store.Book) (err error) {
		c, err = b.Commitment(id)
		return err
	})
	at := c.At
	if !c.DueAt.IsZero() {
		at = store.ClockOf(c.DueAt.In(v.location()))
	}
	return v.form("move", "Move", "Move", url.Values{"id": {id.String()}},
		field("day", "To", "", true, dateInput("day", max(c.DueOn, v.today()))),
		field("time", "At", "Its reminder moves with it.", false, timeInput("time", at)),
	), err
}

func (v *visit) submitMove(ctx context.Context, f filled) (Reply, error) {
	c := parse.Commit{DueOn: f.day("day"), At: f.clock("time")}
	if err := v.future(&c); err != nil {
		return Reply{}, err
	}
	if c.At == "" {
		return v.moved(ctx, func(b *store.Book) (store.Commitment, error) { return b.MoveToDay(f.id(), c.DueOn) })
	}
	return v.moveOne(ctx, f.id(), c.DueOn, c.DueAt)
}

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
	if _, err := store.LoadZone(typed); err != nil {
		bad["zone"] = "I don't know that zone. Write it like Europe/Berlin or America/Los_Angeles, or leave it empty."
		return
	}
	s.Zone, s.ZoneChosen = typed, true
}

func (v *visit) settingsReply(s store.Founder, step store.ID) Reply {
	reminders := map[store.Reminders]string{
		store.EveryMorning: "a plan at " + string(s.Morning) + " on your working days, and what is due",
		store.OnlyDue:      "only what is due", store.NoReminders: "nothing is sent", "": "not chosen yet",
	}[s.Reminders]
	if s.Stopped {
		reminders = "stopped for now"
	}
	board := "off the board"
	if s.OnBoard {
		board = "on the board"
	}
	return reply(linef("Saved."), list(
		[]word{say("Reminders: " + reminders)}, []word{say("Zone: " + s.Zone)},
		[]word{say("Board: " + board)}, []word{say("Weekly goal: " + goals(s.Goals))},
	), buttons("settings", v.undoButton(step)))
}
