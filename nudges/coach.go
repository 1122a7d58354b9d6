package nudges

import (
	"slices"
	"time"

	"pitch/store"
)

// Coach lines are what Pitch says beyond what it was asked to. A founder gets one
// a day at most, and each rests on their own log:
//
//	Situation ──► view     indexes, and how often lines were heeded (view.go, pace.go)
//	              │ silence    off, a day off, asleep, capped: nothing
//	              ▼
//	            Kinds      in the order of choosing (kinds.go): the first whose
//	              │        trigger holds, and that is neither muted nor resting
//	              ▼
//	            Variant    of the trigger's finding; of its texts (texts.go) the
//	              │        one this founder has not read for longest
//	              ▼
//	            Decision   the filled text, and the facts and the rule it rests on
//
// All of it is worked out from the records alone, so that it comes out the same
// after a restart.

// Situation is what coach lines rest on: one founder's records, each list in any
// order, as of a day.
type Situation struct {
	Today       store.Day
	Location    *time.Location // the founder's; nil is UTC
	Founder     store.Founder
	Activities  []store.Activity
	Prospects   []store.Prospect
	Commitments []store.Commitment // those that are open
	Offers      []store.Offer
	Moods       []store.Mood
	Lines       []store.Line // that were put to them before
	// AskedReasons are the no's whose reason a plan or recap has asked for.
	AskedReasons map[store.ID]bool
}

// Decision is a line to be put to the founder.
type Decision struct {
	Kind     string
	Class    Class
	Variant  string // of the kind's texts; "" where it has one set
	Text     string // which text it is, such as "ask/2"
	Said     string // the text, filled in
	Prospect store.ID
	Activity store.ID
	Reason   store.Reason
	Facts    []string // what it rests on, in sentences
	Rule     string   // why that calls for a line, in a sentence
	Caps     []string // which bounds it was within, in sentences; none on demand
	Buttons  []string // the labels; the first does the thing
	Never    string   // the label of "never this kind"
}

// Line is the decision as it is noted once it was put to the founder somewhere.
func (d Decision) Line(place store.Place) store.Line {
	return store.Line{
		Kind: d.Kind, Text: d.Text, Said: d.Said, Facts: d.Facts, Place: place,
		Prospect: d.Prospect, Activity: d.Activity, Reason: d.Reason,
	}
}

// Decide is the line for a plan, a recap or the Home, if there is one to be said.
func Decide(s Situation) (Decision, bool) {
	return decide(newView(s), func(k Kind) trigger { return k.plan })
}

// DecideReply is the line for the reply to an activity that was logged just now
// and is among the situation's, if there is one to be said.
func DecideReply(s Situation, just store.Activity) (Decision, bool) {
	v := newView(s)
	return decide(v, func(k Kind) trigger {
		if k.reply == nil {
			return nil
		}
		return func(v *view) (finding, bool) { return k.reply(v, &just) }
	})
}

// DecideBeside is the line for the reply to an activity of somebody who gets no
// plan that could carry it. It leaves alone what the reply itself asks: for the
// reason of a no, and for the ask after a talk.
func DecideBeside(s Situation, just store.Activity) (Decision, bool) {
	return decide(newView(s), func(k Kind) trigger {
		if k.plan == nil || k.Name != KindReason && k.Name != KindAsk {
			return k.plan
		}
		return func(v *view) (finding, bool) {
			f, ok := k.plan(v)
			return f, ok && f.activity != just.ID
		}
	})
}

// decide is the first of the kinds that has a trigger, something to say and may
// say it.
func decide(v *view, of func(Kind) trigger) (Decision, bool) {
	if v.silence() != "" {
		return Decision{}, false
	}
	for _, k := range v.kinds() {
		look := of(k)
		if look == nil || v.held(k) != "" {
			continue
		}
		if f, ok := look(v); ok {
			if d, ok := v.say(k, f); ok {
				d.Caps = v.caps()
				return d, true
			}
		}
	}
	return Decision{}, false
}

// kinds are those that may be said at all: in distress, the kind word alone.
func (v *view) kinds() []Kind {
	all := Kinds()
	if v.distress() {
		all = slices.DeleteFunc(all, func(k Kind) bool { return k.Name != KindMorale })
	}
	return all
}

// held is why a kind is not said today although it may have something to say, in
// a sentence; "" if nothing holds it.
func (v *view) held(k Kind) string {
	until, muted := v.Founder.Coach.Muted[k.Name]
	last := v.last(k.Name)
	switch {
	case muted && until >= store.Never:
		return "You chose not to hear this kind."
	case muted && v.Today < until:
		return "You put this kind off until " + sayDay(until) + "."
	case k.Rest > 0 && last != 0 && v.Today-last < store.Day(k.Rest):
		return "It was said on " + sayDay(last) + ", and is said once in " + numeral(k.Rest, 0) + " days at most."
	case v.inWeek(k.Name) >= KindAWeek:
		return "It has been said twice this week, and isn't said more often."
	}
	return ""
}

// say fills the text of a kind that the founder has not read for longest; false
// where they dropped them all.
func (v *view) say(k Kind, f finding) (Decision, bool) {
	variant := k.variant(f.variant)
	at, ok := v.leastSeen(variant.names(k.Name))
	if !ok {
		return Decision{}, false
	}
	d := Decision{
		Kind: k.Name, Class: k.Class, Variant: f.variant, Text: variant.names(k.Name)[at], Said: f.fill(variant.Texts[at]),
		Activity: f.activity, Reason: f.reason, Facts: f.facts, Rule: variant.Rule, Buttons: variant.Buttons, Never: k.Never,
	}
	if f.prospect != nil {
		d.Prospect = f.prospect.ID
	}
	return d, true
}

// leastSeen is the place of the text that was said longest ago, the first of
// those never said; false where all are dropped.
func (v *view) leastSeen(names []string) (at int, ok bool) {
	var oldest time.Time
	for i, name := range names {
		if slices.Contains(v.Founder.Coach.Dropped, name) {
			continue
		}
		if seen := v.seen[name]; !ok || seen.Before(oldest) {
			at, oldest, ok = i, seen, true
		}
	}
	return at, ok
}
