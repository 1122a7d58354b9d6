package nudges

// The texts of the action and the learning kinds. Each is one idea about the task
// at hand — a person, a sentence, a time — in at most MaxText characters once it
// is filled in; texts_test.go reads them all.

// MaxText is how many characters a text has at most, filled in.
const MaxText = 240

func askTexts() []Variant {
	plan := []string{"Plan the ask"}
	return []Variant{
		{Buttons: plan,
			Rule: "A call, meeting or demo of the last ten days was not followed by an ask, and you noted no ask for two working days.",
			Texts: []string{
				"{who} has heard about it. They can't say yes to something nobody asked. Two lines, today?",
				"You and {who} talked on {day}. Write down what you would like them to decide, as one question, and send it.",
				"One sentence to {who}: “Shall we start with a small pilot?” A yes and a no are both answers.",
				"{who} may be waiting to hear what comes next. Pick a time today, and ask for one thing.",
			}},
		{Name: "next_step", Buttons: plan,
			Rule: "A call, meeting or demo of the last ten days was not followed by an ask, and a deal of this size goes in steps.",
			Texts: []string{
				"A deal like this goes in steps. Ask {who} for the next one: a date, and who will be there.",
				"One line to {who}: “Can we meet next week with whoever signs this off?” A date is an answer.",
				"What has to happen before {who} can say yes? Ask for that step, with a day on it.",
				"The order can wait. Ask {who} for thirty minutes with the person who would use it, and name a day.",
			}},
	}
}

func howManyTexts() []Variant {
	const quiet = "An ask or a proposal has no answer, and nothing happened with it for two working days."
	return []Variant{
		{Buttons: []string{"Ask with a number"}, Rule: quiet, Texts: []string{
			"A number is easy to answer: 5 licences or 20? Send it to {who}, then the ball is theirs.",
			"Quiet since {day}. One short line to {who}, with one number in it: “Shall we say ten to start?”",
			"Make it small for {who}: one number, one date, one word to reply with. Two lines are enough.",
			"A quiet ask is still an open one. Send {who} the question again in one line, with how many and by when.",
		}},
		{Name: "next_step", Buttons: []string{"Offer two dates"}, Rule: quiet, Texts: []string{
			"Two dates are easy to answer: “Tuesday at ten, or Thursday at two?” One line to {who}, then the ball is theirs.",
			"Quiet since {day}. Send {who} one time, one length and one topic; a calendar invitation says all three.",
			"Make the step smaller for {who}: fifteen minutes, one question, a day of their choosing.",
			"One line to {who}: “Is somebody else the right person for this?” A name is an answer too.",
		}},
		{Name: "kindly", Buttons: []string{"Close it kindly"},
			Rule: "An ask or a proposal has no answer after two follow-ups. Two are enough.",
			Texts: []string{
				"A kind close frees you both. One line to {who}: “I'll leave it here; write any time.”",
				"Let {who} off the hook: “No reply needed, I'll close this for now.” Then mark it as gone quiet.",
				"Closing is a result too. Thank {who}, leave the door open, and take it off your list.",
				"One kind line to {who} and it's done: “I take it now isn't the time. You know where I am.”",
			}},
		{Name: "numbers", Buttons: []string{"Ask with a number"},
			Rule: "Fewer than a third of the asks of the last 30 days carried a number, out of five or more.",
			Texts: []string{
				"Most of your asks this month had no number in them. Put one in the next: how many, and what it comes to.",
				"“Are you interested” can be met with a maybe; “five seats or twenty” can't. Which one fits your next ask?",
				"Write the number down before the email: how many, and what it comes to. Then ask.",
				"Think of the next person you'll ask. What number would stand in that sentence?",
			}},
	}
}

func phoneTexts() []Variant {
	return []Variant{
		{Buttons: []string{"Block 25 minutes"},
			Rule: "You noted no call for five working days, and with five or more people you may call, the last thing was an email three days old or older; or you said it is the phone.",
			Texts: []string{
				"Three dials, then coffee. Most won't answer, and that still counts.",
				"Some emails are better off as short calls. Pick 25 minutes and three names; write down what you hear.",
				"A call can be one question long: “Did my email make sense?” Pick 25 minutes and three names.",
				"Put 25 minutes in the calendar. Your first sentence ready, three names, then stop.",
			}},
		{Name: "reply", Buttons: []string{"Plan a call"},
			Rule: "Two emails in a row went to somebody you may call.",
			Texts: []string{
				"That's two emails to {who} in a row. A call can be one question long: “Did that make sense?”",
				"Your next word to {who} could be a spoken one: two minutes, one question, at a time that suits you.",
				"{who} has two emails from you. Voicemail counts as a call too: your name, one sentence, your number.",
				"Before a third email: dial {who} once, ask one question, write down what you hear.",
			}},
	}
}

