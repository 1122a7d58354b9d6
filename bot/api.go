package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"pitch/nudges"
	"pitch/store"
)

// apiTimeout bounds a request to Slack: the library's own client has none.
const apiTimeout = 20 * time.Second

// pace is how often a method may be called in a workspace, and how much of that
// at once.
type pace struct {
	limit rate.Limit
	burst int
}

// The pace of Slack's methods, per workspace, from its rate limit tiers (docs):
// tier 3 is 50 a minute and more, tier 4 100 and more. A method that is not
// named goes at tier 3. chat.postMessage is "several hundred a minute" over a
// workspace, and one a second in a channel. Where somebody waits for the answer,
// a minute's worth may go at once; what Pitch sends of itself goes evenly.
var paces = map[string]pace{
	"apps.connections.open": {perMinute(40), 8},
	"chat.postMessage":      {perMinute(300), 8},
	"chat.postEphemeral":    {perMinute(100), 100},
	"users.info":            {perMinute(100), 100},
	"views.open":            {perMinute(100), 100},
	"views.push":            {perMinute(100), 100},
	"views.update":          {perMinute(100), 100},
	"views.publish":         {perMinute(100), 20},
}

var defaultPace = pace{perMinute(50), 8}

func perMinute(n float64) rate.Limit { return rate.Limit(n / 60) }

// pacer is a transport that keeps each method at Slack's pace, and every method
// still while Slack has asked for that. It is what stands between a server that
// refuses every connection and a thousand attempts a second.
type pacer struct {
	next http.RoundTripper
	now  func() time.Time

	mu      sync.Mutex
	methods map[string]*rate.Limiter
	held    map[string]time.Time
}

func newPacer(next http.RoundTripper) *pacer {
	return &pacer{next: next, now: time.Now, methods: map[string]*rate.Limiter{}, held: map[string]time.Time{}}
}

// transport reaches Slack over dial, or over TCP where it is nil.
func transport(dial func(context.Context, string, string) (net.Conn, error)) *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	if dial != nil {
		t.DialContext, t.Proxy, t.DisableKeepAlives = dial, nil, true
	}
	return t
}

func (p *pacer) RoundTrip(r *http.Request) (*http.Response, error) {
	method := path.Base(r.URL.Path)
	limiter, held := p.limiter(method)
	if held > 0 {
		return nil, &slack.RateLimitedError{RetryAfter: held}
	}
	if err := limiter.Wait(r.Context()); err != nil {
		return nil, &slack.RateLimitedError{RetryAfter: time.Second}
	}
	res, err := p.next.RoundTrip(r)
	if err == nil && res.StatusCode == http.StatusTooManyRequests {
		p.hold(method, res.Header.Get("Retry-After"))
	}
	return res, err
}

func (p *pacer) limiter(method string) (*rate.Limiter, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.methods[method]
	if l == nil {
		at, ok := paces[method]
		if !ok {
			at = defaultPace
		}
		l = rate.NewLimiter(at.limit, at.burst)
		p.methods[method] = l
	}
	return l, p.held[method].Sub(p.now())
}

func (p *pacer) hold(method, after string) {
	seconds, err := strconv.Atoi(after)
	if err != nil || seconds < 1 {
		seconds = 30
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held[method] = p.now().Add(time.Duration(seconds) * time.Second)
}

// FatalError is returned by Run when the installation is over: going on would
// not help. Its text says what happened and what to do.
type FatalError struct {
	Code string // Slack's
	hint string
}

func (e *FatalError) Error() string { return e.hint }

// overCodes are Slack's words for an installation that is over, with what to do.
var overCodes = map[string]string{
	"invalid_auth":            "Slack does not accept a token. Copy both again: xoxb- from OAuth & Permissions, xapp- from Basic Information.",
	"not_authed":              "Slack got no token. Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.",
	"account_inactive":        "The app's account in this workspace is deactivated. Install the app again.",
	"token_revoked":           "The app was removed from the workspace or its token revoked. Install it again and copy the new token.",
	"token_expired":           "The token has expired: token rotation is on. Turn it off for the app, install it again and copy the new token.",
	"missing_scope":           "A token lacks a permission. Bring the app's scopes in line with `pitch manifest`, install it again; the xapp- token needs connections:write.",
	"not_allowed_token_type":  "The tokens are swapped or of the wrong kind: xoxb- is SLACK_BOT_TOKEN, xapp- is SLACK_APP_TOKEN.",
	"messages_tab_disabled":   "The app's Messages tab is off. Turn it on under App Home.",
	"team_access_not_granted": "The workspace has not granted the app access. Ask its owner to approve it.",
}

// over reports whether an error means that the installation is over.
func over(err error) bool { _, is := overCodes[errorCode(err)]; return is }

func fatal(err error) *FatalError {
	code := errorCode(err)
	hint, known := overCodes[code]
	if !known {
		hint = "Slack refuses this installation."
	}
	return &FatalError{Code: code, hint: hint + " (Slack says: " + code + ")"}
}

// errorCode is Slack's code for an error, or a word for the rest. It never
// contains a token, an address or a name, so it may be logged.
func errorCode(err error) string {
	var said slack.SlackErrorResponse
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var network net.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &said):
		return said.Err
	case errors.As(err, &limited):
		return "ratelimited"
	case errors.As(err, &status):
		return "http_" + strconv.Itoa(status.Code)
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "timeout"
	case errors.As(err, &network):
		return "network"
	}
	if _, is := overCodes[err.Error()]; is {
		return err.Error()
	}
	return "unexpected"
}

