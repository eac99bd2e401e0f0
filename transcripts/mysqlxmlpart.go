package transcripts

import (
	"slices"
	"strings"
)

// mysqlXMLPart is a row with what stands before it, or what follows the last one.
type mysqlXMLPart struct {
	*mysqlXML
	r      *record
	off    int // where it begins in the record
	lex    xmlLexer
	names  []string // of the fields of the row
	cells  []cell
	fields []Field // what stands around rows
}

// read reads the part, at whose beginning elements are open.
func (p *mysqlXMLPart) read(raw string, open []string) string {
	p.lex = xmlLexer{buf: []byte(raw), open: slices.Clone(open)}
	for p.lex.pos < len(raw) || p.lex.empty {
		t, err := p.lex.next()
		if err != nil {
			return "malformed XML: " + err.Error()
		}
		depth := len(p.lex.open)
		switch {
		case depth > 0 && p.lex.open[depth-1] == "row", depth > 1 && p.lex.open[depth-2] == "row":
			if !p.inRow(&t, raw) {
				return "malformed XML: a row holds more than fields"
			}
		case t.kind != xmlEnd:
			p.around(&t, raw)
		}
	}
	return ""
}

// inRow reads a token of a row. False when it may not stand there.
func (p *mysqlXMLPart) inRow(t *xmlToken, raw string) bool {
	inField := p.lex.open[len(p.lex.open)-1] == "field"
	switch {
	case t.kind == xmlStart && t.name == "row":
		return len(t.attrs) == 0
	case t.kind == xmlStart && inField:
		name, ok := t.attr("name")
		p.names = append(p.names, raw[name.start:name.end])
		if !isMemberName(raw[name.start:name.end]) {
			p.field("name of a column", name.start, name.end, htmlAttr{})
		}
		p.cells = append(p.cells, cell{kind: cellNull})
		if !t.empty {
			p.fill(t.end, t.end)
		}
		return ok && len(t.attrs) <= 2 && (len(t.attrs) < 2 || t.attrs[1].name == "nil")
	case t.kind == xmlText && inField:
		p.fill(t.start, t.end)
		return true
	}
	return t.kind == xmlEnd || t.kind == xmlText && isXMLBlank(raw[t.start:t.end])
}

// fill makes a range of the part the text of the last cell.
func (p *mysqlXMLPart) fill(start, end int) {
	at, _ := p.r.add(0, start+p.off, end+p.off, htmlAttr{})
	p.cells[len(p.cells)-1] = textCell(p.r, at)
}

// around reads a token that stands outside rows.
func (p *mysqlXMLPart) around(t *xmlToken, raw string) {
	if t.kind == xmlStart {
		if name, ok := t.attr("name"); ok && t.name == "table_data" {
			p.table = raw[name.start:name.end]
		}
		for _, a := range t.attrs {
			if s := raw[a.start:a.end]; !slices.Contains(tableWordsXML, strings.ToLower(a.name)) || !isMemberName(s) {
				p.field(strings.ToLower(a.name), a.start, a.end, htmlAttr{})
			}
		}
		return
	}
	s := raw[t.start:t.end]
	switch {
	case isXMLBlank(s), strings.HasPrefix(s, `xml version="1.`) && len(s) < len(`xml version="1.0" encoding="utf-8"`)+4:
	case t.kind == xmlText:
		p.field("text", t.start, t.end, htmlAttr{})
	case t.kind == xmlCDATA:
		p.field("statement", t.start, t.end, nil)
	default:
		p.field("comment", t.start, t.end, nil)
	}
}

// field adds a range of the part as a field.
func (p *mysqlXMLPart) field(label string, start, end int, l layer) {
	if start < end {
		at, _ := p.r.add(0, start+p.off, end+p.off, l)
		p.fields = append(p.fields, p.r.field(at, label, FieldText, ""))
	}
}

func isXMLBlank(s string) bool { return strings.Trim(s, " \t\r\n\uFEFF") == "" }

// tableWordsXML are the attributes that describe tables, in small letters.
// Their values are words of MySQL, or names of tables and columns.
var tableWordsXML = strings.Fields("name field type null key extra collation privileges table non_unique key_name seq_in_index column_name " +
	"cardinality sub_part packed index_type visible ignored engine version row_format rows avg_row_length data_length max_data_length " +
	"index_length data_free auto_increment create_time update_time check_time checksum create_options max_index_length temporary xsi nil " +
	"trigger sql_mode created character_set_client collation_connection database_collation")
