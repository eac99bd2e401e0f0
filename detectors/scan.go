package detectors

import (
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/placeholder"
)

// kind is the kind of a token.
type kind uint8

const (
	kindWord   kind = iota // letters
	kindNumber             // digits
	kindMark               // one other character
	kindOpaque             // a pseudonym or role label: nothing looks into it
)

// A token is a word, a number or one other character of the shadow.
type token struct {
	start, end int32
	cue        cue
	kind       kind
	gap        bool // white space before it
	mark       byte // the character of a kindMark, 0 beyond Latin-1
}

// A scan is one look at one text: its tokens, and what the classifiers have
// found so far. It is used for one text at a time and reused.
type scan struct {
	*engine
	shadow
	toks    []token
	found   []finding
	taken   []bool // bytes of the shadow that a span covers
	key     []byte // a folded word
	misses  []NearMiss
	run     run
	win     window
	ends         // how far classifiers have read
	before  cue  // what the text before this one announced
	explain bool // near misses are wanted
	joined  bool // a line break may stand inside a number
}

// ends are the bytes up to which classifiers have read, so that none reads
// anything twice.
type ends struct{ urlEnd, dateEnd, plateEnd, codeEnd, secretEnd, streetEnd, handleSeen, lastAge int }

// read casts the shadow of text and splits it into tokens.
func (s *scan) read(text string) {
	s.cast(text)
	s.toks, s.found, s.misses = s.toks[:0], s.found[:0], s.misses[:0]
	s.ends = ends{}
	gap := true
	for i := 0; i < len(s.b); {
		c := s.b[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			gap = true
			i++
			continue
		}
		t := s.next(i)
		t.gap = gap
		s.toks = append(s.toks, t)
		i, gap = int(t.end), false
	}
}

// next returns the token that begins at byte i.
func (s *scan) next(i int) token {
	c := s.b[i]
	switch {
	case isDigit(c) || s.zeroAt(i):
		return s.numberAt(i)
	case fold[c] != 0 && (c < 0x80 || s.letterAt(i)):
		return s.wordAt(i)
	case c == '[':
		if end, ok := s.labelAt(i); ok {
			return token{start: int32(i), end: int32(end), kind: kindOpaque}
		}
	case c >= 0x80:
		r, n := utf8.DecodeRune(s.b[i:])
		t := token{start: int32(i), end: int32(i + n), kind: kindMark}
		if r < 0x100 {
			t.mark = byte(r)
		}
		return t
	}
	return token{start: int32(i), end: int32(i + 1), kind: kindMark, mark: c}
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

// zeroAt reports whether an O or l at byte i stands for a digit: O471, 04o5,
// 06l2. It mends the shadow.
func (s *scan) zeroAt(i int) bool {
	c := s.b[i]
	if c != 'O' && c != 'o' && c != 'l' && c != 'I' {
		return false
	}
	before := i > 0 && isDigit(s.b[i-1])
	if !before && i > 0 && (isLetter(s.b[i-1]) || s.b[i-1] == '_') || i+1 >= len(s.b) || !isDigit(s.b[i+1]) {
		return false
	}
	if !before && (c == 'l' || c == 'I' || i+3 >= len(s.b) || !isDigit(s.b[i+2]) || !isDigit(s.b[i+3])) {
		return false
	}
	if s.b[i] = '0'; c == 'l' || c == 'I' {
		s.b[i] = '1'
	}
	return true
}

func (s *scan) numberAt(i int) token {
	j := i + 1
	for j < len(s.b) && (isDigit(s.b[j]) || s.zeroAt(j)) {
		j++
	}
	return token{start: int32(i), end: int32(j), kind: kindNumber}
}

func (s *scan) wordAt(i int) token {
	h, tail, j := uint64(hashSeed), uint32(0), i
	for j < len(s.b) {
		f := fold[s.b[j]]
		if f == 0 || f >= 0xc0 && !s.letterAt(j) {
			break
		}
		h = (h ^ uint64(f)) * hashPrime
		tail = tail<<8 | uint32(f)
		j++
	}
	if j == i+1 && s.b[i]|0x20 == 'n' && j+1 < len(s.b) && s.b[j] == 0xc2 && s.b[j+1] == 0xb0 { // n°
		h, j = hashWord("n°"), j+2
	}
	return token{start: int32(i), end: int32(j), kind: kindWord, cue: s.cueOf(h, tail, j-i)}
}

// cueOf returns the cue of the word with hash h, last bytes tail and n bytes.
func (s *scan) cueOf(h uint64, tail uint32, n int) cue {
	sl := s.lex.slotFor(h)
	c := sl.cue
	if sl.phrase && sl.hash == h {
		c |= s.phraseCue(h)
	}
	if n > 5 && streetTail(tail) {
		c |= cueStreetEnd
	}
	if c == 0 && n > 5 && announces(tail) {
		c = cueNumber
	}
	return c
}

// announces reports whether a compound ends in nummer or nr.
func announces(tail uint32) bool {
	return tail == 'm'<<24|'m'<<16|'e'<<8|'r' || tail<<16 == 'n'<<24|'r'<<16
}

// phraseCue returns the cues of the phrases that end in the word with hash h.
func (s *scan) phraseCue(h uint64) cue {
	var c cue
next:
	for _, p := range s.lex.phrases[h] {
		i := len(s.toks)
		for _, w := range p.before {
			if i = s.wordBefore(i); i < 0 || hashWord(string(s.bytes(i))) != w {
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

// bytes returns the bytes of token i.
func (s *scan) bytes(i int) []byte { return s.b[s.toks[i].start:s.toks[i].end] }

// size returns the length of token i in bytes.
func (s *scan) size(i int) int { return int(s.toks[i].end - s.toks[i].start) }

// markAt reports whether token i is the character c.
func (s *scan) markAt(i int, c byte) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == kindMark && s.toks[i].mark == c
}

// glued reports whether token i follows the token before it without a gap.
func (s *scan) glued(i int) bool { return i > 0 && i < len(s.toks) && !s.toks[i].gap }

// is reports whether token i is a word with one of the cues c.
func (s *scan) is(i int, c cue) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].cue&c != 0
}

// number reports whether token i is a number.
func (s *scan) number(i int) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == kindNumber
}

// word reports whether token i is a word.
func (s *scan) word(i int) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == kindWord
}

// labelAt reports whether a pseudonym or a role label such as [leerling 1] or
// [IBAN] begins at byte i, and where it ends.
func (s *scan) labelAt(i int) (int, bool) {
	if end, ok := pseudonymAt(s.b, i); ok {
		return end, true
	}
	if end, ok := placeholder.At(s.b, i); ok {
		return end, true
	}
	j := typeEnd(s.b, i+1)
	if j < len(s.b) && s.b[j] == ']' && isEntityType(s.b[i+1:j]) {
		return j + 1, true
	}
	return s.roleAt(i)
}

// roleAt recognises [leerling 1]: a role in small letters and a number of one
// or two digits.
func (s *scan) roleAt(i int) (int, bool) {
	j, h := i+1, uint64(hashSeed)
	for j < len(s.b) && isLetter(s.b[j]) {
		h = (h ^ uint64(fold[s.b[j]])) * hashPrime
		j++
	}
	if s.lex.slotFor(h).cue&(cueRole|cueRelation) == 0 {
		return 0, false
	}
	if j < len(s.b) && s.b[j] == ' ' {
		for j++; j < len(s.b) && isDigit(s.b[j]) && j < i+maxRole; j++ {
		}
	}
	if j < len(s.b) && s.b[j] == ']' {
		return j + 1, true
	}
	return 0, false
}

const maxRole = 32
