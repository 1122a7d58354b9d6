package localslack

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of a message's text in characters. chat.update's is lower.
const (
	maxText       = 40_000
	maxUpdateText = 4_000
)

// draft is what a bot wants to say: the parts chat.postMessage, acks and
// response URLs have in common.
type draft struct {
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks"`
	Metadata json.RawMessage `json:"metadata"`
	Thread   string          `json:"thread_ts"`

	files []File
}

func (d draft) hasBlocks() bool {
	var list []json.RawMessage
	return json.Unmarshal(d.Blocks, &list) == nil && len(list) > 0
}

// check refuses what Slack refuses, and what this workspace refuses at the
// moment. The lock is held.
func (w *Workspace) check(d draft, maxChars int) *apiError {
	if err := d.check(maxChars); err != nil {
		return err
	}
	if w.faults.NoCharts {
		return d.checkWithoutCharts()
	}
	return nil
}

// checkWithoutCharts refuses the blocks that came last to Block Kit.
func (d draft) checkWithoutCharts() *apiError {
	var faults []string
	for i, b := range parseBlocks(d.Blocks) {
		if kind := str(b, "type"); kind == "data_visualization" || kind == "table" {
			faults = append(faults, fmt.Sprintf("unsupported type: %s [json-pointer:/blocks/%d/type]", kind, i))
		}
	}
	if faults == nil {
		return nil
	}
	err := invalid("invalid_blocks", faults)
	err.injected = true
	return err
}

// check refuses what Slack refuses everywhere.
func (d draft) check(maxChars int) *apiError {
	if strings.TrimSpace(d.Text) == "" && !d.hasBlocks() && len(d.files) == 0 {
		return fail("no_text")
	}
	if utf8.RuneCountInString(d.Text) > maxChars {
		return fail("msg_too_long")
	}
	if len(d.Blocks) > 0 {
		if faults := ValidateMessageBlocks(d.Blocks); len(faults) > 0 {
			return invalid("invalid_blocks", faults)
		}
	}
	return checkMetadata(d.Metadata)
}

func checkMetadata(raw json.RawMessage) *apiError {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	var m struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if json.Unmarshal(raw, &m) != nil || m.Type == "" || m.Payload == nil {
		return fail("invalid_metadata_format")
	}
	if len(raw) > 16_000 {
		return fail("metadata_too_large")
	}
	return nil
}

// invalid is an error with the validator's sentences in it.
func invalid(code string, faults []string) *apiError {
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = "[ERROR] " + f
	}
	return &apiError{code: code, extra: object{"response_metadata": object{"messages": lines}}}
}
