package localslack

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of messages and views (docs.slack.dev/reference/block-kit and
// /reference/views). Lengths are characters, not bytes; maxViewBytes is bytes.
const (
	maxMessageBlocks   = 50
	maxViewBlocks      = 100
	maxViewBytes       = 250 << 10
	maxID              = 255
	maxViewTitle       = 24
	maxPrivateMetadata = 3000
	maxMarkdown        = 12_000
	maxTableText       = 10_000
	maxCharts          = 2
)

// surface is where blocks are shown.
type surface string

const (
	inMessage surface = "message"
	inModal   surface = "modal"
	inHome    surface = "home"
)

// checker collects what is wrong with some blocks, in Slack's words where they
// are known, each with the place as a JSON pointer.
type checker struct {
	surface  surface
	faults   []string
	blockIDs map[string]bool
	focused  int
	tables   int
	charts   int
	markdown int
}

func (c *checker) fault(at, format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

// ValidateMessage lists what Slack would refuse in a message as
// chat.postMessage takes it in JSON: text, blocks, metadata. An empty list
// means it would be posted.
func ValidateMessage(raw []byte) []string {
	var d draft
	if err := json.Unmarshal(raw, &d); err != nil {
		return []string{"not a message: " + err.Error()}
	}
	err := d.check(maxText)
	if err == nil {
		return nil
	}
	if m, ok := err.extra["response_metadata"].(object); ok {
		list, _ := m["messages"].([]string)
		return list
	}
	return []string{err.code}
}

// ValidateMessageBlocks lists what Slack would refuse in a message's blocks
// array.
func ValidateMessageBlocks(raw json.RawMessage) []string {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return []string{"blocks are not JSON: " + err.Error()}
	}
	c := &checker{surface: inMessage, blockIDs: map[string]bool{}}
	c.blocks("/blocks", v, maxMessageBlocks)
	return c.faults
}

// ValidateView lists what Slack would refuse in a view as views.open,
// views.publish or a response_action take it.
func ValidateView(raw []byte) []string {
	if len(raw) > maxViewBytes {
		return []string{fmt.Sprintf("view_too_large: %d bytes, no more than %d allowed", len(raw), maxViewBytes)}
	}
	var v map[string]any
	if err := json.Unmarshal(raw, &v); err != nil || v == nil {
		return []string{"view is not a JSON object"}
	}
	c := &checker{surface: surface(str(v, "type")), blockIDs: map[string]bool{}}
	c.view("/view", v)
	return c.faults
}

func (c *checker) view(at string, v map[string]any) {
	fields := "type blocks private_metadata callback_id external_id"
	switch c.surface {
	case inModal:
		fields += " title submit close clear_on_close notify_on_close submit_disabled"
	case inHome:
		// Slack accepts these on a Home and ignores them.
		fields += " title submit close clear_on_close notify_on_close"
	default:
		c.fault(at+"/type", "unsupported type: %q", c.surface)
		return
	}
	c.only(at, v, fields)
	c.plain(at, v, "title", c.surface == inModal, maxViewTitle)
	c.plain(at, v, "submit", false, maxViewTitle)
	c.plain(at, v, "close", false, maxViewTitle)
	c.text(at, v, "private_metadata", false, 0, maxPrivateMetadata)
	c.text(at, v, "callback_id", false, 0, maxID)
	c.text(at, v, "external_id", false, 0, maxID)
	for _, key := range []string{"clear_on_close", "notify_on_close", "submit_disabled"} {
		c.boolean(at, v, key)
	}
	if _, ok := v["blocks"]; !ok {
		c.fault(at, "missing required field: blocks")
		return
	}
	c.blocks(at+"/blocks", v["blocks"], maxViewBlocks)
	inputs := slices.ContainsFunc(list(v, "blocks"), func(b map[string]any) bool { return str(b, "type") == "input" })
	if c.surface == inModal && inputs && v["submit"] == nil {
		c.fault(at, "missing required field: submit, a modal with input blocks needs it")
	}
	if c.focused > 1 {
		c.fault(at, "only one element may have focus_on_load")
	}
}

// only refuses fields Slack does not know.
func (c *checker) only(at string, m map[string]any, fields string) {
	known := strings.Fields(fields)
	for _, k := range sortedFields(m) {
		if !slices.Contains(known, k) {
			c.fault(at, "invalid additional property: %s", k)
		}
	}
}

func sortedFields(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// text checks a string field's length in characters.
func (c *checker) text(at string, m map[string]any, key string, required bool, low, high int) {
	v, ok := m[key]
	if !ok || v == nil {
		if required {
			c.fault(at, "missing required field: %s", key)
		}
		return
	}
	s, ok := v.(string)
	if !ok {
		c.fault(at+"/"+key, "must be a string")
		return
	}
	c.length(at+"/"+key, s, low, high)
}

func (c *checker) length(at, s string, low, high int) {
	n := utf8.RuneCountInString(s)
	if n < low {
		c.fault(at, "must be more than %d characters", low-1)
	}
	if n > high {
		c.fault(at, "must be less than %d characters", high+1)
	}
}

func (c *checker) boolean(at string, m map[string]any, key string) {
	if v, ok := m[key]; ok && v != nil {
		if _, ok := v.(bool); !ok {
			c.fault(at+"/"+key, "must be a boolean")
		}
	}
}

// whole checks a whole number between low and high.
func (c *checker) whole(at string, m map[string]any, key string, low, high float64) {
	v, ok := m[key]
	if !ok || v == nil {
		return
	}
	f, ok := v.(float64)
	if !ok || f != float64(int64(f)) || f < low || f > high {
		c.fault(at+"/"+key, "must be a whole number from %v to %v", low, high)
	}
}

func (c *checker) oneOf(at string, m map[string]any, key string, allowed string) {
	v, ok := m[key]
	if !ok || v == nil {
		return
	}
	if s, ok := v.(string); !ok || !slices.Contains(strings.Fields(allowed), s) {
		c.fault(at+"/"+key, "must be one of: %s", allowed)
	}
}

func (c *checker) matches(at string, m map[string]any, key, what string, re *regexp.Regexp) {
	v, ok := m[key]
	if !ok || v == nil {
		return
	}
	if s, ok := v.(string); !ok || !re.MatchString(s) {
		c.fault(at+"/"+key, "must be %s", what)
	}
}

// array checks a list's length and returns its items.
func (c *checker) array(at string, m map[string]any, key string, required bool, low, high int) []any {
	v, ok := m[key]
	if !ok || v == nil {
		if required {
			c.fault(at, "missing required field: %s", key)
		}
		return nil
	}
	items, ok := v.([]any)
	if !ok {
		c.fault(at+"/"+key, "must be an array")
		return nil
	}
	if len(items) < low {
		c.fault(at+"/"+key, "no fewer than %d items allowed", low)
	}
	if len(items) > high {
		c.fault(at+"/"+key, "no more than %d items allowed", high)
	}
	return items
}

// object checks that something is an object.
func (c *checker) object(at string, v any) (map[string]any, bool) {
	o, ok := v.(map[string]any)
	if !ok {
		c.fault(at, "must be an object")
	}
	return o, ok
}

// plain checks a plain_text object.
func (c *checker) plain(at string, m map[string]any, key string, required bool, high int) {
	c.textObject(at, m, key, required, high, "plain_text")
}

// either checks a plain_text or mrkdwn object.
func (c *checker) either(at string, m map[string]any, key string, required bool, high int) {
	c.textObject(at, m, key, required, high, "plain_text mrkdwn")
}

func (c *checker) textObject(at string, m map[string]any, key string, required bool, high int, kinds string) {
	v, ok := m[key]
	if !ok || v == nil {
		if required {
			c.fault(at, "missing required field: %s", key)
		}
		return
	}
	if o, ok := c.object(at+"/"+key, v); ok {
		c.textFields(at+"/"+key, o, high, kinds)
	}
}

func (c *checker) textFields(at string, o map[string]any, high int, kinds string) {
	kind := str(o, "type")
	if !slices.Contains(strings.Fields(kinds), kind) {
		c.fault(at+"/type", "must be one of: %s", kinds)
		return
	}
	switch kind {
	case "plain_text":
		c.only(at, o, "type text emoji")
	default:
		c.only(at, o, "type text verbatim")
	}
	c.boolean(at, o, "emoji")
	c.boolean(at, o, "verbatim")
	c.text(at, o, "text", true, 1, high)
}
