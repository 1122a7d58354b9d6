package parse

import (
	"time"

	"pitch/store"
)

// Name is one of the founder's prospects as the parser knows it.
type Name struct {
	ID   store.ID
	Name string
}

// Context is what a command is read against. The zero WorkDays is Monday to
// Friday; a zero Now gives dates nobody wants.
type Context struct {
	Now      time.Time // in the founder's location
	Known    []Name    // the founder's prospects
	WorkDays store.Weekdays
}

// Request is what a founder wants. It is one of Log, LogForm, AddProspect,
// NamesForm, Whose, Commit, CommitForm, Today, Done, Snooze, Move, Cancel, Undo, Leaderboard,
// Board, Goal, Settings, SettingsTo, Pause, Resume, Stop, Channel, Card, History, Prospects,
// Rename, Delete, Mark, Learnings, Stats, Offer, Export, ForgetMe, Stored, Team,
// Coach, Help, Private, Thanks and Unclear, always a value and never a pointer or
// nil.
type Request interface{ isRequest() }

// Who is the prospect somebody named. The zero Who names nobody.
type Who struct {
	Name       string   // as it is stored where it is known, else as it was typed
	ID         store.ID // 0 is a name that is not known yet, or one of Candidates
	Candidates []Name   // two or more known ones match equally: ask which
}

// Hint is a question the reply to a Log should put; "" is none beyond the usual.
type Hint string

// AskedThemToBuy is set where a proposal went out: "Did you ask them to buy?"
const AskedThemToBuy Hint = "asked_to_buy"

// Log is something that happened.
type Log struct {
	Kind       store.Kind // never ""
	Who        Who        // never nobody
	OccurredOn store.Day  // never zero, never after today
	// Asked is what was asked for. A plain ask is an order; "" where nothing was
	// said to be asked, and in an Answer that does not name it (there, an ask
	// recorded because none was open is an order).
	Asked    store.Asked
	Quantity int           // 0 is not said
	Amount   store.Decimal // the total; "" is not said
	Currency string        // ISO 4217; "" with an amount is "not said" ("for 12k")
	// Outcome is pending for an ask that nobody answered yet, "" where nothing
	// was asked.
	Outcome store.Outcome
	Reason  store.Reason   // of a lost ask, by a listed synonym only; "" asks for it
	Also    []store.Reason // further reasons that were named
	Words   string         // the buyer's
	Guessed bool           // the reason is the founder's guess
	Change  string         // what the founder will change
	Until   store.Day      // of a not_now; zero is not said
	// Unreached is a call nobody took: voicemail, no answer.
	Unreached    bool
	Note         string
	Relationship store.Relationship // of the prospect; "" is not said
	Buyer        store.Buyer        // of the prospect; "" is not said
	// Answer is a yes, no, not now or silence: it closes the latest open ask to
	// that prospect; where there is none, an ask with that outcome is recorded.
	Answer bool
	// OnlyIfOpen goes with Answer: without an open ask nothing is recorded.
	OnlyIfOpen bool
	Hint       Hint
	// Next is what the note says is still to come ("call back tomorrow 3pm"), with
	// its day; nil is nothing. It is to be offered, not recorded.
	Next *Commit
}

// LogForm opens the form for logging.
type LogForm struct {
	Kind  store.Kind // "" is not said
	Count int        // how many names there is room for; 0 is not said
	Names []string   // names to fill in, where several were given
	Log   Log        // what else is known, to fill in; any field may be zero
}

// AddProspect notes a prospect without an activity, as `log intro from Ada to
// Carol` does.
type AddProspect struct {
	Who          Who
	Relationship store.Relationship
	Buyer        store.Buyer
	Note         string
}

// NamesForm opens the form that adds prospects, with the names, two at least.
type NamesForm struct{ Names []string }

// Whose is an answer to an ask, "yes", without anybody's name: to be offered for
// each open ask.
type Whose struct{ Outcome store.Outcome }

