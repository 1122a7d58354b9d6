package bot

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"pitch/bot/parse"
	"pitch/store"
)

// handle deals with one envelope. Whatever happens it is acknowledged.
func (b *Bot) handle(ctx context.Context, d delivered) {
	var err error
	switch d.Type {
	case "slash_commands":
		err = b.onCommand(ctx, d)
	case "interactive":
		err = b.onInteraction(ctx, d)
	case "events_api":
		err = b.onEvent(ctx, d)
	default:
		err = errors.New("no such type")
	}
	if err != nil {
		b.log.Warn("an envelope was not understood", "type", d.Type, "error", err)
		_ = d.ack(ctx, nil)
	}
}

func (b *Bot) onCommand(ctx context.Context, d delivered) error {
	var c command
	if err := json.Unmarshal(d.Payload, &c); err != nil || c.User == "" {
		return errors.New("an odd slash command")
	}
	v := &visit{
		Bot: b, owner: store.Owner{Team: c.Team, User: c.User}, now: b.Now(), seen: []string{d.ID},
		channel: c.Channel, inDM: c.ChannelName == "directmessage", trigger: c.Trigger, hook: c.ResponseURL,
	}
	v.unasked = forAnyone(c.Text)
	v.answer(ctx, d, func(ctx context.Context) (Reply, error) { return v.words(ctx, c.Text) })
	return nil
}

// forAnyone reports whether words can be answered to somebody new before Slack
// has said who they are: with the welcome, which stores nothing.
func forAnyone(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	return text == "" || text == "today" || text == "help"
}

// words does what somebody typed.
func (v *visit) words(ctx context.Context, text string) (Reply, error) {
	v.typed = text
	req := parse.Command(text, v.context())
	if _, asksToday := req.(parse.Today); asksToday && !v.joined {
		return v.welcome(), nil
	}
	return v.request(ctx, req)
}

// request is the table of what can be asked for; each verb has its file.
func (v *visit) request(ctx context.Context, req parse.Request) (Reply, error) {
	switch r := req.(type) {
	case parse.Log:
		return v.logActivity(ctx, r)
	case parse.LogForm:
		return v.logForm(r), nil
	case parse.AddProspect:
		return v.addProspect(ctx, r)
	case parse.Whose:
		return v.whose(ctx, r)
	case parse.NamesForm:
		return v.namesForm(0, r.Names...), nil
	case parse.Commit:
		return v.commit(ctx, r)
	case parse.CommitForm:
		return v.commitForm(r.Commit), nil
	case parse.Today:
		return v.showToday(ctx)
	case parse.Done:
		return v.done(ctx, r)
	case parse.Snooze:
		return v.snooze(ctx, r)
	case parse.Move:
		return v.move(ctx, r)
	case parse.Cancel:
		return v.cancel(ctx, r)
	case parse.Undo:
		return v.undo(ctx, 0)
	case parse.Leaderboard:
		return v.leaderboard(ctx, r.Period)
	case parse.Board:
		return v.board(ctx, r)
	case parse.Goal:
		return v.goal(ctx, r)
	case parse.Settings:
		return v.settings(), nil
	case parse.SettingsTo:
		return v.settingsTo(ctx, r)
	case parse.Pause:
		return v.pause(ctx, r)
	case parse.Resume:
		return v.resume(ctx)
	case parse.Stop:
		return v.stop(ctx)
	case parse.Channel:
		return v.channelBoard(ctx, r)
	case parse.Card:
		return v.card(ctx, r.Who)
	case parse.Help:
		return v.help(ctx, r.Topic)
	case parse.Private:
		return v.private(r), nil
	case parse.Thanks:
		return reply(linef("Any time.")), nil
	case parse.Unclear:
		return v.unclear(r), nil
	}
	return v.ownRecords(ctx, req)
}

// ownRecords is the table of what is about what has been kept.
func (v *visit) ownRecords(ctx context.Context, req parse.Request) (Reply, error) {
	switch r := req.(type) {
	case parse.History:
		return v.history(ctx, r)
	case parse.Prospects:
		return v.prospectList(ctx, r)
	case parse.Rename:
		return v.rename(ctx, r)
	case parse.Delete:
		return v.deleteProspect(ctx, r)
	case parse.Mark:
		return v.mark(ctx, r)
	case parse.Learnings:
		return v.learnings(ctx, r)
	case parse.Stats:
		return v.stats(ctx)
	case parse.Offer:
		return v.offer(ctx, r)
	case parse.Export:
		return v.export(ctx)
	case parse.ForgetMe:
		return v.forgetMe(ctx)
	case parse.Stored:
		return v.stored(), nil
	case parse.Team:
		return v.teamTotals(ctx)
	case parse.Coach:
		return v.coach(ctx, r)
	}
	return Reply{}, errors.New("a request without an answer")
}

