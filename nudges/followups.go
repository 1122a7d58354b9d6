package nudges

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pitch/store"
)

// followUpsAhead is how many follow-up dates are in an agenda at a time, the
// nearest first: more than come up while Pitch is away, and few enough to write
// with every change.
const followUpsAhead = 100

// followUpsKnown is how many days back asks and follow-up dates are looked at: as
// long as an ask may be answered. What is older was let lie.
const followUpsKnown = store.AnswerWindow

// FollowUps are the days to follow up with a prospect that nothing has happened
// on or since, the earliest first: their follow-up date, and the day until which
// they put off the last ask. touch is the last that happened with them and ask
// the last ask; both are zero where there is none.
func FollowUps(p store.Prospect, touch, ask store.Activity) (days []store.Day) {
	until := store.Day(0)
	if ask.Outcome == store.NotNow {
		until = ask.Until
	}
	for _, on := range []store.Day{min(p.FollowUpOn, until), max(p.FollowUpOn, until)} {
		if on != 0 && touch.OccurredOn < on && !slices.Contains(days, on) {
			days = append(days, on)
		}
	}
	return days
}

// following is a prospect and the days to follow up with them.
type following struct {
	store.Prospect
	on []store.Day
}

// followings are the prospects that have such days and may be named.
func followings(b *store.Book) (all []following, err error) {
	prospects, err := b.Prospects()
	if err != nil {
		return nil, err
	}
	since := b.Today() - followUpsKnown
	happened, err := b.Activities(since, 0)
	if err != nil {
		return nil, err
	}
	touch, ask := map[store.ID]store.Activity{}, map[store.ID]store.Activity{}
	for _, a := range happened {
		touch[a.Prospect] = a
		if a.IsAsk() {
			ask[a.Prospect] = a
		}
	}
	for _, p := range prospects {
		on := slices.DeleteFunc(FollowUps(p, touch[p.ID], ask[p.ID]), func(d store.Day) bool { return d < since })
		if len(on) > 0 && !p.DoNotContact {
			all = append(all, following{p, on})
		}
	}
	return all, nil
}

// followUpsOf is the following of one prospect.
func followUpsOf(b *store.Book, p store.Prospect) (following, error) {
	with, err := b.ActivitiesWith(p.ID)
	var touch, ask store.Activity
	for _, a := range with {
		touch = a
		if a.IsAsk() {
			ask = a
		}
	}
	return following{p, FollowUps(p, touch, ask)}, err
}

// followUps sets the alarms of the follow-up dates that no plan says.
func (t *timetable) followUps() error {
	if !told(t.f) {
		return nil
	}
	all, err := followings(t.b)
	if err != nil {
		return err
	}
	var ahead []store.Alarm
	for _, p := range all {
		for _, on := range p.on {
			if a, ok := followUp(t.f, p.ID, on, t.loc); ok && (a.At.After(t.b.Now) || t.knew(a.Occurrence)) {
				ahead = append(ahead, a)
			}
		}
	}
	slices.SortFunc(ahead, func(x, y store.Alarm) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Prospect, y.Prospect))
	})
	for _, a := range ahead[:min(len(ahead), followUpsAhead)] {
		if err := t.addUnlessSaid(a); err != nil {
			return err
		}
	}
	return nil
}

// told reports whether a founder is told what is due without having asked for it
// by name: they chose reminders, and are not gone.
func told(f store.Founder) bool {
	return !f.Stopped && !f.Gone && (f.Reminders == store.EveryMorning || f.Reminders == store.OnlyDue)
}

// followUp is the alarm of a day to follow up with a prospect, unless a plan says
// it. What falls on days off comes the morning after them.
func followUp(f store.Founder, who store.ID, on store.Day, loc *time.Location) (store.Alarm, bool) {
	day := on
	for f.Off(day) {
		day++
	}
	return store.Alarm{
		At: day.At(morning(f), loc), Notice: store.DueReminder, Day: day, Prospect: who,
		Occurrence: fmt.Sprintf("follow/%d/%s", who, on),
	}, told(f) && !plans().has(f, day)
}

// followedUp is the day that a delivery reminds of, as its key has it; one that
// cannot be read is the day of the delivery.
func followedUp(row store.Delivery) store.Day {
	on, err := store.ParseDay(row.Occurrence[strings.LastIndexByte(row.Occurrence, '/')+1:])
	if err != nil {
		return row.Day
	}
	return on
}

// followUpDue is a follow-up date that a delivery reminds of. It is of no use
// where the date was changed, something happened since, or an open commitment to
// the prospect is due as well.
func (c *claim) followUpDue(row store.Delivery) (i Item, useful bool, err error) {
	p, err := c.b.Prospect(row.Prospect)
	if err != nil {
		return i, false, gone(err)
	}
	on := followedUp(row)
	a, wanted := followUp(c.f, p.ID, on, c.loc)
	if !wanted || a.Occurrence != row.Occurrence || p.DoNotContact {
		return i, false, nil
	}
	f, err := followUpsOf(c.b, p)
	if err != nil || !slices.Contains(f.on, on) {
		return i, false, err
	}
	open, err := c.b.Commitments(store.Open)
	promised := slices.ContainsFunc(open, func(o store.Commitment) bool {
		return o.Prospect == p.ID && o.DueOn != 0 && o.DueOn <= c.b.Today()
	})
	return Item{Prospect: p, On: on}, !promised, err
}

// dueItem is what a reminder was about, as it stands now; ok is false where that
// is no more.
func dueItem(b *store.Book, row store.Delivery) (i Item, ok bool, err error) {
	if row.Prospect == 0 {
		c, err := b.Commitment(row.Commitment)
		if err != nil {
			return i, false, gone(err)
		}
		i = item(b, c)
		i.Late = late(b, row)
		return i, true, nil
	}
	p, err := b.Prospect(row.Prospect)
	if err != nil {
		return i, false, gone(err)
	}
	i = Item{Prospect: p, On: followedUp(row), Late: late(b, row)}
	i.Followed, err = followed(b, p.ID, i.On)
	return i, true, err
}

// followed is when something was logged that happened with a prospect on a day,
// or since; the zero time where nothing was.
func followed(b *store.Book, who store.ID, on store.Day) (time.Time, error) {
	touched, err := b.ActivitiesWith(who)
	for _, a := range touched {
		if a.OccurredOn >= on {
			return a.LoggedAt, err
		}
	}
	return time.Time{}, err
}
