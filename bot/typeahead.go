package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"pitch/store"
)

// Slack shows at most this many options (docs: external select).
const maxOptions = 100

// recentDays is how far back the type-ahead looks for who was talked to last.
const recentDays = 180

// severalNames is the choice of writing names by hand.
var severalNames = choice{byHand, "Several names…"}

// onTyping answers a type-ahead with the visitor's own prospects, and with none
// where it is not theirs to ask.
func (v *visit) onTyping(ctx context.Context, d delivered, t typing, view *openView) {
	v.unasked = true // a name that is typed stores nothing
	var found []choice
	_, err := v.safely(ctx, func(ctx context.Context) (_ Reply, err error) {
		if view != nil && t.ActionID == "who" && v.owns(read(*view)) {
			found, err = v.suggest(ctx, t.Value, view.CallbackID == "log")
		}
		return Reply{}, err
	})
	if err != nil {
		v.log.Warn("a type-ahead has no answer", "error", err)
	}
	_ = d.ack(ctx, offered(found))
}

// suggest are the choices for what is typed so far: prospects, the best match
// and then the latest first; the name itself, where it is nobody's yet; and,
// where several may be named, the way to do so.
func (v *visit) suggest(ctx context.Context, typed string, several bool) ([]choice, error) {
	typed = strings.Join(strings.Fields(typed), " ")
	matching, err := v.matching(ctx, store.Fold(typed))
	if err != nil {
		return nil, err
	}
	var last []choice
	if several && fit(store.Fold(severalNames.label), store.Fold(typed)) < noFit {
		last = append(last, severalNames)
	}
	if typed != "" && len(v.namesakes(typed)) == 0 {
		last = append(last, somebodyNew(typed))
	}
	var out []choice
	for _, p := range matching[:min(len(matching), maxOptions-len(last))] {
		out = append(out, somebody(p))
	}
	return append(out, last...), nil
}

// matching are the visitor's prospects that fit what is typed.
func (v *visit) matching(ctx context.Context, folded string) ([]store.Prospect, error) {
	touched := map[store.ID]store.ID{}
	err := v.view(ctx, func(b *store.Book) error {
		recent, err := b.Activities(v.today()-recentDays, 0)
		for _, a := range recent {
			touched[a.Prospect] = max(touched[a.Prospect], a.ID)
		}
		return err
	})
	if err != nil && !v.joined {
		err = nil // somebody new has no prospects
	}
	fits := map[store.ID]int{}
	var out []store.Prospect
	for _, p := range v.prospects {
		if fits[p.ID] = fit(store.Fold(p.Name), folded); fits[p.ID] < noFit {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(x, y store.Prospect) int {
		return cmp.Or(
			cmp.Compare(fits[x.ID], fits[y.ID]),
			// Ids grow, whatever they are of: somebody just added was just touched.
			cmp.Compare(max(touched[y.ID], y.ID), max(touched[x.ID], x.ID)),
		)
	})
	return out, err
}

// How well a name fits what is typed of it, the best first.
const (
	fitsWhole     = iota // "acme" for "acme", among however many that begin with it
	fitsFromStart        // "acme inc" for "ac"
	fitsWords            // "jane at acme" for "acme ja"
	fitsInside           // "globex" for "lob"
	noFit
)

// fit compares a folded name with what is typed, folded as well.
func fit(name, typed string) int {
	switch {
	case name == typed:
		return fitsWhole
	case strings.HasPrefix(name, typed):
		return fitsFromStart
	case hasWords(name, typed):
		return fitsWords
	case strings.Contains(name, typed):
		return fitsInside
	}
	return noFit
}

// hasWords reports whether each word typed begins a word of the name.
func hasWords(name, typed string) bool {
	words := strings.Fields(name)
	return !slices.ContainsFunc(strings.Fields(typed), func(begun string) bool {
		return !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, begun) })
	})
}

// offered acknowledges a type-ahead. One that is too large would be dropped
// whole, so that the prospects that fit least are left out of it.
func offered(choices []choice) any {
	options := make([]*slack.OptionBlockObject, len(choices))
	for i, c := range choices {
		options[i] = c.option()
	}
	for {
		body, _ := json.Marshal(map[string]any{"options": options})
		least := len(options) - 3 // the last two are not prospects
		if len(body) <= maxAck || least < 0 {
			return json.RawMessage(body)
		}
		options = slices.Delete(options, least, least+1)
	}
}
