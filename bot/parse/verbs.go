package parse

import "pitch/store"

// tense says whether a verb alone tells what has happened from what will.
type tense uint8

const (
	base   tense = iota // "call", "calling", "meeting": either
	past                // "called": it happened
	plural              // "calls": several
	answer              // "no", "yes", "not now": it happened, but says little alone
)

// meaning is what a verb says about an activity.
type meaning struct {
	kind       store.Kind
	tense      tense
	outcome    store.Outcome
	asked      store.Asked
	unreached  bool
	onlyIfOpen bool
	note       string
	hint       Hint
	relation   store.Relationship
	vague      bool   // "maybe": which outcome must be asked
	noun       bool   // "pilot": asked for, or agreed to?
	waiting    bool   // "no reply": the ask is as open as it was
	absent     bool   // "no show": nothing took place
	wants      bool   // "wants a pilot": asked for, or agreed to?
	known      bool   // "write": an email only where a known prospect follows
	words      string // what the buyer said with it
	reason     store.Reason
	channel    string // how a message went, where the words after it do not say
}

var (
	silent   = meaning{kind: store.Ask, tense: past, outcome: store.NoDecision, onlyIfOpen: true}
	won      = meaning{kind: store.Ask, tense: past, outcome: store.Won}
	lost     = meaning{kind: store.Ask, tense: past, outcome: store.Lost}
	later    = meaning{kind: store.Ask, tense: answer, outcome: store.NotNow}
	missed   = meaning{kind: store.Call, tense: past, unreached: true}
	proposal = meaning{kind: store.Email, note: "proposal", hint: AskedThemToBuy}
	sent     = meaning{kind: store.Email, tense: past, note: "proposal", hint: AskedThemToBuy}
	waiting  = meaning{kind: store.Ask, tense: past, waiting: true}
	absent   = meaning{kind: store.Meeting, tense: past, absent: true}
)

