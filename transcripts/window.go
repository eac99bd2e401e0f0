package transcripts

import (
	"errors"
	"io"
)

// lexError is a fault that a lexer found. It names no text of the file.
type lexError struct{ fault string }

// Error implements error.
func (e *lexError) Error() string { return e.fault }

// window is a feed with the place in it where a lexer is.
type window struct {
	feed
	pos int // next byte to read
}

// newWindow returns a window on a stream whose records are at most limit bytes.
func newWindow(r io.Reader, limit int) window { return window{feed: *newFeed(r, limit)} }

// textWindow returns a window on all of a text.
func textWindow(text []byte) window {
	return window{feed: feed{buf: text, max: len(text), line: 1, err: io.EOF}}
}

// fill loads more behind what is there. It returns io.EOF when there is none.
func (w *window) fill() error {
	had := len(w.buf)
	for len(w.buf) == had && w.err == nil {
		w.load()
	}
	if len(w.buf) > had {
		return nil
	}
	return w.err
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
	out := w.take(w.pos)
	w.pos = 0
	return out
}

// fault returns what is wrong at the present position.
func (w *window) fault(format, file string, err error) *ReadError {
	at := min(w.pos, len(w.buf))
	e := &ReadError{Format: format, File: file, Line: max(w.lineAt(at), 1), Offset: w.off + int64(at), Fault: "cannot be read"}
	var known *lexError
	var unknown *unknownField
	switch {
	case err == errLong:
		e.Fault = "over-long record"
	case errors.As(err, &known):
		e.Fault = known.fault
	case errors.As(err, &unknown):
		e.Fault = unknown.Error()
	}
	return e
}
