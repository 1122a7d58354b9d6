package bot

import (
	"context"

	"pitch/bot/parse"
)

// notYet answers a command that this version does not have.
func (v *visit) notYet(verb string) Reply {
	return reply(line(bold(verb), say(" isn't in this version yet. Nothing was changed.")), buttons("", v.sayButton("What can I type?", "help")))
}

// stuck asks what is in the way, and helps with it at once.
func (v *visit) stuck(context.Context, parse.Coach) (Reply, error) { return v.notYet("stuck"), nil }

// drafts shows the notes there are to ask for help with.
func (v *visit) drafts(context.Context) (Reply, error) { return v.notYet("drafts"), nil }
