// Package bot is Pitch in Slack: it connects, understands what people type and
// press, answers, and delivers what is due.
//
//	Socket Mode ─► connection (2) ─► intake ─► lane of the person ─► visit ─► Reply
//	                  drain, never     repeats,      one after             │
//	                  blocking         panics        another               ▼
//	                                                             store.Change, then the ack
//	nudges.Tick ─► Bot as nudges.Messenger ─► chat.postMessage
//
// A visit is one thing one person did: a slash command, a shortcut, a button, a
// form, a message, a look at the Home. What it changes is saved, with what caused
// it, before Slack hears that it was done. The words are read by package parse;
// each verb has a file here; errors become sentences in errors.go and nowhere else.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"pitch/nudges"
	"pitch/store"
)

// DefaultAPIURL is Slack's own Web API.
const DefaultAPIURL = "https://slack.com/api/"

// DefaultConnections is how many sockets are kept open: two close the gap that
// Slack's regular disconnects leave. Slack allows ten.
const DefaultConnections = 2

// DefaultSilence is how long Slack may leave a socket without a ping. Its cadence is
// undocumented; ten seconds were seen.
const DefaultSilence = 30 * time.Second

// Config is what a bot needs.
type Config struct {
	Store       store.Store    // required
	AppToken    string         // xapp-…, required
	BotToken    string         // xoxb-…, required
	APIURL      string         // "" is DefaultAPIURL; it ends in a slash
	Connections int            // 0 is DefaultConnections
	Admins      []store.UserID // admins beside Slack's
	// ForgetAfter is how long after leaving the workspace a founder is forgotten;
	// 0 is never.
	ForgetAfter time.Duration
	// Silence is how long a socket may be without a ping before it counts as dead;
	// 0 is DefaultSilence.
	Silence time.Duration
	// Dial reaches Slack, sockets and Web API alike; nil is TCP.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	Now  func() time.Time // nil is time.Now
	Log  *slog.Logger     // nil discards
}

// Bot is Pitch in one Slack workspace.
type Bot struct {
	Config
	log    *slog.Logger
	slack  *slack.Client
	web    *http.Client // for response_urls
	dialer *websocket.Dialer
	nudger *nudges.Nudger
	intake *intake
	pages  *pages
	pacer  *pacer
	paced  *channelPace

	members members
	clicks  clicks
	charts  charts
	screens screens

	team    store.TeamID
	self    store.UserID
	sockets []*connection
	started time.Time
	fatal   chan error // Slack ended the installation
	broken  chan error // the store can no longer be relied on
	ready   atomic.Bool
}

