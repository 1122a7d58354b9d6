package localslack_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/localslack"
)

func TestErrorCodes(t *testing.T) {
	long := strings.Repeat("é", 40_001)
	tests := []struct {
		name, token, method string
		args                obj
		want                string
	}{
		{"no token", "", "auth.test", nil, "not_authed"},
		{"wrong token", "xoxb-other", "auth.test", nil, "invalid_auth"},
		{"app token on a bot method", "app", "chat.postMessage", obj{"channel": "C1", "text": "x"}, "not_allowed_token_type"},
		{"bot token on an app method", "bot", "apps.connections.open", nil, "not_allowed_token_type"},
		{"unknown method", "bot", "chat.shout", nil, "unknown_method"},
		{"scope", "bot", "team.info", nil, "missing_scope"},
		{"history of a channel", "bot", "conversations.history", obj{"channel": "C1"}, "missing_scope"},
		{"unknown channel", "bot", "chat.postMessage", obj{"channel": "C9", "text": "x"}, "channel_not_found"},
		{"not in channel", "bot", "chat.postMessage", obj{"channel": "C2", "text": "x"}, "not_in_channel"},
		{"archived", "bot", "chat.postMessage", obj{"channel": "C3", "text": "x"}, "is_archived"},
		{"no text", "bot", "chat.postMessage", obj{"channel": "C1", "text": "  "}, "no_text"},
		{"too long", "bot", "chat.postMessage", obj{"channel": "C1", "text": long}, "msg_too_long"},
		{"bad blocks", "bot", "chat.postMessage", obj{"channel": "C1", "blocks": []obj{{"type": "shout"}}}, "invalid_blocks"},
		{"bad metadata", "bot", "chat.postMessage", obj{"channel": "C1", "text": "x", "metadata": obj{"event_type": "a"}}, "invalid_metadata_format"},
		{"user unknown", "bot", "users.info", obj{"user": "U9"}, "user_not_found"},
		{"dm to nobody", "bot", "conversations.open", obj{"users": "U9"}, "user_not_found"},
		{"dm to a bot", "bot", "conversations.open", obj{"users": "U0BOT"}, "cannot_dm_bot"},
		{"dm to the deactivated", "bot", "conversations.open", obj{"users": "U4"}, "user_disabled"},
		{"ephemeral outside", "bot", "chat.postEphemeral", obj{"channel": "C1", "user": "U3", "text": "x"}, "user_not_in_channel"},
		{"update of nothing", "bot", "chat.update", obj{"channel": "C1", "ts": "1.2", "text": "x"}, "message_not_found"},
		{"update of another's", "bot", "chat.update", obj{"channel": "C1", "ts": "ben's", "text": "x"}, "cant_update_message"},
		{"delete of another's", "bot", "chat.delete", obj{"channel": "C1", "ts": "ben's"}, "cant_delete_message"},
		{"bad trigger", "bot", "views.open", obj{"trigger_id": "1.2.3", "view": modal("x", "")}, "invalid_trigger_id"},
		{"no trigger", "bot", "views.open", obj{"view": modal("x", "")}, "invalid_arguments"},
		{"title too long", "bot", "views.open", obj{"trigger_id": "1", "view": modal(strings.Repeat("x", 25), "")}, "invalid_arguments"},
		{"view too large", "bot", "views.open", obj{"trigger_id": "1", "view": modal("x", strings.Repeat("x", 260<<10))}, "view_too_large"},
		{"update of no view", "bot", "views.update", obj{"view_id": "V1", "view": modal("x", "")}, "not_found"},
	}
	cfg := config()
	cfg.Channels = append(cfg.Channels, localslack.Channel{ID: "C3", Name: "old", Archived: true, Members: []string{"U0BOT"}})
	cfg.Users = append(cfg.Users, localslack.User{ID: "U4", Name: "dee", Deactivated: true})
	synctest.Test(t, func(t *testing.T) {
		b := start(t, cfg)
		b.ws.Say("ben", "sales", "mine")
		ts := b.ws.Transcript("ben", "sales")[0].TS
		tokens := map[string]string{"bot": b.ws.Config().BotToken, "app": b.ws.Config().AppToken}
		for _, tt := range tests {
			if tt.args["ts"] == "ben's" {
				tt.args["ts"] = ts
			}
			token, ok := tokens[tt.token]
			if !ok {
				token = tt.token
			}
			res, out := b.callAs(token, tt.method, tt.args)
			if out["error"] != tt.want || out["ok"] != false || res.StatusCode != 200 {
				t.Errorf("%s: %v (%d), want %s", tt.name, out, res.StatusCode, tt.want)
			}
		}
	})
}

