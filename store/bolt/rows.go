package bolt

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"pitch/store"
)

// rows is one owner's rows: the store.Rows a Book reads through.
type rows struct {
	snapshot
	owner store.Owner
	key   key // the owner's, which every key of theirs begins with

	last   store.ID // the latest id handed out or read; 0 is not read yet
	handed bool     // ids were handed out, and have to be saved

	forgotten bool // the owner is; their team's number says which ids were theirs
}

func newRows(s snapshot, owner store.Owner) *rows {
	return &rows{snapshot: s, owner: owner, key: slices.Clip(ownerKey(owner))}
}

func (r *rows) Founder() (store.Founder, error) {
	f, err := get[store.Founder](r.snapshot, founders, r.key)
	if errors.Is(err, store.ErrNotFound) {
		return f, store.ErrNoFounder
	}
	f.Owner = r.owner
	return f, err
}

func (r *rows) Prospect(id store.ID) (store.Prospect, error) {
	return get[store.Prospect](r.snapshot, prospects, r.key.id(id))
}

func (r *rows) Prospects() ([]store.Prospect, error) {
	return list[store.Prospect](r.snapshot, prospects, r.key)
}

func (r *rows) Activity(id store.ID) (store.Activity, error) {
	return get[store.Activity](r.snapshot, activities, r.key.id(id))
}

// Activities reads the index by day only where that spares rows; where the index
// is damaged it goes through all of them.
func (r *rows) Activities(from, to store.Day) ([]store.Activity, error) {
	if from == 0 && to == 0 {
		return r.activitiesWhere(func(store.Activity) bool { return true })
	}
	start := r.key
	if from != 0 {
		start = r.key.day(from)
	}
	var found []store.ID
	bad, err := scanFrom(r.snapshot, activityDays, start, r.key, func(k []byte, _ nothing) bool {
		in := keyReader{rest: k[len(r.key):]}
		if day := in.day(); to != 0 && day > to {
			return false
		}
		found = append(found, in.id())
		return true
	})
	if bad == 0 && err == nil {
		return rowsOf[store.Activity](r, activities, found)
	}
	return r.activitiesWhere(func(a store.Activity) bool {
		return (from == 0 || a.OccurredOn >= from) && (to == 0 || a.OccurredOn <= to)
	})
}

func (r *rows) activitiesWhere(keep func(store.Activity) bool) ([]store.Activity, error) {
	all, err := list[store.Activity](r.snapshot, activities, r.key)
	all = slices.DeleteFunc(all, func(a store.Activity) bool { return !keep(a) })
	slices.SortStableFunc(all, func(a, b store.Activity) int { return cmp.Compare(a.OccurredOn, b.OccurredOn) })
	return all, err
}

func (r *rows) ActivitiesWith(prospect store.ID) ([]store.Activity, error) {
	found, sound := r.indexed(activityWith, r.key.id(prospect))
	if sound {
		return rowsOf[store.Activity](r, activities, found)
	}
	all, err := list[store.Activity](r.snapshot, activities, r.key)
	return slices.DeleteFunc(all, func(a store.Activity) bool { return a.Prospect != prospect }), err
}

func (r *rows) Commitment(id store.ID) (store.Commitment, error) {
	return get[store.Commitment](r.snapshot, commitments, r.key.id(id))
}

func (r *rows) Commitments(status store.Status) ([]store.Commitment, error) {
	if status == store.Open {
		if found, sound := r.indexed(commitmentsUp, r.key); sound {
			return rowsOf[store.Commitment](r, commitments, found)
		}
	}
	all, err := list[store.Commitment](r.snapshot, commitments, r.key)
	return slices.DeleteFunc(all, func(c store.Commitment) bool { return status != "" && c.Status != status }), err
}

// indexed is the ids at the end of an index's keys, and whether it was sound.
func (r *rows) indexed(index table, prefix key) (found []store.ID, sound bool) {
	bad, err := scan(r.snapshot, index, prefix, func(k []byte, _ nothing) bool {
		in := keyReader{rest: k[len(prefix):]}
		found = append(found, in.id())
		return true
	})
	return found, bad == 0 && err == nil
}

// rowsOf is the owner's rows with these ids, without the damaged ones.
func rowsOf[V any](r *rows, t table, found []store.ID) (all []V, err error) {
	all = make([]V, 0, len(found))
	for _, id := range found {
		v, err := get[V](r.snapshot, t, r.key.id(id))
		switch {
		case err == nil:
			all = append(all, v)
		case errors.Is(err, store.ErrNotFound):
			r.report(damaged(t, r.key.id(id), "an index names it, and it is not there"))
		}
	}
	return all, nil
}

