package bot

import (
	"context"
	"maps"
	"slices"
	"strings"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// coaching turns the coach on or off, or shows what it may say and what was turned
// off.
func (v *visit) coaching(ctx context.Context, r parse.Coach) (Reply, error) {
	switch {
	case r.On == nil:
		return reply(v.heard(v.founder)...), nil
	case *r.On:
		return v.setCoach(ctx, "coaching on", "Coaching is on: one line a day at most, from your own log. Each says why with /pitch why.",
			func(f *store.Founder) { f.Coaching = true })
	}
	return v.noLines(ctx, store.Line{})
}

// heard is what a founder hears of the coach. Whatever was turned off has a button
// that brings it back.
func (v *visit) heard(f store.Founder) []part {
	turn, says := v.sayButton("Turn it off", "coaching off"), "Coaching is on: one line a day at most, from your own log."
	if !f.Coaching {
		turn, says = v.sayButton("Turn it on", "coaching on"), "Coaching is off."
	}
	parts := []part{linef(says)}
	items, back := v.turnedOff(f)
	if len(items) > 0 {
		parts = append(parts, line(bold("You turned off")), list(items...), buttons("", back...))
	}
	return append(parts, buttons("coaching", turn, v.sayButton("Why the last one?", "why"), v.sayButton("What it rests on", "help coaching")))
}

// turnedOff is what a founder does not want to hear, each with its way back.
func (v *visit) turnedOff(f store.Founder) (items [][]word, back []button) {
	off := func(what, how, label, kind string) {
		items = append(items, []word{bold(what), say(how)})
		back = append(back, button{label: label, does: v.does("unmute", "kind", kind)})
	}
	if f.Coach.Fewer {
		off("All but one line a week", ": you chose fewer", "As often as before", fewerKind)
	}
	for _, k := range nudges.Kinds() {
		until, muted := f.Coach.Muted[k.Name]
		dropped := len(slices.DeleteFunc(slices.Clone(f.Coach.Dropped), func(text string) bool { return !ofKind(text, k.Name) }))
		muted = muted && v.today() < until
		var how []string
		switch {
		case muted && until >= store.Never:
			how = append(how, "for good")
		case muted:
			how = append(how, "until "+dayLabel(until, v.today()))
		}
		if dropped > 0 {
			how = append(how, counted(dropped, "text", "texts")+" dropped")
		}
		if len(how) > 0 {
			off(k.Label, ": "+strings.Join(how, ", "), "Bring back “"+strings.ToLower(k.Label)+"”", k.Name)
		}
	}
	return items, back
}

// fewerKind is what "one a week at most" is called among what can be brought back.
const fewerKind = "fewer"

// ofKind reports whether a text is one of a kind's.
func ofKind(text, kind string) bool {
	of, _, _ := strings.Cut(text, "/")
	return of == kind
}

// pressUnmute brings back a kind that was turned off, with all of its texts.
func (v *visit) pressUnmute(ctx context.Context, a action) (Reply, error) {
	name := a.get("kind")
	says := "Lines may come as often as before."
	if name != fewerKind {
		k, known := nudges.KindNamed(name)
		if !known {
			return Reply{}, errOldButton
		}
		says = "Lines about “" + strings.ToLower(k.Label) + "” may come again, when your log calls for them."
	}
	r, err := v.setCoach(ctx, "bring lines back", says, func(f *store.Founder) {
		if name == fewerKind {
			f.Coach.Fewer = false
			return
		}
		delete(f.Coach.Muted, name)
		f.Coach.Dropped = slices.DeleteFunc(f.Coach.Dropped, func(text string) bool { return ofKind(text, name) })
	})
	if err != nil {
		return Reply{}, err
	}
	if items, back := v.turnedOff(v.founder); len(items) > 0 {
		r = r.with(line(bold("Still off")), list(items...), buttons("", back...))
	}
	r.Replace = true
	return r, nil
}

// setCoach changes what a founder hears from the coach.
func (v *visit) setCoach(ctx context.Context, what, says string, set func(*store.Founder)) (Reply, error) {
	_, step, err := v.setFounder(ctx, what, func(f *store.Founder) {
		f.Coach.Muted, f.Coach.Dropped = maps.Clone(f.Coach.Muted), slices.Clone(f.Coach.Dropped)
		if f.Coach.Muted == nil {
			f.Coach.Muted = map[string]store.Day{}
		}
		set(f)
	})
	if err != nil {
		return Reply{}, err
	}
	return reply(linef(says), buttons("coaching", v.undoButton(step))), nil
}

// helpOnCoaching is what the coach rests on, what it may say, and how to stop it.
func (v *visit) helpOnCoaching(examples []parse.Example) Reply {
	labels := map[string]nudges.Kind{}
	var never []string
	for _, k := range nudges.Kinds() {
		labels[k.Name] = k
		if k.Never != nudges.NeverThisKind {
			never = append(never, "“"+k.Never+"”")
		}
	}
	var lines [][]word
	for _, s := range nudges.Sources() {
		lines = append(lines, []word{bold(labels[s.Kind].Label + ": "), say(s.Says)})
	}
	return v.helpOn("Coaching", examples).with(
		linef(nudges.SourcesNote), list(lines...),
		linef("To turn a kind off, press Not for me under one of its lines: for 7 days, for good ("+and(append([]string{"“" + nudges.NeverThisKind + "”"}, never...))+"), that text alone, or all coaching. /pitch coaching shows what is off and brings it back."),
	)
}
