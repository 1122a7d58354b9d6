package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pitch/store"
	"pitch/store/bolt"
)

func openStore(t *testing.T, path string) *bolt.Store {
	t.Helper()
	st, err := bolt.Open(t.Context(), bolt.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// running is a control socket beside a store, as a bot of that health has it.
func running(t *testing.T, healthy func(context.Context) error) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "pitch.db")
	st := openStore(t, path)
	err := st.Change(t.Context(), store.Cause{Now: time.Unix(1e9, 0)}, store.Owner{Team: "T1", User: "U1"}, seedFounder)
	if err != nil {
		t.Fatal(err)
	}
	c, err := startControl(path, st, healthy, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.close(context.Background()); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(socketPath(path)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the socket is still there: %v", err)
		}
	})
	return path
}

func well(context.Context) error { return nil }

// The umask is the process's, so these run by themselves.
func TestControlSocketIsPrivateUnderAnyUmask(t *testing.T) {
	for _, mask := range []int{0, 0o077, 0o777} {
		old := syscall.Umask(mask)
		l, err := listenPrivately(filepath.Join(t.TempDir(), "s.sock"))
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Lstat(l.Addr().String())
		if err != nil || info.Mode() != os.ModeSocket|0o600 {
			t.Errorf("umask %03o: the socket's mode is %v (%v)", mask, info.Mode(), err)
		}
		l.Close()
	}
}

// TestControlSocketIsBornPrivate looks at the mode between bind and any later
// step: a socket's file has the mode the socket had when it was bound.
func TestControlSocketIsBornPrivate(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "s.sock")
	config := net.ListenConfig{Control: narrow}
	l, err := config.Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	info, err := os.Lstat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is born with %v (%v)", info.Mode(), err)
	}
}

func TestControlReplacesAKilledBotsSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.sock")
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	left.Close()
	l, err := listenPrivately(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := listenPrivately(path); err == nil || !strings.Contains(err.Error(), "another process answers") {
		t.Errorf("a live socket was taken over: %v", err)
	}
}

func TestControlLeavesOtherFilesAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.sock")
	if err := os.WriteFile(path, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := listenPrivately(path); err == nil || !strings.Contains(err.Error(), "not a socket") {
		t.Errorf("listened at a file: %v", err)
	}
	if kept, _ := os.ReadFile(path); string(kept) != "kept" {
		t.Error("the file was touched")
	}
}

func TestControlRefusesALongPath(t *testing.T) {
	_, err := listenPrivately("/" + strings.Repeat("x", socketPathMax))
	if err == nil || !strings.Contains(err.Error(), "may have 100") {
		t.Errorf("a path of 101 bytes: %v", err)
	}
}

func runOn(t *testing.T, path string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	env := func(string) (string, bool) { return "", false }
	code = run(t.Context(), append(args, "--store", path), process{env, strings.NewReader(""), &out, &errs})
	return code, out.String(), errs.String()
}

func TestHealthOfARunningBot(t *testing.T) {
	code, out, errs := runOn(t, running(t, well), "health")
	if code != exitOK || out != "ok\n" || errs != "" {
		t.Errorf("well: %d %q %q", code, out, errs)
	}
	ill := func(context.Context) error { return errors.New("not connected to Slack") }
	code, out, errs = runOn(t, running(t, ill), "health")
	if code != exitFailure || out != "" || errs != "pitch: not well: not connected to Slack\n" {
		t.Errorf("ill: %d %q %q", code, out, errs)
	}
}

func TestExportOfARunningBotIsTheFiles(t *testing.T) {
	path := running(t, well)
	code, live, errs := runOn(t, path, "export")
	if code != exitOK || errs != "" || strings.Count(live, "\n") != 5 {
		t.Fatalf("live: %d %q %q", code, live, errs)
	}
	var direct bytes.Buffer
	copied := filepath.Join(t.TempDir(), "copy.db")
	raw, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(copied, raw, 0o600)
	}
	if err == nil {
		err = exportFile(t.Context(), copied, &direct)
	}
	if err != nil || direct.String() != live {
		t.Errorf("the socket's export differs from the file's (%v):\n%s", err, direct.String())
	}
}

// brokenStore fails in the middle of an export.
type brokenStore struct {
	store.Store
	after int
}

func (s brokenStore) Export(_ context.Context, each func(store.Record) error) error {
	for range s.after {
		if err := each(store.FounderRecord{Header: store.Header{Type: "founder"}}); err != nil {
			return err
		}
	}
	return store.ErrDamaged
}

// TestAnIncompleteExportFails: what could be read is written, and the exit code
// and standard error say that it is not all.
func TestAnIncompleteExportFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pitch.db")
	c, err := startControl(path, brokenStore{after: 100}, well, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer c.close(context.Background())
	code, out, errs := runOn(t, path, "export")
	if code != exitFailure || strings.Count(out, "\n") != 100 || !strings.Contains(errs, "incomplete: damaged row") {
		t.Errorf("%d, %d lines, %q", code, strings.Count(out, "\n"), errs)
	}
}

// TestACutExportFails: a bot that is killed amid an export leaves a stream that
// ends early, and that must not look like the end.
func TestACutExportFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pitch.db")
	l, err := listenPrivately(socketPath(path))
	if err != nil {
		t.Fatal(err)
	}
	cut := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "{}\n")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})}
	go cut.Serve(l)
	defer cut.Close()
	code, out, errs := runOn(t, path, "export")
	if code != exitFailure || out != "{}\n" || !strings.Contains(errs, "incomplete") {
		t.Errorf("%d %q %q", code, out, errs)
	}
}

func TestHealthPage(t *testing.T) {
	var trouble error
	var said bytes.Buffer
	log := slog.New(slog.NewTextHandler(&said, nil))
	stop, err := startHealthPage("127.0.0.1:0", func(context.Context) error { return trouble }, log)
	if err != nil {
		t.Fatal(err)
	}
	defer stop(context.Background())
	_, address, _ := strings.Cut(said.String(), "address=")
	base := strings.TrimSuffix(strings.TrimSpace(address), "/healthz")
	get := func(path string) (int, string) {
		answer, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(body)
	}
	if code, body := get("/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("well: %d %q", code, body)
	}
	trouble = errors.New("not connected to Slack")
	if code, body := get("/healthz"); code != 503 || body != "not connected to Slack\n" {
		t.Errorf("ill: %d %q", code, body)
	}
	for _, path := range []string{"/metrics", "/", "/export", "/health"} {
		if code, _ := get(path); code != 404 {
			t.Errorf("%s: %d, want 404", path, code)
		}
	}
	if _, err := startHealthPage(strings.TrimPrefix(base, "http://"), well, log); err == nil || !strings.Contains(err.Error(), "PITCH_LISTEN") {
		t.Errorf("an address in use: %v", err)
	}
}

func TestTeardownEndsEverythingTheLatestFirst(t *testing.T) {
	var order []string
	var steps teardown
	for _, name := range []string{"store", "socket", "page"} {
		steps.add(name, func(context.Context) error {
			order = append(order, name)
			if name == "socket" {
				return errors.New("stuck")
			}
			return nil
		})
	}
	err := steps.run(slog.New(slog.DiscardHandler))
	if got := strings.Join(order, " "); got != "page socket store" || err == nil || err.Error() != "closing the socket: stuck" {
		t.Errorf("%s; %v", got, err)
	}
}
