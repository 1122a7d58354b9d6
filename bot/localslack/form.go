package localslack

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Fill types or chooses values in the open form without submitting it. Keys
// name inputs by label, block id, action id or "block/action"; several choices
// are separated by commas; an empty text clears an input.
func (w *Workspace) Fill(user string, values map[string]string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, v, err := w.openForm(user)
	if err != nil {
		return err
	}
	return w.fillIn(p, v, v.answers(values))
}

// fillExactly is Fill for choices that are apart already.
func (w *Workspace) fillExactly(user string, values map[string][]string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, v, err := w.openForm(user)
	if err != nil {
		return err
	}
	return w.fillIn(p, v, values)
}

// Submit fills in the open form and submits it. Slack's own form refuses
// unfinished inputs without asking the bot; its complaints, like the bot's, are
// on the form afterwards: see [Workspace.Modals].
func (w *Workspace) Submit(user string, values map[string]string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, v, err := w.openForm(user)
	if err != nil {
		return err
	}
	return w.submit(p, v, v.answers(values))
}

// submitExactly is Submit for choices that are apart already.
func (w *Workspace) submitExactly(user string, values map[string][]string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, v, err := w.openForm(user)
	if err != nil {
		return err
	}
	return w.submit(p, v, values)
}

func (w *Workspace) submit(p *person, v *view, values map[string][]string) error {
	if len(v.Submit) == 0 {
		return fmt.Errorf("%w: this form has no submit button", ErrNothing)
	}
	if err := w.fillIn(p, v, values); err != nil {
		return err
	}
	v.errors, v.trouble = w.complaints(v), ""
	v.seq = w.changed()
	if len(v.errors) > 0 {
		return nil
	}
	v.sending = true
	payload := w.interaction(p, "view_submission")
	payload["trigger_id"] = w.newTrigger(p.ID, v.id)
	payload["view"] = w.viewJSON(v)
	payload["response_urls"] = []object{}
	what := "submission of " + v.CallbackID
	w.send(&envelope{
		kind: "interactive", what: what, accepts: true, payload: payload,
		acked:  func(raw json.RawMessage) { w.submitted(what, p, v, raw) },
		failed: func(string) { w.trouble(v) },
	})
	return nil
}

// openForm is the top of a person's stack. The lock is held.
func (w *Workspace) openForm(user string) (*person, *view, error) {
	p, err := w.who(user)
	if err != nil {
		return nil, nil, err
	}
	if len(p.modals) == 0 {
		return nil, nil, fmt.Errorf("%w: no form is open", ErrNothing)
	}
	return p, p.modals[len(p.modals)-1], nil
}

// fillIn sets inputs; nothing is set when one of the keys or values is wrong.
// The lock is held.
func (w *Workspace) fillIn(p *person, v *view, values map[string][]string) error {
	all := v.fields()
	next := v.state.wire()
	var errs []error
	for _, key := range sortedKeys(values) {
		i := slices.IndexFunc(all, func(c Control) bool { return c.is(key) })
		if i < 0 {
			errs = append(errs, fmt.Errorf("%w: no input is called %q; there are: %s", ErrNothing, key, controlLabels(all)))
			continue
		}
		c := all[i]
		c.Options = w.offered(p, c, v.state)
		set, err := c.set(values[key], w.finder(p))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		next.put(c, set)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	v.state = next
	return nil
}

// fields are the controls of a view that hold a value.
func (v *view) fields() []Control {
	return slices.DeleteFunc(controls(Place{View: v.id}, v.Blocks), func(c Control) bool { return stateField(c.Type) == "" })
}

// answers separates what was written for each field into its choices.
func (v *view) answers(values map[string]string) map[string][]string {
	all := v.fields()
	out := map[string][]string{}
	for key, text := range values {
		out[key] = []string{text}
		if i := slices.IndexFunc(all, func(c Control) bool { return c.is(key) }); i >= 0 {
			out[key] = split(all[i], text)
		}
	}
	return out
}

// split separates several choices; a single value keeps its commas.
func split(c Control, text string) []string {
	if !strings.HasPrefix(c.Type, "multi_") && c.Type != "checkboxes" {
		return []string{text}
	}
	var out []string
	for t := range strings.SplitSeq(text, ",") {
		out = append(out, strings.TrimSpace(t))
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// complaints are what Slack's own form says, by block. The lock is held.
func (w *Workspace) complaints(v *view) map[string]string {
	out := map[string]string{}
	for _, c := range controls(Place{View: v.id}, v.Blocks) {
		if !c.Input {
			continue
		}
		if text := v.state.complaint(c); text != "" {
			out[c.BlockID] = text
		}
	}
	return out
}

// CloseModal closes the form on top, as its close button or the cross does.
// All says to close the whole stack at once.
func (w *Workspace) CloseModal(user string, all bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, v, err := w.openForm(user)
	if err != nil {
		return err
	}
	all = all || v.ClearOnClose
	closing := []*view{v}
	if all {
		closing = slices.Clone(p.modals)
		slices.Reverse(closing)
	}
	for _, x := range closing {
		w.closeView(p, x, all)
	}
	return nil
}

// closeView takes a form away and tells the bot if it asked to be told.
// The lock is held.
func (w *Workspace) closeView(p *person, v *view, cleared bool) {
	if v.NotifyOnClose {
		payload := w.interaction(p, "view_closed")
		payload["view"], payload["is_cleared"] = w.viewJSON(v), cleared
		w.send(&envelope{kind: "interactive", what: "close of " + v.CallbackID, payload: payload})
	}
	w.popModal(p, v)
}
