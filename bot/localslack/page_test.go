package localslack_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"pitch/bot/localslack"
)

// pageWorld is a workspace with its page on a port of its own.
func pageWorld(t *testing.T) (*localslack.Workspace, string) {
	t.Helper()
	w := localslack.New(localslack.Config{
		Users: []localslack.User{
			{ID: "U1", Name: "ann", RealName: "Ann Arbor", TZ: "Europe/Berlin"},
			{ID: "U2", Name: "ben", RealName: `<script>alert("b")</script>`, TZ: "Asia/Tokyo"},
		},
		Channels: []localslack.Channel{{ID: "C1", Name: "sales", Members: []string{"U1", "U2", "U0BOT"}}, {ID: "C2", Name: "secret", Private: true, Members: []string{"U2"}}},
		App:      localslack.App{Shortcuts: []localslack.Shortcut{{Callback: "log_ask", Name: "Log an ask"}, {Callback: "log_from", Name: "Log from this message", OnMessage: true}}},
		Now:      func() time.Time { return time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) }, Unlimited: true,
	})
	return w, served(t, w, localslack.PageConfig{Hint: "log", About: "does things"})
}

// served is the address of a workspace's page, until the test is over.
func served(t *testing.T, w *localslack.Workspace, cfg localslack.PageConfig) string {
	t.Helper()
	page, err := localslack.NewPage(w, cfg)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(page.Handler())
	t.Cleanup(func() {
		srv.CloseClientConnections()
		w.Close()
		srv.Close()
	})
	return srv.URL
}

func request(t *testing.T, method, url, body string, header map[string]string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		if k == "Host" {
			r.Host = v
		}
		r.Header.Set(k, v)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(said)
}

func TestPageRefusesOthers(t *testing.T) {
	_, url := pageWorld(t)
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	with := func(changes ...string) map[string]string {
		h := map[string]string{}
		for k, v := range own {
			h[k] = v
		}
		for i := 0; i < len(changes); i += 2 {
			if h[changes[i]] = changes[i+1]; changes[i+1] == "" {
				delete(h, changes[i])
			}
		}
		return h
	}
	tests := []struct {
		name, method, path string
		header             map[string]string
		want               int
	}{
		{"a visit", "GET", "/ann/dm", nil, 200},
		{"by another name of this machine", "GET", "/ann/dm", map[string]string{"Host": "localhost:8710"}, 200},
		{"a name that points here", "GET", "/ann/dm", map[string]string{"Host": "evil.example"}, 421},
		{"one that begins like this machine", "GET", "/ann/dm", map[string]string{"Host": "127.0.0.1.evil.example"}, 421},
		{"a link from elsewhere", "GET", "/ann/dm", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
		{"a frame elsewhere", "GET", "/ann/dm", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
		{"a script elsewhere", "GET", "/ann/dm", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403},
		{"a script on another port", "GET", "/ann/dm", map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403},
		{"a stream to elsewhere", "GET", "/ann/dm/events", map[string]string{"Origin": "https://evil.example"}, 403},
		{"a stream without an origin", "GET", "/ann/dm/events", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"an action", "POST", "/ann/dm/read", own, 200},
		{"an action from elsewhere", "POST", "/ann/dm/read", with("Origin", "https://evil.example"), 403},
		{"an action from another port", "POST", "/ann/dm/read", with("Origin", "http://127.0.0.1:1"), 403},
		{"an action from nowhere", "POST", "/ann/dm/read", with("Origin", "null"), 403},
		{"an action without an origin", "POST", "/ann/dm/read", with("Origin", ""), 403},
		{"a form of another page", "POST", "/ann/dm/read", with("Content-Type", "text/plain"), 403},
		{"the API, from elsewhere", "POST", "/api/auth.test", map[string]string{"Origin": "https://evil.example"}, 403},
		{"the API, as the bot", "POST", "/api/auth.test", nil, 200},
		{"a socket, from elsewhere", "GET", "/link/?ticket=x", map[string]string{"Origin": "https://evil.example"}, 403},
		{"nobody", "GET", "/zoe/dm", nil, 404},
		{"nowhere", "GET", "/ann/nowhere", nil, 404},
		{"a place of others", "GET", "/ann/secret", nil, 404},
		{"a deed there is not", "POST", "/ann/dm/forget", own, 404},
		{"a file there is not", "GET", "/assets/screen.html", nil, 404},
	}
	for _, test := range tests {
		if got, said := request(t, test.method, url+test.path, "{}", test.header); got != test.want {
			t.Errorf("%s: %d %.80q, want %d", test.name, got, said, test.want)
		}
	}
}

func TestPageHeaders(t *testing.T) {
	_, url := pageWorld(t)
	answer, err := http.Get(url + "/ann/dm")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	csp := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("the policy %q lacks %s", csp, want)
		}
	}
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || answer.Header.Get("X-Frame-Options") != "DENY" {
		t.Errorf("the policy is %q, frames %q", csp, answer.Header.Get("X-Frame-Options"))
	}
}

