package parse_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/parse"
	"pitch/store"
)

// rows reads a file of "text<tab>what it means" lines; \n in a text is a newline.
func rows(t *testing.T, name string) (texts, want []string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimRight(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		text, meaning, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("%s: no tab in %q", name, line)
		}
		texts = append(texts, strings.ReplaceAll(text, `\n`, "\n"))
		want = append(want, meaning)
	}
	return texts, want
}

// phrases is what each row of phrases.tsv comes out as, in its order, written by
// describe.
var phrases = []string{
	`log call +Jane at Acme 2026-11-25`,
	`log ask Acme 2026-11-25 asked=order n=10 outcome=pending`,
	`log ask Acme 2026-11-25 asked=pilot amount=500USD outcome=pending`,
	`log ask +Müller, Söhne & Co 2026-11-25 asked=order n=3 outcome=pending`,
	`log ask Globex 2026-11-25 asked=deposit amount=1200.50EUR outcome=pending`,
	`log ask Globex 2026-11-25 outcome=lost reason=price words=no budget till Q3 answer=true`,
	`log ask Initech 2026-11-25 outcome=lost answer=true`,
	`log ask Initech 2026-11-25 outcome=lost reason=build_it words=they will build it themselves answer=true`,
	`log ask Acme 2026-11-25 outcome=won answer=true`,
	`log ask Acme 2026-11-25 amount=12000EUR outcome=won answer=true`,
	`log ask Acme 2026-11-25 outcome=not_now until=2027-03-01 answer=true`,
	`log demo Acme 2026-11-24`,
	`log meeting Ada 2026-11-23 asked=pilot outcome=pending`,
	`log email Hooli 2026-11-25`,
	`log follow_up Hooli 2026-11-25`,
	`log follow_up Hooli 2026-11-25 note=sent the proposal`,
	`log call Jane 2026-11-25`,
	`log ask Acme 2026-11-25 asked=order outcome=pending`,
	`? no_name log ask Acme | log ask Globex | log ask Initech`,
	`? future_log commit ask Acme tomorrow`,
	`? unknown_verb log ask Acme`,
	`logform`,
	`commit call who=Acme on=2026-11-26 at=15:00 due=2026-11-26T15:00:00+01:00`,
	`commit ask who=Globex on=2026-11-27`,
	`commit call n=5 on=2026-11-27`,
	`commit ask n=3 every=weekday`,
	`commit demo n=2 every=week`,
	`commit email who=Hooli on=2026-12-09`,
	`commit call who=Jane on=2026-11-30 at=09:00 due=2026-11-30T09:00:00+01:00`,
	`commit ask n=10 on=2026-11-30`,
	`? past_commit log call Acme yesterday`,
	`Leaderboard{Period:month}`,
	`pause pause from=2026-11-25 to=2026-11-29`,
	`log ask Acme 2026-11-25 asked=order outcome=pending`,
	`? which_tense log call Jane | commit call Jane`,
	`log call Jane 2026-11-25 unreached=true`,
	`logform kind=call count=5`,
	`? two_people log calls "Jane", "Bob" | log call "Jane", note: "Bob"`,
	`log call Jane 2026-11-25`,
	`log email Hooli 2026-11-25 amount=5000USD note=proposal hint=asked_to_buy`,
	`log ask Acme 2026-11-25 asked=order n=10 outcome=pending`,
	`log ask Acme 2026-11-25 asked=order n=10 amount=500USD outcome=pending`,
	`log ask Acme 2026-11-25 outcome=lost reason=price words=too expensive answer=true`,
	`log ask Acme 2026-11-25 outcome=lost reason=budget words=no budget answer=true`,
	`log ask Acme 2026-11-25 outcome=no_decision answer=true ifopen=true`,
	`? which_outcome log not now Acme | log ask Acme, no answer yet | log no Acme`,
	`log ask Globex 2026-11-25 asked=order outcome=pending rel=cold buyer=developer`,
	`add +Carol intro note=from Ada`,
	`log ask Acme 2026-11-23 asked=order outcome=pending`,
	`commit call who=Acme on=2026-11-25 at=15:00 due=2026-11-25T15:00:00+01:00`,
	`commit call who=Acme [Today: commit call Acme on 2026-11-25] [Tomorrow: commit call Acme on 2026-11-26] [Friday: commit call Acme on 2026-11-27]`,
	`move who=Acme on=2026-11-27`,
	`pause ooo from=2026-11-25 to=2026-12-01`,
	`goal asks=5`,
	`board false`,
	`Private{User:bob}`,
	`? unknown_verb help`,
}

