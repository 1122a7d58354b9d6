package bot

import (
	"context"
)

// forgetMe removes everything about the founder.
func (v *visit) forgetMe(context.Context) (Reply, error) {
	return v.notYet("forget me"), nil
}

// stored says what is kept.
func (v *visit) stored() Reply {
	return reply(linef("I keep what you log and promise: your prospects' names, what you asked and what they said, your settings, time zone and our DM's id, the channels you gave a board, and your last changes, for undo. Only you see it; the board shows counts of those who chose it. Of Slack I read what you write to me, and nothing else."))
}
