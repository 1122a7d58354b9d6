package main

import (
	"io"
	"regexp"
)

// secrets are the shapes of what must not be read by whoever reads the log:
// tokens, the tickets in Socket Mode addresses, addresses at which anybody may
// answer as Pitch, and passwords in addresses. The first group of each is kept.
const secrets = `(xox[a-z.]+-|xapp-|xoxe-)[A-Za-z0-9-]+` +
	`|(ticket=)[^&\s"\\]+` +
	`|(hooks\.slack\.com/)[^\s"\\]+` +
	`|(://)[^/\s"\\@]+@`

// redactor passes text on with the secrets in it blanked. A secret that is
// split between two writes would pass: messages and log lines are written whole.
type redactor struct {
	to     io.Writer
	secret *regexp.Regexp
}

func newRedactor(to io.Writer) *redactor {
	return &redactor{to, regexp.MustCompile(secrets)}
}

func (r *redactor) Write(p []byte) (int, error) {
	if _, err := r.to.Write(r.secret.ReplaceAll(p, []byte("${1}${2}${3}${4}…"))); err != nil {
		return 0, err
	}
	return len(p), nil
}
