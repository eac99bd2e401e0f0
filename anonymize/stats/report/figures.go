package report

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/anonymize/stats"
)

// figure is one chart of the report.
type figure struct {
	name string
	of   stats.Table
	draw func(*builder, figure) (chart, bool, error)
}

// sections are the parts of the report in order.
var sections = []struct {
	name    string
	figures []figure
}{
	{"when", []figure{{"month", stats.Month, columns}, {"weekday", stats.Weekday, columns}, {"hour", stats.Hour, columns}, {"message_hour", stats.MessageHour, columns},
		{"weekday_hour", stats.WeekdayHour, grid}}},
	{"how_long", []figure{{"duration", stats.Duration, columns}, {"waiting", stats.Waiting, columns}}},
	{"about", []figure{{"topic", stats.Topic, rows}, {"department", stats.Department, rows}, {"month_topic", stats.MonthTopic, grid}, {"age_topic", stats.AgeTopic, grid}}},
	{"who", []figure{{"age", stats.Age, columns}, {"role", stats.Role, rows}, {"language", stats.Language, rows}, {"speaker", stats.Speaker, rows}}},
	{"where", []figure{{"map", stats.Region, places}, {"country", stats.Country, rows}}},
	{"again", []figure{{"source_times", stats.SourceTimes, columns}, {"source_period", stats.SourcePeriod, columns}, {"source_period_times", stats.SourcePeriodTimes, grid}}},
	{"hidden", []figure{{"entity", stats.Entity, rows}}},
}

// maxRows is how many lying bars a chart has; the table beside it has all.
const maxRows = 16

// figureOf returns a chart with its numbers, without a drawing. False when there
// is nothing to see: no table, or all of it unknown.
func (b *builder) figureOf(f figure) (chart, *stats.Lines, bool) {
	t := b.table(f.of)
	if t == nil {
		return chart{}, nil, false
	}
	c := b.chart(f)
	c.Head = []string{b.say(f.name), b.say(t.Unit)}
	if f.of == stats.Entity {
		c.Head = append(c.Head, b.say("in_conversations"))
	}
	told := false
	for _, l := range t.Lines {
		told = told || l.Value != stats.Unknown && l.Count != 0
		row := []string{b.value(f.of, l.Value), b.number(l.Count)}
		if l.Conversations != nil {
			row = append(row, b.number(*l.Conversations))
		}
		c.Lines = append(c.Lines, row)
	}
	return c, t, told
}

func (b *builder) chart(f figure) chart {
	return chart{Name: b.say(f.name), Table: b.say("table"), Absent: b.say("absent")}
}

// barsOf returns what a chart shows of lines.
func (b *builder) barsOf(t stats.Table, lines []stats.Line) bars {
	out := bars{number: b.number}
	for i, l := range lines {
		label := b.value(t, l.Value)
		if isMonth(l.Value) && i > 0 && !strings.HasSuffix(l.Value, "-01") {
			label = l.Value[5:] // the year stands at the first and at each January
		}
		if l.Count < 0 && upright(t) {
			label += " ·"
		}
		out.labels = append(out.labels, label)
		out.counts = append(out.counts, l.Count)
	}
	return out
}

// upright reports whether the bars of a table stand, so that one that is not
// shown can only be told by its name.
func upright(t stats.Table) bool {
	switch t {
	case stats.Topic, stats.Department, stats.Role, stats.Language, stats.Speaker, stats.Country, stats.Entity:
		return false
	}
	return true
}

func isMonth(v string) bool { return len(v) == 7 && v[4] == '-' }

func columns(b *builder, f figure) (chart, bool, error) {
	c, t, ok := b.figureOf(f)
	if !ok {
		return c, false, nil
	}
	lines := slices.DeleteFunc(slices.Clone(t.Lines), func(l stats.Line) bool { return l.Value == stats.Unknown })
	data := b.barsOf(f.of, lines)
	if data.empty() {
		return c, false, nil
	}
	var err error
	c.Image, err = data.columns()
	return c, true, err
}

func rows(b *builder, f figure) (chart, bool, error) {
	c, t, ok := b.figureOf(f)
	if !ok {
		return c, false, nil
	}
	lines := slices.Clone(t.Lines)
	slices.SortStableFunc(lines, func(x, y stats.Line) int {
		return cmp.Or(cmp.Compare(last(x), last(y)), cmp.Compare(y.Count, x.Count))
	})
	data := b.barsOf(f.of, lines[:min(len(lines), maxRows)])
	if data.empty() {
		return c, false, nil
	}
	var err error
	c.Image, err = data.rows()
	return c, true, err
}

// last orders what is not a value of its own behind those that are.
func last(l stats.Line) int {
	switch l.Value {
	case stats.Other:
		return 1
	case stats.Unknown:
		return 2
	}
	return 0
}

// grid shows a table with rows and columns, shaded.
func grid(b *builder, f figure) (chart, bool, error) {
	i := slices.IndexFunc(b.p.Grids, func(g stats.Grid) bool { return g.Table == f.of })
	if i < 0 || len(b.p.Grids[i].Rows) < 2 || len(b.p.Grids[i].Columns) < 2 {
		return chart{}, false, nil
	}
	g := &b.p.Grids[i]
	c := b.chart(f)
	c.Wide = true
	c.Grid = b.gridView(g)
	return c, true, nil
}

// axes returns what the rows and columns of a grid are.
func axes(t stats.Table) (rows, columns stats.Table) {
	switch t {
	case stats.WeekdayHour:
		return stats.Weekday, stats.Hour
	case stats.MonthTopic:
		return stats.Month, stats.Topic
	case stats.AgeTopic:
		return stats.Age, stats.Topic
	}
	return stats.SourcePeriod, stats.SourceTimes
}

func (b *builder) gridView(g *stats.Grid) *gridView {
	rowTable, columnTable := axes(g.Table)
	var most stats.Count
	for _, row := range g.Counts {
		most = max(most, slices.Max(row))
	}
	out := &gridView{}
	for _, v := range g.Columns {
		out.Columns = append(out.Columns, b.value(columnTable, v))
	}
	for i, v := range g.Rows {
		row := gridRow{Name: b.value(rowTable, v)}
		for _, c := range g.Counts[i] {
			class := "none"
			if c >= 0 {
				class = "s" + string('0'+rune(step(c, most)))
			}
			row.Cells = append(row.Cells, gridCell{b.number(c), class})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// places draws the map, with the provinces as its table.
func places(b *builder, f figure) (chart, bool, error) {
	c, t, ok := b.figureOf(f)
	country := b.table(stats.Country)
	if !ok || country == nil {
		return c, false, nil
	}
	c.Head[0] = b.say("region")
	counts := map[string]stats.Count{}
	for _, l := range country.Lines {
		counts[l.Value] = l.Count
	}
	for _, l := range t.Lines {
		counts[l.Value] = l.Count
	}
	var err error
	var image template.HTML
	image, err = drawMap(b.speech, counts)
	c.Image = image
	return c, true, err
}
