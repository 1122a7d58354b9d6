package nudges

import "pitch/store"

// Obstacle is what a founder says is in the way.
type Obstacle string

// The obstacles, in the order people are shown them.
const (
	NobodyToAsk Obstacle = "nobody"
	OnlyNos     Obstacle = "nos"
	ThePhone    Obstacle = "phone"
	FeelsPushy  Obstacle = "pushy"
	NeedHelp    Obstacle = "help"
)

// Obstacles are all of them.
func Obstacles() []Obstacle {
	return []Obstacle{NobodyToAsk, OnlyNos, ThePhone, FeelsPushy, NeedHelp}
}

// Label is what people read for an obstacle.
func (o Obstacle) Label() string {
	switch o {
	case NobodyToAsk:
		return "Nobody to ask"
	case OnlyNos:
		return "Only no's"
	case ThePhone:
		return "The phone"
	case FeelsPushy:
		return "Feels pushy"
	case NeedHelp:
		return "I need help"
	}
	return ""
}

// StuckHelp is what helps with an obstacle, at once and whatever was said before:
// it was asked for. It is false for an obstacle there is none of. On the lowest
// days it is a kind word. Noted as [store.OnDemand], it counts against no bound.
func StuckHelp(s Situation, o Obstacle) (Decision, bool) {
	if o.Label() == "" {
		return Decision{}, false
	}
	v := newView(s)
	v.Founder.Coach.Dropped = nil // a founder who asks is answered
	name, f := v.against(o)
	f.facts = append([]string{"You said what is in the way: " + o.Label() + "."}, f.facts...)
	k, _ := KindNamed(name)
	return v.say(k, f)
}

// KindWord is what is said in reply to a mood on the lowest days, and on no other;
// of the rest of the coach nothing is said then.
func KindWord(s Situation) (Decision, bool) {
	v := newView(s)
	f, ok := findMorale(v)
	if !ok || !v.distress() {
		return Decision{}, false
	}
	v.Founder.Coach.Dropped = nil // a founder who says so is answered
	k, _ := KindNamed(KindMorale)
	return v.say(k, f)
}

// against is the kind that helps with an obstacle, and what it says.
func (v *view) against(o Obstacle) (kind string, f finding) {
	tuning, repeats := findTune(v)
	switch {
	case v.distress():
		return KindMorale, finding{variant: "distress"}
	case o == NobodyToAsk:
		return KindNobody, finding{variant: "stuck"}
	case o == OnlyNos && repeats:
		return KindTune, tuning
	case o == OnlyNos:
		return KindMorale, finding{}
	case o == ThePhone:
		return KindPhone, finding{}
	case o == FeelsPushy:
		return KindMorale, finding{variant: "pushy"}
	}
	return KindHelp, finding{}
}

// Rehearsal is material for saying the ask out loud before it counts.
type Rehearsal struct {
	// Opening is the founder's own: the first sentence they planned last or, where
	// there is none, the name of their offer; "" where there is neither.
	Opening string
	Prompt  string // what to write first
	Replies []BuyerReply
}

// BuyerReply is something a buyer may say to an ask, and what to answer to.
type BuyerReply struct {
	Name   string // "but", "later" or "price": stable
	Says   string
	Prompt string
}

// Rehearse is the rehearsal for a founder. It rates nothing.
func Rehearse(s Situation) Rehearsal {
	r := Rehearsal{Prompt: "Write the ask as you would say it: one sentence, one question.", Replies: []BuyerReply{
		{"but", "Yes, it looks good, but we would need a few more things first.", "Which one thing would make it a yes, and by when? Ask for that."},
		{"later", "Not now. We have too much on our plate.", "When would be a better time? Ask for a month, and for leave to write then."},
		{"price", "No, that's more than we can spend.", "What would a smaller first step be? Name it, with its price."},
	}}
	v := newView(s)
	if now, _ := v.offer(); now.Name != "" {
		r.Opening = shortName(now.Name)
	}
	var newest store.ID
	for _, c := range s.Commitments {
		if c.Sentence != "" && c.ID >= newest {
			newest, r.Opening = c.ID, c.Sentence
		}
	}
	if r.Opening != "" {
		r.Prompt = "Begin with your own words above, and say them as one sentence with one question."
	}
	return r
}
