package transcripts

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// officeFormat is a kind of Office Open XML document (ECMA-376): a zip archive
// of XML parts. Parts are changed in place; what is no XML and may hold
// something of a person (pictures, embedded files) is emptied.
type officeFormat struct {
	name, doc string
	main      string // folder of the parts that make it this kind
	// read puts the values of the parts into conversations.
	read func(d *officeDoc) error
}

func (f officeFormat) format() Format {
	return Format{Name: f.name, Doc: f.doc, Sniff: f.sniff, Read: f.readAll, Write: f.write}
}

func (f officeFormat) sniff(name string, head []byte) int {
	extension := strings.HasPrefix(strings.ToLower(path.Ext(name)), "."+f.name[:3])
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if bytes.Contains(head, []byte(f.main)) || extension {
			return 90
		}
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")) && extension:
		return 90 // refused with a reason when it is read
	}
	return 0
}

// officePart is a part whose text is in the record of a document.
type officePart struct {
	entry      int
	name       string
	start, end int // in the text of the record
}

// officeDoc is a document at work.
type officeDoc struct {
	*archive
	o     ReadOptions
	r     *record // all XML parts, one after the other
	parts []officePart
	a     *assembly
	empty []int // entries that are opaque, each with a place behind the parts
}

// officeSource is what conversations of a document share.
type officeSource struct {
	*officeDoc
	of int
}

func (s *officeSource) format() string { return s.r.name }

// splice is not used: a document is written as a whole.
func (s *officeSource) splice(*Conversation) (string, error) { return "", foreign(s.r.name) }

func (f officeFormat) readAll(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		cs, err := f.conversations(r, o)
		if err != nil {
			yield(nil, (&window{}).fault(f.name, o.Name, err))
			return
		}
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// conversations reads a whole document.
func (f officeFormat) conversations(r io.Reader, o ReadOptions) ([]*Conversation, error) {
	head := make([]byte, 8)
	n, _ := io.ReadFull(r, head)
	if bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")) {
		return nil, &lexError{"encrypted, or of Office 2003 and older: save it anew without a password"}
	}
	if s, ok := r.(io.Seeker); ok {
		if _, err := s.Seek(0, io.SeekStart); err != nil {
			return nil, &lexError{"cannot be read"}
		}
	} else {
		r = io.MultiReader(bytes.NewReader(head[:n]), r)
	}
	a, err := openArchive(r)
	if err != nil {
		return nil, err
	}
	d := &officeDoc{archive: a, o: o}
	if err := d.load(f.name); err != nil {
		return nil, err
	}
	p, err := ParseProfile(strings.NewReader("generic: true"))
	if err != nil {
		return nil, err
	}
	d.a = newAssembly(d.r, p, nil, nil)
	d.drops()
	if err := f.read(d); err != nil {
		return nil, err
	}
	return d.conversations(), nil
}

func (d *officeDoc) conversations() []*Conversation {
	cs := d.a.conversations()
	for _, c := range cs {
		c.src = &officeSource{d, len(cs)}
	}
	return cs
}

// load unpacks the XML parts into one record.
func (d *officeDoc) load(format string) error {
	const most = 4 // times the limit of a record, all parts together
	var b strings.Builder
	for i, f := range d.File {
		switch kindOfPart(f.Name) {
		case partRefused:
			return &lexError{"holds macros"}
		case partKept:
			if err := d.verify(f); err != nil {
				return err
			}
		case partOpaque:
			if err := d.verify(f); err != nil {
				return err
			}
			if f.UncompressedSize64 > 0 {
				d.empty = append(d.empty, i)
			}
		case partXML:
			text, err := d.read(f, d.o.maxRecord())
			if err != nil {
				return err
			}
			if strings.Contains(text, "<![CDATA[") {
				return &lexError{"holds a CDATA section"}
			}
			if !utf8.ValidString(text) || b.Len()+len(text) > most*d.o.maxRecord() {
				return &lexError{"a part is not UTF-8, or all are too long"}
			}
			d.parts = append(d.parts, officePart{i, f.Name, b.Len(), b.Len() + len(text)})
			b.WriteString(text)
		}
	}
	for range d.empty {
		b.WriteString("content\n")
	}
	d.r, _ = newRecord(format, b.String(), nil)
	return nil
}

