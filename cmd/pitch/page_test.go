package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestPageFirstWeek is somebody's first week with Pitch in a browser, from the
// first word to the board in the channel.
func TestPageFirstWeek(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--empty", "--listen", "127.0.0.1:0"))
	b.sees("Type /pitch to begin")
	b.accessible("nothing yet")
	b.until("the demo's clock", `document.getElementById("now").innerText.includes("Wed 25 Nov, 10:00")`)

	b.types("/pitch")
	b.newest("An ask is one clear request")
	b.newest("Only visible to you")
	b.types("/pitch log ask Acme, 10 seats")
	b.newest("Logged: ask to Acme")
	b.accessible("the first log")
	b.press("Every morning")
	b.until("the choice is made", `!document.querySelector(".message:last-child").innerText.includes("Remind me:")`)
	b.types(`/pitch log no Globex, price: "no budget till Q3"`)
	b.newest("no budget till Q3")
	b.types("/pitch commit call Initech tomorrow 3pm")
	b.newest("call Initech")

	b.press("Next morning")
	b.told("Thursday, 26 November, 09:00. 1 new message in Pitch")
	b.newest("Thursday 26 November")
	b.newest("Initech")
	b.picture("plan")
	b.press("Next reminder")
	b.told("15:00. 1 new message in Pitch")
	b.newest("Time to call Initech")
	b.press("Done: call Initech")
	b.sees("Kept: call Initech")
	b.quiet("a reminder done")

	b.types("/pitch board on")
	b.newest("You are on the board")
	b.goTo("sales")
	b.types("/pitch channel on")
	b.newest("Fridays at 16:00")
	b.goTo("Pitch")
	b.press("Other time…")
	b.until("the field for another time", `document.activeElement.id === "clock-to"`)
	eval[bool](b, `document.getElementById("clock-to").value = "2026-11-27T16:00"; true`)
	b.press("Go")
	b.told("Friday, 27 November, 16:00")
	b.unread("sales", "1")
	b.goTo("sales")
	b.newest("Asks made")
	b.newest("Maya Brandt")
	b.unread("sales", "0")
	b.accessible("the board")
	b.picture("board")
}

// TestPageForms: the same by forms, with what is wrong told in place, undone,
// and as somebody else.
func TestPageForms(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--empty", "--listen", "127.0.0.1:0"))
	b.types("/pitch log")
	b.until("the form", `document.getElementById("modal").open`)
	b.accessible("a form")
	b.walk("a form", 5)
	b.press("Log it")
	b.until("what is wrong", `document.querySelector("dialog .error")`)
	b.until("the focus where it is wrong", `document.activeElement.getAttribute("aria-invalid") === "true"`)
	b.accessible("a form with an error")
	b.picture("error")
	b.choose("What happened", "Ask")
	b.until("what an ask is asked", `document.querySelector("dialog[open]").innerText.includes("What did they say?")`)
	b.find("With whom", "Acme", "Add “Acme”")
	b.press("Log it")
	b.until("the form closed", `!document.getElementById("modal").open`)
	b.until("the focus back in the composer", `document.activeElement.id === "text"`)
	b.newest("Acme")

	b.press("Undo")
	b.sees("Undone")
	b.types("/pitch commit")
	b.until("the form", `document.getElementById("modal").open`)
	b.keys(kb.Escape)
	b.until("Escape closes it", `!document.getElementById("modal").open`)

	b.types("/pitch settings")
	b.until("the form", `document.getElementById("modal").open`)
	b.accessible("the settings")
	b.picture("settings")
	b.width(390, 844)
	b.accessible("the settings on a telephone")
	b.picture("settings-390")
	b.width(1280, 800)
	b.press("Save")
	b.until("the form closed", `!document.getElementById("modal").open`)

	b.visit("/tom/dm")
	b.until("Tom's own time", `document.getElementById("now").innerText.includes("01:00")`)
	b.types("/pitch log call Jane")
	b.newest("Did you ask for anything?")
	b.press("Not yet")
	b.sees("Ask Jane tomorrow")
	b.visit("/maya/dm")
	b.until("Tom's words are Tom's", `!document.querySelector("main").innerText.includes("Jane")`)
	b.quiet("forms")
}

// TestPageKeyboard: nothing needs a mouse.
func TestPageKeyboard(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	b.until("the composer has the focus", `document.activeElement.id === "text"`)
	b.walk("the DM", 20)

	eval[bool](b, `document.getElementById("text").focus(); true`)
	b.keys("/")
	b.until("what can be typed", `document.getElementById("completion").checkVisibility() && document.querySelector(".usage").innerText.includes("log ask Acme")`)
	b.accessible("the completion")
	b.picture("completion")
	b.keys("p", "i", "t", "c", "h", " ", "t", "o")
	b.until("only what fits", `[...document.querySelectorAll(".command")].filter((n) => !n.hidden).length === 1`)
	b.keys(kb.ArrowDown)
	b.until("the command is announced", `document.getElementById(document.getElementById("text").getAttribute("aria-activedescendant"))?.dataset.text === "today"`)
	b.keys(kb.Enter)
	b.until("the command is taken", `document.getElementById("text").value === "/pitch today"`)
	b.keys(kb.Enter)
	b.newest("Only visible to you")
	b.until("the composer is empty", `document.getElementById("text").value === ""`)
	b.keys(kb.ArrowUp)
	b.until("the last command again", `document.getElementById("text").value === "/pitch today"`)
	b.keys(kb.Escape, kb.ArrowDown)
	b.until("and gone again", `document.getElementById("text").value === ""`)

	// A button by keyboard keeps the focus nearby once it has changed its message.
	eval[bool](b, `[...document.querySelectorAll("button")].filter((n) => n.innerText === "Done").at(-1).focus(); true`)
	b.keys(kb.Enter)
	b.sees("Kept:")
	b.until("the focus is not lost", `document.activeElement !== document.body`)
	b.quiet("the keyboard")
}

