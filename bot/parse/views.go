package parse

import (
	"slices"
)

// lookWords ask to see something; what follows them is never written down.
var lookWords = table(map[string]bool{
	"show|show me|show us|list|view|display|look up|lookup|find|give me|tell me|tell me about|what is|what's|whats|what are|what about|who is|who's|whos|who are|" +
		"how is|how's|hows|how are|info|info on|info about|details|details of|details on|status|status of|card|card of|card for|about|let me see|can i see|do i have|are there": true,
})

// questions begin what is asked of Pitch and not told to it.
const questions = "what whats what's who whos who's whom whose which when where can is are any"

// page is what can be looked at.
type page uint8

const (
	thePlan page = iota + 1
	theProspects
	theHistory
	theStats
	theNos
	theBoard
	theGoals
)

// pages are the things people ask to see, beside the commands' own names.
var pages = table(map[string]page{
	"today|week|this week|my week|next week|tomorrow|commitments|my commitments|open commitments|commitment|tasks|my tasks|to-do|to-dos|to do|todo|todos|to do list|todo list|agenda|my agenda|my plan|the plan|my day|overdue|" +
		"due|due today|due tomorrow|due this week|what's due|what is due|whats due|what's next|whats next|what next|what now|who's next|whos next|who next|who should i call|who should i ask|what should i do|" +
		"what did i promise|what did i commit to|what do i have|what's on|whats on|what's up|asks|my asks|asks this week|my asks this week|how many asks|how many asks this week|how many asks today|how many asks did i make|" +
		"how many calls|how many calls this week|progress|my progress|my commitments today|promises|my promises|follow ups due|follow-ups due": thePlan,
	"list|the list|my list|pipeline|my pipeline|the pipeline|funnel|contacts|my contacts|leads|my leads|prospects|my prospects|all prospects|customers|my customers|clients|people|my people|deals|my deals|crm|names|accounts|everyone|companies|who did i never ask": theProspects,
	"log|my log|the log|logs|activity|activities|my activities|recent|recently|entries|calls|my calls|my emails|emails|my meetings|meetings|my demos|demos|who did i talk to|who did i call|who did i ask|who did i email|who did i meet|who have i asked|who have i called|" +
		"what did i do|what did i log|what have i done|what have i logged|what did i log today|my history|who did i talk to today": theHistory,
	"my stats|numbers|my numbers|metrics|ask rate|my ask rate|how am i doing|how's it going|odds|my odds|dashboard|report|charts": theStats,
	"goals|my goals": theGoals,
	"how many no's|how many nos|my no's|my nos|no's|nos|rejections|my rejections|reasons|objections|why did they say no":     theNos,
	"scores|score|scoreboard|my rank|my ranking|my place|who's winning|who is winning|whos winning|who's first|who is first": theBoard,
})

// notBare are pages whose name alone may be a verb or a command: only words that
// ask to see them do.
const notBare = "asks calls emails meetings demos log to do todo nos no's today due"

func (pg page) request() Request {
	switch pg {
	case theProspects:
		return Prospects{}
	case theHistory:
		return History{}
	case theStats:
		return Stats{}
	case theNos:
		return Learnings{}
	case theGoals:
		return Goal{}
	case theBoard:
		return Leaderboard{Period: ThisWeek}
	}
	return Today{}
}

// view answers a text that asks to see something. Nil where it does not. Such a
// text is never read as something to write down.
func (p *parser) view(i int) Request {
	if _, ok := p.wholeName(i); ok {
		return nil
	}
	if w, ok := p.wholeName(i + 1); ok && p.is(i, "open see check") {
		return Card{Who: w}
	}
	if pg, n := longest(p, i, len(p.toks), pages); n > 0 && p.nothingButDate(i+n) {
		if n > 1 || i+n == len(p.toks) && (!listed(notBare, p.word(i)) || p.is(i, "todo")) {
			return pg.request()
		}
	}
	if _, n := longest(p, i, len(p.toks), commands); n > 1 {
		return nil
	}
	_, n := longest(p, i, len(p.toks), lookWords)
	asks := p.is(i, questions) || p.is(i, "did do does have am how") && p.is(i+1, "i we many much they he she")
	if n == 0 && !asks {
		return nil
	}
	if n > 0 && i+n == len(p.toks) && !asks {
		return p.seen(len(p.toks))
	}
	return p.seen(i + n)
}

// seen is what the words from i on name: a page, a prospect, a command that only
// shows.
func (p *parser) seen(i int) Request {
	for i+1 < len(p.toks) && p.is(i, "my the all our of for on me a about any this") {
		if _, n := p.knownAt(i, len(p.toks)); n > 0 {
			break
		}
		i++
	}
	if i < len(p.toks) {
		if pg, n := longest(p, i, len(p.toks), pages); n > 0 && pg == theNos && p.is(i+n, "about on for") && i+n+1 < len(p.toks) {
			return p.learnings(i, i+n)
		} else if n > 0 && (p.nothingButDate(i+n) || pg != theHistory) && !p.namesKnown(i+n) {
			return pg.request()
		}
		if w, ok := p.anyKnown(i); ok {
			if p.is(i, "history") || p.is(len(p.toks)-1, "history") {
				return History{Who: w}
			}
			return Card{Who: w}
		}
		switch req := p.byWord(i).(type) {
		case Today, Leaderboard, Help, Private, Settings:
			return req
		case Board:
			if req.On == nil {
				return Leaderboard{Period: ThisWeek}
			}
		case History, Prospects, Learnings, Stats, Export, Stored, Team, Coach:
			return req
		}
	} else if w, ok := p.anyKnown(0); ok {
		return Card{Who: w}
	}
	if i < len(p.toks) {
		if near := p.nearNames(i, len(p.toks)); len(near) > 0 {
			return p.somebodyNew(i)
		}
	}
	return Unclear{Problem: UnknownVerb, Understood: "I can show your day, your prospects, one of them, or the leaderboard.",
		Suggest: []Suggestion{suggest("today"), suggest("prospects"), suggest("leaderboard"), suggest("help")}}
}

// nothingButDate reports whether at most a date stands from i on.
func (p *parser) nothingButDate(i int) bool {
	_, n := p.date(i, len(p.toks), back)
	return i+n == len(p.toks)
}

// anyKnown is the longest known prospect named anywhere from i on.
func (p *parser) anyKnown(i int) (w Who, ok bool) {
	at, _ := p.knownFrom(i)
	if at < 0 {
		return w, false
	}
	w, _ = p.knownAt(at, len(p.toks))
	return w, true
}

// knownFrom is where the longest known prospect from i on begins, and how many
// tokens it takes; -1 where there is none.
func (p *parser) knownFrom(i int) (at, n int) {
	at = -1
	for k := i; k < len(p.toks); k++ {
		if _, m := p.knownAt(k, len(p.toks)); m > n {
			at, n = k, m
		}
	}
	return at, n
}

// namesKnown reports whether a known prospect is named from i on.
func (p *parser) namesKnown(i int) bool {
	at, _ := p.knownFrom(i)
	return at >= 0
}

// looksLikeName reports whether words nobody knows may be a name: capitalised,
// or in quotes.
func (p *parser) looksLikeName(i int) bool {
	if p.toks[i].shape == quoted || p.toks[i].text != "" {
		return true
	}
	return p.capital(i) && !p.allCapitals() && p.likeName(i, len(p.toks)) && !slices.ContainsFunc(p.toks[i+1:], func(t token) bool { return t.shape != word })
}
