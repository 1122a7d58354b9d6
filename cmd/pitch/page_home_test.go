package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestPageHome: everything of the Home acts where it stands, by mouse and by
// keyboard, and keeps what one does there in view.
func TestPageHome(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	b.goTo("Pitch Home")
	b.sees("Initech")
	b.accessible("the Home")
	b.picture("home")
	b.press("Done: follow-up Offsetwerk")
	b.sees("Kept: follow-up Offsetwerk")
	b.accessible("the answer to a button of the Home")
	b.keys(kb.Escape)
	b.until("the focus is on the Home", `!document.getElementById("modal").open && document.activeElement.id === "main"`)
	b.until("done, and off the list", `![...document.querySelectorAll("#home button")].some((n) => n.getAttribute("aria-label") === "Done: follow-up Offsetwerk")`)

	eval[bool](b, `[...document.querySelectorAll("#home button")].find((n) => n.innerText === "Settings").focus(); true`)
	b.keys(kb.Enter)
	b.until("the settings", `document.getElementById("modal").open`)
	b.accessible("the settings, from the Home")
	b.keys(kb.Escape)
	b.until("the focus where it was", `!document.getElementById("modal").open && document.activeElement.innerText === "Settings"`)

	// What is logged elsewhere is on the Home of another tab.
	other := b.tab()
	other.visit("/maya/dm")
	other.types(`/pitch log no Initech, timing: "after the new year"`)
	other.newest("after the new year")
	b.sees("after the new year")
	b.width(390, 844)
	b.accessible("the Home on a telephone")
	b.picture("home-390")
	b.quiet("the Home")
	other.quiet("the other tab")
}

// TestPageCharts: numbers as charts, with the same numbers to be heard.
func TestPageCharts(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	b.types("/pitch stats")
	b.until("a chart", `(() => {
	  const figure = document.querySelector(".message:last-child .chart");
	  return figure && figure.querySelector("svg") && figure.querySelector("figcaption").innerText && figure.querySelectorAll("th[scope]").length > 1;
	})()`)
	b.accessible("the charts")
	b.picture("stats")
	b.dark(true)
	b.picture("stats-dark")
	b.width(390, 844)
	b.accessible("the charts on a telephone")
	b.width(1280, 800)
	b.walk("the charts", 20)
}
