package parse

import (
	"strings"
	"unicode/utf8"
)

// seesRecords are the commands that show a founder's own records, so that a
// mention after them asks for somebody else's.
var seesRecords = map[command]bool{
	cmdHistory: true, cmdProspects: true, cmdLearnings: true, cmdStats: true, cmdExport: true, cmdMood: true, cmdStuck: true, cmdWhy: true,
}

// own reads a command about the founder's own records. Nil where the words are
// not meant as one.
func (p *parser) own(cmd command, i, j int) Request {
	if user, ok := p.otherFounder(j); ok && seesRecords[cmd] {
		return Private{User: user}
	}
	switch cmd {
	case cmdHistory:
		return p.history(j)
	case cmdProspects:
		return p.prospects(i, j)
	case cmdLearnings:
		return p.learnings(i, j)
	case cmdStats:
		return p.stats(i, j)
	case cmdOffer:
		return p.offer(i, j)
	case cmdExport:
		return p.export(j)
	case cmdForgetMe:
		return p.forgetMe(i, j)
	case cmdStored:
		return Stored{}
	case cmdGDPR:
		return p.aboutData(j)
	case cmdTeam:
		return p.team(i, j)
	case cmdRename, cmdMerge:
		return p.rename(cmd, i, j)
	case cmdDelete:
		return p.remove(i, j)
	case cmdNote:
		return p.note(i, j)
	case cmdMark:
		return p.mark(i, j)
	case cmdFollowUpOn:
		return p.followUpOn(i, j)
	case cmdNoEmails:
		return p.noEmails(j)
	case cmdNoContact, cmdContact, cmdNoCalls, cmdCalls, cmdNoFollowUp:
		return p.stance(cmd, i, j)
	}
	return p.coach(cmd, i, j)
}

// leadWords are the words that lead to a name or a subject and are none of it.
const leadWords = "of for with on about in from to my the all at re regarding"

// led is past the leading words at j, unless a known name begins with them.
func (p *parser) led(j int) int {
	for j < len(p.toks) && (p.is(j, leadWords) || p.toks[j].shape == separator) {
		if _, n := p.knownAt(j, len(p.toks)); n > 0 {
			break
		}
		j++
	}
	return j
}

// rest is the text from j on: what a quote says where there is nothing else.
func (p *parser) rest(j int) string {
	if j == len(p.toks)-1 && p.toks[j].shape == quoted {
		return p.toks[j].text
	}
	return p.tailText(j)
}

// subject is rest without a question's sign.
func (p *parser) subject(j int) string { return strings.TrimRight(p.rest(j), "?!. ") }

// mine is the known prospect that the tokens [i,end) name and nothing else; where
// there is none, the question after it offers those with a similar name.
func (p *parser) mine(i, end int) (Who, *Unclear) {
	if i >= end {
		return Who{}, &Unclear{Problem: NoName, Understood: "Which prospect is meant?", Suggest: []Suggestion{suggest("prospects")}}
	}
	if w, n := p.knownAt(i, end); n > 0 && i+n == end {
		return w, nil
	}
	name := p.nameText(i, end)
	if utf8.RuneCountInString(name) > MaxName || strings.TrimSpace(name) == "" {
		return Who{}, &Unclear{Problem: NotKnown, Understood: "That is not one of your prospects.", Suggest: []Suggestion{suggest("prospects")}}
	}
	if w := p.whoNamed(name); w.ID != 0 || w.Candidates != nil {
		return w, nil
	}
	u := &Unclear{Problem: NotKnown, Understood: "“" + name + "” is not one of your prospects."}
	for _, near := range p.nearNames(i, end) {
		u.Suggest = append(u.Suggest, suggest(p.instead(i, end, canonicalName(near.Name))))
	}
	if at, n := p.knownWithin(i, end); n > 0 && len(u.Suggest) == 0 { // my friend Bob
		u.Suggest = append(u.Suggest, suggest(p.instead(i, end, p.cut(at, at+n))))
	}
	u.Suggest = append(u.Suggest, suggest("prospects"))
	return Who{}, u
}

// stretchWords say how much of a list is wanted. The lists show the newest first,
// so nothing more is made of them.
const stretchWords = "last past latest newest recent previous first everything all time so far please today days day weeks week months month year years entries activity activities calls emails asks meetings demos items"

// listing reports whether nothing but a date, a count or the like stands in [j,end).
func (p *parser) listing(j, end int) bool {
	for j < end {
		_, n := p.date(j, end, back)
		if _, m := p.number(j, end); n == 0 {
			n = m
		}
		if n == 0 && (p.is(j, stretchWords+" "+leadWords) || p.toks[j].shape == separator) {
			n = 1
		}
		if n == 0 {
			return false
		}
		j += n
	}
	return true
}

var filterWords = table(map[string]Filter{
	"never asked|never|unasked|not asked|not asked yet|without an ask|to ask":                                             NeverAsked,
	"waiting|waiting for an answer|waiting for answer|pending|open|asked|no answer yet":                                   Waiting,
	"follow-up due|follow up due|followup due|due|follow-ups due|follow ups due|to follow up|follow up|follow-up|overdue": FollowUpDue,
	"warm": WarmOnes, "cold": ColdOnes,
	"do not contact|dnc|do-not-contact|not to contact": NotToTouch,
	"all|everybody|everyone":                           Everybody,
})

