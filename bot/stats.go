package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pitch/nudges"
	"pitch/store"
)

// statsWeeks is how many weeks the charts go back, where a founder has them.
const statsWeeks = 12

// stats puts the founder's counts in their DM: as charts, which may be refused,
// and so not as the answer itself.
func (v *visit) stats(ctx context.Context) (Reply, error) {
	h, err := v.past(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(h.Activities) == 0 {
		return reply(linef("Nothing to count yet. Your numbers begin with the first thing you log."), buttons("", v.logButton(true))), nil
	}
	report := nudges.ReportOf(h, v.today(), v.weeksLogged(h))
	r := reply(linef("Your numbers are in our DM, for you alone."))
	r.InDM = []Reply{v.askedMessage(report)}
	if report.Outcomes.Asks() > 0 {
		r.InDM = append(r.InDM, v.answeredMessage(h, report))
	}
	return r, nil
}

// past is everything a founder's numbers are worked out from.
func (v *visit) past(ctx context.Context) (h nudges.History, err error) {
	err = v.view(ctx, func(b *store.Book) (err error) {
		h, err = nudges.Past(b)
		return err
	})
	return h, err
}

// weeksLogged is how many weeks a founder's charts show: none from before their
// first entry.
func (v *visit) weeksLogged(h nudges.History) int {
	first := v.today()
	for _, a := range h.Activities {
		first = min(first, a.OccurredOn)
	}
	return min(int(v.today().Monday()-first.Monday())/7+1, statsWeeks)
}

// weeksLabel is the stretch a report covers.
func weeksLabel(r nudges.Report) string {
	if len(r.Weeks) == 1 {
		return "this week"
	}
	return "the last " + strconv.Itoa(len(r.Weeks)) + " weeks"
}

// askedMessage is how much was asked, what became of it, and the odds.
func (v *visit) askedMessage(report nudges.Report) Reply {
	r := reply(title("Your numbers, "+weeksLabel(report)), linef(askedLine(report)))
	r = r.with(v.weeksChart(report))
	if rate := askRateLine(report.Rate); rate != "" {
		r = r.with(linef(rate))
	}
	o := report.Outcomes
	r = r.with(pieChart(fmt.Sprintf("What became of %s", plural(store.Ask, o.Asks())),
		point{outcomeLabels[store.Won], []int{o.Won}},
		point{outcomeLabels[store.Lost], []int{o.Lost}},
		point{outcomeLabels[store.Referred], []int{o.Referred}},
		point{outcomeLabels[store.NoDecision], []int{o.Quiet + o.Silent}},
		point{outcomeLabels[store.Pending], []int{o.Waiting}},
		point{outcomeLabels[store.NotNow], []int{o.Later}},
	))
	if o.Silent > 0 {
		r = r.with(aside("Went quiet includes " + plural(store.Ask, o.Silent) + " without an answer for more than " + strconv.Itoa(nudges.SilentAfter) + " days."))
	}
	return r.with(v.oddsParts(report)...)
}

// askedLine is the count, and why it is not that of the chart below it where the
// board counts otherwise.
func askedLine(report nudges.Report) string {
	n, made := report.Asks, report.Outcomes.Asks()
	if made == 0 {
		return "No asks in this time yet. One counts: /pitch log ask Acme"
	}
	says := plural(store.Ask, n) + "."
	if weeks := len(report.Weeks); weeks > 1 && n > 0 {
		says = fmt.Sprintf("%s, in %d of %d weeks.", plural(store.Ask, n), report.WeeksAsked, weeks)
	}
	if made != n {
		says += fmt.Sprintf(" You logged %d; one per prospect and day counts, logged within %d days.", made, store.BackdatedDays)
	}
	return says
}

func (v *visit) weeksChart(report nudges.Report) part {
	heading := "Asks per week"
	if goal := v.founder.Goals.Asks; goal > 0 {
		heading += ", goal " + strconv.Itoa(goal)
	}
	series, points := []string{"Asks", "Goal"}, make([]point, len(report.Weeks))
	if v.founder.Goals.Asks == 0 {
		series = series[:1]
	}
	for i, w := range report.Weeks {
		points[i] = point{w.Monday.Format("2 Jan"), []int{w.Asks, v.founder.Goals.Asks}}
		if w.Partial {
			points[i].label = "This week"
		}
	}
	return barChart(heading, series, points...)
}

// askRateLine is the ask rate with what it rests on; a share is said only of
// enough.
func askRateLine(rate nudges.AskRate) string {
	if rate.Conversations == 0 {
		return ""
	}
	says := fmt.Sprintf("Ask rate: %d of %s asked for something, or had an ask within %d days",
		rate.Asked, conversations(rate.Conversations), nudges.FollowedWithin)
	if rate.Conversations >= nudges.PercentAt {
		says += fmt.Sprintf(" (%d %%)", (200*rate.Asked+rate.Conversations)/(2*rate.Conversations))
	}
	if rate.Fresh > 0 {
		says += fmt.Sprintf("; an ask can still follow %d more", rate.Fresh)
	}
	return says + "."
}

func conversations(n int) string {
	if n == 1 {
		return "1 conversation"
	}
	return strconv.Itoa(n) + " conversations"
}

// oddsParts are the odds as a range, nothing where no ask has been answered, and
// help where they would say little.
func (v *visit) oddsParts(report nudges.Report) []part {
	if report.Odds.None() {
		return nil
	}
	parts := []part{line(bold("Odds")), linef(report.Odds.InWords())}
	if report.Odds.Help() {
		return append(parts, buttons("odds", v.keeping("Find help", "stuck")))
	}
	if report.OddsSince != nil {
		parts = append(parts, linef(report.OddsSince.InWordsSince()))
	}
	return parts
}

// answeredMessage is why people said no, and whom was asked.
func (v *visit) answeredMessage(h nudges.History, report nudges.Report) Reply {
	knew, cold := report.Circles.Knew(), report.Circles.Cold
	r := reply(title("Why, and whom you asked"), reasonsChart(report.Reasons))
	if knew.Asks()+cold.Asks() > 0 {
		r = r.with(warmAndCold(knew, cold), aside("Warm is Knew them, Intro and Came to us together."))
	}
	return r.with(line(bold("By how you know them, "+weeksLabel(report))), circlesTable(report.Circles),
		line(bold("Could they build it?")), buyersList(byBuyer(h, report)),
		buttons("stats", v.keeping("What the no's say", "learnings"), v.keeping("Offer", "offer")))
}

func warmAndCold(warm, cold nudges.Tally) part {
	points := []point{
		{"Asked", []int{warm.Asks(), cold.Asks()}},
		{outcomeLabels[store.Won], []int{warm.Won, cold.Won}},
		{outcomeLabels[store.Lost], []int{warm.Lost, cold.Lost}},
		{outcomeLabels[store.Referred], []int{warm.Referred, cold.Referred}},
		{outcomeLabels[store.NoDecision], []int{quiet(warm), quiet(cold)}},
		{"Still open", []int{warm.Open(), cold.Open()}},
	}
	points = slices.DeleteFunc(points, func(p point) bool { return !p.some() })
	return barChart("Warm and cold", []string{"Warm", "Cold"}, points...)
}

func quiet(t nudges.Tally) int { return t.Quiet + t.Silent }

func reasonsChart(reasons []nudges.ReasonCount) part {
	points := make([]point, len(reasons))
	for i, r := range reasons {
		points[i] = point{reasonLabel(r.Reason), []int{r.Nos}}
	}
	return barChart("Why they said no", []string{"No's"}, points...)
}

// reasonLabel is what people read for a reason, one that has not been said
// included.
func reasonLabel(r store.Reason) string {
	if r == "" {
		return "Not said yet"
	}
	return reasonLabels[r]
}

// tallied are the columns of what became of asks.
var tallied = []struct {
	label string
	of    func(nudges.Tally) int
}{
	{"Asked", nudges.Tally.Asks},
	{outcomeLabels[store.Won], func(t nudges.Tally) int { return t.Won }},
	{outcomeLabels[store.Lost], func(t nudges.Tally) int { return t.Lost }},
	{outcomeLabels[store.Referred], func(t nudges.Tally) int { return t.Referred }},
	{outcomeLabels[store.NoDecision], quiet},
	{"Still open", nudges.Tally.Open},
}

// circlesTable is what became of asks by how the prospect is known, in the
// columns that count anything.
func circlesTable(c nudges.Circles) part {
	header, rows := []string{"Who"}, [][]string{}
	all := c.Knew().Plus(c.Cold).Plus(c.Unknown)
	for _, column := range tallied {
		if column.of(all) > 0 {
			header = append(header, column.label)
		}
	}
	add := func(label string, t nudges.Tally) {
		if t.Asks() == 0 {
			return
		}
		row := []string{label}
		for _, column := range tallied {
			if column.of(all) > 0 {
				row = append(row, strconv.Itoa(column.of(t)))
			}
		}
		rows = append(rows, row)
	}
	add(capital(relationshipLabels[store.Warm]), c.Warm)
	add(capital(relationshipLabels[store.Intro]), c.Intro)
	add(capital(relationshipLabels[store.Inbound]), c.Inbound)
	add(capital(relationshipLabels[store.Cold]), c.Cold)
	add("Not said", c.Unknown)
	return table(header, rows...)
}

// buyersList is the same by the kind of buyer, in lines: a message takes one
// table.
func buyersList(buyers map[store.Buyer]nudges.Tally) part {
	var items [][]word
	for _, of := range []struct {
		label string
		buyer store.Buyer
	}{{capital(buyerLabels[store.Developer]), store.Developer}, {capital(buyerLabels[store.NonDeveloper]), store.NonDeveloper}, {"Not said", ""}} {
		var said []string
		for _, column := range tallied {
			if n := column.of(buyers[of.buyer]); n > 0 {
				said = append(said, strings.ToLower(column.label)+" "+strconv.Itoa(n))
			}
		}
		if len(said) > 0 {
			items = append(items, []word{bold(of.label), say(": " + strings.Join(said, " · "))})
		}
	}
	return list(items...)
}

// byBuyer is what became of a report's asks by the kind of buyer.
func byBuyer(h nudges.History, report nudges.Report) map[store.Buyer]nudges.Tally {
	buyer := map[store.ID]store.Buyer{}
	for _, p := range h.Prospects {
		buyer[p.ID] = p.Buyer
	}
	asks := map[store.Buyer][]store.Activity{}
	for _, a := range h.Activities {
		if a.OccurredOn >= report.From {
			asks[buyer[a.Prospect]] = append(asks[buyer[a.Prospect]], a)
		}
	}
	tallies := map[store.Buyer]nudges.Tally{}
	for kind, of := range asks {
		tallies[kind] = nudges.TallyOf(of, report.Today)
	}
	return tallies
}

func numbers(ns ...int) []string {
	out := make([]string, len(ns))
	for i, n := range ns {
		out[i] = strconv.Itoa(n)
	}
	return out
}
