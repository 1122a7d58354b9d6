package localslack

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of files (docs.slack.dev/reference/methods/files.getUploadURLExternal
// and slack.com/help/articles/201330736): bytes, but characters for the
// description.
const (
	maxFile    = 1 << 30
	maxSnippet = 1 << 20
	maxAltText = 1000
)

// channelShape is what Slack takes for a channel_id: no name, and no user's id.
// The ids here are shorter than Slack's.
var channelShape = regexp.MustCompile(`^[CGDZ][A-Z0-9]+$`)

// filesGetUploadURLExternal is the first of three steps: where to send a file.
func (w *Workspace) filesGetUploadURLExternal(a args) (object, *apiError) {
	name, alt := a.str("filename"), a.str("alt_txt")
	size, err := strconv.Atoi(a.str("length"))
	switch {
	case name == "":
		return nil, invalid("invalid_arguments", []string{"missing required field: filename [json-pointer:/filename]"})
	case err != nil || size < 0:
		return nil, invalid("invalid_arguments", []string{"must be a whole number [json-pointer:/length]"})
	case size == 0:
		return nil, fail("missing_argument")
	case size > maxFile:
		return nil, fail("file_upload_size_restricted")
	case a.str("snippet_type") != "" && size > maxSnippet:
		return nil, fail("snippet_too_large")
	case utf8.RuneCountInString(alt) > maxAltText:
		return nil, fail("alt_txt_too_large")
	}
	id := w.newID("F")
	w.files[id] = &upload{File: File{ID: id, Name: name, Title: name, Size: size}, alt: alt}
	return object{"upload_url": "http://" + w.host + "/upload/v1/" + id, "file_id": id}, nil
}

// serveUpload is the second step: the bytes, as they are or as the one file of
// a multipart form. The address is the key; there is no token.
func (w *Workspace) serveUpload(rw http.ResponseWriter, r *http.Request) {
	w.begin()
	defer w.end()
	w.mu.Lock()
	fault := w.takeAPIFault("upload")
	size := 0
	if f := w.files[r.PathValue("id")]; f != nil {
		size = f.Size
	}
	w.mu.Unlock()
	if !w.wait(r.Context(), fault.Delay) {
		panic(http.ErrAbortHandler)
	}
	if fault.spoils() && !fault.After {
		w.record(Call{Method: "upload", Error: fault.Code, Status: fault.Status, Faulty: true})
		spoil(rw, fault)
		return
	}
	content, err := sentFile(r, size)
	status, said := http.StatusBadRequest, "the file was not understood"
	if err == nil {
		status, said = w.takeUpload(r.PathValue("id"), content)
	}
	w.record(Call{Method: "upload", Status: status, Faulty: fault.spoils()})
	if fault.spoils() {
		spoil(rw, fault)
		return
	}
	rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
	rw.WriteHeader(status)
	io.WriteString(rw, said)
}

// sentFile reads the bytes of an upload, and of one that is longer than
// announced no more than shows it.
func sentFile(r *http.Request, size int) ([]byte, error) {
	var from io.Reader = r.Body
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		parts, err := r.MultipartReader()
		if err != nil {
			return nil, fmt.Errorf("reading an upload: %w", err)
		}
		part, err := parts.NextPart()
		for err == nil && part.FileName() == "" {
			part, err = parts.NextPart()
		}
		if err != nil {
			return nil, fmt.Errorf("looking for a file in an upload: %w", err)
		}
		from = part
	}
	return io.ReadAll(io.LimitReader(from, int64(size)+1))
}

// takeUpload keeps the bytes of a file that was announced with their number.
func (w *Workspace) takeUpload(id string, content []byte) (status int, said string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.files[id]
	switch {
	case f == nil || f.shared:
		w.problem("upload: there is no upload %q, or it is finished", id)
		return http.StatusNotFound, "no such upload"
	case len(content) != f.Size:
		w.problem("upload of %s: %d bytes, announced with a length of %d", f.Name, len(content), f.Size)
		return http.StatusBadRequest, "the length is not the announced one"
	}
	f.content, f.sent = content, true
	return http.StatusOK, fmt.Sprintf("OK - %d", len(content))
}

// filesCompleteUploadExternal is the third step: it shares files that have
// arrived, in one message for each channel. Without a channel nobody sees them.
func (w *Workspace) filesCompleteUploadExternal(a args) (object, *apiError) {
	files, err := w.arrived(a)
	if err != nil {
		return nil, err
	}
	d := draft{Text: a.str("initial_comment"), Thread: a.str("thread_ts"), files: files}
	if d.Text == "" {
		d.Blocks = a.raw("blocks") // beside a comment Slack leaves them out
	}
	if err := w.check(d, maxText); err != nil {
		return nil, err
	}
	rooms, err := w.roomsFor(a)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		w.files[f.ID].File, w.files[f.ID].shared = f, true
	}
	for _, r := range rooms {
		w.post(r, d, "")
	}
	return object{"files": w.filesJSON(files)}, nil
}

// arrived reads which files are meant; each must have been sent. The lock is held.
func (w *Workspace) arrived(a args) ([]File, *apiError) {
	var wanted []struct{ ID, Title string }
	if json.Unmarshal(a.raw("files"), &wanted) != nil || len(wanted) == 0 {
		return nil, invalid("invalid_arguments", []string{"must be an array of files with their ids [json-pointer:/files]"})
	}
	var out []File
	for _, x := range wanted {
		f := w.files[x.ID]
		if f == nil || !f.sent || f.shared {
			return nil, fail("file_not_found")
		}
		file := f.File
		if x.Title != "" {
			file.Title = x.Title
		}
		out = append(out, file)
	}
	return out, nil
}

// roomsFor reads where files are to be shared. The lock is held.
func (w *Workspace) roomsFor(a args) ([]*room, *apiError) {
	var ids []string
	if id := a.str("channel_id"); id != "" && !channelShape.MatchString(id) {
		return nil, invalid("invalid_arguments", []string{"input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"})
	} else if id != "" {
		ids = append(ids, id)
	}
	if list := a.str("channels"); list != "" {
		ids = append(ids, strings.Split(list, ",")...)
	}
	var out []*room
	for _, id := range ids {
		r, err := w.roomFor(id)
		if err == nil {
			err = w.mayPost(r)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}
