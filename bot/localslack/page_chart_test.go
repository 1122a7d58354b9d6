package localslack_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestPageCharts: every value of every kind of chart is drawn, named, and in a
// table for those who do not see it.
func TestPageCharts(t *testing.T) {
	w, base := pageWorld(t)
	b := &bot{t: t, ws: w, client: http.DefaultClient, base: base}
	lines := func(kind string) obj {
		c := several(2, nth)
		c["type"], c["axis_config"] = kind, obj{"categories": []string{"n0"}, "x_label": "Week", "y_label": "Asks"}
		return c
	}
	tests := []struct {
		name  string
		chart obj
		want  map[string]int // how often each stands in the page
	}{
		{"line", lines("line"), map[string]int{"<circle ": 2, `<path class="stroke`: 2, "<title>n1, n0: -1.5</title>": 1, ">Asks</text>": 1, ">Week</text>": 1, "<td>-1.5</td>": 2}},
		{"area", lines("area"), map[string]int{"<circle ": 2, `soft"`: 2, "<td>-1.5</td>": 2}},
		{"bar", lines("bar"), map[string]int{"<rect ": 2, "<title>n0, n0: -1.5</title>": 1, "<caption>bar, Asks</caption>": 1}},
		{"pie", segments(3), map[string]int{`<path class="fill`: 3, "<title>n2: 3 (50%)</title>": 1, "<td>3 (50%)</td>": 1, `aria-hidden="true" focusable="false"`: 1}},
		{"tilted", bars(20, 20), map[string]int{"rotate(-65": 20}},
	}
	for _, test := range tests {
		out := b.call("chat.postMessage", obj{"channel": "C1", "text": "x", "blocks": []obj{chart(test.name, test.chart)}})
		if out["ok"] != true {
			t.Fatal(test.name, out)
		}
		_, page := request(t, "GET", base+"/ann/sales", "", nil)
		for part, want := range test.want {
			if got := strings.Count(page, part); got != want {
				t.Errorf("%s: %d times %s, want %d", test.name, got, part, want)
			}
		}
		b.call("chat.delete", obj{"channel": "C1", "ts": out["ts"]})
	}
}
