package localslack

import (
	"fmt"
	"slices"
	"strings"
)

// ChangeZone moves a person to another time zone.
func (w *Workspace) ChangeZone(user, zone string) error {
	return w.changeUser(user, func(p *person) { p.TZ = zone })
}

// Deactivate ends a person's membership. Nothing can be done as them after it.
func (w *Workspace) Deactivate(user string) error {
	return w.changeUser(user, func(p *person) { p.Deactivated = true; w.dropModals(p) })
}

// Reactivate begins a person's membership again.
func (w *Workspace) Reactivate(user string) error {
	w.mu.Lock()
	for _, p := range w.people {
		if p.ID == user || strings.EqualFold(p.Name, user) {
			p.Deactivated = false
		}
	}
	w.mu.Unlock()
	return w.changeUser(user, func(*person) {})
}

// Rename changes a person's handle and name.
func (w *Workspace) Rename(user, handle, realName string) error {
	return w.changeUser(user, func(p *person) { p.Name, p.RealName = handle, realName })
}

func (w *Workspace) changeUser(user string, change func(*person)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return err
	}
	change(p)
	w.changed()
	w.event("user_change", object{
		"type": "user_change", "user": w.userJSON(p), "cache_ts": w.cfg.Now().Unix(), "event_ts": w.newTS(),
	})
	return nil
}

// AddUser adds a member while the workspace runs.
func (w *Workspace) AddUser(u User) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addUser(u)
	w.order = append(w.order, u.ID)
	w.changed()
	w.event("team_join", object{"type": "team_join", "user": w.userJSON(w.people[u.ID]), "event_ts": w.newTS()})
}

// EmptyDM removes what is in a person's direct message with the bot, and closes
// their forms, as if they had never met. The bot is not told: it knows of no
// message that is still there.
func (w *Workspace) EmptyDM(user string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return err
	}
	w.dm(p.ID).messages = nil
	w.dropModals(p)
	return nil
}

// Join puts a person into a channel.
func (w *Workspace) Join(user, channel string) error { return w.member(user, channel, true) }

// Leave takes a person out of a channel.
func (w *Workspace) Leave(user, channel string) error { return w.member(user, channel, false) }

func (w *Workspace) member(user, channel string, in bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, r, err := w.at(user, channel)
	if err != nil {
		return err
	}
	w.setMember(r, p.ID, in)
	return nil
}

// Invite brings the bot into a channel, as "/invite @Pitch" does.
func (w *Workspace) Invite(user, channel string) error { return w.botMember(user, channel, true) }

// Remove takes the bot out of a channel.
func (w *Workspace) Remove(user, channel string) error { return w.botMember(user, channel, false) }

func (w *Workspace) botMember(user, channel string, in bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, r, err := w.at(user, channel)
	if err != nil {
		return err
	}
	if r.with != "" {
		return fmt.Errorf("%w: a direct message has no members to invite", ErrNowhere)
	}
	w.setMember(r, w.cfg.App.BotUserID, in)
	return nil
}

// setMember changes a channel's members. The lock is held.
func (w *Workspace) setMember(r *room, user string, in bool) {
	if r.with != "" || r.holds(user) == in {
		return
	}
	kind := "member_left_channel"
	if in {
		kind = "member_joined_channel"
		r.Members = append(r.Members, user)
	} else {
		r.Members = slices.DeleteFunc(r.Members, func(id string) bool { return id == user })
	}
	w.changed()
	w.event(kind, object{
		"type": kind, "user": user, "channel": r.ID, "channel_type": "C", "team": w.cfg.Team.ID, "event_ts": w.newTS(),
	})
}

// Archive closes a channel for good.
func (w *Workspace) Archive(channel string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if r, err := w.roomFor(channel); err == nil {
		r.Archived = true
		w.changed()
	}
}

// Uninstall removes the app: its tokens end and it is told.
func (w *Workspace) Uninstall() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.event("tokens_revoked", object{"type": "tokens_revoked", "tokens": object{"oauth": []string{}, "bot": []string{w.cfg.App.BotUserID}}, "event_ts": w.newTS()})
	w.event("app_uninstalled", object{"type": "app_uninstalled", "event_ts": w.newTS()})
	w.revoked = true
}