// TestPageSmallAndTwice: at both widths, and in two tabs that stay in step.
func TestPageSmallAndTwice(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.newest("Wednesday")
	b.goTo("sales")
	b.newest("Asks made")
	b.accessible("the seeded board")
	b.picture("sales")
	b.dark(true)
	b.picture("sales-dark")
	b.goTo("Pitch Home")
	b.sees("Initech")
	b.accessible("the Home")
	b.walk("the Home", 8)

	b.width(390, 844)
	b.visit("/maya/dm")
	b.newest("Wednesday")
	b.accessible("a telephone")
	b.picture("dm-390")
	b.press("Other time…")
	b.until("the field for another time within the window", `(() => { const box = document.querySelector(".other-form").getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth && box.width > 200; })()`)
	b.until("a bar of two rows", `document.querySelector(".bar").getBoundingClientRect().height < 100`)
	b.picture("clock-390")
	b.keys(kb.Escape)
	b.types("/pitch stats")
	b.newest("Why, and whom you asked")
	b.accessible("the numbers on a telephone")
	b.picture("stats-390")
	b.press("☰ Channels")
	b.until("the sidebar", `document.getElementById("side").getBoundingClientRect().left === 0`)
	b.accessible("the sidebar on a telephone")
	b.picture("drawer-390")
	b.goTo("general")
	b.types("Hello from a telephone")

	other := b.tab()
	other.visit("/tom/general")
	other.newest("Hello from a telephone")
	other.types("And back")
	b.newest("And back")
	b.quiet("one tab")
	other.quiet("the other tab")
}

// TestPageDrawsEverything: every block and element of the local Slack's own
// tests, readable by eye, ear and keyboard, at both widths.
func TestPageDrawsEverything(t *testing.T) {
	chromium(t)
	url := startDemo(t, "--empty", "--listen", "127.0.0.1:0")
	for _, blocks := range everyBlock(t) {
		postAsBot(t, url, blocks)
	}
	b := openBrowser(t, url)
	b.visit("/maya/sales")
	b.sees("The week")
	b.accessible("every block")
	b.walk("every block", 50)
	b.picture("blocks")
	b.dark(true)
	b.picture("blocks-dark")
	b.width(390, 844)
	b.accessible("every block on a telephone")

	// A menu by keyboard: open, choose, and the focus is back.
	eval[bool](b, `document.querySelector("[aria-haspopup=listbox]").focus(); true`)
	b.keys(kb.ArrowDown)
	b.until("the choices", `document.activeElement.getAttribute("role") === "option"`)
	b.accessible("a menu")
	b.keys(kb.Escape)
	b.until("the focus is back", `document.activeElement.getAttribute("aria-haspopup") === "listbox"`)

	// Who reads further up stays there, and is told that there is more below.
	eval[bool](b, `document.getElementById("stream").scrollTop = 100; true`)
	other := b.tab()
	other.visit("/tom/sales")
	other.types("Something new")
	b.until("the way down", `document.getElementById("jump").checkVisibility() && document.getElementById("stream").scrollTop === 100`)
	b.accessible("something new below")
	b.press("New messages ↓")
	b.until("the end", `document.getElementById("jump").hidden && document.getElementById("stream").scrollTop > 1000`)
	b.newest("Something new")
}

// everyBlock are the blocks of bot/localslack/testdata as messages take them:
// two charts and one table each.
func everyBlock(t *testing.T) (messages [][]map[string]any) {
	t.Helper()
	var tests []struct{ Block map[string]any }
	if err := json.Unmarshal([]byte(readFile(t, "..", "..", "bot", "localslack", "testdata", "blocks.json")), &tests); err != nil {
		t.Fatal(err)
	}
	var charts []map[string]any
	messages = [][]map[string]any{nil}
	for i, test := range tests {
		test.Block["block_id"] = fmt.Sprint("block ", i)
		if test.Block["type"] == "data_visualization" {
			charts = append(charts, test.Block)
		} else {
			messages[0] = append(messages[0], test.Block)
		}
	}
	for pair := range slices.Chunk(charts, 2) {
		messages = append(messages, pair)
	}
	return messages
}

// postAsBot writes a message into #sales with the bot's token.
func postAsBot(t *testing.T, url string, blocks []map[string]any) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"channel": demoChannel, "text": "every block", "blocks": blocks})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), "POST", url+"api/chat.postMessage", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer xoxb-1-1-local")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if said, _ := io.ReadAll(answer.Body); !bytes.Contains(said, []byte(`"ok":true`)) {
		t.Fatalf("not posted: %s", said)
	}
}

// TestPagePicture makes the pictures of the README:
//
//	PITCH_PICTURES=$PWD/.github go test ./cmd/pitch -run TestPagePicture
func TestPagePicture(t *testing.T) {
	if os.Getenv("PITCH_PICTURES") == "" {
		t.Skip("PITCH_PICTURES names no folder")
	}
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	b.width(1180, 720)
	b.newest("Wednesday")
	b.types(`/pitch log no Initech, timing: "after the new year"`)
	b.newest("after the new year")
	eval[bool](b, `document.activeElement.blur(); true`)
	b.picture("demo")
	b.types("/pitch stats")
	b.newest("By how you know them")
	eval[bool](b, `document.activeElement.blur(); document.querySelector("figure").scrollIntoView({block: "center"}); true`)
	b.picture("charts")
}
