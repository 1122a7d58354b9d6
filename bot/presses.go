package bot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"pitch/bot/parse"
	"pitch/store"
)

// presses is what buttons do, by verb. Before one runs, whose button it is has
// been checked; the records it names are looked up among that person's own.
var presses = joined(coachPresses, logPresses, prospectPresses, historyPresses, learningPresses, offerPresses, teamPresses, forgetPresses, partnerPresses)

// press is what a button does.
type press = func(*visit, context.Context, action) (Reply, error)

// joined is several tables as one. Two rows under one word are a mistake.
func joined[V any](tables ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, table := range tables {
		for word, row := range table {
			if _, twice := all[word]; twice {
				panic("two rows are called " + word)
			}
			all[word] = row
		}
	}
	return all
}

var logPresses = map[string]press{
	"say":         (*visit).pressSay,
	"undo":        func(v *visit, ctx context.Context, a action) (Reply, error) { return v.undo(ctx, a.recordID("id")) },
	"edit":        (*visit).pressEdit,
	"asked":       (*visit).pressAsked,
	"quantity":    (*visit).pressQuantity,
	"later":       (*visit).pressLater,
	"later-form":  (*visit).pressLaterForm,
	"plan":        (*visit).pressPlan,
	"plan-form":   (*visit).pressPlanForm,
	"many-form":   (*visit).pressManyForm,
	"cancel-off":  (*visit).pressCancelOff,
	"describe":    (*visit).pressDescribe,
	"remind":      (*visit).pressRemind,
	"done":        (*visit).pressDone,
	"snooze":      (*visit).pressSnooze,
	"let-go":      (*visit).pressLetGo,
	"silence":     (*visit).pressSilence,
	"move-form":   (*visit).pressMoveForm,
	"smaller":     (*visit).pressSmaller,
	"log-form":    (*visit).pressLogForm,
	"commit-form": (*visit).pressCommitForm,
	"settings":    func(v *visit, _ context.Context, _ action) (Reply, error) { return v.settings(), nil },
	"share":       (*visit).pressShare,
	"channel-off": func(v *visit, ctx context.Context, _ action) (Reply, error) { return v.channelOff(ctx) },
}

// clicks remembers the last press of each person, so that a double click is one.
type clicks struct {
	mu   sync.Mutex
	last map[store.Owner]click
}

type click struct {
	on string // where, and what
	at time.Time
}

// Two presses of one button within this time are a double click.
const doubleClick = 3 * time.Second

// clicksKept bounds the memory: forgetting only means that a double click is two.
const clicksKept = 10_000

// repeats reports whether the press before was the same one, a moment ago.
func (c *clicks) repeats(v *visit, value string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := click{on: string(v.channel) + v.messageTS + v.pressedIn.ID + value, at: v.now}
	last, ok := c.last[v.owner]
	if c.last == nil || len(c.last) >= clicksKept {
		c.last = map[store.Owner]click{}
	}
	c.last[v.owner] = now
	return ok && last.on == now.on && now.at.Sub(last.at) < doubleClick
}

// forget lets a press that failed be made again at once.
func (c *clicks) forget(owner store.Owner) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.last, owner)
}

// pressSay does what typing the words would. A prospect who is meant and gone is
// not named by the words alone: they say "them".
func (v *visit) pressSay(ctx context.Context, a action) (Reply, error) {
	if a.get("as") != "" {
		if _, err := v.theirs(a.recordID("as")); err != nil {
			return Reply{}, err
		}
	}
	v.as, v.again = a.recordID("as"), a.get("again") != ""
	r, err := v.words(ctx, a.get("text"))
	r.Replace = a.get("keep") == "" && r.Form == nil
	return r, err
}

// amend changes an activity and answers as a log does, in place.
func (v *visit) amend(ctx context.Context, what string, a action, edit func(*store.Activity), next func(logged) []part) (Reply, error) {
	l := logged{Logged: store.Logged{Answered: true}}
	var err error
	l.step, err = v.change(ctx, what, func(b *store.Book) (err error) {
		if _, err = edited(b, a.recordID("id"), edit); err != nil {
			return err
		}
		return l.read(b, a.recordID("id"))
	})
	if next != nil {
		l.next = next(l)
	}
	r := v.loggedReply(l)
	r.Replace = a.get("in") != inPlan
	return r, err
}

