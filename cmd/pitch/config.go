package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pitch/bot"
	"pitch/store"
)

// config is what `pitch serve` runs by, checked.
type config struct {
	BotToken, AppToken string
	APIURL             string // ends in a slash
	StorePath          string // the file of the bolt store
	Admins             []store.UserID
	Connections        int
	Listen             string // "" is no health page
	Log                logConfig
}

// logConfig is how a command logs. The zero value is text at info.
type logConfig struct {
	JSON  bool
	Level slog.Level
}

// fault is one thing that is wrong with the configuration: the name under which
// it was given, and a sentence's end with what to do. The value is never
// repeated, as it may be a secret in the wrong place.
type fault struct{ name, trouble string }

// faults are everything that is wrong at once, and whether Slack's tokens are
// missing altogether, as they are on the first run.
type faults struct {
	list     []fault
	noTokens bool
}

func (f faults) Error() string { return strings.TrimSpace(f.report()) }

// report is what a person reads.
func (f faults) report() string {
	var b strings.Builder
	for _, x := range f.list {
		fmt.Fprintf(&b, "pitch: %s %s\n", x.name, x.trouble)
	}
	if f.noTokens {
		if len(f.list) > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(firstSteps())
	}
	return b.String()
}

// firstSteps is the way from nothing to a bot in Slack.
func firstSteps() string {
	return `Pitch needs an app in your Slack, and the app's two tokens.

1. Create the app. This link has everything filled in; choose the workspace and press Create:
   ` + bot.ManifestLink() + `
   (or paste what "pitch manifest" prints at https://api.slack.com/apps, New App, From a manifest)

2. Get the tokens, on the page of the app that opens:
   SLACK_APP_TOKEN  Basic Information, App-Level Tokens, Generate, with the scope connections:write (xapp-…)
   SLACK_BOT_TOKEN  Install App, Install to Workspace, Bot User OAuth Token (xoxb-…)

3. Run it again:
   SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… pitch serve

To try Pitch first, without an account: pitch demo
`
}

// checker turns values into a configuration and keeps what is wrong.
type checker struct {
	values
	faults faults
}

func (c *checker) wrong(name, format string, args ...any) {
	c.faults.list = append(c.faults.list, fault{name, fmt.Sprintf(format, args...)})
}

// err is the faults, or nil where there are none.
func (c *checker) err() error {
	if len(c.faults.list) == 0 && !c.faults.noTokens {
		return nil
	}
	return c.faults
}

// serveConfig reads and checks everything `pitch serve` runs by.
func serveConfig(p process, args []string) (config, error) {
	v, err := gather("serve", p, args, allSettings())
	if err != nil {
		return config{}, err
	}
	c := &checker{values: v}
	var cfg config
	cfg.BotToken, cfg.AppToken = c.tokens()
	cfg.APIURL = c.apiURL()
	cfg.StorePath = c.storePath()
	cfg.Admins = c.admins()
	cfg.Connections = c.connections()
	cfg.Listen = c.listen()
	cfg.Log = c.log()
	return cfg, c.err()
}

// storeConfig reads the one setting of the commands that only need the store.
func storeConfig(command string, p process, args []string) (path string, err error) {
	v, err := gather(command, p, args, settingsNamed("PITCH_STORE"))
	if err != nil {
		return "", err
	}
	c := &checker{values: v}
	path = c.storePath()
	return path, c.err()
}

func (c *checker) tokens() (botToken, appToken string) {
	botAs, botToken := c.token("SLACK_BOT_TOKEN")
	appAs, appToken := c.token("SLACK_APP_TOKEN")
	switch {
	case botAs == "" && appAs == "":
		c.faults.noTokens = true
		return "", ""
	case strings.HasPrefix(botToken, "xapp-") && strings.HasPrefix(appToken, "xoxb-"):
		c.wrong(botAs+" and "+appAs, "are swapped: the bot token starts with xoxb-, the app token with xapp-")
		return "", ""
	}
	c.tokenIs("SLACK_BOT_TOKEN", botAs, botToken, "xoxb-", "the bot token is on the app's page under Install App")
	c.tokenIs("SLACK_APP_TOKEN", appAs, appToken, "xapp-", "the app token is on the app's page under Basic Information, App-Level Tokens, with the scope connections:write")
	return botToken, appToken
}

