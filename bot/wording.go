package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// What people read for what is stored.
var (
	kindLabels = map[store.Kind]string{
		store.Call: "call", store.Email: "email", store.Meeting: "meeting", store.Demo: "demo",
		store.FollowUp: "follow-up", store.Ask: "ask",
	}
	askedLabels = map[store.Asked]string{
		store.Order: "an order", store.Pilot: "a pilot", store.Deposit: "a deposit", store.NextStep: "a next step",
		store.Referral: "a referral", store.AskedNothing: "nothing yet",
	}
	outcomeLabels = map[store.Outcome]string{
		store.Pending: "No answer yet", store.Won: "Won", store.Lost: "No", store.NoDecision: "Went quiet",
		store.NotNow: "Later", store.Referred: "Referral",
	}
	reasonLabels = map[store.Reason]string{
		store.Price: "Price", store.Budget: "No budget now", store.Timing: "Timing", store.Need: "No need",
		store.StatusQuo: "Happy as they are", store.Authority: "Not their decision", store.ProductGap: "Something's missing",
		store.Competitor: "Chose someone else", store.Trust: "Too new, too risky", store.BuildIt: "They'll build it",
		store.OtherCause: "Other", store.Unknown: "Didn't ask why",
	}
	relationshipLabels = map[store.Relationship]string{
		store.Warm: "knew them", store.Intro: "intro", store.Inbound: "came to us", store.Cold: "cold",
	}
	buyerLabels = map[store.Buyer]string{store.Developer: "could build it", store.NonDeveloper: "could not build it"}
	everyLabels = map[store.Every]string{
		store.EachDay: "every day", store.EachWeekday: "every working day", store.EachWeek: "every week", store.EachMonth: "every month",
	}
)

func plural(kind store.Kind, n int) string {
	label := kindLabels[kind]
	if n != 1 {
		label += "s"
	}
	return fmt.Sprintf("%d %s", n, label)
}

// counted is a number with what it counts.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// dayLabel is a day as one says it on today.
func dayLabel(day, today store.Day) string {
	switch {
	case day == 0:
		return "no day yet"
	case day == today:
		return "today"
	case day == today-1:
		return "yesterday"
	case day == today+1:
		return "tomorrow"
	case day > today && day < today+7:
		return day.Format("Monday")
	}
	if y, _, _ := day.Date(); y != yearOf(today) {
		return day.Format("Mon 2 Jan 2006")
	}
	return day.Format("Mon 2 Jan")
}

func yearOf(day store.Day) int {
	y, _, _ := day.Date()
	return y
}

// whenLabel is when a commitment is due.
func whenLabel(c store.Commitment, today store.Day, loc *time.Location) string {
	switch {
	case c.Every != store.Once && c.At != "":
		return everyLabel(c.Every) + " at " + string(c.At)
	case c.Every != store.Once:
		return everyLabel(c.Every)
	case !c.DueAt.IsZero():
		at := c.DueAt.In(loc)
		return dayLabel(store.DayOf(at), today) + " at " + at.Format("15:04")
	}
	return dayLabel(c.DueOn, today)
}

func everyLabel(e store.Every) string {
	if label, ok := everyLabels[e]; ok {
		return label
	}
	var days []string
	for name := range strings.SplitSeq(string(e), ",") {
		days = append(days, strings.ToUpper(name[:1])+name[1:])
	}
	return "every " + and(days)
}

// and joins words as a sentence does.
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// remindersLabel is what a founder said yes to.
func remindersLabel(f store.Founder) string {
	switch {
	case f.Stopped:
		return "stopped for now"
	case f.Reminders == store.EveryMorning:
		return "a plan at " + string(f.Morning) + " on your working days, and what is due"
	case f.Reminders == store.OnlyDue:
		return "only what is due"
	case f.Reminders == store.NoReminders:
		return "nothing is sent"
	}
	return "not chosen yet"
}

// promise is what a commitment says: "call Acme", "5 calls".
func promise(c store.Commitment, p store.Prospect) []word {
	if c.Prospect == 0 && p.Name == "" {
		return []word{bold(plural(c.Kind, c.Count))}
	}
	words := []word{say(kindLabels[c.Kind] + " "), bold(p.Name)}
	switch {
	case strings.HasPrefix(c.About, "about "):
		words = append(words, say(" "+c.About))
	case c.About != "":
		words = append(words, say(" for "+c.About))
	}
	return words
}

func promiseText(c store.Commitment, p store.Prospect) string {
	var out strings.Builder
	for _, w := range promise(c, p) {
		out.WriteString(w.text)
	}
	return out.String()
}

