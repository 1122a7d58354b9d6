package bot

import (
	"context"

	"pitch/bot/parse"
)

// history lists what was logged.
func (v *visit) history(_ context.Context, _ parse.History) (Reply, error) {
	return v.notYet("history"), nil
}
