// Package localslack is a Slack workspace in one process, for tests and for
// the demo. A bot talks to it as it would to Slack, over HTTP and a
// WebSocket; a test or a page acts for the people in it.
//
//	bot                         Workspace                        people
//	───                         ─────────                        ──────
//	POST /api/chat.postMessage ─▶ rooms, messages ─▶ Transcript, Text, Terminal, Page
//	POST /api/views.open       ─▶ forms, homes    ─▶ Modals, Home
//	POST /hooks/… (response_url)
//	POST /upload/… (files)      ─▶ File
//	GET  /link/   (Socket Mode) ◀─ envelopes ◀───── Command, Press, Submit, Say
//	     acks                   ─▶ replies, form errors
//
// It is a witness, not a mock: it shares no types with the bot or with the
// bot's Slack library, its JSON comes from Slack's documentation, and it
// refuses what Slack refuses. Whatever Slack would refuse, drop without a word
// or show to a person as broken is kept in [Workspace.Problems], which a test
// expects to be empty.
//
// The way through the files: config.go (who is in the workspace), workspace.go
// (the state and its lock), api.go and the method_*.go files (the Web API),
// ratelimit.go, socket.go and envelope.go (Socket Mode), message.go and draft.go
// (what the bot says), reply.go (acks and response URLs), file.go (files),
// person.go, control.go, press.go, shortcut.go and form*.go (what people do),
// transcript.go (what people see), check*.go (Block Kit's rules), render*.go
// (Block Kit as plain text), faults.go (what can go wrong), pipe.go (a network
// in memory), terminal*.go (a person at a terminal) and page*.go with page/
// (people at a browser).
//
// A test in a bubble, or a demo, starts it like this; the bot is given
// w.APIURL("http://local.slack") and a transport that dials with the pipe:
//
//	w := localslack.New(localslack.Config{Users: people, Channels: rooms})
//	defer w.Close()
//	pipe := localslack.Pipe() // or net.Listen("tcp", "127.0.0.1:8710")
//	go w.Serve(pipe)
//	…
//	t := localslack.Terminal{Workspace: w, User: "ann", Clock: clock}
//	shown, err := t.Do(ctx, "/pitch log call Acme")
//
// # Time
//
// Message timestamps and response URLs follow Config.Now, which a demo may
// move. The three-second rule, pings, redelivery and rate limits follow the
// timers of package time, which are virtual inside a testing/synctest bubble.
//
// # Invariants
//
//   - One mutex guards everything and is never held while anything blocks.
//   - Timestamps are unique and increasing in the whole workspace.
//   - After Close no goroutine and no timer is left.
package localslack
