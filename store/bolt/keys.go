package bolt

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"pitch/store"
)

// A table is a bucket and what its keys are made of.
type table struct {
	name string
	key  []part
}

// A part is one element of a key: what it is called and how it is written.
type part struct {
	name string
	tag  byte
}

// The tags come before an element's bytes, so that a key can be read without
// knowing its table.
const (
	tagText    byte = 1
	tagNumber  byte = 2
	tagDay     byte = 3
	tagInstant byte = 4
)

// Texts end in endText; a zero byte within one becomes escaped. Since neither is
// a beginning of the other, no text is a beginning of another text, and so no
// owner's keys can lie among another's.
const (
	endText = "\x00\x01"
	escaped = "\x00\xff"
)

// These describe every bucket of the file. They are never assigned to again.
var (
	partTeam       = part{"team", tagText}
	partUser       = part{"user", tagText}
	partID         = part{"id", tagNumber}
	partProspect   = part{"prospect", tagNumber}
	partDay        = part{"day", tagDay}
	partChannel    = part{"channel", tagText}
	partOccurrence = part{"occurrence", tagText}
	partAt         = part{"at", tagInstant}
	partCause      = part{"cause", tagText}
	partName       = part{"name", tagText}

	meta          = table{"meta", []part{partName}}
	founders      = table{"founders", []part{partTeam, partUser}}
	members       = table{"members", []part{partTeam, partUser}}
	ids           = table{"ids", []part{partTeam, partUser}}
	prospects     = table{"prospects", []part{partTeam, partUser, partID}}
	activities    = table{"activities", []part{partTeam, partUser, partID}}
	activityDays  = table{"activities_by_day", []part{partTeam, partUser, partDay, partID}}
	activityWith  = table{"activities_by_prospect", []part{partTeam, partUser, partProspect, partID}}
	commitments   = table{"commitments", []part{partTeam, partUser, partID}}
	commitmentsUp = table{"commitments_open", []part{partTeam, partUser, partID}}
	steps         = table{"steps", []part{partTeam, partUser, partID}}
	deliveries    = table{"deliveries", []part{partTeam, partUser, partOccurrence}}
	agendas       = table{"agendas", []part{partTeam, partUser}}
	due           = table{"due", []part{partAt, partTeam, partUser}}
	boards        = table{"boards", []part{partTeam, partChannel}}
	boardsBy      = table{"boards_by_owner", []part{partTeam, partUser, partChannel}}
	offers        = table{"offers", []part{partTeam, partUser, partID}}
	moods         = table{"moods", []part{partTeam, partUser, partDay}}
	lines         = table{"lines", []part{partTeam, partUser, partID}}
	pairings      = table{"pairings", []part{partTeam, partUser}}
	asks          = table{"asks", []part{partTeam, partDay, partUser}}
	seen          = table{"seen", []part{partCause}}
	seenAt        = table{"seen_by_time", []part{partAt, partCause}}
)

// tables lists every bucket, in the order of the drawing in the package doc.
func tables() []table {
	return []table{
		meta, founders, members, ids, prospects, activities, activityDays, activityWith,
		commitments, commitmentsUp, offers, moods, lines, pairings, steps, deliveries, agendas, due, boards, boardsBy,
		asks, seen, seenAt,
	}
}

// A key is a tuple of elements that sorts as the tuple does.
type key []byte

func ownerKey(o store.Owner) key { return key(nil).text(string(o.Team)).text(string(o.User)) }

func teamKey(t store.TeamID) key { return key(nil).text(string(t)) }

func (k key) text(s string) key {
	k = append(k, tagText)
	k = append(k, strings.ReplaceAll(s, "\x00", escaped)...)
	return append(k, endText...)
}

func (k key) id(id store.ID) key {
	return binary.BigEndian.AppendUint64(append(k, tagNumber), uint64(id))
}

func (k key) day(d store.Day) key {
	return binary.BigEndian.AppendUint64(append(k, tagDay), ordered(int64(d)))
}

// instant is t to the microsecond, as times are stored.
func (k key) instant(t time.Time) key {
	return binary.BigEndian.AppendUint64(append(k, tagInstant), ordered(t.UnixMicro()))
}

// ordered makes the bytes of negative numbers sort before those of positive ones.
func ordered(n int64) uint64 { return uint64(n) ^ 1<<63 }

// A keyReader takes a key apart, element by element. After the first element
// that is not as asked for, bad is set and what it returns means nothing.
type keyReader struct {
	rest []byte
	bad  bool
}

func (r *keyReader) text() string {
	if !r.tagged(tagText) {
		return ""
	}
	for i := 0; i+1 < len(r.rest); i++ {
		if r.rest[i] != 0 {
			continue
		}
		switch string(r.rest[i : i+2]) {
		case endText:
			s := string(r.rest[:i])
			r.rest = r.rest[i+2:]
			return strings.ReplaceAll(s, escaped, "\x00")
		case escaped:
			i++
		default:
			r.bad = true
			return ""
		}
	}
	r.bad = true
	return ""
}

func (r *keyReader) tagged(tag byte) bool {
	if r.bad || len(r.rest) == 0 || r.rest[0] != tag {
		r.bad = true
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *keyReader) fixed(tag byte) uint64 {
	if !r.tagged(tag) || len(r.rest) < 8 {
		r.bad = true
		return 0
	}
	n := binary.BigEndian.Uint64(r.rest)
	r.rest = r.rest[8:]
	return n
}

func (r *keyReader) id() store.ID   { return store.ID(r.fixed(tagNumber)) }
func (r *keyReader) day() store.Day { return store.Day(ordered(int64(r.fixed(tagDay)))) }
func (r *keyReader) instant() time.Time {
	return time.UnixMicro(int64(ordered(int64(r.fixed(tagInstant))))).UTC()
}
func (r *keyReader) owner() store.Owner {
	return store.Owner{Team: store.TeamID(r.text()), User: store.UserID(r.text())}
}

// ok reports whether the key was as asked for, and has been read to its end.
func (r *keyReader) ok() bool { return !r.bad && len(r.rest) == 0 }

// describe is a key as people read it: "activities (T1, U1, 7)". Keys hold ids
// and days, never what somebody typed; a cause is a hash.
func (t table) describe(k []byte) string {
	r := keyReader{rest: k}
	var out []string
	for _, p := range t.key {
		s := r.element(p)
		if r.bad {
			break
		}
		out = append(out, s)
	}
	if !r.ok() {
		out = append(out, fmt.Sprintf("… %x", clip(r.rest, 16)))
	}
	return t.name + " (" + strings.Join(out, ", ") + ")"
}

// owner is whom a key of the table names.
func (t table) owner(k []byte) (o store.Owner) {
	r := keyReader{rest: k}
	for _, p := range t.key {
		switch p {
		case partTeam:
			o.Team = store.TeamID(r.text())
		case partUser:
			o.User = store.UserID(r.text())
		default:
			r.element(p)
		}
	}
	return o
}

func (r *keyReader) element(p part) string {
	switch p.tag {
	case tagNumber:
		return r.id().String()
	case tagDay:
		return r.day().String()
	case tagInstant:
		return r.instant().Format(time.RFC3339Nano)
	}
	s := r.text()
	if p == partCause {
		return fmt.Sprintf("%x", clip([]byte(s), 4))
	}
	return strings.Trim(fmt.Sprintf("%q", clip([]byte(s), 40)), `"`)
}

func clip(b []byte, n int) []byte { return b[:min(n, len(b))] }
