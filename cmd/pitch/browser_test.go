package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a browser may take to show something.
const patience = 15 * time.Second

// chromium finds a browser. Without one the test is skipped, except in CI.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium: apt-get install chromium")
	}
	t.Skip("no Chromium here: the page is tested where there is one, as in CI")
	return ""
}

// startDemo runs `pitch demo` and returns the address it prints.
func startDemo(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var errs strings.Builder
	code := make(chan int, 1)
	go func() {
		p := process{
			Env:   func(string) (string, bool) { return "", false },
			Stdin: strings.NewReader(""), Stdout: in, Stderr: &errs,
		}
		c := run(ctx, append([]string{"demo"}, args...), p)
		in.Close()
		code <- c
	}()
	lines := bufio.NewScanner(out)
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
		if url := strings.TrimSpace(lines.Text()); strings.HasPrefix(url, "http://") {
			problems := make(chan []string, 1)
			go func() {
				var wrong []string
				for lines.Scan() {
					if strings.Contains(lines.Text(), "would not have taken") {
						wrong = append(wrong, lines.Text())
					}
				}
				problems <- wrong
			}()
			t.Cleanup(func() {
				stop()
				if c := <-code; c != exitOK {
					t.Errorf("the demo exited with %d: %s", c, &errs)
				}
				for _, w := range <-problems {
					t.Error(w)
				}
			})
			return url
		}
	}
	stop()
	t.Fatalf("the demo printed no address: %q, exit %d, %s", said, <-code, &errs)
	return ""
}

// browser is a tab somebody sits at.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string

	mu    sync.Mutex
	wrong []string // what the console said
}

// openBrowser starts a Chromium of its own and opens the demo in it.
func openBrowser(t *testing.T, url string) *browser {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 800)}
	for _, flag := range []string{
		"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update",
		"disable-sync", "hide-scrollbars", "disable-dev-shm-usage",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, closeAll := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		chromedp.Cancel(ctx)
		closeAll()
		stop()
	})
	return newTab(t, ctx, url)
}

func newTab(t *testing.T, ctx context.Context, url string) *browser {
	t.Helper()
	b := &browser{t: t, ctx: ctx, url: strings.TrimSuffix(url, "/")}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.do(enabled(log.Enable), enabled(runtime.Enable))
	b.width(1280, 800)
	b.visit("/")
	return b
}

// enabled switches a part of the browser's protocol on.
func enabled(c cdp.Command[cdp.Empty, cdp.Empty]) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, c, cdp.Empty{})
		return err
	})
}

// tab is another tab of the same browser.
func (b *browser) tab() *browser {
	b.t.Helper()
	ctx, end := chromedp.NewContext(b.ctx)
	b.t.Cleanup(end)
	return newTab(b.t, ctx, b.url)
}

// hear keeps what the console says is wrong.
func (b *browser) hear(event any) {
	said := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		said = e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			said += " " + x.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			for _, a := range e.Args {
				said += string(a.Value) + a.Description + " "
			}
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			said = e.Entry.Text + " " + e.Entry.URL
		}
	}
	if said != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.wrong = append(b.wrong, said)
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.screenText())
	}
}

// value is that of an expression in the page.
func value[T any](b *browser, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression))
}

// eval is the same, and has to work.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := value[T](b, expression)
	if err != nil {
		b.t.Fatalf("%v\n%s", err, b.screenText())
	}
	return v
}

func (b *browser) screenText() string {
	text, _ := value[string](b, "document.body.innerText")
	return text
}

// until waits for an expression to be true, in whatever page is there by then.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-look.C {
		if ok, err := value[bool](b, "!!("+expression+")"); err == nil && ok {
			return
		}
	}
	b.picture("failed")
	b.t.Fatalf("never seen: %s\n%s", what, b.screenText())
}

// visit goes to an address and waits until it is live.
func (b *browser) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
	b.live()
}

func (b *browser) live() {
	b.t.Helper()
	b.until("the page is live", `document.body.dataset.connected === "yes"`)
}

func (b *browser) width(w, h int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(w, h))
}

func (b *browser) dark(on bool) {
	b.t.Helper()
	value := "light"
	if on {
		value = "dark"
	}
	b.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}},
		})
		return err
	}))
}

