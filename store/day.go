package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is a local calendar date, counted in days since 1 January 1970. It has no
// zone: it is the date a founder reads on their own wall. The zero Day means
// "no day".
type Day int

// DayOf is the date on the wall at t, in t's location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Date(y, m, d)
}

// Date is the day with that year, month and day of the month; values out of
// range roll over as they do in [time.Date].
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads "2006-01-02".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date like 2006-01-02", s)
	}
	return DayOf(t), nil
}

func (d Day) civil() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Date is the day's year, month and day of the month.
func (d Day) Date() (int, time.Month, int) { return d.civil().Date() }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.civil().Weekday() }

// Monday is the first day of d's ISO week.
func (d Day) Monday() Day { return d - Day((d.Weekday()+6)%7) }

// FirstOfMonth is the first day of d's month.
func (d Day) FirstOfMonth() Day {
	y, m, _ := d.Date()
	return Date(y, m, 1)
}

// LastOfMonth is the last day of d's month.
func (d Day) LastOfMonth() Day {
	y, m, _ := d.Date()
	return Date(y, m+1, 1) - 1
}

// ISOWeek is the name of d's ISO week, such as "2027-W13".
func (d Day) ISOWeek() string {
	y, w := d.civil().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", y, w)
}

// Format formats the date with a [time.Time.Format] layout.
func (d Day) Format(layout string) string { return d.civil().Format(layout) }

// String is the date as "2006-01-02", or "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Format(time.DateOnly)
}

// MarshalText writes the date as "2006-01-02".
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDay(string(b))
	return err
}

// At is the instant at which clocks in loc show c on d. A time that the clocks
// skip is shifted forward by the gap (02:30 becomes 03:30); of a time they show
// twice, it is the first.
func (d Day) At(c Clock, loc *time.Location) time.Time {
	wall := d.civil().Add(time.Duration(c.Minutes()) * time.Minute)
	_, before := wall.Add(-24 * time.Hour).In(loc).Zone()
	_, after := wall.Add(24 * time.Hour).In(loc).Zone()
	first := wall.Add(-time.Duration(max(before, after)) * time.Second)
	for _, offset := range []int{max(before, after), min(before, after)} {
		t := wall.Add(-time.Duration(offset) * time.Second)
		if _, is := t.In(loc).Zone(); is == offset {
			return t.In(loc)
		}
	}
	if before < after {
		first = wall.Add(-time.Duration(before) * time.Second)
	}
	return first.In(loc)
}

// Clock is a time of day as "15:04". The zero Clock means "no time".
type Clock string

// ClockOf is the time of day on the wall at t, in t's location.
func ClockOf(t time.Time) Clock { return Clock(t.Format("15:04")) }

// ParseClock reads "15:04" or "9:04".
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	if err != nil {
		return "", fmt.Errorf("%q is not a time like 09:00", s)
	}
	return ClockOf(t), nil
}

// Minutes is the number of minutes since midnight, 0 for no time.
func (c Clock) Minutes() int {
	hour, minute, _ := strings.Cut(string(c), ":")
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return h*60 + m
}

// Weekdays is a set of days of the week, Sunday the lowest bit. The zero value
// is the empty set.
type Weekdays uint8

// MondayToFriday is what a founder works unless they say otherwise.
const MondayToFriday Weekdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday

// EveryWeekday is the set of all seven days.
const EveryWeekday Weekdays = 1<<7 - 1

// WeekdaySet is the set of those days.
func WeekdaySet(days ...time.Weekday) (w Weekdays) {
	for _, d := range days {
		w |= 1 << d
	}
	return w
}

// Has reports whether d is in the set.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// Days lists the set, Monday first.
func (w Weekdays) Days() (days []time.Weekday) {
	for i := range 7 {
		if d := time.Weekday((i + 1) % 7); w.Has(d) {
			days = append(days, d)
		}
	}
	return days
}

// String is the set as "monday,tuesday", or "" for the empty set.
func (w Weekdays) String() string {
	var names []string
	for _, d := range w.Days() {
		names = append(names, strings.ToLower(d.String()))
	}
	return strings.Join(names, ",")
}

// MarshalText writes the set as String does.
func (w Weekdays) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (w *Weekdays) UnmarshalText(b []byte) (err error) {
	*w, err = ParseWeekdays(string(b))
	return err
}

// ParseWeekdays reads "monday,tuesday" into a set.
func ParseWeekdays(s string) (w Weekdays, err error) {
	if s == "" {
		return 0, nil
	}
	for name := range strings.SplitSeq(s, ",") {
		d, ok := weekdayNamed(name)
		if !ok {
			return 0, fmt.Errorf("%q is not a day of the week", name)
		}
		w |= 1 << d
	}
	return w, nil
}

func weekdayNamed(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(strings.TrimSpace(name), d.String()) {
			return d, true
		}
	}
	return 0, false
}
