package detectors

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/placeholder"
)

// read casts the shadow of text and splits it into tokens.
func (s *scan) read(text string) {
	s.cast(text)
	s.toks, s.found, s.misses = s.toks[:0], s.found[:0], s.misses[:0]
	s.ends, s.row = ends{}, row{}
	s.mended, s.replaced, s.postcodes = s.mended[:0], false, false
	seen, gap := cue(0), true
	for i := 0; i < len(s.b); {
		x := s.eight(i)
		letters, c := lettersOf(x), byte(x)
		if letters == 0 && tokenClass[c] == classSpace {
			gap = true
			i++
			continue
		}
		n := len(s.toks)
		if n == cap(s.toks) {
			s.toks = slices.Grow(s.toks, n+64)
		}
		s.toks = s.toks[:n+1]
		t := &s.toks[n]
		*t = token{start: int32(i), gap: gap}
		switch {
		case letters > 1 || letters == 1 && !(isZero(c) && s.zeroAt(i)):
			s.readWord(t, x, letters)
		case tokenClass[c] != classOther:
			s.readNumber(t)
		default:
			s.readOther(t, x)
		}
		seen |= t.cue
		i, gap = int(t.end), false
		if i < len(s.b) && s.b[i] == ' ' {
			i, gap = i+1, true
		}
	}
	s.seen = seen
}

// eight loads the eight bytes of the shadow from byte i on, zeros beyond its
// end.
func (s *scan) eight(i int) uint64 { return load8(s.b[:len(s.b)+8], i) }

// Classes of bytes for read.
const (
	classOther = iota
	classSpace
	classDigit
	classLetter // of ASCII
)

var tokenClass = func() (t [256]uint8) {
	for c := range 256 {
		switch b := byte(c); {
		case isDigit(b):
			t[c] = classDigit
		case b == ' ' || b == '\n' || b == '\t' || b == '\r':
			t[c] = classSpace
		case c < 0x80 && fold[b] != 0:
			t[c] = classLetter
		}
	}
	return t
}()