func beyondTexts() []Variant {
	return []Variant{{Buttons: []string{"Add one outside"},
		Rule: "Of eight or more people of the last 30 days, seven in ten could build it themselves.",
		Texts: []string{
			"Developers may love it and build their own. Who near them can't?",
			"Most of your recent names could build it themselves. Who has the same trouble, and no compiler?",
			"Beside a developer there's often somebody who pays for the delay: support, finance, operations. Who was that in your last talk?",
			"One name from outside: a person with the problem who would never write code for it. Who comes to mind?",
		}}}
}

func nobodyTexts() []Variant {
	add := []string{"Add three names"}
	return []Variant{
		{Buttons: add, Rule: "Nothing is open, and there is nobody on your list you haven't been in touch with.", Texts: []string{
			"Nobody on your list is waiting to hear from you. Three names, two minutes: who lost time to this problem lately?",
			"Nothing is open just now. Who did you last explain this to, and who was with them?",
			"Nobody is next on your list. A past colleague, a customer's neighbour, somebody who asked for it in public: three names will do.",
			"Time for new names. Write three without judging them; what to say comes later.",
		}},
		{Name: "stuck", Buttons: add, Rule: "You said there is nobody to ask.", Texts: []string{
			"Three names, two minutes: who lost time to this problem lately?",
			"Start with people, not buyers: three who live with the problem. Ask them who has it worst.",
			"Look through last month's calendar and inbox for three names. Writing them down is all there is to do now.",
			"Where do people complain about this problem in public? Three names from there are a list.",
		}},
	}
}

func reasonTexts() []Variant {
	return []Variant{{Buttons: []string{"Choose a reason"},
		Rule: "A no has no reason yet. It is asked for once.",
		Texts: []string{
			"A clear no from {who}; thanks for writing it down. What stopped them?",
			"{who} said no on {day}. In their words, or as you take it: what was in the way?",
			"One tap while it's fresh: what made it a no for {who}?",
			"The no from {who} has no reason yet; “Didn't ask why” is a fine one too. What was it?",
		}}}
}

func tuneTexts() []Variant {
	return []Variant{{Buttons: []string{"Change one thing"},
		Rule: "The same reason was given three times or more since the offer changed.",
		Texts: []string{
			"You have now heard “{reason}” {n} times. What would you try on the next five?",
			"With this offer, “{reason}” came up {n} times. Pick one thing to change, and give the new version a name.",
			"{n} no's say “{reason}”. Which one sentence of the offer would you rewrite?",
			"Before anybody says “{reason}” again, what could the offer say about it? Change that line and name the version.",
		}}}
}

func widerTexts() []Variant {
	return []Variant{{Buttons: []string{"Add someone new"},
		Rule: "None of the last ten asks was cold, of those to people whose relationship you noted.",
		Texts: []string{
			"Your last ten asks went to people within reach. Who's one step outside?",
			"Think of one person who has the problem and has never heard of you. Where would you find them?",
			"One new name from outside your circle: a customer of a customer, a speaker, somebody in a forum. Who comes to mind?",
			"The people around you have heard it. Add one name nobody introduced you to, and what you'd say first.",
		}}}
}

func oddsTexts() []Variant {
	plan := []string{"Set this week's asks"}
	return []Variant{
		{Buttons: plan, Rule: "Once a week, when there is an answer to go by.", Texts: []string{
			"The answers are theirs, the asking is yours. How many asks does this week have room for?",
			"What your log gives is a range, never a promise. Choose whom you'll ask this week, and let the answers come.",
			"One yes or one no says little by itself. Set this week's asks, and look at them together at its end.",
			"People decide in a mood, on a day, for their own reasons. Plan what you control: who hears it this week.",
		}},
		{Name: "changed", Buttons: plan, Rule: "The offer changed after a single no.", Texts: []string{
			"Same pitch, two rooms, two answers. Plan what you control.",
			"One no is one room. Let the new version meet a few people before you change it again.",
			"A single no can be the day, the budget or the person. Who could hear the new version this week?",
			"The new version has a name now. Take it to several people, then compare the reasons they give.",
		}},
	}
}
