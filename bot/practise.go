package bot

import "context"

// practise rehearses the ask.
func (v *visit) practise(context.Context) (Reply, error) { return v.notYet("practise"), nil }
