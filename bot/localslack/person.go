package localslack

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

var (
	// ErrNobody is returned when a person does not exist or is deactivated.
	ErrNobody = errors.New("no such person")
	// ErrNowhere is returned when a channel, message or view does not exist or
	// is not on the person's screen.
	ErrNowhere = errors.New("no such place")
	// ErrNothing is returned when nothing of that name can be pressed or filled in.
	ErrNothing = errors.New("nothing of that name")
)

// who finds a person by id or handle. The lock is held.
func (w *Workspace) who(user string) (*person, error) {
	user = strings.TrimPrefix(user, "@")
	p := w.people[user]
	if p == nil {
		for _, id := range w.order {
			if strings.EqualFold(w.people[id].Name, user) || strings.EqualFold(w.people[id].RealName, user) {
				p = w.people[id]
			}
		}
	}
	if p == nil {
		return nil, fmt.Errorf("%w: %q", ErrNobody, user)
	}
	if p.Deactivated {
		return nil, fmt.Errorf("%w: %s is deactivated", ErrNobody, p.Name)
	}
	return p, nil
}

// where finds a room a person can be in: "dm" or "" for the one with the bot,
// an id, or a channel's name with or without "#". The lock is held.
func (w *Workspace) where(p *person, channel string) (*room, error) {
	if channel == "" || channel == "dm" {
		return w.dm(p.ID), nil
	}
	r := w.rooms[channel]
	for _, id := range w.roomIDs {
		if x := w.rooms[id]; r == nil && x.with == "" && x.Name == strings.TrimPrefix(channel, "#") {
			r = x
		}
	}
	if r == nil || r.with != "" && r.with != p.ID || r.Private && !r.holds(p.ID) {
		return nil, fmt.Errorf("%w: %q", ErrNowhere, channel)
	}
	return r, nil
}

// at finds a person and a room.
func (w *Workspace) at(user, channel string) (*person, *room, error) {
	p, err := w.who(user)
	if err != nil {
		return nil, nil, err
	}
	r, err := w.where(p, channel)
	return p, r, err
}

// DM returns the id of a person's direct message with the bot, opening it.
func (w *Workspace) DM(user string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return "", err
	}
	return w.dm(p.ID).ID, nil
}

// Command types a slash command. Text with a leading slash names the command,
// otherwise it is the app's; "/invite @Pitch" and "/remove @Pitch" are Slack's
// own. What comes back is on the person's screen once the workspace is quiet.
func (w *Workspace) Command(user, channel, text string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, r, err := w.at(user, channel)
	if err != nil {
		return err
	}
	w.setMember(r, p.ID, true) // one types only where one is
	command := w.cfg.App.Command
	if strings.HasPrefix(text, "/") {
		command, text, _ = strings.Cut(text, " ")
	}
	if command != w.cfg.App.Command {
		w.builtin(p, r, command, text)
		return nil
	}
	what := strings.TrimSpace("command " + command + " " + text)
	w.send(&envelope{
		kind: "slash_commands", what: what, accepts: true, payload: w.commandPayload(p, r, command, strings.TrimSpace(text)),
		acked: func(payload json.RawMessage) { w.commandAcked(what, r.ID, p.ID, payload) },
		failed: func(reason string) {
			w.slackbot(p, r, fmt.Sprintf("%s failed with the error %q", command, reason))
		},
	})
	return nil
}

// builtin carries out Slack's own commands: those that bring the bot into a
// channel and out of it. The lock is held.
func (w *Workspace) builtin(p *person, r *room, command, text string) {
	bot := strings.EqualFold(strings.TrimPrefix(strings.TrimSpace(text), "@"), w.cfg.App.Name)
	switch {
	case r.with == "" && bot && command == "/invite":
		w.setMember(r, w.cfg.App.BotUserID, true)
	case r.with == "" && bot && (command == "/remove" || command == "/kick"):
		w.setMember(r, w.cfg.App.BotUserID, false)
	default:
		w.slackbot(p, r, command+" is not a valid command.")
	}
}

func (w *Workspace) commandPayload(p *person, r *room, command, text string) object {
	return object{
		"token": "local-verification-token", "team_id": w.cfg.Team.ID, "team_domain": w.cfg.Team.Domain,
		"channel_id": r.ID, "channel_name": r.label(), "user_id": p.ID, "user_name": p.Name,
		"command": command, "text": text, "api_app_id": w.cfg.App.ID, "is_enterprise_install": "false",
		"response_url": w.newHook(hook{room: r.ID, user: p.ID}), "trigger_id": w.newTrigger(p.ID, ""),
	}
}

// label is a room's name in payloads.
func (r *room) label() string {
	switch {
	case r.with != "":
		return "directmessage"
	case r.Private:
		return "privategroup"
	}
	return r.Name
}

// slackbot shows a person something Slack itself says. The lock is held.
func (w *Workspace) slackbot(p *person, r *room, text string) {
	m := &Message{TS: w.newTS(), Channel: r.ID, User: "USLACKBOT", Text: text, OnlyFor: p.ID, Seq: w.changed()}
	r.messages = append(r.messages, m)
	w.notices = append(w.notices, Notice{User: p.ID, Text: text, Message: m.TS, Seq: m.Seq})
}

// warn shows a person a notice that is not a message. The lock is held.
func (w *Workspace) warn(p *person, text string) {
	w.notices = append(w.notices, Notice{User: p.ID, Text: text, Seq: w.changed()})
}

// Say writes a message. In the direct message with the bot, the bot hears it.
func (w *Workspace) Say(user, channel, text string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, r, err := w.at(user, channel)
	if err != nil {
		return err
	}
	w.setMember(r, p.ID, true)
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	m := &Message{TS: w.newTS(), Channel: r.ID, User: p.ID, Text: escaped, Seq: w.changed()}
	r.messages = append(r.messages, m)
	if r.with == "" {
		return nil
	}
	event := w.messageJSON(m, false)
	event["client_msg_id"] = w.newUUID()
	event["blocks"] = []object{{"type": "rich_text", "block_id": w.newID("b"), "elements": []object{
		{"type": "rich_text_section", "elements": []object{{"type": "text", "text": text}}},
	}}}
	w.messageEvent(r, event)
	return nil
}

// OpenHome opens the app's Home.
func (w *Workspace) OpenHome(user string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return err
	}
	event := object{"type": "app_home_opened", "user": p.ID, "channel": w.dm(p.ID).ID, "tab": "home", "event_ts": w.newTS()}
	if p.home != nil {
		event["view"] = w.viewJSON(p.home)
	}
	w.event("app_home_opened", event)
	return nil
}

// event sends an event the app has subscribed to. The lock is held.
func (w *Workspace) event(kind string, event object) {
	if !slices.Contains(w.cfg.Events, kind) {
		return
	}
	w.send(&envelope{kind: "events_api", what: "event " + kind, payload: object{
		"token": "local-verification-token", "team_id": w.cfg.Team.ID, "context_team_id": w.cfg.Team.ID, "context_enterprise_id": nil,
		"api_app_id": w.cfg.App.ID, "event": event, "type": "event_callback", "event_id": w.newEventID(),
		"event_time": w.cfg.Now().Unix(), "is_ext_shared_channel": false, "event_context": "4-local-" + w.newID("C"),
		"authorizations": []object{{
			"enterprise_id": nil, "team_id": w.cfg.Team.ID, "user_id": w.cfg.App.BotUserID, "is_bot": true, "is_enterprise_install": false,
		}},
	}})
}
