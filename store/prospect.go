package store

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is what two spellings of one name have in common: case, accents,
// punctuation and spacing left out, so that "ACME, Inc." and "Acme inc" are one
// prospect. A name of nothing but such signs folds to itself.
func Fold(name string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(cases.Fold().String(norm.NFKC.String(name))) {
		switch {
		case isAccent(r) || unicode.Is(unicode.Cf, r):
		case unicode.IsSpace(r) || unicode.IsPunct(r):
			gap = out.Len() > 0
		default:
			if gap {
				out.WriteByte(' ')
				gap = false
			}
			out.WriteRune(r)
		}
	}
	if out.Len() == 0 {
		return strings.TrimSpace(name)
	}
	return out.String()
}

// isAccent reports whether r is one of the accents of Latin, Greek and Cyrillic.
// The marks of other scripts are letters in all but name: without them ばば would
// be はは.
func isAccent(r rune) bool { return '\u0300' <= r && r <= '\u036f' }

// FindProspects are the founder's prospects a name may mean: those whose folded
// name is the same or, where there is none, nothing.
func (b *Book) FindProspects(name string) (found []Prospect, err error) {
	if b.folded == nil {
		all, err := b.Prospects()
		if err != nil {
			return nil, err
		}
		b.folded = make(map[string][]ID, len(all))
		for _, p := range all {
			b.fold(p)
		}
	}
	for _, id := range b.folded[Fold(name)] {
		p, err := b.Prospect(id)
		if err != nil {
			return nil, err
		}
		found = append(found, p)
	}
	return found, nil
}

// AddProspect is the prospect of that name, made if there is none; added says
// which. Of two that fit it is ErrAmbiguous.
func (b *Book) AddProspect(name string) (p Prospect, added bool, err error) {
	found, err := b.FindProspects(name)
	switch {
	case err != nil:
		return p, false, err
	case len(found) > 1:
		return p, false, ErrAmbiguous
	case len(found) == 1:
		return found[0], false, nil
	}
	id, err := b.rows.NextID()
	if err != nil {
		return p, false, err
	}
	p = Prospect{ID: id, Name: strings.TrimSpace(name), AddedAt: b.Now}
	return p, true, b.SetProspect(p)
}

// SetProspect saves a prospect of the founder's. A name that is another
// prospect's is ErrAmbiguous: no two are ever called the same, since names are
// what people, and exports, tell them apart by.
func (b *Book) SetProspect(p Prospect) error {
	if p.ID == 0 {
		return invalid("a prospect is added before it is changed")
	}
	if err := cmp.Or(b.unshared(p), p.Validate()); err != nil {
		return err
	}
	p.AddedAt = stamp(p.AddedAt)
	return b.setProspect(p)
}

// unshared refuses a name that a prospect has not had and another has.
func (b *Book) unshared(p Prospect) error {
	if old, err := b.Prospect(p.ID); err == nil && Fold(old.Name) == Fold(p.Name) {
		return nil
	}
	found, err := b.FindProspects(p.Name)
	if err == nil && slices.ContainsFunc(found, func(other Prospect) bool { return other.ID != p.ID }) {
		err = ErrAmbiguous
	}
	return err
}

// HoldingsOf counts what is about a prospect.
func (b *Book) HoldingsOf(prospect ID) (Holdings, error) {
	activities, commitments, err := b.about(prospect)
	return holdings(activities, commitments), err
}

// about is what there is about a prospect.
func (b *Book) about(prospect ID) ([]Activity, []Commitment, error) {
	if _, err := b.Prospect(prospect); err != nil {
		return nil, nil, err
	}
	activities, err := b.ActivitiesWith(prospect)
	if err != nil {
		return nil, nil, err
	}
	commitments, err := b.Commitments("")
	commitments = slices.DeleteFunc(commitments, func(c Commitment) bool { return c.Prospect != prospect })
	return activities, commitments, err
}

// Rename gives a prospect another name. One that is another prospect's is
// ErrAmbiguous: the two can be merged.
func (b *Book) Rename(id ID, name string) (Prospect, error) {
	p, err := b.Prospect(id)
	if err != nil {
		return p, err
	}
	p.Name = strings.TrimSpace(name)
	return p, b.SetProspect(p)
}

