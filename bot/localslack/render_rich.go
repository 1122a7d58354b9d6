package localslack

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// richText draws a rich_text block.
func richText(b map[string]any, r Reader) string {
	var parts []string
	for _, e := range list(b, "elements") {
		switch str(e, "type") {
		case "rich_text_list":
			parts = append(parts, richList(e, r))
		case "rich_text_quote":
			parts = append(parts, "> "+strings.ReplaceAll(spans(e, r), "\n", "\n> "))
		default:
			parts = append(parts, strings.TrimSuffix(spans(e, r), "\n"))
		}
	}
	return strings.Join(parts, "\n")
}

func richList(e map[string]any, r Reader) string {
	indent := strings.Repeat("  ", int(min(8, max(0, number(e, "indent", 0)))))
	var lines []string
	for i, it := range list(e, "elements") {
		mark := "• "
		if str(e, "style") == "ordered" {
			mark = fmt.Sprintf("%d. ", i+1+int(number(e, "offset", 0)))
		}
		lines = append(lines, indent+mark+spans(it, r))
	}
	return strings.Join(lines, "\n")
}

func spans(e map[string]any, r Reader) string {
	var b strings.Builder
	for _, s := range list(e, "elements") {
		b.WriteString(span(s, r))
	}
	return b.String()
}

func span(s map[string]any, r Reader) string {
	switch str(s, "type") {
	case "text":
		return str(s, "text")
	case "link":
		if t := str(s, "text"); t != "" {
			return t + " (" + str(s, "url") + ")"
		}
		return str(s, "url")
	case "emoji":
		return ":" + str(s, "name") + ":"
	case "user":
		return "@" + r.user(str(s, "user_id"))
	case "channel":
		return "#" + r.channel(str(s, "channel_id"))
	case "usergroup":
		return "@" + str(s, "usergroup_id")
	case "broadcast":
		return "@" + str(s, "range")
	case "date":
		return dateText(time.Unix(int64(number(s, "timestamp", 0)), 0).In(r.zone()), str(s, "format"))
	case "color":
		return str(s, "value")
	}
	return ""
}

func width(s string) int { return utf8.RuneCountInString(s) }

// table draws aligned columns, a rule under the first row.
func (p painter) table(b map[string]any) string {
	var rows [][]string
	items, _ := b["rows"].([]any)
	widths := []int{}
	for _, it := range items {
		var row []string
		for j, cell := range list(map[string]any{"cells": it}, "cells") {
			t := str(cell, "text")
			if str(cell, "type") == "rich_text" {
				t = strings.ReplaceAll(richText(cell, p.Reader), "\n", " ")
			}
			row = append(row, t)
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], width(t))
		}
		rows = append(rows, row)
	}
	settings, _ := b["column_settings"].([]any)
	var lines []string
	for i, row := range rows {
		lines = append(lines, tableRow(row, widths, settings))
		if i == 0 {
			lines = append(lines, rule(widths))
		}
	}
	return strings.Join(lines, "\n")
}

func tableRow(row []string, widths []int, settings []any) string {
	var cells []string
	for j, t := range row {
		pad := strings.Repeat(" ", widths[j]-width(t))
		align := ""
		if j < len(settings) {
			s, _ := settings[j].(map[string]any) // null for a column as it is
			align = str(s, "align")
		}
		switch align {
		case "right":
			t = pad + t
		case "center":
			t = pad[:len(pad)/2] + t + pad[len(pad)/2:]
		default:
			t += pad
		}
		cells = append(cells, t)
	}
	return strings.TrimRight(strings.Join(cells, "  "), " ")
}

func rule(widths []int) string {
	var cells []string
	for _, n := range widths {
		cells = append(cells, strings.Repeat("-", n))
	}
	return strings.Join(cells, "  ")
}

// barLength is the length of a chart's longest bar.
const barLength = 20

// chartText draws a data_visualization block as bars.
func chartText(b map[string]any) string {
	chart := sub(b, "chart")
	lines := []string{str(b, "title")}
	if str(chart, "type") == "pie" {
		return strings.Join(append(lines, bars(list(chart, "segments"))...), "\n")
	}
	series := list(chart, "series")
	for _, s := range series {
		if len(series) > 1 {
			lines = append(lines, str(s, "name")+":")
		}
		lines = append(lines, bars(list(s, "data"))...)
	}
	return strings.Join(lines, "\n")
}

func bars(points []map[string]any) []string {
	top, wide := 0.0, 0
	for _, pt := range points {
		top = max(top, math.Abs(number(pt, "value", 0)))
		wide = max(wide, width(str(pt, "label")))
	}
	var lines []string
	for _, pt := range points {
		v := number(pt, "value", 0)
		n := 0
		if top > 0 {
			n = int(math.Round(math.Abs(v) / top * barLength))
		}
		label := str(pt, "label") + strings.Repeat(" ", wide-width(str(pt, "label")))
		line := "  " + label + " " + strings.Repeat("█", n) + " " + strconv.FormatFloat(v, 'f', -1, 64)
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}
