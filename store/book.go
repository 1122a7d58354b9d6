package store

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"
)

// Rows reads one owner's rows inside an engine's transaction, as they were when
// it began. A lookup returns ErrNotFound for what is not there (ErrNoFounder for
// the founder) and ErrDamaged for what cannot be read; a listing leaves damaged
// rows out, and the engine reports them.
type Rows interface {
	Founder() (Founder, error)
	Prospect(ID) (Prospect, error)
	Prospects() ([]Prospect, error) // by id
	Activity(ID) (Activity, error)
	Activities(from, to Day) ([]Activity, error)          // by day, then id; a zero day is no bound
	ActivitiesWith(prospect ID) ([]Activity, error)       // by id
	Commitment(ID) (Commitment, error)                    //
	Commitments(status Status) ([]Commitment, error)      // by id; "" is any status
	ChannelBoard(channel ChannelID) (ChannelBoard, error) // whoever of the team turned it on
	ChannelBoards() ([]ChannelBoard, error)               // the owner's, by channel
	Offer(ID) (Offer, error)
	Offers() ([]Offer, error) // by id
	Mood(Day) (Mood, error)
	Moods() ([]Mood, error) // by day
	Line(ID) (Line, error)
	Lines() ([]Line, error) // by id
	Pairing(UserID) (Pairing, error)
	Pairings() ([]Pairing, error) // the team's, by user
	Delivery(occurrence string) (Delivery, error)
	Deliveries() ([]Delivery, error) // by occurrence
	Agenda() (Agenda, error)         // the zero Agenda where there is none
	Step(ID) (Step, error)
	Steps() ([]Step, error) // by id
	StepIDs() ([]ID, error) // of Steps, without reading them: every change looks
	NextID() (ID, error)    // never returns one twice to an owner, whatever happens to the change
}

// Images are rows as they were at some moment; nil is a row that did not exist.
type Images struct {
	Founder     *Founder                    `json:"founder,omitempty"`
	Prospects   map[ID]*Prospect            `json:"prospects,omitempty"`
	Activities  map[ID]*Activity            `json:"activities,omitempty"`
	Commitments map[ID]*Commitment          `json:"commitments,omitempty"`
	Boards      map[ChannelID]*ChannelBoard `json:"boards,omitempty"`
	Offers      map[ID]*Offer               `json:"offers,omitempty"`
	// Lines are of a step only what a merge or a removal changed in them: that
	// Pitch said something is no change of the founder's.
	Lines map[ID]*Line `json:"lines,omitempty"`
}

// Step is one change a founder made, with what it takes to undo it.
type Step struct {
	ID     ID        `json:"id"`
	At     time.Time `json:"at"`
	What   string    `json:"what"` // in the founder's words: "log call Jane"
	Before Images    `json:"before"`
	After  Images    `json:"after"`
	Undone bool      `json:"undone,omitempty"`
	// Passed is what Undo passed over to reach this step, the latest first.
	Passed []string `json:"-"`
	// Later is, of a step that Undo refuses with ErrChangedSince, what the founder
	// changed later of the same rows, the earliest first. Where there is nothing, it
	// was no step that did: a new day, or an admin.
	Later []string `json:"-"`
}

// StepsKept is how many steps an owner can go back.
const StepsKept = 50

// Changes is what a book wants written. A nil pointer in a map removes the row.
type Changes struct {
	Images
	Deliveries map[string]*Delivery
	Moods      map[Day]*Mood
	Pairings   map[UserID]*Pairing // anybody's of the team
	Agenda     *Agenda
	Steps      map[ID]*Step
	// Asks are the counted asks of each day whose activities changed.
	Asks map[Day]int
	// Forgotten removes every row of the owner, and nothing else is written.
	Forgotten bool
}

