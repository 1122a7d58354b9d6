package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"pitch/bot/parse"
	"pitch/nudges"
	"pitch/store"
)

// logged is what an answer to a log is made from.
type logged struct {
	store.Logged
	step      store.ID      // undoes it; 0 where it cannot be undone
	described bool          // the optional row about a new prospect goes with it
	said      bool          // how the prospect is known was said, and is repeated
	board     bool          // the founder is offered the board, once
	upcoming  *parse.Commit // what the note says is still to come
	next      []part        // the question to put in place of the usual one
	first     bool          // the founder has not been asked about reminders
	reasons   []store.Reason
	hint      parse.Hint
	names     map[store.ID]store.Prospect // of the commitments it counts towards
	coached   store.Line                  // the coach's line that goes with it; zero where there is none
}

// logActivity records what somebody says has happened.
func (v *visit) logActivity(ctx context.Context, r parse.Log) (Reply, error) {
	r.Who = v.chosen(r.Who)
	if len(r.Who.Candidates) > 1 {
		return v.which(r.Who.Candidates, r.String()), nil
	}
	l := logged{hint: r.Hint, upcoming: r.Next}
	var err error
	l.step, err = v.change(ctx, v.happenedText(r), func(b *store.Book) error {
		p, added, err := prospect(b, r.Who)
		if err != nil {
			return err
		}
		if r.Answer {
			l.Logged, err = v.answerAsk(b, p, added, r)
		} else {
			l.Logged, err = b.LogWith(p, added, activity(r))
		}
		if err != nil {
			return err
		}
		if err := l.gather(b, r); err != nil {
			return err
		}
		return l.coach(v, b)
	})
	switch {
	case errors.Is(err, errNothingOpen):
		return v.nothingOpen(r), nil
	case errors.Is(err, errAnsweredToday):
		return v.answeredToday(r), nil
	}
	return v.loggedReply(l), err
}

// Why an answer was not taken.
var (
	// errNothingOpen is returned when an answer needs an open ask and there is none.
	errNothingOpen = errors.New("no open ask")
	// errAnsweredToday is returned when the same answer was given today, and
	// nothing new is said of it.
	errAnsweredToday = errors.New("answered today")
)

func (v *visit) nothingOpen(r parse.Log) Reply {
	ask := parse.Log{Kind: store.Ask, Who: r.Who, OccurredOn: v.today(), Asked: store.Order, Outcome: store.Pending}
	return reply(
		line(say("There is no open ask to "), bold(r.Who.Name), say(", so nothing was counted. Did you ask them?")),
		buttons(r.Who.Name, v.sayButton("Log the ask", ask.String())),
	)
}

func (v *visit) answeredToday(r parse.Log) Reply {
	another := v.sayButton("It was another ask", r.String())
	another.does.about.Set("again", "1")
	return reply(
		line(say("That is noted already, today: "), bold(r.Who.Name), say(" · "+strings.ToLower(outcomeLabels[r.Outcome])+". Nothing was counted twice.")),
		buttons(r.Who.Name, another),
	)
}

// happenedText names a log for its Undo.
func (v *visit) happenedText(r parse.Log) string {
	return strings.Join(append([]string{kindLabels[r.Kind] + preposition(r.Kind) + r.Who.Name}, facts(activity(r), v.today())...), " · ")
}

// chosen is who is meant, once the founder has said which.
func (v *visit) chosen(who parse.Who) parse.Who {
	for _, p := range v.prospects {
		if v.as != 0 && p.ID == v.as {
			return parse.Who{Name: p.Name, ID: p.ID}
		}
	}
	return who
}

// prospect is the one a request means, made if it is new.
func prospect(b *store.Book, who parse.Who) (store.Prospect, bool, error) {
	if who.ID == 0 {
		return b.AddProspect(who.Name)
	}
	p, err := b.Prospect(who.ID)
	return p, false, err
}