// currencySigns are those with one plain reading, as people type them in front.
var currencySigns = map[string]string{
	"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "TRY": "₺", "ILS": "₪", "UAH": "₴", "VND": "₫", "NGN": "₦",
	"THB": "฿", "PHP": "₱", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "HKD": "HK$", "SGD": "S$", "BRL": "R$",
}

// money is an amount with its currency, so that it can be typed again: "£1,500",
// "500 CHF".
func money(a store.Activity) string {
	if a.Amount == "" {
		return ""
	}
	if sign := currencySigns[a.Currency]; sign != "" {
		return sign + grouped(string(a.Amount))
	}
	return strings.TrimSpace(grouped(string(a.Amount)) + " " + a.Currency)
}

// grouped is a decimal with a comma between its thousands.
func grouped(amount string) string {
	whole, rest, some := strings.Cut(amount, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if some {
		whole += "." + rest
	}
	return whole
}

// facts are what an activity says beyond its kind, prospect and day.
func facts(a store.Activity, today store.Day) []string {
	var out []string
	add := func(when bool, text string) {
		if when {
			out = append(out, text)
		}
	}
	add(a.Unreached, "nobody reached")
	add(a.Kind != store.Ask && a.Asked != "" || a.Asked != "" && a.Asked != store.Order, "asked for "+askedLabels[a.Asked])
	add(a.Quantity > 0, fmt.Sprintf("for %d", a.Quantity))
	add(a.Amount != "", money(a))
	add(a.Outcome != "", strings.ToLower(outcomeLabels[a.Outcome]))
	add(a.Until != 0, "until "+dayLabel(a.Until, today))
	add(a.Reason != "", "reason: "+reasonLabels[a.Reason])
	add(len(a.Also) > 0, "also: "+and(reasonNames(a.Also)))
	add(a.Words != "", "“"+a.Words+"”")
	add(a.Change != "", "to change: "+a.Change)
	add(a.Note != "", a.Note)
	return out
}

func reasonNames(reasons []store.Reason) (names []string) {
	for _, r := range reasons {
		names = append(names, reasonLabels[r])
	}
	return names
}

// happenedLine is an activity in a line: "call with Jane: yesterday · asked for a pilot".
func happenedLine(a store.Activity, p store.Prospect, today store.Day) []word {
	f := facts(a, today)
	if a.OccurredOn != today {
		f = slices.Insert(f, 0, dayLabel(a.OccurredOn, today))
	}
	return factsLine(a, p, f)
}

// factsLine is what an activity was and with whom, with some of its facts.
func factsLine(a store.Activity, p store.Prospect, f []string) []word {
	words := []word{say(kindLabels[a.Kind] + preposition(a.Kind)), bold(p.Name)}
	if len(f) > 0 {
		words = append(words, say(" · "+strings.Join(f, " · ")))
	}
	return words
}

// knownAs is all that is known of a prospect, to follow their name.
func knownAs(p store.Prospect) string {
	out := traits(p)
	if p.DoNotContact {
		out += " · do not contact"
	}
	if p.Note != "" {
		out += " · " + clip(p.Note, lineShown)
	}
	return out
}

// traits are how a prospect is known and can be reached, to follow their name.
func traits(p store.Prospect) (out string) {
	for _, label := range []string{relationshipLabels[p.Relationship], buyerLabels[p.Buyer]} {
		if label != "" {
			out += " · " + label
		}
	}
	if p.NotCallable {
		out += " · not by phone"
	}
	return out
}

func preposition(k store.Kind) string {
	switch k {
	case store.Ask, store.Email:
		return " to "
	}
	return " with "
}

// bar draws progress towards a goal so that it reads aloud: "Asks 3 of 5 ●●●○○".
func bar(what string, n, goal int) string {
	if goal == 0 {
		return fmt.Sprintf("%s %d", what, n)
	}
	const most = 10
	full, size := min(n, goal), goal
	if goal > most {
		full, size = full*most/goal, most
	}
	return fmt.Sprintf("%s %d of %d %s%s", what, n, goal, strings.Repeat("●", full), strings.Repeat("○", size-full))
}

// bars are the week's bars; "" where there is nothing to draw.
func bars(p nudges.Progress) string {
	var out []string
	for _, b := range []struct {
		what    string
		n, goal int
	}{{"Asks", p.Asks, p.Goals.Asks}, {"Calls", p.Calls, p.Goals.Calls}, {"No's", p.Nos, p.Goals.Nos}, {"Yes", p.Yes, 0}} {
		if b.n > 0 || b.goal > 0 {
			out = append(out, bar(b.what, b.n, b.goal))
		}
	}
	if len(out) == 0 {
		return ""
	}
	const unbroken = "\u00a0" // a narrow screen breaks between bars, not in one
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], " ", unbroken)
	}
	return "This week: " + strings.Join(out, "   ")
}
