package transcripts

import (
	"bytes"
	"io"
	"iter"
	"strings"
)

const mysqlXMLName = "mysql-xml"

// mysqlXMLFormat is what mysqldump --xml and mysql --xml write.
func mysqlXMLFormat() Format {
	return Format{
		Name: mysqlXMLName,
		Doc:  "MySQL tables as XML (mysqldump --xml), PHP Live! among them",
		Sniff: func(_ string, head []byte) int {
			if bytes.Contains(head, []byte("<mysqldump")) || bytes.Contains(head, []byte("<resultset statement=")) {
				return 95
			}
			return 0
		},
		Read:  readMySQLXML,
		Write: writeSpliced(mysqlXMLName),
	}
}

func readMySQLXML(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		x := mysqlXML{o: o}
		x.lex = sqlLexer{f: newFeed(r, o.maxRecord())}
		x.run(yield)
	}
}

// mysqlXML yields one conversation per <row>.
type mysqlXML struct {
	lex   sqlLexer // to search the stream
	o     ReadOptions
	table string
	held  *Conversation
	lead  string // what stood before refused rows
	n     int
}

const rowEnd = "</row>"

func (x *mysqlXML) run(yield func(*Conversation, error) bool) {
	f := x.lex.f
	if len(f.rest(0)) == 0 {
		fault := "empty file"
		if f.err != io.EOF {
			fault = "cannot be read"
		}
		yield(nil, x.fault(fault, 0))
		return
	}
	for {
		end := x.lex.until(0, rowEnd)
		if !f.has(end, rowEnd) {
			x.finish(yield, end)
			return
		}
		x.n++
		bad := x.fault("", end)
		raw := x.lead + f.take(end+len(rowEnd))
		x.lead = ""
		c, fault := x.row(raw)
		if len(raw) > x.o.maxRecord() {
			fault = "over-long record"
		}
		if fault != "" {
			x.lead = raw[:max(strings.LastIndex(raw, "<row>"), 0)]
		}
		out := x.held
		x.held = c
		if out != nil && !yield(out, nil) {
			return
		}
		if bad.Fault = fault; fault != "" {
			bad.Skipped = true
			if !yield(nil, bad) {
				return
			}
		}
	}
}

// finish yields the last row with the rest of the file.
func (x *mysqlXML) finish(yield func(*Conversation, error) bool, end int) {
	fault := ""
	switch rest := x.lex.f.view(end); {
	case x.lex.f.err == errLong:
		fault = "over-long record"
	case x.lex.f.err != io.EOF:
		fault = "cannot be read"
	case !bytes.Contains(rest, []byte("</mysqldump>")) && !bytes.Contains(rest, []byte("</resultset>")):
		fault = "truncated XML: its end is missing"
	}
	bad := x.fault(fault, end)
	raw := x.lead + x.lex.f.take(end)
	switch {
	case x.held != nil:
		appendAside(x.held, raw, nil)
	default:
		r, _ := newRecord(mysqlXMLName, raw, nil)
		x.held = &Conversation{src: r}
		x.structure(x.held, r, len(raw))
	}
	if !yield(x.held, nil) {
		return
	}
	if fault != "" {
		yield(nil, bad)
	}
}

func (x *mysqlXML) fault(fault string, i int) *ReadError {
	return &ReadError{Format: mysqlXMLName, File: x.o.Name, Line: x.lex.f.lineAt(i), Offset: x.lex.f.off, Record: x.n, Fault: fault}
}

// row reads one row.
func (x *mysqlXML) row(raw string) (*Conversation, string) {
	start := strings.LastIndex(raw, "<row>")
	if start < 0 {
		return nil, "malformed XML: a row has no beginning"
	}
	if n := strings.LastIndex(raw[:start], "<table_data name=\""); n >= 0 {
		x.table, _, _ = strings.Cut(raw[n+len("<table_data name=\""):start], "\"")
	}
	if !validText(raw) {
		return nil, "wrong encoding: not UTF-8"
	}
	r, _ := newRecord(mysqlXMLName, raw, nil)
	t := tableRow{r: r}
	names, fault := x.cells(&t, raw, start)
	if fault != "" {
		return nil, fault
	}
	if t.table = newTable(x.table, names, len(names)); x.o.Strict && t.unknown() != "" {
		return nil, t.unknown()
	}
	c, fault := t.conversation()
	if fault != "" {
		return nil, fault
	}
	x.structure(c, r, start)
	return c, ""
}

// cells reads the fields of a row and returns their names.
func (x *mysqlXML) cells(t *tableRow, raw string, at int) (names []string, fault string) {
	const open = "<field name=\""
	for {
		n := strings.Index(raw[at:], open)
		if n < 0 {
			return names, ""
		}
		at += n
		tag := strings.IndexByte(raw[at:], '>')
		name, _, ok := strings.Cut(raw[at+len(open):], "\"")
		if tag < 0 || !ok {
			return nil, "malformed XML: a field has no name"
		}
		names = append(names, name)
		at += tag + 1
		if raw[at-2] == '/' {
			t.cells = append(t.cells, cell{kind: cellNull})
			continue
		}
		n = strings.Index(raw[at:], "</field>")
		if n < 0 || strings.IndexByte(raw[at:at+n], '<') >= 0 {
			return nil, "malformed XML: a field is not closed"
		}
		p, _ := t.r.add(0, at, at+n, htmlAttr{})
		t.cells = append(t.cells, textCell(t.r, p))
		at += n
	}
}

// structure reads the comments in the description of tables before a row, and
// XML comments.
func (x *mysqlXML) structure(c *Conversation, r *record, end int) {
	s := r.raw[:end]
	for at := 0; ; {
		n := strings.Index(s[at:], "omment=\"")
		if n < 0 {
			break
		}
		at += n + len("omment=\"")
		stop := strings.IndexByte(s[at:], '"')
		if stop < 0 {
			break
		}
		if stop > 0 {
			p, _ := r.add(0, at, at+stop, htmlAttr{})
			c.Fields = append(c.Fields, r.field(p, "comment", FieldText, ""))
		}
		at += stop + 1
	}
	for at := strings.Index(s, "<!--"); at >= 0; {
		stop := strings.Index(s[at:], "-->")
		if stop < 4 {
			break
		}
		p, _ := r.add(0, at+4, at+stop, nil)
		c.Fields = append(c.Fields, r.field(p, "comment", FieldText, ""))
		n := strings.Index(s[at+stop:], "<!--")
		if n < 0 {
			break
		}
		at += stop + n
	}
}
