package nudges

import (
	"context"
	"errors"
	"time"

	"pitch/store"
)

// The waits before a message that was not posted is tried again: the first, and
// the longest. Each is twice the one before, or what Slack asked for if longer.
const (
	firstRetry = 30 * time.Second
	lastRetry  = 15 * time.Minute
)

// Why a message was not handed to the messenger.
var (
	errNotBegun = errors.New("stopped before it was sent")
	errNothing  = errors.New("nothing to say")
)

// deliver sends a message that was claimed and records what became of it.
func (t *tick) deliver(ctx context.Context, owner store.Owner, m message) error {
	receipt, err := t.send(ctx, owner.Team, m)
	status, wait := verdict(receipt, err, m.rows[0].Attempt)
	nothing := errors.Is(err, errNothing)
	if err != nil && !nothing && !errors.Is(err, errNotBegun) {
		t.log.Warn("nudges: not delivered", "team", owner.Team, "user", owner.User,
			"notice", m.rows[0].Notice, "status", status, "err", err)
	}
	now := t.clock()
	var reached []store.Delivery
	// What was posted is recorded although Pitch is being stopped.
	err = t.store.Change(context.WithoutCancel(ctx), store.Cause{Now: now}, owner, guarded(func(b *store.Book) (err error) {
		reached, err = record(b, m, receipt, status, wait)
		return err
	}))
	if err != nil {
		return err
	}
	if !nothing {
		t.count(reached)
	}
	if status == store.Sent {
		t.counters.Sent(m.rows[0].Notice, now.Sub(m.rows[0].Intended))
	}
	return nil
}

// send hands a message to the messenger, until the lease ends. A process that
// was paused and wakes after its lease sends nothing. That Pitch is being stopped
// does not cut short what is under way.
func (t *tick) send(ctx context.Context, team store.TeamID, m message) (r Receipt, err error) {
	defer func() {
		if p := recover(); p != nil {
			r, err = Receipt{}, errors.Join(ErrUncertain, panicked(p))
		}
	}()
	left := m.rows[0].Lease.Sub(t.clock())
	if ctx.Err() != nil || left <= 0 {
		return Receipt{}, errNotBegun
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), left)
	defer cancel()
	if m.letter != nil {
		return t.messenger.SendLetter(ctx, m.to, *m.letter)
	}
	post := *m.board
	if post.Standings, err = t.store.Standings(ctx, team, post.Week, post.Week+6); err != nil {
		return Receipt{}, &RetryError{Err: err}
	}
	if post.Empty() {
		return Receipt{}, errNothing
	}
	return t.messenger.PostBoard(ctx, team, post)
}

// verdict is what a messenger's answer makes of a delivery, and how long to wait
// before the next try of one that is to be tried again.
func verdict(r Receipt, err error, attempt int) (store.DeliveryStatus, time.Duration) {
	var retry *RetryError
	switch {
	case err == nil && r.TS != "":
		return store.Sent, 0
	case errors.Is(err, errNothing):
		return store.Dropped, 0
	case errors.Is(err, errNotBegun):
		return store.Retry, 0
	case errors.Is(err, ErrUncertain):
		return store.Uncertain, 0
	case errors.Is(err, ErrRefused):
		return store.Refused, 0
	case errors.As(err, &retry):
		return store.Retry, max(backoff(attempt), retry.After)
	case errors.Is(err, ErrRetry):
		return store.Retry, backoff(attempt)
	}
	return store.Uncertain, 0
}

func backoff(attempt int) time.Duration {
	if attempt > 6 {
		return lastRetry
	}
	return min(firstRetry<<max(attempt-1, 0), lastRetry)
}

// record writes what became of a message into its rows, and returns those it
// wrote. A row that is gone, because its founder is, or that was claimed again
// stays as it is.
func record(b *store.Book, m message, r Receipt, status store.DeliveryStatus, wait time.Duration) (reached []store.Delivery, err error) {
	f, err := b.Founder()
	if errors.Is(err, store.ErrNoFounder) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, row := range m.rows {
		is, err := b.Delivery(row.Occurrence)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		// An attempt that outlived its lease knows better than "uncertain".
		if is.Attempt != row.Attempt || is.Status != store.Sending && is.Status != store.Uncertain {
			continue
		}
		is.Status, is.Lease, is.TS = status, time.Time{}, r.TS
		if status == store.Retry {
			is.Lease = b.Now.Add(wait)
		}
		if r.Channel != "" {
			is.Channel = r.Channel
		}
		if err := b.SetDelivery(is); err != nil {
			return nil, err
		}
		reached = append(reached, is)
	}
	if f.DM == "" && m.board == nil && r.Channel != "" {
		// A founder whose row no longer passes, for a zone that is gone, is
		// reached all the same.
		f.DM = r.Channel
		_ = b.SetFounder(f)
	}
	return reached, Reschedule(b)
}
