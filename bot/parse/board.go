package parse

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"pitch/store"
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
