package bot

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pitch/store"
)

func TestInert(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Acme": "Acme", "10": "10", "'quoted'": "'quoted'", "a=b": "a=b",
		"=1+1": "'=1+1", "+49 30": "'+49 30", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "＝1": "'＝1",
	} {
		if got := inert(cell); got != want {
			t.Errorf("%q is %q, want %q", cell, got, want)
		}
	}
}

// TestColumns: the columns are the promised names.
func TestColumns(t *testing.T) {
	got, err := csvOf[store.ProspectRecord](nil)
	if err != nil {
		t.Fatal(err)
	}
	want := byteOrderMark + "name,relationship,buyer,callable,follow_up_on,do_not_contact,note,added_at,described\r\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

// FuzzCSV: whatever is written reads as one row, whose cells are what was written
// and never the beginning of a formula.
func FuzzCSV(f *testing.F) {
	f.Add("=cmd()|' /C calc'!A0", "a \"quote\", and\r\na line")
	f.Add("", "\x00\xff")
	f.Fuzz(func(t *testing.T, name, note string) {
		out, err := csvOf[store.ProspectRecord]([]store.Record{
			store.ProspectRecord{Name: name, Note: note}, store.OfferRecord{Name: "not a prospect"},
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out, []byte(byteOrderMark)))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q reads as %d rows: %v", out, len(rows), err)
		}
		for column, want := range map[string]string{"name": name, "note": note} {
			got := rows[1][slices.Index(rows[0], column)]
			// JSON has only valid text, and a line in a cell ends as the rows do.
			if want = strings.ReplaceAll(inert(string([]rune(want))), "\r", ""); got != want {
				t.Errorf("%q reads as %q", want, got)
			}
			if strings.IndexAny(got, starters) == 0 {
				t.Errorf("%q begins a formula", got)
			}
		}
	})
}
