package bot

import (
	"context"
	"net/http"
	"path"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"
)

// pace is how often a method may be called in a workspace, and how much of that
// at once.
type pace struct {
	limit rate.Limit
	burst int
}

// The pace of Slack's methods, per workspace, from its rate limit tiers (docs):
// tier 3 is 50 a minute and more, tier 4 100 and more. A method that is not
// named goes at tier 3. chat.postMessage is "several hundred a minute" over a
// workspace, and one a second in a channel. Where somebody waits for the answer,
// a minute's worth may go at once; what Pitch sends of itself goes evenly.
var paces = map[string]pace{
	"apps.connections.open": {perMinute(20), 8},
	"chat.postMessage":      {perMinute(300), 8},
	"chat.postEphemeral":    {perMinute(100), 100},
	"users.info":            {perMinute(100), 100},
	// An export is four files: some founders' at once.
	"files.getUploadURLExternal":   {perMinute(100), 40},
	"files.completeUploadExternal": {perMinute(100), 40},
	"views.open":                   {perMinute(100), 100},
	"views.push":                   {perMinute(100), 100},
	"views.update":                 {perMinute(100), 100},
	"views.publish":                {perMinute(100), 20},
}

var defaultPace = pace{perMinute(50), 8}

func perMinute(n float64) rate.Limit { return rate.Limit(n / 60) }

// pacer is a transport that keeps each method at Slack's pace, and every method
// still while Slack has asked for that. It is what stands between a server that
// refuses every connection and a thousand attempts a second.
type pacer struct {
	next http.RoundTripper
	now  func() time.Time

	mu      sync.Mutex
	methods map[string]*rate.Limiter
	held    map[string]time.Time
}

func newPacer(next http.RoundTripper) *pacer {
	return &pacer{next: next, now: time.Now, methods: map[string]*rate.Limiter{}, held: map[string]time.Time{}}
}

func (p *pacer) RoundTrip(r *http.Request) (*http.Response, error) {
	method := path.Base(r.URL.Path)
	limiter, held := p.limiter(method)
	if held > 0 {
		return nil, &slack.RateLimitedError{RetryAfter: held}
	}
	if err := limiter.Wait(r.Context()); err != nil {
		return nil, &slack.RateLimitedError{RetryAfter: time.Second}
	}
	res, err := p.next.RoundTrip(r)
	if err == nil && res.StatusCode == http.StatusTooManyRequests {
		p.hold(method, res.Header.Get("Retry-After"))
	}
	return res, err
}

// ready waits until a method may be called: the hold Slack asked for is over and
// its pace allows for one more.
func (p *pacer) ready(ctx context.Context, method string) error {
	for {
		limiter, wait := p.limiter(method)
		if wait <= 0 {
			if limiter.Tokens() >= 1 {
				return nil
			}
			wait = time.Duration(float64(time.Second) / float64(limiter.Limit()))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// spare reports whether a method may be called for something that can wait,
// without taking what people may need in the next moment.
func (p *pacer) spare(method string) bool {
	limiter, held := p.limiter(method)
	return held <= 0 && limiter.Tokens() > float64(limiter.Burst())/2
}

func (p *pacer) limiter(method string) (*rate.Limiter, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.methods[method]
	if l == nil {
		at, ok := paces[method]
		if !ok {
			at = defaultPace
		}
		l = rate.NewLimiter(at.limit, at.burst)
		p.methods[method] = l
	}
	return l, p.held[method].Sub(p.now())
}

func (p *pacer) hold(method, after string) {
	seconds, err := strconv.Atoi(after)
	if err != nil || seconds < 1 {
		seconds = 30
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held[method] = p.now().Add(time.Duration(seconds) * time.Second)
}
