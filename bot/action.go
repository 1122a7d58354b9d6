package bot

import (
	"net/url"
	"strconv"
	"strings"

	"pitch/store"
)

// action is what a button does: a verb, whose button it is, and what about. It
// travels as the button's value, "U012AB3CD?verb=done&id=17", so that a button
// works for as long as its message exists, across restarts.
type action struct {
	verb  string
	owner store.UserID
	about url.Values
}

// does is an action of the owner's; pairs are names and values.
func (v *visit) does(verb string, pairs ...string) action {
	a := newAction(v.owner.User, verb, pairs...)
	if !v.joined {
		a.about.Set(newcomer, "1")
	}
	return a
}

// newcomer marks the buttons and forms of somebody Pitch keeps no records of, with
// which they may start. Others are of records that were: after those have been
// forgotten, a late press does not begin new ones.
const newcomer = "new"

// mayStart reports whether a button or form works for who has no records.
func (v *visit) mayStart(about url.Values) bool { return v.joined || about.Get(newcomer) != "" }

func newAction(owner store.UserID, verb string, pairs ...string) action {
	about := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		about.Set(pairs[i], pairs[i+1])
	}
	return action{verb: verb, owner: owner, about: about}
}

// id is the action_id: unique in its message.
func (a action) id(n string) string { return a.verb + "." + n }

func (a action) value() string {
	q := url.Values{}
	for k, v := range a.about {
		q[k] = v
	}
	q.Set("verb", a.verb)
	return string(a.owner) + "?" + q.Encode()
}

// parseAction reads a button's value; ok is false for what is not one of ours.
func parseAction(value string) (a action, ok bool) {
	owner, query, found := strings.Cut(value, "?")
	about, err := url.ParseQuery(query)
	if !found || err != nil || about.Get("verb") == "" || owner == "" {
		return action{}, false
	}
	a = action{verb: about.Get("verb"), owner: store.UserID(owner), about: about}
	about.Del("verb")
	return a, true
}

// anybody is the owner of a button that is for whoever may do what it does.
const anybody store.UserID = "*"

// forAnybody are the verbs such a button may have. They check for themselves who
// pressed it.
var forAnybody = map[string]bool{"channel-off": true}

// mayPress reports whether a button is that person's to press.
func (a action) mayPress(user store.UserID) bool {
	return a.owner == user || a.owner == anybody && forAnybody[a.verb]
}

func (a action) get(name string) string { return a.about.Get(name) }

func (a action) recordID(name string) store.ID {
	n, _ := strconv.ParseUint(a.get(name), 10, 64)
	return store.ID(n)
}

func (a action) number(name string) int {
	n, _ := strconv.Atoi(a.get(name))
	return n
}
