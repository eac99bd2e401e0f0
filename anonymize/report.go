package anonymize

import (
	"maps"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Report counts what was replaced. It can hold no text.
type Report struct {
	Conversations int                          `json:"conversations"`
	Messages      int                          `json:"messages"`
	Replaced      int                          `json:"replaced"`
	Types         map[detectors.EntityType]int `json:"types,omitempty"`
	KeyID         string                       `json:"key_id,omitempty"`
	// Replacements of each message of the one conversation that is reported, in
	// order of their place.
	Replacements [][]Replacement `json:"-"`
}

func newReport(c *transcripts.Conversation) Report {
	r := Report{Messages: len(c.Messages), Types: map[detectors.EntityType]int{}, Replacements: make([][]Replacement, len(c.Messages))}
	if len(c.Messages) > 0 {
		r.Conversations = 1
	}
	return r
}

func (r *Report) count(t detectors.EntityType) {
	r.Replaced++
	r.Types[t]++
}

// Add adds the counts of o to r.
func (r *Report) Add(o Report) {
	r.Conversations += o.Conversations
	r.Messages += o.Messages
	r.Replaced += o.Replaced
	if o.KeyID != "" {
		r.KeyID = o.KeyID
	}
	types := maps.Clone(r.Types)
	if types == nil {
		types = map[detectors.EntityType]int{}
	}
	for t, n := range o.Types {
		types[t] += n
	}
	r.Types = types
}
