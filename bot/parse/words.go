package parse

import (
	"maps"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shape is what sort of token it is.
type shape uint8

const (
	word      shape = iota
	quoted          // what stood between quotes
	separator       // a comma, a spaced dash, a colon, the end of a sentence
)

// token is a piece of what was typed. Its place in the text is kept, because
// names and notes are cut out of the text as they were written.
type token struct {
	shape      shape
	lower      string // what a word is compared by, or the separator's sign
	text       string // what a quote or a mention says
	start, end int
}

// clean makes text safe to cut: Slack's three escapes undone once, control and
// direction-override characters gone, every space but a newline a plain one.
func clean(text string) string {
	text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(strings.ToValidUTF8(text, ""))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r == 0x200B:
			return -1
		}
		return r
	}, text)
	text = priceDash.ReplaceAllString(text, "$1$2")
	return strings.TrimSpace(lines.ReplaceAllString(spaces.ReplaceAllString(norm.NFC.String(text), " "), "\n"))
}

// closers are the quotes that open, each with those that close it. The plain
// apostrophe is none: O'Brien has one.
var closers = map[rune]string{'"': `"`, '“': `”“"`, '„': `“”"`, '”': `”`, '«': `»`, '»': `«`, '‘': `’`}

var (
	priceDash = regexp.MustCompile(`(\d),[-–—]{1,2}( |$)`) // 500,- is 500
	spaces    = regexp.MustCompile(` {2,}`)
	lines     = regexp.MustCompile(` *\n\s*`)
	emojiCode = regexp.MustCompile(`^:[a-z0-9_+\-]+:(:skin-tone-\d:)?`)
	mention   = regexp.MustCompile(`^<([@#!]|https?://|mailto:)([^<>|]*)(\|([^<>]*))?>`)
)

// tokenize splits text; open reports a quote that is never closed.
func tokenize(text string) (toks []token, open bool) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		tok := token{start: i}
		switch {
		case r == '\n':
			tok.shape, tok.lower, tok.end = separator, "\n", i+size
		case r == ' ':
			i += size
			continue
		case closers[r] != "":
			var ok bool
			if tok, ok = quote(text, i); !ok {
				open = open || r != '‘'
				tok = bareWord(text, i, size)
			}
		case isSeparator(text, i):
			tok.shape, tok.lower, tok.end = separator, sign(r), i+size
		default:
			tok = bareWord(text, i, size)
		}
		i = tok.end
		if tok.shape != separator || len(toks) > 0 && toks[len(toks)-1].shape != separator {
			toks = append(toks, tok)
		}
		if endsSentence(text, tok) {
			toks = append(toks, token{shape: separator, lower: ".", start: i, end: i})
		}
	}
	for len(toks) > 0 && toks[len(toks)-1].shape == separator {
		toks = toks[:len(toks)-1]
	}
	return toks, open
}

func sign(r rune) string {
	if r == '–' || r == '—' {
		return "-"
	}
	return string(r)
}

// quote reads the quote that opens at i.
func quote(text string, i int) (token, bool) {
	r, size := utf8.DecodeRuneInString(text[i:])
	var said strings.Builder
	for j := i + size; j < len(text); {
		c, n := utf8.DecodeRuneInString(text[j:])
		if c == '\\' && j+n < len(text) {
			if next, m := utf8.DecodeRuneInString(text[j+n:]); next == '\\' || next == '"' || next == r {
				said.WriteRune(next)
				j += n + m
				continue
			}
		}
		if strings.ContainsRune(closers[r], c) && (r != '‘' || !letterAt(text, j+n)) {
			return token{shape: quoted, text: strings.Join(strings.Fields(said.String()), " "), start: i, end: j + n}, true
		}
		said.WriteRune(c)
		j += n
	}
	return token{}, false
}

func letterAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(r)
}

// isSeparator reports whether the sign at i parts the text: never between two
// digits, and a dash only where it stands alone.
func isSeparator(text string, i int) bool {
	r, size := utf8.DecodeRuneInString(text[i:])
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+size:])
	switch r {
	case ',', ':':
		return !(unicode.IsDigit(before) && unicode.IsDigit(after)) &&
			!strings.HasPrefix(text[i:], "://") && !(r == ':' && emojiCode.MatchString(text[i:]))
	case ';', '—':
		return true
	case '-', '–':
		return (i == 0 || before == ' ') && (i+size == len(text) || after == ' ')
	}
	return false
}

