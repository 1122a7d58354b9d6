package parse_test

import (
	"fmt"
	"os"
	"pitch/bot/parse"
	"strings"
	"testing"
)

func TestShow(t *testing.T) {
	f := os.Getenv("SHOW")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	for _, l := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		if strings.HasPrefix(l, "# ") {
			continue
		}
		x, _, _ := strings.Cut(l, "\t")
		fmt.Printf("%s\t%s\n", x, describe(parse.Command(strings.ReplaceAll(x, `\n`, "\n"), wednesday(t))))
	}
}
