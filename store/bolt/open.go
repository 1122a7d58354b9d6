package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// Open opens the store, and makes it if there is no file. It refuses a file that
// is empty, cut short or not a store (store.ErrDamaged), or from a newer Pitch
// (store.ErrNewerFile), leaving it as it is; and one that another process holds.
// The returned store has one goroutine, which Close ends.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	return open(ctx, cfg, migrations())
}

func open(ctx context.Context, cfg Config, steps []migration) (*Store, error) {
	cfg = cfg.withDefaults()
	if cfg.Path == "" {
		return nil, errors.New("opening store: no path")
	}
	info, err := os.Stat(cfg.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := create(cfg.Path, cfg.Now()); err != nil {
			return nil, fmt.Errorf("making store %s: %w", cfg.Path, err)
		}
	case err != nil:
		return nil, fmt.Errorf("opening store: %w", err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("opening store: %s is not a file", cfg.Path)
	}
	o := opener{ctx: ctx, cfg: cfg}
	db, err := o.bbolt()
	if err != nil {
		return nil, fmt.Errorf("opening store: %w", err)
	}
	if err := upgrade(db, cfg.Path, steps); err != nil && !errors.Is(err, errUpToDate) {
		return nil, errors.Join(fmt.Errorf("opening store: %w", err), db.Close())
	}
	s := newStore(cfg, db)
	if o.warning != nil {
		s.report(o.warning)
	}
	return s, nil
}

// An opener opens a file with bbolt, looking it over after it is locked and
// before bbolt maps it.
type opener struct {
	ctx     context.Context
	cfg     Config
	file    *os.File
	warning error
}

func (o *opener) bbolt() (db *bbolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			db, err = nil, unusable(o.file, fmt.Sprintf("is damaged (%v)", r))
		}
		if err != nil && o.file != nil {
			// Where bbolt panics it leaves the file mapped, and a mapped file locked.
			unlock(o.file)
			o.file.Close()
		}
	}()
	db, err = bbolt.Open(o.cfg.Path, 0o600, &bbolt.Options{
		Timeout:         max(o.cfg.LockWait, time.Millisecond),
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: initialMap(),
		OpenFile:        o.open,
	})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		err = held(o.cfg.Path)
	}
	if db != nil {
		db.AllocSize = 4 << 20
	}
	return db, err
}

// initialMap is how much of the file is mapped at first. Mapping more has to wait
// for reads to end, so a long export would hold commits up; a gigabyte of
// addresses costs nothing where there are enough. Windows makes the file as
// large as its map.
func initialMap() int {
	if strconv.IntSize < 64 || runtime.GOOS == "windows" {
		return 0
	}
	return 1 << 30
}

// open is bbolt's way to the file: it never creates one, which bbolt asks for.
func (o *opener) open(path string, flag int, mode os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(path, flag&^os.O_CREATE, mode)
	if err != nil {
		return nil, err
	}
	o.file = f
	if err := o.lock(); err != nil {
		return nil, err
	}
	if o.warning, err = checkPages(f); err != nil {
		return nil, err
	}
	return f, o.mendMode()
}

// lockPoll is how often a lock that is held is tried again.
const lockPoll = 25 * time.Millisecond

func (o *opener) lock() error {
	for waited := time.Duration(0); ; waited += lockPoll {
		ok, err := tryLock(o.file)
		switch {
		case err != nil:
			return fmt.Errorf("locking %s: %w", o.cfg.Path, err)
		case ok:
			return nil
		case waited >= o.cfg.LockWait:
			return held(o.cfg.Path)
		}
		select {
		case <-o.ctx.Done():
			return o.ctx.Err()
		case <-time.After(lockPoll):
		}
	}
}

// held says who may have the file.
func held(path string) error {
	who := "perhaps another pitch serve, or a backup of it"
	if pid := holder(path); pid != "" {
		who = "process " + pid + ": another pitch serve, or a backup of it"
	}
	return fmt.Errorf("%s is in use (%s); stop that first, or give this one a file of its own with PITCH_STORE", path, who)
}

// mendMode closes the file to everybody but its owner.
func (o *opener) mendMode() error {
	info, err := o.file.Stat()
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	if err := o.file.Chmod(0o600); err != nil {
		return fmt.Errorf("%s can be read by others, and that cannot be mended: %w", o.cfg.Path, err)
	}
	o.cfg.Log.Warn("the store could be read by others; it is now its owner's alone",
		"path", o.cfg.Path, "was", info.Mode().Perm().String())
	return nil
}

// create makes an empty store. The file gets its name only when it is whole and
// on disk: one that a full disk cut short would never open again.
func create(path string, now time.Time) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*") // mode 0600
	if err != nil {
		return err
	}
	temp := f.Name()
	defer os.Remove(temp)
	if err := f.Close(); err != nil {
		return err
	}
	db, err := bbolt.Open(temp, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	if err := errors.Join(db.Update(func(tx *bbolt.Tx) error { return lay(tx, now) }), db.Sync(), db.Close()); err != nil {
		return err
	}
	if err := place(temp, path); err != nil {
		return err
	}
	return syncFolder(dir)
}

// place gives a file its name unless that name is taken, as it is when two
// processes make one store: the second then opens what the first made.
func place(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return os.Rename(temp, path) // a file system without hard links
}

func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
