package localslack

import (
	"slices"
	"strings"
)

// draftOf reads what a call wants to say.
func draftOf(a args) draft {
	return draft{Text: a.str("text"), Blocks: a.raw("blocks"), Metadata: a.raw("metadata"), Thread: a.str("thread_ts")}
}

func (w *Workspace) chatPostMessage(a args) (object, *apiError) {
	r, err := w.roomFor(a.str("channel"))
	if err != nil {
		return nil, err
	}
	if err := w.mayPost(r); err != nil {
		return nil, err
	}
	d := draftOf(a)
	if err := w.check(d, maxText); err != nil {
		return nil, err
	}
	m := w.post(r, d, "")
	return object{"channel": r.ID, "ts": m.TS, "message": w.messageJSON(m, true)}, nil
}

func (w *Workspace) chatPostEphemeral(a args) (object, *apiError) {
	r, err := w.roomFor(a.str("channel"))
	if err != nil {
		return nil, err
	}
	if err := w.mayPost(r); err != nil {
		return nil, err
	}
	user := a.str("user")
	p := w.people[user]
	if p == nil {
		return nil, fail("user_not_found")
	}
	if !r.holds(user) || p.Deactivated {
		return nil, fail("user_not_in_channel")
	}
	d := draftOf(a)
	if err := w.check(d, maxText); err != nil {
		return nil, err
	}
	return object{"message_ts": w.post(r, d, user).TS}, nil
}

func (w *Workspace) chatUpdate(a args) (object, *apiError) {
	r, m, err := w.ownMessage(a, "cant_update_message")
	if err != nil {
		return nil, err
	}
	d := draftOf(a)
	if err := w.check(d, maxUpdateText); err != nil {
		return nil, err
	}
	w.edit(r, m, d)
	return object{"channel": r.ID, "ts": m.TS, "text": m.Text, "message": w.messageJSON(m, true)}, nil
}

func (w *Workspace) chatDelete(a args) (object, *apiError) {
	r, m, err := w.ownMessage(a, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	w.remove(r, m)
	return object{"channel": r.ID, "ts": m.TS}, nil
}

// ownMessage finds the message a call wants to change; it takes a channel id,
// not a user's. The lock is held.
func (w *Workspace) ownMessage(a args, notOwn string) (*room, *Message, *apiError) {
	r := w.rooms[a.str("channel")]
	if r == nil {
		return nil, nil, fail("channel_not_found")
	}
	m := r.message(a.str("ts"))
	if m == nil || m.Ephemeral() {
		return nil, nil, fail("message_not_found")
	}
	if m.BotID != w.cfg.App.BotID {
		return nil, nil, fail(notOwn)
	}
	return r, m, nil
}

// roomFor finds a room by id, by "#name", or by a user's id for the direct
// message with them. The lock is held.
func (w *Workspace) roomFor(channel string) (*room, *apiError) {
	if channel == "" {
		return nil, fail("invalid_arguments")
	}
	if r := w.rooms[channel]; r != nil {
		if p := w.people[r.with]; p != nil && p.Deactivated {
			return nil, fail("user_disabled")
		}
		return r, nil
	}
	if _, ok := w.people[channel]; ok {
		return w.openDM(channel)
	}
	for _, id := range w.roomIDs {
		if w.rooms[id].Name == strings.TrimPrefix(channel, "#") {
			return w.rooms[id], nil
		}
	}
	return nil, fail("channel_not_found")
}

// openDM finds or makes the direct message with a user. The lock is held.
func (w *Workspace) openDM(user string) (*room, *apiError) {
	p := w.people[user]
	switch {
	case p == nil:
		return nil, fail("user_not_found")
	case p.Deactivated:
		return nil, fail("user_disabled")
	case p.Bot:
		return nil, fail("cannot_dm_bot")
	}
	return w.dm(user), nil
}

// dm is the direct message with a user. The lock is held.
func (w *Workspace) dm(user string) *room {
	id := "D" + strings.TrimPrefix(user, "U")
	r := w.rooms[id]
	if r == nil {
		r = &room{Channel: Channel{ID: id, Members: []string{user, w.cfg.App.BotUserID}}, with: user}
		w.rooms[id] = r
		w.roomIDs = append(w.roomIDs, id)
	}
	return r
}

// mayPost refuses rooms the app cannot post to. The lock is held.
func (w *Workspace) mayPost(r *room) *apiError {
	switch {
	case r.Archived:
		return fail("is_archived")
	case r.holds(w.cfg.App.BotUserID):
		return nil
	case r.Private:
		return fail("channel_not_found")
	}
	return fail("not_in_channel")
}

func (r *room) holds(user string) bool { return slices.Contains(r.Members, user) }

func (r *room) message(ts string) *Message {
	for _, m := range slices.Backward(r.messages) {
		if m.TS == ts {
			return m
		}
	}
	return nil
}
