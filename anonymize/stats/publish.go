package stats

import (
	"errors"
	"maps"
	"slices"

	"github.com/clbchat/naamloos/anonymize/region"
)

// Disclosure says how counts may be shown. The zero value shows all tables, no
// cell of fewer than 5 conversations, and does not round.
type Disclosure struct {
	Threshold int     // k: smaller counts are absent; 0 means 5, at least 3
	Round     int     // to multiples of 3 or 5; 0: not
	Tables    []Table // only these, and no finer; nil: all
}

const (
	defaultThreshold = 5
	minK             = 3
)

// Faults of a Disclosure.
var (
	ErrSmall = errors.New("stats: Disclosure.Threshold is below 3")
	ErrRound = errors.New("stats: Disclosure.Round is neither 0, 3 nor 5")
	ErrTable = errors.New("stats: Disclosure.Tables names a table that there is not")
)

// publisher makes one Published.
type publisher struct {
	s     *Stats
	k     int64
	round int64
	shown map[Table]bool
	lines map[Table][]line // all of a table, protected; not there when it cannot be shown
	out   *Published
}

// Publish returns the tables that may be shown. The same counts give the same
// tables.
func (s *Stats) Publish(d Disclosure) (*Published, error) {
	if d.Threshold == 0 {
		d.Threshold = defaultThreshold
	}
	switch {
	case d.Threshold < minK:
		return nil, ErrSmall
	case d.Round != 0 && d.Round != 3 && d.Round != 5:
		return nil, ErrRound
	}
	p := &publisher{s: s, k: int64(d.Threshold), round: int64(d.Round), lines: map[Table][]line{}, shown: map[Table]bool{},
		out: &Published{Threshold: d.Threshold, Round: d.Round, Conversations: Absent, Messages: Absent, Tables: []Lines{}, Grids: []Grid{}, Times: []Times{}}}
	if err := p.choose(d.Tables); err != nil {
		return nil, err
	}
	if s.conversations >= p.k {
		p.all()
	}
	p.sources()
	return p.out, nil
}

// AllTables returns the names of all tables.
func AllTables() []Table {
	all := slices.Clone(oneWay[:])
	for _, w := range twoWay {
		all = append(all, w.table)
	}
	return append(all, SourcePeriod, SourceTimes, SourcePeriodTimes)
}

// choose notes which tables are shown.
func (p *publisher) choose(tables []Table) error {
	all := AllTables()
	if tables == nil {
		tables = all
	}
	for _, t := range tables {
		if !slices.Contains(all, t) {
			return ErrTable
		}
		p.shown[t] = true
	}
	return nil
}

func (p *publisher) all() {
	p.out.Conversations, p.out.Messages = p.count(p.s.conversations), p.count(p.s.messages)
	for _, t := range oneWay {
		if t == Region {
			p.regions()
		} else {
			p.table(t)
		}
	}
	for _, w := range twoWay {
		p.grid(w.table, w.rows, w.columns, "conversations", p.s.pairs[w.table])
	}
	for _, h := range []struct {
		table Table
		of    *histogram
	}{{Duration, &p.s.durations}, {Waiting, &p.s.waits}} {
		if n := h.of.total(); p.shown[h.table] && n >= 2*p.k {
			t := Times{Table: h.table, Median: Count(h.of.quantile(50)), Ninety: Absent}
			if n >= 10*p.k {
				t.Ninety = Count(h.of.quantile(90))
			}
			p.out.Times = append(p.out.Times, t)
		}
	}
}

// unit returns what a table counts.
func unit(t Table) string {
	switch t {
	case MessageMonth, MessageWeekday, MessageHour, Speaker:
		return "messages"
	case Entity:
		return "replacements"
	case SourcePeriod, SourceTimes, SourcePeriodTimes:
		return "sources"
	}
	return "conversations"
}

// open reports whether the values of a table are not known beforehand: that one
// of few occurs at all may be told by no line.
func open(t Table) bool { return t == Country || labelled(t) }

// table protects and shows one table.
func (p *publisher) table(t Table) {
	lines := p.s.linesOf(t)
	if !protectLine(lines, p.k) {
		return
	}
	p.lines[t] = lines
	p.show(t, lines)
}

