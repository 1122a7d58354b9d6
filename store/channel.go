package store

import (
	"errors"
	"maps"
	"slices"
)

// ChannelBoard is the board of a channel, whoever of the team turned it on, or
// ErrNotFound.
func (b *Book) ChannelBoard(channel ChannelID) (ChannelBoard, error) {
	is, err := lookup(b.out.Boards, channel, b.rows.ChannelBoard)
	if err == nil && is.Off {
		return ChannelBoard{}, ErrNotFound
	}
	return is, err
}

// ChannelBoards are the boards the owner turned on, by channel.
func (b *Book) ChannelBoards() ([]ChannelBoard, error) {
	all, err := b.rows.ChannelBoards()
	on := func(c ChannelBoard) bool { return !c.Off }
	all = overlay(all, b.out.Boards, func(c ChannelBoard) ChannelID { return c.Channel }, on)
	return slices.DeleteFunc(all, func(c ChannelBoard) bool { return c.Off }), err
}

// TurnOnBoard turns a channel's weekly board on, or gives the owner's another
// time. One that somebody else turned on stays theirs: it is returned with
// ErrNotTheirs. A week that the channel has had is not posted again.
func (b *Book) TurnOnBoard(board ChannelBoard) (ChannelBoard, error) {
	is, err := lookup(b.out.Boards, board.Channel, b.rows.ChannelBoard)
	switch {
	case err == nil && !is.Off && is.By != b.Owner.User:
		return is, ErrNotTheirs
	case err != nil && !errors.Is(err, ErrNotFound):
		return is, err
	}
	board.By, board.Since = b.Owner.User, b.Now
	if err := board.Validate(); err != nil {
		return board, err
	}
	if err := b.posted(board.Channel, is.Posted); err != nil {
		return board, err
	}
	return board, put(b.before.Boards, b.out.Boards, board.Channel, &board, b.rows.ChannelBoard)
}

// posted notes a week that a channel has had from somebody else.
func (b *Book) posted(channel ChannelID, week string) error {
	agenda, err := b.Agenda()
	if err != nil || week <= agenda.Posted[channel] {
		return err
	}
	agenda.Posted = maps.Clone(agenda.Posted)
	if agenda.Posted == nil {
		agenda.Posted = map[ChannelID]string{}
	}
	agenda.Posted[channel] = week
	return b.SetAgenda(agenda)
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
	agenda, err := b.Agenda()
	if err != nil {
		return err
	}
	is.Off, is.Posted = true, agenda.Posted[channel]
	return put(b.before.Boards, b.out.Boards, channel, &is, b.rows.ChannelBoard)
}

// TakeDaysOff adds days without messages. Days off from now on say anew when the
// ones under way end; others that touch become one stretch. Those over for so
// long that nothing open can have fallen on them are forgotten.
func (b *Book) TakeDaysOff(off DaysOff) error {
	f, err := b.Founder()
	if err != nil {
		return err
	}
	kept := []DaysOff{off}
	for _, o := range f.DaysOff {
		if off.From <= b.Today() && o.From <= b.Today() && b.Today() <= o.To {
			o.To = off.From - 1
			if o.To < o.From {
				continue
			}
		}
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
