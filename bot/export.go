package bot

import (
	"context"
)

// export sends the founder their records.
func (v *visit) export(context.Context) (Reply, error) {
	return v.notYet("export"), nil
}
