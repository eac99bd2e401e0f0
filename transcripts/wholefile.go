package transcripts

import (
	"io"
	"iter"
	"strings"
)

// wholeFile reads a format in which one file is one conversation.
type wholeFile struct {
	format string
	// parse reads the conversation whose bytes are those of a record; a fault is
	// constant text.
	parse func(r *record, o ReadOptions) (c *Conversation, fault string)
}

// read implements Format.Read.
func (f wholeFile) read(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		c, fault := f.conversation(r, o)
		if fault != "" {
			yield(nil, &ReadError{Format: f.format, File: o.Name, Offset: 0, Record: 1, Fault: fault, Skipped: true})
			return
		}
		yield(c, nil)
	}
}

// conversation reads the whole stream.
func (f wholeFile) conversation(r io.Reader, o ReadOptions) (*Conversation, string) {
	b, err := io.ReadAll(io.LimitReader(r, int64(o.maxRecord())+1))
	raw := string(b)
	switch {
	case err != nil:
		return nil, "cannot be read"
	case len(raw) > o.maxRecord():
		return nil, "over-long record"
	case strings.TrimLeft(raw, "\xEF\xBB\xBF \t\r\n") == "":
		return nil, "empty file"
	}
	rec, ok := newRecord(f.format, raw, charsetOf(raw))
	switch {
	case !ok:
		return nil, "wrong encoding: broken UTF-16"
	case strings.IndexByte(rec.text(0), 0) >= 0:
		return nil, "wrong encoding: not text"
	}
	c, fault := f.parse(rec, o)
	if fault != "" {
		return nil, fault
	}
	if c.src == nil {
		c.src = rec
	}
	return c, ""
}
