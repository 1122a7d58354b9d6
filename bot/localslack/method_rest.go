package localslack

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (w *Workspace) authTest(args) (object, *apiError) {
	return object{
		"url": "https://" + w.cfg.Team.Domain + ".slack.com/", "team": w.cfg.Team.Name, "team_id": w.cfg.Team.ID,
		"user": strings.ToLower(w.cfg.App.Name), "user_id": w.cfg.App.BotUserID, "bot_id": w.cfg.App.BotID,
		"is_enterprise_install": false,
	}, nil
}

func (w *Workspace) teamInfo(args) (object, *apiError) {
	t := w.cfg.Team
	return object{"team": object{"id": t.ID, "name": t.Name, "domain": t.Domain, "url": "https://" + t.Domain + ".slack.com/"}}, nil
}

func (w *Workspace) conversationsOpen(a args) (object, *apiError) {
	if id := a.str("channel"); id != "" {
		r := w.rooms[id]
		if r == nil || r.with == "" {
			return nil, fail("channel_not_found")
		}
		return w.opened(r, a), nil
	}
	users := strings.Split(a.str("users"), ",")
	if users[0] == "" {
		return nil, fail("users_list_not_supplied")
	}
	if len(users) > 1 {
		return nil, &apiError{code: "missing_scope", extra: object{"needed": "mpim:write", "provided": strings.Join(w.cfg.Scopes, ",")}}
	}
	r, err := w.openDM(users[0])
	if err != nil {
		return nil, err
	}
	return w.opened(r, a), nil
}

func (w *Workspace) opened(r *room, a args) object {
	if a.flag("return_im") {
		return object{"channel": w.roomJSON(r)}
	}
	return object{"channel": object{"id": r.ID}}
}

func (w *Workspace) conversationsInfo(a args) (object, *apiError) {
	r := w.rooms[a.str("channel")]
	if r == nil {
		return nil, fail("channel_not_found")
	}
	if err := w.needScope(r.scope("read")); err != nil {
		return nil, err
	}
	return object{"channel": w.roomJSON(r)}, nil
}

// scope names the scope that lets an app read or see the history of a room.
func (r *room) scope(what string) string {
	switch {
	case r.with != "":
		return "im:" + what
	case r.Private:
		return "groups:" + what
	}
	return "channels:" + what
}

func (w *Workspace) roomJSON(r *room) object {
	if r.with != "" {
		return object{"id": r.ID, "is_im": true, "user": r.with, "is_archived": false, "is_org_shared": false, "is_open": true}
	}
	return object{
		"id": r.ID, "name": r.Name, "name_normalized": r.Name, "is_channel": !r.Private, "is_group": r.Private, "is_im": false,
		"is_private": r.Private, "is_archived": r.Archived, "is_member": r.holds(w.cfg.App.BotUserID),
		"is_general": false, "num_members": len(r.Members),
	}
}

func (w *Workspace) conversationsHistory(a args) (object, *apiError) {
	r := w.rooms[a.str("channel")]
	if r == nil {
		return nil, fail("channel_not_found")
	}
	if err := w.needScope(r.scope("history")); err != nil {
		return nil, err
	}
	if !r.holds(w.cfg.App.BotUserID) {
		return nil, fail("not_in_channel")
	}
	limit, err := a.num("limit", 100, 999)
	if err != nil {
		return nil, err
	}
	latest, oldest, inclusive := a.str("latest"), a.str("oldest"), a.flag("inclusive")
	if c := a.str("cursor"); c != "" {
		if latest, inclusive = openCursor(c), false; latest == "" {
			return nil, fail("invalid_cursor")
		}
	}
	list, more := []object{}, false
	for _, m := range slices.Backward(r.messages) {
		if m.Ephemeral() || !within(m.TS, oldest, latest, inclusive) {
			continue
		}
		if more = len(list) == limit; more {
			break
		}
		list = append(list, w.messageJSON(m, a.flag("include_all_metadata")))
	}
	out := object{"messages": list, "has_more": more, "pin_count": 0}
	if more {
		last, _ := list[len(list)-1]["ts"].(string)
		out["response_metadata"] = object{"next_cursor": cursor(last)}
	}
	return out, nil
}

// within compares timestamps as numbers: an argument may have fewer digits.
func within(ts, oldest, latest string, inclusive bool) bool {
	t := micros(ts)
	if oldest != "" && (t < micros(oldest) || t == micros(oldest) && !inclusive) {
		return false
	}
	return latest == "" || t < micros(latest) || t == micros(latest) && inclusive
}

func micros(ts string) int64 {
	whole, frac, _ := strings.Cut(ts, ".")
	s, _ := strconv.ParseInt(whole, 10, 64)
	us, _ := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	return s*1e6 + us
}

func cursor(s string) string { return base64.StdEncoding.EncodeToString([]byte("next:" + s)) }

func openCursor(c string) string {
	raw, _ := base64.StdEncoding.DecodeString(c)
	s, _ := strings.CutPrefix(string(raw), "next:")
	return s
}

func (w *Workspace) usersInfo(a args) (object, *apiError) {
	p := w.people[a.str("user")]
	if p == nil {
		return nil, fail("user_not_found")
	}
	return object{"user": w.userJSON(p)}, nil
}

func (w *Workspace) usersList(a args) (object, *apiError) {
	limit, err := a.num("limit", 1000, 1000)
	if err != nil {
		return nil, err
	}
	ids := append([]string{w.cfg.App.BotUserID}, w.order...)
	from := 0
	if c := a.str("cursor"); c != "" {
		if from = slices.Index(ids, openCursor(c)); from < 0 {
			return nil, fail("invalid_cursor")
		}
	}
	next := ""
	to := len(ids)
	if from+limit < to {
		to = from + limit
		next = cursor(ids[to])
	}
	members := []object{}
	for _, id := range ids[from:to] {
		members = append(members, w.userJSON(w.people[id]))
	}
	return object{"members": members, "cache_ts": w.cfg.Now().Unix(), "response_metadata": object{"next_cursor": next}}, nil
}

// userJSON is a user as users.info shows them. The lock is held.
func (w *Workspace) userJSON(p *person) object {
	out := object{
		"id": p.ID, "team_id": p.Team, "name": p.Name, "deleted": p.Deactivated, "real_name": p.RealName,
		"profile": object{
			"real_name": p.RealName, "real_name_normalized": p.RealName, "display_name": p.Name,
			"display_name_normalized": p.Name, "team": p.Team,
		},
		"is_bot": p.Bot, "is_app_user": false, "updated": w.cfg.Now().Unix(),
	}
	if p.Stranger {
		out["is_stranger"] = true
	}
	if p.Deactivated {
		return out // Slack leaves the rest out for deactivated members
	}
	out["is_admin"], out["is_owner"], out["is_primary_owner"] = p.Admin || p.Owner, p.Owner, false
	out["is_restricted"], out["is_ultra_restricted"] = p.Restricted || p.UltraGuest, p.UltraGuest
	if p.TZ != "" {
		out["tz"] = p.TZ
		if loc, err := time.LoadLocation(p.TZ); err == nil {
			label, offset := w.cfg.Now().In(loc).Zone()
			out["tz_label"], out["tz_offset"] = label, offset
		}
	}
	return out
}
