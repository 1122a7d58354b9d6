package store

import (
	"time"
)

// TeamID is a Slack workspace's id, such as "T012AB3CD".
type TeamID string

// UserID is a Slack member's id, such as "U012AB3CD".
type UserID string

// ChannelID is the id of a Slack channel ("C…") or direct message ("D…").
type ChannelID string

// Owner is whose records they are: nobody reads or changes another's.
type Owner struct {
	Team TeamID `json:"team"`
	User UserID `json:"user"`
}

// ID names a prospect, an activity, a commitment or a change among its owner's.
// Ids grow in the order in which things were made; zero is no id.
type ID uint64

// Kind is what happened or is promised.
type Kind string

// The kinds of activity.
const (
	Call     Kind = "call"
	Email    Kind = "email"
	Meeting  Kind = "meeting"
	Demo     Kind = "demo"
	FollowUp Kind = "follow_up"
	Ask      Kind = "ask"
)

// Asked is the commitment a prospect was asked for; "" is unknown.
type Asked string

// What one can ask for.
const (
	Order        Asked = "order"
	Pilot        Asked = "pilot"
	Deposit      Asked = "deposit"
	NextStep     Asked = "next_step"
	Referral     Asked = "referral"
	AskedNothing Asked = "none"
)

// Outcome is what became of an ask; "" where nothing was asked.
type Outcome string

// The outcomes of an ask.
const (
	Pending    Outcome = "pending"
	Won        Outcome = "won"
	Lost       Outcome = "lost"
	NoDecision Outcome = "no_decision"
	NotNow     Outcome = "not_now"
	Referred   Outcome = "referral"
)

// Reason is why an ask was lost; "" has not been said yet.
type Reason string

// The reasons, as they are stored.
const (
	Price      Reason = "price"
	Budget     Reason = "budget"
	Timing     Reason = "timing"
	Need       Reason = "need"
	StatusQuo  Reason = "status_quo"
	Authority  Reason = "authority"
	ProductGap Reason = "product_gap"
	Competitor Reason = "competitor"
	Trust      Reason = "trust"
	BuildIt    Reason = "build_it"
	OtherCause Reason = "other"
	Unknown    Reason = "unknown"
)

// Relationship is how a founder came to know a prospect; "" is unknown.
type Relationship string

// The relationships.
const (
	Warm    Relationship = "warm"
	Intro   Relationship = "intro"
	Inbound Relationship = "inbound"
	Cold    Relationship = "cold"
)

// Buyer is whether a prospect could build the product themselves; "" is unknown.
type Buyer string

// The buyers.
const (
	Developer    Buyer = "developer"
	NonDeveloper Buyer = "non_developer"
)

// Reminders is what a founder said yes to; "" means they have not been asked or
// have not answered.
type Reminders string

// The answers to "Remind me".
const (
	EveryMorning Reminders = "mornings"
	OnlyDue      Reminders = "due"
	NoReminders  Reminders = "never"
)

// Founder is a Slack member who used Pitch, and how they want it to behave.
type Founder struct {
	Owner
	Joined         time.Time `json:"joined"`
	Zone           string    `json:"zone"`                  // an IANA name; "UTC" where Slack has none
	ZoneChosen     bool      `json:"zone_chosen,omitempty"` // chosen in settings: Slack's no longer changes it
	WorkDays       Weekdays  `json:"work_days"`
	Morning        Clock     `json:"morning"`
	Recap          Clock     `json:"recap,omitempty"` // "" is no evening recap
	Reminders      Reminders `json:"reminders,omitempty"`
	RemindersAsked bool      `json:"reminders_asked,omitempty"` // "Remind me" has been put once
	Digest         bool      `json:"digest,omitempty"`          // the weekly digest, for who gets morning plans
	DaysOff        []DaysOff `json:"days_off,omitempty"`
	Holidays       Country   `json:"holidays,omitempty"` // whose public holidays are days off; "" is none's
	Goals          Goals     `json:"goals,omitzero"`
	OnBoard        bool      `json:"on_board,omitempty"`
	BoardAsked     bool      `json:"board_asked,omitempty"` // the board has been offered once
	Coaching       bool      `json:"coaching,omitempty"`
	Coach          Coach     `json:"coach,omitzero"`
	Partner        bool      `json:"partner,omitempty"` // wants a partner each week
	Stopped        bool      `json:"stopped,omitempty"` // `/pitch stop`: no more messages, data kept
	DM             ChannelID `json:"dm,omitempty"`      // opened when they say yes to messages
	Gone           bool      `json:"gone,omitempty"`    // deactivated in Slack
	GoneAt         time.Time `json:"gone_at,omitzero"`  // when that became known
}

