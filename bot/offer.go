package bot

import (
	"context"

	"pitch/bot/parse"
)

// offer names a version of the offer.
func (v *visit) offer(_ context.Context, _ parse.Offer) (Reply, error) {
	return v.notYet("offer"), nil
}
