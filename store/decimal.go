package store

import (
	"fmt"
	"math/big"
	"strings"
)

// Decimal is an amount of money as a plain decimal string, such as "1200.50".
// It never has more than two decimals, a sign or an exponent; "" is no amount.
type Decimal string

// MaxAmount bounds an amount: ours, so that a slip of the finger is noticed.
const MaxAmount = "1000000000000"

// longestAmount bounds what is read as a number at all.
const longestAmount = 40

// ParseDecimal reads digits with at most one decimal point and normalises them:
// no leading zeros, two decimals where they say something and none elsewhere.
func ParseDecimal(s string) (Decimal, error) {
	if len(s) > longestAmount || strings.Trim(s, "0123456789.") != "" {
		return "", fmt.Errorf("%.*q is not an amount like 1200.50", longestAmount, s)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return "", fmt.Errorf("%q is not an amount like 1200.50", s)
	}
	if limit, _ := new(big.Rat).SetString(MaxAmount); r.Cmp(limit) > 0 {
		return "", fmt.Errorf("%q is more than %s", s, MaxAmount)
	}
	return fromRat(r), nil
}

// Times is the amount n times over.
func (d Decimal) Times(n int) Decimal {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return d
	}
	return fromRat(r.Mul(r, new(big.Rat).SetInt64(int64(n))))
}

func fromRat(r *big.Rat) Decimal {
	return Decimal(strings.TrimSuffix(r.FloatString(2), ".00"))
}
