package localslack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// state is what stands in the inputs and menus of some blocks, by block_id and
// action_id: the "state.values" of payloads.
type state map[string]map[string]object

// initialState is what blocks show before anybody touches them. Untouched
// inputs are in it with null, as Slack sends them.
func initialState(raw json.RawMessage) state {
	s := state{}
	for _, c := range controls(Place{}, raw) {
		if field := stateField(c.Type); field != "" {
			s.put(c, initialValue(c, field))
		}
	}
	return s
}

func initialValue(c Control, field string) object {
	out := object{"type": c.Type, field: nil}
	key := "initial_" + strings.TrimPrefix(field, "selected_")
	if field == "value" || field == "rich_text_value" {
		key = "initial_value"
	}
	if v, ok := c.element[key]; ok {
		out[field] = v
	} else if strings.HasSuffix(field, "s") {
		out[field] = []any{}
	}
	if c.Type == "timepicker" && c.element["timezone"] != nil {
		out["timezone"] = c.element["timezone"]
	}
	return out
}

func (s state) put(c Control, v object) {
	if s[c.BlockID] == nil {
		s[c.BlockID] = map[string]object{}
	}
	s[c.BlockID][c.ActionID] = v
}

func (s state) get(c Control) object { return s[c.BlockID][c.ActionID] }

// keeping takes over from old what stands under the same ids and type.
func (s state) keeping(old state) state {
	for block, actions := range s {
		for action, v := range actions {
			if o, ok := old[block][action]; ok && o["type"] == v["type"] {
				s[block][action] = o
			}
		}
	}
	return s
}

// wire is a copy that later changes do not reach.
func (s state) wire() state {
	out := state{}
	for block, actions := range s {
		out[block] = map[string]object{}
		for action, v := range actions {
			out[block][action] = v
		}
	}
	return out
}

// empty reports whether nothing stands in a control.
func (s state) empty(c Control) bool {
	switch v := s.get(c)[stateField(c.Type)].(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// complaint is what Slack's own form says about an input before it sends
// anything, empty when content.
func (s state) complaint(c Control) string {
	if s.empty(c) {
		if c.Optional {
			return ""
		}
		return "Please complete this required field."
	}
	v, _ := s.get(c)["value"].(string)
	switch c.Type {
	case "plain_text_input":
		return lengthComplaint(v, number(c.element, "min_length", 0), number(c.element, "max_length", 3000))
	case "number_input":
		return numberComplaint(c, v)
	case "email_text_input":
		if !strings.Contains(v, "@") {
			return "Please enter a valid email address."
		}
	case "url_text_input":
		if !strings.Contains(v, "://") {
			return "Please enter a valid URL."
		}
	}
	return ""
}

func lengthComplaint(v string, low, high float64) string {
	n := float64(utf8.RuneCountInString(v))
	switch {
	case n < low:
		return fmt.Sprintf("Please enter at least %v characters.", low)
	case n > high:
		return fmt.Sprintf("Please enter no more than %v characters.", high)
	}
	return ""
}

func numberComplaint(c Control, v string) string {
	f, err := strconv.ParseFloat(v, 64)
	decimal, _ := c.element["is_decimal_allowed"].(bool)
	if err != nil || !decimal && strings.ContainsAny(v, ".eE") {
		return "Please enter a valid number."
	}
	if low, err := strconv.ParseFloat(str(c.element, "min_value"), 64); err == nil && f < low {
		return "Please enter a number no less than " + str(c.element, "min_value") + "."
	}
	if high, err := strconv.ParseFloat(str(c.element, "max_value"), 64); err == nil && f > high {
		return "Please enter a number no greater than " + str(c.element, "max_value") + "."
	}
	return ""
}

func number(m map[string]any, key string, otherwise float64) float64 {
	if f, ok := m[key].(float64); ok {
		return f
	}
	return otherwise
}

func wellFormed(layout, t, want string) error {
	if _, err := time.Parse(layout, t); err != nil {
		return errors.New("it takes " + want)
	}
	return nil
}

// unixOf reads a date and time in UTC, or seconds.
func unixOf(t string) (any, error) {
	if n, err := strconv.ParseInt(t, 10, 64); err == nil {
		return n, nil
	}
	at, err := time.Parse("2006-01-02 15:04", t)
	if err != nil {
		return nil, errors.New("it takes a date and time such as 2026-11-23 09:30")
	}
	return at.Unix(), nil
}
