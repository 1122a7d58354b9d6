package parse

import (
	"cmp"

	"pitch/store"
)

// labels are the reasons as Pitch itself writes them: said alone they are a
// choice, not the buyer's words.
var labels = table(map[string]store.Reason{
	"price": store.Price, "budget|no budget now": store.Budget, "timing": store.Timing, "need|no need": store.Need,
	"status_quo|status quo|happy as they are": store.StatusQuo, "authority|not their decision": store.Authority,
	"product_gap|product gap|something's missing|somethings missing": store.ProductGap,
	"competitor|a competitor|chose someone else":                     store.Competitor, "trust|too new too risky": store.Trust,
	"build_it|build it|they'll build it": store.BuildIt, "other": store.OtherCause,
	"unknown|didn't ask why|did not ask why|didnt ask why": store.Unknown,
})

// whole are synonyms that count only where nothing else is said: inside a longer
// sentence they may mean anything.
var whole = table(map[string]store.Reason{
	"pricing|cost|costs|expensive|money|too much|the price|too high":     store.Price,
	"bad timing|wrong timing|wrong time|too early|too busy|busy|no time": store.Timing,
	"no use|not needed|not relevant|no use case":                         store.Need,
	"missing feature|missing features|missing|features|feature":          store.ProductGap,
	"too new|too risky|too small|risk|risky":                             store.Trust,
	"diy|in-house|in house|inhouse":                                      store.BuildIt,
	"wrong person|no authority|not the decision maker":                   store.Authority,
	"no reason|no reason given|don't know|dont know|dunno|no idea":       store.Unknown,
	"something else|other reason":                                        store.OtherCause,
	"no funds|no money|broke":                                            store.Budget,
})

// inside are synonyms that say their reason within a sentence too.
var inside = table(map[string]store.Reason{
	"too expensive|too pricey|too costly|too much money|costs too much|cost too much|overpriced|price is too high|price too high|price was too high|pricing is too high|out of their price range":                                                                           store.Price,
	"no budget|no more budget|budget is gone|budget was cut|without a budget|out of budget|over budget|budget freeze|budget is frozen|budget frozen|budget cut|budget cuts|can't afford|cannot afford|cant afford|couldn't afford|no money|no budget now":                   store.Budget,
	"bad timing|wrong time|not the right time|not a good time|bad time|too early for them|timing is bad|timing was bad|timing is off":                                                                                                                                       store.Timing,
	"no need|don't need|do not need|doesn't need|does not need|dont need|doesnt need|no use for|not needed|didn't need":                                                                                                                                                     store.Need,
	"happy as they are|happy with what they have|happy with what they've got|happy with their|happy with the current|happy with current|sticking with|status quo|stay with what they have":                                                                                  store.StatusQuo,
	"not their decision|not his decision|not her decision|not the decision maker|no authority|needs approval|need approval|boss said no|wrong person|not my decision":                                                                                                       store.Authority,
	"missing feature|missing features|missing a feature|no integration|no integrations|feature gap|lacks|doesn't integrate|does not integrate|doesn't support|does not support|product gap|something's missing|missing an integration":                                      store.ProductGap,
	"chose someone else|chose another|chose a competitor|picked a competitor|picked another|picked someone else|went with a competitor|went with someone else|went with another|to a competitor|using a competitor|another vendor|another supplier|a competitor|competitor": store.Competitor,
	"too new|too risky|don't trust|do not trust|dont trust|doesn't trust|didn't trust|no references|unproven|too young|too small a company":                                                                                                                                 store.Trust,
	"build it|build it themselves|building it|building it themselves|build their own|building their own|built their own|build one themselves|build it in-house|build it in house|in-house|do it themselves|will build|built it themselves|roll their own":                   store.BuildIt,
	"didn't ask why|did not ask why|didnt ask why|no reason given": store.Unknown,
})

// leading are words that say a reason where a part begins with them.
var leading = table(map[string]store.Reason{
	"missing|they miss|we miss|you're missing|youre missing|it's missing|they're missing|is missing|we lack|you lack|needs feature|needs a feature|needs the feature|needs more features": store.ProductGap,
})

// negations before a synonym turn it round: "it's not the price".
const negations = "not isn't wasn't isnt wasnt never nothing ain't aren't neither nor without"

// reasonOf reads the reason in the words from i to j. alone says that they are
// only a label. Two different reasons, or a negated one, are none: it is asked for.
func (p *parser) reasonOf(i, j int) (r store.Reason, alone bool) {
	for j-i > 1 && p.is(i, "because of due to a an the it's its over on reason was is") && labelOrWhole(p, i, j) == "" {
		i++
	}
	if key, ok := p.phrase(i, j); ok {
		if r := labels[key]; r != "" {
			return r, true
		}
		if r := labelOrWhole(p, i, j); r != "" {
			return r, false
		}
	}
	if first, n := longest(p, i, j, leading); n > 0 {
		r, i = first, i+n
	}
	for k := i; k < j; {
		found, n := longest(p, k, j, inside)
		switch {
		case n == 0:
			k++
			continue
		case r != "" && found != r, p.negated(i, k):
			return "", false
		}
		r, k = found, k+n
	}
	return r, false
}

func labelOrWhole(p *parser, i, j int) store.Reason {
	key, ok := p.phrase(i, j)
	if !ok {
		return ""
	}
	if r := labels[key]; r != "" {
		return r
	}
	return whole[key]
}

// negated reports whether one of the three words before k turns it round.
func (p *parser) negated(i, k int) bool {
	for b := max(i, k-3); b < k; b++ {
		if p.is(b, negations) {
			return true
		}
	}
	return false
}

// reasonIn reads the reason in text, such as a quote, part by part.
func (p *parser) reasonIn(text string) (r store.Reason) {
	toks, _ := tokenize(text)
	q := &parser{text: text, toks: toks, found: make(map[int]match)}
	for i := 0; i < len(toks); i = q.segment(i) + 1 {
		found, _ := q.reasonOf(i, q.segment(i))
		if found != "" && r != "" && found != r {
			return ""
		}
		r = cmp.Or(r, found)
	}
	return r
}
