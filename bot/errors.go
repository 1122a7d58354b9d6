package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"pitch/store"
)

// Errors that only talking to people has.
var (
	// errNotTheirButton is returned when a button is pressed by somebody else than
	// its owner.
	errNotTheirButton = errors.New("somebody else's button")
	// errOldButton is returned when a button is of a kind Pitch no longer knows.
	errOldButton = errors.New("a button from another version")
	// errNoName is returned when a form names nobody.
	errNoName = errors.New("nobody was named")
)

// sentences are what a person reads for an error: what happened, what was kept,
// what to do. The first that fits is used.
var sentences = []struct {
	is   error
	says string
}{
	{store.ErrSeen, "That is done already, and nothing was changed twice. /pitch today shows where things stand."},
	{errNotTheirButton, "That button belongs to somebody else. Nothing was changed. Type /pitch to see your own."},
	{errOldButton, "That button no longer works. Nothing was changed. Type /pitch today for fresh ones."},
	{errNoName, "Who was it? Nothing was saved: a log needs a name."},
	{errTooOld, "That is more than 30 days old and stays as it is. Nothing was changed. What is new goes into a new entry: /pitch log"},
	{store.ErrNotTheirs, "That belongs to somebody else. Nothing was changed."},
	{store.ErrClosed, "That one is closed already. Nothing was changed. /pitch today shows what is open."},
	{store.ErrNothingToUndo, "There is nothing left to undo."},
	{store.ErrUndone, "That is undone already."},
	{store.ErrCarried, "Asks carry that version of your offer by now, so it stays. Nothing was changed. To go back, name the earlier one again: /pitch offer"},
	{store.ErrChangedSince, "It was changed again since, so taking back only this would lose something. Nothing was changed; undo the later change first with /pitch undo."},
	{store.ErrAmbiguous, "Two of your prospects have that name, so nothing was saved. Write it as it is on the one you mean."},
	{store.ErrNoFounder, "You have not started yet. Type /pitch to begin."},
	{store.ErrNotFound, "I can't find that any more. Nothing was changed. /pitch today shows what is open."},
	{store.ErrFull, "Not saved: the disk Pitch keeps its records on is full. Everything saved before is safe. Tell whoever runs Pitch, then send this again."},
	{store.ErrDamaged, "A stored record can't be read, so nothing was changed. Everything else still works. Tell whoever runs Pitch: it is named in the log."},
	{store.ErrUnknownCommit, "The disk failed while saving, so I can't say whether this was kept. Look at /pitch today in a minute before you send it again."},
	{store.ErrShut, "Pitch is restarting. Nothing was saved; send that again in a minute."},
	{context.DeadlineExceeded, "That took too long, and nothing was saved. Try it again in a minute."},
}

// sorry is the reply to an error. What is not in the table becomes one neutral
// sentence with a reference, under which the log has the rest.
func (b *Bot) sorry(err error) Reply {
	for _, s := range sentences {
		if errors.Is(err, s.is) {
			if s.is == store.ErrUnknownCommit || s.is == store.ErrDamaged || s.is == store.ErrFull {
				b.log.Error("a change was not saved", "error", err)
			}
			return reply(linef(s.says))
		}
	}
	var slip fieldErrors
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &slip):
		return reply(linef("Nothing was saved. " + slip.Error()))
	case errors.As(err, &limited):
		return reply(linef("Slack is busy right now. Nothing was saved; try that again in a moment."))
	}
	if errors.Is(err, store.ErrInvalid) {
		_, detail, _ := strings.Cut(err.Error(), ": ")
		return reply(linef("Nothing was saved: " + detail + "."))
	}
	var said slack.SlackErrorResponse
	if errors.As(err, &said) && (said.Err == "expired_trigger_id" || said.Err == "exchanged_trigger_id") {
		return reply(linef("Slack closed the door before the form could open. Nothing was saved; try it again, or type it: /pitch help."))
	}
	reference := rand.Text()[:8]
	b.log.Error("an answer failed", "reference", reference, "error", err)
	return reply(linef("Something went wrong on my side. Nothing was saved. Try again; if it stays, tell whoever runs Pitch the reference " + reference + "."))
}
