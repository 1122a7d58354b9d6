package bolt_test

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.etcd.io/bbolt"

	"pitch/store"
	"pitch/store/bolt"
)

var (
	ann  = store.Owner{Team: "T1", User: "U1"}
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func opened(t *testing.T, cfg bolt.Config) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func logged(t *testing.T, s *bolt.Store, o store.Owner, name string) {
	t.Helper()
	if err := s.Change(t.Context(), store.Cause{Now: noon}, o, ask(name)); err != nil {
		t.Fatal(err)
	}
}

func ask(name string) func(*store.Book) error {
	return func(b *store.Book) error {
		if _, err := b.Join("UTC"); err != nil {
			return err
		}
		_, err := b.Log(name, store.Activity{Kind: store.Ask})
		return err
	}
}

// names are the founder's prospects, in the order in which they were added.
func names(t *testing.T, s *bolt.Store, o store.Owner) (all []string) {
	t.Helper()
	err := s.View(t.Context(), noon, o, func(b *store.Book) error {
		prospects, err := b.Prospects()
		for _, p := range prospects {
			all = append(all, p.Name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// saved is the path of a closed store with a few rows in it.
func saved(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "pitch.db")
	s := opened(t, bolt.Config{Path: path})
	for _, name := range []string{"Acme", "Globex", "Initech"} {
		logged(t, s, ann, name)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRefused: a file that cannot be the store is refused in words, and left as
// it is.
func TestRefused(t *testing.T) {
	whole, err := os.ReadFile(saved(t))
	if err != nil {
		t.Fatal(err)
	}
	bothMetas := bytes.Clone(whole)
	bothMetas[40] ^= 1
	bothMetas[4096+40] ^= 1
	rooted := bytes.Clone(whole)
	for i := 2 * 4096; i < len(rooted); i++ {
		rooted[i] ^= 0x55
	}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":             {nil, "is empty"},
		"cut to half":       {whole[:len(whole)/2/4096*4096], "cut short"},
		"cut within a page": {whole[:len(whole)-100], "cut short"},
		"a few bytes":       {whole[:100], "cut short"},
		"text":              {[]byte(strings.Repeat("founder,prospect\n", 5000)), "not a Pitch store"},
		"both meta pages":   {bothMetas, "beginning is damaged"},
		"all but the metas": {rooted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "pitch.db")
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time tells whether the first let go of the lock
				_, err := bolt.Open(t.Context(), bolt.Config{Path: path})
				if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), c.want) {
					t.Fatalf("opening it returned %v, want ErrDamaged: %q", err, c.want)
				}
				if c.want != "" && (!strings.Contains(err.Error(), "backup") || !strings.Contains(err.Error(), path)) {
					t.Errorf("%q does not say which file, or what to do", err)
				}
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(after, c.content) {
				t.Error("it was touched")
			}
		})
	}
}

func TestNotAStore(t *testing.T) {
	if _, err := bolt.Open(t.Context(), bolt.Config{}); err == nil {
		t.Error("a store without a path was opened")
	}
	if _, err := bolt.Open(t.Context(), bolt.Config{Path: t.TempDir()}); err == nil {
		t.Error("a folder was opened")
	}
	if _, err := bolt.Open(t.Context(), bolt.Config{Path: filepath.Join(t.TempDir(), "no", "pitch.db")}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in a folder that is not there: %v", err)
	}
	other := filepath.Join(t.TempDir(), "other.db")
	db, err := bbolt.Open(other, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	before, _ := os.ReadFile(other)
	if _, err := bolt.Open(t.Context(), bolt.Config{Path: other}); err == nil || !strings.Contains(err.Error(), "not one of Pitch's") {
		t.Errorf("another program's bbolt file: %v", err)
	}
	if after, _ := os.ReadFile(other); !bytes.Equal(before, after) {
		t.Error("another program's file was touched")
	}
}

// TestOneMetaPage: bbolt goes back a commit without a word; Open says so.
func TestOneMetaPage(t *testing.T) {
	for _, page := range []int64{0, 4096} {
		path := saved(t)
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.WriteAt([]byte{0xff}, page+40)
		f.Close()
		var told []error
		s := opened(t, bolt.Config{Path: path, OnDamage: func(err error) { told = append(told, err) }})
		if len(told) != 1 || !errors.Is(told[0], store.ErrDamaged) || !strings.Contains(told[0].Error(), "last commit") {
			t.Errorf("of meta page %d it was told: %v", page/4096, told)
		}
		if got := names(t, s, ann); len(got) < 2 {
			t.Errorf("with the other meta page there are %v", got)
		}
	}
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pitch.db")
	s := opened(t, bolt.Config{Path: path})
	_, err := bolt.Open(t.Context(), bolt.Config{Path: path, LockWait: -1})
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "another pitch serve, or a backup") {
		t.Errorf("a store in use: %v", err)
	}
	done := make(chan error)
	go func() {
		again, err := bolt.Open(t.Context(), bolt.Config{Path: path, LockWait: time.Minute})
		if err == nil {
			err = again.Close()
		}
		done <- err
	}()
	s.Close()
	if err := <-done; err != nil {
		t.Errorf("after the first let go: %v", err)
	}
}

func TestMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pitch.db")
	mode := func() fs.FileMode {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	var log bytes.Buffer
	cfg := bolt.Config{Path: path, Log: slog.New(slog.NewTextHandler(&log, nil))}
	opened(t, cfg).Close()
	if mode() != 0o600 || log.Len() != 0 {
		t.Errorf("a new store has mode %o; log: %s", mode(), &log)
	}
	os.Chmod(path, 0o644)
	opened(t, cfg).Close()
	if mode() != 0o600 || !strings.Contains(log.String(), "rw-r--r--") {
		t.Errorf("an open store was left with mode %o; log: %s", mode(), &log)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 {
		t.Errorf("beside the store there is %v", left)
	}
}

// TestMadeOnce: of many that make a store at once, each ends with the same one.
func TestMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pitch.db")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s, err := bolt.Open(t.Context(), bolt.Config{Path: path, LockWait: time.Minute})
			if err != nil {
				t.Error(err)
				return
			}
			err = s.Change(t.Context(), store.Cause{Now: noon}, ann, ask(strings.Repeat("x", i+1)))
			if err := errors.Join(err, s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := names(t, opened(t, bolt.Config{Path: path}), ann); len(got) != 8 {
		t.Errorf("of eight prospects there are %v", got)
	}
}

// TestVirtualTime: the store runs in a bubble, as the whole bot's tests do.
func TestVirtualTime(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, err := bolt.Open(t.Context(), bolt.Config{Path: filepath.Join(dir, "pitch.db")})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(48 * time.Hour)
		if err := s.Change(t.Context(), store.Cause{}, ann, ask("Acme")); err != nil {
			t.Error(err)
		}
		err = s.View(t.Context(), time.Time{}, ann, func(b *store.Book) error {
			if f, err := b.Founder(); err != nil || !f.Joined.Equal(time.Now()) {
				t.Errorf("joined %s (%v), want %s", f.Joined, err, time.Now())
			}
			return nil
		})
		if err := errors.Join(err, s.Close()); err != nil {
			t.Error(err)
		}
	})
}
