package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
	_ "time/tzdata" // zones where the system has no database, as in an empty container

	_ "golang.org/x/crypto/x509roots/fallback" // certificate roots, likewise

	"pitch/bot"
	"pitch/store"
	"pitch/store/bolt"
)

// closeWithin bounds how long an ending process waits for whoever still reads
// an export or the health page.
const closeWithin = 3 * time.Second

// serve runs the bot until it is told to stop.
func serve(ctx context.Context, p process, args []string) (err error) {
	cfg, err := serveConfig(p, args)
	if err != nil {
		return err
	}
	log := cfg.Log.logger(p.Stderr)
	log.Info("starting", "version", version(), "store", cfg.StorePath)
	var ending teardown
	defer func() { err = errors.Join(err, ending.run(log)) }()

	st, err := bolt.Open(ctx, bolt.Config{Path: cfg.StorePath, Log: log})
	if err != nil {
		return fmt.Errorf("opening the store: %w", err)
	}
	ending.add("store", func(context.Context) error { return st.Close() })
	ctx, cancel := untilFailed(ctx, st.Failed())
	defer cancel()

	b, err := bot.New(bot.Config{
		Store: st, AppToken: cfg.AppToken, BotToken: cfg.BotToken, APIURL: cfg.APIURL,
		Connections: cfg.Connections, Admins: cfg.Admins, ForgetAfter: cfg.ForgetAfter, Log: log,
	})
	if err != nil {
		return err
	}

	control, err := startControl(cfg.StorePath, st, b.Healthy, log)
	if err != nil {
		return err
	}
	ending.add("control socket", control.close)

	if cfg.Listen != "" {
		stop, err := startHealthPage(cfg.Listen, b.Healthy, log)
		if err != nil {
			return err
		}
		ending.add("health page", stop)
	}
	if err := b.Run(ctx); err != nil {
		return err
	}
	if errors.Is(context.Cause(ctx), store.ErrUnknownCommit) {
		return fmt.Errorf("%w: stopped, as the next start reads what is really there", store.ErrUnknownCommit)
	}
	return nil
}

// untilFailed is a context that ends with store.ErrUnknownCommit when the store
// no longer knows what is on its disk.
func untilFailed(ctx context.Context, failed <-chan struct{}) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-failed:
			cancel(store.ErrUnknownCommit)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// teardown ends what a run has started, the latest first.
type teardown struct {
	steps []teardownStep
}

type teardownStep struct {
	name string
	end  func(context.Context) error
}

func (t *teardown) add(name string, end func(context.Context) error) {
	t.steps = append(t.steps, teardownStep{name, end})
}

// run ends everything, whatever goes wrong on the way.
func (t *teardown) run(log *slog.Logger) error {
	var errs []error
	for i := len(t.steps) - 1; i >= 0; i-- {
		ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
		if err := t.steps[i].end(ctx); err != nil {
			errs = append(errs, fmt.Errorf("closing the %s: %w", t.steps[i].name, err))
		}
		cancel()
	}
	log.Info("stopped")
	return errors.Join(errs...)
}
