package parse_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// wednesday is the moment phrases.tsv is said at.
func wednesday(t testing.TB, names ...string) parse.Context {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	ctx := parse.Context{Now: time.Date(2026, 11, 25, 10, 0, 0, 0, berlin), WorkDays: store.MondayToFriday}
	for i, name := range append([]string{"Acme", "Globex", "Initech", "Hooli", "Jane", "Bob", "Ada"}, names...) {
		ctx.Known = append(ctx.Known, parse.Name{ID: store.ID(i + 1), Name: name})
	}
	return ctx
}

// describe writes a request on one line, with the fields that are set; a name
// that is not known yet has a plus before it. Buttons are the commands of an
// Unclear, parted by " | ".
func describe(req parse.Request) string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	opt := func(name string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "0" && s != "false" {
			add("%s=%s", name, s)
		}
	}
	switch r := req.(type) {
	case parse.Log:
		add("log %s %s %s", r.Kind, who(r.Who), r.OccurredOn)
		opt("asked", r.Asked)
		opt("n", r.Quantity)
		opt("amount", string(r.Amount)+r.Currency)
		opt("outcome", r.Outcome)
		opt("reason", r.Reason)
		if len(r.Also) > 0 {
			opt("also", r.Also)
		}
		opt("words", r.Words)
		opt("guessed", r.Guessed)
		opt("change", r.Change)
		opt("until", r.Until)
		opt("unreached", r.Unreached)
		opt("note", r.Note)
		opt("rel", r.Relationship)
		opt("buyer", r.Buyer)
		opt("answer", r.Answer)
		opt("ifopen", r.OnlyIfOpen)
		opt("hint", r.Hint)
		if r.Next != nil {
			add("next=(%s)", describe(*r.Next))
		}
	case parse.LogForm:
		add("logform")
		opt("kind", r.Kind)
		opt("count", r.Count)
		opt("names", strings.Join(r.Names, "+"))
		opt("on", r.Log.OccurredOn)
		opt("who", who(r.Log.Who))
		opt("note", r.Log.Note)
		opt("rel", r.Log.Relationship)
	case parse.Prospects:
		if r.Filter == parse.Everybody {
			return "Prospects{}"
		}
		add("prospects only=%s", r.Filter)
	case parse.SettingsTo:
		add("settings")
		opt("morning", r.Morning)
		opt("zone", r.Zone)
		if r.Recap != nil {
			add("recap=%s", *r.Recap)
		}
		if r.Holidays != nil {
			add("holidays=%s", *r.Holidays)
		}
		if r.Digest != nil {
			add("digest=%t", *r.Digest)
		}
	case parse.NamesForm:
		add("names %s", strings.Join(r.Names, ", "))
	case parse.AddProspect:
		add("add %s %s note=%s", who(r.Who), r.Relationship, r.Note)
	case parse.Commit:
		add("commit %s", r.Kind)
		opt("who", who(r.Who))
		if r.Count != 1 {
			opt("n", r.Count)
		}
		opt("on", r.DueOn)
		opt("at", r.At)
		if !r.DueAt.IsZero() {
			add("due=%s", r.DueAt.Format(time.RFC3339))
		}
		opt("every", r.Every)
		opt("for", r.For)
		opt("say", r.Sentence)
		for _, c := range r.Choices {
			add("[%s: %s]", c.Label, c.Command)
		}
	case parse.Done:
		add("done")
		opt("who", who(r.Who))
		opt("kind", r.Kind)
		opt("count", r.Count)
		opt("note", r.Note)
	case parse.Snooze:
		add("snooze")
		opt("who", who(r.Who))
		opt("kind", r.Kind)
		if r.For > 0 {
			opt("for", r.For)
		}
		opt("on", r.On)
		if !r.Until.IsZero() {
			add("until=%s", r.Until.Format(time.RFC3339))
		}
	case parse.Move:
		add("move")
		opt("who", who(r.Who))
		opt("kind", r.Kind)
		opt("on", r.DueOn)
		opt("at", r.At)
	case parse.Cancel:
		add("cancel")
		opt("who", who(r.Who))
		opt("kind", r.Kind)
	case parse.Board:
		add("board")
		if r.On != nil {
			add("%v", *r.On)
		}
	case parse.Goal:
		add("goal")
		for i, n := range []*int{r.Asks, r.Calls, r.Nos} {
			if n != nil {
				add("%s=%d", []string{"asks", "calls", "nos"}[i], *n)
			}
		}
		if r.Off {
			add("off")
		}
	case parse.Pause:
		add("pause %s", r.Reason)
		opt("from", r.From)
		opt("to", r.To)
	case parse.Channel:
		add("channel")
		if r.On {
			add("on %s %s %s", r.Weekday, r.At, r.Zone)
		}
	case parse.History:
		add("history")
		opt("who", who(r.Who))
	case parse.Rename:
		add("rename %s to %s", who(r.Who), who(r.To))
		if r.To.ID != 0 && r.To.ID == r.Who.ID {
			add("same")
		}
	case parse.Delete:
		add("delete %s", who(r.Who))
	case parse.Mark:
		add("mark %s", who(r.Who))
		opt("rel", r.Relationship)
		opt("buyer", r.Buyer)
		if r.Callable != nil {
			add("callable=%v", *r.Callable)
		}
		if r.DoNotContact != nil {
			add("dnc=%v", *r.DoNotContact)
		}
		if r.FollowUpOn != nil {
			add("next=%s", *r.FollowUpOn)
		}
		opt("note", r.Note)
	case parse.Coach:
		add("%s", r.Verb)
		opt("level", r.Level)
		if r.On != nil {
			add("on=%v", *r.On)
		}
		opt("rest", r.Rest)
	case parse.Unclear:
		add("? %s", r.Problem)
		var buttons []string
		for _, s := range r.Suggest {
			buttons = append(buttons, s.Command)
		}
		if len(buttons) > 0 {
			add("%s", strings.Join(buttons, " | "))
		}
	default:
		add("%s", strings.TrimPrefix(fmt.Sprintf("%T%+v", req, req), "parse."))
	}
	return strings.TrimSpace(strings.Join(out, " "))
}

func who(w parse.Who) string {
	switch {
	case w.Name == "":
		return ""
	case len(w.Candidates) > 0:
		return fmt.Sprintf("%s?%d", w.Name, len(w.Candidates))
	case w.ID == 0:
		return "+" + w.Name
	}
	return w.Name
}
