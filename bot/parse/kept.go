package parse

import (
	"strconv"
	"strings"

	"pitch/store"
)

// kept is what Pitch can log and plan.
const kept = "Pitch keeps calls, emails, meetings, demos, follow-ups and asks."

// harmless reports whether a verb says only what was done, and nothing of how it
// came out.
func (m meaning) harmless() bool {
	return m.outcome == "" && !m.unreached && !m.vague && !m.noun && !m.waiting && !m.absent && !m.wants
}

// slip reports whether a typed word is so near a verb that it must be meant: the
// same letters in another order, or a long word.
func slip(typed, verb string) bool {
	return len(typed) == len(verb) && shared(typed, verb) == len(typed) && shared(verb, typed) == len(verb) || len(typed) >= 6
}

// notKept answers a plan that is no call and no ask, with the nearest that is; the
// day that was said stays.
func (p *parser) notKept(i int, kinds ...store.Kind) Unclear {
	u := Unclear{Problem: UnknownVerb, Understood: "“" + p.cut(i, p.segment(i)) + "” is none of these: " + kept, Form: CommitForm{}}
	count, day := 1, ""
	for k := i; k < len(p.toks); k++ {
		if n, took := p.number(k, len(p.toks)); took > 0 && n > 0 && n <= MaxCount && day == "" && !p.is(k, "a") {
			count = n
		}
		if p.datedFrom(k) {
			day = p.from(k)
			break
		}
	}
	if w, ok := p.anyKnown(i); ok {
		if p.is(i, "send sending share sharing forward") {
			if at, _ := p.knownFrom(i); at > i+2 && p.is(at-1, "to with") {
				u.Suggest = append(u.Suggest, suggest(strings.TrimSpace("commit email "+canonicalName(w.Name)+" "+day)+", for: "+inQuotes(p.cut(i+1, at-1))))
				return u
			}
		}
		for _, kind := range kinds {
			u.Suggest = append(u.Suggest, suggest(strings.TrimSpace("commit "+baseForm(kind)+" "+canonicalName(w.Name)+" "+day)))
		}
		return u
	}
	if day == "" {
		return u
	}
	for _, kind := range kinds {
		noun := pluralOf(kind)
		if count == 1 {
			noun = baseForm(kind)
		}
		u.Suggest = append(u.Suggest, suggest("commit "+strconv.Itoa(count)+" "+noun+" "+day))
	}
	return u
}

// datedFrom reports whether all from k on is a date ahead, or how often.
func (p *parser) datedFrom(k int) bool {
	if w, n := p.date(k, len(p.toks), forward); n > 0 && k+n == len(p.toks) {
		return w.from == 0 || w.to >= p.today
	}
	_, _, _, n := p.everyAt(k, len(p.toks))
	return n > 0 && k+n == len(p.toks)
}

// unkept answers words that read like a plan without saying that they are one:
// "get 2 customers by Friday". Nil where they do not.
func (p *parser) unkept(i int) Request {
	for k := i + 1; k < len(p.toks); k++ {
		if !p.datedFrom(k) {
			continue
		}
		if p.looksLikeNameTo(i, k) {
			u := Unclear{Problem: NoVerb, Understood: "“" + p.cut(i, k) + "”, but not what you plan.", Form: CommitForm{}}
			u.Suggest = []Suggestion{suggest("commit call " + p.from(i)), suggest("commit ask " + p.from(i)), suggest("help")}
			return u
		}
		u := p.notKept(i, store.Ask, store.Call)
		u.Suggest = append(u.Suggest, suggest("help"))
		return u
	}
	return nil
}

func (p *parser) looksLikeNameTo(i, k int) bool {
	return p.toks[i].shape == quoted && k == i+1 || p.capital(i) && !p.allCapitals() && p.likeName(i, k)
}

// somebodyNew answers a name alone that nobody has used yet, or one that is close
// to a known one: then it is shown.
func (p *parser) somebodyNew(i int) Request {
	rest := p.from(i)
	if near := p.nearNames(i, len(p.toks)); len(near) > 0 {
		u := Unclear{Problem: WhichName, Understood: "“" + rest + "” is no prospect of yours. Did you mean " + near[0].Name + "?"}
		for _, one := range near[:min(len(near), 3)] {
			u.Suggest = append(u.Suggest, labelled("Show "+one.Name, inQuotes(one.Name)))
		}
		u.Suggest = append(u.Suggest, suggest("help"))
		return u
	}
	return Unclear{Problem: NoVerb, Understood: "“" + rest + "” is no command and no prospect of yours.",
		Suggest: []Suggestion{suggest("log call " + rest), suggest("log ask " + rest), suggest("help")}}
}

// nearNames are the known names close to the words [i,j).
func (p *parser) nearNames(i, j int) []Name {
	if j-i > nameWords || p.toks[i].shape == quoted {
		return nil
	}
	return p.alike(named{who: Who{Name: p.nameText(i, j)}, from: i, to: j})
}