// verbs are the ways to say what happened or is promised; codes and emoji too.
var verbs = table(map[string]meaning{
	"call|phone|ring|telephone|dial|speak to|speak with|talk to|talk with|chat with|calling|phoning|ringing|talking to|talking with|speaking to|speaking with|phone call|call with|call to|chat|conversation|conversation with|talk|cell|" +
		"📞|☎|📱|🤙|:telephone_receiver:|:phone:|:telephone:|:iphone:|:calling:|:call_me_hand:": {kind: store.Call},
	"zoom|zoom with|video call|video call with|zoom call|zoom call with": {kind: store.Call},
	"call back|ring back|sales call|sales call with|discovery call|discovery call with|intro call|intro call with|follow-up call|follow-up call with|follow up call|follow up call with|followup call|followup call with": {kind: store.Call},
	"zoomed|zoomed with|facetimed": {kind: store.Call, tense: past},
	"called|phoned|rang|rung|telephoned|dialed|dialled|spoke to|spoke with|spoke|spoken to|spoken with|talked to|talked with|talked|talked 2|spoke 2|chatted with|chatted to|had a call with|got on a call with|got off a call with|had a chat with|had a conversation with|called up|rang up|called back|rang back|phoned back|returned a call from": {kind: store.Call, tense: past},
	"calls|phone calls|conversations|calls with|calls to|sales calls|discovery calls|zoom calls|video calls": {kind: store.Call, tense: plural},
	"cold calls":                              {kind: store.Call, tense: plural, relation: store.Cold},
	"cold emails|cold mails":                  {kind: store.Email, tense: plural, relation: store.Cold},
	"cold call":                               {kind: store.Call, relation: store.Cold},
	"cold called|cold-called":                 {kind: store.Call, tense: past, relation: store.Cold},
	"cold email":                              {kind: store.Email, relation: store.Cold},
	"cold emailed|cold-emailed":               {kind: store.Email, tense: past, relation: store.Cold},
	"voicemail|voicemail for|voicemail to|vm": {kind: store.Call, tense: answer, unreached: true},
	"nobody answered|no one answered|nobody picked up|no one picked up|left a voicemail for|left a voicemail with|left voicemail for|left a voicemail|left voicemail|left a message for|left a message with|left a message|left message for|left vm for|voicemailed|tried to call|tried calling|tried to reach|tried to phone|tried|couldn't reach|could not reach|couldnt reach|didn't reach|did not reach|didnt reach": missed,
	"no answer|no answer from|no answer at|no pickup from|no pick up from": {kind: store.Call, tense: answer, unreached: true},

	"email|e-mail|mail|emailing|e-mailing|mailing|write to|writing to|email to|📧|✉|📩|📨|📤|:email:|:e-mail:|:envelope:|:incoming_envelope:|:envelope_with_arrow:|:outbox_tray:": {kind: store.Email},
	"emailed|e-mailed|mailed|wrote to|written to|sent an email to|sent email to|sent an e-mail to|sent a mail to|sent mail to|sent an email|sent a mail":                      {kind: store.Email, tense: past},
	"write|writing":     {kind: store.Email, known: true},
	"wrote":             {kind: store.Email, tense: past, known: true},
	"dm|direct message": {kind: store.Email, channel: "direct message"},
	"dm'd|dmed|dmd|direct messaged|sent a dm to|sent a direct message to": {kind: store.Email, tense: past, channel: "direct message"},
	"linkedin": {kind: store.Email, channel: "on LinkedIn"},
	"linkedined|linkedin'd|linkedin messaged":           {kind: store.Email, tense: past, channel: "on LinkedIn"},
	"text|sms|texting":                                  {kind: store.Email, channel: "text message"},
	"texted|sms'd|smsed|sent a text to|sent an sms to":  {kind: store.Email, tense: past, channel: "text message"},
	"whatsapp|whatsapping":                              {kind: store.Email, channel: "on WhatsApp"},
	"whatsapped|whatsapp'd":                             {kind: store.Email, tense: past, channel: "on WhatsApp"},
	"slack|slacking":                                    {kind: store.Email, channel: "on Slack"},
	"slacked":                                           {kind: store.Email, tense: past, channel: "on Slack"},
	"message|messaging|ping|pinging":                    {kind: store.Email, channel: "message"},
	"messaged|pinged|sent a message to|sent message to": {kind: store.Email, tense: past, channel: "message"},
	"proposals|quotes":                                  {kind: store.Email, tense: plural},
	"emails|e-mails|mails|emails to":                    {kind: store.Email, tense: plural},
	"quote|quote to|quote for|send a quote to":          {kind: store.Email, note: "quote", hint: AskedThemToBuy},
	"sent a quote to|sent quote to|sent the quote to|sent a quote|quoted":                                                                                                          {kind: store.Email, tense: past, note: "quote", hint: AskedThemToBuy},
	"proposal|proposal to|proposal for|send a proposal to|send proposal to|send the proposal to":                                                                                   proposal,
	"sent a proposal to|sent proposal to|sent the proposal to|sent our proposal to|sent a proposal|sent proposal|sent the proposal|proposed to|sent an offer to|sent the offer to": sent,

	"meet|meeting|meet with|meeting with|meeting at|coffee|coffee with|lunch|lunch with|visit|visiting|🤝|☕|:handshake:|:coffee:": {kind: store.Meeting},
	"met|met with|met up with|had a meeting with|had a meeting at|had coffee with|had lunch with|visited|sat down with|sat with": {kind: store.Meeting, tense: past},
	"meetings|meetings with": {kind: store.Meeting, tense: plural},
	"demo|demoing|demo to|demo with|demo for|demo at|pitch|pitching|present to|presenting to|show|🖥|💻|:computer:|:desktop_computer:":                                                {kind: store.Demo},
	"demoed|demo'd|demoed to|demonstrated to|gave a demo to|gave a demo|did a demo for|did a demo with|did a demo|had a demo with|pitched|pitched to|presented to|presented|showed": {kind: store.Demo, tense: past},
	"demos|demos with|demos for": {kind: store.Demo, tense: plural},

	"follow up|follow-up|followup|follow up with|follow-up with|followup with|follow up on|following up with|following up|chase|chasing|chase up|check in with|check-in with|nudge|🔁|:repeat:": {kind: store.FollowUp},
	"followed up|followed-up|followed up with|followed up on|chased|chased up|checked in with|checked in on|nudged|sent a follow-up to|sent a follow up to|sent follow-up to":                  {kind: store.FollowUp, tense: past},
	"follow ups|follow-ups|followups": {kind: store.FollowUp, tense: plural},

	"ask|asking|🙏|🙋|❓|:pray:|:raising_hand:|:question:": {kind: store.Ask},
	"asked|have asked|put the ask to|made an ask to":    {kind: store.Ask, tense: past},
	"asks":                     {kind: store.Ask, tense: plural},
	"no's|nos|noes|rejections": {kind: store.Ask, tense: plural, outcome: store.Lost},
	"yeses|wins":               {kind: store.Ask, tense: plural, outcome: store.Won},
	"pilot|trial|poc":          {kind: store.Ask, asked: store.Pilot, noun: true},
	"order":                    {kind: store.Ask, asked: store.Order, noun: true},
	"deposit":                  {kind: store.Ask, asked: store.Deposit, noun: true},
	"loi|letter of intent|signed loi|signed an loi with|got an loi from": {kind: store.Ask, tense: past, asked: store.Order, noun: true, words: "LOI"},

	"yes|yes from|yes by|yes at|✅|👍|🎉|🏆|:white_check_mark:|:heavy_check_mark:|:+1:|:thumbsup:|:tada:|:trophy:":                                                                                                            {kind: store.Ask, tense: answer, outcome: store.Won},
	"won|win|closed|closed won|signed|signed up|sold|sold to|got a yes from|got yes from|got the order from|got an order from|landed|closed the deal with|closed a deal with|won over|signed a deal with|got a deal with": won,
	"deal|deal with|new customer|new client":      {kind: store.Ask, tense: answer, outcome: store.Won},
	"no interest|no interest from|no interest at": {kind: store.Ask, tense: answer, outcome: store.Lost, words: "no interest"},
	"not interested": {kind: store.Ask, tense: answer, outcome: store.Lost, words: "not interested"},
	"no thanks|no thank you|no thanks from|no thank you from": {kind: store.Ask, tense: answer, outcome: store.Lost, words: "no thanks"},
	"no|no from|no by|no at|a no from|hard no|hard no from|a hard no from|firm no|firm no from|flat no|flat no from|clear no|clear no from|definite no|definite no from|solid no|solid no from|big no|big no from|hell no|hell no from|nope|❌|👎|🚫|:x:|:-1:|:thumbsdown:|:no_entry_sign:":                                              {kind: store.Ask, tense: answer, outcome: store.Lost},
	"lost|rejected by|rejected|rejection from|rejection by|rejection|got rejected by|was rejected by|been rejected by|turned down by|got turned down by|was turned down by|were turned down by|were rejected by|got a no from|got no from|declined by|got declined by|loss|closed lost|lost deal|lost the deal with|lost a deal with": lost,
	"ghosted|ghosted by|got ghosted by|been ghosted by|was ghosted by|went quiet|gone quiet|went dark|gone dark|went silent|no decision|no decision from|no decision at|👻|:ghost:":                                                                                                                                                    silent,
	"not now|not now from|later|maybe later|circle back|circle back with|circle back to|come back to|postponed by|postponed|deferred by|deferred|not right now|⏳|:hourglass_flowing_sand:":                                                                                                                                            later,
	"no reply|no reply yet|no response|no response yet|no answer yet|no news|no news yet|no word|no word yet|no feedback|no feedback yet|nothing from|nothing yet|nothing back|nothing back yet|" +
		"heard nothing|haven't heard|havent heard|have not heard|haven't heard back|havent heard back|not heard|not heard back|still waiting|still no answer|still no reply|still no response|awaiting reply|awaiting answer|" +
		"waiting|waiting for|waiting on|waiting for an answer|waiting for a reply|waiting to hear|waiting to hear back|still waiting for|still waiting on": waiting,
	"no show|no-show|noshow|no show by|no show from|no show at":          absent,
	"maybe|perhaps|undecided|not sure|unsure|thinking|🤔|:thinking_face:": {kind: store.Ask, tense: answer, vague: true},
})

