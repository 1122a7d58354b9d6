package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pitch/bot/localslack"
)

// TestQuickChoices: what is chosen before the answer to the choice before is on
// the screen counts as well.
func TestQuickChoices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-25 10:00"))
		w.do("/pitch log ask Acme")
		w.do("press Edit")
		w.slack.FailAPI(localslack.APIFault{Method: "views.update", Delay: time.Second})
		for _, choice := range [][2]string{{"What did they say?", "Later"}, {"What did they say?", "No"}} {
			if err := w.slack.PressControl("maya", w.menu(choice[0]), choice[1]); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(3 * time.Second)
		w.settle()
		if form := w.slack.Modals("maya")[0]; !strings.Contains(w.do("read"), "Why?") {
			t.Errorf("the form has no question for what was chosen last: %v", form)
		}
		// The first change came too late to be known of: the next is made all the same.
		w.slack.Heal()
		w.slack.FailAPI(localslack.APIFault{Method: "views.update", Delay: 4 * time.Second, Times: 1})
		w.do("choose What did they say?=Later")
		time.Sleep(5 * time.Second)
		w.do("choose What did they say?=No")
		w.do("submit Why?=Price; What did they say?=No")
		if len(w.records(`"reason":"price"`)) != 1 {
			t.Error("the form was not saved")
		}
		w.problems = append(w.problems, "request_timeout") // what was not waited for
		w.close()
	})
}

// TestLateForm: a form that opens after the note that something is not saved yet
// is said to be no outcome.
func TestLateForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, disk := newWorldOnDisk(t)
		w.do("/pitch log call Jane")
		disk.takes = 4 * time.Second
		w.do("/pitch log ask Acme, 10 seats")
		w.do("/pitch log")
		time.Sleep(4 * time.Second)
		w.settle()
		out := w.do("read")
		if len(w.slack.Modals("maya")) != 1 || !strings.Contains(out, "The form is open. Nothing is saved until you submit it.") {
			t.Errorf("after the form has opened:\n%s", out)
		}
		w.do("close")
		// Later than a trigger lives there is no form, and the reply says so.
		disk.takes = 6 * time.Second
		w.do("/pitch log ask Acme, 10 seats")
		w.do("/pitch log")
		time.Sleep(6 * time.Second)
		w.settle()
		out = w.do("read")
		if len(w.slack.Modals("maya")) != 0 || !strings.Contains(out, "before the form could open") {
			t.Errorf("after it could not open:\n%s", out)
		}
		disk.takes = 0
		w.problems = append(w.problems, "expired_trigger_id")
		w.close()
	})
}

// TestForeignForm: a choice in a form changes it for its owner, against the form
// they saw, and for nobody else.
func TestForeignForm(t *testing.T) {
	for _, test := range []struct{ owner, want, not string }{
		{"U0123ABCD", `"reason"`, "belongs to somebody else"},
		{"U0456EFGH", "belongs to somebody else", `"reason"`},
		{"", "belongs to somebody else", `"reason"`},
	} {
		state := `{"kind":{"kind":{"type":"static_select","selected_option":{"value":"ask"}}},"outcome":{"outcome":{"type":"static_select","selected_option":{"value":"lost"}}}}`
		f := newForeign(t, fmt.Sprintf(`{"envelope_id":"e1","type":"interactive","accepts_response_payload":false,"payload":{"type":"block_actions",`+
			`"trigger_id":"1.2.3","team":{"id":"T0123ABCD"},"user":{"id":"U0123ABCD","team_id":"T0123ABCD"},"container":{"type":"view","view_id":"V1"},`+
			`"view":{"id":"V1","type":"modal","callback_id":"log","hash":"156.abc","private_metadata":"owner=%s","blocks":[{"type":"divider"},7],"state":{"values":%s}},`+
			`"actions":[{"type":"static_select","block_id":"outcome","action_id":"outcome","selected_option":{"value":"lost"}}]}}`, test.owner, state))
		f.meet(t)
		sent := strings.Join(f.asked["views.update"], "\n")
		if !strings.Contains(sent, test.want) || strings.Contains(sent, test.not) {
			t.Errorf("in a form of %q: %s", test.owner, sent)
		}
		if test.owner == "U0123ABCD" && !strings.Contains(sent, "156.abc") {
			t.Errorf("not against what was seen: %s", sent)
		}
	}
}
