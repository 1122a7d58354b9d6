package bolt

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// holder is the id of the process that holds a lock on the file, or "" where
// that is not to be seen, as from within a container.
func holder(path string) string {
	var stat syscall.Stat_t
	if syscall.Stat(path, &stat) != nil {
		return ""
	}
	locks, err := os.ReadFile("/proc/locks")
	if err != nil {
		return ""
	}
	inode := fmt.Sprintf(":%d", stat.Ino)
	for line := range strings.Lines(string(locks)) {
		// 12: FLOCK  ADVISORY  WRITE 3471 fd:01:1835021 0 EOF
		fields := strings.Fields(line)
		if len(fields) < 6 || fields[1] != "FLOCK" || !strings.HasSuffix(fields[5], inode) {
			continue
		}
		if pid := fields[4]; pid != "0" && pid != "-1" {
			return pid
		}
	}
	return ""
}
