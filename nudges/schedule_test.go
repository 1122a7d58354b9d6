package nudges_test

import (
	"archive/zip"
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pitch/nudges"
	"pitch/store"
)

func TestParseScheduleRefuses(t *testing.T) {
	for _, spec := range []string{
		"", "TZ=UTC", "CRON_TZ=UTC", "TZ=0", "TZ=UTC 0 9 * * 1", " CRON_TZ=UTC 0 9 * * 1", "TZ= 0 9 * * 1",
		", * * * *", "0 , * * *", "0 9 , * *", "0 9 * , *", "0 9 * * ,", "0 9 31 2 *", "0 9 30 2 *",
		"@daily", "@every 1m", "0 9 * *", "0 0 9 * * 1", "60 9 * * 1", "0 24 * * 1", "0 9 * * 7", "0 -9 * * *",
		"*/0 9 * * *", "0 9 * * 1" + strings.Repeat(",1", 200),
	} {
		if s, err := nudges.ParseSchedule(spec); !errors.Is(err, nudges.ErrSchedule) {
			t.Errorf("ParseSchedule(%q) = %v, %v; want ErrSchedule", spec, s, err)
		}
	}
}

func TestWeekly(t *testing.T) {
	for _, tt := range []struct {
		days store.Weekdays
		at   store.Clock
		want string
	}{
		{store.MondayToFriday, "09:00", "0 9 * * 1,2,3,4,5"},
		{store.WeekdaySet(time.Sunday), "23:59", "59 23 * * 0"},
		{store.EveryWeekday, "00:00", "0 0 * * 1,2,3,4,5,6,0"},
		{0, "09:00", ""},
	} {
		spec := nudges.Weekly(tt.days, tt.at)
		if spec != tt.want {
			t.Errorf("Weekly(%v, %s) = %q, want %q", tt.days, tt.at, spec, tt.want)
		}
		if _, err := nudges.ParseSchedule(spec); (err == nil) != (tt.days != 0) {
			t.Errorf("ParseSchedule(%q): %v", spec, err)
		}
	}
}

func TestNextAroundClockChanges(t *testing.T) {
	for _, tt := range []struct {
		spec, zone, from string
		want             []string
	}{
		{"0 9 * * 5", "Africa/Cairo", "2027-04-23T09:00", []string{"2027-04-30 09:00 EEST", "2027-05-07 09:00 EEST"}},
		{"0 9 * * 0", "America/Havana", "2027-03-07T09:00", []string{"2027-03-14 09:00 CDT", "2027-03-21 09:00 CDT"}},
		{"30 2 * * *", "Europe/Berlin", "2027-03-27T12:00", []string{"2027-03-28 03:30 CEST", "2027-03-29 02:30 CEST"}},
		{"30 2 * * *", "Europe/Berlin", "2027-10-30T12:00", []string{"2027-10-31 02:30 CEST", "2027-11-01 02:30 CET"}},
		{"30 1 * * *", "America/New_York", "2027-11-06T12:00", []string{"2027-11-07 01:30 EDT", "2027-11-08 01:30 EST"}},
		// Asked in between, what the gap has shifted is still to come.
		{"30 2 * * *", "Europe/Berlin", "2027-03-28T03:10", []string{"2027-03-28 03:30 CEST", "2027-03-29 02:30 CEST"}},
		// Two that the gap makes one come once; one that it overtakes still comes.
		{"30 2,3 * * *", "Europe/Berlin", "2027-03-28T00:00", []string{"2027-03-28 03:30 CEST", "2027-03-29 02:30 CEST"}},
		{"5,31 2 * * *", "Australia/Lord_Howe", "2027-10-03T00:00", []string{"2027-10-03 02:31 +11", "2027-10-03 02:35 +11"}},
		{"0 23 * * 1", "UTC", "2027-03-29T23:00", []string{"2027-04-05 23:00 UTC"}},
	} {
		s, err := nudges.ParseSchedule(tt.spec)
		if err != nil {
			t.Fatal(err)
		}
		loc := zone(t, tt.zone)
		at, err := time.ParseInLocation("2006-01-02T15:04", tt.from, loc)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for range tt.want {
			at = s.Next(at, loc)
			got = append(got, at.In(loc).Format("2006-01-02 15:04 MST"))
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s in %s after %s (-want +got):\n%s", tt.spec, tt.zone, tt.from, d)
		}
	}
}

