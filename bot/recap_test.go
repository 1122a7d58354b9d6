package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A full day in a full week still fits one message: what finds no room is counted,
// what is asked for once and the button that stops messages are always there.
func TestACrowdedRecap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, time.Date(2026, 11, 27, 8, 0, 0, 0, berlin)) // a Friday
		defer w.close()
		for _, line := range []string{
			"in dm", "/pitch log call Jane", "press Every morning",
			"/pitch settings", "submit Evening recap=17:30; Weekly goal: asks=5",
			"/pitch log no Zed", "/pitch log no Yan",
		} {
			w.do(line)
		}
		for i := range 12 {
			w.do(fmt.Sprintf("/pitch commit call Open%d today", i))
			w.do(fmt.Sprintf("/pitch commit call Due%d today 17:30", i))
			w.do(fmt.Sprintf("/pitch log meeting Met%d", i))
			w.do(fmt.Sprintf("/pitch log no Lost%d, price: \"too much\"", i))
			w.do(fmt.Sprintf("/pitch log email Mailed%d", i))
		}
		w.do("at 09:00")
		text := w.do("at 17:30")
		recap := text[strings.LastIndex(text, "Recap, Friday"):]
		for _, want := range []string{
			"Now", "Still open: ", "Talked, not asked: ", "Your week, 23 November to 29 November", "This week: ", "Stop messages",
		} {
			if !strings.Contains(recap, want) {
				t.Errorf("the recap has no %q:\n%s", want, recap)
			}
		}
	})
}
