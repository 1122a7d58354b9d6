package localslack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// openFile prints a file by name, the newest of that name.
func (t *Terminal) openFile(_ context.Context, name string) (string, error) {
	var names []string
	for _, m := range slices.Backward(t.Workspace.Screen(t.User)) {
		for _, f := range m.Files {
			if strings.EqualFold(f.Name, name) || f.ID == name {
				return t.fileText(f)
			}
			names = append(names, f.Name)
		}
	}
	if len(names) == 0 {
		return "", fmt.Errorf("%w: no message here has a file", ErrNothing)
	}
	return "", fmt.Errorf("%w: %q; there are: %s", ErrNothing, name, strings.Join(names, " · "))
}

// fileText is what stands in a file, under its name.
func (t *Terminal) fileText(f File) (string, error) {
	f, content, err := t.Workspace.File(t.User, f.ID)
	if err != nil {
		return "", err
	}
	said := "(not a text)"
	if utf8.Valid(content) {
		said = strings.TrimRight(string(content), "\n")
	}
	return f.String() + "\n" + indent(said), nil
}
