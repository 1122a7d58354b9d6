package localslack_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pitch/bot/localslack"
)

func TestCommandIsAnsweredInTheAck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.answer = func(env obj) any { return obj{"text": "Logged *Acme* &amp; co"} }
		b.connect(2)
		if err := b.ws.Command("ann", "sales", "/pitch log call Acme"); err != nil {
			t.Fatal(err)
		}
		b.settle()
		env := <-b.got
		for key, want := range map[string]any{
			"command": "/pitch", "text": "log call Acme", "user_id": "U1", "user_name": "ann", "channel_id": "C1",
			"channel_name": "sales", "team_id": "T0LOCAL", "team_domain": "local", "api_app_id": "A0LOCAL", "is_enterprise_install": "false",
		} {
			if got := payload(env)[key]; got != want {
				t.Errorf("payload %s = %v, want %v", key, got, want)
			}
		}
		if env["type"] != "slash_commands" || env["accepts_response_payload"] != true {
			t.Errorf("envelope: %v", env)
		}
		seen := b.ws.Transcript("ann", "sales")
		if len(seen) != 1 || !seen[0].Ephemeral() || seen[0].Draw(b.ws.Reader("ann")) != "Logged Acme & co" {
			t.Errorf("ann sees %+v", seen)
		}
		if others := b.ws.Transcript("ben", "sales"); len(others) != 0 {
			t.Errorf("ben sees %+v", others)
		}
		b.noProblems()
	})
}

func TestUnansweredCommandTimesOutAfterThreeSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.answer = func(obj) any { return noAck }
		b.connect(1)
		began := time.Now()
		b.ws.Command("ann", "dm", "log")
		for len(b.ws.Notices("ann")) == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		if took := time.Since(began).Round(100 * time.Millisecond); took != 3*time.Second {
			t.Errorf("told after %v", took)
		}
		if got := b.ws.Transcript("ann", "dm"); len(got) != 1 || got[0].Text != `/pitch failed with the error "operation_timeout"` {
			t.Errorf("ann sees %+v", got)
		}
		if p := b.ws.Problems(); len(p) != 1 {
			t.Errorf("problems: %q", p)
		}
	})
}

func TestEventIsDeliveredAgainUntilAcknowledged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		n := 0
		b.answer = func(obj) any {
			if n++; n < 4 {
				return noAck
			}
			return nil
		}
		b.connect(1)
		began := time.Now()
		b.ws.Say("ann", "dm", "a <b> & c")
		var ids, envelopes []any
		var at []time.Duration
		for range 4 {
			env := <-b.got
			ids, envelopes = append(ids, payload(env)["event_id"]), append(envelopes, env["envelope_id"])
			at = append(at, time.Since(began).Round(time.Second))
			if env["accepts_response_payload"] != false {
				t.Error("an event accepts no payload")
			}
			if got := dig(env, "payload", "event", "text"); got != "a &lt;b&gt; &amp; c" {
				t.Errorf("text %v", got)
			}
			if want := float64(len(ids) - 1); env["retry_attempt"] != want {
				t.Errorf("attempt %v, want %v", env["retry_attempt"], want)
			}
		}
		if ids[0] != ids[3] || envelopes[0] == envelopes[1] {
			t.Errorf("event ids %v, envelope ids %v", ids, envelopes)
		}
		want := []time.Duration{0, 4 * time.Second, 67 * time.Second, 370 * time.Second}
		for i := range want {
			if at[i] != want[i] {
				t.Errorf("attempt %d after %v, want %v", i, at[i], want[i])
			}
		}
		b.settle()
		b.noProblems()
	})
}

func TestPingsKeepAnIdleSocketOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(2)
		time.Sleep(time.Hour)
		if n := b.ws.Connections(); n != 2 {
			t.Errorf("%d connections after an hour", n)
		}
	})
}

func TestEachEnvelopeGoesToOneConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		first, second := b.dial(ctx), b.dial(ctx)
		counts := make(chan int, 2)
		for i, c := range []interface{ CloseNow() error }{first, second} {
			defer c.CloseNow()
			conn := first
			if i == 1 {
				conn = second
			}
			go func() {
				n := 0
				for read(ctx, conn)["envelope_id"] != nil {
					n++
				}
				counts <- n
			}()
		}
		for range 40 {
			b.ws.Command("ann", "dm", "x")
		}
		time.Sleep(time.Second)
		cancel()
		one, two := <-counts, <-counts
		if one+two != 40 || one == 0 || two == 0 {
			t.Errorf("%d and %d envelopes", one, two)
		}
	})
}

