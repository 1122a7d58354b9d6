package store

import "slices"

// Totals is what a team has done over some days, without names.
//
// What they cannot tell: a total is shown only where [PrivacyFloor] founders or
// more are in it, so that none is one founder's own; and where the board names
// some of those in it with their counts, only where taking those away leaves
// nobody or as many again. It is said in whole fives ([Total.AtLeast]), of whole
// weeks that are over, each by itself: no two share a day, so that nothing is left
// when one is taken from others. Who leaves the team stays in the weeks they were
// there, and what is logged more than [FollowedWithin] days after a week is not in
// it, so that a week's totals come to rest.
//
// What they can tell: who writes them down each hour sees when one passes the next
// five, and may guess whose work that was. Until a week is at rest that happens by
// itself; later only when somebody edits an old entry, or has Pitch forget them.
// Joined is a number of people, told exactly.
type Totals struct {
	Joined int // founders who use Pitch and have not left
	Active int // who logged something that happened on the days, with those who left since

	Asks       Total // that count, as on the board
	WithAsk    Total // conversations that asked, or were followed by an ask
	WithoutAsk Total // conversations that did not
}

// Total is a number that several founders make up together.
type Total struct {
	N        int
	Founders int // who are in it with one or more
	Named    int // of these, whose own number the board shows beside their name
}

// Shown reports whether the total may be shown to anybody.
func (t Total) Shown() bool {
	rest := t.Founders - t.Named
	return t.Founders >= PrivacyFloor && (rest == 0 || rest >= PrivacyFloor)
}

// AtLeast is the total in whole fives, as far as it is told: one founder more or
// less in it hardly ever shows.
func (t Total) AtLeast() int { return InFives(t.N) }

// InFives is the largest multiple of [PrivacyFloor] up to n.
func InFives(n int) int { return n - n%PrivacyFloor }

func (t *Total) add(n int, named bool) {
	if n == 0 {
		return
	}
	t.N += n
	t.Founders++
	if named {
		t.Named++
	}
}

// Add is for engines: it counts a founder in, with their activities from one day
// to another, both included, and those of the [FollowedWithin] days after them.
func (t *Totals) Add(f Founder, activities []Activity, from, to Day) {
	if !f.Gone {
		t.Joined++
	}
	if to != 0 {
		activities = slices.DeleteFunc(slices.Clone(activities), func(a Activity) bool { return DayOf(a.LoggedAt) > to+FollowedWithin })
	}
	inside := slices.DeleteFunc(slices.Clone(activities), func(a Activity) bool { return a.OccurredOn < from || a.OccurredOn > to })
	if len(inside) == 0 {
		return
	}
	t.Active++
	t.Asks.add(CountedAsks(inside), f.OnBoard)
	with, without, asked := 0, 0, AskDaysOf(activities)
	for _, a := range inside {
		switch {
		case !a.IsConversation():
		case asked.Follow(a):
			with++
		default:
			without++
		}
	}
	t.WithAsk.add(with, false)
	t.WithoutAsk.add(without, false)
}

// FollowedWithin is how many days after a conversation an ask to that prospect
// still belongs to it.
const FollowedWithin = 10

// AskDays are the days on which each prospect was asked, in order.
type AskDays map[ID][]Day

// AskDaysOf are the days of the asks among activities.
func AskDaysOf(activities []Activity) AskDays {
	all := AskDays{}
	for i := range activities {
		if a := &activities[i]; a.IsAsk() {
			all[a.Prospect] = append(all[a.Prospect], a.OccurredOn)
		}
	}
	for _, days := range all {
		slices.Sort(days)
	}
	return all
}

// Follow reports whether a conversation asked or was followed by an ask. One on
// its own day counts whichever was logged first: only days are known.
func (d AskDays) Follow(a Activity) bool {
	days := d[a.Prospect]
	i, _ := slices.BinarySearch(days, a.OccurredOn)
	return i < len(days) && days[i] <= a.OccurredOn+FollowedWithin
}
