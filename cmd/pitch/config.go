package main

import (
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
	"time"

	"pitch/store"
)

// config is what `pitch serve` runs by, checked.
type config struct {
	BotToken, AppToken string
	APIURL             string // ends in a slash
	StorePath          string // the file of the bolt store
	Admins             []store.UserID
	ForgetAfter        time.Duration // 0 is never
	Connections        int
	Listen             string // "" is no health page
	Log                logConfig
}

// logConfig is how a command logs. The zero value is text at info.
type logConfig struct {
	JSON  bool
	Level slog.Level
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
	cfg.ForgetAfter = c.forgetAfter()
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
	if isBolt && strings.HasPrefix(path, "//") {
		c.wrong(g.name, "is bolt: and a file, without slashes between them, as in bolt:pitch.db or bolt:/data/pitch.db")
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

// forgetAfterMost is ten years, in days.
const forgetAfterMost = 3650

func (c *checker) forgetAfter() time.Duration {
	g := c.values["PITCH_FORGET_AFTER"]
	days, err := strconv.Atoi(g.value)
	if err != nil || days < 0 || days > forgetAfterMost {
		c.wrong(g.name, "is a number of days up to %d, after which who left the workspace is forgotten; 0 is never", forgetAfterMost)
		return 0
	}
	return time.Duration(days) * 24 * time.Hour
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
