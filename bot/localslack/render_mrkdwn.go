package localslack

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var angled = regexp.MustCompile(`<([^<>\n]+)>`)

// Mrkdwn shows a mrkdwn text as Slack would, without its marks: links by their
// text and address, mentions by name, dates in the reader's zone, entities
// unescaped.
func Mrkdwn(text string, r Reader) string {
	text = unmark(text)
	text = angled.ReplaceAllStringFunc(text, func(s string) string { return r.angle(s[1 : len(s)-1]) })
	return unescape(text)
}

func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// angle shows what stood between angle brackets.
func (r Reader) angle(s string) string {
	target, label, named := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		return "@" + r.user(target[1:])
	case strings.HasPrefix(target, "#"):
		return "#" + r.channel(target[1:])
	case strings.HasPrefix(target, "!date^"):
		return r.date(target, label)
	case strings.HasPrefix(target, "!subteam^"):
		return firstOf(label, target)
	case strings.HasPrefix(target, "!"):
		return "@" + target[1:]
	case strings.HasPrefix(target, "mailto:"):
		return firstOf(label, strings.TrimPrefix(target, "mailto:"))
	case named:
		return label + " (" + target + ")"
	}
	return target
}

// date shows <!date^unix^format^link|fallback> in the reader's zone.
func (r Reader) date(target, fallback string) string {
	parts := strings.SplitN(strings.TrimPrefix(target, "!date^"), "^", 3)
	unix, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || len(parts) < 2 {
		return fallback
	}
	return dateText(time.Unix(unix, 0).In(r.zone()), parts[1])
}

// dateText fills in the tokens of docs.slack.dev/messaging/formatting-message-text#date-formatting.
// The "pretty" forms' today and tomorrow depend on when one looks; the date
// itself is shown instead.
func dateText(t time.Time, format string) string {
	layouts := []string{
		"{date_num}", "2006-01-02", "{date_slash}", "01/02/2006", "{date_long_full}", "Monday, January 2, 2006",
		"{date_long_pretty}", "Monday, January 2, 2006", "{date_short_pretty}", "Jan 2, 2006", "{date_pretty}", "January 2, 2006",
		"{date_long}", "Monday, January 2, 2006", "{date_short}", "Jan 2, 2006", "{date}", "January 2, 2006",
		"{time_secs}", "15:04:05", "{time}", "15:04", "{ago}", "Jan 2, 2006",
		"{day_divider_pretty}", "Monday, January 2",
	}
	for i := 1; i < len(layouts); i += 2 {
		layouts[i] = t.Format(layouts[i])
	}
	return strings.NewReplacer(layouts...).Replace(format)
}

// unmark removes the marks of bold, italic and struck text. Code keeps its
// ticks, and nothing inside it is a mark.
func unmark(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		ch := s[i]
		if ch == '`' || ch == '<' {
			n := opaque(s[i:])
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		if strings.IndexByte("*_~", ch) >= 0 && !wordBefore(s[:i]) {
			if n := stretch(s[i:]); n > 0 {
				b.WriteString(unmark(s[i+1 : i+n-1]))
				i += n
				continue
			}
		}
		b.WriteByte(ch)
		i++
	}
	return b.String()
}

// opaque is the length of a code span or bracket at the start of s, at least 1.
func opaque(s string) int {
	for _, pair := range [][2]string{{"```", "```"}, {"`", "`"}, {"<", ">"}} {
		if rest, ok := strings.CutPrefix(s, pair[0]); ok {
			if j := strings.Index(rest, pair[1]); j > 0 {
				return len(pair[0]) + j + len(pair[1])
			}
		}
	}
	return 1
}

// stretch is the length of a marked stretch at the start of s, 0 for none: the
// same mark closes it, on the same line, with no space inside and no letter after.
func stretch(s string) int {
	mark := s[0]
	for j := 1; j < len(s) && s[j] != '\n'; j++ {
		if s[j] != mark {
			continue
		}
		if j == 1 || s[1] == ' ' || s[j-1] == ' ' {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[j+1:]); j+1 < len(s) && wordRune(next) {
			continue
		}
		return j + 1
	}
	return 0
}

func wordBefore(s string) bool {
	r, n := utf8.DecodeLastRuneInString(s)
	return n > 0 && wordRune(r)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
