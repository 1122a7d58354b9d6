package parse

import (
	"slices"
	"strings"
	"unicode"

	"pitch/store"
)

// suffixes are what a company may have after its name, or not.
var suffixes = table(map[string]bool{
	"inc|incorporated|ltd|limited|gmbh|llc|llp|lp|co|corp|corporation|company|saas|plc|ag|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|kg|ug|se|pty|pte|kk|io|com|ai|hq|group|holding|holdings|technologies|technology|labs|software": true,
})

// pronouns stand for somebody who has to be named.
const pronouns = "they he she them him her it we us i me you nobody noone someone somebody everyone everybody anyone anybody this that these those who"

// whichName asks where a name that nobody has used yet is close to a known one.
// Nil where it is not. A name in quotes is taken as it is.
func (p *parser) whichName(got named) *Unclear {
	if got.who.ID != 0 || got.who.Candidates != nil || got.to <= got.from || p.toks[got.from].shape == quoted {
		return nil
	}
	if k, n := p.knownWithin(got.from, got.to); n > 0 {
		w, _ := p.knownAt(k, got.to)
		return p.didYouMean(got.from, got.to, got.who.Name, []Name{{ID: w.ID, Name: w.Name}})
	}
	near := p.alike(got)
	if len(near) == 0 || strings.Contains(strings.Trim(got.who.Name, "@"), "@") && !strings.Contains(got.who.Name, " ") { // an address is its own name
		return nil
	}
	return p.didYouMean(got.from, got.to, got.who.Name, near)
}

// knownWithin is where a known prospect stands among the words of a new name:
// "my friend Bob" may be Bob, "Peter at Acme" is not Acme.
func (p *parser) knownWithin(from, to int) (at, n int) {
	for k := from + 1; k < to; k++ {
		if _, m := p.knownAt(k, to); m > n && k+m <= to && !onlySigns(p.toks[k].lower) && !p.is(k-1, "at from of @ "+ands) {
			at, n = k, m
		}
	}
	return at, n
}

// didYouMean offers the known names in place of the tokens [from,to), and those
// tokens as somebody new.
func (p *parser) didYouMean(from, to int, name string, near []Name) *Unclear {
	u := &Unclear{Problem: WhichName, Understood: "“" + name + "” is new. Did you mean " + near[0].Name + "?"}
	if len(near) > 1 {
		u.Understood = "“" + name + "” is new. Did you mean one of your prospects?"
	}
	for _, one := range near[:min(len(near), 3)] {
		u.Suggest = append(u.Suggest, suggest(p.instead(from, to, canonicalName(one.Name))))
	}
	u.Suggest = append(u.Suggest, labelled("“"+name+"” is somebody new", p.instead(from, to, inQuotes(name))))
	return u
}

// alike are the known prospects whose name a new one may be a slip for, without a
// company's suffix, or the beginning of.
func (p *parser) alike(got named) (near []Name) {
	folded := store.Fold(got.who.Name)
	_, n := p.knownAt(got.from, got.to)
	joined := n > 0 && p.is(got.from+n, "at from of @ "+ands) // Jane at Acme is not Jane
	for _, key := range p.folded {
		if len([]rune(folded)) > 3 && len([]rune(key)) > 3 && resembles(folded, key, joined) {
			near = append(near, p.known[key][0])
		}
	}
	return near
}

// resembles compares two folded names.
func resembles(name, known string, joined bool) bool {
	switch a, b := withoutSuffix(name), withoutSuffix(known); {
	case a == b && a != "":
		return true
	case strings.HasPrefix(known, name+" "), strings.HasPrefix(name, known+" ") && !joined:
		return true
	}
	x, y := []rune(name), []rune(known)
	most := 1
	if min(len(x), len(y)) >= 8 {
		most = 2
	}
	if max(len(x), len(y))-min(len(x), len(y)) > most || numbers(name) != numbers(known) {
		return false
	}
	return distance(name, known) <= most
}

// numbers are a name's digits: Acme 1 and Acme 2 are two.
func numbers(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// withoutSuffix is a folded name without "the" before it and "Inc" after it.
func withoutSuffix(folded string) string {
	words := strings.Fields(strings.TrimPrefix(folded, "the "))
	for len(words) > 1 && suffixes[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// longerName asks where capitalised words follow a known name that no detail
// begins with: is "Jane Smith" Jane? Nil where that is not what follows.
func (p *parser) longerName(w Who, start, i, end int, d draft) *Unclear {
	if w.ID == 0 || p.toks[start].shape == quoted {
		return nil
	}
	for j := i; j < end && p.toks[j].shape == word && (p.capital(j) && !p.allCapitals() || suffixes[p.word(j)] || p.is(j, "at of from @") && p.capital(j+1)); j++ {
		t := d
		_, ok := p.tail(j+1, end, &t)
		if !ok {
			_, ok = p.about(j+1, end, &t)
		}
		if ok && p.likeName(start, j+1) {
			return p.didYouMean(start, j+1, p.nameText(start, j+1), []Name{{ID: w.ID, Name: w.Name}})
		}
	}
	return nil
}

// nobody reports whether the tokens [i,j) cannot be somebody's name: a pronoun, a
// number, or a reason for a no.
func (p *parser) nobody(i, j int) bool {
	if j == i+1 && (p.is(i, pronouns+" yet already there here") || digits.MatchString(p.word(i))) {
		return true
	}
	if p.capital(i) && !p.allCapitals() {
		return false
	}
	if p.is(i, "but because so") || p.is(i, "they he she nobody") || digits.MatchString(p.word(i)) && j > i+1 && !p.capital(i+1) {
		return true
	}
	if p.is(j-1, crowdWords) && p.is(i, "some several many few lots new") {
		return true
	}
	if _, n := longest(p, i, j, inside); n > 0 && i+n == j {
		return true
	}
	return labelOrWhole(p, i, j) != "" || slices.Contains([]string{"nobody", "nothing"}, p.word(i))
}
