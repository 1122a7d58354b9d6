package store

import (
	"errors"
	"slices"
	"strings"
)

// Offer is a version by its id.
func (b *Book) Offer(id ID) (Offer, error) { return lookup(b.out.Offers, id, b.rows.Offer) }

// Offers are the versions of the founder's offer, the first first.
func (b *Book) Offers() ([]Offer, error) {
	all, err := b.rows.Offers()
	return overlay(all, b.out.Offers, func(o Offer) ID { return o.ID }, func(Offer) bool { return true }), err
}

// CurrentOffer is the version in force today, or ErrNotFound.
func (b *Book) CurrentOffer() (Offer, error) { return b.offerOn(b.Today()) }

// offerOn is the version in force on a day, or ErrNotFound.
func (b *Book) offerOn(day Day) (Offer, error) {
	all, err := b.Offers()
	if err != nil {
		return Offer{}, err
	}
	for _, o := range slices.Backward(all) {
		if o.On <= day {
			return o, nil
		}
	}
	return Offer{}, ErrNotFound
}

// NameOffer brings a version into force from today on; asks from now on carry its
// name. The version in force already is returned as it is. One of today that no
// ask carries yet is only named anew.
func (b *Book) NameOffer(name string) (o Offer, changed bool, err error) {
	name = strings.TrimSpace(name)
	o, err = b.CurrentOffer()
	switch {
	case err == nil && o.Name == name:
		return o, false, nil
	case err != nil && !errors.Is(err, ErrNotFound):
		return o, false, err
	}
	if err != nil || o.On != b.Today() || b.carried(o) {
		o = Offer{On: b.Today(), At: b.Now}
		if o.ID, err = b.rows.NextID(); err != nil {
			return o, false, err
		}
	}
	o.Name = name
	if err := o.Validate(); err != nil {
		return o, false, err
	}
	return o, true, put(b.before.Offers, b.out.Offers, o.ID, &o, b.rows.Offer)
}

// carried reports whether an ask has been made with a version.
func (b *Book) carried(o Offer) bool {
	since, err := b.Activities(o.On, 0)
	return err != nil || slices.ContainsFunc(since, func(a Activity) bool { return a.Offer == o.Name })
}

// offered has an ask carry the version in force on its day: when it becomes an
// ask, and again when its day changes. A version that is given with it stays, as
// does the one of an ask whose day stays. What is no ask carries none.
func (b *Book) offered(old Activity, a *Activity) error {
	switch {
	case !a.IsAsk():
		a.Offer = ""
		return nil
	case a.Offer != old.Offer, old.IsAsk() && a.OccurredOn == old.OccurredOn:
		return nil
	}
	o, err := b.offerOn(a.OccurredOn)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	a.Offer = o.Name
	return err
}
