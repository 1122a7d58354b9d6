package bot

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
)

// The manifest's shape is Slack's: https://docs.slack.dev/reference/app-manifest.
// Only what Pitch sets is spelled out.
type appManifest struct {
	Metadata struct {
		Major int `json:"major_version"`
		Minor int `json:"minor_version"`
	} `json:"_metadata"`
	Display  manifestDisplay  `json:"display_information"`
	Features manifestFeatures `json:"features"`
	OAuth    struct {
		Scopes struct {
			Bot []string `json:"bot"`
		} `json:"scopes"`
	} `json:"oauth_config"`
	Settings manifestSettings `json:"settings"`
}

type manifestDisplay struct {
	Name        string `json:"name"`             // up to 35 characters
	Description string `json:"description"`      // up to 140
	Long        string `json:"long_description"` // 174 to 4,000
	Colour      string `json:"background_color"` // dark enough for white text
}

type manifestFeatures struct {
	Home struct {
		HomeTab     bool `json:"home_tab_enabled"`
		MessagesTab bool `json:"messages_tab_enabled"`
		ReadOnly    bool `json:"messages_tab_read_only_enabled"`
	} `json:"app_home"`
	BotUser struct {
		Name         string `json:"display_name"`
		AlwaysOnline bool   `json:"always_online"`
	} `json:"bot_user"`
	Commands  []manifestCommand  `json:"slash_commands"`
	Shortcuts []manifestShortcut `json:"shortcuts"`
}

type manifestShortcut struct {
	Name        string `json:"name"` // up to 24 characters, as people see it
	Type        string `json:"type"` // "global", or "message": in a message's menu
	Callback    string `json:"callback_id"`
	Description string `json:"description"` // up to 150
}

type manifestCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
	UsageHint   string `json:"usage_hint"`
	// ShouldEscape would turn @bob into <@U…|bob> and links into <…|…>. Prospects
	// are not members of the workspace: "@bob" and "acme.com" are meant as typed.
	ShouldEscape bool `json:"should_escape"`
}

type manifestSettings struct {
	Events struct {
		Bot []string `json:"bot_events"`
	} `json:"event_subscriptions"`
	Interactivity struct {
		Enabled bool `json:"is_enabled"`
	} `json:"interactivity"`
	OrgDeploy     bool `json:"org_deploy_enabled"`
	SocketMode    bool `json:"socket_mode_enabled"`
	TokenRotation bool `json:"token_rotation_enabled"` // Pitch keeps one token for good
}

func manifest() appManifest {
	var m appManifest
	m.Metadata.Major, m.Metadata.Minor = 2, 1
	m.Display = manifestDisplay{
		Name:        "Pitch",
		Description: "Sales in the open: log your asks, keep your promises, learn from every no.",
		Long: "Pitch helps founders ask for the sale. Log calls, asks and answers with /pitch, promise yourself the next one, " +
			"and be reminded when it is due. What you log is yours alone; the leaderboard counts asks, and only of those who chose to be on it. " +
			"Nothing is sent to you unless you say yes.",
		Colour: "#1F3A34",
	}
	m.Features.Home.HomeTab, m.Features.Home.MessagesTab = true, true
	m.Features.BotUser.Name, m.Features.BotUser.AlwaysOnline = "Pitch", true
	m.Features.Commands = []manifestCommand{{
		Command:     "/pitch",
		Description: "Log an ask, keep a promise, see what is due",
		UsageHint:   "log ask Acme, 10 seats | commit call Jane tomorrow 3pm | today | help",
	}}
	m.Features.Shortcuts = []manifestShortcut{
		{"Log an ask", "global", "log_ask", "Note whom you asked, for what, and what they said"},
		{"Log from this message", "message", "log_from", "Log a call, a meeting or an ask with this message as its note"},
	}
	// chat:write sends, commands is /pitch and the shortcuts, im:write opens the direct message,
	// im:history hears what is said there and reads a message back, users:read
	// knows the time zone and who is a guest, files:write sends an export to the DM.
	m.OAuth.Scopes.Bot = []string{"chat:write", "commands", "im:write", "im:history", "users:read", "files:write"}
	m.Settings.Events.Bot = []string{"app_home_opened", "message.im", "user_change", "tokens_revoked", "app_uninstalled"}
	m.Settings.Interactivity.Enabled = true
	m.Settings.SocketMode = true
	return m
}

// Manifest is the app's manifest, indented JSON that ends in a newline, to be
// pasted where Slack creates an app "from a manifest".
func Manifest() []byte { return manifestJSON("  ") }

// ManifestLink is the address at which Slack creates the app, with the manifest
// filled in.
func ManifestLink() string {
	compact := strings.TrimSpace(string(manifestJSON("")))
	// Slack decodes as browsers encode: a space is %20 and not a plus sign.
	return "https://api.slack.com/apps?new_app=1&manifest_json=" + strings.ReplaceAll(url.QueryEscape(compact), "+", "%20")
}

func manifestJSON(indent string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(manifest()); err != nil {
		panic(err) // strings and booleans always encode
	}
	return out.Bytes()
}
