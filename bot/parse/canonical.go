package parse

import (
	"fmt"
	"strings"
	"unicode"

	"pitch/store"
)

// Example is a command with words that do it, for help.
type Example struct {
	Verb string // the command's name, as in Help.Topic
	Text string // a text Command understands
	Does string // what it does, in a few words
}

// Verbs lists every command with an example.
func Verbs() []Example {
	return []Example{
		{"log", "log call Jane at Acme", "what happened, and with whom"},
		{"log", "log ask Acme, 10 seats at $50", "an ask, with a number"},
		{"log", `log no Acme, price: "no budget till Q3"`, "a no, with the reason and their words"},
		{"log", "log yes Acme, 12k EUR", "a yes"},
		{"log", "log not now Acme, until March", "later, and when"},
		{"log", "log call Jane, voicemail", "nobody picked up"},
		{"log", "log intro from Ada to Carol", "somebody new, and who introduced you"},
		{"commit", "commit call Acme tomorrow 3pm", "a promise to yourself, with a reminder"},
		{"commit", "commit 3 asks every weekday", "one that comes again"},
		{"today", "today", "what is due, and your week"},
		{"done", "done Acme", "a commitment kept"},
		{"snooze", "snooze Acme 1h", "its reminder later"},
		{"move", "move Acme to Friday", "another day"},
		{"cancel", "cancel Acme", "let a commitment go"},
		{"undo", "undo", "the last change taken back"},
		{"leaderboard", "leaderboard month", "asks made by those who chose to be on it"},
		{"board", "board off", "off every board, or on"},
		{"goal", "goal 5 asks", "a weekly goal"},
		{"settings", "settings", "mornings, recap, zone and days"},
		{"mornings", "mornings at 8am", "the plan of the day, at that time; settings turns it off"},
		{"recap", "recap 18:00", "the evening recap, where something is open"},
		{"recap", "recap off", "no recap"},
		{"digest", "digest off", "the week in one message, or none"},
		{"zone", "zone London", "your time zone"},
		{"holidays", "holidays Germany", "public holidays are days off"},
		{"pause", "pause until Monday", "days off"},
		{"pause", "ooo until Wednesday", "days off; also vacation, away"},
		{"pause", "sick", "today off"},
		{"resume", "resume", "messages again"},
		{"stop", "stop", "no more messages; your data stay"},
		{"channel", "channel on Friday 16:00", "the weekly leaderboard in this channel"},
		{"channel", "channel off", "no more of it"},
		{"history", "history", "what you logged, newest first"},
		{"history", "history Acme", "of one prospect"},
		{"edit", "edit Acme", "what you logged of one prospect, each with Edit; without a name all of it"},
		{"prospects", "prospects", "your list, never-asked first"},
		{"prospects", "prospects waiting", "some of it: never asked, waiting, follow-up due, warm, cold"},
		{"add", "add Carol, cold, dev", "somebody new, with nothing logged yet"},
		{"add", `add "Zeta", "Wonka"`, "several at once"},
		{"card", "card Acme", "all about one prospect; the name alone does it too"},
		{"rename", "rename Acmee to Acme", "mend a name, or merge two"},
		{"rename", "merge Globex into Acme", "two that are one"},
		{"delete", "delete Acme", "a prospect and what goes with it"},
		{"note", "note Acme: likes short emails", "kept on the prospect's card"},
		{"mark", "mark Acme warm, dev", "how you know them, and whether they could build it"},
		{"mark", "next follow-up Acme 3 March", "when to come back to them; no follow-up Acme clears it"},
		{"mark", "don't call Acme", "another way than the phone"},
		{"do not contact", "do not contact Acme", "nothing will suggest them any more"},
		{"do not contact", "unmark Acme", "the mark taken off"},
		{"learnings", "learnings", "the no's, and what they teach"},
		{"learnings", "learnings price", "a search by word or reason"},
		{"search", "search price", "the no's, by word or reason"},
		{"stats", "stats", "asks, ask rate and outcomes"},
		{"offer", `offer "v3: $99 pilot"`, "name what you offer now"},
		{"stuck", "stuck", "what is in the way?"},
		{"mood", "mood 2", "how it is going, for you alone"},
		{"practise", "practise", "rehearse the ask"},
		{"why", "why", "what the last coach line rested on"},
		{"coaching", "coaching off", "no more coach lines, or on"},
		{"partner", "partner on", "somebody to rehearse with, or off"},
		{"export", "export", "your records as files"},
		{"forget me", "forget me", "delete everything about you"},
		{"what do you store", "what do you store", "an honest answer"},
		{"team", "team", "totals, for admins"},
		{"help", "help log", "this, or one command"},
	}
}

// inQuotes puts a text in straight quotes that Command undoes.
func inQuotes(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// canonicalName is a name as it can stand in a command: bare where it is one word
// that nothing else is written like, else in quotes.
func canonicalName(name string) string {
	plain := len(name) > 2 && strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	if plain && !reserved(strings.ToLower(name)) {
		return name
	}
	return inQuotes(name)
}

// canonical is how a prospect stands in a command: one that is not known yet in
// quotes, so that it is not taken for a slip.
func (w Who) canonical() string {
	if w.ID == 0 {
		return inQuotes(w.Name)
	}
	return canonicalName(w.Name)
}

// reserved reports whether some phrase of the grammar begins with w.
func reserved(w string) bool {
	q := &parser{found: make(map[int]match), text: w, toks: []token{{lower: w, end: len(w)}}, today: 1, ctx: Context{WorkDays: store.MondayToFriday}}
	begins := func(key string) bool { return key == w || strings.HasPrefix(key, w+" ") }
	return listed(fillers+" "+joiners+" "+breakers+" "+aboutWords+" plus then but mid early late yes no next last this end every each", w) || begun(verbs, begins) || begun(endings, begins) ||
		begun(noise, begins) || begun(commands, begins) || begun(promises, begins) || begun(preps, begins) || begun(namedDays, begins) ||
		begun(monthNames, begins) || begun(weekdayNames, begins) || begun(namedClocks, begins) || begun(recurrences, begins) ||
		begun(askedWords, begins) || begun(relations, begins) || begun(buyers, begins) || begun(missedCall, begins) || begun(stillOpen, begins) ||
		begun(whole, begins) || begun(inside, begins) || begun(labels, begins) || begun(titles, begins) || small[w] > 0 || shortEnds[w] != "" ||
		q.currencyAt(0) != "" || w == "dozen"
}

func begun[V any](table map[string]V, begins func(string) bool) bool {
	for key := range table {
		if begins(key) {
			return true
		}
	}
	return false
}

// logVerbOf is the verb that logs l.
func logVerbOf(l Log) string {
	switch {
	case l.OnlyIfOpen:
		return "ghosted"
	case l.Answer && l.Outcome == store.Won:
		return "yes"
	case l.Answer && l.Outcome == store.Lost:
		return "no"
	case l.Answer && l.Outcome == store.NotNow:
		return "not now"
	case l.Hint == AskedThemToBuy:
		if strings.HasPrefix(l.Note, "quote") {
			return "quote"
		}
		return "proposal"
	}
	return baseForm(l.Kind)
}

var askedNouns = map[store.Asked]string{
	store.Order: "asked for the order", store.Pilot: "asked for a pilot", store.Deposit: "asked for a deposit",
	store.NextStep: "asked for a next step", store.Referral: "asked for a referral", store.AskedNothing: "asked nothing",
}

// String is the command that logs the same: given back to Command with the same
// prospects it makes an equal Log.
func (l Log) String() string {
	parts := []string{"log " + logVerbOf(l) + " " + l.Who.canonical()}
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if l.Asked != "" && !(l.Kind == store.Ask && l.Asked == store.Order && !l.Answer) {
		add("%s", askedNouns[l.Asked])
	}
	if l.Quantity > 0 {
		add("%d units", l.Quantity)
	}
	switch {
	case l.Amount != "" && l.Currency == "":
		add("worth %s", l.Amount)
	case l.Amount != "":
		add("%s %s", l.Amount, l.Currency)
	}
	if !l.Answer {
		switch l.Outcome {
		case store.Won:
			add("said yes")
		case store.Lost:
			add("said no")
		case store.NotNow:
			add("said not now")
		case store.NoDecision:
			add("went quiet")
		}
	}
	if l.Unreached {
		add("unreached")
	}
	if l.Until != 0 {
		add("until %s", l.Until)
	}
	if l.OccurredOn != 0 {
		add("on %s", l.OccurredOn)
	}
	if l.Relationship != "" {
		add("%s", l.Relationship)
	}
	switch l.Buyer {
	case store.Developer:
		add("dev")
	case store.NonDeveloper:
		add("non-dev")
	}
	return strings.Join(append(parts, l.texts()...), ", ")
}

// texts are a log's own words, each with its title.
func (l Log) texts() (parts []string) {
	switch {
	case l.Reason != "" && l.Words != "":
		parts = append(parts, string(l.Reason)+": "+inQuotes(l.Words))
	case l.Reason != "":
		parts = append(parts, string(l.Reason))
	case l.Words != "":
		parts = append(parts, "words: "+inQuotes(l.Words))
	}
	for _, reason := range l.Also {
		parts = append(parts, string(reason))
	}
	if l.Guessed {
		parts = append(parts, "guessed")
	}
	if l.Change != "" {
		parts = append(parts, "change: "+inQuotes(l.Change))
	}
	note := l.Note
	if l.Hint == AskedThemToBuy {
		note = strings.TrimPrefix(strings.TrimPrefix(note, logVerbOf(l)), ", ")
	}
	if note != "" {
		parts = append(parts, "note: "+inQuotes(note))
	}
	return parts
}

// String is the command that promises the same.
func (c Commit) String() string {
	var b strings.Builder
	b.WriteString("commit ")
	switch {
	case c.Who.Name == "":
		fmt.Fprintf(&b, "%d %s", c.Count, pluralOf(c.Kind))
	case c.Count > 1:
		fmt.Fprintf(&b, "%d %s with %s", c.Count, pluralOf(c.Kind), c.Who.canonical())
	default:
		b.WriteString(baseForm(c.Kind) + " " + c.Who.canonical())
	}
	switch c.Every {
	case "":
	case store.EachDay, store.EachWeekday, store.EachWeek, store.EachMonth:
		b.WriteString(" every " + string(c.Every))
	default:
		b.WriteString(" every " + strings.ReplaceAll(string(c.Every), ",", " and "))
	}
	if c.DueOn != 0 {
		prep := " on "
		if c.Every != "" {
			prep = " from "
		}
		b.WriteString(prep + c.DueOn.String())
	}
	if c.At != "" {
		b.WriteString(" at " + string(c.At))
	}
	if c.For != "" {
		b.WriteString(", for: " + inQuotes(c.For))
	}
	if c.Sentence != "" {
		b.WriteString(", say: " + inQuotes(c.Sentence))
	}
	return b.String()
}
