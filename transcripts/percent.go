package transcripts

import (
	"strings"
	"unicode/utf8"
)

// percent is percent encoding, as in the query of an address; + is a space.
type percent struct{}

func (percent) decode(raw string) (string, bool) {
	text := decodePieces(raw, percentPiece, percentAtom)
	return text, utf8.ValidString(text)
}

func (l percent) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{percentPiece, percentEncode}.lift(raw, text, edits)
}

// percentPiece is the alphabet: a character of several bytes is one escape.
func percentPiece(raw string, at int) piece {
	switch {
	case raw[at] == '+':
		return piece{1, 1, pieceAtom}
	case raw[at] == '%' && hexEscape(raw, at-1, 4) > 0:
		n := max(sequenceLen(byte(hexValue(raw[at+1:at+3]))), 1)
		for i := 1; i < n; i++ {
			if at+3*i >= len(raw) || raw[at+3*i] != '%' || hexEscape(raw, at+3*i-1, 4) == 0 {
				n = 1
			}
		}
		return piece{3 * n, n, pieceAtom}
	}
	n := strings.IndexAny(raw[at+1:], "%+")
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

func percentAtom(s string) string {
	if s == "+" {
		return " "
	}
	out := make([]byte, 0, len(s)/3)
	for i := 0; i < len(s); i += 3 {
		out = append(out, byte(hexValue(s[i+1:i+3])))
	}
	return string(out)
}

func percentEncode(text string) string {
	const digit = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(text) {
		if isWord(c) && c < utf8.RuneSelf && c != '$' || c == '-' || c == '.' || c == '~' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digit[c>>4])
		b.WriteByte(digit[c&15])
	}
	return b.String()
}

// isPercentEncoded reports whether s holds escapes and nothing that would have
// been escaped.
func isPercentEncoded(s string) bool {
	n := 0
	for at := 0; at < len(s); {
		if s[at] == '%' {
			if hexEscape(s, at-1, 4) == 0 {
				return false
			}
			n++
		}
		if s[at] <= ' ' || s[at] >= utf8.RuneSelf {
			return false
		}
		at++
	}
	return n > 0
}
