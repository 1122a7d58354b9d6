// Package bolt keeps a store.Store in one bbolt file: the engine for a single
// process, and the default.
//
// # The way through
//
// [Open] looks a file over before bbolt maps it (open.go, pages.go) and brings it
// to this schema (schema.go). [Store.Change] hands a change to the one writer,
// which makes all that wait in one transaction (queue.go, writer.go); a change
// reads through rows.go and becomes writes to rows and indexes in apply.go. The
// rest reads only (reads.go). Everything on disk is a key made in keys.go and a
// value sealed in row.go. [Store.Check] goes through all of it.
//
// # The file
//
// A bucket a line: its name, what its keys are made of in order, and below that
// the JSON fields of its values. A dash is a value whose key says it all. A test
// compares the drawing with a file.
//
//	meta (name)
//	  version
//	founders (team, user)
//	  team user joined zone zone_chosen work_days morning recap reminders
//	  reminders_asked digest days_off holidays goals on_board board_asked coaching
//	  coach partner stopped dm gone gone_at
//	members (team, user)
//	  true on the board, false off it; no row for who is gone
//	ids (team, user)
//	  the latest id handed out; without a user, to founders who were forgotten
//	prospects (team, user, id)
//	  id name relationship buyer not_callable follow_up_on do_not_contact note
//	  added_at described
//	activities (team, user, id)
//	  id kind prospect occurred_on logged_at backdated unreached asked quantity
//	  amount currency outcome answered_on reason also words guessed change until note
//	  offer
//	activities_by_day (team, user, day, id)
//	  -
//	activities_by_prospect (team, user, prospect, id)
//	  -
//	commitments (team, user, id)
//	  id kind prospect count made_at from due_on at due_at snoozed every series
//	  status closed_at by moves sentence about after silent
//	commitments_open (team, user, id)
//	  -
//	offers (team, user, id)
//	  id name on at
//	moods (team, user, day)
//	  day level at
//	lines (team, user, id)
//	  id kind text said facts day at place prospect activity reason answer
//	  answered_at
//	pairings (team, user)
//	  user with week last skip off next
//	steps (team, user, id)
//	  id at what before after undone
//	deliveries (team, user, occurrence)
//	  occurrence notice day intended status attempt lease commitment prospect
//	  line reasons channel ts with at
//	agendas (team, user)
//	  planned recapped digested introduced posted alarms
//	due (at, team, user)
//	  -
//	boards (team, channel)
//	  channel by since weekday at zone off posted
//	boards_by_owner (team, user, channel)
//	  -
//	asks (team, day, user)
//	  the asks of that day that count, one or more
//	seen (cause)
//	  at
//	seen_by_time (at, cause)
//	  -
//
// Keys are tuples: each element is a tag and its bytes, texts ended so that none
// is the beginning of another, numbers and times big-endian, so that keys sort as
// their tuples do and no owner's lie among another's. Values are a version byte,
// the CRC-32C of key, version and body, and the body.
//
// # Invariants
//
//   - due has one entry for an owner with alarms: the first alarm of their agenda.
//   - An index row has its row, and a row its index rows, in every commit. Where an
//     index is damaged, reading goes through the rows instead.
//   - ids only grow, also when a change fails.
//   - After a commit of unknown outcome nothing is read or written any more.
package bolt
