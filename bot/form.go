package bot

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"pitch/store"
)

// Slack's limits of a modal, in characters (docs: modal views).
const (
	maxModalTitle = 24
	maxInput      = 3000
	maxOption     = 75 // of an option's text and of its value
)

// form starts a modal. what names its submission in submits; about travels with
// it, together with where the answer goes.
func (v *visit) form(what, heading, submit string, about url.Values, fields ...slack.Block) Reply {
	carried := url.Values{
		"owner": {string(v.owner.User)}, "channel": {string(v.channel)}, "hook": {v.hook}, "opened": {strconv.FormatInt(v.now.Unix(), 10)},
	}
	if v.inDM {
		carried.Set("dm", "1")
	}
	if !v.joined {
		carried.Set(newcomer, "1")
	}
	maps.Copy(carried, v.proposed)
	maps.Copy(carried, about)
	for name, value := range opened(fields) {
		carried.Set(wasPrefix+name, value)
	}
	return Reply{Form: &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: what, PrivateMetadata: carried.Encode(),
		Title: plain(clip(heading, maxModalTitle)), Submit: plain(submit), Close: plain("Cancel"),
		Blocks: slack.Blocks{BlockSet: fields},
	}}
}

// openForm shows a form within the three seconds its trigger lives.
func (v *visit) openForm(ctx context.Context, form *slack.ModalViewRequest) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if v.pressedIn.Type == "modal" {
		_, err := v.slack.PushViewContext(ctx, v.trigger, *form)
		return err
	}
	opened, err := v.slack.OpenViewContext(ctx, v.trigger, *form)
	if err == nil && opened.ID == "" {
		err = errNoAnswer
	}
	return err
}

// field is an input with its label; block and action carry its name.
func field(name, label, hint string, required bool, element slack.BlockElement) slack.Block {
	var hinted *slack.TextBlockObject
	if hint != "" {
		hinted = plain(hint)
	}
	input := slack.NewInputBlock(name, plain(label), hinted, element)
	input.Optional = !required
	return input
}

// asking is a field whose answer decides what else is asked: Slack tells the bot
// as soon as something is chosen.
func asking(block slack.Block) slack.Block {
	if input, ok := block.(*slack.InputBlock); ok {
		input.DispatchAction = true
	}
	return block
}

func textInput(name, value, example string, lines bool) slack.BlockElement {
	var placeholder *slack.TextBlockObject
	if example != "" {
		placeholder = plain(example)
	}
	e := slack.NewPlainTextInputBlockElement(placeholder, name)
	e.InitialValue, e.Multiline, e.MaxLength = clip(value, store.MaxWords), lines, store.MaxWords
	return e
}

// countInput takes how many one can promise.
func countInput(name, value string) slack.BlockElement {
	e := slack.NewNumberInputBlockElement(nil, name, false)
	e.InitialValue, e.MinValue, e.MaxValue = value, "1", strconv.Itoa(store.MaxCount)
	return e
}

func dateInput(name string, day store.Day) slack.BlockElement {
	e := slack.NewDatePickerBlockElement(name)
	e.InitialDate = day.String()
	return e
}

func timeInput(name string, at store.Clock) slack.BlockElement {
	e := slack.NewTimePickerBlockElement(name)
	e.InitialTime = string(at)
	return e
}

// choice is one option of a select, radio or checkbox.
type choice struct{ value, label string }

func (c choice) option() *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(c.value, plain(clip(c.label, maxOption)), nil)
}

func selectInput(name, chosen string, choices []choice) slack.BlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("Choose"), name)
	for _, c := range choices {
		e.Options = append(e.Options, c.option())
		if c.value == chosen && chosen != "" {
			e.InitialOption = c.option()
		}
	}
	return e
}

func checkInput(name string, chosen func(choice) bool, choices []choice) slack.BlockElement {
	e := slack.NewCheckboxGroupsBlockElement(name)
	for _, c := range choices {
		e.Options = append(e.Options, c.option())
		if chosen(c) {
			e.InitialOptions = append(e.InitialOptions, c.option())
		}
	}
	return e
}

