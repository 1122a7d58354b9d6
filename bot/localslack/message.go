package localslack

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Message is a message as one person sees it.
type Message struct {
	TS       string
	Channel  string
	Thread   string // thread_ts of a reply
	User     string // the author; "USLACKBOT" for what Slack itself says
	BotID    string // of the app's own messages
	Text     string
	Blocks   json.RawMessage // an array, nil for none
	Metadata json.RawMessage
	Files    []File
	// OnlyFor is the one person an ephemeral message is shown to.
	OnlyFor string
	Edited  bool
	// Seq grows with every change anywhere in the workspace.
	Seq uint64
}

// Ephemeral reports whether only one person sees the message.
func (m *Message) Ephemeral() bool { return m.OnlyFor != "" }

// Time is when the message was sent.
func (m *Message) Time() time.Time {
	whole, frac, _ := strings.Cut(m.TS, ".")
	s, _ := strconv.ParseInt(whole, 10, 64)
	us, _ := strconv.ParseInt(frac, 10, 64)
	return time.Unix(s, us*1000)
}

// post puts a message of the app into a room. The lock is held.
func (w *Workspace) post(r *room, d draft, onlyFor string) *Message {
	m := &Message{
		TS: w.newTS(), Channel: r.ID, Thread: d.Thread, User: w.cfg.App.BotUserID, BotID: w.cfg.App.BotID,
		Text: d.Text, Blocks: w.withBlockIDs(d.Blocks), Metadata: compactJSON(d.Metadata), Files: d.files,
		OnlyFor: onlyFor, Seq: w.changed(),
	}
	r.messages = append(r.messages, m)
	if r.with != "" && onlyFor == "" {
		w.messageEvent(r, w.messageJSON(m, false))
	}
	return m
}

// edit replaces a message's content. The lock is held.
func (w *Workspace) edit(r *room, m *Message, d draft) {
	before := w.messageJSON(m, false)
	m.Text, m.Blocks = d.Text, w.withBlockIDs(d.Blocks)
	if len(d.Metadata) > 0 {
		m.Metadata = compactJSON(d.Metadata)
	}
	m.Edited = true
	m.Seq = w.changed()
	if r.with != "" && !m.Ephemeral() {
		w.messageEvent(r, object{
			"type": "message", "subtype": "message_changed", "hidden": true, "ts": w.newTS(),
			"message": w.messageJSON(m, false), "previous_message": before,
		})
	}
}

// remove deletes a message. The lock is held.
func (w *Workspace) remove(r *room, m *Message) {
	r.messages = slices.DeleteFunc(r.messages, func(x *Message) bool { return x == m })
	w.changed()
	if r.with != "" && !m.Ephemeral() {
		w.messageEvent(r, object{
			"type": "message", "subtype": "message_deleted", "hidden": true, "ts": w.newTS(),
			"deleted_ts": m.TS, "previous_message": w.messageJSON(m, false),
		})
	}
}

// messageEvent tells the app about a message in its direct messages, its own
// included, as Slack does. The lock is held.
func (w *Workspace) messageEvent(r *room, event object) {
	event["channel"], event["channel_type"], event["event_ts"] = r.ID, "im", event["ts"]
	w.event("message.im", event)
}

// messageJSON is a message as the API and payloads show it. The lock is held.
func (w *Workspace) messageJSON(m *Message, metadata bool) object {
	out := object{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": w.cfg.Team.ID}
	if m.BotID != "" {
		out["bot_id"], out["app_id"] = m.BotID, w.cfg.App.ID
		out["bot_profile"] = object{
			"id": m.BotID, "app_id": w.cfg.App.ID, "name": w.cfg.App.Name, "team_id": w.cfg.Team.ID, "deleted": false,
		}
	}
	if m.Blocks != nil {
		out["blocks"] = m.Blocks
	}
	if m.Files != nil {
		out["subtype"], out["files"], out["upload"] = "file_share", w.filesJSON(m.Files), false
	}
	if m.Thread != "" {
		out["thread_ts"] = m.Thread
	}
	if m.Edited {
		out["edited"] = object{"user": m.User, "ts": m.TS}
	}
	if metadata && m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	return out
}

// withBlockIDs gives every block without a block_id one, as Slack does, and
// returns nil for no blocks. The lock is held.
func (w *Workspace) withBlockIDs(raw json.RawMessage) json.RawMessage {
	var blocks []map[string]json.RawMessage
	if json.Unmarshal(raw, &blocks) != nil || len(blocks) == 0 {
		return nil
	}
	for _, b := range blocks {
		var id string
		if json.Unmarshal(b["block_id"], &id) != nil || id == "" {
			b["block_id"], _ = json.Marshal(w.newID("b"))
		}
		w.withActionIDs(b)
	}
	out, err := json.Marshal(blocks)
	if err != nil {
		return nil
	}
	return out
}

// withActionIDs does the same for the interactive elements of a block. The lock is held.
func (w *Workspace) withActionIDs(block map[string]json.RawMessage) {
	fill := func(raw json.RawMessage) json.RawMessage {
		var e map[string]json.RawMessage
		if json.Unmarshal(raw, &e) != nil || e["action_id"] != nil || !interactive(text(e["type"])) {
			return raw
		}
		e["action_id"], _ = json.Marshal(w.newID("a"))
		out, _ := json.Marshal(e)
		return out
	}
	for _, key := range []string{"accessory", "element"} {
		if block[key] != nil {
			block[key] = fill(block[key])
		}
	}
	var list []json.RawMessage
	if text(block["type"]) == "actions" && json.Unmarshal(block["elements"], &list) == nil {
		for i := range list {
			list[i] = fill(list[i])
		}
		block["elements"], _ = json.Marshal(list)
	}
}

// interactive reports whether elements of a type have an action_id.
func interactive(kind string) bool {
	return kind != "image" && kind != "mrkdwn" && kind != "plain_text"
}

// text is a JSON string's content, empty for anything else.
func text(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

func compactJSON(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if len(raw) == 0 || string(raw) == "null" || json.Compact(&b, raw) != nil {
		return nil
	}
	return b.Bytes()
}
