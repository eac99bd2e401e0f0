package main

import (
	"fmt"
	"io"
	"iter"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/transcripts"
)

// checkedWriter holds the bytes of each conversation back until they were
// looked at: a format writes one conversation before it asks for the next, or
// several that stand in one record together. Of what is packed it looks at the
// content of every part.
type checkedWriter struct {
	w        io.Writer
	held     []byte
	packed   bool
	unpacked []byte              // when packed: what is packed in what is held, or comes later
	waiting  []anonymize.Outcome // anonymised, in order, not yet written
	current  *anonymize.Outcome
	together []anonymize.Outcome // whose bytes have not come yet
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

// Unpacked implements transcripts.UnpackedWriter.
func (c *checkedWriter) Unpacked(plain []byte) {
	c.packed = true
	c.unpacked = append(c.unpacked, plain...)
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
	if err := c.look(); err != nil {
		return fmt.Errorf("the output was not released: %w", err)
	}
	if c.current != nil {
		if err := c.released(*c.current, c.held); err != nil {
			return err
		}
		c.current = nil
	}
	_, err := c.w.Write(c.held)
	c.held, c.unpacked = c.held[:0], c.unpacked[:0]
	return err
}

// look looks for what was taken out in what was written.
func (c *checkedWriter) look() error {
	written := c.held
	if c.packed {
		written = c.unpacked
	}
	switch {
	case c.current != nil && (len(c.together) > 0 || len(written) == 0 || c.packed):
		o := *c.current
		o.Original = nil // not needed, and it would be kept
		c.together = append(c.together, o)
	case c.current != nil:
		return c.current.Check(written)
	}
	if len(written) == 0 {
		return nil
	}
	err := anonymize.CheckShared(c.together, written)
	clear(c.together)
	c.together = c.together[:0]
	return err
}
