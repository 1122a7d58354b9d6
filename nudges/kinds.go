package nudges

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"pitch/store"
)

// Class is what a kind of line is for. The classes are never mixed in one line.
type Class string

// The classes.
const (
	Action   Class = "action"   // something to do
	Learning Class = "learning" // something to find out
	Support  Class = "support"  // never asks for more asks
)

// The names of the kinds. They are on disk: in store.Line and in what founders
// muted.
const (
	KindTempo    = "tempo" // asks whether less is wanted
	KindMorale   = "morale"
	KindReason   = "reason"
	KindBack     = "back"
	KindNobody   = "nobody"
	KindAsk      = "ask"
	KindHowMany  = "how_many"
	KindTune     = "tune"
	KindPhone    = "phone"
	KindOdds     = "odds"
	KindHelp     = "help"
	KindPractise = "practise"
	KindBeyond   = "beyond"
	KindWider    = "wider"
)

// trigger looks whether a kind has something to say, and what it rests on.
type trigger = func(*view) (finding, bool)

// Kind is one kind of line. To add one is to add a value to Kinds and its texts.
type Kind struct {
	Name     string
	Label    string // what people read for it
	Class    Class
	Rest     int    // days from one line of the kind to the next; 0 is none beyond the trigger's own
	Never    string // the label of "never this kind"
	Variants []Variant

	plan  trigger                                      // nil where it is said in replies alone
	reply func(*view, *store.Activity) (finding, bool) // to what was logged just now; nil where it is not
}

// Variant is a set of texts of a kind that rest on the same rule.
type Variant struct {
	Name    string // "" is the kind's own
	Rule    string // when it is said, in a sentence
	Buttons []string
	// Texts are named by their place, as in "ask/2" or "ask/next_step/1": one is
	// replaced where it stands, and new ones are added at the end.
	Texts []string
}

// NeverThisKind is what turning a kind off is called where it has no words of its
// own.
const NeverThisKind = "Never this kind"

// Kinds are all kinds of line, in the order of choosing: the first that has
// something to say, and may, is the day's.
func Kinds() []Kind {
	return []Kind{
		{Name: KindTempo, Label: "How much is said", Class: Support, Never: NeverThisKind, Variants: tempoTexts(), plan: findTempo},
		{Name: KindMorale, Label: "Morale", Class: Support, Rest: 7, Never: NeverThisKind, Variants: moraleTexts(), plan: findMorale},
		{Name: KindReason, Label: "The reason of a no", Class: Learning, Never: NeverThisKind, Variants: reasonTexts(), plan: findReason},
		{Name: KindBack, Label: "Welcome", Class: Support, Never: NeverThisKind, Variants: backTexts(), reply: findBack},
		{Name: KindNobody, Label: "An empty list", Class: Action, Rest: 7, Never: NeverThisKind, Variants: nobodyTexts(), plan: findNobody},
		{Name: KindAsk, Label: "Asking after a talk", Class: Action, Never: NeverThisKind, Variants: askTexts(), plan: findAsk},
		{Name: KindHowMany, Label: "Quiet asks and numbers", Class: Action, Never: NeverThisKind, Variants: howManyTexts(), plan: findHowMany},
		{Name: KindTune, Label: "A reason that repeats", Class: Learning, Never: NeverThisKind, Variants: tuneTexts(), plan: findTune},
		{Name: KindPhone, Label: "The phone", Class: Action, Never: "Phone is wrong for us", Variants: phoneTexts(), plan: findPhone, reply: findSecondEmail},
		{Name: KindOdds, Label: "Odds", Class: Learning, Rest: 7, Never: NeverThisKind, Variants: oddsTexts(), plan: findOdds},
		{Name: KindHelp, Label: "Help from others", Class: Support, Rest: 14, Never: NeverThisKind, Variants: helpTexts(), plan: findHelp},
		{Name: KindPractise, Label: "Practice", Class: Support, Rest: 10, Never: NeverThisKind, Variants: practiseTexts(), plan: findPractise},
		{Name: KindBeyond, Label: "Beyond developers", Class: Action, Rest: 21, Never: "On purpose", Variants: beyondTexts(), plan: findBeyond},
		{Name: KindWider, Label: "Beyond your circle", Class: Learning, Rest: 14, Never: NeverThisKind, Variants: widerTexts(), plan: findWider},
	}
}

// KindNamed is a kind by its name.
func KindNamed(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// variant is the one of that name, or the kind's first.
func (k Kind) variant(name string) Variant {
	for _, v := range k.Variants {
		if v.Name == name {
			return v
		}
	}
	return k.Variants[0]
}

// names are the names of the variant's texts.
func (v Variant) names(kind string) []string {
	all := make([]string, len(v.Texts))
	for i := range all {
		all[i] = fmt.Sprintf("%s/%d", prefix(kind, v.Name), i+1)
	}
	return all
}

func prefix(kind, variant string) string {
	if variant == "" {
		return kind
	}
	return kind + "/" + variant
}

// of is the variant that a text of the kind belongs to.
func (k Kind) of(text string) Variant {
	at := strings.LastIndexByte(text, '/')
	return k.variant(strings.TrimPrefix(strings.TrimPrefix(text[:max(at, 0)], k.Name), "/"))
}

// finding is what a trigger found.
type finding struct {
	variant  string
	prospect *store.Prospect // {who}; nil where nobody in particular is meant
	activity store.ID
	reason   store.Reason // {reason}
	n        int          // {n}
	day      store.Day    // {day}
	facts    []string
}

// MaxWho is how many characters of a name a text has room for.
const MaxWho = 60

// fill puts what was found into a text. A number it begins with gets a capital; a
// name stays as the founder wrote it.
func (f finding) fill(text string) string {
	who := ""
	if f.prospect != nil {
		who = shortName(f.prospect.Name)
	}
	filled := strings.NewReplacer("{who}", who, "{reason}", inTheirWords(f.reason), "{n}", numeral(f.n, 0), "{day}", sayDay(f.day)).Replace(text)
	if strings.HasPrefix(text, "{n}") {
		return sentence(filled)
	}
	return filled
}

// shortName is a name in at most MaxWho characters, on one line.
func shortName(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if utf8.RuneCountInString(name) <= MaxWho {
		return name
	}
	return strings.TrimSpace(string([]rune(name)[:MaxWho-1])) + "…"
}

// sayDay is a day as a fact says it.
func sayDay(d store.Day) string { return d.Format("Mon 2 Jan") }

// inTheirWords is a reason as a buyer might put it, for a text to quote; "" for
// one that says nothing about the offer.
func inTheirWords(r store.Reason) string {
	switch r {
	case store.Price:
		return "the price"
	case store.Budget:
		return "no budget now"
	case store.Timing:
		return "the timing"
	case store.Need:
		return "no need"
	case store.StatusQuo:
		return "happy as we are"
	case store.Authority:
		return "not my decision"
	case store.ProductGap:
		return "something's missing"
	case store.Competitor:
		return "we chose someone else"
	case store.Trust:
		return "too new, too risky"
	case store.BuildIt:
		return "we'll build it"
	}
	return ""
}
