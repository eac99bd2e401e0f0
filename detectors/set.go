package detectors

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
	detectors   []Detector
	recognizers []Recognizer
}

// New returns the set of all built-in detectors and the recognizers of o.
func New(o Options) (*Set, error) {
	return &Set{detectors: []Detector{Names(o.Strictness)}, recognizers: o.Recognizers}, nil
}

// All returns the built-in detectors.
func All() []Detector { return []Detector{Names(StrictnessHigh)} }

// Find appends the spans found in t to dst, sorted by Start. Spans of
// different detectors may overlap; who uses them resolves that. An error means
// that t must not be released.
func (s *Set) Find(dst []Span, t Text) ([]Span, error) {
	var err error
	for _, d := range s.detectors {
		if dst, err = d.Find(dst, t); err != nil {
			return nil, err
		}
	}
	for _, r := range s.recognizers {
		if dst, err = r.Find(dst, t); err != nil {
			return nil, err
		}
	}
	return dst, nil
}
