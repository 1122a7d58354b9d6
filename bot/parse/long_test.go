package parse_test

import (
	"strings"
	"testing"
	"time"

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

// BenchmarkLongText guards that a hostile text of the greatest length costs a
// bounded multiple of an everyday one: times/everyday was 65 when this was
// written, and is in the thousands where a reading begins anew at every word.
func BenchmarkLongText(b *testing.B) {
	ctx := wednesday(b)
	long := "log call " + strings.Repeat("Ann Bob ", parse.MaxText/8-2)
	var everyday, hostile time.Duration
	for b.Loop() {
		began := time.Now()
		for range 100 {
			parse.Command("log ask Acme, 10 seats at $50", ctx)
		}
		between := time.Now()
		parse.Command(long, ctx)
		everyday, hostile = everyday+between.Sub(began)/100, hostile+time.Since(between)
	}
	b.ReportMetric(float64(hostile)/float64(everyday), "times/everyday")
}
