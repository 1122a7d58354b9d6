package nudges

import (
	"strings"

	"pitch/store"
)

// Draft is a note of five lines to somebody who may help. What only the founder
// knows stands in square brackets for them to replace.
type Draft struct {
	Route string // "class", "intern", "paid" or "mentor": stable
	Label string // what people read for the route
	Where string // where such people are found, in a sentence
	Lines [5]string
}

// Drafts are the notes there are, each for one way to get help. Where the founder
// has named an offer, they speak of it.
func Drafts(s Situation) []Draft {
	all := drafts()
	now, _ := newView(s).offer()
	if now.Name == "" {
		return all
	}
	for i := range all {
		for n, line := range all[i].Lines {
			all[i].Lines[n] = strings.ReplaceAll(line, "[what we offer]", "“"+shortName(now.Name)+"”")
		}
	}
	return all
}

// DraftFor is the route of the note that a line offers to draft; "" where it
// offers none in particular.
func DraftFor(l store.Line) string {
	return map[string]string{"help/1": "class", "help/2": "mentor", "help/3": "intern", "help/4": "paid"}[l.Text]
}

// Text is the note with its lines on lines of their own.
func (d Draft) Text() string { return strings.Join(d.Lines[:], "\n") }

func drafts() []Draft {
	return []Draft{
		{"class", "A business-school class", "Look for a course in sales, marketing or entrepreneurship nearby; the lecturer's address is on its page.", [5]string{
			"Hello [name], I'm building [product] for [kind of customer].",
			"We can build; we are new to selling, and we have real talks going on now.",
			"Would your class like us as a live case: [what we offer], real people, real answers?",
			"We would bring our numbers and an hour a week, and use what comes of it.",
			"Could we talk for fifteen minutes on [day]? [your name]",
		}},
		{"intern", "An intern", "Post it at a university's careers page, and at its sales or communication course.", [5]string{
			"We build [product] for [kind of customer], and look for an intern who likes talking to people.",
			"You would sit in on our talks, write down what buyers say, and start some of your own.",
			"You would work beside a founder, on [what we offer]; we stay in the room.",
			"It is paid: [amount], [hours] a week, for [months].",
			"Three lines about a time you talked to a stranger are enough to apply: [address]",
		}},
		{"paid", "A paid strategist", "Ask two founders you know whom they paid, and for what; agree on one deal and one day.", [5]string{
			"Hello [name], [who sent you] told me that you help technical founders sell.",
			"We offer [what we offer] to [kind of customer]; our talks go well until the ask.",
			"I'd like one paid session on one real deal, with our notes of what was said.",
			"What would a half day cost, and what would you want to read first?",
			"I have [two dates]. [your name]",
		}},
		{"mentor", "Somebody who has sold before", "A former colleague in sales, a customer who sells, or your accelerator's mentors.", [5]string{
			"Hello [name], you have sold for years, and I am new to it.",
			"I'm talking to [kind of customer] about [what we offer].",
			"Would you listen to one call with me, or read one thread, and say what you hear?",
			"Half an hour, at a time that suits you; I'll send two lines beforehand.",
			"Would [day] do? [your name]",
		}},
	}
}
