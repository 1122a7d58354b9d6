package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// boardTop is how many founders a board names.
const boardTop = 10

// period is the days a leaderboard counts, and what it is called.
func period(p parse.Period, today store.Day) (from, to store.Day, name string) {
	switch p {
	case parse.OnlyToday:
		return today, today, "today"
	case parse.ThisMonth:
		return today.FirstOfMonth(), today.LastOfMonth(), "this month"
	case parse.AllTime:
		return 0, 0, "since the beginning"
	case parse.LastWeek:
		return today.Monday() - 7, today.Monday() - 1, "last week"
	case parse.LastMonth:
		last := today.FirstOfMonth() - 1
		return last.FirstOfMonth(), last, "last month"
	}
	return today.Monday(), today.Monday() + 6, "this week"
}

// leaderboard is seen by the asker alone.
func (v *visit) leaderboard(ctx context.Context, p parse.Period) (Reply, error) {
	from, to, name := period(p, v.today())
	s, err := v.Store.Standings(ctx, v.owner.Team, from, to)
	if err != nil {
		return Reply{}, err
	}
	r := reply(title("Asks made " + name)).with(standings(s)...)
	for _, p := range v.ownLine(ctx, s, from, to) {
		r = r.with(p.hidden())
	}
	share := button{label: "Share here", does: v.does("share", "period", string(p)), confirm: "Everybody in this channel will see it."}
	if len(s.Named) == 0 {
		share = button{} // there is nothing to show anybody
	}
	if v.founder.OnBoard {
		return r.with(buttons("leaderboard", share).hidden()), nil
	}
	return r.with(buttons("leaderboard", v.sayButton("Put me on the board", "board on"), share).hidden()), nil
}

// standings are the top of a board and, above the floor, the others' total.
func standings(s store.Standings) []part {
	var places [][]word
	for _, place := range s.Named[:shownOn(s)] {
		places = append(places, placeWords(place))
	}
	parts := []part{lines(places...)}
	if len(places) == 0 {
		parts = []part{linef("Nobody on the board has asked yet.")}
	}
	if s.Off >= store.PrivacyFloor && s.OffAsks > 0 {
		parts = append(parts, aside("Others, together: "+plural(store.Ask, s.OffAsks)))
	}
	return parts
}

// shownOn is how many places a board shows: the top, ties included while there
// is room for them.
func shownOn(s store.Standings) int {
	n := slices.IndexFunc(s.Named, func(p store.Standing) bool { return p.Rank > boardTop })
	if n < 0 {
		n = len(s.Named)
	}
	return min(n, 2*boardTop)
}

func placeWords(s store.Standing) []word {
	return []word{say(strconv.Itoa(s.Rank) + ". "), mention(s.User), say(" · " + plural(store.Ask, s.Asks))}
}

// ownLine is the asker's own line and the one above it, where the top does not
// show them; of somebody who is not on the board, their own count.
func (v *visit) ownLine(ctx context.Context, s store.Standings, from, to store.Day) []part {
	at := slices.IndexFunc(s.Named, func(p store.Standing) bool { return p.User == v.owner.User })
	if at >= 0 {
		if at < shownOn(s) {
			return nil
		}
		return []part{lines(placeWords(s.Named[at-1]), placeWords(s.Named[at]))}
	}
	n := 0
	err := v.view(ctx, func(b *store.Book) error {
		all, err := b.Activities(from, to)
		n = store.CountedAsks(all)
		return err
	})
	if err != nil || !v.joined {
		return nil
	}
	return []part{aside("You: " + plural(store.Ask, n) + ", seen by you alone.")}
}

// shared is a leaderboard for the channel it is shared in, without what was for
// the asker alone.
func (v *visit) shared(r Reply) Reply {
	r.Parts = slices.DeleteFunc(r.Parts[:len(r.Parts):len(r.Parts)], func(p part) bool { return p.private })
	r.InChannel, r.Replace = true, false
	return r.with(line(say("Shared by "), mention(v.owner.User)))
}

