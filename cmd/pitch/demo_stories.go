package main

import (
	"slices"
	"time"

	"pitch/bot/localslack"
	"pitch/store"
)

// stories are what the founders of the demo did in the weeks before it begins.
func stories() []story {
	people := everybody()
	told := []story{mayasStory(), tomsStory(), aikosStory(), priyasStory(), jonasStory(), samsStory(), lenasStory()}
	for i := range told {
		told[i].user, told[i].joined = people[i], "2026-11-02"
	}
	return told
}

func happened(day, at string, kind store.Kind, who string) entry {
	return entry{day, at, who, store.Activity{Kind: kind}}
}

// asked is an ask for an order, of so many for so much.
func asked(day, at, who string, quantity int, amount store.Decimal, currency string) entry {
	return entry{day, at, who, store.Activity{Kind: store.Ask, Quantity: quantity, Amount: amount, Currency: currency}}
}

// askedIn is a conversation in which something was asked for.
func askedIn(day, at string, kind store.Kind, who string, what store.Asked) entry {
	return entry{day, at, who, store.Activity{Kind: kind, Asked: what}}
}

func said(day, at, who string, outcome store.Outcome) entry {
	return entry{day, at, who, store.Activity{Outcome: outcome}}
}

// no is a no with its reason, the buyer's words and what will change.
func no(day, at, who string, reason store.Reason, words, change string) entry {
	return entry{day, at, who, store.Activity{Outcome: store.Lost, Reason: reason, Words: words, Change: change}}
}

func notNow(day, at, who, until string) entry {
	later, err := store.ParseDay(until)
	if err != nil {
		panic(err) // the dates stand below
	}
	return entry{day, at, who, store.Activity{Outcome: store.NotNow, Until: later}}
}

func known(name string, how store.Relationship, buyer store.Buyer) store.Prospect {
	return store.Prospect{Name: name, Relationship: how, Buyer: buyer}
}

// followUp is a prospect who is to be followed up on a day.
func followUp(name string, year int, month time.Month, day int) store.Prospect {
	return store.Prospect{Name: name, Relationship: store.Intro, Buyer: store.NonDeveloper, FollowUpOn: store.Date(year, month, day)}
}

