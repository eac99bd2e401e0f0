package transcripts

import (
	"sort"
	"strconv"
	"strings"
)

// xlsxFormat is a workbook of Excel and its like.
func xlsxFormat() Format {
	return officeFormat{
		name: "xlsx",
		doc:  "Excel workbook: cells, shared strings, remarks, links, names of sheets, properties; pictures are emptied, macros refused",
		main: "xl/workbook.xml",
		read: readXLSX,
	}.format()
}

// readXLSX reads the cells of all sheets as tables and everything else as text.
func readXLSX(d *officeDoc) error {
	var shared []sharedString
	var err error
	for _, p := range d.parts {
		if p.name == "xl/sharedStrings.xml" {
			if shared, err = d.sharedStrings(p); err != nil {
				return err
			}
			continue
		}
		if err := d.readPart(p, d.note); err != nil {
			return err
		}
	}
	for _, p := range d.parts {
		if isSheet(p.name) {
			if err := d.sheet(p, shared); err != nil {
				return err
			}
		}
	}
	for _, s := range shared { // some programs leave strings behind that no cell has any more
		if s.place != 0 && !s.used {
			d.note("string of no cell", s.place)
		}
	}
	return nil
}

// sharedString is a string that cells refer to by number.
type sharedString struct {
	place int32 // 0 for an empty one
	used  bool
}

func isSheet(name string) bool {
	return strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
}

// sharedStrings returns the strings by number.
func (d *officeDoc) sharedStrings(part officePart) ([]sharedString, error) {
	lex := xmlLexer{buf: []byte(d.r.raw[part.start:part.end])}
	var out []sharedString
	from := 0
	for {
		t, err := lex.next()
		if err != nil {
			return nil, err
		}
		switch {
		case t.kind == xmlEOF:
			return out, nil
		case t.kind == xmlStart && t.name == "si":
			from = t.end
		case t.kind == xmlEnd && t.name == "si":
			p, _ := d.r.add(0, part.start+from, part.start+t.start, xmlRuns{})
			if d.r.text(p) == "" {
				p = 0
			}
			out = append(out, sharedString{place: p})
		}
	}
}

// sheetReader reads the cells of a sheet.
type sheetReader struct {
	d      *officeDoc
	part   officePart
	shared []sharedString
	row    gridRow
	rows   int
	cell   sheetCell
}

// sheetCell is a cell whose end is not reached.
type sheetCell struct {
	kind     string // t: s, str, inlineStr, n, b, e, d
	column   int
	start    int
	from, to int // its value
	inline   bool
}

func (d *officeDoc) sheet(part officePart, shared []sharedString) error {
	r := sheetReader{d: d, part: part, shared: shared}
	r.row = gridRow{a: d.a, columns: &columns{}, strict: d.o.Strict, value: func(act *action, p int32, label string) error {
		d.a.value(act, p, label)
		return nil
	}}
	lex := xmlLexer{buf: []byte(d.r.raw[part.start:part.end])}
	for {
		t, err := lex.next()
		if err != nil {
			return err
		}
		switch t.kind {
		case xmlEOF:
			return nil
		case xmlStart:
			r.open(&t, lex.buf)
		case xmlEnd:
			if err := r.close(&t); err != nil {
				return err
			}
		}
	}
}

func (r *sheetReader) open(t *xmlToken, buf []byte) {
	switch t.name {
	case "row":
		r.row.cells = r.row.cells[:0]
	case "c":
		r.cell = sheetCell{start: t.start, column: len(r.row.cells)}
		if a, ok := t.attr("r"); ok {
			r.cell.column = max(columnNumber(string(buf[a.start:a.end])), len(r.row.cells))
		}
		if a, ok := t.attr("t"); ok {
			r.cell.kind = string(buf[a.start:a.end])
		}
	case "v", "is":
		r.cell.from, r.cell.inline = t.end, t.name == "is"
	}
}

func (r *sheetReader) close(t *xmlToken) error {
	switch t.name {
	case "v", "is":
		r.cell.to = t.start
	case "c":
		if p := r.value(t.end); p != 0 {
			for len(r.row.cells) < r.cell.column {
				r.row.cells = append(r.row.cells, 0)
			}
			r.row.cells = append(r.row.cells, p)
		}
	case "row":
		if len(r.row.cells) == 0 {
			return nil
		}
		if r.rows++; r.rows == 1 {
			return r.row.header()
		}
		return r.row.take()
	}
	return nil
}

// value returns the place of the value of a cell that ends at end, 0 when it
// has none that may be personal.
func (r *sheetReader) value(end int) int32 {
	c, base := &r.cell, r.part.start
	if c.to <= c.from {
		return 0
	}
	raw := r.d.r.raw[base+c.from : base+c.to]
	var p int32
	switch {
	case c.inline:
		p, _ = r.d.r.add(0, base+c.from, base+c.to, xmlRuns{})
	case c.kind == "s":
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		if err == nil && n >= 0 && n < len(r.shared) {
			p, r.shared[n].used = r.shared[n].place, true
		}
	case c.kind == "b" || c.kind == "e":
	case c.kind == "" || c.kind == "n":
		if r.isTelling(raw) {
			p, _ = r.d.r.add(0, base+c.start, base+end, numberCell{})
		}
	default:
		p, _ = r.d.r.add(0, base+c.from, base+c.to, xmlValue{})
	}
	return p
}

// isTelling tells whether a number may say something of a person: its column
// says so, or it is long.
func (r *sheetReader) isTelling(raw string) bool {
	act, _ := r.row.columns.act(r.cell.column)
	if r.rows > 0 && act.slot == slotField && act.kind != FieldText {
		return true
	}
	return len(raw) >= shortNumber && digits(raw, 0) == len(raw)
}

// columnNumber returns the number from 0 of the column of a cell such as "AB12".
func columnNumber(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 4 && 'A' <= ref[i] && ref[i] <= 'Z'; i++ {
		n = 26*n + int(ref[i]-'A') + 1
	}
	return n - 1
}

// numberCell is a cell with a number. It becomes a cell with a string when its
// value is no number any more.
type numberCell struct{}

func (numberCell) decode(raw string) (string, bool) {
	from, to := numberValue(raw)
	return raw[from:to], true
}

// numberValue returns the range of the value of a cell.
func numberValue(cell string) (from, to int) {
	to = strings.LastIndex(cell, "</")
	if to > 0 {
		to = strings.LastIndex(cell[:to], "</")
	}
	if to < 0 {
		return 0, 0
	}
	return strings.LastIndexByte(cell[:to], '>') + 1, to
}

func (l numberCell) lift(raw string, edits []Edit) []Edit {
	from, to := numberValue(raw)
	text := Apply(raw[from:to], edits)
	out := []Edit{{from, to, xmlEscapes.Replace(text)}}
	if text != "" && !isNumber(text) {
		out = append(out, stringType(raw))
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// stringType returns the edit that makes a cell one with a string.
func stringType(cell string) Edit {
	tag := cell[:strings.IndexByte(cell, '>')+1]
	for _, quote := range []string{`"`, `'`} {
		if i := strings.Index(tag, " t="+quote); i >= 0 {
			at := i + len(" t=") + 1
			return Edit{at, at + strings.Index(tag[at:], quote), "str"}
		}
	}
	at := len("<")
	for !isXMLBreak(tag[at]) {
		at++
	}
	return Edit{at, at, ` t="str"`}
}
