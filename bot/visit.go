package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"runtime/debug"
	"slices"
	"time"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// saveWithin is how long an answer may take before Slack is told that it will
// follow: Slack gives up after three seconds.
const saveWithin = 2500 * time.Millisecond

// visit is one thing one person did, with what is known about them.
type visit struct {
	*Bot
	owner     store.Owner
	now       time.Time // when it reached us
	seen      []string  // what caused it, for the store to remember
	channel   store.ChannelID
	inDM      bool
	trigger   string   // opens one form within three seconds
	hook      string   // the response_url
	messageTS string   // of the message that was pressed
	pressedIn openView // the form or Home that was pressed; its zero value where it was a message
	unasked   bool     // they can be answered without Slack being asked who they are

	founder   store.Founder    // zero for somebody new
	prospects []store.Prospect // theirs
	joined    bool             // they have records
	zone      string           // Slack's, for somebody new
	as        store.ID         // the prospect chosen where a name fits two
	proposed  url.Values       // by the coach line whose button opens a form
	again     bool             // they said that it happened once more
	typed     string           // what they typed, or a button did for them
}

// begin learns who is visiting. Somebody whom Pitch keeps no records for is
// answered by the reply, and welcome is false.
func (v *visit) begin(ctx context.Context) (polite Reply, welcome bool, err error) {
	if v.owner.Team == "" {
		v.owner.Team = v.team
	}
	if v.team != "" && v.owner.Team != v.team {
		return reply(linef("Pitch works for the members of the workspace it is installed in, so I can't help you here. Nothing was stored.")), false, nil
	}
	err = v.Store.View(ctx, v.now, v.owner, func(b *store.Book) (err error) {
		if v.founder, err = b.Founder(); err != nil {
			return err
		}
		v.prospects, err = b.Prospects()
		return err
	})
	if err == nil {
		v.joined, v.zone = true, v.founder.Zone
		return Reply{}, true, nil
	}
	if !errors.Is(err, store.ErrNoFounder) {
		return Reply{}, false, err
	}
	v.zone = "UTC"
	v.founder = store.Founder{Owner: v.owner, Zone: v.zone, WorkDays: store.MondayToFriday, Morning: store.DefaultMorning}
	if v.unasked {
		return Reply{}, true, nil
	}
	return v.meet(ctx)
}

// meetWithin bounds asking Slack about somebody new, who waits for it.
const meetWithin = 2 * time.Second

// meet asks Slack about somebody new.
func (v *visit) meet(ctx context.Context) (Reply, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, meetWithin)
	defer cancel()
	who, err := v.lookUp(ctx, v.owner.User)
	if err != nil && !absent(err) {
		v.log.Warn("Slack did not say who somebody is", "error", errorCode(err))
		return reply(linef("Slack is too busy to tell me who you are, so I saved nothing. Try again in a minute.")), false, nil
	}
	if !who.founder() {
		return reply(linef("Pitch is for the members of this workspace; guests and apps can't use it. Nothing was stored.")), false, nil
	}
	if _, err := store.LoadZone(who.Zone); err == nil {
		v.zone, v.founder.Zone = who.Zone, who.Zone
	}
	return Reply{}, true, nil
}

// change changes the visitor's records; what is in their words and can be undone,
// "" cannot. step names the change for an Undo button.
func (v *visit) change(ctx context.Context, what string, do func(*store.Book) error) (step store.ID, err error) {
	return v.changeOf(ctx, v.owner, what, do)
}

// changeOf is change for another founder's records, which only an admin's
// turning off of a channel's board does.
func (v *visit) changeOf(ctx context.Context, owner store.Owner, what string, do func(*store.Book) error) (step store.ID, err error) {
	err = v.changing(ctx, store.Cause{Seen: v.seen, Now: v.now}, owner, func(b *store.Book) error {
		if owner == v.owner {
			if _, err := b.Join(v.zone); err != nil {
				return err
			}
		}
		if what != "" {
			var err error
			if step, err = b.Describe(what); err != nil {
				return err
			}
		}
		if err := do(b); err != nil {
			return err
		}
		if !b.Effective() {
			step = 0
		}
		return nudges.Reschedule(b)
	})
	if err == nil {
		v.seen = nil // one cause, one change; what follows is part of it
		v.joined = v.joined || owner == v.owner
	}
	return step, v.changed(owner, err)
}

// changed sees to what a change brings with it, and returns its error.
func (v *visit) changed(owner store.Owner, err error) error {
	switch {
	case err == nil:
		v.pages.stale(owner)
	case errors.Is(err, store.ErrUnknownCommit):
		v.giveUp(err)
	}
	return err
}

// remember changes the records of a founder who has some, for what is no act of
// theirs: it makes nobody a founder.
func (v *visit) remember(ctx context.Context, do func(*store.Book) error) error {
	return v.changed(v.owner, v.changing(ctx, store.Cause{Now: v.now}, v.owner, func(b *store.Book) error {
		if _, err := b.Founder(); err != nil {
			return err
		}
		if err := do(b); err != nil {
			return err
		}
		return nudges.Reschedule(b)
	}))
}

// view reads the visitor's records.
func (v *visit) view(ctx context.Context, do func(*store.Book) error) error {
	return v.Store.View(ctx, v.now, v.owner, do)
}

