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
	open  []string // elements that are open where the next record begins
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
	switch x.lex.f.err {
	case io.EOF:
	case errLong:
		fault = "over-long record"
	default:
		fault = "cannot be read"
	}
	bad := x.fault(fault, end)
	raw := x.lead + x.lex.f.take(end)
	if fault == "" {
		fault = x.rest(raw)
	}
	if x.held != nil && !yield(x.held, nil) {
		return
	}
	if bad.Fault = fault; fault != "" {
		yield(nil, bad)
	}
}

// rest reads what follows the last row, which then belongs to it.
func (x *mysqlXML) rest(raw string) string {
	if !validText(raw) {
		return "wrong encoding: not UTF-8"
	}
	if x.held == nil {
		r, _ := newRecord(mysqlXMLName, "", nil)
		x.held = &Conversation{src: r}
	}
	r := x.held.src.(*record)
	p := mysqlXMLPart{mysqlXML: x, r: r, off: len(r.raw)}
	appendAside(x.held, raw, nil)
	if fault := p.read(raw, x.open); fault != "" {
		return fault
	}
	switch {
	case len(p.lex.open) > 0:
		return "truncated XML: its end is missing"
	case len(p.names) > 0:
		return "malformed XML: a row that does not end with </row>"
	}
	x.held.Fields = append(x.held.Fields, p.fields...)
	return ""
}

func (x *mysqlXML) fault(fault string, i int) *ReadError {
	return &ReadError{Format: mysqlXMLName, File: x.o.Name, Line: x.lex.f.lineAt(i), Offset: x.lex.f.off, Record: x.n, Fault: fault}
}

// row reads one row, and what stands before it.
func (x *mysqlXML) row(raw string) (*Conversation, string) {
	if !validText(raw) {
		return nil, "wrong encoding: not UTF-8"
	}
	r, _ := newRecord(mysqlXMLName, raw, nil)
	p := mysqlXMLPart{mysqlXML: x, r: r}
	if fault := p.read(raw, x.open); fault != "" {
		return nil, fault
	}
	t := tableRow{r: r, table: newTable(x.table, p.names, len(p.names)), cells: p.cells}
	if x.o.Strict && t.unknown() != "" {
		return nil, t.unknown()
	}
	c, fault := t.conversation()
	if fault != "" {
		return nil, fault
	}
	x.open = p.lex.open
	c.Fields = append(c.Fields, p.fields...)
	return c, ""
}
