package localslack

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

const (
	// furthest is how far ahead the clock goes at once.
	furthest = 31 * 24 * time.Hour
	// moveWithin is how long that may take.
	moveWithin = 2 * time.Minute
)

// doClock moves the time and says what arrived meanwhile.
func (p *Page) doClock(_ context.Context, at seat, want wanted) (done, error) {
	if p.Clock == nil {
		return done{}, errors.New("the time cannot be moved here")
	}
	if !p.moving.TryLock() {
		return done{}, errMoving
	}
	defer p.moving.Unlock()
	now := p.Clock.Now().In(at.zone)
	to, err := p.moment(want.To, now)
	if err != nil {
		return done{}, err
	}
	before := p.waiting(at)
	// Somebody who leaves the page meanwhile does not stop the clock halfway.
	ctx, cancel := context.WithTimeout(p.w.ctx, moveWithin)
	defer cancel()
	if err := p.Clock.AdvanceTo(ctx, to); err != nil {
		p.w.cfg.Log.Error("moving the clock", "error", err)
		return done{}, errors.New("the clock could not be moved")
	}
	p.settled(ctx)
	p.w.nudge()
	return done{Said: p.itIs(at) + " " + arrived(before, p.waiting(at))}, nil
}

var errMoving = errors.New("the clock is being moved already")

// itIs says the time, as a person's own clock shows it.
func (p *Page) itIs(at seat) string {
	return "It is " + p.now().In(at.zone).Format("Monday, 2 January, 15:04") + "."
}

// moment is what a button of the clock stands for.
func (p *Page) moment(to string, now time.Time) (time.Time, error) {
	switch to {
	case "next":
		next, ok := p.Clock.Next()
		if !ok {
			return now, errors.New("nothing is due: commit to something, or choose every morning in settings")
		}
		return next, nil
	case "hour":
		return now.Add(time.Hour), nil
	case "morning":
		if nine := onDay(now, 0, 9, 0); nine.After(now) {
			return nine, nil
		}
		return onDay(now, 1, 9, 0), nil
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", to, now.Location())
	switch {
	case err != nil:
		return now, errors.New("choose a day and a time")
	case at.Before(now.Truncate(time.Minute)):
		return now, errors.New("time only moves forward")
	case at.Sub(now) > furthest:
		return now, errors.New("a month ahead is the most at once")
	}
	return at, nil
}

// waiting counts a person's messages from others, by place.
func (p *Page) waiting(at seat) map[string]int {
	out := map[string]int{}
	for _, m := range p.w.Screen(at.user.ID) {
		if m.User != at.user.ID && !m.Ephemeral() {
			name := p.w.cfg.App.Name
			if c, err := p.w.Channel(at.user.ID, m.Channel); err == nil && c.Name != "" {
				name = "#" + c.Name
			}
			out[name]++
		}
	}
	return out
}

// arrived says what is new.
func arrived(before, after map[string]int) string {
	var news []string
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if n := after[name] - before[name]; n > 0 {
			noun := "messages"
			if n == 1 {
				noun = "message"
			}
			news = append(news, fmt.Sprintf("%d new %s in %s", n, noun, name))
		}
	}
	if len(news) == 0 {
		return "Nothing new for you."
	}
	return strings.Join(news, ", ") + "."
}
