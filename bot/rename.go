package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pitch/bot/parse"
	"pitch/store"
)

// rename gives a prospect another name, or shows what merging them with the one
// who has it would do.
func (v *visit) rename(ctx context.Context, r parse.Rename) (Reply, error) {
	p, ask := v.meant(r.Who)
	if p.ID == 0 {
		return ask, nil
	}
	if r.To.ID != 0 && r.To.ID != p.ID {
		return v.mergePreview(ctx, p.ID, r.To.ID)
	}
	return v.renameTo(ctx, p, r.To.Name)
}

// renameTo is rename once it is known who.
func (v *visit) renameTo(ctx context.Context, p store.Prospect, name string) (Reply, error) {
	was, name := p.Name, strings.TrimSpace(name)
	if name == was {
		return reply(line(say("That is the name already: "), bold(was), say(". Nothing was changed."))), nil
	}
	step, err := v.change(ctx, "rename "+was+" to "+name, func(b *store.Book) (err error) {
		p, err = b.Rename(p.ID, name)
		return err
	})
	if errors.Is(err, store.ErrAmbiguous) {
		return v.mergePreview(ctx, p.ID, v.called(name, p.ID))
	}
	if err != nil {
		return Reply{}, err
	}
	return reply(line(say("Renamed: "+was+" is now "), bold(p.Name), stop(p.Name)), buttons(p.Name, v.undoButton(step))), nil
}

// called is another prospect of the visitor's with that name, or 0.
func (v *visit) called(name string, but store.ID) store.ID {
	for _, p := range v.prospects {
		if p.ID != but && store.Fold(p.Name) == store.Fold(name) {
			return p.ID
		}
	}
	return 0
}

// merged is what a merge leaves, or would.
type merged struct {
	from, into, both           store.Prospect
	fromHas, intoHas, bothHave store.Holdings
	fewerAsks                  int // that count: two on one day are one from then on
}

// merge makes two prospects one in a book, and says what that did. In a book that
// is only read it shows what it would do, by the same rules.
func merge(b *store.Book, from, into store.ID) (m merged, err error) {
	if m.from, err = b.Prospect(from); err != nil {
		return m, err
	}
	if m.into, err = b.Prospect(into); err != nil {
		return m, err
	}
	if m.fromHas, err = b.HoldingsOf(from); err != nil {
		return m, err
	}
	if m.intoHas, err = b.HoldingsOf(into); err != nil {
		return m, err
	}
	counted, err := countedWith(b, from, into)
	if err != nil {
		return m, err
	}
	if m.both, err = b.Merge(from, into); err != nil {
		return m, err
	}
	if m.bothHave, err = b.HoldingsOf(into); err != nil {
		return m, err
	}
	left, err := countedWith(b, into)
	m.fewerAsks = counted - left
	return m, err
}

// countedWith is how many asks to some prospects count on the board.
func countedWith(b *store.Book, prospects ...store.ID) (n int, err error) {
	for _, id := range prospects {
		acts, err := b.ActivitiesWith(id)
		if err != nil {
			return 0, err
		}
		n += store.CountedAsks(acts)
	}
	return n, nil
}

// mergePreview says what merging would do, and asks.
func (v *visit) mergePreview(ctx context.Context, from, into store.ID) (Reply, error) {
	var m merged
	err := v.view(ctx, func(b *store.Book) (err error) {
		m, err = merge(b, from, into)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	has := func(p store.Prospect, h store.Holdings) []word {
		return []word{bold(p.Name), say(": " + holdingText(h) + knownAs(p))}
	}
	r := reply(
		line(say("You have both "), bold(m.from.Name), say(" and "), bold(m.into.Name), say(". Are they one?")),
		list(has(m.from, m.fromHas), has(m.into, m.intoHas)),
		line(append([]word{say("Merged: ")}, has(m.both, m.bothHave)...)...))
	if m.fewerAsks > 0 {
		r = r.with(aside("They were asked on one day: two such asks count as one in your week and towards your goal, so " + plural(store.Ask, m.fewerAsks) + " fewer."))
	}
	if m.from.Note != "" && !strings.Contains(m.both.Note, m.from.Note) {
		r = r.with(aside(fmt.Sprintf("Their notes are longer together than the %d characters of a note: the end of %s's would go.", store.MaxWords, m.from.Name)))
	}
	return r.with(buttons(m.both.Name,
		button{label: "Merge", does: v.does("merge", "from", from.String(), "into", into.String()), primary: true},
		button{label: "Leave", does: v.does("leave")})), nil
}

// pressMerge merges as the preview said.
func (v *visit) pressMerge(ctx context.Context, a action) (Reply, error) {
	var m merged
	step, err := v.change(ctx, "merge", func(b *store.Book) (err error) {
		if m, err = merge(b, a.recordID("from"), a.recordID("into")); err != nil {
			return err
		}
		_, err = b.Describe("merge " + m.from.Name + " into " + m.into.Name)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := reply(line(say("Merged: "+m.from.Name+" is part of "), bold(m.both.Name), say(" now: "+holdingText(m.bothHave)+knownAs(m.both))),
		buttons(m.both.Name, v.undoButton(step)))
	r.Replace = true
	return r, nil
}

// pressLeave answers a question with no.
func pressLeave(*visit, context.Context, action) (Reply, error) {
	r := reply(linef("Left as it is. Nothing was changed."))
	r.Replace = true
	return r, nil
}

// holdingText is what there is about a prospect, in words.
func holdingText(h store.Holdings) string {
	said := []string{counted(h.Activities, "entry", "entries")}
	if h.Asks > 0 {
		said[0] += " (" + plural(store.Ask, h.Asks) + ")"
	}
	if h.Activities == 0 {
		said[0] = "nothing logged"
	}
	if h.Commitments > 0 {
		said = append(said, counted(h.Commitments, "commitment", "commitments"))
		if h.Open > 0 {
			said[1] += fmt.Sprintf(" (%d open)", h.Open)
		}
	}
	return strings.Join(said, ", ")
}
