package bolt

import (
	"context"
	"fmt"
	"slices"

	"pitch/store"
)

// Check reads every row and compares rows with their indexes. It calls each with
// every fault it finds, an error that is store.ErrDamaged and names the row. The
// error it returns is of the checking itself.
func (s *Store) Check(ctx context.Context, each func(error)) error {
	return s.read(ctx, func(snap snapshot) error {
		snap.report = each
		c := checker{snap}
		for _, t := range tables() {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := c.table(t); err != nil {
				each(err)
			}
		}
		return nil
	})
}

type checker struct{ snapshot }

// table checks each row of a table, whatever its kind.
func (c checker) table(t table) (err error) {
	defer c.catch(&err, t, nil)
	cursor := c.bucket(t).Cursor()
	var last []byte
	for k, raw := cursor.First(); k != nil; k, raw = cursor.Next() {
		if last != nil && string(last) >= string(k) {
			c.report(damaged(t, k, "out of order"))
		}
		last = append(last[:0], k...)
		if _, err := unseal(k, raw); err != nil {
			c.report(damaged(t, k, err))
			continue
		}
		c.row(t, k, raw)
	}
	return nil
}

// row checks that a row's key is of its table, that its body reads, and that what
// it refers to is there.
func (c checker) row(t table, k, raw []byte) {
	in := keyReader{rest: k}
	for _, p := range t.key {
		in.element(p)
	}
	if !in.ok() {
		c.report(damaged(t, k, "not a key of this table"))
		return
	}
	in = keyReader{rest: k}
	switch t.name {
	case founders.name:
		c.founder(k, raw, in)
	case activities.name:
		c.activity(k, raw, in)
	case activityDays.name, activityWith.name:
		owner := ownerKey(in.owner())
		in.fixed(t.key[2].tag)
		c.has(t, k, activities, owner.id(in.id()))
	case commitments.name:
		var v store.Commitment
		if c.reads(t, k, raw, &v) {
			c.agree(t, k, v.Status == store.Open, commitmentsUp, k)
		}
	case commitmentsUp.name:
		c.has(t, k, commitments, k)
	case agendas.name:
		var v store.Agenda
		if c.reads(t, k, raw, &v) && len(v.Alarms) > 0 {
			c.has(t, k, due, append(key(nil).instant(v.Alarms[0].At), k...))
		}
	case due.name:
		c.dueRow(k, in)
	case boards.name:
		var v store.ChannelBoard
		if c.reads(t, k, raw, &v) {
			team := store.TeamID(in.text())
			c.has(t, k, boardsBy, ownerKey(store.Owner{Team: team, User: v.By}).text(in.text()))
		}
	case boardsBy.name:
		team := in.owner().Team
		c.has(t, k, boards, teamKey(team).text(in.text()))
	default:
		c.plain(t, k, raw, in)
	}
}

// plain checks the rows that have no index, or few.
func (c checker) plain(t table, k, raw []byte, in keyReader) {
	switch t.name {
	case prospects.name:
		c.reads(t, k, raw, new(store.Prospect))
	case offers.name:
		c.reads(t, k, raw, new(store.Offer))
	case moods.name:
		c.reads(t, k, raw, new(store.Mood))
	case lines.name:
		c.reads(t, k, raw, new(store.Line))
	case pairings.name:
		if c.reads(t, k, raw, new(store.Pairing)) {
			c.has(t, k, founders, k)
		}
	case steps.name:
		c.reads(t, k, raw, new(store.Step))
	case deliveries.name:
		c.reads(t, k, raw, new(store.Delivery))
	case ids.name:
		c.reads(t, k, raw, new(store.ID))
	case members.name:
		if c.reads(t, k, raw, new(bool)) {
			c.has(t, k, founders, k)
		}
	case asks.name:
		c.counted(k, raw, in)
	case seen.name:
		var v causeSeen
		if c.reads(t, k, raw, &v) {
			c.has(t, k, seenAt, key(nil).instant(v.At).text(in.text()))
		}
	case seenAt.name:
		in.instant()
		c.has(t, k, seen, key(nil).text(in.text()))
	}
}

func (c checker) founder(k, raw []byte, in keyReader) {
	var f store.Founder
	if !c.reads(founders, k, raw, &f) {
		return
	}
	c.agree(founders, k, f.OnBoard || !f.Gone, members, k)
	if on, err := get[bool](c.snapshot, members, k); err == nil && on != f.OnBoard {
		c.report(damaged(members, k, "does not say what the founder's row says"))
	}
}

func (c checker) activity(k, raw []byte, in keyReader) {
	var a store.Activity
	if !c.reads(activities, k, raw, &a) {
		return
	}
	owner := slices.Clip(ownerKey(in.owner()))
	c.has(activities, k, activityDays, owner.day(a.OccurredOn).id(in.id()))
	c.has(activities, k, activityWith, owner.id(a.Prospect).id(a.ID))
}

// dueRow checks that an entry in due is that of its owner's agenda.
func (c checker) dueRow(k []byte, in keyReader) {
	at := in.instant()
	a, err := newRows(c.snapshot, in.owner()).Agenda()
	if err == nil && (len(a.Alarms) == 0 || !a.Alarms[0].At.Equal(at)) {
		c.report(damaged(due, k, "is not the first alarm of the agenda"))
	}
}

// counted checks a day's count of asks against what was logged.
func (c checker) counted(k, raw []byte, in keyReader) {
	var n int
	if !c.reads(asks, k, raw, &n) {
		return
	}
	team, day, user := store.TeamID(in.text()), in.day(), store.UserID(in.text())
	all, err := newRows(c.snapshot, store.Owner{Team: team, User: user}).Activities(day, day)
	if is := store.CountedAsks(all); err == nil && is != n {
		c.report(damaged(asks, k, fmt.Sprintf("says %d asks, there are %d", n, is)))
	}
}

// reads reports whether a row's body is of its kind; where it is not, it has
// told.
func (c checker) reads(t table, k, raw []byte, v any) bool {
	err := decode(t, k, raw, &v)
	if err != nil {
		c.report(err)
	}
	return err == nil
}

// has checks that what a row implies is there.
func (c checker) has(t table, k []byte, other table, at key) { c.agree(t, k, true, other, at) }

// agree checks that another row is there, or is not, as a row says.
func (c checker) agree(t table, k []byte, want bool, other table, at key) {
	if there := c.bucket(other).Get(at) != nil; there != want {
		c.report(damaged(t, k, fmt.Sprintf("and %s do not agree", other.describe(at))))
	}
}
