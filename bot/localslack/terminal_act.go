package localslack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

func (t *Terminal) as(_ context.Context, name string) (string, error) {
	u, ok := t.Workspace.User(name)
	if !ok {
		return "", fmt.Errorf("%w: %q; there are: %s", ErrNobody, name, t.people())
	}
	t.User = u.ID
	if c, err := t.Workspace.Channel(t.User, t.room()); err != nil || c.Name != "" && !slices.Contains(c.Members, u.ID) {
		t.Place = "dm"
	}
	return "", nil
}

func (t *Terminal) in(ctx context.Context, place string) (string, error) {
	if place == "home" {
		return t.home(ctx, "")
	}
	c, err := t.Workspace.Channel(t.User, place)
	if err != nil {
		var names []string
		for _, c := range t.Workspace.Channels(t.User) {
			names = append(names, "#"+c.Name)
		}
		return "", fmt.Errorf("%w; there are: dm, %s", err, strings.Join(names, ", "))
	}
	t.Place = c.ID
	if c.Name == "" {
		t.Place = "dm"
	}
	return "", nil
}

func (t *Terminal) say(_ context.Context, text string) (string, error) {
	if text == "" {
		return "", errors.New("say what? say hello")
	}
	return "", t.Workspace.Say(t.User, t.room(), text)
}

func (t *Terminal) home(context.Context, string) (string, error) {
	t.Place = "home"
	if err := t.Workspace.OpenHome(t.User); err != nil {
		return "", err
	}
	before := t.seen[t.User]
	shown := t.settled("")
	m, ok := t.Workspace.Home(t.User)
	if !ok {
		return shown, fmt.Errorf("%s has not published a Home for you yet", t.Workspace.cfg.App.Name)
	}
	if m.Seq > before {
		return shown, nil // it was new and is shown already
	}
	return join(shown, t.drawHome(m)), nil
}

func (t *Terminal) close(context.Context, string) (string, error) {
	return "", t.Workspace.CloseModal(t.User, false)
}

func (t *Terminal) invite(context.Context, string) (string, error) {
	return "", t.Workspace.Invite(t.User, t.room())
}

// shortcut runs a global shortcut, or one on the newest message with some words.
func (t *Terminal) shortcut(_ context.Context, rest string) (string, error) {
	callback, words, onMessage := strings.Cut(rest, " on ")
	if callback == "" {
		return "", errors.New("which one? shortcut log_ask")
	}
	if !onMessage {
		return "", t.Workspace.Shortcut(t.User, callback)
	}
	r := t.Workspace.Reader(t.User)
	for _, m := range slices.Backward(t.Workspace.Screen(t.User)) {
		if !m.Ephemeral() && containsFold(m.Draw(r), words) {
			return "", t.Workspace.MessageShortcut(t.User, Place{Channel: m.Channel, TS: m.TS}, callback)
		}
	}
	return "", fmt.Errorf("%w: no message with %q", ErrNothing, words)
}
