package store_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pitch/store"
)

// zones are the names of every zone Go ships with.
func zones(t *testing.T) (names []string) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal("no zone database to list: ", err)
	}
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal("no zone database to list: ", err)
	}
	defer archive.Close()
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, "/") {
			names = append(names, f.Name)
		}
	}
	return names
}

// transitions are the instants at which a zone changes its offset between two
// years, found by halving.
func transitions(loc *time.Location, from, to int) (at []time.Time) {
	offset := func(sec int64) int { _, o := time.Unix(sec, 0).In(loc).Zone(); return o }
	const step = 86400
	end := time.Date(to+1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	for lo := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).Unix(); lo < end; lo += step {
		if offset(lo) == offset(lo+step) {
			continue
		}
		a, b := lo, lo+step
		for b-a > 1 {
			if mid := (a + b) / 2; offset(mid) == offset(a) {
				a = mid
			} else {
				b = mid
			}
		}
		at = append(at, time.Unix(b, 0))
	}
	return at
}

// TestAt tries every quarter of an hour of the days around every change of the
// clocks, in every zone. What it should be is found by looking at the wall quarter
// by quarter, not by how At works it out.
func TestAt(t *testing.T) {
	tried := 0
	for _, name := range zones(t) {
		loc, err := time.LoadLocation(name)
		if err != nil {
			continue
		}
		for _, change := range transitions(loc, 2020, 2031) {
			wall := wallAround(change, loc)
			for day := store.DayOf(change.In(loc)) - 1; day <= store.DayOf(change.In(loc))+1; day++ {
				for minute := 0; minute < 24*60; minute += 15 {
					clock := store.ClockOf(time.Date(2020, 1, 1, 0, minute, 0, 0, time.UTC))
					tried++
					checkAt(t, name, day, clock, loc, change, wall)
				}
			}
		}
	}
	if tried < 10_000 {
		t.Errorf("only %d times were tried", tried)
	}
}

// wallTime is what a wall shows.
type wallTime struct {
	day   store.Day
	clock store.Clock
}

// wallAround is the first instant at which the wall shows each quarter of an hour of some
// days around a change.
func wallAround(change time.Time, loc *time.Location) map[wallTime]time.Time {
	first := map[wallTime]time.Time{}
	for at := change.Add(-72 * time.Hour).Truncate(15 * time.Minute); at.Before(change.Add(72 * time.Hour)); at = at.Add(15 * time.Minute) {
		local := at.In(loc)
		shown := wallTime{store.DayOf(local), store.ClockOf(local)}
		if _, known := first[shown]; !known {
			first[shown] = at
		}
	}
	return first
}

func checkAt(t *testing.T, zone string, day store.Day, clock store.Clock, loc *time.Location, change time.Time, wall map[wallTime]time.Time) {
	t.Helper()
	got := day.At(clock, loc)
	if want, shown := wall[wallTime{day, clock}]; shown {
		if !got.Equal(want) {
			t.Errorf("%s: %s on %s is %s, want the first, %s", zone, clock, day, got, want.In(loc))
		}
		return
	}
	_, before := change.Add(-time.Second).In(loc).Zone()
	_, after := change.In(loc).Zone()
	asked := time.Duration(day)*24*time.Hour + time.Duration(clock.Minutes())*time.Minute
	y, m, d := got.Date()
	shows := time.Duration(store.Date(y, m, d))*24*time.Hour + time.Duration(got.Hour()*60+got.Minute())*time.Minute
	if gap := time.Duration(after-before) * time.Second; shows != asked+gap {
		t.Errorf("%s: %s on %s is skipped by %s and became %s", zone, clock, day, gap, got)
	}
	if is := store.DayOf(got); is != day && !(is == day+1 && asked+time.Duration(after-before)*time.Second >= time.Duration(day+1)*24*time.Hour) {
		t.Errorf("%s: %s on %s became another day: %s", zone, clock, day, got)
	}
}

func TestDay(t *testing.T) {
	for _, c := range []struct {
		day                       string
		weekday                   time.Weekday
		monday, first, last, week string
	}{
		{"2026-11-22", time.Sunday, "2026-11-16", "2026-11-01", "2026-11-30", "2026-W47"},
		{"2026-11-23", time.Monday, "2026-11-23", "2026-11-01", "2026-11-30", "2026-W48"},
		{"2027-01-03", time.Sunday, "2026-12-28", "2027-01-01", "2027-01-31", "2026-W53"},
		{"2028-02-29", time.Tuesday, "2028-02-28", "2028-02-01", "2028-02-29", "2028-W09"},
		{"1969-12-28", time.Sunday, "1969-12-22", "1969-12-01", "1969-12-31", "1969-W52"},
		{"0001-01-01", time.Monday, "0001-01-01", "0001-01-01", "0001-01-31", "0001-W01"},
	} {
		d, err := store.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if d.Weekday() != c.weekday || d.Monday().String() != c.monday || d.FirstOfMonth().String() != c.first ||
			d.LastOfMonth().String() != c.last || d.ISOWeek() != c.week || d.String() != c.day {
			t.Errorf("%s: %s, week of %s (%s), month from %s to %s", d, d.Weekday(), d.Monday(), d.ISOWeek(), d.FirstOfMonth(), d.LastOfMonth())
		}
	}
}

func TestClock(t *testing.T) {
	for in, want := range map[string]store.Clock{"9:04": "09:04", " 23:59 ": "23:59", "00:00": "00:00", "24:00": "", "9": "", "09:60": "", "": ""} {
		if got, err := store.ParseClock(in); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q (%v), want %q", in, got, err, want)
		}
	}
	if err := store.Clock("9:04").Validate(); err == nil {
		t.Error("a time that is not written in full is valid")
	}
}

func FuzzDayText(f *testing.F) {
	f.Add("2026-11-22", "monday,friday")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, day, week string) {
		var d, back store.Day
		if d.UnmarshalText([]byte(day)) == nil {
			text, _ := d.MarshalText()
			if err := back.UnmarshalText(text); err != nil || back != d {
				t.Errorf("%q is %d, then %d (%v)", day, d, back, err)
			}
		}
		w, err := store.ParseWeekdays(week)
		if again, err2 := store.ParseWeekdays(w.String()); err == nil && (err2 != nil || again != w) {
			t.Errorf("%q is %s, then %s (%v)", week, w, again, err2)
		}
	})
}

// FuzzRecords: a record that was read from JSON is written and read alike.
func FuzzRecords(f *testing.F) {
	seed, _ := json.Marshal(store.Activity{ID: 1, Kind: store.Ask, OccurredOn: 20000, Amount: "1.50"})
	f.Add(seed)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var a, b store.Activity
		if json.Unmarshal(raw, &a) != nil || a.Validate() != nil || a.LoggedAt.Year() > 9999 || a.LoggedAt.Year() < 0 {
			return
		}
		once, err := json.Marshal(a)
		if err != nil {
			t.Skip() // a time with an offset that JSON cannot write
		}
		if err := json.Unmarshal(once, &b); err != nil {
			t.Fatalf("%s: %v", once, err)
		}
		if twice, _ := json.Marshal(b); !bytes.Equal(once, twice) {
			t.Errorf("%s became %s", once, twice)
		}
	})
}

// TestZonesAreThere keeps TestAt honest where the archive of zones is missing.
func TestZonesAreThere(t *testing.T) {
	if n := len(zones(t)); n < 100 {
		if os.Getenv("CI") != "" {
			t.Errorf("only %d zones were tried", n)
		}
		t.Skipf("Go's archive of zones is not here; TestAt tries %d", n)
	}
}
