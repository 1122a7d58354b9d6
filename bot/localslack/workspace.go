package localslack

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// object is a JSON object on its way out.
type object = map[string]any

// Workspace is a Slack workspace. Its methods may be called from any goroutine.
type Workspace struct {
	cfg     Config
	methods map[string]method
	tick    func() time.Time // the clock of timers and rate limits
	ctx     context.Context  // ends with Close
	stop    context.CancelFunc
	work    sync.WaitGroup // connection goroutines

	mu       sync.Mutex
	closed   bool
	servers  []*http.Server
	people   map[string]*person
	order    []string // user ids as configured
	rooms    map[string]*room
	roomIDs  []string
	lastTS   int64 // microseconds
	lastID   int64
	rng      *rand.Rand
	seq      uint64
	watchers map[chan struct{}]struct{}
	problems []string
	calls    []Call
	notices  []Notice
	revoked  bool // the app is uninstalled or its tokens are revoked

	host      string // as the bot last addressed us, for response URLs
	active    int    // requests being answered
	lastMove  time.Time
	faults    Faults
	apiFaults []APIFault
	limits    limiter
	sockets   []*socket
	tickets   map[string]bool
	pending   map[string]*envelope
	timers    map[*time.Timer]struct{}
	triggers  map[string]*trigger
	hooks     map[string]*hook
	files     map[string]*upload
	views     map[string]*view
	choices   map[string]state    // by person and message
	suggested map[string][]Option // by person and menu
}

// person is a user and what is open on their screen.
type person struct {
	User
	modals []*view // the bottom of the stack first
	home   *view
}

// room is a channel or a direct message with the bot.
type room struct {
	Channel
	with     string // the user of a direct message
	messages []*Message
}

// New makes a workspace. Close it when done.
func New(cfg Config) *Workspace {
	cfg = cfg.withDefaults()
	ctx, stop := context.WithCancel(context.Background())
	w := &Workspace{
		cfg: cfg, methods: methods(), tick: time.Now, ctx: ctx, stop: stop,
		people: map[string]*person{}, rooms: map[string]*room{},
		rng:      rand.New(rand.NewPCG(cfg.Seed, 1)),
		watchers: map[chan struct{}]struct{}{},
		tickets:  map[string]bool{}, pending: map[string]*envelope{},
		timers:   map[*time.Timer]struct{}{},
		triggers: map[string]*trigger{}, hooks: map[string]*hook{}, files: map[string]*upload{},
		views: map[string]*view{}, choices: map[string]state{}, suggested: map[string][]Option{}, limits: limiter{buckets: map[string]*bucket{}},
	}
	w.addUser(User{ID: cfg.App.BotUserID, Name: strings.ToLower(cfg.App.Name), RealName: cfg.App.Name, Bot: true})
	for _, u := range cfg.Users {
		w.addUser(u)
		w.order = append(w.order, u.ID)
	}
	for _, c := range cfg.Channels {
		c.Members = slices.Clone(c.Members)
		w.rooms[c.ID] = &room{Channel: c}
		w.roomIDs = append(w.roomIDs, c.ID)
	}
	return w
}

func (w *Workspace) addUser(u User) {
	setDefault(&u.Team, w.cfg.Team.ID)
	setDefault(&u.RealName, u.Name)
	w.people[u.ID] = &person{User: u}
}

// Config returns the configuration in force, defaults filled in.
func (w *Workspace) Config() Config { return w.cfg }

// APIURL is the Web API's address for a server reached at base, such as
// "http://127.0.0.1:8710": what SLACK_API_URL is set to.
func (w *Workspace) APIURL(base string) string {
	return strings.TrimSuffix(base, "/") + "/api/"
}

// Serve answers on l until Close. It returns nil after Close.
func (w *Workspace) Serve(l net.Listener) error { return w.serve(l, w.Handler()) }

func (w *Workspace) serve(l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return l.Close()
	}
	w.servers = append(w.servers, srv)
	w.mu.Unlock()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the local Slack: %w", err)
	}
	return nil
}

// Close ends every connection, stops every timer and waits for the goroutines
// behind them. Requests being answered are cut.
func (w *Workspace) Close() error {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return nil
	}
	w.closed = true
	servers := w.servers
	for t := range w.timers {
		t.Stop()
	}
	clear(w.timers)
	w.mu.Unlock()

	w.stop()
	var errs []error
	for _, s := range servers {
		errs = append(errs, s.Close())
	}
	w.work.Wait()
	return errors.Join(errs...)
}

// after runs f once d has passed, unless the workspace is closed first.
// The lock is held while it is called, and not while f runs.
func (w *Workspace) after(d time.Duration, f func()) *time.Timer {
	if w.closed {
		return nil
	}
	var t *time.Timer
	t = time.AfterFunc(d, func() {
		w.mu.Lock()
		_, due := w.timers[t]
		delete(w.timers, t)
		w.mu.Unlock()
		if due {
			f()
		}
	})
	w.timers[t] = struct{}{}
	return t
}

// cancel stops a timer made by after. The lock is held.
func (w *Workspace) cancel(t *time.Timer) {
	if t != nil {
		t.Stop()
		delete(w.timers, t)
	}
}

// newTS is the next message timestamp. The lock is held.
func (w *Workspace) newTS() string {
	w.lastTS = max(w.lastTS+1, w.cfg.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", w.lastTS/1e6, w.lastTS%1e6)
}

// newID makes an id such as "V0000000A7". The lock is held.
func (w *Workspace) newID(prefix string) string {
	w.lastID++
	return fmt.Sprintf("%s%09X", prefix, w.lastID)
}

// newEventID makes an event's id. Like an envelope's it follows the seed, for a
// bot remembers both longer than a workspace may live. The lock is held.
func (w *Workspace) newEventID() string {
	return fmt.Sprintf("Ev%012X", w.rng.Uint64()&0xffffffffffff)
}

// newUUID makes an envelope id. The lock is held.
func (w *Workspace) newUUID() string {
	a, b := w.rng.Uint64(), w.rng.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>52, b&0xffffffffffff)
}

// changed notes that somebody's screen is different now and returns the number
// of the change. The lock is held.
func (w *Workspace) changed() uint64 {
	w.seq++
	w.lastMove = w.tick()
	for c := range w.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
	return w.seq
}

// Subscribe returns a channel that holds a value whenever something visible
// has changed since it was last read, and a function that ends it.
func (w *Workspace) Subscribe() (changes <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	w.mu.Lock()
	w.watchers[c] = struct{}{}
	w.mu.Unlock()
	return c, func() {
		w.mu.Lock()
		delete(w.watchers, c)
		w.mu.Unlock()
	}
}

// problem records something Slack would refuse or show as broken. The lock is held.
func (w *Workspace) problem(format string, args ...any) {
	w.problems = append(w.problems, fmt.Sprintf(format, args...))
}

// Problems lists, oldest first, everything the bot did that Slack would refuse
// or drop, or that a person would see as broken. Injected faults are not among
// them, nor are refusals a correct bot meets (a channel it is not in).
func (w *Workspace) Problems() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.problems)
}

// ClearProblems forgets the problems so far and returns them.
func (w *Workspace) ClearProblems() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.problems
	w.problems = nil
	return p
}
