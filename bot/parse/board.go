package parse

import (
	"strings"
	"time"
)

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
	if j+1 == len(p.toks) && p.is(j, "on off") {
		return p.board(i, j)
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
		bare := false // without a noun it is asks
		off := 0
		if k == 0 && p.is(j, "no zero") {
			k, off = 1, 1
		}
		if k == 0 {
			return p.badGoal(i)
		}
		if whole := j+k == len(p.toks) || p.is(j+k, "a per each every weekly"); whole && off == 0 && g == (Goal{}) { // goal 5
			if n == 0 {
				return Goal{Off: true}
			}
			bare, k = true, k-1
		}
		var field **int
		switch {
		case bare || p.is(j+k, "ask asks"):
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

// zoneAt reads a zone or a city of up to three words at j.
func (p *parser) zoneAt(j int) (zone string, n int) {
	for n := min(3, len(p.toks)-j); n > 0; n-- {
		if p.segment(j) < j+n {
			continue
		}
		if zone, ok := Zone(strings.Trim(p.cut(j, j+n), "()")); ok {
			return zone, n
		}
	}
	return "", 0
}

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
		if day, ok := weekdayNames[strings.TrimSuffix(p.word(j), "s")]; ok {
			c.Weekday, j = day, j+1
		} else if day, ok := weekdayNames[p.word(j)]; ok {
			c.Weekday, j = day, j+1
		} else if zone, n := p.zoneAt(j); n > 0 {
			c.Zone, j = zone, j+n
		} else {
			if p.is(j, "at") {
				j++
			}
			at, n := p.clock(j, len(p.toks), true)
			if n == 0 && strings.Contains(p.word(j), "/") {
				return bad("“" + p.cut(j, j+1) + "” is not a time zone such as Europe/Berlin")
			} else if n == 0 {
				return bad("a weekday, a time and a zone or city may follow")
			}
			c.At, j = at, j+n
		}
	}
	return c
}
