package localslack

import (
	"encoding/json"
	"maps"
	"slices"
)

// Notice is something Slack itself showed a person: a command that failed, a
// press without an answer.
type Notice struct {
	User string
	Text string
	// Message is the timestamp of the message, or the id of the form, it
	// stands in; empty for a mark beside the button.
	Message string
	Seq     uint64
}

// Modal is a form on a person's screen.
type Modal struct {
	ID              string
	CallbackID      string
	Title           string
	SubmitLabel     string // empty when it cannot be submitted
	CloseLabel      string
	Blocks          json.RawMessage
	Hash            string
	PrivateMetadata string
	// Values is what stands in it, by block and action.
	Values map[string]map[string]map[string]any
	// Errors are shown at inputs, by block id: the bot's or Slack's own.
	Errors map[string]string
	// Trouble is Slack's sentence when the bot did not answer.
	Trouble string
	// Sending is true while a submission waits for its ack.
	Sending bool
	Seq     uint64
}

// Transcript lists what a person sees in a channel, oldest first: every
// message, and the ephemeral ones meant for them. Nothing is returned for a
// place they cannot see.
func (w *Workspace) Transcript(user, channel string) []Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, r, err := w.at(user, channel)
	if err != nil {
		return nil
	}
	return visible(p, r)
}

func visible(p *person, r *room) []Message {
	var out []Message
	for _, m := range r.messages {
		if !m.Ephemeral() || m.OnlyFor == p.ID {
			out = append(out, *m)
		}
	}
	return out
}

// Screen lists every message a person can see in the places they are in,
// oldest first.
func (w *Workspace) Screen(user string) []Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return nil
	}
	var out []Message
	for _, id := range w.roomIDs {
		if r := w.rooms[id]; r.holds(p.ID) {
			out = append(out, visible(p, r)...)
		}
	}
	slices.SortFunc(out, func(a, b Message) int { return int(micros(a.TS) - micros(b.TS)) })
	return out
}

// Modals lists a person's open forms, the one on top last.
func (w *Workspace) Modals(user string) []Modal {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return nil
	}
	var out []Modal
	for _, v := range p.modals {
		out = append(out, v.modal())
	}
	return out
}

// Home returns a person's Home. It reports false while the bot has published none.
func (w *Workspace) Home(user string) (Modal, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil || p.home == nil {
		return Modal{}, false
	}
	return p.home.modal(), true
}

func (v *view) modal() Modal {
	return Modal{
		ID: v.id, CallbackID: v.CallbackID, Title: textOf(v.Title), SubmitLabel: textOf(v.Submit), CloseLabel: textOf(v.Close),
		Blocks: v.Blocks, Hash: v.hash, PrivateMetadata: v.PrivateMetadata, Values: v.state.wire(),
		Errors: maps.Clone(v.errors), Trouble: v.trouble, Sending: v.sending, Seq: v.seq,
	}
}

// textOf is the text of a text object.
func textOf(raw json.RawMessage) string {
	var t struct{ Text string }
	_ = json.Unmarshal(raw, &t)
	return t.Text
}

// Notices lists what Slack itself told a person, oldest first.
func (w *Workspace) Notices(user string) []Notice {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return nil
	}
	var out []Notice
	for _, n := range w.notices {
		if n.User == p.ID {
			out = append(out, n)
		}
	}
	return out
}

// Users lists the people as they are now, in the order of the configuration.
func (w *Workspace) Users() []User {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []User
	for _, id := range w.order {
		out = append(out, w.people[id].User)
	}
	return out
}

// User finds a person by id, handle or name, deactivated ones included by id.
func (w *Workspace) User(user string) (User, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := w.people[user]; p != nil {
		return p.User, true
	}
	p, err := w.who(user)
	if err != nil {
		return User{}, false
	}
	return p.User, true
}

// Channels lists the channels a person can see, without direct messages.
func (w *Workspace) Channels(user string) []Channel {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return nil
	}
	var out []Channel
	for _, id := range w.roomIDs {
		if r := w.rooms[id]; r.with == "" && (!r.Private || r.holds(p.ID)) {
			c := r.Channel
			c.Members = slices.Clone(c.Members)
			out = append(out, c)
		}
	}
	return out
}

// Channel finds a place by id, name or, for the person's direct message with
// the bot, "dm". A direct message's name is empty.
func (w *Workspace) Channel(user, channel string) (Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, r, err := w.at(user, channel)
	if err != nil {
		return Channel{}, err
	}
	return r.Channel, nil
}
