package nudges

import (
	"cmp"
	"slices"
	"time"

	"pitch/store"
)

// Letter is one message to a founder: what is due together is said together.
type Letter struct {
	Now    time.Time
	Plan   *Plan   // nil where no plan is due, or it has nothing to say; so are
	Recap  *Recap  // the recap,
	Review *Review // and the weekly digest
	// Partner is the week's introduction; nil where none is due, or there is
	// nobody and nothing else to say.
	Partner *Partner
	// Reminders are commitments and follow-up dates that are due, the first due
	// first. They are in no list of the plan and the recap.
	Reminders []Item
	// Reasons are the no's whose reason the plan or the recap asks for, and Likely
	// the reasons this founder hears most.
	Reasons []Entry
	Likely  []store.Reason
	Line    *store.Line // the coach line, said last; nil is none
}

// Late reports whether everything in a letter of reminders alone is late.
func (l Letter) Late() bool {
	return !slices.ContainsFunc(l.Reminders, func(i Item) bool { return !i.Late })
}

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
	Week       Progress
}

// Empty reports whether a plan lists nothing.
func (p Plan) Empty() bool { return len(p.Today)+len(p.Overdue) == 0 }

// Recap closes a day.
type Recap struct {
	Day     store.Day
	Late    bool
	Open    []Item  // still open of the day
	Unasked []Entry // conversations of the day without an ask, one for a prospect
	Planned []Item  // asks promised to whom the founder talked that day
	Done    []Item  // kept that day
}

// Empty reports whether a recap lists nothing to settle.
func (r Recap) Empty() bool { return len(r.Open)+len(r.Unasked) == 0 }

// Item is something to be done: a commitment or, where Commitment is zero, the
// follow-up date of a prospect.
type Item struct {
	Commitment store.Commitment
	Prospect   store.Prospect // zero for counts; without a name where its row cannot be read
	On         store.Day      // the follow-up date; 0 of a commitment
	Progress   int            // of a count: how many so far
	Late       bool           // a reminder that comes more than LateAfter after its time
	Followed   time.Time      // of a follow-up date that was kept to: when that was logged
}

// due is the day of an item; 0 is none.
func (i Item) due() store.Day { return cmp.Or(i.On, i.Commitment.DueOn) }

// same reports whether two items are of one commitment or follow-up date.
func (i Item) same(other Item) bool {
	if i.Commitment.ID != 0 || other.Commitment.ID != 0 {
		return i.Commitment.ID == other.Commitment.ID
	}
	return i.Prospect.ID == other.Prospect.ID
}

// Closed is when what the item is about was done, or let go; zero while it is
// open.
func (i Item) Closed() time.Time {
	if i.Commitment.ID == 0 {
		return i.Followed
	}
	return i.Commitment.ClosedAt
}

// without is a list without what reminders say already.
func without(list, reminders []Item) []Item {
	return slices.DeleteFunc(list, func(i Item) bool { return slices.ContainsFunc(reminders, i.same) })
}

// Entry is something that was logged, and with whom.
type Entry struct {
	Activity store.Activity
	Prospect store.Prospect
}

// Progress is what an ISO week has seen so far, beside the goals for it.
type Progress struct {
	Asks, Calls, Nos int
	Yes              int // no goal is set for them
	Goals            store.Goals
}

// Rewrite is a letter that was sent as it reads now, from the rows of its
// message. What a plan or a recap lists is in no reminder of it.
func Rewrite(b *store.Book, rows []store.Delivery) (Letter, error) {
	l := Letter{Now: b.Now}
	for _, r := range rounds() {
		for _, row := range rows {
			if row.Notice != r.notice {
				continue
			}
			if _, err := r.write(b, &l, &row); err != nil {
				return l, err
			}
		}
	}
	if l.Plan != nil || l.Recap != nil {
		return l, nil
	}
	for _, row := range slices.SortedFunc(slices.Values(rows), byIntended) {
		if row.Notice != store.DueReminder {
			continue
		}
		if i, ok, err := dueItem(b, row); err != nil {
			return l, err
		} else if ok {
			l.Reminders = append(l.Reminders, i)
		}
	}
	return l, nil
}