// TestNextInEveryZone compares the schedules cron gets wrong with a plain walk
// over the calendar: every matching day once, in every zone until 2031. Of
// days with no change of clocks near, a few are tried.
func TestNextInEveryZone(t *testing.T) {
	cases := []struct {
		days store.Weekdays
		at   store.Clock
	}{
		{store.WeekdaySet(time.Friday), "09:00"}, {store.WeekdaySet(time.Sunday), "09:00"},
		{store.EveryWeekday, "02:30"}, {store.EveryWeekday, "01:30"}, {store.EveryWeekday, "23:30"}, {store.EveryWeekday, "00:00"},
	}
	first, until := store.Date(2026, time.January, 1), store.Date(2032, time.January, 1)
	zones := zoneNames(t)
	if len(zones) < 300 {
		t.Errorf("there are %d zones only", len(zones))
	}
	for name := range zones {
		loc := zone(t, name)
		near := changes(loc, first, until)
		for _, c := range cases {
			s, err := nudges.ParseSchedule(nudges.Weekly(c.days, c.at))
			if err != nil {
				t.Fatal(err)
			}
			for day := first; day < until; day++ {
				last := day - 7
				if c.days == store.EveryWeekday {
					last = day - 1
				}
				if !c.days.Has(day.Weekday()) || !near[day] {
					continue
				}
				before, want := last.At(c.at, loc), day.At(c.at, loc)
				if next := s.Next(before, loc); !next.Equal(want) {
					t.Fatalf("%s: %v after %s is %s, want %s", name, s, before, next, want)
				}
			}
		}
	}
}

// changes are the days with a change of clocks in loc about a week away at most,
// and every hundredth day.
func changes(loc *time.Location, first, until store.Day) map[store.Day]bool {
	near := map[store.Day]bool{}
	_, was := first.At("12:00", loc).Zone()
	for day := first; day < until; day++ {
		_, is := day.At("12:00", loc).Zone()
		if is != was {
			for d := day - 8; d <= day+8; d++ {
				near[d] = true
			}
		}
		was = is
		if day%100 == 0 {
			near[day] = true
		}
	}
	return near
}

// zoneNames lists the zones of the system's database or, failing that, of Go's.
func zoneNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	add := func(name string) {
		if _, err := store.LoadZone(name); err == nil {
			names[name] = true
		}
	}
	if f, err := os.Open("/usr/share/zoneinfo/tzdata.zi"); err == nil {
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			// The rest are links to one of these.
			if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "Z" {
				add(fields[1])
			}
		}
	}
	if len(names) == 0 {
		root, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			t.Fatal("no zone database to list: ", err)
		}
		r, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
		if err != nil {
			t.Fatal("no zone database to list: ", err)
		}
		defer r.Close()
		for _, f := range r.File {
			add(f.Name)
		}
	}
	return names
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := store.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func FuzzParseSchedule(f *testing.F) {
	for _, spec := range []string{"0 9 * * 1", "TZ=UTC", ", * * * *", "0 9 31 2 *", "*/5 1-3 ? jan-dec mon,fri", "0 0 29 2 *"} {
		f.Add(spec)
	}
	berlin := zone(f, "Europe/Berlin")
	after := time.Date(2027, time.March, 27, 23, 0, 0, 0, berlin)
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := nudges.ParseSchedule(spec)
		if err != nil {
			if !errors.Is(err, nudges.ErrSchedule) {
				t.Fatalf("error is not ErrSchedule: %v", err)
			}
			return
		}
		for at := after; ; {
			next := s.Next(at, berlin)
			if !next.After(at) {
				t.Fatalf("%q: after %s comes %s", spec, at, next)
			}
			if at = next; at.Sub(after) > 48*time.Hour {
				return
			}
		}
	})
}
