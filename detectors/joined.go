package detectors

// FindJoined appends the structured identifiers of t, whose body is the end of
// one message and the beginning of the next with a line break between them. An
// identifier may stand across the break.
func (s *Set) FindJoined(dst []Span, t Text) ([]Span, error) { return s.Find(dst, t) }
