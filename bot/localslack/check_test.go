package localslack_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pitch/bot/localslack"
)

// many makes n of something, each different.
func many(n int, make func(i int) obj) []obj {
	var out []obj
	for i := range n {
		out = append(out, make(i))
	}
	return out
}

func nth(i int) string { return fmt.Sprintf("n%d", i) }

func opts(n int) []obj { return many(n, func(i int) obj { return option(nth(i), nth(i)) }) }

func with(o obj, key string, v any) obj {
	out := obj{}
	for k, x := range o {
		out[k] = x
	}
	out[key] = v
	return out
}

func input(e obj) obj { return obj{"type": "input", "label": plain("L"), "element": e} }

func chart(title string, c obj) obj {
	return obj{"type": "data_visualization", "title": title, "chart": c}
}

func segments(n int) obj {
	return obj{"type": "pie", "segments": many(n, func(i int) obj { return obj{"label": nth(i), "value": i + 1} })}
}

func bars(points, categories int) obj {
	var names []string
	for i := range categories {
		names = append(names, nth(i))
	}
	data := many(points, func(i int) obj { return obj{"label": nth(i), "value": i} })
	return obj{"type": "bar", "series": []obj{{"name": "s", "data": data}}, "axis_config": obj{"categories": names}}
}

func pieOf(label string, value int) obj {
	return obj{"type": "pie", "segments": []obj{{"label": label, "value": value}}}
}

// several is a line chart of n series over one category.
func several(n int, name func(int) string) obj {
	data := []obj{{"label": "n0", "value": -1.5}}
	return obj{
		"type": "line", "axis_config": obj{"categories": []string{"n0"}},
		"series": many(n, func(i int) obj { return obj{"name": name(i), "data": data} }),
	}
}

// tableText is a table of two cells with n characters together.
func tableText(n int) obj {
	cell := func(n int) obj { return obj{"type": "raw_text", "text": strings.Repeat("é", n)} }
	return obj{"type": "table", "rows": [][]obj{{cell(5000), cell(n - 5000)}}}
}

func tableOf(rows, cells int) obj {
	var out [][]obj
	for range rows {
		out = append(out, many(cells, func(i int) obj { return obj{"type": "raw_text", "text": nth(i)} }))
	}
	return obj{"type": "table", "rows": out}
}

