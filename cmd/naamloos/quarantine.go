package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"github.com/clbchat/naamloos/transcripts"
)

// quarantine notes what a run has left out, in a folder of its own. A nil
// quarantine notes nothing.
type quarantine struct {
	dir       string
	originals bool
	n         int
}

// quarantined is what is noted: where, why and never what.
type quarantined struct {
	File         string `json:"file"`
	Conversation int    `json:"conversation,omitempty"` // number in the file, from 1
	Fault        string `json:"fault"`
	Original     string `json:"original,omitempty"` // file beside this one
}

func newQuarantine(dir string, originals bool) (*quarantine, error) {
	if dir == "" {
		if originals {
			return nil, misusef("--quarantine-originals needs --quarantine")
		}
		return nil, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return &quarantine{dir: dir, originals: originals}, nil
}

// put notes that something was left out, with its original when asked for.
func (q *quarantine) put(note quarantined, original *transcripts.Conversation) error {
	if q == nil {
		return nil
	}
	q.n++
	if !q.originals {
		original = nil
	}
	base := filepath.Join(q.dir, fmt.Sprintf("%06d", q.n))
	if original != nil {
		note.Original = filepath.Base(base) + ".jsonl"
		if err := writeOriginal(base+".jsonl", original); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(note, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(base+".json", append(text, '\n'), 0o600)
}

// writeOriginal writes a conversation as it was, for its owner only.
func writeOriginal(path string, c *transcripts.Conversation) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	canonical, _ := transcripts.Lookup("jsonl")
	err = canonical.Write(f, func(yield func(*transcripts.Conversation, error) bool) { yield(c, nil) })
	return errors.Join(err, f.Close())
}

// underway remembers the conversations of a stream while they are anonymised.
type underway struct {
	mu    sync.Mutex
	queue []*transcripts.Conversation // in order
}

func (u *underway) watch(in iter.Seq2[*transcripts.Conversation, error]) iter.Seq2[*transcripts.Conversation, error] {
	u.queue = nil
	return func(yield func(*transcripts.Conversation, error) bool) {
		for c, err := range in {
			u.mu.Lock()
			u.queue = append(u.queue, c)
			u.mu.Unlock()
			if !yield(c, err) {
				return
			}
		}
	}
}

// next returns the original of the conversation that comes out of the stream now.
func (u *underway) next() *transcripts.Conversation {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.queue) == 0 {
		return nil
	}
	c := u.queue[0]
	u.queue = u.queue[1:]
	return c
}
