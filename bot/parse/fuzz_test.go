package parse_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/parse"
	"pitch/store"
)

// FuzzCommand holds what every answer promises, whatever was typed.
func FuzzCommand(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	ctx := wednesday(f, "Müller, Söhne & Co", "Ask Jeeves", "Will", "No Limit Ltd", "acme two", "Acme Two")
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		req := parse.Command(text, ctx)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		holds(t, ctx, req)
	})
}

func seeds(t testing.TB) (all []string) {
	t.Helper()
	for _, name := range []string{"../testdata/phrases.tsv", "testdata/log.tsv", "testdata/commit.tsv", "testdata/other.tsv", "testdata/own.tsv"} {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			text, _, _ := strings.Cut(lines.Text(), "\t")
			all = append(all, text)
		}
	}
	for _, one := range parse.Verbs() {
		all = append(all, one.Text)
	}
	return all
}

// holds checks the promises of request.go.
func holds(t *testing.T, ctx parse.Context, req parse.Request) {
	t.Helper()
	today := store.DayOf(ctx.Now)
	switch r := req.(type) {
	case parse.Log:
		named(t, r.Who)
		if r.Kind == "" || r.OccurredOn == 0 || r.OccurredOn > today || r.OccurredOn < today-parse.MaxBack {
			t.Errorf("kind %q on %v", r.Kind, r.OccurredOn)
		}
		if _, err := store.ParseDecimal(string(r.Amount)); r.Amount != "" && err != nil {
			t.Error(err)
		}
		if len(r.Who.Candidates) == 0 {
			again(t, ctx, r.String(), r)
		}
		if r.Next != nil {
			if r.Next.NoDate || r.Next.DueOn < today || r.Next.Who.Name != r.Who.Name {
				t.Errorf("next is %+v", *r.Next)
			}
			holds(t, ctx, *r.Next)
		}
	case parse.Commit:
		if r.Who.Name != "" {
			named(t, r.Who)
		}
		if r.Kind == "" || r.Count < 1 || r.Count > parse.MaxCount || r.DueOn != 0 && r.DueOn < today || r.NoDate != (r.DueOn == 0 && r.Every == "") {
			t.Errorf("%+v", r)
		}
		if len(r.Who.Candidates) == 0 {
			again(t, ctx, r.String(), r)
		}
	case parse.AddProspect:
		named(t, r.Who)
	case parse.Rename, parse.Delete, parse.Mark, parse.History, parse.Offer, parse.Coach:
		holdsOwn(t, ctx, r)
	case parse.Unclear:
		if r.Problem == "" || r.Understood == "" || !utf8.ValidString(r.Understood) {
			t.Errorf("%+v", r)
		}
		for _, s := range r.Suggest {
			if u, bad := parse.Command(s.Command, ctx).(parse.Unclear); bad {
				t.Errorf("the button %q is unclear: %+v", s.Command, u)
			}
			if n := utf8.RuneCountInString(s.Label); n == 0 || n > 75 {
				t.Errorf("a label of %d characters", n)
			}
		}
	}
}

// holdsOwn checks the requests about a founder's own records.
func holdsOwn(t *testing.T, ctx parse.Context, req parse.Request) {
	t.Helper()
	switch r := req.(type) {
	case parse.Rename:
		known(t, r.Who)
		named(t, r.To)
		again(t, ctx, "rename "+quote(r.Who.Name)+" to "+quote(r.To.Name), r)
	case parse.Delete:
		known(t, r.Who)
		again(t, ctx, "delete "+quote(r.Who.Name), r)
	case parse.Mark:
		known(t, r.Who)
		if r.Relationship == "" && r.Buyer == "" && r.Callable == nil && r.DoNotContact == nil && r.FollowUpOn == nil && r.Note == "" {
			t.Error("nothing is marked")
		}
		if r.FollowUpOn != nil && *r.FollowUpOn != 0 && *r.FollowUpOn < store.DayOf(ctx.Now) {
			t.Errorf("a follow-up on %v", *r.FollowUpOn)
		}
	case parse.History:
		if r.Who.Name != "" {
			known(t, r.Who)
			again(t, ctx, "history "+quote(r.Who.Name), r)
		}
	case parse.Offer:
		if utf8.RuneCountInString(r.Name) > parse.MaxName {
			t.Errorf("an offer of %d characters", utf8.RuneCountInString(r.Name))
		}
		if r.Name != "" {
			again(t, ctx, "offer "+quote(r.Name), r)
		}
	case parse.Coach:
		if r.Verb == "" || r.Level < 0 || r.Level > 5 {
			t.Errorf("%+v", r)
		}
	}
}

// quote writes a text as a button's command does.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func known(t *testing.T, w parse.Who) {
	t.Helper()
	if named(t, w); w.ID == 0 && len(w.Candidates) < 2 {
		t.Errorf("%q is not known", w.Name)
	}
}

func named(t *testing.T, w parse.Who) {
	t.Helper()
	if n := utf8.RuneCountInString(w.Name); strings.TrimSpace(w.Name) == "" || n > parse.MaxName {
		t.Errorf("the name %q", w.Name)
	}
}

// again parses a canonical text back.
func again(t *testing.T, ctx parse.Context, text string, want parse.Request) {
	t.Helper()
	if utf8.RuneCountInString(text) > parse.MaxText {
		return
	}
	if diff := cmp.Diff(want, parse.Command(text, ctx)); diff != "" {
		t.Errorf("%s\n(-said +read back)\n%s", text, diff)
	}
}