// New is a bot that is not connected yet. Its error names what is missing.
func New(c Config) (*Bot, error) {
	if c.Store == nil || c.AppToken == "" || c.BotToken == "" {
		return nil, errors.New("a bot needs a store, an app token and a bot token")
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	if c.Connections == 0 {
		c.Connections = DefaultConnections
	}
	if c.Silence == 0 {
		c.Silence = DefaultSilence
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	wire := transport(c.Dial)
	b := &Bot{
		Config: c, log: c.Log, web: &http.Client{Transport: wire, Timeout: apiTimeout},
		pages: newPages(), paced: newChannelPace(), fatal: make(chan error, 1), broken: make(chan error, 1),
		dialer: &websocket.Dialer{
			NetDialContext: c.Dial, HandshakeTimeout: apiTimeout,
			// One frame must hold a whole acknowledgement: Slack joins none.
			WriteBufferSize: 32 << 10,
		},
	}
	if c.Dial == nil {
		b.dialer.Proxy = http.ProxyFromEnvironment
	}
	b.pacer = newPacer(wire)
	api := &http.Client{Transport: b.pacer, Timeout: apiTimeout}
	b.slack = b.client(api)
	b.intake = newIntake(c.Log, b.handle)
	for i := range c.Connections {
		b.sockets = append(b.sockets, &connection{
			client: socketmode.New(b.client(api), socketmode.OptionDialer(b.dialer), socketmode.OptionPingInterval(c.Silence)),
			name:   strconv.Itoa(i + 1), log: c.Log,
		})
	}
	b.nudger = nudges.New(nudges.Config{
		Store: c.Store, Messenger: b, Now: c.Now, Log: c.Log,
		ForgetAfter: c.ForgetAfter, Counters: nudges.Counters{Forgotten: b.forgotten},
	})
	return b, nil
}

func (b *Bot) client(web *http.Client) *slack.Client {
	return slack.New(b.BotToken, slack.OptionAppLevelToken(b.AppToken), slack.OptionAPIURL(b.APIURL), slack.OptionHTTPClient(web))
}

// Run connects and works until ctx ends, and then finishes what is under way. It
// returns nil for that, a *FatalError when Slack ended the installation, and
// another error when the disk failed so that only a fresh start is safe.
func (b *Bot) Run(ctx context.Context) error {
	b.started = b.Now()
	if err := b.introduce(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	// What is under way outlives ctx until it is finished.
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	b.intake.start(work)
	nudged, kept := make(chan struct{}), make(chan struct{})
	for _, c := range b.sockets {
		b.connect(work, c)
	}
	own, stopOwn := context.WithCancel(work)
	go func() {
		defer close(nudged)
		if err := b.nudger.Run(own); err != nil {
			b.giveUp(err)
		}
	}()
	go func() {
		defer close(kept)
		b.keepPages(own)
	}()
	b.ready.Store(true)
	b.log.Info("running", "team", b.team, "connections", len(b.sockets))

	var err error
	select {
	case <-ctx.Done():
		b.log.Info("stopping")
	case cause := <-b.fatal:
		err = fatal(cause)
	case cause := <-b.broken:
		err = fmt.Errorf("the store can no longer be relied on; start Pitch again: %w", cause)
	}
	stopOwn()
	b.intake.stop(stopWithin)
	<-nudged
	<-kept
	b.flush()
	return err
}

// giveUp ends Run because of the store.
func (b *Bot) giveUp(err error) {
	select {
	case b.broken <- err:
	default:
	}
}

// How long a shutdown waits for what is under way, and for the last
// acknowledgements to leave: one that is queued and not written is lost.
const (
	stopWithin = 8 * time.Second
	flushFor   = 100 * time.Millisecond
)

func (b *Bot) flush() { time.Sleep(flushFor) }

// connect keeps one socket open until ctx ends.
func (b *Bot) connect(ctx context.Context, c *connection) {
	fatal := func(err error) {
		select {
		case b.fatal <- err:
		default:
		}
	}
	take := func(d delivered) { b.intake.take(d, b.Now()) }
	go c.drain(ctx, take, fatal)
	go func() {
		for ctx.Err() == nil {
			err := c.run(ctx)
			if over(err) {
				fatal(err)
				return
			}
			if ctx.Err() != nil {
				return
			}
			b.log.Warn("a socket is opened anew", "connection", c.name, "error", errorCode(err))
		}
	}()
}

// introduce asks Slack who we are, until it answers.
func (b *Bot) introduce(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		who, err := b.slack.AuthTestContext(ctx)
		if err == nil && who.TeamID == "" {
			err = errNoAnswer
		}
		if err == nil {
			b.team, b.self = store.TeamID(who.TeamID), store.UserID(who.UserID)
			return nil
		}
		if over(err) {
			return fatal(err)
		}
		if absent(err) { // not Slack's own server: everybody it sends is ours
			return nil
		}
		b.log.Warn("Slack does not answer yet", "error", errorCode(err))
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// Tick sends everything that is due at now. Run does so every minute; a clock
// that is moved by hand does so at each stop.
func (b *Bot) Tick(ctx context.Context, now time.Time) error { return b.nudger.Tick(ctx, now) }

// startGrace is how long a bot may take to connect before it counts as ill.
const startGrace = time.Minute

// Healthy is nil while the bot is connected, or has only just started, and its
// store answers.
func (b *Bot) Healthy(ctx context.Context) error {
	if _, err := b.Store.NextDue(ctx); err != nil {
		return fmt.Errorf("the store does not answer: %w", err)
	}
	up := slices.ContainsFunc(b.sockets, func(c *connection) bool { return c.up.Load() })
	if !up && b.Now().Sub(b.started) > startGrace {
		return errors.New("not connected to Slack")
	}
	return nil
}

// Connected reports whether every socket is open.
func (b *Bot) Connected() bool {
	return b.ready.Load() && !slices.ContainsFunc(b.sockets, func(c *connection) bool { return !c.up.Load() })
}
