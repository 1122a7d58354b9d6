package bot

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// The sizes of the intake. A person's envelopes are handled one after another,
// in the order in which they came; different people's side by side.
const (
	handlers   = 256  // people whose envelopes are handled at one time at most
	personRoom = 64   // envelopes of one person that may wait
	intakeRoom = 4096 // envelopes of everybody that may wait; past that Slack is left to repeat
)

// rememberFor is how long an envelope's answer is kept to be given again: longer
// than Slack keeps repeating one at once.
const rememberFor = 10 * time.Minute

// acker sends an envelope's acknowledgement.
type acker func(ctx context.Context, payload any) error

// errLate is returned by an acknowledgement that comes after the intake had to
// give one in its place: the answer itself has to follow.
var errLate = errors.New("acknowledged already")

// delivered is an envelope together with the way to acknowledge it.
type delivered struct {
	envelope
	ack acker
}

// intake takes envelopes from all connections and has each handled once, in the
// order of its person. It answers repeats as it answered the first, and what is
// not answered in time with a note that promises nothing.
type intake struct {
	handle func(context.Context, delivered)
	log    *slog.Logger
	slots  chan struct{}
	wg     sync.WaitGroup

	mu      sync.Mutex
	ctx     context.Context // of the handlers; nil before start
	closed  bool
	waiting int
	queues  map[string][]delivered // by person; there while somebody handles it
	answers map[string]*answer
	sweep   time.Time
}

// answer is what an envelope was acknowledged with, or will be.
type answer struct {
	who     string
	at      time.Time
	done    bool
	late    *time.Timer
	payload any
	waiting []acker
}

func newIntake(log *slog.Logger, handle func(context.Context, delivered)) *intake {
	return &intake{
		handle: handle, log: log, slots: make(chan struct{}, handlers),
		queues: map[string][]delivered{}, answers: map[string]*answer{},
	}
}

// start lets envelopes be handled, in ctx.
func (in *intake) start(ctx context.Context) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.ctx = ctx
}

// stop refuses what comes from now on and waits for what is under way.
func (in *intake) stop(within time.Duration) {
	in.mu.Lock()
	in.closed = true
	in.mu.Unlock()
	done := make(chan struct{})
	go func() { in.wg.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(within):
		in.log.Warn("some envelopes were still being handled at shutdown")
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, a := range in.answers {
		a.late.Stop()
	}
}

// take queues an envelope. It never blocks: what finds no room is left
// unacknowledged, and Slack says so to the person or repeats it.
func (in *intake) take(d delivered, now time.Time) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed || in.ctx == nil {
		return
	}
	in.forget(now)
	key := occasion(d.envelope)
	if a := in.answers[key]; a != nil {
		if a.done {
			ctx, payload := in.ctx, a.payload
			go func() { _ = d.ack(ctx, payload) }()
			return
		}
		a.waiting = append(a.waiting, d.ack)
		return
	}
	who := person(d.envelope)
	queue, busy := in.queues[who]
	if in.waiting >= intakeRoom || len(queue) >= personRoom {
		in.log.Warn("too much to do: left an envelope to Slack", "type", d.Type)
		return
	}
	in.answers[key] = in.promise(&d, now)
	in.queues[who] = append(queue, d)
	in.waiting++
	if !busy {
		in.wg.Go(func() { in.serve(who) })
	}
}

// promise makes d answer once, and in time whatever becomes of its handling.
func (in *intake) promise(d *delivered, now time.Time) *answer {
	ctx, first, note := in.ctx, d.ack, lateNote(d.envelope)
	a := &answer{who: person(d.envelope), at: now}
	a.late = time.AfterFunc(saveWithin, func() { _ = in.answer(ctx, a, first, note) })
	d.ack = func(ctx context.Context, payload any) error { return in.answer(ctx, a, first, payload) }
	return a
}

// serve handles a person's envelopes until none is left.
func (in *intake) serve(who string) {
	in.slots <- struct{}{}
	defer func() { <-in.slots }()
	for {
		in.mu.Lock()
		queue := in.queues[who]
		if len(queue) == 0 {
			delete(in.queues, who)
			in.mu.Unlock()
			return
		}
		in.queues[who] = queue[1:]
		in.waiting--
		ctx := in.ctx
		in.mu.Unlock()
		in.one(ctx, queue[0])
	}
}

func (in *intake) one(ctx context.Context, d delivered) {
	defer func() {
		if r := recover(); r != nil {
			in.log.Error("handling an envelope panicked", "type", d.Type, "panic", r, "stack", string(debug.Stack()))
			_ = d.ack(ctx, nil)
		}
	}()
	in.handle(ctx, d)
}

// answer acknowledges an envelope, once, and its repeats with it.
func (in *intake) answer(ctx context.Context, a *answer, first acker, payload any) error {
	in.mu.Lock()
	if a.done {
		in.mu.Unlock()
		return errLate
	}
	a.done, a.payload = true, payload
	a.late.Stop()
	waiting := a.waiting
	a.waiting = nil
	in.mu.Unlock()
	err := first(ctx, payload)
	for _, ack := range waiting {
		err = errors.Join(err, ack(ctx, payload))
	}
	return err
}

func (in *intake) forget(now time.Time) {
	if now.Sub(in.sweep) < time.Minute {
		return
	}
	in.sweep = now
	for id, a := range in.answers {
		if now.Sub(a.at) > rememberFor {
			delete(in.answers, id)
		}
	}
}

// forgetAnswers drops what somebody was answered. That they were is remembered, so
// that a repeat does nothing.
func (in *intake) forgetAnswers(who string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, a := range in.answers {
		if a.done && a.who == who {
			a.payload = nil
		}
	}
}

// occasion names what an envelope is about: an event comes again in another
// envelope, everything else in the same.
func occasion(e envelope) string {
	var p struct {
		Event string `json:"event_id"`
	}
	if json.Unmarshal(e.Payload, &p) == nil && p.Event != "" {
		return p.Event
	}
	return e.ID
}

// person is whose lane an envelope belongs to.
func person(e envelope) string {
	var p struct {
		Team string          `json:"team_id"`
		User json.RawMessage `json:"user"`
		ID   string          `json:"user_id"`
		Ev   struct {
			User json.RawMessage `json:"user"`
		} `json:"event"`
	}
	_ = json.Unmarshal(e.Payload, &p)
	for _, raw := range []json.RawMessage{p.User, p.Ev.User} {
		var id string
		var whole named
		if json.Unmarshal(raw, &id) == nil && id != "" {
			return id
		}
		if json.Unmarshal(raw, &whole) == nil && whole.ID != "" {
			return whole.ID
		}
	}
	return p.ID
}
