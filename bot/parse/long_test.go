package parse_test

import (
	"strings"
	"testing"

	"pitch/bot/parse"
)

// TestLongTexts: the longest texts that are read at all are read to their end,
// however unlike a command they are, and with many prospects. How long that takes
// is for BenchmarkLongText to say.
func TestLongTexts(t *testing.T) {
	ctx := wednesday(t)
	for i := range 300 {
		ctx.Known = append(ctx.Known, parse.Name{ID: 100, Name: strings.Repeat("x", i%150) + " Ltd"})
	}
	for _, part := range []string{"a ", "Ann Bob ", "and ", "log call ", "10 ", "10 seats ", "$5 at ", "Friday ", "\" ", ", ", "a, ", "Jane and ", "Jane, ", "no budget ", "every Mon, ", "o", ":x: ", "<@U1> ", "about ", "from to ", "in the "} {
		for _, start := range []string{"", "log call ", "log no ", "log calls ", "log 5 calls ", "commit ask ", "remind me ", "call ", "snooze ", "move ", "done ", "pause ", "goal ", "channel on ", "log intro from "} {
			text := start + strings.Repeat(part, (parse.MaxText-len(start))/len(part))
			if parse.Command(text, ctx) == nil {
				t.Errorf("%q… is answered by nothing", text[:min(len(text), 30)])
			}
		}
	}
}
