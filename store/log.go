package store

import (
	"cmp"
	"errors"
	"slices"
	"time"
)

// BackdatedDays is how many days after it occurred an ask may be logged and
// still count on the board.
const BackdatedDays = 3

// AnswerWindow is how many days back an ask without an answer is still open: an
// answer given today may be to that ask.
const AnswerWindow = 365

// Logged is what logging an activity did.
type Logged struct {
	Activity Activity
	Prospect Prospect
	Added    bool         // the prospect was not known before
	Kept     []Commitment // commitments the activity kept
	Counting []Commitment // commitments it counts towards, still open
	Answered bool         // it answered an ask that was open, and is that ask
}

// Log records an activity with the named prospect, making the prospect if there
// is none. It keeps the commitments the activity matches.
func (b *Book) Log(name string, a Activity) (Logged, error) {
	p, added, err := b.AddProspect(name)
	if err != nil {
		return Logged{}, err
	}
	return b.LogWith(p, added, a)
}

// LogWith is Log for a prospect at hand.
func (b *Book) LogWith(p Prospect, added bool, a Activity) (Logged, error) {
	return b.logWith(p, added, a, 0)
}

// logWith logs what is done of a commitment, or of none in particular.
func (b *Book) logWith(p Prospect, added bool, a Activity, done ID) (Logged, error) {
	id, err := b.rows.NextID()
	if err != nil {
		return Logged{}, err
	}
	a.ID, a.Prospect, a.LoggedAt = id, p.ID, b.Now
	a = b.complete(a)
	if err := errors.Join(b.offered(Activity{}, &a), a.Validate()); err != nil {
		return Logged{}, err
	}
	if err := b.happened(Activity{}, a); err != nil {
		return Logged{}, err
	}
	if err := b.setActivity(a); err != nil {
		return Logged{}, err
	}
	kept, counting, err := b.settle(a, done)
	return Logged{Activity: a, Prospect: p, Added: added, Kept: kept, Counting: counting}, err
}

// happened refuses days that are still to come. Days that were there before may
// stand: a founder who flew west has logged what is tomorrow now.
func (b *Book) happened(old, a Activity) error {
	if a.OccurredOn != old.OccurredOn && a.OccurredOn > b.Today() {
		return invalid("a log is of the past, and %s is not yet", a.OccurredOn)
	}
	if a.AnsweredOn != old.AnsweredOn && a.AnsweredOn > max(b.Today(), a.OccurredOn) {
		return invalid("an answer is of the past, and %s is not yet", a.AnsweredOn)
	}
	return nil
}

// complete fills in what follows from the rest of an activity.
func (b *Book) complete(a Activity) Activity {
	if a.OccurredOn == 0 {
		a.OccurredOn = b.Today()
	}
	if a.Kind == Ask && a.Asked == "" {
		a.Asked = Order
	}
	if a.IsAsk() && a.Outcome == "" {
		a.Outcome = Pending
	}
	if !a.IsAsk() {
		a.Outcome, a.Reason, a.AnsweredOn, a.Until = "", "", 0, 0
	}
	if a.Outcome != Lost {
		a.Reason, a.Also, a.Guessed, a.Change = "", nil, false, ""
	}
	a.Also = slices.DeleteFunc(slices.Clone(a.Also), func(r Reason) bool { return r == a.Reason })
	if a.Reason == "" || len(a.Also) == 0 {
		a.Also = nil
	}
	if a.Outcome == Pending {
		a.Words = "" // of an answer taken back
	}
	if a.Outcome != NotNow {
		a.Until = 0
	}
	switch {
	case a.Outcome == Pending || a.Outcome == "":
		a.AnsweredOn = 0
	case a.AnsweredOn == 0:
		a.AnsweredOn = a.OccurredOn
	}
	a.Backdated = b.late(a, a.LoggedAt)
	return a
}

// late reports whether an activity that came to be known at some moment did so
// too late to count.
func (b *Book) late(a Activity, known time.Time) bool {
	return DayOf(known.In(b.Location()))-a.OccurredOn > BackdatedDays
}

// OpenAsk is the latest ask to the prospect that has no answer yet, or
// ErrNotFound. "Later" stays open until it is answered.
func (b *Book) OpenAsk(prospect ID) (Activity, error) {
	all, err := b.ActivitiesWith(prospect)
	if err != nil {
		return Activity{}, err
	}
	for _, a := range slices.Backward(all) {
		open := a.Outcome == Pending || a.Outcome == NotNow
		if a.IsAsk() && open && b.Today()-a.OccurredOn <= AnswerWindow {
			return a, nil
		}
	}
	return Activity{}, ErrNotFound
}

