package nudges

import (
	"cmp"
	"slices"

	"pitch/store"
)

// PlanKey is the occurrence of a day's morning plan.
func PlanKey(day store.Day) string { return "plan/" + day.String() }

// DayPlan is the plan of a day as the book stands now: what the morning plan
// said, brought up to date. Overdue is what became overdue after the last plan
// before that day was sent.
func DayPlan(b *store.Book, day store.Day) (Plan, error) {
	p, err := dayPlan(b, day)
	if err != nil {
		return p, err
	}
	p.Done, err = doneOn(b, day)
	return p, err
}

// doneOn is what was kept on a day.
func doneOn(b *store.Book, day store.Day) (done []Item, err error) {
	kept, err := b.Commitments(store.Kept)
	for _, c := range kept {
		if store.DayOf(c.ClosedAt.In(b.Location())) == day {
			done = append(done, item(b, c))
		}
	}
	return done, err
}

// writePlan adds a day's plan to a letter.
func writePlan(b *store.Book, l *Letter, row *store.Delivery) (said bool, err error) {
	build := dayPlan
	if row.TS != "" {
		build = DayPlan
	}
	p, err := build(b, row.Day)
	if err != nil {
		return false, err
	}
	p.Late = late(b, *row)
	p.Today, p.Overdue, p.Earlier = without(p.Today, l.Reminders), without(p.Overdue, l.Reminders), without(p.Earlier, l.Reminders)
	if err := askReasons(b, l, row); err != nil {
		return false, err
	}
	if err := coachPlan(b, l, row); err != nil {
		return false, err
	}
	if row.TS == "" && p.Empty() && len(l.Reminders)+len(l.Reasons) == 0 && l.Line == nil {
		return false, nil
	}
	l.Plan = &p
	return true, nil
}

// dayPlan is DayPlan without what is done, which takes reading every commitment
// ever kept: in the morning nothing is done yet.
func dayPlan(b *store.Book, day store.Day) (Plan, error) {
	p := Plan{Occurrence: PlanKey(day), Day: day, Now: b.Now}
	said, err := lastPlan(b, day)
	if err != nil {
		return p, err
	}
	open, err := b.Commitments(store.Open)
	if err != nil {
		return p, err
	}
	for _, c := range open {
		p.list(item(b, c), said)
	}
	slices.SortStableFunc(p.Today, byTime)
	if err := p.followUps(b, open, said); err != nil {
		return p, err
	}
	slices.SortStableFunc(p.Overdue, byDueDay)
	slices.SortStableFunc(p.Earlier, byDueDay)
	p.Week, err = WeekProgress(b, day)
	return p, err
}

// list puts a commitment where it belongs on the plan's day, if anywhere.
func (p *Plan) list(i Item, said store.Day) {
	c := i.Commitment
	current := c.Prospect == 0 && (c.Every == store.EachWeek || c.Every == store.EachMonth) &&
		c.From <= p.Day && p.Day <= c.DueOn
	switch {
	case i.Prospect.DoNotContact || c.DueOn == 0:
	case c.DueOn == p.Day || current:
		p.Today = append(p.Today, i)
	case c.DueOn > p.Day || c.Every != store.Once:
	case c.DueOn >= said:
		p.Overdue = append(p.Overdue, i)
	default:
		p.Earlier = append(p.Earlier, i)
	}
}

// followUps lists the prospects to follow up that day, or since an earlier one,
// unless a commitment says so already.
func (p *Plan) followUps(b *store.Book, open []store.Commitment, said store.Day) error {
	all, err := followings(b)
	for _, who := range all {
		come := slices.DeleteFunc(who.on, func(on store.Day) bool { return on > p.Day })
		if len(come) == 0 {
			continue
		}
		// Of two days that have come, the later one is the news.
		i := Item{Prospect: who.Prospect, On: come[len(come)-1]}
		switch {
		case p.names(who.ID) || promisedSince(b, open, i):
		case i.On == p.Day:
			p.Today = append(p.Today, i)
		case i.On >= said:
			p.Overdue = append(p.Overdue, i)
		default:
			p.Earlier = append(p.Earlier, i)
		}
	}
	return err
}

// promisedSince reports whether a follow-up date led to a promise that is still
// to come.
func promisedSince(b *store.Book, open []store.Commitment, i Item) bool {
	return slices.ContainsFunc(open, func(c store.Commitment) bool {
		return c.Prospect == i.Prospect.ID && c.DueOn > b.Today() && store.DayOf(c.MadeAt.In(b.Location())) >= i.On
	})
}

func (p *Plan) names(who store.ID) bool {
	return slices.ContainsFunc(slices.Concat(p.Today, p.Overdue, p.Earlier), func(i Item) bool { return i.Prospect.ID == who })
}

// lastPlan is the day of the last plan before a day that reached the founder, or
// may have, or 0. A morning with nothing to say left no row, and nothing unsaid.
func lastPlan(b *store.Book, day store.Day) (last store.Day, err error) {
	all, err := b.Deliveries()
	for _, d := range all {
		reached := d.Status == store.Sent || d.Status == store.Uncertain || d.Status == store.Sending
		if d.Notice == store.MorningPlan && reached && d.Day < day {
			last = max(last, d.Day)
		}
	}
	return last, err
}

// item is a commitment with its prospect. One whose prospect's row is damaged is
// still promised, and has no name.
func item(b *store.Book, c store.Commitment) Item {
	i := Item{Commitment: c}
	if c.Prospect == 0 {
		i.Progress = len(c.By)
		return i
	}
	i.Prospect, _ = b.Prospect(c.Prospect)
	i.Prospect.ID = c.Prospect
	return i
}

// byTime puts what has a time first, in its order, then the rest as promised.
func byTime(x, y Item) int {
	a, b := x.Commitment, y.Commitment
	if a.DueAt.IsZero() != b.DueAt.IsZero() {
		if a.DueAt.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.ID, b.ID))
}

func byDueDay(x, y Item) int {
	return cmp.Or(cmp.Compare(x.due(), y.due()), cmp.Compare(x.Commitment.ID, y.Commitment.ID))
}

// WeekProgress is what the ISO week of a day has seen: asks counted as the board
// counts them, calls whether or not they reached anybody, and the no's and yeses that were
// answered in it, whenever they were asked for.
func WeekProgress(b *store.Book, day store.Day) (Progress, error) {
	f, err := b.Founder()
	if err != nil {
		return Progress{}, err
	}
	monday, sunday := day.Monday(), day.Monday()+6
	all, err := b.Activities(monday-store.AnswerWindow, sunday)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{Goals: f.Goals}
	var week []store.Activity
	for _, a := range all {
		switch answered := monday <= a.AnsweredOn && a.AnsweredOn <= sunday; {
		case answered && a.Outcome == store.Lost:
			p.Nos++
		case answered && a.Outcome == store.Won:
			p.Yes++
		}
		if a.OccurredOn < monday {
			continue
		}
		week = append(week, a)
		if a.Kind == store.Call {
			p.Calls++
		}
	}
	p.Asks = store.CountedAsks(week)
	return p, nil
}
