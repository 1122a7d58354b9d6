package localslack

import (
	"encoding/json"
	"time"
)

const (
	// ackWithin is Slack's three-second rule.
	ackWithin = 3 * time.Second
	// maxAckPayload is the size above which Slack drops an ack's payload.
	maxAckPayload = 20 << 10
)

// retryAfterTimeout is when an event that was not acknowledged comes again:
// nearly at once, after a minute, after five.
func retryAfterTimeout(attempt int) (time.Duration, bool) {
	switch attempt {
	case 0:
		return time.Second, true
	case 1:
		return time.Minute, true
	case 2:
		return 5 * time.Minute, true
	}
	return 0, false
}

// envelope is something sent to the bot that waits for its ack.
type envelope struct {
	id      string
	kind    string // slash_commands, interactive, events_api
	what    string // for problems: "slash command /pitch"
	payload object
	accepts bool
	attempt int
	timer   *time.Timer
	to      *socket
	harmed  bool // a fault came in its way: no ack is no fault of the bot's
	// acked and failed run with the lock held; either may be nil.
	acked  func(payload json.RawMessage)
	failed func(reason string)
}

// send puts an envelope on one connection and starts its three seconds.
// The lock is held.
func (w *Workspace) send(e *envelope) {
	e.id = w.newUUID()
	w.lastMove = w.tick()
	open := w.openSockets()
	if len(open) == 0 {
		w.giveUp(e, "dispatch_failed")
		return
	}
	w.pending[e.id] = e
	e.timer = w.after(ackWithin, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.pending[e.id] == e {
			delete(w.pending, e.id)
			w.giveUp(e, "operation_timeout")
		}
	})
	raw, err := json.Marshal(e.wire())
	if err != nil {
		w.problem("%s: payload cannot be encoded: %v", e.what, err)
		return
	}
	w.cfg.Log.Debug("envelope", "type", e.kind, "id", e.id, "what", e.what, "attempt", e.attempt)
	w.dispatch(e, open, raw)
}

func (e *envelope) wire() object {
	out := object{"envelope_id": e.id, "type": e.kind, "payload": e.payload, "accepts_response_payload": e.accepts}
	if e.kind == "events_api" {
		out["retry_attempt"], out["retry_reason"] = e.attempt, ""
		if e.attempt > 0 {
			out["retry_reason"] = "timeout"
		}
	}
	return out
}

// openSockets are the connections an envelope may go to. The lock is held.
func (w *Workspace) openSockets() []*socket {
	var open []*socket
	for _, s := range w.sockets {
		if !s.leaving {
			open = append(open, s)
		}
	}
	return open
}

// dispatch delivers a frame, with whatever faults are on. The lock is held.
func (w *Workspace) dispatch(e *envelope, open []*socket, raw []byte) {
	i := w.rng.IntN(len(open))
	f := frame{data: raw}
	e.to = open[i]
	e.harmed = w.faults.CutBefore > 0 || w.faults.CutAfter > 0 || w.faults.Malformed > 0 || w.faults.Delay > 0
	switch {
	case take(&w.faults.CutBefore):
		f.drop, f.cut = true, true
	case take(&w.faults.CutAfter):
		f.cut = true
	case take(&w.faults.Malformed):
		f.data = raw[:len(raw)/2]
	}
	w.deliver(open[i], f)
	switch w.faults.Duplicate {
	case SameConnection:
		w.deliver(open[i], frame{data: raw})
	case OtherConnection:
		w.deliver(open[(i+1)%len(open)], frame{data: raw})
	}
}

// deliver queues a frame now or after the delay in force. The lock is held.
func (w *Workspace) deliver(s *socket, f frame) {
	if w.faults.Delay <= 0 {
		s.push(f)
		return
	}
	w.after(w.faults.Delay, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		s.push(f)
	})
}

// giveUp does what Slack does without an ack: events come again, people are
// told. The lock is held.
func (w *Workspace) giveUp(e *envelope, reason string) {
	w.lastMove = w.tick()
	if e.kind == "events_api" {
		w.retry(e)
		return
	}
	if !e.harmed && !w.faults.RefuseUpgrade {
		w.problem("%s: %s", e.what, reason)
	}
	if e.failed != nil {
		e.failed(reason)
	}
}

// retry sends an event again later: same event_id, fresh envelope_id.
// The lock is held.
func (w *Workspace) retry(e *envelope) {
	wait, again := retryAfterTimeout(e.attempt)
	if !again {
		if !e.harmed {
			w.problem("%s: not acknowledged in four attempts", e.what)
		}
		return
	}
	w.after(wait, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.send(&envelope{kind: e.kind, what: e.what, payload: e.payload, attempt: e.attempt + 1})
	})
}

// receive takes a frame from the bot.
func (w *Workspace) receive(data []byte) {
	var ack struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := json.Unmarshal(data, &ack); err != nil || ack.ID == "" {
		w.problem("socket: a frame that is not an ack: %.80s", data)
		return
	}
	e := w.pending[ack.ID]
	if e == nil {
		return // late, or the second copy's
	}
	if w.faults.DropAcks {
		e.harmed = true
		return
	}
	delete(w.pending, ack.ID)
	w.cancel(e.timer)
	w.lastMove = w.tick()
	if e.acked != nil {
		e.acked(w.acceptable(e, ack.Payload))
	}
}

// acceptable is an ack's payload if Slack would look at it, else nil.
// The lock is held.
func (w *Workspace) acceptable(e *envelope, payload json.RawMessage) json.RawMessage {
	payload = compactJSON(payload)
	switch {
	case len(payload) == 0 || string(payload) == "{}" || string(payload) == `""`:
		return nil
	case !e.accepts:
		w.problem("%s: the ack carries a payload, which this kind does not accept", e.what)
		return nil
	case len(payload) > maxAckPayload:
		w.problem("%s: the ack's payload of %d bytes is over 20 KB and dropped", e.what, len(payload))
		return nil
	}
	return payload
}
