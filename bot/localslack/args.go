package localslack

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxBody is more than anything Slack accepts.
const maxBody = 4 << 20

// args are the arguments of a call, from a form, a query or a JSON body.
type args struct {
	token  string
	values map[string]json.RawMessage
}

// parseArgs reads a request as Slack does: a JSON body's token counts only in
// the header, a form's also as a field.
func parseArgs(r *http.Request) (args, *apiError) {
	a := args{values: map[string]json.RawMessage{}}
	a.addForm(r.URL.Query())
	err := a.readBody(r)
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		a.token = token
	}
	return a, err
}

func (a *args) readBody(r *http.Request) *apiError {
	if r.Method != http.MethodPost {
		return nil
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Header.Get("Content-Type") == "" && r.ContentLength == 0:
		return nil
	case err != nil:
		return fail("invalid_post_type")
	case kind == "application/json":
		return a.readJSON(r)
	case kind == "application/x-www-form-urlencoded":
		raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
		if err != nil {
			return fail("request_timeout")
		}
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return fail("invalid_form_data")
		}
		a.addForm(form)
		return nil
	case kind == "multipart/form-data":
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return fail("invalid_form_data")
		}
		a.addForm(r.PostForm)
		return nil
	}
	return fail("invalid_post_type")
}

func (a *args) readJSON(r *http.Request) *apiError {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return fail("request_timeout")
	}
	if len(raw) == 0 {
		return nil
	}
	if !json.Valid(raw) {
		return fail("invalid_json")
	}
	if err := json.Unmarshal(raw, &a.values); err != nil || a.values == nil {
		a.values = map[string]json.RawMessage{}
		return fail("json_not_object")
	}
	return nil
}

func (a *args) addForm(form url.Values) {
	for k, v := range form {
		if k == "token" {
			a.token = v[0]
			continue
		}
		raw, _ := json.Marshal(v[0])
		a.values[k] = raw
	}
}

// str is an argument as text; numbers and booleans are taken as written.
func (a args) str(name string) string {
	raw := a.values[name]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if t := string(raw); t != "null" && !strings.HasPrefix(t, "[") && !strings.HasPrefix(t, "{") {
		return t
	}
	return ""
}

// raw is an argument that is itself JSON: in a form it comes as text.
// It is nil when absent, null or empty.
func (a args) raw(name string) json.RawMessage {
	raw := a.values[name]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		raw = json.RawMessage(s)
	}
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return raw
}

func (a args) flag(name string) bool {
	b, _ := strconv.ParseBool(a.str(name))
	return b
}

// num is a whole number between 1 and limit, or otherwise when absent.
func (a args) num(name string, otherwise, limit int) (int, *apiError) {
	s := a.str(name)
	if s == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, fail("invalid_limit")
	}
	return min(n, limit), nil
}

// target is whom or what a call is about, for the list of calls.
func (a args) target() string {
	for _, name := range []string{"channel", "channel_id", "user", "users", "user_id", "view_id"} {
		if s := a.str(name); s != "" {
			return s
		}
	}
	return ""
}
