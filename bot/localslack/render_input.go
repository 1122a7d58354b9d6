package localslack

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

func (p painter) input(b map[string]any) string {
	label := p.textObject(sub(b, "label"))
	if optional, _ := b["optional"].(bool); optional {
		label += " (optional)"
	}
	out := label + ": " + p.element(b, sub(b, "element"))
	if h := p.textObject(sub(b, "hint")); h != "" {
		out += "\n    " + h
	}
	if e := p.errors[str(b, "block_id")]; e != "" {
		out += "\n    ! " + e
	}
	return out
}

// shownOptions is how many choices of a menu are listed.
const shownOptions = 12

func (p painter) element(b, e map[string]any) string {
	c := controlOf(e)
	c.BlockID = str(b, "block_id")
	now := p.current(c)
	switch c.Type {
	case "button", "workflow_button":
		if c.URL != "" {
			return "[" + c.Label + " → " + c.URL + "]"
		}
		return "[" + c.Label + "]"
	case "image":
		return "[image: " + str(e, "alt_text") + "]"
	case "checkboxes", "radio_buttons":
		return marked(c, now)
	case "overflow":
		return "(⋯ " + optionLabels(c.Options) + ")"
	case "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input":
		return p.typed(c, now)
	case "datepicker", "timepicker", "datetimepicker":
		return "(" + firstOf(strings.Join(now, ""), str(sub(e, "placeholder"), "text"), "choose") + ")"
	}
	return menu(c, now)
}

func (p painter) typed(c Control, now []string) string {
	if len(now) > 0 {
		return "[ " + strings.Join(now, " ") + " ]"
	}
	if hint := str(sub(c.element, "placeholder"), "text"); hint != "" {
		return "[ … " + hint + " ]"
	}
	return "[ ]"
}

func menu(c Control, now []string) string {
	opts := c.Options
	more := ""
	if len(opts) > shownOptions {
		more = fmt.Sprintf(" · … %d more", len(opts)-shownOptions)
		opts = opts[:shownOptions]
	}
	choices := optionLabels(opts) + more
	head := firstOf(strings.Join(now, ", "), str(sub(c.element, "placeholder"), "text"), "choose")
	if choices == "" {
		return "(v " + head + ")"
	}
	return "(v " + head + ": " + choices + ")"
}

// marked draws checkboxes and radio buttons.
func marked(c Control, now []string) string {
	var parts []string
	for _, o := range c.Options {
		mark, on := "( ) ", "(•) "
		if c.Type == "checkboxes" {
			mark, on = "[ ] ", "[x] "
		}
		if slices.Contains(now, o.Label) {
			mark = on
		}
		parts = append(parts, mark+o.Label)
	}
	return strings.Join(parts, "  ")
}

// current is what stands in an element, as a person reads it.
func (p painter) current(c Control) []string {
	field := stateField(c.Type)
	if field == "" {
		return nil
	}
	v, ok := p.values[c.BlockID][c.ActionID]
	if !ok {
		v = initialValue(c, field)
	}
	return p.readable(c.Type, v[field])
}

func (p painter) readable(kind string, v any) []string {
	switch v := v.(type) {
	case string:
		switch {
		case v == "":
			return nil
		case strings.HasSuffix(kind, "users_select"):
			return []string{p.user(v)}
		case strings.HasSuffix(kind, "channels_select"), strings.HasSuffix(kind, "conversations_select"):
			return []string{p.channel(v)}
		}
		return []string{v}
	case float64:
		return []string{p.moment(int64(v))}
	case int64:
		return []string{p.moment(v)}
	case map[string]any:
		return []string{str(sub(v, "text"), "text")}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, p.readable(kind, x)...)
		}
		return out
	}
	return nil
}

func (p painter) moment(unix int64) string {
	return time.Unix(unix, 0).In(p.zone()).Format("2006-01-02 15:04")
}