// DaysOff is a stretch of days without messages, both ends included.
type DaysOff struct {
	From Day `json:"from"`
	To   Day `json:"to"`
}

// Coach is what a founder does not want to hear, and from when on they are left
// alone.
type Coach struct {
	// Muted are the kinds of line that are not wanted before a day; [Never] is for
	// good.
	Muted map[string]Day `json:"muted,omitempty"`
	// Dropped are the texts that are not wanted, by their names.
	Dropped []string `json:"dropped,omitempty"`
	// Fewer is set by who chose to hear less: once a week at most.
	Fewer bool `json:"fewer,omitempty"`
	// FewerAsked notes that "fewer, different or off?" was put once.
	FewerAsked bool `json:"fewer_asked,omitempty"`
}

// Never is the day until which something stays muted that is muted for good.
var Never = Date(9999, time.December, 31)

// Goals are weekly; zero is no goal.
type Goals struct {
	Asks  int `json:"asks,omitempty"`
	Calls int `json:"calls,omitempty"`
	Nos   int `json:"nos,omitempty"`
}

// Prospect is a founder's own contact.
type Prospect struct {
	ID           ID           `json:"id"`
	Name         string       `json:"name"`
	Relationship Relationship `json:"relationship,omitempty"`
	Buyer        Buyer        `json:"buyer,omitempty"`
	NotCallable  bool         `json:"not_callable,omitempty"` // the phone is wrong for them
	FollowUpOn   Day          `json:"follow_up_on,omitzero"`
	DoNotContact bool         `json:"do_not_contact,omitempty"`
	Note         string       `json:"note,omitempty"`
	AddedAt      time.Time    `json:"added_at"`
	Described    bool         `json:"described,omitempty"` // the "knew them?" row has been shown
}

// Offer is a version of what is offered, in force from a day on until the next.
type Offer struct {
	ID   ID        `json:"id"`
	Name string    `json:"name"`
	On   Day       `json:"on"` // the first day it is in force
	At   time.Time `json:"at"` // when it was named
}

// Activity is something that happened with a prospect.
type Activity struct {
	ID         ID        `json:"id"`
	Kind       Kind      `json:"kind"`
	Prospect   ID        `json:"prospect"`
	OccurredOn Day       `json:"occurred_on"`
	LoggedAt   time.Time `json:"logged_at"`
	Backdated  bool      `json:"backdated,omitempty"` // logged too late to count on the board
	Unreached  bool      `json:"unreached,omitempty"` // voicemail, no answer
	Asked      Asked     `json:"asked,omitempty"`
	Quantity   int       `json:"quantity,omitempty"` // how many; 0 is not said
	Amount     Decimal   `json:"amount,omitempty"`   // the total of what was asked for
	Currency   string    `json:"currency,omitempty"` // ISO 4217
	Outcome    Outcome   `json:"outcome,omitempty"`
	AnsweredOn Day       `json:"answered_on,omitzero"`
	Reason     Reason    `json:"reason,omitempty"`
	Also       []Reason  `json:"also,omitempty"`    // further reasons
	Words      string    `json:"words,omitempty"`   // the buyer's
	Guessed    bool      `json:"guessed,omitempty"` // the reason was not said by the buyer
	Change     string    `json:"change,omitempty"`  // what the founder will change
	Until      Day       `json:"until,omitzero"`    // of a not_now
	Note       string    `json:"note,omitempty"`
	Offer      string    `json:"offer,omitempty"` // the version in force
}

// IsAsk reports whether the activity made an explicit request for a commitment.
func (a Activity) IsAsk() bool {
	return a.Kind == Ask || a.Asked != "" && a.Asked != AskedNothing
}

// IsConversation reports whether somebody was reached by call, meeting or demo.
func (a Activity) IsConversation() bool {
	return !a.Unreached && (a.Kind == Call || a.Kind == Meeting || a.Kind == Demo)
}

// Status is what became of a commitment.
type Status string

// The statuses of a commitment.
const (
	Open     Status = "open"
	Kept     Status = "kept"
	Missed   Status = "missed"
	Released Status = "released"
)

// Every is how often a commitment recurs: "day", "weekday" (the founder's own
// working days), "week", "month", or days as in "tuesday,thursday"; "" is once.
type Every string

