package bot_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"pitch/nudges"
	"pitch/store"
)

// TestDifferentKeepsNever: other lines for a while do not bring back a kind that
// is not wanted at all.
func TestDifferentKeepsNever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, berlin(t, "2026-11-24 10:00"))
		for _, line := range []string{"in dm", "/pitch log demo Globex", "press Every morning", "at 2026-11-25 09:01"} {
			w.do(line)
		}
		// An earlier line was left alone, and now it is asked whether less is wanted.
		err := w.store.Change(context.Background(), store.Cause{Now: time.Now()}, store.Owner{Team: "T0LOCAL", User: "U0MAYA"}, func(b *store.Book) error {
			for _, l := range []store.Line{{Kind: nudges.KindAsk, Text: "ask/2"}, {Kind: nudges.KindTempo, Text: "tempo/1"}} {
				l.Said, l.Place = "Said before.", store.InPlan
				if _, err := b.Say(l); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"press Not for me", "press Never this kind", "home", "press Different"} {
			w.do(line)
		}
		if len(w.records(`"type":"founder"`, `"ask":"9999-12-31"`)) != 1 {
			t.Errorf("never is no more: %s", w.records(`"type":"founder"`))
		}
		w.close()
	})
}
