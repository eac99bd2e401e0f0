package transcripts

import (
	"bytes"
	"io"
	"iter"
	"strings"
)

const (
	phpliveTSVName     = "phplive-tsv"
	phpliveOutfileName = "phplive-outfile"
)

// phpliveTSVFormat is what mysql -B writes: a line of column names, fields
// parted by tabs with \n \t \\ \0 escaped, and CR as it is.
func phpliveTSVFormat() Format {
	return Format{
		Name: phpliveTSVName,
		Doc:  "PHP Live! table as tab-separated output of the mysql client (-B)",
		Sniff: func(_ string, head []byte) int {
			line, _, _ := bytes.Cut(head, []byte("\n"))
			cols := strings.Split(string(line), "\t")
			if len(cols) > 3 && strings.Contains(" "+strings.Join(cols, " ")+" ", " ces ") && (bytes.Contains(line, []byte("vname")) || bytes.Contains(line, []byte("plain"))) {
				return 90
			}
			return 0
		},
		Read:  mysqlText{format: phpliveTSVName, header: true, dialect: mysqlEscape{}}.read,
		Write: writeSpliced(phpliveTSVName),
	}
}

// phpliveOutfileFormat is what SELECT ... INTO OUTFILE writes: no column names,
// a backslash before quotes, backslashes and real line ends, \N for NULL.
func phpliveOutfileFormat() Format {
	return Format{
		Name:  phpliveOutfileName,
		Doc:   "PHP Live! table as SELECT ... INTO OUTFILE writes it",
		Sniff: sniffOutfile,
		Read:  mysqlText{format: phpliveOutfileName, dialect: mysqlEscape{outfile: true}}.read,
		Write: writeSpliced(phpliveOutfileName),
	}
}

// sniffOutfile looks for a row of p_transcripts: chat id, two times, numbers.
func sniffOutfile(_ string, head []byte) int {
	head = bytes.TrimPrefix(head, []byte(`"`))
	n := 0
	for n < len(head) && n < 32 && isWord(head[n]) {
		n++
	}
	s := string(head[n:min(len(head), n+40)])
	s = strings.TrimPrefix(s, `"`)
	if n < 8 || s == "" || strings.IndexByte(",;\t", s[0]) < 0 {
		return 0
	}
	fields := strings.Split(s, s[:1])
	if len(fields) < 4 || len(fields[1]) < 9 || digits(fields[1], 0) != len(fields[1]) || digits(fields[2], 0) != len(fields[2]) || len(fields[2]) < 9 {
		return 0
	}
	return 85
}

// mysqlText reads the text forms in which MySQL writes tables.
type mysqlText struct {
	format  string
	header  bool
	dialect mysqlEscape
}

