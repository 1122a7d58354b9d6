package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"pitch/nudges"
	"pitch/store"
)

// SendLetter and PostBoard make the bot the messenger of nudges.

// SendLetter sends what is due to a founder's DM.
func (b *Bot) SendLetter(ctx context.Context, to store.Founder, l nudges.Letter) (nudges.Receipt, error) {
	return b.sendDM(ctx, to, b.letterMessage(to, l))
}

// letterMessage is a letter, as it is first sent and as it is kept current.
func (b *Bot) letterMessage(to store.Founder, l nudges.Letter) Reply {
	v := &visit{Bot: b, owner: to.Owner, founder: to, now: l.Now, joined: true}
	s := &sheet{visit: v, room: itemRoom}
	if l.Review != nil {
		s.room -= reviewRoom
	}
	if l.Plan != nil {
		s.room -= reasonRoom * len(l.Plan.Reasons)
	}
	if l.Recap != nil {
		s.room -= reasonRoom * len(l.Recap.Reasons)
	}
	reminders := l.Reminders
	if l.Plan == nil && l.Recap == nil {
		s.reminders(l)
		reminders = nil
	}
	if l.Plan != nil {
		s.heading(l.Plan.Day.Format("Monday 2 January"), l.Plan.Late, v.founder.Morning)
		s.items("Now", reminders)
		s.plan(*l.Plan, false)
		s.reasons(l.Plan.Reasons, l.Likely)
		reminders = nil
	}
	if l.Recap != nil {
		s.heading("Recap, "+l.Recap.Day.Format("Monday 2 January"), l.Recap.Late, v.recapAt())
		s.items("Now", reminders)
		s.recap(*l.Recap)
		s.reasons(l.Recap.Reasons, l.Likely)
	}
	if l.Review != nil {
		s.review(*l.Review)
	}
	if l.Plan == nil && l.Recap == nil && l.Review == nil {
		return reply(s.parts...).with(buttons("", v.stopButton()))
	}
	return reply(s.parts...).with(buttons("", v.logButton(false), button{label: "Settings", does: v.does("settings")}, v.stopButton()))
}

// stopButton ends all messages, from any of them.
func (v *visit) stopButton() button {
	return button{label: "Stop messages", does: v.does("say", "text", "stop", "keep", "1"), confirm: "No more messages from Pitch. What you logged is kept."}
}

// heading begins a part of a letter, and says if it is late.
func (s *sheet) heading(text string, late bool, at store.Clock) {
	s.add(title(text))
	if late {
		s.add(aside("Late: this was for " + string(at) + "."))
	}
}

// reminders are the lines of a letter without a list that would say them.
func (s *sheet) reminders(l nudges.Letter) {
	if len(l.Reminders) == 0 {
		return
	}
	if l.Late() {
		s.add(aside("Late: this was due " + s.dueLabel(l.Reminders) + "."))
	}
	in := inPlan
	if len(l.Reminders) == 1 && l.Review == nil {
		in = ""
	}
	s.section("", "/pitch today lists them.", len(l.Reminders), func(i int) []part { return s.reminderParts(l.Reminders[i], in) })
}

// reminderParts say that something is due or, once it is closed, what became of
// it.
func (v *visit) reminderParts(item nudges.Item, in string) []part {
	c, p := item.Commitment, item.Prospect
	switch mark := closedMarks[c.Status]; {
	case mark != "":
		return []part{line(append([]word{say(mark)}, promise(c, p)...)...)}
	case !item.Followed.IsZero():
		return []part{line(say("✓ In touch with "), bold(p.Name))}
	case c.ID == 0:
		return []part{line(say("Time to follow up with "), bold(p.Name)), v.followUpButtons(p, in)}
	}
	parts := []part{line(append([]word{say("Time to ")}, imperative(c, p)...)...)}
	if c.Sentence != "" {
		parts = append(parts, line(say("“"+c.Sentence+"”")))
	}
	return append(parts, v.itemButtons(c, p, in))
}

// closedMarks are what a reminder's line begins with once it is closed.
var closedMarks = map[store.Status]string{store.Kept: "✓ Done: ", store.Released: "Let go: ", store.Missed: "Over: "}

// dueLabel is when the first of some reminders was due.
func (v *visit) dueLabel(items []nudges.Item) string {
	c, p := items[0].Commitment, items[0].Prospect
	if c.ID == 0 {
		return dayLabel(p.FollowUpOn, v.today())
	}
	c.Every = store.Once
	return whenLabel(c, v.today(), v.location())
}

// imperative is a promise as what to do now: "call Acme", "make 5 calls".
func imperative(c store.Commitment, p store.Prospect) []word {
	switch {
	case c.Prospect == 0:
		return append([]word{say("make ")}, promise(c, p)...)
	case c.Kind == store.Meeting || c.Kind == store.Demo || c.Kind == store.FollowUp:
		verb := map[store.Kind]string{store.Meeting: "meet ", store.Demo: "show the demo to ", store.FollowUp: "follow up with "}[c.Kind]
		return []word{say(verb), bold(p.Name)}
	}
	return promise(c, p)
}

