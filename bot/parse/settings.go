package parse

import (
	"fmt"
	"strings"

	"pitch/store"
)

// settings reads "mornings at 8am", "recap off", "timezone London", "holidays
// Germany" and "digest on"; with nothing more, or with what a word alone cannot
// set, it is the form. Nil where other words follow one such as "mornings".
func (p *parser) settings(i, j int) Request {
	for p.is(j, "at to from is in of") || p.is(j, "on for") && j+1 < len(p.toks) {
		j++
	}
	if j >= len(p.toks) {
		return Settings{}
	}
	for k := i; k < j; k++ {
		switch {
		case p.is(k, "zone timezone tz"):
			return p.zoneSetting(j)
		case p.is(k, "holidays"):
			return p.holidaySetting(j)
		case p.is(k, "digest recap recaps morning mornings"):
			return p.timedSetting(p.word(k), j)
		case p.is(k, "reminders notifications messages") && !p.is(j, "on off yes no never daily every"):
			return nil
		}
	}
	return Settings{}
}

// zoneSetting reads a zone or a city up to the end of the text.
func (p *parser) zoneSetting(j int) Request {
	if zone, n := p.zoneAt(j); n > 0 && j+n == len(p.toks) {
		return SettingsTo{Zone: zone}
	}
	return Unclear{Problem: BadArgument, Understood: "I don't know the zone “" + p.from(j) + "”. Write it like Europe/Berlin, or a large city in it.",
		Suggest: []Suggestion{suggest("settings")}}
}

// otherNames are what countries are called beside their own names.
var otherNames = table(map[string]string{
	"us|usa|america|the us|united states of america": "united states", "uk|britain|great britain|england|the uk": "united kingdom",
	"holland|the netherlands": "netherlands", "deutschland|german": "germany", "österreich": "austria", "schweiz|suisse": "switzerland",
})

func (p *parser) holidaySetting(j int) Request {
	if p.is(j, "off none no") && j+1 == len(p.toks) {
		return SettingsTo{Holidays: new(store.Country(""))}
	}
	name := store.Fold(p.subject(j))
	if other := otherNames[name]; other != "" {
		name = other
	}
	for _, c := range store.Countries() {
		if store.Fold(c.Name()) == name || store.Fold(string(c)) == name {
			return SettingsTo{Holidays: &c}
		}
	}
	return Unclear{Problem: BadArgument, Understood: "I know no public holidays of “" + p.from(j) + "”. The settings list the countries.",
		Suggest: []Suggestion{suggest("settings"), suggest("holidays off"), suggest("ooo today")}}
}

// timedSetting reads what a message such as the recap can be set to: a time, on
// or off. Mornings are a choice of reminders: turning them off asks which.
func (p *parser) timedSetting(what string, j int) Request {
	if j+1 == len(p.toks) && p.is(j, "on off yes no never daily") {
		on := p.is(j, "on yes daily")
		switch {
		case what == "digest":
			return SettingsTo{Digest: &on}
		case strings.HasPrefix(what, "morning"):
			return Settings{}
		case on:
			return SettingsTo{Recap: new(store.DefaultRecap)}
		}
		return SettingsTo{Recap: new(store.Clock(""))}
	}
	at, n := p.clock(j, len(p.toks), true)
	switch {
	case n == 0 || j+n < len(p.toks) || what == "digest":
		return nil
	case strings.HasPrefix(what, "morning"):
		return SettingsTo{Morning: p.beforeNoon(j, at)}
	}
	return SettingsTo{Recap: &at}
}

// beforeNoon is the time at j of a morning: the hours that are of the afternoon
// elsewhere, where neither am nor pm is said, are not.
func (p *parser) beforeNoon(j int, at store.Clock) store.Clock {
	var hour, minute int
	if _, err := fmt.Sscanf(string(at), "%d:%d", &hour, &minute); err == nil && hour > 12 && p.is(j, "1 2 3 4 5 6 7 8 9 10 11") {
		return store.Clock(fmt.Sprintf("%02d:%02d", hour-12, minute))
	}
	return at
}
