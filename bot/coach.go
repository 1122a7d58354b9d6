package bot

import (
	"context"

	"pitch/bot/parse"
)

// coach answers the coach's commands.
func (v *visit) coach(_ context.Context, r parse.Coach) (Reply, error) {
	return v.notYet(string(r.Verb)), nil
}

// notYet answers a command that this version does not have.
func (v *visit) notYet(verb string) Reply {
	return reply(line(bold(verb), say(" isn't in this version yet. Nothing was changed.")), buttons("", v.sayButton("What can I type?", "help")))
}
