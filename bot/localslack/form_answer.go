package localslack

import (
	"encoding/json"
	"slices"
)

// Slack's own words on a form it cannot send or whose answer it cannot use.
const troubleText = "We had some trouble connecting. Try again?"

// trouble shows Slack's sentence on the form. The lock is held.
func (w *Workspace) trouble(v *view) {
	v.sending, v.trouble = false, troubleText
	v.seq = w.changed()
	w.notices = append(w.notices, Notice{User: v.owner, Text: troubleText, Message: v.id, Seq: v.seq})
}

// submitted does what the ack of a submission says. The lock is held.
func (w *Workspace) submitted(what string, p *person, v *view, raw json.RawMessage) {
	v.sending = false
	if !slices.Contains(p.modals, v) {
		return // closed meanwhile
	}
	var act struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if raw != nil && json.Unmarshal(raw, &act) != nil {
		w.problem("%s: the ack's payload is not a response_action", what)
		w.trouble(v)
		return
	}
	switch act.Action {
	case "":
		w.popModal(p, v)
	case "clear":
		w.dropModals(p)
	case "errors":
		w.showErrors(what, v, act.Errors)
	case "update", "push":
		w.answerWithView(what, p, v, act.Action, act.View)
	default:
		w.problem("%s: unknown response_action %q", what, act.Action)
		w.trouble(v)
	}
}

// showErrors puts errors on inputs. Slack takes only blocks of the view.
// The lock is held.
func (w *Workspace) showErrors(what string, v *view, errs map[string]string) {
	inputs := map[string]bool{}
	for _, c := range controls(Place{}, v.Blocks) {
		inputs[c.BlockID] = inputs[c.BlockID] || c.Input
	}
	if len(errs) == 0 {
		w.problem("%s: response_action errors without errors", what)
	}
	for _, id := range sortedKeys(errs) {
		if !inputs[id] || errs[id] == "" {
			w.problem("%s: an error for %q, which is no input block of the view, or an empty one", what, id)
			w.trouble(v)
			return
		}
	}
	v.errors = errs
	v.seq = w.changed()
}

// answerWithView updates or pushes from an ack. The lock is held.
func (w *Workspace) answerWithView(what string, p *person, v *view, action string, raw json.RawMessage) {
	s, err := checkSpec(raw, "modal")
	if err != nil {
		w.problem("%s: response_action %s: %s %s", what, action, err.code, err.detail())
		w.trouble(v)
		return
	}
	switch {
	case action == "update":
		w.fill(v, s)
	case len(p.modals) >= maxStack:
		w.problem("%s: response_action push: push_limit_reached", what)
		w.trouble(v)
	default:
		w.pushView(p, s)
	}
}
