package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/slack-go/slack"

	"pitch/store"
)

// export sends the founder their records, as files in their own DM wherever they
// asked for them.
func (v *visit) export(ctx context.Context) (Reply, error) {
	if !v.joined {
		return reply(linef("I keep nothing about you yet, so there is nothing to export.")), nil
	}
	var records []store.Record
	err := v.view(ctx, func(b *store.Book) (err error) {
		records, err = b.Records()
		return err
	})
	var bereft store.Bereft // what there is goes out all the same
	if err != nil && !errors.As(err, &bereft) {
		return Reply{}, err
	}
	if bereft > 0 {
		v.log.Error("an export is incomplete", "error", err)
	}
	files, err := exportFiles(records)
	if err != nil {
		return Reply{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	dm, err := v.openDM(ctx, v.owner)
	if err == nil {
		err = v.sendFiles(ctx, dm, "Your records, as of now. The .csv files are for a spreadsheet, the .jsonl file has every record.", files)
	}
	switch code := errorCode(err); {
	case err == nil:
	case code == "missing_scope":
		v.log.Warn("an export was not sent: the app lacks the scope files:write; install it again with the manifest of `pitch manifest`")
		return reply(linef("I'm not allowed to send files here yet, so nothing was sent. Whoever runs Pitch can change that: add the scope files:write to the app and install it again; pitch manifest has it. Meanwhile `pitch export` writes the same on the machine Pitch runs on.")), nil
	case errors.Is(err, errUnclear):
		v.log.Warn("it is not clear whether an export was sent", "error", err)
		return reply(linef("Slack didn't say whether the files arrived: look in our DM in a minute. Your records are as they were; if nothing is there, try /pitch export again.")), nil
	default:
		v.log.Warn("an export was not sent", "error", code)
		return reply(linef("Slack didn't take the files, so nothing was sent. Your records are as they were; try /pitch export again in a minute.")), nil
	}
	r := reply(linef("I sent the files to our DM, where only you see them."))
	if v.inDM {
		r = reply(linef("Your files are above. Only you see them."))
	}
	if bereft > 0 {
		r = r.with(linef(fmt.Sprintf("They are not complete: %s whose own record can't be read, so the name is missing there. Tell whoever runs Pitch: pitch check names it.",
			counted(int(bereft), "entry or promise is with a prospect", "entries or promises are with prospects"))))
	}
	return r, nil
}

// errUnclear is returned when Slack was asked to share files and it is not known
// whether it did.
var errUnclear = errors.New("the outcome is not known")

// sentFile is a file to send.
type sentFile struct {
	name    string
	content []byte
}

// exportFiles are a founder's records as files.
func exportFiles(records []store.Record) (files []sentFile, err error) {
	for _, f := range []struct {
		name string
		make func([]store.Record) ([]byte, error)
	}{
		{"pitch-activities.csv", csvOf[store.ActivityRecord]}, {"pitch-prospects.csv", csvOf[store.ProspectRecord]},
		{"pitch-commitments.csv", csvOf[store.CommitmentRecord]}, {"pitch.jsonl", jsonLines},
	} {
		content, err := f.make(records)
		if err != nil {
			return nil, fmt.Errorf("writing %s: %w", f.name, err)
		}
		files = append(files, sentFile{f.name, content})
	}
	return files, nil
}

// sendFiles posts files in one message: each is announced and sent, and then all
// are shared. Until then nobody sees them.
func (b *Bot) sendFiles(ctx context.Context, to store.ChannelID, comment string, files []sentFile) error {
	var sent []slack.FileSummary
	for _, f := range files {
		up, err := b.slack.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{FileName: f.name, FileSize: len(f.content)})
		if err == nil && up.UploadURL == "" {
			err = errNoAnswer
		}
		if err == nil {
			err = b.upload(ctx, up.UploadURL, f.content)
		}
		if err != nil {
			return err
		}
		sent = append(sent, slack.FileSummary{ID: up.FileID, Title: f.name})
	}
	_, err := b.slack.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{Files: sent, Channel: string(to), InitialComment: comment})
	switch code := errorCode(err); {
	case code == "timeout", code == "network", code == "cancelled", strings.HasPrefix(code, "http_5"):
		return fmt.Errorf("%w: %s", errUnclear, code)
	}
	return err
}

// upload sends a file's bytes to the address Slack gave for it. The address is
// the key: unlike the library's helper this sends no token there, and takes no
// turn among the Web API's methods.
func (b *Bot) upload(ctx context.Context, to string, content []byte) error {
	u, err := url.Parse(to)
	if own, _ := url.Parse(b.APIURL); err != nil || u.Scheme != "https" && (own == nil || u.Host != own.Host) {
		return errors.New("an upload address that is none")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(content))
	if err != nil {
		return errors.New("an upload address that is none")
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	res, err := b.web.Do(req)
	if err != nil {
		return errors.New("sending a file: " + errorCode(err))
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<10))
	if res.StatusCode != http.StatusOK {
		return slack.StatusCodeError{Code: res.StatusCode}
	}
	return nil
}
