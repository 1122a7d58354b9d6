package parse

import (
	"strconv"
	"strings"
)

// named is the request a command of the founder's own records makes.
func (p *parser) named(verb, rest string, j int) Request {
	switch verb {
	case "history":
		w, _ := p.anyKnown(j)
		return History{Who: w}
	case "prospects":
		return Prospects{}
	case "learnings":
		return Learnings{Search: rest}
	case "stats":
		return Stats{}
	case "offer":
		return Offer{Name: rest}
	case "export":
		return Export{}
	case "forget me":
		return ForgetMe{}
	case "what do you store":
		return Stored{}
	case "team":
		return Team{}
	case "rename":
		from, to, _ := strings.Cut(rest, " to ")
		return Rename{Who: p.whoIs(from), To: p.whoIs(to)}
	case "delete":
		return Delete{Who: p.whoIs(rest)}
	case "note":
		w, _ := p.anyKnown(j)
		return Mark{Who: w, Note: rest}
	case "mood":
		level, _ := strconv.Atoi(rest)
		return Coach{Verb: Mood, Level: level, Rest: rest}
	}
	return Coach{Verb: CoachVerb(verb), Rest: rest}
}

// whoIs is the known prospect of a name, or the name.
func (p *parser) whoIs(name string) Who {
	for _, n := range p.ctx.Known {
		if strings.EqualFold(n.Name, name) {
			return Who{Name: n.Name, ID: n.ID}
		}
	}
	return Who{Name: name}
}
