package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"pitch/bot"
	"pitch/bot/localslack"
)

// connectWithin is far more than a bot needs to connect on loopback.
const connectWithin = 20 * time.Second

// demoConfig is what `pitch demo` runs by: flags only. The environment may name
// the store of a real workspace, which a demo must not write to.
type demoConfig struct {
	StorePath string // "" is a store that is gone afterwards
	Listen    string // "" is demoListen, or another port where that is taken
	Terminal  bool   // a person at the terminal in place of the page
	Empty     bool   // begin without the weeks before
	Log       *slog.Logger
}

func readDemoConfig(p process, args []string) (demoConfig, error) {
	set := flag.NewFlagSet("demo", flag.ContinueOnError)
	storeFlag := set.String("store", "", "keep the records in this file; without it nothing is kept")
	listen := set.String("listen", "", "where the page and the local Slack answer, on loopback; "+demoListen+" by default")
	terminal := set.Bool("terminal", false, "talk to the bot on the terminal in place of a page, as lines piped in do")
	empty := set.Bool("empty", false, "begin with nothing logged")
	level := set.String("log-level", "", "show the bot's log: debug, info, warn or error")
	if err := parseFlags(set, p, args); err != nil {
		return demoConfig{}, err
	}
	c := &checker{values: values{
		"PITCH_STORE": {"--store", *storeFlag}, "PITCH_LISTEN": {"--listen", *listen}, "PITCH_LOG_LEVEL": {"--log-level", *level},
	}}
	cfg := demoConfig{Log: slog.New(slog.DiscardHandler), Listen: c.listen(), Terminal: *terminal, Empty: *empty}
	if host, _, err := net.SplitHostPort(cfg.Listen); err == nil && !isLoopback(host) {
		c.wrong("--listen", "has to be on loopback, such as 127.0.0.1:8710: whoever reaches the local Slack can be anybody in it")
	}
	if *storeFlag != "" {
		cfg.StorePath = c.storePath()
	}
	if *level != "" {
		cfg.Log = logConfig{Level: c.level()}.logger(p.Stderr)
	}
	return cfg, c.err()
}

// demo runs the bot in a local Slack and puts people into it: on a page in their
// browser, or one at the terminal.
func demo(ctx context.Context, p process, args []string) (err error) {
	cfg, err := readDemoConfig(p, args)
	if err != nil {
		return err
	}
	if !cfg.Terminal {
		if p.Stdin, cfg.Terminal = pipedIn(p.Stdin); cfg.Terminal {
			cfg.Empty = true
		}
	}
	var ending teardown
	defer func() { err = errors.Join(err, ending.run(cfg.Log)) }()
	clock, st, err := openDemoStore(ctx, cfg, &ending)
	if err != nil {
		return err
	}
	told := false
	if !cfg.Empty {
		if told, err = tellStories(ctx, st, clock); err != nil {
			return fmt.Errorf("making up the weeks before: %w", err)
		}
	}
	slack, url, err := startLocalSlack(cfg, clock, &ending)
	if err != nil {
		return err
	}
	b, err := bot.New(bot.Config{
		Store: st, AppToken: slack.Config().AppToken, BotToken: slack.Config().BotToken,
		APIURL: slack.APIURL(url), Now: clock.Now, Log: cfg.Log,
	})
	if err != nil {
		return err
	}
	// Of the days before, nobody waits for each message to arrive.
	clock.tick, clock.settle = b.Tick, func(context.Context) error { return nil }
	ended := startBot(ctx, b, &ending)
	if err := waitUntilConnected(ctx, b, ended); err != nil {
		return err
	}
	if told {
		if err := playStories(ctx, st, clock); err != nil {
			return fmt.Errorf("sending the messages of the days before: %w", err)
		}
	}
	clock.settle = slack.WaitQuiet
	if !cfg.Terminal {
		fmt.Fprint(p.Stdout, pageGreeting(url, slack.APIURL(url), clock.Now()))
		return watch(ctx, p, slack, ended)
	}
	fmt.Fprint(p.Stdout, greeting(clock.Now(), everybody()))
	if cfg.Listen != "" {
		fmt.Fprintf(p.Stdout, "The Web API of this Slack is at %s\n\n", slack.APIURL(url))
	}
	return converse(ctx, p, &localslack.Terminal{Workspace: slack, User: "maya", Clock: clock}, ended)
}

