package store

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Record is one line of an export: a FounderRecord, ProspectRecord, OfferRecord,
// ActivityRecord, CommitmentRecord, MoodRecord, LineRecord or ChannelBoardRecord. Their JSON names are a
// promise; what is absent is unknown.
type Record interface{ recordOf() Owner }

// Header begins every record.
type Header struct {
	Type string `json:"type"`
	Owner
}

func (h Header) recordOf() Owner { return h.Owner }

// FounderRecord is a founder in an export.
type FounderRecord struct {
	Header
	Joined     time.Time `json:"joined"`
	Zone       string    `json:"zone"`
	ZoneChosen bool      `json:"zone_chosen,omitempty"`
	WorkDays   Weekdays  `json:"work_days"`
	Morning    Clock     `json:"morning"`
	Recap      Clock     `json:"recap,omitempty"`
	Reminders  Reminders `json:"reminders,omitempty"`
	Digest     bool      `json:"digest"`
	DM         ChannelID `json:"dm,omitempty"`
	DaysOff    []DaysOff `json:"days_off,omitempty"`
	Holidays   Country   `json:"holidays,omitempty"`
	Goals      Goals     `json:"goals,omitzero"`
	OnBoard    bool      `json:"on_board"`
	Coaching   bool      `json:"coaching"`
	Coach      Coach     `json:"coach,omitzero"`
	Partner    bool      `json:"partner,omitempty"`
	Stopped    bool      `json:"stopped,omitempty"`
	Gone       bool      `json:"gone,omitempty"`
	GoneAt     time.Time `json:"gone_at,omitzero"`
	// RemindersAsked and BoardAsked say that a question was put, which is put once.
	RemindersAsked bool `json:"reminders_asked,omitempty"`
	BoardAsked     bool `json:"board_asked,omitempty"`
}

// ProspectRecord is a prospect in an export. Other records name it: no two of a
// founder's have one name.
type ProspectRecord struct {
	Header
	Name         string       `json:"name"`
	Relationship Relationship `json:"relationship,omitempty"`
	Buyer        Buyer        `json:"buyer,omitempty"`
	Callable     *bool        `json:"callable,omitempty"`
	FollowUpOn   Day          `json:"follow_up_on,omitzero"`
	DoNotContact bool         `json:"do_not_contact,omitempty"`
	Note         string       `json:"note,omitempty"`
	AddedAt      time.Time    `json:"added_at"`
	Described    bool         `json:"described,omitempty"`
}

// OfferRecord is a version of the offer in an export.
type OfferRecord struct {
	Header
	Name string    `json:"name"`
	On   Day       `json:"on"`
	At   time.Time `json:"at"`
}

// ActivityRecord is an activity in an export. Reached is absent of a kind that
// reaches nobody by itself; Said is absent where there is no reason to be said.
type ActivityRecord struct {
	Header
	ID         string    `json:"id"`
	Kind       Kind      `json:"kind"`
	Prospect   string    `json:"prospect"`
	OccurredOn Day       `json:"occurred_on"`
	LoggedAt   time.Time `json:"logged_at"`
	Backdated  bool      `json:"backdated,omitempty"`
	Asked      Asked     `json:"asked,omitempty"`
	Quantity   int       `json:"quantity,omitempty"`
	Amount     Decimal   `json:"amount,omitempty"`
	Currency   string    `json:"currency,omitempty"`
	Outcome    Outcome   `json:"outcome,omitempty"`
	AnsweredOn Day       `json:"answered_on,omitzero"`
	Reason     Reason    `json:"reason,omitempty"`
	Also       []Reason  `json:"also,omitempty"`
	Words      string    `json:"words,omitempty"`
	Said       *bool     `json:"said,omitempty"`
	Change     string    `json:"change,omitempty"`
	Until      Day       `json:"until,omitzero"`
	Reached    *bool     `json:"reached,omitempty"`
	Note       string    `json:"note,omitempty"`
	Offer      string    `json:"offer,omitempty"`
}

