package localslack

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Call is one call of the Web API, as [Workspace.Calls] lists them.
type Call struct {
	At      time.Time // by Config.Now
	Method  string
	Channel string // the channel or user argument, if there was one
	Error   string // Slack's error code, empty for ok
	Status  int    // the HTTP status
	Faulty  bool   // an injected fault spoilt the answer
}

// keptCalls bounds the list of calls.
const keptCalls = 100_000

// apiError is an answer with ok false.
type apiError struct {
	code     string
	extra    object
	injected bool // a fault's, not the bot's
}

func fail(code string) *apiError { return &apiError{code: code} }

// method is one Web API method.
type method struct {
	tier  tier
	scope string // the bot scope it needs, empty for none
	app   bool   // takes the app-level token
	run   func(*Workspace, args) (object, *apiError)
}

// methods is the Web API, with the tier and scope each page of
// docs.slack.dev/reference/methods gives.
func methods() map[string]method {
	return map[string]method{
		"auth.test":             {special, "", false, (*Workspace).authTest},
		"apps.connections.open": {tier3, "", true, (*Workspace).appsConnectionsOpen},
		"chat.postMessage":      {0, "chat:write", false, (*Workspace).chatPostMessage},
		"chat.postEphemeral":    {tier4, "chat:write", false, (*Workspace).chatPostEphemeral},
		"chat.update":           {tier3, "chat:write", false, (*Workspace).chatUpdate},
		"chat.delete":           {tier3, "chat:write", false, (*Workspace).chatDelete},
		"conversations.open":    {tier3, "im:write", false, (*Workspace).conversationsOpen},
		"conversations.history": {tier3, "", false, (*Workspace).conversationsHistory},
		"conversations.info":    {tier3, "", false, (*Workspace).conversationsInfo},
		"users.info":            {tier4, "users:read", false, (*Workspace).usersInfo},
		"users.list":            {tier2, "users:read", false, (*Workspace).usersList},
		"team.info":             {tier3, "team:read", false, (*Workspace).teamInfo},
		"views.open":            {tier4, "", false, (*Workspace).viewsOpen},
		"views.push":            {tier4, "", false, (*Workspace).viewsPush},
		"views.update":          {tier4, "", false, (*Workspace).viewsUpdate},
		"views.publish":         {tier4, "", false, (*Workspace).viewsPublish},

		"files.getUploadURLExternal":   {tier4, "files:write", false, (*Workspace).filesGetUploadURLExternal},
		"files.completeUploadExternal": {tier4, "files:write", false, (*Workspace).filesCompleteUploadExternal},
	}
}

// Handler answers the Web API under /api/, Socket Mode under /link/, response
// URLs under /hooks/ and the addresses of files.getUploadURLExternal under
// /upload/.
func (w *Workspace) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", w.serveAPI)
	mux.HandleFunc("/link/", w.serveSocket)
	mux.HandleFunc("POST /hooks/{id}", w.serveHook)
	mux.HandleFunc("POST /upload/v1/{id}", w.serveUpload)
	return mux
}

// Calls lists the Web API calls so far, oldest first.
func (w *Workspace) Calls() []Call {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.calls)
}

// begin counts a request among what Close waits for; a closed workspace
// answers nobody.
func (w *Workspace) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		panic(http.ErrAbortHandler)
	}
	w.work.Add(1)
	w.active++
	w.lastMove = w.tick()
}

func (w *Workspace) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.active--
	w.lastMove = w.tick()
	w.work.Done()
}

func (w *Workspace) serveAPI(rw http.ResponseWriter, r *http.Request) {
	w.begin()
	defer w.end()
	name := r.PathValue("method")
	// A request is read whole before it is answered, also with a fault: closing on
	// what is still being sent would look like a cut connection.
	a, aerr := parseArgs(r)
	w.mu.Lock()
	fault := w.takeAPIFault(name)
	w.mu.Unlock()
	if !w.wait(r.Context(), fault.Delay) {
		panic(http.ErrAbortHandler)
	}
	if fault.spoils() && !fault.After {
		w.record(Call{Method: name, Error: fault.Code, Status: fault.Status, Faulty: true})
		spoil(rw, fault)
		return
	}
	status, retry, body := w.answer(name, r.Host, a, aerr)
	code, _ := body["error"].(string)
	w.record(Call{Method: name, Channel: a.target(), Error: code, Status: status, Faulty: fault.spoils()})
	if fault.spoils() {
		spoil(rw, fault)
		return
	}
	// Slack lists a token's scopes on every answer; there is no other way to ask.
	rw.Header().Set("X-OAuth-Scopes", w.scopesOf(a.token))
	writeAnswer(rw, status, retry, body)
}

