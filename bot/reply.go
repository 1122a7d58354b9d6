package bot

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"pitch/store"
)

// Reply is what a person reads after a command, a press or a form: parts one
// under another. It is seen by them alone unless InChannel is set.
//
// What people typed goes into rich text and plain text only, where nothing in it
// can become a mention or a link; the fallback for notifications and screen
// readers is made from the same words, escaped.
type Reply struct {
	Parts     []part
	InChannel bool
	Replace   bool                    // take the place of the message that was pressed
	Form      *slack.ModalViewRequest // opened, in place of a message
	// InDM are messages for the founder's own DM, one after another. The reply
	// itself is what they read where they asked, if that is elsewhere.
	InDM []Reply
}

// part is one block of a message together with how it reads as text.
type part struct {
	text    string // escaped; "" for what a reader need not hear
	block   func(n int) slack.Block
	plain   func(n int) slack.Block // of a chart or table: in its place where Slack takes none
	private bool                    // left out where the message is shared
}

// hidden is the part marked as the asker's alone.
func (p part) hidden() part {
	p.private = true
	return p
}

// Slack's limits, in characters (docs: Block Kit reference).
const (
	maxBlocks     = 50  // of a message
	maxHomeBlocks = 100 // of a Home, or a form
	maxHeader     = 150
	maxSection    = 3000
	maxButtonText = 75
	maxValue      = 2000
	maxButtons    = 25
)

// word is a run of text; its style says what it is.
type word struct {
	text    string
	bold    bool
	user    store.UserID
	channel store.ChannelID
}

func say(text string) word             { return word{text: text} }
func bold(text string) word            { return word{text: text, bold: true} }
func mention(user store.UserID) word   { return word{user: user} }
func inChannel(c store.ChannelID) word { return word{channel: c} }

// stop ends a sentence whose last words people typed: "Acme Inc." has its own.
func stop(after string) word {
	if strings.HasSuffix(after, ".") {
		return word{}
	}
	return say(".")
}

func (w word) plain() string {
	switch {
	case w.user != "":
		return "<@" + string(w.user) + ">"
	case w.channel != "":
		return "<#" + string(w.channel) + ">"
	}
	return escape(w.text)
}

func (w word) element() slack.RichTextSectionElement {
	switch {
	case w.user != "":
		return slack.NewRichTextSectionUserElement(string(w.user), nil)
	case w.channel != "":
		return slack.NewRichTextSectionChannelElement(string(w.channel), nil)
	}
	var style *slack.RichTextSectionTextStyle
	if w.bold {
		style = &slack.RichTextSectionTextStyle{Bold: true}
	}
	return slack.NewRichTextSectionTextElement(clip(w.text, maxSection), style)
}

// escape is text as Slack wants it in mrkdwn: only these three are special.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

// clip shortens text to n characters, saying so with an ellipsis.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}

// clipped are words each of which is clipped.
func clipped(words []word, n int) []word {
	out := slices.Clone(words)
	for i := range out {
		out[i].text = clip(out[i].text, n)
	}
	return out
}

// line is a line of words.
func line(words ...word) part {
	if len(elements(words)) == 0 {
		return part{}
	}
	return part{text: plainWords(words), block: func(int) slack.Block {
		return slack.NewRichTextBlock("", slack.NewRichTextSection(elements(words)...))
	}}
}

// linef is a line of plain words.
func linef(text string) part { return line(say(text)) }

// more says how many of a list are left out, and where they are.
func more(n int, where string) part {
	return aside("… and " + strconv.Itoa(n) + " more: " + where + ".")
}

// title is a heading.
func title(text string) part {
	text = clip(text, maxHeader)
	return part{text: escape(text), block: func(int) slack.Block { return slack.NewHeaderBlock(plain(text)) }}
}

// aside is a line in small print.
func aside(text string) part {
	text = clip(text, maxSection)
	return part{text: escape(text), block: func(int) slack.Block {
		return slack.NewContextBlock("", plain(text))
	}}
}

// list is a bulleted list of lines.
func list(items ...[]word) part {
	if len(items) == 0 {
		return part{}
	}
	var texts []string
	for _, words := range items {
		texts = append(texts, "• "+plainWords(words))
	}
	return part{text: strings.Join(texts, "\n"), block: func(int) slack.Block {
		var sections []slack.RichTextElement
		for _, words := range items {
			sections = append(sections, slack.NewRichTextSection(elements(words)...))
		}
		return slack.NewRichTextBlock("", slack.NewRichTextList(slack.RTEListBullet, 0, sections...))
	}}
}

// lines are lines in one block, without bullets.
func lines(items ...[]word) part {
	var all []word
	for i, words := range items {
		if i > 0 {
			all = append(all, say("\n"))
		}
		all = append(all, words...)
	}
	return line(all...)
}

