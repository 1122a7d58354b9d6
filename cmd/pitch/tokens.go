package main

import (
	"io"
	"os"
	"regexp"
	"strings"
)

// tokens are Slack's two, "" where a fault has been noted. That neither is given
// is no fault of its own: it is the first run.
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

// cause is what went wrong with a file, without the file's name.
func cause(err error) error {
	if path, ok := err.(*os.PathError); ok {
		return path.Err
	}
	return err
}
