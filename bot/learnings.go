package bot

import (
	"context"

	"pitch/bot/parse"
)

// learnings shows the no's.
func (v *visit) learnings(_ context.Context, _ parse.Learnings) (Reply, error) {
	return v.notYet("learnings"), nil
}
