package transcripts

import (
	"archive/zip"
	"bytes"
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