// token is a token's value, from the setting itself or from its file, and the
// name under which it was given: "" where it was not. The value is "" as well
// where a fault about it has been noted.
func (c *checker) token(env string) (name, value string) {
	direct, file := c.values[env], c.values[env+"_FILE"]
	if direct.value != "" && file.value != "" {
		switch directFlag, fileFlag := direct.isFlag(), file.isFlag(); {
		case directFlag && !fileFlag:
			file.value = ""
		case fileFlag && !directFlag:
			direct.value = ""
		default:
			c.wrong(direct.name+" and "+file.name, "are both set; keep one of them")
			return direct.name, ""
		}
	}
	switch {
	case direct.value != "":
		return direct.name, strings.TrimSpace(direct.value)
	case file.value != "":
		return file.name, c.tokenFile(file)
	}
	return "", ""
}

func (g given) isFlag() bool { return strings.HasPrefix(g.name, "--") }

// tokenFileMax is far more than any token has bytes.
const tokenFileMax = 4096

func (c *checker) tokenFile(file given) string {
	if tokenKind(file.value) != "" {
		c.wrong(file.name, "holds a token; it wants the name of a file that holds one")
		return ""
	}
	f, err := os.Open(file.value)
	if err != nil {
		c.wrong(file.name, "names a file that cannot be read (%v)", cause(err))
		return ""
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, tokenFileMax))
	if err != nil {
		c.wrong(file.name, "names a file that cannot be read (%v)", cause(err))
		return ""
	}
	token := strings.TrimSpace(string(raw))
	if token == "" {
		c.wrong(file.name, "names an empty file")
	}
	return token
}

// tokenIs notes what is wrong with a token that ought to begin with prefix.
func (c *checker) tokenIs(env, name, token, prefix, where string) {
	kind := tokenKind(token)
	body := strings.TrimPrefix(token, prefix)
	switch {
	case name == "":
		c.wrong(env, "is not set; %s", where)
	case token == "": // said already
	case strings.ContainsAny(token, "\"'"):
		c.wrong(name, "has quotes in it; give the token alone")
	case kind != "" && !strings.HasPrefix(token, prefix):
		c.wrong(name, "starts with %s; this is %s. It wants one that starts with %s: %s", tokenPrefix(token), kind, prefix, where)
	case body == token:
		c.wrong(name, "does not start with %s; %s", prefix, where)
	case !regexp.MustCompile(`^[A-Za-z0-9-]+$`).MatchString(body):
		c.wrong(name, "is cut off or has other characters in it than a token; copy it again: %s", where)
	}
}

func tokenPrefix(token string) string {
	prefix, _, _ := strings.Cut(token, "-")
	return prefix + "-"
}

// tokenKind says what kind of Slack token this is; "" is none that is known.
func tokenKind(token string) string {
	switch tokenPrefix(token) {
	case "xoxb-":
		return "a bot token"
	case "xapp-":
		return "an app token"
	case "xoxp-":
		return "a user's token"
	case "xoxe-", "xoxe.xoxb-", "xoxe.xoxp-":
		return "a token that expires; switch token rotation off in the app's settings"
	case "xoxa-", "xoxr-", "xoxs-", "xoxc-", "xoxd-":
		return "a token of another kind"
	}
	return ""
}

