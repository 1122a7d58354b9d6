package localslack

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// ErrQuit is returned by Do for "quit".
var ErrQuit = errors.New("quit")

// Clock is the time a Terminal may move.
type Clock interface {
	// Now is the time people see.
	Now() time.Time
	// AdvanceTo moves the time forward to t and returns once it is t.
	AdvanceTo(ctx context.Context, t time.Time) error
	// Next is when the next thing is due; false when nothing is.
	Next() (time.Time, bool)
}

// Terminal is a person sitting in Slack, typing lines. It is not safe for
// concurrent use.
type Terminal struct {
	// Workspace is the Slack they sit in.
	Workspace *Workspace
	// User is who they are, by id or handle. "as" changes it.
	User string
	// Place is where they type: "dm" when empty, a channel, or "home".
	// "in" and "home" change it.
	Place string
	// Clock moves time; nil means time cannot be moved and is Config.Now.
	Clock Clock
	// Settle waits until the bot has settled after a line. Nil means
	// [Workspace.WaitQuiet], four seconds at most: one more than Slack itself
	// waits for an answer.
	Settle func()

	seen map[string]uint64 // by user id, the newest change shown
	open map[string]int    // by user id, how many forms were open
}

// verb is one thing a person can type.
type verb struct {
	name, usage string
	do          func(t *Terminal, ctx context.Context, rest string) (string, error)
}

func verbs() []verb {
	return []verb{
		{"as", "as NAME                     be somebody else: PEOPLE", (*Terminal).as},
		{"in", "in #sales | in dm           go to a channel or to the bot", (*Terminal).in},
		{"say", "say hello                   write a message", (*Terminal).say},
		{"press", "press Done | press Done on Acme | press 2 Done | press Reason = Price", (*Terminal).press},
		{"choose", "choose Label=value          fill the open form in without submitting it, or choose in a message", (*Terminal).choose},
		{"fill", "fill Label=value            the same", (*Terminal).choose},
		{"submit", "submit Label=value; Other=value   fill in and submit", (*Terminal).submit},
		{"close", "close                       close the form", (*Terminal).close},
		{"home", "home                        open the App Home", (*Terminal).home},
		{"shortcut", "shortcut Log an ask         run one of the app's shortcuts, by name or id", (*Terminal).shortcut},
		{"message-shortcut", "message-shortcut log_from   run one on the newest message here; words after it: on the newest with them", (*Terminal).messageShortcut},
		{"open", "open asks.csv               print a file", (*Terminal).openFile},
		{"read", "read                        show this place again", (*Terminal).read},
		{"at", "at 16:00 | at tomorrow 09:00 | at friday 16:00 | at +1h | at 2027-03-28 09:00", (*Terminal).at},
		{"next", "next                        move time to the next thing due", (*Terminal).next},
		{"zone", "zone Europe/Berlin          change your time zone", (*Terminal).zone},
		{"invite", "invite                      bring the bot into this channel, as /invite @Pitch does", (*Terminal).invite},
		{"who", "who                         who is here, and who you are", (*Terminal).whoIsHere},
	}
}

// Do carries out one line, waits until the bot has settled and returns what
// the person newly sees. Blank lines and lines starting with "# " do nothing.
// An error says what to type instead; what was shown until then is returned
// with it.
func (t *Terminal) Do(ctx context.Context, line string) (string, error) {
	line = strings.TrimSpace(line)
	if err := t.prepare(); err != nil {
		return "", err
	}
	name, rest, _ := strings.Cut(line, " ")
	switch {
	case line == "" || name == "#":
		return "", nil
	case line == "quit" || line == "exit":
		return "", ErrQuit
	case line == "help":
		return t.help(), nil
	case strings.HasPrefix(line, "/"):
		err := t.Workspace.Command(t.User, t.room(), line)
		return t.settled(""), err
	}
	for _, v := range verbs() {
		if v.name == strings.ToLower(name) {
			said, err := v.do(t, ctx, strings.TrimSpace(rest))
			return t.settled(said), err
		}
	}
	return "", fmt.Errorf("%q is not something to type here; start with %s, or see: help", name, t.Workspace.cfg.App.Command)
}

// prepare fills the zero value in.
func (t *Terminal) prepare() error {
	if t.seen == nil {
		t.seen, t.open = map[string]uint64{}, map[string]int{}
	}
	u, ok := t.Workspace.User(t.User)
	if !ok {
		return fmt.Errorf("%w: %q; there are: %s", ErrNobody, t.User, t.people())
	}
	t.User = u.ID
	return nil
}

// settled waits for the bot and appends what is new on the screen.
func (t *Terminal) settled(said string) string {
	t.wait()
	return join(said, t.news())
}

// wait lets the bot finish.
func (t *Terminal) wait() {
	if t.Settle != nil {
		t.Settle()
	} else {
		ctx, cancel := context.WithTimeout(context.Background(), ackWithin+time.Second)
		_ = t.Workspace.WaitQuiet(ctx) // a bot that is still busy is shown as it is
		cancel()
	}
}

// Run reads lines until the end of in, "quit" or the end of ctx, and prints
// what they show. It works with a script as with a keyboard.
func (t *Terminal) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	for ctx.Err() == nil && lines.Scan() {
		shown, err := t.Do(ctx, lines.Text())
		if shown != "" {
			fmt.Fprintln(out, shown)
		}
		if errors.Is(err, ErrQuit) {
			return nil
		}
		if err != nil {
			fmt.Fprintln(out, "!", err)
		}
	}
	return errors.Join(lines.Err(), ctx.Err())
}

func (t *Terminal) help() string {
	others := slices.DeleteFunc(strings.Split(t.people(), ", "), func(name string) bool {
		u, _ := t.Workspace.User(name)
		return u.ID == t.User
	})
	here := strings.NewReplacer("PEOPLE", firstOf(strings.Join(others, ", "), "nobody else is here"))
	out := []string{t.Workspace.cfg.App.Command + " …                    a slash command, here"}
	for _, v := range verbs() {
		out = append(out, here.Replace(v.usage))
	}
	return strings.Join(append(out, "help, quit"), "\n")
}

func (t *Terminal) people() string {
	var names []string
	for _, u := range t.Workspace.Users() {
		if !u.Deactivated {
			names = append(names, u.Name)
		}
	}
	return strings.Join(names, ", ")
}

// room is where a line is typed: nobody types on the Home.
func (t *Terminal) room() string {
	if t.Place == "home" || t.Place == "" {
		return "dm"
	}
	return t.Place
}

func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}
