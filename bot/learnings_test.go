package bot_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pitch/bot/localslack"
	"pitch/store"
)

// manyNos fills Maya's records: 200 prospects with long names, each with a no of
// as many words as there may be, and thirty versions of the offer.
func manyNos(t *testing.T, w *world) {
	t.Helper()
	long := strings.Repeat("<!channel> שלום 🚀 =cmd() ", 200)
	clipped := func(n, i int) string { return strings.TrimSpace(string([]rune(fmt.Sprintf("%d %s", i, long))[:n])) }
	err := w.store.Change(context.Background(), store.Cause{Now: time.Now()}, store.Owner{Team: store.TeamID(w.slack.Config().Team.ID), User: "U0MAYA"}, func(b *store.Book) error {
		if _, err := b.Join("Europe/Berlin"); err != nil {
			return err
		}
		for i := range 200 {
			if i%7 == 0 {
				if _, _, err := b.NameOffer(clipped(store.MaxName, i)); err != nil {
					return err
				}
			}
			_, err := b.Log(clipped(store.MaxName, i), store.Activity{
				Kind: store.Ask, OccurredOn: b.Today() - store.Day(i/2), Outcome: store.Lost, Reason: store.Reasons()[i%12],
				Words: clipped(store.MaxWords, i), Change: clipped(store.MaxWords, i), Note: clipped(store.MaxWords, i), Guessed: i%2 == 0,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestManyLearnings: however much there is, every page, chart and table stays
// within Slack's limits, with charts and without, and paging comes to the end.
func TestManyLearnings(t *testing.T) {
	for name, faults := range map[string]localslack.Faults{"charts": {}, "no charts": {NoCharts: true}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, berlin(t, "2026-11-25 10:00"))
				w.terminal.Place = "dm"
				manyNos(t, w)
				w.slack.SetFaults(faults)
				for line, want := range map[string]string{
					"/pitch stats": "[Find help]", "/pitch offer": "In force since", "/pitch learnings guessed": "None of the no's",
					"/pitch learnings " + strings.Repeat("🚀", 1500): "None of the no's", "/pitch learnings price": "17 no's with",
				} {
					if out := w.do(line); !strings.Contains(out, want) {
						t.Errorf("%.40s: %.400s", line, out)
					}
				}
				if !faults.NoCharts {
					turnPages(t, w)
				}
				w.close()
			})
		})
	}
}

// turnPages goes through all the no's and checks that each was there once.
func turnPages(t *testing.T, w *world) {
	t.Helper()
	entry := regexp.MustCompile(`(?m)^\s*(\d+) <!channel>.* · `)
	seen := map[string]int{}
	out := w.do("/pitch learnings")
	for pages := 1; ; pages++ {
		for _, m := range entry.FindAllStringSubmatch(out, -1) {
			seen[m[1]]++
		}
		if !strings.Contains(out, "[More]") || pages > 50 {
			break
		}
		out = w.do("press More")
	}
	for i := range 200 {
		if n := seen[fmt.Sprint(i)]; n != 1 {
			t.Errorf("no %d was shown %d times", i, n)
		}
	}
}
