package localslack_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pitch/bot/localslack"
)

// clock is the bubble's own time.
type clock struct{ due []time.Time }

func (c *clock) Now() time.Time { return time.Now() }

func (c *clock) AdvanceTo(_ context.Context, to time.Time) error {
	time.Sleep(time.Until(to))
	return nil
}

func (c *clock) Next() (time.Time, bool) {
	for _, t := range c.due {
		if t.After(time.Now()) {
			return t, true
		}
	}
	return time.Time{}, false
}

// chatty answers "/pitch today" with two rows, "/pitch log" with a form and
// presses through the API.
func chatty(t *testing.T) *bot {
	cfg := config()
	cfg.PingEvery = 25 * time.Second
	b := start(t, cfg)
	row := func(name string) []obj {
		return []obj{section("Call *" + name + "*"), actions(button("Done", "done", name), button("Snooze", "snooze", name))}
	}
	b.answer = func(env obj) any {
		p := payload(env)
		switch {
		case p["text"] == "today":
			return obj{"text": "today", "blocks": append(row("Acme"), row("Globex")...)}
		case p["text"] == "log":
			b.call("views.open", obj{"trigger_id": p["trigger_id"], "view": logForm()})
			return nil
		case p["type"] == "block_actions":
			list := p["actions"].([]any)
			id, _ := b.ws.DM(dig(p, "user", "id").(string))
			b.call("chat.postMessage", obj{"channel": id, "text": "pressed " + dig(list[0], "action_id").(string) + " " + dig(list[0], "value").(string)})
		case p["type"] == "shortcut" || p["type"] == "message_action":
			id, _ := b.ws.DM("ann")
			about, _ := dig(p, "message", "text").(string)
			b.call("chat.postMessage", obj{"channel": id, "text": "ran " + p["callback_id"].(string) + " on " + about})
		case p["type"] == "view_submission":
			if dig(p, "view", "state", "values", "who", "a", "value") == "Nobody" {
				return obj{"response_action": "errors", "errors": obj{"who": "Who is that?"}}
			}
			id, _ := b.ws.DM("ann")
			b.call("chat.postMessage", obj{"channel": id, "text": "saved"})
		case dig(p, "event", "type") == "app_home_opened":
			b.call("views.publish", obj{"user_id": dig(p, "event", "user"), "view": obj{"type": "home", "blocks": row("Initech")}})
		}
		return nil
	}
	b.connect(1)
	return b
}

