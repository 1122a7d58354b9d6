package parse

import (
	"regexp"
	"strings"

	"pitch/store"
)

// currencySigns are the signs with one plain reading. The krone sign has three
// and is asked about.
var currencySigns = map[string]string{
	"$": "USD", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL",
	"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₴": "UAH", "₫": "VND", "₦": "NGN",
	"฿": "THB", "₱": "PHP", "zł": "PLN", "kč": "CZK", "rs": "INR", "fr": "CHF", "sfr": "CHF",
}

// moneyWords follow a number; the codes among them may be written small.
var moneyWords = table(map[string]string{
	"usd|dollar|dollars|bucks|buck|us dollars": "USD", "eur|euro|euros": "EUR", "gbp|pound|pounds|quid": "GBP", "chf|francs|franken": "CHF",
	"jpy|yen": "JPY", "inr|rupees|rupee": "INR", "cny|rmb|yuan": "CNY", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln|zloty": "PLN",
	"czk": "CZK", "huf|forint": "HUF", "cad": "CAD", "aud": "AUD", "nzd": "NZD", "sgd": "SGD", "hkd": "HKD", "brl|reais": "BRL", "mxn": "MXN",
	"zar|rand": "ZAR", "ils|shekels": "ILS", "krw": "KRW", "aed|dirhams": "AED",
})

// codes are the ISO 4217 codes in use, recognised in capitals.
const codes = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK " +
	"DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW " +
	"KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR " +
	"PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS " +
	"VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"

var (
	signFirst  = regexp.MustCompile(`^([a-z]{0,3}[$€£¥₹₩₽₺₪₴₫₦฿₱]|zł|kč|rs\.?|sfr|fr|kr\.?|chf|eur|usd|gbp)(-?\d[\d.,' ]*)([a-z]*)((?:/|p/)[a-z]+)?$`)
	signLast   = regexp.MustCompile(`^(-?\d[\d.,' ]*)([km]|mn|mio|bn|tsd)?([a-z]{0,3}[$€£¥₹₩₽₺₪₴₫₦฿₱]|zł|kč|kr|[a-z]{3})?(/[a-z]+)?$`)
	multiplied = regexp.MustCompile(`^(?:[x×](\d{1,7})|(\d{1,7})[x×])$`)
)

// price is an amount as it was written.
type price struct {
	amount   store.Decimal
	currency string
	bare     bool   // a number with k or m and no currency
	each     bool   // of one, not the total
	period   string // "per month"
	trouble  *trouble
}

// scales are what a letter after a number stands for.
var scales = map[string]int{"k": 1000, "tsd": 1000, "thousand": 1000, "grand": 1000, "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000,
	"million": 1_000_000, "mil": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000}

// priceAt reads an amount at i: $500, 500 USD, €1.200,50, CHF 1'200, 12k EUR,
// $99/mo, $50 each.
func (p *parser) priceAt(i, end int) (c price, n int) {
	if c, n = p.plainPrice(i, end); n == 0 {
		return c, 0
	}
	for i+n < end {
		each, period, m := p.perWhat(i+n, end)
		if m == 0 {
			break
		}
		c.each, n = c.each || each, n+m
		if period != "" {
			c.period = period
		}
	}
	if c.trouble != nil && c.trouble.to == 0 {
		c.trouble.from, c.trouble.to = i, i+n
	}
	return c, n
}

func (p *parser) plainPrice(i, end int) (price, int) {
	if i >= end || p.word(i) == "" {
		return price{}, 0
	}
	w := p.word(i)
	if m := signFirst.FindStringSubmatch(w); m != nil {
		return p.scaled(m[1], m[2], m[3], m[4], i, 1, end)
	}
	if code := p.currencyAt(i); code != "" && i+1 < end { // CHF 1'200
		if m := signLast.FindStringSubmatch(p.word(i + 1)); m != nil && m[3] == "" {
			c, n := p.scaled(code, m[1], m[2], m[4], i+1, 1, end)
			return c, n + 1
		}
	}
	if digits.MatchString(w) && len(w) <= 3 && i+2 < end && len(p.word(i+1)) == 3 && digits.MatchString(p.word(i+1)) { // 1 200 EUR
		if code := p.currencyAt(i + 2); code != "" && currencyOf(code) != "" {
			return p.scaledFinal(code, w+p.word(i+1), "", "", 3)
		}
	}
	m := signLast.FindStringSubmatch(w)
	if m == nil {
		return price{}, 0
	}
	sign, n := m[3], 1
	if m[2] == "" && m[3] == "" && i+1 < end && scales[p.word(i+1)] > 0 && (len(p.word(i+1)) > 2 || i+2 < end && currencyOf(p.currencyAt(i+2)) != "") { // 12 k EUR
		m[2], n = p.word(i+1), 2
	}
	if sign == "" && i+n < end {
		if code, per, ok := strings.Cut(p.word(i+n), "/"); ok && currencyOf(code) != "" && p.perTime("/"+per, 0, 0) && m[4] == "" { // 2,500 EUR/yr
			m[4], sign = "/"+per, code
			n++
		} else if sign = p.currencyAt(i + n); sign != "" {
			n++
		} else if p.unknownCode(i + n) {
			return price{trouble: p.badCurrency(i+n, m[1]+m[2])}, n + 1
		}
	}
	switch {
	case sign == "" && m[2] == "" && !p.perTime(m[4], i+n, end):
		return price{}, 0
	case sign == "" && len(m[1]) > 12:
		return price{}, 0
	case len(m[3]) == 3 && currencyOf(m[3]) == "":
		return price{}, 0
	}
	return p.scaledFinal(sign, m[1], m[2], m[4], n)
}

