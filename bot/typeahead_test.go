package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/localslack"
	"pitch/store"
)

// menu is the field of an open form that is called so.
func (w *world) menu(label string) localslack.Control {
	w.t.Helper()
	forms := w.slack.Modals("maya")
	if len(forms) == 0 {
		w.t.Fatal("no form is open")
	}
	all, err := w.slack.Controls("maya", localslack.Place{View: forms[len(forms)-1].ID})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range all {
		if c.Label == label {
			return c
		}
	}
	w.t.Fatalf("no field is called %q", label)
	return localslack.Control{}
}

// suggested are the choices a menu has for what is typed.
func (w *world) suggested(label, typed string) []localslack.Option {
	w.t.Helper()
	found, err := w.slack.Suggest("maya", w.menu(label), typed)
	if err != nil {
		w.t.Fatal(err)
	}
	return found
}

func labels(options []localslack.Option) (out []string) {
	for _, o := range options {
		out = append(out, o.Label)
	}
	return out
}

// TestTypeAhead: the best match first, then whoever was logged with last; the
// name itself where it is nobody's.
func TestTypeAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-25 10:00"))
		for _, name := range []string{"Acme Inc", "Jane at Acme", "Macmen", "Ümit & Söhne", "Globex"} {
			w.do(`/pitch log call "` + name + `"`)
		}
		w.do(`/pitch log call "Acme Inc"`)
		w.do("/pitch log")
		for _, test := range []struct {
			typed string
			want  []string
		}{
			{"", []string{"Acme Inc", "Globex", "Ümit & Söhne", "Macmen", "Jane at Acme", "Several names…"}},
			{"acm", []string{"Acme Inc", "Jane at Acme", "Macmen", "Add “acm”"}},
			{"ACME, inc.", []string{"Acme Inc"}},
			{"at ja", []string{"Jane at Acme", "Add “at ja”"}},
			{"umit", []string{"Ümit & Söhne", "Add “umit”"}},
			{"  Zed\tAG ", []string{"Add “Zed AG”"}},
			{"several", []string{"Several names…", "Add “several”"}},
			{"<!channel>", []string{"Add “<!channel>”"}},
			{strings.Repeat("ß", 300), []string{"Add “" + strings.Repeat("ß", 68) + "…”"}},
		} {
			if diff := cmp.Diff(test.want, labels(w.suggested("With whom", test.typed))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.typed, diff)
			}
		}
		w.do("close")
		w.do("/pitch commit")
		if diff := cmp.Diff([]string{"Globex", "Add “glo”"}, labels(w.suggested("With whom", "glo"))); diff != "" {
			t.Errorf("in a commitment (-want +got):\n%s", diff)
		}
		w.close()
	})
}

// TestTypeAheadManyProspects: more than fit an acknowledgement, which the local
// Slack refuses when it is too large.
func TestTypeAheadManyProspects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-25 10:00"))
		w.do("/pitch log call Acme")
		maya := store.Owner{Team: store.TeamID(w.slack.Config().Team.ID), User: "U0MAYA"}
		err := w.store.Change(context.Background(), store.Cause{Now: time.Now()}, maya, func(b *store.Book) error {
			for i := range 150 {
				if _, _, err := b.AddProspect(fmt.Sprintf("P%03d %s", i, strings.Repeat("👩‍👩‍👧‍👦", 20))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.do("/pitch log")
		found := labels(w.suggested("With whom", "p"))
		if n := len(found); n < 30 || n > 100 || !strings.HasPrefix(found[0], "P149") || found[n-1] != "Add “p”" {
			t.Errorf("%d choices: %q", n, found)
		}
		w.close()
	})
}

// TestLongName: a name that a menu's choice cannot hold is finished by hand,
// whether or not the form has heard in time that it is to ask.
func TestLongName(t *testing.T) {
	const long = "The Honourable Company of Watermen and Lightermen of the River Thames and its Tributaries"
	for _, slow := range []bool{false, true} {
		t.Run(fmt.Sprint(slow), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, berlin(t, "2026-11-25 10:00"))
				w.do("/pitch log")
				w.do("choose What happened=Ask")
				if slow {
					w.slack.FailAPI(localslack.APIFault{Method: "views.update", Delay: 5 * time.Second})
				}
				choose := w.suggested("With whom", long)
				if len(choose) != 1 || utf8.RuneCountInString(choose[0].Value) > 75 {
					t.Fatalf("the choices are %v", choose)
				}
				if err := w.slack.PressControl("maya", w.menu("With whom"), choose[0].Value); err != nil {
					t.Fatal(err)
				}
				w.settle()
				if slow {
					w.do("submit")
				}
				if c := w.menu("With whom"); c.Type != "plain_text_input" {
					t.Fatalf("the name is still in a %s", c.Type)
				}
				w.slack.Heal()
				w.do("choose What did they say?=No")
				w.do("submit Why?=Price; With whom=" + long)
				if len(w.records(`"name":"`+long+`"`)) != 1 {
					t.Error("the name was not kept as it was written")
				}
				w.close()
			})
		})
	}
}

// TestForeignTypeAhead: type-aheads as a Slack that is not the local one may
// send them are acknowledged with what the menu may show.
func TestForeignTypeAhead(t *testing.T) {
	const form = `{"id":"V1","type":"modal","callback_id":"log","private_metadata":"owner=U0123ABCD","blocks":[{"type":"input","block_id":"who"}],"state":{"values":{}}}`
	theirs := strings.Replace(form, "U0123ABCD", "U0456EFGH", 1)
	tests := []struct{ fields, want string }{
		{`"action_id":"who","block_id":"who","value":"Zed","view":` + form, "Add “Zed”"},
		{`"action_id":"who","block_id":"who","value":"","view":` + form, "Several names…"},
		{`"action_id":"who","block_id":"who","value":null,"view":` + form, "Several names…"},
		{`"action_id":"who","block_id":"who","value":{"text":"Zed"},"view":` + form, "Several names…"},
		{`"action_id":"who","block_id":"who","value":"Z\ud800e\u0000d","view":` + form, "Add “Z\ufffde\u0000d”"},
		{`"action_id":"who","value":"Zed","view":` + theirs, ""},
		{`"action_id":"who","value":"Zed"`, ""},
		{`"action_id":"who","value":"Zed","view":null`, ""},
		{`"action_id":"another","value":"Zed","view":` + form, ""},
		{`"value":"Zed","view":` + form, ""},
	}
	var frames []string
	for i, test := range tests {
		frames = append(frames, fmt.Sprintf(`{"envelope_id":"e%d","type":"interactive","accepts_response_payload":true,"payload":`+
			`{"type":"block_suggestion","team":{"id":"T0123ABCD"},"user":{"id":"U0123ABCD","team_id":"T0123ABCD"},"container":{"type":"view"},%s}}`, i, test.fields))
	}
	f := newForeign(t, frames...)
	s := f.meet(t)
	for i, test := range tests {
		var said struct {
			Options []struct {
				Text struct{ Text string }
			}
		}
		ack := f.acks[fmt.Sprintf("e%d", i)]
		if err := json.Unmarshal(ack, &said); err != nil || said.Options == nil {
			t.Errorf("%s is answered with %s", test.fields, ack)
			continue
		}
		got := ""
		for _, o := range said.Options {
			got += o.Text.Text
		}
		if got != test.want {
			t.Errorf("%s has the choices %q, not %q", test.fields, got, test.want)
		}
	}
	if err := s.Export(context.Background(), func(r store.Record) error { return fmt.Errorf("stored: %v", r) }); err != nil {
		t.Error(err)
	}
}
