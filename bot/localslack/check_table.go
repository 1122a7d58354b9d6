package localslack

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// table checks docs.slack.dev/reference/block-kit/blocks/table-block.
func (c *checker) table(at string, b map[string]any) {
	c.only(at, b, "type block_id rows column_settings")
	if c.tables++; c.tables > 1 {
		c.fault(at, "only_one_table_allowed")
	}
	chars := 0
	for i, row := range c.array(at, b, "rows", true, 1, 100) {
		here := fmt.Sprintf("%s/rows/%d", at, i)
		cells := c.array(at, map[string]any{"rows/" + fmt.Sprint(i): row}, "rows/"+fmt.Sprint(i), true, 1, 20)
		for j, cell := range cells {
			chars += c.cell(fmt.Sprintf("%s/%d", here, j), cell)
		}
	}
	if chars > maxTableText {
		c.fault(at, "cells hold no more than %d characters together", maxTableText)
	}
	for i, s := range c.array(at, b, "column_settings", false, 0, 20) {
		here := fmt.Sprintf("%s/column_settings/%d", at, i)
		if s == nil {
			continue // null leaves a column as it is
		}
		if o, ok := c.object(here, s); ok {
			c.only(here, o, "align is_wrapped")
			c.oneOf(here, o, "align", "left center right")
			c.boolean(here, o, "is_wrapped")
		}
	}
}

// cell checks a table's cell and counts its characters.
func (c *checker) cell(at string, v any) int {
	o, ok := c.object(at, v)
	if !ok {
		return 0
	}
	switch str(o, "type") {
	case "raw_text":
		c.only(at, o, "type text")
		c.text(at, o, "text", true, 1, maxTableText)
		return utf8.RuneCountInString(str(o, "text"))
	case "rich_text":
		c.richText(at, o)
		return utf8.RuneCountInString(richText(o, plainNames))
	}
	c.fault(at+"/type", "must be one of: raw_text rich_text")
	return 0
}

// chart checks docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
func (c *checker) chart(at string, b map[string]any) {
	c.only(at, b, "type block_id title chart")
	if c.charts++; c.charts > maxCharts {
		c.fault(at, "no more than %d data_visualization blocks allowed", maxCharts)
	}
	c.text(at, b, "title", true, 1, 50)
	ch, ok := c.object(at+"/chart", b["chart"])
	if !ok {
		return
	}
	at += "/chart"
	switch kind := str(ch, "type"); kind {
	case "pie":
		c.only(at, ch, "type segments")
		for i, s := range c.array(at, ch, "segments", true, 1, 6) {
			if v := c.point(fmt.Sprintf("%s/segments/%d", at, i), s); v <= 0 {
				c.fault(fmt.Sprintf("%s/segments/%d/value", at, i), "must be more than 0")
			}
		}
	case "bar", "area", "line":
		c.only(at, ch, "type series axis_config")
		c.series(at, ch)
	default:
		c.fault(at+"/type", "unsupported chart type: %q", kind)
	}
}

// point checks a label with its value and returns the value.
func (c *checker) point(at string, v any) float64 {
	o, ok := c.object(at, v)
	if !ok {
		return math.NaN()
	}
	c.only(at, o, "label value")
	c.text(at, o, "label", true, 1, 20)
	f, ok := o["value"].(float64)
	if !ok {
		c.fault(at+"/value", "must be a number")
		return math.NaN()
	}
	return f
}

func (c *checker) series(at string, ch map[string]any) {
	axis, ok := c.object(at+"/axis_config", ch["axis_config"])
	if !ok {
		return
	}
	c.only(at+"/axis_config", axis, "categories x_label y_label")
	c.text(at+"/axis_config", axis, "x_label", false, 0, 50)
	c.text(at+"/axis_config", axis, "y_label", false, 0, 50)
	categories := map[string]bool{}
	for i, v := range c.array(at+"/axis_config", axis, "categories", true, 1, 20) {
		s, _ := v.(string)
		c.length(fmt.Sprintf("%s/axis_config/categories/%d", at, i), s, 1, 20)
		categories[s] = true
	}
	names := map[string]bool{}
	for i, v := range c.array(at, ch, "series", true, 1, 6) {
		here := fmt.Sprintf("%s/series/%d", at, i)
		s, ok := c.object(here, v)
		if !ok {
			continue
		}
		c.only(here, s, "name data")
		c.text(here, s, "name", true, 1, 20)
		if names[str(s, "name")] {
			c.fault(here+"/name", "series names must be unique")
		}
		names[str(s, "name")] = true
		c.data(here, s, categories)
	}
}

// data checks that a series has one point for every category.
func (c *checker) data(at string, s map[string]any, categories map[string]bool) {
	seen := map[string]bool{}
	points := c.array(at, s, "data", true, 1, 20)
	for i, p := range points {
		here := fmt.Sprintf("%s/data/%d", at, i)
		c.point(here, p)
		o, _ := p.(map[string]any)
		label := str(o, "label")
		if !categories[label] {
			c.fault(here+"/label", "label %q is not one of the categories", label)
		}
		seen[label] = true
	}
	if len(seen) != len(points) || len(seen) != len(categories) {
		c.fault(at+"/data", "must have one point for every category")
	}
}
