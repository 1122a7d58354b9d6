package bot

import (
	"context"
	"encoding/json"
	"errors"
	"hash/maphash"
	"runtime/debug"
	"slices"
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
	busy  map[store.Owner]bool      // whom a keeper is looking after
	work  chan struct{}             // there is something in old
	homes map[store.Owner]time.Time // when the Home was last looked at
	fresh map[store.Owner]bool      // whose Home was opened and not shown yet
	shown map[string]uint64         // what a page last showed, by its name in Slack
	taken map[string]bool           // messages that a press has turned into an answer
	asked map[store.Owner]time.Time // when Slack was last asked about a founder
}

func newPages() *pages {
	return &pages{
		seed: maphash.MakeSeed(), work: make(chan struct{}, keepers),
		old: map[store.Owner]bool{}, busy: map[store.Owner]bool{},
		homes: map[store.Owner]time.Time{}, fresh: map[store.Owner]bool{}, asked: map[store.Owner]time.Time{},
		shown: map[string]uint64{}, taken: map[string]bool{},
	}
}

// stale marks an owner's pages as out of date.
func (p *pages) stale(owner store.Owner) { p.note(owner, true) }

// visited notes that an owner was here, if it is time to ask Slack about them.
func (p *pages) visited(owner store.Owner, now time.Time) {
	p.mu.Lock()
	due := now.Sub(p.asked[owner]) >= askedEvery
	p.mu.Unlock()
	if due {
		p.note(owner, false)
	}
}

func (p *pages) note(owner store.Owner, changed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.old[owner] = p.old[owner] || changed
	p.wake()
}

// take is an owner to look after, and whether their pages are out of date; ok is
// false where there is none.
func (p *pages) take() (owner store.Owner, changed, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for owner, changed = range p.old {
		if !p.busy[owner] {
			delete(p.old, owner)
			p.busy[owner] = true
			return owner, changed, true
		}
	}
	return owner, false, false
}

// done lets an owner be looked after again.
func (p *pages) done(owner store.Owner) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.busy, owner)
	if _, again := p.old[owner]; again {
		p.wake()
	}
}

// wake has one more of the keepers look for work.
func (p *pages) wake() {
	select {
	case p.work <- struct{}{}:
	default:
	}
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

// opened notes that somebody looks at their Home.
func (p *pages) opened(owner store.Owner, now time.Time) {
	p.mu.Lock()
	p.homes[owner], p.fresh[owner] = now, true
	p.mu.Unlock()
	p.note(owner, false)
}

// justOpened reports, once, whether a Home was opened and is still to be shown.
func (p *pages) justOpened(owner store.Owner) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	fresh := p.fresh[owner]
	delete(p.fresh, owner)
	return fresh
}

// pagesKept bounds the memory of what was shown; forgetting only means that an
// unchanged page is sent again.
const pagesKept = 10_000

// differs reports whether a page would show something new.
func (p *pages) differs(name, content string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown[name] != maphash.String(p.seed, content) && !p.taken[name]
}

// showed remembers what a page shows now.
func (p *pages) showed(name, content string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.shown) >= pagesKept {
		clear(p.shown)
	}
	p.shown[name] = maphash.String(p.seed, content)
}

// homeName is what an owner's Home is called among the pages.
func homeName(owner store.Owner) string {
	return "home " + string(owner.Team) + " " + string(owner.User)
}

// forget drops what is remembered of an owner. What their messages showed is
// remembered by the messages' names, which are nobody's.
func (p *pages) forget(owner store.Owner) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.homes, owner)
	delete(p.asked, owner)
	delete(p.shown, homeName(owner))
	delete(p.fresh, owner)
	delete(p.old, owner)
}

// showAnew has an owner's Home shown once more.
func (p *pages) showAnew(owner store.Owner) {
	p.mu.Lock()
	p.fresh[owner] = true
	p.mu.Unlock()
	p.note(owner, false)
}

// content is all that a reply shows.
func content(r Reply) string {
	body, _ := json.Marshal(blocks(r.Parts))
	return string(body)
}

// leave keeps a message as the answer a press makes of it. It reports whether the
// message was not one before.
func (p *pages) leave(ts string) (first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.taken[ts] || ts == "" {
		return false
	}
	if len(p.taken) >= pagesKept {
		clear(p.taken)
	}
	p.taken[ts] = true
	return true
}

// release lets a message that a press did not replace be kept current again.
func (p *pages) release(owner store.Owner, ts string) {
	p.mu.Lock()
	delete(p.taken, ts)
	p.mu.Unlock()
	p.stale(owner)
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

// keepers is how many founders' pages are brought up to date side by side.
const keepers = 4

// keepPages looks after what people see, away from their answers, until ctx ends.
func (b *Bot) keepPages(ctx context.Context) {
	var all sync.WaitGroup
	for range keepers {
		all.Go(func() { b.keep(ctx) })
	}
	all.Wait()
}

func (b *Bot) keep(ctx context.Context) {
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
			b.pages.done(owner)
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
	polite, welcome, err := v.begin(ctx)
	if b.pages.justOpened(owner) {
		v.showHome(ctx, polite, welcome, err)
	}
	if err != nil || !welcome || !v.joined {
		return
	}
	if changed {
		v.refresh(ctx)
	}
	if !b.pacer.spare("users.info") || !b.pages.ask(owner, v.now) {
		return
	}
	if who, err := b.lookUp(ctx, owner.User); err == nil && who.ID == owner.User {
		v.follows(ctx, who)
	}
}

// refresh brings what was sent today, the reminders of what is closed, and a Home
// that is being looked at up to date.
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
		v.update(ctx, p)
	}
	if v.pages.watches(v.owner, v.now) {
		v.publishHome(ctx)
	}
}

