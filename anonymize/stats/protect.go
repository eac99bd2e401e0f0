package stats

import (
	"cmp"
	"slices"
)

// This file decides which cells of a table are absent from what is published.
// Absent are the cells that come from 1 to k-1 conversations, and as many others
// as it takes that nobody can calculate them from the totals: for every small
// cell there are other tables that agree with all that is published, one where
// it is at least k and one where it is as small as the totals alone allow.

// line is a value of a table with one line a value.
type line struct {
	value string
	cell
	absent bool
}

// protectLine marks the lines that must be absent when the total is known, and
// reports whether the table can be shown at all. What the absent lines add up
// to, the total gives away: so they are at least two, and even if each of them
// were at least one, each could be k.
func protectLine(lines []line, k int64) bool {
	hidden, sum := int64(0), int64(0)
	hide := func(l *line) {
		l.absent = true
		hidden++
		sum += l.Conversations
	}
	for i := range lines {
		if n := lines[i].Conversations; n > 0 && n < k {
			hide(&lines[i])
		}
	}
	for hidden > 0 && (hidden < 2 || sum-(hidden-1) < k) {
		i := smallest(lines)
		if i < 0 {
			return false
		}
		hide(&lines[i])
	}
	return true
}

// smallest returns the line that is the least loss, or -1.
func smallest(lines []line) int {
	best := -1
	for i := range lines {
		l := &lines[i]
		if l.absent || l.Conversations == 0 {
			continue
		}
		if best < 0 || cmp.Or(cmp.Compare(l.Conversations, lines[best].Conversations), cmp.Compare(l.value, lines[best].value)) < 0 {
			best = i
		}
	}
	return best
}

// grid is a table with rows and columns whose totals are known and are at least
// k, or 0.
type grid struct {
	n       [][]int64
	absent  [][]bool
	rows    []int64 // totals
	columns []int64
	total   int64
}

func newGrid(n [][]int64) *grid {
	g := &grid{n: n, absent: make([][]bool, len(n)), rows: make([]int64, len(n))}
	if len(n) > 0 {
		g.columns = make([]int64, len(n[0]))
	}
	for i, row := range n {
		g.absent[i] = make([]bool, len(row))
		for j, x := range row {
			g.rows[i] += x
			g.columns[j] += x
			g.total += x
		}
	}
	return g
}

// at is a cell of a grid.
type at struct{ row, column int }

// protect marks the cells that must be absent. It is deterministic: the same
// grid has always the same cells absent.
func (g *grid) protect(k int64) {
	var small []at
	for i, row := range g.n {
		for j, x := range row {
			if x > 0 && x < k {
				g.absent[i][j] = true
				small = append(small, at{i, j})
			}
		}
	}
	slices.SortStableFunc(small, func(a, b at) int { return cmp.Compare(g.n[b.row][b.column], g.n[a.row][a.column]) })
	for _, c := range small {
		x := g.n[c.row][c.column]
		g.raise(c, k-x)
		// as low as it can be when all that is published are the totals (Fréchet)
		g.lower(c, min(x, g.total-g.rows[c.row]-g.columns[c.column]+x))
	}
}

// raise makes cells absent until c can be by units more: what c gets, others in
// its row and in its column lose, and a fourth cell gets for each.
func (g *grid) raise(c at, by int64) {
	row, column := slices.Clone(g.n[c.row]), make([]int64, len(g.n))
	for i := range g.n {
		column[i] = g.n[i][c.column]
	}
	for by > 0 {
		p, ok := g.cheapest(c, by, func(q at) int64 { return min(row[q.column], column[q.row]) })
		if !ok {
			return
		}
		take := min(by, row[p.column], column[p.row])
		row[p.column] -= take
		column[p.row] -= take
		by -= take
		g.hide(c, p)
	}
}

// lower makes cells absent until c can be by units less: what c loses, others in
// its row and in its column get, and a fourth cell loses for each.
func (g *grid) lower(c at, by int64) {
	used := map[at]bool{}
	for by > 0 {
		p, ok := g.cheapest(c, by, func(q at) int64 {
			if used[q] {
				return 0
			}
			return g.n[q.row][q.column]
		})
		if !ok {
			return
		}
		used[p] = true
		by -= g.n[p.row][p.column]
		g.hide(c, p)
	}
}

// hide makes the rectangle between c and p absent.
func (g *grid) hide(c, p at) {
	g.absent[p.row][p.column] = true
	g.absent[p.row][c.column] = true
	g.absent[c.row][p.column] = true
}

// cheapest returns the opposite corner of the rectangle that can carry as many
// of by units as any and costs least to hide. False when none carries one.
func (g *grid) cheapest(c at, by int64, capacity func(at) int64) (best at, ok bool) {
	var most, least int64
	for i := range g.n {
		for j := range g.columns {
			p := at{i, j}
			if i == c.row || j == c.column {
				continue
			}
			room := min(by, capacity(p))
			if room <= 0 || room < most {
				continue
			}
			cost := g.cost(p) + g.cost(at{p.row, c.column}) + g.cost(at{c.row, p.column})
			if room > most || cost < least {
				best, most, least, ok = p, room, cost, true
			}
		}
	}
	return best, ok
}

// cost is what is lost when a cell is made absent.
func (g *grid) cost(c at) int64 {
	if g.absent[c.row][c.column] {
		return 0
	}
	return g.n[c.row][c.column] + 1
}
