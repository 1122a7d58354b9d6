package bot

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/store"
)

// whom is what a form knows of with whom: a choice in the type-ahead or, where
// that has no room for it, names by hand.
//
// A choice's value is the prospect's id, newName and a name, or byHand and what
// was typed so far.
type whom struct {
	pick   choice // its zero value is nobody yet
	byHand bool
	names  string // one a line
	room   int    // how many names were asked for; 0 is not said
	one    bool   // there is no room for several
}

const (
	newName = "+"
	byHand  = "*"
)

// somebody is the choice of a prospect.
func somebody(p store.Prospect) choice { return choice{p.ID.String(), p.Name} }

// somebodyNew is the choice of a name that is not among the prospects. A value holds
// less than a name may have, so that a longer one is finished by hand.
func somebodyNew(name string) choice {
	const quotes = "Add “”"
	c := choice{newName + name, "Add “" + clip(name, maxOption-utf8.RuneCountInString(quotes)) + "”"}
	if utf8.RuneCountInString(c.value) > maxOption {
		c.value = byHand + string([]rune(name)[:maxOption-1])
	}
	return c
}

// withWhom is who is known from the start: nobody, somebody, or several names.
func (v *visit) withWhom(who parse.Who, names ...string) whom {
	if who.Name != "" && len(names) == 0 {
		names = []string{who.Name}
	}
	switch len(names) {
	case 0:
		return whom{}
	case 1:
		if i := slices.IndexFunc(v.prospects, func(p store.Prospect) bool { return p.ID == who.ID }); i >= 0 {
			return whom{pick: somebody(v.prospects[i])}
		}
		if same := v.namesakes(names[0]); len(same) == 1 {
			return whom{pick: somebody(same[0])}
		}
		if c := somebodyNew(names[0]); strings.HasPrefix(c.value, newName) {
			return whom{pick: c}
		}
	}
	return whom{byHand: true, names: strings.Join(names, "\n")}
}

// namesakes are the visitor's prospects of a name, however it is spelt.
func (v *visit) namesakes(name string) (same []store.Prospect) {
	folded := store.Fold(name)
	for _, p := range v.prospects {
		if store.Fold(p.Name) == folded {
			same = append(same, p)
		}
	}
	return same
}

// field asks with whom.
func (w whom) field(required bool) slack.Block {
	if !w.byHand {
		menu := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain("Type a name"), "who")
		menu.MinQueryLength = new(int)
		if w.pick.value != "" {
			menu.InitialOption = w.pick.option()
		}
		return asking(field("who", "With whom", "", required, menu))
	}
	hint := "Several? One a line."
	switch {
	case w.one:
		hint = "The whole name."
	case w.room > 1:
		hint = "Up to " + strconv.Itoa(w.room) + " names, one a line."
	}
	return field("who", "With whom", hint, required, textInput("names", strings.TrimSpace(w.names), "Jane at Acme", !w.one))
}

// answered is with whom as the form has it now.
func (w whom) answered(f filled) whom {
	in, now := f.in("who"), whom{room: w.room, one: w.one}
	switch {
	case !f.has("who"):
		return w
	case in.Value != "" || in.Type == "plain_text_input":
		now.byHand, now.names = true, in.Value
	case in.Selected != nil:
		now.names, now.byHand = strings.CutPrefix(in.Selected.Value, byHand)
		if !now.byHand {
			now.names, now.pick = "", choice{in.Selected.Value, in.Selected.Text.Text}
		}
	}
	return now
}

// unfinished reports whether names are to be written for which the form on the
// screen has no room yet.
func (w whom) unfinished(f filled) bool { return w.byHand && f.in("who").Selected != nil }

// people are those a form names: at least one.
func (v *visit) people(w whom) ([]parse.Who, error) {
	name, isNew := strings.CutPrefix(w.pick.value, newName)
	switch {
	case w.byHand:
		return people(w.names)
	case isNew:
		return people(strings.ReplaceAll(name, "\n", " "))
	case w.pick.value == "":
		return people("")
	}
	for _, p := range v.prospects {
		if p.ID.String() == w.pick.value {
			return []parse.Who{{Name: p.Name, ID: p.ID}}, nil
		}
	}
	return nil, wrong("who", "That prospect is gone. Choose again.")
}

// people reads names, one a line; one that is there twice counts once.
func people(lines string) (all []parse.Who, err error) {
	seen := map[string]bool{}
	for name := range strings.Lines(lines) {
		name = strings.TrimSpace(name)
		if name == "" || seen[store.Fold(name)] {
			continue
		}
		if (store.Prospect{Name: name}).Validate() != nil {
			return nil, wrong("who", "A name has at most "+strconv.Itoa(store.MaxName)+" characters.")
		}
		seen[store.Fold(name)] = true
		all = append(all, parse.Who{Name: name})
	}
	switch {
	case len(all) == 0:
		return nil, wrong("who", "Who was it? Choose or write a name.")
	case len(all) > store.MaxCount:
		return nil, wrong("who", "At most "+strconv.Itoa(store.MaxCount)+" names at once.")
	}
	return all, nil
}

// onePerson is people where a form is about one.
func (v *visit) onePerson(w whom) (parse.Who, error) {
	all, err := v.people(w)
	if err == nil && len(all) > 1 {
		err = wrong("who", "One name here.")
	}
	if err != nil {
		return parse.Who{}, err
	}
	return all[0], nil
}