// Answer gives the latest open ask to the named prospect its outcome. Where no
// ask is open, one with that outcome is recorded: nobody is answered who did not
// ask.
func (b *Book) Answer(name string, answer Activity) (Logged, error) {
	p, added, err := b.AddProspect(name)
	if err != nil {
		return Logged{}, err
	}
	return b.AnswerWith(p, added, answer)
}

// AnswerWith is Answer for a prospect at hand.
func (b *Book) AnswerWith(p Prospect, added bool, answer Activity) (Logged, error) {
	open, err := b.OpenAsk(p.ID)
	switch {
	case errors.Is(err, ErrNotFound):
		answer.Kind = Ask
		return b.LogWith(p, added, answer)
	case err != nil:
		return Logged{}, err
	}
	day := cmp.Or(answer.OccurredOn, b.Today())
	if day < open.OccurredOn {
		day = open.OccurredOn
	}
	a, err := b.EditActivity(open.ID, func(a *Activity) {
		a.Outcome, a.AnsweredOn, a.Until = answer.Outcome, day, answer.Until
		a.Reason, a.Also, a.Guessed, a.Change = answer.Reason, answer.Also, answer.Guessed, answer.Change
		a.Words = cmp.Or(answer.Words, a.Words)
		a.Amount, a.Currency = cmp.Or(answer.Amount, a.Amount), cmp.Or(answer.Currency, a.Currency)
		a.Quantity = cmp.Or(answer.Quantity, a.Quantity)
		a.Note = cmp.Or(answer.Note, a.Note)
	})
	return Logged{Activity: a, Prospect: p, Answered: true}, err
}

// EditActivity changes an activity of the founder's. Its id, and when it was
// logged, stay. The board and the commitments it counted towards follow. What
// becomes an ask only now counts as if it were logged now.
func (b *Book) EditActivity(id ID, edit func(*Activity)) (Activity, error) {
	old, err := b.Activity(id)
	if err != nil {
		return Activity{}, err
	}
	a := old
	edit(&a)
	a.ID, a.LoggedAt = old.ID, old.LoggedAt
	a = b.complete(a)
	switch {
	case a.IsAsk() && !old.IsAsk():
		a.Backdated = b.late(a, b.Now)
	case a.OccurredOn == old.OccurredOn:
		a.Backdated = old.Backdated // whatever zone the founder is in by now
	}
	if err := errors.Join(b.offered(old, &a), a.Validate(), b.happened(old, a)); err != nil {
		return Activity{}, err
	}
	if _, err := b.Prospect(a.Prospect); err != nil {
		return Activity{}, err
	}
	if err := b.setActivity(a); err != nil {
		return Activity{}, err
	}
	if a.Kind == old.Kind && a.Prospect == old.Prospect && a.IsAsk() == old.IsAsk() && a.OccurredOn == old.OccurredOn {
		return a, nil
	}
	if err := b.unsettle(id); err != nil {
		return Activity{}, err
	}
	_, _, err = b.settle(a, 0)
	return a, err
}

// RemoveActivity takes an activity back, and what it kept is open again.
func (b *Book) RemoveActivity(id ID) error {
	if _, err := b.Activity(id); err != nil {
		return err
	}
	if err := b.unsettle(id); err != nil {
		return err
	}
	return b.removeActivity(id)
}

// CountedAsks is how many asks of these count: one per prospect and local day,
// none that was logged too late.
func CountedAsks(activities []Activity) int {
	type slot struct {
		day      Day
		prospect ID
	}
	counted := map[slot]bool{}
	for _, a := range activities {
		if a.IsAsk() && !a.Backdated {
			counted[slot{a.OccurredOn, a.Prospect}] = true
		}
	}
	return len(counted)
}

// countAsks works out the counts of the days whose activities changed.
func (b *Book) countAsks() error {
	days := map[Day]bool{}
	for id, a := range b.out.Activities {
		if old := b.before.Activities[id]; old != nil {
			days[old.OccurredOn] = true
		}
		if a != nil {
			days[a.OccurredOn] = true
		}
	}
	for day := range days {
		all, err := b.Activities(day, day)
		if err != nil {
			return err
		}
		b.out.Asks[day] = CountedAsks(all)
	}
	return nil
}