// board puts the founder on the boards or takes them off, everywhere and at once.
func (v *visit) board(ctx context.Context, r parse.Board) (Reply, error) {
	if r.On == nil {
		state := "You are not on the board: nobody sees your counts."
		if v.founder.OnBoard {
			state = "You are on the board: your asks are counted there by name. Prospects and words never are."
		}
		return reply(linef(state), buttons("board", v.sayButton("On", "board on"), v.sayButton("Off", "board off"))), nil
	}
	f, step, err := v.setFounder(ctx, "board", func(f *store.Founder) { f.OnBoard, f.BoardAsked = *r.On, true })
	if err != nil {
		return Reply{}, err
	}
	says := "You are off every board, as of now. Your log is untouched."
	if f.OnBoard {
		says = "You are on the board. It counts asks, by name; never prospects, words or revenue."
	}
	return reply(linef(says), buttons("board", v.undoButton(step))), nil
}

// channelBoard turns this channel's weekly leaderboard on or off.
func (v *visit) channelBoard(ctx context.Context, r parse.Channel) (Reply, error) {
	if v.inDM {
		return reply(linef("A weekly board goes into a channel. Type this in the channel that should have it.")), nil
	}
	if !r.On {
		return v.channelOff(ctx)
	}
	zone := r.Zone
	if zone == "" {
		zone = v.founder.Zone
	}
	board := store.ChannelBoard{Channel: v.channel, Weekday: r.Weekday, At: r.At, Zone: zone}
	var is store.ChannelBoard
	step, err := v.change(ctx, "channel on", func(b *store.Book) (err error) {
		is, err = b.TurnOnBoard(board)
		return err
	})
	when := func(c store.ChannelBoard) string {
		return c.Weekday.String() + "s at " + string(c.At) + ", " + c.Zone + " time"
	}
	if errors.Is(err, store.ErrNotTheirs) {
		return reply(line(mention(is.By), say(" turned the board on here already: "+when(is)+". They, or an admin, can change it."))), nil
	}
	if err != nil {
		return Reply{}, err
	}
	says := reply(linef("This channel gets the week's asks on "+when(is)+". Only founders who chose to be on the board are named. You, and admins, can turn it off: /pitch channel off"),
		buttons("channel board", v.undoButton(step)))
	switch v.whisper(ctx, says) {
	case inside:
		return Reply{}, nil
	case outside:
		_, err = v.change(ctx, "", func(b *store.Book) error {
			_, err := b.Undo(step)
			return err
		})
		return reply(linef("I'm not in this channel yet, so I couldn't post there. Type /invite @Pitch, then this again. Nothing was changed.")), err
	}
	return says, nil
}

// channelOff turns the board off for whoever turned it on, and for admins.
func (v *visit) channelOff(ctx context.Context) (Reply, error) {
	var is store.ChannelBoard
	err := v.view(ctx, func(b *store.Book) (err error) {
		is, err = b.ChannelBoard(v.channel)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return reply(linef("There is no weekly board in this channel.")), nil
	case err != nil:
		return Reply{}, err
	case is.By != v.owner.User && !v.admin(ctx):
		return reply(line(mention(is.By), say(" turned it on; they, or an admin, can turn it off."))), nil
	}
	what := "channel off"
	if is.By != v.owner.User {
		what = "" // it is not for the one who turned it on to undo what an admin decided
	}
	_, err = v.changeOf(ctx, store.Owner{Team: v.owner.Team, User: is.By}, what, func(b *store.Book) error {
		return b.TurnOffBoard(v.channel)
	})
	return reply(linef("No more weekly boards in this channel.")), err
}

// presence is whether Pitch is in a channel, as far as Slack let it find out.
type presence int

const (
	unsure presence = iota
	inside
	outside
)

// whisper says something in the visitor's channel that only they see. Pitch does
// not ask to read channels, so this is also how it learns whether it is in one.
func (v *visit) whisper(ctx context.Context, r Reply) presence {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := v.slack.PostEphemeralContext(ctx, string(v.channel), string(v.owner.User), options(r)...)
	switch errorCode(err) {
	case "":
		return inside
	case "not_in_channel", "channel_not_found", "is_archived":
		return outside
	}
	return unsure
}
