package parse

import (
	"regexp"
	"strconv"
	"strings"

	"pitch/store"
)

// unitNames are what is counted in an ask.
var unitNames = table(map[string]bool{
	"seat|seats|licence|licences|license|licenses|unit|units|user|users|pcs|pc|piece|pieces|copy|copies|subscription|subscriptions|sub|subs|pack|packs|box|boxes|device|devices|account|accounts|ticket|tickets|people|persons|workspace|workspaces|agents|items|item|pilots|trials|x": true,
})

// unitsAsked are units that say what was asked for: "3 pilots".
var unitsAsked = table(map[string]store.Asked{"pilots|trials": store.Pilot})

func (p *parser) unitFollows(i, end int) bool {
	return i < end && unitNames[p.word(i)]
}

// quantityAt reads "10 seats", "x10", "10x", "a dozen licences", "qty 10"; alone
// says that a mere number is enough.
func (p *parser) quantityAt(i, end int, alone bool) (q, n int) {
	if m := multiplied.FindStringSubmatch(p.word(i)); m != nil && i < end {
		q = atoi(m[1] + m[2])
		if n = 1; p.unitFollows(i+1, end) {
			n = 2
		}
		return q, n
	}
	if p.is(i, "x × qty quantity") && i+1 < end {
		if q, n = p.number(i+1, end); n > 0 {
			return q, n + 1
		}
	}
	if q, ok := grouped(p.word(i)); ok && p.unitFollows(i+1, end) {
		return q, 2
	}
	q, n = p.number(i, end)
	switch {
	case n == 0:
		return 0, 0
	case p.is(i+n, "paid annual yearly monthly more") && p.unitFollows(i+n+1, end):
		return q, n + 2
	case p.unitFollows(i+n, end):
		return q, n + 1
	case i+n < end && p.is(i+n, "×"), p.is(i, "dozen") || p.is(i+n-1, "dozen"):
		return q, n
	case i+n < end && p.is(i+n, "at @ for"): // "10 at $50"
		if _, m := p.plainPrice(i+n+1, end); m > 0 {
			return q, n
		}
	case alone && i+n == end:
		return q, n
	}
	return 0, 0
}

// grouped reads 1,000 and 1.000 as whole numbers.
func grouped(w string) (int, bool) {
	if !groups.MatchString(w) {
		return 0, false
	}
	q, err := strconv.Atoi(strings.NewReplacer(",", "", ".", "", "'", "").Replace(w))
	return q, err == nil
}

var (
	groups      = regexp.MustCompile(`^\d{1,3}([.,'])\d{3}$|^\d{1,3}(,\d{3})+$|^\d{1,3}(\.\d{3})+$|^\d{1,3}('\d{3})+$`)
	lakhs       = regexp.MustCompile(`^\d{1,2}(,\d{2})+,\d{3}$`)
	plainNumber = regexp.MustCompile(`^\d{1,13}([.,]\d{1,2})?$`)
	grandNumber = regexp.MustCompile(`^\d{1,3}(?:([,'])\d{3})+\.\d{1,2}$|^\d{1,3}(?:[.' ]\d{3})+,\d{1,2}$`)
)

// readNumber reads 1200.50, 1,200.50, 1.200,50, 1'200 and 1,20,000, times scale.
// A sign with three digits after it parts thousands: money has two decimals at
// most. It is not ok for zero, and where the reading would be a guess.
func readNumber(s string, scale int) (store.Decimal, bool) {
	s = strings.TrimRight(strings.TrimSpace(s), ".,'")
	s = strings.ReplaceAll(s, " ", "")
	switch {
	case scale > 1 && !plainNumber.MatchString(s):
		return "", false
	case plainNumber.MatchString(s):
		s = strings.ReplaceAll(s, ",", ".")
	case s != "" && s[0] == '0':
		return "", false
	case groups.MatchString(s) || lakhs.MatchString(s):
		s = strings.NewReplacer(",", "", ".", "", "'", "").Replace(s)
	case grandNumber.MatchString(s):
		last := strings.LastIndexAny(s, ".,")
		s = strings.NewReplacer(",", "", ".", "", "'", "").Replace(s[:last]) + "." + s[last+1:]
	default:
		return "", false
	}
	d, err := store.ParseDecimal(s)
	if err != nil || d == "0" {
		return "", false
	}
	d, err = store.ParseDecimal(string(d.Times(scale)))
	return d, err == nil
}
