package bot_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pitch/bot"
)

// at walks decoded JSON by keys, an index of a list being a key such as "0".
func at(t *testing.T, v any, path string) any {
	t.Helper()
	for key := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			if key != "0" || len(x) == 0 {
				t.Fatalf("%s: no element %s", path, key)
			}
			v = x[0]
		default:
			t.Fatalf("%s: nothing at %s", path, key)
		}
	}
	return v
}

func decodeManifest(t *testing.T, raw []byte) any {
	t.Helper()
	var m any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatalf("the manifest is not JSON: %v", err)
	}
	return m
}

func TestManifestAsksForWhatPitchNeeds(t *testing.T) {
	m := decodeManifest(t, bot.Manifest())
	want := map[string]any{
		"oauth_config.scopes.bot":                          []any{"chat:write", "commands", "im:write", "im:history", "users:read", "files:write"},
		"settings.event_subscriptions.bot_events":          []any{"app_home_opened", "message.im", "user_change", "tokens_revoked", "app_uninstalled"},
		"settings.socket_mode_enabled":                     true,
		"settings.interactivity.is_enabled":                true,
		"settings.token_rotation_enabled":                  false,
		"features.app_home.home_tab_enabled":               true,
		"features.app_home.messages_tab_enabled":           true,
		"features.app_home.messages_tab_read_only_enabled": false,
		"features.bot_user.display_name":                   "Pitch",
		"features.bot_user.always_online":                  true,
		"features.slash_commands.0.command":                "/pitch",
		"features.slash_commands.0.should_escape":          false,
		"display_information.name":                         "Pitch",
		"features.shortcuts": []any{
			map[string]any{"name": "Log an ask", "type": "global", "callback_id": "log_ask", "description": "Note whom you asked, for what, and what they said"},
			map[string]any{"name": "Log from this message", "type": "message", "callback_id": "log_from", "description": "Log a call, a meeting or an ask with this message as its note"},
		},
	}
	for path, v := range want {
		if diff := cmp.Diff(v, at(t, m, path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// The limits are those of Slack's manifest reference and of the JSON schema
// published for it.
func TestManifestKeepsSlacksLimits(t *testing.T) {
	m := decodeManifest(t, bot.Manifest())
	for _, limit := range []struct {
		path     string
		min, max int
	}{
		{"display_information.name", 1, 35},
		{"display_information.description", 1, 140},
		{"display_information.long_description", 174, 4000},
		{"features.bot_user.display_name", 1, 80},
		{"features.slash_commands.0.command", 2, 32},
		{"features.slash_commands.0.description", 1, 2000},
		{"features.slash_commands.0.usage_hint", 1, 1000},
	} {
		s, _ := at(t, m, limit.path).(string)
		if n := utf8.RuneCountInString(s); n < limit.min || n > limit.max {
			t.Errorf("%s has %d characters, not %d to %d", limit.path, n, limit.min, limit.max)
		}
	}
	shortcuts, _ := at(t, m, "features.shortcuts").([]any)
	for _, s := range shortcuts {
		for field, most := range map[string]int{"name": 24, "callback_id": 255, "description": 150} {
			if text, _ := at(t, s, field).(string); text == "" || utf8.RuneCountInString(text) > most {
				t.Errorf("a shortcut's %s is %q, not 1 to %d characters", field, text, most)
			}
		}
	}
	for path, pattern := range map[string]string{
		"features.bot_user.display_name":       `^[\w\-.]+$`,
		"display_information.background_color": `^#[0-9A-F]{6}$`,
		"features.slash_commands.0.command":    `^/[a-z]+$`,
	} {
		if s, _ := at(t, m, path).(string); !regexp.MustCompile(pattern).MatchString(s) {
			t.Errorf("%s is %q, which does not match %s", path, s, pattern)
		}
	}
}

// White text on the background has to be readable: WCAG asks for a contrast of
// 4.5, which needs a relative luminance below 0.183; a third of full brightness
// in the strongest channel is safely darker.
func TestManifestColourIsDark(t *testing.T) {
	colour, _ := at(t, decodeManifest(t, bot.Manifest()), "display_information.background_color").(string)
	for _, channel := range []string{colour[1:3], colour[3:5], colour[5:7]} {
		if channel > "55" {
			t.Errorf("the colour %s is too bright for white text", colour)
		}
	}
}

func TestManifestLinkHoldsTheManifest(t *testing.T) {
	link, err := url.Parse(bot.ManifestLink())
	if err != nil {
		t.Fatal(err)
	}
	if link.Host != "api.slack.com" || link.Path != "/apps" || link.Query().Get("new_app") != "1" {
		t.Errorf("the link leads to %s%s", link.Host, link.Path)
	}
	if strings.Contains(link.RawQuery, "+") {
		t.Error("spaces are written as plus signs")
	}
	if n := len(bot.ManifestLink()); n > 4000 {
		t.Errorf("the link has %d bytes, more than some browsers and chat programs keep whole", n)
	}
	linked := decodeManifest(t, []byte(link.Query().Get("manifest_json")))
	if diff := cmp.Diff(decodeManifest(t, bot.Manifest()), linked); diff != "" {
		t.Errorf("the link's manifest is another one (-printed +linked):\n%s", diff)
	}
}
