package store

import (
	"errors"
	"maps"
	"slices"
)

// Pairings are those of the team's founders who want a partner, by user.
func (b *Book) Pairings() ([]Pairing, error) {
	all, err := b.rows.Pairings()
	return overlay(all, b.out.Pairings, func(p Pairing) UserID { return p.User }, func(Pairing) bool { return true }), err
}

// Pairing is a team's founder's, or ErrNotFound for who wants no partner.
func (b *Book) Pairing(user UserID) (Pairing, error) {
	return lookup(b.out.Pairings, user, b.rows.Pairing)
}

// SetPairing saves who a founder of the team is introduced to.
func (b *Book) SetPairing(p Pairing) { b.out.Pairings[p.User] = &p }

// pair keeps the team's list of who wants a partner, as the owner's settings
// become others. Where these leave no working day to meet on, this week's
// partner is free again.
func (b *Book) pair(was, is Founder) error {
	_, err := b.Pairing(b.Owner.User)
	listed := err == nil
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if listed && b.hasTime(was) && !b.hasTime(is) {
		if err := b.Part(); err != nil {
			return err
		}
	}
	switch wanted := is.Partner && !is.Gone; {
	case wanted && !listed:
		b.SetPairing(Pairing{User: b.Owner.User})
	case !wanted && listed:
		b.out.Pairings[b.Owner.User] = nil
	}
	return nil
}

// hasTime reports whether a founder with these settings can meet a partner in
// what is left of the week.
func (b *Book) hasTime(f Founder) bool {
	if !f.Partner || f.Gone || f.Stopped {
		return false
	}
	for d := b.Today(); d < b.Today().Monday()+7; d++ {
		if f.Works(d) {
			return true
		}
	}
	return false
}

// Part ends the pairing that the owner has for this week or a later one, on both
// sides. Weeks that are over stay as they are remembered.
func (b *Book) Part() error {
	p, err := b.Pairing(b.Owner.User)
	if err != nil || !p.Meets(p.Week) || p.Week < b.Today().ISOWeek() {
		return unlessMissing(err)
	}
	p.Off = true
	b.SetPairing(p)
	other, err := b.Pairing(p.With)
	if err == nil && other.With == p.User && other.Week == p.Week {
		other.Off = true
		b.SetPairing(other)
	}
	return unlessMissing(err)
}

// SkipPartner has the owner sit out an ISO week; their partner of that week, if
// they have one already, is free again. Who wants no partner is ErrNotFound.
func (b *Book) SkipPartner(week string) (Pairing, error) {
	p, err := b.Pairing(b.Owner.User)
	if err != nil {
		return p, err
	}
	if p.Week == week {
		if err := b.Part(); err != nil {
			return p, err
		}
	}
	p, err = b.Pairing(b.Owner.User)
	p.Skip = week
	b.SetPairing(p)
	return p, err
}

// Partnered are the others of the team whose pairings the change alters.
func (b *Book) Partnered() (others []UserID, err error) {
	if !b.out.Forgotten {
		others = slices.Sorted(maps.Keys(b.out.Pairings))
		return slices.DeleteFunc(others, func(u UserID) bool { return u == b.Owner.User }), nil
	}
	all, err := b.rows.Pairings()
	for _, p := range all {
		if p.With == b.Owner.User || p.Last == b.Owner.User {
			others = append(others, p.User)
		}
	}
	return others, err
}

func unlessMissing(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}