// TestPageHostileContents: whatever people and bots write is text.
func TestPageHostileContents(t *testing.T) {
	w, url := pageWorld(t)
	hostile := []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</textarea></template><b>`, `' onmouseover='alert(1)`, "\u202egnirts a\u202c",
		strings.Repeat("w", 10_000), "{{.Title}}", "data: x\n\nevent: y", "<a href=javascript:alert(1)>",
	}
	for _, text := range hostile {
		if err := w.Say("U2", "C1", text); err != nil {
			t.Fatal(err)
		}
		blocks, err := json.Marshal([]obj{
			{"type": "header", "text": plain(clipTo(text, 150))},
			with(section("*"+clipTo(text, 2900)+"*"), "accessory", obj{
				"type": "button", "action_id": text[:min(len(text), 40)], "text": plain(clipTo(text, 75)), "value": clipTo(text, 75), "accessibility_label": clipTo(text, 75),
				"confirm": obj{"title": plain(clipTo(text, 100)), "text": plain(clipTo(text, 100)), "confirm": plain("y"), "deny": plain("n")},
			}),
			{"type": "rich_text", "elements": []obj{{"type": "rich_text_section", "elements": []obj{
				{"type": "text", "text": text}, {"type": "link", "url": "javascript:alert(1)", "text": clipTo(text, 100)},
			}}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		post(t, url, "C1", blocks)
	}
	_, page := request(t, "GET", url+"/ann/sales", "", nil)
	for _, raw := range []string{"<script>alert", "<img", "onerror=alert(1)>", "<b>", `href="javascript:`, "</textarea></template>", "' onmouseover='alert(1)"} {
		if strings.Contains(page, raw) {
			t.Errorf("%q stands in the page as it was written", raw)
		}
	}
	if n := strings.Count(page, "<script"); n != 1 {
		t.Errorf("%d scripts in the page", n)
	}
	if !strings.Contains(page, strings.Repeat("w", 10_000)) || !strings.Contains(page, "<bdi>") {
		t.Error("something was left out")
	}
}

func clipTo(s string, n int) string {
	r := []rune(strings.ReplaceAll(s, "\n", " "))
	return string(r[:min(n, len(r))])
}

// post has the bot write a message.
func post(t *testing.T, url, channel string, blocks json.RawMessage) {
	t.Helper()
	body, err := json.Marshal(obj{"channel": channel, "text": "fallback", "blocks": blocks})
	if err != nil {
		t.Fatal(err)
	}
	_, said := request(t, "POST", url+"/api/chat.postMessage", string(body), map[string]string{
		"Authorization": "Bearer xoxb-1-1-local", "Content-Type": "application/json",
	})
	if !strings.Contains(said, `"ok":true`) {
		t.Fatalf("not posted: %s", said)
	}
}

// TestPageDrawsBlocks: every block and element, as Slack has them.
func TestPageDrawsBlocks(t *testing.T) {
	raw, err := os.ReadFile("testdata/blocks.json")
	if err != nil {
		t.Fatal(err)
	}
	var tests []struct {
		Name  string
		Block json.RawMessage
		Want  []string
	}
	if err := json.Unmarshal(raw, &tests); err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.Name, func(t *testing.T) {
			_, url := pageWorld(t)
			post(t, url, "C1", json.RawMessage("["+string(test.Block)+"]"))
			_, page := request(t, "GET", url+"/ann/sales", "", nil)
			_, page, _ = strings.Cut(page, `<ol id="items">`)
			page, _, _ = strings.Cut(page, `</ol>`)
			for _, want := range test.Want {
				if !strings.Contains(page, want) {
					t.Errorf("%s is not in\n%s", want, page)
				}
			}
			if strings.Contains(page, "does not draw") || strings.Contains(page, "ZgotmplZ") {
				t.Errorf("not drawn:\n%s", page)
			}
		})
	}
}

