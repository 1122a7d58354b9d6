package parse_test

import (
	"strings"
	"testing"
	"time"

	"pitch/bot/parse"
)

// TestNewNames: a name close to a known one is asked about; one in quotes, one
// that is clearly another and a short one are not.
func TestNewNames(t *testing.T) {
	ctx := wednesday(t, "Wayne Enterprises", "Pied Piper", "Stark Industries", "Stark Labs", "Jane at Zeta", "Studio 54", "Zoe")
	for text, want := range map[string]string{
		"log call Wayne":                     `? which_name log call "Wayne Enterprises" | log call "Wayne"`,
		"log ask wayne, 10 seats":            `? which_name log ask "Wayne Enterprises", 10 seats | log ask "wayne", 10 seats`,
		"log call Wayne Enterprises Inc":     `? which_name log call "Wayne Enterprises" | log call "Wayne Enterprises Inc"`,
		"log call PiedPiper":                 `? which_name log call "Pied Piper" | log call "PiedPiper"`,
		"log no Pied Pipper, too expensive":  `? which_name log no "Pied Piper", too expensive | log no "Pied Pipper", too expensive`,
		"log call Stark":                     `? which_name log call "Stark Industries" | log call "Stark Labs" | log call "Stark"`,
		"log call the Stark Labs":            "log call Stark Labs 2026-11-25",
		"log call \"Wayne\"":                 "log call +Wayne 2026-11-25",
		"log call Studio 55":                 "log call +Studio 55 2026-11-25",
		"log call Zo":                        "log call +Zo 2026-11-25",
		"log call Wanda":                     "log call +Wanda 2026-11-25",
		"log call Jane at Initech":           "log call +Jane at Initech 2026-11-25",
		"log call Bob at Acme":               "log call +Bob at Acme 2026-11-25",
		"commit call Wayne tomorrow":         `? which_name commit call "Wayne Enterprises" tomorrow | commit call "Wayne" tomorrow`,
		"call Wayne tomorrow":                `? which_name commit call "Wayne Enterprises" tomorrow | commit call "Wayne" tomorrow`,
		"called Wayne yesterday":             `? which_name called "Wayne Enterprises" yesterday | called "Wayne" yesterday`,
		"Wayne":                              `? which_name "Wayne Enterprises" | help`,
		"who is Wayne Enterprises":           "Card{Who:{Name:Wayne Enterprises ID:8 Candidates:[]}}",
		"log no budget at Wayne Enterprises": "log ask Wayne Enterprises 2026-11-25 outcome=lost reason=budget words=no budget answer=true",
	} {
		if got := describe(parse.Command(text, ctx)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestSeeingNeverWrites: words that ask to see something are answered with what
// can be seen, whatever follows them.
func TestSeeingNeverWrites(t *testing.T) {
	ctx := wednesday(t, "Call Center", "List")
	for _, look := range []string{"show", "show me", "list", "view", "what is", "who is", "which", "when did I", "tell me about", "find", "status", "how many", "did I", "is", "where"} {
		for _, rest := range []string{"", " Acme", " zeta", " call Acme", " my calls", " log", " commit call Acme tomorrow", " the pipeline", " no Acme", " asks", " Acme tomorrow", " ask Acme 10 seats", " won deals", " no's", " my open asks", " lost"} {
			req := parse.Command(look+rest, ctx)
			commands := []string{describe(req)}
			if u, ok := req.(parse.Unclear); ok {
				commands = nil
				for _, s := range u.Suggest {
					commands = append(commands, s.Command)
				}
			}
			for _, c := range commands {
				switch first, _, _ := strings.Cut(c, " "); first {
				case "log", "commit", "add", "logform", "done", "cancel", "move", "snooze", "Undo{}":
					t.Errorf("%s%s: %s", look, rest, c)
				}
			}
		}
	}
}

func TestZone(t *testing.T) {
	for text, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", "America/New York": "America/New_York", "etc/gmt+1": "", "Etc/GMT+1": "Etc/GMT+1",
		"London": "Europe/London", "new york": "America/New_York", " Berlin ": "Europe/Berlin", "BERLIN": "Europe/Berlin", "istanbul": "Europe/Istanbul",
		"Buenos Aires": "America/Argentina/Buenos_Aires", "port-au-prince": "America/Port-au-Prince", "dar es salaam": "Africa/Dar_es_Salaam",
		"San Francisco": "America/Los_Angeles", "Bangalore": "Asia/Kolkata", "utc": "UTC", "GMT": "GMT", "honolulu": "Pacific/Honolulu",
		"EST": "", "CET": "", "Local": "", "": "", "Mars/Phobos": "", "Atlantis": "", "../etc/passwd": "", "Europe": "", "Indiana": "",
	} {
		got, ok := parse.Zone(text)
		if got != want || ok != (want != "") {
			t.Errorf("Zone(%q) = %q, %v", text, got, ok)
		}
		if ok {
			if _, err := time.LoadLocation(got); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestToTheMinute: "in 2 hours" is to the minute, downwards.
func TestToTheMinute(t *testing.T) {
	ctx := wednesday(t)
	ctx.Now = ctx.Now.Add(20 * time.Second)
	for text, want := range map[string]string{
		"commit call Acme in 2 hours":      "commit call who=Acme on=2026-11-25 at=12:00 due=2026-11-25T12:00:00+01:00",
		"commit call Acme in half an hour": "commit call who=Acme on=2026-11-25 at=10:30 due=2026-11-25T10:30:00+01:00",
		"commit call Acme in 1 min":        "commit call who=Acme on=2026-11-25 at=10:01 due=2026-11-25T10:01:00+01:00",
	} {
		if got := describe(parse.Command(text, ctx)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}
