package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pitch/store"
)

var (
	forgetPresses = map[string]press{
		"forget-form": func(v *visit, ctx context.Context, _ action) (Reply, error) { return v.forgetMe(ctx) },
	}
	forgetSubmits = map[string]submission{"forget": (*visit).submitForget}
)

// forgetWords are typed to confirm.
const forgetWords = "forget me"

// forgetMe says what would go, and has it confirmed.
func (v *visit) forgetMe(ctx context.Context) (Reply, error) {
	if !v.joined {
		return reply(linef("I keep nothing about you, so there is nothing to forget.")), nil
	}
	if v.trigger == "" { // a message opens no form
		return reply(linef("That deletes everything I keep about you, for good. I'll ask once more."),
			buttons("", button{label: "Forget me…", does: v.does("forget-form")})), nil
	}
	h, channels, err := v.holdings(ctx)
	if err != nil {
		return Reply{}, err
	}
	parts := []part{
		line(bold("This deletes, for good: "), say(and(holdingWords(h))+".")),
		linef("It can't be undone. To keep a copy, cancel and type /pitch export first."),
	}
	if len(channels) > 0 {
		parts = append(parts, line(boardsStop(channels)...))
	}
	fields := append(blocks(parts), field("confirm", "Type “"+forgetWords+"” to confirm", "", true, textInput("confirm", "", forgetWords, false)))
	return v.form("forget", "Forget me", "Delete all of it", nil, fields...), nil
}

// holdings are how much is kept, and in which channels a weekly board stands.
func (v *visit) holdings(ctx context.Context) (h store.Holdings, channels []store.ChannelID, err error) {
	err = v.view(ctx, func(b *store.Book) error {
		if h, err = b.Holdings(); err != nil {
			return err
		}
		boards, err := b.ChannelBoards()
		for _, c := range boards {
			channels = append(channels, c.Channel)
		}
		return err
	})
	return h, channels, err
}

// holdingWords are what is kept, as a person counts it.
func holdingWords(h store.Holdings) (out []string) {
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{h.Prospects, "prospect", "prospects"}, {h.Activities, "entry", "entries"}, {h.Commitments, "promise", "promises"},
		{h.Offers, "version of your offer", "versions of your offer"}, {h.Moods, "mood", "moods"},
		{h.Lines, "coach line", "coach lines"}, {h.Messages, "note of a message I sent", "notes of messages I sent"},
		{h.Steps, "change kept for undo", "changes kept for undo"},
	} {
		switch {
		case c.n == 1:
			out = append(out, "1 "+c.one)
		case c.n > 1:
			out = append(out, fmt.Sprintf("%d %s", c.n, c.many))
		}
	}
	return append(out, "your settings")
}

// boardsStop says which channels lose their weekly board.
func boardsStop(channels []store.ChannelID) []word {
	words := []word{say("Your weekly board stops in ")}
	for i, c := range channels {
		if i > 0 {
			words = append(words, say(", "))
		}
		words = append(words, inChannel(c))
	}
	return append(words, say(". Anybody else can turn one on there."))
}

// submitForget removes everything about the founder, on disk and in memory.
func (v *visit) submitForget(ctx context.Context, f filled) (Reply, error) {
	if !strings.EqualFold(strings.Join(strings.Fields(strings.Trim(f.text("confirm"), `"'“”.`)), " "), forgetWords) {
		return Reply{}, wrong("confirm", "Nothing was deleted. To confirm, type: "+forgetWords)
	}
	var h store.Holdings
	err := v.changing(ctx, store.Cause{Seen: v.seen, Now: v.now}, v.owner, func(b *store.Book) (err error) {
		h, err = b.Forget()
		return err
	})
	if errors.Is(err, store.ErrUnknownCommit) {
		v.giveUp(err)
	}
	if err != nil {
		return Reply{}, err
	}
	v.seen, v.joined = nil, false
	v.Bot.forgotten(v.owner)
	v.pages.showAnew(v.owner) // Slack keeps a Home as it was shown
	return reply(
		line(bold("Deleted: "), say(and(holdingWords(h))+". You are off the leaderboard.")),
		linef("What stays: the messages in Slack, which you, or an admin, can delete there; and counts that were posted in channels already. "+
			"In the store's file the deleted pages are overwritten as new data comes, and whoever runs Pitch may have backups from before."),
		linef("/pitch starts anew, whenever you like."),
	), nil
}

// forgotten drops what is remembered of somebody between their visits.
func (b *Bot) forgotten(owner store.Owner) {
	b.pages.forget(owner)
	b.clicks.forget(owner)
	b.members.forget(owner.User)
	b.intake.forgetAnswers(string(owner.User))
}

// Left implements nudges.Leavers: it asks Slack, and not what is remembered.
func (b *Bot) Left(ctx context.Context, owner store.Owner) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	b.members.forget(owner.User)
	who, err := b.lookUp(ctx, owner.User)
	switch {
	case errorCode(err) == "user_not_found":
		return true, nil
	case err != nil:
		return false, err
	case !who.founder():
		return true, nil
	}
	v := &visit{Bot: b, owner: owner, now: b.Now()}
	v.follows(ctx, who)
	return false, nil
}

// stored says what is kept.
func (v *visit) stored() Reply {
	keeps := [][]word{
		{bold("You: "), say("your Slack id and time zone, your settings, goals, days off and holidays, our DM's id, and when you joined.")},
		{bold("Your work: "), say("prospects, what you logged and what they said (with the shortcut on a message, its text where you keep it as the note), promises, and versions of your offer.")},
		{bold("The coach: "), say("moods you gave, the lines it said to you with what they rested on, and whom you were introduced to if you wanted a partner.")},
		{bold("For it to work: "), say("your last fifty changes, for undo; which messages I sent you, where and when, for 35 days; which channels you gave a board.")},
		{bold("The team: "), say("how many asks you made on which day, for the leaderboard. It shows those of who chose it, by name.")},
	}
	r := reply(linef("What is kept, and nothing else:"), list(keeps...),
		linef("It is in one store, on the machine Pitch runs on; whoever runs that can read the file and its backups. In Slack only you see it; admins get totals of five or more. Of Slack I read what you write to me, a message you use my shortcut on, your time zone, and whether you are a member or an admin; nothing else."))
	if !v.joined {
		return r.with(linef("Of you I keep nothing so far."))
	}
	return r.with(buttons("your data", v.sayButton("Export", "export"), button{label: "Forget me…", does: v.does("forget-form")}))
}