// PostBoard posts a channel's weekly board.
func (b *Bot) PostBoard(ctx context.Context, _ store.TeamID, post nudges.BoardPost) (nudges.Receipt, error) {
	r := reply(title("Asks made, week of " + post.Week.Format("2 January")))
	if post.Late {
		r = r.with(aside("Late: the usual time was missed."))
	}
	r = r.with(standings(post.Standings)...)
	r = r.with(aside("An ask is one clear request; one per prospect and day counts. Only those who chose to be here are named: /pitch board on. A new week starts on Monday."))
	r = r.with(buttons("weekly board", button{label: "Turn off", does: newAction(anybody, "channel-off"), confirm: "No more weekly boards in this channel."}))
	return b.send(ctx, post.Channel, r)
}

func (b *Bot) sendDM(ctx context.Context, to store.Founder, r Reply) (nudges.Receipt, error) {
	dm := to.DM
	if dm == "" {
		var err error
		if dm, err = b.openDM(ctx, to.Owner); err != nil {
			err = sendError(err)
			if errors.Is(err, nudges.ErrUncertain) { // opening a DM posts nothing
				err = &nudges.RetryError{After: 30 * time.Second, Err: err}
			}
			return nudges.Receipt{}, err
		}
		if err := b.rememberDM(ctx, to.Owner, dm); err != nil {
			b.log.Warn("a DM's id was not kept", "error", err)
		}
	}
	return b.send(ctx, dm, r)
}

// send posts a message once. Waiting for the channel's turn or the workspace's
// ends, unposted, with ctx.
func (b *Bot) send(ctx context.Context, to store.ChannelID, r Reply) (nudges.Receipt, error) {
	if err := b.paced.wait(ctx, to); err != nil {
		return nudges.Receipt{}, &nudges.RetryError{After: time.Second, Err: err}
	}
	var ts string
	err := b.draw(r, func(r Reply) (err error) {
		ts, err = b.postOnce(ctx, to, r)
		return err
	})
	if err != nil {
		if over(err) {
			select {
			case b.fatal <- err:
			default:
			}
		}
		return nudges.Receipt{}, sendError(err)
	}
	if ts == "" { // {"ok":false} without a code is no error to the library
		return nudges.Receipt{}, nudges.ErrUncertain
	}
	return nudges.Receipt{Channel: to, TS: ts}, nil
}

// Ready waits until Slack would take a message, so that nudges claims no reminder
// that has to wait: what is claimed and not sent when a process dies is lost.
func (b *Bot) Ready(ctx context.Context) error { return b.pacer.ready(ctx, "chat.postMessage") }

// postOnce posts a message. Being told to wait is not a failure as long as ctx
// leaves the time.
func (b *Bot) postOnce(ctx context.Context, to store.ChannelID, r Reply) (ts string, err error) {
	for {
		_, ts, err = b.slack.PostMessageContext(ctx, string(to), options(r)...)
		var limited *slack.RateLimitedError
		if !errors.As(err, &limited) {
			return ts, err
		}
		ends, bounded := ctx.Deadline()
		if bounded && time.Now().Add(limited.RetryAfter+waitMargin).After(ends) {
			return "", err
		}
		select {
		case <-ctx.Done():
			return "", err
		case <-time.After(max(limited.RetryAfter, time.Second)):
		}
	}
}

// waitMargin is what a post that has waited needs to be sent and answered.
const waitMargin = 10 * time.Second

func options(r Reply) []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(fallback(r.Parts), false), slack.MsgOptionBlocks(blocks(r.Parts)...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
}

// post gives a reply where no response_url can: to a DM as a message, elsewhere
// for the visitor's eyes alone.
func (v *visit) post(ctx context.Context, r Reply) error {
	if v.channel == "" {
		return errors.New("nowhere to reply to")
	}
	if v.inDM {
		_, err := v.send(ctx, v.channel, r)
		return err
	}
	return v.draw(r, func(r Reply) error {
		_, err := v.slack.PostEphemeralContext(ctx, string(v.channel), string(v.owner.User), options(r)...)
		return err
	})
}

func (b *Bot) rememberDM(ctx context.Context, owner store.Owner, dm store.ChannelID) error {
	return b.Store.Change(ctx, store.Cause{Now: b.Now()}, owner, func(book *store.Book) error {
		f, err := book.Founder()
		if err != nil || f.DM == dm {
			return err
		}
		f.DM = dm
		return book.SetFounder(f)
	})
}

// channelPace keeps a channel to one message a second, as Slack does.
type channelPace struct {
	mu       sync.Mutex
	channels map[store.ChannelID]*rate.Limiter
}

func newChannelPace() *channelPace {
	return &channelPace{channels: map[store.ChannelID]*rate.Limiter{}}
}

// pacesKept bounds how many channels are remembered: one that was idle for a
// second needs no memory.
const pacesKept = 4096

func (p *channelPace) wait(ctx context.Context, channel store.ChannelID) error {
	p.mu.Lock()
	l := p.channels[channel]
	if l == nil {
		if len(p.channels) >= pacesKept {
			clear(p.channels)
		}
		l = rate.NewLimiter(rate.Every(time.Second), 2)
		p.channels[channel] = l
	}
	p.mu.Unlock()
	return l.Wait(ctx)
}