// linesOf returns the lines of a table, those without a count too where the
// values are known beforehand.
func (s *Stats) linesOf(t Table) []line {
	values := closedValues(t)
	for _, v := range s.sortedValues(t) {
		if !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	lines := make([]line, len(values))
	for i, v := range values {
		lines[i] = line{value: v, cell: s.values[t][v]}
	}
	return lines
}

// closedValues returns the values of a table in the order in which they are
// shown, where they are known beforehand.
func closedValues(t Table) []string {
	var out []string
	switch t {
	case Weekday, MessageWeekday:
		for d := 1; d <= 7; d++ {
			out = append(out, weekdayName(d))
		}
	case Hour, MessageHour:
		for h := range 24 {
			out = append(out, hourName(h))
		}
	case Duration:
		out = bandNames(durationBands[:])
	case Waiting:
		out = bandNames(waitingBands[:])
	case Age:
		out = bandNames(ageBands[:])
	case SourceTimes:
		out = bandNames(timesBands[:])
	}
	return out
}

func bandNames(bands []band) []string {
	out := make([]string, len(bands))
	for i, b := range bands {
		out[i] = b.name
	}
	return out
}

// show adds a table to what is shown.
func (p *publisher) show(t Table, lines []line) {
	if !p.shown[t] {
		return
	}
	out := Lines{Table: t, Unit: unit(t), Lines: []Line{}}
	var rest cell
	for _, l := range lines {
		switch {
		case open(t) && gathered(t, l):
			rest.Count += l.Count
			rest.Conversations += l.Conversations
			continue
		case l.Conversations == 0 && l.value == Unknown:
			continue
		}
		out.Lines = append(out.Lines, p.line(t, l))
	}
	if rest.Conversations > 0 {
		out.Lines = append(out.Lines, p.line(t, line{value: Other, cell: rest}))
	}
	p.out.Tables = append(p.out.Tables, out)
}

func (p *publisher) line(t Table, l line) Line {
	out := Line{Value: l.value, Count: p.count(l.Count)}
	if l.absent {
		out.Count = Absent
	}
	if t == Entity {
		n := p.count(l.Conversations)
		if l.absent {
			n = Absent
		}
		out.Conversations = &n
	}
	return out
}

// count returns a number as it is shown.
func (p *publisher) count(n int64) Count {
	if p.round > 0 {
		n = (n + p.round/2) / p.round * p.round
	}
	return Count(n)
}

// regions shows the provinces of the countries that are shown and have some. The
// provinces of a country add up to it.
func (p *publisher) regions() {
	var all []line
	for _, c := range p.lines[Country] {
		if c.absent || c.Conversations == 0 || len(region.Provinces(c.value)) == 0 {
			continue
		}
		var lines []line
		for _, province := range region.Provinces(c.value) {
			lines = append(lines, line{value: province.Code, cell: p.s.values[Region][province.Code]})
		}
		rest := c.value + "-"
		lines = append(lines, line{value: rest + Unknown, cell: p.s.values[Region][rest]})
		if protectLine(lines, p.k) {
			all = append(all, lines...)
		}
	}
	if len(all) > 0 {
		p.show(Region, all)
	}
}

// sources shows how often the same source wrote.
func (p *publisher) sources() {
	months, times, both := p.s.sources.tables()
	scale := p.s.sources.scale()
	if int64(p.s.sources.n) < p.k {
		return
	}
	if scale > 1 {
		p.out.SourcesOneIn = scale
	}
	for _, t := range []struct {
		table  Table
		counts map[string]int64
	}{{SourcePeriod, months}, {SourceTimes, times}} {
		values := closedValues(t.table)
		if values == nil {
			values = slices.Sorted(maps.Keys(t.counts))
		}
		lines := make([]line, len(values))
		for i, v := range values {
			lines[i] = line{value: v, cell: cell{t.counts[v], t.counts[v]}}
		}
		if protectLine(lines, p.k) {
			p.lines[t.table] = lines
			p.show(t.table, scaled(lines, scale))
		}
	}
	p.grid(SourcePeriodTimes, SourcePeriod, SourceTimes, "sources", both)
}

func scaled(lines []line, by int64) []line {
	out := slices.Clone(lines)
	for i := range out {
		out[i].Count *= by
	}
	return out
}
