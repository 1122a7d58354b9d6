// Package store holds Pitch's records, their rules, and the contract an engine
// keeps them by.
//
// A founder's records are a [Book]: the founder, their prospects, what they
// logged ([Activity]), what they promised themselves ([Commitment]), the channel
// boards they turned on, what was sent to them ([Delivery]) and what is due next
// ([Alarm]). Everything is keyed by [Owner], a member of a workspace, so nothing
// that reads one founder's book can reach another's.
//
//	Change ──► Book ──► rules (Log, Answer, Commit, Keep, Move, Undo …) ──► one commit
//	View   ──► Book ──► reading only
//	Due, NextDue ─────► whose alarms have rung, oldest first
//	Standings ────────► asks per founder on the board
//	Totals ───────────► what a team did, without names
//	Export ───────────► every record, one at a time
//
// The invariants, which [pitch/store/storetest] checks of every engine:
//
//   - An exported method is one transaction. What Change returned nil for is on
//     disk; what it returned an error for never happened, [ErrUnknownCommit] apart.
//   - A cause seen before changes nothing, across restarts ([ErrSeen]).
//   - A row that cannot be read is named ([ErrDamaged]) and hides no other row.
package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The errors of the store. What they wrap says more; what they are decides what
// a person reads.
var (
	// ErrSeen is returned when a change's cause has been dealt with before.
	ErrSeen = errors.New("this was dealt with before")
	// ErrNoFounder is returned when the owner has not used Pitch yet.
	ErrNoFounder = errors.New("no such founder")
	// ErrNotFound is returned when a prospect, activity, commitment or change
	// does not exist, or is another founder's.
	ErrNotFound = errors.New("no such record")
	// ErrAmbiguous is returned when a name fits more than one prospect.
	ErrAmbiguous = errors.New("more than one prospect has that name")
	// ErrClosed is returned when a commitment is no longer open.
	ErrClosed = errors.New("the commitment is no longer open")
	// ErrNothingToUndo is returned when no change is left to take back.
	ErrNothingToUndo = errors.New("nothing to undo")
	// ErrUndone is returned when the change has been taken back already.
	ErrUndone = errors.New("already undone")
	// ErrChangedSince is returned when what a change wrote has been changed again.
	ErrChangedSince = errors.New("changed again since")
	// ErrCarried is the ErrChangedSince returned when asks carry the version of the
	// offer that a change named.
	ErrCarried = fmt.Errorf("%w: asks carry it", ErrChangedSince)
	// ErrNotTheirs is returned when somebody acts on what another person owns.
	ErrNotTheirs = errors.New("it belongs to somebody else")
	// ErrInvalid is returned when a value breaks one of the records' rules.
	ErrInvalid = errors.New("not valid")
	// ErrDamaged is returned when a row on disk is not what was written.
	ErrDamaged = errors.New("damaged row")
	// ErrNewerFile is returned when the store was written by a newer Pitch.
	ErrNewerFile = errors.New("written by a newer version of Pitch")
	// ErrFull is returned when the disk is full; nothing was changed.
	ErrFull = errors.New("the disk is full")
	// ErrUnknownCommit is returned when the disk failed amid a commit, so that
	// the change may or may not be there. The process ends and starts clean.
	ErrUnknownCommit = errors.New("the disk failed while saving")
	// ErrShut is returned when the store has been closed.
	ErrShut = errors.New("the store is closed")
)

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
}

// Cause says what made a change happen.
type Cause struct {
	// Seen are the ids of what caused the change: a Slack envelope's, an event's.
	// One that was remembered within [SeenFor] makes the change return ErrSeen.
	// The rest are remembered in the same transaction. Empty ids are ignored.
	Seen []string
	// Now is the time of the change; the zero value is the present.
	Now time.Time
}

// SeenFor is how long causes are remembered at least. Slack repeats an event for
// up to an hour; the rest is for a bot that was down meanwhile.
const SeenFor = 24 * time.Hour

// Store is what an engine provides.
type Store interface {
	// Change runs do on the owner's book and saves what it did, or nothing if do
	// returns an error, which Change returns as it is. The book must not be used
	// afterwards. do may run more than once and must not have other effects.
	Change(ctx context.Context, cause Cause, owner Owner, do func(*Book) error) error
	// View runs do on the owner's book as it is on disk. Nothing is saved.
	View(ctx context.Context, now time.Time, owner Owner, do func(*Book) error) error
	// Due lists up to limit owners with an alarm at or before now, the longest
	// overdue first. It costs what is due and not who exists.
	Due(ctx context.Context, now time.Time, limit int) ([]Owner, error)
	// NextDue is the time of the earliest alarm, or the zero time.
	NextDue(ctx context.Context) (time.Time, error)
	// Standings counts the asks of a team's founders from one local day to
	// another, both included; a zero day is no bound.
	Standings(ctx context.Context, team TeamID, from, to Day) (Standings, error)
	// Totals counts what a team's founders did from one local day to another, both
	// included, each on their own calendar. Founders whose rows cannot be read are
	// left out.
	Totals(ctx context.Context, team TeamID, from, to Day) (Totals, error)
	// Export calls each with every record of every founder, a founder before
	// what is theirs. It stops at the first error of each and returns it.
	// Damaged rows are passed over and reported at the end as ErrDamaged.
	Export(ctx context.Context, each func(Record) error) error
	// Close ends the store once what runs has finished.
	Close() error
}

// Standing is a founder's place on a board.
type Standing struct {
	User UserID
	Asks int
	Rank int // 1 is first; founders with as many asks share one
}

// Standings is a team's board over some days.
type Standings struct {
	// Named are the founders who chose to be on the board and asked at least
	// once, most asks first, then by user id.
	Named []Standing
	// Off is how many founders are not on the board, and OffAsks what they asked
	// together. Nobody reads OffAsks below [PrivacyFloor].
	Off, OffAsks int
}

// PrivacyFloor is how many founders a total must be made of to be shown.
const PrivacyFloor = 5

// Rank fills in the ranks of standings that are in order.
func Rank(s []Standing) {
	for i := range s {
		s[i].Rank = i + 1
		if i > 0 && s[i].Asks == s[i-1].Asks {
			s[i].Rank = s[i-1].Rank
		}
	}
}