func TestPhrases(t *testing.T) {
	texts, _ := rows(t, "../testdata/phrases.tsv")
	if len(texts) != len(phrases) {
		t.Fatalf("%d phrases, %d expectations", len(texts), len(phrases))
	}
	ctx := wednesday(t)
	for i, text := range texts {
		if got := describe(parse.Command(text, ctx)); got != phrases[i] {
			t.Errorf("%s\n got %s\nwant %s", text, got, phrases[i])
		}
	}
}

// TestSaid holds what phrases of every rule mean that phrases.tsv does not have.
func TestSaid(t *testing.T) {
	for _, name := range []string{"log", "commit", "other", "own"} {
		t.Run(name, func(t *testing.T) {
			ctx := wednesday(t)
			texts, want := rows(t, "testdata/"+name+".tsv")
			for i, text := range texts {
				if got := describe(parse.Command(text, ctx)); got != want[i] {
					t.Errorf("%s\n got %s\nwant %s", text, got, want[i])
				}
			}
		})
	}
}

// TestPromisesHold runs every phrase through the fuzz test's checks: buttons that
// work, and a canonical text that reads back to the same request.
func TestPromisesHold(t *testing.T) {
	ctx := wednesday(t)
	for _, text := range seeds(t) {
		t.Run(text, func(t *testing.T) { holds(t, ctx, parse.Command(text, ctx)) })
	}
}

// TestExamples: what help shows is read as it is meant.
func TestExamples(t *testing.T) {
	ctx := wednesday(t, "Acmee")
	meant := make(map[string]string)
	texts, want := rows(t, "testdata/examples.tsv")
	for i, text := range texts {
		meant[text] = want[i]
	}
	for _, one := range parse.Verbs() {
		if got := describe(parse.Command(one.Text, ctx)); got != meant[one.Text] {
			t.Errorf("%s\n got %s\nwant %s", one.Text, got, meant[one.Text])
		}
		delete(meant, one.Text)
		if one.Does == "" || parse.Command("help "+one.Verb, ctx) != (parse.Help{Topic: one.Verb}) {
			t.Errorf("help %s: %+v", one.Verb, one)
		}
	}
	if len(meant) > 0 {
		t.Errorf("no example any more: %v", meant)
	}
}

