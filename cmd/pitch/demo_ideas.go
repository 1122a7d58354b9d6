package main

import (
	"fmt"

	"pitch/store"
)

// ideas are the nine situations, in the order of the answers they come from. In
// each, the one line the coach has to say is the idea's: what would call for
// another kind is left out or answered.
func ideas() []situation {
	const site = ", startups.stackexchange)"
	return []situation{
		{"Presented, and waiting", "Ask the prospect to buy (JezC" + site,
			"Noor sells a rota for cafés. Four working days ago she showed Café Morgenrot a demo they liked, and has asked for nothing since.", presented},
		{"A quiet proposal", "Ask how many they will order (JezC" + site,
			"Noor asked Hotel Lindenhof for an order without a number, wrote once more the day after, and has heard nothing since.", quietProposal},
		{"The same no, three times", "The reasons tune the next offer (JezC" + site,
			"Noor asked three shops with the same offer, and each of them said no because of the price.", sameNo},
		{"Only emails", "Pick up the phone (JezC" + site,
			"Noor wrote to five places in the last eight working days, and called nobody.", onlyEmails},
		{"Fifteen answers, no yes", "Find better people (Otzen" + site,
			"Noor asked fifteen places and heard from each of them. Nobody said yes; some said no, some went quiet, three named somebody else.", noYes},
		{"One pitch, three answers", "Sales is not deterministic (Platon" + site,
			"Noor asked three places with the same pitch. One said yes, one that head office decides, one not before Easter.", threeAnswers},
		{"Five no's in a row", "Morale, and only the facts (user661" + site,
			"Noor asked five places in the last two weeks, and all five said no.", fiveNos},
		{"Talks without an ask", "A partner helps, and you still sell (Rhoads" + site,
			"Noor had ten conversations in the last four weeks. In two of them she asked for something.", talksOnly},
		{"Only developers", "Look beyond other developers (Zaitsev" + site,
			"Of the eight prospects Noor has, seven are developers who could build it themselves.", onlyDevelopers},
	}
}

// presented: a demo that went well, after which nobody was asked for anything.
func presented(ago ago) story {
	return story{entries: []entry{
		happened(ago(6), "11:00", store.Email, "Café Morgenrot"),
		{ago(4), "15:30", "Café Morgenrot", store.Activity{Kind: store.Demo, Note: "They liked the swap board most"}},
	}}
}

// quietProposal: asked without a number, and no word since.
func quietProposal(ago ago) story {
	return story{entries: []entry{
		askedIn(ago(5), "14:00", store.Meeting, "Hotel Lindenhof", store.Order),
		happened(ago(4), "10:20", store.Email, "Hotel Lindenhof"),
	}}
}

// sameNo: three buyers, and one reason.
func sameNo(ago ago) story {
	return story{
		offers: []offer{{ago(15), "09:30", "v1: 49 € a month for each shop"}},
		entries: []entry{
			asked(ago(12), "10:15", "Bäckerei Sommer", 3, "147", "EUR"),
			no(ago(10), "16:05", "Bäckerei Sommer", store.Price, "that is what a new mixer costs", "Show what one swapped shift saves"),
			asked(ago(8), "11:40", "Eisdiele Pinguin", 2, "98", "EUR"),
			no(ago(6), "09:35", "Eisdiele Pinguin", store.Price, "too much for the winter", "Ask what the winter is worth to them"),
			asked(ago(5), "13:20", "Café Nordlicht", 1, "49", "EUR"),
			no(ago(3), "15:50", "Café Nordlicht", store.Price, "my nephew does it for a coffee", "Ask what the nephew forgets"),
		},
	}
}

// onlyEmails: five people were written to, and nobody was called.
func onlyEmails(ago ago) story {
	var s story
	for i, who := range []string{"Gasthaus Krone", "Pension Seeblick", "Weinstube Adler", "Kantine Nord", "Bistro Halle 7"} {
		s.entries = append(s.entries, happened(ago(8-i), "10:45", store.Email, who))
	}
	return s
}

