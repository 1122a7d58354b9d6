package bot_test

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// TestPhrases says each row of phrases.tsv to the bot, in Slack, and looks at
// what it exports afterwards.
func TestPhrases(t *testing.T) {
	data, err := os.ReadFile("testdata/phrases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(data)) {
		phrase, expected, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		rows++
		t.Run(phrase, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { sayPhrase(t, phrase, expected) })
		})
	}
	if rows < 55 {
		t.Errorf("phrases.tsv has %d rows", rows)
	}
}

// phraseWorld is the one phrases.tsv describes: a Wednesday, a founder with
// seven prospects, no open ask, and one commitment.
func phraseWorld(t *testing.T) *world {
	berlin, _ := time.LoadLocation("Europe/Berlin")
	w := newWorld(t, time.Date(2026, 11, 25, 10, 0, 0, 0, berlin))
	w.seed(store.Owner{Team: "T0LOCAL", User: "U0MAYA"}, func(b *store.Book) error {
		f, err := b.Join("Europe/Berlin")
		if err != nil {
			return err
		}
		f.Reminders = store.NoReminders
		if err := b.SetFounder(f); err != nil {
			return err
		}
		for _, name := range []string{"Acme", "Globex", "Initech", "Hooli", "Jane", "Bob", "Ada"} {
			if _, _, err := b.AddProspect(name); err != nil {
				return err
			}
		}
		acme, _, err := b.AddProspect("Acme")
		if err != nil {
			return err
		}
		_, err = b.Commit(store.Commitment{Kind: store.Call, Prospect: acme.ID, DueOn: b.Today() + 1})
		return err
	})
	w.terminal.Place = "dm"
	return w
}

// seed changes a founder's records behind the bot's back.
func (w *world) seed(owner store.Owner, do func(*store.Book) error) {
	w.t.Helper()
	err := w.store.Change(context.Background(), store.Cause{Now: time.Now()}, owner, func(b *store.Book) error {
		if err := do(b); err != nil {
			return err
		}
		return nudges.Reschedule(b)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

var comment = regexp.MustCompile(` ?\([^)]*\)$`)

func sayPhrase(t *testing.T, phrase, expected string) {
	w := phraseWorld(t)
	defer w.close()
	s := &scene{world: w}
	before := exported(t, w.store)
	s.last = w.do("/pitch " + phrase)
	fresh := slices.DeleteFunc(exported(t, w.store), func(l string) bool { return slices.Contains(before, l) })

	if check, special := specialRows[expected]; special {
		check(t, s, fresh)
		return
	}
	if strings.HasPrefix(expected, "?") {
		if len(fresh) > 0 {
			t.Errorf("recorded %v", fresh)
		}
		if len(strings.Fields(s.last)) < 3 || strings.Contains(s.last, "Something went wrong") {
			t.Errorf("the answer does not help: %q", s.last)
		}
		for _, want := range buttonsOf(expected) {
			if !strings.Contains(flat(s.last), want) {
				t.Errorf("%q is not offered in:\n%s", want, s.last)
			}
		}
		return
	}
	records, question, _ := strings.Cut(expected, "; asks ")
	if question != "" && !strings.Contains(s.last, strings.Trim(question, `"`)) {
		t.Errorf("does not ask %s:\n%s", question, s.last)
	}
	for clause := range strings.SplitSeq(records, "; ") {
		checkRecord(t, s, fresh, clause)
	}
}

// checkRecord checks one clause, such as `activity kind=call prospect=Acme`.
func checkRecord(t *testing.T, s *scene, fresh []string, clause string) {
	if strings.Contains(clause, "reason=(asked for in one tap)") {
		clause = strings.Replace(clause, "reason=(asked for in one tap)", "reason=absent", 1)
		for _, label := range []string{"[Price]", "[More…]", "[Didn't ask why]"} {
			if !strings.Contains(s.last, label) {
				t.Errorf("no button %s in:\n%s", label, s.last)
			}
		}
	}
	kind, rest, _ := strings.Cut(comment.ReplaceAllString(clause, ""), " ")
	if name, more, ok := strings.Cut(rest, " "); kind == "prospect" && ok && !strings.Contains(name, "=") {
		rest = "name=" + name + " " + more
	}
	fields, err := splitFields(rest)
	if err != nil {
		t.Fatal(err)
	}
	fields["type"] = kind
	if !slices.ContainsFunc(fresh, func(l string) bool { return has(l, fields) }) {
		t.Errorf("no record has %v, of:\n%s\nthe answer was:\n%s", fields, strings.Join(fresh, "\n"), s.last)
	}
}

var quotedButton = regexp.MustCompile("[\"`“]([^\"`”]+)[\"`”]")

// buttonsOf are the buttons a row with a question mark names.
func buttonsOf(expected string) (labels []string) {
	if !strings.Contains(expected, "buttons:") {
		return nil
	}
	for _, m := range quotedButton.FindAllStringSubmatch(expected, -1) {
		if m[1] != "Bob" {
			labels = append(labels, m[1])
		}
	}
	return labels
}

var specialRows = map[string]func(t *testing.T, s *scene, fresh []string){
	"opens the form": func(t *testing.T, s *scene, fresh []string) { formWith(t, s, "") },
	"opens the form with room for five names": func(t *testing.T, s *scene, fresh []string) { formWith(t, s, "Up to 5 names") },
	"this month's board":                      answers("Asks made this month"),
	"days off to 2026-11-29":                  daysOff("2026-11-29"),
	"days off to 2026-12-01":                  daysOff("2026-12-01"),
	"the open commitment to Acme is due_on=2026-11-27, its reminder with it": func(t *testing.T, s *scene, fresh []string) {
		checkRecord(t, s, fresh, "commitment prospect=Acme kind=call due_on=2026-11-27 status=open")
	},
	"weekly goal asks=5":             func(t *testing.T, s *scene, fresh []string) { checkRecord(t, s, fresh, `founder goals="map[asks:5]"`) },
	"off every board at once":        answers("You are off every board"),
	`? ("private to Bob")`:           answers("private to bob"),
	"? (nearest: help, as a button)": answers("[help]"),
}

func answers(want string) func(*testing.T, *scene, []string) {
	return func(t *testing.T, s *scene, _ []string) {
		if !strings.Contains(strings.ToLower(flat(s.last)), strings.ToLower(want)) {
			t.Errorf("%q is not in the answer:\n%s", want, s.last)
		}
	}
}

func formWith(t *testing.T, s *scene, want string) {
	if forms := s.slack.Modals("maya"); len(forms) != 1 || !strings.Contains(s.last, want) {
		t.Errorf("%d forms are open, showing:\n%s", len(forms), s.last)
	}
}

func daysOff(last string) func(*testing.T, *scene, []string) {
	return func(t *testing.T, s *scene, fresh []string) {
		if len(fresh) != 1 || !strings.Contains(fresh[0], `"to":"`+last+`"`) {
			t.Errorf("days off do not end on %s: %v", last, fresh)
		}
	}
}