// update shows a page as it should read now. What Slack refuses for the moment
// is tried again.
func (v *visit) update(ctx context.Context, p page) {
	now := content(p.reply)
	if p.ts == "" || !v.pages.differs(p.ts, now) {
		return
	}
	_, _, _, err := v.slack.UpdateMessageContext(ctx, string(p.channel), p.ts, options(p.reply)...)
	v.updated(err, p.ts, now)
}

// updated notes what became of bringing a page up to date.
func (v *visit) updated(err error, name, now string) {
	if err == nil {
		v.pages.showed(name, now)
		return
	}
	v.log.Warn("a page was not brought up to date", "error", errorCode(err))
	if !errors.Is(sendError(err), nudges.ErrRefused) {
		time.AfterFunc(againAfter, func() { v.pages.stale(v.owner) })
	}
}

// againAfter is how long after Slack refused a page it is tried again.
const againAfter = 30 * time.Second

func (v *visit) outOfDate(b *store.Book) (out []page, err error) {
	f, err := b.Founder()
	if err != nil {
		return nil, err
	}
	deliveries, err := b.Deliveries()
	if err != nil {
		return nil, err
	}
	messages := map[string][]store.Delivery{}
	for _, d := range deliveries {
		if d.Status == store.Sent && d.TS != "" && d.Notice != store.WeeklyBoard {
			messages[d.TS] = append(messages[d.TS], d)
		}
	}
	for ts, rows := range messages {
		if !v.keptCurrent(rows) {
			continue
		}
		l, err := nudges.Rewrite(b, rows)
		if err != nil {
			return nil, err
		}
		if v.reads(l, rows) {
			out = append(out, page{rows[0].Channel, ts, v.letterMessage(f, l)})
		}
	}
	return out, nil
}

// remindersCurrent is how long a reminder is brought up to date.
const remindersCurrent = 48 * time.Hour

// reads reports whether a message reads as a letter does now, so that it is to be
// brought up to date. A plan whose day is over stays as it is unless the partner
// it introduced can't.
func (v *visit) reads(l nudges.Letter, rows []store.Delivery) bool {
	if remindersAlone(rows) {
		return v.closedSince(l, rows)
	}
	p := l.Partner
	if p == nil {
		return true
	}
	drawnSince := p.Pairing.Week > p.Week // for the week after, which some begin earlier
	dayOver := l.Plan != nil && l.Plan.Day != v.today()
	return !drawnSince && !(dayOver && p.Pairing.Meets(p.Week))
}

// keptCurrent reports whether a message is brought up to date: for as long as the
// day of a plan, a recap or a digest lasts, an introduction for its week, and
// reminders for longer.
func (v *visit) keptCurrent(rows []store.Delivery) bool {
	return slices.ContainsFunc(rows, func(d store.Delivery) bool {
		switch d.Notice {
		case store.DueReminder:
			return remindersAlone(rows) && v.now.Sub(d.At) < remindersCurrent
		case store.WeeklyPartner:
			return d.Day.Monday() == v.today().Monday()
		}
		return d.Day == v.today()
	})
}

func remindersAlone(rows []store.Delivery) bool {
	return !slices.ContainsFunc(rows, func(d store.Delivery) bool { return d.Notice != store.DueReminder })
}

// closedSince reports whether something that a message of reminders is about was
// closed after it was sent, and not before this process began: an answer may
// stand in its place.
func (v *visit) closedSince(l nudges.Letter, rows []store.Delivery) bool {
	return slices.ContainsFunc(l.Reminders, func(i nudges.Item) bool {
		closed := i.Closed()
		return closed.After(v.started) && closed.After(rows[0].At)
	})
}

// showHome shows the Home to somebody who opened it, as begin found them. Nothing
// is stored.
func (v *visit) showHome(ctx context.Context, polite Reply, welcome bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	switch {
	case err != nil:
		v.publish(ctx, v.sorry(err))
	case !welcome:
		v.publish(ctx, polite)
	default:
		v.publishHome(ctx)
	}
}

func (v *visit) publishHome(ctx context.Context) {
	r, err := v.home(ctx)
	if err != nil {
		r = v.sorry(err)
	}
	v.publish(ctx, r)
}

func (v *visit) publish(ctx context.Context, r Reply) {
	name, shown := homeName(v.owner), blocksWithin(r.Parts, maxHomeBlocks)
	body, _ := json.Marshal(shown)
	now := string(body)
	if !v.pages.differs(name, now) {
		return
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: shown}}
	_, err := v.slack.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(v.owner.User), View: home})
	v.updated(err, name, now)
}
