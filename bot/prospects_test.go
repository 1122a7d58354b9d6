package bot_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"pitch/store"
)

// strange are names of the greatest length, each of another kind of trouble.
func strange(i int) string {
	kinds := []string{"<!channel> & ", "👩\u200d👩\u200d👧🚀", "שלום عليكم ", `*bold* _it_ "q" `, "W", "é̂日本語", "<@U0TOM>|", "\u202e\u2066x"}
	name := strings.Repeat(kinds[i%len(kinds)], store.MaxName)
	return strings.TrimSpace(string([]rune(name)[:store.MaxName-4])) + " " + strconv.Itoa(i)
}

// crowdedWorld is one in which Maya has two hundred prospects with as much about
// some of them as there can be.
func crowdedWorld(t *testing.T) *world {
	w := newWorld(t, berlin(t, "2026-11-25 10:00"))
	full := strings.Repeat("<!here> ﷽🚀 &amp; ", store.MaxWords)
	full = strings.TrimSpace(string([]rune(full)[:store.MaxWords-1]))
	w.seed(store.Owner{Team: "T0LOCAL", User: "U0MAYA"}, func(b *store.Book) error {
		if _, err := b.Join("Europe/Berlin"); err != nil {
			return err
		}
		for i := range 200 {
			long := full
			if i >= 24 { // the rest is there to be counted
				long = "short"
			}
			p, _, err := b.AddProspect(strange(i))
			if err != nil {
				return err
			}
			p.Note, p.Relationship, p.NotCallable, p.DoNotContact = long, store.Cold, true, i%9 == 8
			p.FollowUpOn = b.Today() + 1
			if err := b.SetProspect(p); err != nil {
				return err
			}
			for n := range 1 + i%8 {
				a := store.Activity{Kind: store.Ask, Asked: store.Pilot, Quantity: 1_000_000, Amount: "123456789", Currency: "USD", Note: long,
					Outcome: store.Lost, Reason: store.Price, Words: long, Change: long, OccurredOn: b.Today() - store.Day(7*n)}
				if _, err := b.LogWith(p, false, a); err != nil {
					return err
				}
			}
			for n := range i % 7 {
				c := store.Commitment{Kind: store.FollowUp, Prospect: p.ID, Count: 1, About: long, DueOn: b.Today() + store.Day(n)}
				if _, err := b.Commit(c); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return w
}

// TestCrowded looks at every page of a full list and a full history, and at the
// card and the forms of whom most is known of. The local Slack refuses what is
// too long, and the world fails on that when it closes.
func TestCrowded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := crowdedWorld(t)
		w.do("in dm")
		out := w.do("/pitch prospects")
		for page := 2; page <= 17; page++ {
			if out = w.do("press More"); !strings.Contains(out, fmt.Sprintf("Page %d of 17", page)) {
				t.Fatalf("page %d: %s", page, out)
			}
		}
		if strings.Contains(out, "[More]") || !strings.Contains(out, "[Back]") {
			t.Errorf("the last page: %s", out)
		}
		for _, line := range []string{"press Back", "press Follow-up due 152", "press All 200", "/pitch prospects", "press 1 Open", "press Details"} {
			out = w.do(line)
		}
		if !strings.Contains(out, "Note") {
			t.Errorf("the form: %s", out)
		}
		out = w.do("submit Marks=")
		if !strings.Contains(out, "Last touch") {
			t.Errorf("the card: %s", out)
		}
		for _, line := range []string{"/pitch history", "press More", "press 1 Remove", "press More"} {
			out = w.do(line)
		}
		if !strings.Contains(out, "Page 3 of") {
			t.Errorf("the history: %s", out)
		}
		w.do("/pitch delete " + strconv.Quote(strange(20)))
		w.do("press Delete")
		w.do(fmt.Sprintf("/pitch rename %q to %q", strange(6), strange(13)))
		if out := w.do("press Merge"); !strings.Contains(out, "Merged:") {
			t.Errorf("merging: %s", out)
		}
		w.close()
	})
}

// TestPastedTooMuch: what does not fit in a name or a field stays in the form.
func TestPastedTooMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-25 10:00"))
		for _, line := range []string{"in dm", "/pitch log call Bob", "/pitch prospects", "press Paste names"} {
			w.do(line)
		}
		paste := func(text string) string { return w.do("submit Names, one a line=" + strconv.Quote(text)) }
		if out := paste("Ann\n" + strings.Repeat("x", store.MaxName+1)); !strings.Contains(out, "Line 2 is too long") {
			t.Errorf("a long name: %s", out)
		}
		var many strings.Builder
		for i := range 201 {
			fmt.Fprintf(&many, "n%d\n", i)
		}
		if out := paste(many.String()); !strings.Contains(out, "At most 200 names") {
			t.Errorf("many names: %s", out)
		}
		if out := paste("Ann\r\n\r\n\tBen \r\n<!channel>, warm\n🚀"); !strings.Contains(out, "Added 4") || len(w.records(`"type":"prospect"`)) != 5 {
			t.Errorf("names of all kinds: %s", out)
		}
		w.close()
	})
}
