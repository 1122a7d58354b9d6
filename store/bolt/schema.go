package bolt

import (
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"pitch/store"
)

// schemaVersion is the schema drawn in the package doc. A change of tables, keys
// or bodies that an older Pitch would misread raises it and adds a migration.
const schemaVersion = 2

// A migration brings a file from one version to the next.
type migration func(*bbolt.Tx) error

// migrations has at index i what leads from version i+1 to i+2.
func migrations() []migration {
	return []migration{
		// 2: offers, moods, lines, pairings.
		layTables,
	}
}

// schema is the row "schema" in meta; created, the row "created", is a time.
type schema struct {
	Version int `json:"version"`
}

func schemaKey() key  { return key(nil).text("schema") }
func createdKey() key { return key(nil).text("created") }

// layTables makes the buckets that a file does not have yet.
func layTables(tx *bbolt.Tx) error {
	for _, t := range tables() {
		if _, err := tx.CreateBucketIfNotExists([]byte(t.name)); err != nil {
			return err
		}
	}
	return nil
}

// lay makes a new file.
func lay(tx *bbolt.Tx, now time.Time) error {
	if err := layTables(tx); err != nil {
		return err
	}
	var w writes
	w.put(meta, schemaKey(), schema{schemaVersion})
	w.put(meta, createdKey(), now.UTC())
	return errors.Join(w.err, w.make(snapshot{tx, func(error) {}}))
}

// upgrade brings a file to this version, all steps or none.
func upgrade(db *bbolt.DB, path string, steps []migration) error {
	current := len(steps) + 1
	return db.Update(func(tx *bbolt.Tx) error {
		snap := snapshot{tx, func(error) {}}
		if tx.Bucket([]byte(meta.name)) == nil {
			return fmt.Errorf("%s is a bbolt file, but not one of Pitch's", path)
		}
		is, err := get[schema](snap, meta, schemaKey())
		switch {
		case err != nil:
			return fmt.Errorf("reading the schema version of %s: %w", path, err)
		case is.Version > current:
			return fmt.Errorf("%w: %s has schema version %d, this Pitch knows up to %d",
				store.ErrNewerFile, path, is.Version, current)
		case is.Version < 1:
			return fmt.Errorf("%w: %s has schema version %d", store.ErrDamaged, path, is.Version)
		case is.Version == current:
			return errUpToDate
		}
		for v := is.Version; v < current; v++ {
			if err := steps[v-1](tx); err != nil {
				return fmt.Errorf("bringing %s from schema version %d to %d: %w", path, v, v+1, err)
			}
		}
		var w writes
		w.put(meta, schemaKey(), schema{current})
		return errors.Join(w.err, w.make(snap))
	})
}

// errUpToDate rolls upgrade's transaction back: opening a file writes nothing
// unless there is something to write.
var errUpToDate = errors.New("up to date")
