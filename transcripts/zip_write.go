package transcripts

import (
	"errors"
	"io"
	"iter"
	"strings"
)

// writeZip writes an archive with the conversations of its entries.
func writeZip(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	next, stop := iter.Pull2(conversations)
	defer stop()
	s := zipStream{next: next}
	if err := s.advance(); err != nil || s.c == nil {
		return err
	}
	src, ok := s.c.src.(*entrySource)
	if !ok {
		return foreign(zipName)
	}
	out := newArchiveWriter(src.z.archive, w)
	comment, err := s.comment(src.z)
	if err != nil {
		return err
	}
	out.show(comment)
	for i := range src.z.File {
		if err := s.entry(out, src.z, i); err != nil {
			return err
		}
	}
	if s.c != nil {
		return foreign(zipName)
	}
	return out.close(comment)
}

// zipStream is the stream of conversations with the next one in hand.
type zipStream struct {
	next func() (*Conversation, error, bool)
	c    *Conversation // nil at the end
}

func (s *zipStream) advance() error {
	c, err, ok := s.next()
	if !ok {
		c = nil
	}
	s.c = c
	return err
}

// of returns the source of the next conversation when it stands in entry i.
func (s *zipStream) of(z *zipReader, i int) *entrySource {
	if s.c == nil {
		return nil
	}
	if src, ok := s.c.src.(*entrySource); ok && src.z == z && src.entry == i {
		return src
	}
	return nil
}

// comment takes the remark at the end of the archive.
func (s *zipStream) comment(z *zipReader) (string, error) {
	src := s.of(z, archiveItself)
	if src == nil {
		return "", nil
	}
	text, err := src.name.splice(s.c)
	if err != nil {
		return "", err
	}
	return text, s.advance()
}

// entry writes one entry: its name, then its content by its own format.
func (s *zipStream) entry(out *archiveWriter, z *zipReader, i int) error {
	f := z.File[i]
	src := s.of(z, i)
	if src == nil || src.name == nil {
		return &lexError{"zip: an entry is missing"}
	}
	text, err := src.name.splice(s.c)
	if err != nil {
		return err
	}
	parts := strings.Split(text, "\x00")
	if len(parts) < 2 || !isLocalPath(parts[0]) {
		return &lexError{"zip: no name for an entry"}
	}
	as := entryName{parts[0], parts[1]}
	out.show(as.name+"\n", as.comment+"\n")
	if err := s.advance(); err != nil {
		return err
	}
	switch {
	case len(parts) == 3 && parts[2] == "":
		_, err := out.create(f, as)
		return err
	case z.formats[i].Write == nil:
		return errors.Join(out.viewer.entry(f.Open), out.keep(f, as))
	}
	e, err := out.compare(f, as)
	if err != nil {
		return err
	}
	if err := z.formats[i].Write(&shownWriter{viewer: out.viewer, w: e}, s.inner(z, i)); err != nil {
		return err
	}
	return e.Close()
}

// inner returns the conversations of the content of an entry, unwrapped.
func (s *zipStream) inner(z *zipReader, i int) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		for src := s.of(z, i); src != nil; src = s.of(z, i) {
			c := *s.c
			c.src = src.inner
			if !yield(&c, nil) {
				return
			}
			if err := s.advance(); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}
