package localslack

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"time"
)

const (
	// triggerLife is how long a trigger_id may be used, once.
	triggerLife = 3 * time.Second
	// maxStack is the number of views a modal stack holds.
	maxStack = 3
)

// trigger is a trigger_id: leave to open a modal for somebody.
type trigger struct {
	user string
	view string // the modal it comes from, which views.push needs
	made time.Time
	used bool
}

// viewSpec is a view as a bot describes it.
type viewSpec struct {
	Type            string          `json:"type"`
	Title           json.RawMessage `json:"title"`
	Submit          json.RawMessage `json:"submit"`
	Close           json.RawMessage `json:"close"`
	Blocks          json.RawMessage `json:"blocks"`
	PrivateMetadata string          `json:"private_metadata"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	ClearOnClose    bool            `json:"clear_on_close"`
	NotifyOnClose   bool            `json:"notify_on_close"`
}

// view is a modal or a Home on somebody's screen.
type view struct {
	viewSpec
	id, owner, hash string
	root, previous  string
	state           state
	errors          map[string]string // by block_id, from the bot or from Slack
	trouble         string            // what Slack says when a submission went wrong
	sending         bool
	seq             uint64
}

// newTrigger makes a trigger_id. The lock is held.
func (w *Workspace) newTrigger(user, fromView string) string {
	id := fmt.Sprintf("%d.%d.%016x", w.rng.Uint32(), w.rng.Uint32(), w.rng.Uint64())
	w.triggers[id] = &trigger{user: user, view: fromView, made: w.tick()}
	// Long after its end nobody asks why a trigger_id does not work.
	maps.DeleteFunc(w.triggers, func(_ string, t *trigger) bool { return w.tick().Sub(t.made) > 20*triggerLife })
	return id
}

// useTrigger spends a trigger_id. The lock is held.
func (w *Workspace) useTrigger(a args) (*trigger, *apiError) {
	id := a.str("trigger_id")
	if id == "" {
		id = a.str("interactivity_pointer")
	}
	t := w.triggers[id]
	switch {
	case id == "":
		return nil, fail("invalid_arguments")
	case t == nil:
		return nil, fail("invalid_trigger_id")
	case t.used:
		return nil, fail("exchanged_trigger_id")
	case w.tick().Sub(t.made) > triggerLife:
		return nil, fail("expired_trigger_id")
	}
	t.used = true
	return t, nil
}

// specOf reads and checks the view argument.
func specOf(a args, kind string) (viewSpec, *apiError) {
	raw := a.raw("view")
	if raw == nil {
		return viewSpec{}, fail("invalid_arguments")
	}
	return checkSpec(raw, kind)
}

func checkSpec(raw json.RawMessage, kind string) (viewSpec, *apiError) {
	var s viewSpec
	if len(raw) > maxViewBytes {
		return s, fail("view_too_large")
	}
	if faults := ValidateView(raw); len(faults) > 0 {
		return s, invalid("invalid_arguments", faults)
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, invalid("invalid_arguments", []string{err.Error()})
	}
	if s.Type != kind {
		return s, invalid("invalid_arguments", []string{"must be of type " + kind + " [json-pointer:/view/type]"})
	}
	return s, nil
}

func (w *Workspace) viewsOpen(a args) (object, *apiError) {
	s, err := specOf(a, "modal")
	if err != nil {
		return nil, err
	}
	if w.externalTaken(s, nil) {
		return nil, fail("duplicate_external_id")
	}
	t, err := w.useTrigger(a)
	if err != nil {
		return nil, err
	}
	p := w.people[t.user]
	w.dropModals(p)
	return object{"view": w.viewJSON(w.pushView(p, s))}, nil
}

func (w *Workspace) viewsPush(a args) (object, *apiError) {
	s, err := specOf(a, "modal")
	if err != nil {
		return nil, err
	}
	if w.externalTaken(s, nil) {
		return nil, fail("duplicate_external_id")
	}
	t, err := w.useTrigger(a)
	if err != nil {
		return nil, err
	}
	p := w.people[t.user]
	switch {
	case t.view == "" || len(p.modals) == 0:
		return nil, fail("not_found")
	case len(p.modals) >= maxStack:
		return nil, fail("push_limit_reached")
	}
	return object{"view": w.viewJSON(w.pushView(p, s))}, nil
}

func (w *Workspace) viewsUpdate(a args) (object, *apiError) {
	v := w.views[a.str("view_id")]
	if ext := a.str("external_id"); v == nil && ext != "" {
		for _, x := range w.views {
			if x.ExternalID == ext {
				v = x
			}
		}
	}
	if v == nil {
		return nil, fail("not_found")
	}
	s, err := specOf(a, v.Type)
	if err != nil {
		return nil, err
	}
	if h := a.str("hash"); h != "" && h != v.hash {
		return nil, fail("hash_conflict")
	}
	if w.externalTaken(s, v) {
		return nil, fail("duplicate_external_id")
	}
	w.fill(v, s)
	return object{"view": w.viewJSON(v)}, nil
}

func (w *Workspace) viewsPublish(a args) (object, *apiError) {
	p := w.people[a.str("user_id")]
	switch {
	case p == nil:
		return nil, fail("user_not_found")
	case p.Deactivated:
		return nil, fail("user_disabled")
	}
	s, err := specOf(a, "home")
	if err != nil {
		return nil, err
	}
	if h := a.str("hash"); h != "" && (p.home == nil || h != p.home.hash) {
		return nil, fail("hash_conflict")
	}
	if p.home == nil {
		p.home = &view{id: w.newID("V"), owner: p.ID}
		p.home.root = p.home.id
		w.views[p.home.id] = p.home
	}
	w.fill(p.home, s)
	return object{"view": w.viewJSON(p.home)}, nil
}

// externalTaken reports whether another view has the same external_id.
// The lock is held.
func (w *Workspace) externalTaken(s viewSpec, self *view) bool {
	for _, v := range w.views {
		if s.ExternalID != "" && v != self && v.ExternalID == s.ExternalID {
			return true
		}
	}
	return false
}

// pushView puts a view on top of a person's stack. The lock is held.
func (w *Workspace) pushView(p *person, s viewSpec) *view {
	v := &view{id: w.newID("V"), owner: p.ID}
	v.root = v.id
	if n := len(p.modals); n > 0 {
		v.root, v.previous = p.modals[0].id, p.modals[n-1].id
	}
	p.modals = append(p.modals, v)
	w.views[v.id] = v
	w.fill(v, s)
	return v
}

// fill gives a view new content. What was typed stays in inputs that keep
// their block_id and action_id. The lock is held.
func (w *Workspace) fill(v *view, s viewSpec) {
	s.Blocks = w.withBlockIDs(s.Blocks)
	if s.Blocks == nil {
		s.Blocks = json.RawMessage("[]")
	}
	v.viewSpec = s
	v.state = initialState(s.Blocks).keeping(v.state)
	v.errors, v.trouble, v.sending = nil, "", false
	v.seq = w.changed()
	sum := fnv.New32a()
	fmt.Fprint(sum, v.id, v.seq, string(s.Blocks))
	v.hash = fmt.Sprintf("%d.%08x", w.cfg.Now().Unix(), sum.Sum32())
}

// dropModals closes a person's stack. The lock is held.
func (w *Workspace) dropModals(p *person) {
	for _, v := range p.modals {
		delete(w.views, v.id)
	}
	p.modals = nil
	w.changed()
}

// popModal closes the top of a person's stack. The lock is held.
func (w *Workspace) popModal(p *person, v *view) {
	p.modals = slices.DeleteFunc(p.modals, func(x *view) bool { return x == v })
	delete(w.views, v.id)
	seq := w.changed()
	if n := len(p.modals); n > 0 {
		p.modals[n-1].seq = seq
	}
}

// viewJSON is a view as the API and payloads show it. The lock is held.
func (w *Workspace) viewJSON(v *view) object {
	out := object{
		"id": v.id, "team_id": w.cfg.Team.ID, "type": v.Type, "blocks": v.Blocks, "private_metadata": v.PrivateMetadata,
		"callback_id": v.CallbackID, "state": object{"values": v.state.wire()}, "hash": v.hash,
		"title": object{"type": "plain_text", "text": "View Title", "emoji": true}, "clear_on_close": v.ClearOnClose, "notify_on_close": v.NotifyOnClose,
		"close": nil, "submit": nil, "previous_view_id": nil, "root_view_id": v.root, "app_id": w.cfg.App.ID,
		"external_id": v.ExternalID, "app_installed_team_id": w.cfg.Team.ID, "bot_id": w.cfg.App.BotID,
	}
	for key, raw := range map[string]json.RawMessage{"title": v.Title, "close": v.Close, "submit": v.Submit} {
		if len(raw) > 0 {
			out[key] = raw
		}
	}
	if v.previous != "" {
		out["previous_view_id"] = v.previous
	}
	return out
}
