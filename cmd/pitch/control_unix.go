//go:build unix

package main

import "syscall"

// narrow gives a socket that is not bound yet the mode its file is to have. On
// Linux the file takes it, whatever the umask adds: there is no moment at which
// the socket is open to others. Elsewhere it is narrowed right after.
func narrow(_, _ string, raw syscall.RawConn) error {
	return raw.Control(func(fd uintptr) { _ = syscall.Fchmod(int(fd), 0o600) })
}
