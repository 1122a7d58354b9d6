package localslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// declared finds one of the app's shortcuts by callback id or name. Slack shows
// nobody a shortcut that is not in the app's manifest.
func (w *Workspace) declared(name string, onMessage bool) (Shortcut, error) {
	var names []string
	for _, s := range w.cfg.App.Shortcuts {
		if s.OnMessage != onMessage {
			continue
		}
		if s.Callback == name || strings.EqualFold(fold(s.Name), fold(name)) {
			return s, nil
		}
		names = append(names, s.Callback)
	}
	return Shortcut{}, fmt.Errorf("%w: shortcut %q; there are: %s", ErrNothing, name, firstOf(strings.Join(names, " · "), "none"))
}

// Shortcut runs a global shortcut of the app, by callback id or name.
func (w *Workspace) Shortcut(user, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return err
	}
	s, err := w.declared(name, false)
	if err != nil {
		return err
	}
	w.shortcut(p, s, w.interaction(p, "shortcut"))
	return nil
}

// MessageShortcut runs a shortcut from a message's menu, by callback id or name.
// Messages that only one person sees have none.
func (w *Workspace) MessageShortcut(user string, place Place, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, r, err := w.at(user, place.Channel)
	if err != nil {
		return err
	}
	m := r.message(place.TS)
	if m == nil || m.Ephemeral() {
		return fmt.Errorf("%w: message %s", ErrNowhere, place.TS)
	}
	s, err := w.declared(name, true)
	if err != nil {
		return err
	}
	payload := w.interaction(p, "message_action")
	payload["message_ts"], payload["message"] = m.TS, w.messageJSON(m, false)
	payload["channel"] = object{"id": r.ID, "name": r.label()}
	payload["response_url"] = w.newHook(hook{room: r.ID, user: p.ID})
	w.shortcut(p, s, payload)
	return nil
}

func (w *Workspace) shortcut(p *person, s Shortcut, payload object) {
	payload["callback_id"], payload["trigger_id"], payload["action_ts"] = s.Callback, w.newTrigger(p.ID, ""), w.newTS()
	w.send(&envelope{
		kind: "interactive", what: "shortcut " + s.Callback, payload: payload,
		failed: func(string) { w.warn(p, "⚠ "+w.cfg.App.Name+" is not responding. Try again?") },
	})
}

// askFrom is how many characters Slack waits for before it asks, unless the
// menu says otherwise (min_query_length).
const askFrom = 3

// Suggest types into a menu that asks the bot for its options and waits for
// them, three seconds at most. While too little is typed nobody is asked and
// there are none.
func (w *Workspace) Suggest(user string, c Control, typed string) ([]Option, error) {
	if utf8.RuneCountInString(typed) < int(number(c.element, "min_query_length", askFrom)) {
		return nil, nil
	}
	w.mu.Lock()
	p, err := w.who(user)
	if err != nil {
		w.mu.Unlock()
		return nil, err
	}
	payload := w.interaction(p, "block_suggestion")
	payload["action_id"], payload["block_id"], payload["value"] = c.ActionID, c.BlockID, typed
	if c.Place.View != "" {
		w.inView(payload, c.Place.View)
	} else if err := w.inMessage(payload, p, c.Place); err != nil {
		w.mu.Unlock()
		return nil, err
	}
	delete(payload, "trigger_id")
	delete(payload, "response_url")
	answer := make(chan []Option, 1)
	what := fmt.Sprintf("options of %q", c.Label)
	w.send(&envelope{
		kind: "interactive", what: what, accepts: true, payload: payload,
		acked:  func(raw json.RawMessage) { answer <- w.suggestions(what, raw) },
		failed: func(string) { answer <- nil },
	})
	w.mu.Unlock()
	select {
	case opts := <-answer:
		w.mu.Lock()
		if key := suggestKey(p.ID, c); strings.HasPrefix(c.Type, "multi_") {
			w.suggested[key] = slices.Concat(w.suggested[key], opts)
		} else {
			w.suggested[key] = opts
		}
		w.mu.Unlock()
		return opts, nil
	case <-w.ctx.Done():
		return nil, fmt.Errorf("%w: the workspace is closed", ErrNowhere)
	}
}

// suggestions reads the options in an ack. The lock is held.
func (w *Workspace) suggestions(what string, raw json.RawMessage) []Option {
	var e map[string]any
	if json.Unmarshal(raw, &e) != nil {
		w.problem("%s: the ack has no options", what)
		return nil
	}
	if faults := validateOptions(e); len(faults) > 0 {
		w.problem("%s: %v", what, faults)
		return nil
	}
	return options(e)
}

func isExternal(kind string) bool {
	return kind == "external_select" || kind == "multi_external_select"
}

// offered is what can be chosen in a control: its options, or what the bot
// suggested and what is chosen already. The lock is held.
func (w *Workspace) offered(p *person, c Control, s state) []Option {
	if !isExternal(c.Type) {
		return c.Options
	}
	out := slices.Clone(w.suggested[suggestKey(p.ID, c)])
	switch now := s.get(c)[stateField(c.Type)].(type) {
	case map[string]any:
		out = append(out, optionOf(now))
	case []any:
		out = append(out, options(object{"options": now})...)
	}
	return out
}

func suggestKey(user string, c Control) string { return user + " " + c.BlockID + "/" + c.ActionID }
