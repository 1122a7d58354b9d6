package localslack

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Where things stand in a chart that is 480 units wide and, without the labels
// below, 180 high.
const (
	chartLeft, chartTop     = 52.0, 10.0
	chartRight, chartBottom = 470.0, 170.0
	pieX, pieY, pieRadius   = 110.0, 110.0, 95.0
	barsInColumns           = 0.8 // of a category's width
	letter                  = 6.2 // the width of one, about
	labelLine               = 16.0
	tilt                    = 65.0 // degrees, of labels too long to stand side by side
)

// drawnChart is a data_visualization block: shapes, and the same numbers as a
// table for those who read it by ear.
type drawnChart struct {
	Title, Kind    string
	Categories     []string
	Series         []chartSeries
	Bars           []chartBar
	Paths          []chartPath
	Dots           []chartDot
	Lines          []chartMark // of the grid, with the values they stand for
	Labels         []chartMark
	LabelX, LabelY string
	Tilted         bool    // the labels
	Height         float64 // with everything below
}

// chartDot marks a value on a line: without it a line of one would not be seen.
type chartDot struct {
	X, Y   float64
	Colour int
	Title  string
}

type chartSeries struct {
	Name   string
	Colour int
	Values []string
}

type chartBar struct {
	X, Y, Width, Height float64
	Colour              int
	Title               string
}

type chartPath struct {
	D, Title string
	Colour   int
	Filled   bool
}

type chartMark struct {
	X, Y float64
	Text string
}

// drawChart lays a chart out.
func drawChart(b map[string]any) drawnChart {
	chart := sub(b, "chart")
	d := drawnChart{Title: str(b, "title"), Kind: str(chart, "type")}
	if d.Kind == "pie" {
		d.pie(list(chart, "segments"))
		return d
	}
	axis := sub(chart, "axis_config")
	d.LabelX, d.LabelY = str(axis, "x_label"), str(axis, "y_label")
	names, _ := axis["categories"].([]any)
	for _, n := range names {
		name, _ := n.(string)
		d.Categories = append(d.Categories, name)
	}
	d.labelled()
	var data [][]float64
	for i, s := range list(chart, "series") {
		row := make([]float64, len(d.Categories))
		for _, pt := range list(s, "data") {
			if j := slices.Index(d.Categories, str(pt, "label")); j >= 0 {
				row[j] = number(pt, "value", 0)
			}
		}
		data = append(data, row)
		d.Series = append(d.Series, chartSeries{Name: str(s, "name"), Colour: i, Values: figures(row)})
	}
	d.plot(data)
	return d
}

// column is the width of a category.
func (d *drawnChart) column() float64 {
	return (chartRight - chartLeft) / float64(max(1, len(d.Categories)))
}

// middle is where category j stands.
func (d *drawnChart) middle(j int) float64 { return round(chartLeft + d.column()*(float64(j)+.5)) }

// labelled puts the categories below the chart, side by side where they fit,
// and makes room for them.
func (d *drawnChart) labelled() {
	longest := 0.0
	for j, name := range d.Categories {
		d.Labels = append(d.Labels, chartMark{d.middle(j), chartBottom + labelLine, name})
		longest = max(longest, letter*float64(utf8.RuneCountInString(name)))
	}
	d.Tilted = longest > d.column()-letter
	d.Height = chartBottom + 1.5*labelLine
	if d.Tilted {
		d.Height += longest * math.Sin(tilt*math.Pi/180)
	}
	if d.LabelX != "" {
		d.Height += labelLine
	}
	d.Height = math.Ceil(d.Height)
}

// Below is where the name of the categories stands.
func (d drawnChart) Below() float64 { return d.Height - labelLine/2 }

