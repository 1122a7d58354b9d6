package bolt

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"pitch/store"
)

// places are where in the file a row's key and value lie. A page that is free by
// now may hold them too; a flip in all of them is one in the right one.
func places(t *testing.T, s *Store, of table) (at []int64, row []byte, k key) {
	t.Helper()
	s.db.View(func(tx *bbolt.Tx) error {
		last, raw := tx.Bucket([]byte(of.name)).Cursor().Last()
		k, row = slices.Clone(last), slices.Concat(last, raw)
		return nil
	})
	file, err := os.ReadFile(s.cfg.Path)
	if err != nil {
		t.Fatal(err)
	}
	for from := 0; ; {
		i := bytes.Index(file[from:], row)
		if i < 0 {
			return at, row, k
		}
		at = append(at, int64(from+i))
		from += i + 1
	}
}

// flip writes the row with one bit of a byte flipped, which the open store sees
// at once, and returns what puts it back.
func flip(t *testing.T, s *Store, at []int64, row []byte, offset int) (restore func()) {
	t.Helper()
	f, err := os.OpenFile(s.cfg.Path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	write := func(b byte) {
		for _, place := range at {
			if _, err := f.WriteAt([]byte{b}, place+int64(offset)); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(row[offset] ^ 1<<(offset%8))
	return func() { write(row[offset]); f.Close() }
}

// TestFlippedBits: in each bucket, a flipped bit of any byte of a row is noticed.
func TestFlippedBits(t *testing.T) {
	s := populated(t)
	for _, of := range tables() {
		at, row, k := places(t, s, of)
		if len(at) == 0 {
			t.Fatalf("%s is not in the file", of.describe(k))
		}
		for offset := range row {
			if offset > 120 && offset%16 != 0 {
				continue // the tail of a long row, in steps
			}
			restore := flip(t, s, at, row, offset)
			found := 0
			if err := s.Check(t.Context(), func(error) { found++ }); err != nil || found == 0 {
				t.Errorf("byte %d of %s was flipped unnoticed (%v)", offset, of.describe(k), err)
			}
			restore()
		}
	}
}

// TestDamagedRows: a damaged row is named and hides no other.
func TestDamagedRows(t *testing.T) {
	ann := store.Owner{Team: "T1", User: "U3"}
	whole := populated(t)
	want := counts(t, whole, ann)
	exported := exportedRows(t, whole, nil)
	for _, c := range []struct {
		table table
		lost  rowCounts
	}{
		{prospects, rowCounts{prospects: 1}},
		{activities, rowCounts{activities: 1, ofDay: 1}},
		{activityDays, rowCounts{}}, // the rows are gone through instead
		{commitments, rowCounts{commitments: 1, open: 1}},
		{commitmentsUp, rowCounts{}},
		{deliveries, rowCounts{deliveries: 1}},
		{founders, rowCounts{founder: 1}},
	} {
		t.Run(c.table.name, func(t *testing.T) {
			s := populated(t)
			var told []string
			s.cfg.OnDamage = func(err error) { told = append(told, err.Error()) }
			at, row, k := places(t, s, c.table)
			defer flip(t, s, at, row, len(row)-1)()
			got := counts(t, s, ann)
			got.add(c.lost)
			if got != want {
				t.Errorf("read %+v with what is lost, want %+v", got, want)
			}
			if len(told) != 1 || !strings.Contains(told[0], c.table.describe(k)) || strings.Contains(told[0], "Acme") {
				t.Errorf("it was told %q, want one of %s", told, c.table.describe(k))
			}
			lost := c.lost.prospects + c.lost.activities + c.lost.commitments + c.lost.founder
			if got := exportedRows(t, s, store.ErrDamaged); lost > 0 && got != exported-lost {
				t.Errorf("%d rows were exported, want %d", got, exported-lost)
			}
		})
	}
}

type rowCounts struct{ founder, prospects, activities, ofDay, commitments, open, deliveries int }

func (c *rowCounts) add(d rowCounts) {
	c.founder += d.founder
	c.prospects += d.prospects
	c.activities += d.activities
	c.ofDay += d.ofDay
	c.commitments += d.commitments
	c.open += d.open
	c.deliveries += d.deliveries
}

func counts(t *testing.T, s *Store, o store.Owner) (c rowCounts) {
	t.Helper()
	err := s.View(t.Context(), noon, o, func(b *store.Book) error {
		if _, err := b.Founder(); err == nil {
			c.founder = 1
		}
		var errs [6]error
		size := func(n int, err error, i int) int { errs[i] = err; return n }
		ps, err := b.Prospects()
		c.prospects = size(len(ps), err, 0)
		as, err := b.Activities(0, 0)
		c.activities = size(len(as), err, 1)
		as, err = b.Activities(store.DayOf(noon), store.DayOf(noon))
		c.ofDay = size(len(as), err, 2)
		cs, err := b.Commitments("")
		c.commitments = size(len(cs), err, 3)
		cs, err = b.Commitments(store.Open)
		c.open = size(len(cs), err, 4)
		ds, err := b.Deliveries()
		c.deliveries = size(len(ds), err, 5)
		return errors.Join(errs[:]...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func exportedRows(t *testing.T, s *Store, damage error) (n int) {
	t.Helper()
	err := s.Export(t.Context(), func(store.Record) error { n++; return nil })
	if err != nil && !errors.Is(err, damage) {
		t.Fatal(err)
	}
	return n
}

// TestDamagedCounter: an owner whose counter cannot be read gets ids that nobody
// had, and their next change mends it.
func TestDamagedCounter(t *testing.T) {
	s := populated(t)
	at, row, _ := places(t, s, ids)
	flip(t, s, at, row, len(row)-1)
	next := func() (id store.ID) {
		err := s.Change(t.Context(), store.Cause{Now: noon}, store.Owner{Team: "T1", User: "U3"}, func(b *store.Book) (err error) {
			id, err = b.Describe("step")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if first, second := next(), next(); first < leap || second != first+1 {
		t.Errorf("the ids are %d and %d, want some beyond %d", first, second, leap)
	}
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
}

// TestDamagedAgenda: an agenda that cannot be read is replaced, and its entry in
// due with it.
func TestDamagedAgenda(t *testing.T) {
	s := populated(t)
	at, row, _ := places(t, s, agendas)
	flip(t, s, at, row, len(row)-1)
	err := s.Change(t.Context(), store.Cause{Now: noon}, store.Owner{Team: "T1", User: "U3"}, func(b *store.Book) error {
		if _, err := b.Agenda(); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("reading the agenda: %v", err)
		}
		return b.SetAgenda(store.Agenda{})
	})
	if err != nil {
		t.Fatal(err)
	}
	due, err := s.Due(t.Context(), noon, 10)
	if err != nil || len(due) != 2 {
		t.Errorf("%v are due (%v), want the two others", due, err)
	}
}

// TestEmptiedWhileOpen: with not even the meta pages left the store stops, and
// neither hangs nor takes the process with it.
func TestEmptiedWhileOpen(t *testing.T) {
	s := populated(t)
	if err := os.Truncate(s.cfg.Path, 0); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Due(t.Context(), noon, 1); !errors.Is(err, store.ErrUnknownCommit) {
			t.Errorf("reading returned %v", err)
		}
		if err := s.Change(t.Context(), store.Cause{Now: noon}, ann, join); !errors.Is(err, store.ErrUnknownCommit) {
			t.Errorf("a change returned %v", err)
		}
	}
	<-s.Failed()
	if err := s.Close(); err == nil {
		t.Error("it was closed as if nothing had happened")
	}
}

// TestCutShortWhileOpen: reading beyond the end of the file is an error.
func TestCutShortWhileOpen(t *testing.T) {
	s := populated(t)
	if err := os.Truncate(s.cfg.Path, 2*4096); err != nil {
		t.Fatal(err)
	}
	err := s.View(t.Context(), noon, store.Owner{Team: "T1", User: "U1"}, func(b *store.Book) error {
		_, err := b.Founder()
		return err
	})
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("reading returned %v, want ErrDamaged", err)
	}
	if _, err := s.Due(t.Context(), noon, 1); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("Due returned %v, want ErrDamaged", err)
	}
	err = s.Change(t.Context(), store.Cause{Now: noon}, store.Owner{Team: "T1", User: "U1"}, logEverything)
	if err == nil {
		t.Error("a change was saved to a file that is not there")
	}
}
