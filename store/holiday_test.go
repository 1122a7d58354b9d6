package store_test

import (
	"testing"
	"time"

	"pitch/store"
)

// TestHoliday has days that governments publish, among them those a weekend
// swallows, some of which are kept in another year.
func TestHoliday(t *testing.T) {
	for _, c := range []struct {
		country store.Country
		day     string
		off     bool
	}{
		{"DE", "2026-10-03", true}, {"DE", "2026-04-03", true}, {"DE", "2026-04-06", true}, {"DE", "2026-12-25", true},
		{"DE", "2026-12-26", true}, {"DE", "2026-12-24", false}, {"DE", "2026-12-28", false}, {"DE", "2026-01-06", false},
		{"US", "2026-11-26", true}, {"US", "2026-11-27", false}, {"US", "2026-07-03", true}, {"US", "2026-07-04", true},
		{"US", "2021-12-31", true}, {"US", "2022-01-01", true}, {"US", "2027-12-31", true}, {"US", "2023-01-02", true},
		{"US", "2026-12-31", false},
		{"GB", "2026-12-28", true}, {"GB", "2021-12-27", true}, {"GB", "2021-12-28", true}, {"GB", "2022-01-03", true},
		{"GB", "2026-12-29", false}, {"GB", "2026-04-06", true}, {"GB", "2026-08-31", true},
		{"JP", "2026-01-01", true}, {"JP", "2026-05-06", true}, {"JP", "2026-09-22", true}, {"JP", "2026-11-03", true}, {"JP", "2026-11-04", false},
		{"AU", "2026-01-26", true}, {"AU", "2026-12-25", true}, {"AU", "2026-12-28", true}, {"AU", "2026-04-03", true}, {"AU", "2026-11-03", false},
		{"", "2026-12-25", false}, {"XX", "2026-12-25", false},
	} {
		day, err := store.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		name, off := c.country.Holiday(day)
		if off != c.off || off != (name != "") {
			t.Errorf("%s in %q is off: %v (%q), want %v", c.day, c.country, off, name, c.off)
		}
	}
}

// TestCountries asks every country about some years: none has a working year
// without holidays, or few working days.
func TestCountries(t *testing.T) {
	for _, c := range store.Countries() {
		if c.Name() == "" || c.Validate() != nil {
			t.Errorf("%q is %q: %v", c, c.Name(), c.Validate())
		}
		days := 0
		for day := store.Date(2026, time.January, 1); day <= store.Date(2026, time.December, 31); day++ {
			if _, off := c.Holiday(day); off {
				days++
			}
		}
		if days < 5 || days > 40 {
			t.Errorf("%s has %d holidays in 2026", c.Name(), days)
		}
	}
}
