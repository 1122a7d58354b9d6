package bot

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"pitch/store"
)

// A CSV of an export is RFC 4180, with a byte order mark: without one Excel takes
// UTF-8 for the code page of the machine, and Zoë becomes ZoÃ«. The JSON lines
// are for programs and have none.
const byteOrderMark = "\ufeff"

// csvOf are the records of one kind as a CSV. Its columns are the export's JSON
// names, apart from those that say whose records they are; what is absent is
// empty.
func csvOf[R store.Record](records []store.Record) ([]byte, error) {
	columns := columnsOf(reflect.TypeFor[R]())
	out := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(columns); err != nil {
		return nil, err
	}
	for _, r := range records {
		if _, is := r.(R); !is {
			continue
		}
		row, err := csvRow(r, columns)
		if err != nil {
			return nil, err
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// columnsOf are the JSON names of a record's own fields, in their order.
func columnsOf(record reflect.Type) (names []string) {
	for _, f := range reflect.VisibleFields(record) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if len(f.Index) == 1 && !f.Anonymous && name != "" && name != "-" {
			names = append(names, name)
		}
	}
	return names
}

func csvRow(r store.Record, columns []string) ([]string, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	fields := map[string]any{}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return nil, err
	}
	row := make([]string, len(columns))
	for i, name := range columns {
		row[i] = inert(cell(fields[name]))
	}
	return row, nil
}

// cell is a JSON value as a cell shows it: texts as they are, lists with spaces.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, cell(one))
		}
		return strings.Join(all, " ")
	}
	return fmt.Sprint(v)
}

// starters are what a spreadsheet may take for the beginning of a formula, in
// either width (OWASP: CSV injection).
const starters = "=+-@\t\r\n＝＋－＠"

// inert is a cell that no spreadsheet runs: one that begins like a formula gets
// an apostrophe in front, which spreadsheets take for "this is text".
func inert(s string) string {
	if first, size := utf8.DecodeRuneInString(s); size > 0 && strings.ContainsRune(starters, first) {
		return "'" + s
	}
	return s
}

// jsonLines are records as the command line exports them, one a line.
func jsonLines(records []store.Record) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, r := range records {
		if err := enc.Encode(r); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}
