package bot

import (
	"context"
	"strconv"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// mood notes how it is going, for the founder alone, or asks.
func (v *visit) mood(ctx context.Context, r parse.Coach) (Reply, error) {
	switch {
	case r.Rest == parse.ForgetMoods && r.Level == 0:
		return v.askForgetMoods(ctx)
	case r.Level == 0:
		return reply(linef("How is it going today?"), v.moodRow("")), nil
	}
	out, err := v.noteMood(ctx, r.Level)
	if err == nil && r.Rest != "" {
		out = out.with(aside("I kept the number and the day, not the words."))
	}
	return out, err
}

// moodRow is the five buttons. Screen readers hear which way they go.
func (v *visit) moodRow(in string) part {
	var bs []button
	for level, label := range []string{"1 low", "2", "3", "4", "5 high"} {
		bs = append(bs, button{label: label, does: v.does("mood", "level", strconv.Itoa(level+1), "in", in)})
	}
	return buttons("how it is going, from 1, low, to 5, high", bs...)
}

func (v *visit) pressMood(ctx context.Context, a action) (Reply, error) {
	r, err := v.noteMood(ctx, a.number("level"))
	r.Replace = a.get("in") != inPlan
	return r, err
}

// lowMood is the highest level at which a mood is low.
const lowMood = 2

// noteMood notes today's mood in place of an earlier one. On a low day nothing is
// asked of anybody; on the lowest there is a kind word and no coaching.
func (v *visit) noteMood(ctx context.Context, level int) (Reply, error) {
	if level < 1 || level > 5 {
		return Reply{}, errOldButton
	}
	_, err := v.change(ctx, "", func(b *store.Book) error {
		_, err := b.SetMood(level)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := reply(
		line(say("Noted for today: "), bold(strconv.Itoa(level)+" of 5"), say(".")),
		aside("Only you see it: no board, no total, nobody else. /pitch mood forget removes them all."))
	if level > lowMood {
		return r, nil
	}
	word, said, err := v.onDemand(ctx, nudges.KindWord)
	if err != nil {
		return Reply{}, err
	}
	if said {
		return r.with(word.parts...), nil
	}
	return r.with(
		linef("A low day belongs to this work as well. Nothing needs doing here today."),
		buttons("tomorrow off", button{label: "Skip tomorrow", does: v.does("skip", "in", inPlan)})), nil
}

func (v *visit) pressSkip(ctx context.Context, _ action) (Reply, error) {
	return v.skipTomorrow(ctx, store.Line{})
}

// askForgetMoods asks once before the moods go.
func (v *visit) askForgetMoods(ctx context.Context) (Reply, error) {
	var all []store.Mood
	err := v.view(ctx, func(b *store.Book) (err error) {
		all, err = b.Moods()
		return err
	})
	if err != nil || len(all) == 0 {
		return reply(linef("No mood of yours is kept.")), err
	}
	n := counted(len(all), "mood", "moods")
	return reply(
		linef("I keep "+n+" of yours. Removing them can't be undone."),
		buttons(n, button{label: "Remove " + n, does: v.does("forget-moods")}, button{label: "Keep", does: v.does("leave")})), nil
}

func (v *visit) pressForgetMoods(ctx context.Context, _ action) (Reply, error) {
	removed := 0
	_, err := v.change(ctx, "", func(b *store.Book) (err error) {
		removed, err = b.ForgetMoods()
		return err
	})
	r := reply(linef("Removed for good: " + counted(removed, "mood", "moods") + "."))
	r.Replace = true
	return r, err
}
