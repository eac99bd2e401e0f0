package detectors

import (
	"slices"
	"strings"
)

// findValue appends what the built-in detectors find in the value of a field.
// Its label announces it in two ways: as words before it in the same text, and
// as the question that it answers. No span reaches into the label.
func (s *Set) findValue(dst []Span, t Text) ([]Span, error) {
	first := len(dst)
	label := t.Label + ": "
	behind := t
	behind.Body = label + t.Body
	dst, err := s.findText(dst, behind)
	if err != nil {
		return nil, err
	}
	kept := dst[:first]
	for _, sp := range dst[first:] {
		if sp.End > len(label) {
			sp.Start, sp.End = max(0, sp.Start-len(label)), sp.End-len(label)
			kept = append(kept, sp)
		}
	}
	return s.appendAnswer(kept, first, t), nil
}

// appendAnswer appends the structured identifiers of a value that answers its
// label, where no span of dst from number first on stands already.
func (s *Set) appendAnswer(dst []Span, first int, t Text) []Span {
	if t.Prev = t.Label; namesState(t.Label) {
		t.Prev = ""
	}
	sc := s.engine.look(t)
	if sc == nil {
		return dst
	}
	defer s.engine.pool.Put(sc)
	for _, sp := range sc.settle(nil) {
		if !slices.ContainsFunc(dst[first:], func(have Span) bool { return have.Start < sp.End && sp.Start < have.End }) {
			dst = append(dst, sp)
		}
	}
	return dst
}

// namesState reports whether a label says which state of a record a value is of,
// with a word that asks for an age elsewhere: old and new.
func namesState(label string) bool {
	switch strings.ToLower(label) {
	case "old", "oud", "oude", "alt", "old value", "oude waarde":
		return true
	}
	return false
}
