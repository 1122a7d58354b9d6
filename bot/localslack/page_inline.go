package localslack

import (
	"strconv"
	"strings"
)

// inline is a run of text on a page. What it holds is text, never markup: the
// templates escape it.
type inline struct {
	// Kind is "" for plain text, else b, i, s, u, mark, code, pre, quote, link,
	// mention, item or br.
	Kind   string
	Text   string
	URL    string
	Inside []inline
	Indent int // of an item
	Mark   string
}

func words(text string) []inline {
	if text == "" {
		return nil
	}
	return []inline{{Text: withEmoji(text)}}
}

// text is a text object's content.
func (r Reader) text(t map[string]any) []inline {
	if str(t, "type") == "mrkdwn" {
		return r.mrkdwn(str(t, "text"))
	}
	return words(str(t, "text"))
}

// mrkdwn reads a mrkdwn text: code blocks and quotes first, marks inside.
func (r Reader) mrkdwn(text string) (out []inline) {
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 && strings.Count(text, "```") > i {
			out = append(out, inline{Kind: "pre", Text: unescape(strings.Trim(part, "\n"))})
			continue
		}
		out = append(out, r.quotes(part)...)
	}
	return out
}

// quotes reads lines; those that begin with ">" are quoted together.
func (r Reader) quotes(text string) (out []inline) {
	var quoted, plain []string
	flush := func() {
		if len(quoted) > 0 {
			out = append(out, inline{Kind: "quote", Inside: r.marks(strings.Join(quoted, "\n"))})
		}
		if len(plain) > 0 {
			out = append(out, r.marks(strings.Join(plain, "\n"))...)
		}
		quoted, plain = nil, nil
	}
	for _, l := range strings.Split(text, "\n") {
		said, is := strings.CutPrefix(l, "&gt;")
		if is != (len(quoted) > 0) {
			flush()
		}
		if is {
			quoted = append(quoted, strings.TrimPrefix(said, " "))
		} else {
			plain = append(plain, l)
		}
	}
	flush()
	return out
}

// marks reads what a line holds: bold, italic and struck text, code, and what
// stands in angle brackets.
func (r Reader) marks(s string) (out []inline) {
	kinds := map[byte]string{'*': "b", '_': "i", '~': "s"}
	from := 0
	plain := func(to int) { out = append(out, words(unescape(s[from:to]))...) }
	for i := 0; i < len(s); {
		var found inline
		n := 0
		switch ch := s[i]; {
		case ch == '`' || ch == '<':
			if n = opaque(s[i:]); n == 1 {
				n = 0
			} else if ch == '<' {
				found = r.bracket(s[i+1 : i+n-1])
			} else {
				found = inline{Kind: "code", Text: unescape(strings.Trim(s[i:i+n], "`"))}
			}
		case kinds[ch] != "" && !wordBefore(s[:i]):
			if n = stretch(s[i:]); n > 0 {
				found = inline{Kind: kinds[ch], Inside: r.marks(s[i+1 : i+n-1])}
			}
		}
		if n == 0 {
			i++
			continue
		}
		plain(i)
		out = append(out, found)
		i += n
		from = i
	}
	plain(len(s))
	return out
}

// bracket reads what stood between angle brackets.
func (r Reader) bracket(s string) inline {
	target, label, _ := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(target, "!date^"):
		return inline{Text: unescape(r.angle(s))}
	case strings.ContainsAny(target[:min(1, len(target))], "@#!"):
		return inline{Kind: "mention", Text: unescape(r.angle(s))}
	}
	return inline{Kind: "link", URL: unescape(target), Text: unescape(firstOf(label, strings.TrimPrefix(target, "mailto:")))}
}

// richText reads a rich_text block or cell.
func (r Reader) richText(b map[string]any) (out []inline) {
	section := false
	for _, e := range list(b, "elements") {
		after := section
		section = str(e, "type") == "rich_text_section"
		switch str(e, "type") {
		case "rich_text_list":
			out = append(out, r.items(e)...)
		case "rich_text_quote":
			out = append(out, inline{Kind: "quote", Inside: r.runs(e)})
		case "rich_text_preformatted":
			out = append(out, inline{Kind: "pre", Inside: r.runs(e)})
		default:
			if after {
				out = append(out, inline{Kind: "br"})
			}
			out = append(out, r.runs(e)...)
		}
	}
	return out
}

