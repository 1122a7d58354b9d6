package nudges

// The texts of the support kinds. None of them asks for an ask.

func tempoTexts() []Variant {
	return []Variant{{Buttons: []string{"Fewer", "Different", "Off"},
		Rule: "Six lines in a row had no answer. This is asked once.",
		Texts: []string{
			"These lines may not be what you want just now. Fewer, different or off?",
			"Are these lines of any use to you? Fewer, different or off: each is one tap.",
			"A quick word about these lines, so that they don't get in your way: fewer, different or off?",
		}}}
}

func moraleTexts() []Variant {
	rest := []string{"Skip tomorrow, the week still counts"}
	return []Variant{
		{Buttons: rest, Rule: "Five or more asks in a row ended in a no or in silence, or you said there are only no's.", Texts: []string{
			"That was a run of no's and silence. Rest is part of this work: skip tomorrow, and the week still counts.",
			"Answers come in runs, like heads and tails, and a run needn't say anything. A day off is fine.",
			"You put it in front of real people, and they looked. Leave it for a day; it will all be here.",
			"Write one line you'd say to a friend who had this week. Then close the laptop.",
		}},
		{Name: "mood", Buttons: rest, Rule: "You noted a low mood twice in seven days.", Texts: []string{
			"A heavy week, as you put it yourself. Take tomorrow off; the week still counts.",
			"Do the one thing that is easy and leave the rest. Tomorrow can be a day off.",
			"Low days belong to this work as well. Sleep, a walk, a person you like: this list can wait.",
			"It's fine to do nothing here for a day. Skip tomorrow, and pick it up when it feels lighter.",
		}},
		{Name: "distress", Buttons: rest, Rule: "You noted the lowest mood twice in seven days. There is no coaching on such days.", Texts: []string{
			"That sounds hard, and there's no coaching today. If it is more than work, tell somebody you trust.",
			"Nothing here matters more than you do. Who is a person you could call today?",
			"Leave the selling for now; it will keep. If it goes on like this, talk to a friend or a doctor.",
			"No advice today. Eat something, go outside if you can, and let somebody know how it is.",
		}},
		{Name: "pushy", Buttons: rest, Rule: "You noted that something felt pushy, or a no was for want of trust.", Texts: []string{
			"Say one thing it does and one it doesn't. Facts are allowed to close.",
			"A question leaves room for a no. Say so in your first line, and you can both relax.",
			"For a careful buyer, small facts: what it does today, what it doesn't, whom to call when it breaks.",
			"You can stay as quiet as you are. Tell them what you'd want to know in their place, then ask what they think.",
		}},
	}
}

func helpTexts() []Variant {
	draft := []string{"Draft the note"}
	return []Variant{{Buttons: draft,
		Rule: "Fifteen or more asks have their answer and none is a yes in 60 days, or of ten or more talks at most one had an ask, or you said you need help.",
		Texts: []string{
			"A business-school class needs real cases. Yours is one. Want a five-line note to send them?",
			"Somebody who has sold for years can listen to one of your calls. A short note opens that door; want a draft?",
			"An intern who likes talking to people could sit in on your talks. Want five lines to post at a university?",
			"Selling is a craft, and some people teach it by the day. Want a note to ask one for a session on a real deal?",
		}}}
}

func practiseTexts() []Variant {
	return []Variant{{Buttons: []string{"Rehearse", "Pair for 15 minutes"},
		Rule: "On the tenth day, or when fewer than three in ten of ten or more conversations had an ask.",
		Texts: []string{
			"Say the ask out loud once, here, to nobody. Then it isn't the first time.",
			"Three replies you may hear: yes but, not now, too expensive. Try your answers here, where nobody minds.",
			"Write the one sentence you'd like to hear yourself say. Read it aloud twice, and change one word.",
			"Fifteen minutes with somebody you know: one plays the buyer, one asks, then swap. Or rehearse here, alone.",
		}}}
}

func backTexts() []Variant {
	return []Variant{{Buttons: []string{"One small ask"},
		Rule: "Said with the first log after some working days without one.",
		Texts: []string{
			"Good to see you. Nothing is owed. One small ask this week?",
			"Good to have you here. Pick one name you like, and one small question for them.",
			"Hello, and thanks for writing that down. Which person would be pleasant to talk to next?",
			"That's one written down. If you'd like another: one name, one sentence, this week.",
		}}}
}
