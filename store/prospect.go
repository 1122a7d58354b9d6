package store

import (
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
	all, err := b.Prospects()
	if err != nil {
		return nil, err
	}
	folded := Fold(name)
	for _, p := range all {
		if Fold(p.Name) == folded {
			found = append(found, p)
		}
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

// SetProspect saves a prospect of the founder's.
func (b *Book) SetProspect(p Prospect) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if p.ID == 0 {
		return invalid("a prospect is added before it is changed")
	}
	p.AddedAt = stamp(p.AddedAt)
	return b.setProspect(p)
}
