package transcripts

import (
	"fmt"
	"io"
	"iter"
)

// writeSpliced returns a writer for conversations read in a format; others it
// refuses.
func writeSpliced(format string) func(io.Writer, iter.Seq2[*Conversation, error]) error {
	return func(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
		for c, err := range conversations {
			if err != nil {
				return err
			}
			if c.src == nil || c.src.format() != format {
				return fmt.Errorf("%s: only conversations read in this format can be written in it", format)
			}
			s, err := c.src.splice(c)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, s); err != nil {
				return err
			}
		}
		return nil
	}
}

// writeJSONL writes one conversation per line.
func writeJSONL(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	var buf []byte
	newline := true // whether what was written last ends a line
	for c, err := range conversations {
		if err != nil {
			return err
		}
		buf = buf[:0]
		if !newline {
			buf = append(buf, '\n')
		}
		if c.src != nil && c.src.format() == jsonlName {
			s, err := c.src.splice(c)
			if err != nil {
				return err
			}
			buf = append(buf, s...)
		} else {
			buf = append(appendCanonical(buf, c), '\n')
		}
		newline = len(buf) == 0 || buf[len(buf)-1] == '\n'
		if _, err := w.Write(buf); err != nil {
			return err
		}
	}
	return nil
}
