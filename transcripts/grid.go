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
		if !known && strict && name != "" {
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

// gridRow takes the rows of a table, one after the other.
type gridRow struct {
	a       *assembly
	columns *columns
	strict  bool
	cells   []int32 // places of the fields of the row, 0 for an empty one
	// value puts the value at a place where its column says.
	value func(act *action, p int32, label string) error
}

// text returns the text of a cell, empty when there is none.
func (row *gridRow) text(i int) string {
	if i < 0 || i >= len(row.cells) || row.cells[i] == 0 {
		return ""
	}
	return row.a.r.text(row.cells[i])
}

// header takes the first row: the names of the columns, or a row as any other.
func (row *gridRow) header() error {
	names := make([]string, len(row.cells))
	for i := range row.cells {
		names[i] = strings.TrimSpace(row.text(i))
	}
	p := row.a.profile
	if !p.isHeader(names) {
		*row.columns = columns{group: -1, date: -1, clock: -1}
		return row.take()
	}
	c, err := p.newColumns(names, row.strict)
	if err != nil {
		return err
	}
	*row.columns = c
	mostly := p.knownNames(names) >= max(2, len(names)/2) // then the others are names of columns too
	for i, name := range names {
		if _, known := p.column(name); !known && name != "" && !(mostly && isMemberName(name)) {
			row.a.field(&scanAction, row.a.r.field(row.cells[i], "name of a column", FieldText, ""))
		}
	}
	return nil
}

// isHeader tells whether a first row holds names of columns: it has a name that
// is known, and nothing that only a value would have.
func (p *Profile) isHeader(names []string) bool {
	for _, name := range names {
		if _, ok := p.column(name); !ok && (strings.ContainsAny(name, "@\n") || !isMemberName(name) && strings.ContainsAny(name, "0123456789")) {
			return false
		}
	}
	return p.knownNames(names) > 0
}

// knownNames counts the names of columns that are known.
func (p *Profile) knownNames(names []string) int {
	n := 0
	for _, name := range names {
		if _, ok := p.column(name); ok {
			n++
		}
	}
	return n
}

// take makes a message or a participant of a row.
func (row *gridRow) take() error {
	c := row.columns
	if id := row.text(c.group); id != "" { // it must be known before a point in time is
		row.a.begin(&scanAction)
		row.a.open[len(row.a.open)-1].group = id
		defer row.a.end()
	}
	row.a.begin(&c.row)
	defer row.a.end()
	for i, p := range row.cells {
		if p == 0 {
			continue
		}
		act, label := c.act(i)
		if act.slot == slotSkip {
			continue
		}
		if err := row.value(act, p, label); err != nil {
			return err
		}
	}
	row.time()
	return nil
}

// time puts a day and a time of day that stand in two columns together.
func (row *gridRow) time() {
	m := row.a.inside(scopeMessage)
	day, clock := row.text(row.columns.date), row.text(row.columns.clock)
	if m == nil || m.msg.atRef != 0 || clock == "" {
		return
	}
	if at, _, ok := parseTime(day + " " + clock); ok {
		m.msg.At = at
	}
}
