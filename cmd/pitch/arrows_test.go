package main

import (
	"errors"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inward lists what the files of a folder may import of ours, tests apart.
// The arrows are cmd → bot → nudges → store, and cmd → store/* to choose an
// engine.
func inward() map[string][]string {
	return map[string][]string{
		"pitch/cmd/pitch":       {"pitch/bot", "pitch/bot/localslack", "pitch/bot/parse", "pitch/nudges", "pitch/store", "pitch/store/bolt"},
		"pitch/bot":             {"pitch/bot/parse", "pitch/nudges", "pitch/store"},
		"pitch/bot/parse":       {"pitch/store"},
		"pitch/bot/localslack":  {},
		"pitch/nudges":          {"pitch/store"},
		"pitch/store":           {},
		"pitch/store/bolt":      {"pitch/store"},
		"pitch/store/storetest": {"pitch/store"}, // the suite engines are tested by
	}
}

// owners says which folder alone may use a library.
func owners() map[string]string {
	return map[string]string{
		"github.com/slack-go/slack":              "pitch/bot",
		"github.com/robfig/cron":                 "pitch/nudges",
		"go.etcd.io/bbolt":                       "pitch/store/bolt",
		"github.com/coder/websocket":             "pitch/bot/localslack",
		"github.com/gorilla/websocket":           "pitch/bot", // slack-go takes its Dialer
		"github.com/olebedev/when":               "pitch/bot/parse",
		"golang.org/x/crypto/x509roots/fallback": "pitch/cmd/pitch",
		"github.com/rickar/cal":                  "pitch/store",
		"github.com/google/go-cmp":               "pitch/store/storetest",
	}
}

func within(importPath, prefix string) bool {
	return importPath == prefix || strings.HasPrefix(importPath, prefix+"/")
}

// ourPackages are the project's packages by import path, without their tests.
func ourPackages(t *testing.T) map[string]*build.Package {
	t.Helper()
	found := map[string]*build.Package{}
	for _, top := range []string{"bot", "cmd", "nudges", "store"} {
		err := filepath.WalkDir(filepath.Join("..", "..", top), func(dir string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if d.Name() == "testdata" {
				return fs.SkipDir
			}
			p, err := build.ImportDir(dir, 0)
			if _, empty := errors.AsType[*build.NoGoError](err); empty {
				return nil
			}
			found[path.Join("pitch", filepath.ToSlash(strings.TrimPrefix(dir, filepath.Join("..", ".."))))] = p
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func TestArrows(t *testing.T) {
	allowed, owner := inward(), owners()
	for name, p := range ourPackages(t) {
		may, known := allowed[name]
		if !known {
			t.Errorf("%s is new: say in this test what it may import", name)
		}
		for _, imported := range p.Imports {
			switch by, owned := ownerOf(imported, owner); {
			case within(imported, "pitch") && !slices.Contains(may, imported):
				t.Errorf("%s must not import %s", name, imported)
			case owned && by != name:
				t.Errorf("%s imports %s, which belongs to %q alone", name, imported, by)
			case !owned && isLibrary(imported) && !within(imported, "golang.org/x"):
				t.Errorf("%s imports %s: say in this test whose library it is", name, imported)
			}
		}
		if len(p.CgoFiles) > 0 {
			t.Errorf("%s uses cgo in %s", name, p.CgoFiles)
		}
	}
}

func ownerOf(imported string, owners map[string]string) (by string, owned bool) {
	for library, by := range owners {
		if within(imported, library) {
			return by, true
		}
	}
	return "", false
}

// isLibrary reports whether an import comes from elsewhere: its path begins with
// a host's name.
func isLibrary(imported string) bool {
	host, _, _ := strings.Cut(imported, "/")
	return strings.Contains(host, ".")
}

func TestPackageNames(t *testing.T) {
	for name := range ourPackages(t) {
		if slices.Contains([]string{"util", "utils", "common", "helpers", "models", "misc", "shared"}, path.Base(name)) {
			t.Errorf("%s says nothing about what is in it", name)
		}
	}
}

func TestTopLevelIsFixed(t *testing.T) {
	want := []string{"CHANGELOG.md", "Dockerfile", "LICENSE", "README.md", "bot", "cmd", "go.mod", "go.sum", "nudges", "store"}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") && !slices.Contains(want, name) {
			t.Errorf("%s is at the top level, which holds %s", name, strings.Join(want, ", "))
		}
	}
}