func (b *Bot) onInteraction(ctx context.Context, d delivered) error {
	var i interaction
	if err := json.Unmarshal(d.Payload, &i); err != nil || i.User.ID == "" {
		return errors.New("an odd interaction")
	}
	team := i.User.Team
	if team == "" {
		team = store.TeamID(i.Team.ID)
	}
	channel := i.Container.Channel
	if channel == "" {
		channel = store.ChannelID(i.Channel.ID)
	}
	v := &visit{
		Bot: b, owner: store.Owner{Team: team, User: i.User.ID}, now: b.Now(), seen: []string{d.ID},
		channel: channel, inDM: strings.HasPrefix(string(channel), "D"),
		trigger: i.Trigger, hook: i.ResponseURL, messageTS: i.Container.MessageTS,
	}
	t, typing := d.typing()
	switch {
	case i.Type == "block_actions" && len(i.Actions) > 0:
		if i.View != nil {
			v.pressedIn = *i.View
		}
		if i.Actions[0].isField() && reshapes[v.pressedIn.CallbackID] != nil {
			v.onChoose(ctx, d, v.pressedIn)
			return nil
		}
		v.onPress(ctx, d, i.Actions[0])
	case typing:
		v.onTyping(ctx, d, t, i.View)
	case i.Type == "view_submission" && i.View != nil:
		v.onSubmit(ctx, d, *i.View)
	case shortcuts[i.Callback] != nil && (i.Type == "shortcut" || i.Type == "message_action"):
		v.onShortcut(ctx, d, i)
	default: // a closed form, a shortcut of another version
		return d.ack(ctx, nil)
	}
	return nil
}

func (v *visit) onPress(ctx context.Context, d delivered, p pressed) {
	value := p.Value
	if p.Selected != nil {
		value = p.Selected.Value
	}
	v.answer(ctx, d, func(ctx context.Context) (Reply, error) {
		a, ok := parseAction(value)
		switch {
		case !ok:
			return Reply{}, errOldButton
		case !a.mayPress(v.owner.User):
			return Reply{}, errNotTheirButton
		}
		if a.owner != anybody && !v.mayStart(a.about) {
			return Reply{}, store.ErrNoFounder
		}
		press, known := presses[a.verb]
		if !known {
			return Reply{}, errOldButton
		}
		if v.clicks.repeats(v, value) {
			return Reply{}, nil
		}
		// The message may become the answer: until that is known, it is left alone.
		held := a.get("in") != inPlan && v.pages.leave(v.messageTS)
		r, err := press(v, ctx, a)
		if err != nil {
			v.clicks.forget(v.owner)
		}
		if held && (err != nil || !r.Replace) {
			v.pages.release(v.owner, v.messageTS)
		}
		return r, err
	})
}

func (b *Bot) onEvent(ctx context.Context, d delivered) error {
	var c callback
	var ev happened
	if json.Unmarshal(d.Payload, &c) != nil || json.Unmarshal(c.Event, &ev) != nil {
		return errors.New("an odd event")
	}
	v := &visit{
		Bot: b, owner: store.Owner{Team: c.Team, User: ev.userID()}, now: b.Now(), seen: []string{d.ID, c.ID},
		channel: ev.Channel, inDM: ev.ChannelType == "im",
	}
	switch ev.Type {
	case "message":
		if ev.Subtype == "" && ev.BotID == "" && v.inDM && v.owner.User != "" && v.owner.User != b.self {
			v.answer(ctx, d, func(ctx context.Context) (Reply, error) { return v.words(ctx, withoutSlash(ev.Text)) })
			return nil
		}
	case "app_home_opened":
		if ev.Tab == "" || ev.Tab == "home" {
			if v.owner.Team == "" {
				v.owner.Team = v.team
			}
			v.pages.opened(v.owner, v.now)
		}
	case "user_change":
		v.userChanged(ctx, ev)
	case "tokens_revoked", "app_uninstalled":
		defer b.ended(ctx, ev.Type)
	}
	return d.ack(ctx, nil)
}

// withoutSlash is a direct message as a command: with or without the /pitch that
// people type out of habit.
func withoutSlash(text string) string {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "/pitch"); ok {
		return rest
	}
	return text
}