// Commit is a promise to oneself.
type Commit struct {
	Kind  store.Kind  // never ""
	Who   Who         // nobody where it is a count
	Count int         // 1 to 100
	DueOn store.Day   // of a recurring one the day it starts, zero is from now on
	At    store.Clock // the time of day, "" for none
	DueAt time.Time   // DueOn at At; zero where only a day is due, or it recurs
	Every store.Every // "" is once
	// NoDate is set where no day was said: nothing may be recorded, and Choices
	// are the buttons to put instead (today, tomorrow, Friday).
	NoDate   bool
	Choices  []Suggestion
	Sentence string // how it will be said, in quotes or after a colon or a dash; "" is not said
	For      string // what to ask for or what it is about: "a pilot", "10 seats", "about pricing"; "" is not said
}

// CommitForm opens the form for a commitment, filled in with what is known; any
// field of Commit may be zero.
type CommitForm struct{ Commit Commit }

// Today shows what is due.
type Today struct{}

// Done keeps a commitment. Every field may be zero: then the only candidate is
// meant, or the founder chooses.
type Done struct {
	Who   Who
	Kind  store.Kind
	Count int // how many of a counted one; 0 is not said
	Note  string
}

// Snooze moves a reminder alone. Where For, Until and On are all zero the
// default is meant. At most one of For and Until is set.
type Snooze struct {
	Who   Who
	Kind  store.Kind
	For   time.Duration
	Until time.Time // an instant
	On    store.Day // a day; with Until, the day of it
}

// Move gives a commitment another due day or time.
type Move struct {
	Who   Who
	Kind  store.Kind
	DueOn store.Day   // never zero
	At    store.Clock // "" keeps none
	DueAt time.Time   // zero where only a day was said
}

// Cancel lets a commitment go.
type Cancel struct {
	Who  Who
	Kind store.Kind
}

// Undo takes the last change back.
type Undo struct{}

// Period is the stretch a leaderboard counts.
type Period string

// The periods.
const (
	ThisWeek  Period = "week"
	OnlyToday Period = "today"
	ThisMonth Period = "month"
	AllTime   Period = "all"
	LastWeek  Period = "last_week"
	LastMonth Period = "last_month"
)

// Leaderboard shows the standings of a period.
type Leaderboard struct{ Period Period }

// Board puts the founder on the boards or takes them off; nil shows which.
type Board struct{ On *bool }

// Goal sets weekly goals: nil leaves one as it is, 0 removes it, Off removes
// all. With nothing set it shows them.
type Goal struct {
	Asks, Calls, Nos *int
	Off              bool
}

// Settings opens the settings form.
type Settings struct{}

// SettingsTo changes the settings that were named: "" and nil leave one as it is,
// and one of them is set. A Morning is a yes to mornings.
type SettingsTo struct {
	Morning  store.Clock
	Recap    *store.Clock   // "" is no recap
	Zone     string         // a known IANA name
	Holidays *store.Country // "" is none
	Digest   *bool
}

// PauseReason is the word days off were asked for with.
type PauseReason string

// The reasons for days off.
const (
	Paused      PauseReason = "pause"
	OutOfOffice PauseReason = "ooo"
	Sick        PauseReason = "sick"
)

// Pause asks for days off, both ends included.
type Pause struct {
	From   store.Day
	To     store.Day // zero is until `resume`
	Reason PauseReason
}

// Resume ends days off, and a stop.
type Resume struct{}

// Stop ends all messages; the data are kept.
type Stop struct{}

// Channel turns this channel's weekly leaderboard on or off. Where it is turned
// on the weekday and time are set: Friday 16:00 if they were not said.
type Channel struct {
	On      bool
	Weekday time.Weekday
	At      store.Clock
	Zone    string // a known IANA name; "" is the founder's own
}

// Card shows a prospect.
type Card struct{ Who Who }

// Help explains; Topic is a command's name, "" is all of them, and "welcome" is
// what to say to somebody who greets or asks what this is.
type Help struct{ Topic string }