// The named recurrences.
const (
	Once        Every = ""
	EachDay     Every = "day"
	EachWeekday Every = "weekday"
	EachWeek    Every = "week"
	EachMonth   Every = "month"
)

// Commitment is a promise to oneself: some activity, towards a prospect or a
// number of times, by a day or at a time. Of one that recurs there is a row for
// each occurrence.
type Commitment struct {
	ID       ID        `json:"id"`
	Kind     Kind      `json:"kind"`
	Prospect ID        `json:"prospect,omitempty"` // 0 where it is a count
	Count    int       `json:"count"`
	MadeAt   time.Time `json:"made_at"`
	From     Day       `json:"from"`             // the first day whose activities count
	DueOn    Day       `json:"due_on,omitzero"`  // 0 while the day has not been chosen
	At       Clock     `json:"at,omitempty"`     // the time of day of the due time, "" for none
	DueAt    time.Time `json:"due_at,omitzero"`  // zero where only a day is due
	Snoozed  time.Time `json:"snoozed,omitzero"` // moves the reminder alone
	Every    Every     `json:"every,omitempty"`
	Series   ID        `json:"series,omitempty"` // the first occurrence's id
	Status   Status    `json:"status"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	By       []ID      `json:"by,omitempty"`    // the activities that count towards it
	Moves    int       `json:"moves,omitempty"` // how often its day was put off
	Sentence string    `json:"sentence,omitempty"`
	About    string    `json:"about,omitempty"`  // what is to be asked for, or talked about: "a pilot", "about pricing"
	After    ID        `json:"after,omitempty"`  // the conversation it follows up
	Silent   bool      `json:"silent,omitempty"` // no reminder wanted
}

// Mood is how it is going, said for one day: 1 is low, 5 is high. It is nobody's
// but the founder's.
type Mood struct {
	Day   Day       `json:"day"`
	Level int       `json:"level"`
	At    time.Time `json:"at"`
}

// Line is a coach line that was put to a founder, with what it rested on.
type Line struct {
	ID         ID        `json:"id"`
	Kind       string    `json:"kind"`            // as the catalogue calls it
	Text       string    `json:"text"`            // which of the kind's texts, by its name
	Said       string    `json:"said"`            // the text as it was read
	Facts      []string  `json:"facts,omitempty"` // what it rested on, in sentences
	Day        Day       `json:"day"`
	At         time.Time `json:"at"`
	Place      Place     `json:"place"`
	Prospect   ID        `json:"prospect,omitempty"`
	Activity   ID        `json:"activity,omitempty"`
	Reason     Reason    `json:"reason,omitempty"`
	Answer     string    `json:"answer,omitempty"` // the button that was pressed
	AnsweredAt time.Time `json:"answered_at,omitzero"`
}

// Place is where a line was read.
type Place string

// The places.
const (
	InPlan   Place = "plan"
	InRecap  Place = "recap"
	InReply  Place = "reply"
	OnHome   Place = "home"
	OnDemand Place = "on_demand" // asked for, as with `stuck`: it counts against no cap
)

// Pairing is who a founder was last introduced to, of those who want a partner.
type Pairing struct {
	User UserID `json:"user"`
	With UserID `json:"with,omitempty"` // "" sat out
	Week string `json:"week,omitempty"` // the ISO week of it; "" is never yet
	Last UserID `json:"last,omitempty"` // the partner before
	Skip string `json:"skip,omitempty"` // the ISO week they skip
	Off  bool   `json:"off,omitempty"`  // one of the two can't: they don't meet that week
	// Next is the ISO week of the introduction they are due next; "" is none, as
	// for who wants no messages. Until then their pairing can change unnoticed.
	Next string `json:"next,omitempty"`
}

// Meets reports whether two are to meet in an ISO week.
func (p Pairing) Meets(week string) bool { return p.Week == week && p.With != "" && !p.Off }

// ChannelBoard is a channel's weekly leaderboard.
type ChannelBoard struct {
	Channel ChannelID    `json:"channel"`
	By      UserID       `json:"by"` // who turned it on
	Since   time.Time    `json:"since"`
	Weekday time.Weekday `json:"weekday"`
	At      Clock        `json:"at"`
	Zone    string       `json:"zone"`
	Off     bool         `json:"off,omitempty"`    // turned off: kept for Posted alone
	Posted  string       `json:"posted,omitempty"` // of one that is off: the last ISO week the channel had
}
