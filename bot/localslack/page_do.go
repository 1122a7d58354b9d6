package localslack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxDo is more than any form holds, in bytes.
const maxDo = 1 << 20

// wanted is what a browser sends: the fields an action needs.
type wanted struct {
	Text     string              `json:"text"`
	Channel  string              `json:"channel"`
	TS       string              `json:"ts"`
	View     string              `json:"view"`
	Block    string              `json:"block"`
	Action   string              `json:"action"`
	Choose   []string            `json:"choose"`
	Typed    string              `json:"typed"`
	Values   map[string][]string `json:"values"`
	All      bool                `json:"all"`
	To       string              `json:"to"`
	Callback string              `json:"callback"`
}

// done is the answer to an action: nothing more is said of one that went well,
// what came of it is on the screens.
type done struct {
	Error   string    `json:"error,omitempty"`
	Said    string    `json:"said,omitempty"`
	Go      string    `json:"go,omitempty"` // another screen to go to, and to say it there
	Options []Suggest `json:"options,omitempty"`
}

// Suggest is an option of a menu that asks the bot.
type Suggest struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// deed is what can be done on the page, by the last part of its address.
type deed func(*Page, context.Context, seat, wanted) (done, error)

func deeds() map[string]deed {
	return map[string]deed{
		"type": (*Page).doType, "press": (*Page).doPress, "submit": (*Page).doSubmit, "close": (*Page).doClose,
		"suggest": (*Page).doSuggest, "clock": (*Page).doClock, "open": (*Page).doOpen, "read": (*Page).doRead,
		"shortcut": (*Page).doShortcut, "situation": (*Page).doSituation,
	}
}

// serveDo carries out an action and answers once the bot has settled.
func (p *Page) serveDo(rw http.ResponseWriter, r *http.Request) {
	do := deeds()[r.PathValue("do")]
	at, err := p.seat(r)
	if err != nil || do == nil {
		http.Error(rw, errNotHere.Error(), http.StatusNotFound)
		return
	}
	// A form of another site could be sent without asking; this type and this
	// header could not.
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" || r.Header.Get("Origin") == "" {
		http.Error(rw, "This takes JSON from this page only.", http.StatusForbidden)
		return
	}
	var want wanted
	if err := json.NewDecoder(http.MaxBytesReader(rw, r.Body, maxDo)).Decode(&want); err != nil {
		answerJSON(rw, http.StatusBadRequest, done{Error: "That was not understood."})
		return
	}
	if !p.w.enter() {
		return
	}
	defer p.w.work.Done()
	out, err := do(p, r.Context(), at, want)
	if err != nil {
		out = done{Error: capitalised(err.Error())}
	}
	answerJSON(rw, http.StatusOK, out)
}

func capitalised(s string) string {
	return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] + "."
}

// settled waits until the bot has answered: one second longer than Slack does.
func (p *Page) settled(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, ackWithin+time.Second)
	defer cancel()
	_ = p.w.WaitQuiet(ctx) // a bot that is still busy is shown as it is
}

func (p *Page) doType(ctx context.Context, at seat, want wanted) (done, error) {
	text := strings.TrimSpace(want.Text)
	if text == "" || at.home() {
		return done{}, errors.New("there is nothing to send")
	}
	var err error
	if strings.HasPrefix(text, "/") {
		err = p.w.Command(at.user.ID, at.room.ID, text)
	} else {
		err = p.w.Say(at.user.ID, at.room.ID, text)
	}
	p.settled(ctx)
	return done{}, err
}

// control finds what an action is about among what is on the person's screen.
func (p *Page) control(at seat, want wanted) (Control, error) {
	all, err := p.w.Controls(at.user.ID, Place{Channel: want.Channel, TS: want.TS, View: want.View})
	if err != nil {
		return Control{}, errors.New("that message or form is gone")
	}
	i := slices.IndexFunc(all, func(c Control) bool { return c.BlockID == want.Block && c.ActionID == want.Action })
	if i < 0 {
		return Control{}, errors.New("that has changed meanwhile; look again")
	}
	return all[i], nil
}

