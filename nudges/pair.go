package nudges

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"pitch/store"
)

// Pair introduces those who want a partner to each other for an ISO week, and
// gives the pairings that changed, by user. The same list gives the same pairs.
//
//   - Who skips the week, or has a partner for it already, is left as they are. Who
//     sat it out so far, or whose partner can't, is paired if somebody else is free.
//   - Nobody gets last week's partner again. Where there is nobody else — there are
//     only two, say — they sit the week out, so that two meet every second week.
//   - Of an odd number one sits out, and not one who did last week if another can.
//   - Beyond that, somebody new is preferred to the partner before.
func Pair(week string, all []store.Pairing) []store.Pairing {
	m := matching{week: week, last: weekBefore(week)}
	for _, p := range all {
		if !p.Meets(week) && p.Skip != week && p.Week <= week {
			m.free = append(m.free, p)
		}
	}
	slices.SortFunc(m.free, func(a, b store.Pairing) int {
		return cmp.Or(cmp.Compare(shuffled(week, a.User), shuffled(week, b.User)), cmp.Compare(a.User, b.User))
	})
	var out []store.Pairing
	pair := func(p store.Pairing, with store.UserID) {
		if is := paired(week, p, with); is != p {
			out = append(out, is)
		}
	}
	for _, at := range m.pairs() {
		a := m.free[at[0]]
		switch {
		case at[1] == alone:
			pair(a, "")
		case m.cost(at) >= repeated:
			pair(a, "")
			pair(m.free[at[1]], "")
		default:
			b := m.free[at[1]]
			pair(a, b.User)
			pair(b, a.User)
		}
	}
	slices.SortFunc(out, func(a, b store.Pairing) int { return cmp.Compare(a.User, b.User) })
	return out
}

// paired is a founder's pairing of a week; Last keeps who they met last.
func paired(week string, p store.Pairing, with store.UserID) store.Pairing {
	p.Last = met(p)
	p.With, p.Week, p.Off = with, week, false
	return p
}

// met is who a founder met last, as far as that is remembered.
func met(p store.Pairing) store.UserID {
	if p.Off {
		return p.Last
	}
	return cmp.Or(p.With, p.Last)
}

// shuffled orders users differently each week.
func shuffled(week string, user store.UserID) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\n%s", week, user)
	return h.Sum64()
}

// What a pair costs.
const (
	repeated = 1 << 20 // last week's partner, or sitting out again
	earlier  = 1       // the partner before, or one that could not meet
)

// alone is in the place of the partner of who sits out.
const alone = -1

// matching looks for cheap pairs of those who are free.
type matching struct {
	free []store.Pairing
	week string
	last string // the week before
}

// cost is that of a pair of indexes in free.
func (m matching) cost(at [2]int) (cost int) {
	a := m.free[at[0]]
	if at[1] == alone {
		if a.Week == m.last && !a.Meets(a.Week) {
			return repeated
		}
		return 0
	}
	b := m.free[at[1]]
	return m.dislike(a, b) + m.dislike(b, a)
}

func (m matching) dislike(a, b store.Pairing) int {
	switch {
	case met(a) == b.User && (a.Week == m.week || a.Week == m.last && a.With == b.User):
		return repeated
	case met(a) == b.User || a.With == b.User:
		return earlier
	}
	return 0
}

// pairs puts neighbours together, the one left over alone, and then exchanges
// partners between any two pairs as long as that gets cheaper.
func (m matching) pairs() (all [][2]int) {
	for i := 0; i < len(m.free); i += 2 {
		all = append(all, [2]int{i, i + 1})
	}
	if len(m.free)%2 == 1 {
		all[len(all)-1][1] = alone
	}
	for better := true; better; {
		better = false
		for i := range all {
			for j := range i {
				better = m.exchange(&all[i], &all[j]) || better
			}
		}
	}
	return all
}

// exchange lets two pairs change partners where that is cheaper; who sits out
// may change with it.
func (m matching) exchange(p, q *[2]int) bool {
	now := m.cost(*p) + m.cost(*q)
	if now == 0 {
		return false
	}
	if p[1] == alone {
		p, q = q, p
	}
	for _, other := range [][2][2]int{{{p[0], q[0]}, {p[1], q[1]}}, {{p[1], q[0]}, {p[0], q[1]}}} {
		if m.cost(other[0])+m.cost(other[1]) < now {
			*p, *q = other[0], other[1]
			return true
		}
	}
	return false
}

// weekBefore is the name of the ISO week before one; "" of what is none.
func weekBefore(week string) string {
	var year, n int
	if _, err := fmt.Sscanf(week, "%d-W%d", &year, &n); err != nil {
		return ""
	}
	return (store.Date(year, 1, 4).Monday() + store.Day(7*(n-2))).ISOWeek()
}
