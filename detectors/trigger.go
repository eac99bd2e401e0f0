package detectors

// Classes of bytes for wakes.
const (
	byteOther  = iota
	byteLetter // of a word, up to two bytes of UTF-8
	byteWake   // a digit, an at sign, an underscore
	byteJoint  // a dot or colon: it wakes inside a word
	byteHigh   // the first of a longer character
)

var byteClass = func() (t [256]uint8) {
	for c := range 256 {
		switch b := byte(c); {
		case isDigit(b), b == '@', b == '_':
			t[c] = byteWake
		case b == '.', b == ':':
			t[c] = byteJoint
		case c >= 0xd9:
			t[c] = byteHigh
		case fold[b] != 0:
			t[c] = byteLetter
		}
	}
	return t
}()

// wakes reports whether text can hold anything structured: a digit, an at
// sign, an underscore, a dot or colon inside a word, or a word of the cue list
// that wakes. Most messages hold none, and this one pass is all they cost.
func (l *cueTable) wakes(text string) bool {
	i := 0
	for i+8 <= len(text) { // eight bytes at a time
		x := load8(text, i)
		n := lettersOf(x)
		if n == 8 || text[i+n] >= 0x80 { // a long word, or one with accents
			n = letters(text, i)
			if n > 1 && l.wakeful(hashWord(text[i:i+n]), text[i:i+n]) {
				return true
			}
		} else if n > 1 {
			h := mix(n, (x|lower8)&masks[n], 0)
			if l.alarms(h) && l.cueOf(h)&slotWakes != 0 || tailIn(&tails, text, i+n) && compoundCue(text[i:i+n])&cueEnds != 0 {
				return true
			}
		}
		if i += n; i >= len(text) {
			return false
		}
		step, wake := wakeAt(text, i)
		if wake {
			return true
		}
		i += step
	}
	return i < len(text) && l.wakesLate(text, i)
}

// wakesLate is wakes for the last bytes of text.
func (l *cueTable) wakesLate(text string, i int) bool {
	for i < len(text) {
		n := letters(text, i)
		if n > 1 && l.wakeful(hashWord(text[i:i+n]), text[i:i+n]) {
			return true
		}
		if i += n; i >= len(text) {
			return false
		}
		step, wake := wakeAt(text, i)
		if wake {
			return true
		}
		i += step
	}
	return false
}

// wakeAt reports whether the character at text[i], which is no letter, wakes,
// and its length.
func wakeAt(text string, i int) (step int, wake bool) {
	switch c := text[i]; byteClass[c] {
	case byteWake:
		return 1, true
	case byteJoint:
		return 1, insideWord(text, i)
	case byteHigh:
		if c < 0xe0 {
			return 1, otherDigits(text, i)
		}
		return 3 + int(c>>4&1), otherDigits(text, i) // emoji, quotation marks
	}
	return 1, false
}

// letters returns the length of the word that begins at text[i].
func letters(text string, i int) int {
	j := i
	for j < len(text) && byteClass[text[j]] == byteLetter {
		j++
	}
	return j - i
}

// alarms reports whether the word with hash h may wake.
func (l *cueTable) alarms(h uint64) bool {
	return l.alarm[h>>bloomShift/64]>>(h>>bloomShift%64)&1 != 0
}

// wakeful reports whether a word with hash h is worth a second look.
func (l *cueTable) wakeful(h uint64, word string) bool {
	return l.alarms(h) && l.cueOf(h)&slotWakes != 0 || len(word) > 5 && compoundCue(word)&cueEnds != 0
}

// A tailSet holds the last four bytes of words, by hash.
type tailSet [1 << 10 / 64]uint64

// tailsOf returns the set of the given endings of four bytes.
func tailsOf(endings ...string) (t tailSet) {
	for _, e := range endings {
		h := tailHash(e, len(e))
		t[h/64] |= 1 << (h % 64)
	}
	return t
}

// tailHash hashes the four bytes before text[end].
func tailHash[T string | []byte](text T, end int) uint32 {
	b := text[end-4 : end]
	x := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24 | 0x20202020
	return x * 0x9e3779b1 >> 22
}

// tailIn reports whether the four bytes before text[end] may be in t.
func tailIn[T string | []byte](t *tailSet, text T, end int) bool {
	if end < 4 {
		return false
	}
	h := tailHash(text, end)
	return t[h/64]>>(h%64)&1 != 0
}

// tails are the endings of compounds that are looked at: streets, and nummer.
var tails = tailsOf("raat", "nweg", "laan", "baan", "lein", "kaai", "reef", "asse", "aße", "mmer", "lege", "ceum", "neum", "tuut", "itut")

// streetTail reports whether a word of six bytes or more ends like a Dutch or
// German street: kerkstraat, gentsesteenweg, turnhoutsebaan, hauptstraße.
func streetTail[T string | []byte](w T) bool {
	n := len(w)
	if n < 6 {
		return false
	}
	switch uint32(w[n-4]) | uint32(w[n-3])<<8 | uint32(w[n-2])<<16 | uint32(w[n-1])<<24 | 0x20202020 {
	case 'r' | 'a'<<8 | 'a'<<16 | 't'<<24, // straat
		'n' | 'w'<<8 | 'e'<<16 | 'g'<<24, // steenweg
		'l' | 'a'<<8 | 'a'<<16 | 'n'<<24,
		'b' | 'a'<<8 | 'a'<<16 | 'n'<<24,
		'l' | 'e'<<8 | 'i'<<16 | 'n'<<24, // plein
		'k' | 'a'<<8 | 'a'<<16 | 'i'<<24,
		'r' | 'e'<<8 | 'e'<<16 | 'f'<<24,   // dreef
		'a' | 's'<<8 | 's'<<16 | 'e'<<24,   // strasse
		'a' | 0xe3<<8 | 0xbf<<16 | 'e'<<24: // straße
		return true
	}
	return false
}

// insideWord reports whether the dot or colon at text[i] joins two words, as in
// a web address or an IPv6 address.
func insideWord(text string, i int) bool {
	if i+1 >= len(text) {
		return false
	}
	next := text[i+1]
	if text[i] == ':' {
		return next == ':' || next == '/'
	}
	return i > 0 && fold[text[i-1]] != 0 && fold[next] != 0
}

// otherDigits reports whether a digit or at sign of another alphabet begins at
// text[i]: full-width, Arabic, mathematical.
func otherDigits(text string, i int) bool {
	if i+2 >= len(text) {
		return false
	}
	switch text[i] {
	case 0xef:
		return text[i+1] == 0xbc || text[i+1] == 0xb9
	case 0xd9, 0xdb:
		return text[i+1] >= 0xa0
	case 0xf0:
		return text[i+1] == 0x9d
	}
	return false
}
