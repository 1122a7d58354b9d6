package localslack

import (
	"math"
	"time"
)

// Slack's tiers in calls a minute (docs.slack.dev/apis/web-api/rate-limits).
// "20+" and the like are taken at their word: the number, with a minute's
// worth of burst.
type tier int

const (
	tier2   tier = 20
	tier3   tier = 50
	tier4   tier = 100
	special tier = 600 // auth.test: "hundreds of requests per minute"
)

// chat.postMessage: one a second in a channel, short bursts allowed, and an
// unstated cap for the workspace of "several hundred messages per minute".
const (
	postBurst         = 5
	workspacePerMin   = 300
	workspacePerBurst = 60
)

type bucket struct {
	tokens float64
	at     time.Time
}

// limiter holds a token bucket per method, and per channel for posts.
type limiter struct{ buckets map[string]*bucket }

// take uses a token of the bucket under key, or says how long until there is one.
func (l *limiter) take(key string, perSecond, burst float64, now time.Time) time.Duration {
	b := l.buckets[key]
	if b == nil {
		b = &bucket{tokens: burst, at: now}
		l.buckets[key] = b
	}
	b.tokens = min(burst, b.tokens+now.Sub(b.at).Seconds()*perSecond)
	b.at = now
	// A hair of tolerance: a client that waits exactly as told has its token.
	if b.tokens >= 1-1e-6 {
		b.tokens--
		return 0
	}
	return time.Duration((1 - b.tokens) / perSecond * float64(time.Second))
}

// limit applies a method's tier. The lock is held.
func (w *Workspace) limit(method string, t tier) time.Duration {
	if w.cfg.Unlimited {
		return 0
	}
	return w.limits.take("method "+method, float64(t)/60, float64(t), w.tick())
}

// limitPost applies the limits of chat.postMessage. The lock is held.
func (w *Workspace) limitPost(channel string) time.Duration {
	if w.cfg.Unlimited {
		return 0
	}
	if d := w.limits.take("post "+channel, 1, postBurst, w.tick()); d > 0 {
		return d
	}
	return w.limits.take("post", workspacePerMin/60.0, workspacePerBurst, w.tick())
}

// retryAfter is a wait as the header says it: whole seconds, at least one.
func retryAfter(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