// endings are what a prospect is said to have done: "Acme said no".
var endings = table(map[string]meaning{
	"said yes|says yes|is a yes|signed|signed up|bought|ordered|accepted|agreed|has signed|is in|closed|won": won,
	"said no|says no|is a no|is a hard no|said a hard no|hard no|is a firm no|is a clear no|declined|passed|has declined|rejected|rejected us|rejected me|rejected it|rejected the offer|rejected our offer|turned us down|turned me down|turned it down|lost|backed out|is out|are out": lost,
	"not interested|is not interested|isn't interested|isnt interested|was not interested|wasn't interested|has no interest":                                                                                                                                                             {kind: store.Ask, tense: past, outcome: store.Lost, words: "not interested"},
	"said no thanks|says no thanks|no thanks": {kind: store.Ask, tense: past, outcome: store.Lost, words: "no thanks"},
	"hasn't replied|hasnt replied|has not replied|haven't replied|have not replied|hasn't answered|hasnt answered|has not answered|haven't answered|hasn't responded|has not responded|hasnt responded|haven't responded|" +
		"didn't reply|didnt reply|did not reply|didn't respond|didnt respond|did not respond|hasn't replied yet|hasn't answered yet|hasn't responded yet|no reply|no reply yet|no response|no response yet|no answer yet|no news|no news yet|no word yet|still no answer|still no reply": waiting,
	"no show|no-show|noshow|didn't show|didn't show up|didnt show up|did not show up|never showed|never showed up|stood me up|stood us up": absent,
	"called me|called me back|called us|called us back|called back|rang me|rang me back|rang back|phoned me|returned my call":              {kind: store.Call, tense: past},
	"wants|want|would like": {kind: store.Ask, tense: past, wants: true},
	"said not now|says not now|said later|said maybe later|wants to wait|want to wait|postponed|deferred|not now|is on hold":                                    later,
	"went quiet|went dark|went silent|has gone quiet|gone quiet|ghosted|ghosted us|ghosted me|is ghosting us|is ghosting me|never replied|stopped replying":     silent,
	"didn't pick up|did not pick up|didnt pick up|didn't answer|did not answer|didnt answer|no answer|never picked up|voicemail|went to voicemail":              missed,
	"said maybe|says maybe|maybe|is not sure|isn't sure|is undecided|is thinking about it|is thinking|is interested|sounds interested|seems interested|is keen": {kind: store.Ask, tense: past, vague: true},
})

