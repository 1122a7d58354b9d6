package bot

import (
	"strings"
	"testing"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

func pasteContext() parse.Context {
	return parse.Context{Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), Known: []parse.Name{{ID: 1, Name: "Acme"}}}
}

func TestReadName(t *testing.T) {
	for _, row := range []struct {
		line, name   string
		relationship store.Relationship
		buyer        store.Buyer
	}{
		{"Acme", "Acme", "", ""},
		{"  Acme , cold , dev ", "Acme", store.Cold, store.Developer},
		{"Jane at Globex, warm", "Jane at Globex", store.Warm, ""},
		{"Acme, Inc., intro", "Acme, Inc.", store.Intro, ""},
		{"Müller, Söhne & Co", "Müller, Söhne & Co", "", ""},
		{"• Acme, inbound", "Acme", store.Inbound, ""},
		{"12. Acme", "Acme", "", ""},
		{"2) Bob", "Bob", "", ""},
		{"3M", "3M", "", ""},
		{"1. FC Köln", "FC Köln", "", ""},
		{"cold", "cold", "", ""},
		{"- ", "", "", ""},
		{", warm", "", store.Warm, ""},
		{"Acme, warm, cold", "Acme, warm", store.Cold, ""},
		{"Acme, $500", "Acme, $500", "", ""},
		{"Acme, tomorrow", "Acme, tomorrow", "", ""},
		{`Acme, cold"`, `Acme, cold"`, "", ""},
	} {
		got := readName(row.line, pasteContext())
		if got.name != row.name || got.says.Relationship != row.relationship || got.says.Buyer != row.buyer {
			t.Errorf("%q is read as %+v", row.line, got)
		}
	}
}

// FuzzReadNames: whatever is pasted, each name is in the text, can be kept, and
// comes once.
func FuzzReadNames(f *testing.F) {
	for _, seed := range []string{"Acme, cold\n- Bob", "1. \n2) x, dev, warm", "a,b,,, warm\r\n\x00", "שלום, cold\n<!channel>", "\"x\", \"cold\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all, err := readNames(text, pasteContext())
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, one := range all {
			p := store.Prospect{Name: one.name}
			marked(&p, one.says)
			if seen[store.Fold(one.name)] || !strings.Contains(text, one.name) || p.Validate() != nil {
				t.Errorf("%q gives %+v", text, one)
			}
			seen[store.Fold(one.name)] = true
		}
	})
}

func TestTurnedTo(t *testing.T) {
	for _, row := range []struct {
		page, n int
		want    leaf
	}{
		{0, 0, leaf{0, 1, 0, 0}},
		{0, 10, leaf{0, 1, 0, 10}},
		{1, 11, leaf{1, 2, 10, 11}},
		{7, 11, leaf{1, 2, 10, 11}},
		{-1, 11, leaf{0, 2, 0, 10}},
	} {
		if got := turnedTo(row.page, row.n, 10); got != row.want {
			t.Errorf("page %d of %d: %+v", row.page, row.n, got)
		}
	}
}
