package bot_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"pitch/bot"
	"pitch/store"
	"pitch/store/bolt"
)

// foreign is a Slack of somebody else's making: it has the methods that cannot
// be done without, and sends frames as Slack's documentation and its clients'
// recordings have them.
type foreign struct {
	*httptest.Server
	frames []string
	mu     sync.Mutex
	acks   map[string]json.RawMessage
	asked  map[string][]string // what was asked of its Web API, by method
	acked  chan struct{}
}

func newForeign(t *testing.T, frames ...string) *foreign {
	f := &foreign{acks: map[string]json.RawMessage{}, asked: map[string][]string{}, acked: make(chan struct{}, 100), frames: frames}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", f.api)
	mux.HandleFunc("/link", f.link)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("ok")) })
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// recorded are the payloads in testdata.
func (f *foreign) recorded(t *testing.T) {
	files, err := filepath.Glob("testdata/payloads/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d payloads: %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f.frames = append(f.frames, strings.ReplaceAll(string(data), "{{server}}", f.URL))
	}
}

func (f *foreign) api(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	sent, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	f.asked[filepath.Base(r.URL.Path)] = append(f.asked[filepath.Base(r.URL.Path)], string(sent))
	f.mu.Unlock()
	answers := map[string]string{
		"apps.connections.open": `{"ok":true,"url":"` + strings.Replace(f.URL, "http", "ws", 1) + `/link"}`,
		"auth.test":             `{"ok":true,"url":"https://example.slack.com/","team":"Example","user":"pitch","team_id":"T0123ABCD","user_id":"U0123BOT","bot_id":"B0123ABCD"}`,
		"users.info":            `{"ok":true,"user":{"id":"U0123ABCD","team_id":"T0123ABCD","name":"maya","tz":"Europe/Berlin","is_bot":false}}`,
	}
	body, ok := answers[filepath.Base(r.URL.Path)]
	if !ok {
		body = `{"ok":false,"error":"unknown_method"}`
	}
	_, _ = w.Write([]byte(body))
}

func (f *foreign) link(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	hello := `{"type":"hello","num_connections":1,"debug_info":{"host":"applink-7fc4fdbb64","started":"2026-11-22 20:00:00.000","build_number":10,"approximate_connection_time":18060},"connection_info":{"app_id":"A0123ABCD"}}`
	_ = conn.WriteMessage(websocket.TextMessage, []byte(hello))
	f.mu.Lock()
	frames := f.frames
	f.frames = nil
	f.mu.Unlock()
	for _, frame := range frames {
		_ = conn.WriteMessage(websocket.TextMessage, []byte(frame))
	}
	for {
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if conn.ReadJSON(&ack) != nil {
			return
		}
		f.mu.Lock()
		f.acks[ack.ID] = ack.Payload
		f.mu.Unlock()
		f.acked <- struct{}{}
	}
}

// meet has a bot that has never met this Slack deal with all that it sends, and
// returns the bot's store, open.
func (f *foreign) meet(t *testing.T) store.Store {
	t.Helper()
	frames := len(f.frames)
	s, err := bolt.Open(context.Background(), bolt.Config{Path: filepath.Join(t.TempDir(), "pitch.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b, err := bot.New(bot.Config{Store: s, AppToken: "xapp-1", BotToken: "xoxb-1", APIURL: f.URL + "/api/", Connections: 1,
		Log: slog.New(slog.NewTextHandler(testWriter{t}, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	for range frames {
		select {
		case <-f.acked:
		case <-time.After(20 * time.Second):
			t.Error("not every envelope was acknowledged")
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	return s
}

// TestForeignSlack has every recorded payload acknowledged, and what they ask
// for done.
func TestForeignSlack(t *testing.T) {
	f := newForeign(t)
	f.recorded(t)
	frames := slices.Clone(f.frames)
	s := f.meet(t)
	f.check(t, frames)
	lines := strings.Join(exported(t, s), "\n")
	for _, want := range []string{`"prospect":"Jane at Acme"`, `"prospect":"Acme & Sons"`, `"quantity":10`, `"prospect":"Globex"`, `"quantity":3`, `"prospect":"Form Ltd"`, `"prospect":"Hooli"`, `"zone":"America/New_York"`} {
		if !strings.Contains(lines, want) {
			t.Errorf("no %s in the export:\n%s", want, lines)
		}
	}
}

func (f *foreign) check(t *testing.T, frames []string) {
	for _, frame := range frames {
		var e struct {
			ID   string `json:"envelope_id"`
			Type string `json:"type"`
		}
		if err := json.Unmarshal([]byte(frame), &e); err != nil {
			t.Fatal(err)
		}
		ack, ok := f.acks[e.ID]
		if !ok {
			t.Errorf("%s %s was not acknowledged", e.Type, e.ID)
		}
		var said struct {
			ResponseType string `json:"response_type"`
			Text         string `json:"text"`
		}
		if e.Type == "slash_commands" && (json.Unmarshal(ack, &said) != nil || said.ResponseType != "ephemeral" || said.Text == "") {
			t.Errorf("a slash command was answered with %s", ack)
		}
	}
}

// testWriter is a test's log.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}
