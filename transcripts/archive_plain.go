package transcripts

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// isPlain tells whether an archive holds nothing that unpacking it does not
// show: bytes between the entries, other names in their own headers, extra fields
// that may repeat a name. One that does is written anew even when nothing of it
// changes.
func (a *archive) isPlain() bool {
	files := slices.Clone(a.File)
	starts := make(map[*zip.File]int64, len(files))
	for _, f := range files {
		at, err := f.DataOffset()
		if err != nil {
			return false
		}
		starts[f] = at
	}
	slices.SortFunc(files, func(x, y *zip.File) int { return cmp.Compare(starts[x], starts[y]) })
	at := int64(0)
	for _, f := range files {
		next, ok := a.entryAt(f, at, starts[f])
		if !ok {
			return false
		}
		at = next
	}
	return a.endsAt(at)
}

const localHeader = 30 // bytes before the name, APPNOTE.TXT 4.3.7

// entryAt checks that the entry whose data begins at data has its header at byte
// at, and returns where the next one begins.
func (a *archive) entryAt(f *zip.File, at, data int64) (next int64, ok bool) {
	if at < 0 || data-at < localHeader || data-at > localHeader+2<<16 || f.CompressedSize64 > uint64(a.size) {
		return 0, false
	}
	h := make([]byte, data-at)
	if _, err := a.at.ReadAt(h, at); err != nil || !bytes.HasPrefix(h, []byte("PK\x03\x04")) {
		return 0, false
	}
	name, extra := int(binary.LittleEndian.Uint16(h[26:])), int(binary.LittleEndian.Uint16(h[28:]))
	if localHeader+name+extra != len(h) || string(h[localHeader:localHeader+name]) != f.Name {
		return 0, false
	}
	if !harmlessExtra(h[localHeader+name:]) || !harmlessExtra(f.Extra) {
		return 0, false
	}
	next = data + int64(f.CompressedSize64)
	if f.Flags&8 == 0 {
		return next, true
	}
	return a.behindDescriptor(f, next)
}

// behindDescriptor returns where the data descriptor at a byte ends (4.3.9): its
// signature may be missing, its sizes may be long.
func (a *archive) behindDescriptor(f *zip.File, at int64) (int64, bool) {
	d := make([]byte, 24)
	n, _ := a.at.ReadAt(d, at)
	d = d[:n]
	if bytes.HasPrefix(d, []byte("PK\x07\x08")) {
		d = d[4:]
		at += 4
	}
	if len(d) < 12 || binary.LittleEndian.Uint32(d) != f.CRC32 {
		return 0, false
	}
	if len(d) >= 20 && binary.LittleEndian.Uint64(d[4:]) == f.CompressedSize64 && binary.LittleEndian.Uint64(d[12:]) == f.UncompressedSize64 {
		return at + 20, true
	}
	return at + 12, uint64(binary.LittleEndian.Uint32(d[4:])) == f.CompressedSize64
}

// endsAt checks that the directory begins at a byte, and that nothing stands
// behind its end but the comment.
func (a *archive) endsAt(at int64) bool {
	const mostComment, end = 1 << 16, 22
	if at < 0 || at > a.size || a.size-at > int64(len(a.File))*(mostComment+128)+mostComment {
		return false
	}
	directory := make([]byte, a.size-at)
	if _, err := a.at.ReadAt(directory, at); err != nil {
		return false
	}
	i := 0
	for range a.File {
		if len(directory)-i < 46 || !bytes.HasPrefix(directory[i:], []byte("PK\x01\x02")) {
			return false
		}
		h := directory[i:]
		i += 46 + int(binary.LittleEndian.Uint16(h[28:])) + int(binary.LittleEndian.Uint16(h[30:])) + int(binary.LittleEndian.Uint16(h[32:]))
		if i > len(directory) {
			return false
		}
	}
	rest := directory[i:]
	if bytes.HasPrefix(rest, []byte("PK\x06\x06")) && len(rest) > 56+20 { // zip64: record and locator
		rest = rest[56+20:]
	}
	return bytes.HasPrefix(rest, []byte("PK\x05\x06")) && len(rest) == end+len(a.Comment)
}

// harmlessExtra tells whether extra fields hold but times, sizes and owners as
// numbers.
func harmlessExtra(extra []byte) bool {
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		switch id {
		case 0x0001, 0x000a, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe: // zip64, NTFS, times, Unix owners, jar
		default:
			return false
		}
		if n > len(extra)-4 {
			return false
		}
		extra = extra[4+n:]
	}
	return len(extra) == 0
}
