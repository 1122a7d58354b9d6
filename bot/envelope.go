package bot

import (
	"encoding/json"
	"fmt"
	"strings"

	"pitch/store"
)

// envelope is one Socket Mode message that wants an answer. It is decoded here,
// from the raw frame and only as far as Pitch reads it: a field of a shape that
// the library does not know yet must not lose a command.
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
	Accepts bool            `json:"accepts_response_payload"`
	Attempt int             `json:"retry_attempt"`
}

func decodeEnvelope(frame []byte) (envelope, error) {
	var e envelope
	if err := json.Unmarshal(frame, &e); err != nil {
		return envelope{}, fmt.Errorf("decoding an envelope: %w", err)
	}
	return e, nil
}

// command is a slash command's payload.
type command struct {
	Team        store.TeamID    `json:"team_id"`
	User        store.UserID    `json:"user_id"`
	Channel     store.ChannelID `json:"channel_id"`
	ChannelName string          `json:"channel_name"`
	Command     string          `json:"command"`
	Text        string          `json:"text"`
	ResponseURL string          `json:"response_url"`
	Trigger     string          `json:"trigger_id"`
}

// sendsFiles reports whether a command saves nothing and may take its time: an
// export, whose files go out one after another.
func (e envelope) sendsFiles() bool {
	var c command
	return e.Type == "slash_commands" && json.Unmarshal(e.Payload, &c) == nil && strings.EqualFold(strings.TrimSpace(c.Text), "export")
}

type named struct {
	ID string `json:"id"`
}

// interaction is a button press, a form's change or submission, or a shortcut.
type interaction struct {
	Type     string `json:"type"`
	Callback string `json:"callback_id"` // a shortcut's
	Team     named  `json:"team"`
	User     struct {
		ID   store.UserID `json:"id"`
		Team store.TeamID `json:"team_id"`
	} `json:"user"`
	Channel     named  `json:"channel"`
	Trigger     string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	Container   struct {
		Type      string          `json:"type"`
		MessageTS string          `json:"message_ts"`
		Channel   store.ChannelID `json:"channel_id"`
	} `json:"container"`
	Actions []pressed       `json:"actions"`
	View    *openView       `json:"view"`
	Message json.RawMessage `json:"message"`
}

// message is the message a shortcut was used on.
func (i interaction) message() (m said) {
	_ = json.Unmarshal(i.Message, &m)
	return m
}

// typing is what somebody types in a menu that asks Pitch for its choices.
type typing struct {
	Type     string `json:"type"`
	ActionID string `json:"action_id"`
	Value    string `json:"value"` // so far
}

// typing reads a type-ahead; ok is false for everything else. A field of another
// shape is left empty.
func (e envelope) typing() (t typing, ok bool) {
	_ = json.Unmarshal(e.Payload, &t)
	return t, t.Type == "block_suggestion"
}

// said is a message that somebody wrote.
type said struct {
	Text  string       `json:"text"` // in Slack's markup
	User  store.UserID `json:"user"`
	BotID string       `json:"bot_id"`
}

// pressed is the element that was used.
type pressed struct {
	ActionID string  `json:"action_id"`
	BlockID  string  `json:"block_id"`
	Value    string  `json:"value"`
	Selected *option `json:"selected_option"`
}

// option is what was chosen in a menu.
type option struct {
	Value string `json:"value"`
	Text  struct {
		Text string `json:"text"`
	} `json:"text"`
}

// openView is a form or a Home as it stands on a screen.
type openView struct {
	ID         string          `json:"id"`
	Type       string          `json:"type"`
	CallbackID string          `json:"callback_id"`
	Private    string          `json:"private_metadata"`
	Hash       string          `json:"hash"`
	Blocks     json.RawMessage `json:"blocks"`
	State      formState       `json:"state"`
}

// formState is what was filled in, by block and then by action.
type formState struct {
	Values map[string]map[string]filledIn `json:"values"`
}

type filledIn struct {
	Type     string   `json:"type"`
	Value    string   `json:"value"`
	Date     string   `json:"selected_date"`
	Time     string   `json:"selected_time"`
	Selected *option  `json:"selected_option"`
	Several  []option `json:"selected_options"`
}

// callback is an event's payload.
type callback struct {
	Team  store.TeamID    `json:"team_id"`
	Event json.RawMessage `json:"event"`
	ID    string          `json:"event_id"`
}

// happened is what the events Pitch listens to have in common.
type happened struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	User        json.RawMessage `json:"user"` // an id, or the whole member in user_change
	BotID       string          `json:"bot_id"`
	Channel     store.ChannelID `json:"channel"`
	ChannelType string          `json:"channel_type"`
	Text        string          `json:"text"`
	Tab         string          `json:"tab"`
}

func (h happened) userID() (id store.UserID) {
	_ = json.Unmarshal(h.User, &id)
	return id
}

// member is a Slack user as far as Pitch looks at one.
type member struct {
	ID         store.UserID `json:"id"`
	Team       store.TeamID `json:"team_id"`
	Name       string       `json:"real_name"`
	Zone       string       `json:"tz"`
	Deleted    bool         `json:"deleted"`
	Bot        bool         `json:"is_bot"`
	Restricted bool         `json:"is_restricted"`
	Ultra      bool         `json:"is_ultra_restricted"`
	Stranger   bool         `json:"is_stranger"`
	Admin      bool         `json:"is_admin"`
}

// founder reports whether the member is somebody Pitch keeps records for.
func (m member) founder() bool {
	return !m.Bot && !m.Restricted && !m.Ultra && !m.Stranger && !m.Deleted
}
