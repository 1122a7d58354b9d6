package localslack

import (
	"context"
	"time"
)

// settleTime is how long nothing may happen before a workspace counts as
// settled: long enough for a bot to answer an acknowledged press.
const settleTime = 150 * time.Millisecond

// Quiet reports whether every envelope sent has been acknowledged or given up
// and no request is being answered.
func (w *Workspace) Quiet() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.quiet()
}

func (w *Workspace) quiet() bool { return len(w.pending) == 0 && w.active == 0 }

// WaitQuiet returns once the workspace has been quiet for 150 ms, or with the
// context's error.
func (w *Workspace) WaitQuiet(ctx context.Context) error {
	poll := time.NewTicker(settleTime / 5)
	defer poll.Stop()
	for {
		w.mu.Lock()
		still := w.quiet() && w.tick().Sub(w.lastMove) >= settleTime
		w.mu.Unlock()
		if still {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.ctx.Done():
			return nil
		case <-poll.C:
		}
	}
}