func activity(r parse.Log) store.Activity {
	return store.Activity{
		Kind: r.Kind, OccurredOn: r.OccurredOn, Asked: r.Asked, Quantity: r.Quantity, Amount: r.Amount,
		Currency: r.Currency, Outcome: r.Outcome, Reason: r.Reason, Also: r.Also, Words: r.Words, Guessed: r.Guessed,
		Change: r.Change, Until: r.Until, Unreached: r.Unreached, Note: r.Note,
	}
}

// gather notes what was said about the prospect, and what the answer will ask.
func (l *logged) gather(b *store.Book, r parse.Log) error {
	p := &l.Prospect
	if r.Relationship != "" {
		p.Relationship = r.Relationship
	}
	if r.Buyer != "" {
		p.Buyer = r.Buyer
	}
	l.described = l.Added && !p.Described && (p.Relationship == "" || p.Buyer == "")
	l.said = r.Relationship != "" || r.Buyer != ""
	p.Described = p.Described || l.described
	if l.described || r.Relationship != "" || r.Buyer != "" {
		if err := b.SetProspect(*p); err != nil {
			return err
		}
	}
	if err := l.look(b); err != nil {
		return err
	}
	if err := l.askReminders(b); err != nil || l.first {
		return err
	}
	return l.askBoard(b)
}

// askBoard has the reply to an ask offer the board: once, and not together with
// the question about reminders.
func (l *logged) askBoard(b *store.Book) error {
	f, err := b.Founder()
	if err != nil || f.OnBoard || f.BoardAsked || !l.Activity.IsAsk() {
		return err
	}
	f.BoardAsked, l.board = true, true
	return b.SetFounder(f)
}

// askReminders has the reply ask what the founder wants to be reminded of: once.
func (l *logged) askReminders(b *store.Book) error {
	ask, err := remindersUnasked(b)
	l.first = l.first || ask
	return err
}

// remindersUnasked reports whether a founder is still to be asked about
// reminders, and notes that they now are.
func remindersUnasked(b *store.Book) (bool, error) {
	f, err := b.Founder()
	if err != nil || f.Reminders != "" || f.RemindersAsked {
		return false, err
	}
	f.RemindersAsked = true
	return true, b.SetFounder(f)
}

// read is the answer to what was logged before.
func (l *logged) read(b *store.Book, id store.ID) (err error) {
	if l.Activity, l.Prospect, err = entry(b, id); err != nil {
		return err
	}
	if err := l.look(b); err != nil {
		return err
	}
	l.coached, err = coachedWith(b, l.Activity)
	return err
}

// entry is something that was logged, and with whom.
func entry(b *store.Book, id store.ID) (store.Activity, store.Prospect, error) {
	a, err := b.Activity(id)
	if err != nil {
		return a, store.Prospect{}, err
	}
	p, err := b.Prospect(a.Prospect)
	return a, p, err
}

// entry reads one of the visitor's.
func (v *visit) entry(ctx context.Context, id store.ID) (a store.Activity, p store.Prospect, err error) {
	err = v.view(ctx, func(b *store.Book) (err error) {
		a, p, err = entry(b, id)
		return err
	})
	return a, p, err
}

// look reads what the answer shows of the rest of the book.
func (l *logged) look(b *store.Book) (err error) {
	l.names = map[store.ID]store.Prospect{l.Prospect.ID: l.Prospect}
	if l.reasons, err = nudges.LikelyReasons(b); err == nil {
		l.first, err = firstLog(b)
	}
	return err
}

// firstLog reports whether a founder has logged one thing and not said yet what
// they want to be reminded of: the question stays with the answer to that.
func firstLog(b *store.Book) (bool, error) {
	f, err := b.Founder()
	if err != nil || f.Reminders != "" || store.DayOf(f.Joined.In(b.Location())) != b.Today() {
		return false, err
	}
	logged, err := b.Activities(0, 0)
	return len(logged) <= 1, err
}