// stream reads the events of a screen.
type events struct {
	lines *bufio.Scanner
	stop  context.CancelFunc
}

func listen(t *testing.T, url string) *events {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, "GET", url+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		t.Fatalf("the stream is %s", kind)
	}
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	return &events{lines, stop}
}

// until reads events until one holds the text, and returns it.
func (e *events) until(t *testing.T, text string) string {
	t.Helper()
	for e.lines.Scan() {
		if strings.HasPrefix(e.lines.Text(), "data: ") && strings.Contains(e.lines.Text(), text) {
			return e.lines.Text()
		}
	}
	t.Fatalf("the stream ended without %q: %v", text, e.lines.Err())
	return ""
}

// TestPageStays: two tabs see the same, each change goes to both, and one that
// comes back is given all of it.
func TestPageStays(t *testing.T) {
	w, url := pageWorld(t)
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	one, two := listen(t, url+"/ann/sales"), listen(t, url+"/ben/sales")
	one.until(t, `"regions"`)
	two.until(t, `"regions"`)
	if code, said := request(t, "POST", url+"/ann/sales/type", `{"text":"first words"}`, own); code != 200 || strings.Contains(said, "error") {
		t.Fatal(code, said)
	}
	one.until(t, "first words")
	two.until(t, "first words")

	// The second goes away and misses something.
	two.stop()
	if err := w.Say("U1", "C1", "second words"); err != nil {
		t.Fatal(err)
	}
	if said := one.until(t, "second words"); strings.Contains(said, "first words") {
		t.Error("what a tab has is sent again")
	}
	again := listen(t, url+"/ben/sales")
	if said := again.until(t, "second words"); !strings.Contains(said, "first words") {
		t.Error("a tab that came back is not given all of it")
	}
}

// TestPageUnread: what others write counts until one looks.
func TestPageUnread(t *testing.T) {
	w, url := pageWorld(t)
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	for i := range 3 {
		if err := w.Say("U2", "C1", fmt.Sprint("news ", i)); err != nil {
			t.Fatal(err)
		}
	}
	badge := `<span class="badge">3<span`
	if _, page := request(t, "GET", url+"/ann/dm", "", nil); !strings.Contains(page, badge) || !strings.Contains(page, "<title>(3) ") {
		t.Error("the count is not shown")
	}
	if _, page := request(t, "GET", url+"/ben/dm", "", nil); strings.Contains(page, `class="badge"`) {
		t.Error("one's own words count")
	}
	request(t, "POST", url+"/ann/sales/read", "{}", own)
	if _, page := request(t, "GET", url+"/ann/dm", "", nil); strings.Contains(page, `class="badge"`) {
		t.Error("what was read still counts")
	}
}

// TestPageTroubles: what cannot be done is said in a sentence.
func TestPageTroubles(t *testing.T) {
	w, url := pageWorld(t)
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	for path, want := range map[string]string{
		"/ann/dm/press": "gone", "/ann/dm/submit": "no longer open", "/ann/dm/clock": "cannot be moved", "/ann/home/type": "nothing to send", "/ann/dm/close": "{}",
	} {
		if _, said := request(t, "POST", url+path, "{}", own); !strings.Contains(said, want) {
			t.Errorf("%s says %s", path, said)
		}
	}
	if code, said := request(t, "POST", url+"/ann/dm/press", "not JSON", own); code != 400 {
		t.Error(code, said)
	}
	// Nobody is connected: a command fails in the conversation, as in Slack.
	request(t, "POST", url+"/ann/sales/type", `{"text":"/pitch today"}`, own)
	if _, page := request(t, "GET", url+"/ann/sales", "", nil); !strings.Contains(page, "failed with the error") {
		t.Error("a command that failed says nothing")
	}
	// So does a press, with Slack's sentence in the corner of every tab.
	post(t, url, "C1", json.RawMessage(`[{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"Done"}}]}]`))
	tab := listen(t, url+"/ann/sales")
	tab.until(t, `"regions"`)
	all := w.Transcript("ann", "sales")
	pressed := fmt.Sprintf(`{"channel":"C1","ts":%q,"block":"b","action":"a"}`, all[len(all)-1].TS)
	if _, said := request(t, "POST", url+"/ann/sales/press", pressed, own); strings.Contains(said, "error") {
		t.Error(said)
	}
	tab.until(t, "Pitch is not responding. Try again?")
	w.ClearProblems()
}

