package transcripts

import (
	"bytes"
	"io"
	"iter"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// csvPart is how long a part of a long file is at least. Rows of one
// conversation that stand in different parts make several conversations with
// the same ID, unless they follow each other.
const csvPart = 1 << 20

// fitsTable tells how sure it is that a file is delimited text.
func (p *Profile) fitsTable(name string, head []byte) int {
	text, ok := csvHead(head)
	if !ok {
		return 0
	}
	_, sure := sniffCSV([]byte(text))
	if sure == 0 || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") && !bracketedWord().MatchString(text) {
		return min(sure, 1)
	}
	lower := strings.ToLower(name)
	switch {
	case strings.HasSuffix(lower, ".csv"), strings.HasSuffix(lower, ".tsv"), strings.HasSuffix(lower, ".tab"):
		return max(sure, 60)
	case headerNames(text) >= 2:
		return min(sure, 75)
	}
	return min(sure, 8) // surer than any text, less sure than a text file
}

// bracketedWord matches a pseudonym at the beginning of a file, which is no JSON:
// anonymised again, a table is still a table.
var bracketedWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\[\pL[\pL\pN_-]*\]`) })

// csvHead returns the beginning of a file as text. False when it is none.
func csvHead(head []byte) (string, bool) {
	raw := string(head)
	l := charsetOf(raw)
	if l == (cp1252{}) { // a character may be cut at the end
		for i := 1; i < utf8.UTFMax && i < len(raw); i++ {
			if utf8.ValidString(raw[:len(raw)-i]) {
				raw, l = raw[:len(raw)-i], nil
				break
			}
		}
	}
	if l != nil {
		text, ok := l.decode(raw[:len(raw)&^1])
		if !ok {
			text, ok = l.decode(raw[:max(len(raw)&^1-2, 0)])
		}
		raw = text
		if !ok {
			return "", false
		}
	}
	return strings.TrimPrefix(raw, "\uFEFF"), strings.IndexByte(raw, 0) < 0
}

// headerNames counts the columns of the first row whose names are known.
func headerNames(text string) int {
	d, _ := sniffCSV([]byte(text))
	l := csvLexer{window: textWindow([]byte(text[d.prefix:])), delimiter: d.delimiter}
	fields, err := l.row(nil)
	if err != nil {
		return 0
	}
	n := 0
	for _, f := range fields {
		name := strings.Trim(string(l.buf[f.start:f.end]), `" `)
		if _, ok := namedField(name); ok && !strings.HasSuffix(name, ":") {
			n++
		}
	}
	return n
}

// readCSV returns the reader of delimited text whose columns a profile describes.
func readCSV(p *Profile) func(io.Reader, ReadOptions) iter.Seq2[*Conversation, error] {
	return func(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
		return func(yield func(*Conversation, error) bool) {
			t := csvTable{p: p, o: o, lex: csvLexer{window: newWindow(r, o.maxRecord())}}
			err := t.begin()
			for more := true; more && err == nil; {
				more, err = t.part(yield)
			}
			if err != nil {
				yield(nil, t.fault(err))
			}
		}
	}
}

// csvTable reads a file part by part.
type csvTable struct {
	p       *Profile
	o       ReadOptions
	lex     csvLexer
	wide    layer // UTF-16; nil for what has ASCII in it
	start   int   // bytes before the first row: byte order mark, "sep=;"
	columns columns
	earlier *assembly
	rows    int
}

