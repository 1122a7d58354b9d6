package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// setting is one thing that can be configured, by a flag or else by a variable
// of the environment. An empty value is no value.
type setting struct {
	env      string
	flag     string
	fallback string
	help     string
}

func allSettings() []setting {
	return []setting{
		{"SLACK_BOT_TOKEN", "slack-bot-token", "", "the bot's token, xoxb-…; as others can read a flag, prefer the variable or the file"},
		{"SLACK_BOT_TOKEN_FILE", "slack-bot-token-file", "", "a file that holds it"},
		{"SLACK_APP_TOKEN", "slack-app-token", "", "the app-level token, xapp-…"},
		{"SLACK_APP_TOKEN_FILE", "slack-app-token-file", "", "a file that holds it"},
		{"SLACK_API_URL", "slack-api-url", "https://slack.com/api/", "Slack's Web API, or a local Slack's on loopback"},
		{"PITCH_STORE", "store", "bolt:pitch.db", "where the records are kept"},
		{"PITCH_ADMINS", "admins", "", "user ids with an admin's rights, besides Slack's own admins"},
		{"PITCH_FORGET_AFTER", "forget-after", "90", "days after which who left the workspace is forgotten; 0 is never"},
		{"PITCH_CONNECTIONS", "connections", "2", "connections to Slack, 1 to 10"},
		{"PITCH_LISTEN", "listen", "", "address of the health page, such as 127.0.0.1:8700; off by default"},
		{"PITCH_LOG", "log", "text", "text or json"},
		{"PITCH_LOG_LEVEL", "log-level", "info", "debug, info, warn or error"},
	}
}

// settingsNamed are the settings of those variables, in the table's order.
func settingsNamed(variables ...string) []setting {
	return slices.DeleteFunc(allSettings(), func(s setting) bool { return !slices.Contains(variables, s.env) })
}

// given is a setting's value and the name under which it was given.
type given struct{ name, value string }

// values are the settings of a run as given, before anything about them is
// checked, by their variable.
type values map[string]given

// gather reads the settings a command has: what the flags say, else the
// environment, else what the setting falls back to.
func gather(command string, p process, args []string, known []setting) (values, error) {
	set := flag.NewFlagSet(command, flag.ContinueOnError)
	flags := map[string]*string{}
	for _, s := range known {
		also := s.env
		if s.fallback != "" {
			also += ", else " + s.fallback
		}
		flags[s.env] = set.String(s.flag, "", s.help+" ("+also+")")
	}
	if err := parseFlags(set, p, args); err != nil {
		return nil, err
	}
	got := values{}
	for _, s := range known {
		got[s.env] = given{s.env, s.fallback}
		if v, ok := p.Env(s.env); ok && v != "" {
			got[s.env] = given{s.env, v}
		}
		if v := *flags[s.env]; v != "" {
			got[s.env] = given{"--" + s.flag, v}
		}
	}
	return got, nil
}

// parseFlags parses without printing anything by itself but the help that was
// asked for, and refuses arguments that are not flags.
func parseFlags(set *flag.FlagSet, p process, args []string) error {
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	err := set.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(p.Stdout, "pitch %s\n\n%s", set.Name(), flagHelp(set))
		return err
	case err != nil:
		return usagef("%s: %s%s", set.Name(), flagTrouble(err), flagsOf(set))
	case set.NArg() > 0:
		return usagef("%s takes flags only, as in --%s%s", set.Name(), firstFlag(set), flagsOf(set))
	}
	return nil
}

// flagTrouble says what is wrong with the flags without repeating any value.
func flagTrouble(err error) string {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	switch {
	case unknown:
		return "there is no flag --" + name
	case strings.HasPrefix(err.Error(), "flag needs an argument"):
		_, name, _ := strings.Cut(err.Error(), ": -")
		return "--" + name + " needs a value"
	}
	return "a flag cannot be read"
}

func firstFlag(set *flag.FlagSet) string {
	first := "help"
	set.VisitAll(func(f *flag.Flag) {
		if first == "help" || f.Name == "store" {
			first = f.Name
		}
	})
	return first
}

func flagsOf(set *flag.FlagSet) string {
	var names []string
	set.VisitAll(func(f *flag.Flag) { names = append(names, "--"+f.Name) })
	if len(names) == 0 {
		return ""
	}
	return "\nThere are: " + strings.Join(names, " ")
}

func flagHelp(set *flag.FlagSet) string {
	var b strings.Builder
	set.VisitAll(func(f *flag.Flag) { fmt.Fprintf(&b, "  --%-22s %s\n", f.Name, f.Usage) })
	return b.String()
}