func (v *visit) location() *time.Location {
	loc, err := store.LoadZone(v.founder.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

func (v *visit) today() store.Day { return store.DayOf(v.now.In(v.location())) }

// context is what the visitor's words are read against.
func (v *visit) context() parse.Context {
	known := make([]parse.Name, len(v.prospects))
	for i, p := range v.prospects {
		known[i] = parse.Name{ID: p.ID, Name: p.Name}
	}
	return parse.Context{Now: v.now.In(v.location()), Known: known, WorkDays: v.founder.WorkDays}
}

// admin reports whether the visitor is one of Slack's admins or Pitch's.
func (v *visit) admin(ctx context.Context) bool {
	if slices.Contains(v.Admins, v.owner.User) {
		return true
	}
	who, err := v.lookUp(ctx, v.owner.User)
	return err == nil && who.Admin
}

// safely runs do for somebody Pitch keeps records for. What goes wrong, a panic
// included, is the error; a polite refusal is none.
func (v *visit) safely(ctx context.Context, do func(context.Context) (Reply, error)) (r Reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			v.log.Error("answering panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			r, err = Reply{}, errors.New("a panic")
		}
	}()
	polite, welcome, err := v.begin(ctx)
	if err != nil || !welcome {
		return polite, err
	}
	return do(ctx)
}

// maxAck is Slack's limit for an acknowledgement with its payload, 20 KB, with
// room for the envelope around it; larger ones are dropped without a word.
const maxAck = 19 << 10

// lateNote is what an envelope is acknowledged with when its answer takes too
// long. It confirms nothing.
func lateNote(e envelope) any {
	note := reply(linef("Not saved yet, I'll confirm here."))
	if e.sendsFiles() {
		note = reply(linef("Still working on it; I'll answer here."))
	}
	_, typing := e.typing()
	switch {
	case !e.Accepts:
		return nil
	case typing:
		return offered(nil)
	case e.Type == "interactive": // a form: the only other kind that takes an answer
		return updated(note)
	}
	body, _ := json.Marshal(note.message(false))
	return json.RawMessage(body)
}

// answer acknowledges with the reply to what was done, which follows where the
// acknowledgement could not wait for it or cannot carry it.
func (v *visit) answer(ctx context.Context, d delivered, do func(context.Context) (Reply, error)) {
	r, err := v.safely(ctx, do)
	switch {
	case errors.Is(err, store.ErrSeen) && d.Attempt > 0:
		r = Reply{} // the answer was given before Slack repeated the event
	case err != nil:
		r = v.sorry(err)
	}
	payload := v.payload(d, r)
	err = d.ack(ctx, payload)
	switch {
	case errors.Is(err, errLate):
		if d.Accepts { // what is replaced is the note, and not a message that was pressed
			r = r.afterNote()
		}
		v.follow(ctx, r)
	case err != nil:
		v.log.Warn("an acknowledgement was not sent", "error", errorCode(err))
		v.follow(ctx, r)
	case payload == nil:
		v.follow(ctx, r)
	}
	if v.joined {
		v.pages.visited(v.owner, v.now)
	}
}

// payload is a reply as the acknowledgement carries it, or nil where it has to
// follow: presses and events take none, forms open afterwards, and of a chart in
// an acknowledgement nobody hears that it was refused.
func (v *visit) payload(d delivered, r Reply) any {
	if !d.Accepts || r.Form != nil || len(r.InDM) > 0 || len(r.Parts) == 0 || r.drawn() {
		return nil
	}
	body, err := json.Marshal(r.message(false))
	if err != nil || len(body) > maxAck {
		return nil
	}
	return json.RawMessage(body)
}

// afterNote is a reply that the note said would follow. That a form has opened
// saved nothing, and is no answer to "I'll confirm here" without a word.
func (r Reply) afterNote() Reply {
	r.Replace = true
	if r.Form != nil {
		r = r.with(linef("The form is open. Nothing is saved until you submit it."))
	}
	return r
}

// follow gives a reply after the acknowledgement: a form through its trigger, an
// answer where the press came from.
func (v *visit) follow(ctx context.Context, r Reply) {
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	if r.Form != nil {
		if err := v.openForm(ctx, r.Form); err != nil {
			v.log.Warn("a form did not open", "error", errorCode(err))
			r.Parts = v.sorry(err).Parts
		}
	}
	if len(r.InDM) > 0 {
		r = v.direct(ctx, r)
	}
	if len(r.Parts) == 0 {
		return
	}
	if err := v.say(ctx, r); err != nil {
		v.log.Warn("a reply was not delivered", "error", errorCode(err))
	}
}

// say shows a message where the visitor is: in the form or over the Home they
// pressed in, through the response_url or, where there is none or it is used up,
// in the channel.
func (v *visit) say(ctx context.Context, r Reply) error {
	switch v.pressedIn.Type {
	case "modal":
		_, err := v.slack.UpdateViewContext(ctx, note(r), "", "", v.pressedIn.ID)
		if err == nil {
			return nil
		} // it was closed meanwhile
	case "home", aShortcut:
		_, err := v.slack.OpenViewContext(ctx, v.trigger, note(r))
		return err
	}
	err := v.draw(r, func(r Reply) error { return v.respond(ctx, v.hook, r) })
	if err == nil {
		return nil
	}
	if r.InChannel {
		r = reply(linef("Slack didn't let me post that here. Nothing was shared."))
	}
	return v.post(ctx, r)
}
