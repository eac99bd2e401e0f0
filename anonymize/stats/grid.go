package stats

import "slices"

// axis is one side of a table with rows and columns: its values, and which line
// of the protected grid each belongs to. Values that are absent from their own
// table are one line together, and in an open table with Other.
type axis struct {
	values []string
	place  []int // by value: line of the grid, or -1 for a value without a count
	size   int   // lines of the grid
	merged int   // the line of the absent ones, or -1
}

func newAxis(t Table, lines []line) axis {
	a := axis{merged: -1}
	for _, l := range lines {
		at, gathered := -1, gathered(t, l)
		switch {
		case l.Conversations == 0:
		case gathered && a.merged >= 0:
			at = a.merged
		default:
			at = a.size
			if gathered {
				a.merged = at
			}
			a.size++
		}
		a.values = append(a.values, l.value)
		a.place = append(a.place, at)
	}
	return a
}

// gathered reports whether a line is not a line of its own in a grid.
func gathered(t Table, l line) bool { return l.absent || open(t) && l.value == Other }

// grid protects and shows a table with rows and columns. It can be shown when
// both of its sides can, whose totals are its totals.
func (p *publisher) grid(t, rowTable, columnTable Table, unit string, cells map[pair]int64) {
	rowLines, okRows := p.lines[rowTable]
	columnLines, okColumns := p.lines[columnTable]
	if !okRows || !okColumns || !p.shown[t] || len(cells) == 0 {
		return
	}
	rows, columns := newAxis(rowTable, rowLines), newAxis(columnTable, columnLines)
	n := make([][]int64, rows.size)
	for i := range n {
		n[i] = make([]int64, columns.size)
	}
	for i, r := range rows.values {
		for j, c := range columns.values {
			if x := cells[pair{r, c}]; x > 0 {
				n[rows.place[i]][columns.place[j]] += x
			}
		}
	}
	g := newGrid(n)
	g.protect(p.k)
	p.out.Grids = append(p.out.Grids, p.shownGrid(t, unit, g, rows.shown(rowTable), columns.shown(columnTable)))
}

// shownAxis is the side of a table as it is shown.
type shownAxis struct {
	values []string
	place  []int  // line of the grid; -1: no counts
	part   []bool // the value is only a part of that line
}

// shown lists the values of a side: absent ones of an open table together as
// Other, those of a closed one each.
func (a *axis) shown(t Table) shownAxis {
	var out shownAxis
	for i, v := range a.values {
		at := a.place[i]
		if open(t) && (at < 0 || at == a.merged) {
			continue
		}
		if at < 0 && v == Unknown {
			continue
		}
		out.values = append(out.values, v)
		out.place = append(out.place, at)
		out.part = append(out.part, at >= 0 && at == a.merged)
	}
	if open(t) && a.merged >= 0 {
		out.values = append(out.values, Other)
		out.place = append(out.place, a.merged)
		out.part = append(out.part, false)
	}
	return out
}

func (p *publisher) shownGrid(t Table, unit string, g *grid, rows, columns shownAxis) Grid {
	out := Grid{Table: t, Unit: unit, Rows: rows.values, Columns: columns.values, Counts: make([][]Count, len(rows.values))}
	scale := int64(1)
	if unit == "sources" {
		scale = p.s.sources.scale()
	}
	for i := range rows.values {
		out.Counts[i] = make([]Count, len(columns.values))
		for j := range columns.values {
			out.Counts[i][j] = p.shownCell(g, at{rows.place[i], columns.place[j]}, rows.part[i] || columns.part[j], scale)
		}
	}
	return out
}

// shownCell returns a cell as it is shown. Part of a line that is 0 is 0.
func (p *publisher) shownCell(g *grid, c at, part bool, scale int64) Count {
	if c.row < 0 || c.column < 0 {
		return 0
	}
	n := g.n[c.row][c.column]
	if g.absent[c.row][c.column] || part && n > 0 {
		return Absent
	}
	return p.count(n * scale)
}

// Cell returns the count in a row and a column, and false when there is no such
// row or column.
func (g *Grid) Cell(row, column string) (Count, bool) {
	i, j := slices.Index(g.Rows, row), slices.Index(g.Columns, column)
	if i < 0 || j < 0 {
		return Absent, false
	}
	return g.Counts[i][j], true
}