// begin looks at the beginning of the file for its character set and dialect.
func (t *csvTable) begin() error {
	l := &t.lex
	for len(l.buf) < min(SniffSize, l.max) {
		if err := l.fill(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	head := l.buf[:min(len(l.buf), SniffSize)]
	if len(head) == 0 {
		return &lexError{"empty file"}
	}
	if w, ok := charsetOf(string(head[:min(2, len(head))])).(utf16Layer); ok {
		return t.beginWide(w)
	}
	bom := len(head) - len(bytes.TrimPrefix(head, []byte(utf8BOM)))
	if bytes.IndexByte(head, 0) >= 0 {
		return &lexError{"not text"}
	}
	d, _ := sniffCSV(head[bom:])
	l.delimiter, t.start = d.delimiter, bom+d.prefix
	l.pos = t.start
	return nil
}

// beginWide makes UTF-8 of a whole file in UTF-16.
func (t *csvTable) beginWide(w utf16Layer) error {
	l := &t.lex
	text, err := l.wide(w)
	if err != nil {
		return err
	}
	const bom = "\uFEFF"
	d, _ := sniffCSV([]byte(strings.TrimPrefix(text, bom))[:min(len(text)-len(bom), SniffSize)])
	l.window = textWindow([]byte(text))
	t.wide, l.delimiter, t.start = w, d.delimiter, len(bom)+d.prefix
	l.pos = t.start
	return nil
}

// part yields the conversations of the next part of the file.
func (t *csvTable) part(yield func(*Conversation, error) bool) (more bool, err error) {
	start := t.start
	t.start = 0
	raw, more, err := t.rowsTogether()
	if err != nil {
		return false, err
	}
	var l layer
	switch {
	case t.wide != nil:
		l = t.wide
		raw = t.wide.(utf16Layer).encode(raw)
	case !utf8.ValidString(raw):
		l = cp1252{}
		head, _ := l.decode(raw[:start]) // a mark of UTF-8 before it is three characters
		start = len(head)
	}
	r, ok := newRecord(t.p.name, raw, l)
	if !ok || strings.IndexByte(r.text(0), 0) >= 0 {
		return false, &lexError{"not text"}
	}
	a := newAssembly(r, t.p, t.o.people, t.earlier)
	if err := t.fill(a, start); err != nil {
		return false, err
	}
	t.earlier = a
	for _, c := range a.conversations() {
		if !yield(c, nil) {
			return false, nil
		}
	}
	return more, nil
}

// rowsTogether returns the rows up to a good place to cut.
func (t *csvTable) rowsTogether() (raw string, more bool, err error) {
	l := &t.lex
	group, last := t.columns.group, ""
	var fields []csvField
	for {
		at := l.pos
		if fields, err = l.row(fields[:0]); err == io.EOF {
			l.pos = len(l.buf)
			return l.cut(), false, nil
		} else if err != nil {
			return "", false, err
		}
		if at >= min(csvPart, l.max/2) {
			id := ""
			if group >= 0 && group < len(fields) {
				id = string(l.buf[fields[group].start:fields[group].end])
			}
			if group < 0 || id != last || last == "" {
				l.pos = at
				return l.cut(), true, nil
			}
		}
		if group >= 0 && group < len(fields) {
			last = string(l.buf[fields[group].start:fields[group].end])
		}
	}
}

// fill takes the rows of a part, from byte start of its text on.
func (t *csvTable) fill(a *assembly, start int) error {
	text := a.r.text(0)
	l := csvLexer{window: textWindow([]byte(text)), delimiter: t.lex.delimiter}
	l.pos = start
	build := jsonBuild{a: a, style: &jsonString{}, strict: t.o.Strict}
	row := gridRow{a: a, columns: &t.columns, strict: t.o.Strict, value: func(act *action, p int32, label string) error {
		return build.text(jsonEvent{act: act, label: label}, p)
	}}
	var fields []csvField
	for {
		var err error
		if fields, err = l.row(fields[:0]); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		row.cells = row.cells[:0]
		for _, f := range fields {
			row.cells = append(row.cells, t.place(a.r, f))
		}
		take := row.take
		if t.rows++; t.rows == 1 {
			take = row.header
		}
		if err := take(); err != nil {
			return err
		}
	}
}

// place adds the place of a field, 0 for an empty one.
func (t *csvTable) place(r *record, f csvField) int32 {
	var p int32
	switch {
	case f.quoted && f.end-f.start > 2:
		p, _ = r.add(0, f.start+1, f.end-1, csvQuoted{})
	case !f.quoted && f.end > f.start:
		p, _ = r.add(0, f.start, f.end, csvBare{t.lex.delimiter})
	}
	return p
}

func (t *csvTable) fault(err error) *ReadError {
	e := t.lex.fault(t.p.name, t.o.Name, err)
	e.Record = t.rows
	return e
}
