package store

// Holdings are how many records something or somebody has, by kind.
type Holdings struct {
	Prospects, Activities, Asks, Commitments, Open, Offers, Boards int
	Moods, Lines                                                   int // what they said of their week, and what the coach said
	Messages                                                       int // that Pitch sent, as it noted them
	Steps                                                          int // changes that can be undone
}

// Holdings counts what the owner's book holds.
func (b *Book) Holdings() (h Holdings, err error) {
	prospects, err := b.Prospects()
	if err != nil {
		return h, err
	}
	activities, err := b.Activities(0, 0)
	if err != nil {
		return h, err
	}
	commitments, err := b.Commitments("")
	if err != nil {
		return h, err
	}
	h = holdings(activities, commitments)
	h.Prospects = len(prospects)
	for _, count := range []func() error{
		func() error { all, err := b.Offers(); h.Offers = len(all); return err },
		func() error { all, err := b.ChannelBoards(); h.Boards = len(all); return err },
		func() error { all, err := b.Moods(); h.Moods = len(all); return err },
		func() error { all, err := b.Lines(); h.Lines = len(all); return err },
		func() error { all, err := b.Deliveries(); h.Messages = len(all); return err },
		func() error { all, err := b.rows.StepIDs(); h.Steps = len(all); return err },
	} {
		if err := count(); err != nil {
			return h, err
		}
	}
	return h, nil
}

func holdings(activities []Activity, commitments []Commitment) (h Holdings) {
	h.Activities, h.Commitments = len(activities), len(commitments)
	for _, a := range activities {
		if a.IsAsk() {
			h.Asks++
		}
	}
	for _, c := range commitments {
		if c.Status == Open {
			h.Open++
		}
	}
	return h
}

// Forget removes everything about the owner when the change is saved, what the
// change did before included, and says what that was. It cannot be undone. What
// is remembered of causes names nobody and stays.
func (b *Book) Forget() (Holdings, error) {
	if _, err := b.Founder(); err != nil {
		return Holdings{}, err
	}
	h, err := b.Holdings()
	b.out.Forgotten = true
	return h, err
}
