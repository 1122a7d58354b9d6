package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"pitch/store"
)

// writes gathers what a change does to the file, rows and indexes, so that
// everything that can fail has been tried before the first of them is made.
type writes struct {
	ops []op
	err error
}

type op struct {
	table table
	key   key
	value []byte // nil removes the key
}

func (w *writes) put(t table, k key, v any) {
	value, err := encode(k, v)
	if err == nil && len(k) > bbolt.MaxKeySize {
		err = fmt.Errorf("%w: a key of %d bytes", store.ErrInvalid, len(k))
	}
	w.fail(err)
	w.ops = append(w.ops, op{t, k, value})
}

func (w *writes) remove(t table, k key) { w.ops = append(w.ops, op{t, k, nil}) }

func (w *writes) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// make writes into tx. An error leaves the transaction half written.
func (w *writes) make(s snapshot) (err error) {
	for _, o := range w.ops {
		if err := o.make(s); err != nil {
			return err
		}
	}
	return nil
}

func (o op) make(s snapshot) (err error) {
	defer s.catch(&err, o.table, o.key)
	if o.value == nil {
		return s.bucket(o.table).Delete(o.key)
	}
	return s.bucket(o.table).Put(o.key, o.value)
}

// plan is what it takes to save a book's changes.
func (r *rows) plan(ch store.Changes, w *writes) {
	if ch.Forgotten {
		w.fail(r.planForgotten(w))
		return
	}
	if ch.Founder != nil {
		r.planFounder(*ch.Founder, w)
	}
	for id, p := range ch.Prospects {
		planRow(w, prospects, r.key.id(id), p)
	}
	for id, a := range ch.Activities {
		r.planActivity(id, a, w)
	}
	for id, c := range ch.Commitments {
		r.planCommitment(id, c, w)
	}
	for channel, b := range ch.Boards {
		r.planBoard(channel, b, w)
	}
	for id, o := range ch.Offers {
		planRow(w, offers, r.key.id(id), o)
	}
	for day, m := range ch.Moods {
		planRow(w, moods, r.key.day(day), m)
	}
	for id, l := range ch.Lines {
		planRow(w, lines, r.key.id(id), l)
	}
	for user, p := range ch.Pairings {
		planRow(w, pairings, teamKey(r.owner.Team).text(string(user)), p)
	}
	for occurrence, d := range ch.Deliveries {
		planRow(w, deliveries, r.key.text(occurrence), d)
	}
	for id, s := range ch.Steps {
		planRow(w, steps, r.key.id(id), s)
	}
	for day, n := range ch.Asks {
		k := teamKey(r.owner.Team).day(day).text(string(r.owner.User))
		planRow(w, asks, k, positive(n))
	}
	if ch.Agenda != nil {
		r.planAgenda(*ch.Agenda, w)
	}
}

func planRow[V any](w *writes, t table, k key, v *V) {
	if v == nil {
		w.remove(t, k)
		return
	}
	w.put(t, k, v)
}

func positive(n int) *int {
	if n <= 0 {
		return nil
	}
	return &n
}

// planFounder also keeps members, by which a board is drawn up without reading
// every founder: true for those on the board, no row for those who left.
func (r *rows) planFounder(f store.Founder, w *writes) {
	w.put(founders, r.key, f)
	if f.Gone && !f.OnBoard {
		w.remove(members, r.key)
		return
	}
	w.put(members, r.key, f.OnBoard)
}

func (r *rows) planActivity(id store.ID, a *store.Activity, w *writes) {
	old, found := before(w, id, r.Activity)
	if found && (a == nil || old.OccurredOn != a.OccurredOn) {
		w.remove(activityDays, r.key.day(old.OccurredOn).id(id))
	}
	if found && (a == nil || old.Prospect != a.Prospect) {
		w.remove(activityWith, r.key.id(old.Prospect).id(id))
	}
	planRow(w, activities, r.key.id(id), a)
	if a != nil {
		w.put(activityDays, r.key.day(a.OccurredOn).id(id), nothing{})
		w.put(activityWith, r.key.id(a.Prospect).id(id), nothing{})
	}
}

func (r *rows) planCommitment(id store.ID, c *store.Commitment, w *writes) {
	k := r.key.id(id)
	planRow(w, commitments, k, c)
	if c != nil && c.Status == store.Open {
		w.put(commitmentsUp, k, nothing{})
	} else {
		w.remove(commitmentsUp, k)
	}
}

