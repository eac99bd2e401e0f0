package transcripts

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
)

// archiveWriter writes an archive anew. As long as nothing has changed it writes
// nothing, so that an archive that does not change stays what it was.
type archiveWriter struct {
	viewer
	a      *archive
	w      io.Writer
	zw     *zip.Writer
	passed int // entries that are unchanged and not written
}

func newArchiveWriter(a *archive, w io.Writer) *archiveWriter {
	return &archiveWriter{viewer: viewerOf(w), a: a, w: w}
}

// begin writes what was passed.
func (w *archiveWriter) begin() error {
	if w.zw != nil {
		return nil
	}
	w.zw = zip.NewWriter(w.w)
	for _, f := range w.a.File[:w.passed] {
		if err := w.copy(f, nameOf(f)); err != nil {
			return err
		}
	}
	return nil
}

// entryName is the name of an entry and the remark to it.
type entryName struct{ name, comment string }

func nameOf(f *zip.File) entryName { return entryName{f.Name, f.Comment} }

// keep takes the next entry as it is, but for its name.
func (w *archiveWriter) keep(f *zip.File, as entryName) error {
	if w.zw == nil && as == nameOf(f) {
		w.passed++
		return nil
	}
	if err := w.begin(); err != nil {
		return err
	}
	return w.copy(f, as)
}

// copy writes the compressed bytes of an entry.
func (w *archiveWriter) copy(f *zip.File, as entryName) error {
	h := header(f, as)
	h.CompressedSize64, h.UncompressedSize64, h.CRC32 = f.CompressedSize64, f.UncompressedSize64, f.CRC32
	out, err := w.zw.CreateRaw(h)
	if err != nil {
		return err
	}
	in, err := f.OpenRaw()
	if err != nil {
		return &lexError{"damaged entry"}
	}
	_, err = io.Copy(out, in)
	return err
}

// create begins the next entry with new content.
func (w *archiveWriter) create(f *zip.File, as entryName) (io.Writer, error) {
	if err := w.begin(); err != nil {
		return nil, err
	}
	return w.zw.CreateHeader(header(f, as))
}

// header returns the header of an entry with a name. Of the extra fields, which
// may repeat the name, only times are taken over.
func header(f *zip.File, as entryName) *zip.FileHeader {
	h := &zip.FileHeader{Name: as.name, Comment: as.comment, Method: f.Method, Modified: f.Modified,
		CreatorVersion: f.CreatorVersion, ReaderVersion: f.ReaderVersion, ExternalAttrs: f.ExternalAttrs, Flags: f.Flags & 0x800, NonUTF8: f.NonUTF8 && as == nameOf(f)}
	h.Extra = timesOnly(f.Extra)
	return h
}

// timesOnly returns the extra fields that hold points in time.
func timesOnly(extra []byte) []byte {
	const extendedTimestamp, ntfs = 0x5455, 0x000a
	var out []byte
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			break
		}
		if id == extendedTimestamp || id == ntfs {
			out = append(out, extra[:4+n]...)
		}
		extra = extra[4+n:]
	}
	return out
}

// close writes the end; all of the archive when nothing has changed.
func (w *archiveWriter) close(comment string) error {
	if w.zw == nil && (!w.a.plain || comment != w.a.Comment) {
		if err := w.begin(); err != nil {
			return err
		}
	}
	if w.zw != nil {
		if err := w.zw.SetComment(comment); err != nil {
			return &lexError{"comment of an archive too long"}
		}
		return w.zw.Close()
	}
	_, err := io.Copy(w.w, io.NewSectionReader(w.a.at, 0, w.a.size))
	return err
}

// entryWriter takes the new content of an entry and compares it with the old as
// it comes, so that an entry that does not change is not packed anew.
type entryWriter struct {
	w    *archiveWriter
	f    *zip.File
	as   entryName
	old  io.ReadCloser
	same int64     // bytes alike so far
	out  io.Writer // nil while all is alike
}

func (w *archiveWriter) compare(f *zip.File, as entryName) (*entryWriter, error) {
	old, err := f.Open()
	if err != nil {
		return nil, &lexError{"damaged entry"}
	}
	return &entryWriter{w: w, f: f, as: as, old: old}, nil
}

// Write implements io.Writer.
func (e *entryWriter) Write(p []byte) (int, error) {
	if e.out == nil {
		old := make([]byte, len(p))
		n, err := io.ReadFull(e.old, old)
		if err == nil && bytes.Equal(old[:n], p) {
			e.same += int64(n)
			return len(p), nil
		}
		if err := e.diverge(); err != nil {
			return 0, err
		}
	}
	return e.out.Write(p)
}

// diverge begins the new entry with what was alike.
func (e *entryWriter) diverge() error {
	out, err := e.w.create(e.f, e.as)
	if err != nil {
		return err
	}
	e.out = out
	again, err := e.f.Open()
	if err != nil {
		return &lexError{"damaged entry"}
	}
	defer again.Close()
	_, err = io.CopyN(out, again, e.same)
	return err
}

// Close ends the entry.
func (e *entryWriter) Close() error {
	defer e.old.Close()
	if e.out != nil {
		return nil
	}
	if n, _ := e.old.Read(make([]byte, 1)); n > 0 { // the new content is shorter
		return e.diverge()
	}
	return e.w.keep(e.f, e.as)
}
