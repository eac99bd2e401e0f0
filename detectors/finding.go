package detectors

import "slices"

// A finding is a span proposed by a classifier, in bytes of the shadow.
type finding struct {
	start, end int32
	by         int16 // index of the classifier
	force      force
	typ        EntityType
	score      float32
	rule       string
}

// force says what a finding rests on; the stronger finding wins an overlap of
// equal length.
type force uint8

const (
	forceWeak    force = iota // a shape that other things have too, and context
	forceTypo                 // a shape that nothing else has, but the check digits are wrong
	forceShape                // a shape that nothing else has
	forceSum                  // a check digit that holds
	forceKeyword              // a word right before it that names the kind
)

// scores of the forces.
var forceScore = [...]float32{forceWeak: 0.6, forceTypo: 0.75, forceShape: 0.85, forceSum: 0.95, forceKeyword: 0.99}

// least is the weakest force that is taken at a strictness.
var least = [...]force{StrictnessHigh: forceWeak, StrictnessMedium: forceTypo, StrictnessLow: forceShape}

// add proposes bytes [start, end) of the shadow.
func (s *scan) add(by int16, t EntityType, start, end int32, f force, rule string) {
	if f < least[s.strict] {
		s.miss(by, start, end, rule, "too weak for the strictness")
		return
	}
	s.found = append(s.found, finding{start, end, by, f, t, forceScore[f], rule})
}

// miss notes why something was not taken, for Explain.
func (s *scan) miss(by int16, start, end int32, rule, why string) {
	if s.explain {
		s.misses = append(s.misses, NearMiss{Start: s.start(int(start)), End: s.shadow.end(int(end)),
			Detector: s.list[by].name, Rule: rule, Why: why})
	}
}

// settle makes the findings disjoint and appends them to dst, in order. The
// longer one wins, then the stronger, then the one whose classifier is listed
// first; what the loser covers beyond the winner stays covered, as the loser's
// type.
func (s *scan) settle(dst []Span) []Span {
	if len(s.found) == 0 {
		return dst
	}
	dst = slices.Grow(dst, len(s.found))
	if !s.replaced && inOrder(s.found) { // as in most texts
		for i := range s.found {
			f := &s.found[i]
			dst = append(dst, s.span(f, f.start, f.end))
		}
		return dst
	}
	slices.SortFunc(s.found, compareFindings)
	s.taken = append(s.taken[:0], make([]bool, len(s.b))...)
	if s.replaced {
		s.takeReplaced()
	}
	first := len(dst)
	for i := range s.found {
		dst = s.place(dst, &s.found[i])
	}
	slices.SortFunc(dst[first:], func(a, b Span) int { return a.Start - b.Start })
	return dst
}

// takeReplaced takes what replaced something: it is never found again.
func (s *scan) takeReplaced() {
	for _, t := range s.toks {
		if t.kind == kindOpaque {
			for i := t.start; i < t.end; i++ {
				s.taken[i] = true
			}
		}
	}
}

// inOrder reports whether findings are sorted and disjoint.
func inOrder(found []finding) bool {
	for i := 1; i < len(found); i++ {
		if found[i].start < found[i-1].end {
			return false
		}
	}
	return true
}

// span returns bytes [i, j) of the shadow, a part of f.
func (s *scan) span(f *finding, i, j int32) Span {
	return Span{
		Start: s.start(int(i)), End: s.shadow.end(int(j)), Type: f.typ,
		Score: float64(f.score), Detector: s.list[f.by].name, Rule: f.rule,
	}
}

func compareFindings(a, b finding) int {
	if n := (b.end - b.start) - (a.end - a.start); n != 0 {
		return int(n)
	}
	if a.force != b.force {
		return int(b.force) - int(a.force)
	}
	if a.by != b.by {
		return int(a.by) - int(b.by)
	}
	return int(a.start - b.start)
}

// place appends to dst the parts of f that are not taken, and takes them.
func (s *scan) place(dst []Span, f *finding) []Span {
	for i := f.start; i < f.end; {
		for i < f.end && s.taken[i] {
			i++
		}
		j := i
		for j < f.end && !s.taken[j] {
			s.taken[j] = true
			j++
		}
		if start, end := s.trim(f, i, j); start < end {
			dst = append(dst, s.span(f, start, end))
		}
		i = j
	}
	return dst
}

// trim takes from bytes [i, j) of f what is neither letter nor digit, where
// another finding has cut f.
func (s *scan) trim(f *finding, i, j int32) (int32, int32) {
	for i > f.start && i < j && fold[s.b[i]] == 0 && !isDigit(s.b[i]) {
		i++
	}
	for j < f.end && i < j && fold[s.b[j-1]] == 0 && !isDigit(s.b[j-1]) {
		j--
	}
	return i, j
}
