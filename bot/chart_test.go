package bot

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"pitch/bot/localslack"
)

// complaints lists what Slack would refuse in a message of these parts, as they are
// and in their second form.
func complaints(t *testing.T, parts ...part) (faults []string) {
	t.Helper()
	for _, r := range []Reply{reply(parts...), reply(parts...).inLines()} {
		raw, err := json.Marshal(r.message(false))
		if err != nil {
			t.Fatal(err)
		}
		faults = append(faults, localslack.ValidateMessage(raw)...)
	}
	return faults
}

// FuzzCharts: whatever they are made of, charts and tables stay within Slack's
// limits, and both forms have the same points.
func FuzzCharts(f *testing.F) {
	f.Add("", 0, 0)
	f.Add("Asks per week,16 Nov,This week", 3, 5)
	f.Add(strings.Repeat("same long label that is clipped,", 150), 1, 1)
	f.Add("<!channel>,=cmd(),שלום עולם,\u202ex\u202c,🚀👩‍👩‍👧‍👦🇩🇪,\n\t,\x00\xff", -4, 1<<40+1)
	f.Add(strings.Repeat("ẞ", 2000)+","+strings.Repeat("🚀", 9000), 12, 7)
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		a, b = a%1_000_000, b%1_000_000 // they are counts, and are added up
		names := strings.Split(strings.ToValidUTF8(text, ""), ",")
		var points []point
		var rows [][]string
		for i, name := range names {
			points = append(points, point{name, []int{a, b, i}})
			rows = append(rows, append([]string{name, strconv.Itoa(a)}, names...))
		}
		// What the callers give as a title is never empty.
		bars, pie := barChart("x"+names[0], names, points...), pieChart("x"+names[0], points...)
		if faults := complaints(t, linef("x"), bars, pie, table(names, rows...)); len(faults) > 0 {
			t.Error(faults)
		}
		for _, p := range []part{bars, pie} {
			if (p.block == nil) != (p.plain == nil) || (p.block == nil) != (p.text == "") {
				t.Errorf("a chart without its second form, or its text: %+v", p)
			}
		}
	})
}

func TestLabels(t *testing.T) {
	got := labels([]string{"Something's missing here", "Something's missing here too", " ", "", "a\nb", "Price"})
	want := []string{"Something's missing…", "Something's missi… 2", "–", "– 2", "a b", "Price"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, label := range got {
		if utf8.RuneCountInString(label) > maxChartLabel {
			t.Errorf("%q is too long", label)
		}
	}
}

// TestTooManyPoints: what does not fit is added up, so that the sum stays.
func TestTooManyPoints(t *testing.T) {
	var points []point
	for i := range 25 {
		points = append(points, point{strconv.Itoa(i), []int{i, 1}})
	}
	bars := barChart("x", []string{"A", "B"}, points...).block(0).(*slack.DataVisualizationBlock).Chart.(*slack.DataVisualizationBarChart)
	for i, want := range []float64{300, 25} {
		sum := 0.0
		for _, p := range bars.Series[i].Data {
			sum += p.Value
		}
		if last := bars.Series[i].Data[maxPoints-1]; sum != want || last.Label != "The rest" {
			t.Errorf("series %d adds up to %v, the last is %+v", i, sum, last)
		}
	}
	pie := pieChart("x", points...).block(0).(*slack.DataVisualizationBlock).Chart.(*slack.DataVisualizationPieChart)
	if len(pie.Segments) != maxSegments || pie.Segments[0].Label != "1" || pie.Segments[maxSegments-1].Value != 300-1-2-3-4-5 {
		t.Errorf("%+v", pie.Segments)
	}
	if p := barChart("x", []string{"A"}, point{"a", []int{0}}); p.block != nil {
		t.Error("a chart of nothing")
	}
}
