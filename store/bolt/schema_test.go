package bolt

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"pitch/store"
)

// A drawnTable is a bucket as the package doc draws it, or as a file has it.
type drawnTable struct {
	Key    string
	Fields []string // sorted; empty where bodies are not JSON objects
}

// TestDrawing compares the package doc's drawing with a file that has every
// bucket, key and field in use.
func TestDrawing(t *testing.T) {
	s := populated(t)
	found := map[string]drawnTable{}
	err := s.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			is, err := dumped(string(name), b)
			found[string(name)] = is
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(drawing(t), found); diff != "" {
		t.Errorf("the drawing in doc.go and a file differ (-drawn +file):\n%s", diff)
	}
}

// TestDrawingIsWhole compares the drawing with the types that rows are made of,
// so that a field no test fills in is drawn as well.
func TestDrawingIsWhole(t *testing.T) {
	drawn := drawing(t)
	for name, row := range map[string]any{
		"founders": store.Founder{}, "offers": store.Offer{}, "moods": store.Mood{}, "lines": store.Line{}, "pairings": store.Pairing{}, "prospects": store.Prospect{}, "activities": store.Activity{}, "commitments": store.Commitment{},
		"boards": store.ChannelBoard{}, "deliveries": store.Delivery{}, "agendas": store.Agenda{}, "steps": store.Step{},
	} {
		var fields []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(row)) {
			if tag := f.Tag.Get("json"); tag != "" && tag != "-" {
				name, _, _ := strings.Cut(tag, ",")
				fields = append(fields, name)
			}
		}
		slices.Sort(fields)
		if diff := cmp.Diff(fields, drawn[name].Fields); diff != "" {
			t.Errorf("%s has other fields than drawn (-type +drawing):\n%s", name, diff)
		}
	}
}

// dumped reads keys by their tags and values by their JSON, knowing nothing else
// but the names of the parts.
func dumped(name string, b *bbolt.Bucket) (is drawnTable, err error) {
	at := slices.IndexFunc(tables(), func(t table) bool { return t.name == name })
	if at < 0 {
		return is, errors.New(name + " is not in tables()")
	}
	var parts []string
	for _, p := range tables()[at].key {
		parts = append(parts, p.name)
	}
	is.Key = strings.Join(parts, ", ")
	fields := map[string]bool{}
	err = b.ForEach(func(k, raw []byte) error {
		in := keyReader{rest: k}
		for _, p := range tables()[at].key {
			in.element(p)
		}
		if !in.ok() {
			return errors.New("a key of " + name + " is not as tables() says")
		}
		body, err := unseal(k, raw)
		var object map[string]any
		if err == nil && json.Unmarshal(body, &object) == nil {
			for f := range object {
				fields[f] = true
			}
		}
		return err
	})
	is.Fields = slices.Sorted(maps.Keys(fields))
	return is, err
}

// drawing reads the package doc.
func drawing(t *testing.T) map[string]drawnTable {
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]drawnTable{}
	name := ""
	for line := range strings.Lines(file.Doc.Text()) {
		text, ok := strings.CutPrefix(line, "\t")
		switch text = strings.TrimRight(text, "\n"); {
		case !ok:
		case !strings.HasPrefix(text, " "):
			var parts string
			name, parts, _ = strings.Cut(text, " (")
			drawn[name] = drawnTable{Key: strings.TrimSuffix(parts, ")")}
		case text == "  -" || slices.Contains([]string{"members", "ids", "asks"}, name):
		default:
			is := drawn[name]
			is.Fields = append(is.Fields, strings.Fields(text)...)
			slices.Sort(is.Fields)
			drawn[name] = is
		}
	}
	return drawn
}