// answering is a bot that acknowledges everything; the channel has the payloads.
func answering(t *testing.T, w *localslack.Workspace, url string) <-chan obj {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	b := &bot{t: t, ws: w, base: url, client: http.DefaultClient}
	conn := b.dial(ctx)
	told := make(chan obj, 10)
	go func() {
		defer close(told)
		for {
			env := read(ctx, conn)
			if env["envelope_id"] == nil {
				return
			}
			ack, _ := json.Marshal(obj{"envelope_id": env["envelope_id"]})
			if conn.Write(ctx, websocket.MessageText, ack) != nil {
				return
			}
			told <- payload(env)
		}
	}()
	t.Cleanup(func() {
		stop()
		conn.CloseNow()
		for range told {
		}
	})
	return told
}

// TestPageForm: what was chosen in a form is what the bot is sent, commas and all.
func TestPageForm(t *testing.T) {
	w, url := pageWorld(t)
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	told := answering(t, w, url)
	if err := w.Shortcut("ann", "log_ask"); err != nil {
		t.Fatal(err)
	}
	trigger := (<-told)["trigger_id"]
	view, err := json.Marshal(obj{
		"type": "modal", "callback_id": "f", "title": plain("Form"), "submit": plain("Go"), "blocks": []obj{
			{"type": "input", "block_id": "w", "label": plain("Words"), "element": obj{"type": "plain_text_input", "action_id": "w"}},
			{"type": "input", "block_id": "d", "label": plain("Days"), "element": obj{"type": "checkboxes", "action_id": "d", "options": []obj{option("One, two", "1,2"), option("Three", "3")}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	open, err := json.Marshal(obj{"trigger_id": trigger, "view": json.RawMessage(view)})
	if err != nil {
		t.Fatal(err)
	}
	if _, said := request(t, "POST", url+"/api/views.open", string(open), map[string]string{"Authorization": "Bearer xoxb-1-1-local", "Content-Type": "application/json"}); !strings.Contains(said, `"ok":true`) {
		t.Fatal(said)
	}
	id := w.Modals("ann")[0].ID
	submit := func(values obj) {
		t.Helper()
		body, err := json.Marshal(obj{"view": id, "values": values})
		if err != nil {
			t.Fatal(err)
		}
		if _, said := request(t, "POST", url+"/ann/dm/submit", string(body), own); strings.Contains(said, "error") {
			t.Error(said)
		}
	}
	submit(obj{"w/w": []string{""}, "d/d": []string{"1,2", "3"}})
	_, page := request(t, "GET", url+"/ann/dm", "", nil)
	if strings.Count(page, "Please complete this required field.") != 1 || strings.Count(page, " checked") != 2 || !strings.Contains(page, `aria-invalid="true"`) {
		t.Errorf("the complaint is not in place:\n%s", page)
	}
	submit(obj{"w/w": []string{"a, b"}, "d/d": []string{"1,2"}})
	sent, err := json.Marshal((<-told)["view"])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"value":"a, b"`, `"value":"1,2"`} {
		if !strings.Contains(string(sent), want) {
			t.Errorf("%s was not sent: %s", want, sent)
		}
	}
	if n := len(w.Modals("ann")); n != 0 {
		t.Errorf("%d forms are open", n)
	}
}

func TestPageShortcuts(t *testing.T) {
	w, url := pageWorld(t)
	told := answering(t, w, url)
	if err := w.Say("ann", "sales", "call Acme"); err != nil {
		t.Fatal(err)
	}
	ts := w.Transcript("ann", "sales")[0].TS
	_, page := request(t, "GET", url+"/ann/sales", "", nil)
	for _, want := range []string{`data-shortcut="log_ask">Log an ask<`, `data-shortcut="log_from">Log from this message<`} {
		if strings.Count(page, want) != 1 {
			t.Errorf("the page has not one %s", want)
		}
	}
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	for _, test := range []struct{ body, kind, error string }{
		{`{"callback":"log_ask"}`, "shortcut", ""},
		{`{"callback":"log_from","channel":"C1","ts":"` + ts + `"}`, "message_action", ""},
		{`{"callback":"log_from"}`, "", "there are: log_ask"},
	} {
		_, said := request(t, "POST", url+"/ann/sales/shortcut", test.body, own)
		if !strings.Contains(said, test.error) || test.error == "" && strings.Contains(said, "error") {
			t.Errorf("%s: %s", test.body, said)
		}
		if test.kind != "" {
			if p := <-told; p["type"] != test.kind {
				t.Errorf("%s: %v", test.body, p)
			}
		}
	}
}
