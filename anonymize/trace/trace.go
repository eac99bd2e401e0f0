// Package trace writes and reads why things were replaced.
//
// A trace is a file of JSON lines that a run writes beside its output: a header,
// then one line a conversation with the place, type, detector, rule and score of
// each replacement. It holds no text of any conversation: rules are constant,
// and what was replaced stands there only as a digest under the key of the run,
// or not at all when that key was thrown away.
package trace

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Extension is what the name of a trace ends in, by which it is found.
const Extension = ".trace.jsonl"

const (
	formatName = "naamloos trace"
	version    = 1
)

// Faults of a trace.
var (
	ErrMalformed = errors.New("trace: not a trace, or a damaged one")
	ErrVersion   = errors.New("trace: written by a newer version of naamloos")
)

type header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	KeyID   string `json:"key_id,omitempty"` // of the digests; empty: there are none
}

type line struct {
	File         string        `json:"file,omitempty"` // name of the output
	ID           string        `json:"id,omitempty"`
	Number       int           `json:"number"`
	Replacements []replacement `json:"replacements"`
}

type replacement struct {
	Message  int                  `json:"message"`
	Start    int                  `json:"start"`
	End      int                  `json:"end"`
	From     int                  `json:"from"`
	To       int                  `json:"to"`
	Type     detectors.EntityType `json:"type"`
	Detector string               `json:"detector"`
	Rule     string               `json:"rule"`
	Score    float64              `json:"score"`
	Digest   string               `json:"digest,omitempty"`
}

// A Writer writes a trace.
type Writer struct {
	w     *json.Encoder
	keyID string
}

// NewWriter begins a trace. keyID names the key of the digests, as
// corrections.KeyID gives it; when it is empty no digests are written.
func NewWriter(w io.Writer, keyID string) (*Writer, error) {
	e := json.NewEncoder(w)
	return &Writer{e, keyID}, e.Encode(header{formatName, version, keyID})
}

// Add writes what was replaced in conversation number of the output file.
func (w *Writer) Add(file string, number int, anonymised *transcripts.Conversation, replaced [][]anonymize.Replacement) error {
	l := line{File: file, ID: anonymised.ID, Number: number, Replacements: []replacement{}}
	for _, message := range replaced {
		for _, r := range message {
			out := replacement{r.Message, r.Start, r.End, r.From, r.To, r.Type, r.Detector, r.Rule, r.Score, ""}
			if w.keyID != "" && r.Digest != (corrections.Digest{}) {
				out.Digest = r.Digest.String()
			}
			l.Replacements = append(l.Replacements, out)
		}
	}
	return w.w.Encode(l)
}

// File is a trace that was read.
type File struct {
	KeyID string // of the digests; empty: there are none
	lines map[place]line
}

// place says where a conversation stands.
type place struct {
	file   string
	number int
}

// longestLine is the longest line that is read: a chat of some 100,000 replacements.
const longestLine = 64 << 20

// Read reads a trace. Its errors hold nothing of the file.
func Read(r io.Reader) (*File, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	var h header
	if !lines.Scan() || json.Unmarshal(lines.Bytes(), &h) != nil || h.Format != formatName || h.Version < 1 {
		return nil, ErrMalformed
	}
	if h.Version > version {
		return nil, ErrVersion
	}
	f := &File{KeyID: h.KeyID, lines: map[place]line{}}
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var l line
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			return nil, ErrMalformed
		}
		f.lines[place{l.File, l.Number}] = l
	}
	if lines.Err() != nil {
		return nil, ErrMalformed
	}
	return f, nil
}

// In returns what the trace says of one output file, or nil when that is nothing.
func (f *File) In(file string) *File {
	only := &File{KeyID: f.KeyID, lines: map[place]line{}}
	for p, l := range f.lines {
		if p.file == file || p.file == "" {
			only.lines[place{"", p.number}] = l
		}
	}
	if len(only.lines) == 0 {
		return nil
	}
	return only
}

// Of returns the replacements of each message of conversation number of the
// file. It is nil when the trace does not know the conversation or speaks of
// another text: no place that is wrong is ever given.
func (f *File) Of(c *transcripts.Conversation, number int) [][]anonymize.Replacement {
	l, ok := f.lines[place{"", number}]
	if !ok || l.ID != c.ID {
		return nil
	}
	out := make([][]anonymize.Replacement, len(c.Messages))
	for _, r := range l.Replacements {
		if r.Message < 1 || r.Message > len(out) || !r.fits(c.Messages[r.Message-1].Text, out[r.Message-1]) {
			return nil
		}
		out[r.Message-1] = append(out[r.Message-1], r.parsed())
	}
	return out
}

// fits reports whether r lies in text, behind those before it, on a pseudonym
// or on something that is none at all.
func (r replacement) fits(text string, before []anonymize.Replacement) bool {
	if r.Start < 0 || r.Start > r.End || r.End > len(text) || !r.Type.Valid() && r.Type != "" {
		return false
	}
	if n := len(before); n > 0 && before[n-1].End > r.Start {
		return false
	}
	for at := max(r.Start-longestPseudonym, 0); at < r.End; {
		end, ok := detectors.PseudonymAt(text, at)
		if !ok {
			at++
			continue
		}
		if end > r.Start && (at != r.Start || end != r.End) {
			return false
		}
		at = end
	}
	return boundary(text, r.Start) && boundary(text, r.End)
}

// longestPseudonym is more bytes than a pseudonym has.
const longestPseudonym = 32

func boundary(text string, i int) bool { return i == len(text) || text[i]&0xC0 != 0x80 }

func (r replacement) parsed() anonymize.Replacement {
	out := anonymize.Replacement{Message: r.Message, Start: r.Start, End: r.End, From: r.From, To: r.To,
		Type: r.Type, Detector: r.Detector, Rule: r.Rule, Score: r.Score}
	if d, err := hex.DecodeString(r.Digest); err == nil && len(d) == len(out.Digest) {
		copy(out.Digest[:], d)
	}
	return out
}