// CommitmentRecord is a commitment in an export. DueAt has the offset of the
// founder's zone.
type CommitmentRecord struct {
	Header
	ID       string    `json:"id"`
	Kind     Kind      `json:"kind"`
	Prospect string    `json:"prospect,omitempty"`
	Count    int       `json:"count"`
	MadeAt   time.Time `json:"made_at"`
	From     Day       `json:"from"`
	DueOn    Day       `json:"due_on,omitzero"`
	DueAt    time.Time `json:"due_at,omitzero"`
	Snoozed  time.Time `json:"snoozed,omitzero"`
	At       Clock     `json:"at,omitempty"` // the time of day of the series
	Every    Every     `json:"every,omitempty"`
	Series   string    `json:"series,omitempty"`
	Status   Status    `json:"status"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	By       []string  `json:"by,omitempty"`
	Moves    int       `json:"moves,omitempty"`
	Sentence string    `json:"sentence,omitempty"`
	About    string    `json:"about,omitempty"`
	After    string    `json:"after,omitempty"`
	Silent   bool      `json:"silent,omitempty"`
}

// MoodRecord is a mood in an export.
type MoodRecord struct {
	Header
	Mood
}

// LineRecord is a coach line in an export.
type LineRecord struct {
	Header
	ID         string    `json:"id"`
	Kind       string    `json:"kind"`
	Text       string    `json:"text"`
	Said       string    `json:"said"`
	Facts      []string  `json:"facts,omitempty"`
	Day        Day       `json:"day"`
	At         time.Time `json:"at"`
	Place      Place     `json:"place"`
	Prospect   string    `json:"prospect,omitempty"`
	Activity   string    `json:"activity,omitempty"`
	Reason     Reason    `json:"reason,omitempty"`
	Answer     string    `json:"answer,omitempty"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
}

// ChannelBoardRecord is a channel's board in an export, its owner being who
// turned it on.
type ChannelBoardRecord struct {
	Header
	Channel ChannelID `json:"channel"`
	Since   time.Time `json:"since"`
	Weekday string    `json:"weekday"`
	At      Clock     `json:"at"`
	Zone    string    `json:"zone"`
}

// String is an id as exports and buttons write it; "" for no id.
func (id ID) String() string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("%d", uint64(id))
}

// Records are the owner's records as an export writes them, the founder first.
// Damaged ones are left out.
func (b *Book) Records() ([]Record, error) {
	var out []Record
	switch f, err := b.Founder(); {
	case err == nil:
		out = append(out, founderRecord(f))
	case !errors.Is(err, ErrDamaged):
		return nil, err
	}
	prospects, err := b.Prospects()
	if err != nil {
		return nil, err
	}
	names := map[ID]string{}
	for _, p := range prospects {
		names[p.ID] = p.Name
		out = append(out, prospectRecord(b.header("prospect"), p))
	}
	offers, err := b.Offers()
	if err != nil {
		return nil, err
	}
	for _, o := range offers {
		out = append(out, OfferRecord{Header: b.header("offer"), Name: o.Name, On: o.On, At: o.At})
	}
	activities, err := b.Activities(0, 0)
	if err != nil {
		return nil, err
	}
	lost := 0
	for _, a := range activities {
		if _, known := names[a.Prospect]; !known {
			lost++
		}
		out = append(out, activityRecord(b.header("activity"), a, names))
	}
	commitments, err := b.Commitments("")
	if err != nil {
		return nil, err
	}
	for _, c := range commitments {
		if _, known := names[c.Prospect]; !known && c.Prospect != 0 {
			lost++
		}
		out = append(out, commitmentRecord(b.header("commitment"), c, names, b.Location()))
	}
	coached, err := b.coachRecords(names)
	if err != nil {
		return nil, err
	}
	out = append(out, coached...)
	boards, err := b.ChannelBoards()
	for _, c := range boards {
		out = append(out, ChannelBoardRecord{
			Header: b.header("channel_board"), Channel: c.Channel, Since: c.Since,
			Weekday: WeekdaySet(c.Weekday).String(), At: c.At, Zone: c.Zone,
		})
	}
	if lost > 0 {
		err = errors.Join(err, Bereft(lost))
	}
	return out, err
}

