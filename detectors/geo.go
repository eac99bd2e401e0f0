package detectors

// positions finds coordinates.
var positions = classifier{
	name: "coordinates",
	doc: "latitude and longitude with four or more decimals (ISO 6709), with hemisphere letters, or in degrees, minutes " +
		"and seconds. Marks and prices, with fewer decimals, stay readable.",
	types:   []EntityType{Coordinates},
	numbers: wakingNumbers{right: sideDot, digits: 3},
	token:   (*scan).position,
}

// decimals is the fewest digits after the point: eleven metres.
const decimals = 4

func (s *scan) position(i int) {
	if s.glued(i) && s.markAt(i-1, '.') && s.number(i-2) {
		return
	}
	if end := s.sexagesimal(i); end > 0 {
		s.add(byGeo, Coordinates, s.toks[s.withHemisphere(i)].start, s.toks[end-1].end, forceShape, "degrees, minutes and seconds")
		return
	}
	a, ok := s.degree(i, 90)
	if !ok {
		return
	}
	k := a
	for k < len(s.toks) && k < a+3 && (s.markAt(k, ',') || s.markAt(k, ';') || s.markAt(k, '/') || s.markAt(k, '-') || s.hemisphere(k)) {
		k++
	}
	start := s.withHemisphere(i)
	b, ok := s.degree(k, 180)
	if !ok {
		if near, _ := s.announced(i); near&cueGeo != 0 {
			s.add(byGeo, Coordinates, s.toks[start].start, s.toks[a-1].end, forceKeyword, "one coordinate, keyword")
		}
		return
	}
	if s.hemisphere(b) && !s.toks[b].gap {
		b++
	}
	s.add(byGeo, Coordinates, s.toks[start].start, s.toks[b-1].end, forceShape, "two numbers with four or more decimals")
}

// withHemisphere steps back over a sign or hemisphere letter.
func (s *scan) withHemisphere(i int) int {
	if s.hemisphere(i-1) || s.markAt(i-1, '-') && s.glued(i) {
		return i - 1
	}
	return i
}

// hemisphere reports whether token i is N, S, E, W, O or Z.
func (s *scan) hemisphere(i int) bool {
	if !s.word(i) || s.size(i) != 1 {
		return false
	}
	switch s.bytes(i)[0] {
	case 'N', 'S', 'E', 'W', 'O', 'Z':
		return true
	}
	return false
}

// degree reads a number of at most most with enough decimals at token i and
// returns the token after it.
func (s *scan) degree(i, most int) (next int, ok bool) {
	if !s.number(i) || s.size(i) > 3 || s.num(i) > most || !s.glued(i+1) || !s.glued(i+2) || !s.number(i+2) {
		return i, false
	}
	if !s.markAt(i+1, '.') || s.size(i+2) < decimals || s.markAt(i+3, '.') && s.glued(i+3) && s.glued(i+4) {
		return i, false
	}
	next = i + 3
	if next < len(s.toks) && s.toks[next].mark == 0xb0 && s.glued(next) {
		next++
	}
	return next, true
}

// sexagesimal reads 51°03'14.4"N 3°43'02.6"E from token i and returns the token
// after it, or 0.
func (s *scan) sexagesimal(i int) int {
	a := s.sexagesimalPart(i)
	if a == 0 {
		return 0
	}
	k := a
	for k < a+2 && s.markAt(k, ',') {
		k++
	}
	if s.hemisphere(k) {
		k++
	}
	b := s.sexagesimalPart(k)
	if b == 0 {
		return a
	}
	return b
}

// sexagesimalPart reads 51°03'14.4"N.
func (s *scan) sexagesimalPart(i int) int {
	if !s.number(i) || i+2 >= len(s.toks) || s.toks[i+1].mark != 0xb0 || !s.number(i+2) {
		return 0
	}
	k := i + 3
	if !s.markAt(k, '\'') {
		return 0
	}
	for k++; k < len(s.toks) && k < i+10 && (s.number(k) || s.markAt(k, '.') || s.markAt(k, ',') || s.markAt(k, '"') || s.markAt(k, '\'')); k++ {
	}
	if s.hemisphere(k) {
		k++
	}
	return k
}