func TestDisconnectWarnsThenRefreshes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(1)
		began := time.Now()
		b.ws.Disconnect("warning", 0)
		if f := <-b.got; f["type"] != "disconnect" || f["reason"] != "warning" {
			t.Errorf("first frame %v", f)
		}
		if f := <-b.got; f["reason"] != "refresh_requested" || time.Since(began) < 10*time.Second {
			t.Errorf("second frame %v after %v", f, time.Since(began))
		}
		<-b.done
		time.Sleep(time.Second)
		if n := b.ws.Connections(); n != 0 {
			t.Errorf("%d connections", n)
		}
	})
}

func TestTicketsWorkOnceAndElevenAreTooMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(10)
		_, out := b.callAs(b.ws.Config().AppToken, "apps.connections.open", nil)
		link := strings.Replace(out["url"].(string), "ws://", "http://", 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		c, err := dialURL(ctx, b, out["url"].(string))
		if err != nil {
			t.Fatal(err)
		}
		defer c.CloseNow()
		if f := read(ctx, c); f["reason"] != "too_many_websockets" {
			t.Errorf("eleventh connection: %v", f)
		}
		if _, err := dialURL(ctx, b, link); err == nil {
			t.Error("a ticket worked twice")
		}
	})
}

func TestSocketFaults(t *testing.T) {
	tests := []struct {
		name   string
		faults localslack.Faults
		check  func(t *testing.T, b *bot)
	}{
		{"duplicate on the same connection", localslack.Faults{Duplicate: localslack.SameConnection}, func(t *testing.T, b *bot) {
			one, two := <-b.got, <-b.got
			if one["envelope_id"] != two["envelope_id"] {
				t.Errorf("%v and %v", one["envelope_id"], two["envelope_id"])
			}
		}},
		{"duplicate on the other connection", localslack.Faults{Duplicate: localslack.OtherConnection}, func(t *testing.T, b *bot) {
			one, two := <-b.got, <-b.got
			if one["envelope_id"] != two["envelope_id"] {
				t.Errorf("%v and %v", one["envelope_id"], two["envelope_id"])
			}
		}},
		{"lost ack", localslack.Faults{DropAcks: true}, func(t *testing.T, b *bot) {
			b.settle()
			if n := b.ws.Notices("ann"); len(n) != 1 || !strings.Contains(n[0].Text, "operation_timeout") {
				t.Errorf("notices %v", n)
			}
		}},
		{"delay", localslack.Faults{Delay: 2 * time.Second}, func(t *testing.T, b *bot) {
			began := time.Now()
			<-b.got
			if time.Since(began) != 2*time.Second {
				t.Errorf("after %v", time.Since(began))
			}
		}},
		{"cut before", localslack.Faults{CutBefore: 1}, func(t *testing.T, b *bot) {
			time.Sleep(time.Second)
			if len(b.got) != 0 || b.ws.Connections() != 1 {
				t.Errorf("%d envelopes, %d connections", len(b.got), b.ws.Connections())
			}
		}},
		{"cut after", localslack.Faults{CutAfter: 1}, func(t *testing.T, b *bot) {
			<-b.got
			time.Sleep(time.Second)
			if b.ws.Connections() != 1 {
				t.Errorf("%d connections", b.ws.Connections())
			}
		}},
		{"malformed", localslack.Faults{Malformed: 1}, func(t *testing.T, b *bot) {
			if f := <-b.got; f["malformed"] == nil {
				t.Errorf("frame %v", f)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, config())
				b.connect(2)
				b.ws.SetFaults(tt.faults)
				b.ws.Command("ann", "dm", "log")
				tt.check(t, b)
				b.settle()
				b.noProblems()
			})
		})
	}
}

func TestRefusedConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.ws.FailAPI(localslack.APIFault{Method: "apps.connections.open", Code: "internal_error", Times: 1})
		if _, out := b.callAs(b.ws.Config().AppToken, "apps.connections.open", nil); out["error"] != "internal_error" {
			t.Errorf("answer %v", out)
		}
		b.ws.SetFaults(localslack.Faults{RefuseUpgrade: true})
		_, out := b.callAs(b.ws.Config().AppToken, "apps.connections.open", nil)
		if _, err := dialURL(t.Context(), b, out["url"].(string)); err == nil {
			t.Error("the upgrade was not refused")
		}
		b.ws.Command("ann", "dm", "log")
		if n := b.ws.Notices("ann"); len(n) != 1 || !strings.Contains(n[0].Text, "dispatch_failed") {
			t.Errorf("notices %v", n)
		}
	})
}

func TestNoPingsAreSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c := b.dial(ctx)
		defer c.CloseNow()
		go read(ctx, c)
		b.ws.SetFaults(localslack.Faults{NoPings: true})
		pctx, stop := context.WithTimeout(ctx, time.Minute)
		defer stop()
		if err := c.Ping(pctx); err == nil {
			t.Error("a ping was answered")
		}
		cancel()
	})
}
