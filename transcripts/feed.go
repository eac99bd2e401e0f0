package transcripts

import (
	"bytes"
	"io"
)

// feed is a window on a stream that grows until the record at its beginning is
// complete. Positions count from the beginning of the record.
type feed struct {
	r    io.Reader
	max  int
	buf  []byte // what is loaded of the record
	all  []byte // what buf is a part of
	off  int64  // where the record begins in the stream
	line int    // line where it begins, from 1
	err  error  // io.EOF, errLong or what the reader said; no more comes
}

func newFeed(r io.Reader, max int) *feed { return &feed{r: r, max: max, line: 1} }

// rest returns what is loaded of the record from position i on, and loads more
// when that is nothing. It is empty at the end of the stream or after an error.
func (f *feed) rest(i int) []byte {
	for i >= len(f.buf) && f.err == nil {
		f.load()
	}
	if i >= len(f.buf) {
		return nil
	}
	return f.buf[i:]
}

// at returns the byte at position i, 0 at the end.
func (f *feed) at(i int) byte {
	if i < len(f.buf) {
		return f.buf[i]
	}
	if b := f.rest(i); len(b) > 0 {
		return b[0]
	}
	return 0
}

// has reports whether s stands at position i.
func (f *feed) has(i int, s string) bool {
	f.at(i + len(s) - 1)
	return i+len(s) <= len(f.buf) && string(f.buf[i:i+len(s)]) == s
}

// load reads once more, behind what is there.
func (f *feed) load() {
	const chunk = 64 << 10
	if len(f.buf) > f.max {
		f.err = errLong
		return
	}
	if cap(f.buf)-len(f.buf) < chunk {
		if cap(f.all) < 2*len(f.buf)+chunk {
			f.all = make([]byte, 0, 2*len(f.buf)+2*chunk)
		}
		f.buf = f.all[:copy(f.all[:cap(f.all)], f.buf)]
	}
	n, err := f.r.Read(f.buf[len(f.buf):cap(f.buf)])
	f.buf = f.buf[:len(f.buf)+n]
	f.err = err
}

// view returns the first n bytes of the record without taking them.
func (f *feed) view(n int) []byte { return f.buf[:n] }

// take returns the first n bytes; the next record begins behind them.
func (f *feed) take(n int) string {
	s := string(f.view(n))
	f.line += bytes.Count(f.view(n), []byte("\n"))
	f.off += int64(n)
	f.buf = f.buf[n:]
	return s
}

// lineAt returns the number of the line at position i.
func (f *feed) lineAt(i int) int { return f.line + bytes.Count(f.view(i), []byte("\n")) }

// ended reports whether the stream ended at position i, as it should.
func (f *feed) ended(i int) bool { return len(f.rest(i)) == 0 && f.err == io.EOF }
