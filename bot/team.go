package bot

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"pitch/store"
)

var teamPresses = map[string]press{"announce": (*visit).pressAnnounce}

// weeksShown is how many whole weeks the totals go back.
const weeksShown = 4

// teamTotals shows an admin totals of the last whole weeks, each by itself: see
// [store.Totals] for what they cannot tell. The week under way is not among them.
func (v *visit) teamTotals(ctx context.Context) (Reply, error) {
	if !v.admin(ctx) {
		return reply(linef("Totals are for this workspace's admins. Your own numbers are in /pitch stats, and nobody else sees them.")), nil
	}
	joined, weeks := 0, []part(nil)
	for i := range store.Day(weeksShown) {
		from := v.today().Monday() - 7*(i+1)
		t, err := v.Store.Totals(ctx, v.owner.Team, from, from+6)
		if err != nil {
			return Reply{}, err
		}
		joined, weeks = t.Joined, append(weeks, line(bold("Week of "+dayLabel(from, v.today()))), totals(t))
	}
	share := button{label: "Share here", does: v.does("announce"), confirm: "Everybody in this channel will see it."}
	if v.inDM {
		share = button{} // nobody else reads a DM
	}
	return reply(title("The team, in totals"), linef("Founders who use Pitch: "+founderCount(joined))).with(weeks...).with(
		aside(fmt.Sprintf("Totals of whole weeks, in fives: what fewer than %d founders make up is not shown, nor what the board would give away. A conversation counts as with an ask when one followed within %d days.", store.PrivacyFloor, store.FollowedWithin)),
		linef("To announce Pitch, ready to copy:"), quoted(announcement),
		buttons("announcement", share),
	), nil
}

// announcement is what an admin may tell a team with: what it is, how to start,
// what is private.
const announcement = `Pitch helps us ask for the sale. You log calls and asks, promise yourself the next one, and are reminded if you want that.
Start with: /pitch log call Jane (anybody you last talked to). /pitch help lists the rest.
Private: your prospects, notes, words and reminders are yours alone. The leaderboard counts asks, only of those who choose to be on it. Admins see totals of five or more people, never a name. Nothing is sent to you unless you say yes.`

// totals are those that enough founders make up.
func totals(t store.Totals) part {
	var items [][]word
	for _, one := range []struct{ label, is string }{
		{"Active", active(t.Active)}, {"Asks", total(t.Asks)},
		{"Conversations with an ask", total(t.WithAsk)}, {"Conversations without one", total(t.WithoutAsk)},
	} {
		if one.is != notShown {
			items = append(items, []word{say(one.label + ": " + one.is)})
		}
	}
	if len(items) == 0 {
		return linef("Nothing that five founders or more make up.")
	}
	return list(items...)
}

// notShown stands where a number would be about too few.
const notShown = "fewer than five, not shown"

func founderCount(n int) string {
	if n < store.PrivacyFloor {
		return notShown
	}
	return fmt.Sprint(n)
}

func active(n int) string {
	if n < store.PrivacyFloor {
		return notShown
	}
	return orMore(store.InFives(n))
}

func orMore(n int) string { return fmt.Sprintf("%d or more", n) }

func total(t store.Total) string {
	switch {
	case t.Shown():
		return orMore(t.AtLeast())
	case t.Founders < store.PrivacyFloor:
		return notShown
	}
	return "not shown: the board would give away the rest"
}

// quoted is a text to be copied as it is.
func quoted(text string) part {
	return part{text: escape(text), block: func(int) slack.Block {
		return slack.NewRichTextBlock("", &slack.RichTextPreformatted{
			Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(text, nil)},
		})
	}}
}

// pressAnnounce posts the announcement for everybody in the channel.
func (v *visit) pressAnnounce(context.Context, action) (Reply, error) {
	r := reply(linef(announcement), line(say("Shared by "), mention(v.owner.User)))
	r.InChannel = true
	return r, nil
}