// Private answers a question after somebody else's records.
type Private struct{ User string } // their name or id, without the @

// History shows what was logged, newest first; all of it where Who is nobody.
type History struct{ Who Who }

// Prospects lists the founder's prospects.
type Prospects struct{ Filter Filter }

// Filter is which of the prospects are listed.
type Filter string

// The filters.
const (
	Everybody   Filter = ""
	NeverAsked  Filter = "never"
	Waiting     Filter = "waiting" // for an answer
	FollowUpDue Filter = "due"
	WarmOnes    Filter = "warm"
	ColdOnes    Filter = "cold"
	NotToTouch  Filter = "dnc" // marked do not contact
)

// Rename gives a prospect another name. Where To is known already, or differs
// only in its spelling, that is for the answer to find: To may have an ID.
type Rename struct {
	Who Who // one that is known
	// To is the other prospect to merge with, or a new name. Where it is Who in
	// another spelling it has Who's ID and the name as it was typed.
	To Who
}

// Delete removes a prospect and all that is about them, once confirmed.
type Delete struct{ Who Who }

// Mark notes what is known of a prospect; "" and nil leave a thing as it is.
type Mark struct {
	Who          Who
	Relationship store.Relationship
	Buyer        store.Buyer
	Callable     *bool
	DoNotContact *bool
	FollowUpOn   *store.Day // zero takes the date away
	Note         string     // to be added to the note
}

// Learnings shows the no's; Search is a word or a reason, "" is all of them.
type Learnings struct{ Search string }

// Stats shows the founder's own counts.
type Stats struct{}

// Offer names the version of the offer that is in force from now on; without a
// name it shows what the versions did.
type Offer struct{ Name string }

// Export sends the founder's records as files.
type Export struct{}

// ForgetMe removes everything about the founder, once confirmed.
type ForgetMe struct{}

// Stored asks what is stored.
type Stored struct{}

// Team shows an admin totals.
type Team struct{}

// Coach is one of the coach's own commands: what is in the way, a mood, a
// rehearsal, what the last line rested on, a partner.
type Coach struct {
	Verb  CoachVerb
	Level int   // of a mood, 1 to 5; 0 is not said
	On    *bool // of partner and coaching; nil is not said
	// Rest is what else was said: what is in the way, whom to rehearse with, a
	// partner. Of a mood it is a remark, and ForgetMoods to remove them all.
	Rest string
}

// ForgetMoods is the Rest of a Coach that removes what was said of moods.
const ForgetMoods = "forget"

// CoachVerb says which.
type CoachVerb string

// The coach's commands.
const (
	Stuck    CoachVerb = "stuck"
	Mood     CoachVerb = "mood"
	Practise CoachVerb = "practise"
	Why      CoachVerb = "why"
	Partner  CoachVerb = "partner"
	Coaching CoachVerb = "coaching"
)

// Thanks is a word of courtesy ("thanks", "ok"): it wants no more than one back.
type Thanks struct{}

// Problem says why a command is Unclear.
type Problem string

