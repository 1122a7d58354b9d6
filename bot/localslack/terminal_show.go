package localslack

import (
	"context"
	"fmt"
	"strings"
)

// news is what the person sees that they have not seen yet, and marks it seen.
func (t *Terminal) news() string {
	w := t.Workspace
	since := t.seen[t.User]
	newest := since
	var out []string
	show := func(seq uint64, text string) {
		newest = max(newest, seq)
		if text != "" {
			out = append(out, text)
		}
	}
	for _, m := range w.Screen(t.User) {
		if m.Seq > since && m.User == t.User {
			show(m.Seq, "") // they know what they wrote
		} else if m.Seq > since {
			show(m.Seq, t.drawMessage(&m))
		}
	}
	for _, n := range w.Notices(t.User) {
		if n.Seq > since && n.Message == "" {
			show(n.Seq, n.Text)
		}
	}
	modals := w.Modals(t.User)
	if n := len(modals); n > 0 && modals[n-1].Seq > since {
		show(modals[n-1].Seq, t.drawForm())
	} else if n == 0 && t.open[t.User] > 0 {
		out = append(out, "(the form is closed)")
	}
	if home, ok := w.Home(t.User); ok && home.Seq > since && t.Place == "home" {
		show(home.Seq, t.drawHome(home))
	}
	t.seen[t.User], t.open[t.User] = newest, len(modals)
	return strings.Join(out, "\n")
}

// drawMessage is one message with when, where and who.
func (t *Terminal) drawMessage(m *Message) string {
	r := t.Workspace.Reader(t.User)
	marks := ""
	if m.Ephemeral() {
		marks += " (Only visible to you)"
	}
	if m.Edited {
		marks += " (edited)"
	}
	head := fmt.Sprintf("[%s · %s] %s%s", m.Time().In(r.zone()).Format("Mon 2 Jan 15:04"), t.placeName(m.Channel), r.user(m.User), marks)
	return head + "\n" + indent(m.Draw(r))
}

func (t *Terminal) placeName(channel string) string {
	c, err := t.Workspace.Channel(t.User, channel)
	if err != nil || c.Name == "" {
		return "dm"
	}
	return "#" + c.Name
}

func indent(s string) string {
	return "  " + strings.ReplaceAll(s, "\n", "\n  ")
}

// drawForm is the form on top.
func (t *Terminal) drawForm() string {
	modals := t.Workspace.Modals(t.User)
	if len(modals) == 0 {
		return ""
	}
	return "[form]\n" + indent(modals[len(modals)-1].Draw(t.Workspace.Reader(t.User)))
}

func (t *Terminal) drawHome(m Modal) string {
	return "[home]\n" + indent(m.Draw(t.Workspace.Reader(t.User)))
}

// readBack is how many messages read shows.
const readBack = 20

// read shows the place again.
func (t *Terminal) read(context.Context, string) (string, error) {
	if form := t.drawForm(); form != "" {
		return form, nil
	}
	if t.Place == "home" {
		if m, ok := t.Workspace.Home(t.User); ok {
			return t.drawHome(m), nil
		}
		return "(an empty Home)", nil
	}
	msgs := t.Workspace.Transcript(t.User, t.room())
	msgs = msgs[max(0, len(msgs)-readBack):]
	var out []string
	for _, m := range msgs {
		out = append(out, t.drawMessage(&m))
	}
	if len(out) == 0 {
		return "(nothing here yet)", nil
	}
	return strings.Join(out, "\n"), nil
}

func (t *Terminal) whoIsHere(context.Context, string) (string, error) {
	var out []string
	for _, u := range t.Workspace.Users() {
		if u.Deactivated {
			continue
		}
		mark := "  "
		if u.ID == t.User {
			mark = "> "
		}
		out = append(out, fmt.Sprintf("%s%s (%s), %s", mark, u.Name, u.RealName, firstOf(u.TZ, "no zone")))
	}
	return strings.Join(append(out, "in "+t.where()), "\n"), nil
}

func (t *Terminal) where() string {
	if t.Place == "home" {
		return "home"
	}
	c, err := t.Workspace.Channel(t.User, t.room())
	if err != nil {
		return "dm"
	}
	return t.placeName(c.ID)
}
