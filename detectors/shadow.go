package detectors

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// A shadow is the text as the detectors see it: full-width and other digits as
// ASCII digits, exotic spaces and dashes as plain ones, invisible characters
// and combining marks left out. A letter O that stands for a zero is mended by
// the tokeniser. pos says where each byte came from.
type shadow struct {
	b   []byte
	pos []origin // empty when the shadow is the text itself
}

// An origin is the range of the text one byte of the shadow stands for.
type origin struct{ start, end int32 }

// cast makes sh the shadow of text, reusing its memory. Eight zero bytes follow
// the shadow.
func (sh *shadow) cast(text string) {
	sh.b, sh.pos = append(sh.b[:0], text...), sh.pos[:0]
	if !plain(text) {
		sh.castRunes(text)
	}
	sh.b = append(sh.b, make([]byte, 8)...)[:len(sh.b)]
}

// castRunes is cast for a text with characters that are seen as others.
func (sh *shadow) castRunes(text string) {
	sh.b = sh.b[:0]
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 { // not UTF-8
			r = ' '
		}
		sh.put(r, int32(i), int32(i+n))
		i += n
	}
}

// plain reports whether text is its own shadow: ASCII, letters of Western and
// Central Europe, and emoji of four bytes.
func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		x := uint64(0)
		if i+8 <= len(text) {
			x = load8(text, i)
		} else {
			x = loadTail(text, i)
		}
		if x&highs == 0 {
			i += 7
			continue
		}
		i += bits.TrailingZeros64(x&highs) / 8
		switch c := text[i]; {
		case c >= 0xc3 && c <= 0xc5 && i+1 < len(text) && text[i+1]&0xc0 == 0x80:
			i++
		case c == 0xf0 && i+3 < len(text) && text[i+1] == 0x9f && text[i+2]&0xc0 == 0x80 && text[i+3]&0xc0 == 0x80:
			i += 3
		default:
			return false
		}
	}
	return true
}

func (sh *shadow) put(r rune, start, end int32) {
	if r >= 0x80 {
		r = plainRune(r)
	}
	if r < 0 { // left out: it belongs to the character before
		if n := len(sh.pos); n > 0 {
			sh.pos[n-1].end = end
		}
		return
	}
	n := len(sh.b)
	sh.b = utf8.AppendRune(sh.b, r)
	for range len(sh.b) - n {
		sh.pos = append(sh.pos, origin{start, end})
	}
}

// plainRune returns what r is seen as, or -1 when it is not seen.
func plainRune(r rune) rune {
	switch {
	case r >= 0xff01 && r <= 0xff5e: // full width
		return r - 0xff01 + '!'
	case r >= 0xe0 && r <= 0x24f: // letters of Western Europe, the most usual
		return r
	case unicode.Is(unicode.Nd, r):
		return digitOf(r)
	case r == 0xad, r >= 0x200b && r <= 0x200f, r == 0x2060, r == 0xfeff,
		r >= 0xfe00 && r <= 0xfe0f, unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0xfe58, r == 0xfe63:
		return '-'
	case r == 0x2018, r == 0x2019, r == 0xb4, r == 0x2032:
		return '\''
	case r == 0x201c, r == 0x201d, r == 0x201e, r == 0xab, r == 0xbb, r == 0x2033:
		return '"'
	case r == 0xfe6b:
		return '@'
	}
	return r
}

// digitOf returns the ASCII digit for a decimal digit of any alphabet. Unicode
// keeps the ten digits of an alphabet together, zero first.
func digitOf(r rune) rune {
	zero := r
	for range 9 {
		if !unicode.Is(unicode.Nd, zero-1) {
			break
		}
		zero--
	}
	if r >= 0x1d7ce && r <= 0x1d7ff { // five mathematical alphabets in a row
		return '0' + (r-0x1d7ce)%10
	}
	return '0' + r - zero
}

// start returns where byte i of the shadow begins in the text.
func (sh *shadow) start(i int) int {
	if len(sh.pos) == 0 {
		return i
	}
	return int(sh.pos[i].start)
}

// end returns where the byte before i of the shadow ends in the text.
func (sh *shadow) end(i int) int {
	if len(sh.pos) == 0 || i == 0 {
		return i
	}
	return int(sh.pos[i-1].end)
}
