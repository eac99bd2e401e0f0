package transcripts

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"
)

const zipName = "zip"

// zipFormat is an archive whose entries are read each in its own format.
func zipFormat() Format {
	return Format{
		Name:  zipName,
		Doc:   "zip archive: every entry in its own format, names of entries included; what is no text is emptied",
		Sniff: sniffZip,
		Read:  readZip,
		Write: writeZip,
	}
}

func sniffZip(_ string, head []byte) int {
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return 50
	}
	return 0
}

// entrySource is the source of a conversation that stands in an entry.
type entrySource struct {
	z     *zipReader
	entry int
	inner source // nil: the conversation is the name of the entry
	name  *record
}

func (s *entrySource) format() string { return zipName }

// splice is not used: writeZip hands the conversation to its own format.
func (s *entrySource) splice(*Conversation) (string, error) { return "", foreign(zipName) }

// zipReader reads an archive.
type zipReader struct {
	*archive
	o       ReadOptions
	formats []Format // of each entry; none for an opaque one
	yield   func(*Conversation, error) bool
}

// readZip yields the conversations of all entries, and before those of an entry
// its name.
func readZip(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		a, err := openArchive(r)
		if err == nil && o.depth >= maxContainers {
			err = &lexError{"too many archives inside each other"}
		}
		if err != nil {
			yield(nil, &ReadError{Format: zipName, File: o.Name, Offset: 0, Fault: err.Error()})
			return
		}
		z := &zipReader{archive: a, o: o, formats: make([]Format, len(a.File)), yield: yield}
		z.o.depth++
		z.o.people = slackPeople(a, o)
		if a.Comment != "" && !yield(z.comment(), nil) {
			return
		}
		for i := range a.File {
			if !z.entry(i) {
				return
			}
		}
	}
}

// entry yields the conversations of one entry. False when reading ends.
func (z *zipReader) entry(i int) bool {
	f := z.File[i]
	head, err := z.head(f)
	if err != nil {
		return z.fail(i, err)
	}
	format, known := Sniff(f.Name, head)
	opaque := len(head) > 0 && (!known || format.Read == nil || format.Write == nil)
	if opaque {
		err = z.verify(f)
	}
	if err != nil {
		return z.fail(i, err)
	}
	if !opaque && len(head) > 0 {
		z.formats[i] = format
	}
	if !z.yield(z.nameOf(i, opaque), nil) {
		return false
	}
	if len(head) == 0 || opaque {
		return true
	}
	return z.content(i, format)
}

func (z *zipReader) head(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &lexError{"damaged entry"}
	}
	defer r.Close()
	head := make([]byte, SniffSize)
	n, err := io.ReadFull(r, head)
	cut := err != nil && err != io.EOF && err != io.ErrUnexpectedEOF || uint64(n) != min(f.UncompressedSize64, SniffSize)
	const packedNothing = 16 // bytes that nothing packs to, at most
	if cut || n == 0 && f.CompressedSize64 > packedNothing {
		return nil, &lexError{"damaged entry"}
	}
	return head[:n], nil
}

// content yields the conversations of an entry, wrapped.
func (z *zipReader) content(i int, format Format) bool {
	r, err := z.File[i].Open()
	if err != nil {
		return z.fail(i, &lexError{"damaged entry"})
	}
	defer r.Close()
	o := z.o
	o.Name = path.Base(z.File[i].Name)
	if o.Name == "_chat.txt" { // WhatsApp on iOS gives the archive the name of the contact
		o.Name = z.o.Name
	}
	if format.Name == slackUsers {
		o.people = nil // it tells itself
	}
	for c, err := range format.Read(r, o) {
		if err != nil {
			if !z.fail(i, err) {
				return false
			}
			continue
		}
		c.src = &entrySource{z: z, entry: i, inner: c.src}
		if !z.yield(c, nil) {
			return false
		}
	}
	return true
}

// fail yields an error. It tells the number of the entry, not its name.
func (z *zipReader) fail(i int, err error) bool {
	out := &ReadError{Format: zipName, File: z.o.Name, Record: i + 1, Fault: "cannot be read"}
	out.Offset, _ = z.File[i].DataOffset()
	var known *lexError
	var inner *ReadError
	switch {
	case errors.As(err, &inner):
		out.Line, out.Offset, out.Skipped = inner.Line, inner.Offset, inner.Skipped
		out.Fault = "entry in format " + inner.Format + ": " + inner.Fault
	case errors.As(err, &known):
		out.Fault = known.fault
	}
	return z.yield(nil, out) && out.Skipped
}

// nameOf returns the name of an entry as a conversation without messages: its
// parts are names of files. Content that cannot be read is a field that must go.
func (z *zipReader) nameOf(i int, opaque bool) *Conversation {
	f := z.File[i]
	raw := f.Name + "\x00" + f.Comment
	var l layer
	if !utf8.ValidString(raw) {
		l = cp437
	}
	if opaque {
		raw += "\x00content"
	}
	r, _ := newRecord(zipName, raw, l)
	c := &Conversation{src: &entrySource{z: z, entry: i, name: r}}
	text := r.text(0)
	name, rest, _ := strings.Cut(text, "\x00")
	at := 0
	for part := range strings.SplitSeq(name, "/") {
		if part != "" && !isLayoutName(part) {
			p, _ := r.add(0, at, at+len(part), nil)
			c.Fields = append(c.Fields, r.field(p, "file name", FieldFileName, ""))
		}
		at += len(part) + 1
	}
	comment, _, _ := strings.Cut(rest, "\x00")
	if comment != "" {
		p, _ := r.add(0, at, at+len(comment), nil)
		c.Fields = append(c.Fields, r.field(p, "comment", FieldText, ""))
	}
	if opaque {
		p, _ := r.add(0, at+len(comment)+1, len(text), nil)
		c.Fields = append(c.Fields, r.field(p, "content", FieldDrop, ""))
	}
	return c
}

// archiveItself is the number of the entry that stands for the archive.
const archiveItself = -1

// comment returns the remark at the end of the archive as a conversation.
func (z *zipReader) comment() *Conversation {
	var l layer
	if !utf8.ValidString(z.Comment) {
		l = cp437
	}
	r, _ := newRecord(zipName, z.Comment, l)
	p, _ := r.add(0, 0, len(r.text(0)), nil)
	return &Conversation{Fields: []Field{r.field(p, "comment", FieldText, "")}, src: &entrySource{z: z, entry: archiveItself, name: r}}
}

// isLayoutName tells whether a file or folder has its name from the system that
// wrote the archive, and must keep it to be found again.
func isLayoutName(name string) bool {
	switch name {
	case "users.json", "channels.json", "groups.json", "dms.json", "mpims.json", "org_users.json", "integration_logs.json", "canvases.json",
		"_chat.txt", "result.json", "chats.json", "messages", "inbox", "archived_threads", "filtered_threads", "message_requests", "your_activity_across_facebook",
		"your_facebook_activity", "your_instagram_activity", "photos", "videos", "files", "audio", "gifs", "images", "stickers", "media", "attachments", "__uploads", "data",
		"export", "chats", "voice_messages", "video_files", "round_video_messages", "contacts", "lists":
		return true
	}
	stem, ext, _ := strings.Cut(name, ".")
	if ext == "json" || ext == "html" || ext == "txt" || ext == "csv" {
		stem = strings.TrimPrefix(strings.TrimPrefix(stem, "message_"), "messages")
		return strings.Trim(stem, "0123456789-_") == "" // message_1.json, 2025-11-18.json
	}
	return false
}
