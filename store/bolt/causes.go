package bolt

import (
	"crypto/sha256"
	"errors"
	"time"

	"pitch/store"
)

// causeSeen is the row of a cause: when it was first dealt with.
type causeSeen struct {
	At time.Time `json:"at"`
}

// pruned is how many expired causes each write that remembers one forgets: two,
// so that what piled up in a busy hour drains.
const pruned = 2

// causeKey stands for a cause. It is a hash: whatever the id is made of, the key
// is short and shows nothing.
func causeKey(id string) string {
	sum := sha256.Sum256([]byte(id))
	return string(sum[:16])
}

// causes are the keys of those ids to be remembered, or ErrSeen if one of them
// was remembered within store.SeenFor.
func (r *rows) causes(seenIDs []string, now time.Time) (fresh []string, err error) {
	for _, id := range seenIDs {
		if id == "" {
			continue
		}
		cause := causeKey(id)
		row, err := get[causeSeen](r.snapshot, seen, key(nil).text(cause))
		switch {
		case err == nil && now.Sub(row.At) <= store.SeenFor:
			return nil, store.ErrSeen
		case errors.Is(err, store.ErrDamaged):
			// A damaged row still says that the cause was here: better a press
			// ignored than one made twice.
			return nil, store.ErrSeen
		case err != nil && !errors.Is(err, store.ErrNotFound):
			return nil, err
		}
		fresh = append(fresh, cause)
	}
	return fresh, nil
}

// remember saves causes as seen now, and forgets a couple that have expired.
func (r *rows) remember(causes []string, now time.Time, w *writes) {
	if len(causes) == 0 {
		return
	}
	r.forget(now, w)
	for _, cause := range causes {
		k := key(nil).text(cause)
		if old, err := get[causeSeen](r.snapshot, seen, k); err == nil {
			w.remove(seenAt, key(nil).instant(old.At).text(cause))
		}
		w.put(seen, k, causeSeen{At: now.UTC()})
		w.put(seenAt, key(nil).instant(now).text(cause), nothing{})
	}
}

func (r *rows) forget(now time.Time, w *writes) {
	left := pruned
	_, err := scan(r.snapshot, seenAt, nil, func(k []byte, _ nothing) bool {
		in := keyReader{rest: k}
		at, cause := in.instant(), in.text()
		if left == 0 || now.Sub(at) <= store.SeenFor {
			return false
		}
		w.remove(seen, key(nil).text(cause))
		w.remove(seenAt, key(nil).instant(at).text(cause))
		left--
		return true
	})
	w.fail(err)
}
