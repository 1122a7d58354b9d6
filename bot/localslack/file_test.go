package localslack_test

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"pitch/bot/localslack"
)

// sender is a bot that may write files.
func sender(t *testing.T) *bot {
	cfg := config()
	cfg.Scopes = append(cfg.Scopes, "files:write")
	return start(t, cfg)
}

// announce is the first step: the address and the file's id.
func (b *bot) announce(name string, size int) (address, id string) {
	b.t.Helper()
	out := b.form("files.getUploadURLExternal", url.Values{
		"token": {b.ws.Config().BotToken}, "filename": {name}, "length": {strconv.Itoa(size)},
	})
	address, _ = out["upload_url"].(string)
	id, _ = out["file_id"].(string)
	if address == "" || id == "" {
		b.t.Fatalf("announcing %s: %v", name, out)
	}
	return address, id
}

// upload is the second step, with the bytes as they are.
func (b *bot) upload(address, content string) int {
	b.t.Helper()
	res, err := b.client.Post(address, "application/octet-stream", strings.NewReader(content))
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func (b *bot) share(id string, extra obj) obj {
	args := obj{"files": []obj{{"id": id, "title": "Your asks"}}}
	for k, v := range extra {
		args[k] = v
	}
	return b.call("files.completeUploadExternal", args)
}

func TestAFileByDirectMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sender(t)
		b.connect(1)
		address, id := b.announce("asks.csv", 9)
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		part, _ := form.CreateFormFile("file", "asks.csv")
		part.Write([]byte("who\nAcme\n"))
		form.Close()
		res, err := b.client.Post(address, form.FormDataContentType(), &body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatal(res, err)
		}
		res.Body.Close()
		dm, _ := b.ws.DM("ann")
		if out := b.share(id, obj{"channel_id": dm, "initial_comment": "Everything"}); out["ok"] != true || dig(out["files"].([]any)[0], "id") != id {
			t.Fatalf("completing: %v", out)
		}
		b.settle()

		m := b.ws.Transcript("ann", "dm")[0]
		want := []localslack.File{{ID: id, Name: "asks.csv", Title: "Your asks", Size: 9}}
		if diff := cmp.Diff(want, m.Files); diff != "" || m.Text != "Everything" {
			t.Errorf("%q with files (-want +got):\n%s", m.Text, diff)
		}
		if got := m.Draw(b.ws.Reader("ann")); got != "Everything\n[file] asks.csv (9 bytes)" {
			t.Errorf("drawn: %q", got)
		}
		if _, content, err := b.ws.File("ann", id); err != nil || string(content) != "who\nAcme\n" {
			t.Errorf("content %q, %v", content, err)
		}
		if _, _, err := b.ws.File("ben", id); !errors.Is(err, localslack.ErrNowhere) {
			t.Errorf("ben reads ann's file: %v", err)
		}
		b.noProblems()
	})
}

func TestFilesSlackRefuses(t *testing.T) {
	tests := []struct {
		name  string
		sent  bool
		size  int
		extra obj
		want  string
		fault bool // a correct bot does not meet it
	}{
		{"not sent", false, 3, obj{"channel_id": "C1"}, "file_not_found", true},
		{"longer than announced", true, 2, obj{"channel_id": "C1"}, "file_not_found", true},
		{"another length", true, 4, obj{"channel_id": "C1"}, "file_not_found", true},
		{"unknown channel", true, 3, obj{"channel_id": "C9"}, "channel_not_found", false},
		{"not in channel", true, 3, obj{"channel_id": "C2"}, "not_in_channel", false},
		{"a person's id", true, 3, obj{"channel_id": "U1"}, "invalid_arguments", true},
		{"a long comment", true, 3, obj{"channel_id": "C1", "initial_comment": strings.Repeat("x", 40_001)}, "msg_too_long", true},
		{"bad blocks", true, 3, obj{"channel_id": "C1", "blocks": []obj{{"type": "shout"}}}, "invalid_blocks", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sender(t)
				address, id := b.announce("a.txt", tt.size)
				if tt.sent {
					if status := b.upload(address, "abc"); (status == http.StatusOK) != (tt.size == 3) {
						t.Errorf("uploading: %d", status)
					}
				}
				if out := b.share(id, tt.extra); out["error"] != tt.want {
					t.Errorf("%v, want %s", out, tt.want)
				}
				if n := len(b.ws.Transcript("ann", "sales")); n != 0 {
					t.Errorf("%d messages", n)
				}
				if n := len(b.ws.Problems()); (n > 0) != tt.fault {
					t.Errorf("problems %q", b.ws.Problems())
				}
			})
		})
	}
}

