package localslack

import (
	"log/slog"
	"time"
)

// Config describes a workspace. Its zero value is a workspace with an app and
// nobody else in it.
type Config struct {
	// Now is the time people see. Nil means time.Now.
	Now func() time.Time
	// Team is the workspace itself. Empty fields are filled in.
	Team Team
	// App is the one installed app. Empty fields are filled in.
	App App
	// Users are the people, in the order a page lists them.
	Users []User
	// Channels are the channels. Direct messages appear when first used.
	Channels []Channel
	// AppToken opens Socket Mode connections. Empty means "xapp-1-A0LOCAL-1-local".
	AppToken string
	// BotToken calls the Web API. Empty means "xoxb-1-1-local".
	BotToken string
	// Scopes are the bot token's. Nil means what Pitch's manifest asks for.
	Scopes []string
	// Events are the event types the app has subscribed to. Nil means what
	// Pitch's manifest asks for.
	Events []string
	// Seed decides which connection gets which envelope.
	Seed uint64
	// PingEvery is the time between Slack's pings on a connection, 10 seconds
	// when 0. Clients give a connection up after about 30 seconds without one;
	// 25 seconds makes long stretches of virtual time cheaper.
	PingEvery time.Duration
	// Unlimited switches Slack's rate limits off.
	Unlimited bool
	// Log is told about requests and envelopes at debug level. Nil means silence.
	Log *slog.Logger
}

// Team is a Slack workspace.
type Team struct {
	ID     string // "T0LOCAL" when empty
	Name   string // "Local" when empty
	Domain string // "local" when empty
}

// App is the installed Slack app.
type App struct {
	ID        string // "A0LOCAL" when empty
	Name      string // "Pitch" when empty
	Command   string // the slash command, "/pitch" when empty
	BotID     string // "B0LOCAL" when empty
	BotUserID string // "U0BOT" when empty
	// Shortcuts are the ones of its manifest; Slack offers no others.
	Shortcuts []Shortcut
}

// Shortcut is one of the app's shortcuts.
type Shortcut struct {
	Callback  string // the id the bot knows it under
	Name      string // as people see it
	OnMessage bool   // in a message's menu rather than beside the composer
}

// User is a member of the workspace, or somebody from another one who shares a
// channel with it.
type User struct {
	ID          string // "U…"
	Name        string // the handle, lower case, unique
	RealName    string // Name when empty
	TZ          string // an IANA zone, empty when Slack knows none
	Email       string
	Team        string // the home workspace, Config.Team.ID when empty
	Admin       bool
	Owner       bool
	Bot         bool
	Restricted  bool // a multi-channel guest
	UltraGuest  bool // a single-channel guest
	Stranger    bool // from another workspace
	Deactivated bool
}

// Channel is a public or private channel.
type Channel struct {
	ID       string // "C…"
	Name     string // without the "#"
	Members  []string
	Private  bool
	Archived bool
}

// defaultScopes and defaultEvents are those of Pitch's manifest.
func defaultScopes() []string {
	return []string{"chat:write", "commands", "im:write", "im:history", "users:read", "files:write"}
}

func defaultEvents() []string {
	return []string{"app_home_opened", "message.im", "user_change", "tokens_revoked", "app_uninstalled"}
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	setDefault(&c.Team.ID, "T0LOCAL")
	setDefault(&c.Team.Name, "Local")
	setDefault(&c.Team.Domain, "local")
	setDefault(&c.App.ID, "A0LOCAL")
	setDefault(&c.App.Name, "Pitch")
	setDefault(&c.App.Command, "/pitch")
	setDefault(&c.App.BotID, "B0LOCAL")
	setDefault(&c.App.BotUserID, "U0BOT")
	setDefault(&c.AppToken, "xapp-1-A0LOCAL-1-local")
	setDefault(&c.BotToken, "xoxb-1-1-local")
	if c.PingEvery == 0 {
		c.PingEvery = pingEvery
	}
	if c.Scopes == nil {
		c.Scopes = defaultScopes()
	}
	if c.Events == nil {
		c.Events = defaultEvents()
	}
	return c
}

func setDefault(s *string, value string) {
	if *s == "" {
		*s = value
	}
}
