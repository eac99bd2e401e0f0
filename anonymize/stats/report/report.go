// Package report shows published statistics as one HTML page that needs nothing
// beside it: charts drawn as SVG, a map of the Belgian provinces and their
// neighbours, tables under every chart, in Dutch, French, German and English,
// for screens in light and dark and for paper.
//
//	err := report.Write(w, published, report.Options{Language: "fr"})
//
// The page has no script, loads nothing and links to nothing; its content
// security policy forbids both. It holds what was published and no more.
package report

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/clbchat/naamloos/anonymize/stats"
)

// Options of a report.
type Options struct {
	Language string // shown first: nl, fr, de or en; "" means nl
}

// ErrLanguage says that the report does not speak a language.
var ErrLanguage = errors.New("report: Options.Language is none of nl, fr, de, en")

//go:embed report.html report.css
var files embed.FS

// page is what the template shows.
type page struct {
	First   string // language
	Style   template.CSS
	Choices []choice
	Views   []view
}

type choice struct {
	Code, Name string
	First      bool
}

// view is the page in one language.
type view struct {
	Code, Title, Period string
	Figures             []total
	Sections            []section
	Reading             string
	Notes               []string
}

// total is one large number at the top.
type total struct{ Number, Name, Note string }

type section struct {
	Name   string
	Charts []chart
}

// chart is one figure: a drawing, or a grid as table, and the numbers.
type chart struct {
	Name   string
	Wide   bool
	Image  template.HTML
	Grid   *gridView
	Head   []string
	Lines  [][]string
	Absent string // what · means, for who hears it
	Table  string
}

// gridView is a table whose cells are shaded by their count.
type gridView struct {
	Columns []string
	Rows    []gridRow
}

type gridRow struct {
	Name  string
	Cells []gridCell
}

type gridCell struct {
	Text  string
	Class string
}

// Write writes the report.
func Write(w io.Writer, p *stats.Published, o Options) error {
	if o.Language == "" {
		o.Language = languages[0]
	}
	if !slices.Contains(languages[:], o.Language) {
		return ErrLanguage
	}
	style, err := files.ReadFile("report.css")
	if err != nil {
		return err
	}
	out := page{First: o.Language, Style: template.CSS(style)}
	for i, code := range languages {
		out.Choices = append(out.Choices, choice{code, names[i], code == o.Language})
		b := builder{speech{code, i}, p}
		v, err := b.view()
		if err != nil {
			return err
		}
		out.Views = append(out.Views, v)
	}
	t, err := template.ParseFS(files, "report.html")
	if err != nil {
		return err
	}
	return t.Execute(w, out)
}

// builder makes the view of one language.
type builder struct {
	speech
	p *stats.Published
}

func (b *builder) view() (view, error) {
	v := view{Code: b.code, Title: b.say("title"), Period: b.period(), Figures: b.totals(), Reading: b.say("reading"), Notes: b.notes()}
	for _, s := range sections {
		out := section{Name: b.say(s.name)}
		for _, f := range s.figures {
			c, ok, err := f.draw(b, f)
			if err != nil {
				return view{}, err
			}
			if ok {
				out.Charts = append(out.Charts, c)
			}
		}
		if len(out.Charts) > 0 {
			v.Sections = append(v.Sections, out)
		}
	}
	return v, nil
}

// period returns the first and the last month that are shown.
func (b *builder) period() string {
	t := b.table(stats.Month)
	if t == nil {
		return ""
	}
	first, last := "", ""
	for _, l := range t.Lines {
		if l.Value != stats.Unknown && l.Value != stats.Other {
			if first == "" {
				first = l.Value
			}
			last = l.Value
		}
	}
	if first == last {
		return first
	}
	return fmt.Sprintf(b.say("period"), first, last)
}

// totals returns the large numbers.
func (b *builder) totals() []total {
	if b.p.Conversations < 0 {
		return nil
	}
	per := ""
	if b.p.Conversations > 0 {
		tenths := int64(b.p.Messages) * 10 / int64(b.p.Conversations)
		per = fmt.Sprintf(b.say("per_chat"), fmt.Sprintf("%d%s%d", tenths/10, b.say("decimal"), tenths%10))
	}
	out := []total{{b.number(b.p.Conversations), b.say("conversations"), ""}, {b.number(b.p.Messages), b.say("messages"), per}}
	for _, t := range b.p.Times {
		name := "wait"
		if t.Table == stats.Duration {
			name = "length"
		}
		note := ""
		if t.Ninety >= 0 {
			note = fmt.Sprintf(b.say(name+"_note"), b.duration(t.Ninety))
		}
		out = append(out, total{b.duration(t.Median), b.say(name), note})
	}
	return out
}

// notes say how to read the report.
func (b *builder) notes() []string {
	notes := []string{fmt.Sprintf(b.say("note_few"), b.p.Threshold)}
	if b.p.Conversations < 0 {
		notes = append(notes, b.say("note_withheld"))
	}
	if b.p.Round > 0 {
		notes = append(notes, fmt.Sprintf(b.say("note_round"), b.p.Round))
	}
	notes = append(notes, b.say("note_unknown"))
	if b.table(stats.SourceTimes) != nil {
		notes = append(notes, b.say("note_source"))
	}
	if b.p.SourcesOneIn > 1 {
		notes = append(notes, fmt.Sprintf(b.say("note_sample"), b.p.SourcesOneIn))
	}
	return notes
}

// table returns a table that is shown, or nil.
func (b *builder) table(t stats.Table) *stats.Lines {
	for i := range b.p.Tables {
		if b.p.Tables[i].Table == t {
			return &b.p.Tables[i]
		}
	}
	return nil
}
