package detectors

// placeEndings end streets too, and so many other words that only a capital
// tells a street.
var placeEndings = []string{
	"plaats", "weide", "wei", "erf", "wal", "heuvel", "bos", "donk", "meers", "hoeve", "eind", "einde", "burg", "poort", "kant", "broek", "zijde",
	"horst", "oever", "haven", "beemd", "laar", "loo", "rode", "steen", "molen", "pas", "boom", "dal", "tuin",
}

// placeEnding reports whether word k is capitalised, ends like a place and is
// no ordinary word.
func (s *scan) placeEnding(k int) bool {
	if !s.word(k) || s.size(k) < 7 || !isUpper(s.b[s.toks[k].start]) || isUpper(s.b[s.toks[k].start+1]) || s.known(k) {
		return false
	}
	w := s.bytes(k)
	for _, e := range placeEndings {
		if n := len(w) - len(e); n >= 3 && isWord(w[n:], e) {
			return true
		}
	}
	return false
}

// numberAhead returns the house number that "nr", "huisnummer", "ter hoogte van
// nummer" and the like lead to from token k on, or 0.
func (s *scan) numberAhead(k int) int {
	if s.markAt(k, ',') {
		k++
	}
	told := false
	for end := k + 6; k < len(s.toks) && k < end; k++ {
		switch {
		case s.number(k) && told && s.size(k) <= 4:
			return k
		case s.is(k, cueNumber) || s.in(k, houseWords) || s.in(k, heights):
			told = true
		case !s.in(k, heightWords) && !(s.markAt(k, '.') && s.glued(k)):
			return 0
		}
	}
	return 0
}

var (
	houseWords  = setOf("huisnummer huisnr hausnummer")
	heights     = setOf("hoogte thv hauteur höhe")
	heightWords = setOf("ter hoogte van het de thv hauteur à du höhe auf der")
)

// joinedTown returns the token after a town that "te" or "in" joins to a street
// at token k, or 0: Dwarsweg 3 in Kollum.
func (s *scan) joinedTown(k int) int {
	if !s.in(k, joiners) || !s.word(k+1) || s.breaks(s.toks[k].end, s.toks[k+1].start) {
		return 0
	}
	upper := isUpper(s.b[s.toks[k+1].start])
	switch end := s.town(k + 1); {
	case end > 0 && (upper || s.in(k, townTe) || !s.known(k+1)):
		return end
	case upper && s.toks[k+1].cue == 0 && !s.known(k+1) && !isUpper(s.b[s.toks[k+1].end-1]):
		return s.townGuess(k + 1)
	}
	return 0
}

var (
	joiners = setOf("te in à at zu")
	townTe  = setOf("te")
)

// residence steps back from token first of a street over the building before
// it: residentie Zeebries, Koninklijke Baan 301.
func (s *scan) residence(first int) int {
	if !s.markAt(first-1, ',') {
		return first
	}
	for k := first - 2; k >= 0 && k > first-6 && s.word(k); k-- {
		if s.in(k, buildings) {
			return k
		}
		if !isUpper(s.b[s.toks[k].start]) && !s.is(k, cueStreetLink|cueFiller) {
			break
		}
	}
	return first
}

var buildings = setOf("residentie residence résidence gebouw appartement villa huize flat toren tour bâtiment immeuble wohnheim haus building hof home kot studentenhuis serviceflat campus blok bloc")
