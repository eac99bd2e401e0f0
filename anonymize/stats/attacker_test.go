package stats

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// attacker has what was published, as JSON, and nothing else. For each absent
// cell it calculates the least and the most it can be, with all totals of all
// tables at once, by linear programming.
type attacker struct {
	columns map[string]int // unknown cells
	names   []string
	rows    [][]float64 // equations: coefficients of the unknowns, then the right side
}

// seen is the JSON of what is published.
type seen struct {
	Conversations *float64 `json:"conversations"`
	Messages      *float64 `json:"messages"`
	Tables        []struct {
		Table, Unit string
		Lines       []struct {
			Value         string
			Count         *float64
			Conversations *float64
		}
	}
	Grids []seenGrid
}

type seenGrid struct {
	Table, Unit   string
	Rows, Columns []string
	Counts        [][]*float64
}

// term is one cell of an equation: known, or an unknown by name.
type term struct {
	name  string
	value *float64
	sign  float64
}

func (a *attacker) equation(right float64, terms ...term) {
	row := map[int]float64{}
	for _, t := range terms {
		if t.value != nil {
			right -= t.sign * *t.value
			continue
		}
		i, ok := a.columns[t.name]
		if !ok {
			i = len(a.names)
			a.columns[t.name] = i
			a.names = append(a.names, t.name)
		}
		row[i] += t.sign
		right -= t.sign * atLeast(t.name)
	}
	if len(row) == 0 {
		return
	}
	out := make([]float64, len(a.names)+1)
	for i, x := range row {
		out[i] = x
	}
	out[len(a.names)] = right
	a.rows = append(a.rows, out)
}

// atLeast is what the attacker knows beforehand: zeros are shown, so that an
// absent line of a table is at least 1. An absent cell of a grid may be 0.
func atLeast(name string) float64 {
	if strings.Count(name, "/") == 1 {
		return 1
	}
	return 0
}

// sides are the tables whose lines are the totals of a grid.
var sides = map[string][2]string{
	"weekday_hour": {"weekday", "hour"}, "month_topic": {"month", "topic"}, "age_topic": {"age", "topic"}, "source_period_times": {"source_period", "source_times"},
}

func newAttacker(t *testing.T, published []byte) *attacker {
	var s seen
	require.NoError(t, json.Unmarshal(published, &s))
	a := &attacker{columns: map[string]int{}}
	lines := a.tables(&s)
	for _, g := range s.Grids {
		a.grid(t, g, lines[sides[g.Table][0]], lines[sides[g.Table][1]])
	}
	for i, row := range a.rows { // all of one width
		wide := make([]float64, len(a.names)+1)
		copy(wide, row[:len(row)-1])
		wide[len(a.names)] = row[len(row)-1]
		a.rows[i] = wide
	}
	return a
}

// tables writes down that the lines of a table add up to what is known, and
// returns them.
func (a *attacker) tables(s *seen) map[string]map[string]term {
	lines := map[string]map[string]term{}
	for _, table := range s.Tables {
		var all []term
		country := map[string][]term{}
		lines[table.Table] = map[string]term{}
		for _, l := range table.Lines {
			x := term{table.Table + "/" + l.Value, l.Count, 1}
			lines[table.Table][l.Value] = x
			all = append(all, x)
			code := l.Value[:min(2, len(l.Value))]
			country[code] = append(country[code], x)
		}
		switch {
		case table.Table == "region":
			for code, provinces := range country {
				a.equation(0, append(provinces, minus(lines["country"][code]))...)
			}
		case table.Unit == "conversations":
			a.equation(*s.Conversations, all...)
		case table.Unit == "messages":
			a.equation(*s.Messages, all...)
		}
	}
	if len(lines["source_period"]) > 0 && len(lines["source_times"]) > 0 {
		both := slices.Collect(maps.Values(lines["source_period"]))
		for _, x := range lines["source_times"] {
			both = append(both, minus(x))
		}
		a.equation(0, both...)
	}
	return lines
}