// coachRecords are the moods, and the lines that were put to the founder.
func (b *Book) coachRecords(names map[ID]string) (out []Record, err error) {
	moods, err := b.Moods()
	if err != nil {
		return nil, err
	}
	for _, m := range moods {
		out = append(out, MoodRecord{Header: b.header("mood"), Mood: m})
	}
	lines, err := b.Lines()
	for _, l := range lines {
		out = append(out, LineRecord{
			Header: b.header("line"), ID: l.ID.String(), Kind: l.Kind, Text: l.Text, Said: l.Said, Facts: l.Facts, Day: l.Day, At: l.At,
			Place: l.Place, Prospect: names[l.Prospect], Activity: l.Activity.String(), Reason: l.Reason, Answer: l.Answer, AnsweredAt: l.AnsweredAt,
		})
	}
	return out, err
}

func (b *Book) header(of string) Header { return Header{Type: of, Owner: b.Owner} }

func founderRecord(f Founder) FounderRecord {
	return FounderRecord{
		Header: Header{Type: "founder", Owner: f.Owner},
		Joined: f.Joined, Zone: f.Zone, ZoneChosen: f.ZoneChosen, WorkDays: f.WorkDays, Morning: f.Morning,
		Recap: f.Recap, Reminders: f.Reminders, Digest: f.Digest, DaysOff: f.DaysOff, Holidays: f.Holidays, Goals: f.Goals,
		OnBoard: f.OnBoard, Coaching: f.Coaching, Coach: f.Coach, Partner: f.Partner, Stopped: f.Stopped, Gone: f.Gone, GoneAt: f.GoneAt,
		DM: f.DM, RemindersAsked: f.RemindersAsked, BoardAsked: f.BoardAsked,
	}
}

func prospectRecord(h Header, p Prospect) ProspectRecord {
	r := ProspectRecord{
		Header: h,
		Name:   p.Name, Relationship: p.Relationship, Buyer: p.Buyer, FollowUpOn: p.FollowUpOn,
		DoNotContact: p.DoNotContact, Note: p.Note, AddedAt: p.AddedAt, Described: p.Described,
	}
	if p.NotCallable {
		r.Callable = new(bool)
	}
	return r
}

func activityRecord(h Header, a Activity, names map[ID]string) ActivityRecord {
	r := ActivityRecord{
		Header: h,
		ID:     a.ID.String(), Kind: a.Kind, Prospect: names[a.Prospect], OccurredOn: a.OccurredOn, LoggedAt: a.LoggedAt,
		Backdated: a.Backdated, Asked: a.Asked, Quantity: a.Quantity, Amount: a.Amount, Currency: a.Currency,
		Outcome: a.Outcome, AnsweredOn: a.AnsweredOn, Reason: a.Reason, Also: a.Also, Words: a.Words, Change: a.Change,
		Until: a.Until, Note: a.Note, Offer: a.Offer,
	}
	if a.Outcome == Lost && (a.Reason != "" || a.Words != "") {
		said := !a.Guessed
		r.Said = &said
	}
	if a.Kind == Call || a.Unreached {
		reached := !a.Unreached
		r.Reached = &reached
	}
	return r
}

func commitmentRecord(h Header, c Commitment, names map[ID]string, loc *time.Location) CommitmentRecord {
	r := CommitmentRecord{
		Header: h,
		ID:     c.ID.String(), Kind: c.Kind, Prospect: names[c.Prospect], Count: cmp.Or(c.Count, 1), MadeAt: c.MadeAt,
		From: c.From, DueOn: c.DueOn, Snoozed: c.Snoozed, At: c.At, Every: c.Every, Series: c.Series.String(),
		Status: c.Status, ClosedAt: c.ClosedAt, Moves: c.Moves, Sentence: c.Sentence, About: c.About, After: c.After.String(), Silent: c.Silent,
	}
	if !c.DueAt.IsZero() {
		r.DueAt = c.DueAt.In(loc)
	}
	for _, id := range c.By {
		r.By = append(r.By, id.String())
	}
	return r
}

// Bereft is the ErrDamaged returned beside records of which so many are with
// prospects that are not there, or cannot be read.
type Bereft int

func (n Bereft) Error() string {
	return fmt.Sprintf("%v: %d records are with prospects that are not there", ErrDamaged, int(n))
}

// Is has errors.Is find ErrDamaged.
func (n Bereft) Is(target error) bool { return target == ErrDamaged }