// populated is a store in which every bucket has rows and every field a value.
func populated(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), Config{Path: filepath.Join(t.TempDir(), "pitch.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, user := range []store.UserID{"U1", "U2", "U3"} {
		for i, do := range everything() {
			cause := store.Cause{Seen: []string{fmt.Sprint(user, i)}, Now: noon}
			if err := s.Change(t.Context(), cause, store.Owner{Team: "T1", User: user}, do); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// everything is changes that together use every field.
func everything() []func(*store.Book) error {
	today := store.DayOf(noon)
	return []func(*store.Book) error{
		func(b *store.Book) error {
			return b.SetFounder(store.Founder{
				Joined: noon, Zone: "UTC", ZoneChosen: true, WorkDays: store.MondayToFriday, Morning: "09:00", Recap: "17:00",
				Reminders: store.OnlyDue, RemindersAsked: true, Digest: true, DaysOff: []store.DaysOff{{From: today + 5, To: today + 6}},
				Holidays: "DE", Goals: store.Goals{Asks: 1, Calls: 1, Nos: 1}, OnBoard: true, BoardAsked: true, Coaching: true, Stopped: true, DM: "D1",
				Gone: true, GoneAt: noon, Coach: store.Coach{Muted: map[string]store.Day{"odds": store.Never}}, Partner: true,
			})
		},
		func(b *store.Book) error {
			if _, err := b.SetMood(2); err != nil {
				return err
			}
			l, err := b.Say(store.Line{Kind: "ask", Text: "ask/1", Said: "s", Facts: []string{"f"}, Place: store.InPlan, Prospect: 1, Activity: 1, Reason: store.Price})
			if err != nil {
				return err
			}
			_, err = b.AnswerLine(l.ID, "plan")
			return err
		},
		func(b *store.Book) error {
			b.SetPairing(store.Pairing{User: b.Owner.User, With: "U", Week: "2026-W48", Last: "V", Skip: "2026-W49", Off: true, Next: "2026-W50"})
			return nil
		},
		func(b *store.Book) error { _, _, err := b.NameOffer("v1: $50 pilot"); return err },
		logEverything,
		func(b *store.Book) error { _, err := b.Undo(0); return err },
		logEverything,
		func(b *store.Book) error {
			_, err := b.Log("Globex", store.Activity{Kind: store.Ask, Outcome: store.NotNow, Until: today + 9, OccurredOn: today - 9})
			return err
		},
		func(b *store.Book) error { _, err := b.Log("Globex", store.Activity{Kind: store.Ask}); return err },
		func(b *store.Book) error {
			l, err := b.Log("Initech", store.Activity{Kind: store.Email})
			if err != nil {
				return err
			}
			c, err := b.Commit(store.Commitment{
				Kind: store.Email, Prospect: l.Prospect.ID, Every: store.EachDay, At: "15:00", Sentence: "s", About: "a", After: l.Activity.ID, Silent: true,
			})
			if err != nil {
				return err
			}
			if _, err := b.Move(c.ID, today+1, time.Time{}); err != nil {
				return err
			}
			if _, err := b.Snooze(c.ID, noon.Add(time.Hour)); err != nil {
				return err
			}
			_, err = b.Keep(c.ID)
			return err
		},
		func(b *store.Book) error {
			_, err := b.Commit(store.Commitment{Kind: store.Call, Silent: true})
			return err
		},
		func(b *store.Book) error {
			board := store.ChannelBoard{Channel: store.ChannelID("C" + b.Owner.User), Weekday: time.Friday, At: "16:00", Zone: "UTC"}
			_, err := b.TurnOnBoard(board)
			return err
		},
		func(b *store.Book) error {
			return b.SetDelivery(store.Delivery{
				Occurrence: "plan/1", Notice: store.MorningPlan, Day: today, Intended: noon, Status: store.Sending, Attempt: 1,
				Lease: noon, Commitment: 1, Prospect: 1, Line: 1, Reasons: []store.ID{1}, Channel: "D1", TS: "1.2", With: "x",
			})
		},
		func(b *store.Book) error {
			return b.SetAgenda(store.Agenda{
				Planned: today, Recapped: today, Digested: today, Introduced: today, Posted: map[store.ChannelID]string{"C1": "2026-W48"}, Alarms: []store.Alarm{{At: noon, Occurrence: "plan/2"}},
			})
		},
		func(b *store.Book) error {
			off := store.ChannelBoard{Channel: store.ChannelID("COFF" + b.Owner.User), Weekday: time.Friday, At: "16:00", Zone: "UTC"}
			if _, err := b.TurnOnBoard(off); err != nil {
				return err
			}
			agenda, err := b.Agenda()
			if err != nil {
				return err
			}
			agenda.Posted = map[store.ChannelID]string{off.Channel: "2026-W48"}
			return errors.Join(b.SetAgenda(agenda), b.TurnOffBoard(off.Channel))
		},
	}
}

func logEverything(b *store.Book) error {
	if _, err := b.Describe("log"); err != nil {
		return err
	}
	l, err := b.Log("Acme", store.Activity{
		Kind: store.Ask, Unreached: true, Asked: store.Pilot, Quantity: 1, Amount: "1", Currency: "USD", Outcome: store.Lost,
		Reason: store.Price, Also: []store.Reason{store.Trust}, Words: "w", Guessed: true, Change: "c", Note: "n", Offer: "o",
	})
	if err != nil {
		return err
	}
	p := l.Prospect
	p.Relationship, p.Buyer, p.FollowUpOn, p.Note = store.Warm, store.Developer, store.DayOf(noon)+9, "n"
	p.NotCallable, p.DoNotContact, p.Described = true, true, true
	return b.SetProspect(p)
}

// TestMigrations runs a made-up history of schemas over a real file.
func TestMigrations(t *testing.T) {
	s := populated(t)
	path := s.cfg.Path
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	mark := func(name string) migration {
		return func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket([]byte(name))
			return err
		}
	}
	broken := errors.New("broken")
	_, err := open(t.Context(), Config{Path: path}, append(migrations(), mark("two"), mark("three"), func(*bbolt.Tx) error { return broken }))
	if !errors.Is(err, broken) {
		t.Fatalf("a failing migration: %v", err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("a failing migration changed the file")
	}
	s, err = open(t.Context(), Config{Path: path}, append(migrations(), mark("two"), mark("three")))
	if err != nil {
		t.Fatal(err)
	}
	s.db.View(func(tx *bbolt.Tx) error {
		is, err := get[schema](snapshot{tx, s.report}, meta, schemaKey())
		if err != nil || is.Version != schemaVersion+2 || tx.Bucket([]byte("two")) == nil || tx.Bucket([]byte("three")) == nil {
			t.Errorf("after two migrations: version %d, %v", is.Version, err)
		}
		return nil
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, _ = os.ReadFile(path)
	_, err = Open(t.Context(), Config{Path: path})
	if !errors.Is(err, store.ErrNewerFile) || !strings.Contains(err.Error(), fmt.Sprintf("version %d", schemaVersion+2)) || !strings.Contains(err.Error(), fmt.Sprintf("up to %d", schemaVersion)) {
		t.Errorf("a file of a newer schema: %v", err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("a newer file was changed")
	}
}

// TestCheckSound: a file that was never harmed has no faults.
func TestCheckSound(t *testing.T) {
	s := populated(t)
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
}

// TestCheckIndexes takes the last row away from each bucket and expects to hear of it,
// where another row implies it.
func TestCheckIndexes(t *testing.T) {
	s := populated(t)
	implied := []table{activities, activityDays, activityWith, commitments, commitmentsUp, agendas, due, boards, boardsBy, founders, members, seen, seenAt}
	for _, target := range implied {
		var k, v []byte
		change := func(do func(*bbolt.Bucket) error) {
			if err := s.db.Update(func(tx *bbolt.Tx) error { return do(tx.Bucket([]byte(target.name))) }); err != nil {
				t.Fatal(err)
			}
		}
		change(func(b *bbolt.Bucket) error {
			last, raw := b.Cursor().Last()
			k, v = slices.Clone(last), slices.Clone(raw)
			return b.Delete(k)
		})
		faults := 0
		if err := s.Check(t.Context(), func(error) { faults++ }); err != nil || faults == 0 {
			t.Errorf("without %s: %d faults, %v", target.describe(k), faults, err)
		}
		change(func(b *bbolt.Bucket) error { return b.Put(k, v) })
	}
}
