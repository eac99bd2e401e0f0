package detectors

import (
	"fmt"
	"slices"
)

// Strictness says how much doubt is enough to hide a word. The zero value hides most.
type Strictness uint8

// The scale of strictness, from hiding most to hiding least.
const (
	StrictnessHigh Strictness = iota
	StrictnessMedium
	StrictnessLow
)

// Options configure a [Set]. The zero value is the strictest.
type Options struct {
	Strictness  Strictness
	Keep        []string     // further helplines, sites and words that stay readable
	Recognizers []Recognizer // a user's own, asked after the built-in ones
}

// A Set runs detectors over one text. It is safe for concurrent use.
type Set struct {
	strict      Strictness
	engine      *engine
	detectors   []Detector // those that do not share the scan
	recognizers []Recognizer
}

// New returns the set of all built-in detectors and the recognizers of o.
func New(o Options) (*Set, error) {
	if o.Strictness > StrictnessLow {
		return nil, fmt.Errorf("detectors: Options.Strictness: no such strictness")
	}
	e, err := newEngine(o.Strictness, o.Keep)
	if err != nil {
		return nil, err
	}
	return &Set{strict: o.Strictness, engine: e, detectors: unshared(o.Strictness), recognizers: o.Recognizers}, nil
}

// Strictness returns how much doubt is enough for s to hide a word.
func (s *Set) Strictness() Strictness { return s.strict }

// All returns the built-in detectors. Used one by one each scans the text
// anew; a [Set] scans it once for all.
func All() []Detector {
	var all []Detector
	for by, c := range classifiers() {
		all = append(all, Detector{Name: c.name, Doc: c.doc, Types: c.types, Find: findOne(int16(by))})
	}
	return append(all, unshared(StrictnessHigh)...)
}

// unshared returns the detectors that read the text by themselves.
func unshared(strict Strictness) []Detector { return []Detector{Names(strict)} }

// findOne returns the Find of one classifier.
func findOne(by int16) func(dst []Span, t Text) ([]Span, error) {
	return func(dst []Span, t Text) ([]Span, error) {
		e, err := defaultEngine()
		if err != nil {
			return nil, err
		}
		return e.find(dst, t, by), nil
	}
}

// Find appends the spans found in t to dst, sorted by Start. The spans of
// structured identifiers are disjoint; those of names and of recognizers may
// overlap them and each other, and who uses them resolves that. An error means
// that t must not be released.
func (s *Set) Find(dst []Span, t Text) ([]Span, error) {
	first := len(dst)
	var err error
	if t.Label == "" {
		dst, err = s.findText(dst, t)
	} else {
		dst, err = s.findValue(dst, t)
	}
	if err != nil {
		return nil, err
	}
	found := len(dst)
	for _, r := range s.recognizers {
		if dst, err = r.Find(dst, t); err != nil {
			return nil, err
		}
	}
	if len(dst) > found || t.Label != "" {
		slices.SortStableFunc(dst[first:], func(a, b Span) int { return a.Start - b.Start })
	}
	return dst, nil
}

// findText appends what the built-in detectors find in a text, sorted by Start.
func (s *Set) findText(dst []Span, t Text) ([]Span, error) {
	first := len(dst)
	sc := s.engine.look(t)
	if sc != nil {
		defer s.engine.pool.Put(sc)
		dst = sc.settle(dst)
	}
	names := len(dst)
	var err error
	for _, d := range s.detectors {
		if dst, err = d.Find(dst, t); err != nil {
			return nil, err
		}
	}
	dst = s.withoutKept(dst, names, t.Body)
	if sc != nil && len(dst) > names {
		dst = sc.agesAfter(dst, dst[names:])
	}
	if len(dst) > names {
		slices.SortStableFunc(dst[first:], func(a, b Span) int { return a.Start - b.Start })
	}
	return dst, nil
}

// withoutKept leaves out the names from number first on that are words of the
// keep-list: clb, awel.
func (s *Set) withoutKept(dst []Span, first int, body string) []Span {
	names := slices.DeleteFunc(dst[first:], func(sp Span) bool { return s.Keeps(body[sp.Start:sp.End]) })
	return dst[:first+len(names)]
}

// Keeps reports whether word is one that stays readable, in any letter case.
func (s *Set) Keeps(word string) bool { return s.engine.keep.words[hashWord(word)] }

// NewStructured returns the recognizer of structured identifiers alone: what
// [New] builds, without names and without the recognizers of o.
func NewStructured(o Options) (*Set, error) {
	set, err := New(o)
	if err != nil {
		return nil, err
	}
	return &Set{strict: o.Strictness, engine: set.engine}, nil
}
