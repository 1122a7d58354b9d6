package parse

import "pitch/store"

// channels are the ways a message goes, and how a note says so.
var channels = table(map[string]string{
	"on linkedin|via linkedin|over linkedin|through linkedin": "on LinkedIn", "on whatsapp|via whatsapp|over whatsapp": "on WhatsApp", "on slack|via slack|over slack": "on Slack",
	"on telegram|via telegram": "on Telegram", "on signal|via signal": "on Signal", "on instagram|via instagram": "on Instagram", "on twitter|via twitter": "on Twitter", "on x|via x": "on X",
	"on facebook|via facebook|on messenger|via messenger": "on Facebook", "on discord|via discord": "on Discord", "by text|via text|via sms|by sms": "text message", "via dm|by dm": "direct message",
})

// channelItem reads "on LinkedIn".
func (p *parser) channelItem(i, end int, d *draft) int {
	c, n := longest(p, i, end, channels)
	if n == 0 || d.channel != "" {
		return 0
	}
	d.channel = c
	return n
}

// often are the words for how many times.
var often = table(map[string]int{"twice|two times": 2, "thrice|three times": 3, "four times": 4, "five times": 5})

// timesItem reads "twice" and "2x" of something done: only an ask has a quantity.
func (p *parser) timesItem(i, end int, d *draft) int {
	if p.promise || d.times > 0 || d.kind == "" {
		return 0
	}
	v, n := longest(p, i, end, often)
	if n == 0 && i < end && d.kind != store.Ask && d.asked == "" {
		if m := multiplied.FindStringSubmatch(p.word(i)); m != nil && !p.unitFollows(i+1, end) {
			v, n = atoi(m[1]+m[2]), 1
			if _, priced := p.priceAt(i+1, end); priced > 0 {
				return 0
			}
		}
	}
	if n == 0 && digits.MatchString(p.word(i)) && p.is(i+1, "times") && i+1 < end {
		v, n = atoi(p.word(i)), 2
	}
	if n == 0 || v < 2 || v > MaxCount {
		return 0
	}
	d.times, d.number = v, run{i, i + n}
	return n
}
