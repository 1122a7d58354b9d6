package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"pitch/bot/localslack"
	"pitch/store"
)

// A conversation is a txtar archive: what it shows, then the script. Beside the
// terminal's own lines (`/pitch …`, `press`, `submit`, `at`, `as`, `in`, …) it has
//
//	start 2026-11-25 10:00 Europe/Berlin   the first line: when it begins
//	expect words                           the answer to the line before has them
//	reject words                           it has not
//	silence                                it is empty
//	record kind=call prospect="Jane"       an exported record has these fields
//	records 2 kind=call                    as many have
//	restart / down / up                    of the bot, on its store
//	fault duplicate|dropacks|no-charts|…   of Slack; `heal` ends them
//	fault METHOD CODE / METHOD slow 3s     one answer of the Web API, or all, late
//	leave tom / return tom                 somebody's membership ends, or begins again
//	disconnect REASON / cut / cut all      Slack ends a connection, or all
//	calm 60                                no more connections than that were asked for
//	problem words                          Slack complains of it, and rightly
//
// With a section named sent, the messages Pitch sent of itself must be those.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			synctest.Test(t, func(t *testing.T) { converse(t, archive) })
		})
	}
}

func section(a *txtar.Archive, name string) (string, bool) {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data), true
		}
	}
	return "", false
}

func converse(t *testing.T, archive *txtar.Archive) {
	script, ok := section(archive, "script")
	if !ok {
		t.Fatal("a conversation has a script")
	}
	first, rest, _ := strings.Cut(script, "\n")
	w := newWorldOn(t, startOf(t, first), pingsOf(rest), func(s store.Store) store.Store { return s })
	s := &scene{world: w}
	for n, line := range strings.Split(rest, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
			if err := s.play(line); err != nil {
				t.Errorf("line %d: %s\n%v", n+2, line, err)
			}
		}
	}
	if want, ok := section(archive, "sent"); ok {
		if diff := cmp.Diff(strings.TrimSpace(want), strings.Join(w.sent(), "\n")); diff != "" {
			t.Errorf("what Pitch sent of itself (-want +got):\n%s", diff)
		}
	}
	w.close()
}

// pingsOf is how often Slack pings in a script: as in real life where something
// happens to a connection.
func pingsOf(script string) time.Duration {
	for _, verb := range []string{"fault", "cut", "disconnect", "calm", "heal"} {
		if strings.Contains(script, "\n"+verb) {
			return slacksPings
		}
	}
	return rarePings
}

