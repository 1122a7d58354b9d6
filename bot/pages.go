package bot

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"runtime/debug"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"pitch/nudges"
	"pitch/store"
)

// pages knows which messages and Homes show a founder's records, so that they
// are brought up to date after a change and left alone otherwise.
type pages struct {
	mu    sync.Mutex
	seed  maphash.Seed
	old   map[store.Owner]bool      // whom to look after; true: their records changed
	work  chan struct{}             // there is something in old
	homes map[store.Owner]time.Time // when the Home was last looked at
	shown map[string]uint64         // what a page last showed, by its name in Slack
	taken map[string]bool           // messages that a press has turned into an answer
	asked map[store.Owner]time.Time // when Slack was last asked about a founder
}

func newPages() *pages {
	return &pages{work: make(chan struct{}, 1), seed: maphash.MakeSeed(), old: map[store.Owner]bool{}, homes: map[store.Owner]time.Time{}, shown: map[string]uint64{}, taken: map[string]bool{}, asked: map[store.Owner]time.Time{}}
}

// stale marks an owner's pages as out of date.
func (p *pages) stale(owner store.Owner) { p.note(owner, true) }

// visited notes that an owner was here: Slack may be asked about them again.
func (p *pages) visited(owner store.Owner) { p.note(owner, false) }

func (p *pages) note(owner store.Owner, changed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.old[owner] = p.old[owner] || changed
	select {
	case p.work <- struct{}{}:
	default:
	}
}

// take is an owner to look after, and whether their pages are out of date; ok is
// false where there is none.
func (p *pages) take() (owner store.Owner, changed, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for owner, changed = range p.old {
		delete(p.old, owner)
		return owner, changed, true
	}
	return owner, false, false
}

// ask reports whether it is time to ask Slack about a founder again.
func (p *pages) ask(owner store.Owner, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.asked[owner]) < askedEvery {
		return false
	}
	p.asked[owner] = now
	return true
}

// homeWatched is how long after it was opened a Home is kept current: until
// then somebody may be looking at it.
const homeWatched = time.Hour

func (p *pages) watches(owner store.Owner, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, opened := p.homes[owner]
	return opened && now.Sub(at) < homeWatched
}

func (p *pages) opened(owner store.Owner, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.homes[owner] = now
}

// pagesKept bounds the memory of what was shown; forgetting only means that an
// unchanged page is sent again.
const pagesKept = 10_000

// differs reports whether a page would show something new, and remembers it.
func (p *pages) differs(name, content string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	sum := maphash.String(p.seed, content)
	if p.shown[name] == sum || p.taken[name] {
		return false
	}
	if len(p.shown) >= pagesKept {
		clear(p.shown)
	}
	p.shown[name] = sum
	return true
}

// content is all that a reply shows.
func content(r Reply) string {
	body, _ := json.Marshal(blocks(r.Parts))
	return string(body)
}

// leave keeps a message as the answer a press made of it.
func (p *pages) leave(ts string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.taken) >= pagesKept {
		clear(p.taken)
	}
	p.taken[ts] = true
}

// page is a message that shows records, as it should read now.
type page struct {
	channel store.ChannelID
	ts      string
	reply   Reply
}

// askedEvery is how often Slack is asked about a founder again, in case a move,
// or their leaving, was announced while Pitch was away.
const askedEvery = 24 * time.Hour

// keepPages looks after what people see, one founder at a time and away from
// their answers, until ctx ends.
func (b *Bot) keepPages(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.pages.work:
		}
		for ctx.Err() == nil {
			owner, changed, ok := b.pages.take()
			if !ok {
				break
			}
			b.lookAfter(ctx, owner, changed)
		}
	}
}

func (b *Bot) lookAfter(ctx context.Context, owner store.Owner, changed bool) {
	defer func() {
		if r := recover(); r != nil {
			b.log.Error("keeping pages current panicked", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	v := &visit{Bot: b, owner: owner, now: b.Now()}
	if _, welcome, err := v.begin(ctx); err != nil || !welcome || !v.joined {
		return
	}
	if changed {
		v.refresh(ctx)
	}
	if !b.pages.ask(owner, v.now) {
		return
	}
	if who, err := b.lookUp(ctx, owner.User); err == nil && who.ID == owner.User {
		v.follows(ctx, who)
	}
}

// refresh brings today's plan, the reminders of what is closed, and a Home that
// is being looked at up to date.
func (v *visit) refresh(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	var out []page
	err := v.view(ctx, func(b *store.Book) (err error) {
		out, err = v.outOfDate(b)
		return err
	})
	if err != nil {
		v.log.Warn("pages were not brought up to date", "error", err)
	}
	for _, p := range out {
		if p.ts != "" && v.pages.differs(p.ts, content(p.reply)) {
			if _, _, _, err := v.slack.UpdateMessageContext(ctx, string(p.channel), p.ts, options(p.reply)...); err != nil {
				v.log.Warn("a message was not brought up to date", "error", errorCode(err))
			}
		}
	}
	if v.pages.watches(v.owner, v.now) {
		v.publishHome(ctx)
	}
}

func (v *visit) outOfDate(b *store.Book) (out []page, err error) {
	f, err := b.Founder()
	if err != nil {
		return nil, err
	}
	deliveries, err := b.Deliveries()
	if err != nil {
		return nil, err
	}
	for _, d := range deliveries {
		switch {
		case d.Status != store.Sent || d.With != "":
		case d.Notice == store.MorningPlan && d.Day == b.Today():
			plan, err := nudges.DayPlan(b, d.Day)
			if err != nil {
				return nil, err
			}
			out = append(out, page{d.Channel, d.TS, v.planMessage(f, plan)})
		case d.Notice == store.DueReminder:
			if p, closed := v.closedReminder(b, d); closed {
				out = append(out, p)
			}
		}
	}
	return out, nil
}

// remindersCurrent is how long a reminder is brought up to date.
const remindersCurrent = 48 * time.Hour

// closedReminder is a reminder whose commitment has been closed since.
func (v *visit) closedReminder(b *store.Book, d store.Delivery) (page, bool) {
	c, err := b.Commitment(d.Commitment)
	if err != nil || c.Status == store.Open || v.now.Sub(d.At) > remindersCurrent || c.ClosedAt.Before(d.At) {
		return page{}, false
	}
	p, _ := b.Prospect(c.Prospect)
	mark := map[store.Status]string{store.Kept: "✓ Done: ", store.Released: "Let go: ", store.Missed: "Over: "}[c.Status]
	return page{d.Channel, d.TS, reply(line(append([]word{say(mark)}, promise(c, p)...)...))}, true
}

// openHome shows the Home to somebody who opened it. Nothing is stored.
func (v *visit) openHome(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	if _, welcome, err := v.begin(ctx); err != nil || !welcome {
		return
	}
	v.pages.opened(v.owner, v.now)
	v.publishHome(ctx)
}

func (v *visit) publishHome(ctx context.Context) {
	r, err := v.showToday(ctx)
	if err != nil {
		r = v.sorry(err)
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks(r.Parts)}}
	if !v.pages.differs("home "+string(v.owner.User), content(r)) {
		return
	}
	if _, err := v.slack.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(v.owner.User), View: home}); err != nil {
		v.log.Warn("a Home was not published", "error", errorCode(err))
	}
}
