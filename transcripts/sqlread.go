package transcripts

import (
	"bytes"
	"io"
	"iter"
	"strings"
)

// sqlReader yields one conversation per row of the INSERT statements of a dump.
// What stands between two rows belongs to the later one, what follows the last
// row to the last one.
type sqlReader struct {
	x       sqlLexer
	name    string // of the format
	o       ReadOptions
	columns map[string][]string // of the tables created so far
	into    string              // table of the statement
	names   []string            // columns of the statement, when they are known
	table   *table              // of the rows so far
	i       int                 // position behind what was read of the record
	stmt    int                 // where the statement begins in the record
	inRows  bool
	first   bool // no row of the statement has been read yet
	n       int
	values  []sqlSpan
	held    *Conversation
	joined  string // table of the conversation held
	signed  bool   // the dump announces an end mark
	refused refusedRows
}

// readSQL reads a dump as a format.
func readSQL(format string) func(io.Reader, ReadOptions) iter.Seq2[*Conversation, error] {
	return func(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
		return func(yield func(*Conversation, error) bool) {
			s := sqlReader{name: format, o: o, columns: map[string][]string{}}
			s.x = sqlLexer{f: newFeed(r, o.maxRecord()), delimiter: ";"}
			if fault := s.header(); fault != "" {
				yield(nil, s.fault(fault, 0))
				return
			}
			s.run(yield)
		}
	}
}

// header looks at the beginning of the file.
func (s *sqlReader) header() string {
	head := s.x.f.rest(0)
	switch {
	case len(head) == 0 && s.x.f.err == io.EOF:
		return "empty file"
	case len(head) == 0:
		return s.broken()
	case bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "UTF-16 text, save it as UTF-8"
	}
	head = head[:min(len(head), 400)]
	s.signed = bytes.Contains(head, []byte("-- MySQL dump ")) || bytes.Contains(head, []byte("-- MariaDB dump "))
	return ""
}

// run yields rows, each when the next one has been found, so that the last one
// gets the end of the file.
func (s *sqlReader) run(yield func(*Conversation, error) bool) {
	for {
		start, fault := s.nextRow()
		if fault != "" {
			s.fail(yield, fault)
			return
		}
		if start < 0 {
			s.finish(yield)
			return
		}
		var ok bool
		if s.values, s.i, ok = s.x.row(start, s.values[:0]); !ok {
			s.fail(yield, s.broken())
			return
		}
		if !s.row(yield, start) {
			return
		}
	}
}

// row yields the row held, and holds the one just read.
func (s *sqlReader) row(yield func(*Conversation, error) bool, start int) bool {
	s.n++
	bad := s.fault("", start)
	c, fault := s.take(start)
	if s.joins(c) {
		s.held.join(c)
		return true
	}
	out := s.held
	s.held = c
	if out != nil && !yield(out, nil) {
		return false
	}
	if fault == "" {
		return true
	}
	bad.Fault, bad.Skipped = fault, true
	return yield(nil, bad)
}

// longestJoin is how many bytes of posts become one conversation at most.
const longestJoin = 1 << 20

// joins reports whether a row is a further post of the conversation held.
func (s *sqlReader) joins(c *Conversation) bool {
	if c == nil || s.held == nil || s.into != livezillaPosts || c.ID == "" || c.ID != s.held.ID || len(c.Messages) != 1 || s.joined != s.into {
		s.joined = s.into
		return false
	}
	r, other := s.held.src.(*record), c.src.(*record)
	return len(r.raw) < longestJoin && len(other.mirrors)+len(other.follows)+len(other.derived) == 0
}

// take takes the record from the feed and makes a conversation of it.
func (s *sqlReader) take(start int) (*Conversation, string) {
	first, stmt := s.first || s.refused.headOnly, s.refused.stmt
	raw, shift, aside := s.refused.lead(s.x.f.take(s.i), s.x.aside)
	if s.first {
		stmt = s.stmt + shift
	}
	row := sqlRow{table: s.tableOf(len(s.values)), format: s.name, aside: aside, shift: shift}
	c, fault := row.conversation(raw, s.values)
	switch {
	case len(raw) > s.o.maxRecord():
		fault = "over-long record"
	case s.o.Strict && fault == "":
		fault = row.table.unknown()
	}
	if fault != "" {
		c = nil
		s.refused.refuse(raw[:start+shift], aside, stmt, first)
	}
	s.i, s.stmt, s.first = 0, 0, false
	s.x.aside = s.x.aside[:0]
	return c, fault
}

