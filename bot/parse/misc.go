package parse

import (
	"slices"
	"strings"
)

// misc reads the commands that neither log nor promise. The word stands at i, the
// rest begins at j.
func (p *parser) misc(cmd command, i, j int) Request {
	for j < len(p.toks) && p.toks[j].shape == separator {
		j++
	}
	switch cmd {
	case cmdDone:
		return p.done(i, j)
	case cmdSnooze:
		return p.snooze(i, j)
	case cmdMove:
		return p.move(i, j)
	case cmdCancel:
		w, kind, u := p.target(j, len(p.toks))
		if u != nil {
			return *u
		}
		return Cancel{Who: w, Kind: kind}
	case cmdLeaderboard:
		return p.leaderboard(i, j)
	case cmdBoard:
		return p.board(i, j)
	case cmdGoal:
		return p.goal(i, j)
	case cmdSettings:
		return p.settings(i, j)
	case cmdPause:
		if _, n := longest(p, j, len(p.toks), verbs); n > 0 && !p.is(i, "pause") { // ill call Jane
			return nil
		}
		return p.pause(i, j)
	case cmdRedo:
		return Unclear{Problem: BadArgument, Understood: "Nothing can be redone; log it again.", Suggest: []Suggestion{suggest("today"), suggest("help")}}
	case cmdQuiet:
		return p.quiet()
	case cmdChannel:
		return p.channel(i, j)
	case cmdHelp:
		return Help{Topic: p.topic(j)}
	case cmdToday, cmdUndo, cmdResume, cmdStop:
		return p.plain(cmd, i, j)
	}
	return p.own(cmd, i, j)
}

// plain reads the commands that are a word and nothing else.
func (p *parser) plain(cmd command, i, j int) Request {
	var req Request
	switch cmd {
	case cmdToday:
		req = Today{}
	case cmdUndo:
		req = Undo{}
	case cmdResume:
		req = Resume{}
	case cmdStop:
		req = Stop{}
	}
	if cmd == cmdUndo && j+1 == len(p.toks) && (p.is(j, "all everything twice both") || digits.MatchString(p.word(j)) || small[p.word(j)] > 1) {
		return Unclear{Problem: OneAtATime, Understood: "One change at a time: undo takes back the last one.", Suggest: []Suggestion{suggest("undo")}}
	}
	for j < len(p.toks) && p.is(j, "please pls plz now last it that thanks everything all messages reminders notifications dms today") {
		j++
	}
	if j >= len(p.toks) {
		return req
	}
	if cmd == cmdToday { // "today call Jane"
		if q := p.byDateFirst(i); q != nil {
			return q
		}
		return p.badArgument(i, "nothing more can follow", "today")
	}
	return p.badArgument(i, "nothing more can follow", commandNames[cmd])
}

// quiet asks how quiet.
func (p *parser) quiet() Request {
	return Unclear{Problem: BadArgument, Understood: "No messages for a while, or none at all?",
		Suggest: []Suggestion{labelled("Until tomorrow", "pause until tomorrow"), labelled("None at all", "stop")}}
}

// topic is what help is asked for: a command by its own name, whichever word for
// it was used, or what was typed.
func (p *parser) topic(j int) string {
	for p.is(j, "with for on about") && j+1 < len(p.toks) {
		j++
	}
	if typed := strings.ToLower(p.tailText(j)); isTopic(typed) {
		return typed
	}
	cmd, n := longest(p, j, len(p.toks), commands)
	if name := commandNames[cmd]; n > 0 && j+n == len(p.toks) && name != "" {
		return name
	}
	return strings.ToLower(p.tailText(j))
}

func isTopic(name string) bool {
	return slices.ContainsFunc(Verbs(), func(e Example) bool { return e.Verb == name })
}

// NearestTopic is the help's topic that a word may be a slip for, "" for none.
func NearestTopic(word string) string {
	near, at := nearestWord(strings.ToLower(word), commands, func(c command) bool { return commandNames[c] != "" })
	if near == "" || at > 2 {
		return ""
	}
	if isTopic(near) {
		return near
	}
	return commandNames[commands[near]]
}

// otherFounder is a mention at j, or at the end after "of" or "for".
func (p *parser) otherFounder(j int) (string, bool) {
	for k := j; k < len(p.toks); k++ {
		w := p.word(k)
		if strings.HasPrefix(w, "<@") && p.toks[k].text != "" {
			return p.toks[k].text, true
		}
		if name := p.cut(k, k+1); strings.HasPrefix(name, "@") && len(name) > 1 {
			return name[1:], true
		}
	}
	return "", false
}
