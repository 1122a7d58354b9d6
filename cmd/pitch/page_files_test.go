package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	protocol "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// TestPageFiles: an export arrives as links, which save what they say.
func TestPageFiles(t *testing.T) {
	chromium(t)
	b := openBrowser(t, startDemo(t, "--listen", "127.0.0.1:0"))
	dir := b.saving()
	b.newest("Wednesday")
	b.types("/pitch export")
	b.until("the files", `document.querySelectorAll(".file a[download]").length === 4`)
	b.accessible("files")
	b.picture("files")
	b.press("pitch-activities.csv")
	saved := awaitFile(t, filepath.Join(dir, "pitch-activities.csv"))
	for _, want := range []string{"id,kind,prospect", "Globex", "we could build that in a weekend"} {
		if !strings.Contains(saved, want) {
			t.Errorf("%q is not in what was saved: %.300s", want, saved)
		}
	}
	if strings.Contains(saved, "Lattice Robotics") {
		t.Error("a prospect of somebody else is in what was saved")
	}
	href := eval[string](b, `document.querySelector(".file a").getAttribute("href")`)
	answer, err := http.Get(b.url + strings.Replace(href, "/maya/", "/tom/", 1))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else is answered %s", answer.Status)
	}
	b.width(390, 844)
	b.accessible("files on a telephone")
}

// saving has the browser save what is downloaded in a folder.
func (b *browser) saving() (dir string) {
	b.t.Helper()
	dir = b.t.TempDir()
	b.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, protocol.SetDownloadBehavior, protocol.SetDownloadBehaviorParams{Behavior: protocol.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
		return err
	}))
	return dir
}

// awaitFile is what is in a file once it is there.
func awaitFile(t *testing.T, path string) string {
	t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-look.C {
		if raw, err := os.ReadFile(path); err == nil && len(raw) > 0 {
			return string(raw)
		}
	}
	t.Fatalf("%s was never saved", filepath.Base(path))
	return ""
}
