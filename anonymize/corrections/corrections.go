// Package corrections carries what readers have corrected to the next run.
//
// A reader who meets a word that should have been hidden, or one that was
// hidden without need, says so once. [Read] reads the file that holds these
// verdicts and [New] makes a [List] of it, which finds the first (it is a
// detectors.Recognizer) and knows the second ([List.Allows]).
//
// The file is no list of names: a word stands in it as a digest under a key
// (HMAC-SHA-256 of its folded letters, cut to 128 bits), so that without the key
// nobody can even try names against it. Whoever has key and file can.
//
// A list finds words as they were marked, whatever their case, diacritics and
// the punctuation between them, names also with a genitive or diminutive ending.
// It does not find misspellings.
package corrections

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// MaxWords is the most words that one correction may have.
const MaxWords = 12

// version of the file format.
const version = 1

const formatName = "naamloos corrections"

// Faults of a file of corrections.
var (
	ErrMalformed = errors.New("corrections: not a file of corrections, or a damaged one")
	ErrVersion   = errors.New("corrections: written by a newer version of naamloos")
)

// KeyError says that corrections were made with another key than the one given.
type KeyError struct{ Want, Have string } // ids of keys

// Error implements error.
func (e *KeyError) Error() string {
	return fmt.Sprintf("corrections: made with key %s, this is key %s", e.Want, e.Have)
}

// Entry is one corrected value. Either Digest or Pseudonym is set.
type Entry struct {
	Digest    Digest               // of the folded words
	Words     int                  // how many words the value has; of Allow 0 when unknown
	Type      detectors.EntityType // what it was marked as, or was taken for
	Pseudonym string               // of an allowed value whose words the reader never saw
}

// Set is what a file of corrections holds.
type Set struct {
	KeyID string  // names the key of the digests and pseudonyms
	Deny  []Entry // to be hidden wherever they stand
	Allow []Entry // not to be hidden for their own sake
}

// jsonSet is how a Set is written.
type jsonSet struct {
	Format  string      `json:"format"`
	Version int         `json:"version"`
	KeyID   string      `json:"key_id"`
	Deny    []jsonEntry `json:"deny"`
	Allow   []jsonEntry `json:"allow"`
}

type jsonEntry struct {
	Digest    string               `json:"digest,omitempty"`
	Words     int                  `json:"words,omitempty"`
	Type      detectors.EntityType `json:"type"`
	Pseudonym string               `json:"pseudonym,omitempty"`
}

// Write writes a set, sorted and without doubles, so that the file tells
// nothing of the order in which things were marked.
func Write(w io.Writer, s Set) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(jsonSet{formatName, version, s.KeyID, written(s.Deny), written(s.Allow)})
}

func written(entries []Entry) []jsonEntry {
	out := make([]jsonEntry, 0, len(entries))
	for _, e := range normal(entries) {
		j := jsonEntry{Type: e.Type, Pseudonym: e.Pseudonym}
		if e.Pseudonym == "" {
			j.Digest, j.Words = e.Digest.String(), e.Words
		}
		out = append(out, j)
	}
	return out
}

// normal returns entries sorted and without doubles.
func normal(entries []Entry) []Entry {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(a, b Entry) int {
		return cmp.Or(slices.Compare(a.Digest[:], b.Digest[:]), cmp.Compare(a.Pseudonym, b.Pseudonym), cmp.Compare(a.Type, b.Type))
	})
	return slices.Compact(sorted)
}

// maxFile is the largest file that is read: about 500,000 corrections.
const maxFile = 64 << 20

// Read reads a set. Its errors hold nothing of the file.
func Read(r io.Reader) (Set, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil || len(text) > maxFile {
		return Set{}, ErrMalformed
	}
	var j jsonSet
	if json.Unmarshal(text, &j) != nil || j.Format != formatName || j.Version < 1 {
		return Set{}, ErrMalformed
	}
	if j.Version > version {
		return Set{}, ErrVersion
	}
	s := Set{KeyID: j.KeyID}
	if s.Deny, err = parsed(j.Deny, 1); err != nil {
		return Set{}, err
	}
	s.Allow, err = parsed(j.Allow, 0)
	return s, err
}

// parsed checks entries, whose values have at least fewest words.
func parsed(entries []jsonEntry, fewest int) ([]Entry, error) {
	out := make([]Entry, 0, len(entries))
	for _, j := range entries {
		e := Entry{Words: j.Words, Type: j.Type, Pseudonym: j.Pseudonym}
		digest, err := hex.DecodeString(j.Digest)
		end, token := detectors.PseudonymAt(j.Pseudonym, 0)
		switch {
		case !j.Type.Valid():
			return nil, ErrMalformed
		case j.Pseudonym != "" && (j.Digest != "" || !token || end != len(j.Pseudonym)):
			return nil, ErrMalformed
		case j.Pseudonym == "" && (err != nil || len(digest) != len(e.Digest) || e.Words < fewest || e.Words > MaxWords):
			return nil, ErrMalformed
		}
		copy(e.Digest[:], digest)
		out = append(out, e)
	}
	return out, nil
}

// KeyID names the key that the digests of a key are made with.
func KeyID(key keys.Key) string { return key.Derive(purpose).ID() }