func (p *Page) doPress(ctx context.Context, at seat, want wanted) (done, error) {
	c, err := p.control(at, want)
	if err != nil {
		return done{}, err
	}
	if c.Type == "datetimepicker" {
		for i, t := range want.Choose {
			want.Choose[i] = momentIn(t, at.zone)
		}
	}
	if err := p.keep(at, want); err != nil {
		return done{}, err
	}
	err = p.w.PressControl(at.user.ID, c, want.Choose...)
	p.settled(ctx)
	return done{}, err
}

// keep puts what else was typed into the form that something is pressed in: the
// bot is told of it, and it is still there when the form is drawn again.
func (p *Page) keep(at seat, want wanted) error {
	open := p.w.Modals(at.user.ID)
	if len(open) == 0 || open[len(open)-1].ID != want.View || len(want.Values) == 0 {
		return nil
	}
	values, err := p.typed(at, want)
	if err != nil {
		return err
	}
	return p.w.fillExactly(at.user.ID, values)
}

// typed is what a browser has in the fields of a form, as they take it.
func (p *Page) typed(at seat, want wanted) (map[string][]string, error) {
	all, err := p.w.Controls(at.user.ID, Place{View: want.View})
	values := map[string][]string{}
	for _, c := range all {
		chosen, given := want.Values[c.BlockID+"/"+c.ActionID]
		if !given || stateField(c.Type) == "" {
			continue
		}
		if c.Type == "datetimepicker" && len(chosen) > 0 {
			chosen = []string{momentIn(chosen[0], at.zone)}
		}
		values[c.BlockID+"/"+c.ActionID] = chosen
	}
	return values, err
}

// momentIn is a local date and time as the seconds a datetimepicker holds.
func momentIn(t string, zone *time.Location) string {
	at, err := time.ParseInLocation("2006-01-02T15:04", t, zone)
	if err != nil {
		return t
	}
	return fmt.Sprint(at.Unix())
}

func (p *Page) doSubmit(ctx context.Context, at seat, want wanted) (done, error) {
	open := p.w.Modals(at.user.ID)
	if len(open) == 0 || open[len(open)-1].ID != want.View {
		return done{}, errors.New("this form is no longer open")
	}
	values, err := p.typed(at, want)
	if err == nil {
		err = p.w.submitExactly(at.user.ID, values)
	}
	p.settled(ctx)
	return done{}, err
}

func (p *Page) doClose(ctx context.Context, at seat, want wanted) (done, error) {
	if len(p.w.Modals(at.user.ID)) == 0 {
		return done{}, nil // another tab was first
	}
	err := p.w.CloseModal(at.user.ID, want.All)
	p.settled(ctx)
	return done{}, err
}

func (p *Page) doSuggest(_ context.Context, at seat, want wanted) (done, error) {
	c, err := p.control(at, want)
	if err != nil {
		return done{}, err
	}
	opts, err := p.w.Suggest(at.user.ID, c, want.Typed)
	out := done{Options: []Suggest{}}
	for _, o := range opts {
		out.Options = append(out.Options, Suggest{o.Label, o.Value})
	}
	return out, err
}

// doOpen tells the bot that a Home was opened.
func (p *Page) doOpen(ctx context.Context, at seat, _ wanted) (done, error) {
	if !at.home() {
		return done{}, nil
	}
	err := p.w.OpenHome(at.user.ID)
	p.settled(ctx)
	return done{}, err
}

// doRead notes that somebody is looking.
func (p *Page) doRead(_ context.Context, at seat, _ wanted) (done, error) {
	if p.seen(at) {
		p.w.nudge()
	}
	return done{}, nil
}

func (p *Page) doShortcut(ctx context.Context, at seat, want wanted) (done, error) {
	var err error
	if want.TS != "" {
		err = p.w.MessageShortcut(at.user.ID, Place{Channel: want.Channel, TS: want.TS}, want.Callback)
	} else {
		err = p.w.Shortcut(at.user.ID, want.Callback)
	}
	p.settled(ctx)
	return done{}, err
}