// sees waits until a text can be read in the part of the page that one looks
// at: an open form, else the messages or the Home.
func (b *browser) sees(text string) {
	b.t.Helper()
	b.until(text, fmt.Sprintf(`(document.querySelector("dialog[open]") || document.querySelector("main")).innerText.includes(%q)`, text))
}

// newest waits until a text can be read in the newest message.
func (b *browser) newest(text string) {
	b.t.Helper()
	b.until(text+", in the newest message", fmt.Sprintf(`[...document.querySelectorAll(".message")].at(-1)?.innerText.includes(%q)`, text))
}

// told waits for a notice in the corner, and takes it away.
func (b *browser) told(text string) {
	b.t.Helper()
	b.until("the notice "+text, fmt.Sprintf(`document.getElementById("toasts").innerText.includes(%q)`, text))
	eval[chromedp.Void](b, `document.getElementById("toasts").replaceChildren()`)
}

// find marks the last thing of that name one can press, in the form if one is open.
const find = `(() => {
  const under = document.querySelector("dialog[open]:last-of-type") || document.querySelector("dialog[open]") || document;
  const label = %q;
  const all = [...under.querySelectorAll("button, a[href], summary, [role=option], [role=menuitem], label")].filter((n) => n.checkVisibility({checkVisibilityCSS: true}));
  const tidy = (s) => (s || "").trim().replace(/\s+/g, " ");
  const hit = all.filter((n) => tidy(n.getAttribute("aria-label")) === label || tidy(n.textContent) === label).at(-1);
  document.querySelectorAll("[data-found]").forEach((n) => n.removeAttribute("data-found"));
  if (!hit) return false;
  hit.setAttribute("data-found", "");
  hit.scrollIntoView({block: "center"});
  return true;
})()`

// press clicks what has that name. A message that arrives meanwhile may move it
// from under the pointer, or draw it anew: then once more.
func (b *browser) press(name string) {
	b.t.Helper()
	for range 5 {
		b.until("something to press called "+name, fmt.Sprintf(find, name))
		eval[bool](b, `window.pressed = ""; addEventListener("click", (e) => { window.pressed = e.target.closest("[data-found]") ? "hit" : "missed"; }, {once: true, capture: true}); true`)
		ctx, cancel := context.WithTimeout(b.ctx, time.Second)
		err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("[data-found]")))
		cancel()
		if hit, _ := value[string](b, "window.pressed"); err == nil && hit != "missed" && hit != "" {
			return
		}
	}
	b.t.Fatalf("%s could not be pressed\n%s", name, b.screenText())
}

// types types into the composer and sends it.
func (b *browser) types(text string) {
	b.t.Helper()
	b.do(chromedp.Focus(chromedp.CSS("#text")), chromedp.KeyEvent(text))
	b.until("the text in the composer", fmt.Sprintf(`document.getElementById("text").value === %q`, text))
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until("sent", `document.getElementById("text").value === "" && document.getElementById("send").getAttribute("aria-busy") !== "true"`)
}

// keys presses keys, wherever the focus is.
func (b *browser) keys(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.do(chromedp.KeyEvent(k))
	}
}

// fill puts a value into the field with that label, as typing it does.
func (b *browser) fill(label, value string) {
	b.t.Helper()
	b.until("a field called "+label, fmt.Sprintf(`(() => {
	  const l = [...document.querySelectorAll("dialog[open] label")].find((n) => n.innerText.trim().startsWith(%q));
	  const f = l && document.getElementById(l.htmlFor);
	  if (!f) return false;
	  f.focus();
	  f.value = %q;
	  f.dispatchEvent(new Event("input", {bubbles: true}));
	  f.dispatchEvent(new Event("change", {bubbles: true}));
	  return f.value === %q;
	})()`, label, value, value))
}

// find types in the menu with that label and picks an entry it then has.
func (b *browser) find(label, typed, entry string) {
	b.t.Helper()
	b.fill(label, typed)
	b.until("the entry "+entry, fmt.Sprintf(`(() => {
	  const e = [...document.querySelectorAll("dialog[open] .pop-item")].find((n) => n.innerText.trim() === %q);
	  if (e) e.click();
	  return !!e;
	})()`, entry))
	b.until("the entry chosen", fmt.Sprintf(`[...document.querySelectorAll("dialog[open] input")].some((n) => n.value === %q)`, entry))
}

