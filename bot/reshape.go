package bot

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"pitch/store"
)

// reshapes are the forms whose fields depend on what is chosen in them, by
// callback id: how each looks with what is filled in.
var reshapes = map[string]submission{
	"log":    (*visit).reshapeLog,
	"edit":   (*visit).reshapeEdit,
	"commit": (*visit).reshapeCommit,
}

// isField reports whether what was used is a field of a form, and not a button.
func (p pressed) isField() bool { return p.ActionID != "" && p.ActionID == p.BlockID }

// onChoose shows a form the fields that matter after something was chosen in it.
// Nothing is saved, and where this fails the form stays as it is: what is in it
// can be submitted.
func (v *visit) onChoose(ctx context.Context, d delivered, view openView) {
	f := v.returnTo(view)
	r, err := v.safely(ctx, func(ctx context.Context) (Reply, error) {
		if !v.owns(f) {
			return Reply{}, errNotTheirButton
		}
		return reshapes[view.CallbackID](v, ctx, f)
	})
	_ = d.ack(ctx, nil)
	switch {
	case errors.Is(err, errNotTheirButton):
		v.follow(ctx, v.sorry(err))
	case err != nil:
		v.log.Warn("a form was left as it is", "error", err)
	case r.Form == nil: // a polite refusal
		v.follow(ctx, r)
	default:
		v.redraw(ctx, f, r.Form)
	}
}

// redrawWithin bounds a change of a form. What its person does next waits for it,
// and a type-ahead has three seconds.
const redrawWithin = 2 * time.Second

// redraw gives a form other fields, unless the ones on the screen are those.
func (v *visit) redraw(ctx context.Context, f filled, form *slack.ModalViewRequest) {
	if wanted, _ := json.Marshal(form.Blocks); slices.Equal(fieldsIn(f.Blocks), fieldsIn(wanted)) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, redrawWithin)
	defer cancel()
	now, err := v.slack.UpdateViewContext(ctx, f.continued(form), "", v.screens.latest(v.owner, f.openView), f.ID)
	if err != nil {
		v.screens.forget(v.owner) // it may have changed for all that
		v.log.Info("a form was left as it is", "error", errorCode(err))
		return
	}
	v.screens.show(v.owner, f.ID, now.Hash)
}

// continued is a form in place of the one on the screen: the way back stays, and
// what its fields began with when each was first shown.
func (f filled) continued(form *slack.ModalViewRequest) slack.ModalViewRequest {
	next, about := *form, maps.Clone(f.about)
	began, _ := url.ParseQuery(form.PrivateMetadata)
	for name, value := range began {
		if _, known := about[name]; !known && strings.HasPrefix(name, wasPrefix) {
			about[name] = value
		}
	}
	next.PrivateMetadata = about.Encode()
	return next
}

// screenField is what tells the fields of a form apart.
type screenField struct {
	BlockID string `json:"block_id"`
	Element struct {
		ActionID string `json:"action_id"`
	} `json:"element"`
}

// fieldsIn are the fields that blocks have, or none where they cannot be read.
func fieldsIn(blocks []byte) (fields []screenField) {
	if json.Unmarshal(blocks, &fields) != nil {
		return nil
	}
	return fields
}

// screens remember the form each person has open as it was drawn last. Somebody
// who chooses twice in a moment is heard twice before the first answer is on
// their screen: the second is to follow it, and not to be refused as stale.
type screens struct {
	mu   sync.Mutex
	open map[store.Owner]screen
}

type screen struct{ view, hash string }

// screensKept bounds the memory: forgetting only means that a form of somebody
// very quick keeps the fields it has.
const screensKept = 10_000

// latest is the hash a change of a view is made against.
func (s *screens) latest(owner store.Owner, view openView) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if shown, ok := s.open[owner]; ok && shown.view == view.ID {
		return shown.hash
	}
	return view.Hash
}

func (s *screens) show(owner store.Owner, view, hash string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil || len(s.open) >= screensKept {
		s.open = map[store.Owner]screen{}
	}
	s.open[owner] = screen{view, hash}
}

func (s *screens) forget(owner store.Owner) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, owner)
}
