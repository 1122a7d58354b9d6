package localslack

import (
	"slices"
	"strings"
	"time"
)

// screen is everything a person sees at one place.
type screen struct {
	Title, Heading, About string
	Team, App, Command    string
	Hint, CommandDoes     string
	Who                   string
	Where                 string
	Base                  string // the address of this screen
	Live                  string // the address of its events
	Versions              string // of its fragments, as JSON
	Home                  bool
	Composer              string // its name; empty for no composer
	Nav                   []navGroup
	People                []navPerson
	Clock                 *clockView
	Items                 []item
	View                  *viewDrawn // of the Home
	Dialog                *viewDrawn
	Commands              []Completion
	Shortcuts             []Shortcut
	OnMessages            []Shortcut
}

type navGroup struct {
	Name  string
	Items []navItem
}

type navItem struct {
	Name, Mark, Path string
	Unread           int
	Here             bool
}

type navPerson struct {
	Name, First, Zone, Time, Path, Initials string
	Colour                                  int
	Here                                    bool
}

// clockView is the time as the person's own clock shows it.
type clockView struct {
	Now, Zone string
	Next      string // when the next message is due; empty when none is
	Input     string // for the field that sets another time
}

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
	Menu     []Shortcut
}

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

func (p *Page) screen(at seat) screen {
	w := p.w
	s := screen{
		Team: w.cfg.Team.Name, App: w.cfg.App.Name, Command: w.cfg.App.Command, Hint: p.Hint, CommandDoes: p.About,
		Who: at.user.RealName, Where: at.where, Base: at.path(at.where), Home: at.home(),
		Nav: p.nav(at), People: p.people(at), Clock: p.clock(at), Commands: p.Commands,
	}
	s.Live = s.Base + "/events"
	for _, c := range p.Shortcuts {
		if c.OnMessage {
			s.OnMessages = append(s.OnMessages, c)
		} else {
			s.Shortcuts = append(s.Shortcuts, c)
		}
	}
	switch {
	case at.home():
		s.Heading, s.View = s.App+" Home", p.homeView(at)
		s.About = "What " + s.App + " shows " + firstName(at.user) + " alone."
	case at.room.Name == "":
		s.Heading, s.Composer = s.App, "Message "+s.App
		s.About = "Direct message. Only " + firstName(at.user) + " and " + s.App + " read it."
	default:
		s.Heading, s.Composer = "#"+at.room.Name, "Message #"+at.room.Name
		s.About = p.whoIsIn(at.room)
	}
	if !at.home() {
		s.Items = p.items(at, s.OnMessages)
	}
	s.Dialog = p.dialog(at)
	unread := 0
	for _, g := range s.Nav {
		for _, it := range g.Items {
			unread += it.Unread
		}
	}
	s.Title = s.Heading + " · " + s.Team
	if unread > 0 {
		s.Title = "(" + figure(float64(unread)) + ") " + s.Title
	}
	return s
}

func (p *Page) whoIsIn(c Channel) string {
	members := len(c.Members)
	said := figure(float64(members)) + " members"
	if !slices.Contains(c.Members, p.w.cfg.App.BotUserID) {
		said += ", without " + p.w.cfg.App.Name
	}
	return said
}

func (p *Page) nav(at seat) []navGroup {
	var channels []navItem
	for _, c := range p.w.Channels(at.user.ID) {
		if slices.Contains(c.Members, at.user.ID) {
			channels = append(channels, navItem{Name: c.Name, Mark: "#", Path: at.path(c.Name), Here: at.where == c.Name, Unread: p.unread(at.user.ID, c.ID)})
		}
	}
	dm, _ := p.w.DM(at.user.ID)
	return []navGroup{{"Channels", channels}, {"Apps", []navItem{
		{Name: p.w.cfg.App.Name, Mark: "●", Path: at.path("dm"), Here: at.where == "dm", Unread: p.unread(at.user.ID, dm)},
		{Name: p.w.cfg.App.Name + " Home", Mark: "⌂", Path: at.path("home"), Here: at.home()},
	}}}
}

func (p *Page) people(at seat) (out []navPerson) {
	now := p.now()
	for _, id := range p.People {
		u, ok := p.w.User(id)
		if !ok || u.Deactivated {
			continue
		}
		where := at.where
		if c, err := p.w.Channel(u.ID, where); where != "home" && (err != nil || c.Name != "" && !slices.Contains(c.Members, u.ID)) {
			where = "dm"
		}
		zone := p.w.Reader(u.ID).zone()
		out = append(out, navPerson{
			Name: u.RealName, First: firstName(u), Zone: cityOf(zone), Time: now.In(zone).Format("15:04"), Path: "/" + u.Name + "/" + where,
			Initials: initials(u.RealName), Colour: colourOf(u.ID), Here: u.ID == at.user.ID,
		})
	}
	return out
}

// now is the time people see.
func (p *Page) now() time.Time {
	if p.Clock != nil {
		return p.Clock.Now()
	}
	return p.w.cfg.Now()
}

func (p *Page) clock(at seat) *clockView {
	if p.Clock == nil {
		return nil
	}
	now := p.Clock.Now().In(at.zone)
	c := &clockView{Now: now.Format("Mon 2 Jan, 15:04"), Zone: cityOf(at.zone), Input: now.Format("2006-01-02T15:04")}
	if next, ok := p.Clock.Next(); ok {
		c.Next = next.In(at.zone).Format("Mon 2 Jan, 15:04")
	}
	return c
}

// cityOf is a zone as people call it.
func cityOf(zone *time.Location) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}

func firstName(u User) string {
	first, _, _ := strings.Cut(u.RealName, " ")
	return first
}

func initials(name string) string {
	var out []rune
	for _, part := range strings.Fields(name) {
		out = append(out, []rune(part)[0])
	}
	return strings.ToUpper(string(out[:min(2, len(out))]))
}

// colours is how many colours the pictures of people have.
const colours = 6

func colourOf(id string) int {
	sum := 0
	for _, r := range id {
		sum += int(r)
	}
	return sum % colours
}

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
