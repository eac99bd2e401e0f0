package detectors

import "bytes"

// ordinaryEnding reports whether word k is an ordinary word that only happens to
// end like a street: vergadering, apparaat, klasse.
func (s *scan) ordinaryEnding(k int) bool {
	if s.is(k, cueStreet|cueStreetWord) || s.typedStreet(k) || isUpper(s.b[s.toks[k].start]) && (!s.opens(k) || len(s.toks) <= 3) {
		return false
	}
	for _, e := range plainTypes {
		if s.endsIn(k, e) {
			return false
		}
	}
	return s.known(k)
}

// plainTypes are types that make a street of most words they end.
var plainTypes = []string{"weg", "markt", "dijk", "singel", "gracht", "kade", "str", "stwg"}

// opens reports whether token k begins a sentence.
func (s *scan) opens(k int) bool {
	return k == 0 || s.toks[k].gap && (s.markAt(k-1, '.') || s.markAt(k-1, '!') || s.markAt(k-1, '?'))
}

// bareType reports whether word k is a street type by itself: straat, plein.
func (s *scan) bareType(k int) bool { return s.is(k, cueStreetWord) }

// streetEnding reports whether word k ends like a street: a type glued to a
// name of at least three letters.
func (s *scan) streetEnding(k int) bool {
	if !s.word(k) || s.size(k) < 6 {
		return false
	}
	w := s.bytes(k)
	if !streetTails[fold[w[len(w)-1]]&31][fold[w[len(w)-2]]&31] {
		return false
	}
	for _, e := range streetEndings {
		if n := len(w) - len(e); n >= 3 && isWord(w[n:], e) {
			return true
		}
	}
	return false
}

// streetEndings are the types that Dutch and German glue to a street's name.
var streetEndings = []string{
	"straat", "str", "laan", "weg", "dreef", "kaai", "kade", "lei", "baan", "plein", "markt", "hof", "singel", "gracht", "dijk",
	"steeg", "stege", "plantsoen", "dyk", "strjitte", "gaarde", "straatje", "laantje", "pleintje", "wegel", "lane",
	"berg", "pad", "vest", "park", "kouter", "rui", "stwg", "veld", "hoek", "rei", "vaart", "ring", "brug", "dorp", "akker", "heide", "wijk",
	"straße", "strasse", "platz", "gasse", "allee", "damm", "ufer",
}

// streetTails has the last two letters of streetEndings, the last one first.
var streetTails = func() (t [32][32]bool) {
	for _, e := range streetEndings {
		t[e[len(e)-1]&31][e[len(e)-2]&31] = true
	}
	return t
}()

// nameStart returns the first token of the street name that ends in word k:
// hyphenated parts, capitalised words, "oude", "lange", "Dr.", and the word
// before a bare type.
func (s *scan) nameStart(k int) int {
	first := k
	for n := 0; n < 6; n++ {
		switch {
		case s.markAt(first-1, '-') && s.glued(first) && s.glued(first-1) && s.word(first-2):
			first -= 2
			continue
		case s.markAt(first-1, '.') && s.glued(first-1) && s.is(first-2, cueStreetBefore) && s.word(first-2):
			first -= 2
			continue
		case s.is(first-1, cueStreetLink) && s.is(first-2, cueStreetWord) && isUpper(s.b[s.toks[first].start]): // Steenweg op Wortel
			first -= 2
			continue
		}
		if !s.namePart(first-1, first) {
			break
		}
		first--
	}
	for first < k && s.is(first, cueStreetLink|cueFiller) && !isUpper(s.b[s.toks[first].start]) {
		first++
	}
	return first
}

// namePart reports whether word p belongs to the street name that goes on with
// token next.
func (s *scan) namePart(p, next int) bool {
	if !s.word(p) || s.toks[next].start-s.toks[p].end > 1 || s.glued(next) {
		return false
	}
	w := s.bytes(p)
	upper := isUpper(w[0])
	switch {
	case s.is(p, cueLives|cueBe) && !upper:
		return false
	case s.is(p, cueStreetBefore):
		return !s.is(p, cueFiller) || upper
	case s.bareType(next) && (w[len(w)-1] == 'e' || bytes.HasSuffix(w, []byte("er"))) && len(w) > 4 && s.toks[p].cue&(cueFiller|cueState) == 0:
		return true
	case upper && isUpper(s.b[s.toks[next].start]):
		return (p > 0 || s.is(p, cueStreetLink) || !s.known(p)) && s.toks[p].cue&(cuePronoun|cueBe|cueNumbered|cueLives) == 0 &&
			!s.breaks(s.toks[p].end, s.toks[next].start) // Joël, and on the next line Kerkstraat 14
	case s.is(p, cueStreetLink) && isUpper(s.b[s.toks[next].start]):
		return s.word(p-1) && isUpper(s.b[s.toks[p-1].start]) && s.toks[p-1].cue&(cueLives|cueBe|cuePronoun|cueStreetLink) == 0
	}
	return false
}

// nameable are types that make a street of the word before them without a
// number: Kempische Steenweg, Lange Straat.
var nameable = setOf("steenweg straat straße strasse baan laan dreef")

// sureStreet reports whether word k ends in a type that only streets have.
func (s *scan) sureStreet(k int) bool {
	return s.endsIn(k, "steenweg") || s.endsIn(k, "straat") || s.endsIn(k, "straße") || s.endsIn(k, "strasse")
}

// typedStreet reports whether word k ends in a type that makes a street of it
// without a number.
func (s *scan) typedStreet(k int) bool {
	return s.sureStreet(k) || s.endsIn(k, "laan") || s.endsIn(k, "baan") || s.endsIn(k, "plein") || s.endsIn(k, "kaai") || s.endsIn(k, "dreef")
}

// endsIn reports whether word k is three letters or more and then ending.
func (s *scan) endsIn(k int, ending string) bool {
	w := s.bytes(k)
	n := len(w) - len(ending)
	return n >= 3 && isWord(w[n:], ending)
}