// The problems.
const (
	UnknownVerb     Problem = "unknown_verb"     // Suggest has the nearest
	NoName          Problem = "no_name"          // what, but not with whom
	NoVerb          Problem = "no_verb"          // with whom, but not what
	TwoPeople       Problem = "two_people"       // one name, two, or a note
	TwoThings       Problem = "two_things"       // "5 calls and 3 asks"
	WhereNameEnds   Problem = "where_name_ends"  // words after a name that fit nowhere
	FutureLog       Problem = "future_log"       // a log is of the past
	PastCommit      Problem = "past_commit"      // a commitment is of the future
	TimePassed      Problem = "time_passed"      // today, but that time is over
	WhichTense      Problem = "which_tense"      // "I called" or "I will call"
	WhichDay        Problem = "which_day"        // a date with two readings
	NoDate          Problem = "no_date"          // a day is needed
	BadDate         Problem = "bad_date"         // no such day, or words that are none
	TooFar          Problem = "too_far"          // beyond a year back or two ahead
	CountOutOfRange Problem = "count_range"      // not 1 to 100
	BadAmount       Problem = "bad_amount"       // cannot be read as money
	NoCurrency      Problem = "no_currency"      // money or a number?
	WhichOutcome    Problem = "which_outcome"    // maybe: later, no answer yet, or no
	WhichAsk        Problem = "which_ask"        // "pilot Acme": asked for, or agreed
	BadRecurrence   Problem = "bad_recurrence"   // "every other week"
	OpenQuote       Problem = "open_quote"       // a quote that never closes
	TooLong         Problem = "too_long"         // beyond MaxText
	NameTooLong     Problem = "name_too_long"    // beyond MaxName
	BadArgument     Problem = "bad_argument"     // a known command, odd words after it
	NotACommitment  Problem = "not_a_commitment" // `commit yes Acme`
	NotKnown        Problem = "not_known"        // a prospect that has to be known, and is not
	WhichStays      Problem = "which_stays"      // `merge A and B`: under which name
	WhichName       Problem = "which_name"       // a new name that is close to a known one
	StillOpen       Problem = "still_open"       // no answer yet: nothing to log, the ask stays open
	NotHeld         Problem = "not_held"         // they did not come: no conversation took place
	HowOften        Problem = "how_often"        // "call Jane 2x": two calls, or a note
	OneAtATime      Problem = "one_at_a_time"    // `done all`, `undo 3`, `log 3 no's`
)

// Suggestion is a button: its label, and the whole text that does it. Given back
// to Command the text is never Unclear.
type Suggestion struct {
	Label   string
	Command string
}

// Unclear is what could not be understood without guessing. Nothing is recorded.
type Unclear struct {
	Understood string  // one sentence of plain text: what was understood, and what is missing
	Problem    Problem // never ""
	Suggest    []Suggestion
	Form       Request // a LogForm, CommitForm or NamesForm to offer filled in, or nil
}

// Limits of what is read. They are ours.
const (
	MaxText  = 3000 // characters of a command
	MaxName  = 200  // characters of a prospect's name
	MaxCount = 100  // of a commitment, a form or a weekly goal
	MaxUnits = 1_000_000
	MaxAhead = 2 * 366 // days a commitment may lie ahead
	MaxBack  = 366     // days a log may lie back
)

func (Log) isRequest()         {}
func (LogForm) isRequest()     {}
func (AddProspect) isRequest() {}
func (NamesForm) isRequest()   {}
func (Whose) isRequest()       {}
func (Commit) isRequest()      {}
func (CommitForm) isRequest()  {}
func (Today) isRequest()       {}
func (Done) isRequest()        {}
func (Snooze) isRequest()      {}
func (Move) isRequest()        {}
func (Cancel) isRequest()      {}
func (Undo) isRequest()        {}
func (Leaderboard) isRequest() {}
func (Board) isRequest()       {}
func (Goal) isRequest()        {}
func (Settings) isRequest()    {}
func (SettingsTo) isRequest()  {}
func (Pause) isRequest()       {}
func (Resume) isRequest()      {}
func (Stop) isRequest()        {}
func (Channel) isRequest()     {}
func (Card) isRequest()        {}
func (Help) isRequest()        {}
func (Private) isRequest()     {}
func (History) isRequest()     {}
func (Prospects) isRequest()   {}
func (Rename) isRequest()      {}
func (Delete) isRequest()      {}
func (Mark) isRequest()        {}
func (Learnings) isRequest()   {}
func (Stats) isRequest()       {}
func (Offer) isRequest()       {}
func (Export) isRequest()      {}
func (ForgetMe) isRequest()    {}
func (Stored) isRequest()      {}
func (Team) isRequest()        {}
func (Coach) isRequest()       {}
func (Thanks) isRequest()      {}
func (Unclear) isRequest()     {}