// noYes: fifteen asks, each answered, and none with a yes. Twice somebody named
// somebody else, so that it is no run of no's.
func noYes(ago ago) story {
	reasons := []store.Reason{store.Price, store.Timing, store.StatusQuo, store.Authority, store.Need}
	names := []string{
		"Café Adele", "Bar Zenit", "Imbiss Falke", "Rösterei Blum", "Hotel Anker", "Mensa West", "Konditorei Paul", "Trattoria Lupo", "Brauhaus Ost",
		"Teehaus Lin", "Catering Voss", "Pizzeria Etna", "Eiscafé Rialto", "Kaffeebar Süd", "Gasthof Linde",
	}
	s := story{lines: []line{{ago(2), "09:00", "odds", "odds/1", "Same pitch, two rooms, two answers. Plan what you control."}}}
	for i, who := range names {
		day := ago(17 - i)
		s.entries = append(s.entries, asked(day, "10:30", who, 4, "196", "EUR"))
		switch {
		case i%5 == 4:
			s.entries = append(s.entries, said(day, "16:00", who, store.Referred))
		case i%2 == 0:
			s.entries = append(s.entries, no(day, "16:00", who, reasons[i%len(reasons)], "", fmt.Sprintf("Try opening number %d", i/2+2)))
		default:
			s.entries = append(s.entries, said(day, "16:00", who, store.NoDecision))
		}
	}
	return s
}

// threeAnswers: the same ask, and a yes, a later and a no.
func threeAnswers(ago ago) story {
	return story{entries: []entry{
		asked(ago(9), "11:10", "Kantine Hafen", 2, "98", "EUR"),
		asked(ago(7), "10:25", "Hotel Sonne", 6, "294", "EUR"),
		said(ago(6), "14:45", "Kantine Hafen", store.Won),
		asked(ago(5), "09:50", "Bäckerei Klee", 3, "147", "EUR"),
		no(ago(4), "12:10", "Hotel Sonne", store.Authority, "head office decides that", "Ask who at head office"),
		no(ago(3), "16:20", "Bäckerei Klee", store.Timing, "not before Easter", "Ask for a date after Easter"),
	}}
}

// fiveNos: a hard fortnight.
func fiveNos(ago ago) story {
	var s story
	for i, n := range []entry{
		no("", "", "Café Palme", store.Price, "we pay for enough tools", "Name one tool it replaces"),
		no("", "", "Hotel Merkur", store.StatusQuo, "the wall calendar works", "Ask for a photo of the calendar"),
		no("", "", "Bar Kompass", store.Timing, "after the season", "Ask when the season ends"),
		no("", "", "Imbiss Orient", store.Need, "there are only two of us", "Look for places with ten"),
		no("", "", "Gasthof Hirsch", store.Budget, "nothing left this year", "Ask in January"),
	} {
		n.day, n.at = ago(6-i), "15:15"
		s.entries = append(s.entries, asked(ago(8-i), "10:40", n.who, 5, "245", "EUR"), n)
	}
	return s
}

// talksOnly: ten conversations, of which two asked for something.
func talksOnly(ago ago) story {
	var s story
	for i, who := range []string{
		"Café Ludwig", "Rösterei Nord", "Hotel Central", "Bäckerei Korn", "Bistro Amsel", "Kantine Werk 3", "Pension Alpenblick", "Weinbar Rebe",
	} {
		s.entries = append(s.entries, happened(ago(18-i), "14:20", store.Call, who))
	}
	s.entries = append(s.entries,
		askedIn(ago(6), "11:30", store.Meeting, "Brauerei Stern", store.Pilot),
		askedIn(ago(4), "15:10", store.Demo, "Hotel Bellevue", store.Pilot),
		askedLater(ago(3), "09:40", "Brauerei Stern"),
		askedLater(ago(2), "10:50", "Hotel Bellevue"),
	)
	return s
}

// askedLater answers an ask with "later", on no day in particular.
func askedLater(day, at, who string) entry { return said(day, at, who, store.NotNow) }

// onlyDevelopers: eight people on the list, seven of whom could build it.
func onlyDevelopers(ago ago) story {
	s := story{known: []store.Prospect{known("Kaffeehaus Jonas", store.Warm, store.NonDeveloper)}}
	for _, who := range []string{"Kernwerk", "Bytegarten", "Lukas (ex-colleague)", "Codewerkstatt", "Meetup Jana", "Stapelbau", "Nullpunkt"} {
		s.known = append(s.known, known(who, store.Warm, store.Developer))
	}
	s.entries = []entry{
		happened(ago(7), "10:10", store.Email, "Kernwerk"),
		happened(ago(5), "11:20", store.Email, "Codewerkstatt"),
		happened(ago(3), "16:30", store.Email, "Lukas (ex-colleague)"),
	}
	return s
}
