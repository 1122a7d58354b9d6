package store

import (
	"errors"
	"slices"
)

// ChannelBoard is the board of a channel, whoever of the team turned it on, or
// ErrNotFound.
func (b *Book) ChannelBoard(channel ChannelID) (ChannelBoard, error) {
	return lookup(b.out.Boards, channel, b.rows.ChannelBoard)
}

// ChannelBoards are the boards the owner turned on, by channel.
func (b *Book) ChannelBoards() ([]ChannelBoard, error) {
	all, err := b.rows.ChannelBoards()
	return overlay(all, b.out.Boards, func(c ChannelBoard) ChannelID { return c.Channel }, func(ChannelBoard) bool { return true }), err
}

// TurnOnBoard turns a channel's weekly board on, or gives the owner's another
// time. One that somebody else turned on stays theirs: it is returned with
// ErrNotTheirs.
func (b *Book) TurnOnBoard(board ChannelBoard) (ChannelBoard, error) {
	is, err := b.ChannelBoard(board.Channel)
	switch {
	case err == nil && is.By != b.Owner.User:
		return is, ErrNotTheirs
	case err != nil && !errors.Is(err, ErrNotFound):
		return is, err
	}
	board.By, board.Since = b.Owner.User, b.Now
	if err := board.Validate(); err != nil {
		return board, err
	}
	return board, put(b.before.Boards, b.out.Boards, board.Channel, &board, b.rows.ChannelBoard)
}

// TurnOffBoard turns a board of the owner's off. An admin turns off another's by
// changing that founder's book.
func (b *Book) TurnOffBoard(channel ChannelID) error {
	is, err := b.ChannelBoard(channel)
	if err != nil {
		return err
	}
	if is.By != b.Owner.User {
		return ErrNotTheirs
	}
	return put(b.before.Boards, b.out.Boards, channel, nil, b.rows.ChannelBoard)
}

// TakeDaysOff adds days without messages. Stretches that touch become one; those
// over for so long that nothing open can have fallen on them are forgotten.
func (b *Book) TakeDaysOff(off DaysOff) error {
	f, err := b.Founder()
	if err != nil {
		return err
	}
	kept := []DaysOff{off}
	for _, o := range f.DaysOff {
		switch {
		case o.To+MissedAfter < b.Today():
		case o.To+1 < kept[0].From || kept[0].To+1 < o.From:
			kept = append(kept, o)
		default:
			kept[0] = DaysOff{From: min(o.From, kept[0].From), To: max(o.To, kept[0].To)}
		}
	}
	slices.SortFunc(kept, func(x, y DaysOff) int { return int(x.From - y.From) })
	f.DaysOff = kept
	return b.SetFounder(f)
}

// Resume ends days off that have begun, with yesterday, and lifts a stop. Those
// planned for later stay, as do those that were taken: what fell on them is not
// missed.
func (b *Book) Resume() error {
	f, err := b.Founder()
	if err != nil {
		return err
	}
	f.Stopped = false
	var off []DaysOff
	for _, o := range f.DaysOff {
		if o.From <= b.Today() {
			o.To = min(o.To, b.Today()-1)
		}
		if o.From <= o.To {
			off = append(off, o)
		}
	}
	f.DaysOff = off
	return b.SetFounder(f)
}