func (c *checker) apiURL() string {
	g := c.values["SLACK_API_URL"]
	u, err := url.Parse(g.value)
	switch {
	case err != nil || u.Host == "":
		c.wrong(g.name, "is not an address such as https://slack.com/api/")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		c.wrong(g.name, "has a user, a question mark or a # in it; the address alone is enough")
	case u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
		c.wrong(g.name, "has to start with https://, as the tokens are sent there; http:// is for a local Slack at 127.0.0.1")
	default:
		return strings.TrimSuffix(u.String(), "/") + "/"
	}
	return ""
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// storePath is the file of the bolt store: "bolt:pitch.db", or its name alone.
func (c *checker) storePath() string {
	g := c.values["PITCH_STORE"]
	path, isBolt := strings.CutPrefix(g.value, "bolt:")
	scheme, _, hasScheme := strings.Cut(path, ":")
	switch {
	case isBolt:
	case hasScheme && (scheme == "postgres" || scheme == "postgresql"):
		c.wrong(g.name, "names a Postgres database; this build stores in bolt, as in bolt:pitch.db. Postgres comes later")
		return ""
	case hasScheme && !strings.ContainsAny(scheme, `/\`):
		c.wrong(g.name, "is of a kind this build does not have; it stores in bolt, as in bolt:pitch.db")
		return ""
	}
	if path == "" {
		c.wrong(g.name, "has no file name; it is bolt: and a file, as in bolt:pitch.db")
		return ""
	}
	c.storeFile(g.name, path)
	return path
}

func (c *checker) storeFile(name, path string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		c.wrong(name, "names a folder; name a file in it, as in bolt:%s", filepath.Join(path, "pitch.db"))
		return
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		c.wrong(name, "is in a folder that does not exist or cannot be read (%s); make it first", filepath.Dir(path))
		return
	}
	if at := socketPath(path); len(at) > socketPathMax {
		c.wrong(name, "is too long a path: the socket beside it may have %d bytes in its name and would have %d. Use a shorter or a relative one", socketPathMax, len(at))
	}
}

func (c *checker) admins() []store.UserID {
	g := c.values["PITCH_ADMINS"]
	var ids []store.UserID
	for _, id := range strings.FieldsFunc(g.value, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`).MatchString(id) {
			c.wrong(g.name, "wants user ids such as U012AB3CD, separated by commas; a member's id is in their profile under ⋮, Copy member ID")
			return nil
		}
		ids = append(ids, store.UserID(id))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (c *checker) connections() int {
	g := c.values["PITCH_CONNECTIONS"]
	n, err := strconv.Atoi(g.value)
	if err != nil || n < 1 || n > 10 {
		c.wrong(g.name, "is a number from 1 to 10; Slack allows ten, and two are enough to lose nothing")
	}
	return n
}

func (c *checker) listen() string {
	g := c.values["PITCH_LISTEN"]
	if g.value == "" {
		return ""
	}
	_, port, err := net.SplitHostPort(g.value)
	if n, perr := strconv.ParseUint(port, 10, 16); err != nil || perr != nil || n > 65535 {
		c.wrong(g.name, "is an address and a port, such as 127.0.0.1:8700, or :8700 for every address")
	}
	return g.value
}

func (c *checker) log() (l logConfig) {
	format := c.values["PITCH_LOG"]
	switch format.value {
	case "text":
	case "json":
		l.JSON = true
	default:
		c.wrong(format.name, "is text or json")
	}
	l.Level = c.level()
	return l
}

func (c *checker) level() (level slog.Level) {
	g := c.values["PITCH_LOG_LEVEL"]
	switch g.value {
	case "debug", "info", "warn", "error":
		if err := level.UnmarshalText([]byte(g.value)); err == nil {
			return level
		}
	}
	c.wrong(g.name, "is debug, info, warn or error")
	return level
}

// logger logs to w, which redacts.
func (l logConfig) logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.Level}
	if l.JSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// cause is what went wrong with a file, without the file's name.
func cause(err error) error {
	if path, ok := err.(*os.PathError); ok {
		return path.Err
	}
	return err
}
