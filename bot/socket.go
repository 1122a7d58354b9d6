package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// connection is one Socket Mode client. Each has a Slack client of its own: two
// runs on one client mix up their acknowledgements.
type connection struct {
	client *socketmode.Client
	name   string
	log    *slog.Logger
	up     atomic.Bool
}

// ackWithin bounds an acknowledgement: on a dead connection they queue up.
const ackWithin = 5 * time.Second

// drain reads the client's events until ctx ends. It never blocks on anything
// else: a full channel would hold up reads, pongs and the reconnect itself.
func (c *connection) drain(ctx context.Context, take func(delivered), fatal func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case ev := <-c.client.Events:
			c.event(ev, take, fatal)
		}
	}
}

// A socket that is down at three looks in a row is opened anew, whatever the
// library's own pause has grown to: up to five minutes.
const (
	lookEvery = 15 * time.Second
	downLooks = 3
)

// run keeps the socket open until ctx ends, Slack refuses it for good, or it has
// been down for too long.
func (c *connection) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var watch sync.WaitGroup
	watch.Go(func() {
		for looks := 0; looks < downLooks; looks++ {
			select {
			case <-ctx.Done():
				return
			case <-time.After(lookEvery):
			}
			if c.up.Load() {
				looks = -1
			}
		}
		cancel()
	})
	err := c.client.RunContext(ctx)
	cancel()
	watch.Wait()
	return err
}

func (c *connection) event(ev socketmode.Event, take func(delivered), fatal func(error)) {
	switch ev.Type {
	case socketmode.EventTypeHello:
		c.set(true)
	case socketmode.EventTypeConnecting:
		c.set(false)
	case socketmode.EventTypeConnectionError, socketmode.EventTypeInvalidAuth:
		c.set(false)
		err := connectionError(ev.Data)
		c.log.Warn("Slack refused a connection", "connection", c.name, "error", errorCode(err))
		if over(err) {
			fatal(err)
		}
	case socketmode.EventTypeErrorBadMessage:
		if bad, ok := ev.Data.(*socketmode.ErrorBadMessage); ok {
			c.raw(bad.Message, take)
		}
	default:
		if ev.Request != nil && ev.Request.EnvelopeID != "" {
			c.deliver(envelope{
				ID: ev.Request.EnvelopeID, Type: ev.Request.Type, Payload: ev.Request.Payload,
				Accepts: ev.Request.AcceptsResponsePayload, Attempt: ev.Request.RetryAttempt,
			}, take)
		}
	}
}

// raw takes a frame that the library could not read: decoded here if it can be,
// and acknowledged in any case, or Slack repeats it.
func (c *connection) raw(frame []byte, take func(delivered)) {
	e, err := decodeEnvelope(frame)
	if err != nil || e.ID == "" {
		c.log.Warn("Slack sent a frame that cannot be read", "connection", c.name, "bytes", len(frame))
		return
	}
	c.deliver(e, take)
}

func (c *connection) deliver(e envelope, take func(delivered)) {
	take(delivered{envelope: e, ack: func(ctx context.Context, payload any) error {
		ctx, cancel := context.WithTimeout(ctx, ackWithin)
		defer cancel()
		if !e.Accepts {
			payload = nil
		}
		return c.client.AckCtx(ctx, e.ID, payload)
	}})
}

func (c *connection) set(up bool) {
	if c.up.Swap(up) != up {
		c.log.Info("socket", "connection", c.name, "up", up)
	}
}

func connectionError(data any) error {
	if failed, ok := data.(*slack.ConnectionErrorEvent); ok && failed.ErrorObj != nil {
		return failed.ErrorObj
	}
	return errors.New("invalid_auth")
}
