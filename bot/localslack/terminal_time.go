package localslack

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

var errNoTime = errors.New(`when? at 16:00, at tomorrow 09:00, at friday 16:00, at +1h, at 2027-03-28 09:00`)

// at moves time forward.
func (t *Terminal) at(ctx context.Context, when string) (string, error) {
	now, err := t.localNow()
	if err != nil {
		return "", err
	}
	to, err := parseWhen(when, now)
	if err != nil {
		return "", err
	}
	return t.advance(ctx, now, to)
}

// next moves time to the next thing due, to whomever, and says so where it shows
// this person nothing.
func (t *Terminal) next(ctx context.Context, _ string) (string, error) {
	now, err := t.localNow()
	if err != nil {
		return "", err
	}
	to, ok := t.Clock.Next()
	if !ok {
		return "", errors.New("nothing is due")
	}
	moved, err := t.advance(ctx, now, to)
	if err != nil {
		return "", err
	}
	news := t.settled("")
	if news == "" {
		u, _ := t.Workspace.User(t.User)
		news = "(nothing new for " + u.Name + "; what was due may be somebody else's, or has nothing to say)"
	}
	return join(moved, news), nil
}

func (t *Terminal) advance(ctx context.Context, now, to time.Time) (string, error) {
	if to.Before(now) {
		return "", fmt.Errorf("it is %s already; time only moves forward", now.Format(clockFormat))
	}
	if err := t.Clock.AdvanceTo(ctx, to); err != nil {
		return "", fmt.Errorf("moving the time: %w", err)
	}
	return "── " + to.In(now.Location()).Format(clockFormat) + " " + now.Location().String() + " ──", nil
}

// clockFormat is how the terminal writes a moment.
const clockFormat = "Mon 2 Jan 2006 15:04"

// localNow is the time in the person's zone.
func (t *Terminal) localNow() (time.Time, error) {
	if t.Clock == nil {
		return time.Time{}, errors.New("time cannot be moved here")
	}
	return t.Clock.Now().In(t.Workspace.Reader(t.User).zone()), nil
}

// parseWhen reads a moment after now, in now's zone.
func parseWhen(s string, now time.Time) (time.Time, error) {
	if d, ok := strings.CutPrefix(s, "+"); ok {
		return later(d, now)
	}
	day, clock, both := strings.Cut(strings.ToLower(s), " ")
	if hour, minute, ok := wallClock(day); ok && !both {
		to := onDay(now, 0, hour, minute)
		if to.Before(now) {
			to = onDay(now, 1, hour, minute)
		}
		return to, nil
	}
	hour, minute := now.Hour(), now.Minute()
	if both {
		var ok bool
		if hour, minute, ok = wallClock(clock); !ok {
			return time.Time{}, errNoTime
		}
	}
	switch day {
	case "today":
		return onDay(now, 0, hour, minute), nil
	case "tomorrow":
		return onDay(now, 1, hour, minute), nil
	}
	if d, err := time.ParseInLocation("2006-01-02", day, now.Location()); err == nil {
		return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, now.Location()), nil
	}
	return onWeekday(day, now, hour, minute)
}

func onWeekday(day string, now time.Time, hour, minute int) (time.Time, error) {
	for i := range 8 {
		to := onDay(now, i, hour, minute)
		name := strings.ToLower(to.Weekday().String())
		if len(day) >= 3 && strings.HasPrefix(name, day) && to.After(now) {
			return to, nil
		}
	}
	return time.Time{}, errNoTime
}

func onDay(now time.Time, days, hour, minute int) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day()+days, hour, minute, 0, 0, now.Location())
}

// later adds a duration; days are calendar days.
func later(d string, now time.Time) (time.Time, error) {
	if n, ok := strings.CutSuffix(d, "d"); ok {
		days, err := strconv.Atoi(n)
		if err != nil || days < 0 {
			return time.Time{}, errNoTime
		}
		return now.AddDate(0, 0, days), nil
	}
	wait, err := time.ParseDuration(d)
	if err != nil || wait < 0 {
		return time.Time{}, errNoTime
	}
	return now.Add(wait), nil
}

// wallClock reads 16:00, 9:00, 4pm or 4:30pm.
func wallClock(s string) (hour, minute int, ok bool) {
	for _, layout := range []string{"15:04", "3pm", "3:04pm"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.Hour(), at.Minute(), true
		}
	}
	return 0, 0, false
}

// zone changes the person's time zone.
func (t *Terminal) zone(_ context.Context, name string) (string, error) {
	if name == "" {
		return "", errors.New("which one? zone Europe/Berlin")
	}
	if _, err := time.LoadLocation(name); err != nil {
		return "", fmt.Errorf("%q is not a time zone; write one such as Europe/Berlin", name)
	}
	return "", t.Workspace.ChangeZone(t.User, name)
}
