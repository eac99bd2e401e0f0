package detectors

// FindJoined appends the structured identifiers of t, whose body is the end of
// one message and the beginning of the next with a line break between them. An
// identifier may stand across the break: "0471 12" and "34 56" are one
// telephone number, and so are the three parts of a register number. [Set.Find]
// never lets a number run over a line break, for lists of marks and scores are
// written that way. Names are not sought.
func (s *Set) FindJoined(dst []Span, t Text) ([]Span, error) {
	sc := s.engine.pool.Get().(*scan)
	defer s.engine.pool.Put(sc)
	sc.explain, sc.joined = false, true
	sc.classify(t)
	return sc.settle(dst), nil
}
