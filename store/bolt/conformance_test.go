package bolt_test

import (
	"path/filepath"
	"sync"
	"testing"

	"pitch/store"
	"pitch/store/bolt"
	"pitch/store/storetest"
)

// TestConformance runs the suite every engine passes, and looks every file over
// when a test is done with it.
func TestConformance(t *testing.T) {
	var paths sync.Map // of the stores that are open
	open := func(t *testing.T, path string) store.Store {
		s, err := bolt.Open(t.Context(), bolt.Config{Path: path, OnDamage: func(err error) { t.Errorf("damage: %v", err) }})
		if err != nil {
			t.Fatal(err)
		}
		paths.Store(store.Store(s), path)
		t.Cleanup(func() { s.Close() })
		return s
	}
	storetest.Test(t, func(t *testing.T) store.Store {
		return open(t, filepath.Join(t.TempDir(), "pitch.db"))
	}, func(t *testing.T, s store.Store) store.Store {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		path, _ := paths.Load(s)
		return open(t, path.(string))
	})
}
