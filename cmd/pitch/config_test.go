package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/store"
)

// environment is a process with nothing but some variables.
func environment(vars map[string]string) (process, *bytes.Buffer) {
	var out bytes.Buffer
	env := func(name string) (string, bool) { v, ok := vars[name]; return v, ok }
	return process{Env: env, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out}, &out
}

func TestServeConfig(t *testing.T) {
	dir := t.TempDir()
	tokenFile := filepath.Join(dir, "bot token")
	if err := os.WriteFile(tokenFile, []byte("xoxb-1-2-abc\r\n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, _ := environment(map[string]string{
		"SLACK_BOT_TOKEN":      "xoxb-not-used", // the flag below wins
		"SLACK_APP_TOKEN":      " xapp-1-A-b ",
		"SLACK_API_URL":        "http://[::1]:8710/api",
		"PITCH_STORE":          "bolt:" + filepath.Join(dir, "other.db"),
		"PITCH_ADMINS":         "U02BBBB, U01AAAA,U02BBBB",
		"PITCH_FORGET_AFTER":   "30",
		"PITCH_CONNECTIONS":    "",
		"PITCH_LISTEN":         ":8700",
		"PITCH_LOG":            "json",
		"PITCH_LOG_LEVEL":      "warn",
		"SLACK_APP_TOKEN_FILE": "",
	})
	got, err := serveConfig(p, []string{"--slack-bot-token-file", tokenFile, "-store", filepath.Join(dir, "pitch.db")})
	if err != nil {
		t.Fatal(err)
	}
	want := config{
		BotToken: "xoxb-1-2-abc", AppToken: "xapp-1-A-b", APIURL: "http://[::1]:8710/api/",
		StorePath: filepath.Join(dir, "pitch.db"), Admins: []store.UserID{"U01AAAA", "U02BBBB"},
		ForgetAfter: 30 * 24 * time.Hour,
		Connections: 2, Listen: ":8700", Log: logConfig{JSON: true, Level: slog.LevelWarn},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestAPIURL(t *testing.T) {
	for given, want := range map[string]string{
		"https://slack.com/api":        "https://slack.com/api/",
		"https://slack.com/api/":       "https://slack.com/api/",
		"http://127.0.0.1:8710/api/":   "http://127.0.0.1:8710/api/",
		"http://localhost:1/api/":      "http://localhost:1/api/",
		"http://127.9.9.9/api/":        "http://127.9.9.9/api/",
		"http://10.0.0.1/api/":         "",
		"http://127.0.0.1.evil.test/":  "",
		"http://localhost.evil.test/":  "",
		"https://user:pw@slack.com/":   "",
		"https://slack.com/api/?x=1":   "",
		"ftp://slack.com/api/":         "",
		"slack.com/api/":               "",
		"https:///api/":                "",
		"%zz":                          "",
		"wss://wss-primary.slack.com/": "",
	} {
		c := &checker{values: values{"SLACK_API_URL": {"SLACK_API_URL", given}}}
		if got := c.apiURL(); got != want || (want == "") != (c.err() != nil) {
			t.Errorf("%s: %q, %v; want %q", given, got, c.err(), want)
		}
	}
}

func TestStorePath(t *testing.T) {
	t.Chdir(t.TempDir())
	for given, want := range map[string]string{
		"bolt:pitch.db":         "pitch.db",
		"pitch.db":              "pitch.db",
		"./a:b.db":              "./a:b.db",
		"bolt:./pitch.db":       "./pitch.db",
		"bolt:":                 "",
		"postgres://db/pitch":   "",
		"postgresql://db/pitch": "",
		"mysql:pitch":           "",
		"bolt:no/such/folder":   "",
		"bolt:.":                "",
	} {
		c := &checker{values: values{"PITCH_STORE": {"PITCH_STORE", given}}}
		got := c.storePath()
		if (want == "") != (c.err() != nil) || want != "" && got != want {
			t.Errorf("%s: %q, %v; want %q", given, got, c.err(), want)
		}
	}
}

// secretPart is in every token, password and ticket of these tests.
const secretPart = "s3cr3tpart"

// TestNoSettingLeaksASecret puts every shape of secret into every setting, by
// variable and by flag, and runs the real command: whatever it says about it,
// the secret is not in it.
func TestNoSettingLeaksASecret(t *testing.T) {
	t.Chdir(t.TempDir())
	shapes := []string{
		"xoxb-1-2-" + secretPart, "xapp-1-A1-" + secretPart, "xoxp-" + secretPart, "xoxe.xoxb-1-" + secretPart,
		`"xoxb-1-` + secretPart + `"`, "xoxb-" + secretPart + "\nx", "postgres://pitch:" + secretPart + "@db/pitch",
		"https://u:" + secretPart + "@slack.com/api/", "token=xoxb-1-" + secretPart,
	}
	for _, s := range allSettings() {
		for _, shape := range shapes {
			for how, given := range map[string]func() (process, *bytes.Buffer, []string){
				"by variable": func() (process, *bytes.Buffer, []string) {
					p, out := environment(map[string]string{s.env: shape})
					return p, out, nil
				},
				"by flag": func() (process, *bytes.Buffer, []string) {
					p, out := environment(nil)
					return p, out, []string{"--" + s.flag + "=" + shape}
				},
			} {
				p, out, flags := given()
				if code := run(context.Background(), append([]string{"serve"}, flags...), p); code != exitUsage {
					t.Fatalf("%s %s: serve with %s exited with %d", s.env, how, shape, code)
				}
				if strings.Contains(out.String(), secretPart) {
					t.Errorf("%s %s: %q is in what is said:\n%s", s.env, how, shape, out)
				}
			}
		}
	}
}

func TestRedactor(t *testing.T) {
	for text, want := range map[string]string{
		"token xoxb-1-2-abc, and xapp-1-A-b.":                           "token xoxb-…, and xapp-….",
		"wss://wss.slack.com/link/?ticket=abc-1&app_id=2":               "wss://wss.slack.com/link/?ticket=…&app_id=2",
		`"error":"Post \"https://hooks.slack.com/commands/T1/2/3\": x"`: `"error":"Post \"https://hooks.slack.com/…\": x"`,
		"postgres://pitch:pw@db/x":                                      "postgres://…db/x",
		"it starts with xoxb-; nothing else":                            "it starts with xoxb-; nothing else",
		"https://api.slack.com/apps?new_app=1":                          "https://api.slack.com/apps?new_app=1",
	} {
		var out bytes.Buffer
		if n, err := newRedactor(&out).Write([]byte(text)); n != len(text) || err != nil {
			t.Errorf("wrote %d of %d: %v", n, len(text), err)
		}
		if out.String() != want {
			t.Errorf("%s\n  became %s\n  want   %s", text, out.String(), want)
		}
	}
}

// TestLogsAreRedacted: the log takes whatever an error carries.
func TestLogsAreRedacted(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		var out bytes.Buffer
		log := logConfig{JSON: asJSON}.logger(newRedactor(&out))
		log.Error("a failure", "error", fmt.Errorf("Post https://slack.com/?token=xoxb-1-%s: cut", secretPart), "list", []string{"xapp-1-" + secretPart})
		if strings.Contains(out.String(), secretPart) || !strings.Contains(out.String(), "xoxb-…") {
			t.Errorf("json %v: %s", asJSON, out.String())
		}
	}
}

func TestDidYouMean(t *testing.T) {
	for typed, want := range map[string]string{
		"sevre": "serve", "dmo": "demo", "exprot": "export", "healt": "health", "manifset": "manifest", "hlep": "help",
		"": "", "x": "", "postgres": "", "bananas": "",
	} {
		got := didYouMean(typed, commandNames())
		if want == "" && got != "" || want != "" && !strings.Contains(got, " "+want+"?") {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// TestSettingsAreNamedAlike: a flag is its variable in small letters, without
// the program's own name.
func TestSettingsAreNamedAlike(t *testing.T) {
	var flags []string
	for _, s := range allSettings() {
		want := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(s.env, "PITCH_")), "_", "-")
		if s.flag != want {
			t.Errorf("%s has the flag --%s, want --%s", s.env, s.flag, want)
		}
		flags = append(flags, s.flag)
	}
	slices.Sort(flags)
	if len(slices.Compact(flags)) != len(allSettings()) {
		t.Error("a flag is there twice")
	}
}

func TestForgetAfter(t *testing.T) {
	for given, want := range map[string]time.Duration{"90": 90 * 24 * time.Hour, "0": 0, "1": 24 * time.Hour, "-1": -1, "90d": -1, "3651": -1} {
		c := &checker{values: values{"PITCH_FORGET_AFTER": {"PITCH_FORGET_AFTER", given}}}
		got := c.forgetAfter()
		if bad := c.err() != nil; bad != (want < 0) || !bad && got != want {
			t.Errorf("%q is %s (%v), want %s", given, got, c.err(), want)
		}
	}
}
