package parse

import "strings"

// distance is the optimal string alignment distance: insertions, deletions,
// changes and swaps of neighbours cost one each.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(x); i++ {
		older, old, row := rows[(i+2)%3], rows[i%3], rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(old[j]+1, row[j-1]+1, old[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
	}
	return rows[(len(x)+1)%3][len(y)]
}

// close reports whether a typed word may be a slip for w: the shorter it is, the
// less may differ.
func closeTo(typed, w string) (int, bool) {
	n := len([]rune(typed))
	if n < 3 || len(w) < 3 || n > 20 {
		return 0, false
	}
	d := distance(typed, w)
	switch {
	case d == 0 || d > 2:
		return d, false
	case d == 1:
		return d, n > 4 || typed[0] == w[0]
	}
	return d, typed[0] == w[0] && (n >= 5 || n == 3 && shared(typed, w) >= 2 && len(w) == 3)
}

// nearestPair is the verb of two words nearest to those at i.
func (p *parser) nearestPair(i int) (best string) {
	typed, ok := p.phraseTo(i, i+2, len(p.toks))
	at := 3
	for w := range verbs {
		if d, near := closeTo(typed, w); ok && near && strings.Count(w, " ") == 1 && (d < at || d == at && better(typed, w, best)) {
			best, at = w, d
		}
	}
	return best
}

func shared(a, b string) (n int) {
	for _, r := range a {
		if strings.ContainsRune(b, r) {
			n++
		}
	}
	return n
}

// nearestWord is the single word of a table nearest to typed; "" for none. Among
// equals it is the first of the alphabet, so that the answer is always the same.
func nearestWord[V any](typed string, table map[string]V, fits func(V) bool) (best string, at int) {
	at = 3
	for w, v := range table {
		if strings.ContainsAny(w, " :") || !fits(v) {
			continue
		}
		if d, ok := closeTo(typed, w); ok && (d < at || d == at && better(typed, w, best)) {
			best, at = w, d
		}
	}
	return best, at
}

// better prefers the word that shares more, then the alphabet.
func better(typed, w, best string) bool {
	if a, b := shared(typed, w), shared(typed, best); a != b {
		return a > b
	}
	if len(w) != len(best) {
		return len(w) < len(best)
	}
	return w < best
}
