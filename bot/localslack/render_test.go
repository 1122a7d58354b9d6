package localslack_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/localslack"
)

func TestMrkdwn(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no zone database:", err)
	}
	r := localslack.Reader{User: func(id string) string { return "Ann" }, Channel: func(id string) string { return "sales" }, Zone: berlin}
	tests := map[string]string{
		"*bold* and _it_ and ~no~":                  "bold and it and no",
		"*_both_*":                                  "both",
		"2*3*4 and snake_case_name":                 "2*3*4 and snake_case_name",
		"`*code*`":                                  "`*code*`",
		"a &lt;b&gt; &amp;amp;":                     "a <b> &amp;",
		"<@U1> in <#C1|x> with <!here>":             "@Ann in #sales with @here",
		"<https://a.example|the page>":              "the page (https://a.example)",
		"<https://a.example/a_b_c>":                 "https://a.example/a_b_c",
		"<mailto:a@b.example|a@b.example>":          "a@b.example",
		"<!date^1795420800^{date_num} {time}|soon>": "2026-11-23 09:00",
		"*unfinished":                               "*unfinished",
	}
	for in, want := range tests {
		if got := localslack.Mrkdwn(in, r); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

func TestText(t *testing.T) {
	blocks, _ := json.Marshal([]obj{
		{"type": "header", "text": plain("Today")},
		with(section("*Acme* &amp; co"), "accessory", button("Done", "d", "1")),
		{"type": "section", "fields": []obj{plain("Calls"), plain("3 of 5")}},
		{"type": "divider"},
		actions(button("Snooze", "s", "1"), obj{"type": "static_select", "action_id": "r", "placeholder": plain("Reason"), "options": []obj{option("Price", "p"), option("Timing", "t")}}),
		{"type": "context", "elements": []obj{plain("private")}},
		{"type": "table", "rows": [][]obj{
			{{"type": "raw_text", "text": "Who"}, {"type": "raw_text", "text": "Asks"}},
			{{"type": "raw_text", "text": "Ann"}, {"type": "raw_text", "text": "12"}},
		}, "column_settings": []any{nil, obj{"align": "right"}}},
		chart("Asks", obj{"type": "bar", "series": []obj{{"name": "a", "data": []obj{{"label": "Mon", "value": 2}, {"label": "Tue", "value": 1}}}}, "axis_config": obj{"categories": []string{"Mon", "Tue"}}}),
		{"type": "rich_text", "elements": []obj{
			{"type": "rich_text_list", "style": "ordered", "elements": []obj{{"type": "rich_text_section", "elements": []obj{{"type": "text", "text": "<one>"}}}}},
			{"type": "rich_text_quote", "elements": []obj{{"type": "text", "text": "too dear"}}},
		}},
	})
	if faults := localslack.ValidateMessageBlocks(blocks); len(faults) != 0 {
		t.Fatalf("the blocks are no good: %q", faults)
	}
	want := `Today
=====
Acme & co  [Done]
Calls
3 of 5
────────────────────────────────────────
[Snooze] (v Reason: Price · Timing)
private
Who  Asks
---  ----
Ann    12
Asks
  Mon ████████████████████ 2
  Tue ██████████ 1
1. <one>
> too dear`
	if diff := cmp.Diff(want, localslack.Text(blocks, localslack.Reader{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
