package review

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/detectors"
)

// Corrections returns what readers marked, for the next run. With two readers,
// only what two of them found needless is allowed; one is enough to hide.
func (l *Library) Corrections(log *Log) corrections.Set {
	set := corrections.Set{KeyID: corrections.KeyID(l.key)}
	votes := map[corrections.Entry][]string{}
	for _, c := range l.Chats {
		s := log.State(c.Key)
		for _, e := range s.Hidden {
			for _, v := range e.Values {
				set.Deny = append(set.Deny, corrections.Entry{Digest: v.Digest, Words: v.Words, Type: e.Type})
			}
		}
		for _, e := range s.Spared {
			entry := corrections.Entry{Type: e.Type, Pseudonym: e.Pseudonym}
			if len(e.Values) > 0 {
				entry = corrections.Entry{Type: e.Type, Digest: e.Values[0].Digest}
			}
			if !slices.Contains(votes[entry], e.Reader) {
				votes[entry] = append(votes[entry], e.Reader)
			}
		}
	}
	for entry, readers := range votes {
		if len(readers) > 1 || l.Mode == OneReader {
			set.Allow = append(set.Allow, entry)
		}
	}
	return set
}

// Judgement is what readers made of a place.
type Judgement string

// The judgements.
const (
	Missed   Judgement = "missed"   // should have been hidden
	Needless Judgement = "needless" // should not have been
)

// Label is a corrected place in a text, without the text. Start and End are
// bytes of the original where the trace tells them, else of the anonymised text.
type Label struct {
	Start     int                  `json:"start"`
	End       int                  `json:"end"`
	Type      detectors.EntityType `json:"type"`
	Judgement Judgement            `json:"judgement"`
}

// Labelled is one corrected message.
type Labelled struct {
	ID       string  `json:"id"`       // <conversation id>/<message number>
	File     string  `json:"file"`     // that was reviewed
	Original bool    `json:"original"` // the offsets are those of the original
	Spans    []Label `json:"spans"`
}

// Labels returns the corrected messages of all chats that were judged or marked.
func (l *Library) Labels(log *Log) ([]Labelled, error) {
	var out []Labelled
	for _, c := range l.Chats {
		s := log.State(c.Key)
		if len(s.Hidden)+len(s.Spared) == 0 {
			continue
		}
		messages, err := l.Show(c, s, 0, len(c.Conversation.Messages))
		if err != nil {
			return nil, err
		}
		for _, m := range messages {
			if spans := c.labels(m); len(spans) > 0 {
				out = append(out, Labelled{ID: c.Conversation.ID + "/" + strconv.Itoa(m.Number), File: c.File, Original: c.Replacements != nil, Spans: spans})
			}
		}
	}
	return out, nil
}

func (c *Chat) labels(m Message) []Label {
	var out []Label
	for _, s := range m.Segments {
		var judged Judgement
		switch {
		case s.Kind == Marked:
			judged = Missed
		case s.Spared:
			judged = Needless
		default:
			continue
		}
		start, end := s.Start, s.End
		if c.Replacements != nil {
			start, end = anonymize.Origin(c.Replacements[m.Number-1], start, end)
		}
		out = append(out, Label{start, end, s.Type, judged})
	}
	return out
}

// WriteLabels writes corrected messages as JSON lines.
func WriteLabels(w io.Writer, labelled []Labelled) error {
	e := json.NewEncoder(w)
	for _, l := range labelled {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// Decision is where one conversation stands, for whoever releases.
type Decision struct {
	File    string             `json:"file"`
	ID      string             `json:"id"`
	Status  Status             `json:"status"`
	Verdict map[string]Verdict `json:"verdicts,omitempty"` // by reader
	Risk    float64            `json:"risk"`
	Hidden  int                `json:"hidden"`
	Spared  int                `json:"needless"`
}

// Decisions returns where every conversation stands.
func (l *Library) Decisions(log *Log) []Decision {
	out := make([]Decision, 0, len(l.Chats))
	for _, c := range l.Chats {
		s := log.State(c.Key)
		d := Decision{File: c.File, ID: c.Conversation.ID, Status: s.Status(c.Fingerprint, l.Mode), Risk: c.Risk.Risk,
			Hidden: len(s.Hidden), Spared: len(s.Spared), Verdict: map[string]Verdict{}}
		for reader := range s.Verdicts {
			if v := s.VerdictOf(reader, c.Fingerprint); v != "" {
				d.Verdict[reader] = v
			}
		}
		out = append(out, d)
	}
	return out
}

// WriteDecisions writes decisions as JSON lines.
func WriteDecisions(w io.Writer, decisions []Decision) error {
	e := json.NewEncoder(w)
	for _, d := range decisions {
		if err := e.Encode(d); err != nil {
			return err
		}
	}
	return nil
}
