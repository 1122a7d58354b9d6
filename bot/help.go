package bot

import (
	"slices"
	"strings"

	"pitch/bot/parse"
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

// topic is a command in the help.
type topic struct {
	verb, does string
	examples   []string
}

// topics are the commands, those of the first days first.
var topics = []topic{
	{"log", "what happened", []string{"log call Jane at Acme", "log ask Acme, 10 seats", "log no Globex, price: \"no budget till Q3\"", "log yes Acme", "log not now Acme, until March", "log demo Acme yesterday"}},
	{"commit", "a promise to yourself", []string{"commit call Acme tomorrow 3pm", "commit 5 calls by Friday", "commit 3 asks every weekday"}},
	{"today", "what is due, what is done", []string{"today"}},
	{"done", "tick a commitment off", []string{"done Acme"}},
	{"snooze", "its reminder later", []string{"snooze Acme 1h"}},
	{"move", "another day or time", []string{"move Acme to Friday"}},
	{"cancel", "let a commitment go", []string{"cancel Acme"}},
	{"undo", "take the last change back", []string{"undo"}},
	{"leaderboard", "asks made, by those who chose to be on it", []string{"leaderboard", "leaderboard month"}},
	{"board", "be on the leaderboard or not", []string{"board on", "board off"}},
	{"goal", "a week's goal", []string{"goal 5 asks"}},
	{"settings", "mornings, working days, time zone", []string{"settings"}},
	{"pause", "days off; also ooo, sick", []string{"pause until Monday", "ooo until Wednesday", "sick"}},
	{"resume", "back from days off", []string{"resume"}},
	{"stop", "no more messages; your log is kept", []string{"stop"}},
	{"channel", "the weekly board in this channel", []string{"channel on Friday 16:00", "channel off"}},
	{"a name", "a prospect's card", []string{"Acme"}},
}

// help lists the commands with an example each, or one command's examples.
func (v *visit) help(about string) Reply {
	if about == "welcome" {
		return v.welcome()
	}
	at := slices.IndexFunc(topics, func(t topic) bool { return t.verb == strings.ToLower(about) })
	if at >= 0 {
		return v.helpOn(topics[at])
	}
	var lines [][]word
	for _, t := range topics {
		lines = append(lines, []word{bold("/pitch " + t.examples[0]), say(" · " + t.does)})
	}
	return reply(linef("Log what you did, promise what you'll do, and ask. Any of these after /pitch, or in a message to me:"),
		list(lines...),
		buttons("", v.logButton(true), button{label: "New commitment", does: v.does("commit-form")}, v.sayButton("Today", "today"), button{label: "Settings", does: v.does("settings")}),
		aside("What you log is yours alone. The board shows counts, of those who chose it. /pitch help log shows more of one command."))
}

func (v *visit) helpOn(t topic) Reply {
	var lines [][]word
	for _, e := range t.examples {
		lines = append(lines, []word{bold("/pitch " + e)})
	}
	return reply(line(bold(t.verb), say(": "+t.does)), list(lines...))
}

// unclear says what was understood and offers the nearest: as buttons, or as a
// form that is filled in already. Nothing was logged.
func (v *visit) unclear(r parse.Unclear) Reply {
	out := reply(linef(r.Understood + " Nothing was changed."))
	var bs []button
	for _, s := range r.Suggest[:min(len(r.Suggest), maxButtons)] {
		b := v.sayButton(s.Label, s.Command)
		if len(b.does.value()) <= maxValue {
			bs = append(bs, b)
		}
	}
	switch form := r.Form.(type) {
	case parse.LogForm:
		bs = append(bs, button{label: "Open the form", does: v.does("log-form", "kind", string(form.Kind)).carrying(append(slices.Clone(form.Names), form.Log.Who.Name))})
	case parse.CommitForm:
		bs = append(bs, button{label: "Open the form", does: v.does("commit-form", "kind", string(form.Commit.Kind))})
	}
	if len(bs) == 0 {
		bs = append(bs, v.sayButton("Help", "help"))
	}
	return out.with(buttons("", bs...))
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
