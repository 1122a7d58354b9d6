package bot

import (
	"testing"

	"pitch/nudges"
)

// TestEveryLineButtonDoesSomething: a button of a line that nothing answers would
// be a dead end. Those of a no are its reasons.
func TestEveryLineButtonDoesSomething(t *testing.T) {
	offered := map[string]bool{}
	for _, k := range nudges.Kinds() {
		for _, variant := range k.Variants {
			for _, label := range variant.Buttons {
				offered[label] = true
				if k.Name != nudges.KindReason && doings[label] == nil {
					t.Errorf("%s: nothing answers %q", k.Name, label)
				}
			}
		}
	}
	for label := range doings {
		if !offered[label] {
			t.Errorf("no line offers %q", label)
		}
	}
}

func TestObstacle(t *testing.T) {
	for said, want := range map[string]nudges.Obstacle{
		"nobody to ask": nudges.NobodyToAsk, "no one to ask": nudges.NobodyToAsk, "No-one": nudges.NobodyToAsk,
		"only no's": nudges.OnlyNos, "only no’s": nudges.OnlyNos, "all these rejections": nudges.OnlyNos,
		"the phone": nudges.ThePhone, "Calling people": nudges.ThePhone,
		"it feels pushy": nudges.FeelsPushy, "I need help": nudges.NeedHelp,
		"": "", "everything": "", "nobody answers my calls": "", "no": "",
	} {
		if got, ok := obstacle(said); got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}
