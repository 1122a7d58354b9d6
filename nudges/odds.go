package nudges

import (
	"math/big"
	"sort"

	"pitch/store"
)

// The starting guess is Beta(1, 4): one yes in five answers, held as firmly as
// five answers would make it.
const (
	guessYes = 1
	guessNo  = 4
)

// HelpAt is how many answers without any yes end the odds: from there on help
// says more than a number.
const HelpAt = 20

// Odds are how soon the next yes may come, of what became of a founder's asks.
// With a the yes and b the other answers, the starting guess added to each, the
// chance of no yes in the next k asks is B(a, b+k) / B(a, b). It is worked out in
// exact ratios: medians often fall on ties, which rounding gets wrong.
type Odds struct {
	Tally   Tally // what they rest on
	Answers int   // asks that have their answer, silence included
	Yes     int   // of these

	// What follows is zero where Help is true.

	Next5, Next10 float64 // the chance of at least one yes in so many asks
	// Low, Median and High are after how many asks the next yes has come in a
	// tenth, in half and in nine tenths of such runs; 80 % lie from Low to High.
	// There is no mean: without a yes it is infinite.
	Low, Median, High int
	// Guess is how much of this is the starting guess, from 1 (all of it) to 0.
	Guess float64
}

// OddsOf are the odds that a tally gives.
func OddsOf(t Tally) Odds {
	o := Odds{Tally: t, Answers: t.Answered(), Yes: t.Won}
	if o.Help() {
		return o
	}
	run := posterior{yes: int64(guessYes + o.Yes), no: int64(guessNo + o.Answers - o.Yes)}
	o.Next5, o.Next10 = run.chance(5), run.chance(10)
	o.Low = run.asks(big.NewRat(9, 10))
	o.Median = run.asks(big.NewRat(1, 2))
	o.High = run.asks(big.NewRat(1, 10))
	o.Guess = float64(guessYes+guessNo) / float64(guessYes+guessNo+o.Answers)
	return o
}

// OddsFrom are the odds that a founder's asks give as of today.
func OddsFrom(activities []store.Activity, today store.Day) Odds {
	return OddsOf(TallyOf(activities, today))
}

// None reports whether there is no answer yet: the odds are the starting guess
// alone, and say nothing of this founder.
func (o Odds) None() bool { return o.Answers == 0 }

// Help reports whether help is to be offered in place of odds.
func (o Odds) Help() bool { return o.Yes == 0 && o.Answers >= HelpAt }

// posterior is Beta(yes, no); both are at least 1.
type posterior struct{ yes, no int64 }

// noYes is the chance of no yes in the next k asks, exactly. Its Gamma functions
// cancel to as many factors as the smaller of yes and k, in which it is
// symmetric.
func (p posterior) noYes(k int64) *big.Rat {
	few, many := min(p.yes, k), max(p.yes, k)
	over := new(big.Int).MulRange(p.no, p.no+few-1)
	under := new(big.Int).MulRange(p.no+many, p.no+many+few-1)
	return new(big.Rat).SetFrac(over, under)
}

// chance is that of at least one yes in the next k asks.
func (p posterior) chance(k int64) float64 {
	none := p.noYes(k)
	f, _ := none.Sub(big.NewRat(1, 1), none).Float64()
	return f
}

// asks is the least number of asks after which the chance of no yes is down to
// left, which is more than 0. The chance only falls, so that doubling and halving
// find what a scan would. For a left of 1/10 it is at most 9*no.
func (p posterior) asks(left *big.Rat) int {
	enough := func(k int) bool { return p.noYes(int64(k)).Cmp(left) <= 0 }
	most := 1
	for !enough(most) {
		most *= 2
	}
	return sort.Search(most, enough)
}
