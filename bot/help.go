package bot

import (
	"context"
	"slices"
	"strings"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// welcome is the first thing somebody reads. Nothing has been stored.
func (v *visit) welcome() Reply {
	return reply(
		linef("An ask is one clear request: buy, pilot, next date. Who did you last talk to?"),
		buttons("", button{label: "Log it", does: v.does("log-form"), primary: true}, v.sayButton("What can I type?", "help")),
		aside("Or type it: /pitch log call Jane. Nothing is sent to you unless you say yes."),
	)
}

// sections order the commands in the help, by verb. What is in none is a part of
// one that is, and has its own answer to "help recap".
var sections = []struct {
	heading string
	verbs   []string
}{
	{"What happened", []string{"log", "history", "edit", "undo"}},
	{"What comes next", []string{"commit", "today", "done", "snooze", "move", "cancel", "goal"}},
	{"Who", []string{"prospects", "add", "card", "note", "mark", "do not contact", "rename", "delete"}},
	{"What it teaches", []string{"learnings", "stats", "offer"}},
	{"When it is hard", []string{"stuck", "practise", "mood", "partner", "why", "coaching"}},
	{"The leaderboard", []string{"leaderboard", "board", "channel", "team"}},
	{"Messages and your data", []string{"settings", "pause", "resume", "stop", "export", "what do you store", "forget me", "help"}},
}

// help lists the commands with an example each, those for now first, or explains
// one command.
func (v *visit) help(ctx context.Context, about string) (Reply, error) {
	about = strings.ToLower(strings.TrimSpace(about))
	if about == "welcome" {
		if !v.joined || len(v.prospects) == 0 {
			return v.welcome(), nil
		}
		r, err := v.showToday(ctx)
		return r.with(buttons("", v.sayButton("What can I type?", "help"))), err
	}
	var examples []parse.Example
	for _, e := range parse.Verbs() {
		if e.Verb == about {
			examples = append(examples, e)
		}
	}
	if about == "coaching" {
		return v.helpOnCoaching(examples), nil
	}
	if len(examples) > 0 {
		return v.helpOn(about, examples), nil
	}
	if about != "" {
		return v.noTopic(about), nil
	}
	now, err := v.forNow(ctx)
	if err != nil {
		return Reply{}, err
	}
	r := reply(linef("Log what you did, promise what you'll do, and ask. " + v.howHere()))
	if len(now) > 0 {
		r = r.with(line(bold("For now")), list(now...))
	}
	return r.with(helpSections()...).with(
		buttons("", v.logButton(true), button{label: "New commitment", does: v.does("commit-form")}, v.sayButton("Today", "today"), button{label: "Settings", does: v.does("settings")}),
		aside("Without typing: the shortcut Log an ask, Log from this message in a message's menu, and my Home. What you log is yours alone. The board shows counts, of those who chose it. /pitch help log shows more of one command."),
	), nil
}

// howHere is how one talks to Pitch in the place one asks for help.
func (v *visit) howHere() string {
	switch {
	case v.inDM:
		return "Type any of these here; the /pitch can be left out."
	case v.channel == "":
		return "Type any of these after /pitch, wherever you are."
	}
	return "Only you see the answers here. In our DM the /pitch can be left out."
}

// example is a line of the help.
func example(text, does string) []word { return []word{bold("/pitch " + text), say(" · " + does)} }

// helpSections are all commands, by what they are about, with an example each.
func helpSections() (parts []part) {
	first := map[string]parse.Example{}
	for _, e := range parse.Verbs() {
		if _, has := first[e.Verb]; !has {
			first[e.Verb] = e
		}
	}
	add := func(heading string, verbs []string) {
		var lines [][]word
		for _, verb := range verbs {
			if e, has := first[verb]; has {
				lines = append(lines, example(e.Text, e.Does))
				delete(first, verb)
			}
		}
		if len(lines) > 0 {
			parts = append(parts, line(bold(heading)), list(lines...))
		}
	}
	for _, s := range sections {
		add(s.heading, s.verbs)
	}
	return parts
}

// nowShown is how many commands the help puts first.
const nowShown = 4

// forNow are the commands that fit where the founder stands, and is.
func (v *visit) forNow(ctx context.Context) (now [][]word, err error) {
	add := func(when bool, text, does string) {
		if when && len(now) < nowShown {
			now = append(now, example(text, does))
		}
	}
	if !v.joined {
		add(true, "log call Jane", "the last person you talked to")
		add(true, "commit call Jane tomorrow 10:00", "a promise to yourself, and a reminder if you like")
		return now, nil
	}
	var at standing
	err = v.view(ctx, func(b *store.Book) (err error) {
		at, err = standingOf(b)
		return err
	})
	add(v.founder.Stopped || v.founder.Off(v.today()), "resume", "messages again")
	add(at.due, "done", "what is due, ticked off")
	add(at.waiting.Name != "", parse.Log{Kind: store.Ask, Who: whoIs(at.waiting), Outcome: store.Won, Answer: true}.String(), "if they answered; no and not now as well")
	add(at.unasked.Name != "", parse.Commit{Kind: store.Ask, Who: whoIs(at.unasked), Count: 1, DueOn: v.nextWorkday(), At: planAt}.String(), "you talked, and have not asked yet")
	add(!v.inDM && v.channel != "", "channel on Friday 16:00", "the weekly leaderboard, here")
	add(at.nos, "learnings", "what the no's said")
	add(true, "log call Jane", "the last person you talked to")
	add(v.founder.Goals == store.Goals{}, "goal 5 asks", "a goal for the week, yours alone")
	return now, err
}

func whoIs(p store.Prospect) parse.Who { return parse.Who{Name: p.Name, ID: p.ID} }

// standing is where a founder stands, as far as the help looks.
type standing struct {
	due, nos bool
	waiting  store.Prospect // asked last, without an answer
	unasked  store.Prospect // talked to in the last days, and not asked since
}

func standingOf(b *store.Book) (s standing, err error) {
	plan, err := nudges.DayPlan(b, b.Today())
	if err != nil {
		return s, err
	}
	s.due = len(plan.Today)+len(plan.Overdue)+len(plan.Earlier) > 0
	all, err := b.Activities(b.Today()-store.AnswerWindow, 0)
	asked := map[store.ID]bool{}
	for _, a := range slices.Backward(all) {
		p, _ := b.Prospect(a.Prospect)
		asked[p.ID] = asked[p.ID] || a.IsAsk()
		s.nos = s.nos || a.Outcome == store.Lost
		if a.Outcome == store.Pending && s.waiting.ID == 0 {
			s.waiting = p
		}
		if a.IsConversation() && !asked[p.ID] && s.unasked.ID == 0 && b.Today()-a.OccurredOn <= store.FollowedWithin && !p.DoNotContact {
			s.unasked = p
		}
	}
	return s, err
}

func (v *visit) helpOn(verb string, examples []parse.Example) Reply {
	var lines [][]word
	for _, e := range examples {
		lines = append(lines, example(e.Text, e.Does))
	}
	return reply(line(bold(verb)), list(lines...), buttons("", v.sayButton("All commands", "help")))
}

// noTopic answers help about what is no command, with the nearest that is one.
func (v *visit) noTopic(about string) Reply {
	var near button
	if topic := parse.NearestTopic(about); topic != "" {
		near = v.sayButton("Help on "+topic, "help "+topic)
	}
	return reply(line(say("There is no command “"+clip(about, 60)+"”.")), buttons("", near, v.sayButton("All commands", "help")))
}

// unclear says what was understood and offers the nearest: as buttons, or as a
// form that is filled in already. Nothing was logged.
func (v *visit) unclear(r parse.Unclear) Reply {
	out := reply(linef(r.Understood + " Nothing was changed."))
	var bs []button
	for _, s := range r.Suggest[:min(len(r.Suggest), maxButtons)] {
		b := v.sayButton(s.Label, s.Command)
		if r.Problem == parse.TwoThings { // the others are pressed after it
			b.does.about.Set("keep", "1")
		}
		if len(b.does.value()) <= maxValue {
			bs = append(bs, b)
		}
	}
	switch form := r.Form.(type) {
	case parse.LogForm:
		bs = append(bs, button{label: "Open the form", does: v.does("log-form", "kind", string(form.Kind)).carrying(append(slices.Clone(form.Names), form.Log.Who.Name))})
	case parse.NamesForm:
		bs = append(bs, button{label: "Open the form", does: v.does("names-form").carrying(form.Names)})
	case parse.CommitForm:
		bs = append(bs, button{label: "Open the form", does: v.does("commit-form", "kind", string(form.Commit.Kind))})
	}
	if len(bs) == 0 {
		bs = append(bs, v.sayButton("Help", "help"))
	}
	return out.with(buttons("", bs...))
}

// whose asks whose answer it is, with a button for each ask that has none yet.
func (v *visit) whose(ctx context.Context, r parse.Whose) (Reply, error) {
	form := button{label: "Open the form", does: v.does("log-form", "kind", string(store.Ask))}
	var waiting []store.Prospect
	if v.joined {
		err := v.view(ctx, func(b *store.Book) error {
			all, err := outlooks(b)
			for _, o := range all {
				if o.ask.Outcome == store.Pending && len(waiting) < maxButtons-1 {
					waiting = append(waiting, o.Prospect)
				}
			}
			return err
		})
		if err != nil {
			return Reply{}, err
		}
	}
	word := map[store.Outcome]string{store.Won: "yes", store.Lost: "no", store.NotNow: "not now"}[r.Outcome]
	if len(waiting) == 0 {
		return reply(linef("A "+word+", but no ask is waiting for an answer. Nothing was changed."), buttons("", form)), nil
	}
	var bs []button
	for _, p := range waiting {
		bs = append(bs, v.sayAs(p.Name, "log "+word, p))
	}
	return reply(linef("Whose "+word+"? Nothing was changed."), buttons("", append(bs, form)...)), nil
}

// carrying is the action with names to fill in, as many as a value has room for.
func (a action) carrying(names []string) action {
	for _, name := range names {
		if name == "" {
			continue
		}
		a.about.Add("name", name)
		if len(a.value()) > maxValue {
			a.about["name"] = a.about["name"][:len(a.about["name"])-1]
			break
		}
	}
	return a
}

// private answers a question after somebody else's records.
func (v *visit) private(r parse.Private) Reply {
	who := say(r.User)
	if len(r.User) > 8 && strings.ToUpper(r.User) == r.User { // an id, as Slack writes mentions
		who = mention(store.UserID(r.User))
	}
	return reply(line(say("That is private to "), who, say(". The leaderboard shows the counts of those who chose to be on it.")),
		buttons("", v.sayButton("Leaderboard", "leaderboard")))
}
