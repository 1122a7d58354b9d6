package bot

import (
	"testing"

	"pitch/nudges"
)

// TestEveryCoachButton: what a line proposes can be done. The reason of a no has
// the reasons for buttons.
func TestEveryCoachButton(t *testing.T) {
	for _, k := range nudges.Kinds() {
		for _, v := range k.Variants {
			for _, label := range v.Buttons {
				if doings[label] == nil && k.Name != nudges.KindReason {
					t.Errorf("nothing does %q of %s %s", label, k.Name, v.Name)
				}
			}
		}
	}
}
