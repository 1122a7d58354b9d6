package localslack

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// PageConfig is what a Page shows besides the workspace. Everything in it may
// be left empty.
type PageConfig struct {
	// People are those one can act as, by id or handle; nil means everybody.
	People []string
	// Start is where the page begins: "dm" when empty, "home" or a channel.
	Start string
	// Clock is moved by the page's buttons; nil means there are none.
	Clock Clock
	// About says what the slash command does, and Hint how to use it.
	About, Hint string
	// Commands are offered while a command is typed.
	Commands []Completion
	// Unread is the moment from which messages count as unread; zero means all do.
	Unread time.Time
	// Situations are offered in the sidebar, in this order, and SituationsDo says
	// above them what pressing one does.
	Situations   []Situation
	SituationsDo string
}

// Completion is a text for the slash command, and what it does.
type Completion struct{ Text, Does string }

//go:embed page/*.html page/*.css page/*.js page/*.svg
var pageFiles embed.FS

// Page is the workspace in a browser: every person's channels, direct message
// and Home, drawn as Slack draws them, with a clock to move.
//
// An address names who looks and at what, "/maya/dm"; what is on that screen
// is drawn whole once and kept current through an event stream, in every tab
// alike. See page_screen.go and page_view.go for what is on a screen,
// page_live.go for the stream, page_do.go, page_clock.go and page_situation.go for
// what people do, page_blocks.go and its neighbours for Block Kit, and
// page_guard.go for who may ask.
type Page struct {
	PageConfig
	w     *Workspace
	draw  *template.Template
	asset map[string][]byte

	moving sync.Mutex // held while the clock is moved

	mu   sync.Mutex
	read map[string]string // by person and room, the newest timestamp seen
	told map[string]string // by person, what led to the situation they are in
}

// NewPage makes a page of a workspace.
func NewPage(w *Workspace, cfg PageConfig) (*Page, error) {
	p := &Page{PageConfig: cfg, w: w, read: map[string]string{}, told: map[string]string{}, asset: map[string][]byte{}}
	setDefault(&p.Start, "dm")
	if p.People == nil {
		for _, u := range w.Users() {
			p.People = append(p.People, u.ID)
		}
	}
	for _, name := range p.People {
		if _, ok := w.User(name); !ok {
			return nil, fmt.Errorf("%w: %q", ErrNobody, name)
		}
	}
	err := p.checkSituations()
	if err != nil {
		return nil, err
	}
	if p.draw, err = template.ParseFS(pageFiles, "page/*.html"); err != nil {
		return nil, fmt.Errorf("reading the page's templates: %w", err)
	}
	for _, name := range []string{"page.css", "page.js", "icon.svg"} {
		if p.asset[name], err = pageFiles.ReadFile("page/" + name); err != nil {
			return nil, fmt.Errorf("reading the page's files: %w", err)
		}
	}
	return p, nil
}

// Serve answers on l, with the page and the Web API, until the workspace is
// closed. It returns nil after that.
func (p *Page) Serve(l net.Listener) error { return p.w.serve(l, p.Handler()) }

// Handler answers for the page and, as [Workspace.Handler] does, for the bot.
// Both refuse what another site's page could send: see page_guard.go.
func (p *Page) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.serveStart)
	mux.HandleFunc("GET /assets/{name}", p.serveAsset)
	mux.HandleFunc("GET /{who}/{where}", p.serveScreen)
	mux.HandleFunc("GET /{who}/{where}/events", p.serveEvents)
	mux.HandleFunc("GET /{who}/{where}/files/{id}", p.serveFile)
	mux.HandleFunc("POST /{who}/{where}/{do}", p.serveDo)
	api := p.w.Handler()
	return guarded(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		for _, prefix := range []string{"/api/", "/link/", "/hooks/", "/upload/"} {
			if strings.HasPrefix(r.URL.Path, prefix) {
				api.ServeHTTP(rw, r)
				return
			}
		}
		mux.ServeHTTP(rw, r)
	}))
}

func (p *Page) serveStart(rw http.ResponseWriter, r *http.Request) {
	if len(p.People) == 0 {
		http.NotFound(rw, r)
		return
	}
	u, _ := p.w.User(p.People[0])
	http.Redirect(rw, r, "/"+u.Name+"/"+p.Start, http.StatusFound)
}

func (p *Page) serveAsset(rw http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	raw, known := p.asset[name]
	if !known {
		http.NotFound(rw, r)
		return
	}
	kinds := map[string]string{"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
	_, extension, _ := strings.Cut(name, ".")
	rw.Header().Set("Content-Type", kinds[extension]+"; charset=utf-8")
	rw.Write(raw)
}

func (p *Page) serveScreen(rw http.ResponseWriter, r *http.Request) {
	at, err := p.seat(r)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusNotFound)
		return
	}
	var b strings.Builder
	view := p.screen(at)
	if view.Versions, err = p.versions(view); err == nil {
		err = p.draw.ExecuteTemplate(&b, "screen.html", view)
	}
	if err != nil {
		p.w.cfg.Log.Error("the page could not be drawn", "error", err)
		http.Error(rw, "The page could not be drawn.", http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(rw, b.String())
}

// serveFile hands a file out to those who see a message with it. The browser
// saves it: whatever is in it never becomes part of the page.
func (p *Page) serveFile(rw http.ResponseWriter, r *http.Request) {
	at, err := p.seat(r)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusNotFound)
		return
	}
	f, content, err := p.w.File(at.user.ID, r.PathValue("id"))
	if err != nil {
		http.Error(rw, "There is no such file here.", http.StatusNotFound)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	rw.Write(content)
}

// seat is who looks at what: the person and the place an address names.
type seat struct {
	user User
	zone *time.Location
	// where is the place as the address names it: "dm", "home" or a channel's name.
	where string
	room  Channel // none of the Home
}

func (s seat) home() bool { return s.where == "home" }

// path is an address of the same person.
func (s seat) path(where string) string { return "/" + s.user.Name + "/" + where }

var errNotHere = errors.New("there is no such person or place here")

// seat reads the address of a request.
func (p *Page) seat(r *http.Request) (seat, error) {
	var s seat
	for _, name := range p.People {
		if u, ok := p.w.User(name); ok && u.Name == r.PathValue("who") && !u.Deactivated {
			s.user = u
		}
	}
	if s.user.ID == "" {
		return s, errNotHere
	}
	s.where, s.zone = r.PathValue("where"), p.w.Reader(s.user.ID).zone()
	if s.home() {
		return s, nil
	}
	var err error
	if s.room, err = p.w.Channel(s.user.ID, s.where); err != nil || s.where != placeName(s.room) {
		return s, errNotHere
	}
	return s, nil
}

// placeName is a place in an address.
func placeName(c Channel) string { return firstOf(c.Name, "dm") }

// answerJSON writes what an action came to.
func answerJSON(rw http.ResponseWriter, status int, body any) {
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	json.NewEncoder(rw).Encode(body)
}
