package localslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Press presses, or chooses something in, a control of a place on a person's
// screen. The control goes by its label, action id or "block/action" and must
// be the only such one, unless all of them are the same control.
func (w *Workspace) Press(user string, place Place, control string, choose ...string) error {
	found, err := w.Controls(user, place)
	if err != nil {
		return err
	}
	var match []Control
	for _, c := range found {
		if c.is(control) {
			match = append(match, c)
		}
	}
	switch len(match) {
	case 0:
		return fmt.Errorf("%w: %q; there are: %s", ErrNothing, control, controlLabels(found))
	case 1:
		return w.PressControl(user, match[0], choose...)
	}
	return fmt.Errorf("%w: %d controls are called %q, say which by block/action", ErrNothing, len(match), control)
}

// Controls lists what a person can press or fill in at a place.
func (w *Workspace) Controls(user string, place Place) ([]Control, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return nil, err
	}
	raw, err := w.blocksAt(p, place)
	if err != nil {
		return nil, err
	}
	return controls(place, raw), nil
}

// blocksAt finds the blocks of a place a person can see. The lock is held.
func (w *Workspace) blocksAt(p *person, place Place) (json.RawMessage, error) {
	if place.View != "" {
		v := w.views[place.View]
		if v == nil || v.owner != p.ID {
			return nil, fmt.Errorf("%w: view %s", ErrNowhere, place.View)
		}
		return v.Blocks, nil
	}
	r, err := w.where(p, place.Channel)
	if err != nil {
		return nil, err
	}
	m := r.message(place.TS)
	if m == nil || m.Ephemeral() && m.OnlyFor != p.ID {
		return nil, fmt.Errorf("%w: message %s", ErrNowhere, place.TS)
	}
	return m.Blocks, nil
}

// PressControl presses a control that Controls listed. Menus and inputs take
// what to choose, by label or value.
func (w *Workspace) PressControl(user string, c Control, choose ...string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return err
	}
	if _, err := w.blocksAt(p, c.Place); err != nil {
		return err
	}
	action, err := w.act(p, c, choose)
	if err != nil {
		return err
	}
	if v := w.views[c.Place.View]; v != nil && stateField(c.Type) != "" {
		v.seq = w.changed()
	}
	if !c.acts() {
		return nil // the bot is told when the form is submitted
	}
	payload := w.interaction(p, "block_actions")
	payload["actions"] = []object{action}
	if c.Place.View != "" {
		w.inView(payload, c.Place.View)
	} else if err := w.inMessage(payload, p, c.Place); err != nil {
		return err
	}
	w.send(&envelope{
		kind: "interactive", what: fmt.Sprintf("press of %q", c.Label), payload: payload,
		failed: func(string) {
			w.warn(p, fmt.Sprintf("⚠ %s: %s is not responding. Try again?", c.Label, w.cfg.App.Name))
		},
	})
	return nil
}

// act changes what stands in a control and describes it as the payload's
// action. The lock is held.
func (w *Workspace) act(p *person, c Control, choose []string) (object, error) {
	action := object{
		"type": c.Type, "action_id": c.ActionID, "block_id": c.BlockID,
		"action_ts": fmt.Sprintf("%d.%06d", w.cfg.Now().Unix(), w.cfg.Now().Nanosecond()/1000),
	}
	switch c.Type {
	case "button", "workflow_button":
		for _, key := range []string{"text", "value", "style", "url"} {
			if v, ok := c.element[key]; ok {
				action[key] = v
			}
		}
		return action, nil
	case "overflow":
		if len(choose) == 0 {
			return nil, fmt.Errorf("choose one of: %s", optionLabels(c.Options))
		}
		v, err := c.value(choose[0], nil)
		action["selected_option"] = v
		return action, err
	}
	s := w.stateAt(p, c.Place)
	c.Options = w.offered(p, c, s)
	if single := stateField(c.Type) == "selected_option"; single && len(choose) == 0 {
		return nil, fmt.Errorf("choose one of: %s", optionLabels(c.Options))
	}
	v, err := c.set(choose, w.finder(p))
	if err != nil {
		return nil, err
	}
	s.put(c, v)
	for k, x := range v {
		action[k] = x
	}
	if ph, ok := c.element["placeholder"]; ok {
		action["placeholder"] = ph
	}
	return action, nil
}

// stateAt is what a person has chosen at a place. The lock is held.
func (w *Workspace) stateAt(p *person, place Place) state {
	if v := w.views[place.View]; v != nil {
		return v.state
	}
	key := p.ID + " " + place.Channel + " " + place.TS
	raw, _ := w.blocksAt(p, place)
	w.choices[key] = initialState(raw).keeping(w.choices[key])
	return w.choices[key]
}

// finder resolves names in menus of people and places. The lock is held.
func (w *Workspace) finder(p *person) func(kind, name string) (string, bool) {
	return func(kind, name string) (string, bool) {
		if kind == "users_select" || kind == "multi_users_select" {
			if q, err := w.who(name); err == nil {
				return q.ID, true
			}
			return "", false
		}
		r, err := w.where(p, name)
		if err != nil {
			return "", false
		}
		return r.ID, true
	}
}

// interaction is the part all interactive payloads share. The lock is held.
func (w *Workspace) interaction(p *person, kind string) object {
	return object{
		"type": kind, "token": "local-verification-token", "api_app_id": w.cfg.App.ID,
		"team":       object{"id": w.cfg.Team.ID, "domain": w.cfg.Team.Domain},
		"user":       object{"id": p.ID, "username": p.Name, "name": p.Name, "team_id": p.Team},
		"enterprise": nil, "is_enterprise_install": false,
	}
}

func (w *Workspace) inView(payload object, id string) {
	v := w.views[id]
	payload["container"] = object{"type": "view", "view_id": id}
	payload["view"] = w.viewJSON(v)
	from := ""
	if v.Type == "modal" {
		from = id
	}
	payload["trigger_id"] = w.newTrigger(v.owner, from)
}

func (w *Workspace) inMessage(payload object, p *person, place Place) error {
	r, err := w.where(p, place.Channel)
	if err != nil {
		return err
	}
	m := r.message(place.TS)
	payload["container"] = object{
		"type": "message", "message_ts": m.TS, "channel_id": r.ID, "is_ephemeral": m.Ephemeral(),
	}
	payload["channel"] = object{"id": r.ID, "name": r.label()}
	payload["state"] = object{"values": w.stateAt(p, place).wire()}
	payload["response_url"] = w.newHook(hook{room: r.ID, user: p.ID, source: m.TS})
	payload["trigger_id"] = w.newTrigger(p.ID, "")
	if !m.Ephemeral() {
		payload["message"] = w.messageJSON(m, false)
	}
	return nil
}

// shownLabels is how many controls an error names.
const shownLabels = 20

// controlLabels names controls, each label once.
func controlLabels(cs []Control) string {
	var names []string
	for _, c := range cs {
		if !slices.Contains(names, c.Label) {
			names = append(names, c.Label)
		}
	}
	if len(names) == 0 {
		return "nothing to press"
	}
	more := ""
	if n := len(names) - shownLabels; n > 0 {
		names, more = names[:shownLabels], fmt.Sprintf(" · … %d more", n)
	}
	return strings.Join(names, " · ") + more
}
