package transcripts

import (
	"io"
	"iter"
	"strings"
)

// docxFormat is a document of Word and its like. Conversations read elsewhere
// are written as a table with a column for remarks, without author, date or
// any other property.
func docxFormat() Format {
	office := officeFormat{
		name: docxName,
		doc:  "Word document: paragraphs, tables, remarks, revisions, links, authors, properties; pictures are emptied, macros refused; written from other formats with a column for remarks",
		main: "word/document.xml",
		read: readDOCX,
	}
	f := office.format()
	f.Write = func(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
		first, all, stop := peek(conversations)
		defer stop()
		if s, ok := sourceOf(first).(*officeSource); ok && s.r.name == docxName {
			return office.write(w, all)
		}
		return writeDocx(w, all)
	}
	return f
}

// sourceOf returns what a conversation was read from; nil for none.
func sourceOf(c *Conversation) source {
	if c == nil {
		return nil
	}
	return c.src
}

// peek returns the first conversation of a stream, nil when there is none, and
// the whole stream.
func peek(conversations iter.Seq2[*Conversation, error]) (*Conversation, iter.Seq2[*Conversation, error], func()) {
	next, stop := iter.Pull2(conversations)
	first, err, ok := next()
	all := func(yield func(*Conversation, error) bool) {
		for c, err := first, err; ok; c, err, ok = next() {
			if !yield(c, err) {
				return
			}
		}
	}
	return first, all, stop
}

// readDOCX reads the text as a transcript, and headers, notes and remarks as
// fields.
func readDOCX(d *officeDoc) error {
	chat := wordChat{d: d}
	for _, p := range d.parts {
		onBlock := d.note
		if strings.HasPrefix(p.name, "word/document") {
			onBlock = chat.add
		}
		if err := d.readPart(p, onBlock); err != nil {
			return err
		}
	}
	chat.read()
	return nil
}
