package transcripts

import (
	"strings"
	"unicode/utf8"
)

// cell is one value of a row of a table.
type cell struct {
	place int32
	text  string
	kind  cellKind
}

type cellKind uint8

const (
	cellText   cellKind = iota
	cellNumber          // a number, or an expression; its text is as it stands
	cellNull
	cellOpaque // bytes that are no text
)

// tableRow is a row of a table, from whatever dump it comes.
type tableRow struct {
	*table
	r     *record
	cells []cell // as many as there are columns
}

// column returns the name of column i.
func (t *tableRow) column(i int) string { return t.columns[i].name }

// field returns cell i as a field, labelled by table and column.
func (t *tableRow) field(i int, kind FieldKind, party string) Field {
	if t.cells[i].kind == cellOpaque {
		kind = FieldDrop
	}
	return t.r.field(t.cells[i].place, t.columns[i].label, kind, party)
}

// sqlRow makes a conversation of a row of a SQL dump.
type sqlRow struct {
	format string
	table  *table // nil when there are no values
	aside  []sqlSpan
	shift  int       // of the values against the raw bytes
	style  sqlString // sqlEscaped when the record writes quotes so
}

// conversation reads the row whose values stand in raw. A row without values is
// a file without rows.
func (q *sqlRow) conversation(raw string, values []sqlSpan) (*Conversation, string) {
	r, _ := newRecord(q.format, raw, nil)
	q.style = quoteStyle(raw)
	if q.table == nil {
		q.table = &table{}
	}
	if len(q.table.columns) != len(values) {
		return nil, "a row does not fit the columns of its table"
	}
	t := tableRow{r: r, table: q.table, cells: make([]cell, len(values))}
	for i, v := range values {
		v.start, v.end = v.start+q.shift, v.end+q.shift
		if (v.kind == sqlBare || v.kind == sqlHex) && !isBareValue(raw[v.start:v.end]) {
			return nil, "malformed SQL: neither a literal nor a number"
		}
		t.cells[i] = q.cell(r, v)
	}
	c, fault := t.conversation()
	if fault != "" {
		return nil, fault
	}
	addAside(c, r, q.aside, 0)
	return c, ""
}

// cell adds the places of a value.
func (q *sqlRow) cell(r *record, v sqlSpan) cell {
	raw := r.raw[v.start:v.end]
	switch v.kind {
	case sqlQuoted, sqlVerbatim:
		p, _ := r.add(0, v.start, v.end, v.layer(r.raw, q.style))
		return textCell(r, p)
	case sqlHex:
		if p, ok := r.add(0, v.start, v.end, hexLayer{}); ok && validText(r.text(p)) {
			return textCell(r, p)
		}
		return q.opaque(r, v)
	}
	if v.kind == sqlExpr || strings.EqualFold(raw, "null") {
		return cell{kind: cellNull}
	}
	p, _ := r.add(0, v.start, v.end, scalarLayer{blank: "0", quote: "'"})
	return cell{p, raw, cellNumber}
}

// isBareValue reports whether s can stand without quotes: ASCII without control
// characters.
func isBareValue(s string) bool {
	for i := range len(s) {
		if (s[i] < ' ' || s[i] >= 0x7F) && s[i] != '\n' && s[i] != '\r' && s[i] != '\t' {
			return false
		}
	}
	return true
}

// quoteStyle returns sqlEscaped when quotes in raw are written with a backslash.
func quoteStyle(raw string) sqlString {
	if strings.Contains(raw, `\'`) {
		return sqlEscaped
	}
	return sqlDoubled
}

// layer returns the encoding of the literal v of raw.
func (v sqlSpan) layer(raw string, style sqlString) sqlString {
	l := sqlDoubled
	if v.kind != sqlVerbatim {
		l = sqlBackslash | style
	}
	if raw[v.start-1] == '"' {
		l |= sqlDouble
	}
	return l
}

// opaque adds the place of bytes that are no text, as digits.
func (q *sqlRow) opaque(r *record, v sqlSpan) cell {
	if mark := r.raw[v.start-1]; mark != '\'' && mark != '"' {
		v.start -= len("0x")
	} else {
		v.start, v.end = v.start-len("x'"), v.end+1
	}
	p, _ := r.add(0, v.start, v.end, scalarLayer{blank: "''", quote: "'"})
	return cell{p, r.text(p), cellOpaque}
}