// TestMessageLimits has each limit at its edge, in characters, and one past it.
func TestMessageLimits(t *testing.T) {
	é := func(n int) string { return strings.Repeat("é", n) }
	menu := func(n int) obj { return obj{"type": "static_select", "action_id": "a", "options": opts(n)} }
	one := func(b obj) []obj { return []obj{b} }
	tests := []struct {
		name      string
		good, bad []obj
	}{
		{"blocks", many(50, func(int) obj { return obj{"type": "divider"} }), many(51, func(int) obj { return obj{"type": "divider"} })},
		{"section text", one(section(é(3000))), one(section(é(3001)))},
		{"empty section", one(section("x")), one(section(""))},
		{"section without text", one(section("x")), one(obj{"type": "section"})},
		{"fields", one(obj{"type": "section", "fields": many(10, func(i int) obj { return plain(nth(i)) })}), one(obj{"type": "section", "fields": many(11, func(i int) obj { return plain(nth(i)) })})},
		{"field text", one(obj{"type": "section", "fields": []obj{plain(é(2000))}}), one(obj{"type": "section", "fields": []obj{plain(é(2001))}})},
		{"header", one(obj{"type": "header", "text": plain(é(150))}), one(obj{"type": "header", "text": plain(é(151))})},
		{"header in mrkdwn", one(obj{"type": "header", "text": plain("x")}), one(obj{"type": "header", "text": obj{"type": "mrkdwn", "text": "x"}})},
		{"block id", one(with(section("x"), "block_id", é(255))), one(with(section("x"), "block_id", é(256)))},
		{"unique block ids", []obj{with(section("x"), "block_id", "a"), with(section("x"), "block_id", "b")}, []obj{with(section("x"), "block_id", "a"), with(section("x"), "block_id", "a")}},
		{"actions", one(actions(many(25, func(i int) obj { return button("x", nth(i), "v") })...)), one(actions(many(26, func(i int) obj { return button("x", nth(i), "v") })...))},
		{"no actions", one(actions(button("x", "a", "v"))), one(obj{"type": "actions", "elements": []obj{}})},
		{"unique action ids", one(actions(button("x", "a", "v"), button("x", "b", "v"))), one(actions(button("x", "a", "v"), button("x", "a", "v")))},
		{"action id", one(actions(button("x", é(255), "v"))), one(actions(button("x", é(256), "v")))},
		{"button text", one(actions(button(é(75), "a", "v"))), one(actions(button(é(76), "a", "v")))},
		{"button value", one(actions(button("x", "a", é(2000)))), one(actions(button("x", "a", é(2001))))},
		{"button style", one(actions(with(button("x", "a", "v"), "style", "danger"))), one(actions(with(button("x", "a", "v"), "style", "loud")))},
		{"button url", one(actions(with(button("x", "a", "v"), "url", "https://a.example"))), one(actions(with(button("x", "a", "v"), "url", strings.Repeat("x", 3001))))},
		{"unknown property", one(section("x")), one(with(section("x"), "txt", "y"))},
		{"unknown block", one(section("x")), one(obj{"type": "shout"})},
		{"unknown element", one(actions(button("x", "a", "v"))), one(actions(obj{"type": "slider", "action_id": "a"}))},
		{"typing outside an input", one(input(obj{"type": "plain_text_input", "action_id": "a"})), one(actions(obj{"type": "plain_text_input", "action_id": "a"}))},
		{"context", one(obj{"type": "context", "elements": many(10, func(i int) obj { return plain(nth(i)) })}), one(obj{"type": "context", "elements": many(11, func(i int) obj { return plain(nth(i)) })})},
		{"options", one(actions(menu(100))), one(actions(menu(101)))},
		{"option text", one(actions(with(menu(1), "options", []obj{option(é(75), "v")}))), one(actions(with(menu(1), "options", []obj{option(é(76), "v")})))},
		{"option value", one(actions(with(menu(1), "options", []obj{option("x", é(75))}))), one(actions(with(menu(1), "options", []obj{option("x", é(76))})))},
		{"initial option", one(actions(with(menu(2), "initial_option", option("n1", "n1")))), one(actions(with(menu(2), "initial_option", option("n2", "n2"))))},
		{"radio", one(actions(with(menu(10), "type", "radio_buttons"))), one(actions(with(menu(11), "type", "radio_buttons")))},
		{"checkboxes", one(actions(with(menu(10), "type", "checkboxes"))), one(actions(with(menu(11), "type", "checkboxes")))},
		{"overflow", one(actions(with(menu(5), "type", "overflow"))), one(actions(with(menu(6), "type", "overflow")))},
		{"placeholder", one(actions(with(menu(1), "placeholder", plain(é(150))))), one(actions(with(menu(1), "placeholder", plain(é(151)))))},
		{"date", one(actions(obj{"type": "datepicker", "action_id": "a", "initial_date": "2026-11-23"})), one(actions(obj{"type": "datepicker", "action_id": "a", "initial_date": "23.11.2026"}))},
		{"time", one(actions(obj{"type": "timepicker", "action_id": "a", "initial_time": "09:30"})), one(actions(obj{"type": "timepicker", "action_id": "a", "initial_time": "9:30"}))},
		{"input label", one(input(obj{"type": "plain_text_input", "action_id": "a"})), one(obj{"type": "input", "element": obj{"type": "plain_text_input", "action_id": "a"}})},
		{"lengths", one(input(obj{"type": "plain_text_input", "max_length": 3000})), one(input(obj{"type": "plain_text_input", "max_length": 3001}))},
		{"number", one(input(obj{"type": "number_input", "is_decimal_allowed": true})), one(input(obj{"type": "number_input"}))},
		{"confirm", one(actions(with(button("x", "a", "v"), "confirm", confirm(é(100))))), one(actions(with(button("x", "a", "v"), "confirm", confirm(é(101)))))},
		{"image", one(obj{"type": "image", "alt_text": "x", "image_url": "https://a.example/x.png"}), one(obj{"type": "image", "image_url": "https://a.example/x.png"})},
		{"rich text", one(rich(obj{"type": "text", "text": "x"})), one(rich(obj{"type": "text"}))},
		{"rich text element", one(rich(obj{"type": "user", "user_id": "U1"})), one(rich(obj{"type": "mrkdwn", "text": "x"}))},
		{"table rows", one(tableOf(100, 2)), one(tableOf(101, 2))},
		{"table cells", one(tableOf(2, 20)), one(tableOf(2, 21))},
		{"tables", []obj{tableOf(1, 1)}, []obj{tableOf(1, 1), tableOf(1, 1)}},
		{"pie", one(chart("x", segments(6))), one(chart("x", segments(7)))},
		{"chart title", one(chart(é(50), segments(1))), one(chart(é(51), segments(1)))},
		{"chart points", one(chart("x", bars(20, 20))), one(chart("x", bars(21, 21)))},
		{"chart categories", one(chart("x", bars(3, 3))), one(chart("x", bars(2, 3)))},
		{"a segment of nothing", one(chart("x", pieOf("a", 1))), one(chart("x", pieOf("a", 0)))},
		{"segment label", one(chart("x", pieOf(é(20), 1))), one(chart("x", pieOf(é(21), 1)))},
		{"series", one(chart("x", several(6, nth))), one(chart("x", several(7, nth)))},
		{"no series", one(chart("x", several(1, nth))), one(chart("x", several(0, nth)))},
		{"unique series", one(chart("x", several(2, nth))), one(chart("x", several(2, func(int) string { return "s" })))},
		{"series name", one(chart("x", several(1, func(int) string { return é(20) }))), one(chart("x", several(1, func(int) string { return é(21) })))},
		{"axis label", one(chart("x", with(bars(1, 1), "axis_config", obj{"categories": []string{"n0"}, "x_label": é(50)}))), one(chart("x", with(bars(1, 1), "axis_config", obj{"categories": []string{"n0"}, "x_label": é(51)})))},
		{"chart kind", one(chart("x", with(bars(2, 2), "type", "area"))), one(chart("x", with(bars(2, 2), "type", "radar")))},
		{"table text", one(tableText(10_000)), one(tableText(10_001))},
		{"charts", []obj{chart("x", segments(1)), chart("y", segments(1))}, []obj{chart("x", segments(1)), chart("y", segments(1)), chart("z", segments(1))}},
	}
	for _, tt := range tests {
		if faults := localslack.ValidateMessage(message(tt.good)); len(faults) != 0 {
			t.Errorf("%s: good blocks are refused: %q", tt.name, faults)
		}
		if faults := localslack.ValidateMessage(message(tt.bad)); len(faults) == 0 {
			t.Errorf("%s: bad blocks are accepted", tt.name)
		}
	}
}

