package localslack_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/localslack"
)

func TestChannelsMembersAndTheBot(t *testing.T) {
	cfg := config()
	cfg.Scopes = append(cfg.Scopes, "channels:read", "channels:history", "team:read")
	cfg.Events = []string{"member_joined_channel", "team_join"}
	synctest.Test(t, func(t *testing.T) {
		b := start(t, cfg)
		b.connect(1)
		if err := b.ws.Invite("ann", "#random"); err != nil {
			t.Fatal(err)
		}
		if ev := dig(<-b.got, "payload", "event"); dig(ev, "type") != "member_joined_channel" || dig(ev, "user") != "U0BOT" {
			t.Errorf("event %v", ev)
		}
		if out := b.call("conversations.info", obj{"channel": "C2"}); dig(out, "channel", "is_member") != true || dig(out, "channel", "name") != "random" {
			t.Errorf("info %v", out)
		}
		if out := b.call("chat.postMessage", obj{"channel": "#random", "text": "hello"}); out["ok"] != true || out["channel"] != "C2" {
			t.Errorf("post by name: %v", out)
		}
		b.ws.Join("ben", "random")
		<-b.got
		if out := b.call("chat.postEphemeral", obj{"channel": "C2", "user": "U2", "text": "you only"}); out["message_ts"] == nil {
			t.Errorf("ephemeral: %v", out)
		}
		if mine, theirs := len(b.ws.Transcript("ben", "random")), len(b.ws.Transcript("ann", "random")); mine != 2 || theirs != 1 {
			t.Errorf("ben sees %d, ann %d", mine, theirs)
		}
		b.ws.Remove("ann", "random")
		if out := b.call("chat.postMessage", obj{"channel": "C2", "text": "x"}); out["error"] != "not_in_channel" {
			t.Errorf("after leaving: %v", out)
		}
		b.ws.Leave("ben", "random")
		b.ws.Archive("sales")
		if out := b.call("chat.postMessage", obj{"channel": "C1", "text": "x"}); out["error"] != "is_archived" {
			t.Errorf("archived: %v", out)
		}
		b.ws.AddUser(localslack.User{ID: "U9", Name: "eve", Stranger: true, Team: "T9"})
		if ev := dig(<-b.got, "payload", "event"); dig(ev, "user", "is_stranger") != true || dig(ev, "user", "team_id") != "T9" {
			t.Errorf("event %v", ev)
		}
		if out := b.call("team.info", nil); dig(out, "team", "domain") != "local" {
			t.Errorf("team %v", out)
		}
		b.settle()
		b.noProblems()
	})
}

func TestDeletedMessagesAreGoneAndAnnounced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(1)
		out := b.call("chat.postMessage", obj{"channel": "U1", "text": "x"})
		b.call("chat.delete", obj{"channel": out["channel"], "ts": out["ts"]})
		posted, deleted := dig(<-b.got, "payload", "event"), dig(<-b.got, "payload", "event")
		if dig(posted, "bot_id") != "B0LOCAL" || dig(deleted, "subtype") != "message_deleted" || dig(deleted, "deleted_ts") != out["ts"] {
			t.Errorf("events %v and %v", posted, deleted)
		}
		if seen := b.ws.Transcript("ann", "dm"); len(seen) != 0 {
			t.Errorf("ann sees %+v", seen)
		}
		b.settle()
		b.noProblems()
	})
}

func TestUnansweredPressShowsAWarning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.answer = func(obj) any { return noAck }
		b.connect(1)
		out := b.call("chat.postMessage", obj{"channel": "C1", "text": "x", "blocks": []obj{actions(button("Done", "done", "1"))}})
		b.ws.Press("ann", localslack.Place{Channel: "C1", TS: out["ts"].(string)}, "done")
		time.Sleep(4 * time.Second)
		if n := b.ws.Notices("ann"); len(n) != 1 || !strings.Contains(n[0].Text, "Done") {
			t.Errorf("notices %v", n)
		}
	})
}

func TestShortcutsAndPushedForms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.answer = func(env obj) any {
			p := payload(env)
			if id := p["trigger_id"]; id != nil {
				method := "views.open"
				if p["type"] == "block_actions" {
					method = "views.push"
				}
				if out := b.call(method, obj{"trigger_id": id, "view": logForm()}); out["ok"] != true {
					t.Errorf("%s: %v", method, out)
				}
			}
			return nil
		}
		b.connect(1)
		b.ws.Say("ben", "sales", "call Acme")
		ts := b.ws.Transcript("ben", "sales")[0].TS
		if err := b.ws.MessageShortcut("ann", localslack.Place{Channel: "C1", TS: ts}, "log_from"); err != nil {
			t.Fatal(err)
		}
		b.settle()
		env := <-b.got
		if payload(env)["type"] != "message_action" || dig(env, "payload", "message", "text") != "call Acme" || payload(env)["message_ts"] != ts {
			t.Errorf("envelope %v", env)
		}
		for range 2 {
			m := b.ws.Modals("ann")
			b.ws.Press("ann", localslack.Place{View: m[len(m)-1].ID}, "More")
			b.settle()
		}
		if n := len(b.ws.Modals("ann")); n != 3 {
			t.Errorf("%d forms", n)
		}
		b.noProblems()
		b.ws.CloseModal("ann", true)
		if n := len(b.ws.Modals("ann")); n != 0 {
			t.Errorf("%d forms after closing all", n)
		}
	})
}

func TestUninstallRevokesTheTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(1)
		b.ws.Uninstall()
		first, second := <-b.got, <-b.got
		if dig(first, "payload", "event", "type") != "tokens_revoked" || dig(second, "payload", "event", "type") != "app_uninstalled" {
			t.Errorf("events %v and %v", first, second)
		}
		if out := b.call("auth.test", nil); out["error"] != "token_revoked" {
			t.Errorf("auth.test: %v", out)
		}
	})
}

func TestCutConnectionsLoseWhatWasUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.answer = func(obj) any { return noAck }
		b.connect(2)
		b.ws.Command("ann", "dm", "x")
		<-b.got
		b.ws.Cut(0)
		time.Sleep(5 * time.Second)
		if n := b.ws.Connections(); n != 0 || !b.ws.Quiet() {
			t.Errorf("%d connections", n)
		}
		b.noProblems()
	})
}

func TestCallsAreListed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.call("chat.postMessage", obj{"channel": "C1", "text": "x"})
		b.ws.FailAPI(localslack.APIFault{Status: 503})
		b.call("auth.test", nil)
		b.ws.Heal()
		b.call("auth.test", nil)
		var got []string
		for _, c := range b.ws.Calls() {
			got = append(got, strings.TrimSpace(c.Method+" "+c.Channel+" "+map[bool]string{true: "faulty"}[c.Faulty]))
		}
		if diff := cmp.Diff([]string{"chat.postMessage C1", "auth.test  faulty", "auth.test"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestStateOfEveryKindOfInput(t *testing.T) {
	elements := map[string]struct {
		element obj
		choose  string
		want    obj
		refused string
	}{
		"time":      {obj{"type": "timepicker"}, "09:30", obj{"type": "timepicker", "selected_time": "09:30"}, "9 o'clock"},
		"date":      {obj{"type": "datepicker"}, "2026-11-23", obj{"type": "datepicker", "selected_date": "2026-11-23"}, "soon"},
		"moment":    {obj{"type": "datetimepicker"}, "2026-11-23 09:00", obj{"type": "datetimepicker", "selected_date_time": 1795424400.0}, "soon"},
		"channel":   {obj{"type": "channels_select"}, "#sales", obj{"type": "channels_select", "selected_channel": "C1"}, "#nowhere"},
		"people":    {obj{"type": "multi_users_select"}, "ann, ben", obj{"type": "multi_users_select", "selected_users": []any{"U1", "U2"}}, "zoe"},
		"radio":     {obj{"type": "radio_buttons", "options": []obj{option("A", "a")}}, "a", obj{"type": "radio_buttons", "selected_option": option("A", "a")}, "b"},
		"grouped":   {obj{"type": "multi_static_select", "option_groups": []obj{{"label": plain("G"), "options": []obj{option("A", "a")}}}}, "A", obj{"type": "multi_static_select", "selected_options": []any{option("A", "a")}}, "B"},
		"mail":      {obj{"type": "email_text_input"}, "a@b.example", obj{"type": "email_text_input", "value": "a@b.example"}, ""},
		"emptied":   {obj{"type": "plain_text_input", "initial_value": "x"}, "", obj{"type": "plain_text_input", "value": nil}, ""},
		"with date": {obj{"type": "datepicker", "initial_date": "2026-01-02"}, "", obj{"type": "datepicker", "selected_date": nil}, ""},
	}
	for name, tt := range elements {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, config())
				tt.element["action_id"] = "a"
				form := with(with(modal("x", ""), "submit", plain("Save")), "blocks", []obj{
					{"type": "input", "block_id": "b", "label": plain("L"), "optional": true, "element": tt.element},
				})
				b.answer = func(env obj) any {
					if id := payload(env)["trigger_id"]; payload(env)["type"] == "shortcut" {
						b.call("views.open", obj{"trigger_id": id, "view": form})
					}
					return nil
				}
				b.connect(1)
				b.ws.Shortcut("ann", "log_ask")
				b.settle()
				<-b.got
				if tt.refused != "" {
					if err := b.ws.Submit("ann", map[string]string{"L": tt.refused}); err == nil {
						t.Errorf("%q is accepted", tt.refused)
					}
				}
				if err := b.ws.Submit("ann", map[string]string{"L": tt.choose}); err != nil {
					t.Fatal(err)
				}
				b.settle()
				if diff := cmp.Diff(tt.want, dig(<-b.got, "payload", "view", "state", "values", "b", "a")); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				b.noProblems()
			})
		})
	}
}