// copyable is text with its lines as they are, which Slack offers to copy.
func copyable(text string) part {
	text = clip(text, maxSection)
	return part{text: escape(text), block: func(int) slack.Block {
		return slack.NewRichTextBlock("", &slack.RichTextPreformatted{
			Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(text, nil)},
		})
	}}
}

// row is a paragraph with a button beside it: an item of a list that opens.
func row(text string, b button) part {
	text = clip(text, maxSection)
	return part{text: escape(text), block: func(n int) slack.Block {
		about, _, _ := strings.Cut(text, "\n")
		return slack.NewSectionBlock(plain(text), nil, slack.NewAccessory(b.element(strconv.Itoa(n), about)))
	}}
}

func plainWords(words []word) string {
	var text strings.Builder
	for _, w := range words {
		text.WriteString(w.plain())
	}
	return text.String()
}

func elements(words []word) (out []slack.RichTextSectionElement) {
	for _, w := range words {
		if w != (word{}) && w != (word{bold: true}) {
			out = append(out, w.element())
		}
	}
	return out
}

func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, true, false)
}

// button is a button to press.
type button struct {
	label   string
	does    action
	primary bool
	confirm string // asked before it does it
}

// buttons is a row of buttons. Screen readers hear what each is about: the label
// with what the row belongs to.
func buttons(about string, bs ...button) part {
	bs = slices.DeleteFunc(bs, func(b button) bool { return b.label == "" || utf8.RuneCountInString(b.does.value()) > maxValue })
	if len(bs) == 0 {
		return part{}
	}
	bs = bs[:min(len(bs), maxButtons)]
	return part{block: func(n int) slack.Block {
		elements := make([]slack.BlockElement, len(bs))
		for i, b := range bs {
			elements[i] = b.element(strconv.Itoa(n)+"."+strconv.Itoa(i), about)
		}
		return slack.NewActionBlock("", elements...)
	}}
}

func (b button) element(n, about string) slack.BlockElement {
	e := slack.NewButtonBlockElement(b.does.id(n), b.does.value(), plain(clip(b.label, maxButtonText)))
	if b.primary {
		e.Style = slack.StylePrimary
	}
	if about != "" {
		e.AccessibilityLabel = clip(b.label+": "+about, maxButtonText)
	}
	if b.confirm != "" {
		e.Confirm = slack.NewConfirmationBlockObject(plain("Sure?"), plain(clip(b.confirm, 300)), plain("Yes"), plain("No"))
	}
	return e
}

// blocks are the parts as Slack wants them in a message, within its limit.
func blocks(parts []part) []slack.Block { return blocksWithin(parts, maxBlocks) }

func blocksWithin(parts []part, limit int) []slack.Block {
	out := make([]slack.Block, 0, len(parts))
	for i, p := range parts {
		if p.block != nil && len(out) < limit {
			out = append(out, p.block(i))
		}
	}
	return out
}

// fallback is what a notification shows and a screen reader reads.
func fallback(parts []part) string {
	var lines []string
	for _, p := range parts {
		if p.text != "" {
			lines = append(lines, p.text)
		}
	}
	return clipEscaped(strings.Join(lines, "\n"), maxSection)
}

// clipEscaped clips without leaving half an entity or a mention behind.
func clipEscaped(s string, n int) string {
	clipped := clip(s, n)
	if clipped == s {
		return s
	}
	if at := strings.LastIndexAny(clipped, "&<"); at >= 0 && !strings.ContainsAny(clipped[at:], ";>") {
		clipped = strings.TrimSpace(clipped[:at]) + "…"
	}
	return clipped
}

// message is a reply as the payload of an acknowledgement or a response_url.
type message struct {
	ResponseType    string        `json:"response_type"`
	ReplaceOriginal bool          `json:"replace_original"`
	Text            string        `json:"text"`
	Blocks          []slack.Block `json:"blocks"`
}

// message renders the reply; hook says it goes to a response_url, where a
// message can be replaced.
func (r Reply) message(hook bool) message {
	m := message{ResponseType: slack.ResponseTypeEphemeral, Text: fallback(r.Parts), Blocks: blocks(r.Parts)}
	if r.InChannel {
		m.ResponseType = slack.ResponseTypeInChannel
	}
	m.ReplaceOriginal = hook && r.Replace
	return m
}

// with is the reply with more parts under it.
func (r Reply) with(parts ...part) Reply {
	r.Parts = append(r.Parts[:len(r.Parts):len(r.Parts)], parts...)
	return r
}

func reply(parts ...part) Reply { return Reply{Parts: parts} }
