package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"pitch/bot"
	"pitch/bot/localslack"
	"pitch/store"
	"pitch/store/bolt"
)

// demoStart is when the demo begins: a Wednesday morning in Berlin.
func demoStart() time.Time { return time.Date(2026, time.November, 25, 9, 0, 0, 0, time.UTC) }

// openDemoStore opens the store and the clock that goes with it.
func openDemoStore(ctx context.Context, cfg demoConfig, ending *teardown) (*movableClock, store.Store, error) {
	path := cfg.StorePath
	if path == "" {
		dir, err := os.MkdirTemp("", "pitch-demo-")
		if err != nil {
			return nil, nil, err
		}
		ending.add("folder of the demo", func(context.Context) error { return os.RemoveAll(dir) })
		path = filepath.Join(dir, "pitch.db")
	}
	st, err := bolt.Open(ctx, bolt.Config{Path: path, Log: cfg.Log})
	if err != nil {
		return nil, nil, fmt.Errorf("opening the store: %w", err)
	}
	ending.add("store", func(context.Context) error { return st.Close() })
	from, err := latest(ctx, st, demoStart())
	if err != nil {
		return nil, nil, err
	}
	clock := &movableClock{store: st}
	clock.start(from)
	for _, u := range playable() {
		clock.people = append(clock.people, store.Owner{Team: demoTeam, User: store.UserID(u.ID)})
	}
	return clock, st, nil
}

// latest is when the store was last written to by a person, or at the earliest
// start: time must not run backwards in a store that is used again.
func latest(ctx context.Context, st store.Store, start time.Time) (time.Time, error) {
	err := st.Export(ctx, func(r store.Record) error {
		var at time.Time
		switch r := r.(type) {
		case store.ActivityRecord:
			at = r.LoggedAt
		case store.CommitmentRecord:
			at = r.MadeAt
		}
		if at.After(start) {
			start = at
		}
		return nil
	})
	return start, err
}

const (
	demoTeam    = "T0LOCAL"
	demoChannel = "C0SALES"
)

// playable are those one can be in the demo.
func playable() []localslack.User { return append(founders(), noor()) }

// founders are those whose weeks before one can go on with.
func founders() []localslack.User {
	return []localslack.User{
		{ID: "U0MAYA", Name: "maya", RealName: "Maya Brandt", TZ: "Europe/Berlin", Admin: true},
		{ID: "U0TOM", Name: "tom", RealName: "Tom Alvarez", TZ: "America/Los_Angeles"},
		{ID: "U0AIKO", Name: "aiko", RealName: "Aiko Mori", TZ: "Australia/Sydney"},
	}
}

// grants are the rights, the events and the shortcuts the manifest asks for: a
// call that a real workspace would refuse is refused here.
func grants() (scopes, events []string, shortcuts []localslack.Shortcut, err error) {
	var m struct {
		OAuth struct {
			Scopes struct{ Bot []string }
		} `json:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `json:"bot_events"`
			} `json:"event_subscriptions"`
		}
		Features struct {
			Shortcuts []struct {
				Name     string `json:"name"`
				Type     string `json:"type"`
				Callback string `json:"callback_id"`
			} `json:"shortcuts"`
		} `json:"features"`
	}
	err = json.Unmarshal(bot.Manifest(), &m)
	for _, s := range m.Features.Shortcuts {
		shortcuts = append(shortcuts, localslack.Shortcut{Callback: s.Callback, Name: s.Name, OnMessage: s.Type == "message"})
	}
	return m.OAuth.Scopes.Bot, m.Settings.Events.Bot, shortcuts, err
}

// startLocalSlack starts a workspace with the founders and Pitch, which is in
// #sales and not in #general. It returns the address it answers at.
func startLocalSlack(cfg demoConfig, clock *movableClock, ending *teardown) (*localslack.Workspace, string, error) {
	scopes, events, shortcuts, err := grants()
	if err != nil {
		return nil, "", err
	}
	l, err := listenForDemo(cfg)
	if err != nil {
		return nil, "", fmt.Errorf("opening the local Slack (--listen): %w", err)
	}
	var members []string
	for _, u := range everybody() {
		members = append(members, u.ID)
	}
	slack := localslack.New(localslack.Config{
		Now: clock.Now, Log: cfg.Log, Team: localslack.Team{ID: demoTeam, Name: "Founders", Domain: "founders"},
		App: localslack.App{BotUserID: "U0PITCH", Shortcuts: shortcuts}, Users: everybody(), Scopes: scopes, Events: events,
		// A store that is used again remembers what it has dealt with.
		Seed: rand.Uint64(),
		Channels: []localslack.Channel{
			{ID: "C0GENERAL", Name: "general", Members: members},
			{ID: demoChannel, Name: "sales", Members: append([]string{"U0PITCH"}, members...)},
		},
	})
	ending.add("local Slack", func(context.Context) error { return slack.Close() })
	page, err := demoPage(slack, clock)
	if err != nil {
		return nil, "", errors.Join(err, l.Close())
	}
	go func() {
		if err := page.Serve(l); err != nil {
			cfg.Log.Error("the local Slack ended", "error", err)
		}
	}()
	return slack, "http://" + l.Addr().String(), nil
}
