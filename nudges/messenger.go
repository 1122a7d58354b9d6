package nudges

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pitch/store"
)

// Messenger sends what is due. Its context ends with the lease on the delivery:
// a request begun later must not go out. An implementation that waits its turn
// and finds the context over before anything was sent returns a RetryError.
type Messenger interface {
	// SendLetter sends a founder what is due to them.
	SendLetter(ctx context.Context, to store.Founder, l Letter) (Receipt, error)
	// PostBoard posts a channel's weekly board.
	PostBoard(ctx context.Context, team store.TeamID, post BoardPost) (Receipt, error)
}

// Receipt names a message that was posted.
type Receipt struct {
	Channel store.ChannelID
	TS      string
}

// Pacer is a Messenger that knows when it may send. Ready waits until then, or
// for ctx: an owner is claimed only afterwards, so that a process that dies with
// much to send leaves it due.
type Pacer interface {
	Ready(ctx context.Context) error
}

// What a Messenger's errors wrap. Any other error counts as ErrUncertain.
var (
	// ErrRetry is returned when it is certain that nothing was posted, and
	// trying again may help. RetryError says when.
	ErrRetry = errors.New("not posted; to be tried again")
	// ErrRefused is returned when Slack will not post the message.
	ErrRefused = errors.New("refused")
	// ErrUncertain is returned when the message may have been posted.
	ErrUncertain = errors.New("may have been posted")
)

// RetryError is an ErrRetry with the least time to wait, as Slack asked.
type RetryError struct {
	After time.Duration
	Err   error // the cause; may be nil
}

// Error names the wait and the cause.
func (e *RetryError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("to be tried again after %s", e.After)
	}
	return fmt.Sprintf("to be tried again after %s: %v", e.After, e.Err)
}

// Is makes a RetryError an ErrRetry.
func (e *RetryError) Is(target error) bool { return target == ErrRetry }

// Unwrap is the cause.
func (e *RetryError) Unwrap() error { return e.Err }

// BoardPost is a channel's weekly board.
type BoardPost struct {
	Occurrence string
	Channel    store.ChannelID
	Week       store.Day // its Monday
	Standings  store.Standings
	Late       bool
	Now        time.Time
}

// Empty reports whether a board has nobody to name and no total that may be
// shown.
func (p BoardPost) Empty() bool {
	s := p.Standings
	return len(s.Named) == 0 && (s.Off < store.PrivacyFloor || s.OffAsks == 0)
}