func figure(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func figures(row []float64) (out []string) {
	for _, v := range row {
		out = append(out, figure(v))
	}
	return out
}

// plot draws bars, lines or areas over the grid.
func (d *drawnChart) plot(data [][]float64) {
	low, high := 0.0, 0.0
	for _, row := range data {
		for _, v := range row {
			low, high = min(low, v), max(high, v)
		}
	}
	step := gridStep(high - low)
	if !slices.ContainsFunc(slices.Concat(data...), func(v float64) bool { return v != math.Trunc(v) }) {
		step = max(step, 1) // of counts there are no halves
	}
	low, high = math.Floor(low/step)*step, max(step, math.Ceil(high/step)*step)
	y := func(v float64) float64 { return round(chartBottom - (v-low)/(high-low)*(chartBottom-chartTop)) }
	for v := low; v <= high+step/2; v += step {
		d.Lines = append(d.Lines, chartMark{chartLeft - 6, y(v), figure(round(v))})
	}
	for i, row := range data {
		if d.Kind == "bar" {
			d.bars(i, row, len(data), y)
			continue
		}
		d.path(i, row, y)
	}
}

// said is a value as a pointer that rests on it shows it.
func (d *drawnChart) said(i, j int, v float64) string {
	return fmt.Sprintf("%s, %s: %s", d.Series[i].Name, d.Categories[j], figure(v))
}

func (d *drawnChart) bars(i int, row []float64, of int, y func(float64) float64) {
	width := min(44, d.column()*barsInColumns/float64(of))
	for j, v := range row {
		left := d.middle(j) + width*(float64(i)-float64(of)/2)
		top, bottom := min(y(v), y(0)), max(y(v), y(0))
		d.Bars = append(d.Bars, chartBar{round(left), top, round(width - 1), round(bottom - top), i, d.said(i, j, v)})
	}
}

func (d *drawnChart) path(i int, row []float64, y func(float64) float64) {
	if len(row) == 0 {
		return
	}
	var at []string
	for j, v := range row {
		at = append(at, figure(d.middle(j))+" "+figure(y(v)))
		d.Dots = append(d.Dots, chartDot{d.middle(j), y(v), i, d.said(i, j, v)})
	}
	line := "M" + strings.Join(at, " L")
	if d.Kind == "area" {
		under := fmt.Sprintf("%s L%s %s L%s %s Z", line, figure(d.middle(len(row)-1)), figure(y(0)), figure(d.middle(0)), figure(y(0)))
		d.Paths = append(d.Paths, chartPath{under, "", i, true})
	}
	d.Paths = append(d.Paths, chartPath{line, d.Series[i].Name, i, false})
}

// pie draws the segments clockwise from the top.
func (d *drawnChart) pie(segments []map[string]any) {
	total := 0.0
	for _, s := range segments {
		total += max(0, number(s, "value", 0))
	}
	d.Categories = []string{""}
	angle := -math.Pi / 2
	for i, s := range segments {
		v := max(0, number(s, "value", 0))
		share := 0.0
		if total > 0 {
			share = v / total
		}
		said := fmt.Sprintf("%s (%.0f%%)", figure(v), share*100)
		d.Series = append(d.Series, chartSeries{Name: str(s, "label"), Colour: i, Values: []string{said}})
		d.Paths = append(d.Paths, chartPath{slice(angle, share), str(s, "label") + ": " + said, i, true})
		angle += share * 2 * math.Pi
	}
}

// slice is the outline of a piece of the pie.
func slice(from, share float64) string {
	share = min(share, 0.99999) // a whole circle would have no outline
	on := func(a float64) string {
		return figure(round(pieX+pieRadius*math.Cos(a))) + " " + figure(round(pieY+pieRadius*math.Sin(a)))
	}
	long := 0
	if share > .5 {
		long = 1
	}
	return fmt.Sprintf("M%g %g L%s A%g %g 0 %d 1 %s Z", pieX, pieY, on(from), pieRadius, pieRadius, long, on(from+share*2*math.Pi))
}

// gridStep is a round distance between grid lines, for four of them or so.
func gridStep(span float64) float64 {
	if span <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(span/4)))
	for _, m := range []float64{1, 2, 5} {
		if span/(m*power) <= 5 {
			return max(m*power, 1e-9)
		}
	}
	return 10 * power
}

func round(v float64) float64 { return math.Round(v*100) / 100 }
