package transcripts

import (
	"bytes"
	"compress/gzip"
	"io"
	"iter"
	"strings"
)

// writeGzip writes a packed file with the conversations in it.
func writeGzip(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	first, all, stop := peek(conversations)
	defer stop()
	src, ok := sourceOf(first).(*gzipSource)
	if !ok {
		for _, err := range all {
			if err == nil {
				err = foreign(gzipName)
			}
			return err
		}
		return nil
	}
	out := &gzipWriter{f: src.file, w: w, header: src.file.header}
	old, err := gzip.NewReader(&keptReader{k: &src.file.raw})
	if err != nil {
		return &lexError{"damaged gzip file"}
	}
	out.old = old
	out.viewer = viewerOf(w)
	if err := src.file.format.Write(&shownWriter{viewer: out.viewer, w: out}, out.inner(all)); err != nil {
		return err
	}
	return out.close()
}

// gzipWriter takes the new content and compares it with the old as it comes.
type gzipWriter struct {
	viewer
	f      *gzipFile
	w      io.Writer
	header gzip.Header
	old    io.Reader
	same   int64
	zw     *gzip.Writer // nil while all is alike
}

// inner returns the conversations of the content, unwrapped, and takes the name.
func (g *gzipWriter) inner(all iter.Seq2[*Conversation, error]) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		for c, err := range all {
			if err == nil {
				c, err = g.unwrap(c)
			}
			if (c != nil || err != nil) && !yield(c, err) {
				return
			}
		}
	}
}

// unwrap returns a conversation with its own source; nil for the name.
func (g *gzipWriter) unwrap(c *Conversation) (*Conversation, error) {
	src, ok := c.src.(*gzipSource)
	if !ok || src.file != g.f {
		return nil, foreign(gzipName)
	}
	if src.name == nil {
		d := *c
		d.src = src.inner
		return &d, nil
	}
	text, err := src.name.splice(c)
	if err == nil {
		g.header.Name, g.header.Comment, _ = strings.Cut(text, "\x00")
		g.show(g.header.Name+"\n", g.header.Comment+"\n")
	}
	return nil, err
}

// Write implements io.Writer.
func (g *gzipWriter) Write(p []byte) (int, error) {
	if g.zw == nil {
		old := make([]byte, len(p))
		_, err := io.ReadFull(g.old, old)
		if err == nil && bytes.Equal(old, p) && g.alike() {
			g.same += int64(len(p))
			return len(p), nil
		}
		if err := g.diverge(); err != nil {
			return 0, err
		}
	}
	return g.zw.Write(p)
}

// alike tells whether the packed bytes may be written as they were: the header is
// the same and held nothing that was not read.
func (g *gzipWriter) alike() bool {
	old := g.f.header
	return g.header.Name == old.Name && g.header.Comment == old.Comment && len(old.Extra) == 0 && len(g.f.raw.bytes()) <= maxRawKept
}

// diverge begins the new file with what was alike.
func (g *gzipWriter) diverge() error {
	again, err := gzip.NewReader(&keptReader{k: &g.f.raw})
	if err != nil {
		return &lexError{"damaged gzip file"}
	}
	g.zw = gzip.NewWriter(g.w)
	g.zw.Header = gzip.Header{Name: g.header.Name, Comment: g.header.Comment, ModTime: g.header.ModTime, OS: g.header.OS}
	_, err = io.CopyN(g.zw, again, g.same)
	g.f.raw.forget()
	return err
}

// close writes the end, or the packed bytes as they were.
func (g *gzipWriter) close() error {
	if g.zw == nil {
		n, err := g.old.Read(make([]byte, 1))
		if n == 0 && err == io.EOF && g.alike() {
			_, err := g.w.Write(g.f.raw.bytes())
			return err
		}
		if err := g.diverge(); err != nil {
			return err
		}
	}
	return g.zw.Close()
}
