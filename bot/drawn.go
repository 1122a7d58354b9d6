package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"pitch/store"
)

// drawn reports whether a reply has a chart or a table.
func (r Reply) drawn() bool {
	return slices.ContainsFunc(r.Parts, func(p part) bool { return p.plain != nil })
}

// inLines is a reply with every chart and table in its second form, which Slack
// takes everywhere.
func (r Reply) inLines() Reply {
	r.Parts = slices.Clone(r.Parts)
	for i, p := range r.Parts {
		if p.plain != nil {
			r.Parts[i].block, r.Parts[i].plain = p.plain, nil
		}
	}
	return r
}

// chartsRefusedFor is how long a workspace that refused a chart is not tried
// again. It is kept in memory: forgetting it costs one refused call.
const chartsRefusedFor = 6 * time.Hour

// charts remembers whether the workspace takes charts and tables. Its zero value
// has no reason to doubt it.
type charts struct {
	mu      sync.Mutex
	refused time.Time // when they last were
}

func (c *charts) taken(now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refused.IsZero() || now.Sub(c.refused) >= chartsRefusedFor
}

func (c *charts) refuse(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused = now
}

// badBlocks are Slack's codes for blocks it does not take, after which nothing
// was shown. A response_url says it with its status alone at times.
var badBlocks = map[string]bool{
	"invalid_blocks": true, "invalid_blocks_format": true, "invalid_arguments": true, "invalid_payload": true, "http_400": true,
}

// draw sends a reply with its charts or, where Slack does not take them, without.
func (b *Bot) draw(r Reply, send func(Reply) error) error {
	if !r.drawn() {
		return send(r)
	}
	if b.charts.taken(b.Now()) {
		err := send(r)
		if !badBlocks[errorCode(err)] {
			return err
		}
		b.charts.refuse(b.Now())
		b.log.Warn("this workspace takes no charts; the same numbers go out in lines", "error", errorCode(err))
	}
	return send(r.inLines())
}

// direct posts what is for the founder's DM and returns what is left to say
// where they asked: that it is there, unless that is where they are, or what
// could not be posted.
func (v *visit) direct(ctx context.Context, r Reply) Reply {
	dm, err := v.ownDM(ctx)
	for i, message := range r.InDM {
		if err == nil {
			_, err = v.send(ctx, dm, message)
		}
		if err != nil {
			v.log.Warn("a DM was not posted; its text is the answer", "error", err)
			return together(r.InDM[i:]).inLines()
		}
	}
	if dm == v.channel && v.pressedIn.Type == "" {
		return Reply{}
	}
	r.InDM = nil
	return r
}

// ownDM is the founder's DM, opened if need be. Only their yes to messages has
// its id kept.
func (v *visit) ownDM(ctx context.Context) (store.ChannelID, error) {
	if v.founder.DM != "" {
		return v.founder.DM, nil
	}
	dm, err := v.openDM(ctx, v.owner)
	return dm, sendError(err)
}

// together is several messages as one.
func together(all []Reply) (r Reply) {
	for _, each := range all {
		r = r.with(each.Parts...)
	}
	return r
}
