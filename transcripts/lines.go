package transcripts

import (
	"bufio"
	"errors"
	"io"
)

const defaultMaxRecord = 64 << 20

// maxRecord is the longest record in bytes that a reader takes.
func (o ReadOptions) maxRecord() int {
	if o.MaxRecord <= 0 {
		return defaultMaxRecord
	}
	return min(o.MaxRecord, 1<<31-1)
}

// errLong says that a line or record is over the limit; reading went past it.
var errLong = errors.New("over-long")

// lines reads a stream line by line and knows where it is.
type lines struct {
	r    *bufio.Reader
	max  int
	line int   // number of the line that next returned, from 1
	at   int64 // byte where it begins
	end  int64 // byte behind it
	buf  []byte
}

func newLines(r io.Reader, max int) *lines {
	size := 1 << 16
	if whole, ok := r.(interface{ Len() int }); ok { // in memory, often a single line
		size = min(size, whole.Len()+1)
	}
	return &lines{r: bufio.NewReaderSize(r, size), max: max}
}

// next returns the next line with its end, io.EOF behind the last one, or
// errLong for a line over the limit.
func (l *lines) next() (string, error) {
	l.at = l.end
	l.buf = l.buf[:0]
	var long error
	for {
		part, err := l.r.ReadSlice('\n')
		l.end += int64(len(part))
		if len(l.buf)+len(part) > l.max {
			long, l.buf = errLong, l.buf[:0]
		} else if long == nil {
			l.buf = append(l.buf, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if l.end == l.at {
			return "", err
		}
		l.line++
		if err == io.EOF {
			err = nil
		}
		if long != nil {
			err = long
		}
		return string(l.buf), err
	}
}
