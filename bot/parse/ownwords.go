package parse

// ownWords are the words of the commands about the founder's own records and of
// the coach's. Those for one prospect are read only where one is named.
var ownWords = table(map[string]command{
	"edit|edit entry|edit log|edit last|history|log history|full history|activity log": cmdHistory,
	"prospects|prospect list":                                   cmdProspects,
	"rename|correct|change the name of|respell|rename prospect": cmdRename,
	"merge|combine": cmdMerge,
	"delete|remove|forget|forget about|erase|get rid of|delete prospect|remove prospect|delete the prospect|remove the prospect|delete contact|remove contact|delete lead|remove lead": cmdDelete,
	"note|notes|add note|add a note|add note to|add a note to|add note for|add a note for|add a note on|take a note|make a note|write a note|note on|notes on|notes for":               cmdNote,
	"mark|tag|label|set|update|flag|classify": cmdMark,
	"do not contact|don't contact|dont contact|never contact|dnc|do-not-contact|stop contacting|no contact with|no more contact with|blacklist":                                                                                                cmdNoContact,
	"contact|unmark|undo dnc|undo do not contact|undo do-not-contact|remove dnc|remove do not contact|clear dnc|lift dnc|un-dnc|ok to contact|okay to contact|allow contact|allow contact with|may contact":                                    cmdContact,
	"don't email|do not email|dont email|never email|no emails to|no more emails to|don't message|do not message|don't write to|do not write to":                                                                                               cmdNoEmails,
	"don't call|do not call|dont call|never call|don't phone|do not phone|dont phone|never phone|no phone|no phone calls|no calls|not callable|don't ring|do not ring":                                                                         cmdNoCalls,
	"ok to call|okay to call|may call|callable|calls ok|phone ok|calls are ok":                                                                                                                                                                 cmdCalls,
	"next follow-up|next follow up|next followup|next follow-up date|follow-up date|follow up date|followup date|set follow-up|set follow up|set followup|set follow-up date|set next follow-up|set the next follow-up|set the follow-up date": cmdFollowUpOn,
	"no follow-up|no follow up|no followup|no follow-ups|no follow ups|no more follow-ups|no more follow ups|no next follow-up|no next follow up|no follow-up date|no follow up date|clear follow-up|clear follow up|clear follow-up date|clear the follow-up date|remove follow-up|remove follow up|remove follow-up date|remove the follow-up date|delete follow-up date|delete the follow-up date": cmdNoFollowUp,
	"learnings|learning|learned|lessons|lessons learned|my learnings|what did i learn|what have i learned|what did we learn|what i learned|objections|reasons|search|search for|search learnings|search the learnings|search no's|search nos|search the no's|search my no's|search my nos|no's about|nos about|no's on|my no's about|rejections about|" +
		"why do they say no|why did they say no|why do people say no|why do prospects say no|why did people say no|why do i lose|why am i losing|why did i lose|why do we lose|why no|why no's|why the no|why so many no's|what did they say|what do they say|what did people say|what do people say|what did buyers say|what do buyers say|their words": cmdLearnings,
	"stats|statistics|stat|my statistics|odds|my odds|chances|my chances|what are my odds|what are my chances|ask rate|my ask rate|what's my ask rate|what is my ask rate|conversion|conversion rate|win rate|my win rate|close rate|my stats|my numbers":                                                                                                                                                                                                                                                                                                             cmdStats,
	"offer|offers|new offer|new offer is|the new offer is|our offer|our offer is|our new offer|our new offer is|my offer|my offers|my offer is|my new offer is|now offer|now offering|we now offer|we're now offering|we are now offering|are now offering|offering|offered|offer is|offer is now|our offer is now|the offer is now|current offer|set offer|set offer to|set the offer to|change offer to|change the offer to|name the offer|what do we offer|what do i offer|what's my offer|what is my offer|what's our offer|what is our offer|what am i offering": cmdOffer,
	"export|export my data|export everything|export all|export data|download|download my data|download everything|csv|json|give me my data|get my data|send me my data|can i have my data|i want my data|want my data|take my data out|data export":                                                                                                                                                                                                                                                                                                                   cmdExport,
	"forget me|delete me|erase me|forget everything about me|delete everything about me|erase everything about me|delete all about me|delete my account|close my account|remove my account|erase my account|delete account|delete all my data|erase all my data|erase my data|wipe my data|wipe all my data|remove all my data|delete all data about me|delete my records|" +
		"right to be forgotten|right to erasure|gdpr delete|gdpr deletion|gdpr erasure|gdpr erase|gdpr erasure request|gdpr deletion request|gdpr delete me|gdpr forget me": cmdForgetMe,
	"what do you store|what do you store about me|what do you know about me|what do you know|what do you save|what do you save about me|what do you keep|what do you keep about me|what do you have on me|what do you have about me|what data do you have|what data do you store|what data do you keep|what is stored|what's stored|whats stored|" +
		"privacy|privacy policy|data protection|is this private|is it private|is my data private|is my data safe|is this confidential|where is my data|where's my data|who can see this|who can see my data|who sees this|who sees my data|who can read this|who can see what i log|can others see this|can my boss see this|what can others see|what do others see": cmdStored,
	"gdpr|dsgvo|my data|delete my data|remove my data|data": cmdGDPR,
	"team|the team|team stats|team totals|team report|team numbers|announce|announcement|announce pitch|how is the team doing|how's the team doing|how is the team": cmdTeam,

	"stuck|i'm stuck|im stuck|i am stuck|am stuck|feel stuck|feeling stuck|i feel stuck|i'm feeling stuck|help i'm stuck|help im stuck|get unstuck|blocked|i'm blocked|im blocked|am blocked|" +
		"nobody to ask|no one to ask|noone to ask|i have nobody to ask|have nobody to ask|have no one to ask|only no's|only nos|feels pushy|it feels pushy|asking feels pushy|i hate the phone|hate the phone|afraid of the phone|scared of the phone|need help|i need help": cmdStuck,
	"mood|my mood|moods|my moods|feeling|feel|i feel|i'm feeling|im feeling|i am feeling|am feeling":                                                                                                                                                                                                            cmdMood,
	"forget my mood|forget my moods|forget mood|forget moods|delete my mood|delete my moods|delete mood|delete moods|remove my mood|remove my moods|erase my mood|erase my moods|clear my mood|clear my moods":                                                                                                  cmdForgetMood,
	"practise|practice|practising|practicing|rehearse|rehearsal|rehearse the ask|practise the ask|practice the ask|practise an ask|practice an ask|rehearse an ask|let me practise|let me practice|let me rehearse|role play|roleplay|role-play|dry run":                                                        cmdPractise,
	"why|why this|why that|why now|why did you say that|why did you say this|why do you say that|why are you saying that|why are you telling me this|why did i get this|why am i seeing this|why this line|why this tip|why that tip|what's this based on|what is this based on|what is that based on|says who": cmdWhy,
	"partner|my partner|accountability partner|buddy|partner up|partner with|pair me|pair me with":                                                                                                                                                                                                              cmdPartner,
	"coaching|coach|coach lines|coach line|tips|tip|coaching tips":                                                      cmdCoaching,
	"more tips|turn on coaching|turn coaching on|enable coaching|start coaching|coach me|more coaching|resume coaching": cmdTips,
	"fewer tips|less tips|no tips|no more tips|stop tips|stop the tips|stop coaching|stop coaching me|don't coach me|dont coach me|do not coach me|no coaching|no more coaching|less coaching|no coach lines|no more coach lines|fewer coach lines|turn off coaching|turn coaching off|turn off tips|disable coaching|mute coaching|mute tips|mute the coach|no more advice|no advice|stop the advice": cmdNoTips,
})