// Book is one owner's records inside a transaction: it reads through to the
// engine and gathers what changes, so that a rule that fails has written nothing.
type Book struct {
	Owner Owner
	Now   time.Time // in UTC

	rows    Rows
	founder *Founder
	loc     *time.Location
	before  Images
	out     Changes
	folded  map[string][]ID // prospects by folded name; nil is not built yet
	what    string
	step    ID
}

// NewBook is for engines: a book over rows. The owner need not exist yet.
func NewBook(owner Owner, now time.Time, rows Rows) *Book {
	return &Book{
		Owner: owner, Now: stamp(now), rows: rows,
		before: newImages(),
		out: Changes{
			Images: newImages(), Deliveries: map[string]*Delivery{}, Steps: map[ID]*Step{}, Asks: map[Day]int{},
			Moods: map[Day]*Mood{}, Pairings: map[UserID]*Pairing{},
		},
	}
}

func newImages() Images {
	return Images{
		Prospects: map[ID]*Prospect{}, Activities: map[ID]*Activity{},
		Commitments: map[ID]*Commitment{}, Boards: map[ChannelID]*ChannelBoard{}, Offers: map[ID]*Offer{},
		Lines: map[ID]*Line{},
	}
}

// stamp is t as it comes back from disk: UTC, no monotonic part, microseconds.
func stamp(t time.Time) time.Time { return t.UTC().Round(0).Truncate(time.Microsecond) }

// Founder is the owner's row, or ErrNoFounder.
func (b *Book) Founder() (Founder, error) {
	if b.out.Founder != nil {
		return *b.out.Founder, nil
	}
	if b.founder == nil {
		f, err := b.rows.Founder()
		if err != nil {
			return Founder{}, err
		}
		b.founder = &f
	}
	return *b.founder, nil
}

// Join is the owner's row, made with the defaults if there is none: Slack's zone
// for them, Monday to Friday, mornings at 09:00, nothing sent. What the same change
// sets beyond that can be undone; having joined cannot.
func (b *Book) Join(zone string) (Founder, error) {
	f, err := b.Founder()
	if !errors.Is(err, ErrNoFounder) {
		return f, err
	}
	if _, err := LoadZone(zone); err != nil {
		zone = "UTC"
	}
	f = Founder{
		Owner: b.Owner, Joined: b.Now, Zone: zone, WorkDays: MondayToFriday,
		Morning: DefaultMorning, Digest: true, Coaching: true,
	}
	if err := b.SetFounder(f); err != nil {
		return f, err
	}
	b.before.Founder = &f
	return f, nil
}

// The times of day messages go out at unless a founder says otherwise.
const (
	DefaultMorning Clock = "09:00"
	DefaultRecap   Clock = "17:30"
)

// LoadZone is the location an IANA name stands for. "" and "Local" are refused:
// the machine's own zone is nobody's.
func LoadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, invalid("no time zone %q", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, invalid("no time zone %q", name)
	}
	return loc, nil
}

// SetFounder saves the owner's row.
func (b *Book) SetFounder(f Founder) error {
	if err := f.Validate(); err != nil {
		return err
	}
	old, err := b.Founder()
	if err != nil && !errors.Is(err, ErrNoFounder) {
		return err
	}
	joined := errors.Is(err, ErrNoFounder)
	if b.before.Founder == nil && b.out.Founder == nil && !joined {
		b.before.Founder = &old
	}
	f.Owner, f.Joined, f.GoneAt = b.Owner, stamp(f.Joined), stampOrZero(f.GoneAt)
	b.out.Founder, b.loc = &f, nil
	if err := b.pair(old, f); err != nil {
		return err
	}
	if !joined && (old.Zone != f.Zone || old.WorkDays != f.WorkDays) {
		return b.replace()
	}
	return nil
}

// Location is the founder's zone, UTC where it is unknown.
func (b *Book) Location() *time.Location {
	if b.loc == nil {
		f, _ := b.Founder()
		loc, err := LoadZone(f.Zone)
		if err != nil {
			loc = time.UTC
		}
		b.loc = loc
	}
	return b.loc
}