// TestKnownNames holds that a known name wins over every other reading of its words.
func TestKnownNames(t *testing.T) {
	ctx := wednesday(t, "Ask Jeeves", "Friday Inc", "No Limit Ltd", "Jane at Acme", "Müller, Söhne & Co", "Will", "Tom and Lisa", "ACME Two", "Acme two", "Peter (Berlin)", "Mark", "Offer Up", "Search Co")
	for text, want := range map[string]string{
		"log call ask jeeves":                     "log call Ask Jeeves 2026-11-25",
		"log ask Ask Jeeves, 5 seats":             "log ask Ask Jeeves 2026-11-25 asked=order n=5 outcome=pending",
		"log ask Jeeves":                          `? no_verb log call "Ask Jeeves" | log ask "Ask Jeeves" | log ask "Jeeves"`,
		"log no No Limit Ltd":                     "log ask No Limit Ltd 2026-11-25 outcome=lost answer=true",
		"log No Limit Ltd":                        `? no_verb log call "No Limit Ltd" | log ask "No Limit Ltd" | log no "Limit Ltd"`,
		"log call Friday Inc on Friday":           "log call Friday Inc 2026-11-20",
		"log call Jane at Acme yesterday":         "log call Jane at Acme 2026-11-24",
		"log call jane AT acme voicemail":         "log call Jane at Acme 2026-11-25 unreached=true",
		"log ask jane AT acme 10 seats":           "log ask Jane at Acme 2026-11-25 asked=order n=10 outcome=pending",
		"log ask Müller, Söhne & Co, 3 licences":  "log ask Müller, Söhne & Co 2026-11-25 asked=order n=3 outcome=pending",
		"log ask MULLER SOHNE CO 3 licences":      "log ask Müller, Söhne & Co 2026-11-25 asked=order n=3 outcome=pending",
		"Will said no":                            "log ask Will 2026-11-25 outcome=lost answer=true",
		"will call Will tomorrow":                 "commit call who=Will on=2026-11-26",
		"log call Tom and Lisa":                   "log call Tom and Lisa 2026-11-25",
		"log call acme TWO":                       "log call acme TWO?2 2026-11-25",
		"log call ACME Two":                       "log call ACME Two 2026-11-25",
		"log call Peter (Berlin) (voicemail)":     "log call Peter (Berlin) 2026-11-25 unreached=true",
		"Mark said no":                            "log ask Mark 2026-11-25 outcome=lost answer=true",
		"Mark is cold":                            "mark Mark rel=cold",
		"note Mark: likes dogs":                   "mark Mark note=likes dogs",
		"Offer Up said yes":                       "log ask Offer Up 2026-11-25 outcome=won answer=true",
		"Search Co no, too expensive":             "log ask Search Co 2026-11-25 outcome=lost reason=price words=too expensive answer=true",
		"delete acme TWO":                         "delete acme TWO?2",
		"rename ACME Two to Acme two":             "rename ACME Two to Acme two",
		"history Tom and Lisa":                    "history who=Tom and Lisa",
		"offer Offer Up a pilot":                  `? bad_argument log ask Offer Up, pilot | commit ask Offer Up, for: "a pilot" | offer "Offer Up a pilot"`,
		"Friday Inc":                              "Card{Who:{Name:Friday Inc ID:9 Candidates:[]}}",
		"done Ask Jeeves":                         "done who=Ask Jeeves",
		"move Friday Inc to Monday":               "move who=Friday Inc on=2026-11-30",
		"snooze Friday Inc until Friday":          "snooze who=Friday Inc on=2026-11-27",
		"commit ask Müller, Söhne & Co by Friday": "commit ask who=Müller, Söhne & Co on=2026-11-27",
		"log yes Jane at Acme, pilot, 2k EUR":     "log ask Jane at Acme 2026-11-25 asked=pilot amount=2000EUR outcome=won answer=true",
		"log called Will and left a voicemail":    "log call Will 2026-11-25 unreached=true",
		"log meeting Will, asked for 10 seats":    "log meeting Will 2026-11-25 asked=order n=10 outcome=pending",
		"log call Jane at Acme, Friday Inc":       `? two_people log calls "Jane at Acme", "Friday Inc" | log call "Jane at Acme, Friday Inc" | log call "Jane at Acme", note: "Friday Inc"`,
	} {
		if got := describe(parse.Command(text, ctx)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestOtherMoments reads the same words at other times and places.
func TestOtherMoments(t *testing.T) {
	for _, c := range []struct{ zone, now, text, want string }{
		{"Europe/Berlin", "2026-11-26T10:00", "commit call Acme", "commit call who=Acme [Today: commit call Acme on 2026-11-26] [Tomorrow: commit call Acme on 2026-11-27] [Monday: commit call Acme on 2026-11-30]"},
		{"Europe/Berlin", "2026-11-29T10:00", "commit call Acme", "commit call who=Acme [Today: commit call Acme on 2026-11-29] [Tomorrow: commit call Acme on 2026-11-30] [Friday: commit call Acme on 2026-12-04]"},
		{"Europe/Berlin", "2026-11-28T10:00", "commit call Acme by end of week", "commit call who=Acme on=2026-11-29"},
		{"Europe/Berlin", "2026-01-31T10:00", "commit call Acme in a month", "commit call who=Acme on=2026-02-28"},
		{"Europe/Berlin", "2027-01-02T10:00", "log call Acme on 28 December", "log call Acme 2026-12-28"},
		{"Europe/Berlin", "2027-01-02T10:00", "log call Acme on the 31st", "log call Acme 2026-12-31"},
		{"Europe/Berlin", "2026-03-01T10:00", "commit call Acme 29 February", "commit call who=Acme on=2028-02-29"},
		{"Europe/Berlin", "2026-03-28T20:00", "commit call Acme tomorrow 2:30am", "commit call who=Acme on=2026-03-29 at=02:30 due=2026-03-29T03:30:00+02:00"},
		{"Europe/Berlin", "2026-11-25T23:50", "commit call Acme in 20 minutes", "commit call who=Acme on=2026-11-26 at=00:10 due=2026-11-26T00:10:00+01:00"},
		{"Pacific/Auckland", "2026-11-26T00:30", "log call Acme yesterday", "log call Acme 2026-11-25"},
		{"America/Los_Angeles", "2026-12-31T22:00", "commit call Acme tomorrow 9am", "commit call who=Acme on=2027-01-01 at=09:00 due=2027-01-01T09:00:00-08:00"},
		{"Europe/Berlin", "2026-12-30T10:00", "log not now Acme until next quarter", "log ask Acme 2026-12-30 outcome=not_now until=2027-01-01 answer=true"},
		{"Europe/Berlin", "2026-12-30T10:00", "ooo until 7 Jan", "pause ooo from=2026-12-30 to=2027-01-06"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		ctx := wednesday(t)
		if ctx.Now, err = time.ParseInLocation("2006-01-02T15:04", c.now, loc); err != nil {
			t.Fatal(err)
		}
		if got := describe(parse.Command(c.text, ctx)); got != c.want {
			t.Errorf("%s at %s\n got %s\nwant %s", c.text, c.now, got, c.want)
		}
	}
}

// TestOwnWorkingDays: a week ends on the founder's last working day.
func TestOwnWorkingDays(t *testing.T) {
	ctx := wednesday(t)
	ctx.WorkDays = store.WeekdaySet(time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday)
	for text, want := range map[string]string{
		"commit call Acme next week":         "commit call who=Acme on=2026-11-30",
		"commit call Acme by next week":      "commit call who=Acme on=2026-12-06",
		"commit call Acme in 3 working days": "commit call who=Acme on=2026-11-30",
	} {
		if got := describe(parse.Command(text, ctx)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestCanonicalRoundTrip: every combination of a log's fields is written so that
// it reads back the same.
func TestCanonicalRoundTrip(t *testing.T) {
	ctx := wednesday(t)
	names := []parse.Who{{Name: "Acme", ID: 1}, {Name: "Jane at Zeta"}, {Name: `The "Best", Co \ Sons`}, {Name: "May"}, {Name: "O'Brien & Sons"}, {Name: "no"}, {Name: "日本"}, {Name: "12"}, {Name: "🚀"}}
	texts := []string{"", "plain", `a "quoted", comma: and 10 seats tomorrow`, "too expensive, not now"}
	n := 0
	for _, w := range names {
		for _, words := range texts {
			for _, outcome := range []store.Outcome{store.Pending, store.Won, store.Lost, store.NotNow, store.NoDecision} {
				for _, answer := range []bool{false, true} {
					l := parse.Log{Kind: store.Ask, Who: w, OccurredOn: store.DayOf(ctx.Now) - store.Day(n%300), Asked: store.Pilot, Outcome: outcome, Note: words, Change: words}
					n++
					if answer && (outcome == store.Pending) {
						continue
					}
					l.Answer = answer
					l.OnlyIfOpen = answer && outcome == store.NoDecision
					if l.Quantity = n % 7; n%3 == 0 {
						l.Amount, l.Currency = "1200.50", []string{"EUR", ""}[n%2]
					}
					if outcome == store.Lost {
						l.Reason, l.Words, l.Guessed = []store.Reason{"", store.Price, store.Unknown, store.BuildIt, store.StatusQuo, store.ProductGap}[n%6], "", n%2 == 0
						if words != texts[3] || l.Reason != "" {
							l.Words = words
						}
					}
					if outcome == store.NotNow {
						l.Until = store.DayOf(ctx.Now) + 30
					}
					l.Relationship, l.Buyer = []store.Relationship{"", store.Cold, store.Warm, store.Intro, store.Inbound}[n%5], []store.Buyer{"", store.Developer, store.NonDeveloper}[n%3]
					if diff := cmp.Diff(parse.Request(l), parse.Command(l.String(), ctx)); diff != "" {
						t.Errorf("%s\n%s", l, diff)
					}
				}
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d combinations", n)
	}
}

// TestLimits: what is too much is refused with a problem, never cut.
func TestLimits(t *testing.T) {
	ctx := wednesday(t)
	for name, c := range map[string]struct {
		text string
		want parse.Problem
	}{
		"text":     {"log call " + strings.Repeat("a", parse.MaxText), parse.TooLong},
		"name":     {"log call " + strings.Repeat("a", parse.MaxName+1), parse.NameTooLong},
		"quoted":   {`log call "` + strings.Repeat("é", parse.MaxName+1) + `"`, parse.NameTooLong},
		"empty":    {`log call ""`, parse.NoName},
		"count":    {"commit 101 calls by Friday", parse.CountOutOfRange},
		"quantity": {"log ask Acme, 1000001 seats", parse.CountOutOfRange},
		"ahead":    {"commit call Acme 2029-01-01", parse.TooFar},
		"weeks":    {"commit call Acme in 900 weeks", parse.TooFar},
		"back":     {"log call Acme 2 years ago", parse.TooFar},
		"total":    {"log ask Acme, 1000000 seats at $9999999", parse.BadAmount},
	} {
		u, ok := parse.Command(c.text, ctx).(parse.Unclear)
		if !ok || u.Problem != c.want {
			t.Errorf("%s: %s", name, describe(parse.Command(c.text, ctx)))
		}
	}
	if req := parse.Command("log call "+strings.Repeat("é", parse.MaxName), ctx); describe(req) == "" || fmt.Sprintf("%T", req) != "parse.Log" {
		t.Errorf("the longest name is %s", describe(req))
	}
}

// TestControlCharacters: what cannot be seen does not reach a name or a note.
func TestControlCharacters(t *testing.T) {
	ctx := wednesday(t)
	for text, want := range map[string]string{
		"log call Ac\x00me":               "log call Acme 2026-11-25",
		"log call Jane, a\u202Eb\x1bc":    "log call Jane 2026-11-25 note=abc",
		"log\u00a0call\u2003Jane":         "log call Jane 2026-11-25",
		"log call Jane, fish &amp; &lt;b": "log call Jane 2026-11-25 note=fish & <b",
		"log call Jane, a &amp;lt; b":     "log call Jane 2026-11-25 note=a &lt; b",
		"\xff\xfelog call Jane":           "log call Jane 2026-11-25",
	} {
		if got := describe(parse.Command(text, ctx)); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}