// absent reports whether a server does not have a method at all, as some
// stand-ins for Slack do not.
func absent(err error) bool {
	code := errorCode(err)
	return code == "unknown_method" || code == "http_404" || code == "http_501"
}

// refusedCodes are those after which nothing was posted and nothing ever will
// be: this person, this channel, or a message Slack does not take.
var refusedCodes = map[string]bool{
	"user_disabled": true, "user_not_found": true, "user_not_visible": true, "cannot_dm_bot": true,
	"channel_not_found": true, "is_archived": true, "not_in_channel": true, "restricted_action": true,
	"restricted_action_read_only_channel": true, "restricted_action_thread_only_channel": true,
	"invalid_blocks": true, "invalid_blocks_format": true, "msg_too_long": true, "no_text": true,
	"invalid_arguments": true, "message_not_found": true, "cant_update_message": true,
}

// sendError is what became of a message that Slack did not confirm, in the terms
// of nudges.
func sendError(err error) error {
	var limited *slack.RateLimitedError
	code := errorCode(err)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &limited):
		return &nudges.RetryError{After: max(limited.RetryAfter, time.Second), Err: errors.New(code)}
	case code == "ratelimited" || code == "service_unavailable" || code == "request_timeout":
		return &nudges.RetryError{After: 30 * time.Second, Err: errors.New(code)}
	case refusedCodes[code] || over(err):
		return fmt.Errorf("%w: %s", nudges.ErrRefused, code)
	}
	return fmt.Errorf("%w: %s", nudges.ErrUncertain, code)
}

// respond posts to a response_url: five times in thirty minutes, and the library's
// helper neither reads the answer nor gives up.
func (b *Bot) respond(ctx context.Context, url string, r Reply) error {
	if url == "" {
		return errors.New("no response_url")
	}
	body, err := json.Marshal(r.message(true))
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return errors.New("a response_url that is none")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := b.web.Do(req)
	if err != nil {
		return errors.New("posting to a response_url: " + errorCode(err))
	}
	defer func() { _ = res.Body.Close() }()
	answer, _ := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	var said struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(answer, &said) == nil && said.OK != nil && !*said.OK {
		return slack.SlackErrorResponse{Err: said.Error}
	}
	if res.StatusCode != http.StatusOK {
		return slack.StatusCodeError{Code: res.StatusCode}
	}
	return nil
}

// openDM is the id of the direct message with a founder, opened and kept when
// they say yes to messages.
func (b *Bot) openDM(ctx context.Context, owner store.Owner) (store.ChannelID, error) {
	dm, _, _, err := b.slack.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(owner.User)}})
	if err != nil {
		return "", err
	}
	return store.ChannelID(dm.ID), nil
}

// members remembers for a while who people are.
type members struct {
	mu    sync.Mutex
	known map[store.UserID]known
}

type known struct {
	member
	at time.Time
}

// Members are remembered for a kick-off's worth of commands, and not so long
// that somebody who moved or became a guest is mistaken.
const (
	membersFor  = 10 * time.Minute
	membersKept = 10_000
)

func (m *members) get(user store.UserID, now time.Time) (member, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.known[user]
	return k.member, ok && now.Sub(k.at) < membersFor
}

func (m *members) put(who member, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= membersKept {
		m.known = map[store.UserID]known{}
	}
	m.known[who.ID] = known{who, now}
}

// lookUp asks Slack who somebody is, or remembers.
func (b *Bot) lookUp(ctx context.Context, user store.UserID) (member, error) {
	if who, ok := b.members.get(user, b.Now()); ok {
		return who, nil
	}
	u, err := b.slack.GetUserInfoContext(ctx, string(user))
	if err != nil {
		return member{}, err
	}
	who := member{
		ID: user, Team: store.TeamID(u.TeamID), Zone: u.TZ, Deleted: u.Deleted, Bot: u.IsBot,
		Restricted: u.IsRestricted, Ultra: u.IsUltraRestricted, Stranger: u.IsStranger, Admin: u.IsAdmin || u.IsOwner,
	}
	b.members.put(who, b.Now())
	return who, nil
}
