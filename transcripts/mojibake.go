package transcripts

import (
	"strings"
	"unicode/utf8"
)

// cp1252 is Windows-1252, what Belgian Windows programs call ANSI. The five
// bytes that it leaves undefined stand for themselves, so that every byte
// sequence is readable and comes back the same.
type cp1252 struct{}

// cp1252High are the characters of the bytes 0x80 to 0x9F. Source: the mapping
// table CP1252.TXT of the Unicode Consortium.
var cp1252High = [32]rune{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}

// cp1252Rune returns the character of a byte.
func cp1252Rune(c byte) rune {
	if 0x80 <= c && c < 0xA0 {
		return cp1252High[c-0x80]
	}
	return rune(c)
}

// cp1252Byte returns the byte of a character. False when there is none.
func cp1252Byte(r rune) (byte, bool) {
	if r < 0x80 || 0xA0 <= r && r <= 0xFF {
		return byte(r), true
	}
	for i, h := range cp1252High {
		if h == r {
			return byte(0x80 + i), true
		}
	}
	return 0, false
}

func (cp1252) decode(raw string) (string, bool) {
	var b strings.Builder
	b.Grow(len(raw) + len(raw)/8)
	for i := range len(raw) {
		b.WriteRune(cp1252Rune(raw[i]))
	}
	return b.String(), true
}

func (l cp1252) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (cp1252) next(raw string, at int) piece {
	if raw[at] >= utf8.RuneSelf {
		return piece{1, utf8.RuneLen(cp1252Rune(raw[at])), pieceAtom}
	}
	n := 1
	for at+n < len(raw) && raw[at+n] < utf8.RuneSelf {
		n++
	}
	return piece{n, n, pieceRun}
}

// encode writes a question mark for what the code page has not.
func (cp1252) encode(text string) string {
	var b strings.Builder
	for _, r := range text {
		c, ok := cp1252Byte(r)
		if !ok {
			c = '?'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// mojibake is UTF-8 whose bytes were taken for Windows-1252 and encoded again,
// as databases do over a connection with the wrong character set. Each damaged
// character is mended by itself; the rest stays.
type mojibake struct{}

// isMojibake reports whether text looks encoded twice: it holds damaged
// characters, and more of them than sound ones of the same range.
func isMojibake(text string) bool {
	if !maybeMojibake(text) {
		return false
	}
	damaged, sound := 0, 0
	for at := 0; at < len(text); {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		if _, n := mend(text[at:]); n > 0 {
			damaged++
			at += n
			continue
		}
		r, n := utf8.DecodeRuneInString(text[at:])
		if 0xC0 <= r && r <= 0xFF {
			sound++
		}
		at += n
	}
	return damaged > sound
}

// maybeMojibake reports whether a character that can begin a damaged one (U+00C2
// to U+00F4) stands before another that is not ASCII.
func maybeMojibake(s string) bool {
	for {
		n := strings.IndexByte(s, 0xC3)
		if n < 0 || n+2 >= len(s) {
			return false
		}
		if 0x82 <= s[n+1] && s[n+1] <= 0xB4 && s[n+2] >= utf8.RuneSelf {
			return true
		}
		s = s[n+2:]
	}
}

// mend returns the character that was damaged at the beginning of s, and how
// many bytes the damage takes; 0 when it is none.
func mend(s string) (rune, int) {
	var b [utf8.UTFMax]byte
	want, at := 0, 0
	for i := 0; i < len(b); i++ {
		r, n := utf8.DecodeRuneInString(s[at:])
		c, ok := cp1252Byte(r)
		if !ok || c < utf8.RuneSelf || r == utf8.RuneError && n <= 1 {
			return 0, 0
		}
		b[i] = c
		at += n
		if i == 0 {
			if want = sequenceLen(c); want == 0 {
				return 0, 0
			}
		}
		if i+1 == want {
			r, n := utf8.DecodeRune(b[:want])
			if n != want {
				return 0, 0
			}
			return r, at
		}
	}
	return 0, 0
}

// sequenceLen returns how many bytes a UTF-8 sequence has that begins with c, 0
// when none of more than one byte does.
func sequenceLen(c byte) int {
	switch {
	case 0xC2 <= c && c <= 0xDF:
		return 2
	case 0xE0 <= c && c <= 0xEF:
		return 3
	case 0xF0 <= c && c <= 0xF4:
		return 4
	}
	return 0
}

func (l mojibake) decode(raw string) (string, bool) {
	return decodePieces(raw, l.next, func(s string) string {
		r, _ := mend(s)
		return string(r)
	}), true
}

func (l mojibake) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (mojibake) next(raw string, at int) piece {
	if raw[at] >= utf8.RuneSelf {
		if r, n := mend(raw[at:]); n > 0 {
			return piece{n, utf8.RuneLen(r), pieceAtom}
		}
	}
	_, n := utf8.DecodeRuneInString(raw[at:])
	for at+n < len(raw) && raw[at+n] < utf8.RuneSelf {
		n++
	}
	return piece{n, n, pieceRun}
}

// encode damages text as the rest was.
func (mojibake) encode(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		for _, c := range []byte(string(r)) {
			b.WriteRune(cp1252Rune(c))
		}
	}
	return b.String()
}
