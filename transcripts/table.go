package transcripts

import (
	"strconv"
	"strings"
)

// table is a table of a database with what its columns hold.
type table struct {
	name    string
	columns []tableColumn
}

// tableColumn is a column of a table.
type tableColumn struct {
	name  string
	label string // of fields: table.column
	kind  FieldKind
	known bool // a profile, or its name, says what it holds
}

// newTable returns a table of n columns. Names may be missing: those of PHP
// Live! are told by their number, others are numbered.
func newTable(name string, names []string, n int) *table {
	if len(names) == 0 && name == "p_transcripts" {
		names = phpliveColumns(n)
	}
	t := &table{name: name, columns: make([]tableColumn, n)}
	for i := range t.columns {
		c := &t.columns[i]
		c.name = "column " + strconv.Itoa(i+1)
		if i < len(names) {
			c.name = names[i]
		}
		c.label = c.name
		if name != "" {
			c.label = name + "." + c.name
		}
		c.kind, c.known = columnKind(name, c.name)
	}
	return t
}

// columnKind returns what a column holds: as the profile of the program says,
// else as its name does.
func columnKind(table, column string) (FieldKind, bool) {
	var kind FieldKind
	known := false
	switch {
	case strings.HasPrefix(table, "p_"):
		kind, known = phpliveKind(table, column)
	case strings.HasPrefix(table, "lz_"):
		kind, known = livezillaKind(column)
	}
	if known {
		return kind, true
	}
	return kindOfLabel(column)
}

// kindOfLabel returns what stands behind a label that people read, or in a
// column. A name must be called one: a field "ouder" may as well hold "ja".
func kindOfLabel(label string) (FieldKind, bool) {
	a, ok := namedField(label)
	if !ok {
		return FieldText, false
	}
	switch a.slot {
	case slotField:
		if a.kind == FieldName && !isNameLabel(label) {
			return FieldText, true
		}
		return a.kind, true
	case slotTime, slotStarted, slotEnded:
		return FieldTime, true
	case slotID, slotKey, slotGroup:
		return FieldID, true
	}
	return FieldText, true
}

// answerKind returns what the answer to a label holds where its text alone does
// not tell that; other answers are text.
func answerKind(label string) FieldKind {
	switch kind, _ := kindOfLabel(label); kind {
	case FieldNationalID, FieldBankAccount, FieldBirthDate, FieldAddress, FieldOrganisation, FieldAge, FieldClass:
		return kind
	}
	return FieldText
}

func isNameLabel(label string) bool {
	label = normalName(label)
	for _, word := range [...]string{"naam", "name", "nom", "nick"} {
		if strings.Contains(label, word) {
			return true
		}
	}
	return false
}

// find returns the number of the column with a name, -1 when there is none.
func (t *table) find(name string) int {
	for i := range t.columns {
		if t.columns[i].name == name {
			return i
		}
	}
	return -1
}

// unknown returns the fault of the first column that nothing is known of, empty
// when there is none. It names the column unless that may be a person's name.
func (t *table) unknown() string {
	for i := range t.columns {
		if c := &t.columns[i]; !c.known {
			if isMemberName(c.label) {
				return "unknown field " + strconv.Quote(c.label)
			}
			return "unknown field"
		}
	}
	return ""
}
