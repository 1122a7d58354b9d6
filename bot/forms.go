package bot

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"pitch/bot/parse"
	"pitch/store"
)

// logForm is the form for logging, filled in with what is known.
func (v *visit) logForm(r parse.LogForm) Reply {
	a := activity(r.Log)
	a.Kind = cmp.Or(r.Kind, a.Kind, store.Call)
	w := v.withWhom(r.Log.Who, r.Names...)
	if r.Count > 1 {
		w = whom{byHand: true, room: r.Count, names: strings.Join(append(slices.Clone(r.Names), r.Log.Who.Name), "\n")}
	}
	return v.logFormOf(drafted(a, w))
}

func (v *visit) logFormOf(d draft) Reply {
	d.OccurredOn = cmp.Or(d.OccurredOn, v.today())
	about := url.Values{"count": {strconv.Itoa(d.whom.room)}}
	return v.entryForm("log", "Log", "Log it", about, d, filled{})
}

// reshapeLog is the form for logging after something was chosen in it.
func (v *visit) reshapeLog(_ context.Context, f filled) (Reply, error) {
	return v.entryForm("log", "Log", "Log it", nil, newDraft(f), f), nil
}

// newDraft is what a form for logging begins with.
func newDraft(f filled) draft {
	room, _ := strconv.Atoi(f.about.Get("count"))
	return draft{whom: whom{room: room}}
}

func (v *visit) submitLog(ctx context.Context, f filled) (Reply, error) {
	before := newDraft(f)
	d, _ := before.filledIn(f)
	if d.whom.unfinished(f) {
		return v.reshapeLog(ctx, f)
	}
	all, err := v.people(d.whom)
	if err != nil {
		return Reply{}, err
	}
	if err := v.checked(&d, before); err != nil {
		return Reply{}, err
	}
	what := plural(d.Kind, len(all))
	if len(all) == 1 {
		what = kindLabels[d.Kind] + preposition(d.Kind) + all[0].Name
	}
	var each []logged
	step, err := v.change(ctx, what, func(b *store.Book) error {
		each = nil
		for _, who := range all {
			l, err := logOne(b, who, d.Activity)
			if err != nil {
				return err
			}
			each = append(each, l)
		}
		if len(each) > 1 {
			return nil
		}
		return each[0].coach(v, b)
	})
	if err != nil {
		return Reply{}, err
	}
	if len(each) == 1 {
		each[0].step = step
		return v.loggedReply(each[0]), nil
	}
	return v.loggedSeveral(each, step), nil
}

// logOne logs with one of those a form names. An ask with an answer answers the
// open one.
func logOne(b *store.Book, who parse.Who, a store.Activity) (l logged, err error) {
	p, added, err := prospect(b, who)
	if err != nil {
		return l, err
	}
	if a.Kind == store.Ask && a.Outcome != store.Pending && a.Outcome != "" {
		l.Logged, err = b.AnswerWith(p, added, a)
	} else {
		l.Logged, err = b.LogWith(p, added, a)
	}
	if err != nil {
		return l, err
	}
	return l, l.gather(b, parse.Log{})
}

func (v *visit) loggedSeveral(each []logged, step store.ID) Reply {
	var lines [][]word
	for i, l := range each {
		if i == choicesShown {
			lines = append(lines, []word{say("… and " + strconv.Itoa(len(each)-i) + " more")})
			break
		}
		lines = append(lines, happenedLine(l.Activity, l.Prospect, v.today()))
	}
	r := reply(linef("Logged "+plural(each[0].Activity.Kind, len(each))+":"), list(lines...))
	last := each[len(each)-1]
	for _, c := range last.Kept {
		r = r.with(line(append([]word{say("✓ Kept: ")}, promise(c, last.names[c.Prospect])...)...))
	}
	r = r.with(buttons("", v.undoButton(step)))
	if last.first {
		r = r.with(v.remindRow()...)
	}
	return r
}