// choices are the options of a set of stored values under their labels.
func choices[T ~string](values []T, labels map[T]string) []choice {
	out := make([]choice, len(values))
	for i, value := range values {
		out[i] = choice{string(value), capital(labels[value])}
	}
	return out
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// fieldErrors are what is wrong with a form, by field; they are shown in place
// and nothing that was typed is lost.
type fieldErrors map[string]string

func (e fieldErrors) Error() string {
	return strings.Join(slices.Sorted(maps.Values(e)), " ")
}

func wrong(field, says string) error { return fieldErrors{field: says} }

// submits is what forms do, by callback id.
var submits = joined(coachSubmits, logSubmits, prospectSubmits, learningSubmits, offerSubmits, forgetSubmits)

// submission is what a form does.
type submission = func(*visit, context.Context, filled) (Reply, error)

var logSubmits = map[string]submission{
	"log":      (*visit).submitLog,
	"edit":     (*visit).submitEdit,
	"many":     (*visit).submitMany,
	"later":    (*visit).submitLater,
	"commit":   (*visit).submitCommit,
	"move":     (*visit).submitMove,
	"smaller":  (*visit).submitSmaller,
	"settings": (*visit).submitSettings,
}

// onSubmit saves a form and closes it, or shows what is wrong in place. Where it
// took too long, its note becomes the outcome.
func (v *visit) onSubmit(ctx context.Context, d delivered, view openView) {
	f := v.returnTo(view)
	v.screens.forget(v.owner) // what they sent is what they see
	r, err := v.safely(ctx, func(ctx context.Context) (Reply, error) { return v.submit(ctx, f) })
	if err != nil {
		r = v.sorry(err)
	}
	payload := v.closing(f, r, err)
	switch ack := d.ack(ctx, payload); {
	case errors.Is(ack, errLate):
		v.pressedIn = view
		v.pressedIn.Type = "modal"
		v.follow(ctx, r)
	case payload == nil:
		v.follow(ctx, r)
	}
	if v.joined {
		v.pages.visited(v.owner, v.now)
	}
}

// returnTo reads a form, and has the answer go where the form was opened from.
func (v *visit) returnTo(view openView) filled {
	f := read(view)
	v.hook, v.channel, v.inDM = f.about.Get("hook"), store.ChannelID(f.about.Get("channel")), f.about.Get("dm") != ""
	if f.old(v.now) {
		v.hook = ""
	}
	return f
}

// hookLasts is how long after a form was opened its answer still finds the way
// back: a response_url works for thirty minutes.
const hookLasts = 29 * time.Minute

// closing is what a form is acknowledged with: what is wrong, in place; the form
// with a field that it lacked; the answer, where there is nowhere else for it; or
// nil, which closes it.
func (v *visit) closing(f filled, r Reply, err error) any {
	var inPlace fieldErrors
	switch {
	case errors.As(err, &inPlace) && f.first() != "":
		return refused(f.placed(inPlace))
	case r.Form != nil:
		return update(f.continued(r.Form))
	case err != nil && f.first() != "":
		return refused(fieldErrors{f.first(): clip(fallback(r.Parts), 150)})
	case v.hook == "" && !v.inDM:
		return updated(r)
	}
	return nil
}

func refused(errs fieldErrors) any {
	body, _ := json.Marshal(map[string]any{"response_action": "errors", "errors": errs})
	return json.RawMessage(body)
}

func (v *visit) submit(ctx context.Context, f filled) (Reply, error) {
	if !v.owns(f) {
		return Reply{}, errNotTheirButton
	}
	if !v.mayStart(f.about) {
		return Reply{}, store.ErrNoFounder
	}
	submit, known := submits[f.CallbackID]
	if !known {
		return Reply{}, errOldButton
	}
	r, err := submit(v, ctx, f)
	if id, _ := strconv.ParseUint(f.about.Get("line"), 10, 64); id != 0 && err == nil {
		v.heeded(ctx, store.ID(id), f.about.Get("answer"))
	}
	return r, err
}

// owns reports whether a form is the visitor's own.
func (v *visit) owns(f filled) bool { return f.about.Get("owner") == string(v.owner.User) }

func updated(r Reply) any { return update(note(r)) }

func update(view slack.ModalViewRequest) any {
	body, _ := json.Marshal(map[string]any{"response_action": "update", "view": view})
	return json.RawMessage(body)
}

// note is a modal that only says something. Modals take no charts.
func note(r Reply) slack.ModalViewRequest {
	return slack.ModalViewRequest{Type: slack.VTModal, CallbackID: "note", Title: plain("Pitch"), Close: plain("Close"), Blocks: slack.Blocks{BlockSet: blocks(r.inLines().Parts)}}
}
