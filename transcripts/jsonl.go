package transcripts

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

const jsonlName = "jsonl"

const utf8BOM = "\xEF\xBB\xBF"

// jsonlFormat is the canonical format: one conversation per line.
func jsonlFormat() Format {
	return Format{
		Name:  jsonlName,
		Doc:   "canonical conversations, one JSON object per line (also --to for every format)",
		Sniff: sniffJSONL,
		Read:  readJSONL,
		Write: writeJSONL,
	}
}

func sniffJSONL(_ string, head []byte) int {
	head = bytes.TrimPrefix(head, []byte(utf8BOM))
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	if len(line) == 0 || line[0] != '{' || !bytes.Contains(line, []byte(`"messages"`)) || !bytes.Contains(line, []byte(`"text"`)) {
		return 0
	}
	if bytes.Contains(line, []byte(`"participants"`)) {
		return 90
	}
	return 70
}

// readJSONL yields one conversation per line. Blank lines are kept.
func readJSONL(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return readJSONLines(r, o, jsonlName, parseCanonical)
}

// readJSONLines reads a format of one JSON object per line.
func readJSONLines(r io.Reader, o ReadOptions, format string, parse jsonParse) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		jr := jsonlReader{lines: newLines(r, o.maxRecord()), o: o, name: format, parse: parse}
		for {
			c, err := jr.next()
			if err == io.EOF {
				return
			}
			if !yield(c, err) {
				return
			}
			var re *ReadError
			if err != nil && (!errors.As(err, &re) || !re.Skipped) {
				return
			}
		}
	}
}

// jsonParse reads the conversation that begins at byte at of raw. A fault is
// constant text, or names a field of the format.
type jsonParse func(raw string, at int, o ReadOptions) (c *Conversation, fault string)

// jsonlReader reads line by line.
type jsonlReader struct {
	lines  *lines
	o      ReadOptions
	name   string // of the format
	parse  jsonParse
	blank  string // blank lines before the next record
	held   *Conversation
	n      int
	ended  bool
	failed error
}

// next holds one conversation back, so that the last one gets the blank lines
// at the end of the file.
func (jr *jsonlReader) next() (*Conversation, error) {
	for !jr.ended {
		c, err := jr.line()
		switch {
		case err == io.EOF:
			jr.ended = true
			return jr.last()
		case err != nil:
			if jr.held == nil {
				return nil, err
			}
			jr.failed = err
			c, jr.held = jr.held, nil
			return c, nil
		case c == nil:
			continue
		}
		jr.held, c = c, jr.held
		if c != nil {
			return c, nil
		}
	}
	return nil, io.EOF
}

func (jr *jsonlReader) last() (*Conversation, error) {
	c := jr.held
	switch {
	case c == nil && jr.n == 0:
		return nil, &ReadError{Format: jr.name, File: jr.o.Name, Offset: 0, Fault: "empty file"}
	case c == nil:
		return nil, io.EOF
	}
	if r := c.src.(*record); jr.blank != "" {
		r.raw += jr.blank
		r.places[0].text = r.raw
		r.places[0].end = int32(len(r.raw))
	}
	return c, nil
}

// line reads one line; nil for a blank one.
func (jr *jsonlReader) line() (*Conversation, error) {
	if err := jr.failed; err != nil {
		jr.failed = nil
		return nil, err
	}
	s, err := jr.lines.next()
	if err == io.EOF {
		return nil, io.EOF
	}
	if err == nil && strings.TrimLeft(strings.TrimPrefix(s, utf8BOM), " \t\r\n") == "" {
		jr.blank += s
		if len(jr.blank) > jr.o.maxRecord() {
			return nil, jr.fault("too many blank lines", false)
		}
		return nil, nil
	}
	jr.n++
	switch {
	case err == errLong:
		return nil, jr.fault("over-long record", true)
	case err != nil:
		return nil, &ReadError{Format: jr.name, File: jr.o.Name, Line: jr.lines.line, Offset: jr.lines.at, Fault: "cannot be read"}
	case !utf8.ValidString(s):
		return nil, jr.fault("not UTF-8", true)
	}
	c, fault := jr.parse(jr.blank+s, len(jr.blank), jr.o)
	if fault != "" {
		return nil, jr.fault(fault, true)
	}
	jr.blank = ""
	return c, nil
}

func (jr *jsonlReader) fault(fault string, skipped bool) *ReadError {
	return &ReadError{Format: jr.name, File: jr.o.Name, Line: jr.lines.line, Offset: jr.lines.at, Record: jr.n, Fault: fault, Skipped: skipped}
}
