package store

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cy"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/is"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/ke"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/rs"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/th"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"
)

// Country is whose public holidays a founder takes, as in ISO 3166: "DE". "" is
// none's.
type Country string

// countries are those whose nationwide holidays are known. What only some of a
// country's regions celebrate is not among them.
var countries = map[Country]struct {
	name     string
	holidays []*cal.Holiday
}{
	"AR": {"Argentina", ar.Holidays},
	"AT": {"Austria", at.Holidays},
	"AU": {"Australia", everywhere(au.HolidaysACT, au.HolidaysNSW, au.HolidaysNT, au.HolidaysQLD, au.HolidaysSA, au.HolidaysTAS, au.HolidaysVIC, au.HolidaysWA)},
	"BE": {"Belgium", be.Holidays},
	"BG": {"Bulgaria", bg.Holidays},
	"BR": {"Brazil", br.Holidays},
	"CA": {"Canada", ca.Holidays},
	"CH": {"Switzerland", ch.Holidays},
	"CY": {"Cyprus", cy.Holidays},
	"CZ": {"Czechia", cz.Holidays},
	"DE": {"Germany", de.Holidays},
	"DK": {"Denmark", dk.Holidays},
	"EE": {"Estonia", ee.Holidays},
	"ES": {"Spain", es.Holidays},
	"FI": {"Finland", fi.Holidays},
	"FR": {"France", fr.Holidays},
	"GB": {"United Kingdom", gb.Holidays},
	"GR": {"Greece", gr.Holidays},
	"HR": {"Croatia", hr.Holidays},
	"HU": {"Hungary", hu.Holidays},
	"IE": {"Ireland", ie.Holidays},
	"IS": {"Iceland", is.Holidays},
	"IT": {"Italy", it.Holidays},
	"JP": {"Japan", jp.Holidays},
	"KE": {"Kenya", ke.Holidays},
	"LT": {"Lithuania", lt.Holidays},
	"LU": {"Luxembourg", lu.Holidays},
	"LV": {"Latvia", lv.Holidays},
	"MT": {"Malta", mt.Holidays},
	"MW": {"Malawi", mw.Holidays},
	"MX": {"Mexico", mx.Holidays},
	"NC": {"New Caledonia", nc.Holidays},
	"NL": {"Netherlands", nl.Holidays},
	"NO": {"Norway", no.Holidays},
	"NZ": {"New Zealand", nz.Holidays},
	"PL": {"Poland", pl.Holidays},
	"PT": {"Portugal", pt.Holidays},
	"RO": {"Romania", ro.Holidays},
	"RS": {"Serbia", rs.Holidays},
	"RU": {"Russia", ru.Holidays},
	"SE": {"Sweden", se.Holidays},
	"SI": {"Slovenia", si.Holidays},
	"SK": {"Slovakia", sk.Holidays},
	"TH": {"Thailand", th.Holidays},
	"UA": {"Ukraine", ua.Holidays},
	"US": {"United States", us.Holidays},
	"ZA": {"South Africa", za.Holidays},
}

// everywhere are the holidays that all regions of a country have, under whatever
// name: 26 December is Boxing Day in Sydney and Proclamation Day in Adelaide.
func everywhere(first []*cal.Holiday, others ...[]*cal.Holiday) []*cal.Holiday {
	return slices.DeleteFunc(slices.Clone(first), func(h *cal.Holiday) bool {
		same := func(other *cal.Holiday) bool { return other.Name == h.Name || sameDays(other, h) }
		return slices.ContainsFunc(others, func(region []*cal.Holiday) bool { return !slices.ContainsFunc(region, same) })
	})
}

// sameDays reports whether two holidays are the same days. Eleven years have
// each date on each day of the week.
func sameDays(x, y *cal.Holiday) bool {
	ever := false
	for year := 2024; year <= 2034; year++ {
		actual, kept := x.Calc(year)
		actualY, keptY := y.Calc(year)
		if !actual.Equal(actualY) || !kept.Equal(keptY) {
			return false
		}
		ever = ever || !actual.IsZero()
	}
	return ever
}

// Countries are those whose holidays are known, by name.
func Countries() []Country {
	return slices.SortedFunc(maps.Keys(countries), func(x, y Country) int {
		return cmp.Compare(countries[x].name, countries[y].name)
	})
}

// Name is a country as people call it.
func (c Country) Name() string { return countries[c].name }

// Holiday is what a country celebrates on a day, and whether it is a day off
// there. A holiday that a weekend would swallow is off on the day it is kept.
func (c Country) Holiday(day Day) (name string, off bool) {
	year, _, _ := day.Date()
	for _, h := range countries[c].holidays {
		if h.Type == cal.ObservanceReligious || h.Type == cal.ObservanceOther {
			continue
		}
		// One that is kept on another day may be of the year before or after.
		for y := year - 1; y <= year+1; y++ {
			actual, kept := h.Calc(y)
			if sameDate(actual, day) || sameDate(kept, day) {
				return h.Name, true
			}
		}
	}
	return "", false
}

// sameDate reports whether a time's own date, in whatever zone, is the day.
func sameDate(t time.Time, day Day) bool { return !t.IsZero() && Date(t.Date()) == day }

// Validate refuses countries whose holidays are not known; "" is valid.
func (c Country) Validate() error {
	if _, known := countries[c]; c != "" && !known {
		return invalid("no holidays of %q are known", c)
	}
	return nil
}
