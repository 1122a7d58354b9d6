package localslack

import (
	"fmt"
	"mime"
	"path"
	"slices"
	"strings"
)

// File is a file in a message.
type File struct {
	ID    string // "F…"
	Name  string // as it was uploaded
	Title string // Name when the app gave none
	Size  int    // bytes
}

// upload is a file on its way: announced, then sent, then shared.
type upload struct {
	File
	alt     string
	content []byte
	sent    bool
	shared  bool // or finished without a channel: it cannot be finished twice
}

// File reads a file as a person: one that is in no message they can see is
// refused with [ErrNowhere].
func (w *Workspace) File(user, id string) (File, []byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.who(user)
	if err != nil {
		return File{}, nil, err
	}
	for _, roomID := range w.roomIDs {
		r, err := w.where(p, roomID)
		if err != nil {
			continue
		}
		for _, m := range visible(p, r) {
			if i := slices.IndexFunc(m.Files, func(f File) bool { return f.ID == id }); i >= 0 {
				return m.Files[i], slices.Clone(w.files[id].content), nil
			}
		}
	}
	return File{}, nil, fmt.Errorf("%w: file %s", ErrNowhere, id)
}

// String is the line a terminal shows for a file.
func (f File) String() string { return fmt.Sprintf("[file] %s (%d bytes)", f.Name, f.Size) }

// drawFiles is a line for each file, empty for none.
func drawFiles(files []File) string {
	var lines []string
	for _, f := range files {
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n")
}

// fileJSON is a file as messages and answers show it. The lock is held.
func (w *Workspace) fileJSON(f File) object {
	kind := strings.TrimPrefix(path.Ext(f.Name), ".")
	media, _, _ := strings.Cut(mime.TypeByExtension(path.Ext(f.Name)), ";")
	address := fmt.Sprintf("https://files.slack.com/files-pri/%s-%s/", w.cfg.Team.ID, f.ID)
	out := object{
		"id": f.ID, "name": f.Name, "title": f.Title, "size": f.Size, "filetype": kind,
		"mimetype": media, "user": w.cfg.App.BotUserID, "user_team": w.cfg.Team.ID,
		"mode": "hosted", "is_external": false, "is_public": false, "file_access": "visible",
		"url_private": address + f.Name, "url_private_download": address + "download/" + f.Name,
	}
	if alt := w.files[f.ID].alt; alt != "" {
		out["alt_txt"] = alt
	}
	return out
}

// filesJSON lists files as messages show them. The lock is held.
func (w *Workspace) filesJSON(files []File) []object {
	out := []object{}
	for _, f := range files {
		out = append(out, w.fileJSON(f))
	}
	return out
}