func (r *rows) ChannelBoard(channel store.ChannelID) (store.ChannelBoard, error) {
	return get[store.ChannelBoard](r.snapshot, boards, teamKey(r.owner.Team).text(string(channel)))
}

func (r *rows) ChannelBoards() (all []store.ChannelBoard, err error) {
	_, err = scan(r.snapshot, boardsBy, r.key, func(k []byte, _ nothing) bool {
		in := keyReader{rest: k[len(r.key):]}
		if b, err := r.ChannelBoard(store.ChannelID(in.text())); err == nil {
			all = append(all, b)
		}
		return true
	})
	return all, err
}

func (r *rows) Offer(id store.ID) (store.Offer, error) {
	return get[store.Offer](r.snapshot, offers, r.key.id(id))
}

func (r *rows) Offers() ([]store.Offer, error) { return list[store.Offer](r.snapshot, offers, r.key) }

func (r *rows) Mood(day store.Day) (store.Mood, error) {
	return get[store.Mood](r.snapshot, moods, r.key.day(day))
}

func (r *rows) Moods() ([]store.Mood, error) { return list[store.Mood](r.snapshot, moods, r.key) }

func (r *rows) Line(id store.ID) (store.Line, error) {
	return get[store.Line](r.snapshot, lines, r.key.id(id))
}

func (r *rows) Lines() ([]store.Line, error) { return list[store.Line](r.snapshot, lines, r.key) }

func (r *rows) Pairing(user store.UserID) (store.Pairing, error) {
	return get[store.Pairing](r.snapshot, pairings, teamKey(r.owner.Team).text(string(user)))
}

func (r *rows) Pairings() ([]store.Pairing, error) {
	return list[store.Pairing](r.snapshot, pairings, teamKey(r.owner.Team))
}

func (r *rows) Delivery(occurrence string) (store.Delivery, error) {
	return get[store.Delivery](r.snapshot, deliveries, r.key.text(occurrence))
}

func (r *rows) Deliveries() ([]store.Delivery, error) {
	return list[store.Delivery](r.snapshot, deliveries, r.key)
}

func (r *rows) Agenda() (store.Agenda, error) {
	a, err := get[store.Agenda](r.snapshot, agendas, r.key)
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return a, err
}

func (r *rows) Step(id store.ID) (store.Step, error) {
	return get[store.Step](r.snapshot, steps, r.key.id(id))
}

func (r *rows) Steps() ([]store.Step, error) {
	return list[store.Step](r.snapshot, steps, r.key)
}

func (r *rows) StepIDs() ([]store.ID, error) { return r.idsIn(steps) }

// NextID counts up from the owner's row in ids. In a View nothing is saved, so
// there the numbers are provisional.
func (r *rows) NextID() (store.ID, error) {
	saved, err := r.lastID(r.key)
	if err != nil {
		return 0, err
	}
	r.last = max(r.last, saved) + 1
	r.handed = true
	return r.last, nil
}

// nobody is the key that stands for a team's forgotten founders.
func (r *rows) nobody() key { return ownerKey(store.Owner{Team: r.owner.Team}) }

// lastID is the latest id handed out to an owner or, to somebody who has none
// yet, to those of the team who were forgotten: one of them who comes back does
// not get the ids that buttons of old messages name.
func (r *rows) lastID(of key) (store.ID, error) {
	saved, err := get[store.ID](r.snapshot, ids, of)
	switch {
	case errors.Is(err, store.ErrDamaged):
		return r.beyond()
	case !errors.Is(err, store.ErrNotFound):
		return saved, err
	}
	if bytes.Equal(of, r.nobody()) {
		return 0, nil
	}
	return r.lastID(r.nobody())
}

// leap is far more ids than anybody hands out to changes that came to nothing.
const leap = 1 << 20

// beyond is an id that was certainly not handed out yet, for an owner whose own
// counter is damaged.
func (r *rows) beyond() (store.ID, error) {
	highest := store.ID(0)
	for _, t := range []table{prospects, activities, commitments, offers, lines, steps} {
		found, err := r.idsIn(t)
		if err != nil {
			return 0, err
		}
		if len(found) > 0 {
			highest = max(highest, slices.Max(found))
		}
	}
	return highest + leap, nil
}

// idsIn is the owner's ids in a table, from the keys alone.
func (r *rows) idsIn(t table) (found []store.ID, err error) {
	err = r.each(t, r.key, func(k []byte) {
		in := keyReader{rest: k[len(r.key):]}
		found = append(found, in.id())
	})
	return found, err
}
