package parse

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"pitch/store"
)

// zoneRegions are where the zones of the IANA database stand, one of which is
// put before a city.
var zoneRegions = []string{"Africa/", "America/", "America/Argentina/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/", "Antarctica/",
	"Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"}

// places are names people use that no zone has.
var places = table(map[string]string{
	"eastern|eastern time|us eastern|nyc|boston|miami|atlanta|washington|washington dc|philadelphia": "America/New_York",
	"central time|us central|austin|dallas|houston":                                                  "America/Chicago",
	"mountain time|us mountain|salt lake city|boulder":                                               "America/Denver",
	"pacific time|us pacific|san francisco|sf|bay area|silicon valley|la|seattle|san diego":          "America/Los_Angeles",
	"munich|münchen|hamburg|frankfurt|cologne|germany":                                               "Europe/Berlin",
	"manchester|edinburgh|oxford|bristol|uk|england":                                                 "Europe/London",
	"barcelona|spain":   "Europe/Madrid",
	"milan|italy":       "Europe/Rome",
	"geneva|basel|bern": "Europe/Zurich",
	"lyon|france":       "Europe/Paris",
	"india|mumbai|delhi|new delhi|bangalore|bengaluru|hyderabad|chennai|pune": "Asia/Kolkata",
	"beijing|shenzhen":   "Asia/Shanghai",
	"japan|osaka":        "Asia/Tokyo",
	"abu dhabi":          "Asia/Dubai",
	"krakow|poland":      "Europe/Warsaw",
	"gothenburg":         "Europe/Stockholm",
	"canberra":           "Australia/Sydney",
	"wellington":         "Pacific/Auckland",
	"rio|rio de janeiro": "America/Sao_Paulo",
})

var cityName = regexp.MustCompile(`^[a-z][a-z'_-]{3,30}$`)

// Zone is the IANA time zone that text names: its own name in any case, or a city
// that exactly one zone is called by, such as "london" or "New York". It is not ok
// for anything else; abbreviations such as EST, which say nothing of summer time,
// are not zones, apart from UTC and GMT.
func Zone(text string) (string, bool) {
	typed := strings.Join(strings.Fields(clean(text)), " ")
	text = strings.ToLower(typed)
	if zone := places[strings.Trim(text, ".,")]; zone != "" {
		return zone, true
	}
	name := strings.ReplaceAll(text, " ", "_")
	if name == "utc" || name == "gmt" {
		return strings.ToUpper(name), true
	}
	if strings.Contains(name, "/") {
		return knownZone(strings.ReplaceAll(typed, " ", "_"))
	}
	if !cityName.MatchString(name) {
		return "", false
	}
	var found []string
	for _, region := range zoneRegions {
		for _, city := range []string{capitals(name), portNames(name)} {
			if _, err := store.LoadZone(region + city); err == nil && !slices.Contains(found, region+city) {
				found = append(found, region+city)
			}
		}
	}
	if len(found) == 0 || slices.ContainsFunc(found[1:], func(z string) bool { return !sameZone(found[0], z) }) {
		return "", false
	}
	return found[len(found)-1], true
}

// capitals writes a zone's city as the database does: Dar_es_Salaam.
func capitals(name string) string {
	words := strings.Split(name, "_")
	for n, w := range words {
		if w != "" && !slices.Contains([]string{"of", "es", "au", "de"}, w) {
			words[n] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "_")
}

// portNames capitalises after hyphens: Port-au-Prince, Blanc-Sablon.
func portNames(name string) string {
	return strings.ReplaceAll(capitals(strings.ReplaceAll(name, "-", "_")), "_", "-")
}

// sameZone tells two zones of one name apart: Istanbul is in Asia and in Europe,
// and it is one place.
func sameZone(a, b string) bool {
	one, _ := store.LoadZone(a)
	other, _ := store.LoadZone(b)
	for at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2038; at = at.AddDate(0, 0, 25) {
		_, x := at.In(one).Zone()
		if _, y := at.In(other).Zone(); x != y {
			return false
		}
	}
	return true
}

// knownZone is the zone by its proper spelling; names may be typed in any case.
func knownZone(name string) (string, bool) {
	parts := strings.Split(strings.ToLower(name), "/")
	for k, part := range parts {
		parts[k] = capitals(part)
	}
	last := len(parts) - 1
	hyphens := slices.Clone(parts)
	hyphens[last] = portNames(parts[last])
	for _, try := range []string{strings.Join(parts, "/"), strings.Join(hyphens, "/"), strings.ToUpper(name), name} {
		if _, err := store.LoadZone(try); err == nil {
			return try, true
		}
	}
	return "", false
}
