package bot

import (
	"context"
	"net/url"
	"slices"

	"pitch/store"
)

// A no becomes a learning in up to three taps, none of which has to be made: why,
// then their words, whether that was said or guessed, what else there was, and
// what to change. All of it is editable later.

var learningPresses = map[string]press{
	"why":         (*visit).pressWhy,
	"reason":      (*visit).pressReason,
	"reasons":     (*visit).pressReasons,
	"change-form": (*visit).pressChangeForm,
	"no-change":   (*visit).pressNoChange,
	"learnings":   (*visit).pressLearnings,
}

var learningSubmits = map[string]submission{
	"learning": (*visit).submitLearning,
}

// learningRow is what a no still has to say. Not having asked why is an answer:
// nothing more is asked then.
func (v *visit) learningRow(l logged) []part {
	switch {
	case l.Activity.Reason == "":
		return v.reasonRow(l)
	case l.Activity.Reason == store.Unknown:
		return []part{aside("Fine, and not asked again. Should you hear why, Edit takes it.")}
	case l.Activity.Change == "":
		return v.changeRow(l)
	}
	return nil
}

// likelyShown is how many of a founder's likely reasons a row has.
const likelyShown = 5

func (v *visit) reasonRow(l logged) []part {
	return []part{
		line(say("A clear answer, worth having. What stopped "), bold(l.Prospect.Name), say("?")),
		buttons(l.Prospect.Name, v.reasonButtons(l, "")...),
	}
}

// reasonButtons are the reasons a founder hears most, the way to the rest, and
// that they did not ask why. in is what the buttons are in.
func (v *visit) reasonButtons(l logged, in string) (bs []button) {
	for _, reason := range l.reasons[:min(likelyShown, len(l.reasons))] {
		bs = append(bs, v.reasonButton(l, reason))
	}
	bs = append(bs, button{label: "More…", does: v.about(l, "reasons")}, v.reasonButton(l, store.Unknown))
	for i := range bs {
		if in != "" {
			bs[i].does.about.Set("in", in)
		}
	}
	return bs
}

// allReasons is reasonRow with every reason there is.
func (v *visit) allReasons(l logged) []part {
	var bs []button
	for _, reason := range store.Reasons() {
		bs = append(bs, v.reasonButton(l, reason))
	}
	return []part{line(say("What stopped "), bold(l.Prospect.Name), say("?")), buttons(l.Prospect.Name, bs...)}
}

func (v *visit) reasonButton(l logged, reason store.Reason) button {
	return button{label: reasonLabels[reason], does: v.about(l, "reason", "reason", string(reason))}
}

func (v *visit) changeRow(l logged) []part {
	return []part{linef("What will you change?"), buttons(l.Prospect.Name,
		button{label: "Note it", does: v.about(l, "change-form"), primary: true},
		button{label: "Nothing for now", does: v.about(l, "no-change")})}
}

// pressWhy asks for the reason of a no that was logged without one.
func (v *visit) pressWhy(ctx context.Context, a action) (Reply, error) {
	return v.relog(ctx, a, v.reasonRow)
}

func (v *visit) pressReason(ctx context.Context, a action) (Reply, error) {
	reason := store.Reason(a.get("reason"))
	r, err := v.amend(ctx, "reason: "+reasonLabels[reason], a, func(x *store.Activity) { x.Reason = reason }, nil)
	if line := a.recordID("line"); line != 0 && err == nil {
		v.heeded(ctx, line, reasonLabels[reason])
	}
	if err == nil && v.isNew() {
		r = r.with(aside("/pitch today shows what is due; /pitch undo takes the last change back."))
	}
	return r, err
}

func (v *visit) pressReasons(ctx context.Context, a action) (Reply, error) {
	return v.relog(ctx, a, v.allReasons)
}

func (v *visit) pressNoChange(ctx context.Context, a action) (Reply, error) {
	return v.relog(ctx, a, func(logged) []part {
		return []part{linef("Kept as it is. You can add to it later, with Edit.")}
	})
}

func (v *visit) pressChangeForm(ctx context.Context, a action) (Reply, error) {
	return v.learningForm(ctx, a.recordID("id"))
}

// learningForm asks what a no taught.
func (v *visit) learningForm(ctx context.Context, id store.ID) (Reply, error) {
	a, _, err := v.editableEntry(ctx, id)
	return v.form("learning", "What you learnt", "Keep it", url.Values{"id": {id.String()}},
		field("change", "What will you change?", "One thing, for the next five asks.", false, textInput("change", a.Change, "Lead with the price", true)),
		wordsField(a.Words), saidField(a.Guessed),
		field("also", "Was there more to it?", "", false, checkInput("also",
			func(c choice) bool { return slices.Contains(a.Also, store.Reason(c.value)) }, choices(furtherReasons(a.Reason), reasonLabels))),
	), err
}

func (v *visit) submitLearning(ctx context.Context, f filled) (Reply, error) {
	var also []store.Reason
	for _, reason := range f.several("also") {
		also = append(also, store.Reason(reason))
	}
	change, words, guessed := f.text("change"), f.text("words"), f.chosen("said") == myGuess
	if change == "" && words == "" && !guessed && len(also) == 0 {
		return Reply{}, wrong("change", "One thing, in a few words, or press Cancel.")
	}
	first := false
	r, err := v.amend(ctx, "what you learnt", v.does("", "id", f.id().String()), func(a *store.Activity) {
		first = a.Change == "" && change != ""
		a.Change, a.Words, a.Guessed = change, words, guessed
		a.Also = also
	}, func(l logged) []part {
		if !first {
			return []part{} // it was asked just now, and not asked again
		}
		return []part{buttons(l.Prospect.Name, button{label: "Name it as a new offer", does: v.about(l, "offer-form")})}
	})
	r.Replace = false
	return r, err
}

// furtherReasons are those that may come on top of a reason: as many as Slack's
// checkboxes take.
func furtherReasons(reason store.Reason) []store.Reason {
	all := slices.DeleteFunc(store.Reasons(), func(r store.Reason) bool { return r == reason || r == store.Unknown })
	return all[:min(len(all), maxChecks)]
}

// maxChecks is how many checkboxes Slack takes in a group.
const maxChecks = 10