// commandNames are the commands by the name help knows them under.
var commandNames = map[command]string{
	cmdLog: "log", cmdCommit: "commit", cmdToday: "today", cmdDone: "done", cmdSnooze: "snooze", cmdMove: "move", cmdCancel: "cancel", cmdUndo: "undo",
	cmdLeaderboard: "leaderboard", cmdBoard: "board", cmdGoal: "goal", cmdSettings: "settings", cmdPause: "pause", cmdResume: "resume", cmdStop: "stop",
	cmdChannel: "channel", cmdHelp: "help", cmdHistory: "history", cmdProspects: "prospects", cmdRename: "rename", cmdMerge: "rename", cmdDelete: "delete",
	cmdNote: "note", cmdMark: "mark", cmdNoContact: "mark", cmdContact: "mark", cmdNoCalls: "mark", cmdNoEmails: "mark", cmdCalls: "mark", cmdFollowUpOn: "mark", cmdNoFollowUp: "mark",
	cmdLearnings: "learnings", cmdStats: "stats", cmdOffer: "offer", cmdExport: "export", cmdForgetMe: "forget me", cmdStored: "what do you store",
	cmdTeam: "team", cmdStuck: "stuck", cmdMood: "mood", cmdForgetMood: "mood", cmdPractise: "practise", cmdWhy: "why", cmdPartner: "partner", cmdCoaching: "coaching",
	cmdTips: "coaching", cmdNoTips: "coaching",
}