// Today is the founder's local day.
func (b *Book) Today() Day { return DayOf(b.Now.In(b.Location())) }

// Commitment is an occurrence by its id.
func (b *Book) Commitment(id ID) (Commitment, error) {
	return lookup(b.out.Commitments, id, b.rows.Commitment)
}

// Commitments are those of a status, by id; "" is any.
func (b *Book) Commitments(status Status) ([]Commitment, error) {
	all, err := b.rows.Commitments(status)
	all = overlay(all, b.out.Commitments, func(c Commitment) ID { return c.ID },
		func(c Commitment) bool { return status == "" || c.Status == status })
	return all, err
}

func (b *Book) setCommitment(c Commitment) error {
	return put(b.before.Commitments, b.out.Commitments, c.ID, &c, b.rows.Commitment)
}

// Activity is an activity by its id.
func (b *Book) Activity(id ID) (Activity, error) {
	return lookup(b.out.Activities, id, b.rows.Activity)
}

// Activities are those that occurred between two days, both included, by day and
// then id; a zero day is no bound.
func (b *Book) Activities(from, to Day) ([]Activity, error) {
	all, err := b.rows.Activities(from, to)
	all = overlay(all, b.out.Activities, activityID, func(a Activity) bool {
		return (from == 0 || a.OccurredOn >= from) && (to == 0 || a.OccurredOn <= to)
	})
	slices.SortFunc(all, byDay)
	return all, err
}

// ActivitiesWith are a prospect's, by day and then id.
func (b *Book) ActivitiesWith(prospect ID) ([]Activity, error) {
	all, err := b.rows.ActivitiesWith(prospect)
	all = overlay(all, b.out.Activities, activityID, func(a Activity) bool { return a.Prospect == prospect })
	slices.SortFunc(all, byDay)
	return all, err
}

func activityID(a Activity) ID { return a.ID }

func byDay(a, b Activity) int {
	return cmp.Or(cmp.Compare(a.OccurredOn, b.OccurredOn), cmp.Compare(a.ID, b.ID))
}

func (b *Book) setActivity(a Activity) error {
	return put(b.before.Activities, b.out.Activities, a.ID, &a, b.rows.Activity)
}

func (b *Book) removeActivity(id ID) error {
	return put(b.before.Activities, b.out.Activities, id, nil, b.rows.Activity)
}

// Prospect is a prospect by id.
func (b *Book) Prospect(id ID) (Prospect, error) {
	return lookup(b.out.Prospects, id, b.rows.Prospect)
}

// Prospects are all the founder's, by id.
func (b *Book) Prospects() ([]Prospect, error) {
	all, err := b.rows.Prospects()
	return overlay(all, b.out.Prospects, func(p Prospect) ID { return p.ID }, func(Prospect) bool { return true }), err
}

func (b *Book) setProspect(p Prospect) error { return b.putProspect(p.ID, &p) }

