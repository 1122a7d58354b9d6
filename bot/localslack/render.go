package localslack

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Reader is who reads a rendered text: how mentions are named and in which
// zone dates are shown. The zero Reader shows ids and UTC.
type Reader struct {
	User    func(id string) string
	Channel func(id string) string
	Zone    *time.Location
}

// plainNames reads without looking anything up.
var plainNames = Reader{}

func (r Reader) user(id string) string {
	if r.User != nil {
		return r.User(id)
	}
	return id
}

func (r Reader) channel(id string) string {
	if r.Channel != nil {
		return r.Channel(id)
	}
	return id
}

func (r Reader) zone() *time.Location {
	if r.Zone != nil {
		return r.Zone
	}
	return time.UTC
}

// Reader returns how a person of the workspace reads texts.
func (w *Workspace) Reader(user string) Reader {
	u, _ := w.User(user)
	r := Reader{User: w.nameOf, Channel: w.channelName, Zone: time.UTC}
	if loc, err := time.LoadLocation(u.TZ); err == nil {
		r.Zone = loc
	}
	return r
}

func (w *Workspace) nameOf(id string) string {
	if id == "USLACKBOT" {
		return "Slackbot"
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := w.people[id]; p != nil {
		return p.RealName
	}
	return id
}

func (w *Workspace) channelName(id string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if r := w.rooms[id]; r != nil && r.Name != "" {
		return r.Name
	}
	return id
}

// Text draws a blocks array for a terminal: buttons as "[Done]", menus as
// "(v Reason: Price · Budget)", tables as aligned columns, charts as bars.
func Text(blocks json.RawMessage, r Reader) string {
	return painter{Reader: r}.blocks(blocks)
}

// Draw draws a message: its blocks, or its text where it has none, and its files.
func (m *Message) Draw(r Reader) string {
	said := Mrkdwn(m.Text, r)
	if m.Blocks != nil {
		said = Text(m.Blocks, r)
	}
	return join(said, drawFiles(m.Files))
}

// Draw draws a form or a Home with what stands in it and what is wrong with it.
func (m Modal) Draw(r Reader) string {
	p := painter{Reader: r, values: state{}, errors: m.Errors}
	for block, actions := range m.Values {
		p.values[block] = actions
	}
	var b strings.Builder
	if m.Title != "" {
		fmt.Fprintf(&b, "── %s ──\n", m.Title)
	}
	b.WriteString(p.blocks(m.Blocks))
	if m.Trouble != "" {
		fmt.Fprintf(&b, "\n! %s", m.Trouble)
	}
	if m.SubmitLabel != "" {
		fmt.Fprintf(&b, "\n[%s]", m.SubmitLabel)
	}
	return strings.TrimRight(b.String(), "\n")
}

// painter draws blocks with what stands in their inputs.
type painter struct {
	Reader
	values state
	errors map[string]string
}

func (p painter) blocks(raw json.RawMessage) string {
	var lines []string
	for _, b := range parseBlocks(raw) {
		if t := p.block(b); t != "" {
			lines = append(lines, t)
		}
	}
	return strings.Join(lines, "\n")
}

func (p painter) block(b map[string]any) string {
	switch str(b, "type") {
	case "section":
		return p.section(b)
	case "header":
		return p.textObject(sub(b, "text")) + "\n" + strings.Repeat("=", width(p.textObject(sub(b, "text"))))
	case "divider":
		return strings.Repeat("─", 40)
	case "context":
		return p.context(b)
	case "actions":
		return p.actions(b)
	case "input":
		return p.input(b)
	case "image":
		return "[image: " + str(b, "alt_text") + "]"
	case "rich_text":
		return richText(b, p.Reader)
	case "markdown":
		return str(b, "text")
	case "table":
		return p.table(b)
	case "data_visualization":
		return chartText(b)
	}
	return ""
}

func (p painter) section(b map[string]any) string {
	var parts []string
	if t := p.textObject(sub(b, "text")); t != "" {
		parts = append(parts, t)
	}
	for _, f := range list(b, "fields") {
		parts = append(parts, p.textObject(f))
	}
	out := strings.Join(parts, "\n")
	if e := sub(b, "accessory"); e != nil {
		out = strings.TrimSpace(out + "  " + p.element(b, e))
	}
	return out
}

func (p painter) context(b map[string]any) string {
	var parts []string
	for _, e := range list(b, "elements") {
		if str(e, "type") == "image" {
			parts = append(parts, "[image: "+str(e, "alt_text")+"]")
			continue
		}
		parts = append(parts, p.textObject(e))
	}
	return strings.Join(parts, "  ")
}

func (p painter) actions(b map[string]any) string {
	var parts []string
	for _, e := range list(b, "elements") {
		parts = append(parts, p.element(b, e))
	}
	return strings.Join(parts, " ")
}

func (p painter) textObject(t map[string]any) string {
	if str(t, "type") == "mrkdwn" {
		return Mrkdwn(str(t, "text"), p.Reader)
	}
	return str(t, "text")
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// blockText is the text of a block, on one line, to say what a control beside
// or below it is about.
func blockText(b map[string]any) string {
	t := painter{}.block(withoutControls(b))
	return strings.Join(strings.Fields(t), " ")
}

func withoutControls(b map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range b {
		if k != "accessory" {
			out[k] = v
		}
	}
	return out
}
