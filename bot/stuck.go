package bot

import (
	"context"
	"slices"
	"strings"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// stuck asks what is in the way or, where the words say so, helps with it at once.
func (v *visit) stuck(ctx context.Context, r parse.Coach) (Reply, error) {
	if o, ok := obstacle(r.Rest); ok {
		return v.unstick(ctx, o)
	}
	var bs []button
	for _, o := range nudges.Obstacles() {
		bs = append(bs, button{label: o.Label(), does: v.does("stuck", "on", string(o))})
	}
	return reply(linef("What's in the way?"), buttons("what is in the way", bs...)), nil
}

// obstacleWords are what people call an obstacle, a word each.
var obstacleWords = map[nudges.Obstacle][]string{
	nudges.NobodyToAsk: {"nobody", "noone", "prospects", "leads", "names", "contacts", "list", "whom"},
	nudges.OnlyNos:     {"nos", "noes", "rejection", "rejections", "rejected", "refused"},
	nudges.ThePhone:    {"phone", "phoning", "telephone", "call", "calls", "calling", "dial", "dialling", "dialing", "voicemail"},
	nudges.FeelsPushy:  {"pushy", "salesy", "sleazy", "annoying", "bothering", "begging", "spammy"},
	nudges.NeedHelp:    {"help", "alone", "mentor", "intern"},
}

// obstacle is the one that words name; false where they name none, or several.
func obstacle(words string) (found nudges.Obstacle, ok bool) {
	plain := store.Fold(strings.NewReplacer("'", "", "’", "").Replace(words))
	said := strings.Fields(strings.ReplaceAll(plain, "no one", "noone"))
	for _, o := range nudges.Obstacles() {
		if slices.ContainsFunc(said, func(word string) bool { return slices.Contains(obstacleWords[o], word) }) {
			if ok {
				return "", false
			}
			found, ok = o, true
		}
	}
	return found, ok
}

func (v *visit) pressStuck(ctx context.Context, a action) (Reply, error) {
	r, err := v.unstick(ctx, nudges.Obstacle(a.get("on")))
	r.Replace = true
	return r, err
}

// unstick helps with an obstacle. It was asked for, so it counts against no bound.
func (v *visit) unstick(ctx context.Context, o nudges.Obstacle) (Reply, error) {
	r, ok, err := v.onDemand(ctx, func(s nudges.Situation) (nudges.Decision, bool) { return nudges.StuckHelp(s, o) })
	switch {
	case err != nil:
		return Reply{}, err
	case !ok:
		return Reply{}, errOldButton
	case o == nudges.NeedHelp && r.kind == nudges.KindHelp:
		return reply(r.parts...).with(v.routes("")...), nil
	}
	return reply(r.parts...), nil
}

// answered is a line that was asked for, as it is shown.
type answered struct {
	kind  string
	parts []part
}

// onDemand notes a line that was asked for, and shows it; ok is false where there
// is none.
func (v *visit) onDemand(ctx context.Context, decide func(nudges.Situation) (nudges.Decision, bool)) (a answered, ok bool, err error) {
	var l store.Line
	_, err = v.change(ctx, "", func(b *store.Book) error {
		s, err := nudges.SituationOf(b)
		if err != nil {
			return err
		}
		d, found := decide(s)
		if ok = found; !ok {
			return nil
		}
		l, err = b.Say(d.Line(store.OnDemand))
		return err
	})
	if err != nil || !ok {
		return a, false, err
	}
	return answered{l.Kind, v.lineParts(l, nil)}, true, nil
}