func confirm(title string) obj {
	return obj{"title": plain(title), "text": plain("Sure?"), "confirm": plain("Yes"), "deny": plain("No")}
}

func rich(span obj) obj {
	return obj{"type": "rich_text", "elements": []obj{{"type": "rich_text_section", "elements": []obj{span}}}}
}

func message(blocks []obj) []byte {
	raw, _ := json.Marshal(obj{"blocks": blocks})
	return raw
}

func TestViewLimits(t *testing.T) {
	é := func(n int) string { return strings.Repeat("é", n) }
	home := obj{"type": "home", "blocks": []obj{}}
	box := []obj{input(obj{"type": "plain_text_input", "action_id": "a"})}
	focused := func(n int) []obj {
		return many(n, func(i int) obj {
			return input(obj{"type": "plain_text_input", "action_id": nth(i), "focus_on_load": true})
		})
	}
	tests := []struct {
		name      string
		good, bad obj
	}{
		{"title", modal(é(24), ""), modal(é(25), "")},
		{"no title", modal("x", ""), obj{"type": "modal", "blocks": []obj{}}},
		{"submit", with(modal("x", ""), "submit", plain(é(24))), with(modal("x", ""), "submit", plain(é(25)))},
		{"close", with(modal("x", ""), "close", plain(é(24))), with(modal("x", ""), "close", plain(é(25)))},
		{"private metadata", modal("x", é(3000)), modal("x", é(3001))},
		{"callback id", with(home, "callback_id", é(255)), with(home, "callback_id", é(256))},
		{"blocks", with(home, "blocks", many(100, func(int) obj { return obj{"type": "divider"} })), with(home, "blocks", many(101, func(int) obj { return obj{"type": "divider"} }))},
		{"inputs need submit", with(with(modal("x", ""), "submit", plain("Save")), "blocks", box), with(modal("x", ""), "blocks", box)},
		{"inputs on a Home", with(home, "blocks", box), with(home, "blocks", []obj{{"type": "input"}})},
		{"tables", home, with(home, "blocks", []obj{tableOf(1, 1)})},
		{"charts", home, with(modal("x", ""), "blocks", []obj{chart("x", segments(1))})},
		{"focus", with(home, "blocks", focused(1)), with(home, "blocks", focused(2))},
		{"type", home, obj{"type": "poster", "blocks": []obj{}}},
		{"size", home, with(home, "blocks", many(100, func(i int) obj { return section(strings.Repeat("x", 2999)) }))},
	}
	for _, tt := range tests {
		good, _ := json.Marshal(tt.good)
		bad, _ := json.Marshal(tt.bad)
		if faults := localslack.ValidateView(good); len(faults) != 0 {
			t.Errorf("%s: a good view is refused: %q", tt.name, faults)
		}
		if faults := localslack.ValidateView(bad); len(faults) == 0 {
			t.Errorf("%s: a bad view is accepted", tt.name)
		}
	}
}