// perTime reports whether a mere number is money all the same: so much a month.
func (p *parser) perTime(per string, i, end int) bool {
	if per != "" {
		return listed("/mo /month /m /yr /year /y /a /wk /week", per)
	}
	_, period, n := p.perWhat(i, end)
	return n > 0 && period != ""
}

// scaled reads on after a sign and a number: a thousands group or a scale may follow.
func (p *parser) scaled(sign, num, scale, per string, i, n, end int) (price, int) {
	for scale == "" && per == "" && len(num) <= 12 && i+n < end && len(p.word(i+n)) == 3 && digits.MatchString(p.word(i+n)) && !p.unitFollows(i+n+1, end) {
		num, n = num+p.word(i+n), n+1
	}
	if scale == "" && i+n < end && scales[p.word(i+n)] > 0 && len(p.word(i+n)) > 2 {
		scale, n = p.word(i+n), n+1
	}
	if scale != "" && scales[scale] == 0 {
		if code := currencyOf(scale); code == "" || sign != "$" {
			return price{}, 0
		}
		sign, scale = scale, ""
	}
	if code := p.currencyAt(i + n); code != "" && i+n < end && (currencyOf(sign) == code || strings.HasSuffix(sign, "$")) {
		sign, n = code, n+1
	}
	return p.scaledFinal(sign, num, scale, per, n)
}

func (p *parser) scaledFinal(sign, num, scale, per string, n int) (price, int) {
	c := price{currency: currencyOf(sign), bare: sign == ""}
	if c.currency == "" && sign != "" {
		c.trouble = &trouble{problem: BadAmount, say: "Which crowns: SEK, NOK or DKK?",
			instead: []string{num + scale + " SEK", num + scale + " NOK", num + scale + " DKK"}}
		return c, n
	}
	amount, ok := readNumber(num, max(1, scales[scale]))
	if !ok {
		c.trouble = &trouble{problem: BadAmount, say: "“" + strings.TrimSpace(num+scale) + "” cannot be read as an amount; write it like 1200.50."}
		return c, n
	}
	c.amount = amount
	switch per {
	case "":
	case "/mo", "/month", "/m":
		c.period = "per month"
	case "/yr", "/year", "/y", "/a":
		c.period = "per year"
	case "/wk", "/week":
		c.period = "per week"
	default:
		if !unitNames[strings.Trim(per, "/")] {
			return price{}, 0
		}
		c.each = true
	}
	return c, n
}

// currencyOf is the code a sign or a word stands for, "" for none.
func currencyOf(s string) string {
	s = strings.TrimSuffix(strings.ToLower(s), ".")
	if c := currencySigns[s]; c != "" {
		return c
	}
	if c := moneyWords[s]; c != "" {
		return c
	}
	if up := strings.ToUpper(s); len(up) == 3 && listed(codes, up) && s != "" {
		return up
	}
	return ""
}

// currencyAt is the currency the token at i names. A rarer code counts in
// capitals only: "all", "try" and "bob" are words.
func (p *parser) currencyAt(i int) string {
	w := p.word(i)
	if w == "" {
		return ""
	}
	if c := currencySigns[w]; c != "" && w != "fr" {
		return c
	}
	if c := moneyWords[w]; c != "" {
		return c
	}
	if up := strings.Trim(p.cut(i, i+1), "().!?"); len(up) == 3 && listed(codes, up) {
		return up
	}
	if w == "kr" {
		return "kr"
	}
	return ""
}

// unknownCode reports whether the token looks like a currency that is none.
func (p *parser) unknownCode(i int) bool {
	up := strings.Trim(p.cut(i, i+1), "().!?")
	if len(up) != 3 || unitNames[p.word(i)] || p.is(i, "utc gmt cet am pm") {
		return false
	}
	return strings.IndexFunc(up, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

func (p *parser) badCurrency(i int, num string) *trouble {
	return &trouble{problem: BadAmount, say: p.cut(i, i+1) + " is not a currency code, such as USD, EUR or GBP.",
		instead: []string{num + " USD", num + " EUR", num + " GBP"}}
}

// perWhat reads "each", "per seat", "a month", "/mo" after an amount.
func (p *parser) perWhat(i, end int) (each bool, period string, n int) {
	if p.is(i, "each apiece pp") {
		return true, "", 1
	}
	what, n := p.word(i+1), 2
	if w := p.word(i); strings.HasPrefix(w, "/") && len(w) > 1 {
		what, n = w[1:], 1
	} else if !p.is(i, "per a an / every") || i+1 >= end {
		return false, "", 0
	}
	switch what {
	case "month", "mo":
		return false, "per month", n
	case "year", "yr", "annum":
		return false, "per year", n
	case "week":
		return false, "per week", n
	}
	if unitNames[what] && what != "x" && !strings.HasSuffix(what, "s") || what == "head" || what == "person" {
		return true, "", n
	}
	return false, "", 0
}