// scopesOf lists the scopes of a token, as Slack's response header does.
func (w *Workspace) scopesOf(token string) string {
	switch token {
	case w.cfg.AppToken:
		return "connections:write"
	case w.cfg.BotToken:
		return strings.Join(w.cfg.Scopes, ",")
	}
	return ""
}

// answer runs one call: token, scope, limits, then the method itself.
func (w *Workspace) answer(name, host string, a args, aerr *apiError) (status, retry int, body object) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.host = host
	m, known := w.methods[name]
	var out object
	switch err := w.admit(name, m, known, a); {
	case aerr != nil:
		out = w.refusal(name, aerr)
	case err != nil:
		out = w.refusal(name, err)
	default:
		wait := w.limitCall(name, m, a)
		if wait > 0 {
			w.problem("%s: rate limited, wait %v", name, wait.Round(time.Millisecond))
			return http.StatusTooManyRequests, retryAfter(wait), object{"ok": false, "error": "ratelimited"}
		}
		res, err := m.run(w, a)
		if err != nil {
			out = w.refusal(name, err)
			break
		}
		out = object{"ok": true}
		for k, v := range res {
			out[k] = v
		}
	}
	return http.StatusOK, 0, out
}

// limitCall takes a token from the buckets of one call. The lock is held.
func (w *Workspace) limitCall(name string, m method, a args) time.Duration {
	if name == "chat.postMessage" {
		return w.limitPost(a.str("channel"))
	}
	return w.limit(name, m.tier)
}

// admit checks the token and its scope. The lock is held.
func (w *Workspace) admit(name string, m method, known bool, a args) *apiError {
	want := w.cfg.BotToken
	if m.app {
		want = w.cfg.AppToken
	}
	switch {
	case !known:
		return fail("unknown_method")
	case a.token == "":
		return fail("not_authed")
	case w.revoked && (a.token == w.cfg.BotToken || a.token == w.cfg.AppToken):
		return fail("token_revoked")
	case a.token == want:
		return w.needScope(m.scope)
	case a.token == w.cfg.BotToken || a.token == w.cfg.AppToken:
		return fail("not_allowed_token_type")
	}
	return fail("invalid_auth")
}

// needScope refuses a call the bot token has no scope for. The lock is held.
func (w *Workspace) needScope(scope string) *apiError {
	if scope == "" || slices.Contains(w.cfg.Scopes, scope) {
		return nil
	}
	return &apiError{code: "missing_scope", extra: object{"needed": scope, "provided": strings.Join(w.cfg.Scopes, ",")}}
}

// expectedRefusal lists what a correct bot meets: the world changed under it.
func expectedRefusal(code string) bool {
	return slices.Contains([]string{
		"user_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot", "channel_not_found",
		"not_in_channel", "user_not_in_channel", "is_archived", "hash_conflict", "message_not_found",
		"token_revoked", "not_found",
	}, code)
}

// refusal is the body of an error answer. The lock is held.
func (w *Workspace) refusal(name string, err *apiError) object {
	if !err.injected && !expectedRefusal(err.code) {
		detail := ""
		if m, ok := err.extra["response_metadata"].(object); ok {
			list, _ := m["messages"].([]string)
			detail = " " + strings.Join(list, "; ")
		}
		w.problem("%s: %s%s", name, err.code, detail)
	}
	out := object{"ok": false, "error": err.code}
	for k, v := range err.extra {
		out[k] = v
	}
	return out
}

func (w *Workspace) record(c Call) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.At = w.cfg.Now()
	if c.Status == 0 {
		c.Status = http.StatusOK
	}
	if len(w.calls) >= keptCalls {
		w.calls = slices.Delete(w.calls, 0, keptCalls/2)
	}
	w.calls = append(w.calls, c)
	w.cfg.Log.Debug("api call", "method", c.Method, "channel", c.Channel, "error", c.Error, "status", c.Status)
}

// wait pauses for d and reports whether there is still somebody to answer.
func (w *Workspace) wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-w.ctx.Done():
	}
	return false
}

// spoil answers the way the fault says.
func spoil(rw http.ResponseWriter, f APIFault) {
	if f.Cut {
		panic(http.ErrAbortHandler)
	}
	status, code := f.Status, f.Code
	if code == "" && status == http.StatusTooManyRequests {
		code = "ratelimited"
	}
	if code == "" {
		http.Error(rw, http.StatusText(status), status)
		return
	}
	if status == 0 {
		status = http.StatusOK
	}
	writeAnswer(rw, status, f.RetryAfter, object{"ok": false, "error": code})
}

func writeAnswer(rw http.ResponseWriter, status, retry int, body object) {
	if retry > 0 {
		rw.Header().Set("Retry-After", strconv.Itoa(retry))
	}
	raw, err := json.Marshal(body)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	rw.Write(raw)
}