// items reads a list; its marks are text, as they are in Slack.
func (r Reader) items(e map[string]any) (out []inline) {
	marks := []string{"•", "◦", "▪"}
	indent := int(min(8, max(0, number(e, "indent", 0))))
	for i, it := range list(e, "elements") {
		mark := marks[indent%len(marks)]
		if str(e, "style") == "ordered" {
			mark = strconv.Itoa(i+1+int(number(e, "offset", 0))) + "."
		}
		out = append(out, inline{Kind: "item", Mark: mark, Indent: indent, Inside: r.runs(it)})
	}
	return out
}

func (r Reader) runs(e map[string]any) (out []inline) {
	for _, s := range list(e, "elements") {
		out = append(out, r.run(s))
	}
	return out
}

// run reads one element of rich text, its style around it.
func (r Reader) run(s map[string]any) inline {
	x := inline{Text: span(s, r)}
	switch str(s, "type") {
	case "text":
		x.Text = withEmoji(x.Text)
	case "link":
		x = inline{Kind: "link", URL: str(s, "url"), Text: firstOf(str(s, "text"), str(s, "url"))}
	case "emoji":
		x.Text = firstOf(fromCodePoints(str(s, "unicode")), withEmoji(x.Text))
	case "user", "usergroup", "channel", "broadcast":
		x.Kind = "mention"
	}
	style := sub(s, "style")
	for _, mark := range [][2]string{{"code", "code"}, {"bold", "b"}, {"italic", "i"}, {"strike", "s"}, {"underline", "u"}, {"highlight", "mark"}} {
		if on, _ := style[mark[0]].(bool); on {
			x = inline{Kind: mark[1], Inside: []inline{x}}
		}
	}
	return x
}

// fromCodePoints is the emoji that "1f44d-1f3fd" stands for.
func fromCodePoints(hex string) string {
	if hex == "" {
		return ""
	}
	var b strings.Builder
	for part := range strings.SplitSeq(hex, "-") {
		n, err := strconv.ParseUint(part, 16, 32)
		if err != nil {
			return ""
		}
		b.WriteRune(rune(n))
	}
	return b.String()
}

// withEmoji puts emoji in the place of the codes people know them by.
func withEmoji(s string) string {
	if strings.Count(s, ":") < 2 {
		return s
	}
	return strings.NewReplacer(
		":tada:", "🎉", ":wave:", "👋", ":bell:", "🔔", ":white_check_mark:", "✅", ":heavy_check_mark:", "✔️", ":x:", "❌",
		":+1:", "👍", ":thumbsup:", "👍", ":-1:", "👎", ":thumbsdown:", "👎", ":fire:", "🔥", ":rocket:", "🚀", ":trophy:", "🏆",
		":first_place_medal:", "🥇", ":second_place_medal:", "🥈", ":third_place_medal:", "🥉", ":medal:", "🏅", ":seedling:", "🌱",
		":phone:", "☎️", ":telephone_receiver:", "📞", ":calendar:", "📅", ":date:", "📅", ":clock9:", "🕘", ":memo:", "📝", ":pencil:", "📝",
		":warning:", "⚠️", ":lock:", "🔒", ":eyes:", "👀", ":muscle:", "💪", ":pray:", "🙏", ":bulb:", "💡", ":sunny:", "☀️", ":sunrise:", "🌅",
		":slightly_smiling_face:", "🙂", ":smile:", "😄", ":neutral_face:", "😐", ":disappointed:", "😞", ":heart:", "❤️", ":star:", "⭐",
		":chart_with_upwards_trend:", "📈", ":bar_chart:", "📊", ":dart:", "🎯", ":speech_balloon:", "💬", ":email:", "✉️", ":ghost:", "👻",
	).Replace(s)
}