// Merge makes two prospects one: what was logged with one and promised to them is
// the other's, what was known of either is known of it. It counts no ask twice:
// asks to both on one day count as one from then on.
func (b *Book) Merge(from, into ID) (Prospect, error) {
	if from == into {
		return Prospect{}, invalid("a prospect is merged with another")
	}
	activities, commitments, err := b.about(from)
	if err != nil {
		return Prospect{}, err
	}
	old, err := b.Prospect(from)
	if err != nil {
		return old, err
	}
	p, err := b.Prospect(into)
	if err != nil {
		return p, err
	}
	own, err := b.ActivitiesWith(into)
	if err != nil {
		return p, err
	}
	p.FollowUpOn = b.nextFollowUp(p.followUp(own), old.followUp(activities))
	for _, a := range activities {
		a.Prospect = into
		if err := b.setActivity(a); err != nil {
			return p, err
		}
	}
	for _, c := range commitments {
		c.Prospect = into
		if err := b.setCommitment(c); err != nil {
			return p, err
		}
	}
	if err := b.reline(from, func(l *Line) { l.Prospect = into }); err != nil {
		return p, err
	}
	p = p.joined(old)
	if err := b.SetProspect(p); err != nil {
		return p, err
	}
	return p, b.putProspect(from, nil)
}

// joined is a prospect with what is known of another that turned out to be them,
// their follow-up dates apart. Notes that are too long together lose their end.
func (p Prospect) joined(other Prospect) Prospect {
	p.Relationship, p.Buyer = cmp.Or(p.Relationship, other.Relationship), cmp.Or(p.Buyer, other.Buyer)
	p.NotCallable = p.NotCallable || other.NotCallable
	p.DoNotContact = p.DoNotContact || other.DoNotContact
	p.Described = p.Described || other.Described
	if other.AddedAt.Before(p.AddedAt) {
		p.AddedAt = other.AddedAt
	}
	if p.Note != other.Note {
		p.Note = strings.TrimSpace(p.Note + "\n" + other.Note)
	}
	if runes := []rune(p.Note); len(runes) > MaxWords {
		p.Note = strings.TrimSpace(string(runes[:MaxWords-1])) + "…"
	}
	return p
}

// followUp is a prospect's follow-up date, or 0 where they were followed up then
// or since.
func (p Prospect) followUp(touched []Activity) Day {
	if slices.ContainsFunc(touched, func(a Activity) bool { return a.OccurredOn >= p.FollowUpOn }) {
		return 0
	}
	return p.FollowUpOn
}

// nextFollowUp is the earlier of two dates that lie ahead or, where none does, the
// later of them: it is overdue, and not done.
func (b *Book) nextFollowUp(x, y Day) Day {
	x, y = min(x, y), max(x, y)
	if x >= b.Today() {
		return x
	}
	return y
}

// RemoveProspect removes a prospect with all that is about them, the words of
// coach lines included, and says what that was. Numbers that were kept stay kept; those that are open count what is
// left.
func (b *Book) RemoveProspect(id ID) (Holdings, error) {
	activities, commitments, err := b.about(id)
	if err != nil {
		return Holdings{}, err
	}
	open, err := b.Commitments(Open)
	if err != nil {
		return Holdings{}, err
	}
	for _, a := range activities {
		if err := b.removeActivity(a.ID); err != nil {
			return Holdings{}, err
		}
	}
	removed := func(activity ID) bool {
		return slices.ContainsFunc(activities, func(a Activity) bool { return a.ID == activity })
	}
	for _, c := range open {
		if c.Prospect == id || !slices.ContainsFunc(c.By, removed) {
			continue
		}
		c.By = slices.DeleteFunc(slices.Clone(c.By), removed)
		if err := b.setCommitment(c); err != nil {
			return Holdings{}, err
		}
	}
	for _, c := range commitments {
		if err := put(b.before.Commitments, b.out.Commitments, c.ID, nil, b.rows.Commitment); err != nil {
			return Holdings{}, err
		}
	}
	if err := b.reline(id, func(l *Line) { l.Said, l.Facts = "", nil }); err != nil {
		return Holdings{}, err
	}
	return holdings(activities, commitments), b.putProspect(id, nil)
}

// reline changes the coach lines about a prospect, which may name them. A line
// stays when they are removed, without its words: that it was said still counts.
func (b *Book) reline(prospect ID, change func(*Line)) error {
	all, err := b.Lines()
	for _, l := range all {
		if l.Prospect == prospect {
			was := l
			change(&l)
			b.before.Lines[l.ID], b.out.Lines[l.ID] = &was, &l
		}
	}
	return err
}
