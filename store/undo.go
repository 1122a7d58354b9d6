package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
)

// Describe names the change under way in the founder's words ("log call Jane").
// A change that is named and has an effect ([Book.Effective]) becomes a step that
// can be undone; its id is returned. The name and the step are the founder's
// alone: what a new day does to commitments ([Book.Roll]) is no part of them.
func (b *Book) Describe(what string) (ID, error) {
	b.what = what
	if b.step != 0 {
		return b.step, nil
	}
	id, err := b.rows.NextID()
	b.step = id
	return id, err
}

// journal stages the step of a change that was named, and lets the oldest go.
func (b *Book) journal() error {
	before, after := b.altered()
	if b.what == "" || after.empty() {
		return nil
	}
	b.out.Steps[b.step] = &Step{ID: b.step, At: b.Now, What: b.what, Before: before, After: after}
	kept, err := b.rows.StepIDs()
	if err != nil {
		return err
	}
	for i := 0; i <= len(kept)-StepsKept; i++ {
		b.out.Steps[kept[i]] = nil
	}
	return nil
}

// Effective reports whether the change has so far left any of the founder's rows
// other than it was. Without that the id from Describe is no step's, and there is
// nothing to undo.
func (b *Book) Effective() bool {
	_, after := b.altered()
	return !after.empty()
}

// altered are the rows that the change leaves other than they were, before and
// after it. Having joined is not among them: it is not undone.
func (b *Book) altered() (before, after Images) {
	if old, is := b.before.Founder, b.out.Founder; old != nil && is != nil && !same(old, is) {
		before.Founder, after.Founder = old, is
	}
	before.Prospects, after.Prospects = alteredRows(b.before.Prospects, b.out.Prospects)
	before.Activities, after.Activities = alteredRows(b.before.Activities, b.out.Activities)
	before.Commitments, after.Commitments = alteredRows(b.before.Commitments, b.out.Commitments)
	before.Boards, after.Boards = alteredRows(b.before.Boards, b.out.Boards)
	before.Offers, after.Offers = alteredRows(b.before.Offers, b.out.Offers)
	relined := maps.Clone(b.out.Lines)
	maps.DeleteFunc(relined, func(id ID, _ *Line) bool { return b.before.Lines[id] == nil })
	before.Lines, after.Lines = alteredRows(b.before.Lines, relined)
	return before, after
}

func alteredRows[K comparable, V any](before, staged map[K]*V) (was, is map[K]*V) {
	was, is = map[K]*V{}, map[K]*V{}
	for key, row := range staged {
		if old := before[key]; !same(old, row) {
			was[key], is[key] = old, row
		}
	}
	return was, is
}

func (i Images) empty() bool {
	return i.Founder == nil && len(i.Prospects)+len(i.Activities)+len(i.Commitments)+len(i.Boards)+len(i.Offers) == 0
}

// Undo takes back a step: every row is again as it was before. A step whose rows
// have been changed again is ErrChangedSince; prospects that were are left as they
// are. What a step only gave to another prospect, or counted, is given back as it
// is by now, so that a new day does not stand before a merge's undoing. A zero id
// is the latest step that can be taken back: those that were changed again by what
// is no step, a new day or an admin, do not stand before older ones but are named
// in Passed. If there are no others, it is ErrChangedSince with no more than Passed
// in the step.
func (b *Book) Undo(id ID) (Step, error) {
	step, err := b.stepToUndo(id)
	if err != nil {
		return step, err
	}
	if err := b.restore(step); err != nil {
		return step, err
	}
	step.Undone = true
	b.out.Steps[step.ID] = &step
	return step, nil
}

func (b *Book) stepToUndo(id ID) (Step, error) {
	if id == 0 {
		return b.latestToUndo()
	}
	step, err := lookup(b.out.Steps, id, b.rows.Step)
	switch {
	case errors.Is(err, ErrNotFound):
		return step, ErrNothingToUndo
	case err != nil:
		return step, err
	case step.Undone:
		return step, ErrUndone
	}
	if err = b.untouched(step); errors.Is(err, ErrChangedSince) {
		step.Later, _ = b.later(step)
	}
	return step, err
}

// later is what the founder has changed since of the rows a step changed.
func (b *Book) later(step Step) (what []string, err error) {
	all, err := b.rows.Steps()
	for _, s := range all {
		if s.ID > step.ID && !s.Undone && step.After.overlaps(s.After) {
			what = append(what, s.What)
		}
	}
	return what, err
}

// overlaps reports whether two steps changed one row.
func (i Images) overlaps(other Images) bool {
	return i.Founder != nil && other.Founder != nil || share(i.Prospects, other.Prospects) || share(i.Activities, other.Activities) ||
		share(i.Commitments, other.Commitments) || share(i.Boards, other.Boards) || share(i.Offers, other.Offers)
}

