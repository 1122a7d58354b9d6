package nudges

// Source is where the idea of a kind comes from, for people to read.
type Source struct {
	Kind string
	Says string
}

// SourcesNote stands above the sources.
const SourcesNote = "The ideas come from a question-and-answer page about programmers who began to sell, and from studies of other people at other things. " +
	"Such effects are small, and perhaps none once unpublished studies are allowed for. None of it was measured on founders, and Pitch makes no claim about itself."

// Sources are one or two sentences for each kind, in the order of Kinds.
func Sources() []Source {
	return []Source{
		{KindTempo, "Suggestions wear off: in one study of walking, from +66 % to +14 % over six weeks. So Pitch says less when lines go unanswered, and asks once."},
		{KindMorale, "One founder on that page named morale, and being asked to say more than the facts. In a large review, feedback aimed at the person backfired in over a third of cases, so these lines speak of the task and of rest."},
		{KindReason, "The page's best answer: a no shows that you reached people outside your safe network. Writing things down has good support in studies of other goals (138 experiments); for reasons of a no that is an inference."},
		{KindBack, "A note for coming back after a miss was the best of 54 programmes in a study of gyms, by its press report. Whether that carries over is not known."},
		{KindNobody, "Not from that page: its neighbours' users ask for somebody to ask when the list is empty. It is our own rule."},
		{KindAsk, "The page's best answer: presenting and waiting is the habit, and asking is the cure. Plans for a named person and moment helped in studies of other goals; in large deals SPIN Selling found the next dated step to matter, not the number of closing attempts."},
		{KindHowMany, "The page's best answer again: ask how many they will order. That two follow-ups are enough rests on one vendor's figures."},
		{KindTune, "The page: the reasons of no's tune the next offer. Pitch counts them and draws no conclusion; three alike can be chance."},
		{KindPhone, "The page: programmers are slow to pick up the phone, and it grates at first. No study here; “phone is wrong for us” ends it."},
		{KindOdds, "One answer there: selling is not deterministic. So odds are a range that starts from a guess of one in five, and they say how much of them is that guess."},
		{KindHelp, "One answer there: find better people — interns, a business school, a paid strategy. Another: you still have to sell. They disagree, and Pitch does not settle it."},
		{KindPractise, "One answer there: a partner helps, but you still have to sell, and training is a shortcut to experience. Talks with a partner raised sales in a call centre by over 15 %; founders are not a call centre."},
		{KindBeyond, "One answer there calls a product only for other developers the deadly mistake: nothing wrong with it as such, but it is crowded. It is an opinion, and “on purpose” ends it."},
		{KindWider, "The page: a no shows that you reached beyond your safe network. Counting cold asks apart is our own reading of it."},
	}
}
