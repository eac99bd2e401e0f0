package anonymize

import (
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/identity"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Replacement says where in a message something was replaced, and why. It holds
// no text: rules are constant, and Digest is keyed.
type Replacement struct {
	Message  int                  // number from 1
	Start    int                  // bytes of the output's text, from here
	End      int                  // to here
	From     int                  // bytes of the original's text, from here
	To       int                  // to here
	Type     detectors.EntityType // as what it was replaced
	Detector string
	Rule     string
	Score    float64
	Digest   corrections.Digest // of what was replaced, under the key of the run
}

// follow notes the replacements that edits, made for spans, make in value i,
// which holds text, when it is a message.
func (s *state) follow(report *Report, i int, text string, edits []transcripts.Edit, spans []detectors.Span) {
	sl := &s.slots[i]
	if sl.msg == nil {
		return
	}
	made := make([]Replacement, 0, len(edits))
	for _, e := range edits {
		r := Replacement{Message: sl.message + 1, Start: e.Start, End: e.End}
		for _, sp := range spans {
			if sp.Start == e.Start && sp.End == e.End {
				r.Type, r.Detector, r.Rule, r.Score = sp.Type, sp.Detector, sp.Rule, sp.Score
			}
		}
		if d, _, ok := s.a.digester.Digest(text[e.Start:e.End]); ok {
			r.Digest = d
		}
		made = append(made, r)
	}
	report.Replacements[sl.message] = merge(report.Replacements[sl.message], made, edits)
}

// merge returns old, the replacements of a text so far, and those that edits of
// it make now. What is replaced again becomes part of the new.
func merge(old, made []Replacement, edits []transcripts.Edit) []Replacement {
	out := make([]Replacement, 0, len(old)+len(edits))
	shift, next := 0, 0 // how far the output is ahead; the next of old
	for k, e := range edits {
		for ; next < len(old) && old[next].End <= e.Start; next++ {
			out = append(out, old[next].shifted(shift))
		}
		r := made[k]
		r.From, r.To = Origin(old, e.Start, e.End)
		r.Start, r.End = e.Start+shift, e.Start+shift+len(e.Text)
		out = append(out, r)
		for next < len(old) && old[next].Start < e.End {
			next++
		}
		shift += len(e.Text) - (e.End - e.Start)
	}
	for ; next < len(old); next++ {
		out = append(out, old[next].shifted(shift))
	}
	return out
}

func (r Replacement) shifted(by int) Replacement {
	r.Start += by
	r.End += by
	return r
}

// Origin returns which bytes of the original stand behind bytes [start, end) of
// a text that old has made of it.
func Origin(old []Replacement, start, end int) (from, to int) {
	from, to = start, end
	for _, r := range old {
		switch {
		case r.End <= start:
			from = start - r.End + r.To
		case r.Start < start:
			from = r.From
		}
		switch {
		case r.End <= end:
			to = end - r.End + r.To
		case r.Start < end:
			to = r.To
		}
	}
	return from, to
}

// allowed returns spans without those that readers found needless. What the
// conversation teaches is not asked: a name proven elsewhere stays hidden.
func (s *state) allowed(text string, spans []detectors.Span) []detectors.Span {
	l := s.a.corrections
	if l == nil {
		return spans
	}
	kept := spans[:0]
	for _, sp := range spans {
		value := text[sp.Start:sp.End]
		if l.Allows(sp.Type, value) || l.HasPseudonyms() && l.AllowsPseudonym(s.a.Pseudonym(sp.Type, value)) {
			continue
		}
		kept = append(kept, sp)
	}
	return kept
}

// Pseudonym returns what stands wherever the key is used for a value that
// nothing is known of but its type; "" when the policy has another operator or
// a narrower scope for it.
func (a *Anonymizer) Pseudonym(t detectors.EntityType, text string) string {
	r := a.rules.byType[t]
	if r.Operator != OperatorPseudonym || r.Scope != ScopeCorpus {
		return ""
	}
	var nobody *identity.Graph
	if who, ok := nobody.Canonical(t, text); ok {
		return token(t, r.people.code(who))
	}
	return token(t, r.values.code(canonical(t, text)))
}
