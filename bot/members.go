package bot

import (
	"cmp"
	"context"
	"sync"
	"time"

	"pitch/store"
)

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

func (m *members) forget(user store.UserID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.known, user)
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
	if u.ID == "" {
		return member{}, errNoAnswer
	}
	who := member{
		ID: user, Team: store.TeamID(u.TeamID), Name: cmp.Or(u.RealName, u.Profile.RealName, u.Name), Zone: u.TZ, Deleted: u.Deleted, Bot: u.IsBot,
		Restricted: u.IsRestricted, Ultra: u.IsUltraRestricted, Stranger: u.IsStranger, Admin: u.IsAdmin || u.IsOwner,
	}
	b.members.put(who, b.Now())
	return who, nil
}
