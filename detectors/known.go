package detectors

import (
	"slices"
	"strings"

	"github.com/clbchat/naamloos/detectors/namebook"
	"github.com/clbchat/naamloos/detectors/tagger"
)

// A Fact is one thing a conversation has taught: a value that stands for a
// person, a handle, a place, wherever it occurs in the conversation.
type Fact struct {
	Value string
	Type  EntityType
	// Weak facts (a common word that was a name once) are sought only where the
	// text around them agrees.
	Weak bool
}

// Known holds what a conversation has taught, ready to be sought in its texts.
// It is safe for concurrent use.
//
// A fact that is a common word (roos, lief, storm) is weak of itself, whatever
// Fact.Weak says.
type Known struct {
	strict  Strictness
	persons *namebook.Book
	others  *namebook.Book
	written []string // the others, as they were written
}

// NewKnown makes facts ready to be sought. What a weak fact must have around it
// to count depends on strict. It returns nil when there is nothing to be sought.
func NewKnown(facts []Fact, strict Strictness) *Known {
	var persons, others []string
	for _, f := range facts {
		switch f.Type {
		case Person:
			persons = append(persons, f.Value)
		case Handle:
			others = append(others, f.Value)
		}
	}
	if len(persons)+len(others) == 0 {
		return nil
	}
	return &Known{strict: strict, persons: namebook.New(persons), others: namebook.New(others), written: others}
}

// Find appends the places where the facts stand in t, and the names the tagger
// finds when it knows them. dst holds what [Set.Find] found in t: where that
// covers every place already, the tagger is not asked again.
func (k *Known) Find(dst []Span, t Text) ([]Span, error) {
	if k == nil {
		return dst, nil
	}
	m, err := nameModel()
	if err != nil {
		return nil, err
	}
	r := readers.Get().(*nameReader)
	defer readers.Put(r)
	r.a.Reset(t.Body)
	alone := dst
	dst = k.handles(dst, r, t.Body)
	sure, known := k.persons.Mark(r.sure[:0], &r.a)
	r.sure = sure
	if !known {
		return dst, nil
	}
	for _, s := range sure {
		dst = append(dst, Span{
			Start: r.a.Tokens[s.First].Start, End: r.a.Tokens[s.Last].End,
			Type: Person, Score: 0.95, Detector: "known", Rule: "known: a name of this conversation",
		})
	}
	if r.covered(alone) {
		return dst, nil
	}
	return r.tag(dst, m, t, k.strict), nil
}

// covered reports whether every token that is known lies in a person of spans.
func (r *nameReader) covered(spans []Span) bool {
	for i, t := range r.a.Tokens {
		if r.a.Known(i) != tagger.Unknown && !slices.ContainsFunc(spans, func(s Span) bool {
			return s.Type == Person && s.Start <= t.Start && t.End <= s.End
		}) {
			return false
		}
	}
	return true
}

// handles appends the user names of the conversation, as they were written.
func (k *Known) handles(dst []Span, r *nameReader, body string) []Span {
	if len(k.written) == 0 {
		return dst
	}
	for i := 0; i < len(r.a.Tokens); i++ {
		n := k.others.Whole(&r.a, i)
		if n == 0 {
			continue
		}
		start, end := r.a.Tokens[i].Start, r.a.Tokens[i+n-1].End
		if !k.wrote(body[start:end]) {
			continue
		}
		dst = append(dst, Span{
			Start: start, End: end,
			Type: Handle, Score: 0.95, Detector: "known", Rule: "known: a user name of this conversation",
		})
		i += n - 1
	}
	return dst
}

// wrote reports whether text is one of the others. The tokens of a user name
// that are no words look alike to a [namebook.Book].
func (k *Known) wrote(text string) bool {
	return slices.ContainsFunc(k.written, func(w string) bool {
		return strings.EqualFold(strings.TrimPrefix(w, "@"), strings.TrimPrefix(text, "@"))
	})
}
