package localslack

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"time"
)

// A response URL works five times within thirty minutes.
const (
	hookUses = 5
	hookLife = 30 * time.Minute
)

// hook is a response_url.
type hook struct {
	room   string
	user   string
	source string // the message that was acted in, empty for a command
	made   time.Time
	used   int
}

// reply is what an ack or a response URL may carry.
type reply struct {
	draft
	Type    string `json:"response_type"`
	Replace bool   `json:"replace_original"`
	Delete  bool   `json:"delete_original"`
}

// newHook makes a response URL. The lock is held.
func (w *Workspace) newHook(h hook) string {
	id := w.newID("R")
	h.made = w.cfg.Now()
	w.hooks[id] = &h
	maps.DeleteFunc(w.hooks, func(_ string, h *hook) bool { return w.cfg.Now().Sub(h.made) > 20*hookLife })
	return "http://" + w.host + "/hooks/" + id
}

// commandAcked shows the reply in the ack of a slash command. The lock is held.
func (w *Workspace) commandAcked(what, channel, user string, payload json.RawMessage) {
	if payload == nil {
		return
	}
	var rep reply
	if err := json.Unmarshal(payload, &rep); err != nil {
		w.problem("%s: the ack's payload is not a message: %v", what, err)
		return
	}
	if err := w.check(rep.draft, maxText); err != nil {
		w.problem("%s: the ack's payload is not shown: %s %s", what, err.code, err.detail())
		return
	}
	w.show(w.rooms[channel], user, rep)
}

// show puts a reply where it belongs: to the one person unless it says
// otherwise. The lock is held.
func (w *Workspace) show(r *room, user string, rep reply) *Message {
	onlyFor := user
	if rep.Type == "in_channel" {
		onlyFor = ""
	}
	return w.post(r, rep.draft, onlyFor)
}

func (e *apiError) detail() string {
	m, _ := e.extra["response_metadata"].(object)
	raw, _ := json.Marshal(m["messages"])
	return string(raw)
}

func (w *Workspace) serveHook(rw http.ResponseWriter, r *http.Request) {
	w.begin()
	defer w.end()
	w.mu.Lock()
	fault := w.takeAPIFault("response_url")
	w.mu.Unlock()
	if !w.wait(r.Context(), fault.Delay) {
		panic(http.ErrAbortHandler)
	}
	if fault.spoils() && !fault.After {
		spoil(rw, fault)
		return
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		http.Error(rw, "bad_request", http.StatusBadRequest)
		return
	}
	code, status := w.useHook(r.PathValue("id"), raw)
	w.record(Call{Method: "response_url", Error: code, Status: status, Faulty: fault.spoils()})
	switch {
	case fault.spoils():
		spoil(rw, fault)
	case code != "":
		writeAnswer(rw, status, 0, object{"ok": false, "error": code})
	default:
		io.WriteString(rw, "ok")
	}
}

// useHook does what was posted to a response URL.
func (w *Workspace) useHook(id string, raw []byte) (code string, status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h := w.hooks[id]
	refuse := func(code string, status int, detail string) (string, int) {
		w.problem("response_url: %s%s", code, detail)
		return code, status
	}
	switch {
	case h == nil:
		return refuse("invalid_url", http.StatusNotFound, "")
	case w.cfg.Now().Sub(h.made) > hookLife:
		return refuse("expired_url", http.StatusNotFound, "")
	case h.used >= hookUses:
		return refuse("used_url", http.StatusNotFound, "")
	}
	var rep reply
	if err := json.Unmarshal(raw, &rep); err != nil {
		return refuse("invalid_payload", http.StatusBadRequest, ": "+err.Error())
	}
	if !rep.Delete {
		if err := w.check(rep.draft, maxText); err != nil && err.injected {
			return err.code, http.StatusBadRequest
		} else if err != nil {
			return refuse(err.code, http.StatusBadRequest, " "+err.detail())
		}
	}
	h.used++
	w.apply(h, rep)
	return "", http.StatusOK
}

// apply replaces, deletes or adds a message. The lock is held.
func (w *Workspace) apply(h *hook, rep reply) {
	r := w.rooms[h.room]
	source := r.message(h.source)
	switch {
	case rep.Delete && source != nil:
		w.remove(r, source)
	case rep.Delete:
		w.problem("response_url: delete_original without a message to delete")
	case rep.Replace && source != nil:
		w.edit(r, source, rep.draft)
	default:
		w.show(r, h.user, rep)
	}
}
