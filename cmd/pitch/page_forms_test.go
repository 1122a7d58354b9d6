package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPageShortcuts: logging from anywhere, by keyboard: from the composer's menu
// and from a message's.
func TestPageShortcuts(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	b.goTo("general")
	eval[bool](b, `document.getElementById("shortcuts").focus(); true`)
	b.keys(kb.ArrowDown)
	b.until("the shortcuts", `document.activeElement.getAttribute("role") === "menuitem" && document.activeElement.innerText === "Log an ask"`)
	b.accessible("the shortcuts")
	b.keys(kb.Enter)
	b.until("the form, with the focus in it", `document.getElementById("modal").open && document.getElementById("modal").contains(document.activeElement)`)
	b.sees("How many, or how much")
	b.accessible("the form of a shortcut")
	b.looksUp("With whom", "init", "Initech")
	b.fill("How many, or how much", "10 seats")
	b.press("Log it")
	b.sees("Logged: ask to Initech · for 10")
	b.accessible("the answer to a shortcut")
	b.picture("shortcut")
	b.keys(kb.Escape)
	b.until("the focus where the shortcut is", `!document.getElementById("modal").open && document.activeElement.id === "shortcuts"`)

	b.types("Great demo with Stickerei Blum, they want two more")
	b.newest("two more")
	eval[bool](b, `[...document.querySelectorAll(".message-menu button[data-pop]")].at(-1).focus(); true`)
	b.keys(kb.Enter)
	b.until("the message's menu", `document.activeElement.getAttribute("role") === "menuitem"`)
	b.accessible("a message's menu")
	b.keys(kb.Enter)
	b.until("the form with what the message says", `[...document.querySelectorAll("dialog[open] textarea, dialog[open] input")].some((n) => n.value.includes("they want two more"))`)
	b.looksUp("With whom", "blum", "Stickerei Blum")
	b.press("Log it")
	b.sees("Logged: demo with Stickerei Blum")
	b.quiet("shortcuts")
}

// TestPageGrowingForm: a form asks for more as one chooses, and neither what was
// typed nor the focus is lost by it.
func TestPageGrowingForm(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	b.types("/pitch log")
	b.until("the form", `document.getElementById("modal").open`)
	b.lacks("How many, or how much", "Why?")
	b.fill("Note", "met at the fair")
	b.looksUp("With whom", "Zed", "Add “Zed”")
	b.choose("What happened", "Ask")
	b.sees("How many, or how much")
	b.sees("What did they say?")
	b.until("the focus where one chose", `document.activeElement.labels[0].innerText.startsWith("What happened")`)
	b.until("what was typed", `[...document.querySelectorAll("dialog[open] textarea, dialog[open] input")].filter((n) => ["met at the fair", "Add “Zed”"].includes(n.value)).length === 2`)
	b.accessible("a form that grew")
	b.walk("a form that grew", 8)
	b.choose("What did they say?", "No")
	b.sees("Why?")
	b.sees("What will you change?")
	b.width(390, 844)
	b.accessible("a form that grew, on a telephone")
	b.picture("grown-390")
	b.width(1280, 800)
	b.choose("What did they say?", "Later")
	b.sees("Until when")
	b.lacks("Why?", "What will you change?")
	b.choose("What did they say?", "No")
	b.sees("Why?")
	b.choose("Why?", "Price")
	b.press("Log it")
	b.newest("Zed")
	b.newest("met at the fair")
	b.quiet("a form that grew")
}

// lacks waits until none of the labels is in the form that is open.
func (b *browser) lacks(labels ...string) {
	b.t.Helper()
	for _, label := range labels {
		b.until("no "+label, fmt.Sprintf(`document.querySelector("dialog[open]") && !document.querySelector("dialog[open]").innerText.includes(%q)`, label))
	}
}

// looksUp types into the field with that label, and chooses an entry of what is
// found by keyboard.
func (b *browser) looksUp(label, typed, entry string) {
	b.t.Helper()
	b.until("a field called "+label, fmt.Sprintf(`(() => {
	  const l = [...document.querySelectorAll("dialog[open] label")].find((n) => n.innerText.trim().startsWith(%q));
	  const f = l && document.getElementById(l.htmlFor);
	  if (f) f.focus();
	  return f && document.activeElement === f && f.getAttribute("role") === "combobox";
	})()`, label))
	b.do(chromedp.KeyEvent(typed))
	b.until("what is found", fmt.Sprintf(`document.activeElement.getAttribute("aria-expanded") === "true" && [...document.activeElement.closest(".search").querySelectorAll("[role=option]")].some((n) => n.innerText === %q)`, entry))
	b.accessible("what is found for " + typed)
	b.keys(kb.ArrowDown)
	b.until("the first that is found", `document.activeElement.getAttribute("role") === "option"`)
	for range 10 {
		if eval[bool](b, fmt.Sprintf(`document.activeElement.innerText === %q`, entry)) {
			break
		}
		b.keys(kb.ArrowDown)
	}
	b.keys(kb.Enter)
	b.until("the choice, with the focus at it", fmt.Sprintf(`document.activeElement.getAttribute("role") === "combobox" && document.activeElement.value === %q && document.activeElement.getAttribute("aria-expanded") === "false"`, entry))
}
