package bot

import (
	"context"
)

// stats shows the founder their counts.
func (v *visit) stats(context.Context) (Reply, error) {
	return v.notYet("stats"), nil
}
