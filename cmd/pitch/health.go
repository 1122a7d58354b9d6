package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
)

// healthWithin is how long a bot that is well takes at most to say so; Docker
// gives a check 30 s.
const healthWithin = 5 * time.Second

// health asks the bot that runs on a store how it is.
func health(ctx context.Context, p process, args []string) error {
	path, err := storeConfig("health", p, args)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	answer, err := ask(ctx, path, "/health")
	if errors.Is(err, errNobodyThere) {
		return fmt.Errorf("%w: nobody answers at %s", err, socketPath(path))
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	line, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	if err != nil {
		return fmt.Errorf("asking the bot how it is: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not well: %s", strings.TrimSpace(string(line)))
	}
	_, err = p.Stdout.Write(line)
	return err
}

// startHealthPage serves GET /healthz at an address, for whatever watches the
// process from outside. The returned function ends it.
func startHealthPage(address string, healthy func(context.Context) error, log *slog.Logger) (stop func(context.Context) error, err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("opening the health page (PITCH_LISTEN): %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { answerHealth(w, healthy(r.Context())) })
	server := &http.Server{
		Handler: mux, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 8 << 10,
	}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the health page ended", "error", err)
		}
	}()
	log.Info("health page", "address", "http://"+l.Addr().String()+"/healthz")
	return server.Shutdown, nil
}