// loggedReply says what was understood, offers to take it back or change it, and
// puts the one next question.
func (v *visit) loggedReply(l logged) Reply {
	a := l.Activity
	verb := "Logged: "
	if l.Answered {
		verb = "Noted: "
	}
	words := append([]word{say(verb)}, happenedLine(a, l.Prospect, v.today())...)
	if l.said {
		words = append(words, say(knownAs(l.Prospect)))
	}
	r := reply(line(words...))
	for _, c := range l.Kept {
		r = r.with(line(append([]word{say("✓ Kept: ")}, promise(c, l.names[c.Prospect])...)...))
	}
	for _, c := range l.Counting {
		r = r.with(linef("Counts: " + strconv.Itoa(len(c.By)) + " of " + plural(c.Kind, c.Count)))
	}
	if l.Prospect.DoNotContact {
		r = r.with(aside("They are marked do not contact. This is logged all the same; Details on their card takes the mark off."))
	}
	if a.Backdated && a.IsAsk() {
		r = r.with(aside("Logged more than three days late, so it does not count on the board."))
	}
	if l.next == nil {
		l.next = v.nextStep(l)
	}
	r = r.with(l.next...).with(v.corrections(l)...)
	if l.described {
		r = r.with(v.describeRow(l)...)
	}
	if l.first {
		r = r.with(v.remindRow()...)
	}
	if l.board {
		r = r.with(linef("Your asks can be on the leaderboard, by name: the number, never with whom."),
			buttons("leaderboard", v.keeping("Put me on it", "board on"), v.keeping("Leave me off", "board off")))
	}
	if l.coached.ID != 0 {
		r = r.with(v.lineParts(l.coached, l.reasons)...)
	}
	return r
}

// keeping is a sayButton whose answer leaves the message it is in alone.
func (v *visit) keeping(label, command string) button {
	b := v.sayButton(label, command)
	b.does.about.Set("keep", "1")
	return b
}

// which asks which of two prospects with one name is meant.
func (v *visit) which(candidates []parse.Name, command string) Reply {
	var bs []button
	for _, c := range candidates {
		bs = append(bs, button{label: c.Name, does: v.does("say", "text", command, "as", c.ID.String())})
	}
	return reply(linef("More than one of your prospects has that name. Which one?"), buttons("", bs...))
}

// sayAs is sayButton about a prospect, whatever their name: the words say who
// where the grammar wants a name, and the button which.
func (v *visit) sayAs(label, words string, p store.Prospect) button {
	b := v.sayButton(label, words+` "them"`)
	b.does.about.Set("as", p.ID.String())
	return b
}

// sayButton is a button that does what typing the command would.
func (v *visit) sayButton(label, command string) button {
	return button{label: label, does: v.does("say", "text", command)}
}

func (v *visit) addProspect(ctx context.Context, r parse.AddProspect) (Reply, error) {
	r.Who = v.chosen(r.Who)
	if len(r.Who.Candidates) > 1 {
		return v.which(r.Who.Candidates, "log intro to "+r.Who.Name), nil
	}
	var p store.Prospect
	step, err := v.change(ctx, "add "+r.Who.Name, func(b *store.Book) (err error) {
		if p, _, err = prospect(b, r.Who); err != nil {
			return err
		}
		if r.Relationship != "" {
			p.Relationship = r.Relationship
		}
		if r.Buyer != "" {
			p.Buyer = r.Buyer
		}
		if r.Note != "" {
			p.Note = r.Note
		}
		return b.SetProspect(p)
	})
	if err != nil {
		return Reply{}, err
	}
	return reply(line(say("On your list: "), bold(p.Name), say(knownAs(p))), buttons(p.Name,
		v.commitButton("Call them", store.Call, p), v.commitButton("Ask them", store.Ask, p),
		v.undoButton(step))), nil
}

// commitButton opens the form for a commitment to a prospect.
func (v *visit) commitButton(label string, kind store.Kind, p store.Prospect) button {
	return button{label: label, does: v.does("commit-form", "kind", string(kind), "prospect", p.ID.String())}
}
