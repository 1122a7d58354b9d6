package parse

import "strings"

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
	case cmdPause:
		return p.pause(i, j)
	case cmdChannel:
		return p.channel(i, j)
	case cmdHelp:
		return Help{Topic: strings.ToLower(p.tailText(j))}
	case cmdLater:
		return p.later(i, j)
	}
	return p.plain(cmd, i, j)
}

// plain reads the commands that are a word and nothing else.
func (p *parser) plain(cmd command, i, j int) Request {
	var req Request
	switch cmd {
	case cmdToday:
		req = Today{}
	case cmdUndo:
		req = Undo{}
	case cmdSettings:
		req = Settings{}
	case cmdResume:
		req = Resume{}
	case cmdStop:
		req = Stop{}
	}
	for j < len(p.toks) && p.is(j, "please pls plz now last it that thanks everything all messages today") {
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
	return p.badArgument(i, "nothing more can follow", p.cut(i, i+1))
}

// later passes on the commands another part answers, and keeps other founders'
// records private.
func (p *parser) later(i, j int) Request {
	_, n := longest(p, i, len(p.toks), commands)
	verb, _ := p.phrase(i, i+n)
	if verb == "practice" {
		verb = "practise"
	}
	if user, ok := p.otherFounder(j); ok && listed("stats history prospects learnings mood stuck export why", verb) {
		return Private{User: user}
	}
	rest := p.tailText(j)
	if j == len(p.toks)-1 && p.toks[j].shape == quoted {
		rest = p.toks[j].text
	}
	return Later{Verb: verb, Rest: rest}
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
