package localslack

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// lookAgain is how often a stream redraws without a change: the clock goes on.
const lookAgain = 10 * time.Second

// reconnectAfter is when a browser comes back to a stream that broke, in milliseconds.
const reconnectAfter = 500

// fragment is a part of the document and the version of what is in it.
type fragment struct {
	ID      string `json:"id"`
	Version string `json:"v"`
	HTML    string `json:"html,omitempty"` // absent where the browser has it already
}

// update is what is different on a screen.
type update struct {
	Title   string     `json:"title"`
	Regions []fragment `json:"regions"`
	Items   []fragment `json:"items"`
	Notices []string   `json:"notices,omitempty"`
}

// versions names every fragment of a screen with its version, for a browser
// that is given all of them at once.
func (p *Page) versions(view screen) (string, error) {
	s := stream{page: p, sent: map[string]string{}}
	if _, err := s.fragments(view); err != nil {
		return "", err
	}
	raw, err := json.Marshal(s.sent)
	return string(raw), err
}

// regions are the parts of the document that are replaced as a whole. Those a
// screen does not have are empty.
func regions() []string { return []string{"clock", "people", "nav", "home", "dialog"} }

// serveEvents keeps a screen current. Each connection starts with all of it, so
// that a browser which was away, or asleep, misses nothing.
func (p *Page) serveEvents(rw http.ResponseWriter, r *http.Request) {
	at, err := p.seat(r)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusNotFound)
		return
	}
	if !p.w.enter() {
		return
	}
	defer p.w.work.Done()
	changes, cancel := p.w.Subscribe()
	defer cancel()
	again := time.NewTicker(lookAgain)
	defer again.Stop()

	rw.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	fmt.Fprintf(rw, "retry: %d\n\n", reconnectAfter)
	s := stream{page: p, at: at, sent: map[string]string{}, noticed: p.w.lastNotice(at.user.ID)}
	out := http.NewResponseController(rw)
	for {
		if err := s.send(rw); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-p.w.ctx.Done():
			return
		case <-changes:
		case <-again.C:
		}
	}
}

// enter counts a request among what Close waits for; false after Close.
func (w *Workspace) enter() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.work.Add(1)
	}
	return !w.closed
}

// stream is one browser's connection and what it has been sent.
type stream struct {
	page    *Page
	at      seat
	sent    map[string]string // by fragment, its version
	noticed uint64
	last    string
}

func (s *stream) send(rw http.ResponseWriter) error {
	// A person may have moved to another zone since.
	s.at.zone = s.page.w.Reader(s.at.user.ID).zone()
	u, err := s.update()
	if err != nil {
		s.page.w.cfg.Log.Error("the page could not be drawn", "error", err)
		return err
	}
	raw, err := json.Marshal(u)
	if err != nil {
		return err
	}
	if string(raw) == s.last {
		_, err = fmt.Fprint(rw, ": nothing new\n\n")
		return err
	}
	_, err = fmt.Fprintf(rw, "data: %s\n\n", raw)
	s.last = string(raw)
	return err
}

// update draws the screen and leaves out what the browser has.
func (s *stream) update() (update, error) {
	u, err := s.fragments(s.page.screen(s.at))
	for _, n := range s.page.w.Notices(s.at.user.ID) {
		if n.Seq > s.noticed && n.Message == "" {
			u.Notices = append(u.Notices, n.Text)
			s.noticed = n.Seq
		}
	}
	return u, err
}

func (s *stream) fragments(view screen) (update, error) {
	u := update{Title: view.Title, Regions: []fragment{}, Items: []fragment{}}
	for _, name := range regions() {
		f, err := s.fragment(name, name, view)
		if err != nil {
			return u, err
		}
		if f.HTML != "" {
			u.Regions = append(u.Regions, f)
		}
	}
	for _, it := range view.Items {
		f, err := s.fragment("item", it.ID, it)
		if err != nil {
			return u, err
		}
		u.Items = append(u.Items, f)
	}
	return u, nil
}

func (s *stream) fragment(template, id string, data any) (fragment, error) {
	var b strings.Builder
	if err := s.page.draw.ExecuteTemplate(&b, template, data); err != nil {
		return fragment{}, err
	}
	f := fragment{ID: id, Version: version(b.String()), HTML: b.String()}
	if s.sent[id] == f.Version {
		f.HTML = ""
	}
	s.sent[id] = f.Version
	return f, nil
}

// version tells two drawings of a fragment apart.
func version(html string) string {
	h := fnv.New64a()
	h.Write([]byte(html))
	return strconv.FormatUint(h.Sum64(), 36)
}

// lastNotice is the newest notice a person was shown.
func (w *Workspace) lastNotice(user string) (seq uint64) {
	for _, n := range w.Notices(user) {
		seq = max(seq, n.Seq)
	}
	return seq
}

// nudge tells every screen to look again.
func (w *Workspace) nudge() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changed()
}
