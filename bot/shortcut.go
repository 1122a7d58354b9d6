package bot

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// shortcuts are what the app's shortcuts open, by callback id; the manifest
// declares them.
var shortcuts = map[string]func(*visit, context.Context, interaction) (Reply, error){
	"log_ask":  (*visit).shortcutLogAsk,
	"log_from": (*visit).shortcutLogFrom,
}

// aShortcut is what pressedIn has where a shortcut was used: there is no message
// to answer at, so that what is said comes as a form does.
const aShortcut = "shortcut"

func (v *visit) onShortcut(ctx context.Context, d delivered, i interaction) {
	v.inDM = false // a direct message may be between two people
	if v.hook == "" {
		v.pressedIn.Type = aShortcut
	}
	v.answer(ctx, d, func(ctx context.Context) (Reply, error) { return shortcuts[i.Callback](v, ctx, i) })
}

func (v *visit) shortcutLogAsk(context.Context, interaction) (Reply, error) {
	return v.logForm(parse.LogForm{Kind: store.Ask}), nil
}

// shortcutLogFrom opens the form with what a message says. Nothing is saved
// before the founder has looked at it.
func (v *visit) shortcutLogFrom(ctx context.Context, i interaction) (Reply, error) {
	m := i.message()
	text := unmarked(m.Text)
	return v.logFormOf(draft{
		Activity: store.Activity{Kind: kindIn(text), Note: clip(text, store.MaxWords)},
		whom:     v.withWhom(parse.Who{Name: v.outsider(ctx, m)}),
	}), nil
}

// outsiderWithin bounds asking Slack who wrote a message: the form opens without.
const outsiderWithin = time.Second

// outsider is the name of a message's author if they are no colleague: somebody
// from another workspace, or a guest.
func (v *visit) outsider(ctx context.Context, m said) string {
	if m.User == "" || m.BotID != "" || m.User == v.owner.User {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, outsiderWithin)
	defer cancel()
	who, err := v.lookUp(ctx, m.User)
	if err != nil || who.Bot || who.Deleted || who.founder() && who.Team == v.owner.Team {
		return ""
	}
	return clip(strings.TrimSpace(who.Name), store.MaxName)
}

// kindWords are the words that tell what a message is about. They only fill in a
// form, and where they tell two things, none.
var kindWords = map[store.Kind]*regexp.Regexp{
	store.Call:     regexp.MustCompile(`(?i)\b(call|called|calling|phone|phoned|rang|voicemail)\b`),
	store.Email:    regexp.MustCompile(`(?i)\b(e-?mail|e-?mailed|inbox)\b`),
	store.Meeting:  regexp.MustCompile(`(?i)\b(met|meet|meeting)\b`),
	store.Demo:     regexp.MustCompile(`(?i)\b(demo|demoed|demoing)\b`),
	store.FollowUp: regexp.MustCompile(`(?i)\b(follow(ed|ing)?[- ]?up)\b`),
}

// kindIn is the one kind of activity a text speaks of, or "".
func kindIn(text string) (found store.Kind) {
	for kind, words := range kindWords {
		if !words.MatchString(text) {
			continue
		}
		if found != "" {
			return ""
		}
		found = kind
	}
	return found
}

// markup is Slack's markup in a message: <@U…>, <#C…|sales>, <!here>,
// <!date^…|18 Feb>, <https://…|a label>.
var markup = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

// unmarked is a message's text as it reads: labels for links, and Slack's three
// entities as what they stand for.
func unmarked(text string) string {
	text = markup.ReplaceAllStringFunc(text, func(link string) string {
		m := markup.FindStringSubmatch(link)
		target, label := m[1], m[2]
		switch {
		case strings.HasPrefix(target, "#"):
			return "#" + strings.TrimPrefix(label, "#")
		case strings.HasPrefix(target, "@"):
			return "@" + strings.TrimPrefix(cmp.Or(label, target), "@")
		case label != "":
			return label
		case strings.HasPrefix(target, "!"):
			return "@" + target[1:]
		}
		return strings.TrimPrefix(target, "mailto:")
	})
	return strings.TrimSpace(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text))
}
