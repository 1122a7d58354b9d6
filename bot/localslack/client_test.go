package localslack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/coder/websocket"

	"pitch/bot/localslack"
)

type obj = map[string]any

// bot is a minimal Slack app: plain HTTP, one or more sockets, and a function
// that answers each envelope.
type bot struct {
	t      *testing.T
	ws     *localslack.Workspace
	client *http.Client
	base   string
	// answer returns an ack's payload, nil for none. It may call the API.
	answer func(env obj) any
	got    chan obj
	stop   context.CancelFunc
	done   chan struct{}
}

func config() localslack.Config {
	return localslack.Config{
		Users: []localslack.User{
			{ID: "U1", Name: "ann", RealName: "Ann Ash", TZ: "Europe/Berlin", Admin: true},
			{ID: "U2", Name: "ben", RealName: "Ben Bo", TZ: "America/New_York"},
			{ID: "U3", Name: "gus", RealName: "Gus Guest", Restricted: true},
		},
		Channels: []localslack.Channel{
			{ID: "C1", Name: "sales", Members: []string{"U1", "U2", "U0BOT"}},
			{ID: "C2", Name: "random", Members: []string{"U1"}},
		},
		App: localslack.App{Shortcuts: []localslack.Shortcut{
			{Callback: "log_ask", Name: "Log an ask"}, {Callback: "log_from", Name: "Log from this message", OnMessage: true},
		}},
		Scopes: []string{"chat:write", "commands", "im:write", "im:history", "users:read"},
	}
}

// start serves a workspace in memory and returns a bot without sockets.
func start(t *testing.T, cfg localslack.Config) *bot {
	t.Helper()
	w := localslack.New(cfg)
	pipe := localslack.Pipe()
	served := make(chan error, 1)
	go func() { served <- w.Serve(pipe) }()
	b := &bot{
		t: t, ws: w, base: "http://local.slack",
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{DialContext: pipe.DialContext, DisableKeepAlives: true}},
		got:    make(chan obj, 1000),
	}
	t.Cleanup(func() {
		if b.stop != nil {
			b.stop()
			<-b.done
		}
		if err := w.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		if err := <-served; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return b
}

// call posts JSON with the bot token and returns the answer.
func (b *bot) call(method string, args obj) obj {
	_, out := b.callAs(b.ws.Config().BotToken, method, args)
	return out
}

func (b *bot) callAs(token, method string, args obj) (*http.Response, obj) {
	b.t.Helper()
	if args == nil {
		args = obj{}
	}
	raw, _ := json.Marshal(args)
	req, _ := http.NewRequest("POST", b.ws.APIURL(b.base)+method, bytes.NewReader(raw))
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Authorization", "Bearer "+token)
	return b.do(req)
}

func (b *bot) form(method string, args url.Values) obj {
	b.t.Helper()
	req, _ := http.NewRequest("POST", b.ws.APIURL(b.base)+method, bytes.NewReader([]byte(args.Encode())))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, out := b.do(req)
	return out
}

func (b *bot) do(req *http.Request) (*http.Response, obj) {
	b.t.Helper()
	res, err := b.client.Do(req)
	if err != nil {
		return nil, obj{"ok": false, "error": "connection: " + err.Error()}
	}
	defer res.Body.Close()
	raw, _ := io.ReadAll(res.Body)
	var out obj
	_ = json.Unmarshal(raw, &out)
	if out == nil {
		out = obj{"ok": false, "error": string(raw)}
	}
	return res, out
}

// dial opens one socket and reads the hello.
func (b *bot) dial(ctx context.Context) *websocket.Conn {
	b.t.Helper()
	_, out := b.callAs(b.ws.Config().AppToken, "apps.connections.open", nil)
	u, _ := out["url"].(string)
	conn, _, err := websocket.Dial(ctx, u, &websocket.DialOptions{
		HTTPClient: b.client, HTTPHeader: http.Header{"Origin": {"https://api.slack.com"}},
	})
	if err != nil {
		b.t.Fatalf("dialling %s: %v (%v)", u, err, out)
	}
	conn.SetReadLimit(1 << 20)
	if hello := read(ctx, conn); hello["type"] != "hello" {
		b.t.Fatalf("first frame: %v", hello)
	}
	return conn
}

func read(ctx context.Context, c *websocket.Conn) obj {
	_, raw, err := c.Read(ctx)
	if err != nil {
		return obj{"error": err.Error()}
	}
	var out obj
	if json.Unmarshal(raw, &out) != nil {
		return obj{"malformed": string(raw)}
	}
	return out
}

// connect opens n sockets whose envelopes are answered until the test ends.
func (b *bot) connect(n int) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	var conns []*websocket.Conn
	for range n {
		conns = append(conns, b.dial(ctx))
	}
	b.stop, b.done = cancel, make(chan struct{})
	for _, c := range conns {
		go func() { b.serve(ctx, c); ended <- struct{}{} }()
	}
	go func() {
		for range n {
			<-ended
		}
		close(b.done)
	}()
}

func (b *bot) serve(ctx context.Context, c *websocket.Conn) {
	defer c.CloseNow()
	for {
		env := read(ctx, c)
		if env["error"] != nil {
			return
		}
		b.got <- env
		if env["envelope_id"] == nil {
			continue
		}
		ack := obj{"envelope_id": env["envelope_id"]}
		if b.answer != nil {
			if p := b.answer(env); p == noAck {
				continue
			} else if p != nil {
				ack["payload"] = p
			}
		}
		raw, _ := json.Marshal(ack)
		if c.Write(ctx, websocket.MessageText, raw) != nil {
			return
		}
	}
}

// noAck as an answer sends no ack.
const noAck = "no ack"

func (b *bot) settle() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := b.ws.WaitQuiet(ctx); err != nil {
		b.t.Fatalf("the workspace did not settle: %v", err)
	}
}

func (b *bot) noProblems() {
	b.t.Helper()
	for _, p := range b.ws.Problems() {
		b.t.Error("problem:", p)
	}
}

func payload(env obj) obj {
	p, _ := env["payload"].(obj)
	return p
}

func dig(v any, path ...string) any {
	for _, k := range path {
		m, ok := v.(obj)
		if !ok {
			return nil
		}
		v = m[k]
	}
	return v
}

func section(text string) obj {
	return obj{"type": "section", "text": obj{"type": "mrkdwn", "text": text}}
}

func button(label, action, value string) obj {
	return obj{"type": "button", "action_id": action, "value": value, "text": obj{"type": "plain_text", "text": label}}
}

func actions(elements ...obj) obj { return obj{"type": "actions", "elements": elements} }

func dialURL(ctx context.Context, b *bot, u string) (*websocket.Conn, error) {
	c, _, err := websocket.Dial(ctx, u, &websocket.DialOptions{
		HTTPClient: b.client, HTTPHeader: http.Header{"Origin": {"https://api.slack.com"}},
	})
	return c, err
}