func share[K comparable, V any](x, y map[K]V) bool {
	for key := range x {
		if _, both := y[key]; both {
			return true
		}
	}
	return false
}

func (b *Book) latestToUndo() (Step, error) {
	steps, err := b.rows.Steps()
	if err != nil {
		return Step{}, err
	}
	var passed []string
	for _, step := range slices.Backward(steps) {
		if step.Undone {
			continue
		}
		err := b.untouched(step)
		if !errors.Is(err, ErrChangedSince) {
			step.Passed = passed
			return step, err
		}
		passed = append(passed, step.What)
	}
	if len(passed) > 0 {
		return Step{Passed: passed}, ErrChangedSince
	}
	return Step{}, ErrNothingToUndo
}

// untouched reports ErrChangedSince where a row is not as the step left it.
func (b *Book) untouched(step Step) error {
	if step.After.Founder != nil {
		f, err := b.Founder()
		left := f.keeping(*step.After.Founder)
		if err != nil || !same(&f, &left) {
			return ErrChangedSince
		}
	}
	if _, err := b.rowsUndone(step); err != nil {
		return err
	}
	return b.unclaimed(step)
}

// uncarried reports ErrChangedSince where a version of the offer that undoing a
// step takes away, or its name, is carried by an ask.
func (b *Book) uncarried(step Step) error {
	for id, left := range step.After.Offers {
		found := step.Before.Offers[id]
		if left == nil || found != nil && found.Name == left.Name {
			continue
		}
		since, err := b.Activities(left.On, 0)
		if err != nil {
			return err
		}
		carries := func(a Activity) bool {
			_, own := step.After.Activities[a.ID]
			return !own && a.Offer == left.Name && (a.OccurredOn > left.On || !a.LoggedAt.Before(left.At))
		}
		if slices.ContainsFunc(since, carries) {
			return ErrCarried
		}
	}
	return nil
}

// unclaimed reports ErrChangedSince where a prospect would get a name back that
// is another's by now.
func (b *Book) unclaimed(step Step) error {
	for id, p := range step.Before.Prospects {
		if p == nil || !b.stands(id, step) {
			continue
		}
		found, err := b.FindProspects(p.Name)
		if err != nil {
			return err
		}
		for _, other := range found {
			_, own := step.Before.Prospects[other.ID]
			if other.ID != id && (!own || !b.stands(other.ID, step)) {
				return ErrChangedSince
			}
		}
	}
	return nil
}

// stands reports whether a prospect is as the step left it.
func (b *Book) stands(id ID, step Step) bool {
	is, err := b.rows.Prospect(id)
	left := step.After.Prospects[id]
	return err == nil && left != nil && same(&is, left) || left == nil && errors.Is(err, ErrNotFound)
}

// back is what a row becomes by undoing a step that found it one way and left it
// another; ok is false where it is not any more what the step can be taken back of.
type back[V any] func(found, left, is V) (undone V, ok bool)

// givenBack takes from an activity that a step gave it to another prospect.
func givenBack(found, left, is Activity) (Activity, bool) {
	given := left
	given.Prospect = found.Prospect
	ok := same(&given, &found) && is.Prospect == left.Prospect
	is.Prospect = found.Prospect
	return is, ok
}

// countedBack takes from a commitment that a step gave it to another prospect or
// counted towards it, if nothing has become of it since but that it ended.
func countedBack(found, left, is Commitment) (Commitment, bool) {
	given, open := left, is
	given.Prospect, given.By = found.Prospect, found.By
	open.Status, open.ClosedAt = left.Status, left.ClosedAt
	ok := same(&given, &found) && same(&open, &left)
	is.Prospect, is.By = found.Prospect, found.By
	return is, ok
}

// undone are rows as undoing a step leaves them, from how it found and left them.
// partly is for those that are no more as it left them; nil is ErrChangedSince.
func undone[K comparable, V any](found, left map[K]*V, read func(K) (V, error), partly back[V]) (map[K]*V, error) {
	rows := make(map[K]*V, len(left))
	for key, l := range left {
		is, err := read(key)
		gone := errors.Is(err, ErrNotFound)
		switch f := found[key]; {
		case err != nil && !gone:
			return nil, err
		case gone && l == nil, !gone && l != nil && same(&is, l):
			rows[key] = f
		case gone || l == nil || f == nil || partly == nil:
			return nil, ErrChangedSince
		default:
			row, ok := partly(*f, *l, is)
			if !ok {
				return nil, ErrChangedSince
			}
			rows[key] = &row
		}
	}
	return rows, nil
}

