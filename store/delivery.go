package store

import "time"

// Notice is what kind of message Pitch sends of itself.
type Notice string

// The notices.
const (
	MorningPlan Notice = "plan"
	DueReminder Notice = "due"
	WeeklyBoard Notice = "board"
	// EveningRecap and WeeklyDigest close a day and a week.
	EveningRecap Notice = "recap"
	WeeklyDigest Notice = "digest"
	// WeeklyPartner introduces two founders to each other, each in their own DM.
	WeeklyPartner Notice = "partner"
	// Roll sends nothing: it ends the occurrence of a recurring commitment.
	Roll Notice = "roll"
	// Leave sends nothing: it looks whether who left the workspace is to be forgotten.
	Leave Notice = "leave"
)

// Alarm is a moment at which something is due to an owner. The alarms of an
// owner are worked out anew at every change, from their settings, commitments,
// boards and unfinished deliveries.
type Alarm struct {
	At         time.Time `json:"at"`
	Notice     Notice    `json:"notice"`
	Occurrence string    `json:"occurrence"` // which plan, reminder or post: the delivery's key
	Day        Day       `json:"day,omitzero"`
	Commitment ID        `json:"commitment,omitempty"`
	Prospect   ID        `json:"prospect,omitempty"` // whose follow-up date it is
	Channel    ChannelID `json:"channel,omitempty"`
	// Spec and Zone are what At was worked out from, of those that recur.
	Spec string `json:"spec,omitempty"`
	Zone string `json:"zone,omitempty"`
}

// Agenda is what an owner is next told, and when.
type Agenda struct {
	// Planned is the last local day whose morning has been dealt with: no plan is
	// due for it or for a day before it, whatever zones the founder moves through.
	Planned Day `json:"planned,omitzero"`
	// Recapped is the same of evening recaps. Digested and Introduced are, for the
	// whole ISO week the day is in, of weekly digests and of partners.
	Recapped   Day `json:"recapped,omitzero"`
	Digested   Day `json:"digested,omitzero"`
	Introduced Day `json:"introduced,omitzero"`
	// Posted is the last ISO week dealt with of each channel's board.
	Posted map[ChannelID]string `json:"posted,omitempty"`
	Alarms []Alarm              `json:"alarms,omitempty"`
}

// DeliveryStatus is how far sending a message has got.
type DeliveryStatus string

// The statuses of a delivery.
const (
	// Sending: the request may be under way, until the lease ends.
	Sending DeliveryStatus = "sending"
	// Retry: Slack said it did not post it; it is tried again at Lease.
	Retry DeliveryStatus = "retry"
	// Sent: Slack answered with the message's ts.
	Sent DeliveryStatus = "sent"
	// Uncertain: it may have been posted, and is not repeated.
	Uncertain DeliveryStatus = "uncertain"
	// Refused: Slack will not post it.
	Refused DeliveryStatus = "refused"
	// Dropped: it was too late to be useful.
	Dropped DeliveryStatus = "dropped"
)

// Delivery is one occurrence of a message. There is never a second row, and
// never a second message, for one Occurrence.
type Delivery struct {
	Occurrence string         `json:"occurrence"`
	Notice     Notice         `json:"notice"`
	Day        Day            `json:"day,omitzero"`
	Intended   time.Time      `json:"intended"`
	Status     DeliveryStatus `json:"status"`
	Attempt    int            `json:"attempt,omitempty"`
	Lease      time.Time      `json:"lease,omitzero"` // Sending: its end; Retry: the next try
	Commitment ID             `json:"commitment,omitempty"`
	Prospect   ID             `json:"prospect,omitempty"` // whose follow-up date it is
	Line       ID             `json:"line,omitempty"`     // the coach line it carries
	Reasons    []ID           `json:"reasons,omitempty"`  // the no's whose reason it asked for
	Channel    ChannelID      `json:"channel,omitempty"`  // where it was posted, or is to be
	TS         string         `json:"ts,omitempty"`       // the message's name in Slack
	With       string         `json:"with,omitempty"`     // the occurrence whose message it was part of
	At         time.Time      `json:"at"`                 // when Status was reached
}

// Final reports whether nothing more will happen to the delivery.
func (d Delivery) Final() bool { return d.Status != Sending && d.Status != Retry }

// DeliveriesKept is how long a finished delivery is kept: longer than any
// message stays worth sending or updating.
const DeliveriesKept = 35 * 24 * time.Hour