func TestTerminal(t *testing.T) {
	steps := []struct {
		line string
		want []string // parts of what is shown
		not  string
		err  string // a part of the error
	}{
		{line: "# a comment"},
		{line: "/pitch today", want: []string{"[Sat 1 Jan 01:00 · dm] Pitch (Only visible to you)\n  Call Acme\n  [Done] [Snooze]"}},
		{line: "press Done", err: "press 1 Done (Call Acme), press 2 Done (Call Globex)"},
		{line: "press Done on globex", want: []string{"pressed done Globex"}, not: "Call Acme"},
		{line: "press 1 Done", want: []string{"pressed done Acme"}},
		{line: "press 3 Done", err: "there are only 2"},
		{line: "press Dance", err: "there are: Done · Snooze"},
		{line: "/pitch log", want: []string{"── Log an ask ──", "  Who: [ ]", "What (optional): (v choose: Call · Demo)", "[Save]"}},
		{line: "press Done", err: "a form is open"},
		{line: "submit Who=Nobody; What=Demo", want: []string{"Who: [ Nobody ]\n      ! Who is that?", "(v Demo: Call · Demo)"}},
		{line: "submit Who", err: "write Label=value"},
		{line: "press Demo", want: []string{"(v Demo: Call · Demo)"}},
		{line: "press What=Call", want: []string{"(v Call: Call · Demo)"}},
		{line: `submit Who="Acme; co"`, want: []string{"saved", "(the form is closed)"}},
		{line: "home", want: []string{"[home]\n  Call Initech\n  [Done] [Snooze]"}},
		{line: "press Snooze", want: []string{"pressed snooze Initech"}},
		{line: "in #sales"},
		{line: "/pitch today", want: []string{"#sales] Pitch (Only visible to you)"}},
		{line: "/dance", want: []string{"Slackbot (Only visible to you)\n  /dance is not a valid command."}},
		{line: "in #random"},
		{line: "/invite @Pitch"},
		{line: "as ben"},
		{line: "read", want: []string{"(nothing here yet)"}},
		{line: "in #nowhere", err: "there are: dm, #sales"},
		{line: "as ann", not: "today"},
		{line: "in dm"},
		{line: "at 16:00", want: []string{"── Sat 1 Jan 2000 16:00 Europe/Berlin ──"}},
		{line: "shortcut Log an ask", want: []string{"ran log_ask on "}},
		{line: "shortcut log_ask", want: []string{"ran log_ask on "}},
		{line: "shortcut log_from", err: "there are: log_ask"},
		{line: "say call Acme"},
		{line: "say call Globex"},
		{line: "message-shortcut log_from", want: []string{"ran log_from on call Globex"}},
		{line: "message-shortcut log from this message acme", want: []string{"ran log_from on call Acme"}},
		{line: "message-shortcut log_from umbrella", err: `no message here with "umbrella"`},
		{line: "message-shortcut dance", err: "there are: log_from"},
		{line: "at tomorrow 09:00", want: []string{"Sun 2 Jan 2000 09:00"}},
		{line: "at monday 4pm", want: []string{"Mon 3 Jan 2000 16:00"}},
		{line: "at +1h", want: []string{"Mon 3 Jan 2000 17:00"}},
		{line: "at 2000-01-04 09:00", want: []string{"Tue 4 Jan 2000 09:00 Europe/Berlin"}},
		{line: "at 2000-01-01 09:00", err: "time only moves forward"},
		{line: "at once", err: "at tomorrow 09:00"},
		{line: "next", want: []string{"Wed 5 Jan 2000 10:00", "(nothing new for ann;"}},
		{line: "next", err: "nothing is due"},
		{line: "zone America/New_York"},
		{line: "at +1m", want: []string{"Wed 5 Jan 2000 04:01 America/New_York"}},
		{line: "zone Mars", err: "Europe/Berlin"},
		{line: "who", want: []string{"> ann (Ann Ash), America/New_York", "in dm"}},
		{line: "help", want: []string{"press Done on Acme", "be somebody else: ben"}},
		{line: "dance", err: "help"},
	}
	synctest.Test(t, func(t *testing.T) {
		b := chatty(t)
		term := &localslack.Terminal{Workspace: b.ws, User: "ann", Clock: &clock{due: []time.Time{time.Date(2000, 1, 5, 9, 0, 0, 0, time.UTC)}}}
		for _, s := range steps {
			got, err := term.Do(t.Context(), s.line)
			for _, want := range s.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s: shown\n%s\nwant\n%s", s.line, got, want)
				}
			}
			if s.want == nil && got != "" || s.not != "" && strings.Contains(got, s.not) {
				t.Errorf("%s: unexpectedly shown\n%s", s.line, got)
			}
			if (err != nil) != (s.err != "") || err != nil && !strings.Contains(err.Error(), s.err) {
				t.Errorf("%s: error %v, want %q", s.line, err, s.err)
			}
		}
		if _, err := term.Do(t.Context(), "quit"); !errors.Is(err, localslack.ErrQuit) {
			t.Errorf("quit: %v", err)
		}
		b.noProblems()
	})
}

func TestTerminalRunsAScript(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := chatty(t)
		term := &localslack.Terminal{Workspace: b.ws, User: "ann"}
		var out strings.Builder
		script := "/pitch today\npress Done on Acme\nat 16:00\nquit\n/pitch today\n"
		if err := term.Run(t.Context(), strings.NewReader(script), &out); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Call Acme", "pressed done Acme", "! time cannot be moved here"} {
			if strings.Count(out.String(), want) != 1 {
				t.Errorf("%q is not shown once in\n%s", want, out.String())
			}
		}
	})
}
