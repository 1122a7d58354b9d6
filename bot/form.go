package bot

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"pitch/store"
)

// Slack's limits of a modal, in characters (docs: modal views).
const (
	maxModalTitle = 24
	maxInput      = 3000
)

// form starts a modal. what names its submission in submits; about travels with
// it, together with where the answer goes.
func (v *visit) form(what, heading, submit string, about url.Values, fields ...slack.Block) Reply {
	carried := url.Values{"owner": {string(v.owner.User)}, "channel": {string(v.channel)}, "hook": {v.hook}}
	if v.inDM {
		carried.Set("dm", "1")
	}
	for k, vs := range about {
		carried[k] = vs
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
	_, err := v.slack.OpenViewContext(ctx, v.trigger, *form)
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

func textInput(name, value, example string, lines bool) slack.BlockElement {
	var placeholder *slack.TextBlockObject
	if example != "" {
		placeholder = plain(example)
	}
	e := slack.NewPlainTextInputBlockElement(placeholder, name)
	e.InitialValue, e.Multiline, e.MaxLength = clip(value, maxInput), lines, store.MaxWords
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
	return slack.NewOptionBlockObject(c.value, plain(clip(c.label, maxButtonText)), nil)
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

// filled is a submitted form.
type filled struct {
	openView
	about url.Values
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

// fieldErrors are what is wrong with a form, by field; they are shown in place
// and nothing that was typed is lost.
type fieldErrors map[string]string

func (fieldErrors) Error() string { return "a form was not filled in as it needs to be" }

func wrong(field, says string) error { return fieldErrors{field: says} }

// submits is what forms do, by callback id.
var submits = map[string]func(*visit, context.Context, filled) (Reply, error){
	"log":      (*visit).submitLog,
	"edit":     (*visit).submitEdit,
	"learning": (*visit).submitLearning,
	"commit":   (*visit).submitCommit,
	"move":     (*visit).submitMove,
	"settings": (*visit).submitSettings,
}

// errUnfinished is the error of a form whose handling panicked.
var errUnfinished = errors.New("not finished")

// submitted is what became of a form.
type submitted struct {
	reply Reply
	err   error
}

// onSubmit saves a form and closes it, or shows what is wrong in place. An
// answer that takes too long leaves a note in the form, which it then replaces.
func (v *visit) onSubmit(ctx context.Context, d delivered, view openView) {
	about, _ := url.ParseQuery(view.Private)
	f := filled{openView: view, about: about}
	v.hook, v.channel, v.inDM = about.Get("hook"), store.ChannelID(about.Get("channel")), about.Get("dm") != ""
	done := make(chan submitted, 1)
	go func() {
		var out submitted
		out.reply = v.safely(ctx, func(ctx context.Context) (Reply, error) {
			out.err = errUnfinished // unless submit returns, which a panic would prevent
			r, err := v.submit(ctx, f)
			out.err = err
			return r, err
		})
		done <- out
	}()
	select {
	case out := <-done:
		v.closeForm(ctx, d, f, out)
	case <-time.After(saveWithin):
		_ = d.ack(ctx, updated(reply(linef("Not saved yet, I'll confirm here."))))
		out := <-done
		_, err := v.slack.UpdateViewContext(ctx, note(out.reply), "", "", view.ID)
		if err != nil {
			v.follow(ctx, out.reply)
		}
	}
}

func (v *visit) submit(ctx context.Context, f filled) (Reply, error) {
	if owner := f.about.Get("owner"); owner != string(v.owner.User) {
		return Reply{}, errNotTheirButton
	}
	submit, known := submits[f.CallbackID]
	if !known {
		return Reply{}, errOldButton
	}
	return submit(v, ctx, f)
}

// closeForm acknowledges a form that was dealt with in time.
func (v *visit) closeForm(ctx context.Context, d delivered, f filled, out submitted) {
	var inPlace fieldErrors
	var payload any
	switch {
	case asFieldErrors(out.err, &inPlace):
		payload = map[string]any{"response_action": "errors", "errors": inPlace}
	case out.err != nil && firstField(f) != "":
		payload = map[string]any{"response_action": "errors", "errors": fieldErrors{firstField(f): clip(fallback(out.reply.Parts), 150)}}
	case v.hook == "" && v.channel == "" && len(out.reply.Parts) > 0:
		payload = updated(out.reply)
	default:
		_ = d.ack(ctx, nil)
		v.follow(ctx, out.reply)
		return
	}
	body, _ := json.Marshal(payload)
	_ = d.ack(ctx, json.RawMessage(body))
}

func asFieldErrors(err error, into *fieldErrors) bool {
	is, ok := err.(fieldErrors)
	*into = is
	return ok
}

// firstField is a field of the form to show an error at; the one of the name if
// there is one.
func firstField(f filled) string {
	first := ""
	for name := range f.State.Values {
		if name == "who" {
			return name
		}
		if first == "" || name < first {
			first = name
		}
	}
	return first
}

func updated(r Reply) any {
	body, _ := json.Marshal(map[string]any{"response_action": "update", "view": note(r)})
	return json.RawMessage(body)
}

// note is a modal that only says something.
func note(r Reply) slack.ModalViewRequest {
	return slack.ModalViewRequest{Type: slack.VTModal, CallbackID: "note", Title: plain("Pitch"), Close: plain("Close"), Blocks: slack.Blocks{BlockSet: blocks(r.Parts)}}
}
