package localslack

import (
	"strings"
	"time"
)

// item is an entry of the stream of messages: a message or the day above it.
type item struct {
	ID       string
	Day      string // of a divider
	Name     string
	Initials string
	Colour   int
	App      bool
	Time     string // 10:05
	Exact    string // the whole moment
	Only     bool   // visible to one person alone
	Edited   bool
	Channel  string
	TS       string
	Text     []inline
	Blocks   []drawn
	Files    []drawnFile
	Menu     []Shortcut
}

// drawnFile is a file with where this person can fetch it.
type drawnFile struct{ Name, Size, Path string }

// viewDrawn is a form or a Home.
type viewDrawn struct {
	ID, Title, Submit, Close string
	Blocks                   []drawn
	Trouble                  string
	Sending                  bool
	Stacked                  bool
}

// itemsKept is how many messages of a place a page holds.
const itemsKept = 200

// items are the messages of a place with the days between them.
func (p *Page) items(at seat, menu []Shortcut) (out []item) {
	msgs := p.w.Transcript(at.user.ID, at.room.ID)
	msgs = msgs[max(0, len(msgs)-itemsKept):]
	day := ""
	for i := range msgs {
		sent := msgs[i].Time().In(at.zone)
		if d := sent.Format("2006-01-02"); d != day {
			day = d
			out = append(out, item{ID: "day-" + d, Day: sent.Format("Monday, 2 January")})
		}
		out = append(out, p.message(at, &msgs[i], sent, menu))
	}
	return out
}

func (p *Page) message(at seat, m *Message, sent time.Time, menu []Shortcut) item {
	place := Place{Channel: m.Channel, TS: m.TS}
	sh := p.sheet(at, place, m.Blocks)
	name := sh.user(m.User)
	it := item{
		ID: sh.id("message"), Name: name, Initials: initials(name), Colour: colourOf(m.User), App: m.BotID != "" || m.User == "USLACKBOT",
		Time: sent.Format("15:04"), Exact: sent.Format("Monday, 2 January 2006, 15:04:05"), Only: m.Ephemeral(), Edited: m.Edited,
		Channel: m.Channel, TS: m.TS, Blocks: sh.drawn(m.Blocks),
	}
	if m.Blocks == nil {
		it.Text = sh.mrkdwn(m.Text)
	}
	for _, f := range m.Files {
		it.Files = append(it.Files, drawnFile{f.Name, figure(float64(f.Size)) + " bytes", at.path(at.where) + "/files/" + f.ID})
	}
	if !m.Ephemeral() {
		it.Menu = menu
	}
	return it
}

// sheet draws blocks at a place, with what the person has chosen there.
func (p *Page) sheet(at seat, place Place, raw []byte) sheet {
	sh := sheet{painter: painter{Reader: p.w.Reader(at.user.ID)}, place: place}
	if place.TS != "" {
		sh.values = p.w.chosenAt(at.user.ID, place)
	}
	if strings.Contains(string(raw), "s_select") {
		for _, u := range p.w.Users() {
			sh.members = append(sh.members, Option{Label: u.RealName, Value: u.ID})
		}
		for _, c := range p.w.Channels(at.user.ID) {
			sh.rooms = append(sh.rooms, Option{Label: c.Name, Value: c.ID})
		}
	}
	return sh
}

// chosenAt is what a person has chosen in a message's menus.
func (w *Workspace) chosenAt(user string, place Place) state {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.choices[user+" "+place.Channel+" "+place.TS].wire()
}

func (p *Page) homeView(at seat) *viewDrawn {
	m, ok := p.w.Home(at.user.ID)
	if !ok {
		return nil
	}
	return p.view(at, m, false)
}

// dialog is the form on top of a person's stack.
func (p *Page) dialog(at seat) *viewDrawn {
	open := p.w.Modals(at.user.ID)
	if len(open) == 0 {
		return nil
	}
	d := p.view(at, open[len(open)-1], true)
	d.Stacked = len(open) > 1
	return d
}

func (p *Page) view(at seat, m Modal, form bool) *viewDrawn {
	sh := p.sheet(at, Place{View: m.ID}, m.Blocks)
	sh.form, sh.values, sh.errors = form, m.Values, m.Errors
	return &viewDrawn{
		ID: m.ID, Title: m.Title, Submit: m.SubmitLabel, Close: firstOf(m.CloseLabel, "Cancel"),
		Blocks: sh.drawn(m.Blocks), Trouble: m.Trouble, Sending: m.Sending,
	}
}

// unread counts what others have written in a room since it was last looked at.
func (p *Page) unread(user, room string) int {
	p.mu.Lock()
	since, looked := p.read[user+" "+room]
	p.mu.Unlock()
	n := 0
	for _, m := range p.w.Transcript(user, room) {
		fresh := micros(m.TS) > micros(since)
		if !looked {
			fresh = m.Time().After(p.Unread)
		}
		if fresh && m.User != user && !m.Ephemeral() {
			n++
		}
	}
	return n
}

// seen notes that a person has looked at a place, and reports whether that was news.
func (p *Page) seen(at seat) bool {
	msgs := p.w.Transcript(at.user.ID, at.room.ID)
	if at.home() || len(msgs) == 0 || p.unread(at.user.ID, at.room.ID) == 0 {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read[at.user.ID+" "+at.room.ID] = msgs[len(msgs)-1].TS
	return true
}
