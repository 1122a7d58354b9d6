package bot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Charts and tables are Slack's own blocks. Not every workspace takes them, so
// each has a second form in lines with the same numbers, and a text for screen
// readers and notifications made from those.

// Slack's limits of charts and tables, in characters and counts (docs:
// data_visualization block, table block).
const (
	maxChartTitle = 50
	maxChartLabel = 20
	maxPoints     = 20
	maxSeries     = 6
	maxSegments   = 6
	maxTableRows  = 100
	maxColumns    = 20
	maxTableText  = 10_000
)

// point is a label with its counts, one for each series.
type point struct {
	label  string
	counts []int
}

// barChart draws counts as bars, those of one point side by side; series names
// them. There is no chart of nothing.
func barChart(title string, series []string, points ...point) part {
	series = labels(series[:min(len(series), maxSeries)])
	points = drawable(points, len(series), maxPoints)
	if !slices.ContainsFunc(points, point.some) {
		return part{}
	}
	categories := make([]string, len(points))
	data := make([]slack.DataVisualizationDataSeries, len(series))
	for i, p := range points {
		categories[i] = p.label
		for j := range series {
			data[j].Name = series[j]
			data[j].Data = append(data[j].Data, slack.NewDataVisualizationDataPoint(p.label, float64(p.counts[j])))
		}
	}
	return drawing(title, slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(categories...), data...), series, points)
}

// pieChart draws what a whole is made of, by the first count of each point. Those
// without anything are left out: Slack takes none.
func pieChart(title string, points ...point) part {
	points = slices.DeleteFunc(slices.Clone(points), func(p point) bool { return len(p.counts) == 0 || p.counts[0] <= 0 })
	points = drawable(points, 1, maxSegments)
	if len(points) == 0 {
		return part{}
	}
	segments := make([]slack.DataVisualizationSegment, len(points))
	for i, p := range points {
		segments[i] = slack.NewDataVisualizationSegment(p.label, float64(p.counts[0]))
	}
	return drawing(title, slack.NewDataVisualizationPieChart(segments...), []string{""}, points)
}

// some reports whether a point counts anything.
func (p point) some() bool { return slices.ContainsFunc(p.counts, func(n int) bool { return n > 0 }) }

// drawable are points as a chart takes them: with the counts of so many series,
// none below zero, no more than most of them, under labels that differ. What is
// too many is added up in the last one.
func drawable(points []point, series, most int) []point {
	out := make([]point, 0, min(len(points), most))
	for i, p := range points {
		counts := make([]int, series)
		copy(counts, p.counts)
		for j := range counts {
			counts[j] = max(counts[j], 0)
		}
		if i < most {
			out = append(out, point{p.label, counts})
			continue
		}
		rest := &out[most-1]
		rest.label = "The rest"
		for j := range counts {
			rest.counts[j] += counts[j]
		}
	}
	names := make([]string, len(out))
	for i, p := range out {
		names[i] = p.label
	}
	for i, label := range labels(names) {
		out[i].label = label
	}
	return out
}

// labels are texts as a chart takes them: on one line, not empty, clipped, and no
// two alike.
func labels(texts []string) []string {
	taken := map[string]bool{}
	out := make([]string, len(texts))
	for i, text := range texts {
		text = cmp.Or(strings.Join(strings.Fields(text), " "), "–")
		out[i] = clip(text, maxChartLabel)
		for n := 2; taken[out[i]]; n++ {
			suffix := " " + strconv.Itoa(n)
			out[i] = clip(text, maxChartLabel-len(suffix)) + suffix
		}
		taken[out[i]] = true
	}
	return out
}

// drawing is a chart with its second form.
func drawing(title string, chart slack.DataVisualizationChart, series []string, points []point) part {
	title = clip(title, maxChartTitle)
	var spoken []string
	said := [][]word{{bold(title)}}
	for _, p := range points {
		spoken = append(spoken, p.said(series))
		said = append(said, []word{say(p.said(series) + dots(p, points))})
	}
	return part{
		text:  escape(title + ": " + strings.Join(spoken, "; ")),
		block: func(int) slack.Block { return slack.NewDataVisualizationBlock(title, chart) },
		plain: lines(said...).block,
	}
}

// said is a point in words: "Price 4", "Asked: warm 3, cold 2".
func (p point) said(series []string) string {
	if len(series) == 1 {
		return p.label + " " + strconv.Itoa(p.counts[0])
	}
	each := make([]string, len(series))
	for i, name := range series {
		each[i] = name + " " + strconv.Itoa(p.counts[i])
	}
	return p.label + ": " + strings.Join(each, ", ")
}

// mostDots is how long the longest bar of the second form is.
const mostDots = 10

// dots is a point's bar beside the others of its chart; several series have
// none. What is counted at all has a dot.
func dots(p point, among []point) string {
	most := 0
	for _, other := range among {
		most = max(most, other.counts[0])
	}
	if len(p.counts) > 1 || p.counts[0] == 0 {
		return ""
	}
	n := p.counts[0]
	if most > mostDots {
		n = max(1, n*mostDots/most)
	}
	return " " + strings.Repeat("●", n)
}

// table is rows under a header, the first column saying what each is of. Rows
// and columns that do not fit are left out, and long cells clipped.
func table(header []string, rows ...[]string) part {
	header = header[:min(len(header), maxColumns)]
	rows = rows[:min(len(rows), maxTableRows-1)]
	if len(header) == 0 || len(rows) == 0 {
		return part{}
	}
	all := cells(header, rows)
	var spoken []string
	var said [][]word
	for _, row := range all[1:] {
		pairs := make([]string, len(row)-1)
		for i := range pairs {
			pairs[i] = all[0][i+1] + " " + row[i+1]
		}
		facts := ": " + strings.Join(pairs, " · ")
		spoken = append(spoken, row[0]+facts)
		said = append(said, []word{bold(row[0]), say(facts)})
	}
	return part{
		text:  escape(strings.Join(spoken, "\n")),
		block: func(int) slack.Block { return tableBlock(all) },
		plain: list(said...).block,
	}
}

// cells are a header and rows as wide as it, none empty, and together within
// Slack's limit: where they are not, the longest give way.
func cells(header []string, rows [][]string) [][]string {
	all := make([][]string, 0, len(rows)+1)
	for _, row := range append([][]string{header}, rows...) {
		full := make([]string, len(header))
		copy(full, row)
		for i := range full {
			full[i] = cmp.Or(strings.Join(strings.Fields(full[i]), " "), "–")
		}
		all = append(all, full)
	}
	for limit := maxTableText; ; limit /= 2 {
		total := 0
		for _, row := range all {
			for i := range row {
				row[i] = clip(row[i], max(limit, 1))
				total += utf8.RuneCountInString(row[i])
			}
		}
		if total <= maxTableText {
			return all
		}
	}
}

func tableBlock(all [][]string) slack.Block {
	b := slack.NewTableBlock("")
	for _, row := range all {
		var out []slack.TableCell
		for _, text := range row {
			out = append(out, slack.NewTableRawTextCell(text))
		}
		b.Rows = append(b.Rows, out)
	}
	for i := range all[0] {
		setting := slack.ColumnSetting{Align: slack.ColumnAlignmentRight}
		if i == 0 {
			setting = slack.ColumnSetting{Align: slack.ColumnAlignmentLeft, IsWrapped: true}
		}
		b.ColumnSettings = append(b.ColumnSettings, setting)
	}
	return b
}
