package transcripts

import (
	"bytes"
	"io"
)

// csvDialect is how a file of delimited text is written. The quote is always ".
type csvDialect struct {
	delimiter byte
	prefix    int // bytes before the first row: a line such as "sep=;"
}

// csvField is one field of a row. Its range holds the quotes, if any.
type csvField struct {
	start, end int
	quoted     bool
}

var errCSVQuote = &lexError{"quoted field does not end"}

// csvLexer reads rows of delimited text as RFC 4180 has them. It takes what
// Excel takes: ragged rows, a quote inside a bare field, any end of line. A
// quoted field that never ends is an error.
type csvLexer struct {
	window
	delimiter byte
}

// row returns the fields of the next row, or io.EOF. An empty line is a row of
// one empty field.
func (l *csvLexer) row(fields []csvField) ([]csvField, error) {
	if err := l.need(); err != nil {
		return nil, err
	}
	for {
		f, err := l.field()
		if err != nil {
			return nil, err
		}
		fields = append(fields, f)
		if err := l.need(); err == io.EOF {
			return fields, nil
		} else if err != nil {
			return nil, err
		}
		if l.buf[l.pos] != l.delimiter {
			return fields, l.newline()
		}
		l.pos++
	}
}

// need makes sure that there is a byte at pos.
func (l *csvLexer) need() error {
	for l.pos >= len(l.buf) {
		if err := l.fill(); err != nil {
			return err
		}
	}
	return nil
}

// newline steps over \n, \r\n or \r.
func (l *csvLexer) newline() error {
	c := l.buf[l.pos]
	l.pos++
	if c != '\r' {
		return nil
	}
	if err := l.need(); err == io.EOF {
		return nil
	} else if err != nil {
		return err
	}
	if l.buf[l.pos] == '\n' {
		l.pos++
	}
	return nil
}

// field reads up to the delimiter, the end of the line or the end of the input.
func (l *csvLexer) field() (csvField, error) {
	f := csvField{start: l.pos}
	err := l.need()
	if err == nil && l.buf[l.pos] == '"' {
		f.quoted = true
		err = l.quoted()
	}
	end := l.pos
	if err == nil {
		err = l.bare()
	}
	if err == io.EOF {
		err = nil
	}
	f.end = l.pos
	f.quoted = f.quoted && f.end == end // Excel takes text behind the quote as it stands
	return f, err
}

// quoted steps behind the quote that is not doubled.
func (l *csvLexer) quoted() error {
	l.pos++
	for {
		i := bytes.IndexByte(l.buf[l.pos:], '"')
		if i < 0 {
			l.pos = len(l.buf)
			if err := l.fill(); err == io.EOF {
				return errCSVQuote
			} else if err != nil {
				return err
			}
			continue
		}
		l.pos += i + 1
		if err := l.need(); err != nil {
			return err
		}
		if l.buf[l.pos] != '"' {
			return nil
		}
		l.pos++
	}
}

// bare steps to the delimiter or the end of the line.
func (l *csvLexer) bare() error {
	for {
		for ; l.pos < len(l.buf); l.pos++ {
			if c := l.buf[l.pos]; c == l.delimiter || c == '\n' || c == '\r' {
				return nil
			}
		}
		if err := l.fill(); err != nil {
			return err
		}
	}
}