func modal(title, metadata string) obj {
	return obj{"type": "modal", "title": obj{"type": "plain_text", "text": title}, "private_metadata": metadata, "blocks": []obj{}}
}

func TestBadBlocksAreExplained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		out := b.call("chat.postMessage", obj{"channel": "C1", "text": "x", "blocks": []obj{{"type": "section"}}})
		messages, _ := dig(out, "response_metadata", "messages").([]any)
		if len(messages) != 1 || !strings.Contains(fmt.Sprint(messages...), "[json-pointer:/blocks/0]") {
			t.Errorf("answer %v", out)
		}
	})
}

func TestFormEncodedPostUpdateAndHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		token := b.ws.Config().BotToken
		dm := dig(b.form("conversations.open", url.Values{"token": {token}, "users": {"U1"}}), "channel", "id").(string)
		out := b.form("chat.postMessage", url.Values{
			"token": {token}, "channel": {dm}, "text": {"first"}, "blocks": {`[{"type":"divider"}]`},
			"metadata": {`{"event_type":"reminder","event_payload":{"id":"r1"}}`},
		})
		if out["ok"] != true || dig(out, "message", "bot_id") != "B0LOCAL" {
			t.Fatalf("answer %v", out)
		}
		b.form("chat.update", url.Values{"token": {token}, "channel": {dm}, "ts": {out["ts"].(string)}, "text": {"second"}})
		h := b.form("conversations.history", url.Values{"token": {token}, "channel": {dm}, "include_all_metadata": {"true"}})
		got, _ := h["messages"].([]any)
		if len(got) != 1 || dig(got[0], "text") != "second" || dig(got[0], "metadata", "event_payload", "id") != "r1" {
			t.Errorf("history %v", h)
		}
		seen := b.ws.Transcript("ann", "dm")
		if len(seen) != 1 || !seen[0].Edited || seen[0].Text != "second" {
			t.Errorf("ann sees %+v", seen)
		}
	})
}

func TestHistoryPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		for i := range 5 {
			b.ws.Say("ann", "dm", fmt.Sprint(i))
		}
		id, _ := b.ws.DM("ann")
		var texts []any
		next := ""
		for range 3 {
			out := b.call("conversations.history", obj{"channel": id, "limit": 2, "cursor": next})
			for _, m := range out["messages"].([]any) {
				texts = append(texts, dig(m, "text"))
			}
			next, _ = dig(out, "response_metadata", "next_cursor").(string)
		}
		if diff := cmp.Diff([]any{"4", "3", "2", "1", "0"}, texts); diff != "" || next != "" {
			t.Errorf("pages (-want +got):\n%s\nnext %q", diff, next)
		}
	})
}

func TestUsersListPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		var names []any
		next := ""
		for {
			out := b.call("users.list", obj{"limit": 3, "cursor": next})
			for _, m := range out["members"].([]any) {
				names = append(names, dig(m, "name"))
			}
			if next, _ = dig(out, "response_metadata", "next_cursor").(string); next == "" {
				break
			}
		}
		if diff := cmp.Diff([]any{"pitch", "ann", "ben", "gus"}, names); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		ann := b.call("users.info", obj{"user": "U1"})["user"]
		if dig(ann, "tz") != "Europe/Berlin" || dig(ann, "is_admin") != true || dig(ann, "deleted") != false {
			t.Errorf("ann is %v", ann)
		}
	})
}

func TestTimestampsAreUniqueWhileTheClockStands(t *testing.T) {
	cfg := config()
	cfg.Now = func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	w := localslack.New(cfg)
	defer w.Close()
	for range 100 {
		w.Say("ann", "sales", "x")
	}
	var all []string
	for _, m := range w.Transcript("ann", "sales") {
		all = append(all, m.TS)
	}
	if !slices.IsSorted(all) || len(slices.Compact(all)) != 100 {
		t.Errorf("timestamps %q", all)
	}
}

func TestRateLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		post := func(ch string) int {
			res, _ := b.callAs(b.ws.Config().BotToken, "chat.postMessage", obj{"channel": ch, "text": "x"})
			if res.StatusCode == http.StatusTooManyRequests && res.Header.Get("Retry-After") != "1" {
				t.Errorf("Retry-After %q", res.Header.Get("Retry-After"))
			}
			return res.StatusCode
		}
		for range 5 {
			if post("C1") != 200 {
				t.Error("a short burst was refused")
			}
		}
		if post("C1") != 429 {
			t.Error("the burst has no end")
		}
		if post("U1") != 200 {
			t.Error("one channel's limit hit another")
		}
		time.Sleep(time.Second)
		if post("C1") != 200 || post("C1") != 429 {
			t.Error("the channel's rate is not one a second")
		}
		ok := 0
		for i := range 400 { // people enough to be bound by the workspace alone
			if post(fmt.Sprintf("#nobody%d", i)) == 200 {
				ok++
			}
		}
		if ok > 70 || ok < 40 {
			t.Errorf("the workspace's burst is %d", ok)
		}
		for range 21 {
			b.call("users.list", nil)
		}
		if p := b.ws.Problems(); !slices.ContainsFunc(p, func(s string) bool { return strings.HasPrefix(s, "users.list: rate limited") }) {
			t.Errorf("users.list is not limited: %q", p)
		}
	})
}

