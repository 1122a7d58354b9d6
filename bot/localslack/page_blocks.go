package localslack

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
)

// sheet reads blocks for a page, as painter reads them for a terminal: what
// comes out are values for the templates, which escape them.
type sheet struct {
	painter
	place   Place
	form    bool // in a form, which has a heading of its own
	members []Option
	rooms   []Option
}

// drawn is a block as the templates want it.
type drawn struct {
	Kind      string // the template's name
	Text      []inline
	Fields    [][]inline
	Elements  []drawnElement
	Accessory *drawnElement
	Alt       string
	Source    string // of an image, which is named and not fetched
	// Of an input: its label, hint and complaint.
	Label, Hint, Error, ID string
	Optional               bool
	Rows                   []drawnRow
	Chart                  *drawnChart
	Heading                int // the level of a header
}

// drawnRow is a row of a table.
type drawnRow struct {
	Head  bool
	Cells []drawnCell
}

type drawnCell struct {
	Align string
	Text  []inline
}

func (s sheet) drawn(raw json.RawMessage) (out []drawn) {
	for _, b := range parseBlocks(raw) {
		out = append(out, s.drawnBlock(b))
	}
	return out
}

func (s sheet) drawnBlock(b map[string]any) drawn {
	kind := str(b, "type")
	d := drawn{Kind: kind}
	switch kind {
	case "section":
		d.Text = s.text(sub(b, "text"))
		for _, f := range list(b, "fields") {
			d.Fields = append(d.Fields, s.text(f))
		}
		if e := sub(b, "accessory"); e != nil {
			x := s.drawnElement(b, e)
			d.Accessory = &x
		}
	case "header":
		d.Text, d.Heading = s.text(sub(b, "text")), 2
		if s.form {
			d.Heading = 3
		}
	case "context":
		for _, e := range list(b, "elements") {
			d.Elements = append(d.Elements, s.drawnElement(b, e))
		}
	case "actions":
		for _, e := range list(b, "elements") {
			d.Elements = append(d.Elements, s.drawnElement(b, e))
		}
	case "input":
		d = s.drawnInput(b)
	case "image":
		d.Alt, d.Source, d.Text = str(b, "alt_text"), str(b, "image_url"), s.text(sub(b, "title"))
	case "rich_text":
		d.Text = s.richText(b)
	case "markdown":
		d.Text = words(str(b, "text"))
	case "table":
		d.Rows = s.drawnTable(b)
	case "data_visualization":
		chart := drawChart(b)
		d.Chart = &chart
	case "divider":
	default:
		d = drawn{Kind: "unknown", Alt: kind}
	}
	return d
}

func (s sheet) drawnInput(b map[string]any) drawn {
	e := s.drawnElement(b, sub(b, "element"))
	d := drawn{
		Kind: "input", ID: e.ID, Label: str(sub(b, "label"), "text"), Hint: str(sub(b, "hint"), "text"),
		Error: s.errors[str(b, "block_id")],
	}
	d.Optional, _ = b["optional"].(bool)
	e.Label, e.Required = d.Label, !d.Optional
	if at, _ := b["dispatch_action"].(bool); at {
		e.Dispatch = e.dispatch(sub(b, "element"))
	}
	if d.Hint != "" {
		e.About = append(e.About, d.ID+"-hint")
	}
	if d.Error != "" {
		e.Invalid, e.About = true, append(e.About, d.ID+"-error")
	}
	d.Elements = []drawnElement{e}
	return d
}

func (s sheet) drawnTable(b map[string]any) (rows []drawnRow) {
	settings, _ := b["column_settings"].([]any)
	items, _ := b["rows"].([]any)
	for i, it := range items {
		row := drawnRow{Head: i == 0}
		for j, cell := range list(map[string]any{"cells": it}, "cells") {
			c := drawnCell{Align: "left", Text: words(str(cell, "text"))}
			if str(cell, "type") == "rich_text" {
				c.Text = s.richText(cell)
			}
			if j < len(settings) {
				setting, _ := settings[j].(map[string]any) // null for a column as it is
				c.Align = firstOf(str(setting, "align"), c.Align)
			}
			row.Cells = append(row.Cells, c)
		}
		rows = append(rows, row)
	}
	return rows
}

// id names an element in the document: the same as long as it stands there.
func (s sheet) id(parts ...string) string {
	h := fnv.New64a()
	fmt.Fprint(h, s.place, strings.Join(parts, "\x00"))
	return fmt.Sprintf("e%x", h.Sum64())
}
