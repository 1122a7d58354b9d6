package store

import "slices"

// Totals is what a team has done over some days, without names.
//
// What they cannot tell: a total is shown only where [PrivacyFloor] founders or
// more are in it, so that none is one founder's own; and where the board names
// some of those in it with their counts, only where taking those away leaves
// nobody or as many again. What is shown side by side is of days that do not
// overlap, so that no two totals can be taken from each other.
//
// What they can tell: who writes the totals down each hour sees when one grows,
// though not by whom; a total that is live cannot hide that. Joined and Active
// are numbers of people, and the floor is theirs alone.
type Totals struct {
	Joined int // founders who use Pitch and have not left
	Active int // of these, who logged something that happened on the days

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
	if f.Gone {
		return
	}
	t.Joined++
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