func TestAPIFaults(t *testing.T) {
	tests := []struct {
		name   string
		fault  localslack.APIFault
		status int
		error  string
		posted bool
	}{
		{"rate limit", localslack.APIFault{Status: 429, RetryAfter: 7}, 429, "ratelimited", false},
		{"rate limit without a header", localslack.APIFault{Status: 429}, 429, "ratelimited", false},
		{"server error", localslack.APIFault{Status: 500}, 500, "Internal Server Error\n", false},
		{"internal error after posting", localslack.APIFault{Code: "internal_error", After: true}, 200, "internal_error", true},
		{"a code", localslack.APIFault{Code: "is_archived"}, 200, "is_archived", false},
		{"cut before", localslack.APIFault{Cut: true}, 0, "connection", false},
		{"cut after", localslack.APIFault{Cut: true, After: true}, 0, "connection", true},
		{"slow", localslack.APIFault{Delay: 5 * time.Second}, 200, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, config())
				tt.fault.Method, tt.fault.Times = "chat.postMessage", 1
				b.ws.FailAPI(tt.fault)
				began := time.Now()
				res, out := b.callAs(b.ws.Config().BotToken, "chat.postMessage", obj{"channel": "C1", "text": "x"})
				status := 0
				if res != nil {
					status = res.StatusCode
					if want := tt.fault.RetryAfter; want > 0 && res.Header.Get("Retry-After") != fmt.Sprint(want) {
						t.Errorf("Retry-After %q", res.Header.Get("Retry-After"))
					}
				}
				code, _ := out["error"].(string)
				if status != tt.status || !strings.HasPrefix(code, tt.error) {
					t.Errorf("answer %d %v", status, out)
				}
				if posted := len(b.ws.Transcript("ann", "sales")) == 1; posted != tt.posted {
					t.Errorf("posted: %v", posted)
				}
				if took := time.Since(began); took != tt.fault.Delay {
					t.Errorf("took %v", took)
				}
				if out := b.call("chat.postMessage", obj{"channel": "C1", "text": "x"}); out["ok"] != true {
					t.Errorf("the next call: %v", out)
				}
				b.noProblems()
			})
		})
	}
}

func TestResponseURL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		urls := make(chan string, 10)
		b.answer = func(env obj) any {
			urls <- payload(env)["response_url"].(string)
			if env["type"] == "slash_commands" {
				return obj{"text": "choose", "blocks": []obj{actions(button("Yes", "yes", "1"))}}
			}
			return nil
		}
		b.connect(1)
		b.ws.Command("ann", "sales", "log")
		b.settle()
		first := <-urls
		for i := range 6 {
			req, _ := http.NewRequest("POST", first, strings.NewReader(fmt.Sprintf(`{"text":"more %d"}`, i)))
			res, out := b.do(req)
			if want := map[bool]int{true: 200, false: 404}[i < 5]; res.StatusCode != want {
				t.Errorf("use %d: %d %v", i, res.StatusCode, out)
			}
		}
		seen := b.ws.Transcript("ann", "sales")
		if len(seen) != 6 || len(b.ws.Transcript("ben", "sales")) != 0 {
			t.Fatalf("ann sees %d messages", len(seen))
		}
		if err := b.ws.Press("ann", localslack.Place{Channel: "C1", TS: seen[0].TS}, "yes"); err != nil {
			t.Fatal(err)
		}
		b.settle()
		second := <-urls
		req, _ := http.NewRequest("POST", second, strings.NewReader(`{"replace_original":true,"text":"done"}`))
		b.do(req)
		if now := b.ws.Transcript("ann", "sales"); now[0].Text != "done" || now[0].Blocks != nil {
			t.Errorf("replaced: %+v", now[0])
		}
		time.Sleep(31 * time.Minute)
		req, _ = http.NewRequest("POST", second, strings.NewReader(`{"delete_original":true}`))
		if _, out := b.do(req); out["error"] != "expired_url" {
			t.Errorf("after half an hour: %v", out)
		}
	})
}
