package bot

import (
	"context"

	"pitch/bot/parse"
	"pitch/store"
)

// deleteProspect says what would go with a prospect, and asks.
func (v *visit) deleteProspect(ctx context.Context, r parse.Delete) (Reply, error) {
	p, ask := v.meant(r.Who)
	if p.ID == 0 {
		return ask, nil
	}
	var h store.Holdings
	var counts int
	err := v.view(ctx, func(b *store.Book) (err error) {
		if h, err = b.HoldingsOf(p.ID); err != nil {
			return err
		}
		counts, err = countedWith(b, p.ID)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	out := reply(line(say("Delete "), bold(p.Name), say("? This goes with them: "+holdingText(h)+".")))
	if counts > 0 && v.founder.OnBoard {
		out = out.with(linef("On the board you would have " + plural(store.Ask, counts) + " fewer."))
	}
	if p.DoNotContact {
		out = out.with(linef("Their do-not-contact mark goes too: nothing would keep them off a list any more."))
	}
	return out.with(buttons(p.Name,
		button{label: "Delete", does: v.does("delete", "id", p.ID.String()), confirm: "Delete " + clip(p.Name, nameShown) + " and all that is about them?"},
		button{label: "Keep", does: v.does("leave")})), nil
}

// pressDelete deletes a prospect as was said.
func (v *visit) pressDelete(ctx context.Context, a action) (Reply, error) {
	var p store.Prospect
	var h store.Holdings
	step, err := v.change(ctx, "delete", func(b *store.Book) (err error) {
		if p, err = b.Prospect(a.recordID("id")); err != nil {
			return err
		}
		if h, err = b.RemoveProspect(p.ID); err != nil {
			return err
		}
		_, err = b.Describe("delete " + p.Name)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := reply(line(say("Deleted: "), bold(p.Name), say(", with "+holdingText(h)+".")), buttons(p.Name, v.undoButton(step)))
	r.Replace = true
	return r, nil
}
