package detectors

// A NearMiss says why something that looks like personal data was not taken.
// Rule and Why are constant texts and never hold text of the message.
type NearMiss struct {
	Start, End int    // bytes of the text
	Detector   string // Name of the detector that looked
	Rule       string // the rule it tried
	Why        string // what was missing
}

// Explain does what [Set.Find] does and says also what nearly was found, and
// why it was not.
func (s *Set) Explain(t Text) ([]Span, []NearMiss, error) {
	spans, err := s.Find(nil, t)
	if err != nil {
		return nil, nil, err
	}
	sc := s.engine.pool.Get().(*scan)
	defer s.engine.pool.Put(sc)
	sc.explain, sc.joined = true, false
	sc.classify(t)
	var misses []NearMiss
	for _, m := range sc.misses {
		if !coveredBy(spans, m) {
			misses = append(misses, m)
		}
	}
	return spans, misses, nil
}

// coveredBy reports whether a span lies over m.
func coveredBy(spans []Span, m NearMiss) bool {
	for _, sp := range spans {
		if sp.Start < m.End && m.Start < sp.End {
			return true
		}
	}
	return false
}
