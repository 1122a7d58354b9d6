package nudges

import (
	"context"
	"errors"
	"slices"

	"pitch/store"
)

// Leavers is a Messenger that can say who has left. Left reports whether somebody
// is certain to be no founder of the workspace any more; of one who came back
// unnoticed it sees to it that they count as one again.
type Leavers interface {
	Left(ctx context.Context, who store.Owner) (bool, error)
}

// leave sets the daily alarm of a founder who has left, at which it is looked
// whether they are to be forgotten.
func (t *timetable) leave() {
	if !t.f.Gone {
		return
	}
	a, due := t.waiting(func(a store.Alarm) bool { return a.Notice == store.Leave })
	if !due {
		day := t.b.Today() + 1
		a = store.Alarm{
			At: day.At("00:00", t.loc), Notice: store.Leave, Occurrence: "leave/" + day.String(), Day: day, Zone: t.loc.String(),
		}
	}
	t.add(a)
}

// noteGone dates the leaving of a founder of whom only that is known: the time
// until they are forgotten begins when it is looked for.
func noteGone(b *store.Book, f store.Founder, due []store.Alarm) (store.Founder, error) {
	looks := slices.ContainsFunc(due, func(a store.Alarm) bool { return a.Notice == store.Leave })
	if !looks || !f.Gone || !f.GoneAt.IsZero() {
		return f, nil
	}
	f.GoneAt = b.Now
	return f, b.SetFounder(f)
}

// overdue reports whether a founder left so long ago that they are forgotten.
func (n *Nudger) overdue(b *store.Book, f store.Founder) bool {
	return n.forgetAfter > 0 && f.Gone && !f.GoneAt.IsZero() && b.Now.Sub(f.GoneAt) >= n.forgetAfter
}

// forget removes everything about a founder who left long ago. That cannot be
// taken back, so the messenger, if it can tell, is asked first whether they are
// really gone; where it does not know, they are looked at again the next day. Who
// it was is not logged.
func (t *tick) forget(ctx context.Context, owner store.Owner) error {
	if m, can := t.messenger.(Leavers); can {
		left, err := m.Left(ctx, owner)
		if err != nil {
			t.log.Warn("nudges: somebody who left is kept for another day: it is not certain that they did")
			return nil
		}
		if !left {
			return nil
		}
	}
	forgot := false
	err := t.store.Change(ctx, store.Cause{Now: t.clock()}, owner, guarded(func(b *store.Book) error {
		forgot = false
		f, err := b.Founder()
		if errors.Is(err, store.ErrNoFounder) || err == nil && !t.overdue(b, f) {
			return nil
		}
		if err == nil {
			_, err = b.Forget()
			forgot = err == nil
		}
		return err
	}))
	if err == nil && forgot {
		t.log.Info("nudges: forgot somebody who left", "after", t.forgetAfter)
		t.counters.Forgotten(owner)
	}
	return err
}
