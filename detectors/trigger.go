package detectors

import (
	"math/bits"
	"slices"
)

// A block is what wakes asks of up to 64 bytes of a text, one bit for each.
type block struct {
	words uint64 // letters, and bytes of characters of two bytes
	marks uint64 // what may wake by itself, and first bytes of other characters
}

// blockSize is the number of bytes of a block.
const blockSize = 64

// blockAt classes the bytes of text from i on, eight at a time. It stops at a
// digit, which wakes.
func blockAt(text string, i int) (b block, digit bool) {
	for shift := 0; shift < blockSize && i < len(text); shift, i = shift+8, i+8 {
		x := uint64(0)
		if i+8 <= len(text) {
			x = load8(text, i)
		} else {
			x = loadTail(text, i)
		}
		low := x&^highs | lower8
		words := atLeast(low, 'a') &^ atLeast(low, 'z'+1)
		marks := atLeast(low, '.') &^ atLeast(low, ':'+1) // digits too
		marks |= atLeast(low, '@'|0x20) &^ words          // [ ] and the like too
		if x&highs != 0 {
			words, marks = beyondASCII(x, words, marks)
		}
		b.words |= movemask(words) << shift
		if marks&highs != 0 {
			if atLeast(low, '0')&^atLeast(low, '9'+1)&marks&highs != 0 {
				return b, true
			}
			b.marks |= movemask(marks) << shift
		}
	}
	return b, false
}

// beyondASCII classes the bytes of x that are not ASCII: those of letters of
// Western Europe, from À on, are of words, first bytes of other characters are
// marks.
func beyondASCII(x, words, marks uint64) (uint64, uint64) {
	low := x &^ highs
	letters := atLeast(low, firstLetter&0x7f) &^ atLeast(low, firstLong&0x7f)
	first := atLeast(low, 0x40)
	return words&^x | x&(letters|^first), marks&^x | x&first&^letters
}

// Characters whose first bytes lie between these are taken for letters; below
// are signs such as ° and the no-break space, from firstLong on digits of
// other alphabets, quotation marks, emoji.
const (
	firstLetter = 0xc3
	firstLong   = 0xd9
)

// atLeast sets the high bit of each byte of x, all below 0x80, that is c or
// more. The other bits mean nothing.
func atLeast(x uint64, c uint64) uint64 { return x + (0x80-c)*ones }

// movemask gathers the high bits of eight bytes.
func movemask(x uint64) uint64 { return (x & highs >> 7) * 0x01_02_04_08_10_20_40_80 >> 56 }

// loadTail loads the last bytes of text, fewer than eight from text[i] on, and
// zeros beyond its end.
func loadTail(text string, i int) uint64 {
	if len(text) >= 8 {
		return load8(text, len(text)-8) >> (8 * (i + 8 - len(text)))
	}
	var x uint64
	for k := len(text) - 1; k >= i; k-- {
		x = x<<8 | uint64(text[k])
	}
	return x
}

// wakes reports whether text can hold anything structured: a digit, an at
// sign, an underscore, a dot or colon inside a word, or a word of the cue list
// that wakes. Most messages hold none, and this one pass is all they cost.
func (l *cueTable) wakes(text string) bool {
	for i := 0; i < len(text); {
		b, digit := blockAt(text, i)
		if digit || b.marks != 0 && b.wakes(text, i) {
			return true
		}
		next := characterAt(text, i+blockSize)
		if n := bits.LeadingZeros64(^b.words); n > 0 { // a word that may go on beyond the block
			next = wordEndAt(text, i+blockSize)
			if l.wakeful(text, i+blockSize-n, next) {
				return true
			}
			b.words = b.words << n >> n
		}
		if l.wakesIn(text, i, b.words) {
			return true
		}
		i = next
	}
	return false
}

// wakesIn looks at the words of a block that begins at text[i]: each is a row of
// ones.
func (l *cueTable) wakesIn(text string, i int, words uint64) bool {
	for m := words; m != 0; m &= m + m&-m {
		p := bits.TrailingZeros64(m)
		n := bits.TrailingZeros64(^(m >> p))
		x, start := uint64(0), i+p
		if start+8 <= len(text) {
			x = load8(text, start)
		} else {
			x = loadTail(text, start)
		}
		key := alarmKey(n, (x|lower8)&masks[min(n, 8)])
		if (l.alarm[key/64]>>(key%64)&1 != 0 || tailIn(&tails, text, start+n)) && l.wakeful(text, start, start+n) {
			return true
		}
	}
	return false
}

// characterAt returns where the character at text[i] begins.
func characterAt(text string, i int) int {
	for n := 0; n < 3 && i < len(text) && text[i]&0xc0 == 0x80; n++ {
		i--
	}
	return i
}

// wakes looks at the marks of b, which begins at text[i], and reports whether
// one of them wakes. It takes the rest of long characters from the words.
func (b *block) wakes(text string, i int) bool {
	for m := b.marks; m != 0; m &= m - 1 {
		k := bits.TrailingZeros64(m)
		switch c := text[i+k]; {
		case c == '@', c == '_':
			return true
		case c == '.', c == ':':
			if insideWord(text, i+k) {
				return true
			}
		case c >= firstLong && otherDigits(text, i+k):
			return true
		case c >= 0xe0:
			b.words &^= (1<<(3+c>>4&1) - 1) << k
		case c >= 0x80:
			b.words &^= 3 << k
		}
	}
	return false
}

// wordByte reports whether c may be part of a word.
func wordByte(c byte) bool { return fold[c] != 0 && (c < 0xc0 || c >= firstLetter) && c < firstLong }

// wordEndAt returns the end of the word that goes on at text[i].
func wordEndAt(text string, i int) int {
	for i < len(text) && wordByte(text[i]) {
		i++
	}
	return i
}

// wakeful reports whether the word text[i:j] is worth a second look.
func (l *cueTable) wakeful(text string, i, j int) bool {
	return l.wakesAfter(hashWord(text[i:j]), text[:i]) || compoundCue(text[i:j])&cueEnds != 0
}

// wakesAfter reports whether the word with hash h wakes, by itself or as the
// end of a phrase whose other words stand before it.
func (l *cueTable) wakesAfter(h uint64, before string) bool {
	switch c := l.cueOf(h); {
	case c&slotWakes == 0:
		return false
	case c&(cueWakes|cueStreetWord) != 0:
		return true
	}
	j := len(before)
	for j > 0 && before[j-1] < 0x80 && !wordByte(before[j-1]) {
		j--
	}
	i := j
	for i > 0 && before[i-1] < 0x80 && wordByte(before[i-1]) {
		i--
	}
	if i > 0 && before[i-1] >= 0x80 { // another space, an accent: no need to be sure
		return true
	}
	last := hashWord(before[i:j])
	return slices.ContainsFunc(l.phrases[l.slotOf(h)], func(p phrase) bool { return p.cue&cueWakes != 0 && p.before[0] == last })
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
var tails = tailsOf("raat", "nweg", "laan", "baan", "lein", "kaai", "reef", "asse", "aße", "mmer", "lege", "ceum", "neum", "tuut", "itut", "olis")

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
