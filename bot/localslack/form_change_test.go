package localslack_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/localslack"
)

// growing is a form that asks for a day once "What" is a demo.
func growing(kind string) obj {
	in := func(block, label string, dispatch bool, element obj) obj {
		element["action_id"] = "a"
		return obj{"type": "input", "block_id": block, "label": plain(label), "optional": true, "dispatch_action": dispatch, "element": element}
	}
	blocks := []obj{
		in("who", "Who", false, obj{"type": "plain_text_input", "initial_value": "from " + kind}),
		in("kind", "What", true, obj{"type": "static_select", "options": []obj{option("Call", "call"), option("Demo", "demo")}}),
	}
	if kind == "demo" {
		blocks = append(blocks, in("when", "When", false, obj{"type": "datepicker", "initial_date": "2026-11-23"}))
	}
	blocks = append(blocks,
		in("old", "Prospect", true, obj{"type": "external_select"}),
		in("said", "Their words", false, obj{"type": "plain_text_input", "multiline": true}))
	return obj{"type": "modal", "callback_id": "log", "title": plain("Log"), "submit": plain("Save"), "blocks": blocks}
}

// growingBot opens the form on a command and changes it with the choice. Who
// is suggested depends on the beginning of a word.
func growingBot(t *testing.T) *bot {
	b := start(t, config())
	b.answer = func(env obj) any {
		p := payload(env)
		switch {
		case env["type"] == "slash_commands":
			b.call("views.open", obj{"trigger_id": p["trigger_id"], "view": growing("")})
		case p["type"] == "block_suggestion":
			list := []obj{}
			for _, name := range []string{"Acme Corp (Jane)", "Acme Labs"} {
				if typed, _ := p["value"].(string); strings.HasPrefix(name, typed) && len(typed) < 5 {
					list = append(list, option(name, name))
				}
			}
			return obj{"options": list}
		case p["type"] == "block_actions":
			kind, _ := dig(p, "view", "state", "values", "kind", "a", "selected_option", "value").(string)
			if out := b.call("views.update", obj{"view_id": dig(p, "view", "id"), "hash": dig(p, "view", "hash"), "view": growing(kind)}); out["ok"] != true {
				t.Errorf("views.update: %v", out)
			}
		}
		return nil
	}
	b.connect(1)
	return b
}

// last is the newest envelope of a type, those before it are dropped.
func (b *bot) last(kind string) obj {
	var found obj
	for len(b.got) > 0 {
		if p := payload(<-b.got); p["type"] == kind {
			found = p
		}
	}
	return found
}

func TestFormsThatChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := growingBot(t)
		ann := &localslack.Terminal{Workspace: b.ws, User: "ann"}
		do := func(line string) string {
			t.Helper()
			shown, err := ann.Do(t.Context(), line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			return shown
		}
		do("/pitch log")
		if _, err := ann.Do(t.Context(), "submit When=2026-12-01; What=Demo"); err == nil || !strings.Contains(err.Error(), `no input is called "When"`) {
			t.Errorf("a field before it is there: %v", err)
		}
		if _, err := ann.Do(t.Context(), "choose Prospect=Acme Inc"); err == nil || !strings.Contains(err.Error(), "there are: Acme Corp (Jane) · Acme Labs") {
			t.Errorf("a prospect there is not: %v", err)
		}
		// What is typed before a choice is in the form by then, and stays in it.
		if shown := do("choose Who=Acme; What=Demo"); !strings.Contains(shown, "Acme") || !strings.Contains(shown, "2026-11-23") {
			t.Errorf("after the choice:\n%s", shown)
		}
		p := b.last("block_actions")
		if dig(p, "view", "state", "values", "who", "a", "value") != "Acme" || p["trigger_id"] == nil || dig(p, "container", "type") != "view" {
			t.Errorf("payload %v", p)
		}
		do("choose What=Call")
		do(`submit What=Demo; When=2026-12-01; Prospect=Acme Corp (Jane); Their words=too dear\nfor us`)
		got := dig(b.last("view_submission"), "view", "state", "values")
		want := obj{
			"who":  obj{"a": obj{"type": "plain_text_input", "value": "Acme"}},
			"kind": obj{"a": obj{"type": "static_select", "selected_option": option("Demo", "demo")}},
			"when": obj{"a": obj{"type": "datepicker", "selected_date": "2026-12-01"}},
			"old":  obj{"a": obj{"type": "external_select", "selected_option": option("Acme Corp (Jane)", "Acme Corp (Jane)")}},
			"said": obj{"a": obj{"type": "plain_text_input", "value": "too dear\nfor us"}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("values (-want +got):\n%s", diff)
		}
		b.noProblems()
	})
}

// TestSlackAsksNobodyForTooLittle: a menu asks from three characters on, or
// from as many as it says.
func TestSlackAsksNobodyForTooLittle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := growingBot(t)
		b.ws.Command("ann", "dm", "log")
		b.settle()
		all, _ := b.ws.Controls("ann", localslack.Place{View: b.ws.Modals("ann")[0].ID})
		for _, c := range all {
			if c.Label != "Prospect" {
				continue
			}
			if opts, err := b.ws.Suggest("ann", c, "Ac"); len(opts) != 0 || err != nil {
				t.Errorf("options %v, %v", opts, err)
			}
			if opts, _ := b.ws.Suggest("ann", c, "Acm"); len(opts) != 2 {
				t.Errorf("options %v", opts)
			}
		}
		if n := len(b.got); n != 2 { // the command, and one of the two
			t.Errorf("%d envelopes", n)
		}
	})
}

// TestPagePressKeepsTheForm: a choice that acts carries what else is typed.
func TestPagePressKeepsTheForm(t *testing.T) {
	w, url := pageWorld(t)
	told := answering(t, w, url)
	b := &bot{t: t, ws: w, client: http.DefaultClient, base: url}
	if err := w.Shortcut("ann", "log_ask"); err != nil {
		t.Fatal(err)
	}
	if out := b.call("views.open", obj{"trigger_id": (<-told)["trigger_id"], "view": growing("demo")}); out["ok"] != true {
		t.Fatal(out)
	}
	_, page := request(t, "GET", url+"/ann/dm", "", nil)
	for _, want := range []string{`data-dispatch="chosen" data-block="kind"`, `data-dispatch="found" data-block="old"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	id := w.Modals("ann")[0].ID
	body, _ := json.Marshal(obj{
		"view": id, "block": "kind", "action": "a", "choose": []string{"call"},
		"values": obj{"who/a": []string{"Acme, Inc"}, "kind/a": []string{"call"}, "when/a": []string{""}, "said/a": []string{"too\ndear"}},
	})
	if _, said := request(t, "POST", url+"/ann/dm/press", string(body), map[string]string{"Origin": url, "Content-Type": "application/json"}); strings.Contains(said, "error") {
		t.Fatal(said)
	}
	values := dig(<-told, "view", "state", "values")
	for block, want := range map[string]any{"who": "Acme, Inc", "said": "too\ndear"} {
		if got := dig(values, block, "a", "value"); got != want {
			t.Errorf("%s: %v", block, got)
		}
	}
	if got := dig(values, "kind", "a", "selected_option", "value"); got != "call" || dig(values, "when", "a", "selected_date") != nil {
		t.Errorf("values %v", values)
	}
}