// prospects reads "prospects", "prospects never asked", "prospects Acme" and names
// to add. Other words are asked about: the list would hide that they were not read.
func (p *parser) prospects(i, j int) Request {
	add := p.is(j, "add new")
	if add {
		if j+1 == len(p.toks) {
			return NamesForm{}
		}
		return p.on("add " + p.from(j+1)).command()
	}
	if w, ok := p.wholeName(p.led(j)); ok {
		return Card{Who: w}
	}
	for p.is(j, "that are i who is have with the my only") {
		j++
	}
	if f, n := longest(p, j, len(p.toks), filterWords); n > 0 && j+n == len(p.toks) {
		return Prospects{Filter: f}
	}
	if req := p.addAll(j); req != nil {
		return req
	}
	if p.listing(j, len(p.toks)) {
		return Prospects{}
	}
	if p.looksLikeName(j) {
		name := p.from(j)
		u := Unclear{Problem: NotKnown, Understood: "“" + name + "” is not one of your prospects."}
		for _, near := range p.nearNames(j, len(p.toks)) {
			u.Suggest = append(u.Suggest, labelled("Show "+near.Name, inQuotes(near.Name)))
		}
		u.Suggest = append(u.Suggest, labelled("Add “"+name+"”", "add "+inQuotes(p.subject(j))), suggest("prospects"))
		return u
	}
	return p.badArgument(i, "all of them, or never asked, waiting, follow-up due, warm, cold, do not contact", "prospects", "prospects never asked", "prospects waiting", "prospects warm")
}

// history reads "history", "history of Acme", "history Acme since March".
func (p *parser) history(j int) Request {
	if j = p.led(j); p.listing(j, len(p.toks)) {
		return History{}
	}
	if at, n := p.knownFrom(j); at >= 0 && p.listing(j, at) && p.listing(at+n, len(p.toks)) {
		w, _ := p.knownAt(at, len(p.toks))
		return History{Who: w}
	}
	end := j + 1
	for end < len(p.toks) && !p.listing(end, len(p.toks)) {
		end++
	}
	w, u := p.mine(j, end)
	if u != nil {
		u.Suggest = append(u.Suggest, suggest("history"))
		return *u
	}
	return History{Who: w}
}

// learnings reads what to search the no's for. A whole prospect's name is its card.
func (p *parser) learnings(i, j int) Request {
	if p.is(i, "learned") { // learned that …
		return nil
	}
	j = p.led(j)
	for p.is(j, "no's nos learnings reasons") && j+1 < len(p.toks) {
		j = p.led(j + 1)
	}
	if w, ok := p.wholeName(j); ok {
		return Card{Who: w}
	}
	if p.listing(j, len(p.toks)) || p.is(j, "by") && p.is(j+1, "reason buyer reasons buyers") {
		return Learnings{}
	}
	return Learnings{Search: p.subject(j)}
}

// stats reads the word and nothing else; a prospect's are its card.
func (p *parser) stats(i, j int) Request {
	j = p.led(j)
	if w, ok := p.wholeName(j); ok {
		return Card{Who: w}
	}
	if p.is(j, "me rate winning closing of") || p.listing(j, len(p.toks)) {
		return Stats{}
	}
	return p.badArgument(i, "it shows all your counts at once", "stats", "history")
}

func (p *parser) export(j int) Request {
	if w, ok := p.wholeName(p.led(j)); ok {
		return Unclear{Problem: BadArgument, Understood: "An export has everything, not one prospect.",
			Suggest: []Suggestion{suggest("export"), labelled("Show "+w.Name, inQuotes(w.Name))}}
	}
	return Export{}
}

// forgetMe wants nothing after it: what it does cannot be taken back.
func (p *parser) forgetMe(i, j int) Request {
	for p.is(j, "now please completely and everything all my data account forever at once here") {
		j++
	}
	if j < len(p.toks) {
		return p.badArgument(i, "it is about you and everything you logged", "forget me")
	}
	return ForgetMe{}
}

// aboutData asks what is wanted with "my data".
func (p *parser) aboutData(j int) Request {
	if j < len(p.toks) {
		return nil
	}
	return Unclear{Problem: BadArgument, Understood: "See what is stored, have it as files, or have it deleted?",
		Suggest: []Suggestion{labelled("What is stored", "what do you store"), labelled("As files", "export"), labelled("Delete it all", "forget me")}}
}

func (p *parser) team(i, j int) Request {
	for p.is(j, "stats totals total numbers report counts announce announcement text doing") {
		j++
	}
	if p.listing(j, len(p.toks)) {
		return Team{}
	}
	if _, n := longest(p, j, len(p.toks), verbs); n > 0 { // team call with Acme
		return nil
	}
	return p.badArgument(i, "it shows admins totals only", "team", "leaderboard")
}