// mayasStory: a quote tool for print shops. Mornings, goals, a board she runs.
func mayasStory() story {
	return story{
		board: true,
		founder: func(f *store.Founder) {
			f.Reminders, f.Goals = store.EveryMorning, store.Goals{Asks: 5, Calls: 8}
		},
		known: []store.Prospect{
			known("Hansen Druck", store.Warm, store.NonDeveloper), known("Printhaus Mitte", store.Intro, store.NonDeveloper),
			known("Kopierwelt", store.Cold, store.NonDeveloper), known("Globex", store.Cold, store.Developer),
			known("Initech", store.Inbound, store.NonDeveloper), known("Buchbinderei Lund", store.Warm, store.NonDeveloper),
			followUp("Papierhaus Krug", 2026, time.November, 26), known("Digitaldruck Ost", store.Cold, store.NonDeveloper),
			known("Offsetwerk", store.Intro, store.NonDeveloper), known("Stickerei Blum", store.Warm, store.NonDeveloper),
		},
		offers: []offer{
			{"2026-11-02", "08:00", "v1: 99 € a seat"},
			{"2026-11-12", "17:00", "v2: one seat free for a month"},
		},
		entries: []entry{
			happened("2026-11-02", "10:20", store.Call, "Hansen Druck"),
			asked("2026-11-03", "11:05", "Hansen Druck", 3, "297", "EUR"),
			askedIn("2026-11-04", "15:40", store.Demo, "Printhaus Mitte", store.Pilot),
			happened("2026-11-05", "09:30", store.Email, "Kopierwelt"),
			said("2026-11-05", "16:10", "Hansen Druck", store.Won),
			asked("2026-11-06", "11:15", "Kopierwelt", 10, "990", "EUR"),
			no("2026-11-09", "10:45", "Kopierwelt", store.Price, "99 a seat is what our whole accounting costs", "Start with one seat, free for a month"),
			happened("2026-11-09", "14:00", store.Call, "Buchbinderei Lund"),
			askedIn("2026-11-10", "11:30", store.Call, "Buchbinderei Lund", store.Order),
			happened("2026-11-11", "16:20", store.Demo, "Globex"),
			no("2026-11-12", "09:50", "Printhaus Mitte", store.Trust, "call us when somebody else has run it for a year", "Bring Hansen along as a reference"),
			asked("2026-11-13", "10:10", "Globex", 25, "2475", "EUR"),
			notNow("2026-11-16", "11:00", "Buchbinderei Lund", "2027-01-11"),
			no("2026-11-17", "15:25", "Globex", store.BuildIt, "we could build that in a weekend", "Show the second weekend: taxes, paper prices"),
			askedIn("2026-11-18", "10:30", store.Meeting, "Copyshop Nord", store.Pilot),
			happened("2026-11-18", "14:45", store.Call, "Initech"),
			asked("2026-11-19", "11:10", "Stickerei Blum", 2, "98", "EUR"),
			asked("2026-11-20", "10:05", "Digitaldruck Ost", 5, "395", "EUR"),
			said("2026-11-20", "13:30", "Stickerei Blum", store.Won),
			happened("2026-11-23", "10:15", store.Call, "Digitaldruck Ost"),
			asked("2026-11-23", "11:40", "Offsetwerk", 4, "316", "EUR"),
			no("2026-11-24", "09:45", "Digitaldruck Ost", store.Budget, "nothing left this year, honestly", "Ask in January, with the invoice dated then"),
			happened("2026-11-24", "15:10", store.Call, "Initech"),
			askedIn("2026-11-24", "16:30", store.Call, "Hansen Druck", store.Referral),
		},
		plans: []plan{
			{day: "2026-11-05", at: "16:15", kind: store.Call, who: "Buchbinderei Lund", due: "2026-11-09"},
			{day: "2026-11-09", at: "10:50", kind: store.Demo, who: "Globex", due: "2026-11-11"},
			{day: "2026-11-20", at: "13:35", kind: store.Call, who: "Digitaldruck Ost", due: "2026-11-23"},
			{day: "2026-11-23", at: "09:10", kind: store.Call, who: "Copyshop Nord", due: "2026-11-24", sentence: "Shall we start the pilot on Monday?"},
			{day: "2026-11-24", at: "15:12", kind: store.Ask, who: "Initech", due: "2026-11-25", dueAt: "11:00", sentence: "How many seats shall I set up?"},
			{day: "2026-11-24", at: "16:40", kind: store.FollowUp, who: "Offsetwerk", due: "2026-11-25"},
			{day: "2026-11-23", at: "09:05", kind: store.Ask, count: 5, due: "2026-11-27"},
		},
	}
}

// tomsStory: monitoring for developers, sold to developers, who build it.
func tomsStory() story {
	return story{
		founder: func(f *store.Founder) { f.Reminders, f.Goals = store.EveryMorning, store.Goals{Asks: 3, Nos: 2} },
		known: []store.Prospect{
			known("Lattice Robotics", store.Warm, store.Developer), known("Corvid", store.Inbound, store.Developer),
			known("Moonshot Labs", store.Cold, store.Developer), known("Pacific Freight", store.Intro, store.NonDeveloper),
		},
		entries: []entry{
			happened("2026-11-03", "10:00", store.Demo, "Lattice Robotics"),
			happened("2026-11-05", "13:30", store.Demo, "Corvid"),
			asked("2026-11-06", "09:40", "Corvid", 1, "199", "USD"),
			no("2026-11-10", "11:20", "Corvid", store.BuildIt, "I'd just wire up the open-source one", "Lead with on-call, not with graphs"),
			asked("2026-11-12", "10:30", "Moonshot Labs", 0, "500", "USD"),
			askedIn("2026-11-17", "14:10", store.Call, "Pacific Freight", store.Pilot),
			no("2026-11-18", "10:50", "Moonshot Labs", store.Timing, "after our launch", "Ask for the date of the launch"),
			asked("2026-11-19", "09:20", "Lattice Robotics", 12, "2388", "USD"),
			said("2026-11-23", "11:15", "Pacific Freight", store.Won),
			asked("2026-11-23", "15:00", "Harbor Analytics", 3, "597", "USD"),
		},
		plans: []plan{
			{day: "2026-11-19", at: "09:30", kind: store.FollowUp, who: "Lattice Robotics", due: "2026-11-24"},
			{day: "2026-11-23", at: "11:20", kind: store.Call, who: "Harbor Analytics", due: "2026-11-25", dueAt: "14:00"},
			{day: "2026-11-16", at: "08:30", kind: store.Call, count: 2, every: store.EachWeekday},
		},
	}
}

