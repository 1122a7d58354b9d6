package localslack

import (
	"fmt"
	"slices"
	"strings"
)

// selectMenu checks the menus: one or several of fixed options, of the bot's
// options, of people, of places.
func (c *checker) selectMenu(at, kind string, e map[string]any) {
	base := strings.TrimPrefix(kind, "multi_")
	several := base != kind
	fields := "type action_id placeholder confirm focus_on_load"
	what := strings.TrimSuffix(base, "_select")
	initial := map[string]string{
		"static": "initial_option", "external": "initial_option", "users": "initial_user",
		"conversations": "initial_conversation", "channels": "initial_channel",
	}[what]
	if several {
		initial += "s"
		fields += " max_selected_items"
		c.whole(at, e, "max_selected_items", 1, 1000)
	} else if what == "conversations" || what == "channels" {
		fields += " response_url_enabled"
	}
	fields += " " + initial
	switch what {
	case "static":
		fields += " options option_groups"
		c.menuOptions(at, e)
		c.initial(at, e, initial)
	case "external":
		fields += " min_query_length"
		c.whole(at, e, "min_query_length", 0, 3000)
	case "conversations":
		fields += " default_to_current_conversation filter"
		c.boolean(at, e, "default_to_current_conversation")
	}
	c.only(at, e, fields)
}

// menuOptions checks options or option_groups, exactly one of which is there.
func (c *checker) menuOptions(at string, e map[string]any) {
	if (e["options"] == nil) == (e["option_groups"] == nil) {
		c.fault(at, "must have exactly one of options and option_groups")
		return
	}
	c.optionList(at, e, "options", false, 100, "plain_text", false)
	for i, g := range c.array(at, e, "option_groups", false, 1, 100) {
		here := fmt.Sprintf("%s/option_groups/%d", at, i)
		if o, ok := c.object(here, g); ok {
			c.only(here, o, "label options")
			c.plain(here, o, "label", true, 75)
			c.optionList(here, o, "options", true, 100, "plain_text", false)
		}
	}
}

// optionList checks options. Only overflow menus' may have links.
func (c *checker) optionList(at string, e map[string]any, key string, required bool, high int, kinds string, links bool) {
	for i, v := range c.array(at, e, key, required, 1, high) {
		here := fmt.Sprintf("%s/%s/%d", at, key, i)
		o, ok := c.object(here, v)
		if !ok {
			continue
		}
		fields := "text value description"
		if links {
			fields += " url"
			c.text(here, o, "url", false, 1, 3000)
		}
		c.only(here, o, fields)
		c.textObject(here, o, "text", true, 75, kinds)
		c.text(here, o, "value", true, 1, 75)
		c.textObject(here, o, "description", false, 75, kinds)
	}
}

// initial checks that what is chosen from the start is one of the options,
// exactly as it is listed.
func (c *checker) initial(at string, e map[string]any, key string) {
	v, ok := e[key]
	if !ok || v == nil {
		return
	}
	chosen := []any{v}
	if strings.HasSuffix(key, "s") {
		chosen = c.array(at, e, key, false, 1, 100)
	}
	for _, it := range chosen {
		o, ok := c.object(at+"/"+key, it)
		if !ok {
			return
		}
		same := func(opt Option) bool {
			return opt.Value == str(o, "value") && opt.Label == str(sub(o, "text"), "text")
		}
		if !slices.ContainsFunc(options(e), same) {
			c.fault(at+"/"+key, "must be one of the options")
		}
	}
}

func (c *checker) confirm(at string, e map[string]any) {
	v, ok := e["confirm"]
	if !ok || v == nil {
		return
	}
	here := at + "/confirm"
	o, ok := c.object(here, v)
	if !ok {
		return
	}
	c.only(here, o, "title text confirm deny style")
	c.plain(here, o, "title", true, 100)
	c.either(here, o, "text", true, 300)
	c.plain(here, o, "confirm", true, 30)
	c.plain(here, o, "deny", true, 30)
	c.oneOf(here, o, "style", "primary danger")
}

// validateOptions checks the answer to a block_suggestion.
func validateOptions(e map[string]any) []string {
	c := &checker{}
	// An empty list is a fair answer: nothing was found.
	if items, ok := e["options"].([]any); ok && len(items) == 0 && e["option_groups"] == nil {
		return nil
	}
	c.only("", e, "options option_groups")
	c.menuOptions("", e)
	return c.faults
}