// choose picks an option by its label in the menu with that label.
func (b *browser) choose(label, option string) {
	b.t.Helper()
	value := eval[string](b, fmt.Sprintf(`(() => {
	  const l = [...document.querySelectorAll("dialog[open] label")].find((n) => n.innerText.trim().startsWith(%q));
	  const f = l && document.getElementById(l.htmlFor);
	  return f ? ([...f.options].find((o) => o.text === %q) || {value: ""}).value : "";
	})()`, label, option))
	if value == "" {
		b.t.Fatalf("no choice %q in %q\n%s", option, label, b.screenText())
	}
	b.fill(label, value)
}

// goTo follows a link of the sidebar.
func (b *browser) goTo(place string) {
	b.t.Helper()
	b.until("the place "+place, fmt.Sprintf(`(() => {
	  const a = [...document.querySelectorAll("#nav a")].find((n) => n.querySelector("bdi").innerText === %q);
	  if (a) a.click();
	  return !!a;
	})()`, place))
	b.until("the place "+place, fmt.Sprintf(`document.body.dataset.connected === "yes" && document.querySelector("#nav [aria-current]").textContent.includes(%q)`, place))
}

// unread is the number beside a place of the sidebar.
func (b *browser) unread(place, count string) {
	b.t.Helper()
	b.until(place+" with "+count+" unread", fmt.Sprintf(`[...document.querySelectorAll("#nav a")].some((n) => n.querySelector("bdi").innerText === %q && (n.querySelector(".badge")?.firstChild.data || "0") === %q)`, place, count))
}

// accessible checks the page as it stands, light and dark, and the console.
func (b *browser) accessible(state string) {
	b.t.Helper()
	rules := readFile(b.t, "testdata", "browser", "access.js")
	for _, dark := range []bool{true, false} {
		b.dark(dark)
		for _, fault := range eval[[]string](b, rules) {
			b.t.Errorf("%s, dark %v: %s", state, dark, fault)
		}
	}
	b.quiet(state)
}

// quiet fails on what the console has said.
func (b *browser) quiet(state string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.wrong {
		b.t.Errorf("%s: the console says: %s", state, w)
	}
	b.wrong = nil
}

// walk goes through the page with the Tab key: everything it stops at shows that
// it has the focus and comes after what was before it.
func (b *browser) walk(state string, atLeast int) {
	b.t.Helper()
	eval[chromedp.Void](b, `{
	  const first = document.querySelector("dialog[open] button") || document.querySelector(".skip");
	  first.focus();
	  window.walked = [first];
	}`)
	stops, same := 1, 0
	for range 300 {
		b.keys(kb.Tab)
		stop := eval[struct {
			End, Same bool
			Wrong     string
		}](b, `(() => {
		  const at = document.activeElement;
		  const modal = [...document.querySelectorAll("dialog[open]")].at(-1);
		  if (at === walked.at(-1)) return {Same: true}; // the parts of a date
		  if (at === document.body || at === modal || walked.includes(at)) return {End: true};
		  const name = at.outerHTML.replace(/\s+/g, " ").slice(0, 100);
		  if (modal && !modal.contains(at)) return {Wrong: "outside the form: " + name};
		  const style = getComputedStyle(at);
		  const ring = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none";
		  const holder = at.closest(".composer");
		  if (!ring(style) && !(holder && ring(getComputedStyle(holder)))) return {Wrong: "no ring: " + name};
		  if (!at.checkVisibility({checkVisibilityCSS: true})) return {Wrong: "not to be seen: " + name};
		  const before = walked.at(-1);
		  walked.push(at);
		  if (before && !(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)) return {Wrong: "before the one before it: " + name};
		  return {};
		})()`)
		if stop.Wrong != "" {
			b.t.Errorf("%s, by keyboard: %s", state, stop.Wrong)
		}
		if same++; !stop.Same {
			same = 0
			stops++
		}
		if stop.End || same > 8 {
			break
		}
	}
	if stops < atLeast {
		b.t.Errorf("%s: the Tab key stops at %d things only", state, stops)
	}
}

// picture takes a picture of the window, where the test was asked for them.
func (b *browser) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("PITCH_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