// bareWord reads the word at i, up to a space or a separator.
func bareWord(text string, i, size int) token {
	if m := mention.FindStringSubmatch(text[i:]); m != nil {
		label := m[4]
		if label == "" {
			label = m[2]
		}
		if m[1] == "!" {
			label = m[0]
		}
		return token{lower: m[0], text: strings.TrimSpace(label), start: i, end: i + len(m[0])}
	}
	if m := emojiCode.FindString(text[i:]); m != "" {
		code, _, _ := strings.Cut(m[1:], ":")
		return token{lower: ":" + code + ":", start: i, end: i + len(m)}
	}
	if n := emojiLength(text[i:]); n > 0 {
		return token{lower: plainEmoji(text[i : i+n]), start: i, end: i + n}
	}
	j := i + size
	for j < len(text) {
		r, n := utf8.DecodeRuneInString(text[j:])
		if r == ' ' || r == '\n' || isSeparator(text, j) || text[i:j] == "w/" && letterAt(text, j) && !strings.HasPrefix(text[j:]+" ", "o ") {
			break
		}
		j += n
	}
	if text[i:j] == "w" || text[i:j] == "w/" {
		return token{lower: "with", start: i, end: j}
	}
	return token{lower: lowered(text[i:j]), start: i, end: j}
}

// emojiLength is how many bytes the verb's emoji at the start of text takes, with
// what only changes its looks.
func emojiLength(text string) int {
	r, n := utf8.DecodeRuneInString(text)
	if _, ok := verbs[string(r)]; !ok || unicode.IsLetter(r) || unicode.IsDigit(r) {
		return 0
	}
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if r != 0xFE0F && (r < 0x1F3FB || r > 0x1F3FF) {
			break
		}
		n += size
	}
	return n
}

func plainEmoji(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	return string(r)
}

// lowered is what a word is compared by: lower case, straight apostrophes, and
// without the brackets and full stops around it.
func lowered(s string) string {
	low := strings.ReplaceAll(strings.ToLower(s), "’", "'")
	if cut := strings.TrimRight(strings.Trim(low, "()[]*_~`"), ".!?…)]"); cut != "" {
		return cut
	}
	return low
}

// endsSentence reports whether a word closes a sentence that another follows.
// Short words with a dot are abbreviations: Dr., Inc., Co.
func endsSentence(text string, t token) bool {
	if t.shape != word || t.end >= len(text) || text[t.end] != ' ' {
		return false
	}
	body := strings.TrimRight(text[t.start:t.end], ".!?…")
	if body == text[t.start:t.end] || strings.ContainsAny(body, ".0123456789") {
		return false
	}
	switch strings.ToLower(body) {
	case "corp", "prof", "bros", "assoc", "gmbh", "messrs":
		return false
	}
	return utf8.RuneCountInString(body) > 3
}

// cut is the source from the i-th token up to, and without, the j-th.
func (p *parser) cut(i, j int) string {
	if i >= j {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(p.text[p.toks[i].start:p.toks[j-1].end], "\n", " "))
}

// said is what the i-th token says: a quote's content, or the word as it stands.
func (p *parser) said(i int) string {
	if t := p.toks[i]; t.text != "" || t.shape == quoted {
		return t.text
	}
	return p.cut(i, i+1)
}

// word is the lower-case word at i, "" where there is none.
func (p *parser) word(i int) string {
	if i < 0 || i >= len(p.toks) || p.toks[i].shape != word {
		return ""
	}
	return p.toks[i].lower
}

// is reports whether the word at i is one of those in a space-separated list.
func (p *parser) is(i int, list string) bool {
	w := p.word(i)
	return w != "" && listed(list, w)
}

func listed(list, w string) bool {
	for item := range strings.FieldsSeq(list) {
		if item == w {
			return true
		}
	}
	return false
}

// phraseWords is the longest phrase in any table.
const phraseWords = 6

// longest looks the longest phrase at i up in a table; n is how many tokens it takes.
func longest[V any](p *parser, i, end int, table map[string]V) (v V, n int) {
	var room [96]byte
	key := room[:0]
	for k := i; k < min(i+phraseWords, end, len(p.toks)) && p.toks[k].shape == word && len(p.toks[k].lower) <= len(room); k++ {
		if k > i {
			key = append(key, ' ')
		}
		key = append(key, p.toks[k].lower...)
		if found, ok := table[string(key)]; ok {
			v, n = found, k-i+1
		}
	}
	return v, n
}

// phrase joins the words from i to j by a space; not ok where not all are words.
func (p *parser) phrase(i, j int) (string, bool) {
	var key strings.Builder
	for k := i; k < j; k++ {
		if p.toks[k].shape != word {
			return "", false
		}
		if k > i {
			key.WriteByte(' ')
		}
		key.WriteString(p.toks[k].lower)
	}
	return key.String(), true
}

// segment is where the part that i stands in ends: the next separator.
func (p *parser) segment(i int) int {
	for i < len(p.toks) && p.toks[i].shape != separator {
		i++
	}
	return i
}

// table spreads "a|b|c" keys over a map.
func table[V any](rows map[string]V) map[string]V {
	out := make(map[string]V)
	for keys, v := range rows {
		for key := range strings.SplitSeq(keys, "|") {
			out[key] = v
		}
	}
	return out
}

// both is the entries of two tables; where they have a key in common it is b's.
func both[V any](a, b map[string]V) map[string]V {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}
