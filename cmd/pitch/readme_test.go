package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// block is a fenced block of the README. Its kind is what stands behind the
// backticks: "sh" is run here, "sh demo" until it is interrupted, "sh docker", "sh slack" and "sh minutes" cannot
// be, "sh tests" is run by .ci/run, and "text" is a conversation with the demo.
type block struct{ kind, text string }

func readmeBlocks(readme string) (blocks []block) {
	var open *block
	for line := range strings.Lines(readme) {
		fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case isFence && open == nil:
			open = &block{kind: fence}
		case isFence:
			blocks = append(blocks, *open)
			open = nil
		case open != nil:
			open.text += line
		}
	}
	return blocks
}

func readme(t *testing.T) string { return readFile(t, "..", "..", "README.md") }

// TestREADMECommands runs every command of the README that can be run anywhere,
// with nothing typed where something asks.
func TestREADMECommands(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	t.Parallel()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	openStore(t, filepath.Join(home, "pitch.db")).Close()
	ran := 0
	for _, b := range readmeBlocks(readme(t)) {
		if b.kind != "sh" {
			continue
		}
		dir := home
		if strings.Contains(b.text, "./cmd/pitch") {
			dir = root
		}
		runShell(t, dir, b.text)
		ran++
	}
	if ran < 2 {
		t.Errorf("only %d blocks were run", ran)
	}
}

// TestREADMEDemo runs the first command a newcomer types, word for word, and
// opens the address it prints.
func TestREADMEDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	t.Parallel()
	ran := 0
	for _, b := range readmeBlocks(readme(t)) {
		if b.kind != "sh demo" {
			continue
		}
		ran++
		cmd := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", b.text)
		cmd.Dir, cmd.SysProcAttr = filepath.Join("..", ".."), &syscall.SysProcAttr{Setpgid: true}
		cmd.Env = append(without(os.Environ(), "SLACK_", "PITCH_"), "GOFLAGS=-buildvcs=false")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		opened := openPrinted(t, out)
		// As Ctrl-C does: to all of them.
		if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
			t.Error(err)
		}
		io.Copy(io.Discard, out)
		_ = cmd.Wait() // go run itself exits with 1 whenever it is interrupted
		if !strings.Contains(opened, "Maya") {
			t.Errorf("the page has %q", opened)
		}
	}
	if ran != 1 {
		t.Errorf("%d commands start the demo", ran)
	}
}

// openPrinted is the page at the first address that is printed.
func openPrinted(t *testing.T, out io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		url := strings.TrimSpace(lines.Text())
		if !strings.HasPrefix(url, "http://") {
			continue
		}
		answer, err := http.Get(url)
		if err != nil {
			t.Error(err)
			return ""
		}
		defer answer.Body.Close()
		page, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Error(err)
		}
		return string(page)
	}
	t.Error("no address was printed")
	return ""
}

func runShell(t *testing.T, dir, script string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	bin := t.TempDir()
	cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(without(os.Environ(), "SLACK_", "PITCH_"), "GOBIN="+bin, "GOFLAGS=-buildvcs=false", "PATH="+bin+":"+os.Getenv("PATH"))
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s\n%s", err, script, said)
	}
}

// TestREADMECommandsOfOtherPlaces: what cannot be run here is said to be, and
// the test command is the one that .ci/run runs.
func TestREADMECommandsOfOtherPlaces(t *testing.T) {
	ci := readFile(t, "..", "..", ".ci", "run")
	tests := 0
	for _, b := range readmeBlocks(readme(t)) {
		switch b.kind {
		case "sh", "sh demo", "sh docker", "sh slack", "sh minutes", "text":
		case "sh tests":
			tests++
			if !strings.Contains(strings.ReplaceAll(ci, " -count=1", ""), "\n"+b.text) {
				t.Errorf(".ci/run does not run %s", b.text)
			}
		default:
			t.Errorf("a block of the kind %q", b.kind)
		}
	}
	if tests != 1 {
		t.Errorf("%d test commands", tests)
	}
}

var update = flag.Bool("update", false, "write the demo's answers into the README")

// TestREADMEConversation types the README's conversation into the demo and
// expects the answers printed there.
func TestREADMEConversation(t *testing.T) {
	text := readme(t)
	talked := 0
	for _, b := range readmeBlocks(text) {
		if b.kind != "text" {
			continue
		}
		talked++
		got := converseWithDemo(t, typedIn(b.text))
		if *update {
			text = strings.Replace(text, "```text\n"+b.text, "```text\n"+got, 1)
		} else if diff := cmp.Diff(b.text, got); diff != "" {
			t.Errorf("the demo answers otherwise; -update writes it down (-README +demo):\n%s", diff)
		}
	}
	if talked != 1 {
		t.Errorf("%d conversations", talked)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("..", "..", "README.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// typedIn are the lines of a conversation that a person types.
func typedIn(conversation string) (lines []string) {
	for line := range strings.Lines(conversation) {
		if typed, ok := strings.CutPrefix(line, "> "); ok {
			lines = append(lines, strings.TrimSpace(typed))
		}
	}
	return lines
}

// converseWithDemo is what the demo shows below its greeting.
func converseWithDemo(t *testing.T, lines []string) string {
	t.Helper()
	var out, errs bytes.Buffer
	p := process{
		Env:   func(string) (string, bool) { return "", false },
		Stdin: strings.NewReader(strings.Join(lines, "\n") + "\n"), Stdout: &out, Stderr: &errs,
	}
	if code := run(t.Context(), []string{"demo", "--terminal", "--empty"}, p); code != exitOK || errs.Len() > 0 {
		t.Fatalf("the demo exited with %d: %s", code, &errs)
	}
	shown, ok := strings.CutPrefix(out.String(), greeting(demoStart(), everybody()))
	if !ok {
		t.Fatalf("no greeting: %s", &out)
	}
	return shown
}