func startOf(t *testing.T, line string) time.Time {
	words := strings.Fields(line)
	if len(words) != 4 || words[0] != "start" {
		t.Fatalf("a script begins with start DATE TIME ZONE, not %q", line)
	}
	loc, err := time.LoadLocation(words[3])
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", words[1]+" "+words[2], loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// scene is a conversation under way.
type scene struct {
	*world
	last string // the answer to the last line
}

var sceneVerbs = map[string]func(*scene, string) error{
	"expect": func(s *scene, want string) error {
		if !strings.Contains(flat(s.last), flat(want)) {
			return fmt.Errorf("not in the answer:\n%s", s.last)
		}
		return nil
	},
	"reject": func(s *scene, not string) error {
		if strings.Contains(flat(s.last), flat(not)) {
			return fmt.Errorf("in the answer:\n%s", s.last)
		}
		return nil
	},
	"silence": func(s *scene, _ string) error {
		if _, said, _ := strings.Cut(s.last, " ──"); strings.TrimSpace(said) != "" {
			return fmt.Errorf("the answer is:\n%s", s.last)
		}
		return nil
	},
	"record":     func(s *scene, want string) error { return s.count(-1, want) },
	"records":    (*scene).countWords,
	"restart":    func(s *scene, _ string) error { s.down(); s.up(); return nil },
	"down":       func(s *scene, _ string) error { s.down(); return nil },
	"up":         func(s *scene, _ string) error { s.up(); return nil },
	"heal":       func(s *scene, _ string) error { s.slack.SetFaults(localslack.Faults{}); s.slack.Heal(); return nil },
	"problem":    func(s *scene, words string) error { s.problems = append(s.problems, words); return nil },
	"fault":      (*scene).fault,
	"disconnect": func(s *scene, reason string) error { s.slack.Disconnect(reason, 1); return nil },
	"leave":      func(s *scene, who string) error { return s.slack.Deactivate(who) },
	"return":     func(s *scene, who string) error { return s.slack.Reactivate(who) },
	"cut":        func(s *scene, all string) error { s.slack.Cut(map[string]int{"": 1, "all": 10}[all]); return nil },
	"calm":       (*scene).calm,
	"show":       func(s *scene, _ string) error { s.t.Log(s.last); return nil },
	"sent":       func(s *scene, _ string) error { s.t.Log("\n" + strings.Join(s.world.sent(), "\n")); return nil },
}

func (s *scene) play(line string) error {
	verb, rest, _ := strings.Cut(line, " ")
	if do, ok := sceneVerbs[verb]; ok {
		return do(s, strings.TrimSpace(rest))
	}
	out, err := s.terminal.Do(context.Background(), line)
	s.last = out
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// flat is a text on one line, however it is drawn.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func (s *scene) fault(what string) error {
	faults := map[string]localslack.Faults{
		"duplicate": {Duplicate: localslack.OtherConnection}, "same-duplicate": {Duplicate: localslack.SameConnection},
		"dropacks": {DropAcks: true}, "malformed": {Malformed: 1}, "cut-after": {CutAfter: 1}, "cut-before": {CutBefore: 1},
		"no-pings": {NoPings: true}, "refuse": {RefuseUpgrade: true}, "no-charts": {NoCharts: true},
	}
	if f, ok := faults[what]; ok {
		s.slack.SetFaults(f)
		return nil
	}
	if method, delay, slow := strings.Cut(what, " slow "); slow {
		d, err := time.ParseDuration(delay)
		s.slack.FailAPI(localslack.APIFault{Method: method, Delay: d})
		return err
	}
	method, code, ok := strings.Cut(what, " ")
	if !ok {
		return fmt.Errorf("no fault %q", what)
	}
	s.slack.FailAPI(localslack.APIFault{Method: method, Code: code, Times: 1})
	return nil
}

// calm checks that connections were not asked for more than so many times.
func (s *scene) calm(most string) error {
	n, opened := 0, 0
	if _, err := fmt.Sscan(most, &n); err != nil {
		return err
	}
	for _, c := range s.slack.Calls() {
		if c.Method == "apps.connections.open" {
			opened++
		}
	}
	if opened > n {
		return fmt.Errorf("connections were asked for %d times", opened)
	}
	return nil
}

func (s *scene) countWords(rest string) error {
	n, want, _ := strings.Cut(rest, " ")
	number, err := strconv.Atoi(n)
	if err != nil {
		return err
	}
	return s.count(number, want)
}

// count checks how many exported records have the fields; -1 is at least one.
func (s *scene) count(n int, want string) error {
	fields, err := splitFields(want)
	if err != nil {
		return err
	}
	found := 0
	lines := exported(s.t, s.store)
	for _, line := range lines {
		if has(line, fields) {
			found++
		}
	}
	if n == -1 && found == 0 || n >= 0 && found != n {
		return fmt.Errorf("%d records have %v, of\n%s", found, fields, strings.Join(lines, "\n"))
	}
	return nil
}

// splitFields reads `kind=call prospect="Jane at Acme"`.
func splitFields(s string) (map[string]string, error) {
	fields := map[string]string{}
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		name, rest, ok := strings.Cut(s, "=")
		if !ok {
			return nil, fmt.Errorf("%q is not name=value", s)
		}
		value, after, _ := strings.Cut(rest, " ")
		if strings.HasPrefix(rest, `"`) {
			prefix, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, err
			}
			after = rest[len(prefix):]
			value, _ = strconv.Unquote(prefix)
		}
		fields[name], s = value, after
	}
	return fields, nil
}

// has reports whether an exported line has these fields; "absent" is a field
// that is not there.
func has(line string, want map[string]string) bool {
	var is map[string]any
	if json.Unmarshal([]byte(line), &is) != nil {
		return false
	}
	for name, value := range want {
		v, there := is[name]
		if value == "absent" && !there {
			continue
		}
		if !there || fmt.Sprint(v) != value {
			return false
		}
	}
	return true
}

// exported is the export, a record a line.
func exported(t *testing.T, s store.Store) []string {
	t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := s.Export(context.Background(), func(r store.Record) error { return enc.Encode(r) }); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(out.String()), "\n")
}