func (m mysqlText) read(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		mr := mysqlTextReader{mysqlText: m, f: newFeed(r, o.maxRecord()), o: o}
		for {
			c, bad := mr.next()
			if c == nil && bad == nil {
				return
			}
			if bad != nil {
				if !yield(nil, bad) || !bad.Skipped {
					return
				}
				continue
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// mysqlTextReader reads row by row. The line of names belongs to the first row.
type mysqlTextReader struct {
	mysqlText
	f     *feed
	o     ReadOptions
	names []string
	odd   []sqlSpan // names that a program would not choose, in the line of names
	table *table
	sep   byte
	n     int
	head  int    // bytes of the line of names before the row
	lead  string // that line, when the first rows were refused
	done  bool
}

// next returns the next row; nothing at the end.
func (m *mysqlTextReader) next() (*Conversation, *ReadError) {
	if m.n == 0 {
		if fault := m.begin(); fault != "" {
			return nil, m.fault(fault, false)
		}
	}
	if m.done || m.n > 0 && m.f.ended(0) {
		return nil, nil
	}
	cells, end, ok := m.row(m.head)
	m.n++
	if !ok {
		fault := m.fault(faultTruncated, true)
		if m.done = true; m.f.err == errLong {
			fault.Fault = "over-long record"
		}
		return nil, fault
	}
	bad := m.fault("", true)
	raw := m.lead + m.f.take(end)
	for i := range cells {
		cells[i].start += len(m.lead)
		cells[i].end += len(m.lead)
	}
	head := m.head + len(m.lead)
	m.head, m.lead = 0, ""
	c, fault := m.conversation(raw, cells)
	if c != nil && head > 0 {
		m.oddNames(c)
	}
	if len(raw) > m.o.maxRecord() {
		fault = "over-long record"
	}
	if fault != "" {
		m.lead, bad.Fault = raw[:head], fault
		return nil, bad
	}
	return c, nil
}

// begin reads the line of names, or finds out what parts the fields.
func (m *mysqlTextReader) begin() string {
	head := m.f.rest(0)
	if len(head) == 0 {
		if m.f.err == io.EOF {
			return "empty file"
		}
		return "cannot be read"
	}
	m.sep = '\t'
	if !m.header {
		if i := bytes.IndexAny(head, ",;\t"); i >= 0 {
			m.sep = head[i]
		}
		return ""
	}
	cells, end, ok := m.row(0)
	if !ok {
		return faultTruncated
	}
	for _, k := range cells {
		name := string(m.f.view(end)[k.start:k.end])
		if m.names = append(m.names, name); !isMemberName(name) {
			m.odd = append(m.odd, k)
		}
	}
	if m.head = end; m.f.ended(end) {
		m.done = true
		return "no rows"
	}
	return ""
}

// row returns the fields of the row that begins at i, and the byte behind it.
func (m *mysqlTextReader) row(i int) ([]sqlSpan, int, bool) {
	var out []sqlSpan
	for {
		field, end, ok := m.field(i)
		if !ok {
			return out, end, false
		}
		out = append(out, field)
		if m.f.at(end) == '\n' {
			return out, end + 1, true
		}
		i = end + 1
	}
}

// field reads a field up to the separator or line end behind it.
func (m *mysqlTextReader) field(i int) (sqlSpan, int, bool) {
	q := byte(0)
	start := i
	if m.dialect.outfile && m.f.at(i) == '"' {
		q = '"'
		i++
		start++
	}
	for {
		c := m.f.at(i)
		switch {
		case c == 0 && len(m.f.rest(i)) == 0:
			return sqlSpan{}, i, false
		case c == '\\' && m.dialect.outfile:
			i++
		case q != 0 && c == q && m.endsField(i+1):
			return sqlSpan{start, i, sqlQuoted}, i + 1, true
		case q == 0 && (c == m.sep || c == '\n'):
			return sqlSpan{start, i, sqlBare}, i, true
		}
		i++
	}
}

func (m *mysqlTextReader) endsField(i int) bool {
	c := m.f.at(i)
	return c == m.sep || c == '\n'
}

// conversation makes a conversation of a row.
func (m *mysqlTextReader) conversation(raw string, spans []sqlSpan) (*Conversation, string) {
	if m.table == nil {
		m.table = m.tableOf(len(spans))
	}
	switch {
	case len(m.table.columns) != len(spans):
		return nil, "a row does not fit the columns of its table"
	case m.o.Strict && m.table.unknown() != "":
		return nil, m.table.unknown()
	}
	r, _ := newRecord(m.format, raw, nil)
	t := tableRow{r: r, table: m.table, cells: make([]cell, len(spans))}
	for i, v := range spans {
		text := raw[v.start:v.end]
		if text == `\N` || v.kind == sqlBare && text == "NULL" {
			t.cells[i].kind = cellNull
			continue
		}
		l := m.dialect
		l.quoted = v.kind == sqlQuoted
		p, _ := r.add(0, v.start, v.end, l)
		t.cells[i] = textCell(r, p)
	}
	return t.conversation()
}

// oddNames adds the names of columns that a program would not choose to the row
// that follows them.
func (m *mysqlTextReader) oddNames(c *Conversation) {
	r := c.src.(*record)
	for _, k := range m.odd {
		p, _ := r.add(0, k.start, k.end, m.dialect)
		c.Fields = append(c.Fields, r.field(textCell(r, p).place, "name of a column", FieldText, ""))
	}
}

// tableOf returns the table of the file, p_transcripts when it has its columns.
func (m *mysqlTextReader) tableOf(n int) *table {
	if len(m.names) > 0 {
		n = len(m.names)
	}
	t := newTable("p_transcripts", m.names, n)
	if t.find("formatted") < 0 && t.find("plain") < 0 && t.find("question") < 0 {
		t = newTable("p_", m.names, n)
	}
	return t
}

func (m *mysqlTextReader) fault(fault string, skipped bool) *ReadError {
	return &ReadError{Format: m.format, File: m.o.Name, Line: m.f.lineAt(m.head), Offset: m.f.off, Record: m.n, Fault: fault, Skipped: skipped}
}
