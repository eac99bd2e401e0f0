package report

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-analyze/charts"

	"github.com/clbchat/naamloos/anonymize/stats"
)

// Colours of the charts. They stand for the colours of the style sheet, which
// knows a light and a dark theme: finish puts its names in their place.
var (
	ink   = charts.ColorRGB(101, 0, 0)
	faint = charts.ColorRGB(102, 0, 0)
	line  = charts.ColorRGB(103, 0, 0)
	bar   = charts.ColorRGB(104, 0, 0)
	shade = [...]charts.Color{charts.ColorRGB(110, 0, 0), charts.ColorRGB(111, 0, 0), charts.ColorRGB(112, 0, 0), charts.ColorRGB(113, 0, 0), charts.ColorRGB(114, 0, 0)}
	onLow = charts.ColorRGB(115, 0, 0) // text on a light shade
	onTop = charts.ColorRGB(116, 0, 0) // text on a dark shade
	none  = charts.ColorRGB(117, 0, 0) // of what is not shown
)

// anchor says which point of a text stands at its place. The colour of the text
// carries it through the library, which always writes from the left.
type anchor uint8

const (
	atEnd anchor = 1 + iota
	atMiddle
)

func (a anchor) of(c charts.Color) charts.Color {
	c.G = uint8(a)
	return c
}

var variables = map[string]string{
	"101": "ink", "102": "faint", "103": "line", "104": "bar", "110": "s0", "111": "s1", "112": "s2", "113": "s3", "114": "s4", "115": "on-low", "116": "on-top", "117": "none",
}

// Sizes of the charts in units of the drawing, and of their text.
const (
	chartWidth  = 560
	chartHeight = 220
	rowHeight   = 26
	textSize    = 10.5
	crowded     = 13 // with more bars there is no room for every label
)

// bars is what a chart shows: a number a value, in order.
type bars struct {
	labels []string
	counts []stats.Count
	number func(stats.Count) string
}

// series returns the numbers of a chart; what is not shown has no bar.
func (b bars) series() []float64 {
	out := make([]float64, len(b.counts))
	for i, c := range b.counts {
		out[i] = charts.GetNullValue()
		if c >= 0 {
			out[i] = float64(c)
		}
	}
	return out
}

func (b bars) empty() bool {
	for _, c := range b.counts {
		if c > 0 {
			return false
		}
	}
	return true
}

// theme are the colours of a chart.
func theme() charts.ColorPalette {
	return charts.MakeTheme(charts.ThemeOption{
		AxisStrokeColor: line, AxisSplitLineColor: line, BackgroundColor: charts.ColorTransparent,
		TextColor: ink, TextColorXAxis: faint, TextColorYAxis: faint, TextColorLabel: ink,
		SeriesColors: []charts.Color{bar},
	})
}

func font(c charts.Color) charts.FontStyle {
	return charts.FontStyle{FontSize: textSize, FontColor: c}
}

// label writes the count at the end of a bar.
func (b bars) label() charts.SeriesLabel {
	on := true
	return charts.SeriesLabel{Show: &on, FontStyle: font(ink), LabelFormatter: func(_ int, _ string, v float64) (string, *charts.LabelStyle) {
		if v == charts.GetNullValue() {
			return "", nil
		}
		return b.number(stats.Count(v)), nil
	}}
}

// columns draws upright bars: for what has an order.
func (b bars) columns() (template.HTML, error) {
	opt := charts.NewBarChartOptionWithData([][]float64{b.series()})
	off, zero := false, 0.0
	opt.Theme = theme()
	opt.Padding = charts.NewBox(4, 14, 4, 2)
	for i, l := range b.labels {
		if i%2 == 1 && len(b.labels) > crowded {
			l = ""
		}
		opt.XAxis.Labels = append(opt.XAxis.Labels, template.HTMLEscapeString(l))
	}
	opt.XAxis.LabelFontStyle = font(faint)
	opt.XAxis.LabelCount = len(b.labels)
	opt.YAxis = []charts.YAxisOption{{Show: &off, Min: &zero, SplitLineShow: &off}}
	opt.Legend.Show = &off
	if len(b.labels) <= crowded {
		opt.SeriesList[0].Label = b.label()
	}
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: chartWidth, Height: chartHeight})
	if err := p.BarChart(opt); err != nil {
		return "", err
	}
	return finish(p)
}

// rows draws lying bars: for what has names.
func (b bars) rows() (template.HTML, error) {
	const left, right = 150, 60
	height := rowHeight*len(b.labels) + 4
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: chartWidth, Height: height})
	var most stats.Count = 1
	for _, c := range b.counts {
		most = max(most, c)
	}
	for i, c := range b.counts {
		y := 2 + i*rowHeight
		name := fit(p, b.labels[i], left-10)
		write(p, name, left-8, y+17, font(atEnd.of(ink)))
		end := left
		if c > 0 {
			end = left + max(2, int(int64(c)*int64(chartWidth-left-right)/int64(most)))
			p.FilledRect(left, y+3, end, y+rowHeight-3, bar, bar, 0)
		}
		write(p, b.number(c), end+6, y+17, font(faint))
	}
	return finish(p)
}

// write writes a text. The library puts texts into the drawing as they are.
func write(p *charts.Painter, text string, x, y int, f charts.FontStyle) {
	p.Text(template.HTMLEscapeString(text), x, y, 0, f)
}

// fit shortens a text to a width.
func fit(p *charts.Painter, text string, width int) string {
	runes := []rune(text)
	for len(runes) > 1 && p.MeasureText(text, 0, font(ink)).Width() > width {
		runes = runes[:len(runes)-1]
		text = strings.TrimSpace(string(runes)) + "…"
	}
	return text
}

var (
	colour = regexp.MustCompile(`rgb\((\d+),(\d+),(\d+)\)`)
	family = regexp.MustCompile(`font-family:[^"]*`)
	breaks = regexp.MustCompile(`\s*\n\s*`)
)

// finish returns a drawing for the page: in the colours and letters of its style
// sheet, hidden from screen readers, which have the table beside it.
func finish(p *charts.Painter) (template.HTML, error) {
	b, err := p.Bytes()
	if err != nil {
		return "", err
	}
	svg := colour.ReplaceAllStringFunc(string(b), func(m string) string {
		part := colour.FindStringSubmatch(m)
		name, ok := variables[part[1]]
		switch {
		case !ok:
			return m
		case part[2] == part[3]:
			return "var(--" + name + ")"
		case part[2] == strconv.Itoa(int(atEnd)):
			return "var(--" + name + ");text-anchor:end"
		}
		return "var(--" + name + ");text-anchor:middle"
	})
	svg = family.ReplaceAllString(svg, "font-family:inherit")
	svg = breaks.ReplaceAllString(svg, " ")
	svg = strings.Replace(svg, "<svg ", fmt.Sprintf(`<svg aria-hidden="true" width="%d" height="%d" `, p.Width(), p.Height()), 1)
	svg = strings.ReplaceAll(svg, ` xmlns:xlink="http://www.w3.org/1999/xlink"`, "")
	return template.HTML(svg), nil // all texts in it are escaped
}
