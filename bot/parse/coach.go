package parse

import (
	"regexp"
	"strconv"
)

// coach reads the coach's own commands.
func (p *parser) coach(cmd command, i, j int) Request {
	switch cmd {
	case cmdStuck:
		return p.stuckOn(i, j)
	case cmdMood:
		return p.mood(j)
	case cmdForgetMood:
		return Coach{Verb: Mood, Rest: ForgetMoods}
	case cmdPractise:
		return Coach{Verb: Practise, Rest: p.withWhom(j)}
	case cmdWhy:
		return p.why(j)
	case cmdPartner:
		return p.onOff(Partner, i, j)
	case cmdCoaching:
		return p.onOff(Coaching, i, j)
	}
	if p.idle(j) < len(p.toks) {
		return p.badArgument(i, "on or off", "coaching on", "coaching off")
	}
	return Coach{Verb: Coaching, On: new(cmd == cmdTips)}
}

// idle is past the words that add nothing.
func (p *parser) idle(j int) int {
	for j < len(p.toks) && (p.toks[j].shape == separator || p.is(j, "please now for again today it again, them anymore any more thanks")) {
		j++
	}
	return j
}

// stuckOn reads what is in the way: what stuck is followed by, or the whole text
// where it says so itself ("nobody to ask").
func (p *parser) stuckOn(i, j int) Request {
	said := p.cut(i, j)
	for k := i; k < j; k++ {
		if p.is(k, "stuck unstuck blocked") {
			said = ""
		}
	}
	for j < len(p.toks) && (p.toks[j].shape == separator || p.is(j, "on with because at about since is") && j+1 < len(p.toks)) {
		j++
	}
	if said == "" {
		said = p.subject(j)
	} else if j < len(p.toks) {
		said += " " + p.subject(j)
	}
	return Coach{Verb: Stuck, Rest: said}
}

// moodLevel is a mood as it is typed: 2, or 2/5.
var moodLevel = regexp.MustCompile(`^([1-5])(/5)?$`)

// mood reads a level from 1 to 5, and a remark after it. Anything else is asked
// for: a word is no number.
func (p *parser) mood(j int) Request {
	for j < len(p.toks) && (p.toks[j].shape == separator || p.is(j, "is was at a like about today today's now = level about")) {
		j++
	}
	if j >= len(p.toks) {
		return Coach{Verb: Mood}
	}
	if p.is(j, "forget delete erase remove clear") && j+1 == len(p.toks) {
		return Coach{Verb: Mood, Rest: ForgetMoods}
	}
	level := small[p.word(j)]
	if m := moodLevel.FindStringSubmatch(p.word(j)); m != nil {
		level, _ = strconv.Atoi(m[1])
	}
	if level < 1 || level > 5 || p.is(j+1, "or - / to") {
		return whichMood(p.word(j))
	}
	if j++; p.is(j, "of") || p.is(j, "out") && p.is(j+1, "of") {
		for p.is(j, "out of") {
			j++
		}
		if !p.is(j, "5 five") {
			return whichMood(p.word(j))
		}
		j++
	}
	for p.is(j, "today now") || j < len(p.toks) && p.toks[j].shape == separator {
		j++
	}
	return Coach{Verb: Mood, Level: level, Rest: p.rest(j)}
}

// whichMood asks for a level.
func whichMood(said string) Request {
	u := Unclear{Problem: BadArgument, Understood: "How is it going, from 1, low, to 5, high?"}
	if _, err := strconv.ParseFloat(said, 64); err == nil {
		u.Problem = CountOutOfRange
	}
	for level, label := range []string{"1 (low)", "2", "3", "4", "5 (high)"} {
		u.Suggest = append(u.Suggest, labelled(label, "mood "+strconv.Itoa(level+1)))
	}
	return u
}

// withWhom is the prospect to rehearse with, or what else was said.
func (p *parser) withWhom(j int) string {
	j = p.led(j)
	for p.is(j, "ask asking pitch call demo") && j < len(p.toks) {
		if _, n := p.knownAt(j, len(p.toks)); n > 0 {
			break
		}
		j = p.led(j + 1)
	}
	if w, ok := p.wholeName(j); ok {
		return w.Name
	}
	return p.subject(j)
}

// why reads "why" of the last coach line; of a prospect it is their card.
func (p *parser) why(j int) Request {
	if w, ok := p.anyKnown(j); ok && p.is(j, "did does is was has doesn't didn't isn't won't hasn't") {
		return Card{Who: w}
	}
	if j = p.idle(j); p.is(j, "me this that now") && j+1 == len(p.toks) {
		j++
	}
	return Coach{Verb: Why, Rest: p.subject(j)}
}

// onOff reads a switch: nothing after it shows how it stands.
func (p *parser) onOff(verb CoachVerb, i, j int) Request {
	j = p.idle(j)
	on := p.is(j, "on yes start enable please")
	switch {
	case j >= len(p.toks):
		return Coach{Verb: verb}
	case on || p.is(j, "off no stop never none disable"):
		if p.idle(j+1) == len(p.toks) {
			return Coach{Verb: verb, On: &on}
		}
	case verb == Partner && p.partnerAt(j):
		return Coach{Verb: verb, Rest: p.withWhom(j)}
	}
	name := string(verb)
	return p.badArgument(i, "on or off", name+" on", name+" off")
}

// partnerAt reports whether the words at j name somebody.
func (p *parser) partnerAt(j int) bool {
	if _, n := longest(p, j, len(p.toks), verbs); n > 0 {
		return false
	}
	return p.namesKnown(j) || p.toks[j].text != "" || p.capital(j) && !p.allCapitals() || p.is(j-1, "with")
}
