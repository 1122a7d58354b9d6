package main

import (
	"fmt"
	"strings"

	"pitch/bot"
)

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
