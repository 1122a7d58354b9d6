package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The tests run the real main: the test binary is also the program `pitch`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pitch": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup:               cleanEnvironment,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"fill-store": fillStore,
			"exit":       exitCode,
			"order":      inOrder,
		},
	})
}

// cleanEnvironment takes out what would configure Pitch by accident.
func cleanEnvironment(env *testscript.Env) error {
	env.Vars = without(env.Vars, "SLACK_", "PITCH_")
	return nil
}

func without(vars []string, prefixes ...string) (kept []string) {
	for _, v := range vars {
		taken := false
		for _, p := range prefixes {
			taken = taken || strings.HasPrefix(v, p)
		}
		if !taken {
			kept = append(kept, v)
		}
	}
	return kept
}

// exitCode runs a command and expects that it exits with a code: exit 2 pitch serve
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit code command [args]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exited with %s, want %s", got, args[0])
	}
}

// inOrder expects the lines of a file in standard output, in that order, with
// others between them: order want.txt
func inOrder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: order file")
	}
	rest := strings.Split(ts.ReadFile("stdout"), "\n")
	for want := range strings.Lines(ts.ReadFile(args[0])) {
		want = strings.TrimSpace(want)
		for want != "" {
			if len(rest) == 0 {
				ts.Fatalf("not there, or too early: %s", want)
			}
			line := rest[0]
			rest = rest[1:]
			if strings.Contains(line, want) {
				break
			}
		}
	}
}

func readFile(t *testing.T, path ...string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
