package localslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Place is something on a person's screen that can be acted in: a message (by
// channel and timestamp) or a modal or Home (by view id).
type Place struct {
	Channel, TS string
	View        string
}

// Control is one interactive element on a person's screen.
type Control struct {
	Place    Place
	BlockID  string
	ActionID string
	Type     string
	// Label is what a person calls it: a button's text, an input's label, a
	// menu's placeholder.
	Label string
	// About is the text it stands beside or below, to tell two Dones apart.
	About    string
	Value    string // a button's
	URL      string // a link button's: pressing it opens a page as well
	Options  []Option
	Input    bool // in an input block: waits for the form's submit button
	Optional bool // an input that may stay empty

	dispatch bool // an input that also acts at once
	element  map[string]any
}

// Option is an entry of a menu, a radio group or a list of checkboxes.
type Option struct {
	Label, Value string

	raw map[string]any
}

// parseBlocks decodes a blocks array; anything else is no blocks.
func parseBlocks(raw json.RawMessage) []map[string]any {
	var blocks []map[string]any
	_ = json.Unmarshal(raw, &blocks)
	return blocks
}

func str(m map[string]any, key string) string {
	s, _ := m[key].(string)
	return s
}

func sub(m map[string]any, key string) map[string]any {
	o, _ := m[key].(map[string]any)
	return o
}

func list(m map[string]any, key string) []map[string]any {
	items, _ := m[key].([]any)
	var out []map[string]any
	for _, it := range items {
		if o, ok := it.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

// controls lists the interactive elements of some blocks, top to bottom.
func controls(place Place, raw json.RawMessage) []Control {
	var out []Control
	about := ""
	for _, b := range parseBlocks(raw) {
		add := func(e map[string]any, label string, input bool) {
			if e == nil || !interactive(str(e, "type")) {
				return
			}
			c := controlOf(e)
			c.Place, c.BlockID, c.About, c.Input = place, str(b, "block_id"), about, input
			if label != "" {
				c.Label = label
			}
			c.Optional, _ = b["optional"].(bool)
			c.dispatch, _ = b["dispatch_action"].(bool)
			out = append(out, c)
		}
		switch str(b, "type") {
		case "actions":
			for _, e := range list(b, "elements") {
				add(e, "", false)
			}
		case "input":
			add(sub(b, "element"), str(sub(b, "label"), "text"), true)
		case "divider":
		default:
			about = blockText(b)
			add(sub(b, "accessory"), "", false)
		}
	}
	return out
}

func controlOf(e map[string]any) Control {
	c := Control{
		ActionID: str(e, "action_id"), Type: str(e, "type"), Value: str(e, "value"), URL: str(e, "url"),
		Label: str(sub(e, "text"), "text"), element: e, Options: options(e),
	}
	if c.Label == "" {
		c.Label = str(sub(e, "placeholder"), "text")
	}
	if c.Label == "" && c.Type == "overflow" {
		c.Label = "⋯"
	}
	if c.Label == "" {
		c.Label = c.ActionID
	}
	return c
}

// options lists an element's options, those of its groups included.
func options(e map[string]any) []Option {
	var out []Option
	add := func(items []map[string]any) {
		for _, o := range items {
			out = append(out, optionOf(o))
		}
	}
	add(list(e, "options"))
	for _, g := range list(e, "option_groups") {
		add(list(g, "options"))
	}
	return out
}

func optionOf(o map[string]any) Option {
	return Option{Label: str(sub(o, "text"), "text"), Value: str(o, "value"), raw: o}
}

// acts reports whether the bot is told as soon as something is chosen.
func (c Control) acts() bool { return !c.Input || c.dispatch }

// lines reports whether a line break can be typed.
func (c Control) lines() bool {
	multiline, _ := c.element["multiline"].(bool)
	return multiline || c.Type == "rich_text_input"
}

// is reports whether a person or a test means this control: by label, in any
// case, or by action id, "block/action" or block id.
func (c Control) is(name string) bool {
	return strings.EqualFold(fold(c.Label), fold(name)) || c.ActionID == name || c.BlockID+"/"+c.ActionID == name || c.BlockID == name
}

// fold drops what people do not type: the ellipsis and surrounding space.
func fold(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "…", ""))
	return strings.TrimSpace(strings.TrimSuffix(s, "..."))
}

// set is the state of the element once the given things are chosen or typed in
// it; none means emptied. find resolves people and channels by name.
func (c Control) set(texts []string, find func(kind, name string) (string, bool)) (object, error) {
	texts = slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s == "" })
	out := object{"type": c.Type}
	multi := strings.HasPrefix(c.Type, "multi_") || c.Type == "checkboxes"
	if len(texts) > 1 && !multi {
		texts = []string{strings.Join(texts, ", ")}
	}
	field := stateField(c.Type)
	if field == "" {
		return nil, fmt.Errorf("%s holds no value", c.Type)
	}
	var chosen []any
	for _, t := range texts {
		v, err := c.value(t, find)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, v)
	}
	switch {
	case multi:
		out[field] = append([]any{}, chosen...)
	case len(chosen) == 0:
		out[field] = nil
	default:
		out[field] = chosen[0]
	}
	if c.Type == "timepicker" && c.element["timezone"] != nil {
		out["timezone"] = c.element["timezone"]
	}
	return out, nil
}

// value turns one text into what the element holds.
func (c Control) value(t string, find func(kind, name string) (string, bool)) (any, error) {
	switch strings.TrimPrefix(c.Type, "multi_") {
	case "static_select", "external_select", "radio_buttons", "checkboxes", "overflow":
		for _, o := range c.Options {
			if o.Value == t || strings.EqualFold(fold(o.Label), fold(t)) {
				return o.raw, nil
			}
		}
		return nil, fmt.Errorf("%q is not a choice of %q; there are: %s", t, c.Label, firstOf(optionLabels(c.Options), "none"))
	case "users_select", "channels_select", "conversations_select":
		if id, ok := find(c.Type, t); ok {
			return id, nil
		}
		return nil, fmt.Errorf("nobody and nothing is called %q", t)
	case "datepicker":
		return t, wellFormed("2006-01-02", t, "a date such as 2026-11-23")
	case "timepicker":
		return t, wellFormed("15:04", t, "a time such as 09:30")
	case "datetimepicker":
		return unixOf(t)
	}
	return t, nil
}

func optionLabels(opts []Option) string {
	var names []string
	for _, o := range opts {
		names = append(names, o.Label)
	}
	return strings.Join(names, " · ")
}

// stateField is the field of view.state.values an element's value is in,
// empty for elements that hold none.
func stateField(kind string) string {
	switch kind {
	case "plain_text_input", "number_input", "email_text_input", "url_text_input":
		return "value"
	case "static_select", "external_select", "radio_buttons":
		return "selected_option"
	case "multi_static_select", "multi_external_select", "checkboxes":
		return "selected_options"
	case "datepicker":
		return "selected_date"
	case "timepicker":
		return "selected_time"
	case "datetimepicker":
		return "selected_date_time"
	case "users_select":
		return "selected_user"
	case "multi_users_select":
		return "selected_users"
	case "conversations_select":
		return "selected_conversation"
	case "multi_conversations_select":
		return "selected_conversations"
	case "channels_select":
		return "selected_channel"
	case "multi_channels_select":
		return "selected_channels"
	case "rich_text_input":
		return "rich_text_value"
	}
	return ""
}
