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
