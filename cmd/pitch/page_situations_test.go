package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestPageSituations: each situation is one press away from wherever one is, and
// ends at Noor's plan of the next working morning, alone in her messages.
func TestPageSituations(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	b.accessible("the situations")
	b.walk("the situations", 30)
	for _, idea := range ideas() {
		b.bringAbout(idea.name)
		b.until("one plan, and nothing else", `document.querySelectorAll(".message").length === 1`)
	}
	b.sees("Of the eight prospects Noor has")
	b.accessible("a situation")
	b.picture("situation")
	b.press("Done: follow-up Kiosk am Ufer")
	b.sees("Kept:")

	// By keyboard, while somebody else looks at the same place: both see the new plan.
	other := b.tab()
	other.visit("/noor/dm")
	eval[bool](b, `document.getElementById("situation-0").focus(); true`)
	b.keys(kb.Enter)
	b.until("the button is busy", `document.getElementById("situation-0").getAttribute("aria-busy") === "true" || document.getElementById("toasts").innerText.includes("You are Noor")`)
	b.told("You are Noor")
	b.newest("Kiosk am Ufer")
	other.until("one plan there too", `document.querySelectorAll(".message").length === 1 && !document.querySelector("main").innerText.includes("Kept:")`)
	other.quiet("the other tab")

	b.width(390, 844)
	b.visit("/noor/dm")
	b.press("☰ Channels")
	b.until("the sidebar", `document.getElementById("side").getBoundingClientRect().left === 0`)
	b.accessible("the situations on a telephone")
	b.picture("situations-390")
	b.bringAbout("A quiet proposal")
	b.until("the sidebar is away", `!document.body.classList.contains("drawer-open")`)
	b.quiet("situations")
}

// bringAbout presses a situation and waits until one is Noor, at her next morning.
func (b *browser) bringAbout(name string) {
	b.t.Helper()
	b.press(name)
	b.until("the messages of Noor, after "+name, `location.pathname === "/noor/dm" && document.body.dataset.connected === "yes"`)
	b.told("09:00. You are Noor")
	b.newest("Kiosk am Ufer")
}