// pipedWithin is how long lines that are piped in take to begin.
const pipedWithin = 300 * time.Millisecond

// pipedIn reports whether lines are piped in, as a script has them: they are
// typed by somebody new at the terminal, and no page is waited for. A pipe that
// stays silent is only how the process was started.
func pipedIn(in io.Reader) (io.Reader, bool) {
	f, ok := in.(*os.File)
	if !ok {
		return in, false
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		return in, false
	}
	buffered, begun := bufio.NewReader(f), make(chan bool, 1)
	go func() {
		_, err := buffered.Peek(1)
		begun <- err == nil
	}()
	select {
	case typed := <-begun:
		return buffered, typed
	case <-time.After(pipedWithin):
		return buffered, false
	}
}

// startBot runs the bot until the teardown. Its end, should it end earlier, is
// in the channel.
func startBot(ctx context.Context, b *bot.Bot, ending *teardown) <-chan error {
	ctx, stop := context.WithCancel(ctx)
	ended, done := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(done)
		ended <- b.Run(ctx)
	}()
	ending.add("bot", func(context.Context) error {
		stop()
		<-done
		return nil
	})
	return ended
}

func waitUntilConnected(ctx context.Context, b *bot.Bot, ended <-chan error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, connectWithin, errors.New("the bot did not connect to the local Slack"))
	defer cancel()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !b.Connected() {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case err := <-ended:
			return errors.Join(errors.New("the bot ended"), err)
		case <-look.C:
		}
	}
	return nil
}

// inBerlin is a moment as Maya reads it.
func inBerlin(now time.Time) string {
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		loc = time.UTC
	}
	return now.In(loc).Format("Monday 2 January, 15:04") + " in Berlin"
}

// greeting is what a newcomer at the terminal reads first.
func greeting(now time.Time, here []localslack.User) string {
	var others []string
	for _, u := range here[1:] {
		first, _, _ := strings.Cut(u.RealName, " ")
		others = append(others, first)
	}
	return "This is a Slack workspace on your machine, with Pitch in it. It is " + inBerlin(now) + `.
You are Maya. Also here: ` + strings.Join(others, ", ") + `. Pitch is in #sales, not in #general.

  /pitch                       where to begin, later what is due
  /pitch log call Jane         then: press Not yet
  /pitch log no Globex         then: press Price
  next                         moves the clock to the next message; at friday 16:00 moves it anywhere
  as tom · in #sales · home    be somebody else, go somewhere else
  help · quit                  everything there is to type · the end; without --store nothing is kept

`
}

// converse carries out what is typed until the end of the input.
func converse(ctx context.Context, p process, at *localslack.Terminal, ended <-chan error) error {
	prompt, echo := "", "> "
	if isTerminal(p.Stdin) {
		prompt, echo = "> ", ""
	}
	lines := readLines(ctx, p.Stdin)
	for {
		fmt.Fprint(p.Stdout, prompt)
		select {
		case <-ctx.Done():
			return nil
		case err := <-ended:
			return err
		case line, more := <-lines:
			if !more {
				return nil
			}
			if echo != "" && line != "" {
				fmt.Fprintln(p.Stdout, echo+line)
			}
			if quit := carryOut(ctx, p.Stdout, at, line); quit {
				return nil
			}
		}
	}
}

func carryOut(ctx context.Context, out io.Writer, at *localslack.Terminal, line string) (quit bool) {
	shown, err := at.Do(ctx, line)
	if shown != "" {
		fmt.Fprintln(out, shown)
	}
	switch {
	case errors.Is(err, localslack.ErrQuit):
		return true
	case err != nil:
		fmt.Fprintln(out, "!", err)
	}
	tellProblems(out, at.Workspace)
	return false
}

func tellProblems(out io.Writer, slack *localslack.Workspace) {
	for _, problem := range slack.ClearProblems() {
		fmt.Fprintln(out, "! Slack would not have taken this:", problem)
	}
}

// readLines reads lines until the end of the input. A read that waits for a
// person outlives ctx; the process does not wait for it.
func readLines(ctx context.Context, in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		buffered := bufio.NewReader(in)
		for {
			line, err := buffered.ReadString('\n')
			if line = strings.TrimSpace(line); line != "" || err == nil {
				select {
				case lines <- line:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	return lines
}

// isTerminal reports whether somebody types at a keyboard.
func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
