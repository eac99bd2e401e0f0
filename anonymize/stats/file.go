package stats

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strconv"
)

// fileHead begins every JSON file of statistics.
const fileHead = `{"naamloos_stats":1,`

// ErrFile says that a file holds no statistics.
var ErrFile = errors.New("stats: not a JSON file of statistics, or of another version")

// ErrNoCounts says that a file holds tables only: they are not exact, so they
// cannot be added up.
var ErrNoCounts = errors.New("stats: only tables that are shown and no sealed counts, nothing to add up")

// WriteJSON writes what is published as JSON.
func (p *Published) WriteJSON(w io.Writer) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(p); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	_, _ = out.WriteString(fileHead)
	_, _ = out.Write(b.Bytes()[1:])
	return out.Flush()
}

// IsFile reports whether a file that begins with head is one of WriteJSON.
func IsFile(head []byte) bool { return bytes.HasPrefix(head, []byte(fileHead)) }

// ReadSealed reads the sealed counts of a file that WriteJSON has written.
func ReadSealed(r io.Reader) (*Sealed, error) {
	br := bufio.NewReader(r)
	if head, _ := br.Peek(len(fileHead)); !IsFile(head) {
		return nil, ErrFile
	}
	var file struct {
		Sealed *Sealed `json:"sealed"`
	}
	if json.NewDecoder(br).Decode(&file) != nil {
		return nil, ErrFile
	}
	if file.Sealed == nil {
		return nil, ErrNoCounts
	}
	return file.Sealed, nil
}

// WriteCSV writes what is published as one table (RFC 4180): table, row, column,
// unit, count. An absent count is empty.
func (p *Published) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	write := func(table Table, row, column, unit string, n Count) {
		text := ""
		if n >= 0 {
			text = strconv.FormatInt(int64(n), 10)
		}
		_ = out.Write([]string{string(table), row, column, unit, text}) // out.Error tells
	}
	_ = out.Write([]string{"table", "row", "column", "unit", "count"})
	write("total", "", "", "conversations", p.Conversations)
	write("total", "", "", "messages", p.Messages)
	for _, t := range p.Tables {
		for _, l := range t.Lines {
			write(t.Table, l.Value, "", t.Unit, l.Count)
			if l.Conversations != nil {
				write(t.Table, l.Value, "", "conversations", *l.Conversations)
			}
		}
	}
	for _, g := range p.Grids {
		for i, row := range g.Rows {
			for j, column := range g.Columns {
				write(g.Table, row, column, g.Unit, g.Counts[i][j])
			}
		}
	}
	for _, t := range p.Times {
		write(t.Table, "median", "", "seconds", t.Median)
		write(t.Table, "ninety_percent", "", "seconds", t.Ninety)
	}
	out.Flush()
	return out.Error()
}

// WriteSources writes a list of repeating sources as CSV.
func WriteSources(w io.Writer, list []Source) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"period", "source", "conversations"}) // out.Error tells
	for _, s := range list {
		_ = out.Write([]string{s.Period, s.Pseudonym, strconv.Itoa(s.Conversations)})
	}
	out.Flush()
	return out.Error()
}
