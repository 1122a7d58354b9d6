package bot_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// TestMessageMarkup: what a message says is in the form as it reads, its kind
// chosen where its words tell one.
func TestMessageMarkup(t *testing.T) {
	for _, test := range []struct{ text, note, kind string }{
		{"Called them: &lt;ok&gt; &amp; fine &amp;amp;", "Called them: <ok> & fine &amp;", "call"},
		{"<https://acme.example/a?b=1&amp;c=2|Acme> wants a demo", "Acme wants a demo", "demo"},
		{"see <https://acme.example> in <#C012|sales>, <@U0456EFGH> <!here>", "see https://acme.example in #sales, @U0456EFGH @here", ""},
		{"<mailto:jo@acme.example|jo@acme.example> said no", "jo@acme.example said no", ""},
		{"met them, then called", "met them, then called", ""},
		{"recall what we demonstrated", "recall what we demonstrated", ""},
		{"<!date^1392734382^{date}|18 Feb> with <!subteam^S1|@sales> and <@U1|bob>", "18 Feb with @sales and @bob", ""},
		{"1 < 2 <", "1 < 2 <", ""},
		{"", "", ""},
		{strings.Repeat("words and ", 500), strings.TrimSpace(strings.Repeat("words and ", 500)[:1999]) + "…", ""},
	} {
		text, _ := json.Marshal(test.text)
		f := newForeign(t, `{"envelope_id":"e1","type":"interactive","accepts_response_payload":false,"payload":{"type":"message_action","callback_id":"log_from",`+
			`"trigger_id":"1.2.3","message_ts":"1.2","response_url":"","team":{"id":"T0123ABCD"},"user":{"id":"U0123ABCD","team_id":"T0123ABCD"},`+
			`"channel":{"id":"C1","name":"sales"},"message":{"type":"message","user":"U0123ABCD","ts":"1.2","text":`+string(text)+`}}}`)
		f.meet(t)
		if len(f.asked["views.open"]) == 0 {
			t.Fatalf("%q opened no form", test.text)
		}
		note, kind := formOf(t, f.asked["views.open"][0])
		if note != test.note || kind != test.kind {
			t.Errorf("%q is noted as %q, of kind %q", test.text, note, kind)
		}
	}
}

// formOf is what a form that was opened has as its note and kind.
func formOf(t *testing.T, sent string) (note, kind string) {
	t.Helper()
	if form, err := url.ParseQuery(sent); err == nil && form.Get("view") != "" {
		sent = `{"view":` + form.Get("view") + `}`
	}
	var opened struct {
		View struct {
			Blocks []struct {
				ID      string `json:"block_id"`
				Element struct {
					Value  string                 `json:"initial_value"`
					Option struct{ Value string } `json:"initial_option"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(sent), &opened); err != nil {
		t.Fatalf("%v: %s", err, sent)
	}
	for _, b := range opened.View.Blocks {
		switch b.ID {
		case "note":
			note = b.Element.Value
		case "kind":
			kind = b.Element.Option.Value
		}
	}
	return note, kind
}
