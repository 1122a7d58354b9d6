package localslack

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/coder/websocket"
)

const (
	// pingEvery is Slack's observed cadence.
	pingEvery = 10 * time.Second
	// pongWait is how long a bot may take to answer a ping.
	pongWait = 30 * time.Second
	// maxSockets is the documented number of connections of one app.
	maxSockets = 10
	// warnAhead is how long before a refresh the warning comes.
	warnAhead = 10 * time.Second
	// closeGrace is how long a socket stays open after its disconnect frame.
	closeGrace = 100 * time.Millisecond
	// ticketLife is how long a WebSocket address waits to be used.
	ticketLife = 30 * time.Second
)

// socket is one Socket Mode connection.
type socket struct {
	number  int
	ws      *websocket.Conn
	queue   []frame
	wake    chan struct{} // holds a value when queue may be non-empty
	leaving bool          // a disconnect frame is on its way: no new envelopes
}

// frame is one text message on its way to the bot.
type frame struct {
	data []byte
	drop bool // do not write it
	cut  bool // cut the connection then
	bye  bool // close the connection then, politely
}

func (w *Workspace) appsConnectionsOpen(args) (object, *apiError) {
	ticket := w.newUUID()
	w.tickets[ticket] = true
	w.after(ticketLife, func() {
		w.mu.Lock()
		delete(w.tickets, ticket)
		w.mu.Unlock()
	})
	q := url.Values{"ticket": {ticket}, "app_id": {w.cfg.App.ID}}
	return object{"url": "ws://" + w.host + "/link/?" + q.Encode()}, nil
}

// serveSocket turns a ticket into a connection and runs it to its end.
func (w *Workspace) serveSocket(rw http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	w.mu.Lock()
	valid := w.tickets[ticket]
	refuse := w.faults.RefuseUpgrade
	delete(w.tickets, ticket)
	quiet := func() bool { w.mu.Lock(); defer w.mu.Unlock(); return w.faults.NoPings }
	w.mu.Unlock()
	switch {
	case refuse:
		http.Error(rw, "service unavailable", http.StatusServiceUnavailable)
		return
	case !valid:
		http.Error(rw, "invalid ticket", http.StatusForbidden)
		return
	}
	ws, err := websocket.Accept(rw, r, &websocket.AcceptOptions{
		OriginPatterns: []string{"api.slack.com"},
		OnPingReceived: func(context.Context, []byte) bool { return !quiet() },
	})
	if err != nil {
		return // Accept has answered
	}
	defer ws.CloseNow()
	ws.SetReadLimit(1 << 20)
	s, ok := w.join(ws)
	if !ok {
		return
	}
	defer w.work.Done()
	defer w.leave(s)
	w.runSocket(s)
}

// join registers a connection. It counts the caller among the goroutines Close
// waits for, unless the workspace is closed already.
func (w *Workspace) join(ws *websocket.Conn) (s *socket, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil, false
	}
	w.work.Add(1)
	w.lastID++
	s = &socket{number: int(w.lastID), ws: ws, wake: make(chan struct{}, 1)}
	tooMany := len(w.sockets) >= maxSockets
	if tooMany {
		s.leaving = true
		s.push(frame{data: w.disconnectFrame("too_many_websockets"), bye: true})
		return s, true
	}
	w.sockets = append(w.sockets, s)
	hello, _ := json.Marshal(object{
		"type": "hello", "num_connections": len(w.sockets),
		"connection_info": object{"app_id": w.cfg.App.ID},
		"debug_info":      object{"host": "applink-local", "build_number": 1, "approximate_connection_time": 18060},
	})
	s.push(frame{data: hello})
	return s, true
}

func (w *Workspace) leave(s *socket) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sockets = slices.DeleteFunc(w.sockets, func(x *socket) bool { return x == s })
	w.lastMove = w.tick()
}

// push queues a frame. The workspace's lock is held.
func (s *socket) push(f frame) {
	s.queue = append(s.queue, f)
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// runSocket reads acks until the connection ends; writing and pinging happen
// beside it.
func (w *Workspace) runSocket(s *socket) {
	ctx, cancel := context.WithCancel(w.ctx)
	done := make(chan struct{}, 2)
	go func() { w.writeFrames(ctx, s); cancel(); done <- struct{}{} }()
	go func() { w.ping(ctx, s); done <- struct{}{} }()
	for {
		_, data, err := s.ws.Read(ctx)
		if err != nil {
			break
		}
		w.receive(data)
	}
	cancel()
	s.ws.CloseNow()
	<-done
	<-done
}

// writeFrames writes what is queued until the connection ends or is cut.
func (w *Workspace) writeFrames(ctx context.Context, s *socket) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		w.mu.Lock()
		batch := s.queue
		s.queue = nil
		w.mu.Unlock()
		for _, f := range batch {
			if !w.writeFrame(ctx, s, f) {
				return
			}
		}
	}
}

func (w *Workspace) writeFrame(ctx context.Context, s *socket, f frame) bool {
	if !f.drop && s.ws.Write(ctx, websocket.MessageText, f.data) != nil {
		return false
	}
	if f.cut {
		s.ws.CloseNow()
		return false
	}
	if f.bye {
		w.wait(ctx, closeGrace)
		// The reader ends with the connection; a bot that is already gone
		// must not hold the closing handshake up.
		s.ws.CloseNow()
		return false
	}
	return true
}

func (w *Workspace) ping(ctx context.Context, s *socket) {
	tick := time.NewTicker(w.cfg.PingEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		w.mu.Lock()
		silent := w.faults.NoPings
		w.mu.Unlock()
		if silent {
			continue
		}
		pctx, cancel := context.WithTimeout(ctx, pongWait)
		err := s.ws.Ping(pctx)
		cancel()
		if err != nil {
			s.ws.CloseNow()
			return
		}
	}
}

func (w *Workspace) disconnectFrame(reason string) []byte {
	raw, _ := json.Marshal(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "applink-local"}})
	return raw
}

// Connections is the number of open Socket Mode connections.
func (w *Workspace) Connections() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.sockets)
}

// Disconnect sends a disconnect frame to n connections, or to all when n is 0:
// "warning" is followed by "refresh_requested" ten seconds later; that and
// "link_disabled" close the connection.
func (w *Workspace) Disconnect(reason string, n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, s := range w.sockets {
		if n > 0 && i >= n {
			return
		}
		if reason != "warning" {
			s.leaving = true
			s.push(frame{data: w.disconnectFrame(reason), bye: true})
			continue
		}
		s.push(frame{data: w.disconnectFrame(reason)})
		w.after(warnAhead, func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			s.leaving = true
			s.push(frame{data: w.disconnectFrame("refresh_requested"), bye: true})
		})
	}
}

// Cut breaks n connections without a word, or all when n is 0.
func (w *Workspace) Cut(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, s := range w.sockets {
		if n > 0 && i >= n {
			return
		}
		s.leaving = true
		for _, e := range w.pending {
			e.harmed = e.harmed || e.to == s
		}
		s.push(frame{drop: true, cut: true})
	}
}