// textCell mends the character set of a text. What is no text is opaque.
func textCell(r *record, p int32) cell {
	text := r.text(p)
	if !utf8.ValidString(text) {
		p, _ = r.add(p, 0, len(text), cp1252{})
		text = r.text(p)
	}
	if strings.IndexByte(text, 0) >= 0 {
		return cell{p, text, cellOpaque}
	}
	if isMojibake(text) {
		p, _ = r.add(p, 0, len(text), mojibake{})
		text = r.text(p)
	}
	return cell{p, text, cellText}
}

// appendAside adds what follows the last row of a file to its conversation.
func appendAside(c *Conversation, raw string, aside []sqlSpan) {
	r := c.src.(*record)
	off := len(r.raw)
	r.raw += raw
	r.places[0].text = r.raw
	r.places[0].end = int32(len(r.raw))
	addAside(c, r, aside, off)
}

// addAside adds comments and the literals of statements without rows as fields,
// so that nothing passes unread. What the dump programs themselves write is not
// among them.
func addAside(c *Conversation, r *record, aside []sqlSpan, off int) {
	if len(aside) == 0 {
		return
	}
	style := quoteStyle(r.raw[off:])
	for _, a := range aside {
		a.start, a.end = a.start+off, a.end+off
		text := r.raw[a.start:a.end]
		label := "comment"
		var p int32
		switch {
		case strings.Trim(text, "-*# \t\r\n") == "", len(text) < 6 && isNumber(text),
			a.kind == sqlComment && isDumpComment(text):
			continue
		case a.kind == sqlComment && strings.HasPrefix(strings.TrimPrefix(text, " "), "Host: "):
			c.Fields = append(c.Fields, serverHost(r, a.start+strings.Index(text, ": ")+len(": "), a.end)...)
			continue
		case a.kind == sqlComment:
			p, _ = r.add(0, a.start, a.end, nil)
		case a.kind == sqlLoose:
			label = "statement"
			p, _ = r.add(0, a.start, a.end, looseLayer{})
		case a.kind == sqlQuotedName:
			label = "name"
			p, _ = r.add(0, a.start, a.end, nameLayer{})
		default:
			label = "statement"
			p, _ = r.add(0, a.start, a.end, a.layer(r.raw, style))
		}
		if k := textCell(r, p); k.kind == cellText {
			c.Fields = append(c.Fields, r.field(k.place, label, FieldText, ""))
		} else {
			c.Fields = append(c.Fields, r.field(k.place, label, FieldDrop, ""))
		}
	}
}

// serverHost returns the name of the server that a dump comes from, unless it
// is the machine itself, and what follows it but the name of the database.
func serverHost(r *record, at, stop int) []Field {
	end := at
	for end < stop && r.raw[end] > ' ' {
		end++
	}
	var out []Field
	add := func(start, end int, kind FieldKind) {
		p, _ := r.add(0, start, end, nil)
		out = append(out, r.field(textCell(r, p).place, "host", kind, ""))
	}
	if name, _, _ := strings.Cut(r.raw[at:end], ":"); name != "localhost" && name != "127.0.0.1" && name != "" {
		add(at, end, FieldHost)
	}
	rest := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(r.raw[end:stop]), "Database:"))
	if rest != "" && (strings.Contains(rest, " ") || !isMemberName(rest)) {
		add(end, stop, FieldText)
	}
	return out
}

// dumpComments begin the comments of mysqldump, mariadb-dump and phpMyAdmin
// (English and Dutch) that hold nothing but names of tables and versions.
var dumpComments = [...]string{
	"999999\\- enable the sandbox mode", "MySQL dump ", "MariaDB dump ", "Server version", "Dump completed", "Table structure for table ", "Dumping data for table ",
	"Dumping events for database", "Dumping routines for database", "Temporary table structure for view ", "Final view structure for view ",
	"Current Database: ", "phpMyAdmin SQL Dump", "version ", "https://www.phpmyadmin.net", "Generation Time: ", "Gegenereerd op: ",
	"Serverversie: ", "PHP-versie: ", "PHP Version: ", "Database: ", "Tabelstructuur voor tabel ", "Gegevens worden geëxporteerd voor tabel ",
	"Indexen voor geëxporteerde tabellen", "Indexen voor tabel ", "Indexes for dumped tables", "Indexes for table ", "AUTO_INCREMENT",
	"Beperkingen voor tabel ", "Constraints for dumped tables", "Constraints for table ", "Beperkingen voor geëxporteerde tabellen",
}

func isDumpComment(text string) bool {
	text = strings.TrimLeft(text, "- \t")
	for _, head := range dumpComments {
		if strings.HasPrefix(text, head) && len(text) < len(head)+120 {
			return true
		}
	}
	return false
}