// tableOf returns the table of the statement, for rows of n values.
func (s *sqlReader) tableOf(n int) *table {
	if len(s.names) > 0 {
		n = len(s.names)
	}
	if s.table == nil || s.table.name != s.into || len(s.table.columns) != n || s.first {
		s.table = newTable(s.into, s.names, n)
	}
	return s.table
}

// finish yields the last row with the rest of the file.
func (s *sqlReader) finish(yield func(*Conversation, error) bool) {
	fault := ""
	if s.signed && !s.completed() {
		fault = "truncated dump: its end mark is missing"
	}
	bad := s.fault(fault, s.i)
	raw, _, aside := s.refused.lead(s.x.f.take(s.i), s.x.aside)
	switch {
	case s.held == nil:
		row := sqlRow{format: s.name, aside: aside}
		s.held, _ = row.conversation(raw, nil)
	default:
		appendAside(s.held, raw, aside)
	}
	if !yield(s.held, nil) {
		return
	}
	if fault != "" {
		yield(nil, bad)
	}
}

func (s *sqlReader) completed() bool {
	for _, a := range s.x.aside {
		if strings.Contains(string(s.x.f.view(a.end)[a.start:]), "Dump completed") {
			return true
		}
	}
	return false
}

// fail yields what was good and then the fault that ends the stream.
func (s *sqlReader) fail(yield func(*Conversation, error) bool, fault string) {
	bad := s.fault(fault, s.i)
	if s.held != nil {
		if s.inRows {
			appendAside(s.held, s.x.delimiter+"\n", nil)
		}
		if !yield(s.held, nil) {
			return
		}
	}
	bad.Skipped = fault == faultTruncated
	yield(nil, bad)
}

const faultTruncated = "truncated dump"

// broken names the fault that ended the stream too early.
func (s *sqlReader) broken() string {
	switch s.x.f.err {
	case io.EOF:
		return faultTruncated
	case errLong:
		return "over-long record"
	}
	return "cannot be read"
}

func (s *sqlReader) fault(fault string, i int) *ReadError {
	return &ReadError{Format: s.name, File: s.o.Name, Line: s.x.f.lineAt(i), Offset: s.x.f.off + int64(i), Record: s.n, Fault: fault}
}

// refusedRows keeps what stood before refused rows, so that the statement stays
// whole without them.
type refusedRows struct {
	text     string // comes before the next record
	aside    []sqlSpan
	stmt     int // where in text the statement begins
	headOnly bool
	cut      [2]int // range of the next record that goes
}

// refuse keeps the text before a refused row.
func (r *refusedRows) refuse(before string, aside []sqlSpan, stmt int, first bool) {
	r.aside = r.aside[:0]
	if !first { // the comma before the row goes with it
		before = ""
	}
	for _, a := range aside {
		if a.end <= len(before) {
			r.aside = append(r.aside, a)
		}
	}
	r.text, r.stmt, r.headOnly = before, stmt, first
}

// comma is told of the comma at i of the next record.
func (r *refusedRows) comma(i int) {
	if r.headOnly {
		r.cut = [2]int{i, i + 1}
	}
}

// end is told that the statement ends before i of the next record.
func (r *refusedRows) end(i int) {
	if r.headOnly { // none of its rows is left
		r.text, r.headOnly = r.text[:r.stmt], false
		r.cut = [2]int{0, i}
	}
}

// lead puts the text kept before a record, and returns how far that shifts it.
func (r *refusedRows) lead(raw string, aside []sqlSpan) (string, int, []sqlSpan) {
	if r.text == "" && r.cut[1] == 0 {
		return raw, 0, aside
	}
	shift := len(r.text) - (r.cut[1] - r.cut[0])
	raw = r.text + raw[:r.cut[0]] + raw[r.cut[1]:]
	out := append([]sqlSpan(nil), r.aside...)
	for _, a := range aside {
		switch {
		case a.end <= r.cut[0]:
			out = append(out, sqlSpan{a.start + len(r.text), a.end + len(r.text), a.kind})
		case a.start >= r.cut[1]:
			out = append(out, sqlSpan{a.start + shift, a.end + shift, a.kind})
		}
	}
	*r = refusedRows{}
	return raw, shift, out
}
