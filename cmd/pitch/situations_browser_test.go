package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestPageSituationLines: each of the nine ideas is clicked through, from its
// situation to what comes of its line's button.
func TestPageSituationLines(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	lines := []struct{ said, button string }{
		{"Café Morgenrot", "Plan the ask"},
		{"Hotel Lindenhof", "Ask with a number"},
		{"the price", "Change one thing"},
		{"", "Block 25 minutes"},
		{"", "Draft the note"},
		{"", "Set this week's asks"},
		{"", "Skip tomorrow, the week still counts"},
		{"", "Rehearse"},
		{"", "Add one outside"},
	}
	if len(lines) != len(ideas()) {
		t.Fatalf("%d lines for %d situations", len(lines), len(ideas()))
	}
	for i, idea := range ideas() {
		b.bringAbout(idea.name)
		b.newest(lines[i].said)
		b.until("one plan, with the button "+lines[i].button, `document.querySelectorAll(".message").length === 1`)
		b.accessible(idea.name)
		b.clickThrough(idea.name, lines[i].button)
	}
	b.quiet("the nine lines")
}

// clickThrough presses a button and waits for what comes of it: a form, which is
// closed again, or something else on the screen. Nothing may be refused.
func (b *browser) clickThrough(name, button string) {
	b.t.Helper()
	eval[bool](b, `window.was = document.querySelector("main").innerText; true`)
	b.press(button)
	b.until("what comes of "+button, `document.getElementById("modal").open || document.querySelector("main").innerText !== was`)
	if refused := eval[string](b, `document.querySelector(".toast.wrong")?.innerText || ""`); refused != "" {
		b.t.Errorf("%s: %s is refused: %s", name, button, refused)
	}
	if eval[bool](b, `document.getElementById("modal").open`) {
		b.accessible(name + ", the form of " + button)
		b.picture(button)
		b.keys(kb.Escape)
		b.until("the form closed", `!document.getElementById("modal").open`)
		return
	}
	b.accessible(name + ", after " + button)
	b.picture(button)
}
