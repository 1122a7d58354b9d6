package parse

// courtesy is what a word of small talk is for.
type courtesy uint8

const (
	softener courtesy = iota + 1 // says nothing: "so", "lol"
	polite                       // "thanks", "ok"
	greeting                     // "hi", "what is this"
)

// courtesies are the words of small talk. A text of nothing else wants a word
// back, and never a button that writes.
var courtesies = table(map[string]courtesy{
	"lol|haha|hm|hmm|so|well|oh|ah|very much|a lot|so much|there|guys|and|please|pitch|@pitch|bot|everyone|all|again|mate|for now|then|you": softener,
	"thanks|thank you|thx|ty|cheers|ok|okay|k|kk|okey|cool|great|nice|nice one|perfect|awesome|good|got it|gotcha|understood|sounds good|alright|all right|fine|sure|wow|super|" +
		"excellent|amazing|brilliant|good job|great job|well done|good bot|love it|bye|goodbye|good night|see you|no problem|no worries|no thanks|no thank you|nope thanks|never mind|nevermind|makes sense|👍|👌|💪|❤️|:+1:|:thumbsup:|:ok_hand:|:heart:": polite,
	"hi|hello|hey|hiya|hallo|howdy|yo|sup|good morning|morning|gm|good afternoon|good evening|👋|:wave:|what can you do|what can i do|what do you do|what does this do|what is this|what's this|whats this|" +
		"what is pitch|what's pitch|what does pitch do|who are you|what are you|how does this work|how does it work|how do you work|how do i use this|how to use this|get started|getting started|how do i start|how to start": greeting,
})

// smallTalk answers a text that only greets, thanks or asks what Pitch is; nil
// where it says more, or is a prospect's name.
func (p *parser) smallTalk() Request {
	if _, ok := p.wholeName(0); ok {
		return nil
	}
	most := softener
	for i := 0; i < len(p.toks); {
		if p.toks[i].shape == separator {
			i++
			continue
		}
		kind, n := longest(p, i, len(p.toks), courtesies)
		if n == 0 {
			return nil
		}
		most, i = max(most, kind), i+n
	}
	switch most {
	case greeting:
		return Help{Topic: "welcome"}
	case polite:
		return Thanks{}
	}
	return nil
}