// Kinds of parts.
const (
	partKept    = iota // says nothing of persons
	partXML            // read and rewritten
	partOpaque         // emptied
	partRefused        // makes the document unreadable for us
)

// kindOfPart tells what is done with a part by its name.
func kindOfPart(name string) int {
	dir, base := path.Split(name)
	switch {
	case strings.HasSuffix(name, "/"), base == "[Content_Types].xml", strings.Contains(dir, "theme/"), strings.Contains(dir, "fonts/"):
		return partKept
	case strings.HasPrefix(base, "vbaProject"), strings.Contains(dir, "activeX"), strings.Contains(dir, "macrosheets"):
		return partRefused
	case strings.HasPrefix(name, "_xmlsignatures/"):
		return partOpaque // no longer true, and it names the signer
	}
	switch base {
	case "styles.xml", "stylesWithEffects.xml", "fontTable.xml", "webSettings.xml", "numbering.xml", "calcChain.xml", "tableStyles.xml":
		return partKept
	}
	switch path.Ext(base) {
	case ".xml", ".rels", ".vml":
		return partXML
	}
	return partOpaque
}

// drops adds a field for each entry that is emptied.
func (d *officeDoc) drops() {
	at := len(d.r.text(0)) - len("content\n")*len(d.empty)
	for range d.empty {
		p, _ := d.r.add(0, at, at+len("content"), nil)
		d.a.field(&scanAction, d.r.field(p, "content", FieldDrop, ""))
		at += len("content\n")
	}
}

// write writes one document with the conversations in it.
func (f officeFormat) write(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	var group []*Conversation
	for c, err := range conversations {
		if err != nil {
			return err
		}
		s, ok := c.src.(*officeSource)
		if !ok || s.r.name != f.name || len(group) > 0 && group[0].src.(*officeSource).officeDoc != s.officeDoc {
			return foreign(f.name)
		}
		group = append(group, c)
	}
	if len(group) == 0 {
		return nil
	}
	d := group[0].src.(*officeSource).officeDoc
	edits, err := d.r.edits(group)
	if err != nil {
		return err
	}
	return d.save(w, edits)
}

// save writes the archive with the edits of its parts.
func (d *officeDoc) save(w io.Writer, edits []Edit) error {
	out := newArchiveWriter(d.archive, w)
	parts, empty := d.parts, d.empty
	for i, f := range d.File {
		var err error
		out.show(f.Name + "\n")
		switch {
		case len(parts) > 0 && parts[0].entry == i:
			err = d.savePart(out, f, parts[0], edits)
			parts = parts[1:]
		case len(empty) > 0 && empty[0] == i:
			at := len(d.r.raw) - len("content\n")*len(empty)
			if touched(edits, at, at+len("content")) {
				_, err = out.create(f, entryName{name: f.Name})
			} else {
				err = errors.Join(out.viewer.entry(f.Open), out.keep(f, entryName{name: f.Name}))
			}
			empty = empty[1:]
		default:
			err = errors.Join(out.viewer.entry(f.Open), out.keep(f, entryName{name: f.Name}))
		}
		if err != nil {
			return err
		}
	}
	return out.close("")
}

// savePart writes a part with the edits that fall on it.
func (d *officeDoc) savePart(out *archiveWriter, f *zip.File, p officePart, edits []Edit) error {
	if !touched(edits, p.start, p.end) {
		out.show(d.r.raw[p.start:p.end])
		return out.keep(f, entryName{name: f.Name})
	}
	w, err := out.create(f, entryName{name: f.Name})
	if err != nil {
		return err
	}
	var own []Edit
	for _, e := range edits {
		if e.Start >= p.start && e.End <= p.end {
			own = append(own, Edit{e.Start - p.start, e.End - p.start, e.Text})
		}
	}
	text := Apply(d.r.raw[p.start:p.end], own)
	out.show(text)
	_, err = io.WriteString(w, text)
	return err
}

// touched tells whether an edit falls on [start, end).
func touched(edits []Edit, start, end int) bool {
	return slices.ContainsFunc(edits, func(e Edit) bool { return e.Start >= start && e.End <= end })
}
