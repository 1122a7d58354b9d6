package localslack

import "time"

// Duplication says where the second copy of an envelope goes.
type Duplication int

// The ways an envelope is delivered twice.
const (
	NoDuplicates    Duplication = iota
	SameConnection              // right after the first
	OtherConnection             // to another connection, where there is one
)

// Faults are what is wrong with Slack at the moment, with Socket Mode mostly.
// The zero value is a Slack in good health.
type Faults struct {
	Duplicate Duplication
	// DropAcks loses every ack on its way to Slack.
	DropAcks bool
	// Delay holds each envelope back. Slack's three seconds run meanwhile.
	Delay time.Duration
	// CutBefore and CutAfter cut the connection instead of, or right after,
	// writing that many of the next envelopes.
	CutBefore, CutAfter int
	// Malformed sends that many of the next envelopes as frames that are not JSON.
	Malformed int
	// NoPings stops Slack's pings, and its answers to the bot's.
	NoPings bool
	// RefuseUpgrade answers every WebSocket handshake with HTTP 503.
	RefuseUpgrade bool
	// NoCharts refuses messages with a chart or a table with invalid_blocks, as a
	// workspace does that has not been given them yet.
	NoCharts bool
}

// APIFault is what is wrong with calls of the Web API.
type APIFault struct {
	// Method is the method it hits, empty for all.
	Method string
	// Times is how many calls it hits; 0 means all until [Workspace.Heal].
	Times int
	// After lets the call take effect and only then spoils the answer.
	After bool
	// Delay slows the answer down.
	Delay time.Duration
	// Cut closes the connection instead of answering.
	Cut bool
	// Status, unless 0, is the HTTP status; 429 is a rate limit.
	Status int
	// RetryAfter, unless 0, is the Retry-After header in seconds.
	RetryAfter int
	// Code, unless empty, answers {"ok":false,"error":Code}.
	Code string
}

// spoils reports whether the fault replaces the answer, not only slows it.
func (f APIFault) spoils() bool { return f.Cut || f.Status != 0 || f.Code != "" }

// SetFaults puts Socket Mode into the given state of health.
func (w *Workspace) SetFaults(f Faults) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = f
}

// FailAPI adds a fault of the Web API. The first that matches a call is used.
func (w *Workspace) FailAPI(f APIFault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if f.Times == 0 {
		f.Times = -1
	}
	w.apiFaults = append(w.apiFaults, f)
}

// Heal ends every fault.
func (w *Workspace) Heal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults, w.apiFaults = Faults{}, nil
}

// takeAPIFault returns the fault a call meets, the zero one mostly. The lock is held.
func (w *Workspace) takeAPIFault(method string) APIFault {
	for i := range w.apiFaults {
		f := &w.apiFaults[i]
		if f.Times == 0 || f.Method != "" && f.Method != method {
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		return *f
	}
	return APIFault{}
}

// take uses up one of a counted fault.
func take(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}
