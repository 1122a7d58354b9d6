// Pitch is a Slack bot with which founders track their sales in the open: what
// they asked for, what they promised themselves, and what every no taught them.
//
// This folder holds the command line. The way through the others, inwards:
//
//	cmd/pitch       main.go     subcommands, signals, exit codes
//	                settings.go flags and variables; config.go, tokens.go and
//	                            faults.go what they mean and what is wrong
//	                serve.go    the bot: wiring in reading order, shutdown in reverse
//	                control.go  the socket by which a running bot is asked things
//	                demo.go     the bot in a local Slack, on a terminal or a page
//	bot             Slack: connections, commands, messages, delivery
//	bot/parse       what a person typed
//	bot/localslack  a Slack workspace in one process, for tests and the demo
//	nudges          when something is due, and what to say
//	store           the records and their rules
//	store/bolt      the engine that keeps them in one file
//
// Environment, signals, exit codes and standard output appear only here.
// Pitch exits with 0 after a clean stop, 1 after a failure and 2 where its usage
// or its configuration is wrong.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

// process is what the outside world gives a run.
type process struct {
	Env    func(name string) (value string, set bool)
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
}

// command is a subcommand. An error it returns is printed; a *usageError and
// faults exit with 2, any other error with 1.
type command struct {
	name, args, about string
	run               func(ctx context.Context, p process, args []string) error
}

func commands() []command {
	return []command{
		{"serve", "", "run the bot in Slack", serve},
		{"demo", "", "try the bot in a local Slack, no account needed", demo},
		{"manifest", "[--link]", "print the manifest that creates the Slack app", printManifest},
		{"export", "", "print every record as a line of JSON", export},
		{"health", "", "say whether the bot on this store is well", health},
		{"version", "", "print the version", printVersion},
	}
}

// later are commands that are promised and not in this build.
func later() []string { return []string{"doctor", "backup", "check", "import"} }

// usageError is returned where a command line cannot be followed.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks for an orderly stop; from then on the default holds
	// again, and a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], process{os.LookupEnv, os.Stdin, os.Stdout, os.Stderr}))
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, p process) int {
	// Whatever is said on standard error passes here: nothing that looks like a
	// token leaves the process, whoever wrote the sentence it is in.
	p.Stderr = newRedactor(p.Stderr)
	err := dispatch(ctx, args, p)
	var usage *usageError
	var wrong faults
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.As(err, &wrong):
		fmt.Fprint(p.Stderr, wrong.report())
		return exitUsage
	case errors.As(err, &usage):
		fmt.Fprintf(p.Stderr, "pitch: %s\n", usage.message)
		return exitUsage
	}
	fmt.Fprintf(p.Stderr, "pitch: %v\n", err)
	return exitFailure
}

func dispatch(ctx context.Context, args []string, p process) error {
	if len(args) == 0 {
		return usagef("say what to do\n\n%s", strings.TrimSpace(overview()))
	}
	name, rest := args[0], args[1:]
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, p, rest)
		}
	}
	switch name {
	case "help", "-h", "-help", "--help":
		_, err := io.WriteString(p.Stdout, overview())
		return err
	case "-version", "--version", "-v":
		return printVersion(ctx, p, rest)
	}
	for _, l := range later() {
		if l == name {
			return usagef("%s comes later and is not in this build", name)
		}
	}
	return usagef("there is no such command%s\nPitch knows: %s", didYouMean(name, commandNames()), strings.Join(commandNames(), ", "))
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return append(names, "help")
}

func overview() string {
	var b strings.Builder
	b.WriteString("Pitch is a Slack bot with which founders track their asks.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  pitch %-18s %s\n", strings.TrimSpace(c.name+" "+c.args), c.about)
	}
	b.WriteString("\nStart with: pitch demo\nThe settings of a command: pitch serve -h\n")
	return b.String()
}

// didYouMean is " — did you mean x?" where one of the names is within two
// slips of what was typed, else nothing. What was typed is not repeated: it may
// be anything, a token included.
func didYouMean(typed string, names []string) string {
	best, least := "", 3
	for _, n := range names {
		if d := distance(typed, n); d < least && d < len(n) {
			best, least = n, d
		}
	}
	if best == "" {
		return ""
	}
	return " — did you mean " + best + "?"
}

// distance is how many letters have to be added, dropped or replaced to turn a
// into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
