package transcripts

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"strings"
	"sync"
	"unicode/utf8"
)

const gzipName = "gzip"

// gzipFormat is one file packed by gzip (RFC 1952), read in its own format.
func gzipFormat() Format {
	return Format{
		Name: gzipName,
		Doc:  "gzip: one packed file in its own format; the name that it holds goes",
		Sniff: func(_ string, head []byte) int {
			if bytes.HasPrefix(head, []byte{0x1F, 0x8B, 8}) {
				return 50
			}
			return 0
		},
		Read:  readGzip,
		Write: writeGzip,
	}
}

// gzipSource is the source of a conversation in a packed file.
type gzipSource struct {
	file  *gzipFile
	inner source // nil: the conversation is the name in the header
	name  *record
}

func (s *gzipSource) format() string { return gzipName }

// splice is not used: writeGzip hands the conversation to its own format.
func (s *gzipSource) splice(*Conversation) (string, error) { return "", foreign(gzipName) }

// gzipFile is a packed file. As long as its raw bytes are kept, it can be
// written back as it was.
type gzipFile struct {
	format Format
	header gzip.Header
	raw    rawKeeper
}

// maxRawKept is how many packed bytes are kept for the case that nothing
// changes. A longer file that does not change is packed anew: the same inside.
const maxRawKept = 64 << 20

// rawKeeper keeps the packed bytes that are read through it, for a writer that
// runs at the same time, until that has no more use for them.
type rawKeeper struct {
	r    io.Reader
	mu   sync.Mutex
	kept []byte
	drop bool
}

// Read implements io.Reader.
func (k *rawKeeper) Read(p []byte) (int, error) {
	n, err := k.r.Read(p)
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.drop {
		k.kept = append(k.kept, p[:n]...)
	}
	return n, err
}

// bytes returns what is kept so far.
func (k *rawKeeper) bytes() []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kept
}

func (k *rawKeeper) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept, k.drop = nil, true
}

// keptReader reads what is kept. It reads bytes singly, so that unpacking them
// needs no more of them than unpacking them the first time did.
type keptReader struct {
	k  *rawKeeper
	at int
}

// Read implements io.Reader.
func (r *keptReader) Read(p []byte) (int, error) {
	n := copy(p, r.k.bytes()[r.at:])
	if r.at += n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// ReadByte implements io.ByteReader.
func (r *keptReader) ReadByte() (byte, error) {
	kept := r.k.bytes()
	if r.at == len(kept) {
		return 0, io.EOF
	}
	r.at++
	return kept[r.at-1], nil
}

func readGzip(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		f := &gzipFile{raw: rawKeeper{r: r}}
		if err := f.read(o, yield); err != nil {
			yield(nil, gzipFault(err, o.Name))
		}
	}
}

// read yields the conversations of the packed file. An error is of the packing.
func (f *gzipFile) read(o ReadOptions, yield func(*Conversation, error) bool) error {
	if o.depth++; o.depth > maxContainers {
		return &lexError{"too many archives inside each other"}
	}
	zr, err := gzip.NewReader(bufio.NewReaderSize(&f.raw, SniffSize))
	if err != nil {
		return &lexError{"not a whole gzip file"}
	}
	f.header = zr.Header
	in := &gzipContent{zr: zr}
	head := make([]byte, SniffSize)
	n, err := io.ReadFull(in, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return &lexError{"damaged gzip file"}
	}
	name := strings.TrimSuffix(o.Name, ".gz")
	format, ok := Sniff(name, head[:n])
	if !ok || format.Read == nil || format.Write == nil {
		return &lexError{"holds nothing that is read"}
	}
	f.format = format
	if f.header.Name != "" || f.header.Comment != "" {
		if !yield(f.named(), nil) {
			return nil
		}
	}
	for c, err := range format.Read(io.MultiReader(bytes.NewReader(head[:n]), in), o) {
		if c != nil {
			c.src = &gzipSource{file: f, inner: c.src}
		}
		if err != nil {
			err = gzipFault(err, o.Name)
		}
		if !yield(c, err) {
			return nil
		}
	}
	return nil
}

// gzipFault tells a fault of the packed file as one of the packing.
func gzipFault(err error, file string) error {
	out := &ReadError{Format: gzipName, File: file, Fault: "cannot be read"}
	var inner *ReadError
	var known *lexError
	switch {
	case errors.As(err, &inner):
		out.Line, out.Offset, out.Record, out.Skipped = inner.Line, inner.Offset, inner.Record, inner.Skipped
		out.Fault = "in format " + inner.Format + ": " + inner.Fault
	case errors.As(err, &known):
		out.Fault = known.fault
	}
	return out
}

// gzipContent is the content of a gzip file, which must not unpack to too much.
type gzipContent struct {
	zr *gzip.Reader
	n  int64
}

// Read implements io.Reader.
func (u *gzipContent) Read(p []byte) (int, error) {
	n, err := u.zr.Read(p)
	if u.n += int64(n); u.n > maxUnpacked {
		return 0, errors.New("unpacks to too much")
	}
	return n, err
}

// named returns the name and remark of the header as a conversation.
func (f *gzipFile) named() *Conversation {
	raw := f.header.Name + "\x00" + f.header.Comment
	if !utf8.ValidString(raw) {
		raw = strings.ToValidUTF8(raw, "_")
	}
	r, _ := newRecord(gzipName, raw, nil)
	c := &Conversation{src: &gzipSource{file: f, name: r}}
	n := strings.IndexByte(r.raw, 0)
	if n > 0 {
		p, _ := r.add(0, 0, n, nil)
		c.Fields = append(c.Fields, r.field(p, "file name", FieldFileName, ""))
	}
	if n+1 < len(r.raw) {
		p, _ := r.add(0, n+1, len(r.raw), nil)
		c.Fields = append(c.Fields, r.field(p, "comment", FieldText, ""))
	}
	return c
}
