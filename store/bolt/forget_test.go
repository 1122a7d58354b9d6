package bolt

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"pitch/store"
)

// raw is every row of a file under its bucket and key.
func raw(t *testing.T, s *Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := s.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				all[string(name)+"\x00"+string(k)] = string(v)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestForgotten looks at the file itself: no row names who was forgotten, and of
// everybody else's none is other than it was.
func TestForgotten(t *testing.T) {
	s := populated(t)
	gone := store.Owner{Team: "T1", User: "U2"}
	names := func(row string) bool { return bytes.Contains([]byte(row), []byte(gone.User)) }
	before := raw(t, s)
	theirs := 0
	for k, v := range before {
		if names(k) || names(v) {
			theirs++
			delete(before, k)
		}
	}
	if theirs < 30 {
		t.Fatalf("only %d rows name them", theirs)
	}
	err := s.Change(t.Context(), store.Cause{Now: noon}, gone, func(b *store.Book) error {
		if _, err := b.Describe("forget me"); err != nil {
			return err
		}
		_, err := b.Forget()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	after := raw(t, s)
	team := string(ids.name) + "\x00" + string(ownerKey(store.Owner{Team: gone.Team}))
	if after[team] == "" {
		t.Error("their team's number is not there")
	}
	delete(after, team)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the rows that do not name them (-before +after):\n%s", diff)
	}
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
}

// TestForgottenDamaged: rows that cannot be read go as well.
func TestForgottenDamaged(t *testing.T) {
	gone := store.Owner{Team: "T1", User: "U2"}
	for _, target := range []table{prospects, activities, activityDays, steps, deliveries, agendas, due, boards, boardsBy, asks, members, ids} {
		s := populated(t)
		err := s.db.Update(func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(target.name))
			c := b.Cursor()
			for k, v := c.First(); k != nil; k, v = c.Next() {
				if !bytes.Contains(k, []byte(gone.User)) {
					continue
				}
				spoilt := bytes.Clone(v)
				spoilt[len(spoilt)-1] ^= 1
				return b.Put(bytes.Clone(k), spoilt)
			}
			t.Fatalf("%s has no row of theirs", target.name)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Change(t.Context(), store.Cause{Now: noon}, gone, func(b *store.Book) error { _, err := b.Forget(); return err })
		if err != nil {
			t.Errorf("with a damaged row in %s: %v", target.name, err)
		}
		for k, v := range raw(t, s) {
			if bytes.Contains([]byte(k), []byte(gone.User)) || bytes.Contains([]byte(v), []byte(gone.User)) {
				t.Errorf("with a damaged row in %s, a row is left: %q", target.name, k)
			}
		}
	}
}

// TestFromVersion1 opens a file of the first schema, with rows in every bucket it
// had, and finds them.
func TestFromVersion1(t *testing.T) {
	s := populated(t)
	path := s.cfg.Path
	err := s.db.Update(func(tx *bbolt.Tx) error {
		var w writes
		w.put(meta, schemaKey(), schema{1})
		if err := w.make(snapshot{tx, s.report}); err != nil {
			return err
		}
		return tx.DeleteBucket([]byte(offers.name))
	})
	if err != nil {
		t.Fatal(err)
	}
	want := raw(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	got := raw(t, s)
	version := string(meta.name) + "\x00" + string(schemaKey())
	if got[version] == want[version] {
		t.Error("the version is as it was")
	}
	delete(want, version)
	delete(got, version)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the rows of the older file (-before +after):\n%s", diff)
	}
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
	if err := s.Change(t.Context(), store.Cause{Now: noon}, ann, func(b *store.Book) error {
		_, _, err := b.NameOffer("v9")
		return err
	}); err != nil {
		t.Error(err)
	}
}
