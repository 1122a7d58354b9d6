package localslack

import (
	"regexp"
	"slices"
)

// slot is the part of a block an element sits in.
type slot string

const (
	inSection slot = "section"
	inActions slot = "actions"
	inInput   slot = "input"
	inContext slot = "context"
)

// slots lists where an element type may sit, from the "works with block types"
// of each page of docs.slack.dev/reference/block-kit/block-elements. Empty
// means Local Slack does not know the type.
func slots(kind string) []slot {
	switch kind {
	case "button", "workflow_button", "overflow":
		return []slot{inSection, inActions}
	case "image":
		return []slot{inSection, inContext}
	case "datetimepicker":
		return []slot{inActions, inInput}
	case "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input":
		return []slot{inInput}
	case "checkboxes", "radio_buttons", "datepicker", "timepicker",
		"static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select":
		return []slot{inSection, inActions, inInput}
	}
	return nil
}

// element checks one block element. ids are the action ids of its block so far.
func (c *checker) element(at string, e map[string]any, in slot, ids map[string]bool) {
	kind := str(e, "type")
	where := slots(kind)
	switch {
	case kind == "":
		c.fault(at, "missing required field: type")
		return
	case where == nil:
		c.fault(at+"/type", "unsupported type: %s", kind)
		return
	case !slices.Contains(where, in):
		c.fault(at+"/type", "unsupported type: %s in an %s block", kind, in)
		return
	}
	if kind == "image" {
		c.only(at, e, "type image_url slack_file alt_text")
		c.imageFields(at, e)
		return
	}
	c.text(at, e, "action_id", false, 1, maxID)
	if id := str(e, "action_id"); id != "" {
		if ids[id] {
			c.fault(at+"/action_id", "action_id %q already exists in this block", id)
		}
		ids[id] = true
	}
	c.confirm(at, e)
	c.plain(at, e, "placeholder", false, 150)
	c.boolean(at, e, "focus_on_load")
	if on, _ := e["focus_on_load"].(bool); on {
		c.focused++
	}
	c.elementFields(at, kind, e)
}

func (c *checker) elementFields(at, kind string, e map[string]any) {
	switch kind {
	case "button":
		c.only(at, e, "type action_id text url value style confirm accessibility_label")
		c.plain(at, e, "text", true, 75)
		c.text(at, e, "url", false, 1, 3000)
		c.text(at, e, "value", false, 1, 2000)
		c.text(at, e, "accessibility_label", false, 1, 75)
		c.oneOf(at, e, "style", "primary danger")
	case "workflow_button":
		c.only(at, e, "type action_id text workflow style accessibility_label")
		c.plain(at, e, "text", true, 75)
	case "overflow":
		c.only(at, e, "type action_id options confirm")
		c.optionList(at, e, "options", true, 5, "plain_text", true)
	case "checkboxes", "radio_buttons":
		c.choice(at, kind, e)
	case "datepicker":
		c.only(at, e, "type action_id initial_date confirm focus_on_load placeholder")
		c.matches(at, e, "initial_date", "a date as YYYY-MM-DD", dateShape)
	case "timepicker":
		c.only(at, e, "type action_id initial_time confirm focus_on_load placeholder timezone")
		c.matches(at, e, "initial_time", "a time as HH:mm", timeShape)
		c.text(at, e, "timezone", false, 1, maxID)
	case "datetimepicker":
		c.only(at, e, "type action_id initial_date_time confirm focus_on_load")
		c.whole(at, e, "initial_date_time", 1e9, 1e10-1)
	case "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input":
		c.typed(at, kind, e)
	default:
		c.selectMenu(at, kind, e)
	}
}

var (
	dateShape   = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)
	timeShape   = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)
	numberShape = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
)

func (c *checker) choice(at, kind string, e map[string]any) {
	initial := "initial_option"
	if kind == "checkboxes" {
		initial = "initial_options"
	}
	c.only(at, e, "type action_id options confirm focus_on_load "+initial)
	c.optionList(at, e, "options", true, 10, "plain_text mrkdwn", false)
	c.initial(at, e, initial)
}

func (c *checker) typed(at, kind string, e map[string]any) {
	fields := "type action_id initial_value dispatch_action_config focus_on_load placeholder"
	switch kind {
	case "plain_text_input":
		fields += " multiline min_length max_length"
		c.boolean(at, e, "multiline")
		c.whole(at, e, "min_length", 0, 3000)
		c.whole(at, e, "max_length", 1, 3000)
		c.text(at, e, "initial_value", false, 0, 3000)
		if number(e, "min_length", 0) > number(e, "max_length", 3000) {
			c.fault(at+"/min_length", "must not be more than max_length")
		}
	case "number_input":
		fields += " is_decimal_allowed min_value max_value"
		if _, ok := e["is_decimal_allowed"].(bool); !ok {
			c.fault(at, "missing required field: is_decimal_allowed")
		}
		for _, key := range []string{"initial_value", "min_value", "max_value"} {
			c.matches(at, e, key, "a number in a string", numberShape)
		}
	case "email_text_input", "url_text_input":
		c.text(at, e, "initial_value", false, 0, 3000)
	}
	c.only(at, e, fields)
	v, ok := e["dispatch_action_config"]
	if !ok || v == nil {
		return
	}
	if o, ok := c.object(at+"/dispatch_action_config", v); ok {
		c.only(at+"/dispatch_action_config", o, "trigger_actions_on")
		for _, on := range c.array(at+"/dispatch_action_config", o, "trigger_actions_on", false, 1, 2) {
			if on != "on_enter_pressed" && on != "on_character_entered" {
				c.fault(at+"/dispatch_action_config/trigger_actions_on", "must be one of: on_enter_pressed on_character_entered")
			}
		}
	}
}
