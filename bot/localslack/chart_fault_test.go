package localslack_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"testing/synctest"

	"pitch/bot/localslack"
)

// TestNoCharts: a workspace without charts and tables refuses them wherever a
// bot can try something else, and that is no fault of the bot's.
func TestNoCharts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		var hook string
		b.answer = func(env obj) any {
			hook, _ = payload(env)["response_url"].(string)
			return nil
		}
		b.connect(1)
		b.ws.Command("ann", "sales", "stats")
		b.settle()
		b.ws.SetFaults(localslack.Faults{NoCharts: true})
		newer := map[string]obj{"chart": chart("x", segments(2)), "table": tableOf(2, 2)}
		posted := b.call("chat.postMessage", obj{"channel": "C1", "text": "x", "blocks": []obj{section("x")}})
		if posted["ok"] != true {
			t.Fatal(posted)
		}
		for name, block := range newer {
			args := obj{"channel": "C1", "user": "U1", "ts": posted["ts"], "text": "x", "blocks": []obj{section("x"), block}}
			for _, method := range []string{"chat.postMessage", "chat.postEphemeral", "chat.update"} {
				if out := b.call(method, args); out["error"] != "invalid_blocks" {
					t.Errorf("%s of a %s: %v", method, name, out)
				}
			}
			raw, _ := json.Marshal(args)
			res, err := b.client.Post(hook, "application/json", bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			said, _ := io.ReadAll(res.Body)
			res.Body.Close()
			if res.StatusCode != http.StatusBadRequest || !bytes.Contains(said, []byte("invalid_blocks")) {
				t.Errorf("response_url: %d %s", res.StatusCode, said)
			}
		}
		b.noProblems()
		b.ws.Heal()
		if out := b.call("chat.postMessage", obj{"channel": "C1", "text": "x", "blocks": []obj{newer["chart"]}}); out["ok"] != true {
			t.Error(out)
		}
		// What is wrong everywhere stays the bot's fault.
		b.ws.SetFaults(localslack.Faults{NoCharts: true})
		b.call("chat.postMessage", obj{"channel": "C1", "text": "x", "blocks": []obj{chart("x", segments(7))}})
		if n := len(b.ws.Problems()); n != 1 {
			t.Errorf("problems %q", b.ws.Problems())
		}
	})
}
