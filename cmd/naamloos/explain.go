package main

import (
	"slices"
	"strconv"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// An explainer says why something was found or was not.
type explainer struct{ set *detectors.Set }

// newExplainer returns an explainer that looks as an anonymizer with options o
// does.
func newExplainer(o anonymize.Options) (*explainer, error) {
	set, err := detectors.New(detectors.Options{Strictness: o.Strictness, Keep: slices.Concat(o.Keep, o.Policy.KeepWords)})
	if err != nil {
		return nil, err
	}
	return &explainer{set}, nil
}

// append ends a line about message i of c: the spans with their rules, and the
// near misses that no span covers.
func (x *explainer) append(line []byte, c *transcripts.Conversation, i int, spans []detectors.Span) ([]byte, error) {
	t := detectors.Text{Body: c.Messages[i].Text}
	if i > 0 {
		t.Prev = c.Messages[i-1].Text
	}
	_, misses, err := x.set.Explain(t)
	if err != nil {
		return nil, err
	}
	line = append(line, `,"spans":[`...)
	for k, sp := range spans {
		if k > 0 {
			line = append(line, ',')
		}
		line = append(appendString(append(appendSpan(line, sp), `,"rule":`...), sp.Rule), '}')
	}
	line = append(line, `],"near":[`...)
	first := true
	for _, m := range misses {
		if slices.ContainsFunc(spans, func(s detectors.Span) bool { return s.Start < m.End && m.Start < s.End }) {
			continue
		}
		if !first {
			line = append(line, ',')
		}
		first = false
		line = strconv.AppendInt(append(line, `{"start":`...), int64(m.Start), 10)
		line = strconv.AppendInt(append(line, `,"end":`...), int64(m.End), 10)
		line = appendString(append(line, `,"detector":`...), m.Detector)
		line = appendString(append(line, `,"rule":`...), m.Rule)
		line = append(appendString(append(line, `,"why":`...), m.Why), '}')
	}
	return append(line, "]}\n"...), nil
}