// relog is the answer to a log again, with another question in it. Nothing is
// changed.
func (v *visit) relog(ctx context.Context, a action, next func(logged) []part) (Reply, error) {
	l := logged{step: a.recordID("step")}
	err := v.view(ctx, func(b *store.Book) error { return l.read(b, a.recordID("id")) })
	l.next = next(l)
	r := v.loggedReply(l)
	r.Replace = a.get("keep") == "" && a.get("in") != inPlan
	return r, err
}

// pressAsked notes what a conversation asked for. A yes counts as an order at
// once, and the founder may say what it was.
func (v *visit) pressAsked(ctx context.Context, a action) (Reply, error) {
	asked, next := store.Asked(a.get("what")), (func(logged) []part)(nil)
	if asked == "" {
		asked, next = store.Order, v.forWhatRow
	}
	return v.amend(ctx, "asked for "+askedLabels[asked], a, func(x *store.Activity) { x.Asked = asked }, next)
}

func (v *visit) pressQuantity(ctx context.Context, a action) (Reply, error) {
	n := a.number("n")
	if n == 0 {
		return v.relog(ctx, a, func(l logged) []part {
			if l.Activity.Outcome == store.Won {
				return v.whoElseRow(l)
			}
			return []part{linef("Fine without a number. A dated next step is worth asking for too.")}
		})
	}
	return v.amend(ctx, "how many: "+a.get("n"), a, func(x *store.Activity) { x.Quantity = n }, nil)
}

// planAt is when an ask that was not made is suggested for: the next working day
// at 10:00.
const planAt store.Clock = "10:00"

