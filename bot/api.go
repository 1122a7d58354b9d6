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
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"pitch/nudges"
	"pitch/store"
)

// apiTimeout bounds a request to Slack: the library's own client has none.
const apiTimeout = 20 * time.Second

// transport reaches Slack over dial, or over TCP where it is nil.
func transport(dial func(context.Context, string, string) (net.Conn, error)) *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	if dial != nil {
		t.DialContext, t.Proxy, t.DisableKeepAlives = dial, nil, true
	}
	return t
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
	case refusedCodes[code] || over(err):
		return fmt.Errorf("%w: %s", nudges.ErrRefused, code)
	case notPosted(err):
		return &nudges.RetryError{After: 30 * time.Second, Err: errors.New(code)}
	}
	return fmt.Errorf("%w: %s", nudges.ErrUncertain, code)
}

// notPosted reports whether it is certain that Slack did nothing: it was never
// reached, or said no with a code that is not one of its own mishaps.
func notPosted(err error) bool {
	var said slack.SlackErrorResponse
	var network *net.OpError
	var lookup *net.DNSError
	switch {
	case errors.As(err, &lookup), errors.As(err, &network) && network.Op == "dial":
		return true
	case errors.As(err, &said):
		return said.Err != "" && said.Err != "internal_error" && said.Err != "fatal_error"
	}
	return errorCode(err) == "http_429"
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

// errNoAnswer is returned when Slack answered without saying anything, as the
// library lets pass.
var errNoAnswer = errors.New("an answer without content")

// openDM is the id of the direct message with a founder, opened and kept when
// they say yes to messages.
func (b *Bot) openDM(ctx context.Context, owner store.Owner) (store.ChannelID, error) {
	dm, _, _, err := b.slack.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(owner.User)}})
	if err == nil && dm.ID == "" {
		err = errNoAnswer
	}
	if err != nil {
		return "", err
	}
	return store.ChannelID(dm.ID), nil
}
