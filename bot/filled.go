package bot

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"pitch/store"
)

// filled is a form as far as somebody has filled it in.
type filled struct {
	openView
	about url.Values
}

// read is an open form with what travels with it. Its zero value has no fields.
func read(view openView) filled {
	about, _ := url.ParseQuery(view.Private)
	return filled{openView: view, about: about}
}

// has reports whether a field is on the screen.
func (f filled) has(name string) bool {
	_, there := f.State.Values[name]
	return there
}

func (f filled) in(name string) filledIn {
	for _, element := range f.State.Values[name] {
		return element
	}
	return filledIn{}
}

func (f filled) text(name string) string { return strings.TrimSpace(f.in(name).Value) }

func (f filled) chosen(name string) string {
	if s := f.in(name).Selected; s != nil {
		return s.Value
	}
	return ""
}

func (f filled) day(name string) store.Day {
	d, _ := store.ParseDay(f.in(name).Date)
	return d
}

func (f filled) clock(name string) store.Clock {
	c, _ := store.ParseClock(f.in(name).Time)
	return c
}

func (f filled) several(name string) (values []string) {
	for _, s := range f.in(name).Several {
		values = append(values, s.Value)
	}
	return values
}

// first is a field to show an error at: the name, if the form has one.
func (f filled) first() string {
	if f.has("who") {
		return "who"
	}
	names := slices.Sorted(maps.Keys(f.State.Values))
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// placed are errors at fields that are on the screen: Slack takes no others.
func (f filled) placed(errs fieldErrors) fieldErrors {
	out := fieldErrors{}
	for name, says := range errs {
		if !f.has(name) {
			name = f.first()
		}
		out[name] = strings.TrimSpace(out[name] + " " + says)
	}
	return out
}

// old reports whether a form was opened so long ago that its response_url is over.
func (f filled) old(now time.Time) bool {
	opened, _ := strconv.ParseInt(f.about.Get("opened"), 10, 64)
	return now.Sub(time.Unix(opened, 0)) > hookLasts
}

// id is the record the form is about.
func (f filled) id() store.ID {
	return f.recordID("id")
}

// recordID is a record that travels with the form.
func (f filled) recordID(name string) store.ID {
	n, _ := strconv.ParseUint(f.about.Get(name), 10, 64)
	return store.ID(n)
}
