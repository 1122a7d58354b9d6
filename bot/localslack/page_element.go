package localslack

import (
	"slices"
	"strings"
)

// drawnElement is an interactive element, an image or a text of a context block.
type drawnElement struct {
	// Kind is how it is drawn: button, link, menu, pick, select, checks, radios,
	// search, line, lines, date, time, moment, image or text.
	Kind          string
	ID            string
	Block, Action string
	Type          string // Slack's name of it
	Label         string // its name, also for those who cannot see it
	Text          string
	Inline        []inline
	Style         string
	URL           string
	Value         string
	Placeholder   string
	Mode          string // of the keyboard a small screen shows
	Options       []drawnOption
	Several       bool
	Required      bool
	Dispatch      string // when the bot is told at once: chosen, found, enter or typing; empty for never
	Invalid       bool
	Focus         bool
	About         []string // ids of what describes it
	Confirm       *drawnConfirm
	Form          bool // in an input block: waits for the form's button
}

// Describedby is About as the attribute has it.
func (e drawnElement) Describedby() string { return strings.Join(e.About, " ") }

// Name is the field's name in what is submitted.
func (e drawnElement) Name() string { return e.Block + "/" + e.Action }

type drawnOption struct {
	Label       []inline
	Name, Value string
	About       []inline
	Chosen      bool
	Group       string // the heading above it, where it is the first under it
}

// drawnConfirm is what Slack asks before it lets a press through.
type drawnConfirm struct{ Title, Text, Yes, No, Style string }

func (s sheet) drawnElement(b, e map[string]any) drawnElement {
	switch str(e, "type") {
	case "image":
		return drawnElement{Kind: "image", Label: str(e, "alt_text"), URL: str(e, "image_url")}
	case "mrkdwn", "plain_text":
		return drawnElement{Kind: "text", Inline: s.text(e)}
	}
	c := controlOf(e)
	c.Place, c.BlockID = s.place, str(b, "block_id")
	now := s.current(c)
	d := drawnElement{
		ID: s.id(c.BlockID, c.ActionID), Block: c.BlockID, Action: c.ActionID, Type: c.Type, Form: str(b, "type") == "input",
		Label: withEmoji(firstOf(str(e, "accessibility_label"), c.Label)), Text: withEmoji(c.Label), Style: str(e, "style"),
		Value: strings.Join(now, ", "), Placeholder: str(sub(e, "placeholder"), "text"), Confirm: confirmOf(e),
		Several: strings.HasPrefix(c.Type, "multi_") || c.Type == "checkboxes",
	}
	d.Focus, _ = e["focus_on_load"].(bool)
	s.shape(&d, c, now)
	return d
}

// dispatch is when an input tells the bot at once. Slack waits for Enter unless
// dispatch_action_config says otherwise.
func (d drawnElement) dispatch(e map[string]any) string {
	switch d.Kind {
	case "line", "lines":
		on, _ := sub(e, "dispatch_action_config")["trigger_actions_on"].([]any)
		if slices.Contains(on, any("on_character_entered")) {
			return "typing"
		}
		return "enter"
	case "search":
		return "found"
	}
	return "chosen"
}

// shape decides how an element is drawn.
func (s sheet) shape(d *drawnElement, c Control, now []string) {
	switch c.Type {
	case "button", "workflow_button":
		d.Kind, d.URL = "button", c.URL
		if c.URL != "" {
			d.Kind = "link"
		}
	case "overflow":
		d.Kind, d.Options = "menu", s.options(c.element, nil)
		d.Label, d.Text = "More actions", "⋯"
	case "checkboxes":
		d.Kind, d.Options = "checks", s.options(c.element, now)
	case "radio_buttons":
		d.Kind, d.Options = "radios", s.options(c.element, now)
	case "plain_text_input", "rich_text_input":
		d.Kind, d.Value = "line", strings.Join(now, "")
		if lines, _ := c.element["multiline"].(bool); lines || c.Type == "rich_text_input" {
			d.Kind = "lines"
		}
	case "number_input":
		d.Kind, d.Mode = "line", "decimal"
	case "email_text_input":
		d.Kind, d.Mode = "line", "email"
	case "url_text_input":
		d.Kind, d.Mode = "line", "url"
	case "datepicker":
		d.Kind = "date"
	case "timepicker":
		d.Kind = "time"
	case "datetimepicker":
		d.Kind, d.Value = "moment", strings.Replace(d.Value, " ", "T", 1)
	case "external_select", "multi_external_select":
		d.Kind = "search"
	default:
		s.menu(d, c, now)
	}
}

// menu draws a select: in a form as the browser's own, elsewhere as one that
// acts when something is chosen. Several choices are boxes to tick.
func (s sheet) menu(d *drawnElement, c Control, now []string) {
	d.Options = s.options(c.element, now)
	switch strings.TrimPrefix(c.Type, "multi_") {
	case "users_select":
		d.Options = marking(s.members, now)
	case "channels_select", "conversations_select":
		d.Options = marking(s.rooms, now)
	}
	switch {
	case d.Several:
		d.Kind = "checks"
	case d.Form:
		d.Kind = "select"
	default:
		d.Kind = "pick"
	}
}

func marking(opts []Option, now []string) (out []drawnOption) {
	for _, o := range opts {
		out = append(out, drawnOption{Label: words(o.Label), Name: o.Label, Value: o.Value, Chosen: slices.Contains(now, o.Label)})
	}
	return out
}

// options are an element's choices, with the headings of their groups.
func (s sheet) options(e map[string]any, now []string) (out []drawnOption) {
	add := func(items []map[string]any, group string) {
		for i, raw := range items {
			o := optionOf(raw)
			d := drawnOption{
				Label: s.text(sub(raw, "text")), Name: withEmoji(o.Label), Value: o.Value,
				About: s.text(sub(raw, "description")), Chosen: slices.Contains(now, o.Label),
			}
			if i == 0 {
				d.Group = group
			}
			out = append(out, d)
		}
	}
	add(list(e, "options"), "")
	for _, g := range list(e, "option_groups") {
		add(list(g, "options"), str(sub(g, "label"), "text"))
	}
	return out
}

func confirmOf(e map[string]any) *drawnConfirm {
	dialog := sub(e, "confirm")
	if dialog == nil {
		return nil
	}
	said := func(key string) string { return str(sub(dialog, key), "text") }
	return &drawnConfirm{
		Title: said("title"), Text: said("text"),
		Yes: firstOf(said("confirm"), "Yes"), No: firstOf(said("deny"), "Cancel"), Style: str(dialog, "style"),
	}
}
