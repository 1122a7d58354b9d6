package bot

import (
	"context"
	"slices"
	"strings"

	"pitch/nudges"
	"pitch/store"
)

func (v *visit) fewerLines(ctx context.Context, _ store.Line) (Reply, error) {
	return v.setCoach(ctx, "fewer lines", "One line a week at most, from now on.", func(f *store.Founder) { f.Coach.Fewer = true })
}

// muteDays is how long a kind of line is put off for.
const muteDays = 7

// differentLines puts off the kinds that had no answer lately.
func (v *visit) differentLines(ctx context.Context, _ store.Line) (Reply, error) {
	var kinds []string
	err := v.view(ctx, func(b *store.Book) error {
		all, err := b.Lines()
		for _, l := range slices.Backward(all) {
			if l.Answer == "" && l.Place != store.OnDemand && l.Kind != nudges.KindTempo && !slices.Contains(kinds, l.Kind) && len(kinds) < 3 {
				kinds = append(kinds, l.Kind)
			}
		}
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if len(kinds) == 0 {
		return reply(linef("No line was left alone lately, so there is nothing to change.")), nil
	}
	return v.setCoach(ctx, "different lines", "Then others: the last kinds you left alone rest for two weeks.", func(f *store.Founder) {
		for _, kind := range kinds {
			f.Coach.Muted[kind] = max(f.Coach.Muted[kind], v.today()+2*muteDays)
		}
	})
}

func (v *visit) noLines(ctx context.Context, _ store.Line) (Reply, error) {
	return v.setCoach(ctx, "coaching off", "No more coach lines. Your reminders stay as they are; /pitch coaching on brings them back.", func(f *store.Founder) { f.Coaching = false })
}

// pressNotForMe offers the ways out of a line.
func (v *visit) pressNotForMe(ctx context.Context, a action) (Reply, error) {
	l, err := v.line(ctx, a)
	if err != nil {
		return Reply{}, err
	}
	v.heeded(ctx, l.ID, notForMe)
	_, never := nudges.Offered(l)
	way := func(label, how string) button {
		return button{label: label, does: v.does("mute", "line", l.ID.String(), "how", how)}
	}
	return reply(
		line(say("Fine. What shall I do about this line? “"+clip(l.Said, 120)+"”")),
		buttons("this line", way("Not for 7 days", "week"), way(never, "never"), way("Drop this text", "text"), way("All coaching off", "all")),
		aside("/pitch why says what it rested on."),
	), nil
}

// pressMute takes one of the ways out.
func (v *visit) pressMute(ctx context.Context, a action) (Reply, error) {
	l, err := v.line(ctx, a)
	if err != nil {
		return Reply{}, err
	}
	kind, _ := nudges.KindNamed(l.Kind)
	about := "Lines about “" + strings.ToLower(kind.Label) + "”"
	var r Reply
	switch a.get("how") {
	case "week":
		r, err = v.setCoach(ctx, "not for 7 days", about+" rest until "+dayLabel(v.today()+muteDays, v.today())+".",
			func(f *store.Founder) { f.Coach.Muted[l.Kind] = max(f.Coach.Muted[l.Kind], v.today()+muteDays) })
	case "never":
		r, err = v.setCoach(ctx, "never this kind", about+" won't come again.",
			func(f *store.Founder) { f.Coach.Muted[l.Kind] = store.Never })
	case "text":
		r, err = v.setCoach(ctx, "drop a text", "You won't read that one again.", func(f *store.Founder) {
			if !slices.Contains(f.Coach.Dropped, l.Text) {
				f.Coach.Dropped = append(f.Coach.Dropped, l.Text)
			}
		})
	default:
		r, err = v.noLines(ctx, l)
	}
	r.Replace = true
	return r, err
}
