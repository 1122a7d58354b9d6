package nudges_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

// noFrom are so many no's of a prospect's, answered so many days ago.
func noFrom(n int, prospect store.ID, ago int, reason store.Reason) (all []store.Activity) {
	for range n {
		all = append(all, did(store.Ask, prospect, ago+1, became(store.Lost, ago), because(reason, "")))
	}
	return all
}

func TestLearnings(t *testing.T) {
	var h nudges.History
	h.Prospects = []store.Prospect{{ID: 1, Buyer: store.Developer}, {ID: 2, Buyer: store.NonDeveloper}}
	for _, nos := range [][]store.Activity{
		noFrom(2, 1, 0, store.Price), noFrom(2, 2, 27, store.Price), noFrom(1, 3, 3, store.Price), // five now, one before
		noFrom(1, 1, 28, store.Price),
		noFrom(4, 1, 5, store.Need),                                 // four: not yet worth a word
		noFrom(5, 1, 5, store.Trust), noFrom(5, 1, 55, store.Trust), // as many as before
		noFrom(1, 1, 40, store.BuildIt), noFrom(9, 1, 56, store.Timing), // the latter too long ago
		noFrom(2, 1, 1, ""), noFrom(1, 1, 200, ""),
	} {
		h.Activities = append(h.Activities, nos...)
	}
	l := nudges.LearningsOf(h, wednesday)
	want := []nudges.ReasonTrend{
		{Reason: store.Trust, Now: nudges.ByBuyer{Developer: 5}, Before: nudges.ByBuyer{Developer: 5}},
		{Reason: store.Price, Now: nudges.ByBuyer{Developer: 2, NonDeveloper: 2, Unknown: 1}, Before: nudges.ByBuyer{Developer: 1}},
		{Reason: store.Need, Now: nudges.ByBuyer{Developer: 4}},
		{Reason: store.BuildIt, Before: nudges.ByBuyer{Developer: 1}},
	}
	if d := cmp.Diff(want, l.Reasons); d != "" {
		t.Errorf("reasons (-want +got):\n%s", d)
	}
	for _, r := range l.Reasons {
		if r.Rising() != (r.Reason == store.Price) {
			t.Errorf("%s rising: %v", r.Reason, r.Rising())
		}
	}
	if len(l.Unasked) != 3 || len(l.All) != len(h.Activities) || len(l.Words) != 0 {
		t.Errorf("%d unasked, %d in all, %d with words", len(l.Unasked), len(l.All), len(l.Words))
	}
	if d := cmp.Diff(nudges.Period{From: wednesday - 27, To: wednesday, Nos: 16, Unasked: 2}, l.Now); d != "" {
		t.Errorf("now (-want +got):\n%s", d)
	}
	if d := cmp.Diff(nudges.Period{From: wednesday - 55, To: wednesday - 28, Nos: 7}, l.Before); d != "" {
		t.Errorf("before (-want +got):\n%s", d)
	}
	if percent, ok := l.Now.Percent(5); percent != 31 || !ok {
		t.Errorf("5 of 16 are %d %%, %v", percent, ok)
	}
	if _, ok := l.Before.Percent(5); ok {
		t.Error("a share of seven no's was said")
	}
}

func TestWords(t *testing.T) {
	said := func(id store.ID, words string) func(*store.Activity) {
		return func(a *store.Activity) { a.ID, a.Words = id, words }
	}
	h := nudges.History{
		Prospects: []store.Prospect{{ID: 1, Name: "Café Zürich"}, {ID: 2, Name: "Globex"}},
		Activities: []store.Activity{
			did(store.Ask, 1, 90, became(store.Lost, 80), because(store.Budget, ""), said(1, "No budget till Q3")),
			did(store.Ask, 2, 9, became(store.Lost, 3), because(store.Price, "Offer a month"), said(2, "")),
			did(store.Ask, 2, 9, became(store.Lost, 3), because("", ""), said(3, "Too DEAR; don’t call")),
			did(store.Ask, 2, 9, became(store.Lost, 2), because(store.StatusQuo, ""), said(4, "")),
			did(store.Ask, 1, 9, became(store.Won, 2), said(5, "Great price")),
		},
	}
	l := nudges.LearningsOf(h, wednesday)
	if got := ids(l.Words); got != "3 2 1" {
		t.Errorf("words of %s", got)
	}
	labels := map[store.Reason]string{store.StatusQuo: "Happy as they are", store.Budget: "No budget now"}
	for query, want := range map[string]string{
		"":                 "4 3 2 1",
		"  ":               "4 3 2 1",
		"BUDGET":           "1",
		"dear":             "3",
		"don't":            "3",
		"cafe zurich":      "1",
		"ZÜRICH q3":        "1",
		"zurich globex":    "",
		"month globex":     "2",
		"globex":           "4 3 2",
		"status_quo":       "4",
		"happy":            "4",
		"budget now":       "1",
		"price":            "2",
		"nobody said this": "",
		"?!":               "",
	} {
		if got := ids(nudges.Search(l.All, query, labels)); got != want {
			t.Errorf("search %q: %q, want %q", query, got, want)
		}
	}
}

func ids(nos []nudges.No) string {
	var out []string
	for _, no := range nos {
		out = append(out, fmt.Sprint(no.Activity.ID))
	}
	return strings.Join(out, " ")
}

// FuzzSearch checks that a no is found by its own words, in whatever case.
func FuzzSearch(f *testing.F) {
	f.Add("No budget till Q3", "Café Zürich")
	f.Add("ばば", "İstanbul ß ﬁ")
	f.Add("…", "’")
	f.Fuzz(func(t *testing.T, words, name string) {
		if !utf8.ValidString(words) || !utf8.ValidString(name) {
			return
		}
		nos := []nudges.No{{Activity: store.Activity{Words: words}, Prospect: store.Prospect{Name: name}}}
		for _, query := range []string{words, name, words + " " + name, strings.ToUpper(store.Fold(name))} {
			if len(nudges.Search(nos, query, nil)) != 1 && strings.ContainsFunc(store.Fold(query), isPlain) {
				t.Errorf("%q and %q are not found by %q", words, name, query)
			}
		}
	})
}

func isPlain(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }
