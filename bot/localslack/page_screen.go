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
	Situations            []Situation
	SituationsDo          string
	Told                  string // what led to the situation one is in
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

func (p *Page) screen(at seat) screen {
	w := p.w
	s := screen{
		Team: w.cfg.Team.Name, App: w.cfg.App.Name, Command: w.cfg.App.Command, Hint: p.Hint, CommandDoes: p.About,
		Who: at.user.RealName, Where: at.where, Base: at.path(at.where), Home: at.home(),
		Nav: p.nav(at), People: p.people(at), Clock: p.clock(at), Commands: p.Commands,
		Situations: p.Situations, SituationsDo: p.SituationsDo,
	}
	s.Live = s.Base + "/events"
	for _, c := range p.w.cfg.App.Shortcuts {
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
		s.Heading, s.Composer, s.Told = s.App, "Message "+s.App, p.toldTo(at.user.ID)
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