// FuzzValidate feeds anything to the validators and the renderer: they must
// not panic, and a message that is accepted must be drawable.
func FuzzValidate(f *testing.F) {
	view, _ := json.Marshal(logForm())
	f.Add(view)
	f.Add(message([]obj{section("*a* <@U1> <!date^1^{date}|x>"), tableOf(2, 2), chart("x", bars(2, 2)), rich(obj{"type": "text", "text": "x"})}))
	f.Add([]byte(`{"blocks":[{"type":"table","rows":[[null],{}],"column_settings":[null]},{"type":"rich_text","elements":[{"type":"rich_text_list","indent":-3,"elements":[{}]}]}]}`))
	f.Add([]byte(`{"type":"modal","blocks":[{"type":"input","element":{"type":"checkboxes","initial_options":7}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		first := localslack.ValidateMessage(raw)
		if second := localslack.ValidateMessage(raw); len(first) != len(second) {
			t.Errorf("%q and %q", first, second)
		}
		localslack.ValidateView(raw)
		var m struct {
			Blocks json.RawMessage `json:"blocks"`
		}
		if json.Unmarshal(raw, &m) == nil {
			_ = localslack.Text(m.Blocks, localslack.Reader{})
		}
	})
}

// FuzzMrkdwn: any text can be shown, and without marks it is shown as it is.
func FuzzMrkdwn(f *testing.F) {
	for _, s := range []string{"*a* _b_ ~c~ `*d*`", "<https://a.example|x> &amp; <@U1>", "<!date^1^{date}^http://x|y>", "2 * 3 * 4", "*", "`", "<", "é*é*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := localslack.Mrkdwn(s, localslack.Reader{})
		if !strings.ContainsAny(s, "*_~`<>&") && got != s {
			t.Errorf("%q is shown as %q", s, got)
		}
	})
}
