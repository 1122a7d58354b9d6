package bot

import (
	"context"

	"pitch/bot/parse"
)

// mood notes how it is going, for the founder alone.
func (v *visit) mood(context.Context, parse.Coach) (Reply, error) { return v.notYet("mood"), nil }
