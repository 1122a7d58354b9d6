package localslack

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Situation is a state of affairs that is one press away.
type Situation struct {
	// Name is what is pressed, and About a line below it.
	Name, About string
	// Told is what led to it: it stands above their direct message afterwards.
	Told string
	// User is who is in it, by id or handle: one of the People.
	User string
	// Load brings it about, which may take the clock further. Their direct
	// message has been emptied by then. The error is said on the page.
	Load func(context.Context) error
}

// checkSituations makes sure that whoever presses one gets somewhere.
func (p *Page) checkSituations() error {
	var names []string
	for _, s := range p.Situations {
		if _, err := p.inSituation(s); err != nil {
			return fmt.Errorf("the situation %q: %w", s.Name, err)
		}
		if s.Load == nil || s.Name == "" || slices.Contains(names, s.Name) {
			return fmt.Errorf("the situation %q cannot be told apart, or does nothing", s.Name)
		}
		names = append(names, s.Name)
	}
	return nil
}

// inSituation is the person a situation is about.
func (p *Page) inSituation(s Situation) (User, error) {
	u, ok := p.w.User(s.User)
	among := slices.ContainsFunc(p.People, func(name string) bool {
		other, _ := p.w.User(name)
		return other.ID == u.ID
	})
	if !ok || !among || u.Deactivated {
		return u, fmt.Errorf("%w: %q", ErrNobody, s.User)
	}
	return u, nil
}

// doSituation brings a situation about, and sends who pressed it to the direct
// message of the person in it.
func (p *Page) doSituation(_ context.Context, _ seat, want wanted) (done, error) {
	i := slices.IndexFunc(p.Situations, func(s Situation) bool { return s.Name == want.To })
	if i < 0 {
		return done{}, errors.New("there is no such situation")
	}
	u, err := p.inSituation(p.Situations[i])
	if err != nil {
		return done{}, err
	}
	if !p.moving.TryLock() {
		return done{}, errMoving
	}
	defer p.moving.Unlock()
	ctx, cancel := context.WithTimeout(p.w.ctx, moveWithin)
	defer cancel()
	err = p.w.EmptyDM(u.ID)
	if err == nil {
		err = p.Situations[i].Load(ctx)
	}
	p.tell(u.ID, p.Situations[i].Told)
	p.settled(ctx)
	p.w.nudge()
	if err != nil {
		p.w.cfg.Log.Error("loading a situation", "situation", p.Situations[i].Name, "error", err)
		return done{}, fmt.Errorf("%q did not load: %w. Pressing it again starts it over", p.Situations[i].Name, err)
	}
	to := seat{user: u, zone: p.w.Reader(u.ID).zone(), where: "dm"}
	return done{Said: p.itIs(to) + " You are " + firstName(u) + ".", Go: to.path(to.where)}, nil
}

func (p *Page) tell(user, told string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told[user] = told
}

func (p *Page) toldTo(user string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.told[user]
}
