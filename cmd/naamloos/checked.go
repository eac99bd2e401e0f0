package main

import (
	"fmt"
	"io"
	"iter"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/transcripts"
)

// checkedWriter holds the bytes of each conversation back until they were
// looked at: a format writes one conversation before it asks for the next.
type checkedWriter struct {
	w       io.Writer
	held    []byte
	waiting []anonymize.Outcome // anonymised, in order, not yet written
	current *anonymize.Outcome
	// released is told what is let go of each conversation.
	released func(o anonymize.Outcome, output []byte) error
}

// observe notes what was taken out of a conversation on its way to the format.
func (c *checkedWriter) observe(o anonymize.Outcome) { c.waiting = append(c.waiting, o) }

// Write holds bytes back. It never fails.
func (c *checkedWriter) Write(b []byte) (int, error) {
	c.held = append(c.held, b...)
	return len(b), nil
}

// checked passes conversations on. Before each, what was written for the one
// before is looked at and released.
func (c *checkedWriter) checked(in iter.Seq2[*transcripts.Conversation, error]) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for conversation, err := range in {
			if err == nil {
				err = c.flush()
			}
			for len(c.waiting) > 0 && c.current == nil {
				if c.waiting[0].Anonymised == conversation {
					c.current = &c.waiting[0]
				}
				c.waiting = c.waiting[1:]
			}
			if !yield(conversation, err) || err != nil {
				return
			}
		}
	}
}

// flush looks at what was written since the last time and passes it on.
func (c *checkedWriter) flush() error {
	if c.current != nil {
		if err := c.current.Check(c.held); err != nil {
			return fmt.Errorf("the output was not released: %w", err)
		}
		if err := c.released(*c.current, c.held); err != nil {
			return err
		}
		c.current = nil
	}
	_, err := c.w.Write(c.held)
	c.held = c.held[:0]
	return err
}
