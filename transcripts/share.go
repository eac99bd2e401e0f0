package transcripts

import (
	"io"
	"iter"
)

// share is the source of a conversation whose values stand among those of
// others: rows of a table that are not in the order of the conversations.
type share struct {
	*record
	of int // conversations that share the record
}

// writeRecords writes conversations that were read in a format. A record that
// several share is written when the last of them has arrived, or the next
// record begins; what a missing one held is emptied.
func writeRecords(w io.Writer, format string, conversations iter.Seq2[*Conversation, error]) error {
	var group []*Conversation
	for c, err := range conversations {
		if err != nil {
			return err
		}
		if len(group) > 0 && recordOf(group[0]) != recordOf(c) {
			if err := writeRecord(w, format, group); err != nil {
				return err
			}
			group = group[:0]
		}
		if group = append(group, c); shares(c) > len(group) {
			continue
		}
		if err := writeRecord(w, format, group); err != nil {
			return err
		}
		group = group[:0]
	}
	return writeRecord(w, format, group)
}

// recordOf returns the record that a conversation was read from, nil for none.
func recordOf(c *Conversation) *record {
	switch s := c.src.(type) {
	case *record:
		return s
	case *share:
		return s.record
	}
	return nil
}

// shares returns how many conversations share the record of c.
func shares(c *Conversation) int {
	if s, ok := c.src.(*share); ok {
		return s.of
	}
	return 1
}

// writeRecord writes one record with the values of the conversations in it.
func writeRecord(w io.Writer, format string, group []*Conversation) error {
	if len(group) == 0 {
		return nil
	}
	r := recordOf(group[0])
	if r == nil || r.name != format {
		return foreign(format)
	}
	s, err := r.spliceAll(group)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, s)
	return err
}

// FormatError tells that a format cannot write a conversation that was read in
// another.
type FormatError struct{ Format string }

// Error implements error.
func (e *FormatError) Error() string {
	return "transcripts: " + e.Format + ": writes only what was read as " + e.Format
}

func foreign(format string) error { return &FormatError{format} }
