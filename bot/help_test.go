package bot_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"pitch/bot/parse"
)

// TestHelpExamples types every example of the help, as it reads, and the topic of
// every command: each is answered, and none is misunderstood.
func TestHelpExamples(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-25 10:00"))
		w.do("in sales")
		for _, seed := range []string{"log ask Acme", "log call Jane", "log email Acmee", "log demo Globex", "commit call Acme Friday", "board on"} {
			w.do("/pitch " + seed)
		}
		shown := regexp.MustCompile(`/pitch (.+?) · `).FindAllStringSubmatch(flat(w.do("/pitch help")), -1)
		if len(shown) < len(parse.Verbs())/2 {
			t.Errorf("the help shows %d commands", len(shown))
		}
		for _, s := range shown {
			w.tryExample(t, s[1])
		}
		for _, e := range parse.Verbs() {
			if out := w.do("/pitch help " + e.Verb); !strings.Contains(flat(out), "/pitch "+flat(e.Text)) {
				t.Errorf("help %s has not %q:\n%s", e.Verb, e.Text, out)
			}
			w.tryExample(t, e.Text)
		}
		w.close()
	})
}

func (w *world) tryExample(t *testing.T, text string) {
	t.Helper()
	out := w.do("/pitch " + text)
	forms := w.slack.Modals("maya")
	for range forms {
		w.do("close")
	}
	if len(forms) == 0 && strings.TrimSpace(out) == "" {
		t.Errorf("%s: no answer", text)
	}
	for _, bad := range []string{"I don't know", "I can't read", "went wrong"} {
		if strings.Contains(out, bad) {
			t.Errorf("%s was not understood:\n%s", text, out)
		}
	}
}
