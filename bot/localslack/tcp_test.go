package localslack_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"

	"pitch/bot/localslack"
)

// TestOverTCP has the same workspace on a real socket, with ordinary time.
func TestOverTCP(t *testing.T) {
	w := localslack.New(config())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- w.Serve(l) }()
	b := &bot{t: t, ws: w, base: "http://" + l.Addr().String(), client: &http.Client{Timeout: 10 * time.Second}}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	c := b.dial(ctx)
	defer c.CloseNow()
	changes, stop := w.Subscribe()
	defer stop()
	if err := w.Command("ann", "dm", "today"); err != nil {
		t.Fatal(err)
	}
	env := read(ctx, c)
	raw, _ := json.Marshal(obj{"envelope_id": env["envelope_id"], "payload": obj{"text": "nothing due"}})
	if err := c.Write(ctx, websocket.MessageText, raw); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changes:
	case <-ctx.Done():
		t.Fatal("no change was announced")
	}
	if seen := w.Transcript("ann", "dm"); len(seen) != 1 || seen[0].Text != "nothing due" {
		t.Errorf("ann sees %+v", seen)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
	if f := read(ctx, c); f["error"] == nil {
		t.Errorf("a frame after Close: %v", f)
	}
	b.noProblems()
}