func TestFileArguments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sender(t)
		for want, args := range map[string]obj{
			"missing_argument":            {"filename": "a", "length": 0},
			"file_upload_size_restricted": {"filename": "a", "length": 1<<30 + 1},
			"snippet_too_large":           {"filename": "a", "length": 1<<20 + 1, "snippet_type": "go"},
			"alt_txt_too_large":           {"filename": "a", "length": 1, "alt_txt": strings.Repeat("x", 1001)},
		} {
			if out := b.call("files.getUploadURLExternal", args); out["error"] != want {
				t.Errorf("%v, want %s", out, want)
			}
		}
		for _, args := range []obj{{"length": 1}, {"filename": "a"}, {"filename": "a", "length": "long"}} {
			if out := b.call("files.getUploadURLExternal", args); out["error"] != "invalid_arguments" {
				t.Errorf("%v: %v", args, out)
			}
		}
		// Sharing happens once, and an upload that is shared takes nothing more.
		address, id := b.announce("a.txt", 3)
		b.upload(address, "abc")
		if out := b.share(id, nil); out["ok"] != true {
			t.Error(out)
		}
		if out := b.share(id, nil); out["error"] != "file_not_found" {
			t.Error(out)
		}
		if status := b.upload(address, "abc"); status != http.StatusNotFound {
			t.Error(status)
		}
		if _, _, err := b.ws.File("ann", id); err == nil {
			t.Error("a file without a channel is read")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		if out := start(t, config()).call("files.getUploadURLExternal", obj{"filename": "a", "length": 1}); out["error"] != "missing_scope" || out["needed"] != "files:write" {
			t.Error(out)
		}
	})
}

func TestTerminalOpensFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sender(t)
		b.connect(1)
		for _, content := range []string{"old", "who\nAcme"} {
			address, id := b.announce("asks.csv", len(content))
			b.upload(address, content)
			b.share(id, obj{"channel_id": "C1"})
		}
		ann := &localslack.Terminal{Workspace: b.ws, User: "ann", Place: "sales"}
		shown, err := ann.Do(t.Context(), "open Asks.csv")
		if err != nil || !strings.Contains(shown, "[file] asks.csv (8 bytes)\n  who\n  Acme") {
			t.Errorf("%s, %v", shown, err)
		}
		if _, err := ann.Do(t.Context(), "open nothing.csv"); err == nil || !strings.Contains(err.Error(), "there are: asks.csv") {
			t.Error(err)
		}
		gus := &localslack.Terminal{Workspace: b.ws, User: "gus"}
		if shown, err := gus.Do(t.Context(), "open asks.csv"); err == nil {
			t.Error(shown)
		}
	})
}

func TestPageFiles(t *testing.T) {
	w, base := pageWorld(t)
	b := &bot{t: t, ws: w, client: http.DefaultClient, base: base}
	address, id := b.announce("asks & co.csv", 8)
	if status := b.upload(address, "<script>"); status != http.StatusOK {
		t.Fatal(status)
	}
	dm, _ := w.DM("ann")
	b.share(id, obj{"channel_id": dm})
	_, said := request(t, "GET", base+"/ann/dm", "", nil)
	link := `href="/ann/dm/files/` + id + `" download="asks &amp; co.csv"`
	if !strings.Contains(said, link) || !strings.Contains(said, "8 bytes") {
		t.Errorf("no link %s", link)
	}
	res, err := http.Get(base + "/ann/dm/files/" + id)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Disposition"); got != `attachment; filename="asks & co.csv"` || res.Header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("headers %v", res.Header)
	}
	if status, content := request(t, "GET", base+"/ann/dm/files/"+id, "", nil); status != http.StatusOK || content != "<script>" {
		t.Errorf("%d %q", status, content)
	}
	if status, _ := request(t, "GET", base+"/ben/dm/files/"+id, "", nil); status != http.StatusNotFound {
		t.Errorf("ben gets %d", status)
	}
}