// promises introduce a commitment.
var promises = table(map[string]bool{
	"commit|commit to|i commit to|committing to|remind me to|remind me|remind|will|i will|i'll|ill|we will|we'll|going to|gonna|i'm going to|im going to|i am going to|we're going to|need to|i need to|have to|i have to|must|i must|should|i should|want to|i want to|plan to|i plan to|planning to|promise|promise to|i promise to|let me|let's|lets|todo|to do|remember to|remember|don't forget to|don't forget|dont forget to|dont forget|do not forget to|make sure to|reminder|reminder to|gotta|got to|have got to|" +
		"schedule|scheduled|book|booked|set up|setup|arrange|arranged|organise|organize|organised|organized": true,
})

// noise may stand before a command without a meaning of its own.
var noise = table(map[string]bool{
	"please|pls|plz|hey|hi|hello|pitch|@pitch|/pitch|hey pitch|i|we|just|i just|we just|i've|ive|i have|we've|we have|i have just|i've just|ok|okay|so|lol|well|and|today i|that i|that|also|can you|could you": true,
})

// command is what a first word stands for.
type command uint8

const (
	cmdLog command = iota + 1
	cmdCommit
	cmdToday
	cmdDone
	cmdSnooze
	cmdMove
	cmdCancel
	cmdUndo
	cmdLeaderboard
	cmdBoard
	cmdGoal
	cmdSettings
	cmdPause
	cmdResume
	cmdStop
	cmdChannel
	cmdHelp
	cmdRedo
	cmdQuiet
	cmdHistory
	cmdProspects
	cmdRename
	cmdMerge
	cmdDelete
	cmdNote
	cmdMark
	cmdNoContact
	cmdContact
	cmdNoCalls
	cmdNoEmails
	cmdCalls
	cmdFollowUpOn
	cmdNoFollowUp
	cmdLearnings
	cmdStats
	cmdOffer
	cmdExport
	cmdForgetMe
	cmdStored
	cmdGDPR
	cmdTeam
	cmdStuck
	cmdMood
	cmdForgetMood
	cmdPractise
	cmdWhy
	cmdPartner
	cmdCoaching
	cmdTips
	cmdNoTips
)