// aikosStory: scheduling for clinics; fewer asks, well prepared.
func aikosStory() story {
	return story{
		founder: func(f *store.Founder) { f.Reminders, f.Goals = store.EveryMorning, store.Goals{Asks: 4} },
		known: []store.Prospect{
			known("Harbour Dental", store.Warm, store.NonDeveloper), known("Bondi Physio", store.Intro, store.NonDeveloper),
			known("Eastside Clinic", store.Cold, store.NonDeveloper),
		},
		entries: []entry{
			happened("2026-11-03", "09:40", store.Meeting, "Harbour Dental"),
			asked("2026-11-05", "10:30", "Harbour Dental", 4, "320", "AUD"),
			said("2026-11-10", "14:20", "Harbour Dental", store.Won),
			askedIn("2026-11-11", "11:00", store.Call, "Bondi Physio", store.NextStep),
			asked("2026-11-13", "15:30", "Eastside Clinic", 8, "640", "AUD"),
			no("2026-11-17", "09:30", "Eastside Clinic", store.StatusQuo, "the paper diary has never crashed", "Offer to run both for two weeks"),
			asked("2026-11-18", "10:15", "Bondi Physio", 2, "160", "AUD"),
			asked("2026-11-19", "13:45", "Manly Vets", 3, "240", "AUD"),
			askedIn("2026-11-23", "11:20", store.Demo, "North Shore Eyes", store.Pilot),
			no("2026-11-24", "10:40", "Manly Vets", store.Authority, "my partner decides that", "Ask for both at the table"),
		},
		plans: []plan{
			{day: "2026-11-23", at: "11:30", kind: store.FollowUp, who: "North Shore Eyes", due: "2026-11-25"},
			{day: "2026-11-24", at: "10:45", kind: store.Meeting, who: "Manly Vets", due: "2026-11-26", dueAt: "10:00"},
		},
	}
}

// week is a founder's asks of whom only the count matters here.
func week(at string, asks map[string][]string) (out []entry) {
	for day, names := range asks {
		for _, who := range names {
			out = append(out, asked(day, at, who, 0, "", ""))
		}
	}
	return out
}

func priyasStory() story {
	return story{entries: week("10:20", map[string][]string{
		"2026-11-04": {"Kestrel"}, "2026-11-06": {"Thames Tea"}, "2026-11-11": {"Brixton Bikes", "Kestrel"}, "2026-11-13": {"Northgate"},
		"2026-11-16": {"Hackney Hops"}, "2026-11-17": {"Thames Tea", "Fern & Co"}, "2026-11-18": {"Northgate"}, "2026-11-19": {"Peckham Press", "Kestrel"}, "2026-11-20": {"Ridley Market"},
		"2026-11-23": {"Fern & Co", "Southbank"}, "2026-11-24": {"Ridley Market", "Deptford Dough"},
	})}
}

func jonasStory() story {
	return story{entries: week("11:00", map[string][]string{
		"2026-11-05": {"Stadtwerke Ulm"}, "2026-11-12": {"Solar Süd"}, "2026-11-17": {"Wärme eG"}, "2026-11-19": {"Solar Süd"}, "2026-11-24": {"Wärme eG"},
	})}
}

func samsStory() story {
	return story{entries: week("09:30", map[string][]string{
		"2026-11-04": {"Hudson Foods"}, "2026-11-10": {"Bleecker Books", "Hudson Foods"}, "2026-11-16": {"Astoria Auto"}, "2026-11-18": {"Bleecker Books"}, "2026-11-20": {"Queens Kitchens"},
		"2026-11-23": {"Astoria Auto"}, "2026-11-24": {"Queens Kitchens"},
	})}
}

// lenasStory: she counts for herself alone.
func lenasStory() story {
	return story{
		founder: func(f *store.Founder) { f.OnBoard = false },
		entries: week("14:00", map[string][]string{"2026-11-11": {"Kaffee Adler"}, "2026-11-18": {"Kaffee Adler", "Radwerk"}, "2026-11-23": {"Radwerk"}}),
	}
}

// everybody is who is in the demo's workspace.
func everybody() []localslack.User {
	return slices.Concat(founders(), colleagues(), []localslack.User{noor()})
}
