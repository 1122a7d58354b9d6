package storetest

import (
	"strings"
	"time"

	"pitch/store"
)

func limitTests() map[string]func(*harness) {
	return map[string]func(*harness){
		"values at their limits": testAtLimits,
		"values beyond them":     testBeyondLimits,
		"hostile names":          testHostileNames,
		"years":                  testYears,
		"long keys":              testLongKeys,
	}
}

func testAtLimits(h *harness) {
	wide := strings.Repeat("𝔘", store.MaxWords)
	want := store.Activity{
		Kind: store.Ask, Asked: store.Deposit, Quantity: store.MaxQuantity, Amount: store.MaxAmount, Currency: "USD",
		Outcome: store.Lost, Reason: store.OtherCause, Words: wide, Change: wide, Note: wide, Offer: wide, Guessed: true,
		Unreached: true, AnsweredOn: monday.day(),
	}
	h.join("UTC")
	l := h.log(strings.Repeat("ß", store.MaxName), want)
	c := h.commit(store.Commitment{Kind: store.Call, Count: store.MaxCount, DueOn: store.Date(9999, time.December, 31), Sentence: wide})
	h.again()
	want.ID, want.Prospect, want.LoggedAt, want.OccurredOn = l.Activity.ID, l.Prospect.ID, h.now, monday.day()
	h.same("the activity", h.activity(l.Activity.ID), want)
	h.same("the commitment", h.only(), c)
}

func testBeyondLimits(h *harness) {
	h.join("UTC")
	before := h.all()
	long := strings.Repeat("x", store.MaxWords+1)
	for _, a := range []store.Activity{
		{Kind: "lunch"}, {Kind: store.Call, Asked: "marriage"}, {Kind: store.Ask, Asked: store.AskedNothing},
		{Kind: store.Ask, Outcome: "maybe"}, {Kind: store.Ask, Outcome: store.Lost, Reason: "whim"},
		{Kind: store.Ask, Quantity: -1}, {Kind: store.Ask, Quantity: store.MaxQuantity + 1},
		{Kind: store.Ask, Amount: "-5"}, {Kind: store.Ask, Amount: "1e9"}, {Kind: store.Ask, Amount: "1000000000001"},
		{Kind: store.Ask, Amount: "007"}, {Kind: store.Ask, Currency: "dollars"}, {Kind: store.Call, Note: long},
		{Kind: store.Call, Note: "\xff"}, {Kind: store.Ask, Outcome: store.Lost, Words: long},
	} {
		h.refuse(store.ErrInvalid, func(b *store.Book) error { _, err := b.Log("Acme", a); return err })
	}
	for _, c := range []store.Commitment{
		{Kind: "lunch"}, {Kind: store.Call, Count: -1, Every: "fortnight"}, {Kind: store.Call, Count: store.MaxCount + 1},
		{Kind: store.Call, Prospect: 1, Count: 2}, {Kind: store.Call, At: "25:00"}, {Kind: store.Call, DueAt: h.now},
		{Kind: store.Call, Sentence: long},
	} {
		h.refuse(store.ErrInvalid, func(b *store.Book) error { _, err := b.Commit(c); return err })
	}
	for _, change := range []func(*store.Founder){
		func(f *store.Founder) { f.Zone = "Local" }, func(f *store.Founder) { f.Zone = "" },
		func(f *store.Founder) { f.Morning = "9:00" }, func(f *store.Founder) { f.Reminders = "hourly" },
		func(f *store.Founder) { f.Goals.Nos = -1 },
		func(f *store.Founder) { f.DaysOff = []store.DaysOff{{From: 10, To: 9}} },
	} {
		h.refuse(store.ErrInvalid, func(b *store.Book) error { return set(b, change) })
	}
	h.same("what refusals leave", h.all(), before)
}

func testHostileNames(h *harness) {
	names := []string{
		"<!channel>", "Robert'); DROP TABLE activities;--", "a\x00b", "a\x00", "\u202eevil", "{{.}}", "%s%n", `"},{"type":"founder`,
		"👩‍👩‍👧‍👦", "日本", "ばば", "はは", "सुमन", "सीमन", "-", "--", "…", "a\nb", strings.Repeat("z", store.MaxName),
	}
	h.join("UTC")
	ids := map[string]store.ID{}
	for _, name := range names {
		ids[name] = h.log(name, store.Activity{Kind: store.Call, Note: name}).Prospect.ID
	}
	h.again()
	seen := map[store.ID]string{}
	for _, name := range names {
		l := h.log(name, store.Activity{Kind: store.Email})
		if l.Added || l.Prospect.ID != ids[name] || l.Prospect.Name != name {
			h.Errorf("%q was found again as %+v", name, l.Prospect)
		}
		if other, twice := seen[l.Prospect.ID]; twice {
			h.Errorf("%q and %q are one prospect", name, other)
		}
		seen[l.Prospect.ID] = name
	}
	h.refuse(store.ErrInvalid, func(b *store.Book) error { _, _, err := b.AddProspect("\xff\xfe"); return err })
}

// testYears: a day that could not be read again is not written.
func testYears(h *harness) {
	h.join("UTC")
	far := store.Date(12026, time.January, 1)
	l := h.log("Acme", store.Activity{Kind: store.Call, OccurredOn: store.Date(1, time.January, 1)})
	for _, do := range []func(*store.Book) error{
		func(b *store.Book) error {
			_, err := b.Commit(store.Commitment{Kind: store.Call, DueOn: far})
			return err
		},
		func(b *store.Book) error {
			_, err := b.Log("Acme", store.Activity{Kind: store.Call, OccurredOn: -1_000_000})
			return err
		},
		func(b *store.Book) error {
			_, err := b.Log("Acme", store.Activity{Kind: store.Ask, Outcome: store.NotNow, Until: far})
			return err
		},
		func(b *store.Book) error { p := l.Prospect; p.FollowUpOn = far; return b.SetProspect(p) },
		func(b *store.Book) error { return b.TakeDaysOff(store.DaysOff{From: far, To: far}) },
		func(b *store.Book) error {
			c, err := b.Commit(callBy(friday))
			if err != nil {
				return err
			}
			_, err = b.Snooze(c.ID, time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC))
			return err
		},
	} {
		h.refuse(store.ErrInvalid, do)
	}
	h.again()
	h.same("how many activities there are", len(h.all().Activities), 1)
}

// testLongKeys: an id of any length is kept or refused, and stops nobody else.
func testLongKeys(h *harness) {
	h.join("UTC")
	long := strings.Repeat("x", 1<<16)
	big := h.as(store.Owner{Team: "T1", User: store.UserID(long)})
	err := big.try(func(b *store.Book) error { _, err := b.Join("UTC"); return err })
	if err == nil && big.all().Founder.User != big.owner.User {
		h.Error("what was kept of a long id is not it")
	}
	if err := h.because(h.now, []string{long}, nothing); err != nil {
		h.Errorf("a long cause: %v", err)
	}
	h.log("Acme", store.Activity{Kind: store.Call})
}
