package transcripts

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// lexError is a fault that a lexer found. It names no text of the file.
type lexError struct{ fault string }

// Error implements error.
func (e *lexError) Error() string { return e.fault }

var errRecordLong = &lexError{"over-long record"}

// window is the stretch of a stream that a lexer looks at. It grows until it is
// cut, so that positions in it stay valid.
type window struct {
	r    io.Reader
	buf  []byte
	all  []byte // what buf is a part of
	pos  int    // next byte to read, counted from the last cut
	max  int    // longest stretch between two cuts
	eof  bool   // r is exhausted
	off  int64  // bytes before the last cut
	line int    // lines before it
}

// fill reads more behind what is there. It returns io.EOF when there is none.
func (w *window) fill() error {
	if w.eof {
		return io.EOF
	}
	if len(w.buf) >= w.max {
		return errRecordLong
	}
	const chunk = 64 << 10
	if cap(w.buf)-len(w.buf) < chunk {
		if cap(w.all) < 2*len(w.buf)+chunk {
			w.all = make([]byte, 0, 2*len(w.buf)+2*chunk)
		}
		w.buf = w.all[:copy(w.all[:cap(w.all)], w.buf)]
	}
	n, err := io.ReadAtLeast(w.r, w.buf[len(w.buf):cap(w.buf)], 1)
	w.buf = w.buf[:len(w.buf)+n]
	w.eof = err == io.EOF
	return err
}

// wide reads all of a stream in UTF-16 and returns its text.
func (w *window) wide(l utf16Layer) (string, error) {
	for err := error(nil); err != io.EOF; {
		if err = w.fill(); err != nil && err != io.EOF {
			return "", err
		}
	}
	text, ok := l.decode(string(w.buf))
	if !ok {
		return "", &lexError{"wrong encoding: broken UTF-16"}
	}
	return text, nil
}

// cut returns everything up to the present position and begins to count anew
// behind it.
func (w *window) cut() string {
	out := string(w.buf[:w.pos])
	w.line += strings.Count(out, "\n")
	w.off += int64(w.pos)
	w.buf = w.buf[w.pos:]
	w.pos = 0
	return out
}

// fault returns what is wrong at the present position.
func (w *window) fault(format, file string, err error) *ReadError {
	at := min(w.pos, len(w.buf))
	e := &ReadError{Format: format, File: file, Line: w.line + bytes.Count(w.buf[:at], []byte("\n")) + 1, Offset: w.off + int64(at), Fault: "cannot be read"}
	var known *lexError
	var unknown *unknownField
	switch {
	case errors.As(err, &known):
		e.Fault = known.fault
	case errors.As(err, &unknown):
		e.Fault = unknown.Error()
	}
	return e
}
