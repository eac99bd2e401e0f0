package transcripts

import (
	"errors"
	"io"
)

var errRecordLong = errors.New("record longer than the limit")

// window is the stretch of a stream that a lexer looks at. It grows until it is
// cut, so that positions in it stay valid.
type window struct {
	r   io.Reader
	buf []byte
	pos int  // next byte to read, counted from the last cut
	max int  // longest stretch between two cuts
	eof bool // r is exhausted
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
		grown := make([]byte, len(w.buf), 2*len(w.buf)+2*chunk)
		copy(grown, w.buf)
		w.buf = grown
	}
	n, err := io.ReadAtLeast(w.r, w.buf[len(w.buf):cap(w.buf)], 1)
	w.buf = w.buf[:len(w.buf)+n]
	w.eof = err == io.EOF
	return err
}

// cut returns everything up to the present position and begins to count anew
// behind it. The bytes returned belong to the caller.
func (w *window) cut() []byte {
	out := w.buf[:w.pos:w.pos]
	const chunk = 64 << 10
	w.buf = append(make([]byte, 0, len(w.buf)-w.pos+chunk), w.buf[w.pos:]...)
	w.pos = 0
	return out
}
