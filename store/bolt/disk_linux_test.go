package bolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"pitch/store"
)

// fill makes changes until one fails, and returns how many were saved.
func fill(t *testing.T, s *Store, o store.Owner) (saved int, err error) {
	note := strings.Repeat("x", store.MaxWords)
	for saved < 100_000 {
		err = s.Change(t.Context(), store.Cause{Now: noon, Seen: []string{fmt.Sprint(o.User, saved)}}, o, func(b *store.Book) error {
			_, err := b.Log("Acme", store.Activity{Kind: store.Call, Note: note})
			return err
		})
		if err != nil {
			return saved, err
		}
		saved++
	}
	return saved, nil
}

// checkFull fills the disk, expects ErrFull and nothing lost, makes room and
// expects the same process to go on.
func checkFull(t *testing.T, s *Store, makeRoom func()) {
	t.Helper()
	before, err := fill(t, s, ann)
	if !errors.Is(err, store.ErrFull) {
		t.Fatalf("on a full disk: %v, want ErrFull", err)
	}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := fill(t, s, ann); !errors.Is(err, store.ErrFull) && !errors.Is(err, store.ErrSeen) {
				t.Errorf("on a full disk, many at once: %v", err)
			}
		})
	}
	wg.Wait()
	if n := activitiesOf(t, s, ann); n < before {
		t.Errorf("%d activities are there, %d were acknowledged", n, before)
	}
	makeRoom()
	bob := store.Owner{Team: "T1", User: "U2"}
	if err := s.Change(t.Context(), store.Cause{Now: noon}, bob, logEverything); err != nil {
		t.Errorf("when there was room again: %v", err)
	}
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
	select {
	case <-s.Failed():
		t.Error("a full disk ended the store")
	default:
	}
}

func activitiesOf(t *testing.T, s *Store, o store.Owner) (n int) {
	t.Helper()
	err := s.View(t.Context(), noon, o, func(b *store.Book) error {
		all, err := b.Activities(0, 0)
		n = len(all)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no small disk can be mounted here (%v); TestFileLimit covers what a full one does", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 0) })
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 256<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Config{Path: filepath.Join(dir, "pitch.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	checkFull(t, s, func() { os.Remove(ballast) })

	// A store that is made on a full disk leaves nothing behind.
	os.WriteFile(ballast, make([]byte, 1<<20), 0o600)
	_, err = Open(t.Context(), Config{Path: filepath.Join(dir, "new.db")})
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("making a store on a full disk: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "new.db*")); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

// TestFileLimit is TestFullDisk where nothing can be mounted: files may not grow.
func TestFileLimit(t *testing.T) {
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	s := fresh(t)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	low := limit
	low.Cur = 1 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &low); err != nil {
		t.Fatal(err)
	}
	lift := func() { syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit) }
	defer lift()
	checkFull(t, s, lift)
}

// TestUnknownCommit takes the disk away in mid-run: the store stops at once.
func TestUnknownCommit(t *testing.T) {
	s := fresh(t)
	if err := s.Change(t.Context(), store.Cause{Now: noon}, ann, join); err != nil {
		t.Fatal(err)
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if err := syscall.Dup3(int(null.Fd()), descriptor(t, s.cfg.Path), syscall.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	if err := s.Change(t.Context(), store.Cause{Now: noon}, ann, logEverything); !errors.Is(err, store.ErrUnknownCommit) {
		t.Errorf("a commit that failed: %v, want ErrUnknownCommit", err)
	}
	<-s.Failed()
	for name, err := range map[string]error{
		"Change": s.Change(t.Context(), store.Cause{Now: noon}, ann, join),
		"View":   s.View(t.Context(), noon, ann, join),
	} {
		if !errors.Is(err, store.ErrUnknownCommit) {
			t.Errorf("then %s returned %v", name, err)
		}
	}
}

// descriptor is the number by which this process has a file open.
func descriptor(t *testing.T, path string) int {
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if to, _ := os.Readlink(link); to == path {
			var fd int
			fmt.Sscan(filepath.Base(link), &fd)
			return fd
		}
	}
	t.Fatalf("%s is not open", path)
	return 0
}

const crashEnv = "PITCH_TEST_CRASH"

// TestMain also is the process that TestKilled kills.
func TestMain(m *testing.M) {
	if path := os.Getenv(crashEnv); path != "" {
		writeUntilKilled(path)
	}
	os.Exit(m.Run())
}

// writeUntilKilled says each change once it is acknowledged.
func writeUntilKilled(path string) {
	s, err := Open(context.Background(), Config{Path: path})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for w := range 8 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				if err := s.Change(context.Background(), store.Cause{Now: noon, Seen: []string{name}}, ann, logNamed(name)); err != nil {
					fmt.Println("error", err)
					os.Exit(1)
				}
				os.Stdout.WriteString(name + "\n")
			}
		}()
	}
	select {}
}

func logNamed(name string) func(*store.Book) error {
	return func(b *store.Book) error {
		_, err := b.Log(name, store.Activity{Kind: store.Ask, Note: name})
		return err
	}
}

// TestKilled kills a writing process again and again: what it acknowledged is
// there, whole, and nothing counts twice.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pitch.db")
	var acknowledged []string
	for range 4 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), crashEnv+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if strings.HasPrefix(lines.Text(), "error") {
				t.Fatal(lines.Text())
			}
			if acknowledged = append(acknowledged, lines.Text()); n == 50 {
				cmd.Process.Kill()
			}
		}
		cmd.Wait()
		checkAcknowledged(t, path, acknowledged)
	}
	if len(acknowledged) < 200 {
		t.Errorf("only %d changes were acknowledged", len(acknowledged))
	}
}

func checkAcknowledged(t *testing.T, path string, acknowledged []string) {
	t.Helper()
	s, err := Open(t.Context(), Config{Path: path, OnDamage: func(err error) { t.Error(err) }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var there []string
	err = s.View(t.Context(), noon, ann, func(b *store.Book) error {
		all, err := b.Activities(0, 0)
		for _, a := range all {
			there = append(there, a.Note)
		}
		return err
	})
	if err := errors.Join(err, s.Check(t.Context(), func(err error) { t.Error(err) })); err != nil {
		t.Fatal(err)
	}
	slices.Sort(there)
	if n := len(there); n != len(slices.Compact(there)) {
		t.Error("a change is there twice")
	}
	for _, name := range acknowledged {
		if _, ok := slices.BinarySearch(there, name); !ok {
			t.Errorf("%s was acknowledged and is not there", name)
		}
		if err := s.Change(t.Context(), store.Cause{Now: noon, Seen: []string{name}}, ann, logNamed(name)); !errors.Is(err, store.ErrSeen) {
			t.Errorf("the cause of %s was forgotten: %v", name, err)
		}
	}
}
