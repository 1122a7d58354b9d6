package nudges

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"pitch/store"
)

// ErrSchedule is returned when a cron spec cannot be used.
var ErrSchedule = errors.New("not a usable schedule")

// Schedule is a cron spec read as times on a wall clock, of no zone in
// particular. The zero Schedule never fires.
//
// Cron alone computes in the zone and so skips 02:30 in spring, fires 01:30
// twice in autumn, and loses weekly jobs where clocks change at midnight. Here
// cron only ever sees wall-clock times written as UTC, where no clock changes;
// each is then placed in the zone: one the clocks skip is shifted forward by the
// gap, one they show twice is the first.
type Schedule struct {
	spec string
	cron *cron.SpecSchedule
}

// maxSpec is longer than any spec that means something, in bytes.
const maxSpec = 200

// ParseSchedule reads a spec of the five standard fields: minute, hour, day of
// the month, month, day of the week. A zone in the spec, a descriptor such as
// @daily, and a spec that never fires are ErrSchedule.
func ParseSchedule(spec string) (s Schedule, err error) {
	// Cron's parser panics on some specs, "TZ=UTC" one of them.
	defer func() {
		if r := recover(); r != nil {
			s, err = Schedule{}, fmt.Errorf("%w: %q", ErrSchedule, spec)
		}
	}()
	if len(spec) > maxSpec {
		return Schedule{}, fmt.Errorf("%w: longer than %d bytes", ErrSchedule, maxSpec)
	}
	if strings.Contains(spec, "TZ=") {
		return Schedule{}, fmt.Errorf("%w: %q names a zone", ErrSchedule, spec)
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(spec)
	if err != nil {
		return Schedule{}, fmt.Errorf("%w: %w", ErrSchedule, err)
	}
	bits, ok := parsed.(*cron.SpecSchedule)
	if !ok || !fires(bits) {
		return Schedule{}, fmt.Errorf("%w: %q never fires", ErrSchedule, spec)
	}
	return Schedule{spec, bits}, nil
}

// fires reports whether a parsed spec has a next time. A field of nothing but
// commas parses as a field that never matches, and makes cron search five years
// second by second: that is seen from the bits.
func fires(s *cron.SpecSchedule) bool {
	if slices.Contains([]uint64{s.Minute, s.Hour, s.Dom, s.Month, s.Dow}, 0) {
		return false
	}
	// Cron looks five years ahead, which from here includes 29 February 2028.
	return !s.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero()
}

// Weekly is the spec of a time of day on days of the week, or "", which is no
// spec, where there are no days.
func Weekly(days store.Weekdays, at store.Clock) string {
	var names []string
	for _, d := range days.Days() {
		names = append(names, fmt.Sprint(int(d)))
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("%d %d * * %s", at.Minutes()%60, at.Minutes()/60, strings.Join(names, ","))
}

// String is the spec.
func (s Schedule) String() string { return s.spec }

// Next is the first occurrence strictly after a time, in loc, or the zero time
// where there is none within five years. No occurrence comes twice, and of two
// that a gap shifts to one instant there is one.
func (s Schedule) Next(after time.Time, loc *time.Location) (first time.Time) {
	if s.cron == nil {
		return time.Time{}
	}
	// What the clocks skipped lately may have been shifted to after `after`.
	wall := onWall(after.In(loc)).Add(-skipped(after, loc))
	for {
		wall = s.cron.Next(wall)
		if wall.IsZero() || !first.IsZero() && !wall.Before(onWall(first)) {
			return first
		}
		at := store.DayOf(wall).At(store.ClockOf(wall), loc)
		if at.After(after) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
}

// From is the first occurrence on or after a day, as the wall shows it; the zero
// day where there is none within five years.
func (s Schedule) From(day store.Day) (store.Day, store.Clock) {
	if s.cron == nil {
		return 0, ""
	}
	y, m, d := day.Date()
	wall := s.cron.Next(time.Date(y, m, d, 0, 0, -1, 0, time.UTC))
	if wall.IsZero() {
		return 0, ""
	}
	return store.DayOf(wall), store.ClockOf(wall)
}

// onWall is what clocks show at t, written as UTC.
func onWall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// skipped is by how much clocks in loc went forward in the day before t.
func skipped(t time.Time, loc *time.Location) time.Duration {
	_, is := t.In(loc).Zone()
	_, was := t.Add(-25 * time.Hour).In(loc).Zone()
	return time.Duration(max(is-was, 0)) * time.Second
}
