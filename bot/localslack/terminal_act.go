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

// shortcut runs a global shortcut.
func (t *Terminal) shortcut(_ context.Context, name string) (string, error) {
	return "", t.Workspace.Shortcut(t.User, name)
}

// messageShortcut runs a shortcut of a message of this place: the newest, or
// the newest with the words that follow the shortcut's name.
func (t *Terminal) messageShortcut(_ context.Context, rest string) (string, error) {
	name, words := t.shortcutIn(rest)
	r := t.Workspace.Reader(t.User)
	for _, m := range slices.Backward(t.Workspace.Transcript(t.User, t.room())) {
		if !m.Ephemeral() && containsFold(m.Draw(r), words) {
			return "", t.Workspace.MessageShortcut(t.User, Place{Channel: m.Channel, TS: m.TS}, name)
		}
	}
	return "", fmt.Errorf("%w: no message here with %q", ErrNothing, words)
}

// shortcutIn separates a message shortcut, by callback id or name, from the
// words of the message meant.
func (t *Terminal) shortcutIn(rest string) (name, words string) {
	for _, s := range t.Workspace.cfg.App.Shortcuts {
		for _, name := range []string{s.Callback, s.Name} {
			n := len(name)
			if s.OnMessage && n > 0 && len(rest) >= n && strings.EqualFold(rest[:n], name) && (len(rest) == n || rest[n] == ' ') {
				return s.Callback, strings.TrimSpace(rest[n:])
			}
		}
	}
	name, words, _ = strings.Cut(rest, " ")
	return name, words
}
