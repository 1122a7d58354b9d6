package nudges

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"pitch/store"
)

// boards sets the alarm of the next post of every board the owner turned on.
func (t *timetable) boards() error {
	all, err := t.b.ChannelBoards()
	if err != nil {
		return err
	}
	for _, board := range all {
		t.board(board)
	}
	this := t.b.Today().ISOWeek()
	maps.DeleteFunc(t.is.Posted, func(channel store.ChannelID, week string) bool {
		on := slices.ContainsFunc(all, func(b store.ChannelBoard) bool { return b.Channel == channel })
		return !on && week < this
	})
	return nil
}

func (t *timetable) board(board store.ChannelBoard) {
	if a, ok := t.waiting(func(a store.Alarm) bool {
		return a.Notice == store.WeeklyBoard && a.Channel == board.Channel && a.Day.ISOWeek() > t.was.Posted[board.Channel]
	}); ok {
		t.add(a)
		return
	}
	weekly, err := boardSchedule(board)
	if err != nil {
		return
	}
	loc := boardZone(board)
	day, _ := weekly.From(store.DayOf(t.b.Now.In(loc)).Monday())
	for ; day != 0; day, _ = weekly.From(day + 1) {
		week, at := day.ISOWeek(), day.At(board.At, loc)
		switch {
		case week <= t.is.Posted[board.Channel]:
		case at.After(t.b.Now):
			t.add(store.Alarm{
				At: at, Notice: store.WeeklyBoard, Occurrence: boardKey(board.Channel, day), Day: day,
				Channel: board.Channel, Spec: weekly.String(), Zone: loc.String(),
			})
			return
		default:
			posted(&t.is, board.Channel, day)
		}
	}
}

func boardSchedule(board store.ChannelBoard) (Schedule, error) {
	return ParseSchedule(Weekly(store.WeekdaySet(board.Weekday), board.At))
}

func boardKey(channel store.ChannelID, day store.Day) string {
	return fmt.Sprintf("board/%s/%s", channel, day.ISOWeek())
}

// boardZone is the zone of a board; UTC where the zone database has lost it.
func boardZone(board store.ChannelBoard) *time.Location {
	loc, err := store.LoadZone(board.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// posted marks the week of a board's post as dealt with.
func posted(a *store.Agenda, channel store.ChannelID, day store.Day) {
	if a.Posted == nil {
		a.Posted = map[store.ChannelID]string{}
	}
	a.Posted[channel] = max(a.Posted[channel], day.ISOWeek())
}

// takeBoard keeps the post of the latest week that is over, if it is of use.
func (c *claim) takeBoard(row store.Delivery) error {
	board, err := c.b.ChannelBoard(row.Channel)
	if err != nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrDamaged) {
		return err
	}
	if err != nil || board.By != c.b.Owner.User {
		return c.drop(row)
	}
	weekly, err := boardSchedule(board)
	for err == nil && row.Status == "" {
		day, _ := weekly.From(row.Day + 1)
		at := day.At(board.At, boardZone(board))
		if day == 0 || at.After(c.b.Now) || day.ISOWeek() == row.Day.ISOWeek() {
			break
		}
		if err := c.drop(row); err != nil {
			return err
		}
		row = store.Delivery{
			Occurrence: boardKey(board.Channel, day), Notice: store.WeeklyBoard, Day: day, Intended: at, Channel: board.Channel,
		}
	}
	posted(&c.agenda, board.Channel, row.Day)
	if c.b.Now.Sub(row.Intended) >= BoardUseful {
		return c.drop(row)
	}
	c.boards = append(c.boards, row)
	return nil
}
