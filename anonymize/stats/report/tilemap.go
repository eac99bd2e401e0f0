package report

import (
	"html/template"
	"strings"

	"github.com/go-analyze/charts"

	"github.com/clbchat/naamloos/anonymize/stats"
)

// tile is a province or a neighbouring country on the map.
type tile struct {
	code        string
	column, row int
}

// tiles lie as the places lie to each other; all are of one size, so that none
// looks important for its fields and woods.
var tiles = [...]tile{
	{"GB", 0, 0}, {"NL", 3, 0},
	{"BE-VWV", 1, 1}, {"BE-VOV", 2, 1}, {"BE-VAN", 3, 1}, {"BE-VLI", 4, 1},
	{"BE-BRU", 2, 2}, {"BE-VBR", 3, 2}, {"BE-WLG", 4, 2}, {"DE", 5, 2},
	{"BE-WHT", 2, 3}, {"BE-WBR", 3, 3}, {"BE-WNA", 4, 3},
	{"FR", 2, 4}, {"BE-WLX", 4, 4}, {"LU", 5, 4},
}

const (
	tileWidth  = 92
	tileHeight = 72
	tileGap    = 4
)

// drawMap draws the map. counts has what is shown of each code: a country that
// is not there is not shown.
func drawMap(s speech, counts map[string]stats.Count) (template.HTML, error) {
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG,
		Width: 6*(tileWidth+tileGap) - tileGap + 2, Height: 5*(tileHeight+tileGap) - tileGap + 2})
	var most stats.Count
	for _, t := range tiles {
		if len(t.code) > 2 {
			most = max(most, counts[t.code])
		}
	}
	for _, t := range tiles {
		count, ok := counts[t.code]
		if !ok {
			count = stats.Absent
		}
		t.draw(p, s, count, most)
	}
	return finish(p)
}

func (t tile) draw(p *charts.Painter, s speech, count, most stats.Count) {
	x, y := 1+t.column*(tileWidth+tileGap), 1+t.row*(tileHeight+tileGap)
	fill, border, text := none, none, faint
	switch {
	case len(t.code) == 2: // a country, not to be compared with provinces
		fill, border, text = charts.ColorTransparent, line, ink
	case count >= 0:
		n := step(count, most)
		fill, border, text = shade[n], shade[n], onLow
		if n >= 3 {
			text = onTop
		}
	}
	p.FilledRect(x, y, x+tileWidth, y+tileHeight, fill, border, 1)
	center := func(body string, dy int, size float64) {
		write(p, body, x+tileWidth/2, y+dy, charts.FontStyle{FontSize: size, FontColor: atMiddle.of(text)})
	}
	first, second := t.name(p, s)
	if second == "" {
		center(first, 30, textSize)
	} else {
		center(first, 20, textSize)
		center(second, 36, textSize)
	}
	center(s.number(count), 59, 13.5)
}

// name returns the name on a tile, on two lines when it is long.
func (t tile) name(p *charts.Painter, s speech) (first, second string) {
	const room = tileWidth - 8
	name := s.value(stats.Region, t.code)
	if len(t.code) == 2 {
		name = s.value(stats.Country, t.code)
	} else if name == s.value(stats.Country, "LU") {
		name += " (BE)" // the province, not the country beside it
	}
	if p.MeasureText(name, 0, font(ink)).Width() <= room {
		return name, ""
	}
	at := strings.IndexAny(name, " -")
	if at < 0 {
		return fit(p, name, room), ""
	}
	first = strings.TrimSpace(name[:at+1])
	return fit(p, first, room), fit(p, name[at+1:], room)
}

// step returns the shade of a count: 0 for none, 4 for the most.
func step(count, most stats.Count) int {
	if count <= 0 || most <= 0 {
		return 0
	}
	return int(min(4, 1+count*4/(most+1)))
}
