package transcripts

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"slices"
	"strings"
)

// Limits of archives. What is over them is refused.
const (
	maxEntries    = 100_000
	maxInMemory   = 1 << 30 // of an archive that does not stand in a file
	maxRatio      = 250     // bytes that one compressed byte may become
	ratioMatters  = 16 << 20
	maxUnpacked   = 64 << 30 // all entries together
	maxContainers = 4        // archives inside archives
)

// archive is an opened zip archive whose entries are safe to unpack.
type archive struct {
	at   io.ReaderAt
	size int64
	*zip.Reader
	plain bool // nothing stands in it but what was read
}

// openArchive opens the zip archive that r is. A file is read in place.
func openArchive(r io.Reader) (*archive, error) {
	at, size, err := readerAt(r)
	if err != nil {
		return nil, err
	}
	zr, err := zip.NewReader(at, size)
	if err != nil {
		return nil, &lexError{"not a whole zip archive"}
	}
	a := &archive{at: at, size: size, Reader: zr}
	if err := a.check(); err != nil {
		return nil, err
	}
	a.plain = a.isPlain()
	return a, nil
}

// readerAt returns the bytes of r for reading at any place.
func readerAt(r io.Reader) (io.ReaderAt, int64, error) {
	if f, ok := r.(regularFile); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			if at, err := f.Seek(0, io.SeekCurrent); err == nil && at == 0 {
				return f, info.Size(), nil
			}
		}
	}
	b, err := io.ReadAll(io.LimitReader(r, maxInMemory+1))
	switch {
	case err != nil:
		return nil, 0, &lexError{"cannot be read"}
	case len(b) > maxInMemory:
		return nil, 0, &lexError{"archive too large to be read from a stream; give a file"}
	}
	return bytes.NewReader(b), int64(len(b)), nil
}

// regularFile is what a file, or something around one, can do.
type regularFile interface {
	io.ReaderAt
	io.Seeker
	Stat() (os.FileInfo, error)
}

// check refuses what is encrypted, hostile or out of bounds.
func (a *archive) check() error {
	if len(a.File) == 0 || len(a.File) > maxEntries {
		return &lexError{"archive without entries, or with too many"}
	}
	seen := make(map[string]bool, len(a.File))
	var total uint64
	for _, f := range a.File {
		total += f.UncompressedSize64
		switch {
		case f.Flags&1 != 0:
			return &lexError{"encrypted entry"}
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return &lexError{"entry compressed in an unknown way"}
		case !isLocalPath(f.Name):
			return &lexError{"entry that leaves its folder"}
		case seen[f.Name]:
			return &lexError{"two entries of the same name"}
		case f.UncompressedSize64 > ratioMatters && f.UncompressedSize64/maxRatio > f.CompressedSize64, total > maxUnpacked:
			return &lexError{"entry that unpacks to too much"}
		}
		seen[f.Name] = true
	}
	return nil
}

// isLocalPath tells whether an entry stays below the folder it is unpacked in,
// on Windows too.
func isLocalPath(name string) bool {
	if name == "" || strings.IndexByte(name, 0) >= 0 || name[0] == '/' || name[0] == '\\' || len(name) > 1 && name[1] == ':' {
		return false
	}
	return !slices.Contains(strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' }), "..")
}

// file returns the entry of a name, in the first folder when all stand in one;
// nil when there is none.
func (a *archive) file(name string) *zip.File {
	for _, f := range a.File {
		if f.Name == name || strings.HasSuffix(f.Name, "/"+name) && strings.Count(f.Name, "/") == 1 {
			return f
		}
	}
	return nil
}

// read returns the content of an entry up to a limit.
func (a *archive) read(f *zip.File, limit int) (string, error) {
	if f.UncompressedSize64 > uint64(limit) {
		return "", &lexError{"over-long entry"}
	}
	r, err := f.Open()
	if err != nil {
		return "", &lexError{"damaged entry"}
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil || len(b) > limit {
		return "", &lexError{"damaged entry"}
	}
	return string(b), nil
}

// verify reads an entry to its end, to see that it is whole.
func (a *archive) verify(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return &lexError{"damaged entry"}
	}
	defer r.Close()
	if _, err := io.Copy(io.Discard, r); err != nil {
		return &lexError{"damaged entry"}
	}
	return nil
}

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
