package transcripts

import "io"

// An UnpackedWriter wants to see what stands packed in the bytes it is given.
// Formats that pack call Unpacked with the content of each part, its name and
// its remark, once each, before the packed bytes of what follows are written;
// the packed bytes themselves may come later. The slice is not kept.
type UnpackedWriter interface {
	io.Writer
	Unpacked(plain []byte)
}

// viewer shows what is packed to the writer that the packed bytes go to, when
// that wants to see it.
type viewer struct{ to UnpackedWriter }

// viewerOf returns the viewer of a writer and tells it that what comes is packed.
func viewerOf(w io.Writer) viewer {
	to, _ := w.(UnpackedWriter)
	v := viewer{to}
	v.show("")
	return v
}

// show shows texts.
func (v viewer) show(texts ...string) {
	if v.to == nil {
		return
	}
	for _, t := range texts {
		v.to.Unpacked([]byte(t))
	}
}

// shownWriter shows what is written to it, unless that is packed itself: then
// what is packed in it.
type shownWriter struct {
	viewer
	w      io.Writer
	packed bool
}

// Write implements io.Writer.
func (s *shownWriter) Write(p []byte) (int, error) {
	if s.to != nil && !s.packed {
		s.to.Unpacked(p)
	}
	return s.w.Write(p)
}

// Unpacked implements UnpackedWriter.
func (s *shownWriter) Unpacked(plain []byte) {
	s.packed = true
	if s.to != nil {
		s.to.Unpacked(plain)
	}
}

// longestShown is how much is shown of an entry that is taken over unread.
const longestShown = 16 << 20

// entry shows the content of an entry that is taken over as it is.
func (v viewer) entry(open func() (io.ReadCloser, error)) error {
	if v.to == nil {
		return nil
	}
	r, err := open()
	if err != nil {
		return &lexError{"damaged entry"}
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, longestShown))
	if err != nil {
		return &lexError{"damaged entry"}
	}
	v.to.Unpacked(b)
	return nil
}
