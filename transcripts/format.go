package transcripts

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
)

// A Format reads and writes one kind of file.
type Format struct {
	Name string // lower case, as given to --from and --to
	Doc  string // which system writes it, and what is known of it
	// Sniff returns how sure it is, 0 (no) to 100, that a file named name and
	// beginning with head (up to 64 KiB) is of this format. Nil: never sniffed.
	Sniff func(name string, head []byte) int
	// Read yields the conversations of r in order. After an error that is a
	// *ReadError with Skipped set, the stream goes on behind the bad record; any
	// other error ends it. Nil: the format is written only.
	Read func(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error]
	// Write writes conversations to w: those read in the same format
	// byte-identical but for changed values, others as the format has them. An
	// error of the stream ends the writing and is returned. Nil: read only.
	Write func(w io.Writer, conversations iter.Seq2[*Conversation, error]) error
}

// ReadOptions guide a reader. The zero value reads leniently with safe limits.
type ReadOptions struct {
	Name      string // file name, a hint and a carrier of names; may be empty
	Folder    fs.FS  // in which Name stands, for exports of several files; may be nil
	Strict    bool   // unknown fields are errors instead of text to be scanned
	MaxRecord int    // longest record in bytes; 0 means 64 MiB

	depth  int       // archives around
	people directory // of the export
}

// ReadError says where a file is bad and how; it never holds text of the file.
type ReadError struct {
	Format  string
	File    string // as given in ReadOptions.Name
	Line    int    // from 1; 0 when unknown
	Offset  int64  // byte offset of the record; -1 when unknown
	Record  int    // number of the record from 1; 0 when unknown
	Fault   string // constant text
	Skipped bool   // the reader goes on behind this record
}

// Error implements error.
func (e *ReadError) Error() string {
	s := e.Format
	if e.File != "" {
		s = e.File + ": " + s
	}
	if e.Line > 0 {
		s += fmt.Sprintf(": line %d", e.Line)
	} else if e.Offset >= 0 {
		s += fmt.Sprintf(": byte %d", e.Offset)
	}
	if e.Record > 0 {
		s += fmt.Sprintf(" (record %d)", e.Record)
	}
	return s + ": " + e.Fault
}
