// Package nudges decides when Pitch speaks of itself, and what it says: morning
// plans, due reminders, evening recaps, weekly digests and the boards of channels.
// It knows neither Slack nor an engine; it is given a [Messenger] and a
// [store.Store].
//
//	every change ── Reschedule ──► the owner's Agenda: alarms, next first
//	every minute ── Tick ─────────► Due owners, the longest overdue first
//	                                 │ claim    one Change: rows Sending, lease 60 s,
//	                                 │          what to say, the agenda moved on
//	                                 │ send     the Messenger, until the lease ends
//	                                 ▼ record   a second Change: Sent, Retry, Refused
//	                                            or Uncertain
//
// What it promises:
//
//   - An occurrence goes out once. Its row is written before its message, so that
//     what a crash leaves unclear is Uncertain and not repeated.
//   - What is due together is said together: one [Letter] to a founder. Late is
//     said; what is of no more use is dropped.
//   - Times are a wall clock's. Clocks that change, and founders who move, get
//     each morning, evening and week once ([Schedule], [Reschedule]).
//   - The reason of a no is asked for once, by the plan or recap whose row keeps
//     it.
//   - Nobody's damaged row, bad zone or panic stops anybody else's reminder.
//
// The way through the files: schedule.go reads recurring times, timetable.go
// works out agendas, claim.go takes what is due, compose.go makes it the messages
// of letter.go, deliver.go sends and records them, and tick.go runs all that over
// the owners. rounds.go is what all of these know of plans, recaps and digests,
// which say.go, recap.go and review.go write, and reasons.go asks in; partners.go
// is one more round, for the pairs of pair.go. followups.go and boards.go are the
// same of follow-up dates and of channels' boards. leave.go forgets who left long
// ago.
package nudges

import (
	"context"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"pitch/store"
)

const (
	// Lease is how long one attempt at sending may take. Slack answers in
	// milliseconds; this leaves a messenger time to wait its turn.
	Lease = time.Minute
	// LateAfter is how long after its time a message says that it is late.
	LateAfter = 5 * time.Minute
	// BoardUseful is how long after its time a board is still posted.
	BoardUseful = 24 * time.Hour
	// DigestUseful is how long after its time a weekly digest is still sent.
	DigestUseful = 24 * time.Hour
	// DefaultWorkers is how many owners are dealt with at a time: what a crash
	// leaves to be settled is at most that many messages.
	DefaultWorkers = 8
)

// Config is what a Nudger works with. Store and Messenger are required.
type Config struct {
	Store     store.Store
	Messenger Messenger
	Now       func() time.Time // nil is time.Now
	Log       *slog.Logger     // nil discards
	Workers   int              // owners at a time; 0 is DefaultWorkers
	Counters  Counters
	// ForgetAfter is how long after leaving the workspace a founder is forgotten;
	// 0 is never.
	ForgetAfter time.Duration
}

// Counters are called as things happen, from several goroutines; nil ones are
// not.
type Counters struct {
	// Delivered is told of every status a delivery reached, apart from Sending.
	Delivered func(store.Notice, store.DeliveryStatus)
	// Sent is told how long after its time a message went out.
	Sent func(notice store.Notice, late time.Duration)
	// Failed is told of every time an owner's alarms could not be dealt with.
	Failed func()
	// Ticked is told how long a tick took, and how many owners it dealt with.
	Ticked func(took time.Duration, owners int)
	// Forgotten is told whose records were removed because they left. It is for
	// what else remembers them, and not for a log.
	Forgotten func(store.Owner)
}

// Nudger sends what is due.
type Nudger struct {
	store     store.Store
	messenger Messenger
	now       func() time.Time
	log       *slog.Logger
	workers   int
	counters  Counters
	ticking   chan struct{} // holds a token while a tick runs

	forgetAfter time.Duration
}

// New is a Nudger; it does nothing until Tick or Run.
func New(c Config) *Nudger {
	n := &Nudger{
		store: c.Store, messenger: c.Messenger, now: c.Now, log: c.Log, workers: c.Workers,
		counters: c.Counters.complete(), ticking: make(chan struct{}, 1),
		forgetAfter: c.ForgetAfter,
	}
	if n.now == nil {
		n.now = time.Now
	}
	if n.log == nil {
		n.log = slog.New(slog.DiscardHandler)
	}
	if n.workers <= 0 {
		n.workers = DefaultWorkers
	}
	return n
}

func (c Counters) complete() Counters {
	if c.Delivered == nil {
		c.Delivered = func(store.Notice, store.DeliveryStatus) {}
	}
	if c.Sent == nil {
		c.Sent = func(store.Notice, time.Duration) {}
	}
	if c.Failed == nil {
		c.Failed = func() {}
	}
	if c.Ticked == nil {
		c.Ticked = func(time.Duration, int) {}
	}
	if c.Forgotten == nil {
		c.Forgotten = func(store.Owner) {}
	}
	return c
}

// Run ticks now and at every full minute until ctx ends, and returns nil once
// what was being sent is recorded. It returns early, with the error, when the
// store can no longer be relied on: [store.ErrUnknownCommit] or [store.ErrShut].
func (n *Nudger) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	logger := cronLog{n.log}
	tick := func() {
		err := n.Tick(ctx, n.now())
		switch {
		case beyondRepair(err):
			cancel(err)
		case err != nil && ctx.Err() == nil:
			n.log.Error("nudges: tick", "err", err)
		}
	}
	runner := cron.New(cron.WithLogger(logger), cron.WithLocation(time.UTC),
		cron.WithChain(cron.Recover(logger), cron.SkipIfStillRunning(logger)))
	runner.Schedule(everyMinute{}, cron.FuncJob(tick))
	runner.Start()
	cron.NewChain(cron.Recover(logger)).Then(cron.FuncJob(tick)).Run()
	<-ctx.Done()
	<-runner.Stop().Done()
	if cause := context.Cause(ctx); beyondRepair(cause) {
		return cause
	}
	return nil
}

// everyMinute is a cron schedule of full minutes. Unlike "* * * * *" its times
// keep the monotonic clock, so that a wall clock set back by an hour does not
// make the runner sleep for one.
type everyMinute struct{}

// Next is the first full minute after t.
func (everyMinute) Next(t time.Time) time.Time {
	return t.Add(time.Minute - t.Sub(t.Truncate(time.Minute)))
}

// cronLog passes cron's messages on; the routine ones are for debugging.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, keysAndValues ...any) {
	l.log.Debug("cron: "+msg, keysAndValues...)
}

func (l cronLog) Error(err error, msg string, keysAndValues ...any) {
	l.log.Error("cron: "+msg, append(keysAndValues, "err", err)...)
}
