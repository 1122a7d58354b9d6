package nudges

import (
	"fmt"
	"math"
	"strings"
)

// Where the starting guess is said in words: below fewAnswers it is most of the
// odds, from manyAnswers on at most a fifth of them and not worth a sentence.
const (
	fewAnswers  = 5
	manyAnswers = 20
)

// InWords says the odds in up to four sentences of plain text: what they rest
// on, how much of them is the starting guess, and a range. It is "" where there
// is no answer yet, and an offer of help where Help is true.
func (o Odds) InWords() string {
	if o.None() {
		return ""
	}
	return sentence(o.words())
}

// InWordsSince is InWords for the asks since the offer changed.
func (o Odds) InWordsSince() string {
	if o.None() {
		return "Since the change of offer: no answers yet."
	}
	return "Since the change of offer: " + o.words()
}

func (o Odds) words() string {
	if o.Help() {
		return o.basis() + ": odds would tell you little here, so there are none." +
			" Somebody who has sold before may see more: would it help to go through one of these asks with them?"
	}
	return o.basis() + o.leaning() + ". " + o.chances() + " " + o.spread()
}

// basis is how many answers the odds rest on; it begins in lower case and is no
// sentence yet.
func (o Odds) basis() string {
	number := func(n int) string { return numeral(n, o.Answers) }
	answers := number(o.Answers) + " answers so far, "
	if o.Answers == 1 {
		answers = "one answer so far, "
	}
	switch {
	case o.Yes == 0:
		return answers + "no yes yet"
	case o.Answers == 1:
		return answers + "a yes"
	case o.Yes == o.Answers:
		return answers + "all of them yes"
	case o.Yes == 1:
		return answers + number(1) + " of them a yes"
	}
	return answers + number(o.Yes) + " of them yes"
}

// leaning is how much of the odds is the starting guess; "" where that is little.
func (o Odds) leaning() string {
	switch {
	case o.Answers < fewAnswers:
		return ". That's too few to know your odds, so this leans mostly on our starting guess of one in five"
	case o.Answers < manyAnswers:
		return ". About " + part(o.Guess) + " of this is still our starting guess of one in five"
	}
	return ""
}

func (o Odds) chances() string {
	return fmt.Sprintf("At least one yes in your next five asks: %s; next ten: %s.", inSmall(o.Next5), inSmall(o.Next10))
}

// spread is the range. The median stands in it, never alone.
func (o Odds) spread() string {
	if o.High == 1 {
		return "Nothing is certain: nine in ten such runs see the next yes with the first ask, one in ten later."
	}
	could := "Could be quicker, could be far slower"
	if o.Low == o.Median {
		could = "Could be far slower"
	}
	within := fmt.Sprintf("within %d asks", o.Median)
	if o.Median == 1 {
		within = "with the first ask"
	}
	return fmt.Sprintf("%s: half of such runs see the next yes %s, four in five between %d and %d.", could, within, o.Low, o.High)
}

// smallFractions are what a chance is said as, the plainest first. No chance from
// 1 in 20 to 19 in 20 is further than 5 points from one of them.
func smallFractions() [][2]int {
	return [][2]int{
		{1, 2}, {1, 3}, {2, 3}, {1, 4}, {3, 4}, {1, 5}, {2, 5}, {3, 5}, {4, 5},
		{1, 6}, {5, 6}, {1, 8}, {7, 8}, {1, 10}, {9, 10}, {1, 20}, {19, 20},
	}
}

// inSmall says a chance as the nearest small fraction, the plainer of two that
// are as near. What is nearer to none or to all than to these is "under 1 in 20" or "over 19
// in 20".
func inSmall(p float64) string {
	switch {
	case p < 1.0/40:
		return "under 1 in 20"
	case p > 39.0/40:
		return "over 19 in 20"
	}
	const tie = 1e-9 // less apart than this is rounding
	best, far := [2]int{}, math.Inf(1)
	for _, f := range smallFractions() {
		if d := math.Abs(p - float64(f[0])/float64(f[1])); d < far-tie {
			best, far = f, d
		}
	}
	return fmt.Sprintf("about %d in %d", best[0], best[1])
}

// part says how much of a whole, from a half down to a fifth.
func part(p float64) string {
	switch {
	case p >= 0.45:
		return "half"
	case p >= 0.37:
		return "two fifths"
	case p >= 0.29:
		return "a third"
	case p >= 0.225:
		return "a quarter"
	}
	return "a fifth"
}

// numeral is a number as a sentence says it: a word, or a figure where among is
// more than ten, so that numbers that belong together look alike.
func numeral(n, among int) string {
	words := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if among >= len(words) || n >= len(words) {
		return fmt.Sprint(n)
	}
	return words[n]
}

// someOf is numeral where the noun has been said: none of five.
func someOf(n, among int) string {
	if n == 0 {
		return "none"
	}
	return numeral(n, among)
}

// sentence begins with a capital; s is ASCII in front.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
