package bot

import (
	"context"

	"pitch/bot/parse"
)

// partner has a founder introduced to another one each week, or no longer.
func (v *visit) partner(context.Context, parse.Coach) (Reply, error) { return v.notYet("partner"), nil }
