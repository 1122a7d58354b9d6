package bot

import (
	"context"

	"pitch/bot/parse"
)

// prospectList lists the prospects.
func (v *visit) prospectList(context.Context) (Reply, error) {
	return v.notYet("prospects"), nil
}

// rename gives a prospect another name.
func (v *visit) rename(_ context.Context, _ parse.Rename) (Reply, error) {
	return v.notYet("rename"), nil
}

// deleteProspect removes a prospect.
func (v *visit) deleteProspect(_ context.Context, _ parse.Delete) (Reply, error) {
	return v.notYet("delete"), nil
}

// mark notes what is known of a prospect.
func (v *visit) mark(_ context.Context, _ parse.Mark) (Reply, error) {
	return v.notYet("note"), nil
}
