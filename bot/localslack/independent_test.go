package localslack_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestIndependence: a witness shares nothing with the bot it watches.
func TestIndependence(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range f.Imports {
			path := strings.Trim(imp.Path.Value, `"`)
			first, _, _ := strings.Cut(path, "/")
			test := strings.HasSuffix(name, "_test.go")
			switch {
			case path == "github.com/coder/websocket":
			case test && (path == "github.com/google/go-cmp/cmp" || path == "pitch/bot/localslack"):
			case strings.Contains(first, ".") || first == "pitch" || path == "time/tzdata":
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}