// grid writes down that rows and columns add up to their totals.
func (a *attacker) grid(t *testing.T, g seenGrid, rows, columns map[string]term) {
	down := make([][]term, len(g.Columns))
	for i, row := range g.Rows {
		var across []term
		for j, column := range g.Columns {
			x := term{g.Table + "/" + row + "/" + column, g.Counts[i][j], 1}
			across = append(across, x)
			down[j] = append(down[j], x)
		}
		total, ok := rows[row]
		require.True(t, ok, "%s: no total for row %s", g.Table, row)
		a.equation(0, append(across, minus(total))...)
	}
	for j, column := range g.Columns {
		total, ok := columns[column]
		require.True(t, ok, "%s: no total for column %s", g.Table, column)
		a.equation(0, append(down[j], minus(total))...)
	}
}

func minus(t term) term {
	t.sign = -t.sign
	return t
}

// simplex is a tableau in a feasible basis.
type simplex struct {
	t     [][]float64 // equations; last column is the right side
	basis []int
	n     int
}

const epsilon = 1e-7

// feasible returns a tableau of the equations over non-negative unknowns.
func (a *attacker) feasible(t *testing.T) *simplex {
	n, m := len(a.names), len(a.rows)
	s := &simplex{n: n, basis: make([]int, m)}
	cost := make([]float64, n+m+1)
	for i, row := range a.rows {
		sign := 1.0
		if row[n] < 0 {
			sign = -1
		}
		wide := make([]float64, n+m+1)
		for j := range n {
			wide[j] = sign * row[j]
		}
		wide[n+i], wide[n+m] = 1, sign*row[n]
		s.t = append(s.t, wide)
		s.basis[i] = n + i
		for j := range wide {
			cost[j] -= wide[j]
		}
		cost[n+i] = 0
	}
	s.run(cost, n)
	require.InDelta(t, 0, cost[n+m], 1e-5, "the published tables contradict each other")
	for i := 0; i < len(s.t); i++ { // artificial unknowns leave the basis
		if s.basis[i] < n {
			continue
		}
		pivot := -1
		for j := range n {
			if math.Abs(s.t[i][j]) > epsilon {
				pivot = j
				break
			}
		}
		if pivot >= 0 {
			s.pivot(i, pivot, nil)
			continue
		}
		s.t = append(s.t[:i], s.t[i+1:]...)
		s.basis = append(s.basis[:i], s.basis[i+1:]...)
		i--
	}
	return s
}

// run minimises by Bland's rule, over the first n unknowns.
func (s *simplex) run(cost []float64, n int) {
	for {
		enter := -1
		for j := range n {
			if cost[j] < -epsilon {
				enter = j
				break
			}
		}
		if enter < 0 {
			return
		}
		leave, least := -1, math.Inf(1)
		for i, row := range s.t {
			if row[enter] > epsilon {
				if r := row[len(row)-1] / row[enter]; r < least-epsilon || r < least+epsilon && s.basis[i] < s.basis[leave] {
					leave, least = i, r
				}
			}
		}
		if leave < 0 {
			cost[len(cost)-1] = math.Inf(1) // unbounded
			return
		}
		s.pivot(leave, enter, cost)
	}
}

func (s *simplex) pivot(i, j int, cost []float64) {
	p := s.t[i][j]
	for k := range s.t[i] {
		s.t[i][k] /= p
	}
	rows := s.t
	if cost != nil {
		rows = append(append([][]float64{}, s.t...), cost)
	}
	for r, row := range rows {
		if r == i || math.Abs(row[j]) < 1e-12 {
			continue
		}
		f := row[j]
		for k := range row {
			row[k] -= f * s.t[i][k]
		}
	}
	s.basis[i] = j
}

// extreme returns the least (sign 1) or the most (sign -1) an unknown can be.
func (s *simplex) extreme(unknown int, sign float64) float64 {
	c := &simplex{n: s.n, basis: append([]int{}, s.basis...)}
	for _, row := range s.t {
		c.t = append(c.t, append([]float64{}, row...))
	}
	width := len(s.t[0])
	cost := make([]float64, width)
	cost[unknown] = sign
	for i, b := range c.basis {
		if b == unknown {
			for k := range cost {
				cost[k] -= sign * c.t[i][k]
			}
			cost[b] = 0
		}
	}
	c.run(cost, s.n)
	return -sign * cost[width-1]
}
