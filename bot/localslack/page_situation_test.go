package localslack_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pitch/bot/localslack"
)

// situated is a page with situations of Ben's.
func situated(t *testing.T, all ...localslack.Situation) (*localslack.Workspace, string) {
	t.Helper()
	w := localslack.New(localslack.Config{
		Users: []localslack.User{{ID: "U1", Name: "ann", RealName: "Ann Arbor", TZ: "Europe/Berlin"}, {ID: "U2", Name: "ben", RealName: "Ben Bow", TZ: "Asia/Tokyo"}},
		Now:   func() time.Time { return time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) }, Unlimited: true,
	})
	return w, served(t, w, localslack.PageConfig{Situations: all})
}

// TestPageSituations: a situation is offered to everybody, and whoever presses
// it is shown an empty direct message with what came of it.
func TestPageSituations(t *testing.T) {
	var w *localslack.Workspace
	w, url := situated(t,
		localslack.Situation{Name: "All <quiet>", About: "nothing & nobody", Told: "Nothing <happened>", User: "ben", Load: func(context.Context) error { return w.Say("ben", "dm", "after") }},
		localslack.Situation{Name: "On fire", User: "U2", Load: func(context.Context) error { return errors.New("the hose leaks") }},
	)
	_, page := request(t, "GET", url+"/ann/dm", "", nil)
	for _, want := range []string{"All &lt;quiet&gt;", "nothing &amp; nobody", `data-situation="On fire"`} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
	if err := w.Say("ben", "dm", "before"); err != nil {
		t.Fatal(err)
	}
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	tests := []struct{ to, want string }{
		{"All <quiet>", `{"said":"It is Wednesday, 25 November, 18:00. You are Ben.","go":"/ben/dm"}`},
		{"On fire", `{"error":"\"On fire\" did not load: the hose leaks. Pressing it again starts it over."}`},
		{"Elsewhere", `{"error":"There is no such situation."}`},
	}
	for i, test := range tests {
		_, said := request(t, "POST", url+"/ann/dm/situation", `{"to":"`+test.to+`"}`, own)
		if got := strings.TrimSpace(said); got != test.want {
			t.Errorf("%s: %s, want %s", test.to, got, test.want)
		}
		if i > 0 {
			continue
		}
		_, page := request(t, "GET", url+"/ben/dm", "", nil)
		if strings.Contains(page, ">before<") || !strings.Contains(page, ">after<") {
			t.Error("the direct message has not what belongs to the situation, alone")
		}
		if !strings.Contains(page, "Nothing &lt;happened&gt;") {
			t.Error("what led to the situation is not above the direct message")
		}
	}
	if code, _ := request(t, "POST", url+"/ann/dm/situation", `{"to":"On fire"}`, map[string]string{"Content-Type": "application/json"}); code != 403 {
		t.Errorf("another site's page got %d", code)
	}
}

// TestPageSituationsOneAtATime: while one loads, the clock is its own.
func TestPageSituationsOneAtATime(t *testing.T) {
	begun, goOn := make(chan bool), make(chan bool)
	_, url := situated(t,
		localslack.Situation{Name: "Slow", User: "ben", Load: func(context.Context) error { begun <- true; <-goOn; return nil }},
		localslack.Situation{Name: "Quick", User: "ben", Load: func(context.Context) error { return nil }},
	)
	own := map[string]string{"Origin": url, "Content-Type": "application/json"}
	slow := make(chan string)
	go func() {
		_, said := request(t, "POST", url+"/ann/dm/situation", `{"to":"Slow"}`, own)
		slow <- said
	}()
	<-begun
	if _, said := request(t, "POST", url+"/ann/dm/situation", `{"to":"Quick"}`, own); !strings.Contains(said, "The clock is being moved already.") {
		t.Errorf("two at a time: %s", said)
	}
	goOn <- true
	if said := <-slow; !strings.Contains(said, "/ben/dm") {
		t.Errorf("the first: %s", said)
	}
}

// TestPageSituationsThatLeadNowhere are refused before anybody presses them.
func TestPageSituationsThatLeadNowhere(t *testing.T) {
	w := localslack.New(localslack.Config{Users: []localslack.User{{ID: "U1", Name: "ann"}, {ID: "U2", Name: "ben"}}})
	defer w.Close()
	load := func(context.Context) error { return nil }
	for name, s := range map[string][]localslack.Situation{
		"nobody":         {{Name: "A", User: "zoe", Load: load}},
		"no one can be":  {{Name: "A", User: "ben", Load: load}},
		"nothing loaded": {{Name: "A", User: "ann"}},
		"no name":        {{User: "ann", Load: load}},
		"two of a name":  {{Name: "A", User: "ann", Load: load}, {Name: "A", User: "ann", Load: load}},
	} {
		if _, err := localslack.NewPage(w, localslack.PageConfig{People: []string{"ann"}, Situations: s}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
