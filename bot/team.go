package bot

import (
	"context"
)

// teamTotals shows an admin totals.
func (v *visit) teamTotals(context.Context) (Reply, error) {
	return v.notYet("team"), nil
}