// pressPlan promises to ask tomorrow what was not asked today.
func (v *visit) pressPlan(ctx context.Context, a action) (Reply, error) {
	var c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "commit to an ask", func(b *store.Book) (err error) {
		var x store.Activity
		if x, p, err = entry(b, a.recordID("id")); err != nil {
			return err
		}
		day := v.nextWorkday()
		c, err = b.Commit(store.Commitment{
			Kind: store.Ask, Prospect: p.ID, DueOn: day, At: planAt, DueAt: day.At(planAt, b.Location()), After: x.ID,
		})
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	r := v.inPlace(ctx, v.committedReply(ctx, c, p, step))
	r.Replace = a.get("in") != inPlan
	return r, nil
}

// inPlace is a reply that takes the place of the one that was pressed, with the
// question after the first log if that is still open.
func (v *visit) inPlace(ctx context.Context, r Reply) Reply {
	first := false
	_ = v.view(ctx, func(b *store.Book) (err error) {
		first, err = firstLog(b)
		return err
	})
	if first {
		r = r.with(v.remindRow()...)
	}
	r.Replace = true
	return r
}

func (v *visit) pressPlanForm(ctx context.Context, a action) (Reply, error) {
	_, p, err := v.entry(ctx, a.recordID("id"))
	c := parse.Commit{Kind: store.Ask, Who: parse.Who{Name: p.Name, ID: p.ID}, Count: 1, DueOn: v.nextWorkday(), At: planAt}
	return v.commitFormAfter(c, a.recordID("id")), err
}

// isNew reports whether a founder is in their first days, when the answers say a
// little more.
func (v *visit) isNew() bool { return !v.joined || v.now.Sub(v.founder.Joined) < 48*time.Hour }

// pressDescribe notes how a prospect is known, or whether they could build it.
func (v *visit) pressDescribe(ctx context.Context, a action) (Reply, error) {
	l := logged{step: a.recordID("step"), said: true}
	_, err := v.change(ctx, "what you know of a prospect", func(b *store.Book) (err error) {
		if err = l.read(b, a.recordID("id")); err != nil {
			return err
		}
		p := &l.Prospect
		if r := a.get("relationship"); r != "" {
			p.Relationship = store.Relationship(r)
		}
		if buyer := a.get("buyer"); buyer != "" {
			p.Buyer = store.Buyer(buyer)
		}
		l.described = p.Relationship == "" || p.Buyer == ""
		return b.SetProspect(*p)
	})
	r := v.loggedReply(l)
	r.Replace = true
	return r, err
}

// pressRemind keeps what a founder said to reminders; a yes opens their DM.
func (v *visit) pressRemind(ctx context.Context, a action) (Reply, error) {
	how := store.Reminders(a.get("how"))
	f, step, err := v.setFounder(ctx, "reminders", func(f *store.Founder) { f.Reminders, f.Stopped = how, false })
	if err != nil {
		return Reply{}, err
	}
	undo := v.undoButton(step)
	more := button{label: "Change the time", does: v.does("settings")}
	switch how {
	case store.EveryMorning:
		return reply(linef("Every working day at "+string(f.Morning)+" your time, when there is something to say. Nothing to say, nothing sent."), buttons("reminders", more, undo)), nil
	case store.OnlyDue:
		return reply(linef("Only what you promised, when it is due."), buttons("reminders", undo)), nil
	}
	return reply(linef("Nothing will be sent. /pitch today shows what is due whenever you look."), buttons("reminders", undo)), nil
}

// pressDone logs what a commitment promised, and so keeps it. One to a number
// asks with whom.
func (v *visit) pressDone(ctx context.Context, a action) (Reply, error) {
	var c store.Commitment
	var l logged
	var err error
	l.step, err = v.change(ctx, "done", func(b *store.Book) error {
		if c, err = b.Commitment(a.recordID("id")); err != nil {
			return err
		}
		if c.Status == store.Open && c.Prospect == 0 {
			return errWithWhom
		}
		if l.Logged, err = b.Keep(c.ID); err != nil {
			return err
		}
		if note := a.get("note"); note != "" {
			if l.Activity, err = edited(b, l.Activity.ID, func(a *store.Activity) { a.Note = strings.TrimPrefix(a.Note+", "+note, ", ") }); err != nil {
				return err
			}
		}
		if err = l.look(b); err != nil {
			return err
		}
		if _, err = b.Describe("done, " + promiseText(c, l.Prospect)); err != nil {
			return err
		}
		if err = l.askReminders(b); err != nil {
			return err
		}
		return l.coach(v, b)
	})
	if errors.Is(err, errWithWhom) {
		left := max(1, c.Count-len(c.By))
		return v.logForm(parse.LogForm{Kind: c.Kind, Count: left}), nil
	}
	r := v.loggedReply(l)
	r.Replace = a.get("in") != inPlan
	return r, err
}

// errWithWhom is returned when a count can only be kept by saying with whom.
var errWithWhom = errors.New("a count is kept by names")

// inPlan marks the buttons of a list, which is brought up to date in place of
// being replaced.
const inPlan = "plan"

func (v *visit) pressSnooze(ctx context.Context, a action) (Reply, error) {
	return v.snoozeOne(ctx, a.recordID("id"), v.snoozeUntil(a.get("until")), a.get("in") != inPlan)
}

func (v *visit) pressLetGo(ctx context.Context, a action) (Reply, error) {
	return v.letGo(ctx, a.recordID("id"), a.get("series") != "", a.get("in") != inPlan)
}

// pressSilence takes the yes to one message back.
func (v *visit) pressSilence(ctx context.Context, a action) (Reply, error) {
	var c store.Commitment
	var p store.Prospect
	step, err := v.change(ctx, "no DM", func(b *store.Book) (err error) {
		if c, err = b.Silence(a.recordID("id")); err != nil {
			return err
		}
		p, err = nameStep(b, "no DM, ", c)
		return err
	})
	r := reply(linef("No message then. The commitment stays; /pitch today shows it."),
		buttons(promiseText(c, p), v.moveButton(c), v.undoButton(step)))
	r.Replace = true
	return r, err
}

func (v *visit) pressMoveForm(ctx context.Context, a action) (Reply, error) {
	return v.moveForm(ctx, a.recordID("id"))
}

func (v *visit) pressEdit(ctx context.Context, a action) (Reply, error) {
	return v.editForm(ctx, a.recordID("id"))
}

func (v *visit) pressManyForm(ctx context.Context, a action) (Reply, error) {
	return v.manyForm(ctx, a.recordID("id"))
}

func (v *visit) pressLogForm(_ context.Context, a action) (Reply, error) {
	return v.logForm(parse.LogForm{Kind: store.Kind(a.get("kind")), Count: a.number("count"), Names: a.about["name"]}), nil
}

func (v *visit) pressCommitForm(ctx context.Context, a action) (Reply, error) {
	c := parse.Commit{Kind: store.Kind(a.get("kind")), Count: 1}
	if id := a.recordID("prospect"); id != 0 {
		err := v.view(ctx, func(b *store.Book) error {
			p, err := b.Prospect(id)
			c.Who = parse.Who{Name: p.Name, ID: p.ID}
			return err
		})
		if err != nil {
			return Reply{}, err
		}
	}
	return v.commitForm(c), nil
}

func (v *visit) pressShare(ctx context.Context, a action) (Reply, error) {
	r, err := v.leaderboard(ctx, parse.Period(a.get("period")))
	if err != nil {
		return r, err
	}
	return v.shared(r), nil
}
