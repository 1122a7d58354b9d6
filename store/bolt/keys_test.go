package bolt

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pitch/store"
)

// A tuple is what a key is made of, for comparing with how the key sorts.
type tuple struct {
	team, user string
	id         store.ID
	day        store.Day
	at         time.Time
}

func (t tuple) key() key {
	return ownerKey(store.Owner{Team: store.TeamID(t.team), User: store.UserID(t.user)}).id(t.id).day(t.day).instant(t.at)
}

func (t tuple) compare(u tuple) int {
	return cmp.Or(cmp.Compare(t.team, u.team), cmp.Compare(t.user, u.user), cmp.Compare(t.id, u.id), cmp.Compare(t.day, u.day), t.at.Compare(u.at))
}

// FuzzKeys: keys sort as their tuples do and come back as they were, and no
// owner's keys lie among another's.
func FuzzKeys(f *testing.F) {
	f.Add("T1", "U1", uint64(1), int64(20000), int64(1e15), "T1", "U11", uint64(2), int64(-5), int64(-1e15))
	f.Add("a", "", uint64(0), int64(0), int64(0), "a\x00", "\x00\x01", uint64(1)<<63, int64(-1)<<40, int64(1)<<50)
	f.Add("a\x00\xff", "b", uint64(7), int64(1), int64(1), "a\x00", "\xffb", uint64(7), int64(1), int64(1))
	f.Fuzz(func(t *testing.T, team, user string, id uint64, day, at int64, team2, user2 string, id2 uint64, day2, at2 int64) {
		x := tuple{team, user, store.ID(id), store.Day(day), time.UnixMicro(at).UTC()}
		y := tuple{team2, user2, store.ID(id2), store.Day(day2), time.UnixMicro(at2).UTC()}
		checkKeys(t, x, y)
	})
}

func checkKeys(t *testing.T, x, y tuple) {
	t.Helper()
	if got, want := bytes.Compare(x.key(), y.key()), x.compare(y); got != want {
		t.Errorf("keys of %+v and %+v compare %d, want %d", x, y, got, want)
	}
	in := keyReader{rest: x.key()}
	back := tuple{in.text(), in.text(), in.id(), in.day(), in.instant()}
	if !in.ok() || back != x {
		t.Errorf("%+v came back as %+v (%v)", x, back, in)
	}
	one := ownerKey(store.Owner{Team: store.TeamID(x.team), User: store.UserID(x.user)})
	if strangers := x.team != y.team || x.user != y.user; strangers && bytes.HasPrefix(y.key(), one) {
		t.Errorf("the keys of %+v lie among those of %+v", y, x)
	}
}

// TestKeys tries tuples of the bytes that matter, which fuzzing finds slowly.
func TestKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var s strings.Builder
		for range rng.IntN(4) {
			s.WriteByte([]byte{0, 1, 2, 'a', 0xfe, 0xff}[rng.IntN(6)])
		}
		return s.String()
	}
	draw := func() tuple {
		return tuple{text(), text(), store.ID(rng.IntN(3)), store.Day(rng.IntN(5) - 2), time.UnixMicro(rng.Int64N(7) - 3).UTC()}
	}
	for range 30_000 {
		checkKeys(t, draw(), draw())
	}
}

// FuzzKeyReader: bytes that are no key are refused or read, and never a fault.
func FuzzKeyReader(f *testing.F) {
	f.Add([]byte(ownerKey(store.Owner{Team: "T1", User: "U1"}).id(7)))
	f.Add([]byte("\x01a\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, table := range tables() {
			table.describe(raw)
		}
		in := keyReader{rest: raw}
		owner, id := in.owner(), in.id()
		if in.ok() && !bytes.Equal(ownerKey(owner).id(id), raw) {
			t.Errorf("%x reads as %v, %d, and is not its key", raw, owner, id)
		}
	})
}

// TestSeal flips every bit of a sealed row and of its key.
func TestSeal(t *testing.T) {
	k := ownerKey(store.Owner{Team: "T1", User: "U1"}).id(7)
	raw, err := encode(k, store.Prospect{ID: 7, Name: "Acme"})
	if err != nil {
		t.Fatal(err)
	}
	var p store.Prospect
	if err := decode(prospects, k, raw, &p); err != nil || p.Name != "Acme" {
		t.Fatalf("it reads as %+v, %v", p, err)
	}
	for _, part := range [][]byte{k, raw} {
		for bit := range len(part) * 8 {
			part[bit/8] ^= 1 << (bit % 8)
			if decode(prospects, k, raw, &p) == nil {
				t.Errorf("bit %d of %d bytes was flipped unnoticed", bit, len(part))
			}
			part[bit/8] ^= 1 << (bit % 8)
		}
	}
	for n := range raw {
		if decode(prospects, k, raw[:n], &p) == nil {
			t.Errorf("a row cut to %d bytes reads", n)
		}
	}
}

// FuzzDecode: no bytes in place of a row are a fault, or pass for one by chance.
func FuzzDecode(f *testing.F) {
	k := ownerKey(store.Owner{Team: "T1", User: "U1"}).id(7)
	sound, _ := encode(k, store.Step{ID: 7})
	f.Add(sound)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var s store.Step
		if decode(steps, k, raw, &s) == nil && !bytes.Equal(raw[:sealSize], seal(k, raw[sealSize:])[:sealSize]) {
			t.Error("a row that is not sealed reads")
		}
	})
}
