package transcripts

import "strings"

// columns are what the columns of a table hold.
type columns struct {
	acts   []action
	labels []string
	group  int // column of the conversation, -1 for none
	row    action
	date   int // columns of the day and the time of day, -1 for none
	clock  int
}

// act returns what column i holds.
func (c *columns) act(i int) (*action, string) {
	if i < len(c.acts) {
		return &c.acts[i], c.labels[i]
	}
	return &scanAction, ""
}

// newColumns looks the names of columns up. A name that nobody knows is a column
// of text.
func (p *Profile) newColumns(names []string, strict bool) (columns, error) {
	c := columns{group: -1, date: -1, clock: -1}
	authors := false
	for i, name := range names {
		a, known := p.column(name)
		if !known && strict {
			return c, &unknownField{name: name}
		}
		c.acts, c.labels = append(c.acts, a), append(c.labels, name)
		authors = authors || a.author
		switch {
		case a.slot == slotGroup && c.group < 0:
			c.group = i
		case a.slot == slotText:
			c.row.scope = scopeMessage
		case a.slot == slotTime && c.date < 0:
			c.date = i
		case a.slot == slotTime && c.clock < 0:
			c.clock = i
		}
	}
	if c.row.scope == scopeNone {
		c.row.scope = scopeParticipant
	}
	c.own(authors)
	return c, nil
}

// column returns what a column of this name holds.
func (p *Profile) column(name string) (action, bool) {
	if r := p.tree.child[strings.TrimSpace(name)]; r != nil && r.said {
		return r.act, true
	}
	a, ok := namedField(name)
	switch a.slot {
	case slotID:
		a.slot, a.kind = slotField, FieldID
	case slotSkip:
		a = scanAction // a name alone does not make a value harmless
	}
	return a, ok
}

// own gives the columns that describe a person to the author of the row. Names
// in a table that has a column for authors are those of others.
func (c *columns) own(authors bool) {
	if c.row.scope != scopeMessage {
		return
	}
	for i := range c.acts {
		a := &c.acts[i]
		switch {
		case a.slot == slotRole:
			a.author = true
		case a.slot != slotField:
		case a.kind == FieldEmail, a.kind == FieldPhone, a.kind == FieldIP, a.kind == FieldUserAgent:
			a.author = true
		case a.kind == FieldName && !authors:
			a.author = true
		case a.kind == FieldHandle && !authors:
			a.author, a.slot = true, slotKey
		}
	}
}

// csvRow takes the rows of a table, one after the other.
type csvRow struct {
	t      *csvTable
	b      jsonBuild
	text   string
	fields []csvField
}

// header takes the first row: the names of the columns, or a row as any other.
func (row *csvRow) header() error {
	names := make([]string, len(row.fields))
	for i := range row.fields {
		names[i] = strings.TrimSpace(row.b.a.r.text(row.place(i)))
	}
	p := row.t.p
	if !p.isHeader(names) {
		c, err := p.newColumns(nil, false)
		c.row.scope = scopeNone
		row.t.columns = c
		if err != nil {
			return err
		}
		return row.take()
	}
	c, err := p.newColumns(names, row.t.o.Strict)
	if err != nil {
		return err
	}
	row.t.columns = c
	for i, name := range names {
		if _, known := p.column(name); !known && name != "" {
			row.b.field(row.place(i), "name of a column")
		}
	}
	return nil
}

// isHeader tells whether a first row holds names of columns: it has a name that
// is known, and nothing that only a value would have.
func (p *Profile) isHeader(names []string) bool {
	known := 0
	for _, name := range names {
		if _, ok := p.column(name); ok {
			known++
		} else if strings.ContainsAny(name, "@\n") || !isMemberName(name) && strings.ContainsAny(name, "0123456789") {
			return false
		}
	}
	return known > 0
}

// place adds the place of a field.
func (row *csvRow) place(i int) int32 {
	f := row.fields[i]
	if f.quoted {
		p, _ := row.b.a.r.add(0, f.start+1, f.end-1, csvQuoted{})
		return p
	}
	p, _ := row.b.a.r.add(0, f.start, f.end, csvBare{row.t.lex.delimiter})
	return p
}

// take makes a message or a participant of a row.
func (row *csvRow) take() error {
	c := &row.t.columns
	if c.group >= 0 && c.group < len(row.fields) { // it must be known before a point in time is
		f := row.fields[c.group]
		row.b.a.begin(&action{})
		row.b.a.open[len(row.b.a.open)-1].group = strings.Trim(row.text[f.start:f.end], `"`)
		defer row.b.a.end()
	}
	row.b.a.begin(&c.row)
	defer row.b.a.end()
	for i, f := range row.fields {
		if f.end-f.start == 0 || f.quoted && f.end-f.start == 2 {
			continue
		}
		act, label := c.act(i)
		if act.slot == slotSkip {
			continue
		}
		if err := row.b.text(jsonEvent{act: act, label: label}, row.place(i)); err != nil {
			return err
		}
	}
	row.time()
	return nil
}

// time puts a day and a time of day that stand in two columns together.
func (row *csvRow) time() {
	c := &row.t.columns
	m := row.b.a.inside(scopeMessage)
	if m == nil || m.msg.atRef != 0 || c.clock < 0 || c.clock >= len(row.fields) {
		return
	}
	cell := func(i int) string {
		f := row.fields[i]
		return strings.Trim(row.text[f.start:f.end], `"`)
	}
	if at, _, ok := parseTime(cell(c.date) + " " + cell(c.clock)); ok {
		m.msg.At = at
	}
}