// putProspect stages a prospect, nil to remove them, under their name.
func (b *Book) putProspect(id ID, p *Prospect) error {
	old, err := b.Prospect(id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err := put(b.before.Prospects, b.out.Prospects, id, p, b.rows.Prospect); err != nil || b.folded == nil {
		return err
	}
	if err == nil {
		b.unfold(old)
	}
	if p != nil {
		b.fold(*p)
	}
	return nil
}

// fold has a prospect found by name, and unfold not any more.
func (b *Book) fold(p Prospect) {
	key := Fold(p.Name)
	ids := b.folded[key]
	at, _ := slices.BinarySearch(ids, p.ID)
	b.folded[key] = slices.Insert(ids, at, p.ID)
}

func (b *Book) unfold(p Prospect) {
	key := Fold(p.Name)
	b.folded[key] = slices.DeleteFunc(b.folded[key], func(id ID) bool { return id == p.ID })
}

// Delivery is the delivery of an occurrence.
func (b *Book) Delivery(occurrence string) (Delivery, error) {
	return lookup(b.out.Deliveries, occurrence, b.rows.Delivery)
}

// Deliveries are the owner's, by occurrence; old ones are forgotten.
func (b *Book) Deliveries() ([]Delivery, error) {
	all, err := b.rows.Deliveries()
	return overlay(all, b.out.Deliveries, func(d Delivery) string { return d.Occurrence }, func(Delivery) bool { return true }), err
}

// SetDelivery saves how far a delivery has got, as reached now.
func (b *Book) SetDelivery(d Delivery) error {
	d.Intended, d.Lease, d.At = stamp(d.Intended), stampOrZero(d.Lease), b.Now
	b.out.Deliveries[d.Occurrence] = &d
	return nil
}

// Agenda is what the owner is next told, and when.
func (b *Book) Agenda() (Agenda, error) {
	if b.out.Agenda != nil {
		return *b.out.Agenda, nil
	}
	return b.rows.Agenda()
}

// SetAgenda replaces the agenda.
func (b *Book) SetAgenda(a Agenda) error {
	a.Alarms = slices.Clone(a.Alarms)
	for i := range a.Alarms {
		a.Alarms[i].At = stamp(a.Alarms[i].At)
	}
	slices.SortFunc(a.Alarms, func(x, y Alarm) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Occurrence, y.Occurrence))
	})
	b.out.Agenda = &a
	return nil
}

// ForgetOldDeliveries removes those finished longer than DeliveriesKept ago.
func (b *Book) ForgetOldDeliveries() error {
	all, err := b.Deliveries()
	for _, d := range all {
		if d.Final() && b.Now.Sub(d.At) > DeliveriesKept {
			b.out.Deliveries[d.Occurrence] = nil
		}
	}
	return err
}

// Changed reports whether anything is to be written.
func (b *Book) Changed() bool {
	return b.out.Founder != nil || len(b.out.Prospects)+len(b.out.Activities)+len(b.out.Commitments)+
		len(b.out.Boards)+len(b.out.Offers)+len(b.out.Deliveries)+len(b.out.Steps)+
		len(b.out.Moods)+len(b.out.Lines)+len(b.out.Pairings) > 0 || b.out.Agenda != nil || b.out.Forgotten
}

// Changes is for engines: what is to be written, with the journal's step and the
// counts of asks that follow from it.
func (b *Book) Changes() (Changes, error) {
	if b.out.Forgotten {
		return Changes{Forgotten: true}, nil
	}
	if err := b.countAsks(); err != nil {
		return Changes{}, err
	}
	return b.out, b.journal()
}

func stampOrZero(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return stamp(t)
}

func lookup[K comparable, V any](staged map[K]*V, key K, read func(K) (V, error)) (v V, err error) {
	if s, ok := staged[key]; ok {
		if s == nil {
			return v, ErrNotFound
		}
		return *s, nil
	}
	return read(key)
}

// put stages a row and remembers, once, what was there before.
func put[K comparable, V any](before, staged map[K]*V, key K, v *V, read func(K) (V, error)) error {
	if _, known := before[key]; !known {
		old, err := read(key)
		switch {
		case err == nil:
			before[key] = &old
		case errors.Is(err, ErrNotFound):
			before[key] = nil
		default:
			return err
		}
	}
	staged[key] = v
	return nil
}

// overlay is the rows read with the staged ones in their place, those that keep
// wants, in the order of their keys.
func overlay[K cmp.Ordered, V any](rows []V, staged map[K]*V, key func(V) K, keep func(V) bool) []V {
	if len(staged) == 0 {
		return rows
	}
	merged := make(map[K]V, len(rows)+len(staged))
	for _, r := range rows {
		merged[key(r)] = r
	}
	for k, s := range staged {
		if s == nil || !keep(*s) {
			delete(merged, k)
			continue
		}
		merged[k] = *s
	}
	out := make([]V, 0, len(merged))
	for _, k := range slices.Sorted(maps.Keys(merged)) {
		out = append(out, merged[k])
	}
	return out
}
