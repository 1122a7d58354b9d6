package localslack

import "fmt"

// richText checks docs.slack.dev/reference/block-kit/blocks/rich-text-block.
func (c *checker) richText(at string, b map[string]any) {
	c.only(at, b, "type block_id elements")
	for i, v := range c.array(at, b, "elements", true, 1, 1000) {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		e, ok := c.object(here, v)
		if !ok {
			continue
		}
		switch kind := str(e, "type"); kind {
		case "rich_text_section":
			c.only(here, e, "type elements")
			c.spans(here, e)
		case "rich_text_preformatted":
			c.only(here, e, "type elements border language")
			c.spans(here, e)
		case "rich_text_quote":
			c.only(here, e, "type elements border")
			c.spans(here, e)
		case "rich_text_list":
			c.richList(here, e)
		default:
			c.fault(here+"/type", "unsupported type: %q", kind)
		}
	}
}

func (c *checker) richList(at string, e map[string]any) {
	c.only(at, e, "type elements style indent offset border")
	if e["style"] == nil {
		c.fault(at, "missing required field: style")
	}
	c.oneOf(at, e, "style", "bullet ordered")
	c.whole(at, e, "indent", 0, 8)
	c.whole(at, e, "offset", 0, 1e6)
	c.whole(at, e, "border", 0, 1)
	for i, v := range c.array(at, e, "elements", true, 1, 1000) {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		o, ok := c.object(here, v)
		if !ok {
			continue
		}
		if str(o, "type") != "rich_text_section" {
			c.fault(here+"/type", "a list holds rich_text_section only")
			continue
		}
		c.only(here, o, "type elements")
		c.spans(here, o)
	}
}

// spans checks the inline elements. An empty section is allowed: Slack's own
// editor makes them for blank lines.
func (c *checker) spans(at string, e map[string]any) {
	for i, v := range c.array(at, e, "elements", true, 0, 1000) {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		if o, ok := c.object(here, v); ok {
			c.span(here, o)
		}
	}
}

func (c *checker) span(at string, o map[string]any) {
	fields := "type style"
	switch kind := str(o, "type"); kind {
	case "text":
		fields += " text"
		c.text(at, o, "text", true, 1, maxText)
	case "link":
		fields += " url text unsafe"
		c.text(at, o, "url", true, 1, 3000)
		c.text(at, o, "text", false, 0, 3000)
	case "emoji":
		fields += " name unicode skin_tone"
		c.text(at, o, "name", true, 1, 255)
	case "user":
		fields += " user_id"
		c.text(at, o, "user_id", true, 1, 255)
	case "usergroup":
		fields += " usergroup_id"
		c.text(at, o, "usergroup_id", true, 1, 255)
	case "channel":
		fields += " channel_id"
		c.text(at, o, "channel_id", true, 1, 255)
	case "broadcast":
		fields += " range"
		c.oneOf(at, o, "range", "here channel everyone")
	case "color":
		fields += " value"
		c.text(at, o, "value", true, 1, 255)
	case "date":
		fields += " timestamp format url fallback"
		c.text(at, o, "format", true, 1, 255)
		if _, ok := o["timestamp"].(float64); !ok {
			c.fault(at, "missing required field: timestamp")
		}
	default:
		c.fault(at+"/type", "unsupported type: %q", kind)
		return
	}
	c.only(at, o, fields)
	c.style(at, o)
}

func (c *checker) style(at string, o map[string]any) {
	v, ok := o["style"]
	if !ok || v == nil {
		return
	}
	if s, ok := c.object(at+"/style", v); ok {
		c.only(at+"/style", s, "bold italic strike code underline highlight client_highlight unlink")
		for _, k := range sortedFields(s) {
			c.boolean(at+"/style", s, k)
		}
	}
}