// readOther reads the token that begins with neither ASCII letter nor digit.
func (s *scan) readOther(t *token, x uint64) {
	i := int(t.start)
	c := s.b[i]
	if c == '[' || c == '_' && i+1 < len(s.b) && isUpper(s.b[i+1]) {
		if end, ok := placeholder.At(s.b, i); ok {
			t.end, t.kind, s.replaced = int32(end), kindOpaque, true
			return
		}
	}
	t.kind = kindMark
	switch {
	case c < 0x80:
		t.end, t.mark = t.start+1, c
	case s.letterAt(i):
		s.readWord(t, x, 0)
	default:
		r, n := utf8.DecodeRune(s.b[i:])
		if t.end = t.start + int32(n); r < 0x100 {
			t.mark = byte(r)
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isLetter reports whether c is a letter of ASCII or part of one beyond.
func isLetter(c byte) bool { return fold[c] != 0 }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// letterAt reports whether the character at byte i, which is not ASCII, is a
// letter.
func (s *scan) letterAt(i int) bool {
	if c := s.b[i]; c == 0xc3 { // À to ÿ; × and ÷ do no harm
		return true
	}
	r, _ := utf8.DecodeRune(s.b[i:])
	return unicode.IsLetter(r)
}

// A mend is a letter of the shadow that was taken for a digit.
type mend struct {
	at     int32
	letter byte
}

// written returns byte i of the shadow as it was written.
func (s *scan) written(i int) byte {
	k, ok := slices.BinarySearchFunc(s.mended, int32(i), func(m mend, at int32) int { return int(m.at - at) })
	if !ok {
		return s.b[i]
	}
	return s.mended[k].letter
}

// isZero reports whether c is a letter that may stand for a digit.
func isZero(c byte) bool { return c == 'O' || c == 'o' || c == 'l' || c == 'I' }

// zeroAt reports whether an O or l at byte i stands for a digit: O471, 04o5,
// 06l2. It mends the shadow.
func (s *scan) zeroAt(i int) bool {
	c := s.b[i]
	before := i > 0 && isDigit(s.b[i-1])
	if !before && i > 0 && (isLetter(s.b[i-1]) || s.b[i-1] == '_') || i+1 >= len(s.b) || !isDigit(s.b[i+1]) {
		return false
	}
	if !before && (c == 'l' || c == 'I' || i+3 >= len(s.b) || !isDigit(s.b[i+2]) || !isDigit(s.b[i+3])) {
		return false
	}
	s.mended = append(s.mended, mend{int32(i), c})
	if s.b[i] = '0'; c == 'l' || c == 'I' {
		s.b[i] = '1'
	}
	return true
}

func (s *scan) readNumber(t *token) {
	j := int(t.start) + 1
	for j < len(s.b) && (isDigit(s.b[j]) || isZero(s.b[j]) && s.zeroAt(j)) {
		j++
	}
	t.end, t.kind = int32(j), kindNumber
	s.postcodes = s.postcodes || j-int(t.start) >= 4
}

// readWord reads the word that begins with the eight bytes of x, of which so
// many are letters of ASCII.
func (s *scan) readWord(t *token, x uint64, letters int) {
	i := int(t.start)
	j := i + letters
	for more := letters; more == 8; j += more {
		more = lettersOf(s.eight(j))
	}
	if letters == 0 || s.beyondASCII(j) {
		j = s.wordEnd(j, i)
	}
	t.end, t.kind = int32(j), kindWord
	if n := j - i; n <= 8 {
		t.hash = mix(n, (x|lower8)&masks[n], 0)
	} else {
		t.hash = mix(n, x|lower8, load8(s.b, j-8)|lower8)
	}
	c := s.lex.cueOf(t.hash)
	if c&slotPhrase != 0 {
		c |= s.phraseCue(s.lex.phrases[s.lex.slotOf(t.hash)])
	}
	if j-i >= shortestCompound && (tailIn(&tails, s.b, j) || s.b[j-1]|0x20 == 'r' && s.b[j-2]|0x20 == 'n') {
		if e := compoundCue(s.b[i:j]); e != cueNumber || c&^(slotPhrase|slotWakes) == 0 {
			c |= e
		}
	}
	t.cue = c &^ (slotPhrase | slotWakes)
}

// beyondASCII reports whether byte i of the shadow is no ASCII.
func (s *scan) beyondASCII(i int) bool { return i < len(s.b) && s.b[i] >= 0x80 }

// shortestCompound is the fewest bytes of a word whose end announces something.
const shortestCompound = 6

// compoundCue returns what the end of word w announces.
func compoundCue[T string | []byte](w T) cue {
	n := len(w)
	switch {
	case n < shortestCompound:
		return 0
	case streetTail(w):
		return cueStreetEnd
	case n > 9 && (endsWith(w, "college") || endsWith(w, "lyceum") || endsWith(w, "atheneum") || endsWith(w, "instituut") || endsWith(w, "institut")):
		return cueSchoolEnd
	case n > 7 && endsWith(w, "polis"): // woningpolis
		return cueCustomer
	case endsWith(w, "nr") || n > 7 && endsWith(w, "nummer"):
		return cueNumber
	}
	return 0
}

// cueEnds are the cues of endings that wake.
const cueEnds = cueStreetEnd | cueSchoolEnd

// endsWith reports whether w ends in end, which is in small letters.
func endsWith[T string | []byte](w T, end string) bool {
	n := len(w) - len(end)
	if n < 0 {
		return false
	}
	for i := range len(end) {
		if fold[w[n+i]] != end[i] {
			return false
		}
	}
	return true
}

// wordEnd returns the end of a word that began at byte first and has letters
// beyond ASCII from byte i on; n° is a word.
func (s *scan) wordEnd(i, first int) int {
	for i < len(s.b) {
		c := s.b[i]
		switch {
		case c < 0x80 && fold[c] != 0, c >= 0x80 && c < 0xc0 && i > first:
			i++
		case c == 0xc2 && i == first+1 && i+1 < len(s.b) && s.b[i+1] == 0xb0 && s.b[first]|0x20 == 'n':
			return i + 2
		case c >= 0xc0 && s.letterAt(i):
			i++
		default:
			return i
		}
	}
	return i
}

// phraseCue returns the cues of those phrases whose other words stand before
// the word that is being read.
func (s *scan) phraseCue(phrases []phrase) cue {
	var c cue
next:
	for _, p := range phrases {
		i := len(s.toks) - 1 // the word itself
		for _, w := range p.before {
			if i = s.wordBefore(i); i < 0 || s.toks[i].hash != w {
				continue next
			}
		}
		c |= p.cue
	}
	return c
}

// wordBefore returns the word before token i, across one hyphen, apostrophe,
// dot or ampersand, or -1.
func (s *scan) wordBefore(i int) int {
	i--
	if i >= 0 && s.toks[i].kind == kindMark {
		switch s.toks[i].mark {
		case '-', '\'', '.', '&', '_', ' ':
			i--
		}
	}
	if i < 0 || s.toks[i].kind != kindWord {
		return -1
	}
	return i
}
