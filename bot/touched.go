package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// wasPrefix is before the name of a field whose value travels with the form as it
// was opened.
const wasPrefix = "was."

// carriedWhole is how long a value may be to travel as it is; of longer ones only
// a digest does, for thirteen of them to fit beside the rest in the 3,000
// characters of a form's private_metadata.
const carriedWhole = 24

// opened are the values fields begin with, as they travel with their form.
func opened(fields []slack.Block) map[string]string {
	values := map[string]string{}
	for _, block := range fields {
		input, ok := block.(*slack.InputBlock)
		if !ok {
			continue
		}
		var initial struct {
			Value   string   `json:"initial_value"`
			Date    string   `json:"initial_date"`
			Time    string   `json:"initial_time"`
			Option  *option  `json:"initial_option"`
			Options []option `json:"initial_options"`
		}
		body, err := json.Marshal(input.Element)
		if err != nil || json.Unmarshal(body, &initial) != nil {
			continue
		}
		values[input.BlockID] = filledIn{
			Value: initial.Value, Date: initial.Date, Time: initial.Time, Selected: initial.Option, Several: initial.Options,
		}.carried()
	}
	return values
}

// carried is a field's value in few characters: the same for the same value.
func (in filledIn) carried() string {
	var several []string
	for _, o := range in.Several {
		several = append(several, o.Value)
	}
	value := in.Value + in.Date + in.Time + strings.Join(slices.Sorted(slices.Values(several)), ",")
	if in.Selected != nil {
		value += in.Selected.Value
	}
	if value = strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n")); len(value) <= carriedWhole {
		return value
	}
	sum := sha256.Sum256([]byte(value))
	return "#" + base64.RawURLEncoding.EncodeToString(sum[:9])
}

// touched is a form with only those of its fields that somebody changed in it. The
// rest is as it was opened, and says nothing of what the record has become since:
// saving it would take that back.
func (f filled) touched() filled {
	values := maps.Clone(f.State.Values)
	for name := range values {
		was, carried := f.about[wasPrefix+name]
		if carried && f.in(name).carried() == was[0] {
			delete(values, name)
		}
	}
	f.State.Values = values
	return f
}

// ticked is whether a box of a field is ticked, of which it is known how it is now:
// as it is, unless it was changed in the form.
func (f filled) ticked(name, box string, now bool) bool {
	was := slices.Contains(strings.Split(f.about.Get(wasPrefix+name), ","), box)
	if is := slices.Contains(f.several(name), box); f.has(name) && is != was {
		return is
	}
	return now
}
