package localslack

import (
	"fmt"
	"unicode/utf8"
)

// blocks checks an array of blocks.
func (c *checker) blocks(at string, v any, high int) {
	items, ok := v.([]any)
	if !ok {
		c.fault(at, "must be an array")
		return
	}
	if len(items) > high {
		c.fault(at, "no more than %d items allowed", high)
	}
	for i, it := range items {
		here := fmt.Sprintf("%s/%d", at, i)
		if b, ok := c.object(here, it); ok {
			c.block(here, b)
		}
	}
}

func (c *checker) block(at string, b map[string]any) {
	c.text(at, b, "block_id", false, 1, maxID)
	if id := str(b, "block_id"); id != "" {
		if c.blockIDs[id] {
			c.fault(at+"/block_id", "block_id %q already exists", id)
		}
		c.blockIDs[id] = true
	}
	switch kind := str(b, "type"); kind {
	case "section":
		c.section(at, b)
	case "actions":
		c.actions(at, b)
	case "context":
		c.context(at, b)
	case "divider":
		c.only(at, b, "type block_id")
	case "header":
		c.only(at, b, "type block_id text level")
		c.plain(at, b, "text", true, 150)
	case "image":
		c.only(at, b, "type block_id image_url slack_file alt_text title")
		c.imageFields(at, b)
		c.plain(at, b, "title", false, 2000)
	case "input":
		c.input(at, b)
	case "rich_text":
		c.richText(at, b)
	case "markdown", "table", "data_visualization":
		c.messageOnly(at, kind, b)
	case "":
		c.fault(at, "missing required field: type")
	default:
		c.fault(at+"/type", "unsupported type: %s", kind)
	}
}

// messageOnly checks the blocks modals and the Home do not show.
func (c *checker) messageOnly(at, kind string, b map[string]any) {
	if c.surface != inMessage {
		c.fault(at+"/type", "unsupported type: %s in a %s", kind, c.surface)
		return
	}
	switch kind {
	case "markdown":
		c.only(at, b, "type block_id text")
		c.text(at, b, "text", true, 1, maxMarkdown)
		if c.markdown += utf8.RuneCountInString(str(b, "text")); c.markdown > maxMarkdown {
			c.fault(at, "markdown blocks hold no more than %d characters together", maxMarkdown)
		}
	case "table":
		c.table(at, b)
	case "data_visualization":
		c.chart(at, b)
	}
}

func (c *checker) section(at string, b map[string]any) {
	c.only(at, b, "type block_id text fields accessory expand")
	if b["text"] == nil && b["fields"] == nil {
		c.fault(at, "missing required field: text or fields")
	}
	c.either(at, b, "text", false, 3000)
	c.boolean(at, b, "expand")
	for i, f := range c.array(at, b, "fields", false, 1, 10) {
		here := fmt.Sprintf("%s/fields/%d", at, i)
		if o, ok := c.object(here, f); ok {
			c.textFields(here, o, 2000, "plain_text mrkdwn")
		}
	}
	if v, ok := b["accessory"]; ok && v != nil {
		if e, ok := c.object(at+"/accessory", v); ok {
			c.element(at+"/accessory", e, inSection, map[string]bool{})
		}
	}
}

func (c *checker) actions(at string, b map[string]any) {
	c.only(at, b, "type block_id elements")
	ids := map[string]bool{}
	for i, e := range c.array(at, b, "elements", true, 1, 25) {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		if o, ok := c.object(here, e); ok {
			c.element(here, o, inActions, ids)
		}
	}
}

func (c *checker) context(at string, b map[string]any) {
	c.only(at, b, "type block_id elements")
	for i, e := range c.array(at, b, "elements", true, 1, 10) {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		o, ok := c.object(here, e)
		switch {
		case !ok:
		case str(o, "type") == "image":
			c.element(here, o, inContext, nil)
		default:
			c.textFields(here, o, 3000, "plain_text mrkdwn")
		}
	}
}

func (c *checker) input(at string, b map[string]any) {
	c.only(at, b, "type block_id label element hint optional dispatch_action")
	c.plain(at, b, "label", true, 2000)
	c.plain(at, b, "hint", false, 2000)
	c.boolean(at, b, "optional")
	c.boolean(at, b, "dispatch_action")
	v, ok := b["element"]
	if !ok || v == nil {
		c.fault(at, "missing required field: element")
		return
	}
	if e, ok := c.object(at+"/element", v); ok {
		c.element(at+"/element", e, inInput, map[string]bool{})
	}
}

func (c *checker) imageFields(at string, b map[string]any) {
	c.text(at, b, "alt_text", true, 0, 2000)
	c.text(at, b, "image_url", false, 1, 3000)
	if (b["image_url"] == nil) == (b["slack_file"] == nil) {
		c.fault(at, "must have exactly one of image_url and slack_file")
	}
}
