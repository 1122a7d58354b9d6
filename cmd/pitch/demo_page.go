package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"time"

	"pitch/bot"
	"pitch/bot/localslack"
	"pitch/bot/parse"
)

// demoListen is where the demo answers unless it is told otherwise.
const demoListen = "127.0.0.1:8710"

// listenForDemo opens the demo's address: the one that was asked for; else the
// one people can remember, or any where something else has that. A terminal
// needs none that is known.
func listenForDemo(cfg demoConfig) (net.Listener, error) {
	if cfg.Listen != "" {
		return net.Listen("tcp", cfg.Listen)
	}
	if !cfg.Terminal {
		if l, err := net.Listen("tcp", demoListen); err == nil {
			return l, nil
		}
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// pageGreeting is what a newcomer reads before the page.
func pageGreeting(url, api string, now time.Time) string {
	return `This is a Slack workspace on your machine, with Pitch in it. Open

  ` + url + `/

It is ` + inBerlin(now) + ` there, and you are Maya; Tom (Los Angeles), Aiko (Sydney) and Noor (Berlin, for the situations) are one click away.
Type /pitch, press buttons, move the clock; press a situation on the left to see when the coach speaks. Ctrl-C ends it; without --store nothing is kept.
The Web API of this Slack is at ` + api + `

`
}

// watch says what Slack would not have taken, until the demo ends.
func watch(ctx context.Context, p process, slack *localslack.Workspace, ended <-chan error) error {
	changes, cancel := slack.Subscribe()
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-ended:
			return err
		case <-changes:
			tellProblems(p.Stdout, slack)
		}
	}
}

// demoPage is the workspace as its people see it, with what the app's manifest
// says of the command.
func demoPage(slack *localslack.Workspace, clock *movableClock) (*localslack.Page, error) {
	cfg := localslack.PageConfig{Clock: clock, Commands: completions(), Unread: lastSeen(), Situations: situations(clock), SituationsDo: situationsDo}
	for _, u := range playable() {
		cfg.People = append(cfg.People, u.ID)
	}
	var m struct {
		Features struct {
			Commands []struct {
				Description string `json:"description"`
				UsageHint   string `json:"usage_hint"`
			} `json:"slash_commands"`
		} `json:"features"`
	}
	if err := json.Unmarshal(bot.Manifest(), &m); err != nil {
		return nil, fmt.Errorf("reading the manifest: %w", err)
	}
	for _, c := range m.Features.Commands {
		cfg.About, cfg.Hint = c.Description, c.UsageHint
	}
	return localslack.NewPage(slack, cfg)
}

// completions are the commands, with an example each.
func completions() (out []localslack.Completion) {
	for _, e := range parse.Verbs() {
		out = append(out, localslack.Completion{Text: e.Text, Does: e.Does})
	}
	return out
}
