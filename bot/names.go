package bot

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"pitch/bot/parse"
	"pitch/store"
)

// maxPastedNames is how many names can be added at once: more than the characters
// of a field have room for, unless they are very short.
const maxPastedNames = 200

// namesForm takes names, one a line; count is how many are asked for, 0 is any
// number. Those that are known already are filled in.
func (v *visit) namesForm(count int, names ...string) Reply {
	label := "Names, one a line"
	switch {
	case count == 1:
		label = "A name, or several, one a line"
	case count > 1:
		label = strconv.Itoa(count) + " names, one a line"
	}
	e := slack.NewPlainTextInputBlockElement(plain("Acme\nJane at Globex, warm\nBob, cold, dev"), "names")
	e.Multiline, e.MaxLength, e.InitialValue = true, maxInput, clip(strings.Join(names, "\n"), maxInput)
	return v.form("names", "Add prospects", "Add", nil,
		field("names", label, "After a comma, if you like: warm, cold, intro or inbound; dev or not a dev.", true, e))
}

// pasteButton opens namesForm.
func (v *visit) pasteButton(label string, count int) button {
	return button{label: label, does: v.does("names-form", "count", strconv.Itoa(count)), primary: count > 0}
}

// pasted is a line of names that were pasted.
type pasted struct {
	name string
	says parse.Mark // what the line says of them, if anything
}

// readNames reads pasted lines; a name that comes twice is one.
func readNames(text string, ctx parse.Context) (all []pasted, err error) {
	known := map[string]bool{}
	number := 0
	for l := range strings.Lines(text) {
		number++
		one := readName(l, ctx)
		if one.name == "" || known[store.Fold(one.name)] {
			continue
		}
		if (store.Prospect{Name: one.name}).Validate() != nil {
			return nil, wrong("names", "Line "+strconv.Itoa(number)+" is too long: a name has at most "+strconv.Itoa(store.MaxName)+" characters.")
		}
		known[store.Fold(one.name)] = true
		all = append(all, one)
	}
	switch {
	case len(all) == 0:
		return nil, wrong("names", "Write at least one name.")
	case len(all) > maxPastedNames:
		return nil, wrong("names", "At most "+strconv.Itoa(maxPastedNames)+" names at once.")
	}
	return all, nil
}

// readName reads a line: a name, without the mark of a list before it, and what
// is said of them after commas, as far as that is unmistakable. Everything else
// belongs to the name.
func readName(l string, ctx parse.Context) (one pasted) {
	l = withoutBullet(strings.TrimSpace(l))
	for {
		at := strings.LastIndex(l, ",")
		if at < 0 {
			break
		}
		said, ok := trait(strings.TrimSpace(l[at+1:]), ctx)
		if !ok || said.Relationship != "" && one.says.Relationship != "" || said.Buyer != "" && one.says.Buyer != "" {
			break
		}
		one.says.Relationship = cmp.Or(said.Relationship, one.says.Relationship)
		one.says.Buyer = cmp.Or(said.Buyer, one.says.Buyer)
		l = strings.TrimSpace(l[:at])
	}
	one.name = l
	return one
}

// trait is what a word says of a prospect, by the grammar's own reading.
func trait(word string, ctx parse.Context) (parse.Log, bool) {
	ctx.Known = nil
	l, ok := parse.Command(`log call "x", `+word, ctx).(parse.Log)
	bare, _ := parse.Command(`log call "x"`, ctx).(parse.Log)
	said := parse.Log{Relationship: l.Relationship, Buyer: l.Buyer}
	l.Relationship, l.Buyer = "", ""
	return said, ok && (said.Relationship != "" || said.Buyer != "") && l.String() == bare.String()
}

// withoutBullet is a line without the mark a list has before its items.
func withoutBullet(l string) string {
	for _, mark := range []string{"- ", "* ", "• ", "– "} {
		if rest, ok := strings.CutPrefix(l+" ", mark); ok {
			return strings.TrimSpace(rest)
		}
	}
	number := strings.TrimLeft(l, "0123456789")
	for _, mark := range []string{". ", ") "} {
		if rest, ok := strings.CutPrefix(number+" ", mark); ok && number != l {
			return strings.TrimSpace(rest)
		}
	}
	return l
}

// submitNames adds everybody who was pasted, at once.
func (v *visit) submitNames(ctx context.Context, f filled) (Reply, error) {
	all, err := readNames(f.text("names"), v.context())
	if err != nil {
		return Reply{}, err
	}
	var added, known []store.Prospect
	step, err := v.change(ctx, "add "+counted(len(all), "name", "names"), func(b *store.Book) error {
		added, known = nil, nil
		for _, one := range all {
			p, isNew, err := b.AddProspect(one.name)
			if err != nil {
				return err
			}
			marked(&p, one.says)
			if err := b.SetProspect(p); err != nil {
				return err
			}
			if isNew {
				added = append(added, p)
			} else {
				known = append(known, p)
			}
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	return v.namesReply(added, known, step), nil
}

// namesShown is how many names an answer lists.
const namesShown = 20

// namesReply says who is new and who was known.
func (v *visit) namesReply(added, known []store.Prospect, step store.ID) Reply {
	r := reply(linef("Everybody was on your list already."))
	if len(added) > 0 {
		r = reply(linef("Added "+strconv.Itoa(len(added))+":"), list(nameLines(added)...))
	}
	if len(known) > 0 {
		r = r.with(linef("Known already, and not added twice: "+strconv.Itoa(len(known))), list(nameLines(known)...))
	}
	return r.with(buttons("prospects", v.sayButton("Prospects", "prospects"), v.undoButton(step)))
}

func nameLines(all []store.Prospect) (lines [][]word) {
	for i, p := range all {
		if i == namesShown {
			return append(lines, []word{say("… and " + strconv.Itoa(len(all)-i) + " more")})
		}
		lines = append(lines, []word{bold(p.Name), say(traits(p))})
	}
	return lines
}