// rowsUndone are a step's activities, commitments, boards and offers as undoing it
// leaves them, or ErrChangedSince.
func (b *Book) rowsUndone(step Step) (i Images, err error) {
	found, left := step.Before, step.After
	if i.Activities, err = undone(found.Activities, left.Activities, b.rows.Activity, givenBack); err != nil {
		return i, err
	}
	if i.Commitments, err = undone(found.Commitments, left.Commitments, b.rows.Commitment, countedBack); err != nil {
		return i, err
	}
	if err = b.uncarried(step); err != nil {
		return i, err
	}
	if i.Boards, err = undone(found.Boards, left.Boards, b.rows.ChannelBoard, nil); err != nil {
		return i, err
	}
	i.Offers, err = undone(found.Offers, left.Offers, b.rows.Offer, nil)
	return i, err
}

// same compares two rows as they are on disk.
func same[V any](a, b *V) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// restore stages what was there before a step.
func (b *Book) restore(step Step) error {
	if step.Before.Founder != nil {
		f, err := b.Founder()
		if err != nil {
			return err
		}
		if err := b.SetFounder(f.keeping(*step.Before.Founder)); err != nil {
			return err
		}
	}
	for id, p := range step.Before.Prospects {
		if !b.stands(id, step) || p == nil && b.named(id, step) {
			continue
		}
		if err := b.putProspect(id, p); err != nil {
			return err
		}
	}
	rows, err := b.rowsUndone(step)
	if err != nil {
		return err
	}
	return errors.Join(
		putAll(b.before.Activities, b.out.Activities, rows.Activities, b.rows.Activity),
		putAll(b.before.Commitments, b.out.Commitments, rows.Commitments, b.rows.Commitment),
		putAll(b.before.Boards, b.out.Boards, rows.Boards, b.rows.ChannelBoard),
		putAll(b.before.Offers, b.out.Offers, rows.Offers, b.rows.Offer),
		b.giveSeriesBack(step), b.restoreLines(step),
	)
}

// giveSeriesBack gives the occurrences that followed on those a step gave to
// another prospect back with them; what was done with that one stays theirs.
func (b *Book) giveSeriesBack(step Step) error {
	all, err := b.Commitments("")
	if err != nil {
		return err
	}
	for id, left := range step.After.Commitments {
		found := step.Before.Commitments[id]
		if left == nil || found == nil || left.Series == 0 || found.Prospect == left.Prospect {
			continue
		}
		for _, c := range all {
			_, own := step.After.Commitments[c.ID]
			if own || c.Series != left.Series || c.Prospect != left.Prospect || len(c.By) > 0 {
				continue
			}
			c.Prospect = found.Prospect
			if err := b.setCommitment(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// restoreLines gives coach lines back their prospect and words. What was answered
// to them since stays.
func (b *Book) restoreLines(step Step) error {
	for id, found := range step.Before.Lines {
		l, err := b.Line(id)
		left := step.After.Lines[id]
		switch {
		case errors.Is(err, ErrNotFound):
			continue
		case err != nil:
			return err
		case found == nil || left == nil || l.Prospect != left.Prospect:
			continue
		}
		l.Prospect, l.Said, l.Facts = found.Prospect, found.Said, found.Facts
		b.out.Lines[id] = &l
	}
	return nil
}

// named reports whether anything but the step itself refers to a prospect.
func (b *Book) named(prospect ID, step Step) bool {
	activities, _ := b.ActivitiesWith(prospect)
	for _, a := range activities {
		if _, own := step.After.Activities[a.ID]; !own {
			return true
		}
	}
	commitments, _ := b.Commitments("")
	for _, c := range commitments {
		if _, own := step.After.Commitments[c.ID]; !own && c.Prospect == prospect {
			return true
		}
	}
	return false
}

// keeping is the settings of an earlier row with what Slack and Pitch, not the
// founder, have noted since: among that a zone that neither row has them choose.
func (f Founder) keeping(settings Founder) Founder {
	settings.DM, settings.Gone, settings.GoneAt = f.DM, f.Gone, f.GoneAt
	settings.Coach.FewerAsked = f.Coach.FewerAsked
	settings.BoardAsked, settings.RemindersAsked = f.BoardAsked, f.RemindersAsked
	if !f.ZoneChosen && !settings.ZoneChosen {
		settings.Zone = f.Zone
	}
	return settings
}

func putAll[K comparable, V any](before, staged, rows map[K]*V, read func(K) (V, error)) error {
	for key := range maps.Keys(rows) {
		if err := put(before, staged, key, rows[key], read); err != nil {
			return err
		}
	}
	return nil
}
