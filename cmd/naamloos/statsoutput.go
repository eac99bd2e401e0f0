package main

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/stats"
	"github.com/clbchat/naamloos/anonymize/stats/report"
)

// statsOutput writes statistics in a format.
type statsOutput struct {
	format     string
	language   string
	key        keys.Key
	disclosure stats.Disclosure
}

// newStatsOutput tells the format from a name or from the name of the file.
func newStatsOutput(path, format string, p anonymize.Policy, key keys.Key) (statsOutput, error) {
	if format == "" {
		switch strings.ToLower(filepath.Ext(path)) {
		case ".csv":
			format = "csv"
		case ".html", ".htm":
			format = "html"
		default:
			format = "json"
		}
	}
	switch format {
	case "json", "csv", "html":
	default:
		return statsOutput{}, misusef("statistics are written as json, csv or html, not %q", format)
	}
	return statsOutput{format: format, key: key, disclosure: stats.Disclosure{Tables: stats.Allowed(p)}}, nil
}

// check says what is wrong with the flags before anything is counted.
func (o statsOutput) check() error {
	if o.disclosure.Threshold == 0 {
		return misusef("--threshold is 3 or more")
	}
	if _, err := new(stats.Stats).Publish(o.disclosure); err != nil {
		return misusef("--threshold is 3 or more, --round is 0, 3 or 5")
	}
	return o.page(io.Discard, new(stats.Stats))
}

func (o statsOutput) write(w io.Writer, s *stats.Stats) error {
	switch o.format {
	case "csv":
		p, err := s.Publish(o.disclosure)
		if err != nil {
			return err
		}
		return p.WriteCSV(w)
	case "html":
		return o.page(w, s)
	}
	p, err := s.Publish(o.disclosure)
	if err != nil {
		return err
	}
	if !o.key.IsZero() {
		if p.Sealed, err = s.Seal(o.key); err != nil {
			return err
		}
	}
	return p.WriteJSON(w)
}

func (o statsOutput) page(w io.Writer, s *stats.Stats) error {
	p, err := s.Publish(o.disclosure)
	if err != nil {
		return err
	}
	if err := report.Write(w, p, report.Options{Language: o.language}); err != nil {
		return misuse{err}
	}
	return nil
}
