package parse

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"pitch/store"
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
	case cmdPause:
		return p.pause(i, j)
	case cmdChannel:
		return p.channel(i, j)
	case cmdHelp:
		return Help{Topic: strings.ToLower(p.from2(j))}
	case cmdLater:
		return p.later(i, j)
	}
	return p.plain(cmd, i, j)
}

func (p *parser) from2(j int) string {
	if j >= len(p.toks) {
		return ""
	}
	return p.from(j)
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
	rest := p.from2(j)
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

// target reads which commitment is meant: a verb, a name, both or nothing.
func (p *parser) target(i, end int) (w Who, kind store.Kind, u *Unclear) {
	if i >= end {
		return w, "", nil
	}
	_, known := p.knownAt(i, end)
	if m, n := longest(p, i, end, verbs); n > 0 && n >= known && m.outcome == "" && !m.vague {
		kind, i = m.kind, i+n
	}
	for i < end && p.is(i, fillers+" it this reminder commitment") {
		if _, n := p.knownAt(i, end); n > 0 {
			break
		}
		i++
	}
	if i >= end {
		return w, kind, nil
	}
	if p.toks[i].shape == quoted && i+1 == end {
		return p.whoNamed(p.toks[i].text), kind, nil
	}
	if w, n := p.knownAt(i, end); i+n == end && n > 0 {
		return w, kind, nil
	}
	if !p.likeName(i, end) || len([]rune(p.cut(i, end))) > MaxName {
		return w, kind, &Unclear{Problem: WhereNameEnds, Understood: "Which commitment is meant?", Suggest: []Suggestion{suggest("today")}}
	}
	return p.whoNamed(p.nameText(i, end)), kind, nil
}

func (p *parser) done(i, j int) Request {
	if count, n := p.number(j, len(p.toks)); n > 0 && !p.is(j, "a") {
		if m, k := longest(p, j+n, len(p.toks), verbs); k > 0 && m.outcome == "" && j+n+k == len(p.toks) {
			if count < 1 || count > MaxCount {
				return Unclear{Problem: CountOutOfRange, Understood: "1 to 100 can be done at once."}
			}
			return Done{Kind: m.kind, Count: count}
		}
	}
	w, kind, u := p.target(j, len(p.toks))
	if u != nil {
		return *u
	}
	return Done{Who: w, Kind: kind}
}

// snooze reads "Acme 1h", "Acme until tomorrow 9am", "20 minutes".
func (p *parser) snooze(i, j int) Request {
	s := Snooze{}
	for k := j; k <= len(p.toks); k++ {
		if k < len(p.toks) && k-j > 4*nameWords {
			continue
		}
		if k < len(p.toks) {
			if _, n := p.knownAt(k, len(p.toks)); n > 0 || p.toks[k].shape == quoted {
				continue
			}
			if !p.snoozeUntil(k, &s) {
				continue
			}
		}
		end := k
		if end > j && p.toks[end-1].shape == separator {
			end--
		}
		w, kind, u := p.target(j, end)
		if u != nil {
			u.Suggest = []Suggestion{suggest("snooze")}
			return *u
		}
		s.Who, s.Kind = w, kind
		if s.On != 0 && s.On < p.today || !s.Until.IsZero() && !s.Until.After(p.ctx.Now) {
			return Unclear{Problem: PastCommit, Understood: "A reminder can be put off until later, not earlier.", Suggest: []Suggestion{suggest("snooze " + p.cut(j, end))}}
		}
		if s.On > p.today+MaxAhead {
			return Unclear{Problem: TooFar, Understood: "A reminder can be put off for two years at most."}
		}
		return s
	}
	return s
}

// snoozeUntil reads how long or until when, wholly.
func (p *parser) snoozeUntil(k int, s *Snooze) bool {
	start := k
	if p.is(k, "for by") {
		k++
	}
	if d, n := p.durationAt(k, len(p.toks)); n > 0 && k+n == len(p.toks) {
		switch d.unit {
		case "minute":
			s.For = time.Duration(d.n) * time.Minute
		case "hour":
			s.For = time.Duration(d.n) * time.Hour
		default:
			s.On = p.after(d).from
		}
		return s.For > 0 || s.On > 0
	}
	w, n := p.date(start, len(p.toks), forward)
	if n == 0 || start+n < len(p.toks) || w.trouble != nil && w.trouble.problem != WhichDay {
		return false
	}
	if w.trouble != nil { // today's weekday: a week away
		w.from += 7
	}
	switch {
	case !w.at.IsZero():
		s.For = w.at.Sub(p.ctx.Now).Round(time.Minute)
		return s.For > 0
	case w.from == 0:
		w.from = p.today
	}
	s.On = w.from
	if w.clock != "" {
		s.Until = w.from.At(w.clock, p.ctx.Now.Location())
	}
	return true
}

// move reads "Acme to Friday 3pm".
func (p *parser) move(i, j int) Request {
	for k := j; k < min(len(p.toks), j+4*nameWords); k++ {
		if _, n := p.knownAt(k, len(p.toks)); n > 0 {
			if k += n - 1; k >= len(p.toks) {
				break
			}
			continue
		}
		if p.toks[k].shape == quoted {
			continue
		}
		d := k
		if p.is(d, "to till until") {
			d++
		}
		w, n := p.date(d, len(p.toks), forward)
		if n == 0 || d+n < len(p.toks) {
			continue
		}
		end := k
		if end > j && p.toks[end-1].shape == separator {
			end--
		}
		who, kind, u := p.target(j, end)
		if u != nil {
			return *u
		}
		req := p.moved(who, kind, w)
		if u, ok := req.(Unclear); ok && len(u.Suggest) == 0 {
			u.Suggest = p.otherDays(strings.TrimSpace("move " + p.cut(j, end)))
			return u
		}
		return req
	}
	u := Unclear{Problem: NoDate, Understood: "Move it to which day?"}
	u.Suggest = p.otherDays(strings.TrimSpace("move " + p.from2(j)))
	if w, _, bad := p.target(j, len(p.toks)); bad != nil || w.Name != "" && w.ID == 0 && !p.likeName(j, len(p.toks)) {
		u.Suggest = nil
	}
	return u
}

// otherDays are the days to offer after "move Acme".
func (p *parser) otherDays(command string) (out []Suggestion) {
	for _, day := range p.choices(Commit{})[1:] {
		out = append(out, labelled(day.Label, command+" to "+strings.ToLower(day.Label)))
	}
	return append(out, labelled("In a week", command+" to next "+p.today.Weekday().String()))
}

func (p *parser) moved(who Who, kind store.Kind, w when) Request {
	if w.trouble != nil {
		return p.troubled(w.trouble, nil)
	}
	day, clock, at, t := p.due(w)
	switch {
	case t != nil:
		t.instead = nil
		return p.troubled(t, nil)
	case day > p.today+MaxAhead:
		return Unclear{Problem: TooFar, Understood: "That is more than two years ahead."}
	}
	return Move{Who: who, Kind: kind, DueOn: day, At: clock, DueAt: at}
}

var periods = table(map[string]Period{
	"week|this week|weekly": ThisWeek, "today|day": OnlyToday, "month|this month|monthly": ThisMonth,
	"all|all time|ever|alltime|total": AllTime, "last week": LastWeek, "last month": LastMonth,
})

func (p *parser) leaderboard(i, j int) Request {
	for p.is(j, "for of") {
		j++
	}
	if j >= len(p.toks) {
		return Leaderboard{Period: ThisWeek}
	}
	if period, n := longest(p, j, len(p.toks), periods); n > 0 && j+n == len(p.toks) {
		return Leaderboard{Period: period}
	}
	return p.badArgument(i, "week, last week, today, month, last month or all", "leaderboard", "leaderboard month", "leaderboard all")
}

func (p *parser) board(i, j int) Request {
	on := p.is(j, "on yes in join show")
	switch {
	case j >= len(p.toks):
		return Board{}
	case j+1 == len(p.toks) && (on || p.is(j, "off no out leave hide")):
		return Board{On: &on}
	}
	return p.badArgument(i, "on or off", "board on", "board off")
}

// goal reads "5 asks", "10 calls 5 asks and 3 no's", "off".
func (p *parser) goal(i, j int) Request {
	g := Goal{}
	if j+1 == len(p.toks) && p.is(j, "off none no clear remove") {
		return Goal{Off: true}
	}
	for j < len(p.toks) {
		if p.toks[j].shape == separator || p.is(j, "and & to of is") {
			j++
			continue
		}
		n, k := p.number(j, len(p.toks))
		off := 0
		if k == 0 && p.is(j, "no zero") {
			k, off = 1, 1
		}
		if k == 0 {
			return p.badGoal(i)
		}
		var field **int
		switch {
		case p.is(j+k, "ask asks"):
			field = &g.Asks
		case p.is(j+k, "call calls"):
			field = &g.Calls
		case p.is(j+k, "no nos no's noes rejections"):
			field = &g.Nos
		}
		if field == nil || *field != nil {
			return p.badGoal(i)
		}
		if off == 0 && n > MaxCount {
			return Unclear{Problem: CountOutOfRange, Understood: "A weekly goal is at most 100.", Suggest: []Suggestion{suggest("goal 10 asks")}}
		}
		*field = &n
		j += k + 1
		if p.is(j, "a per each every") && p.is(j+1, "week") {
			j += 2
		} else if p.is(j, "weekly") {
			j++
		}
	}
	return g
}

func (p *parser) badGoal(i int) Request {
	return p.badArgument(i, "a number of asks, calls or no's a week, or off", "goal 5 asks", "goal 10 calls", "goal off")
}

// pause reads days off: "until Monday" ends the day before, when work begins again.
func (p *parser) pause(i, j int) Request {
	q := Pause{From: p.today, Reason: Paused}
	switch {
	case p.is(i, "ooo out vacation holiday on day"):
		q.Reason = OutOfOffice
	case p.is(i, "sick i'm im i off"):
		q.Reason = Sick
	}
	if j >= len(p.toks) {
		if q.Reason == Sick {
			q.To = p.today
		}
		return q
	}
	if !p.daysOff(j, &q) {
		return p.badArgument(i, "until a day, for so many days, or from one to another", string(q.Reason), string(q.Reason)+" until Monday", string(q.Reason)+" tomorrow")
	}
	if q.From < p.today || q.To != 0 && q.To < q.From {
		return Unclear{Problem: BadDate, Understood: "Days off begin today or later, and end after that.", Suggest: []Suggestion{suggest(string(q.Reason) + " today")}}
	}
	if q.To > p.today+MaxAhead || q.From > p.today+MaxAhead {
		return Unclear{Problem: TooFar, Understood: "Days off lie at most two years ahead."}
	}
	return q
}

// daysOff reads the stretch from j to the end of the text.
func (p *parser) daysOff(j int, q *Pause) bool {
	end := len(p.toks)
	if p.is(j, "for the") || p.is(j, "next") {
		k := j
		for p.is(k, "for the next") {
			k++
		}
		if d, n := p.durationAt(k, end); n > 0 && k+n == end && d.unit != "minute" && d.unit != "hour" && d.n > 0 {
			q.To = p.after(d).from - 1
			return true
		}
	}
	if d, n := p.durationAt(j, end); n > 0 && j+n == end && d.unit != "minute" && d.unit != "hour" && d.n > 0 {
		q.To = p.after(d).from - 1
		return true
	}
	w, n := p.date(j, end, forward)
	if n == 0 || w.from == 0 || w.clock != "" {
		return false
	}
	j += n
	if w.trouble != nil && w.trouble.problem != WhichDay {
		return false
	}
	if j == end && w.prep == "until" {
		q.To = w.from - 1
		return q.To >= q.From
	}
	q.From, q.To = w.from, w.to
	if w.stretch != "" {
		q.From = max(q.From, p.today)
	}
	if j == end {
		if w.prep == "from" {
			q.To = 0
		}
		return true
	}
	until := p.is(j, "until till til")
	if !until && !p.is(j, "to and through -") && p.toks[j].shape != separator {
		return false
	}
	if !until {
		j++
	}
	last, n := p.onFrom(q.From).date(j, end, forward)
	if n == 0 || j+n != end || last.from == 0 || last.trouble != nil {
		return false
	}
	q.To = last.to
	if until {
		q.To = last.from - 1
	}
	return true
}

// onFrom reads the same text as if it were that day, so that "24 Dec - 2 Jan"
// ends after it begins.
func (p *parser) onFrom(d store.Day) *parser {
	q := *p
	q.today = d
	return &q
}

var zoneName = regexp.MustCompile(`^[A-Za-z_]+(/[A-Za-z0-9_+\-]+)+$|^UTC$|^GMT$`)

// channel reads "on", "off", "on Friday 16:00", "on thursday 4pm Europe/Berlin".
func (p *parser) channel(i, j int) Request {
	bad := func(what string) Request {
		return p.badArgument(i, what, "channel on", "channel on Friday 16:00", "channel off")
	}
	if p.is(j, "off") && j+1 == len(p.toks) {
		return Channel{}
	}
	if !p.is(j, "on") {
		return bad("on or off")
	}
	c := Channel{On: true, Weekday: time.Friday, At: "16:00"}
	for j++; j < len(p.toks); {
		if p.toks[j].shape == separator || p.is(j, "on every at each in") && !p.is(j, "at") {
			j++
			continue
		}
		name := strings.Trim(p.cut(j, j+1), "()")
		if day, ok := weekdayNames[strings.TrimSuffix(p.word(j), "s")]; ok {
			c.Weekday, j = day, j+1
		} else if day, ok := weekdayNames[p.word(j)]; ok {
			c.Weekday, j = day, j+1
		} else if zoneName.MatchString(strings.ToUpper(name)) || zoneName.MatchString(name) {
			zone, ok := knownZone(name)
			if !ok {
				return bad("“" + name + "” is not a time zone such as Europe/Berlin")
			}
			c.Zone, j = zone, j+1
		} else {
			if p.is(j, "at") {
				j++
			}
			at, n := p.clock(j, len(p.toks), true)
			if n == 0 {
				return bad("a weekday, a time and a zone may follow")
			}
			c.At, j = at, j+n
		}
	}
	return c
}

// knownZone is the zone by its proper spelling; names may be typed in any case.
func knownZone(name string) (string, bool) {
	parts := strings.Split(strings.ToLower(name), "/")
	for k, part := range parts {
		words := strings.Split(part, "_")
		for n, w := range words {
			if w != "" && !slices.Contains([]string{"of", "es", "au", "de"}, w) {
				words[n] = strings.ToUpper(w[:1]) + w[1:]
			}
		}
		parts[k] = strings.Join(words, "_")
	}
	for _, try := range []string{name, strings.Join(parts, "/"), strings.ToUpper(name)} {
		if _, err := store.LoadZone(try); err == nil {
			return try, true
		}
	}
	return "", false
}
