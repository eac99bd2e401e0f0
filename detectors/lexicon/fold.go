package lexicon

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Fold appends the key of a word to dst: small letters without diacritics, the
// apostrophe straight, three or more of the same letter made one (jolieeen is
// jolien). Letters of other scripts are only made small.
func Fold(dst []byte, word string) []byte {
	if dst, ok := foldPlain(dst, word); ok {
		return dst
	}
	var r run
	for i := 0; i < len(word); {
		c, at := word[i], len(dst)
		if c < utf8.RuneSelf {
			if c-'A' < 26 {
				c |= 0x20
			}
			dst = append(dst, c)
			i++
		} else {
			char, size := utf8.DecodeRuneInString(word[i:])
			dst = foldRune(dst, char)
			i += size
		}
		dst = squeeze(dst, at, &r)
	}
	return dst
}

// foldPlain is Fold for a word of ASCII without three of the same in a row.
func foldPlain(dst []byte, word string) (folded []byte, ok bool) {
	folded = dst
	var last, before byte
	for i := range len(word) {
		c := word[i]
		if c-'A' < 26 {
			c |= 0x20
		}
		if c >= utf8.RuneSelf || c == last && c == before {
			return dst, false
		}
		folded = append(folded, c)
		last, before = c, last
	}
	return folded, true
}

// squeeze counts the run that the last byte of dst, appended at or after at,
// belongs to, and makes a run of three or more letters one.
func squeeze(dst []byte, at int, run *run) []byte {
	for _, c := range dst[at:] {
		if c != run.letter {
			*run = runOf(c)
			continue
		}
		run.length++
	}
	switch {
	case run.length < 3 || run.letter-'a' >= 26:
	case run.length == 3:
		return dst[:len(dst)-2]
	default:
		return dst[:len(dst)-1]
	}
	return dst
}

type run struct {
	letter byte
	length int
}

func runOf(c byte) run { return run{letter: c, length: 1} }

func foldRune(dst []byte, r rune) []byte {
	var pair string
	switch {
	case r >= 0xC0 && r < 0x250:
		pair = latinFold[2*(r-0xC0) : 2*(r-0xC0)+2]
	case r >= 0x1E00 && r < 0x1F00:
		pair = vietFold[2*(r-0x1E00) : 2*(r-0x1E00)+2]
	case r == '’' || r == '‘' || r == '`' || r == '´':
		return append(dst, '\'')
	case r >= 0x300 && r < 0x370:
		return dst // combining mark
	case r == 0x259:
		return append(dst, 'e')
	}
	if pair == "" || pair[0] == ' ' {
		return utf8.AppendRune(dst, unicode.ToLower(r))
	}
	dst = append(dst, pair[0])
	if pair[1] != ' ' {
		dst = append(dst, pair[1])
	}
	return dst
}

// Hash is the hash of a folded word.
func Hash(key []byte) uint64 {
	h := uint64(len(key)) * 0x9E3779B97F4A7C15
	for len(key) > 8 {
		h = Mix(h ^ binary.LittleEndian.Uint64(key))
		key = key[8:]
	}
	if cap(key) >= 8 {
		beyond := 64 - 8*len(key)
		return Mix(h ^ binary.LittleEndian.Uint64(key[:8])<<beyond>>beyond)
	}
	var x uint64
	for i, c := range key {
		x |= uint64(c) << (8 * i)
	}
	return Mix(h ^ x)
}

// Mix scrambles x; it is the finishing step of every hash here.
func Mix(x uint64) uint64 {
	hi, lo := bits.Mul64(x^0xA0761D6478BD642F, 0xE7037ED1A0B428DB)
	return hi ^ lo
}

// Join is the hash of a phrase whose first words hash to h and whose next word
// hashes to next.
func Join(h, next uint64) uint64 { return Mix(h*0x9FB21C651E98DF25 + next) }
