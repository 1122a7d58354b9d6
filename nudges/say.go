package nudges

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pitch/store"
)

// Messenger sends what is due. Its context ends with the lease on the delivery:
// a request begun later must not go out. An implementation that waits its turn
// and finds the context over before anything was sent returns a RetryError.
type Messenger interface {
	SendPlan(ctx context.Context, to store.Founder, plan Plan) (Receipt, error)
	SendReminder(ctx context.Context, to store.Founder, r Reminder) (Receipt, error)
	PostBoard(ctx context.Context, team store.TeamID, post BoardPost) (Receipt, error)
}

// Receipt names a message that was posted.
type Receipt struct {
	Channel store.ChannelID
	TS      string
}

// What a Messenger's errors wrap. Any other error counts as ErrUncertain.
var (
	// ErrRetry is returned when it is certain that nothing was posted, and
	// trying again may help. RetryError says when.
	ErrRetry = errors.New("not posted; to be tried again")
	// ErrRefused is returned when Slack will not post the message.
	ErrRefused = errors.New("refused")
	// ErrUncertain is returned when the message may have been posted.
	ErrUncertain = errors.New("may have been posted")
)

// RetryError is an ErrRetry with the least time to wait, as Slack asked.
type RetryError struct {
	After time.Duration
	Err   error // the cause; may be nil
}

// Error names the wait and the cause.
func (e *RetryError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("to be tried again after %s", e.After)
	}
	return fmt.Sprintf("to be tried again after %s: %v", e.After, e.Err)
}

// Is makes a RetryError an ErrRetry.
func (e *RetryError) Is(target error) bool { return target == ErrRetry }

// Unwrap is the cause.
func (e *RetryError) Unwrap() error { return e.Err }

// Plan is a morning plan, or what `/pitch today` shows.
type Plan struct {
	Occurrence string // the key of its delivery
	Day        store.Day
	Late       bool // sent more than LateAfter after its time
	Now        time.Time
	Today      []Item // due that day, by time; counts of the week or month under way
	Overdue    []Item // became overdue since the plan before
	Earlier    []Item // overdue and said before: for `/pitch today`, not for the plan
	Done       []Item // kept that day; only in what DayPlan builds
	Reminding  []Item // due reminders the plan carries; they are in no other list
	Week       Progress
}

// Empty reports whether a plan has nothing to say.
func (p Plan) Empty() bool { return len(p.Today)+len(p.Overdue)+len(p.Reminding) == 0 }

// Item is something to be done: a commitment or, where Commitment is zero, the
// follow-up date of a prospect.
type Item struct {
	Commitment store.Commitment
	Prospect   store.Prospect // zero for counts; without a name where its row cannot be read
	Progress   int            // of a count: how many so far
	Late       bool           // a reminder that comes more than LateAfter after its time
}

// Progress is what an ISO week has seen so far, beside the goals for it.
type Progress struct {
	Asks, Calls, Nos int
	Goals            store.Goals
}

// Reminder lists commitments that are due, the first due first.
type Reminder struct {
	Occurrence string // the key of the first item's delivery
	Items      []Item
	Late       bool // every item is late
	Now        time.Time
}

// BoardPost is a channel's weekly board.
type BoardPost struct {
	Occurrence string
	Channel    store.ChannelID
	Week       store.Day // its Monday
	Standings  store.Standings
	Late       bool
	Now        time.Time
}

// Empty reports whether a board has nobody to name and no total that may be
// shown.
func (p BoardPost) Empty() bool {
	s := p.Standings
	return len(s.Named) == 0 && (s.Off < store.PrivacyFloor || s.OffAsks == 0)
}

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
	kept, err := b.Commitments(store.Kept)
	for _, c := range kept {
		if store.DayOf(c.ClosedAt.In(b.Location())) == day {
			p.Done = append(p.Done, item(b, c))
		}
	}
	return p, err
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
	slices.SortStableFunc(p.Overdue, byDueDay)
	slices.SortStableFunc(p.Earlier, byDueDay)
	if err := p.followUps(b, said); err != nil {
		return p, err
	}
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

// followUpDays is how long a follow-up date that no plan named stays worth
// naming: it bridges a weekend, a few days off, and a founder's first plan.
const followUpDays = 7

// followUps lists the prospects to follow up that day, or since the last plan,
// unless something happened with them since or a commitment says so already.
func (p *Plan) followUps(b *store.Book, said store.Day) error {
	all, err := b.Prospects()
	if err != nil {
		return err
	}
	for _, who := range all {
		on := who.FollowUpOn
		if on == 0 || on > p.Day || on < p.Day && on <= max(said, p.Day-followUpDays) || who.DoNotContact || p.names(who.ID) {
			continue
		}
		touched, err := b.ActivitiesWith(who.ID)
		if err != nil {
			return err
		}
		switch {
		case slices.ContainsFunc(touched, func(a store.Activity) bool { return a.OccurredOn >= on }):
		case on == p.Day:
			p.Today = append(p.Today, Item{Prospect: who})
		default:
			p.Overdue = append(p.Overdue, Item{Prospect: who})
		}
	}
	return nil
}

func (p *Plan) names(who store.ID) bool {
	return slices.ContainsFunc(slices.Concat(p.Today, p.Overdue, p.Earlier), func(i Item) bool { return i.Prospect.ID == who })
}

// carry makes the plan carry reminders, each commitment in one place only.
func (p *Plan) carry(reminding []Item) {
	p.Reminding = reminding
	for _, list := range []*[]Item{&p.Today, &p.Overdue, &p.Earlier} {
		*list = slices.DeleteFunc(*list, func(i Item) bool {
			return i.Commitment.ID != 0 && slices.ContainsFunc(reminding, func(r Item) bool { return r.Commitment.ID == i.Commitment.ID })
		})
	}
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
	return cmp.Or(cmp.Compare(x.Commitment.DueOn, y.Commitment.DueOn), cmp.Compare(x.Commitment.ID, y.Commitment.ID))
}

// WeekProgress is what the ISO week of a day has seen: asks counted as the board
// counts them, calls whether or not they reached anybody, and the no's that were
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
		if a.Outcome == store.Lost && monday <= a.AnsweredOn && a.AnsweredOn <= sunday {
			p.Nos++
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