func (v *visit) editForm(ctx context.Context, id store.ID) (Reply, error) {
	return v.editFormOf(ctx, id, filled{})
}

// reshapeEdit is the form for an entry after something was chosen in it.
func (v *visit) reshapeEdit(ctx context.Context, f filled) (Reply, error) {
	return v.editFormOf(ctx, f.id(), f)
}

func (v *visit) editFormOf(ctx context.Context, id store.ID, f filled) (Reply, error) {
	a, p, err := v.editableEntry(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	d := drafted(a, whom{pick: somebody(p), one: true})
	return v.entryForm("edit", "Edit", "Save", url.Values{"id": {id.String()}}, d, f), nil
}

func (v *visit) submitEdit(ctx context.Context, f filled) (Reply, error) {
	a, p, err := v.editableEntry(ctx, f.id())
	if err != nil {
		return Reply{}, err
	}
	before := drafted(a, whom{pick: somebody(p), one: true})
	d, _ := before.filledIn(f.touched())
	if d.whom.unfinished(f) {
		return v.reshapeEdit(ctx, f)
	}
	who, err := v.onePerson(d.whom)
	if err != nil {
		return Reply{}, err
	}
	if err := v.checked(&d, before); err != nil {
		return Reply{}, err
	}
	l := logged{Logged: store.Logged{Answered: true}}
	l.step, err = v.change(ctx, "edit", func(b *store.Book) (err error) {
		if l.Prospect, err = renamed(b, f.id(), who); err != nil {
			return err
		}
		if l.Activity, err = edited(b, f.id(), func(now *store.Activity) {
			*now = d.Activity
			now.Prospect = l.Prospect.ID
		}); err != nil {
			return err
		}
		return l.look(b)
	})
	return v.loggedReply(l), err
}

// renamed is the prospect an edited entry names. A new name for somebody whom
// nothing else is about is a correction of theirs.
func renamed(b *store.Book, id store.ID, who parse.Who) (store.Prospect, error) {
	_, p, err := entry(b, id)
	if err != nil || p.ID == who.ID || p.Name == who.Name {
		return p, err
	}
	if who.ID != 0 {
		return b.Prospect(who.ID)
	}
	found, err := b.FindProspects(who.Name)
	if err != nil {
		return p, err
	}
	alone, err := onlyAbout(b, p.ID)
	if err != nil || len(found) > 0 && found[0].ID != p.ID || !alone {
		p, _, err = b.AddProspect(who.Name)
		return p, err
	}
	p.Name = who.Name
	return p, b.SetProspect(p)
}

// onlyAbout reports whether a prospect has one activity and no commitment.
func onlyAbout(b *store.Book, prospect store.ID) (bool, error) {
	acts, err := b.ActivitiesWith(prospect)
	if err != nil || len(acts) != 1 {
		return false, err
	}
	promised, err := b.Commitments("")
	return !slices.ContainsFunc(promised, func(c store.Commitment) bool { return c.Prospect == prospect }), err
}

// manyForm asks for the one number, or the amount.
func (v *visit) manyForm(ctx context.Context, id store.ID) (Reply, error) {
	var a store.Activity
	err := v.view(ctx, func(b *store.Book) (err error) {
		a, err = b.Activity(id)
		return err
	})
	return v.form("many", "How many", "Save", url.Values{"id": {id.String()}}, manyField(drafted(a, whom{}))), err
}

func (v *visit) submitMany(ctx context.Context, f filled) (Reply, error) {
	read := draft{many: f.text("many")}
	if err := v.howMany(&read); err != nil {
		return Reply{}, err
	}
	r, err := v.amend(ctx, "how many", v.does("", "id", f.id().String()), func(a *store.Activity) {
		a.Quantity, a.Amount, a.Currency = read.Quantity, read.Amount, read.Currency
	}, nil)
	r.Replace = false
	return r, err
}
