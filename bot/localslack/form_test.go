package localslack_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/localslack"
)

func plain(s string) obj { return obj{"type": "plain_text", "text": s} }

func option(label, value string) obj { return obj{"text": plain(label), "value": value} }

// logForm is a form with one of most kinds of inputs.
func logForm() obj {
	in := func(block, label string, optional bool, element obj) obj {
		element["action_id"] = "a"
		return obj{"type": "input", "block_id": block, "label": plain(label), "optional": optional, "element": element}
	}
	return obj{
		"type": "modal", "callback_id": "log", "title": plain("Log an ask"), "submit": plain("Save"), "close": plain("Cancel"),
		"notify_on_close": true, "private_metadata": "m",
		"blocks": []obj{
			in("who", "Who", false, obj{"type": "plain_text_input", "max_length": 10}),
			in("kind", "What", true, obj{"type": "static_select", "options": []obj{option("Call", "call"), option("Demo", "demo")}}),
			in("when", "When", true, obj{"type": "datepicker", "initial_date": "2026-11-23"}),
			in("tags", "Tags", true, obj{"type": "checkboxes", "options": []obj{option("Warm", "warm"), option("Dev", "dev")}}),
			in("seats", "Seats", true, obj{"type": "number_input", "is_decimal_allowed": false, "min_value": "1"}),
			in("mate", "With", true, obj{"type": "users_select"}),
			in("old", "Prospect", true, obj{"type": "external_select", "min_query_length": 1}),
			actions(button("More", "more", "1")),
		},
	}
}

// formBot opens logForm on a command and answers submissions with reply.
func formBot(t *testing.T, reply func(env obj) any) *bot {
	b := start(t, config())
	b.answer = func(env obj) any {
		switch {
		case env["type"] == "slash_commands":
			if out := b.call("views.open", obj{"trigger_id": payload(env)["trigger_id"], "view": logForm()}); out["ok"] != true {
				t.Errorf("views.open: %v", out)
			}
			return nil
		case payload(env)["type"] == "block_suggestion":
			return obj{"options": []obj{option("Acme "+payload(env)["value"].(string), "p1")}}
		}
		return reply(env)
	}
	b.connect(1)
	b.ws.Command("ann", "dm", "log")
	b.settle()
	if len(b.ws.Modals("ann")) != 1 {
		t.Fatal("no form opened")
	}
	<-b.got
	return b
}

func TestSubmissionCarriesEveryInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := formBot(t, func(obj) any { return nil })
		if err := b.ws.Submit("ann", map[string]string{"Who": "Acme", "What": "demo", "tags": "Warm, Dev", "seats/a": "10", "With": "ben"}); err != nil {
			t.Fatal(err)
		}
		b.settle()
		env := <-b.got
		want := obj{
			"who":   obj{"a": obj{"type": "plain_text_input", "value": "Acme"}},
			"kind":  obj{"a": obj{"type": "static_select", "selected_option": option("Demo", "demo")}},
			"when":  obj{"a": obj{"type": "datepicker", "selected_date": "2026-11-23"}},
			"tags":  obj{"a": obj{"type": "checkboxes", "selected_options": []any{option("Warm", "warm"), option("Dev", "dev")}}},
			"seats": obj{"a": obj{"type": "number_input", "value": "10"}},
			"mate":  obj{"a": obj{"type": "users_select", "selected_user": "U2"}},
			"old":   obj{"a": obj{"type": "external_select", "selected_option": nil}},
		}
		if diff := cmp.Diff(want, dig(env, "payload", "view", "state", "values")); diff != "" {
			t.Errorf("values (-want +got):\n%s", diff)
		}
		if env["accepts_response_payload"] != true || dig(env, "payload", "view", "callback_id") != "log" || dig(env, "payload", "user", "id") != "U1" {
			t.Errorf("envelope %v", env)
		}
		if n := len(b.ws.Modals("ann")); n != 0 {
			t.Errorf("%d forms open", n)
		}
		b.noProblems()
	})
}

func TestSlackRefusesUnfinishedFormsItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := formBot(t, func(obj) any { return nil })
		for values, want := range map[[2]string]string{
			{"Who", ""}:            "Please complete this required field.",
			{"Who", "01234567890"}: "Please enter no more than 10 characters.",
		} {
			b.ws.Submit("ann", map[string]string{values[0]: values[1]})
			if got := b.ws.Modals("ann")[0].Errors["who"]; got != want {
				t.Errorf("%v: %q, want %q", values, got, want)
			}
		}
		if err := b.ws.Submit("ann", map[string]string{"What": "Dance"}); err == nil || !strings.Contains(err.Error(), "Call · Demo") {
			t.Errorf("an unknown choice: %v", err)
		}
		b.ws.Submit("ann", map[string]string{"Who": "Acme", "Seats": "1.5"})
		if got := b.ws.Modals("ann")[0].Errors["seats"]; got != "Please enter a valid number." {
			t.Errorf("seats: %q", got)
		}
		if len(b.got) != 0 {
			t.Error("the bot was asked")
		}
	})
}

func TestResponseActions(t *testing.T) {
	next := func() obj { f := logForm(); f["title"] = plain("Second"); return f }
	tests := []struct {
		name     string
		reply    any
		titles   []string
		errors   map[string]string
		trouble  bool
		problems int
	}{
		{"nothing closes", nil, nil, nil, false, 0},
		{"clear", obj{"response_action": "clear"}, nil, nil, false, 0},
		{"update", obj{"response_action": "update", "view": next()}, []string{"Second"}, nil, false, 0},
		{"push", obj{"response_action": "push", "view": next()}, []string{"Log an ask", "Second"}, nil, false, 0},
		{"errors", obj{"response_action": "errors", "errors": obj{"who": "Which one?"}}, []string{"Log an ask"}, map[string]string{"who": "Which one?"}, false, 0},
		{"errors elsewhere", obj{"response_action": "errors", "errors": obj{"nowhere": "x"}}, []string{"Log an ask"}, nil, true, 1},
		{"a bad view", obj{"response_action": "update", "view": modal(strings.Repeat("x", 30), "")}, []string{"Log an ask"}, nil, true, 1},
		{"unknown", obj{"response_action": "dance"}, []string{"Log an ask"}, nil, true, 1},
		{"no ack", noAck, []string{"Log an ask"}, nil, true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := formBot(t, func(obj) any { return tt.reply })
				b.ws.Submit("ann", map[string]string{"Who": "Acme"})
				time.Sleep(4 * time.Second)
				var titles []string
				var top localslack.Modal
				for _, m := range b.ws.Modals("ann") {
					titles = append(titles, m.Title)
					top = m
				}
				if diff := cmp.Diff(tt.titles, titles); diff != "" {
					t.Errorf("forms (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(tt.errors, top.Errors); diff != "" && len(tt.errors)+len(top.Errors) > 0 {
					t.Errorf("errors (-want +got):\n%s", diff)
				}
				if (top.Trouble == "We had some trouble connecting. Try again?") != tt.trouble {
					t.Errorf("trouble %q", top.Trouble)
				}
				if p := b.ws.Problems(); len(p) != tt.problems {
					t.Errorf("problems %q", p)
				}
			})
		})
	}
}

func TestWhatIsTypedSurvivesAnUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := formBot(t, func(obj) any { return nil })
		b.ws.Fill("ann", map[string]string{"Who": "Acme"})
		m := b.ws.Modals("ann")[0]
		if err := b.ws.Press("ann", localslack.Place{View: m.ID}, "More"); err != nil {
			t.Fatal(err)
		}
		b.settle()
		env := <-b.got
		if got := dig(env, "payload", "view", "state", "values", "who", "a", "value"); got != "Acme" {
			t.Errorf("state in block_actions: %v", got)
		}
		if dig(env, "payload", "container", "type") != "view" || payload(env)["response_url"] != nil || env["accepts_response_payload"] != false {
			t.Errorf("envelope %v", env)
		}
		if out := b.call("views.update", obj{"view_id": m.ID, "hash": "old", "view": logForm()}); out["error"] != "hash_conflict" {
			t.Errorf("an old hash: %v", out)
		}
		if out := b.call("views.update", obj{"view_id": m.ID, "hash": m.Hash, "view": logForm()}); dig(out, "view", "state", "values", "who", "a", "value") != "Acme" {
			t.Errorf("update: %v", out)
		}
	})
}

func TestTriggersWorkOnceAndForThreeSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(1)
		b.ws.Command("ann", "dm", "log")
		b.settle()
		id := payload(<-b.got)["trigger_id"]
		b.call("views.open", obj{"trigger_id": id, "view": logForm()})
		if out := b.call("views.open", obj{"trigger_id": id, "view": logForm()}); out["error"] != "exchanged_trigger_id" {
			t.Errorf("the second use: %v", out)
		}
		b.ws.Command("ann", "dm", "log")
		b.settle()
		id = payload(<-b.got)["trigger_id"]
		time.Sleep(3 * time.Second)
		if out := b.call("views.open", obj{"trigger_id": id, "view": logForm()}); out["error"] != "expired_trigger_id" {
			t.Errorf("after three seconds: %v", out)
		}
	})
}

func TestMenusAskTheBotForOptions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := formBot(t, func(obj) any { return nil })
		all, _ := b.ws.Controls("ann", localslack.Place{View: b.ws.Modals("ann")[0].ID})
		for _, c := range all {
			if c.Type != "external_select" {
				continue
			}
			opts, err := b.ws.Suggest("ann", c, "Inc")
			if err != nil || len(opts) != 1 || opts[0].Label != "Acme Inc" {
				t.Errorf("options %v, %v", opts, err)
			}
		}
		<-b.got
		if err := b.ws.Submit("ann", map[string]string{"Who": "x", "Prospect": "Acme Inc"}); err != nil {
			t.Fatal(err)
		}
		b.settle()
		if got := dig(<-b.got, "payload", "view", "state", "values", "old", "a", "selected_option", "value"); got != "p1" {
			t.Errorf("chosen %v", got)
		}
	})
}

func TestClosingTellsTheBotThatAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := formBot(t, func(obj) any { return nil })
		b.ws.CloseModal("ann", false)
		b.settle()
		if env := <-b.got; payload(env)["type"] != "view_closed" || payload(env)["is_cleared"] != false || len(b.ws.Modals("ann")) != 0 {
			t.Errorf("envelope %v", env)
		}
	})
}

func TestHomeIsPublishedAndPressed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.answer = func(env obj) any {
			if dig(env, "payload", "event", "type") == "app_home_opened" {
				user := dig(env, "payload", "event", "user")
				b.call("views.publish", obj{"user_id": user, "view": obj{"type": "home", "blocks": []obj{section("*Due today*"), actions(button("Done", "done", "7"))}}})
			}
			return nil
		}
		b.connect(1)
		b.ws.OpenHome("ben")
		b.settle()
		home, ok := b.ws.Home("ben")
		if !ok || home.Draw(localslack.Reader{}) != "Due today\n[Done]" {
			t.Errorf("home %q", home.Draw(localslack.Reader{}))
		}
		<-b.got
		b.ws.Press("ben", localslack.Place{View: home.ID}, "done")
		b.settle()
		env := <-b.got
		list, _ := payload(env)["actions"].([]any)
		if len(list) != 1 || dig(list[0], "value") != "7" || dig(list[0], "action_id") != "done" || dig(env, "payload", "view", "type") != "home" {
			t.Errorf("envelope %v", env)
		}
		b.noProblems()
	})
}

