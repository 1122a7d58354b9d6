package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"pitch/store"
)

// A running bot answers HTTP on the socket beside its store, so that a live
// store can be asked things that its file lock keeps other processes from:
//
//	GET /health  200 and a line, or 503 and what is wrong
//	GET /export  every record as a line of JSON; the trailer says how it ended

const (
	// socketPathMax is what a socket's path may have: Linux takes 107 bytes,
	// other systems 103.
	socketPathMax = 100
	// exportTrailer is empty after a complete export.
	exportTrailer = "Pitch-Export-Error"
	// dialWithin is how long a live bot takes at most to accept a connection.
	dialWithin = 2 * time.Second
	// answerWithin is how long it takes at most to begin an answer.
	answerWithin = 10 * time.Second
)

// errNobodyThere is returned when no bot answers at a store's socket.
var errNobodyThere = errors.New("no bot is running on this store")

func socketPath(storePath string) string { return storePath + ".sock" }

// control is the socket of a running bot.
type control struct {
	server *http.Server
	path   string
	done   chan struct{}
}

// startControl listens beside the store, which the caller has opened: its lock
// makes whatever stands at the path a leftover.
func startControl(storePath string, st store.Store, healthy func(context.Context) error, log *slog.Logger) (*control, error) {
	path := socketPath(storePath)
	l, err := listenPrivately(path)
	if err != nil {
		return nil, fmt.Errorf("opening the control socket: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, r *http.Request) { answerHealth(w, healthy(r.Context())) })
	mux.HandleFunc("GET /export", func(w http.ResponseWriter, r *http.Request) { answerExport(w, r, st) })
	c := &control{
		server: &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)},
		path:   path,
		done:   make(chan struct{}),
	}
	go func() {
		defer close(c.done)
		if err := c.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the control socket ended", "error", err)
		}
	}()
	return c, nil
}

// close removes the socket, and cuts what is not answered by the time ctx ends.
func (c *control) close(ctx context.Context) error {
	err := c.server.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, c.server.Close())
	}
	<-c.done
	return err
}

// listenPrivately makes a socket only its owner can connect to.
func listenPrivately(path string) (net.Listener, error) {
	if len(path) > socketPathMax {
		return nil, fmt.Errorf("%s has %d bytes in its name, and a socket's path may have %d", path, len(path), socketPathMax)
	}
	if err := removeLeftover(path); err != nil {
		return nil, err
	}
	config := net.ListenConfig{Control: narrow}
	l, err := config.Listen(context.Background(), "unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// removeLeftover removes the socket of a process that was killed. Anything else
// at the path stays, and is an error.
func removeLeftover(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s exists and is not a socket; move it away", path)
	}
	if conn, err := net.DialTimeout("unix", path, dialWithin); err == nil {
		conn.Close()
		return fmt.Errorf("another process answers at %s; stop it first", path)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func answerHealth(w http.ResponseWriter, err error) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, err)
		return
	}
	fmt.Fprintln(w, "ok")
}

func answerExport(w http.ResponseWriter, r *http.Request, st store.Store) {
	w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	w.Header().Set("Trailer", exportTrailer)
	if err := writeRecords(r.Context(), st, w); err != nil {
		w.Header().Set(exportTrailer, err.Error())
	}
}

// writeRecords writes every record of the store as a line of JSON.
func writeRecords(ctx context.Context, st store.Store, to io.Writer) error {
	buffered := bufio.NewWriter(to)
	lines := json.NewEncoder(buffered)
	lines.SetEscapeHTML(false)
	err := st.Export(ctx, func(r store.Record) error { return lines.Encode(r) })
	return errors.Join(err, buffered.Flush())
}

// ask sends a request to the bot that runs on a store. It returns
// errNobodyThere when there is none.
func ask(ctx context.Context, storePath, what string) (*http.Response, error) {
	path := socketPath(storePath)
	if len(path) > socketPathMax {
		return nil, errNobodyThere // no bot could have listened there
	}
	var dialer net.Dialer
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true, ResponseHeaderTimeout: answerWithin,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, dialWithin)
			defer cancel()
			return dialer.DialContext(ctx, "unix", path)
		},
	}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://pitch"+what, nil)
	if err != nil {
		return nil, err
	}
	answer, err := client.Do(req)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return nil, errNobodyThere
	}
	if err != nil {
		return nil, fmt.Errorf("asking the bot at %s: %w", path, err)
	}
	return answer, nil
}