// commands are the words a command begins with.
var commands = both(ownWords, table(map[string]command{
	"log|logged|record|add":                          cmdLog,
	"commit|commit to|committed to|plan":             cmdCommit,
	"today|plan for today|what's due|due":            cmdToday,
	"done|did|finished|complete|completed|mark done": cmdDone,
	"snooze|remind me later":                         cmdSnooze,
	"move|reschedule|push|postpone":                  cmdMove,
	"cancel|let go|let go of|release|drop":           cmdCancel,
	"undo|undo that|undo last|oops|wrong|that was wrong|was wrong|my mistake|remove last|remove that|delete last|delete that|scratch that|revert": cmdUndo,
	"redo":                        cmdRedo,
	"mute|quiet|silence|be quiet": cmdQuiet,
	"leaderboard|leader board|standings|ranking|lb": cmdLeaderboard,
	"board": cmdBoard,
	"goal|goals|weekly goal|set goal|set my goal|set a goal|set weekly goal": cmdGoal,
	"zone|my zone|set zone|holidays|public holidays|bank holidays|digest|weekly digest|set digest|set recap|set holidays|settings|setting|preferences|prefs|config|timezone|time zone|my timezone|my time zone|tz|morning|mornings|recap|recaps|reminders|notifications|messages|set timezone|set time zone|set my timezone|change timezone|change my timezone|change settings|change my settings|set mornings|set reminders": cmdSettings,
	"pause|ooo|out of office|sick|i'm sick|i am sick|im sick|vacation|holiday|on holiday|day off|days off|take days off|off sick|out|off|i'm off|im off|am off|away|i'm away|im away|am away|on leave|on vacation|ill|i'm ill|im ill|am ill|am sick|feeling sick|i'm on holiday|im on holiday|am on holiday|i'm on vacation|im on vacation|am on vacation":                                                                    cmdPause,
	"resume|unpause|i'm back|im back|am back|back|start": cmdResume,
	"stop|unsubscribe|shut up|reminders off|reminders never|messages off|notifications off|no reminders|no messages|no more messages|no more reminders|turn off reminders|turn off messages|turn off notifications|disable reminders": cmdStop,
	"channel":               cmdChannel,
	"help|?|commands|how|h": cmdHelp,
}))

// baseForm is the word commands are suggested with.
func baseForm(k store.Kind) string {
	if k == store.FollowUp {
		return "follow up"
	}
	return string(k)
}

// label is the verb a log is written with.
func (m meaning) label() string {
	switch {
	case m.onlyIfOpen:
		return "ghosted"
	case m.outcome == store.Won:
		return "yes"
	case m.outcome == store.Lost:
		return "no"
	case m.outcome == store.NotNow:
		return "not now"
	case m.unreached:
		return "no answer"
	}
	return baseForm(m.kind)
}