// planBoard keeps the index of who turned a board on, whoever that was before.
func (r *rows) planBoard(channel store.ChannelID, b *store.ChannelBoard, w *writes) {
	by := func(user store.UserID) key {
		return ownerKey(store.Owner{Team: r.owner.Team, User: user}).text(string(channel))
	}
	old, found := before(w, channel, r.ChannelBoard)
	if found {
		w.remove(boardsBy, by(old.By))
	}
	planRow(w, boards, teamKey(r.owner.Team).text(string(channel)), b)
	if b != nil {
		w.put(boardsBy, by(b.By), nothing{})
	}
}

// planAgenda keeps the owner's one entry in due: the time of their first alarm.
func (r *rows) planAgenda(a store.Agenda, w *writes) {
	old, err := r.Agenda()
	switch {
	case errors.Is(err, store.ErrDamaged):
		w.fail(r.planNone(due, w))
	case err != nil:
		w.fail(err)
	case len(old.Alarms) > 0:
		w.remove(due, r.dueKey(old))
	}
	w.put(agendas, r.key, a)
	if len(a.Alarms) > 0 {
		w.put(due, r.dueKey(a), nothing{})
	}
}

func (r *rows) dueKey(a store.Agenda) key {
	return append(key(nil).instant(a.Alarms[0].At), r.key...)
}

// planForgotten removes every row that names the owner, readable or not, and
// keeps one number for their team: the highest id that a forgotten founder had.
func (r *rows) planForgotten(w *writes) error {
	own, err := r.lastID(r.key)
	others, err2 := r.lastID(r.nobody())
	err = errors.Join(err, err2, r.planNoBoards(w), r.planNoPartner(w))
	for _, t := range tables() {
		err = errors.Join(err, r.planNone(t, w))
	}
	w.put(ids, r.nobody(), max(own, r.last, others))
	r.forgotten = err == nil
	return err
}

// planNoBoards removes the owner's channel boards, whose keys do not name them.
func (r *rows) planNoBoards(w *writes) error {
	team := slices.Clip(teamKey(r.owner.Team))
	_, err := scan(r.snapshot, boards, team, func(k []byte, b store.ChannelBoard) bool {
		if b.By == r.owner.User {
			w.remove(boards, slices.Clone(k))
		}
		return true
	})
	return errors.Join(err, r.each(boardsBy, r.key, func(k []byte) {
		in := keyReader{rest: k[len(r.key):]}
		w.remove(boards, team.text(in.text()))
	}))
}

// planNoPartner takes the owner out of the rows of those they were introduced to.
func (r *rows) planNoPartner(w *writes) error {
	_, err := scan(r.snapshot, pairings, teamKey(r.owner.Team), func(k []byte, p store.Pairing) bool {
		was := p
		for _, named := range []*store.UserID{&p.With, &p.Last} {
			if *named == r.owner.User {
				*named = ""
			}
		}
		if p != was {
			w.put(pairings, slices.Clone(k), p)
		}
		return true
	})
	return err
}

// planNone removes the owner's rows from a table whose keys name owners. Where
// the keys do not begin with them it goes through the whole team's, or all.
func (r *rows) planNone(t table, w *writes) error {
	if !slices.Contains(t.key, partUser) {
		return nil
	}
	prefix := key(nil)
	switch {
	case slices.Equal(t.key[:2], []part{partTeam, partUser}):
		prefix = r.key
	case t.key[0] == partTeam:
		prefix = teamKey(r.owner.Team)
	}
	return r.each(t, prefix, func(k []byte) {
		if t.owner(k) == r.owner {
			w.remove(t, slices.Clone(k))
		}
	})
}

// each calls do with the keys of a table that begin with prefix, whether or not
// their rows can be read.
func (r *rows) each(t table, prefix key, do func(k []byte)) (err error) {
	defer r.catch(&err, t, prefix)
	c := r.bucket(t).Cursor()
	for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		do(k)
	}
	return nil
}

// before is the row a change replaces, if there is one.
func before[K, V any](w *writes, of K, read func(K) (V, error)) (old V, found bool) {
	old, err := read(of)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		w.fail(err)
	}
	return old, err == nil
}