func TestHomeIsPublishedOverTheOneThatWasRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		publish := func(hash string) obj {
			args := obj{"user_id": "U1", "view": obj{"type": "home", "blocks": []obj{section("x")}}}
			if hash != "" {
				args["hash"] = hash
			}
			return b.call("views.publish", args)
		}
		if out := publish("1.0"); out["error"] != "hash_conflict" {
			t.Errorf("over a Home there is not: %v", out)
		}
		first, _ := dig(publish(""), "view", "hash").(string)
		if out := publish(first); out["ok"] != true {
			t.Errorf("over the first: %v", out)
		}
		if out := publish(first); out["error"] != "hash_conflict" {
			t.Errorf("over one that is gone: %v", out)
		}
		b.noProblems()
	})
}

func TestPressInAMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(1)
		menu := obj{"type": "static_select", "action_id": "why", "placeholder": plain("Reason"), "options": []obj{option("Price", "price"), option("Timing", "timing")}}
		out := b.call("chat.postMessage", obj{"channel": "C1", "text": "x", "blocks": []obj{section("Acme"), actions(button("Done", "done", "1"), menu)}})
		place := localslack.Place{Channel: "C1", TS: out["ts"].(string)}
		if err := b.ws.Press("ben", place, "Reason", "Timing"); err != nil {
			t.Fatal(err)
		}
		b.settle()
		env := <-b.got
		list, _ := payload(env)["actions"].([]any)
		if dig(list[0], "selected_option", "value") != "timing" || dig(list[0], "type") != "static_select" {
			t.Errorf("action %v", list)
		}
		for path, want := range map[string]any{
			"container type": "message", "container message_ts": place.TS, "container is_ephemeral": false, "channel id": "C1", "channel name": "sales",
			"user id": "U2", "team id": "T0LOCAL", "message text": "x",
		} {
			if got := dig(env, append([]string{"payload"}, strings.Fields(path)...)...); got != want {
				t.Errorf("%s = %v, want %v", path, got, want)
			}
		}
		if err := b.ws.Press("ben", place, "Dance"); err == nil || !strings.Contains(err.Error(), "Done · Reason") {
			t.Errorf("an unknown label: %v", err)
		}
	})
}

func TestPeopleChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, config())
		b.connect(1)
		b.ws.ChangeZone("ann", "Asia/Tokyo")
		if ev := dig(<-b.got, "payload", "event"); dig(ev, "type") != "user_change" || dig(ev, "user", "tz") != "Asia/Tokyo" {
			t.Errorf("event %v", ev)
		}
		b.ws.Deactivate("ann")
		if ev := dig(<-b.got, "payload", "event"); dig(ev, "user", "deleted") != true {
			t.Errorf("event %v", ev)
		}
		if err := b.ws.Command("U1", "dm", "x"); err == nil {
			t.Error("the deactivated type commands")
		}
		if out := b.call("chat.postMessage", obj{"channel": "U1", "text": "x"}); out["error"] != "user_disabled" {
			t.Errorf("a message to the deactivated: %v", out)
		}
		b.ws.Invite("ben", "sales")
		b.ws.Shortcut("ben", "log_ask")
		if env := <-b.got; payload(env)["type"] != "shortcut" || payload(env)["callback_id"] != "log_ask" {
			t.Errorf("envelope %v", env)
		}
		b.settle()
		b.noProblems()
	})
}

func TestBadAckPayloadsAreProblems(t *testing.T) {
	tests := map[string]any{
		"blocks":   obj{"text": "x", "blocks": []obj{{"type": "section"}}},
		"too big":  obj{"text": strings.Repeat("x", 21<<10)},
		"no text":  obj{"response_type": "ephemeral"},
		"an array": []any{1},
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, config())
				b.answer = func(obj) any { return answer }
				b.connect(1)
				b.ws.Command("ann", "dm", "x")
				b.settle()
				if seen := b.ws.Transcript("ann", "dm"); len(seen) != 0 {
					t.Errorf("shown: %+v", seen)
				}
				if p := b.ws.Problems(); len(p) != 1 {
					t.Errorf("problems %q", p)
				}
			})
		})
	}
}
